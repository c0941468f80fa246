/* Making the index of texts: what is to be looked at, postings in memory, a new part. */
#include <config.h>

#include <string.h>

#include "zhiban/base/mem.h"

#include "search_priv.h"

/* A posting is a term and the number of its row in the batch, in one number. */
enum { ROW_BITS = 14, ROWS_MAX = 1 << ROW_BITS, POSTINGS = 512 * 1024 };

struct search_batch {
	uint64_t *postings;
	size_t n, cap;
	int64_t ties[ROWS_MAX];
	size_t rows;
	int64_t at; /* changes up to this one are in it */
	unsigned turn; /* of the cache: another one has other rows */
};

struct search_batch *search_batch_new(void)
{
	return mem_alloc(sizeof(struct search_batch));
}

void search_batch_free(struct search_batch *batch)
{
	if (batch == NULL)
		return;
	free(batch->postings);
	free(batch);
}

void search_batch_clear(struct search_batch *batch)
{
	free(batch->postings);
	batch->postings = NULL;
	batch->n = batch->cap = batch->rows = 0;
}

void search_batch_add(struct search_batch *batch, int64_t tie, const struct grams *terms)
{
	for (size_t i = 0; i < terms->n; i++) {
		MEM_GROW(batch->postings, batch->n, batch->cap);
		batch->postings[batch->n++] = (uint64_t)terms->items[i] << ROW_BITS | batch->rows;
	}
	batch->ties[batch->rows++] = tie;
}

bool search_batch_full(const struct search_batch *batch)
{
	return batch->rows == ROWS_MAX || batch->n >= POSTINGS;
}

size_t search_batch_rows(const struct search_batch *batch)
{
	return batch->rows;
}

int64_t search_batch_last(const struct search_batch *batch)
{
	return batch->rows > 0 ? batch->ties[batch->rows - 1] : 0;
}

/* By term, eleven bits a pass; rows of a term stay in their order. */
static void sort_postings(struct search_batch *batch)
{
	enum { BITS = 11, BUCKETS = 1 << BITS };
	uint64_t *from = batch->postings;
	uint64_t *to = mem_alloc((batch->n + 1) * sizeof *to), *spare = to;

	for (unsigned shift = ROW_BITS; shift < ROW_BITS + TERM_BITS; shift += BITS) {
		size_t starts[BUCKETS] = { 0 }, sum = 0;
		uint64_t *swap;

		for (size_t i = 0; i < batch->n; i++)
			starts[from[i] >> shift & (BUCKETS - 1)]++;
		for (size_t i = 0; i < BUCKETS; i++) {
			size_t n = starts[i];

			starts[i] = sum;
			sum += n;
		}
		for (size_t i = 0; i < batch->n; i++)
			to[starts[from[i] >> shift & (BUCKETS - 1)]++] = from[i];
		swap = from;
		from = to;
		to = swap;
	}
	if (from != batch->postings)
		memcpy(batch->postings, from, batch->n * sizeof *from);
	free(spare);
}

static enum err write_part(struct store *store, struct search_batch *batch, struct error *err)
{
	struct page_writer writer = { .store = store, .base = batch->ties[0] };
	int64_t *ties = mem_alloc(batch->rows * sizeof *ties);
	enum err code = search_new_part(store, writer.base, (int64_t)batch->rows, PART_USED,
					&writer.part, err);

	for (size_t i = 0; i < batch->n && code == ERR_OK;) {
		uint64_t term = batch->postings[i] >> ROW_BITS;
		size_t n = 0;

		for (; i < batch->n && batch->postings[i] >> ROW_BITS == term; i++)
			ties[n++] = batch->ties[batch->postings[i] & (ROWS_MAX - 1)];
		code = writer_add(&writer, (int64_t)term, ties, n, err);
	}
	if (code == ERR_OK)
		code = writer_end(&writer, err);
	writer_release(&writer);
	free(ties);
	return code;
}

static const char LOOKED_AT[] = "DELETE FROM unsearched WHERE tie = :tie AND at <= :at";

