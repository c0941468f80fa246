/* Searches and filters against looking at every row: with no index, half of one, all of it, and after
 * changes; in both ways of going through the rows. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/search.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/page.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/feed.h"

#define OK(call) assert_int_equal((call), ERR_OK)
enum { ROWS = 700, RARE = 41, INDEX_SLICE = 64 };

struct fixture {
	char dir[64];
	struct env_fixed fixed;
	struct env env;
	struct store *store;
	struct client *client;
	struct arena arena;
	struct incident *rows[ROWS];
	struct search_batch *batch;
};

static unsigned next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (unsigned)(*seed >> 33);
}

static enum err put_fn(struct store *store, void *ctx, struct error *err)
{
	struct applied applied;

	return cache_apply_entity(store, ctx, 0, &applied, err);
}

static struct incident *make(struct fixture *fixture, unsigned i, int64_t version)
{
	static const char *const titles[] = { "清凉新村自来水发黄", "红梅夜市油烟噪声扰民",
					      "金色新城北门路面塌陷", "Street LAMP is out",
					      "自来水管爆裂，水漫到路上" };
	static const char *const texts[] = { "多户居民反映", "夜间施工噪声", NULL, "请尽快处理" };
	struct uuid parent = { { 9 } }, id = uuid_child(&parent, "s", i);
	struct incident *incident = entity_new(KIND_INCIDENT, &id, &fixture->arena);
	uint64_t seed = i * 31 + (uint64_t)version * 7;

	incident->head.version = version;
	incident->head.seq = i + 1;
	incident->title = titles[next_random(&seed) % 5];
	if (i % RARE == 3)
		incident->title = "青果巷井盖缺失";
	incident->text = texts[next_random(&seed) % 4];
	incident->number = arena_printf(&fixture->arena, "20261122-%04u", i);
	incident->src_no = i % 50 == 0 ? "A-2" : NULL;
	incident->phone = "13812345678";
	incident->reporter = "欧阳锋";
	incident->open = next_random(&seed) % 4 == 0;
	incident->urgency = 1 + next_random(&seed) % 3;
	incident->due = incident->open ? 1000 + next_random(&seed) % 50 : 0;
	incident->registered_at = 500 + next_random(&seed) % 90;
	return incident;
}

static int begin(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof *fixture);
	struct client_options options = { .env = &fixture->env };

	*state = fixture;
	memcpy(fixture->dir, "/tmp/zhiban-search-XXXXXX", sizeof "/tmp/zhiban-search-XXXXXX");
	assert_non_null(mkdtemp(fixture->dir));
	fixture->fixed = (struct env_fixed){ .now = INT64_C(1795332000000), .seed = 11 };
	fixture->env = env_fixed(&fixture->fixed);
	fixture->batch = search_batch_new();
	OK(cache_open(fixture->dir, CACHE_WRITE, &fixture->store, NULL));
	for (unsigned i = 0; i < ROWS; i++) {
		fixture->rows[i] = make(fixture, i, 1);
		OK(store_tx(fixture->store, put_fn, fixture->rows[i], NULL));
	}
	options.dir = fixture->dir;
	OK(client_open(&options, &fixture->client, NULL));
	return 0;
}

static int end(void **state)
{
	struct fixture *fixture = *state;

	client_close(fixture->client);
	search_batch_free(fixture->batch);
	store_close(fixture->store);
	OK(dir_remove_all(fixture->dir, NULL));
	arena_release(&fixture->arena);
	free(fixture);
	return 0;
}

static void add_text(void *ctx, const struct field *field, const char *text)
{
	(void)field;
	grams_add(ctx, text);
}

static enum err batch_fn(struct store *store, void *ctx, struct error *err)
{
	return cache_search_put(store, ctx, err);
}

static bool index_some(struct fixture *fixture)
{
	struct client_change change;
	int64_t ties[INDEX_SLICE];
	size_t n;

	OK(cache_search_next(fixture->store, fixture->batch, INDEX_SLICE, ties, &n, NULL));
	for (size_t i = 0; i < n; i++) {
		struct grams grams = GRAMS_INIT;
		struct page_row row;

		OK(cache_row_at(fixture->store, ties[i], true, &fixture->arena, &row, NULL));
		incident_texts(row.incident, add_text, &grams);
		grams_sort(&grams);
		search_batch_add(fixture->batch, ties[i], &grams);
		grams_release(&grams);
	}
	OK(store_tx(fixture->store, batch_fn, fixture->batch, NULL));
	search_batch_clear(fixture->batch);
	OK(client_poll(fixture->client, &change, NULL));
	return n > 0;
}

/* ---- against every row ---- */

static bool has(const char *text, const char *word)
{
	struct str folded = STR_INIT;
	bool found;

	if (text == NULL)
		return false;
	text_fold(&folded, text);
	found = strstr(str_get(&folded), word) != NULL;
	str_release(&folded);
	return found;
}

