#include <config.h>

#include "zhiban/client/roster.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "roster_priv.h"

/* ---- months ---- */

enum err client_roster_get(struct client *client, const struct uuid *id, struct arena *arena,
			   struct client_roster *ret_roster, struct error *err)
{
	struct thing thing;
	enum err code = thing_get(client, KIND_ROSTER, id, _("that month is not here"), arena, &thing,
				  err);

	if (code == ERR_OK)
		*ret_roster = (struct client_roster){ thing.shown, thing.marks };
	return code;
}

enum err client_rosters(struct client *client, const char *org, const char *plan, int32_t from,
			int32_t to, struct arena *arena, struct client_roster **ret_rosters,
			size_t *ret_n, struct error *err)
{
	enum { DAYS_A_MONTH = 28 };
	size_t most = to > from ? (size_t)(to - from) / DAYS_A_MONTH + 2 : 1, n = 0;
	struct client_roster *rosters = arena_array(arena, most, sizeof *rosters);
	enum err code = ERR_OK;

	for (int32_t day = from; day < to && code == ERR_OK;) {
		char month[ROSTER_MONTH];
		struct uuid id;

		month_of_day(day, month);
		id = roster_id(org, plan, month);
		code = client_roster_get(client, &id, arena, &rosters[n], err);
		if (code == ERR_OK)
			n++;
		else if (code == ERR_NOT_FOUND) /* nobody has begun it */
			code = ERR_OK;
		if (!month_days(month, &(int32_t){ 0 }, &day))
			break;
	}
	if (code != ERR_OK)
		return code;
	*ret_rosters = rosters;
	*ret_n = n;
	return ERR_OK;
}

struct reach {
	int64_t from, to;
	struct whole_reading whole;
};

static enum err read_reached(void *ctx, const void *entity, struct error *err)
{
	struct reach *span = ctx;

	return ((const struct roster *)entity)->ends <= span->from
		       ? ERR_OK
		       : thing_read_whole(&span->whole, entity, err);
}

static enum err read_rosters(struct store *cache, void *ctx, struct arena *arena, entity_fn fn,
			     void *fn_ctx, struct error *err)
{
	const struct reach *asked = ctx;
	struct reach span = { asked->from, asked->to, { cache, arena, fn, fn_ctx } };

	return cache_each_between(cache, KIND_ROSTER, "starts", span.from - 31 * DAY_MS, span.to,
				  arena, read_reached, &span, err);
}

static int place_of(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org != NULL ? (int)(org - rules->orgs) : (int)rules->n_orgs;
}

struct sorted {
	int place;
	struct client_roster roster;
};

static int by_month(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	const struct roster *p = x->roster.roster, *q = y->roster.roster;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (p->starts != q->starts)
		return p->starts < q->starts ? -1 : 1;
	return uuid_cmp(&p->head.id, &q->head.id);
}

enum err client_rosters_all(struct client *client, int32_t from, int32_t to, struct arena *arena,
			    struct client_roster **ret_rosters, size_t *ret_n, struct error *err)
{
	int offset = client->rules->offset_min;
	struct reach span = { .from = civil_ms_of_day(from, offset),
			      .to = civil_ms_of_day(to, offset) };
	struct client_roster *rosters;
	struct sorted *sorted;
	struct things all;
	size_t n = 0;
	enum err code = things_all(client, KIND_ROSTER, read_rosters, &span, arena, &all, err);

	if (code != ERR_OK)
		return code;
	sorted = arena_array(arena, all.n + 1, sizeof *sorted);
	for (size_t i = 0; i < all.n; i++) {
		const struct roster *roster = all.items[i].shown;

		if (roster->starts < span.to && roster->ends > span.from)
			sorted[n++] = (struct sorted){ place_of(client->rules, roster->org),
						       { roster, all.items[i].marks } };
	}
	qsort(sorted, n, sizeof *sorted, by_month);
	rosters = arena_array(arena, n + 1, sizeof *rosters);
	for (size_t i = 0; i < n; i++)
		rosters[i] = sorted[i].roster;
	*ret_rosters = rosters;
	*ret_n = n;
	return ERR_OK;
}

