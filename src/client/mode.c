/* The mode in force (平时, 战时) as shown: the cache's, with the acts of ours on it that wait. */
#include <config.h>

#include <string.h>

#include "zhiban/wire/act.h"

#include "client_priv.h"

struct uuid mode_id(void)
{
	return uuid_named("mode");
}

const struct mode *client_mode(const struct client *client)
{
	return client->mode.shown;
}

const char *client_mode_code(const struct client *client)
{
	return client->mode.shown != NULL ? client->mode.shown->mode : NULL;
}

unsigned client_mode_marks(const struct client *client)
{
	return client->mode.marks;
}

int64_t mode_base(const struct client *client)
{
	return client->mode.base;
}

static bool is_in(struct client *client, const struct outbox_row *row, const struct act *act)
{
	if (row->state == ACT_ANSWERED)
		return client->mode.base >= row->version;
	return client->mode.base > act->target.base && client->cache != NULL &&
	       cache_has_act(client->cache, &row->target, &row->id);
}

/* One that no longer fits is not shown: the server's answer will say why. */
static void replay(struct client *client, const struct outbox_row *row)
{
	struct mode_shown *mode = &client->mode;
	struct arena *arena = &mode->arena;
	struct act act;
	void *after;

	if (act_decode(row->body, row->len, arena, &act, NULL) != ERR_OK ||
	    act.target.kind != KIND_MODE || is_in(client, row, &act) ||
	    act_effects(client, &act, mode->shown, true, arena, &after, NULL) != ERR_OK)
		return;
	mode->shown = after;
	mode->marks |= ROW_PENDING;
	mode->turns[mode->n_turns++] = (struct mode_turn){ row->n, mode->shown->mode };
}

const char *mode_code_before(const struct client *client, int64_t n)
{
	const struct mode_shown *mode = &client->mode;
	const char *code = mode->cached;

	for (size_t i = 0; i < mode->n_turns && (n == 0 || mode->turns[i].n < n); i++)
		code = mode->turns[i].code;
	return code;
}

static bool same_turns(const struct mode_shown *a, const struct mode_shown *b)
{
	bool same = str_eq(a->cached, b->cached) && a->n_turns == b->n_turns;

	for (size_t i = 0; same && i < a->n_turns; i++)
		same = a->turns[i].n == b->turns[i].n && str_eq(a->turns[i].code, b->turns[i].code);
	return same;
}

bool mode_load(struct client *client)
{
	struct mode_shown old = client->mode, *mode = &client->mode;
	const struct waiting *waiting = &client->waiting;
	struct uuid id = mode_id();
	void *entity = NULL;
	bool same;

	*mode = (struct mode_shown){ .shown = NULL };
	if (client->cache != NULL &&
	    cache_get(client->cache, KIND_MODE, &id, &mode->arena, &entity, NULL) == ERR_OK) {
		mode->shown = entity;
		mode->base = mode->shown->head.version;
		mode->cached = mode->shown->mode;
	}
	mode->turns = arena_array(&mode->arena, waiting->n + 1, sizeof *mode->turns);
	for (size_t i = 0; i < waiting->n; i++) {
		const struct outbox_row *row = &waiting->rows[i];

		if (!uuid_eq(&row->target, &id))
			continue;
		if (row->state < ACT_REFUSED)
			replay(client, row);
		else if (row->state == ACT_REFUSED)
			mode->marks |= ROW_REFUSED;
	}
	same = old.marks == mode->marks && same_turns(&old, mode) &&
	       (old.shown == NULL) == (mode->shown == NULL) &&
	       (mode->shown == NULL || entity_eq(old.shown, mode->shown));
	arena_release(&old.arena);
	return !same;
}