static bool fits(const struct incident *row, const struct gram_words *words)
{
	for (size_t i = 0; i < words->n; i++)
		if (!has(row->title, words->word[i]) && !has(row->text, words->word[i]) &&
		    !has(row->number, words->word[i]) && !has(row->src_no, words->word[i]))
			return false;
	return true;
}

static size_t wanted(struct fixture *fixture, const char *text, const struct filter *filter,
		     const struct filter_ctx *ctx)
{
	struct gram_words words;
	size_t n = 0;

	OK(gram_words_split(text, &words, NULL));
	for (size_t i = 0; i < ROWS; i++)
		n += fits(fixture->rows[i], &words) &&
		     (filter == NULL || filter_match(filter, fixture->rows[i], ctx));
	gram_words_release(&words);
	return n;
}

static void compare_search(struct fixture *fixture, const char *words, const char *filter_words,
			   bool by_relevance)
{
	struct filter_ctx ctx = { .rules = client_rules(fixture->client), .now = 1020 };
	struct client_search_ask ask = { .words = words, .ctx = &ctx,
					 .by_relevance = by_relevance };
	struct client_search *search;
	struct filter *filter = NULL;
	struct filter_error bad;
	struct client_hit hits[ROWS];
	struct arena arena = ARENA_INIT;
	size_t n;

	if (filter_words != NULL)
		OK(filter_parse(filter_words, &ctx, &arena, &filter, &bad));
	ask.filter = filter;
	OK(client_search_new(fixture->client, &ask, &search, NULL));
	for (int i = 0; !client_search_done(search); i++) {
		assert_true(i < 10000);
		OK(client_search_step(search, 100, NULL));
	}
	OK(client_search_hits(search, 0, ROWS, &arena, hits, &n, NULL));
	assert_int_equal(n, client_search_found(search));
	if (n != wanted(fixture, words, filter, &ctx))
		print_error("%s / %s\n", words, filter_words != NULL ? filter_words : "");
	assert_int_equal(n, wanted(fixture, words, filter, &ctx));
	for (size_t i = 0; i < n; i++) {
		const struct client_hit *hit = &hits[i];

		assert_int_equal(client_search_index(search, &hit->row.incident->head.id), i);
		if (i == 0)
			continue;
		if (!by_relevance)
			assert_true(row_key_cmp(&(struct client_order){ .field = NULL },
						&hits[i - 1].row.key, &hit->row.key) < 0);
		else if (hit->where == WHERE_TITLE)
			assert_int_equal(hits[i - 1].where, WHERE_TITLE);
	}
	client_search_free(search);
	arena_release(&arena);
}

static void compare_scan(struct fixture *fixture, const char *filter_words,
			 struct client_order order)
{
	struct filter_ctx ctx = { .rules = client_rules(fixture->client), .now = 1020 };
	struct arena arena = ARENA_INIT;
	struct client_scan *scan;
	struct client_page page;
	struct filter *filter;
	struct filter_error bad;
	size_t want = 0;

	OK(filter_parse(filter_words, &ctx, &arena, &filter, &bad));
	for (size_t i = 0; i < ROWS; i++)
		want += filter_match(filter, fixture->rows[i], &ctx);
	OK(client_scan_new(fixture->client, &order, filter, &ctx, &scan, NULL));
	for (int i = 0; !client_scan_done(scan); i++) {
		assert_true(i < 10000);
		OK(client_scan_step(scan, 50, NULL));
	}
	assert_int_equal(client_scan_found(scan), want);
	OK(client_scan_rows(scan, 0, ROWS, &arena, &page, NULL));
	assert_int_equal(page.n, want);
	for (size_t i = 1; i < page.n; i++)
		assert_true(row_key_cmp(&order, &page.rows[i - 1].key, &page.rows[i].key) < 0);
	client_scan_free(scan);
	arena_release(&arena);
}

static void compare_all(struct fixture *fixture)
{
	static const char *const orders[] = { "registered_at", "urgency", "number", "due", "holder",
					      "street" };
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	static const char *const words[] = { "自来水", "水管 爆裂", "青果巷", "噪声", "lamp", "A-2",
					     "1122-0417", "居民 自来水", "没有的" };
	static const char *const filters[] = { "青果巷", "自来水 open", "\"水管\" | \"路面塌陷\"",
					       "!自来水 噪声", "title:井盖", "0417 | 0003",
					       "urgency:1 \"油烟\"", "自来水 overdue",
					       "自来水 closed" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		compare_search(fixture, words[i], NULL, i % 2 == 0);
		compare_search(fixture, words[i], "open", false);
		compare_search(fixture, words[i], "!open 自来水", i % 2 == 1);
	}
	for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
		compare_scan(fixture, filters[i], (struct client_order){ .field = NULL });
		for (size_t k = 0; k < ARRAY_LEN(orders); k++)
			compare_scan(fixture, filters[i],
				     (struct client_order){
					     .field = field_find(kind->fields, kind->n_fields,
								 orders[k]),
					     .descending = k % 2 == 0 });
	}
}

