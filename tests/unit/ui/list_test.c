/* Lists: windows, the pinned cursor, marks, widths, and how little is drawn. */
#include <config.h>

#include "ui_test.h"

#include <stdio.h>

#include "zhiban/ui/list.h"

enum { MAX_ROWS = 60 };

/* Rows are numbers, as long as the test does not name them one by one. */
struct data {
	long n;		    /* rows 0 … n-1, but when picked */
	long rows[MAX_ROWS]; /* picked: these, in this order */
	bool picked;
	long fetches;
	long changed; /* this row has a "+" */
	bool fail;
};

static struct uuid id_of(long row)
{
	struct uuid id = { { 0 } };

	row++; /* no nil */
	for (int i = 0; i < 8; i++)
		id.b[i] = (uint8_t)(row >> (56 - 8 * i));
	return id;
}

static long row_of(const struct uuid *id)
{
	long row = 0;

	for (int i = 0; i < 8; i++)
		row = row << 8 | id->b[i];
	return row - 1;
}

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct data *data = ctx;
	long first = 0, at = -1;

	data->fetches++;
	if (data->fail)
		return error_set(err, ERR_IO, "the disk is gone");
	if (want->from == LIST_AT) {
		for (long i = 0; i < data->n && data->picked; i++)
			if (data->rows[i] == row_of(&want->anchor))
				at = i;
		if (!data->picked && row_of(&want->anchor) < data->n)
			at = row_of(&want->anchor);
		if (at < 0)
			return ERR_NOT_FOUND;
		first = at - want->before;
	} else if (want->from == LIST_LAST) {
		first = data->n - want->n;
	}
	if (first < 0)
		first = 0;
	ret_page->n = (int)(data->n - first < want->n ? data->n - first : want->n);
	ret_page->rows = arena_array(arena, (size_t)ret_page->n + 1, sizeof *ret_page->rows);
	for (int i = 0; i < ret_page->n; i++) {
		long row = data->picked ? data->rows[first + i] : first + i;

		ret_page->rows[i].id = id_of(row);
		if (row == data->changed)
			ret_page->rows[i].flags = LIST_ROW_CHANGED;
		if (data->picked && row >= 1000)
			ret_page->rows[i].flags = LIST_ROW_HEADING;
	}
	ret_page->first = first == 0;
	ret_page->last = first + ret_page->n == data->n;
	return ERR_OK;
}

static void cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	static char text[120];
	long k = row_of(&row->id);

	(void)ctx;
	if (column == 0)
		snprintf(text, sizeof text, k >= 1000 ? "组%ld" : "22-%04ld", k);
	else if (column == 1)
		snprintf(text, sizeof text, "%s%ld", k % 2 ? "金色新城北门路面塌陷，围挡未设，车辆绕行堵塞严重" : "清凉新村自来水发黄", k);
	else
		snprintf(text, sizeof text, "水务局");
	ret_cell->text = text;
	ret_cell->role = column == 0 && k % 3 == 0 ? ROLE_CLOCK_OVERDUE : ROLE_TEXT;
}

static const char *empty(void *ctx)
{
	(void)ctx;
	return "没有事件。按 N 登记一件";
}

