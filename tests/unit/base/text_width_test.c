/* Widths against the C library's own, over every code point.
 *
 * text_width_test --table > src/base/text_widths.def makes the table from the C library of this
 * machine (glibc 2.36: Unicode 14).  With another C library the comparison is skipped, because ours
 * is a table of constants and theirs has moved on. */
#include <config.h>

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>
#include <gnu/libc-version.h>
#include <utf8proc.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

#include "../../../src/base/text_priv.h"

enum { CODE_POINTS = 0x110000, NO_MATTER = -9 };

/* What the table must say of a code point; NO_MATTER for what is no character at all. */
static int wanted(uint32_t cp)
{
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CS:
		return NO_MATTER;
	default:
		return wcwidth((wchar_t)cp);
	}
}

static void widths_are_those_of_the_c_library(void **state)
{
	int wrong = 0;

	(void)state;
	if (strcmp(gnu_get_libc_version(), "2.36") != 0)
		skip();
	for (uint32_t cp = 1; cp < CODE_POINTS; cp++) {
		int want = wanted(cp);

		if (want == NO_MATTER || text_width(cp) == want)
			continue;
		if (wrong++ < 20)
			print_error("U+%04X: %d, the C library says %d\n", (unsigned)cp,
				    text_width(cp), want);
	}
	assert_int_equal(wrong, 0);
}

static void columns_are_never_negative(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
		int columns = text_cp_columns(cp), width = text_width(cp);

		assert_in_range(columns, 0, 2);
		if (cp >= 0x20 && width >= 0)
			assert_int_equal(columns, width); /* the fast paths agree with the table */
	}
}

static void known_widths(void **state)
{
	static const struct {
		uint32_t cp;
		int columns;
	} cases[] = {
		{ 'a', 1 },	{ 0x4E2D, 2 },	{ 0x3000, 2 },	{ 0xFF01, 2 },	{ 0xAC00, 2 },
		{ 0x0301, 0 },	{ 0x200B, 0 },	{ 0xFE0F, 0 },	{ 0x00B7, 1 },	{ 0x2026, 1 },
		{ 0x201C, 1 }, /* East-Asian ambiguous is narrow */
		{ 0x25CF, 1 },	{ 0x1F600, 2 }, { 0x20000, 2 }, { 0xE000, 1 },	{ 0xFF71, 1 },
		{ 0x302A, 0 },	{ 0x1160, 0 },	{ 0x0E31, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(text_cp_columns(cases[i].cp), cases[i].columns);
}

static uint32_t range_end(uint32_t first, int columns)
{
	uint32_t last = first;

	for (uint32_t cp = first; cp < CODE_POINTS; cp++) {
		int want = wanted(cp);

		if (want == columns)
			last = cp;
		else if (want != NO_MATTER)
			break;
	}
	return last;
}

static void print_table(void)
{
	int on_line = 0;

	printf("/* W(first, last, columns): the code points that do not take one column, as wcwidth of\n"
	       " * glibc %s tells them in C.UTF-8; -1: not known to it.  Made by text_width_test. */\n",
	       gnu_get_libc_version());
	for (uint32_t cp = 1; cp < CODE_POINTS; cp++) {
		int columns = wanted(cp);
		uint32_t last;

		if (columns == NO_MATTER || columns == 1)
			continue;
		last = range_end(cp, columns);
		printf("W(0x%04X, 0x%04X, %d)%s", (unsigned)cp, (unsigned)last, columns,
		       ++on_line % 4 == 0 ? "\n" : " ");
		cp = last;
	}
	printf("\n");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(widths_are_those_of_the_c_library),
		cmocka_unit_test(columns_are_never_negative),
		cmocka_unit_test(known_widths),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 77;
	if (argc > 1 && strcmp(argv[1], "--table") == 0) {
		print_table();
		return 0;
	}
	return cmocka_run_group_tests_name("base/text_width", tests, NULL, NULL);
}
