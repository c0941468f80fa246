/* Handovers as shown, with what the chain says of each. */
#include <config.h>

#include "zhiban/client/handover.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/roster.h"

#include "thing_priv.h"

enum {
	NOW_LOOKED = 6,	    /* of the latest of a desk: the last one of the chain is among them */
	SHIFTS_LOOKED = 60, /* of an organisation: a month of three shifts, and halves of nights */
	STOOD_DAYS = 40,    /* back, when nothing was handed over */
};

struct wanted {
	const char *org, *plan; /* NULL: any */
	bool light;		/* without children: then the hash cannot be judged */
	size_t most, n;
	struct store *cache;
	struct arena *arena;
	entity_fn fn;
	void *ctx;
};

static bool fits(const struct wanted *wanted, const struct handover *handover)
{
	return (wanted->org == NULL || str_eq(handover->org, wanted->org)) &&
	       (wanted->plan == NULL || str_eq(handover->plan, wanted->plan));
}

/* ERR_TOO_MANY ends the reading: there are enough. */
static enum err read_one(void *ctx, const void *entity, struct error *err)
{
	struct wanted *wanted = ctx;
	void *whole;
	enum err code;

	if (!fits(wanted, entity))
		return ERR_OK;
	if (wanted->n++ == wanted->most)
		return ERR_TOO_MANY;
	if (wanted->light)
		return wanted->fn(wanted->ctx, entity, err);
	code = cache_get(wanted->cache, KIND_HANDOVER, &((const struct entity *)entity)->id,
			 wanted->arena, &whole, err);
	return code == ERR_OK ? wanted->fn(wanted->ctx, whole, err) : code;
}

/* Open ones and others, the latest of each: together they hold the latest of all. */
static enum err read_handovers(struct store *cache, void *ctx, struct arena *arena, entity_fn fn,
			       void *fn_ctx, struct error *err)
{
	struct wanted *wanted = ctx;
	enum err code = ERR_OK;

	for (int open = 0; code == ERR_OK && open <= 1; open++) {
		struct error own = ERROR_INIT;

		wanted->cache = cache;
		wanted->arena = arena;
		wanted->fn = fn;
		wanted->ctx = fn_ctx;
		wanted->n = 0;
		code = cache_each_where(cache, KIND_HANDOVER, "open", open != 0, "prepared_at",
					INT64_MAX, arena, read_one, wanted, &own);
		if (code == ERR_TOO_MANY)
			code = ERR_OK;
		else if (code != ERR_OK)
			error_set(err, code, "%s", own.text);
	}
	return code;
}

static int latest_first(const void *a, const void *b)
{
	const struct handover *x = ((const struct client_handover *)a)->handover;
	const struct handover *y = ((const struct client_handover *)b)->handover;

	if (x->prepared_at != y->prepared_at)
		return x->prepared_at > y->prepared_at ? -1 : 1;
	return uuid_cmp(&y->head.id, &x->head.id);
}

static enum err read_latest(struct client *client, struct wanted *wanted, struct arena *arena,
			    struct client_handover **ret_handovers, size_t *ret_n,
			    struct error *err)
{
	struct client_handover *handovers;
	struct things all;
	size_t n = 0;
	enum err code = things_all(client, KIND_HANDOVER, read_handovers, wanted, arena, &all, err);

	if (code != ERR_OK)
		return code;
	handovers = arena_array(arena, all.n + 1, sizeof *handovers);
	for (size_t i = 0; i < all.n; i++)
		if (fits(wanted, all.items[i].shown))
			handovers[n++] = (struct client_handover){ .handover = all.items[i].shown,
								   .marks = all.items[i].marks,
								   .n = all.items[i].n };
	qsort(handovers, n, sizeof *handovers, latest_first);
	*ret_handovers = handovers;
	*ret_n = n < wanted->most ? n : wanted->most;
	return ERR_OK;
}

/* ---- the chain ---- */

static const struct handover *known(const struct client_handover *handovers, size_t n,
				    const struct uuid *id)
{
	for (size_t i = 0; i < n; i++)
		if (uuid_eq(&handovers[i].handover->head.id, id))
			return handovers[i].handover;
	return NULL;
}

/* What is not confirmed yet is judged when it is: the server gives number and moment, and with
 * them the hash. */
static void judge(struct client *client, struct client_handover *handover,
		  const struct client_handover *others, size_t n, struct arena *arena)
{
	const char *words = handover->handover->before;
	const struct handover *before = NULL;
	struct thing thing;
	struct uuid id;

	if (words != NULL && uuid_parse(words, &id) == ERR_OK) {
		before = known(others, n, &id);
		if (before == NULL &&
		    thing_get(client, KIND_HANDOVER, &id, "", arena, &thing, NULL) == ERR_OK)
			before = thing.shown;
	}
	handover->chain = handover_chain(handover->handover, before);
}

