/* Reading the index of texts. */
#include <config.h>

#include <string.h>

#include "zhiban/base/mem.h"

#include "search_priv.h"

enum { WEIGHT_ONE = 64 };

int64_t searched_to(struct store *store)
{
	return store_meta_int(store, "searched");
}

static enum err number(struct store *store, const char *sql, int64_t *ret_n, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, sql, &stmt, err);

	if (code != ERR_OK)
		return code;
	if (sqlite3_bind_parameter_count(stmt) > 0)
		db_int(stmt, ":to", searched_to(store));
	return db_number(store, stmt, ret_n, err);
}

static const char ROWS[] = "SELECT coalesce(sum(n), 0) FROM tally";
static const char OPEN_ROWS[] = "SELECT coalesce(sum(n), 0) FROM tally WHERE open";
static const char LAST[] = "SELECT coalesce(max(pk), 0) FROM incident";
static const char BEHIND[] = "SELECT count(*) FROM incident WHERE pk > :to";
static const char CHANGED[] = "SELECT count(*) FROM unsearched";

enum err cache_search_state(struct store *store, struct search_state *ret_state, struct error *err)
{
	struct search_state state = { .rows = 0 };
	int64_t last = 0, behind = 0, changed = 0;
	enum err code = number(store, ROWS, &state.rows, err);

	if (code == ERR_OK)
		code = number(store, LAST, &last, err);
	/* nearly all numbers are in use: no count of a million rows for a figure on the screen */
	if (code == ERR_OK && searched_to(store) == 0)
		behind = state.rows;
	else if (code == ERR_OK && last - searched_to(store) > 10000)
		behind = last - searched_to(store);
	else if (code == ERR_OK && last > searched_to(store))
		code = number(store, BEHIND, &behind, err);
	if (code == ERR_OK)
		code = number(store, CHANGED, &changed, err);
	if (code != ERR_OK)
		return code;
	state.waiting = behind + changed < state.rows ? behind + changed : state.rows;
	*ret_state = state;
	return ERR_OK;
}

/* --- looking up ------------------------------------------------------------------------------- */

static const char PAGE_OF[] =
	"SELECT id, bytes FROM gram WHERE id <= :key AND id >= :from ORDER BY id DESC LIMIT 1";

typedef void (*rows_fn)(void *ctx, const struct part_row *part, const struct page_walk *walk);

/* The rows of a term in one part. */
static enum err look_up(struct store *store, const struct part_row *part, int64_t term, rows_fn fn,
			void *ctx, struct error *err)
{
	struct page_walk walk;
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, PAGE_OF, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":key", search_key(part->part, term));
	db_int(stmt, ":from", search_key(part->part, 0));
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK || !row)
		return code;
	page_begin(&walk, sqlite3_column_blob(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1),
		   db_col_int(stmt, 0));
	while (page_next(&walk) && walk.term <= term)
		if (walk.term == term)
			fn(ctx, part, &walk);
	db_done(stmt);
	return ERR_OK;
}

static enum err look_up_all(struct store *store, const struct part_row *parts, size_t n,
			    int64_t term, rows_fn fn, void *ctx, struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; i < n && code == ERR_OK; i++)
		code = look_up(store, &parts[i], term, fn, ctx, err);
	return code;
}

static void add_rows(void *ctx, const struct part_row *part, const struct page_walk *walk)
{
	struct ties *ties = ctx;
	const unsigned char *at = walk->list, *end = walk->list + walk->len;
	int64_t tie = part->base;

	while (at < end) {
		tie += (int64_t)varint_get(&at, end);
		ties_add(ties, tie);
	}
}

static const char WAITING[] = "SELECT tie FROM unsearched ORDER BY tie";

static enum err add_waiting(struct store *store, struct ties *ties, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row;
	enum err code = db_stmt(store, WAITING, &stmt, err);

	while (code == ERR_OK && (code = db_row(store, stmt, &row, err)) == ERR_OK && row)
		ties_add(ties, db_col_int(stmt, 0));
	return code;
}

enum err cache_search_all(struct store *store, const struct grams *terms, struct ties *ret_ties,
			  struct error *err)
{
	struct ties ties = TIES_INIT;
	struct part_row *parts = NULL;
	size_t n = 0;
	enum err code = terms->n > 0 ? search_parts(store, &parts, &n, err) : ERR_OK;

