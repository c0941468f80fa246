#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/board.h"

struct fixture {
	struct world world;
	struct client *client;
	struct board *board;
	struct arena arena;
};

static int set_up(void **state)
{
	struct fixture *f = mem_alloc(sizeof *f);
	struct client_options options = { 0 };

	assert_true(world_make(&f->world, "board"));
	options.dir = f->world.dir;
	options.env = &f->world.env;
	assert_int_equal(client_open(&options, &f->client, NULL), ERR_OK);
	f->board = board_new(f->client);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	board_free(f->board);
	client_close(f->client);
	arena_release(&f->arena);
	world_free(&f->world);
	free(f);
	return 0;
}

static unsigned work(struct fixture *f)
{
	unsigned done = 0;

	while (board_next(f->board) <= f->world.fixed.now)
		done |= board_step(f->board);
	return done;
}

/* Short numbers of a page, joined. */
static const char *page(struct fixture *f, enum board_from from, const char *anchor, size_t before,
			size_t n, bool first, bool last)
{
	struct uuid id = { { 0 } };
	struct board_page page;
	struct str out = STR_INIT;
	const char *kept;
	char buf[48];

	if (anchor)
		assert_int_equal(client_find(f->client, anchor, &id, NULL), ERR_OK);
	assert_int_equal(board_fetch(f->board, from, &id, before, n, &f->arena, &page, NULL),
			 ERR_OK);
	for (size_t i = 0; i < page.n; i++)
		str_addf(&out, "%s%s", i ? " " : "",
			 client_mark(f->client, page.rows[i].incident, buf) + 3);
	assert_int_equal(page.first, first);
	assert_int_equal(page.last, last);
	kept = arena_strdup(&f->arena, str_get(&out));
	str_release(&out);
	return kept;
}

#define ALL "0402 0404 0401 0407 0403 0405 0406"

static void test_pages(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(page(f, BOARD_FIRST, NULL, 0, 100, true, true), ALL);
	assert_string_equal(page(f, BOARD_FIRST, NULL, 0, 3, true, false), "0402 0404 0401");
	assert_string_equal(page(f, BOARD_LAST, NULL, 0, 2, false, true), "0405 0406");
	assert_string_equal(page(f, BOARD_AT, "22-0401", 1, 3, false, false), "0404 0401 0407");
	assert_string_equal(page(f, BOARD_AT, "22-0401", 0, 2, false, false), "0401 0407");
	assert_string_equal(page(f, BOARD_AT, "22-0402", 5, 9, true, true), ALL);
	assert_string_equal(page(f, BOARD_AT, "22-0402", 0, 1, true, false), "0402");
}

static void test_filter(void **state)
{
	struct fixture *f = *state;
	struct filter_error problem;
	struct board_page page_of;
	struct uuid id;

	assert_int_equal(board_set_filter(f->board, "dept:住建局", &problem), ERR_OK);
	work(f);
	assert_string_equal(page(f, BOARD_FIRST, NULL, 0, 9, true, true), "0402 0405");
	assert_string_equal(page(f, BOARD_LAST, NULL, 0, 1, false, true), "0405");
	assert_string_equal(page(f, BOARD_AT, "20-0405", 1, 2, true, true), "0402 0405");
	assert_int_equal(board_count(f->board)->shown, 2);
	assert_false(board_count(f->board)->more);
	assert_int_equal(client_find(f->client, "22-0401", &id, NULL), ERR_OK);
	assert_int_equal(board_fetch(f->board, BOARD_AT, &id, 0, 1, &f->arena, &page_of, NULL),
			 ERR_NOT_FOUND);
	/* The same once more is no new scan. */
	assert_int_equal(board_set_filter(f->board, "dept:住建局", &problem), ERR_OK);
	assert_true(board_next(f->board) == INT64_MAX);
	/* A mistake leaves the list as it was. */
	assert_int_equal(board_set_filter(f->board, "dept:", &problem), ERR_INPUT);
	assert_string_equal(board_filter(f->board), "dept:住建局");
	assert_string_equal(page(f, BOARD_FIRST, NULL, 0, 9, true, true), "0402 0405");
	assert_int_equal(board_set_filter(f->board, "", &problem), ERR_OK);
	assert_string_equal(page(f, BOARD_FIRST, NULL, 0, 9, true, true), ALL);
}

