#include <config.h>

#include "zhiban/model/dups.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/search.h"
#include "page_priv.h"

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)

struct search { /* what is looked for, and what was found so far */
	struct client *client;
	struct similar *similar;
	const struct uuid *but;
	struct arena *arena;
	struct dup found[DUPS_LOOK + DUPS_WAITING];
	size_t n;
};

static int64_t history_before(const struct client *client)
{
	return client_now(client) - DUPS_CLOSED_DAYS * DAY_MS;
}

static bool is_history(const struct search *search, const struct incident *incident)
{
	return !incident->open && incident->reported_at < history_before(search->client);
}

/* The ticket that stands for it: its lead, when it is merged; NULL: it is not here. */
static struct incident *standing(struct search *search, struct incident *incident)
{
	struct incident *lead;
	struct uuid id;

	if (!incident->merged_into)
		return incident;
	if (uuid_parse(incident->merged_into, &id) != ERR_OK ||
	    client_get(search->client, &id, search->arena, &lead, NULL) != ERR_OK)
		return incident;
	return lead;
}

static void keep(struct search *search, const struct incident *incident, int score)
{
	for (size_t i = 0; i < search->n; i++) {
		if (!uuid_eq(&search->found[i].id, &incident->head.id))
			continue;
		if (search->found[i].score < score)
			search->found[i].score = score;
		return;
	}
	search->found[search->n++] = (struct dup){ incident->head.id, score, incident };
}

/* What is not here any more (the index comes behind) is passed over. */
static void look(struct search *search, const struct uuid *id)
{
	struct incident *incident;
	struct similar_report report;
	int score;

	if (client_get(search->client, id, search->arena, &incident, NULL) != ERR_OK)
		return;
	report = similar_report_of(incident);
	score = similar_score(search->similar, &report);
	if (score < SIMILAR_LIKELY)
		return;
	incident = standing(search, incident);
	if ((search->but && uuid_eq(&incident->head.id, search->but)) ||
	    is_history(search, incident))
		return;
	keep(search, incident, score);
}

/* The pairs to ask the index by: the others are in too many texts to lead to one. */
static enum err weigh(struct search *search, struct grams *ret_rarest, struct error *err)
{
	const struct grams *grams = similar_grams(search->similar);
	int64_t *counts = arena_array(search->arena, grams->n + 1, sizeof *counts);
	int64_t of = 0;
	enum err code = client_search_counts(search->client, grams, counts, &of, err);

	if (code != ERR_OK)
		return code;
	similar_weigh(search->similar, counts, of);
	similar_rarest(search->similar, counts, search->but != NULL, DUPS_ASKED,
		       ret_rarest);
	return ERR_OK;
}

static enum err look_all(struct search *search, const struct grams *rarest, struct error *err)
{
	struct client_near *near;
	size_t n;
	enum err code = client_search_near(search->client, rarest, history_before(search->client),
					   DUPS_LOOK, search->arena, &near, &n, err);

	for (size_t i = 0, waiting = 0; code == ERR_OK && i < n; i++) {
		waiting += near[i].weight < 0;
		if (waiting <= DUPS_WAITING && search->n < ARRAY_LEN(search->found) &&
		    !(search->but && uuid_eq(&near[i].id, search->but)))
			look(search, &near[i].id);
	}
	return code;
}

/* The likeliest first; of equals the newest. */
static int by_score(const void *a, const void *b)
{
	const struct dup *x = a, *y = b;
	int64_t earlier = x->incident->reported_at, later = y->incident->reported_at;

	if (x->score != y->score)
		return y->score - x->score;
	return (earlier < later) - (earlier > later);
}

enum err dups_like(struct client *client, const struct similar_report *report,
		   const struct uuid *but, struct arena *arena, struct dups *ret_dups,
		   struct error *err)
{
	struct search search = { .client = client, .but = but, .arena = arena };
	struct client_indexed indexed = { 0 };
	struct dups dups = { .items = NULL };
	struct grams rarest = GRAMS_INIT;
	enum err code = ERR_OK;

	search.similar = similar_new(report);
	if (similar_grams(search.similar)->n >= DUPS_TYPED) {
		code = weigh(&search, &rarest, err);
		if (code == ERR_OK)
			code = look_all(&search, &rarest, err);
		grams_release(&rarest);
		if (code == ERR_OK)
			code = client_indexed(client, &indexed, err);
	}
	similar_free(search.similar);
	if (code != ERR_OK)
		return code;
	qsort(search.found, search.n, sizeof *search.found, by_score);
	dups.n = search.n < DUPS_MOST ? search.n : DUPS_MOST;
	dups.items = arena_array(arena, dups.n + 1, sizeof *dups.items);
	memcpy(dups.items, search.found, dups.n * sizeof *dups.items);
	dups.unseen = indexed.waiting > DUPS_WAITING ? indexed.waiting - DUPS_WAITING : 0;
	*ret_dups = dups;
	return ERR_OK;
}

enum err dups_of(struct client *client, const struct uuid *id, struct arena *arena,
		 struct incident **ret_incident, struct dups *ret_dups, struct error *err)
{
	struct incident *incident;
	struct similar_report report;
	enum err code = client_get(client, id, arena, &incident, err);

	if (code != ERR_OK)
		return code;
	report = similar_report_of(incident);
	code = dups_like(client, &report, id, arena, ret_dups, err);
	if (code == ERR_OK)
		*ret_incident = incident;
	return code;
}

/* ---- merging ---- */

static bool can_lead(const struct incident *incident)
{
	return incident->open && !incident->merged_into;
}

static int64_t moment(const struct incident *incident)
{
	if (incident->reported_at)
		return incident->reported_at;
	return incident->registered_at ? incident->registered_at : INT64_MAX;
}

static bool leads_before(const struct incident *a, const struct incident *b)
{
	if (a->merged != b->merged)
		return a->merged > b->merged;
	return moment(a) < moment(b);
}

size_t dups_lead(const struct incident *const *incidents, size_t n)
{
	size_t lead = n;

	for (size_t i = 0; i < n; i++)
		if (can_lead(incidents[i]) &&
		    (lead == n || leads_before(incidents[i], incidents[lead])))
			lead = i;
	return lead;
}

/* ---- for people ---- */

const char *dups_percent(const struct dup *dup, struct arena *arena)
{
	return arena_printf(arena, "%d%%", dup->score / 10);
}

const char *dups_tail(struct client *client, const struct dup *dup, struct arena *arena)
{
	const struct rules *rules = client_rules(client);
	const struct incident *incident = dup->incident;
	const struct step *step = incident->step ? rules_step(rules, incident->step) : NULL;
	struct str out = STR_INIT;
	const char *tail;
	char mark[48];

	str_add(&out, client_mark(client, incident, mark));
	if (step && !incident->open)
		str_addf(&out, " %s", step->label);
	if (incident->merged)
		str_addf(&out, " x%lld", (long long)incident->merged);
	if (incident->reported_at)
		str_addf(&out, " %s",
			 page_moment(rules, incident->reported_at, client_now(client), arena));
	tail = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return tail;
}
