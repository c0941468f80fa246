/* Cells, clipping, cleaning, shifts and the difference that is sent. */
#include <config.h>

#include "ui_test.h"

struct stage {
	struct canvas *canvas;
	struct term *term;
	struct theme *theme;
};

static void set_up(struct stage *stage, int rows, int cols)
{
	stage->canvas = canvas_new(rows, cols);
	stage->term = term_memory_new(rows, cols, 0);
	stage->theme = theme_plain();
}

static void tear_down(struct stage *stage)
{
	canvas_free(stage->canvas);
	term_close(stage->term);
	theme_free(stage->theme);
}

static struct term_counts flush(struct stage *stage)
{
	struct str shown = STR_INIT, wanted = STR_INIT;

	term_memory_counts(stage->term);
	canvas_flush(stage->canvas, stage->term, stage->theme);
	canvas_dump(stage->canvas, &wanted);
	term_memory_dump(stage->term, &shown, false);
	assert_string_equal(shown.s, wanted.s); /* always, whatever was sent */
	str_release(&shown);
	str_release(&wanted);
	return term_memory_counts(stage->term);
}

static void text_is_clipped_by_columns(void **state)
{
	static const struct {
		int col, width;
		const char *text, *row;
		int used;
	} cases[] = {
		{ 0, 10, "abc", "abc", 3 },
		{ 0, 2, "abc", "ab", 2 },
		{ 0, 10, "值班", "值班", 4 },
		{ 0, 3, "值班", "值", 3 }, /* half of the second: a space */
		{ 0, 1, "值班", "", 1 },
		{ 8, 10, "值班", "        值", 2 },
		{ 9, 10, "值班", "", 1 },
		{ 10, 10, "abc", "", 0 },
		{ 0, 0, "abc", "", 0 },
		{ -1, 10, "abc", "bc", 3 },
		{ -1, 4, "值班", " 班", 4 },
		{ -3, 10, "值班", " ", 4 },
		{ -1, 1, "值", "", 1 },
		{ 0, 10, "e\xCC\x81x", "e\xCC\x81x", 2 }, /* a combining accent has no column */
		{ 0, 10, "\xCC\x81x", "x", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct canvas *canvas = canvas_new(2, 10);
		char *row;
		int used = canvas_text(canvas, 0, cases[i].col, cases[i].width, ROLE_TEXT,
				       cases[i].text);

		row = canvas_row(canvas, 0);
		if (used != cases[i].used || strncmp(row, cases[i].row, strlen(row)) != 0)
			print_error("case %zu: [%s] used %d\n", i, row, used);
		assert_int_equal(used, cases[i].used);
		assert_true(strncmp(row, cases[i].row, strlen(row)) == 0);
		free(row);
		canvas_free(canvas);
	}
}

static void outside_text_is_cleaned(void **state)
{
	struct stage stage;

	(void)state;
	set_up(&stage, 1, 60);
	canvas_text(stage.canvas, 0, 0, 60, ROLE_TEXT, "a\033[2Jb\xE2\x80\xAE" "c\nd");
	assert_row(stage.canvas, 0, "a<U+001B>[2Jb<U+202E>c d");
	canvas_pad(stage.canvas, 0, 0, 60, ROLE_TEXT, "\007\xC2\x9B", PAD_MIDDLE);
	flush(&stage); /* the terminal asserts that nothing raw reaches it */
	tear_down(&stage);
}

static void wide_characters_are_never_halved(void **state)
{
	static const struct {
		int col;
		const char *over, *row;
	} cases[] = {
		{ 0, "x", "x 班台" }, { 1, "x", " x班台" }, { 2, "x", "值x 台" },
		{ 1, "中", " 中 台" }, { 3, "xx", "值 xx" }, { 5, "x", "值班 x" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct stage stage;

		set_up(&stage, 1, 6);
		canvas_text(stage.canvas, 0, 0, 6, ROLE_TEXT, "值班台");
		flush(&stage);
		canvas_text(stage.canvas, 0, cases[i].col, 6, ROLE_TEXT, cases[i].over);
		assert_row(stage.canvas, 0, cases[i].row);
		flush(&stage);
		tear_down(&stage);
	}
}

static void wide_characters_have_one_role(void **state)
{
	struct stage stage;

	(void)state;
	set_up(&stage, 1, 6);
	canvas_text(stage.canvas, 0, 0, 6, ROLE_TEXT, "值班台");
	flush(&stage);
	canvas_paint(stage.canvas, 0, 1, 2, ROLE_ERROR); /* from within the first to within the second */
	for (int col = 0; col < 6; col++)
		assert_int_equal(canvas_role_at(stage.canvas, 0, col),
				 col == 2 || col == 3 ? ROLE_ERROR : ROLE_TEXT);
	assert_int_equal(flush(&stage).cells, 2);
	tear_down(&stage);
}

static void padding_fills_and_cuts(void **state)
{
	static const struct {
		enum canvas_pad pad;
		int width;
		const char *text, *row;
	} cases[] = {
		{ PAD_RIGHT, 6, "值班", "值班  |" },	   { PAD_LEFT, 6, "值班", "  值班|" },
		{ PAD_RIGHT, 5, "值班台", "值.. |" },	   { PAD_LEFT, 3, "12", " 12|" },
		{ PAD_MIDDLE, 8, "一二三四五", "一二..五|" }, { PAD_RIGHT, 4, NULL, "    |" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct canvas *canvas = canvas_new(1, 20);
		char *row;

		canvas_text(canvas, 0, 0, 20, ROLE_TEXT, "oldoldold");
		canvas_pad(canvas, 0, 0, cases[i].width, ROLE_TEXT, cases[i].text, cases[i].pad);
		canvas_text(canvas, 0, cases[i].width, 1, ROLE_TEXT, "|");
		row = canvas_row(canvas, 0);
		row[strcspn(row, "|") + 1] = '\0';
		assert_string_equal(row, cases[i].row);
		free(row);
		canvas_free(canvas);
	}
}

static void only_what_differs_is_sent(void **state)
{
	struct stage stage;
	struct term_counts counts;

	(void)state;
	set_up(&stage, 4, 20);
	canvas_text(stage.canvas, 1, 0, 20, ROLE_TEXT, "hello 值班");
	counts = flush(&stage);
	assert_int_equal(counts.cells, 80); /* nothing is known of the screen at first */
	counts = flush(&stage);
	assert_int_equal(counts.cells + counts.flushes, 0);
	canvas_text(stage.canvas, 1, 0, 20, ROLE_TEXT, "hellO 值班");
	counts = flush(&stage);
	assert_int_equal(counts.cells, 1);
	canvas_text(stage.canvas, 1, 0, 20, ROLE_TEXT, "hello 值日");
	counts = flush(&stage);
	assert_int_equal(counts.cells, 3);
	assert_int_equal(counts.runs, 2);
	canvas_paint(stage.canvas, 1, 0, 5, ROLE_TITLE);
	counts = flush(&stage);
	assert_int_equal(counts.cells, 5);
	canvas_erase(stage.canvas, (struct area){ 0, 0, 4, 20 });
	canvas_text(stage.canvas, 1, 0, 20, ROLE_TEXT, "hello 值日");
	canvas_paint(stage.canvas, 1, 0, 5, ROLE_TITLE);
	assert_int_equal(flush(&stage).cells, 0); /* drawn again, but the same */
	canvas_invalidate(stage.canvas);
	assert_int_equal(flush(&stage).cells, 80);
	tear_down(&stage);
}

static void fill_rows(struct stage *stage, int first)
{
	int rows = canvas_rows(stage->canvas);

	for (int row = 0; row < rows; row++) {
		char c = (char)('A' + first + row);

		canvas_textf(stage->canvas, row, 0, 20, ROLE_TEXT, "第%c行%c%c%c%c%c%c", c, c, c, c, c,
			     c, c);
	}
}

static void shifts_are_the_terminals_when_they_pay(void **state)
{
	static const struct {
		int first, lines, shifts;
		long at_most;
	} cases[] = {
		{ 11, 1, 1, 20 }, { 9, -1, 1, 20 }, { 13, 3, 1, 60 }, { 25, 0, 0, 200 },
		{ 10, 3, 0, 0 }, /* shifted, but drawn as it was: nothing to do */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct stage stage;
		struct term_counts counts;

		set_up(&stage, 10, 20);
		fill_rows(&stage, 10);
		flush(&stage);
		canvas_shift(stage.canvas, (struct area){ 0, 0, 10, 20 }, cases[i].lines);
		fill_rows(&stage, cases[i].first);
		counts = flush(&stage);
		assert_int_equal(counts.shifts, cases[i].shifts);
		assert_in_range(counts.cells, 0, cases[i].at_most);
		tear_down(&stage);
	}
}

static void shifts_add_up_before_they_are_sent(void **state)
{
	struct stage stage;
	struct term_counts counts;

	(void)state;
	set_up(&stage, 10, 20);
	fill_rows(&stage, 10);
	flush(&stage);
	for (int i = 0; i < 3; i++)
		canvas_shift(stage.canvas, (struct area){ 0, 0, 10, 20 }, 1);
	fill_rows(&stage, 13);
	counts = flush(&stage);
	assert_int_equal(counts.shifts, 1);
	assert_in_range(counts.cells, 1, 60);
	tear_down(&stage);
}

static void narrow_areas_shift_too(void **state)
{
	struct stage stage;

	(void)state;
	set_up(&stage, 3, 10);
	canvas_text(stage.canvas, 0, 0, 10, ROLE_TEXT, "aa一一zz");
	canvas_text(stage.canvas, 1, 0, 10, ROLE_TEXT, "bb二二zz");
	canvas_text(stage.canvas, 2, 0, 10, ROLE_TEXT, "cc三三zz");
	flush(&stage);
	canvas_shift(stage.canvas, (struct area){ 0, 2, 3, 4 }, 1);
	assert_row(stage.canvas, 0, "aa二二zz");
	assert_row(stage.canvas, 1, "bb三三zz");
	assert_row(stage.canvas, 2, "cc    zz");
	canvas_shift(stage.canvas, (struct area){ 0, 2, 3, 4 }, -2);
	assert_row(stage.canvas, 2, "cc二二zz");
	canvas_shift(stage.canvas, (struct area){ 0, 2, 3, 4 }, 3);
	assert_row(stage.canvas, 2, "cc    zz");
	flush(&stage);
	tear_down(&stage);
}

static void the_cursor_is_sent_when_it_moves(void **state)
{
	struct stage stage;
	int row, col;

	(void)state;
	set_up(&stage, 3, 10);
	flush(&stage);
	term_memory_cursor(stage.term, &row, &col);
	assert_int_equal(row, -1);
	canvas_cursor(stage.canvas, 2, 4);
	assert_int_equal(flush(&stage).flushes, 1);
	term_memory_cursor(stage.term, &row, &col);
	assert_int_equal(row * 10 + col, 24);
	assert_int_equal(flush(&stage).flushes, 0);
	canvas_cursor(stage.canvas, 99, 4); /* outside: hidden */
	flush(&stage);
	term_memory_cursor(stage.term, &row, &col);
	assert_int_equal(row, -1);
	tear_down(&stage);
}

static void areas_are_cut_up(void **state)
{
	struct area area = { 2, 3, 10, 20 }, part;

	(void)state;
	part = area_top(&area, 2);
	assert_int_equal(part.row * 100 + part.rows, 202);
	part = area_bottom(&area, 3);
	assert_int_equal(part.row * 100 + part.rows, 903);
	part = area_left(&area, 5);
	assert_int_equal(part.col * 100 + part.cols, 305);
	part = area_right(&area, 50); /* no more than there is */
	assert_int_equal(part.col * 100 + part.cols, 815);
	assert_int_equal(area.rows * 100 + area.cols, 500);
	part = area_middle((struct area){ 0, 0, 24, 80 }, 10, 200);
	assert_int_equal(part.row, 7);
	assert_int_equal(part.cols, 80);
}

static void boxes_have_titles(void **state)
{
	struct canvas *canvas = canvas_new(4, 12);
	struct area inside = canvas_box(canvas, (struct area){ 0, 0, 4, 12 }, ROLE_FRAME, "标题");

	(void)state;
	assert_row(canvas, 0, "+- 标题 ---+");
	assert_row(canvas, 1, "|          |");
	assert_row(canvas, 3, "+----------+");
	assert_int_equal(inside.row * 1000 + inside.col * 100 + inside.rows * 10 + inside.cols,
			 1130);
	canvas_free(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_clipped_by_columns),
		cmocka_unit_test(outside_text_is_cleaned),
		cmocka_unit_test(wide_characters_are_never_halved),
		cmocka_unit_test(wide_characters_have_one_role),
		cmocka_unit_test(padding_fills_and_cuts),
		cmocka_unit_test(only_what_differs_is_sent),
		cmocka_unit_test(shifts_are_the_terminals_when_they_pay),
		cmocka_unit_test(shifts_add_up_before_they_are_sent),
		cmocka_unit_test(narrow_areas_shift_too),
		cmocka_unit_test(the_cursor_is_sent_when_it_moves),
		cmocka_unit_test(areas_are_cut_up),
		cmocka_unit_test(boxes_have_titles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
