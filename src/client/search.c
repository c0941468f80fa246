/* A search: which rows to look at, and what was found. */
#include <config.h>

#include "zhiban/client/search.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/act.h"

#include "client_priv.h"
#include "rows_priv.h"
#include "search_hits_priv.h"
#include "search_priv.h"

/* A row with its texts costs as much as so many of a list. */
enum { LOOK_COST = 8, CHUNK = 25 };

void client_search_free(struct client_search *search)
{
	if (search == NULL)
		return;
	free(search->hits);
	free(search->places);
	ties_release(&search->ties);
	gram_words_release(&search->words);
	arena_release(&search->arena);
	str_release(&search->folded);
	free(search);
}

/* --- looking at a row ------------------------------------------------------------------------- */

struct looking {
	struct client_search *search;
	bool found[GRAM_WORDS];
	unsigned weight;
	enum search_where where;
};

static void look_at_text(void *ctx, enum search_where where, const char *text)
{
	static const unsigned weights[WHERE_COUNT] = { [WHERE_TITLE] = 16, [WHERE_NUMBER] = 16,
						       [WHERE_ADDRESS] = 8, [WHERE_TEXT] = 2,
						       [WHERE_NOTE] = 1 };
	struct looking *looking = ctx;
	struct client_search *search = looking->search;
	unsigned best = 0;

	str_clear(&search->folded);
	text_fold(&search->folded, text);
	for (size_t i = 0; i < search->words.n; i++) {
		if (strstr(str_get(&search->folded), search->words.word[i]) == NULL)
			continue;
		looking->found[i] = true;
		best += weights[where];
	}
	looking->weight += best;
	if (best > 0 && where < looking->where)
		looking->where = where;
}

/* The words of our own acts that are not in the cache yet. */
static void look_at_waiting(struct looking *looking, const struct uuid *id)
{
	struct client_search *search = looking->search;
	const struct waiting *waiting = &search->client->waiting;

	for (size_t i = 0; i < waiting->n; i++) {
		struct act act;

		if (uuid_eq(&waiting->rows[i].target, id) &&
		    act_decode(waiting->rows[i].body, waiting->rows[i].len, &search->arena, &act,
			       NULL) == ERR_OK)
			search_act_texts(&act, look_at_text, looking);
	}
}

static void add_hit(struct client_search *search, const struct incident *incident, int64_t tie,
		    const struct looking *looking)
{
	struct search_hit *hit;

	MEM_GROW(search->hits, search->n, search->cap);
	hit = &search->hits[search->n++];
	*hit = (struct search_hit){ .id = incident->head.id,
				    .where = looking->where,
				    .weight = looking->weight,
				    .tie = tie };
	board_rank(incident, &hit->a, &hit->b);
}

/* incident: with its long texts. */
static enum err look(struct client_search *search, const struct incident *incident, int64_t tie,
		     bool overlaid, struct error *err)
{
	struct looking looking = { .search = search, .where = WHERE_COUNT };
	struct store *cache = search->client->cache;
	enum err code = ERR_OK;

	search->looked++;
	if (uuid_eq(&search->named, &incident->head.id))
		return ERR_OK; /* it is there already */
	if (cache != NULL)
		code = search_texts(cache, incident, look_at_text, &looking, err);
	else
		incident_texts(incident, search_plain_text,
			       &(struct search_plain){ look_at_text, &looking });
	if (overlaid)
		look_at_waiting(&looking, &incident->head.id);
	for (size_t i = 0; i < search->words.n; i++)
		if (!looking.found[i])
			return code;
	if (code == ERR_OK)
		add_hit(search, incident, tie, &looking);
	return code;
}

/* By what the filter wants to see of it. */
static enum err passes(struct client_search *search, struct incident *incident, int64_t tie,
		       bool overlaid, bool *ret_passes, struct error *err)
{
	enum err code = ERR_OK;

	*ret_passes = true;
	if (search->filter == NULL)
		return ERR_OK;
	for (int child = 0; child < CHILD_COUNT && !overlaid && code == ERR_OK; child++)
		if (filter_needs(search->filter, (enum child)child))
			code = cache_children(search->client->cache, tie, (enum child)child,
					      &search->arena, incident, err);
	*ret_passes = code == ERR_OK && filter_match(search->filter, incident, search->ctx);
	return code;
}

