#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/export.h"

static size_t lines(const struct str *text)
{
	size_t n = 0;

	for (size_t i = 0; i < text->len; i++)
		n += text->s[i] == '\n';
	return n;
}

/* Whatever the filter lets through, in the order of the list, and not one row more. */
static void test_obeys_the_filter(void **state)
{
	static const struct {
		const char *filter, *order;
	} cases[] = {
		{ "", "due" }, { "\xe6\xb0\xb4", "due" }, { "overdue", "due" },
		{ "!overdue", "newest" }, { "open urgency:\xe7\x89\xb9\xe6\x80\xa5", "number" },
		{ "nothing-has-this", "due" },
	};
	struct world world = { 0 };
	struct client *client;
	struct client_options options = { 0 };
	struct board *board;
	struct columns columns;

	(void)state;
	assert_true(world_make(&world, "board"));
	options.dir = world.dir;
	options.env = &world.env;
	assert_int_equal(client_open(&options, &client, NULL), ERR_OK);
	board = board_new(client);
	assert_int_equal(columns_parse("number,title", &columns, NULL), ERR_OK);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena arena = ARENA_INIT;
		char *path = path_join(&arena, world.dir, arena_printf(&arena, "%zu.jsonl", i));
		struct filter_error problem;
		struct error err = ERROR_INIT;
		struct str text = STR_INIT;
		struct board_page page;
		size_t n = 99, order;
		bool turned;

		assert_int_equal(board_set_filter(board, cases[i].filter, &problem), ERR_OK);
		assert_true(board_order_find(cases[i].order, &order, &turned));
		board_set_order(board, order);
		assert_int_equal(export_board(board, &columns, path, &n, &err), ERR_OK);
		assert_int_equal(file_read(path, 1 << 20, &text, &err), ERR_OK);
		assert_int_equal(lines(&text), n);
		assert_int_equal(board_fetch(board, BOARD_FIRST, NULL, 0, 1000, &arena, &page, &err),
				 ERR_OK);
		assert_int_equal(page.n, n);
		for (size_t r = 0, at = 0; r < n; r++) {
			const char *found = strstr(text.s + at, page.rows[r].incident->number);

			assert_non_null(found); /* one after the other */
			at = (size_t)(found - text.s);
		}
		assert_int_equal(export_board(board, &columns, path, &n, &err), ERR_IO);
		str_release(&text);
		arena_release(&arena);
	}
	board_free(board);
	client_close(client);
	world_free(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_obeys_the_filter) };

	return cmocka_run_group_tests_name("model/export", tests, NULL, NULL);
}