static enum err forget_waiting(struct store *store, const struct search_batch *batch,
			       struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, LOOKED_AT, &stmt, err);

	for (size_t i = 0; i < batch->rows && code == ERR_OK; i++) {
		db_int(stmt, ":tie", batch->ties[i]);
		db_int(stmt, ":at", batch->at);
		code = db_run(store, stmt, err);
	}
	return code;
}

enum err cache_search_put(struct store *store, struct search_batch *batch, struct error *err)
{
	enum err code = ERR_OK;

	if (batch->rows == 0 || batch->turn != store->cache->search_turn)
		return ERR_OK;
	if (batch->n > 0) {
		sort_postings(batch);
		code = write_part(store, batch, err);
	}
	if (code == ERR_OK)
		code = forget_waiting(store, batch, err);
	if (code == ERR_OK && search_batch_last(batch) > searched_to(store))
		code = store_meta_set_int(store, "searched", search_batch_last(batch), err);
	return code;
}

/* --- what is to be looked at ------------------------------------------------------------------ */

static const char NEXT[] =
	"SELECT tie FROM ("
	"SELECT tie FROM (SELECT tie FROM unsearched WHERE tie > :behind ORDER BY tie LIMIT :n) UNION "
	"SELECT pk FROM (SELECT pk FROM incident WHERE pk > max(:behind, :to) ORDER BY pk LIMIT :n)) "
	"ORDER BY tie LIMIT :n";
static const char LAST_CHANGE[] = "SELECT coalesce(max(at), 0) FROM unsearched";

/* The number of the latest change, and up to where rows have been read: kept by the one writer. */
static enum err know(struct store *store, struct error *err)
{
	struct cache_state *state = store->cache;
	sqlite3_stmt *stmt;
	enum err code;

	if (state->search_known)
		return ERR_OK;
	code = db_stmt(store, LAST_CHANGE, &stmt, err);
	if (code == ERR_OK)
		code = db_number(store, stmt, &state->search_at, err);
	if (code != ERR_OK)
		return code;
	state->search_read = searched_to(store);
	state->search_known = true;
	return ERR_OK;
}

enum err cache_search_next(struct store *store, struct search_batch *batch, size_t max,
			   int64_t *ret_ties, size_t *ret_n, struct error *err)
{
	sqlite3_stmt *stmt;
	size_t n = 0;
	bool row;
	enum err code = know(store, err);

	if (code == ERR_OK)
		code = db_stmt(store, NEXT, &stmt, err);
	if (code != ERR_OK)
		return code;
	if (batch->turn != store->cache->search_turn)
		search_batch_clear(batch);
	if (batch->rows == 0) {
		batch->at = store->cache->search_at;
		batch->turn = store->cache->search_turn;
	}
	db_int(stmt, ":behind", search_batch_last(batch));
	db_int(stmt, ":to", searched_to(store));
	db_int(stmt, ":n", (int64_t)max);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row)
		ret_ties[n++] = db_col_int(stmt, 0);
	if (code != ERR_OK)
		return code;
	if (n > 0 && ret_ties[n - 1] > store->cache->search_read)
		store->cache->search_read = ret_ties[n - 1];
	*ret_n = n;
	return ERR_OK;
}

static const char TOUCH[] = "INSERT OR REPLACE INTO unsearched (tie, at) VALUES (:tie, :at)";

enum err cache_search_touch(struct store *store, int64_t tie, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = know(store, err);

	if (code != ERR_OK || tie > store->cache->search_read)
		return code; /* it will be come to */
	code = db_stmt(store, TOUCH, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":tie", tie);
	db_int(stmt, ":at", ++store->cache->search_at);
	return db_run(store, stmt, err);
}

static const char TIE_OF[] = "SELECT pk FROM incident WHERE id = :id";

enum err cache_search_touch_id(struct store *store, const struct uuid *id, struct error *err)
{
	sqlite3_stmt *stmt;
	int64_t tie = 0;
	bool row = false;
	enum err code = know(store, err);

	if (code != ERR_OK || store->cache->search_read == 0)
		return code;
	code = db_stmt(store, TIE_OF, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", id);
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK || !row)
		return code;
	tie = db_col_int(stmt, 0);
	db_done(stmt);
	return cache_search_touch(store, tie, err);
}
