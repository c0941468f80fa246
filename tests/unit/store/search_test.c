/* The index of texts: nothing that fits is left out, through parts, merges, changes and a clearing;
 * what is rare weighs more; a page of chosen rows. */
#include <config.h>

#include "store_help.h"

#include <sqlite3.h>

#include "zhiban/base/text.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/page.h"
#include "zhiban/store/search.h"

enum { SIGNS = 12, LENGTH = 14, MERGE_PAGES = 2 };

/* Of few characters, so that pairs repeat. */
static const char *make_text(uint64_t *seed, struct arena *arena)
{
	static const char *const signs[SIGNS] = { "水", "管", "道", "爆", "裂", "路", "灯", "噪",
						  "声", "，", "a",  "7" };
	struct str text = STR_INIT;
	const char *out;

	for (unsigned i = 0; i < LENGTH; i++)
		str_add(&text, signs[next_random(seed) % SIGNS]);
	out = arena_strdup(arena, str_get(&text));
	str_release(&text);
	return out;
}

static enum err put_fn(struct store *store, void *ctx, struct error *err)
{
	struct applied applied;

	return cache_apply_entity(store, ctx, 0, &applied, err);
}

static enum err drop_fn(struct store *store, void *ctx, struct error *err)
{
	return cache_drop(store, KIND_INCIDENT, ctx, err);
}

static enum err batch_fn(struct store *store, void *ctx, struct error *err)
{
	return cache_search_put(store, ctx, err);
}

static enum err merge_fn(struct store *store, void *ctx, struct error *err)
{
	return cache_search_merge(store, MERGE_PAGES, ctx, err);
}

static enum err clear_fn(struct store *store, void *ctx, struct error *err)
{
	(void)ctx;
	return cache_clear(store, err);
}

static void put(struct store *store, uint64_t *seed, unsigned i, int64_t version,
		struct arena *arena)
{
	struct incident *incident = make_incident(seed, i, arena);

	incident->head.version = version;
	incident->title = make_text(seed, arena);
	incident->text = NULL;
	incident->number = NULL;
	OK(store_tx(store, put_fn, incident, NULL));
}

/* As a worker does it, at most so many rows; true when there are more. */
static bool index_some(struct store *store, struct search_batch *batch, size_t rows)
{
	struct arena arena = ARENA_INIT;
	int64_t ties[64];
	size_t n;

	OK(cache_search_next(store, batch, rows < 64 ? rows : 64, ties, &n, NULL));
	for (size_t i = 0; i < n; i++) {
		struct grams grams = GRAMS_INIT;
		struct page_row row;

		if (cache_row_at(store, ties[i], true, &arena, &row, NULL) == ERR_OK)
			grams_add(&grams, row.incident->title);
		grams_sort(&grams);
		search_batch_add(batch, ties[i], &grams);
		grams_release(&grams);
	}
	arena_release(&arena);
	return n > 0;
}

static void commit(struct store *store, struct search_batch *batch)
{
	OK(store_tx(store, batch_fn, batch, NULL));
	search_batch_clear(batch);
}

/* Against every row's text.  Returns how many too many there are. */
static size_t check(struct store *store, const char *word)
{
	struct arena arena = ARENA_INIT;
	struct grams grams = GRAMS_INIT;
	struct ties ties = TIES_INIT;
	int64_t all[2048];
	size_t n, extra = 0;

	grams_add(&grams, word);
	grams_sort(&grams);
	OK(cache_search_all(store, &grams, &ties, NULL));
	OK(cache_ties(store, 0, 2048, all, &n, NULL));
	for (size_t i = 0; i < n; i++) {
		struct page_row row;
		bool fits;

		OK(cache_row_at(store, all[i], false, &arena, &row, NULL));
		fits = strstr(row.incident->title, word) != NULL;
		if (fits)
			assert_true(ties_has(&ties, all[i]));
		extra += !fits && ties_has(&ties, all[i]);
	}
	ties_release(&ties);
	grams_release(&grams);
	arena_release(&arena);
	return extra;
}

static size_t check_all(struct store *store)
{
	static const char *const words[] = { "水管", "管道爆", "路灯", "噪声", "声噪声", "a7" };
	size_t extra = 0;

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		extra += check(store, words[i]);
	return extra;
}