static void test_orders(void **state)
{
	static const struct {
		const char *order, *page;
	} cases[] = {
		{ "due", ALL },
		{ "number", "0406 0405 0403 0401 0402 0404 0407" },
		{ "newest", "0404 0407 0402 0401 0403 0405 0406" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t o = 0;

		while (strcmp(board_order_at(o)->name, cases[i].order) != 0)
			o++;
		board_set_order(f->board, o);
		assert_string_equal(page(f, BOARD_FIRST, NULL, 0, 9, true, true), cases[i].page);
	}
}

static void test_counts(void **state)
{
	struct fixture *f = *state;
	const struct board_count *count = board_count(f->board);

	assert_true(work(f) & BOARD_COUNTS);
	assert_int_equal(count->total, 7);
	assert_int_equal(count->open, 6);
	assert_int_equal(count->overdue, 0);
	assert_int_equal(count->soon, 2);
	assert_int_equal(count->next_due - f->world.fixed.now, 3 * MINUTE_MS);
	f->world.fixed.now += 5 * MINUTE_MS;
	assert_int_equal(work(f), BOARD_IDLE);
	board_minute(f->board);
	work(f);
	assert_int_equal(count->overdue, 2);
	assert_int_equal(count->soon, 0);
	assert_true(count->next_due > f->world.fixed.now);
}

static struct client_change taken(struct fixture *f)
{
	struct client_change change;

	assert_int_equal(client_poll(f->client, &change, NULL), ERR_OK);
	return change;
}

static void test_changes_are_marked_until_seen(void **state)
{
	struct fixture *f = *state;
	struct client_change change;
	struct uuid noise = uuid_named("noise"), fire = uuid_named("fire"),
		    water = uuid_named("water");

	board_own(f->board, &fire);
	assert_true(world_change(&f->world, "elsewhere"));
	change = taken(f);
	assert_true(board_changed(f->board, &change));
	assert_true(board_is_changed(f->board, &noise));
	assert_false(board_is_changed(f->board, &fire)); /* our own */
	assert_false(board_is_changed(f->board, &water));
	assert_true(board_seen(f->board, &noise));
	assert_false(board_seen(f->board, &noise));
	assert_false(board_is_changed(f->board, &noise));
}

/* While the first snapshot comes in, rows that come are not news; those after it are. */
static void test_first_data_are_no_news(void **state)
{
	struct fixture *f = *state;
	struct client_link link;
	struct client_change change;
	struct uuid noise = uuid_named("noise");
	struct board *board;

	client_link(f->client, &link);
	link.left = 1;
	client_link_set(f->client, &link);
	board = board_new(f->client);
	assert_true(world_change(&f->world, "elsewhere"));
	change = taken(f);
	link.left = 0;
	client_link_set(f->client, &link);
	board_changed(board, &change);
	assert_false(board_is_changed(board, &noise));
	board_changed(board, &change);
	assert_true(board_is_changed(board, &noise));
	board_free(board);
}

static void test_frozen(void **state)
{
	struct fixture *f = *state;
	struct client_change change;

	board_freeze(f->board, true, NULL);
	assert_true(world_change(&f->world, "elsewhere"));
	change = taken(f);
	assert_false(board_changed(f->board, &change));
	assert_int_equal(board_waiting(f->board).changed, 1);
	assert_int_equal(board_waiting(f->board).fresh, 1);
	assert_false(board_waiting(f->board).more);
	assert_false(board_changed(f->board, &change)); /* each is counted once */
	assert_int_equal(board_waiting(f->board).changed, 1);
	assert_int_equal(board_waiting(f->board).fresh, 1);
	board_freeze(f->board, false, NULL);
	assert_int_equal(board_waiting(f->board).changed, 0);
}

/* A row that is closed meanwhile, and would stand last, stays under the finger; so do the others. */
static void test_frozen_rows_stand_still(void **state)
{
	static const char *const groups[] = { "none", "dept" };
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
		const char *before, *cursor = i ? "22-0401" : "22-0404";
		struct client_change change;
		struct uuid id;
		size_t group;

		assert_true(board_group_find(groups[i], &group));
		board_set_group(f->board, group);
		assert_int_equal(client_find(f->client, cursor, &id, NULL), ERR_OK);
		before = page(f, BOARD_AT, cursor, 9, 20, true, true);
		board_freeze(f->board, true, &id);
		if (i == 0) {
			assert_true(world_change(&f->world, "elsewhere"));
			change = taken(f);
			board_changed(f->board, &change);
		}
		f->world.fixed.now += 24 * HOUR_MS;
		board_minute(f->board);
		work(f);
		assert_string_equal(page(f, BOARD_AT, cursor, 9, 20, true, true), before);
		assert_string_equal(page(f, BOARD_AT, cursor, 0, 1, false, false),
				    i ? "0401" : "0404");
		board_freeze(f->board, false, NULL);
		if (i == 0)
			assert_string_not_equal(page(f, BOARD_AT, cursor, 9, 20, true, true),
						before);
	}
}

