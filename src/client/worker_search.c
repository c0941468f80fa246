/* The index of texts, made behind the feed when there is nothing else to do. */
#include <config.h>

#include "zhiban/base/mem.h"

#include "client_priv.h"
#include "search_priv.h"
#include "worker_priv.h"

/* A few that have changed are looked at directly meanwhile: no part is made for each of them. */
enum { SLICE = 100, ENOUGH = 200, LINGER_MS = 60 * 1000, MERGE_PAGES = 256 };

static void take_text(void *ctx, enum search_where where, const char *text)
{
	(void)where;
	grams_add(ctx, text);
}

static enum err look_at(struct worker *worker, int64_t tie, struct arena *arena, struct error *err)
{
	struct grams grams = GRAMS_INIT;
	struct page_row row;
	enum err code = cache_row_at(worker->cache, tie, true, arena, &row, NULL);

	if (code == ERR_OK)
		code = search_texts(worker->cache, row.incident, take_text, &grams, err);
	else if (code == ERR_NOT_FOUND) /* it has gone: it fits nothing */
		code = ERR_OK;
	else
		code = cache_row_at(worker->cache, tie, true, arena, &row, err);
	if (code == ERR_OK) {
		grams_sort(&grams);
		search_batch_add(worker->search, tie, &grams);
	}
	grams_release(&grams);
	return code;
}

static enum err put(struct store *store, void *ctx, struct error *err)
{
	return cache_search_put(store, ctx, err);
}

struct merging {
	bool more;
};

static enum err merge(struct store *store, void *ctx, struct error *err)
{
	struct merging *merging = ctx;

	return cache_search_merge(store, MERGE_PAGES, &merging->more, err);
}

/* What went into it took pages and rows that are not needed again. */
static enum err rest(struct worker *worker, struct error *err)
{
	enum err code = ERR_OK;

	worker_search_forget(worker);
	if (worker->search_wrote) {
		code = cache_rest(worker->cache, err);
		worker_trim();
	}
	worker->search_wrote = false;
	return code;
}

/* Some rows more; ret_n: how many there were. */
static enum err gather(struct worker *worker, size_t *ret_n, struct error *err)
{
	struct arena arena = ARENA_INIT;
	int64_t ties[SLICE];
	size_t n = 0;
	enum err code = cache_search_next(worker->cache, worker->search, SLICE, ties, &n, err);

	for (size_t i = 0; i < n && code == ERR_OK && !search_batch_full(worker->search); i++) {
		code = look_at(worker, ties[i], &arena, err);
		arena_reset(&arena);
	}
	arena_release(&arena);
	*ret_n = n;
	return code;
}

enum err worker_search(struct worker *worker, int64_t now, bool *ret_more, struct error *err)
{
	struct merging merging = { false };
	size_t n = 0, rows;
	enum err code = ERR_OK;

	if (worker->search == NULL)
		worker->search = search_batch_new();
	rows = search_batch_rows(worker->search);
	code = gather(worker, &n, err);
	if (code != ERR_OK) {
		worker_search_forget(worker);
		return code;
	}
	if (rows == 0)
		worker->search_at = now + LINGER_MS;
	rows = search_batch_rows(worker->search);
	*ret_more = n > 0;
	if (search_batch_full(worker->search) ||
	    (n == 0 && (rows >= ENOUGH || (rows > 0 && now >= worker->search_at)))) {
		code = store_tx(worker->cache, put, worker->search, err);
		search_batch_clear(worker->search);
		worker_trim();
		worker->search_wrote = *ret_more = true;
	} else if (n == 0) {
		code = store_tx(worker->cache, merge, &merging, err);
		*ret_more = merging.more;
	}
	return code == ERR_OK && !*ret_more && rows == 0 ? rest(worker, err) : code;
}

void worker_search_forget(struct worker *worker)
{
	search_batch_free(worker->search);
	worker->search = NULL;
}