static int64_t waiting(struct store *store)
{
	struct search_state state;

	OK(cache_search_state(store, &state, NULL));
	return state.waiting;
}

static void nothing_that_fits_is_left_out(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct search_batch *batch = search_batch_new();
	struct store *store, *reader;
	struct uuid gone;
	uint64_t seed = 5;
	bool more = true;
	unsigned parts = 0;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	OK(cache_open(folder->path, CACHE_READ, &reader, NULL));
	for (unsigned i = 0; i < 500; i++)
		put(store, &seed, i, 5, &arena);
	assert_int_equal(waiting(reader), 500);
	/* many small parts, and rows that change in between, in a batch and behind it */
	for (unsigned round = 0; index_some(store, batch, 20); round++) {
		if (round % 3 == 1)
			put(store, &seed, round * 11 % 500, 6 + round, &arena);
		check_all(reader);
		if (round % 2 == 0) {
			commit(store, batch);
			parts++;
		}
		if (round % 5 == 0)
			OK(store_tx(store, merge_fn, &more, NULL));
		check_all(reader);
		assert_true(round < 400);
	}
	commit(store, batch);
	assert_true(parts > 10);
	while (index_some(store, batch, 64))
		commit(store, batch);
	assert_int_equal(waiting(reader), 0);
	/* a reader sees each state of a merge */
	for (unsigned i = 0; more; i++) {
		OK(store_tx(store, merge_fn, &more, NULL));
		check_all(reader);
		assert_true(i < 1000);
	}
	/* what was changed may be found by its old pairs too, and must be looked at; not by much */
	assert_true(check_all(reader) < 400);
	/* a row that goes, and another one in its place */
	gone = make_incident(&seed, 499, &arena)->head.id;
	OK(store_tx(store, drop_fn, &gone, NULL));
	put(store, &seed, 5000, 1, &arena);
	assert_int_equal(waiting(reader), 1);
	check_all(reader);
	OK(store_tx(store, clear_fn, NULL, NULL));
	put(store, &seed, 6000, 1, &arena);
	assert_int_equal(waiting(reader), 1);
	check_all(reader);
	search_batch_free(batch);
	store_close(reader);
	store_close(store);
	arena_release(&arena);
}

/* A row changes when it has been read but is not stored yet: it waits still. */
static void a_change_in_between_is_not_lost(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct search_batch *batch = search_batch_new();
	struct store *store;
	uint64_t seed = 8;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (unsigned i = 0; i < 10; i++)
		put(store, &seed, i, 5, &arena);
	assert_true(index_some(store, batch, 10));
	put(store, &seed, 3, 6, &arena);
	commit(store, batch);
	assert_int_equal(waiting(store), 1);
	check_all(store);
	/* and one that waited already when it was read */
	assert_true(index_some(store, batch, 10));
	put(store, &seed, 3, 7, &arena);
	commit(store, batch);
	assert_int_equal(waiting(store), 1);
	check_all(store);
	/* a batch of rows that are forgotten in between is not stored */
	assert_true(index_some(store, batch, 10));
	OK(store_tx(store, clear_fn, NULL, NULL));
	put(store, &seed, 20, 1, &arena);
	commit(store, batch);
	assert_int_equal(waiting(store), 1);
	search_batch_free(batch);
	store_close(store);
	arena_release(&arena);
}

static void put_titled(struct store *store, uint64_t *seed, unsigned i, const char *title,
		       struct arena *arena)
{
	struct incident *incident = make_incident(seed, i, arena);

	incident->title = title;
	incident->text = NULL;
	incident->number = NULL;
	OK(store_tx(store, put_fn, incident, NULL));
}

