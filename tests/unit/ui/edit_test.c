/* Editing of one line and of several. */
#include <config.h>

#include "ui_test.h"

#include "zhiban/ui/edit.h"

static enum edit_result press(struct edit *edit, const char *keys)
{
	enum edit_result last = EDIT_IGNORED;
	struct key key;

	EACH_KEY(keys, key)
	{
		last = edit_key(edit, key);
	}
	return last;
}

/* The text with "|" where the cursor is. */
static void assert_edit(const struct edit *edit, const char *expected)
{
	struct str got = STR_INIT;

	str_add_bytes(&got, edit_text(edit), edit->at);
	str_add_char(&got, '|');
	str_add(&got, edit_text(edit) + edit->at);
	assert_string_equal(got.s, expected);
	str_release(&got);
}

static void keys_edit(void **state)
{
	static const struct {
		bool lines;
		const char *before, *keys, *after;
		enum edit_result result;
	} cases[] = {
		{ false, "", "\"abc\"", "abc|", EDIT_CHANGED },
		{ false, "", "\"值班\" Left \"x\"", "值x|班", EDIT_CHANGED },
		{ false, "值班", "Left Left Left", "|值班", EDIT_SAME },
		{ false, "值班", "Home Right", "值|班", EDIT_MOVED },
		{ false, "值班台", "Left Backspace", "值|台", EDIT_CHANGED },
		{ false, "值班台", "Home Del", "|班台", EDIT_CHANGED },
		{ false, "abc", "Home Backspace", "|abc", EDIT_SAME },
		{ false, "abc", "Del", "abc|", EDIT_SAME },
		{ false, "one two", "Ctrl-W", "one |", EDIT_CHANGED },
		{ false, "one two  ", "Ctrl-W", "one |", EDIT_CHANGED },
		{ false, "水务局 two", "Ctrl-W Ctrl-W", "|", EDIT_CHANGED },
		{ false, "热线12345", "Ctrl-W", "热线|", EDIT_CHANGED },
		{ false, "one two", "Left Left Left Ctrl-U", "|two", EDIT_CHANGED },
		{ false, "one two", "Home Right Right Right Ctrl-K", "one|", EDIT_CHANGED },
		{ false, "abc", "Ctrl-A Ctrl-F Ctrl-D", "a|c", EDIT_CHANGED },
		{ false, "abc", "Ctrl-B Ctrl-H Ctrl-E", "ac|", EDIT_MOVED },
		{ false, "abc", "Enter", "abc|", EDIT_IGNORED },
		{ false, "abc", "Up", "abc|", EDIT_IGNORED },
		{ false, "abc", "F2", "abc|", EDIT_IGNORED },
		{ false, "abc", "Ctrl-S", "abc|", EDIT_IGNORED },
		{ false, "abc", "Alt-x", "abc|", EDIT_IGNORED },
		{ false, "ｅ", "\"ｆ\"", "ｅｆ|", EDIT_CHANGED }, /* typed text stays as it is */
		{ false, "e\xCC\x81", "Backspace", "|", EDIT_CHANGED }, /* a whole grapheme */
		{ false, "xe\xCC\x81", "Left", "x|e\xCC\x81", EDIT_MOVED },
		{ true, "ab", "Enter \"c\"", "ab\nc|", EDIT_CHANGED },
		{ true, "ab\ncd", "Home Ctrl-K", "ab\n|", EDIT_CHANGED },
		{ true, "ab\ncd", "Up", "ab|\ncd", EDIT_MOVED },
		{ true, "ab\ncd", "Up Up", "ab|\ncd", EDIT_IGNORED },
		{ true, "ab\ncd", "Up Down", "ab\ncd|", EDIT_MOVED },
		{ true, "abcd\nx\nefgh", "Up Up", "abcd|\nx\nefgh", EDIT_MOVED },
		{ true, "ab\n", "Up", "|ab\n", EDIT_MOVED },
		{ true, "一二三四五六七八九", "Up", "一二三四|五六七八九", EDIT_MOVED },
		{ true, "一二三四五六七八九", "Home Down \"x\"", "一二三四五x|六七八九", EDIT_CHANGED },
		{ true, "a值\nbcd", "Up", "a值|\nbcd", EDIT_MOVED },
		{ true, "a值\nbc", "Up", "a|值\nbc", EDIT_MOVED }, /* not into its middle */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct edit edit;

		edit_init(&edit, 0, cases[i].lines);
		edit.cols = 10;
		edit_set(&edit, cases[i].before);
		assert_int_equal(press(&edit, cases[i].keys), cases[i].result);
		assert_edit(&edit, cases[i].after);
		edit_release(&edit);
	}
}