/* What a filter does not let through does not wait behind it. */
static void test_frozen_and_filtered(void **state)
{
	struct fixture *f = *state;
	struct filter_error problem;
	struct client_change change;

	assert_int_equal(board_set_filter(f->board, "number:20261122-0408", &problem), ERR_OK);
	board_freeze(f->board, true, NULL);
	assert_true(world_change(&f->world, "elsewhere"));
	change = taken(f);
	assert_false(board_changed(f->board, &change));
	assert_int_equal(board_waiting(f->board).changed, 0);
	assert_int_equal(board_waiting(f->board).fresh, 1);
}

/* ---- groups ---- */

/* "step: 0404 0407 | ..." as a list would show it, with the counts of each group. */
static const char *grouped(struct fixture *f, const char *name, bool with_counts)
{
	struct board_page got;
	struct str out = STR_INIT;
	const char *kept;
	size_t group;
	char buf[48];

	assert_true(board_group_find(name, &group));
	board_set_group(f->board, group);
	work(f);
	assert_int_equal(board_fetch(f->board, BOARD_FIRST, NULL, 0, 99, &f->arena, &got, NULL),
			 ERR_OK);
	for (size_t i = 0; i < got.n; i++) {
		const struct incident *incident = got.rows[i].incident;
		struct board_heading heading;

		if (group && (i == 0 || !board_same_group(f->board, got.rows[i - 1].incident,
							   incident))) {
			board_heading(f->board, incident, &heading);
			str_add(&out, i ? " |" : "|");
			if (with_counts)
				str_addf(&out, "%d,%d", (int)heading.n, (int)heading.overdue);
		}
		str_addf(&out, " %s", client_mark(f->client, incident, buf) + 3);
	}
	kept = arena_strdup(&f->arena, str_get(&out));
	str_release(&out);
	return kept;
}

static void test_groups(void **state)
{
	struct fixture *f = *state;
	struct filter_error problem;
	size_t group;

	/* Steps and organisations in the rules' order, each group by time left; closed ones are
	 * left out, those without a value come last. */
	assert_string_equal(grouped(f, "step", true),
			    "|2,0 0404 0407 |1,0 0403 |1,0 0402 |1,0 0401 |1,0 0405");
	assert_string_equal(grouped(f, "dept", true), "|2,0 0402 0405 |1,0 0401 |3,0 0404 0407 0403");
	assert_string_equal(grouped(f, "street", true),
			    "|1,0 0405 |1,0 0402 |1,0 0404 |2,0 0401 0403 |1,0 0407");
	assert_int_equal(board_count(f->board)->shown, 6);
	/* With a filter exactly what it lets through. */
	assert_int_equal(board_set_filter(f->board, "0406 | 0402 | 0405 | 0403", &problem), ERR_OK);
	assert_string_equal(grouped(f, "dept", true), "|2,0 0402 0405 |1,0 0406 |1,0 0403");
	assert_int_equal(board_set_filter(f->board, "", &problem), ERR_OK);
	assert_string_equal(grouped(f, "dept", false), "| 0402 0405 | 0401 | 0404 0407 0403");
	/* And not grouped everything is there again, in the order of before. */
	assert_string_equal(page(f, BOARD_FIRST, NULL, 0, 9, true, true), "0402 0405 0401 0404 0407 0403");
	assert_true(board_group_find("none", &group));
	board_set_group(f->board, group);
	assert_string_equal(page(f, BOARD_FIRST, NULL, 0, 9, true, true), ALL);
	assert_false(board_group_find("colour", &group));
}