/* ---- duties by their beginning ---- */

static bool is_in(const struct things *over, const struct uuid *id)
{
	for (size_t i = 0; i < over->n; i++)
		if (uuid_eq(&((const struct entity *)over->items[i].shown)->id, id))
			return true;
	return false;
}

static int by_start(const void *a, const void *b)
{
	const struct turn_row *x = a, *y = b;

	if (x->turn.starts != y->turn.starts)
		return x->turn.starts < y->turn.starts ? -1 : 1;
	return uuid_cmp(&x->turn.id, &y->turn.id);
}

/* Of rosters with acts of ours: from what is shown. */
static size_t take_overlaid(const struct things *over, const char *org, int64_t from, int64_t to,
			    struct turn_row *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < over->n; i++) {
		const struct roster *roster = over->items[i].shown;

		for (size_t t = 0; t < roster->turns.n; t++) {
			const struct turn *turn = roster_turn(roster, t);

			if (turn->starts < from || turn->starts >= to ||
			    (org != NULL && !str_eq(org, roster->org)))
				continue;
			if (rows != NULL)
				rows[n] = (struct turn_row){ *turn, roster->head.id, roster->org,
							     roster->plan };
			n++;
		}
	}
	return n;
}

enum err roster_turns(struct client *client, const char *org, int64_t from, int64_t to,
		      struct arena *arena, struct turn_row **ret_rows, size_t *ret_n,
		      struct error *err)
{
	struct turn_row *cached = NULL, *rows;
	struct things over;
	size_t n_cached = 0, n = 0;
	enum err code = ERR_OK;

	if (client->cache != NULL)
		code = cache_turns(client->cache, org, from, to, arena, &cached, &n_cached, err);
	if (code != ERR_OK)
		return code;
	things_overlaid(client, KIND_ROSTER, arena, &over);
	rows = arena_array(arena, n_cached + take_overlaid(&over, org, from, to, NULL) + 1,
			   sizeof *rows);
	for (size_t i = 0; i < n_cached; i++)
		if (!is_in(&over, &cached[i].roster))
			rows[n++] = cached[i];
	n += take_overlaid(&over, org, from, to, rows + n);
	if (over.n > 0)
		qsort(rows, n, sizeof *rows, by_start);
	*ret_rows = rows;
	*ret_n = n;
	return ERR_OK;
}

/* ---- what findings look at ---- */

struct elsewhere { /* rosters of others in which some people stand */
	const struct staff *const *staff; /* by id */
	size_t n_staff;
	const struct roster *const *own;
	size_t n_own;
	struct uuid *ids;
	size_t n, cap;
};

static int by_id(const void *a, const void *b)
{
	const struct staff *x = *(const struct staff *const *)a, *y = *(const struct staff *const *)b;

	return uuid_cmp(&x->head.id, &y->head.id);
}

static int id_to_staff(const void *key, const void *item)
{
	return uuid_cmp(key, &(*(const struct staff *const *)item)->head.id);
}

static void note_pair(void *ctx, const struct uuid *roster, const char *staff)
{
	struct elsewhere *at = ctx;
	struct uuid id = staff_uuid(staff);

	for (size_t i = 0; i < at->n_own; i++)
		if (uuid_eq(&at->own[i]->head.id, roster))
			return;
	for (size_t i = 0; i < at->n; i++)
		if (uuid_eq(&at->ids[i], roster))
			return;
	if (bsearch(&id, at->staff, at->n_staff, sizeof *at->staff, id_to_staff) == NULL)
		return;
	MEM_GROW(at->ids, at->n, at->cap);
	at->ids[at->n++] = *roster;
}

