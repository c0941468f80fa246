/* Pages of wrapped text: the last sentence, sections, keeping one's place. */
#include <config.h>

#include "ui_test.h"

#include <stdio.h>

#include "zhiban/ui/pager.h"

enum { LONG_CHARS = 8985 };

/* A text of 8,985 characters whose last sentence is known. */
static char *long_text(void)
{
	static const char *const parts[] = { "居民反映夜间施工噪声扰民，", "希望尽快处理。",
					     "已多次拨打热线，", "至今没有结果！" };
	static const char last[] = "最后一句话在这里。";
	struct str text = STR_INIT;
	size_t chars = 0, end = 9;

	for (size_t i = 0; chars < LONG_CHARS - end; i++) {
		const char *part = parts[i % 4];

		for (const char *s = part; *s != '\0' && chars < LONG_CHARS - end; s += 3) {
			str_add_bytes(&text, s, 3);
			chars++;
		}
	}
	str_add(&text, last);
	return str_take(&text, NULL);
}

static void draw(struct pager *pager, struct canvas *canvas)
{
	pager_draw(pager, canvas, (struct area){ 0, 0, canvas_rows(canvas), canvas_cols(canvas) },
		   false);
}

/* What is on the screen equals what drawing everything anew would give. */
static void assert_screen_right(struct pager *pager, struct canvas *canvas)
{
	struct str kept = STR_INIT, fresh = STR_INIT;
	struct area area = { 0, 0, canvas_rows(canvas), canvas_cols(canvas) };

	canvas_dump(canvas, &kept);
	pager_draw(pager, canvas, area, true);
	canvas_dump(canvas, &fresh);
	assert_string_equal(kept.s, fresh.s);
	str_release(&kept);
	str_release(&fresh);
}

static void press(struct pager *pager, struct canvas *canvas, const char *keys)
{
	struct key key;

	EACH_KEY(keys, key)
	{
		assert_true(pager_key(pager, key));
		draw(pager, canvas);
		assert_screen_right(pager, canvas);
	}
}

static void build(struct pager *pager, const char *text, int moves)
{
	pager_begin(pager);
	pager_section(pager, "head", NULL);
	pager_add(pager, "事由", 8, ROLE_TITLE, "一件长的");
	pager_add(pager, "街镇", 8, ROLE_TEXT, NULL);
	pager_section(pager, "text", "内容");
	pager_add(pager, NULL, 0, ROLE_TEXT, text);
	pager_section(pager, "moves", "经过");
	for (int i = 0; i < moves; i++) {
		char line[64];

		snprintf(line, sizeof line, "第%d步", i);
		pager_add(pager, "01:12", 6, ROLE_TEXT, line);
	}
	pager_end(pager);
}

static void long_texts_scroll_to_the_last_sentence(void **state)
{
	static const int widths[] = { 80, 132, 61 };
	char *text = long_text();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(widths); i++) {
		struct canvas *canvas = canvas_new(20, widths[i]);
		struct pager *pager = pager_new();
		int top, shown, lines, pages = 0;
		char *row;

		pager_begin(pager);
		pager_add(pager, NULL, 0, ROLE_TEXT, text);
		pager_end(pager);
		draw(pager, canvas);
		for (; !pager_at_end(pager); pages++)
			press(pager, canvas, "Space");
		row = canvas_row(canvas, 19);
		assert_non_null(strstr(row, "这里。"));
		free(row);
		pager_position(pager, &top, &shown, &lines);
		assert_int_equal(top + shown, lines);
		assert_true(lines >= LONG_CHARS * 2 / widths[i]);
		assert_true(pages >= lines / 20 - 1);
		pager_free(pager);
		canvas_free(canvas);
	}
	free(text);
}