static void test_overdue_in_groups(void **state)
{
	struct fixture *f = *state;
	struct filter_error problem;

	f->world.fixed.now += 3 * HOUR_MS;
	board_minute(f->board);
	assert_string_equal(grouped(f, "dept", true), "|2,1 0402 0405 |1,1 0401 |3,1 0404 0407 0403");
	assert_int_equal(board_set_filter(f->board, "open", &problem), ERR_OK);
	assert_string_equal(grouped(f, "dept", true), "|2,1 0402 0405 |1,1 0401 |3,1 0404 0407 0403");
}

/* What is done here and not sent yet counts where it is shown. */
static void test_own_acts_in_groups(void **state)
{
	struct fixture *f = *state;
	const struct act_desc *desc = act_desc_find("assign");
	struct given given = { .field = act_arg_field(desc, "holder") };
	struct client_done done;
	struct error err = ERROR_INIT;
	struct client_change change;
	struct uuid id;

	assert_int_equal(client_find(f->client, "21-0403", &id, NULL), ERR_OK);
	assert_int_equal(rules_parse(client_rules(f->client), given.field, "水务局", &f->arena,
				     &given.value, &err), ERR_OK);
	if (client_act(f->client, desc, &id, &given, 1, &done, &err) != ERR_OK)
		fail_msg("%s", err.text);
	change = taken(f);
	board_changed(f->board, &change);
	assert_string_equal(grouped(f, "dept", true), "|2,0 0402 0405 |2,0 0401 0403 |2,0 0404 0407");
	assert_string_equal(grouped(f, "step", true),
			    "|2,0 0404 0407 |2,0 0402 0403 |1,0 0401 |1,0 0405");
}

/* "住建局 2 0402 | ..." */
static const char *all_groups(struct fixture *f)
{
	struct board_place *places;
	struct str out = STR_INIT;
	const char *kept;
	size_t n;

	assert_int_equal(board_groups(f->board, &f->arena, &places, &n, NULL), ERR_OK);
	for (size_t i = 0; i < n; i++) {
		struct incident *incident;
		char buf[48];

		assert_int_equal(client_get(f->client, &places[i].first, &f->arena, &incident, NULL),
				 ERR_OK);
		str_addf(&out, "%s%s %d %s", i ? " | " : "",
			 places[i].heading.value.text ? places[i].heading.value.text : "-",
			 (int)places[i].heading.n, client_mark(f->client, incident, buf) + 3);
	}
	kept = arena_strdup(&f->arena, str_get(&out));
	str_release(&out);
	return kept;
}

static void test_all_groups(void **state)
{
	struct fixture *f = *state;
	struct filter_error problem;

	assert_string_equal(all_groups(f), "");
	grouped(f, "dept", false);
	assert_string_equal(all_groups(f), "zhujian 2 0402 | shuiwu 1 0401 | - 3 0404");
	assert_int_equal(board_set_filter(f->board, "0406 | 0402 | 0405 | 0403", &problem), ERR_OK);
	work(f);
	assert_string_equal(all_groups(f), "zhujian 2 0402 | yuanlin 1 0406 | - 1 0403");
}

static const char *next_group(struct fixture *f, const char *from, bool next)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	struct uuid id, to;
	char buf[48];
	const char *mark;

	assert_int_equal(client_find(f->client, from, &id, NULL), ERR_OK);
	if (!board_next_group(f->board, &id, next, &to))
		return "";
	assert_int_equal(client_get(f->client, &to, &arena, &incident, NULL), ERR_OK);
	mark = arena_strdup(&f->arena, client_mark(f->client, incident, buf) + 3);
	arena_release(&arena);
	return mark;
}

static void test_from_group_to_group(void **state)
{
	struct fixture *f = *state;
	struct filter_error problem;

	for (int filtered = 0; filtered < 2; filtered++) {
		assert_int_equal(board_set_filter(f->board, filtered ? "open" : "", &problem),
				 ERR_OK);
		grouped(f, "dept", false); /* 0402 0405 | 0401 | 0404 0407 0403 */
		assert_string_equal(next_group(f, "22-0402", true), "0401");
		assert_string_equal(next_group(f, "20-0405", true), "0401");
		assert_string_equal(next_group(f, "22-0401", true), "0404");
		assert_string_equal(next_group(f, "21-0403", true), "");
		assert_string_equal(next_group(f, "21-0403", false), "0404");
		assert_string_equal(next_group(f, "22-0404", false), "0401");
		assert_string_equal(next_group(f, "22-0401", false), "0402");
		assert_string_equal(next_group(f, "22-0402", false), "");
	}
}

