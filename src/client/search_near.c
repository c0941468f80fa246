/* What the index of texts tells: where a filter may find something, what is like a text. */
#include <config.h>

#include "zhiban/base/mem.h"

#include "client_priv.h"
#include "search_priv.h"

/* To read where a row stands costs as much as to pass over PLACE of an index. */
enum { PLACE = 50, SCREEN = 25, FILTERED_ONE_IN = 250, NEAR_WAITING = 32 };

enum err search_narrow(struct client *client, const struct filter *filter, bool *ret_narrows,
		       struct ties *ret_ties, struct error *err)
{
	struct ties all = TIES_INIT;
	size_t n = filter_alternatives(filter);
	bool narrows = n > 0 && client->cache != NULL;
	enum err code = ERR_OK;

	for (size_t i = 0; i < n && code == ERR_OK && narrows; i++) {
		struct grams grams = GRAMS_INIT;
		struct ties one = TIES_INIT;

		filter_grams(filter, i, &grams);
		grams_sort(&grams);
		narrows = grams.n > 0;
		if (narrows)
			code = cache_search_all(client->cache, &grams, &one, err);
		grams_release(&grams);
		if (i == 0) {
			all = one;
		} else {
			ties_unite(&all, &one);
			ties_release(&one);
		}
	}
	if (code != ERR_OK || !narrows)
		ties_release(&all);
	if (code != ERR_OK)
		return code;
	*ret_narrows = narrows;
	*ret_ties = all;
	return ERR_OK;
}

/* To put n rows in order costs n * PLACE passings over an index; to find a screenful of them in the
 * order, at most as many as there are in it.  With a filter nobody knows how many it lets through. */
bool search_are_few(struct client *client, const struct ties *ties, bool open_only, bool filtered)
{
	int64_t last = cache_last_tie(client->cache), n = ties->n;
	int64_t span = open_only ? cache_open_rows(client->cache) : last, pass;

	if (ties->rest < last)
		n += last - ties->rest;
	if (n <= SCREEN)
		return true;
	pass = last / n * SCREEN;
	return n * PLACE <= (pass < span ? pass : span) || (filtered && n <= span / FILTERED_ONE_IN);
}

enum err search_next_tie(struct client *client, const struct ties *ties, int64_t *tie,
			 struct error *err)
{
	int64_t next = *tie <= ties->rest ? ties_next(ties, *tie) : 0;
	size_t n = 0;
	enum err code;

	if (next != 0 && next <= ties->rest) {
		*tie = next;
		return ERR_OK;
	}
	code = cache_ties(client->cache, *tie > ties->rest ? *tie : ties->rest, 1, &next, &n, err);
	if (code == ERR_OK)
		*tie = n > 0 ? next : 0;
	return code;
}

/* --- for others ------------------------------------------------------------------------------- */

enum err client_indexed(struct client *client, struct client_indexed *ret_indexed,
			struct error *err)
{
	struct search_state state = { .rows = 0 };
	enum err code = ERR_OK;

	if (client->cache != NULL)
		code = cache_search_state(client->cache, &state, err);
	if (code == ERR_OK)
		*ret_indexed = (struct client_indexed){ state.rows, state.waiting };
	return code;
}

static enum err add_near(struct client *client, const struct search_near *near, struct arena *arena,
			 struct client_near *out, size_t *n, struct error *err)
{
	struct page_row row;
	enum err code = cache_row_at(client->cache, near->tie, false, arena, &row, err);

	if (code == ERR_NOT_FOUND)
		return ERR_OK;
	if (code == ERR_OK)
		out[(*n)++] = (struct client_near){ row.incident->head.id, near->weight };
	return code;
}

static enum err near_here(struct client *client, const struct grams *grams, int64_t moved_since,
			  size_t max, struct arena *arena, struct search_near **ret_near,
			  size_t *ret_n, struct error *err)
{
	struct ties live = TIES_INIT;
	enum err code = ERR_OK;

	if (moved_since != 0)
		code = cache_search_live(client->cache, moved_since, &live, err);
	if (code == ERR_OK)
		code = cache_search_near(client->cache, grams, moved_since != 0 ? &live : NULL, max,
					 NEAR_WAITING, arena, ret_near, ret_n, err);
	ties_release(&live);
	return code;
}

enum err client_search_near(struct client *client, const struct grams *grams, int64_t moved_since,
			    size_t max, struct arena *arena, struct client_near **ret_near,
			    size_t *ret_n, struct error *err)
{
	const struct overlay *overlay = &client->overlay;
	struct search_near *near = NULL;
	struct client_near *out;
	struct arena passing = ARENA_INIT;
	size_t n_near = 0, n = 0;
	enum err code = ERR_OK;

	if (client->cache != NULL)
		code = near_here(client, grams, moved_since, max, &passing, &near, &n_near, err);
	out = arena_array(arena, n_near + overlay->n + 1, sizeof *out);
	for (size_t i = 0; i < n_near && code == ERR_OK; i++)
		code = add_near(client, &near[i], &passing, out, &n, err);
	for (size_t i = 0; i < overlay->n && code == ERR_OK; i++)
		if (overlay->rows[i].n != 0) /* only in the outbox so far */
			out[n++] = (struct client_near){ overlay->rows[i].shown->head.id, -1 };
	arena_release(&passing);
	if (code != ERR_OK)
		return code;
	*ret_near = out;
	*ret_n = n;
	return ERR_OK;
}

enum err client_search_counts(struct client *client, const struct grams *grams,
			      int64_t *ret_counts, int64_t *ret_of, struct error *err)
{
	for (size_t i = 0; i < grams->n; i++)
		ret_counts[i] = 0;
	*ret_of = 0;
	return client->cache != NULL
		       ? cache_search_counts(client->cache, grams, ret_counts, ret_of, err)
		       : ERR_OK;
}
