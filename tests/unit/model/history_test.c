/* Earlier cases of a place and of a caller. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/history.h"

static void test_what_is_near(void **state)
{
	static const struct {
		struct history_ask ask;
		size_t near[NEAR_COUNT]; /* address, grid, community, caller */
		const char *first;	 /* of the first that has one */
	} cases[] = {
		{ { .address = "清凉新村" }, { 1, 0, 0, 0 }, "22-0401 清凉新村" },
		{ { .address = "清凉新村12幢3单元" }, { 1, 0, 0, 0 }, "22-0401 清凉新村" },
		{ { .address = " 清凉新村１２幢" }, { 1, 0, 0, 0 }, "22-0401 清凉新村" },
		{ { .address = "金色新城北门" }, { 1, 0, 0, 0 }, "22-0402 金色新城" }, /* title */
		{ { .address = "清凉" }, { 0, 0, 0, 0 }, NULL }, /* two characters are everywhere */
		{ { .phone = "139-1234-8821" }, { 0, 0, 0, 1 }, "22-0401 清凉新村" },
		{ { .phone = "13912348822" }, { 0, 0, 0, 0 }, NULL },
		{ { .phone = "139****8821" }, { 0, 0, 0, 0 }, NULL },
		{ { .address = "" }, { 0, 0, 0, 0 }, NULL },
	};
	struct world world = { .profile_name = NULL };
	struct client *client;

	(void)state;
	assert_true(world_make(&world, "board"));
	assert_int_equal(client_open(&(struct client_options){ .dir = world.dir, .env = &world.env },
				     &client, NULL),
			 ERR_OK);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct history *history = history_new(client, &cases[i].ask);
		const char *first = NULL;

		while (history_step(history, 2)) /* a slice leaves off and goes on */
			;
		for (int near = 0; near < NEAR_COUNT; near++) {
			const struct history_case *rows;
			size_t n, found = history_cases(history, near, &rows, &n);

			if (found != cases[i].near[near])
				fail_msg("%zu: %d: %zu", i, near, found);
			if (n && !first)
				first = rows[0].what;
		}
		assert_int_equal(first != NULL, cases[i].first != NULL);
		if (first)
			assert_true(str_starts(first, cases[i].first));
		assert_true(history_same(history_asked(history), &cases[i].ask));
		history_free(history);
	}
	client_close(client);
	world_free(&world);
}

/* The search gives them in the board's order: they are shown by time. */
static void test_the_newest_come_first(void **state)
{
	struct world world = { .profile_name = NULL };
	struct history_ask ask = { .address = "清凉新村" };
	struct arena arena = ARENA_INIT;
	const struct history_case *rows;
	struct history *history;
	struct client *client;
	int64_t before = INT64_MAX;
	size_t n;

	(void)state;
	assert_true(world_make(&world, "same"));
	assert_int_equal(client_open(&(struct client_options){ .dir = world.dir, .env = &world.env },
				     &client, NULL),
			 ERR_OK);
	history = history_new(client, &ask);
	while (history_step(history, 200))
		;
	assert_true(history_cases(history, NEAR_ADDRESS, &rows, &n) >= 3);
	for (size_t i = 0; i < n; i++) {
		struct incident *incident;

		assert_int_equal(client_get(client, &rows[i].id, &arena, &incident, NULL), ERR_OK);
		assert_true(incident->registered_at <= before);
		before = incident->registered_at;
	}
	history_free(history);
	client_close(client);
	arena_release(&arena);
	world_free(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_near),
		cmocka_unit_test(test_the_newest_come_first),
	};

	return cmocka_run_group_tests_name("model/history", tests, NULL, NULL);
}