static enum err look_cached(struct client_search *search, int64_t tie, struct error *err)
{
	struct page_row row;
	bool wanted = false;
	enum err code = cache_row_at(search->client->cache, tie, search->filter == NULL,
				     &search->arena, &row, err);

	if (code == ERR_NOT_FOUND ||
	    (code == ERR_OK && overlay_find(search->client, &row.incident->head.id) != NULL))
		return ERR_OK;
	if (code == ERR_OK)
		code = passes(search, row.incident, tie, false, &wanted, err);
	if (code == ERR_OK && wanted && search->filter != NULL) /* long texts of those that pass */
		code = cache_row_at(search->client->cache, tie, true, &search->arena, &row, err);
	if (code == ERR_OK && wanted)
		code = look(search, row.incident, tie, false, err);
	return code;
}

static enum err look_overlaid(struct client_search *search, const struct overlay_row *row,
			      struct error *err)
{
	bool wanted;
	enum err code = passes(search, row->shown, row->tie, true, &wanted, err);

	return code == ERR_OK && wanted ? look(search, row->shown, row->tie, true, err) : code;
}

/* Digits of an id, or a local mark, stand in no text. */
static enum err find_named(struct client_search *search, struct error *err)
{
	struct looking looking = { .search = search, .weight = 100, .where = WHERE_NUMBER };
	struct incident *incident;
	struct client_row row;
	struct uuid id;
	bool wanted;
	enum err code;

	if (search->words.n != 1 ||
	    client_find(search->client, search->words.word[0], &id, NULL) != ERR_OK ||
	    client_get(search->client, &id, &search->arena, &incident, NULL) != ERR_OK ||
	    (incident->number != NULL && strstr(incident->number, search->words.word[0]) != NULL))
		return ERR_OK;
	code = passes(search, incident, 0, true, &wanted, err);
	if (code == ERR_OK && wanted)
		code = client_row_get(search->client, &search->order, &id, &search->arena, &row, err);
	if (code != ERR_OK || !wanted)
		return code == ERR_NOT_FOUND ? ERR_OK : code;
	add_hit(search, incident, row.key.tie, &looking);
	search->named = id;
	return ERR_OK;
}

enum err client_search_new(struct client *client, const struct client_search_ask *ask,
			   struct client_search **ret_search, struct error *err)
{
	struct client_search *search = mem_alloc(sizeof *search);
	struct grams grams = GRAMS_INIT;
	struct ties other = TIES_INIT;
	bool narrows = false;
	enum err code = gram_words_split(ask->words, &search->words, err);

	search->client = client;
	search->filter = ask->filter;
	search->ctx = ask->ctx;
	search->order.open_only = ask->filter != NULL && filter_opens(ask->filter);
	search->by_relevance = ask->by_relevance;
	search->ties = (struct ties)TIES_INIT;
	for (size_t i = 0; i < search->words.n; i++)
		grams_add(&grams, search->words.word[i]);
	grams_sort(&grams);
	if (code == ERR_OK && client->cache != NULL)
		code = cache_search_all(client->cache, &grams, &search->ties, err);
	if (code == ERR_OK && search->filter != NULL)
		code = search_narrow(client, search->filter, &narrows, &other, err);
	if (narrows)
		ties_intersect(&search->ties, &other);
	search->few = client->cache == NULL ||
		      search_are_few(client, &search->ties, search->order.open_only,
				     search->filter != NULL);
	search->most = search->ties.n; /* and what the index cannot tell of: */
	if (client->cache != NULL && cache_last_tie(client->cache) > search->ties.rest)
		search->most += cache_last_tie(client->cache) - search->ties.rest;
	ties_release(&other);
	grams_release(&grams);
	if (code == ERR_OK)
		code = find_named(search, err);
	if (code != ERR_OK)
		client_search_free(search);
	else
		*ret_search = search;
	return code;
}

/* --- steps ------------------------------------------------------------------------------------ */

static int in_board_order(const struct search_hit *x, const struct search_hit *y)
{
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	return x->tie < y->tie ? -1 : x->tie > y->tie;
}

static int by_place(const void *a, const void *b)
{
	return in_board_order(a, b);
}

static int by_weight(const void *a, const void *b)
{
	const struct search_hit *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return in_board_order(x, y);
}

static void put_in_order(struct client_search *search)
{
	if (search->n > 1)
		qsort(search->hits, search->n, sizeof *search->hits,
		      search->by_relevance ? by_weight : by_place);
}

