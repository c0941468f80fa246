#include <config.h>

#include "zhiban/model/figures.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"

enum { ALL_CLOSED = 1000000, CASES_AT_ONCE = 200 };

struct figures {
	struct client *client;
	struct figures_ask ask;
	char *summons;
	struct stats stats[FIGURES_WINDOWS];
	bool has[FIGURES_WINDOWS];
	struct arena arena; /* of the light rows */
	struct client_whistle *whistles;
	size_t n, at;
	struct row_key key; /* of the incident that was read last */
	bool cases_done;
};

static bool overlaps(struct stats_window window, int64_t from, int64_t to)
{
	return to >= window.since && (window.until == 0 || from < window.until);
}

/* A share is asked between the issue and the end of its whistle; the others need not be read. */
static bool may_count(const struct stats_window *windows, const bool *has,
		      const struct whistle *whistle, int64_t now)
{
	int64_t to = whistle->closed_at != 0 ? whistle->closed_at : now;

	for (size_t i = 0; i < FIGURES_WINDOWS; i++)
		if (has[i] && overlaps(windows[i], whistle->blown_at, to))
			return true;
	return false;
}

enum err figures_new(struct client *client, const struct figures_ask *ask,
		     struct figures **ret_figures, struct error *err)
{
	const struct rules *rules = client_rules(client);
	struct figures *figures = mem_alloc(sizeof *figures);
	struct stats_window windows[FIGURES_WINDOWS] = { ask->window };
	enum err rc;

	figures->client = client;
	figures->ask = *ask;
	figures->summons = mem_strdup(ask->summons);
	figures->ask.summons = figures->summons;
	figures->has[FIGURES_NOW] = true;
	if (ask->compare) {
		figures->has[FIGURES_PREVIOUS] = stats_previous(
			rules->offset_min, ask->window, &windows[FIGURES_PREVIOUS]);
		figures->has[FIGURES_YEAR_AGO] = stats_year_ago(
			rules->offset_min, ask->window, &windows[FIGURES_YEAR_AGO]);
	}
	for (size_t i = 0; i < FIGURES_WINDOWS; i++)
		if (figures->has[i]) {
			stats_init(&figures->stats[i], rules, ask->side, windows[i],
				   client_now(client));
			figures->stats[i].summons = figures->summons;
		}
	figures->cases_done = ask->side != STATS_STREETS;
	rc = client_whistles(client, ALL_CLOSED, &figures->arena, &figures->whistles, &figures->n,
			     err);
	if (rc != ERR_OK) {
		figures_free(figures);
		return rc;
	}
	*ret_figures = figures;
	return ERR_OK;
}

void figures_free(struct figures *figures)
{
	if (figures == NULL)
		return;
	for (size_t i = 0; i < FIGURES_WINDOWS; i++)
		if (figures->has[i])
			stats_release(&figures->stats[i]);
	arena_release(&figures->arena);
	free(figures->summons);
	free(figures);
}

static enum err add_whistle(struct figures *figures, const struct whistle *light, struct error *err)
{
	struct stats_window windows[FIGURES_WINDOWS];
	struct arena arena = ARENA_INIT;
	struct client_whistle whole;
	enum err rc = ERR_OK;

	for (size_t i = 0; i < FIGURES_WINDOWS; i++)
		windows[i] = figures->stats[i].window;
	if (!may_count(windows, figures->has, light, figures->stats[FIGURES_NOW].now))
		return ERR_OK;
	rc = client_whistle_get(figures->client, &light->head.id, &arena, &whole, err);
	for (size_t i = 0; rc == ERR_OK && i < FIGURES_WINDOWS; i++)
		if (figures->has[i])
			stats_add(&figures->stats[i], whole.whistle);
	arena_release(&arena);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc; /* it has gone since */
}

/* The earliest moment that counts anywhere; 0: all do. */
static int64_t earliest(const struct figures *figures)
{
	int64_t since = INT64_MAX;

	for (size_t i = 0; i < FIGURES_WINDOWS; i++)
		if (figures->has[i] && figures->stats[i].window.since < since)
			since = figures->stats[i].window.since;
	return since;
}

/* Incidents from the newest on, as far back as any window reaches. */
static enum err add_cases(struct figures *figures, size_t most, struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct client_order order = {
		.field = field_find(kind->fields, kind->n_fields, "registered_at"),
		.descending = true,
	};
	struct arena arena = ARENA_INIT;
	struct client_page page = { .n = 0 };
	enum err rc = client_page(figures->client, &order, figures->key.set ? &figures->key : NULL,
				  figures->key.set ? PAGE_AFTER : PAGE_FROM, most, &arena, &page, err);

	for (size_t i = 0; rc == ERR_OK && i < page.n; i++) {
		const struct incident *incident = page.rows[i].incident;

		figures->key = page.rows[i].key;
		if (incident->registered_at < earliest(figures)) {
			figures->cases_done = true;
			break;
		}
		for (size_t k = 0; k < FIGURES_WINDOWS; k++)
			if (figures->has[k])
				stats_add_case(&figures->stats[k], incident->street,
					       incident->registered_at);
	}
	if (rc == ERR_OK && !page.more)
		figures->cases_done = true;
	arena_release(&arena);
	return rc;
}

