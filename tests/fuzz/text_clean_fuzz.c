/* Any bytes: what comes out of text_clean is well-formed, shows everything, and stays as it is when
 * it is cleaned again; what measures, cuts and folds text keeps its word. */
#include <config.h>

#include <string.h>

#include "fuzz.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/base/text.h"

/* An oracle of its own, from the code charts: the blocks of controls and format characters. */
static bool hidden(uint32_t cp, bool keep_newlines)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x00, 0x1F },	    { 0x7F, 0x9F },	{ 0xAD, 0xAD },	      { 0x61C, 0x61C },
		{ 0x180E, 0x180E }, { 0x200B, 0x200F }, { 0x2028, 0x202E },   { 0x2060, 0x206F },
		{ 0xD800, 0xDFFF }, { 0xFEFF, 0xFEFF }, { 0xFFF0, 0xFFFB },   { 0xFFFE, 0xFFFF },
		{ 0xE0000, 0xE00FF }, { 0x110000, UINT32_MAX },
	};

	if (cp == '\n')
		return !keep_newlines;
	for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
		if (cp >= ranges[i].first && cp <= ranges[i].last)
			return true;
	return false;
}

static void check_clean(const char *s, size_t len, bool keep_newlines, struct str *out)
{
	struct str again = STR_INIT;
	size_t n;

	str_clear(out);
	text_clean(out, s, len, keep_newlines);
	CHECK(text_valid(out->s, out->len));
	CHECK(strlen(out->s) == out->len);
	for (size_t at = 0; at < out->len; at += n) {
		uint32_t cp;

		n = text_next(out->s + at, out->len - at, &cp);
		CHECK(n > 0 && !hidden(cp, keep_newlines));
	}
	text_clean(&again, out->s, out->len, keep_newlines);
	CHECK(str_eq(again.s, out->s));
	str_release(&again);
}

static void check_columns(const char *s, int columns)
{
	static void (*const ways[])(struct str *, const char *, int) = { text_pad, text_pad_left,
									 text_pad_middle };
	int used, total = text_columns(s);
	size_t n = text_fit(s, columns, &used);

	CHECK(n <= strlen(s) && used <= columns && text_valid(s, n));
	CHECK(total > columns || n == strlen(s));
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		struct str out = STR_INIT;

		ways[i](&out, s, columns);
		CHECK(text_columns(out.s) == columns);
		str_release(&out);
	}
}

static void check_wrap(const char *s, int columns)
{
	while (*s != '\0') {
		size_t skip, len = text_wrap(s, columns, &skip);

		CHECK(len + skip > 0 && len + skip <= strlen(s));
		CHECK(text_valid(s, len));
		s += len + skip;
	}
}

static void check_fold(const char *s)
{
	struct str once = STR_INIT, narrow = STR_INIT;

	text_fold(&once, s);
	CHECK(text_valid(once.s, once.len));
	text_narrow(&narrow, s);
	CHECK(text_valid(narrow.s, narrow.len));
	str_release(&once);
	str_release(&narrow);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str out = STR_INIT;

	check_clean((const char *)data, size, true, &out);
	check_wrap(out.s, 1 + (int)(size % 40));
	check_clean((const char *)data, size, false, &out);
	check_columns(out.s, (int)(size % 60));
	check_fold(out.s);
	str_release(&out);
	return 0;
}
