/* Text from outside: made harmless, decoded, folded. */
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

static const struct {
	const char *from, *line; /* NULL: as it came */
} harm[] = {
	/* what people write stays */
	{ "plain ASCII ~!", NULL },
	{ "清凉新村自来水发黄有异味，多户反映", NULL },
	{ "“引号”……——、《条例》", NULL },
	{ "　　两个全角空格", NULL },
	{ "𠮷野家 Ａ１ ｶﾅ 한글 ไทย é e\u0301", NULL },
	{ "葛\U000E0100城", NULL }, /* a variant of an ideograph */
	{ "\u260E\uFE0F", NULL },
	{ "\U0001F600", NULL },
	{ "\uE000", NULL }, /* private use: old encodings of rare names */
	{ "<U+202E>", NULL },
	/* the cursor */
	{ "\033[2J\033]0;x\007", "<U+001B>[2J<U+001B>]0;x<U+0007>" },
	{ "a\bb\x7F", "a<U+0008>b<U+007F>" },
	{ "\xC2\x9B""2J", "<U+009B>2J" },
	{ "\x9B""2J", "<0x9B>2J" },
	{ "\xC2\x85\xC2\x90", "<U+0085><U+0090>" },
	{ "a\tb\nc\r\nd", "a b c d" },
	{ "a\rb\vc\f", "a<U+000D>b<U+000B>c<U+000C>" },
	{ "\u2028\u2029", "<U+2028><U+2029>" },
	/* reordering */
	{ "\u202A\u202B\u202C\u202D\u202E", "<U+202A><U+202B><U+202C><U+202D><U+202E>" },
	{ "\u2066\u2067\u2068\u2069", "<U+2066><U+2067><U+2068><U+2069>" },
	{ "\u200E\u200F\u061C", "<U+200E><U+200F><U+061C>" },
	/* hiding */
	{ "a\u200B\u200C\u200Db", "a<U+200B><U+200C><U+200D>b" },
	{ "\u2060\uFEFF\u00AD", "<U+2060><U+FEFF><U+00AD>" },
	{ "\u034F\u115F\u1160\u3164\uFFA0\u180E\u2800",
	  "<U+034F><U+115F><U+1160><U+3164><U+FFA0><U+180E><U+2800>" },
	{ "\U000E0001\U000E0041\U000E007F", "<U+E0001><U+E0041><U+E007F>" },
	{ "\uFFF9\uFFFA\uFFFB", "<U+FFF9><U+FFFA><U+FFFB>" },
	{ "\U0001F468\u200D\U0001F469", "\U0001F468<U+200D>\U0001F469" },
	/* no characters */
	{ "\u0378\uFDD0\uFFFF\U0010FFFF", "<U+0378><U+FDD0><U+FFFF><U+10FFFF>" },
	{ "\x80\xBF", "<0x80><0xBF>" },
	{ "\xC0\xAF", "<0xC0><0xAF>" },		      /* overlong */
	{ "\xE0\x80\xAF", "<0xE0><0x80><0xAF>" },
	{ "\xF0\x80\x80\xAF", "<0xF0><0x80><0x80><0xAF>" },
	{ "\xED\xA0\x80", "<0xED><0xA0><0x80>" },     /* a surrogate */
	{ "\xF4\x90\x80\x80", "<0xF4><0x90><0x80><0x80>" }, /* beyond the last */
	{ "\xF8\x88\x80\x80\x80", "<0xF8><0x88><0x80><0x80><0x80>" },
	{ "\xFE\xFF", "<0xFE><0xFF>" },
	{ "\xE6\xB0", "<0xE6><0xB0>" },		      /* cut */
	{ "\xE6\xB0x", "<0xE6><0xB0>x" },
	{ "\xCB\xAE\xCE\xF1", "ˮ<0xCE><0xF1>" },      /* GBK taken for UTF-8 */
};

static void outside_text_is_made_harmless(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(harm); i++) {
		const char *want = harm[i].line != NULL ? harm[i].line : harm[i].from;
		struct str out = STR_INIT, again = STR_INIT;

		text_clean(&out, harm[i].from, strlen(harm[i].from), false);
		assert_string_equal(out.s, want);
		text_clean(&again, out.s, out.len, false);
		assert_string_equal(again.s, want);
		assert_true(text_valid(out.s, out.len));
		str_release(&out);
		str_release(&again);
	}
}

static void newlines_stay_when_asked(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	text_clean(&out, "a\n\tb\r\n\rc\0d", 10, true);
	assert_string_equal(out.s, "a\n b\n<U+000D>c<U+0000>d");
	str_release(&out);
}