static void test_orders_by_name(void **state)
{
	static const struct {
		const char *word, *name;
		bool turned;
	} cases[] = {
		{ "due", "due", false },	   { "-due", "due", false },
		{ "number", "number", false },	   { "-number", "number", true },
		{ "registered_at", "newest", false }, { "-newest", "newest", true },
		{ "phone", NULL, false },	   { "", NULL, false },
	};
	struct fixture *f = *state;
	size_t order = 99;
	bool turned;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		bool found = board_order_find(cases[i].word, &order, &turned);

		assert_int_equal(found, cases[i].name != NULL);
		if (!found)
			continue;
		assert_string_equal(board_order_at(order)->name, cases[i].name);
		assert_int_equal(turned, cases[i].turned);
	}
	assert_true(board_order_find("number", &order, &turned));
	board_set_order(f->board, order);
	board_turn(f->board, true);
	assert_string_equal(page(f, BOARD_FIRST, NULL, 0, 9, true, true),
			    "0407 0404 0402 0401 0403 0405 0406");
}

/* From a changed row to the next, round the end, with and without a filter, in every order. */
static void test_next_changed(void **state)
{
	static const char *const filters[] = { "", "!0403" };
	struct fixture *f = *state;
	struct filter_error problem;
	struct client_change change;

	assert_true(world_change(&f->world, "elsewhere"));
	change = taken(f);
	board_changed(f->board, &change);
	assert_int_equal(board_changes(f->board), 2);
	for (size_t i = 0; i < ARRAY_LEN(filters); i++)
		for (size_t o = 0; o < board_order_count(); o++) {
			struct uuid at, first, second, third;

			assert_int_equal(client_find(f->client, "17-0406", &at, NULL), ERR_OK);
			assert_int_equal(board_set_filter(f->board, filters[i], &problem), ERR_OK);
			board_set_order(f->board, o);
			work(f);
			assert_true(board_next_changed(f->board, &at, &first));
			assert_true(board_is_changed(f->board, &first));
			assert_true(board_next_changed(f->board, &first, &second));
			assert_true(board_is_changed(f->board, &second));
			assert_false(uuid_eq(&first, &second));
			assert_true(board_next_changed(f->board, &second, &third));
			assert_true(uuid_eq(&first, &third));
		}
	while (board_changes(f->board)) {
		struct uuid at, next;

		assert_int_equal(client_find(f->client, "17-0406", &at, NULL), ERR_OK);
		assert_true(board_next_changed(f->board, &at, &next));
		assert_true(board_seen(f->board, &next));
	}
	struct uuid at, next;
	assert_int_equal(client_find(f->client, "17-0406", &at, NULL), ERR_OK);
	assert_false(board_next_changed(f->board, &at, &next));
}

/* While a newer scan runs, the older one is shown. */
static void test_filtered_list_follows(void **state)
{
	struct fixture *f = *state;
	struct filter_error problem;
	struct client_change change;

	assert_int_equal(board_set_filter(f->board, "due<2h", &problem), ERR_OK);
	work(f);
	assert_string_equal(page(f, BOARD_FIRST, NULL, 0, 9, true, true), "0402 0404");
	assert_true(world_change(&f->world, "elsewhere"));
	change = taken(f);
	assert_false(board_changed(f->board, &change));
	assert_string_equal(page(f, BOARD_FIRST, NULL, 0, 9, true, true), "0402 0404");
	assert_true(work(f) & BOARD_ROWS);
	assert_string_equal(page(f, BOARD_FIRST, NULL, 0, 9, true, true), "0408 0402 0404");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_pages, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_filter, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_orders, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_changes_are_marked_until_seen, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_first_data_are_no_news, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_frozen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_filtered_list_follows, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_frozen_rows_stand_still, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_frozen_and_filtered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_groups, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_overdue_in_groups, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_own_acts_in_groups, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_all_groups, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_from_group_to_group, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_orders_by_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_next_changed, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("model/board", tests, NULL, NULL);
}