static void note_overlaid(struct client *client, struct elsewhere *at, int64_t from, int64_t to,
			  struct arena *arena)
{
	struct things over;

	things_overlaid(client, KIND_ROSTER, arena, &over);
	for (size_t i = 0; i < over.n; i++) {
		const struct roster *roster = over.items[i].shown;

		for (size_t t = 0; t < roster->turns.n; t++) {
			const struct turn *turn = roster_turn(roster, t);

			if (turn->starts >= from && turn->starts < to && turn->staff != NULL)
				note_pair(at, &roster->head.id, turn->staff);
		}
	}
}

static enum err find_others(struct client *client, struct roster_view *view, int32_t from,
			    int32_t to, struct arena *arena, struct error *err)
{
	int offset = client->rules->offset_min;
	int64_t begin = civil_ms_of_day(from, offset), end = civil_ms_of_day(to, offset);
	const struct staff **sorted = arena_array(arena, view->n_staff + 1, sizeof(void *));
	struct elsewhere at = { sorted, view->n_staff, view->rosters, view->n_rosters, NULL, 0, 0 };
	const struct roster **others;
	enum err code = ERR_OK;

	for (size_t i = 0; i < view->n_staff; i++)
		sorted[i] = view->staff[i];
	qsort(sorted, view->n_staff, sizeof(void *), by_id);
	if (client->cache != NULL)
		code = cache_turn_pairs(client->cache, begin, end, note_pair, &at, err);
	if (code == ERR_OK)
		note_overlaid(client, &at, begin, end, arena);
	others = arena_array(arena, at.n + 1, sizeof(void *));
	for (size_t i = 0; i < at.n && code == ERR_OK; i++) {
		struct client_roster roster;

		code = client_roster_get(client, &at.ids[i], arena, &roster, err);
		if (code == ERR_OK)
			others[view->n_others++] = roster.roster;
		else if (code == ERR_NOT_FOUND)
			code = ERR_OK;
	}
	view->others = others;
	free(at.ids);
	return code;
}

/* The first day of the month before that of `from`, and the day behind the month after that of `to`. */
static void widen(int32_t *from, int32_t *to)
{
	char month[ROSTER_MONTH];
	int32_t first, end;

	month_of_day(*from, month);
	if (month_days(month, &first, &end)) {
		month_of_day(first - 1, month);
		if (month_days(month, &first, &end))
			*from = first;
	}
	month_of_day(*to > *from ? *to - 1 : *to, month);
	if (month_days(month, &first, &end)) {
		month_of_day(end, month);
		if (month_days(month, &first, &end))
			*to = end;
	}
}

const struct roster *const *rosters_only(const struct client_roster *rosters, size_t n,
					 struct arena *arena)
{
	const struct roster **list = arena_array(arena, n + 1, sizeof(void *));

	for (size_t i = 0; i < n; i++)
		list[i] = rosters[i].roster;
	return list;
}

enum err client_roster_view(struct client *client, const char *org, const struct roster_plan *plan,
			    int32_t from, int32_t to, struct arena *arena,
			    struct roster_view *ret_view, struct error *err)
{
	struct roster_view view = { .rules = client->rules, .plan = plan,
				    .mode = client_mode_code(client),
				    .org = arena_strdup(arena, org) }; /* none may be begun yet */
	struct client_roster *rosters;
	const struct staff **staff;
	int32_t begin = from, end = to;
	enum err code;

	widen(&begin, &end);
	code = client_rosters(client, org, plan->code, begin, end, arena, &rosters, &view.n_rosters,
			      err);
	if (code == ERR_OK)
		code = client_pool(client, org, plan, arena, &staff, &view.n_staff, err);
	if (code != ERR_OK)
		return code;
	view.rosters = rosters_only(rosters, view.n_rosters, arena);
	view.staff = staff;
	code = find_others(client, &view, from - 2, to + 2, arena, err);
	if (code == ERR_OK)
		*ret_view = view;
	return code;
}