static void validity(void **state)
{
	(void)state;
	assert_true(text_valid("", 0));
	assert_true(text_valid("a水𠮷\uFFFD", strlen("a水𠮷\uFFFD")));
	assert_false(text_valid("a\0b", 3));
	assert_false(text_valid("\xE6\xB0", 2));
	assert_false(text_valid("\xC0\x80", 2));
	assert_false(text_valid("\xED\xBF\xBF", 3));
}

static void each_code_point_goes_round(void **state)
{
	(void)state;
	for (uint32_t cp = 1; cp < 0x110000; cp++) {
		char s[4];
		size_t n = 0;
		uint32_t back = 0;

		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		if (cp < 0x80) {
			s[n++] = (char)cp;
		} else {
			int more = cp < 0x800 ? 1 : cp < 0x10000 ? 2 : 3;

			s[n++] = (char)((0xFF00 >> (more + 1) & 0xFF) | cp >> 6 * more);
			while (more-- > 0)
				s[n++] = (char)(0x80 | (cp >> 6 * more & 0x3F));
		}
		assert_int_equal(text_next(s, n, &back), n);
		assert_int_equal(back, cp);
		if (n > 1)
			assert_int_equal(text_next(s, n - 1, &back), 1);
	}
}

static void graphemes(void **state)
{
	static const struct {
		const char *s;
		size_t first;
	} cases[] = {
		{ "", 0 },	    { "ab", 1 },     { "水务", 3 },	{ "e\u0301x", 3 },
		{ "水\u0301务", 5 }, { "葛\U000E0100城", 7 }, { "\u260E\uFE0Fx", 6 },
		{ "a水", 1 },	    { "\xFFx", 1 },  { "\u1112\u1161\u11ABx", 9 },
		{ "\U0001F44B\U0001F3FDx", 8 }, { "\U0001F1E8\U0001F1F3\U0001F1E8", 8 },
		{ "\n\u0301", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(text_grapheme(cases[i].s, strlen(cases[i].s)), cases[i].first);
}

static void narrowing(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	text_narrow(&out, "／：？ａＺ～　水。é");
	assert_string_equal(out.s, "/:?aZ~ 水。é");
	assert_int_equal(text_narrow_cp(0xFF01), '!');
	assert_int_equal(text_narrow_cp(0xFF5F), 0xFF5F);
	str_release(&out);
}

static void folding(void **state)
{
	static const struct {
		const char *s, *folded;
	} cases[] = {
		{ "", "" },
		{ "ABC  Def", "abc def" },
		{ "水务局　　ＡＢＣ", "水务局 abc" },
		{ "ÀÉ Straße", "àé strasse" },
		{ "A\u0300", "à" },
		{ "\u00A0 \t\n x", " x" },
		{ "①㎏ﾊﾟ", "1kgパ" },
		{ "a\u200Bb\u00ADc", "abc" }, /* what is not seen is not compared */
		{ "\uF900", "\u8C48" },	      /* a compatibility ideograph is the same character */
		{ "x\xFFy", "x<0xff>y" },
		{ "（水）", "(水)" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		str_add(&out, ">");
		text_fold(&out, cases[i].s);
		assert_string_equal(out.s + 1, cases[i].folded);
		str_release(&out);
	}
}

/* The short way for plain text says the same as the tables. */
static void the_two_ways_of_folding_agree(void **state)
{
	(void)state;
	for (uint32_t cp = 0x20; cp < 0x10000; cp++) {
		char plain[8], mixed[16];
		struct str a = STR_INIT, b = STR_INIT;
		size_t n = 0;

		if (!((cp < 0x7F) || cp == 0x2014 || (cp >= 0x2018 && cp <= 0x201D) || (cp >= 0x3000 && cp <= 0x3029) ||
		      (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0xFF01 && cp <= 0xFF5E)))
			continue;
		if (cp >= 0x80) {
			plain[n++] = (char)(0xE0 | cp >> 12);
			plain[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
		}
		plain[n] = (char)(cp < 0x80 ? cp : 0x80 | (cp & 0x3F));
		plain[n + 1] = '\0';
		memcpy(mixed, plain, n + 2);
		memcpy(mixed + n + 1, "\u00E9", 3); /* not plain */
		text_fold(&a, plain);
		text_fold(&b, mixed);
		str_add(&a, "\u00E9");
		assert_string_equal(a.s, b.s);
		str_release(&a);
		str_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outside_text_is_made_harmless),
		cmocka_unit_test(newlines_stay_when_asked),
		cmocka_unit_test(validity),
		cmocka_unit_test(each_code_point_goes_round),
		cmocka_unit_test(graphemes),
		cmocka_unit_test(narrowing),
		cmocka_unit_test(folding),
		cmocka_unit_test(the_two_ways_of_folding_agree),
	};

	return cmocka_run_group_tests_name("base/text", tests, NULL, NULL);
}