static void what_is_rare_weighs_more(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct search_batch *batch = search_batch_new();
	struct grams grams = GRAMS_INIT;
	struct search_near *near;
	struct store *store;
	uint64_t seed = 2;
	int64_t counts[4], of;
	size_t n;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (unsigned i = 0; i < 100; i++)
		put_titled(store, &seed, i, i == 7 ? "青果巷" : i < 15 ? "噪声" : "居民反映", &arena);
	while (index_some(store, batch, 64))
		;
	commit(store, batch);
	put_titled(store, &seed, 200, "new", &arena);
	grams_add(&grams, "果巷");
	grams_add(&grams, "噪声");
	grams_add(&grams, "居民");
	grams_sort(&grams);
	OK(cache_search_counts(store, &grams, counts, &of, NULL));
	assert_int_equal(of, 101);
	assert_int_equal(counts[0] + counts[1] + counts[2], 1 + 14 + 85);
	OK(cache_search_near(store, &grams, NULL, 10, 5, &arena, &near, &n, NULL));
	assert_int_equal(n, 11);
	assert_int_equal(near[0].tie, 8);
	assert_true(near[0].weight > 6 * 64 && near[0].weight < 7 * 64);
	assert_true(near[1].weight < 3 * 64 && near[1].weight > 2 * 64);
	assert_true(near[1].tie > near[2].tie); /* of equals the newest */
	assert_int_equal(near[10].weight, -1);
	assert_int_equal(near[10].tie, 101);
	grams_release(&grams);
	search_batch_free(batch);
	store_close(store);
	arena_release(&arena);
}

/* Of many that are worded alike those that are open, or were moved lately. */
static void the_live_are_asked_for(void **state)
{
	enum { ROWS = 40, NOW = 1000, LATELY = 900 };
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct search_batch *batch = search_batch_new();
	struct grams grams = GRAMS_INIT;
	struct ties live;
	struct search_near *near;
	struct store *store;
	uint64_t seed = 2;
	size_t n;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (unsigned i = 0; i < 25 * ROWS; i++) { /* one in 25 has the words */
		struct incident *incident = make_incident(&seed, i, &arena);

		incident->title = i % 25 ? "居民反映" : "路灯不亮";
		incident->text = incident->number = NULL;
		incident->open = i % 50 == 0;
		incident->moved_at = i % 75 == 0 ? NOW : 1;
		OK(store_tx(store, put_fn, incident, NULL));
	}
	while (index_some(store, batch, 64))
		;
	commit(store, batch);
	OK(cache_search_live(store, LATELY, &live, NULL));
	for (int64_t tie = 1; tie <= 25 * ROWS; tie++)
		assert_int_equal(ties_has(&live, tie), (tie - 1) % 50 == 0 || (tie - 1) % 75 == 0);
	grams_add(&grams, "路灯不亮");
	grams_sort(&grams);
	OK(cache_search_near(store, &grams, &live, 3 * ROWS, 5, &arena, &near, &n, NULL));
	assert_int_equal(n, ROWS / 2 + (ROWS + 5) / 6); /* of 40: 20 open, and 7 more of 14 moved */
	for (size_t i = 0; i < n; i++)
		assert_true(ties_has(&live, near[i].tie));
	OK(cache_search_near(store, &grams, &live, 4, 5, &arena, &near, &n, NULL));
	assert_int_equal(n, 4);
	assert_true(near[0].tie > near[3].tie && near[3].tie > 25 * ROWS * 3 / 4);
	OK(cache_search_near(store, &grams, NULL, 3 * ROWS, 5, &arena, &near, &n, NULL));
	assert_int_equal(n, ROWS);
	ties_release(&live);
	grams_release(&grams);
	search_batch_free(batch);
	store_close(store);
	arena_release(&arena);
}

static void a_page_has_the_chosen_rows(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct ties ties = TIES_INIT;
	struct page_ask ask = { .n = 50, .only = &ties };
	struct page_row rows[50];
	struct store *store;
	uint64_t seed = 2;
	size_t n;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (unsigned i = 0; i < 200; i++)
		put(store, &seed, i, 1, &arena);
	ties.rest = 190;
	ties_add(&ties, 3);
	ties_add(&ties, 64);
	ties_add(&ties, 150);
	assert_int_equal(ties_next(&ties, 0), 3);
	assert_int_equal(ties_next(&ties, 3), 64);
	assert_int_equal(ties_next(&ties, 150), 0);
	OK(cache_page(store, &ask, &arena, rows, &n, NULL));
	assert_int_equal(n, 13);
	for (size_t i = 0; i < n; i++)
		assert_true(ties_has(&ties, rows[i].tie));
	ties_release(&ties);
	store_close(store);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_that_fits_is_left_out, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(a_change_in_between_is_not_lost, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(what_is_rare_weighs_more, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(the_live_are_asked_for, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(a_page_has_the_chosen_rows, folder_make,
						folder_remove),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
