/* Text in columns and lines. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

static void strings_are_measured(void **state)
{
	static const struct {
		const char *s;
		int columns, chars;
	} cases[] = {
		{ "", 0, 0 },	      { "abc", 3, 3 },	    { "水务局", 6, 3 },	  { "e\u0301", 1, 2 },
		{ "水a，", 5, 3 },    { "“a”", 3, 3 },	    { "ｶﾅ", 2, 2 },	  { "𠮷", 2, 1 },
		{ "\u260E\uFE0F", 1, 2 }, { "……", 2, 2 }, { "　", 2, 1 },	  { "葛\U000E0100", 2, 2 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(text_columns(cases[i].s), cases[i].columns);
		assert_int_equal(text_chars(cases[i].s), cases[i].chars);
	}
}

static void what_fits(void **state)
{
	static const struct {
		const char *s;
		int columns;
		size_t bytes;
		int used;
	} cases[] = {
		{ "abc", 2, 2, 2 },    { "abc", 9, 3, 3 },	 { "abc", 0, 0, 0 },
		{ "abc", -1, 0, 0 },   { "水务", 3, 3, 2 },	 { "水务", 1, 0, 0 },
		{ "e\u0301x", 1, 3, 1 }, { "e\u0301\u0301\u0301", 1, 7, 1 },
		{ "a水b", 2, 1, 1 },   { "水\u0301务", 2, 5, 2 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int used = -1;

		assert_int_equal(text_fit(cases[i].s, cases[i].columns, &used), cases[i].bytes);
		assert_int_equal(used, cases[i].used);
		assert_int_equal(text_fit(cases[i].s, cases[i].columns, NULL), cases[i].bytes);
	}
}

static const struct {
	const char *s;
	int columns;
	const char *pad, *left, *middle;
} pads[] = {
	{ "abc", 5, "abc  ", "  abc", "abc  " },
	{ "abc", 3, "abc", "abc", "abc" },
	{ "水务局", 8, "水务局  ", "  水务局", "水务局  " },
	{ "abcdefghijk", 8, "abcdef..", "abcdef..", "abcd..jk" },
	{ "清凉新村自来水发黄", 12, "清凉新村自..", "清凉新村自..", "清凉新村..黄" },
	{ "清凉新村自来水发黄", 13, "清凉新村自.. ", " 清凉新村自..", "清凉新村..黄 " },
	{ "水务局", 5, "水.. ", " 水..", "水.. " },
	{ "水务局", 4, "水..", "水..", "水.." },
	{ "水务局", 3, "水 ", " 水", "水 " },
	{ "水务局", 2, "水", "水", "水" },
	{ "水务局", 1, " ", " ", " " },
	{ "水务局", 0, "", "", "" },
	{ "abc", -3, "", "", "" },
	{ "", 2, "  ", "  ", "  " },
	{ "e\u0301e\u0301e\u0301e\u0301e\u0301", 4, "e\u0301e\u0301..", "e\u0301e\u0301..",
	  "e\u0301e\u0301.." },
};

static void columns_are_exact(void **state)
{
	static void (*const ways[])(struct str *, const char *, int) = { text_pad, text_pad_left,
									 text_pad_middle };
	static const char *const texts[] = {
		"", "a", "水", "清凉新村自来水发黄有异味", "a水b务c局", "e\u0301水e\u0301",
		"plain words in a row", "\U0001F44B\U0001F3FDx", "，。，。，。，。",
	};

	(void)state;
	for (size_t t = 0; t < ARRAY_LEN(texts); t++)
		for (size_t w = 0; w < ARRAY_LEN(ways); w++)
			for (int columns = 0; columns < 40; columns++) {
				struct str out = STR_INIT;

				ways[w](&out, texts[t], columns);
				assert_int_equal(text_columns(out.s), columns);
				assert_true(text_valid(out.s, out.len));
				str_release(&out);
			}
}

static void padded_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pads); i++) {
		struct str pad = STR_INIT, left = STR_INIT, middle = STR_INIT;

		text_pad(&pad, pads[i].s, pads[i].columns);
		text_pad_left(&left, pads[i].s, pads[i].columns);
		text_pad_middle(&middle, pads[i].s, pads[i].columns);
		assert_string_equal(pad.s, pads[i].pad);
		assert_string_equal(left.s, pads[i].left);
		assert_string_equal(middle.s, pads[i].middle);
		str_release(&pad);
		str_release(&left);
		str_release(&middle);
	}
}

static const struct {
	const char *s;
	int columns;
	const char *lines; /* with | between them */
} wraps[] = {
	{ "", 5, "" },
	{ "abc", 5, "abc" },
	{ "hello world", 5, "hello|world" },
	{ "hello world", 8, "hello|world" },
	{ "hello   world", 6, "hello|world" },
	{ "hello world", 11, "hello world" },
	{ "a bb ccc", 4, "a bb|ccc" },
	{ "abcdefgh", 3, "abc|def|gh" },
	{ "to abcdefgh", 4, "to|abcd|efgh" },
	{ "a\n\nb\n", 5, "a||b" },
	{ "hello \nworld", 5, "hello|world" },
	{ "hello\n  world", 9, "hello|  world" },
	{ "水务局和住建局", 6, "水务局|和住建|局" },
	{ "水务局和住建局", 7, "水务局|和住建|局" },
	{ "水务局，住建局。", 6, "水务|局，住|建局。" }, /* no line begins with a comma */
	{ "（水务局）和", 4, "（水|务|局）|和" },
	{ "水“住建”局", 6, "水“住|建”局" },
	{ "！！！！！！", 4, "！！|！！|！！" },
	{ "ABC水务DEF", 5, "ABC水|务DEF" },
	{ "用 curl 下载", 7, "用 curl|下载" },
	{ "　　两格缩进的段落", 8, "　　两格|缩进的段|落" },
	{ "e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301|e\u0301" },
	{ "水务", 1, "水|务" },
	{ "水务", 0, "水|务" },
	{ "     ", 3, "" },
	{ "版本1.5，好", 7, "版本|1.5，好" },
};

static void lines_are_wrapped(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wraps); i++) {
		struct str out = STR_INIT;
		const char *at = wraps[i].s;

		for (int n = 0; *at != '\0'; n++) {
			size_t skip = 99, len = text_wrap(at, wraps[i].columns, &skip);

			assert_true(len + skip > 0);
			assert_true(len + skip <= strlen(at));
			if (n > 0)
				str_add_char(&out, '|');
			str_add_bytes(&out, at, len);
			at += len + skip;
		}
		assert_string_equal(out.s, wraps[i].lines);
		str_release(&out);
	}
}

static void no_line_is_too_wide(void **state)
{
	static const char text[] = "市民反映：清凉新村自来水“发黄”、有异味（多户），已持续3天；"
				   "Please check the pipe at No.12, 谢谢！！！\n\n  second paragraph";

	(void)state;
	for (int columns = 2; columns < 60; columns++) {
		const char *at = text;

		while (*at != '\0') {
			size_t skip, len = text_wrap(at, columns, &skip);
			char *line = mem_dup(at, len + 1);

			line[len] = '\0';
			assert_true(text_columns(line) <= columns);
			free(line);
			assert_true(len + skip > 0);
			at += len + skip;
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_are_measured),
		cmocka_unit_test(what_fits),
		cmocka_unit_test(columns_are_exact),
		cmocka_unit_test(padded_texts),
		cmocka_unit_test(lines_are_wrapped),
		cmocka_unit_test(no_line_is_too_wide),
	};

	return cmocka_run_group_tests_name("base/text_columns", tests, NULL, NULL);
}