	for (size_t i = 0; i < terms->n && code == ERR_OK; i++) {
		struct ties one = TIES_INIT, *to = i == 0 ? &ties : &one;

		to->rest = searched_to(store);
		code = look_up_all(store, parts, n, terms->items[i], add_rows, to, err);
		if (i > 0)
			ties_intersect(&ties, &one);
		ties_release(&one);
		if (ties.n == 0)
			break;
	}
	if (code == ERR_OK && terms->n > 0)
		code = add_waiting(store, &ties, err);
	free(parts);
	if (code != ERR_OK)
		ties_release(&ties);
	else
		*ret_ties = ties;
	return code;
}

static const char TIES[] = "SELECT pk FROM incident WHERE pk > :behind ORDER BY pk LIMIT :n";

enum err cache_ties(struct store *store, int64_t behind, size_t n, int64_t *ret_ties, size_t *ret_n,
		    struct error *err)
{
	sqlite3_stmt *stmt;
	size_t found = 0;
	bool row;
	enum err code = db_stmt(store, TIES, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":behind", behind);
	db_int(stmt, ":n", (int64_t)n);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row)
		ret_ties[found++] = db_col_int(stmt, 0);
	if (code == ERR_OK)
		*ret_n = found;
	return code;
}

int64_t cache_last_tie(struct store *store)
{
	int64_t last = 0;

	return number(store, LAST, &last, NULL) == ERR_OK ? last : 0;
}

int64_t cache_open_rows(struct store *store)
{
	int64_t n = 0;

	return number(store, OPEN_ROWS, &n, NULL) == ERR_OK ? n : 0;
}

/* --- how often -------------------------------------------------------------------------------- */

static void count_rows(void *ctx, const struct part_row *part, const struct page_walk *walk)
{
	int64_t *count = ctx;

	(void)part;
	*count += walk->rows;
}

static enum err counts(struct store *store, const struct part_row *parts, size_t n,
		       const struct grams *terms, int64_t *ret_counts, struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; i < terms->n && code == ERR_OK; i++) {
		ret_counts[i] = 0;
		code = look_up_all(store, parts, n, terms->items[i], count_rows, &ret_counts[i],
				   err);
	}
	return code;
}

enum err cache_search_counts(struct store *store, const struct grams *terms, int64_t *ret_counts,
			     int64_t *ret_of, struct error *err)
{
	struct part_row *parts;
	size_t n;
	enum err code = number(store, ROWS, ret_of, err);

	if (code == ERR_OK)
		code = search_parts(store, &parts, &n, err);
	if (code != ERR_OK)
		return code;
	code = counts(store, parts, n, terms, ret_counts, err);
	free(parts);
	return code;
}

/* --- what is near ----------------------------------------------------------------------------- */

/* 64 * log2(of / n), a little below where it is no power of two. */
static uint32_t weight_of(int64_t n, int64_t of)
{
	uint64_t x = (uint64_t)(of > n ? of : n) * WEIGHT_ONE / (uint64_t)(n > 0 ? n : 1);
	unsigned bits = 0;

	while (x >= 2 * WEIGHT_ONE) {
		x /= 2;
		bits++;
	}
	return bits * WEIGHT_ONE + (uint32_t)(x - WEIGHT_ONE);
}

struct weighing {
	uint32_t *sums; /* by tie */
	int64_t end;
	uint32_t weight;
};

static void weigh_rows(void *ctx, const struct part_row *part, const struct page_walk *walk)
{
	struct weighing *weighing = ctx;
	const unsigned char *at = walk->list, *end = walk->list + walk->len;
	int64_t tie = part->base;

	while (at < end) {
		tie += (int64_t)varint_get(&at, end);
		if (tie >= 0 && tie < weighing->end)
			weighing->sums[tie] += weighing->weight;
	}
}

/* Of equals the newer one counts more: it comes later. */
static bool is_less(const struct search_near *a, const struct search_near *b)
{
	return a->weight != b->weight ? a->weight < b->weight : a->tie < b->tie;
}

/* The heaviest, a heap with the lightest first. */
static void sift(struct search_near *heap, size_t n, size_t at)
{
	for (size_t child; (child = 2 * at + 1) < n; at = child) {
		struct search_near swap;

		if (child + 1 < n && is_less(&heap[child + 1], &heap[child]))
			child++;
		if (!is_less(&heap[child], &heap[at]))
			return;
		swap = heap[at];
		heap[at] = heap[child];
		heap[child] = swap;
	}
}

static int by_weight(const void *a, const void *b)
{
	const struct search_near *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return (x->tie < y->tie) - (x->tie > y->tie);
}

static int64_t next_of(const struct ties *among, int64_t tie)
{
	return among ? ties_next(among, tie) : tie + 1;
}