enum err figures_step(struct figures *figures, size_t budget, struct error *err)
{
	enum err rc = ERR_OK;

	for (; rc == ERR_OK && budget > 0 && figures->at < figures->n; budget--)
		rc = add_whistle(figures, figures->whistles[figures->at++].whistle, err);
	while (rc == ERR_OK && budget > 0 && !figures->cases_done) {
		size_t most = budget < CASES_AT_ONCE ? budget : CASES_AT_ONCE;

		rc = add_cases(figures, most, err);
		budget -= most;
	}
	return rc;
}

bool figures_done(const struct figures *figures)
{
	return figures->at == figures->n && figures->cases_done;
}

const struct stats *figures_stats(const struct figures *figures, enum figures_of of)
{
	return figures->has[of] ? &figures->stats[of] : NULL;
}

static const struct stats_row *row_of(const struct stats *stats, const char *org)
{
	if (org == NULL)
		return &stats->all;
	for (size_t i = 0; i <= stats->rules->n_orgs; i++)
		if (strcmp(stats->rows[i].org, org) == 0)
			return &stats->rows[i];
	return &stats->all;
}

const struct stats_row *figures_row(const struct figures *figures, enum figures_of of,
				    const char *org)
{
	return figures->has[of] ? row_of(&figures->stats[of], org) : NULL;
}

static bool level_of(const struct figures *figures, enum figures_of of, const char *org,
		     const struct stats_formula *formula, int *ret_tenths)
{
	const struct stats_row *row = row_of(&figures->stats[of], org);

	if (figures->ask.side == STATS_DEPARTMENTS)
		return stats_score(row, formula, ret_tenths);
	*ret_tenths = stats_per_100(row);
	return *ret_tenths >= 0;
}

bool figures_change(const struct figures *figures, enum figures_of of, const char *org,
		    const struct stats_formula *formula, int *ret_tenths)
{
	int now, then;

	if (!figures->has[of] || !level_of(figures, FIGURES_NOW, org, formula, &now) ||
	    !level_of(figures, of, org, formula, &then))
		return false;
	*ret_tenths = now - then;
	return true;
}

/* --- the list behind a number ---------------------------------------------------------------- */

struct gathered {
	struct figures_item *items;
	size_t n, cap;
};

static void gather(struct gathered *gathered, const struct rules *rules,
		   const struct stats_what *what, const struct whistle *whistle, int64_t now)
{
	bool of_share = stat_is_of_share(what->stat);

	for (size_t i = 0; i < (of_share ? whistle->shares.n : 1); i++) {
		const struct summoned *share = of_share ? whistle_share(whistle, i) : NULL;

		if (!stats_has(rules, what, whistle, share, now))
			continue;
		MEM_GROW(gathered->items, gathered->n, gathered->cap);
		gathered->items[gathered->n++] = (struct figures_item){ whistle, share };
	}
}

static int newest_first(const void *a, const void *b)
{
	const struct whistle *x = ((const struct figures_item *)a)->whistle;
	const struct whistle *y = ((const struct figures_item *)b)->whistle;

	if (x == y) /* shares of one in their order */
		return ((const struct figures_item *)a)->share <
				       ((const struct figures_item *)b)->share
			       ? -1
			       : 1;
	if (x->blown_at != y->blown_at)
		return x->blown_at > y->blown_at ? -1 : 1;
	return uuid_cmp(&y->head.id, &x->head.id);
}

enum err figures_list(struct client *client, const struct stats_what *what, struct arena *arena,
		      struct figures_item **ret_items, size_t *ret_n, struct error *err)
{
	const bool has[FIGURES_WINDOWS] = { true };
	const struct stats_window windows[FIGURES_WINDOWS] = { what->window };
	struct gathered gathered = { .n = 0 };
	struct arena light = ARENA_INIT;
	struct client_whistle *whistles = NULL;
	int64_t now = client_now(client);
	size_t n = 0;
	enum err rc = client_whistles(client, ALL_CLOSED, &light, &whistles, &n, err);

	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		struct arena one = ARENA_INIT;
		struct client_whistle whole;
		size_t before = gathered.n;

		if (!may_count(windows, has, whistles[i].whistle, now))
			continue;
		rc = client_whistle_get(client, &whistles[i].whistle->head.id, &one, &whole, err);
		if (rc == ERR_OK) {
			gather(&gathered, client_rules(client), what, whole.whistle, now);
			if (gathered.n > before) { /* those that count are kept */
				gathered.n = before;
				gather(&gathered, client_rules(client), what,
				       entity_copy(whole.whistle, arena), now);
			}
		}
		arena_release(&one);
		rc = rc == ERR_NOT_FOUND ? ERR_OK : rc;
	}
	if (rc == ERR_OK) {
		if (gathered.n > 1)
			qsort(gathered.items, gathered.n, sizeof *gathered.items, newest_first);
		*ret_items = arena_array(arena, gathered.n + 1, sizeof **ret_items);
		if (gathered.n > 0)
			memcpy(*ret_items, gathered.items, gathered.n * sizeof **ret_items);
		*ret_n = gathered.n;
	}
	free(gathered.items);
	arena_release(&light);
	return rc;
}