static void what_is_found_is_what_stands_there(void **state)
{
	struct fixture *fixture = *state;
	struct client_indexed indexed;
	struct client_change change;

	compare_all(fixture);
	for (int i = 0; i < 4; i++)
		index_some(fixture);
	OK(client_indexed(fixture->client, &indexed, NULL));
	assert_int_equal(indexed.rows, ROWS);
	assert_int_equal(indexed.waiting, ROWS - 4 * INDEX_SLICE);
	compare_all(fixture);
	while (index_some(fixture))
		;
	OK(client_indexed(fixture->client, &indexed, NULL));
	assert_int_equal(indexed.waiting, 0);
	compare_all(fixture);
	for (unsigned i = 0; i < ROWS; i += 9) {
		fixture->rows[i] = make(fixture, i, 2);
		OK(store_tx(fixture->store, put_fn, fixture->rows[i], NULL));
	}
	OK(client_poll(fixture->client, &change, NULL));
	compare_all(fixture);
	index_some(fixture);
	compare_all(fixture);
}

static void nobody_is_found_by_his_phone(void **state)
{
	struct fixture *fixture = *state;
	struct grams grams = GRAMS_INIT;
	int64_t counts[16], of;

	while (index_some(fixture))
		;
	compare_search(fixture, "13812345678", NULL, false);
	compare_search(fixture, "欧阳锋", NULL, false);
	grams_add(&grams, "欧阳");
	OK(client_search_counts(fixture->client, &grams, counts, &of, NULL));
	assert_int_equal(of, ROWS);
	assert_int_equal(counts[0], 0);
	grams_release(&grams);
}

static void what_stands_around_a_word_is_shown(void **state)
{
	struct fixture *fixture = *state;
	struct client_search_ask ask = { .words = "夜间 噪声" };
	struct client_search *search;
	struct arena arena = ARENA_INIT;
	struct client_hit hit;
	enum search_where where;
	const char *snippet = NULL;
	size_t n;

	OK(client_search_new(fixture->client, &ask, &search, NULL));
	OK(client_search_step(search, 100000, NULL));
	OK(client_search_hits(search, 0, 1, &arena, &hit, &n, NULL));
	assert_int_equal(n, 1);
	OK(client_search_snippet(search, &hit.row.incident->head.id, &arena, &where, &snippet, NULL));
	assert_int_equal(where, hit.where);
	assert_non_null(snippet);
	assert_non_null(strstr(snippet, "噪声"));
	client_search_free(search);
	arena_release(&arena);
}

/* ---- what the server found ---- */

static void add_line(struct str *body, const struct incident *incident)
{
	struct str bytes = STR_INIT;

	entity_encode(incident, &bytes);
	snapshot_entity(body, str_get(&bytes), bytes.len);
	str_release(&bytes);
}

static void what_the_server_found_is_shown_and_not_stored(void **state)
{
	struct fixture *fixture = *state;
	struct snapshot_line head = { .kind = SNAPSHOT_HEAD, .seq = 7, .profile = "", .calendar = "" };
	struct incident *there = make(fixture, 9000, 1), *shown;
	struct client_found *found;
	struct str body = STR_INIT, path = STR_INIT;

	head.head.epoch = "0123456789abcdef0123456789abcdef";
	snapshot_head(&body, &head);
	add_line(&body, fixture->rows[5]); /* here too */
	add_line(&body, there);
	snapshot_next(&body, "41");
	OK(client_found_read(str_get(&body), body.len, &found, NULL));
	client_found_keep(fixture->client, found, false);
	assert_int_equal(client_found_count(fixture->client), 1);
	assert_true(uuid_eq(&client_found_at(fixture->client, 0)->head.id, &there->head.id));
	assert_int_equal(client_found_next(fixture->client), 41);
	assert_true(client_found_whole(fixture->client));
	assert_true(client_is_found(fixture->client, &there->head.id));
	assert_false(client_is_found(fixture->client, &fixture->rows[5]->head.id));
	OK(client_get(fixture->client, &there->head.id, &fixture->arena, &shown, NULL));
	assert_string_equal(shown->title, there->title);
	client_found_path("自来水 a&b", 41, &path);
	assert_string_equal(str_get(&path), "/v1/search?max=50&q=%E8%87%AA%E6%9D%A5%E6%B0%B4%20a%26b"
					    "&before=41");
	client_found_keep(fixture->client, NULL, false);
	assert_int_equal(client_get(fixture->client, &there->head.id, &fixture->arena, &shown, NULL),
			 ERR_NOT_FOUND);
	str_cut(&body, body.len / 2);
	assert_int_not_equal(client_found_read(str_get(&body), body.len, &found, NULL), ERR_OK);
	str_release(&body);
	str_release(&path);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		T(what_is_found_is_what_stands_there),
		T(nobody_is_found_by_his_phone),
		T(what_stands_around_a_word_is_shown),
		T(what_the_server_found_is_shown_and_not_stored),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