static int by_rank(const void *a, const void *b)
{
	const struct search_place *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	return x->tie < y->tie ? -1 : x->tie > y->tie;
}

/* Where each of them stands: a small part of what looking at it costs. */
static enum err place_some(struct client_search *search, size_t *budget, struct error *err)
{
	struct client *client = search->client;
	enum err code = ERR_OK;

	while (code == ERR_OK && !search->placed && *budget > 0) {
		struct page_place place;

		--*budget;
		if (client->cache != NULL)
			code = search_next_tie(client, &search->ties, &search->tie, err);
		if (code == ERR_OK && search->tie == 0) {
			if (search->n_places > 1)
				qsort(search->places, search->n_places, sizeof *search->places,
				      by_rank);
			search->placed = true;
			return ERR_OK;
		}
		if (code == ERR_OK)
			code = cache_place_at(client->cache, search->tie, NULL, NULL, &place, err);
		if (code == ERR_NOT_FOUND ||
		    (code == ERR_OK && search->order.open_only && place.a == BOARD_CLOSED)) {
			code = ERR_OK;
			continue;
		}
		if (code != ERR_OK)
			return code;
		MEM_GROW(search->places, search->n_places, search->cap_places);
		search->places[search->n_places++] =
			(struct search_place){ place.a, place.b, place.tie };
	}
	return code;
}

static enum err step_few(struct client_search *search, size_t budget, struct error *err)
{
	const struct overlay *overlay = &search->client->overlay;
	enum err code = ERR_OK;

	/* our own are few: they are looked at first */
	for (size_t i = 0; !search->placed && search->tie == 0 && i < overlay->n && code == ERR_OK; i++)
		code = look_overlaid(search, &overlay->rows[i], err);
	if (code == ERR_OK)
		code = place_some(search, &budget, err);
	while (code == ERR_OK && search->placed && search->place < search->n_places &&
	       search->n < SEARCH_HITS && budget >= LOOK_COST) {
		arena_reset(&search->arena);
		budget -= LOOK_COST;
		code = look_cached(search, search->places[search->place++].tie, err);
	}
	search->done = search->placed &&
		       (search->place == search->n_places || search->n >= SEARCH_HITS);
	put_in_order(search);
	return code;
}

static enum err step_many(struct client_search *search, size_t budget, struct error *err)
{
	struct client *client = search->client;
	enum err code = ERR_OK;

	while (code == ERR_OK && !search->done && budget > 0) {
		struct client_page page;
		size_t cost = (size_t)CHUNK * LOOK_COST;

		arena_reset(&search->arena);
		code = rows_page(client, &search->order, &search->ties, &search->at, PAGE_AFTER, CHUNK,
				 &search->arena, &page, err);
		for (size_t i = 0; code == ERR_OK && i < page.n && search->n < SEARCH_HITS; i++) {
			const struct client_row *row = &page.rows[i];
			const struct overlay_row *over =
				overlay_find(client, &row->incident->head.id);

			search->at = row->key;
			if (over != NULL)
				code = look_overlaid(search, over, err);
			else if (ties_has(&search->ties, row->key.tie))
				code = look_cached(search, row->key.tie, err);
		}
		search->done = code == ERR_OK && (!page.more || search->n >= SEARCH_HITS);
		budget -= cost < budget ? cost : budget;
	}
	if (search->by_relevance)
		put_in_order(search);
	return code;
}

enum err client_search_step(struct client_search *search, size_t budget, struct error *err)
{
	return search->few ? step_few(search, budget, err) : step_many(search, budget, err);
}

bool client_search_done(const struct client_search *search)
{
	return search->done;
}

size_t client_search_found(const struct client_search *search)
{
	return search->n < SEARCH_HITS ? search->n : SEARCH_HITS;
}

size_t client_search_looked(const struct client_search *search)
{
	return search->looked;
}

int64_t client_search_index(const struct client_search *search, const struct uuid *id)
{
	for (size_t i = 0; i < client_search_found(search); i++)
		if (uuid_eq(&search->hits[i].id, id))
			return (int64_t)i;
	return -1;
}

int64_t client_search_most(const struct client_search *search)
{
	return search->most;
}

const struct gram_words *client_search_words(const struct client_search *search)
{
	return &search->words;
}
