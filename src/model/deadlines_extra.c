/* What runs out and stands in no index, because it is computed: a row of a table each. */
#include <config.h>

#include "deadlines_priv.h"

#include <stdlib.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/whistle.h"
#include "zhiban/domain/inspection.h"

enum { MISSED_DAYS = 7, AHEAD_DAYS = 31, ORGS_MOST = 64 };

void due_gathered_add(struct due_gathered *gathered, const struct client_deadline *row)
{
	MEM_GROW(gathered->rows, gathered->n, gathered->cap);
	gathered->rows[gathered->n++] = *row;
}

void due_gathered_release(struct due_gathered *gathered)
{
	free(gathered->rows);
	arena_release(&gathered->arena);
	*gathered = (struct due_gathered){ .rows = NULL };
}

int due_key_cmp(const struct deadline_key *a, const struct deadline_key *b)
{
	if (a->due != b->due)
		return a->due < b->due ? -1 : 1;
	return a->tie < b->tie ? -1 : a->tie > b->tie;
}

static int by_key(const void *a, const void *b)
{
	const struct client_deadline *x = a, *y = b;
	int c = due_key_cmp(&x->key, &y->key);

	return c ? c : uuid_cmp(&x->deadline.id, &y->deadline.id);
}

void due_gathered_sort(struct due_gathered *gathered)
{
	if (gathered->n)
		qsort(gathered->rows, gathered->n, sizeof *gathered->rows, by_key);
}

/* ---- periodic checks ---- */

/* The checks of which organisations: those that the profile names, and the officer's own, when it
 * is within such a one. */
static size_t owing(const struct due_asking *asking, const char *orgs[ORGS_MOST])
{
	const struct rules *rules = client_rules(asking->client);
	const struct actor *actor = client_actor(asking->client);
	const char *sees = actor ? role_scope_org(rules, actor->role, actor->org) : NULL;
	const char *within = asking->org ? asking->org : sees;
	size_t n = 0;

	if (!within || (asking->org && str_eq(asking->org, rules->centre)))
		return 0; /* the centre itself owes none */
	for (size_t i = 0; i < rules->n_overrides && n < ORGS_MOST - 1; i++)
		if (rules->overrides[i].n_checks > 0 &&
		    rules_org_within(rules, rules->overrides[i].org, within))
			orgs[n++] = rules->overrides[i].org;
	for (size_t i = 0; i < n; i++)
		if (str_eq(orgs[i], within))
			return n;
	if (!str_eq(within, rules->centre))
		orgs[n++] = within;
	return n;
}

static bool is_done(struct client *client, const struct uuid *id)
{
	struct arena arena = ARENA_INIT;
	const struct inspection *done = NULL;
	bool is = client_inspection(client, id, &arena, &done, NULL, NULL) == ERR_OK && done;

	arena_release(&arena);
	return is;
}

static void add_check(const struct due_asking *asking, const struct check_due *check)
{
	struct due_gathered *rows = asking->rows;
	struct client_deadline row = {
		.deadline = { .sort = DEADLINE_CHECK, .id = check->id, .org = check->org,
			      .due = check->due, .about = check->id },
		.kind = KIND_INSPECTION,
		.entity = check->id,
		.number = "",
		.title = check->label,
		.street = check->org,
	};

	/* behind what the cache has at that moment */
	row.key = (struct deadline_key){ true, check->due, INT64_MAX - 1024 + (int64_t)rows->n };
	due_gathered_add(rows, &row);
}

struct coming { /* words whose next time has been found */
	const char *labels[CHECKS_MOST];
	size_t n;
};

static bool came_before(struct coming *coming, const char *label)
{
	for (size_t i = 0; i < coming->n; i++)
		if (str_eq(coming->labels[i], label))
			return true;
	if (coming->n < ARRAY_LEN(coming->labels))
		coming->labels[coming->n++] = label;
	return false;
}

static void checks_of(const struct due_asking *asking, const char *org)
{
	enum { WINDOW_DAYS = 7 };
	struct coming coming = { .n = 0 };
	struct check_due checks[CHECKS_MOST];
	int64_t from = asking->from, to = asking->to;

	if (asking->only_next) {
		from = asking->now - MISSED_DAYS * DAY_MS;
		to = asking->now + AHEAD_DAYS * DAY_MS;
	}
	for (int64_t at = from; at < to; at += WINDOW_DAYS * DAY_MS) {
		int64_t till = at + WINDOW_DAYS * DAY_MS < to ? at + WINDOW_DAYS * DAY_MS : to;
		size_t n = checks_due(client_rules(asking->client), org, at, till, checks);

		for (size_t i = 0; i < n; i++)
			if (!is_done(asking->client, &checks[i].id) &&
			    !(asking->only_next && checks[i].due > asking->now &&
			      came_before(&coming, checks[i].label)))
				add_check(asking, &checks[i]);
	}
}

static void add_checks(const struct due_asking *asking)
{
	const char *orgs[ORGS_MOST];
	size_t n = owing(asking, orgs);

	for (size_t i = 0; i < n; i++)
		checks_of(asking, orgs[i]);
}

/* ---- all sources ---- */

static void (*const sources[])(const struct due_asking *asking) = { add_checks, due_add_filings };

void due_extra(struct client *client, const char *org, int64_t now, int64_t from, int64_t to,
	       bool only_next, struct due_gathered *ret_rows)
{
	const struct due_asking asking = { client, org, now, from, to, only_next, ret_rows };

	*ret_rows = (struct due_gathered){ .rows = NULL };
	for (size_t i = 0; i < ARRAY_LEN(sources); i++)
		sources[i](&asking);
	due_gathered_sort(ret_rows);
}

/* Its texts outlive what was gathered. */
static void keep(const struct client_deadline *row, struct arena *arena,
		 struct client_deadline *ret_row)
{
	*ret_row = *row;
	ret_row->number = arena_strdup(arena, row->number);
	ret_row->title = arena_strdup(arena, row->title);
	ret_row->street = arena_strdup(arena, row->street);
	ret_row->step = arena_strdup(arena, row->step);
	ret_row->cls = arena_strdup(arena, row->cls);
	ret_row->deadline.clock = arena_strdup(arena, row->deadline.clock);
	ret_row->deadline.org = arena_strdup(arena, row->deadline.org);
}

bool deadlines_next_mine(struct client *client, int64_t from, struct arena *arena,
			 struct client_deadline *ret_row)
{
	const char *org = client_deadlines_mine(client).org;
	bool is = client_next_mine(client, from, arena, ret_row);
	struct due_gathered extra;

	due_extra(client, org, client_now(client), 0, 0, true, &extra);
	for (size_t i = 0; org && i < extra.n; i++) {
		const struct client_deadline *row = &extra.rows[i];

		if (row->deadline.due < from)
			continue;
		if (!is || row->deadline.due < ret_row->deadline.due)
			keep(row, arena, ret_row);
		is = true;
		break;
	}
	due_gathered_release(&extra);
	return is;
}