enum err client_handovers(struct client *client, const char *org, const char *plan, size_t most,
			  struct arena *arena, struct client_handover **ret_handovers,
			  size_t *ret_n, struct error *err)
{
	struct wanted wanted = { .org = org, .plan = plan, .most = most };
	enum err code = read_latest(client, &wanted, arena, ret_handovers, ret_n, err);

	for (size_t i = 0; code == ERR_OK && i < *ret_n; i++)
		judge(client, &(*ret_handovers)[i], *ret_handovers, *ret_n, arena);
	return code;
}

enum err client_handover_get(struct client *client, const struct uuid *id, struct arena *arena,
			     struct client_handover *ret_handover, struct error *err)
{
	struct client_handover handover;
	struct thing thing;
	enum err code = thing_get(client, KIND_HANDOVER, id, _("that handover is not here"), arena,
				  &thing, err);

	if (code != ERR_OK)
		return code;
	handover = (struct client_handover){ .handover = thing.shown, .marks = thing.marks,
					     .n = thing.n };
	judge(client, &handover, NULL, 0, arena);
	*ret_handover = handover;
	return ERR_OK;
}

static bool is_followed(const struct client_handover *handovers, size_t n,
			const struct handover *handover)
{
	char id[UUID_TEXT];

	uuid_text(&handover->head.id, id);
	for (size_t i = 0; i < n; i++)
		if (str_eq(handovers[i].handover->before, id))
			return true;
	return false;
}

/* By the chain, not by the clock: that of a console may be wrong while the line is cut. */
enum err client_handover_now(struct client *client, const char *org, const char *plan,
			     struct arena *arena, struct client_handover *ret_handover,
			     struct error *err)
{
	struct client_handover *handovers;
	size_t n = 0, i = 0;
	enum err code = client_handovers(client, org, plan, NOW_LOOKED, arena, &handovers, &n, err);

	if (code != ERR_OK)
		return code;
	if (n == 0)
		return error_set(err, ERR_NOT_FOUND, _("nothing was handed over here yet"));
	while (i < n && is_followed(handovers, n, handovers[i].handover))
		i++;
	*ret_handover = handovers[i < n ? i : 0];
	return ERR_OK;
}

/* ---- my last shift ---- */

/* He went when he signed; or when the next one took over, where he needed not sign or could not. */
static int64_t went(const struct client_handover *handovers, size_t n, size_t i, const char *officer)
{
	const struct handover *handover = handovers[i].handover;
	const struct handover *before;
	struct uuid id;

	if (str_eq(handover->out_by, officer))
		return handover->out_at;
	if (handover->out_by != NULL || handover->in_at == 0 ||
	    str_eq(handover->in_by, officer) || handover->before == NULL ||
	    uuid_parse(handover->before, &id) != ERR_OK)
		return 0;
	before = known(handovers, n, &id);
	return before != NULL && str_eq(before->in_by, officer) ? handover->in_at : 0;
}

/* The end of the latest duty that this officer stood, by the rosters: chiefs and leaders hand nothing
 * over. */
static int64_t stood(struct client *client, const char *officer, struct arena *arena)
{
	int32_t today = civil_day_of_ms(client_now(client), client_rules(client)->offset_min);
	struct client_roster *rosters = NULL;
	int64_t latest = 0;
	size_t n = 0;

	if (client_rosters_all(client, today - STOOD_DAYS, today + 1, arena, &rosters, &n, NULL) !=
	    ERR_OK)
		return 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < rosters[i].roster->turns.n; k++) {
			const struct turn *turn = roster_turn(rosters[i].roster, k);

			if (str_eq(turn->name, officer) && turn->ends <= client_now(client) &&
			    turn->ends > latest)
				latest = turn->ends;
		}
	return latest;
}

int64_t client_last_shift(struct client *client)
{
	const struct actor *actor = client_actor(client);
	struct arena arena = ARENA_INIT;
	struct client_handover *handovers = NULL;
	struct wanted wanted = { .org = actor != NULL ? actor->org : "", .light = true,
				 .most = SHIFTS_LOOKED };
	size_t n = 0;
	int64_t latest = 0, at;

	if (actor == NULL ||
	    read_latest(client, &wanted, &arena, &handovers, &n, NULL) != ERR_OK)
		n = 0;
	for (size_t i = 0; i < n; i++) {
		at = went(handovers, n, i, actor->officer);
		if (at > latest)
			latest = at;
	}
	if (latest == 0 && actor != NULL && client_has_rules(client))
		latest = stood(client, actor->officer, &arena);
	arena_release(&arena);
	return latest;
}