static size_t pick(const struct weighing *weighing, const struct ties *among,
		   struct search_near *near, size_t max)
{
	size_t n = 0;

	for (int64_t tie = next_of(among, 0); tie > 0 && tie < weighing->end;
	     tie = next_of(among, tie)) {
		int64_t weight = weighing->sums[tie];

		if (weight == 0 || max == 0 || (n == max && weight < near[0].weight))
			continue;
		if (n == max) {
			near[0] = (struct search_near){ tie, weight };
			sift(near, n, 0);
			continue;
		}
		near[n++] = (struct search_near){ tie, weight };
		for (size_t i = n / 2; n == max && i-- > 0;)
			sift(near, n, i);
	}
	if (n > 1)
		qsort(near, n, sizeof *near, by_weight);
	return n;
}

static const char NEWEST_WAITING[] =
	"SELECT pk FROM (SELECT pk FROM incident WHERE pk > :to UNION "
	"SELECT tie FROM unsearched) ORDER BY pk DESC LIMIT :n";

static enum err near_waiting(struct store *store, size_t max, struct search_near *near, size_t *n,
			     struct error *err)
{
	sqlite3_stmt *stmt;
	bool row;
	enum err code = db_stmt(store, NEWEST_WAITING, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":to", searched_to(store));
	db_int(stmt, ":n", (int64_t)max);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row)
		near[(*n)++] = (struct search_near){ db_col_int(stmt, 0), -1 };
	return code;
}

/* Of a long text some pairs tell enough; those of one word stand far apart in their order. */
static struct grams some_of(const struct grams *terms)
{
	enum { MOST = 200 };
	size_t step = (terms->n + MOST - 1) / MOST;
	struct grams some = GRAMS_INIT;

	for (size_t i = 0; i < terms->n; i += step) {
		MEM_GROW(some.items, some.n, some.cap);
		some.items[some.n++] = terms->items[i];
	}
	return some;
}

static enum err weigh(struct store *store, const struct grams *terms, struct weighing *weighing,
		      struct error *err)
{
	struct grams some = some_of(terms);
	int64_t *many = mem_alloc((some.n + 1) * sizeof *many), of = 0;
	struct part_row *parts = NULL;
	size_t n = 0;
	enum err code = number(store, ROWS, &of, err);

	if (code == ERR_OK)
		code = search_parts(store, &parts, &n, err);
	if (code == ERR_OK)
		code = counts(store, parts, n, &some, many, err);
	for (size_t i = 0; i < some.n && code == ERR_OK; i++) {
		if (many[i] == 0 || (many[i] > SEARCH_COMMON && many[i] > of / SEARCH_COMMON))
			continue;
		weighing->weight = weight_of(many[i], of);
		code = look_up_all(store, parts, n, some.items[i], weigh_rows, weighing, err);
	}
	grams_release(&some);
	free(parts);
	free(many);
	return code;
}

static const char LIVE[] = "SELECT pk FROM incident WHERE open = 1 "
			   "UNION ALL SELECT pk FROM incident WHERE moved_at >= :since";

enum err cache_search_live(struct store *store, int64_t moved_since, struct ties *ret_ties,
			   struct error *err)
{
	struct ties ties = TIES_INIT;
	sqlite3_stmt *stmt;
	bool row;
	enum err code = db_stmt(store, LIVE, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":since", moved_since);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row)
		ties_add(&ties, db_col_int(stmt, 0));
	if (code != ERR_OK) {
		ties_release(&ties);
		return code;
	}
	ties.rest = INT64_MAX;
	*ret_ties = ties;
	return ERR_OK;
}

enum err cache_search_near(struct store *store, const struct grams *terms, const struct ties *among,
			   size_t max, size_t at_most_waiting, struct arena *arena,
			   struct search_near **ret_near, size_t *ret_n, struct error *err)
{
	struct search_near *near = arena_array(arena, max + at_most_waiting + 1, sizeof *near);
	struct weighing weighing = { .sums = NULL };
	size_t n = 0;
	enum err code = number(store, LAST, &weighing.end, err);

	if (code == ERR_OK) {
		weighing.end++;
		weighing.sums = mem_alloc((size_t)weighing.end * sizeof *weighing.sums);
		code = weigh(store, terms, &weighing, err);
	}
	if (code == ERR_OK) {
		n = pick(&weighing, among, near, max);
		code = near_waiting(store, at_most_waiting, near, &n, err);
	}
	free(weighing.sums);
	if (code != ERR_OK)
		return code;
	*ret_near = near;
	*ret_n = n;
	return ERR_OK;
}