static void pasting_is_harmless(void **state)
{
	static const struct {
		bool lines;
		const char *pasted, *after;
	} cases[] = {
		{ false, "a\nb\tc", "a b c|" },
		{ true, "a\r\nb\tc", "a \nb c|" },
		{ false, "a\033[31mb\007", "a[31mb|" },
		{ false, "x\xE2\x80\xAEy\xE2\x80\x8Bz", "xyz|" }, /* overrides, zero-width */
		{ false, "a\xFF" "b", "ab|" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct edit edit;

		edit_init(&edit, 0, cases[i].lines);
		assert_int_equal(edit_insert(&edit, cases[i].pasted, strlen(cases[i].pasted)),
				 EDIT_CHANGED);
		assert_edit(&edit, cases[i].after);
		edit_release(&edit);
	}
}

static void limits_count_characters(void **state)
{
	struct edit edit;

	(void)state;
	edit_init(&edit, 4, false);
	assert_int_equal(edit_insert(&edit, "值班", 6), EDIT_CHANGED);
	assert_int_equal(edit_insert(&edit, "台账外", 9), EDIT_FULL);
	assert_edit(&edit, "值班台账|");
	assert_int_equal(edit_chars(&edit), 4);
	assert_int_equal(press(&edit, "\"x\""), EDIT_FULL);
	assert_int_equal(press(&edit, "Backspace \"x\""), EDIT_CHANGED);
	edit_release(&edit);
}

static void cursor_of(struct edit *edit, struct canvas *canvas, struct area area, int *row, int *col)
{
	struct term *term = term_memory_new(canvas_rows(canvas), canvas_cols(canvas), 0);
	struct theme *theme = theme_plain();

	edit_draw(edit, canvas, area, ROLE_TEXT, true);
	canvas_invalidate(canvas);
	canvas_flush(canvas, term, theme);
	term_memory_cursor(term, row, col);
	theme_free(theme);
	term_close(term);
}

static void one_line_scrolls_sideways(void **state)
{
	struct canvas *canvas = canvas_new(3, 20);
	struct area area = { 1, 2, 1, 8 };
	struct edit edit;
	int row, col;

	(void)state;
	edit_init(&edit, 0, false);
	edit_set(&edit, "一二三四五六");
	cursor_of(&edit, canvas, area, &row, &col);
	assert_row(canvas, 1, "  四五六");
	assert_int_equal(col, 8);
	press(&edit, "Home");
	cursor_of(&edit, canvas, area, &row, &col);
	assert_row(canvas, 1, "  一二三四");
	assert_int_equal(row * 100 + col, 102);
	press(&edit, "Right Right");
	cursor_of(&edit, canvas, area, &row, &col);
	assert_int_equal(col, 6);
	edit_release(&edit);
	canvas_free(canvas);
}

static void several_lines_wrap_and_scroll(void **state)
{
	struct canvas *canvas = canvas_new(5, 20);
	struct area area = { 1, 2, 2, 8 };
	struct edit edit;
	int row, col;

	(void)state;
	edit_init(&edit, 0, true);
	edit_set(&edit, "一二三四五六\nxy\n");
	assert_int_equal(edit_rows(&edit, 8), 4);
	cursor_of(&edit, canvas, area, &row, &col);
	assert_row(canvas, 1, "  xy");
	assert_int_equal(row * 100 + col, 202);
	press(&edit, "Up");
	cursor_of(&edit, canvas, area, &row, &col);
	assert_int_equal(row * 100 + col, 102);
	press(&edit, "Up Up");
	cursor_of(&edit, canvas, area, &row, &col);
	assert_row(canvas, 1, "  一二三四");
	assert_row(canvas, 2, "  五六");
	assert_int_equal(row * 100 + col, 102);
	edit_release(&edit);
	canvas_free(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_edit),
		cmocka_unit_test(pasting_is_harmless),
		cmocka_unit_test(limits_count_characters),
		cmocka_unit_test(one_line_scrolls_sideways),
		cmocka_unit_test(several_lines_wrap_and_scroll),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