static void it_looks_right(void **state)
{
	struct canvas *canvas = canvas_new(10, 30);
	struct pager *pager = pager_new();

	(void)state;
	build(pager, "第一行文字比较长，需要折到下一行去显示。\n第二段\033[2J", 2);
	draw(pager, canvas);
	assert_row(canvas, 0, "事由     一件长的");
	assert_row(canvas, 1, "街镇");
	assert_row(canvas, 2, "");
	assert_row(canvas, 3, "-- 内容 ----------------------");
	assert_row(canvas, 4, "第一行文字比较长，需要折到下一");
	assert_row(canvas, 5, "行去显示。");
	assert_row(canvas, 6, "第二段<U+001B>[2J");
	assert_row(canvas, 8, "-- 经过 ----------------------");
	assert_row(canvas, 9, "01:12  第0步");
	assert_int_equal(canvas_role_at(canvas, 0, 0), ROLE_LABEL);
	assert_int_equal(canvas_role_at(canvas, 0, 9), ROLE_TITLE);
	pager_free(pager);
	canvas_free(canvas);
}

static void keys_move(void **state)
{
	static const struct {
		const char *keys;
		int top;
	} cases[] = {
		{ "j", 1 },	     { "j k k", 0 },	 { "PgDn", 9 },	     { "PgDn b", 0 },
		{ "G", 56 },	     { "G g", 0 },	 { "Tab", 3 },	     { "Tab Tab", 15 },
		{ "Tab Tab Tab", 0 }, { "G Tab", 0 },	 { "G Shift-Tab", 15 }, { "ｊ ｊ", 2 },
		{ "End Home", 0 },   { "Ctrl-F Ctrl-B", 0 },
	};
	struct str text = STR_INIT;

	(void)state;
	for (int i = 0; i < 10; i++)
		str_addf(&text, "第%d行%s", i, i < 9 ? "\n" : "");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct canvas *canvas = canvas_new(10, 40);
		struct pager *pager = pager_new();
		int top, shown, lines;

		build(pager, str_get(&text), 50);
		draw(pager, canvas);
		press(pager, canvas, cases[i].keys);
		pager_position(pager, &top, &shown, &lines);
		if (top != cases[i].top)
			print_error("%s\n", cases[i].keys);
		assert_int_equal(top, cases[i].top);
		assert_false(pager_key(pager, (struct key){ 'x', 0 }));
		pager_free(pager);
		canvas_free(canvas);
	}
	str_release(&text);
}

static void the_place_is_kept(void **state)
{
	char *text = long_text();
	struct canvas *canvas = canvas_new(10, 40), *wide = canvas_new(10, 80);
	struct pager *pager = pager_new();
	struct str before = STR_INIT;
	char *row, *again;

	(void)state;
	build(pager, text, 3);
	draw(pager, canvas);
	for (int i = 0; i < 20; i++)
		press(pager, canvas, "PgDn");
	row = canvas_row(canvas, 0);
	build(pager, text, 9); /* new lines below: nothing moves */
	draw(pager, canvas);
	again = canvas_row(canvas, 0);
	assert_string_equal(row, again);
	free(again);
	/* Wider lines: the first words seen are still on the first row. */
	draw(pager, wide);
	again = canvas_row(wide, 0);
	assert_non_null(strstr(again, row));
	free(again);
	free(row);
	/* In the last section, while the text above grows. */
	assert_true(pager_goto(pager, "moves"));
	draw(pager, canvas);
	canvas_dump(canvas, &before);
	assert_non_null(strstr(before.s, "经过"));
	str_clear(&before);
	press(pager, canvas, "k k j");
	row = canvas_row(canvas, 1);
	build(pager, "短了", 9);
	draw(pager, canvas);
	assert_true(pager_at_end(pager));
	assert_false(pager_goto(pager, "nosuch"));
	free(row);
	str_release(&before);
	pager_free(pager);
	canvas_free(canvas);
	canvas_free(wide);
	free(text);
}

static void a_section_can_be_chosen_before_it_is_drawn(void **state)
{
	char *text = long_text();
	struct canvas *canvas = canvas_new(4, 40);
	struct pager *pager = pager_new();

	(void)state;
	build(pager, text, 9);
	assert_true(pager_goto(pager, "moves"));
	draw(pager, canvas);
	assert_row(canvas, 0, "-- 经过 --------------------------------");
	pager_free(pager);
	canvas_free(canvas);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_texts_scroll_to_the_last_sentence),
		cmocka_unit_test(it_looks_right),
		cmocka_unit_test(keys_move),
		cmocka_unit_test(the_place_is_kept),
		cmocka_unit_test(a_section_can_be_chosen_before_it_is_drawn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