static const struct list_column columns[] = {
	{ "number", "编号", 7, 9, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "title", "事由", 12, 20, 1, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	{ "holder", "承办", 6, 8, 0, 0, LIST_RIGHT, LIST_CUT_END },
	{ "wide", "宽屏", 6, 6, 0, 100, LIST_LEFT, LIST_CUT_END },
};

struct stage {
	struct data data;
	struct list *list;
	struct canvas *canvas;
	struct term *term;
	struct theme *theme;
	struct area area;
};

static struct stage *stage_new(int rows, int cols, long n)
{
	struct stage *stage = mem_alloc(sizeof *stage);
	struct list_source source = { &stage->data, fetch, cell, empty };

	stage->data.n = n;
	stage->data.changed = -1;
	stage->list = list_new(columns, ARRAY_LEN(columns), &source);
	stage->canvas = canvas_new(rows, cols);
	stage->term = term_memory_new(rows, cols, 0);
	stage->theme = theme_plain();
	stage->area = (struct area){ 0, 0, rows, cols };
	return stage;
}

static void stage_free(struct stage *stage)
{
	list_free(stage->list);
	canvas_free(stage->canvas);
	term_close(stage->term);
	theme_free(stage->theme);
	free(stage);
}

static struct term_counts show(struct stage *stage)
{
	list_draw(stage->list, stage->canvas, stage->area, false);
	term_memory_counts(stage->term);
	canvas_flush(stage->canvas, stage->term, stage->theme);
	return term_memory_counts(stage->term);
}

/* What is on the screen equals what drawing everything anew would give. */
static void assert_screen_right(struct stage *stage)
{
	struct str kept = STR_INIT, fresh = STR_INIT;

	canvas_dump(stage->canvas, &kept);
	list_draw(stage->list, stage->canvas, stage->area, true);
	canvas_dump(stage->canvas, &fresh);
	assert_string_equal(kept.s, fresh.s);
	str_release(&kept);
	str_release(&fresh);
}

static long current(const struct stage *stage)
{
	const struct list_row *row = list_current(stage->list);

	return row != NULL ? row_of(&row->id) : -1;
}

/* The screen line with the cursor's mark; -1 none. */
static int cursor_line(const struct stage *stage)
{
	for (int row = 1; row < canvas_rows(stage->canvas); row++) {
		char *line = canvas_row(stage->canvas, row);
		bool here = line[0] == '>';

		free(line);
		if (here)
			return row - 1;
	}
	return -1;
}

static void press(struct stage *stage, const char *keys)
{
	struct key key;

	EACH_KEY(keys, key)
	{
		assert_true(list_key(stage->list, key) & LIST_TAKEN);
		show(stage);
		assert_screen_right(stage);
	}
}

static void rows_stand_in_columns(void **state)
{
	static const struct {
		int rows, cols;
		const char *lines[4];
	} cases[] = {
		{ 24, 80,
		  { "  编号      事由                                                            承办",
		    "> 22-0000   清凉新村自来水发黄0                                           水务局",
		    "  22-0001   金色新城北门路面塌陷，围挡未设，车辆绕行堵塞严重1             水务局",
		    "  22-0002   清凉新村自来水发黄2                                           水务局" } },
		{ 43, 132,
		  { "  编号      事由"
		    "                                                                                             "
		    "           承办 宽屏",
		    NULL, NULL, NULL } },
		{ 24, 40,
		  { "  编号      事由                    承办",
		    "> 22-0000   清凉新村自来水发黄0   水务局",
		    "  22-0001   金色新城北门..严重1   水务局",
		    "  22-0002   清凉新村自来水发黄2   水务局" } },
		{ 24, 28, /* the last column that does not grow is left out */
		  { "  编号      事由",
		    "> 22-0000   清凉新村自..黄0",
		    NULL, NULL } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct stage *stage = stage_new(cases[i].rows, cases[i].cols, 100);

		assert_int_equal(list_home(stage->list, NULL), ERR_OK);
		show(stage);
		for (int k = 0; k < 4; k++)
			if (cases[i].lines[k] != NULL && cases[i].cols != 132)
				assert_row(stage->canvas, k, cases[i].lines[k]);
		assert_int_equal(canvas_role_at(stage->canvas, 1, 2), ROLE_CLOCK_OVERDUE);
		assert_int_equal(canvas_role_at(stage->canvas, 0, 2), ROLE_HEADING);
		stage_free(stage);
	}
}

static void wide_screens_have_more_columns(void **state)
{
	struct stage *stage = stage_new(43, 132, 100);
	char *row;

	(void)state;
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	show(stage);
	row = canvas_row(stage->canvas, 0);
	assert_non_null(strstr(row, "宽屏"));
	free(row);
	assert_int_equal(current(stage), 0);
	press(stage, "G");
	assert_int_equal(cursor_line(stage), 41);
	stage_free(stage);
}

static void motions_go_where_they_should(void **state)
{
	static const struct {
		long n;
		const char *keys;
		long at;
		int line;
	} cases[] = {
		{ 1000000, "j j j k", 2, 2 },
		{ 1000000, "k k", 0, 0 },
		{ 1000000, "j j j j j j j j j j j j", 12, 8 }, /* nine lines of rows */
		{ 1000000, "PgDn", 9, 0 },
		{ 1000000, "PgDn PgDn j PgUp", 10, 1 },
		{ 1000000, "G", 999999, 8 },
		{ 1000000, "G k k k k k k k k k k", 999989, 0 },
		{ 1000000, "End g", 0, 0 },
		{ 1000000, "G PgUp PgUp", 999981, 8 },
		{ 12, "PgDn PgDn PgDn", 11, 8 },
		{ 12, "PgDn PgDn PgUp PgUp PgUp", 0, 0 },
		{ 3, "G j j k", 1, 1 },
		{ 3, "PgDn PgUp", 0, 0 },
		{ 1, "j k G g PgDn PgUp", 0, 0 },
		{ 1000000, "ｊ Ｇ", 999999, 8 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct stage *stage = stage_new(10, 40, cases[i].n);

		assert_int_equal(list_home(stage->list, NULL), ERR_OK);
		show(stage);
		press(stage, cases[i].keys);
		if (current(stage) != cases[i].at || cursor_line(stage) != cases[i].line)
			print_error("case %zu\n", i);
		assert_int_equal(current(stage), cases[i].at);
		assert_int_equal(cursor_line(stage), cases[i].line);
		stage_free(stage);
	}
}

static void a_move_draws_two_marks(void **state)
{
	struct stage *stage = stage_new(24, 80, 1000000);
	struct term_counts counts;

	(void)state;
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	show(stage);
	list_move(stage->list, LIST_DOWN);
	counts = show(stage);
	assert_int_equal(counts.cells, 2);
	assert_int_equal(counts.shifts, 0);
	assert_int_equal(show(stage).flushes, 0); /* nothing more to say */
	stage_free(stage);
}

static void a_scroll_draws_one_row(void **state)
{
	struct stage *stage = stage_new(24, 80, 1000000);
	struct term_counts counts;
	long fetches;

	(void)state;
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	show(stage);
	for (int i = 0; i < 22; i++)
		list_move(stage->list, LIST_DOWN);
	show(stage);
	fetches = stage->data.fetches;
	for (int i = 0; i < 10; i++) {
		list_move(stage->list, LIST_DOWN);
		counts = show(stage);
		assert_int_equal(counts.shifts, 1);
		assert_in_range(counts.cells, 10, 81);
		assert_screen_right(stage);
	}
	assert_in_range(stage->data.fetches - fetches, 0, 2); /* windows, not rows */
	stage_free(stage);
}

static void pick(struct data *data, const long *rows, long n)
{
	memcpy(data->rows, rows, (size_t)n * sizeof *rows);
	data->n = n;
	data->picked = true;
}

#define PICK(stage, ...)                                                                       \
	pick(&(stage)->data, (const long[]){ __VA_ARGS__ },                                    \
	     sizeof((const long[]){ __VA_ARGS__ }) / sizeof(long))

static void the_cursor_stays_on_its_entity(void **state)
{
	struct stage *stage = stage_new(6, 40, 0); /* five lines */

	(void)state;
	PICK(stage, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	show(stage);
	press(stage, "j j");
	/* A new row above, while the beginning is shown: it is seen, the cursor goes along. */
	PICK(stage, 5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
	assert_int_equal(list_reload(stage->list, NULL), ERR_OK);
	assert_int_equal(show(stage).shifts, 1);
	assert_int_equal(current(stage), 12);
	assert_int_equal(cursor_line(stage), 3);
	assert_screen_right(stage);
	/* Farther down the row keeps its line. */
	press(stage, "j j j");
	assert_int_equal(cursor_line(stage), 4);
	PICK(stage, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
	assert_int_equal(list_reload(stage->list, NULL), ERR_OK);
	show(stage);
	assert_int_equal(current(stage), 15);
	assert_int_equal(cursor_line(stage), 4);
	assert_screen_right(stage);
	/* Its entity goes: the one behind it, on the same line. */
	PICK(stage, 4, 5, 6, 10, 11, 12, 13, 14, 16, 17, 18, 19);
	assert_int_equal(list_reload(stage->list, NULL), ERR_OK);
	show(stage);
	assert_int_equal(current(stage), 16);
	assert_screen_right(stage);
	/* All behind it go too: the one before. */
	PICK(stage, 4, 5, 6, 10, 11, 12, 13);
	assert_int_equal(list_reload(stage->list, NULL), ERR_OK);
	show(stage);
	assert_int_equal(current(stage), 13);
	assert_screen_right(stage);
	/* Nothing that stood near is left. */
	PICK(stage, 40, 41, 42);
	assert_int_equal(list_reload(stage->list, NULL), ERR_OK);
	show(stage);
	assert_int_equal(current(stage), 40);
	assert_screen_right(stage);
	stage_free(stage);
}

static void random_changes_leave_the_screen_right(void **state)
{
	struct stage *stage = stage_new(9, 40, 0);
	uint32_t seed = 12345;
	static const enum list_motion motions[] = { LIST_UP, LIST_DOWN, LIST_PAGE_UP,
						    LIST_PAGE_DOWN, LIST_TOP, LIST_END };

	(void)state;
	stage->data.picked = true;
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	for (int step = 0; step < 3000; step++) {
		struct data *data = &stage->data;
		long at;

		seed = seed * 1664525u + 1013904223u;
		at = data->n > 0 ? (long)(seed >> 16) % data->n : 0;
		if (step % 3 == 0 && data->n < MAX_ROWS - 1 && (seed & 0x300) != 0) {
			memmove(&data->rows[at + 1], &data->rows[at],
				(size_t)(data->n - at) * sizeof(long));
			data->rows[at] = step % 900;
			for (long i = 0; i < data->n + 1; i++) /* ids are unique */
				if (i != at && data->rows[i] == data->rows[at])
					data->rows[i] += 10000 + step;
			for (long i = 0; i < data->n + 1; i++)
				if (data->rows[i] >= 1000)
					data->rows[i] = 910 + i;
			data->n++;
		} else if (step % 3 == 0 && data->n > 0) {
			data->n--;
			memmove(&data->rows[at], &data->rows[at + 1],
				(size_t)(data->n - at) * sizeof(long));
		}
		if (step % 3 == 0)
			assert_int_equal(list_reload(stage->list, NULL), ERR_OK);
		else
			list_move(stage->list, motions[(seed >> 8) % ARRAY_LEN(motions)]);
		show(stage);
		assert_screen_right(stage);
		assert_true((cursor_line(stage) >= 0) == (data->n > 0));
	}
	stage_free(stage);
}

static void headings_are_passed_over(void **state)
{
	struct stage *stage = stage_new(8, 40, 0);

	(void)state;
	PICK(stage, 1000, 1, 2, 1001, 3, 1002);
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	show(stage);
	assert_row(stage->canvas, 1, "  组1000");
	assert_int_equal(current(stage), 1);
	press(stage, "j j");
	assert_int_equal(current(stage), 3);
	press(stage, "j");
	assert_int_equal(current(stage), 3);
	press(stage, "G k g");
	assert_int_equal(current(stage), 1);
	PICK(stage, 1000, 1001);
	assert_int_equal(list_reload(stage->list, NULL), ERR_OK);
	assert_int_equal(current(stage), -1);
	stage_free(stage);
}

/* The heading of the group that the first line is in comes into view with its first row. */
static void a_heading_comes_with_its_first_row(void **state)
{
	struct stage *stage = stage_new(5, 40, 0);

	(void)state;
	PICK(stage, 1000, 1, 2, 3, 1001, 4, 5, 6, 7, 1002, 8, 9);
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	show(stage);
	press(stage, "G");
	assert_int_equal(current(stage), 9);
	press(stage, "k k k k k k");
	assert_int_equal(current(stage), 3); /* above the heading: nothing to be shown */
	press(stage, "j");
	assert_int_equal(current(stage), 4);
	assert_row(stage->canvas, 2, "  组1001");
	press(stage, "G k k k k k");
	assert_int_equal(current(stage), 4);
	assert_row(stage->canvas, 1, "  组1001");
	assert_int_equal(cursor_line(stage), 1);
	stage_free(stage);
}

static void the_sorted_column_says_so(void **state)
{
	struct stage *stage = stage_new(5, 40, 20);

	(void)state;
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	list_set_sorted(stage->list, 0, false);
	show(stage);
	assert_row(stage->canvas, 0, "  编号^     事由                    承办");
	list_set_sorted(stage->list, 2, true); /* at the right edge there is no room behind it */
	show(stage);
	assert_row(stage->canvas, 0, "  编号      事由                    承办");
	list_set_sorted(stage->list, 1, true);
	show(stage);
	assert_row(stage->canvas, 0, "  编号      事由v                   承办");
	list_set_sorted(stage->list, -1, true);
	show(stage);
	assert_row(stage->canvas, 0, "  编号      事由                    承办");
	stage_free(stage);
}

static void marks_stay_with_entities(void **state)
{
	struct stage *stage = stage_new(6, 40, 0);
	struct uuid id = id_of(12);
	size_t n;

	(void)state;
	PICK(stage, 10, 11, 12, 13, 14, 15);
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	show(stage);
	list_mark_toggle(stage->list);
	list_mark_toggle(stage->list);
	show(stage);
	assert_row(stage->canvas, 2, " *22-0011   金色新城北门..严重11  水务局");
	assert_int_equal(current(stage), 12);
	list_move(stage->list, LIST_UP);
	list_mark_toggle(stage->list); /* off again */
	list_mark_range(stage->list);  /* from 12 on */
	press(stage, "j G");
	list_mark_range(stage->list);
	press(stage, "g");
	list_marked(stage->list, &n);
	assert_int_equal(n, 5); /* 10, and 12 to 15 */
	assert_true(list_is_marked(stage->list, &id));
	list_mark_clear(stage->list);
	assert_int_equal(list_mark_all(stage->list, NULL), ERR_OK);
	list_marked(stage->list, &n);
	assert_int_equal(n, 6);
	stage_free(stage);
}

static void no_more_marks_than_can_be_handled(void **state)
{
	struct stage *stage = stage_new(6, 40, LIST_MARKS_MAX);
	struct error err = ERROR_INIT;
	size_t n;

	(void)state;
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	assert_int_equal(list_mark_all(stage->list, &err), ERR_OK);
	list_marked(stage->list, &n);
	assert_int_equal(n, LIST_MARKS_MAX);
	list_mark_clear(stage->list);
	stage->data.n++;
	assert_int_equal(list_mark_all(stage->list, &err), ERR_TOO_LARGE);
	list_marked(stage->list, &n);
	assert_int_equal(n, 0);
	stage_free(stage);
}

static void empty_lists_say_why(void **state)
{
	struct stage *stage = stage_new(10, 40, 0);

	(void)state;
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	show(stage);
	assert_row(stage->canvas, 4, "        没有事件。按 N 登记一件");
	assert_null(list_current(stage->list));
	press(stage, "j G PgDn");
	list_mark_toggle(stage->list);
	stage->data.n = 2;
	assert_int_equal(list_reload(stage->list, NULL), ERR_OK);
	show(stage);
	assert_screen_right(stage);
	assert_int_equal(current(stage), 0);
	stage_free(stage);
}

static void failures_keep_what_there_was(void **state)
{
	struct stage *stage = stage_new(10, 40, 1000);
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	show(stage);
	stage->data.fail = true;
	assert_int_equal(list_reload(stage->list, &err), ERR_IO);
	assert_string_equal(err.text, "the disk is gone");
	assert_int_equal(list_move(stage->list, LIST_END),
			 LIST_TAKEN | LIST_FAILED | LIST_DIRTY);
	assert_string_equal(list_error(stage->list), "the disk is gone");
	assert_int_equal(current(stage), 0);
	show(stage);
	assert_int_equal(cursor_line(stage), 0);
	stage_free(stage);
}

static void changed_rows_are_marked(void **state)
{
	struct stage *stage = stage_new(10, 40, 5);

	(void)state;
	stage->data.changed = 1;
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	show(stage);
	assert_row(stage->canvas, 2, " +22-0001   金色新城北门..严重1   水务局");
	assert_int_equal(canvas_role_at(stage->canvas, 2, 1), ROLE_LIST_CHANGED);
	stage_free(stage);
}

static void entities_are_found(void **state)
{
	struct stage *stage = stage_new(10, 40, 1000);
	struct uuid id = id_of(500), none = id_of(5000);
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(list_home(stage->list, NULL), ERR_OK);
	show(stage);
	assert_int_equal(list_goto(stage->list, &id, &err), ERR_OK);
	show(stage);
	assert_screen_right(stage);
	assert_int_equal(current(stage), 500);
	assert_int_equal(list_goto(stage->list, &none, &err), ERR_NOT_FOUND);
	assert_int_equal(current(stage), 500);
	assert_false(list_sees_first(stage->list));
	press(stage, "g");
	assert_true(list_sees_first(stage->list));
	assert_false(list_sees_last(stage->list));
	stage_free(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_stand_in_columns),
		cmocka_unit_test(wide_screens_have_more_columns),
		cmocka_unit_test(motions_go_where_they_should),
		cmocka_unit_test(a_move_draws_two_marks),
		cmocka_unit_test(a_scroll_draws_one_row),
		cmocka_unit_test(the_cursor_stays_on_its_entity),
		cmocka_unit_test(random_changes_leave_the_screen_right),
		cmocka_unit_test(headings_are_passed_over),
		cmocka_unit_test(a_heading_comes_with_its_first_row),
		cmocka_unit_test(the_sorted_column_says_so),
		cmocka_unit_test(marks_stay_with_entities),
		cmocka_unit_test(no_more_marks_than_can_be_handled),
		cmocka_unit_test(empty_lists_say_why),
		cmocka_unit_test(failures_keep_what_there_was),
		cmocka_unit_test(changed_rows_are_marked),
		cmocka_unit_test(entities_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
