#include <config.h>

#include "zhiban/base/text.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "text_priv.h"
#include "zhiban/base/mem.h"

/* Letters and marks that show nothing (Unicode: Default_Ignorable_Code_Point) although their
 * category is not "format": text could be hidden or made to look alike with them.  Variation
 * selectors (FE00 to FE0F, E0100 to E01EF) stay: official names are written with them. */
static const struct {
	uint32_t first, last;
} invisible[] = {
	{ 0x034F, 0x034F }, /* combining grapheme joiner */
	{ 0x115F, 0x1160 }, /* Hangul fillers */
	{ 0x17B4, 0x17B5 }, /* Khmer inherent vowels */
	{ 0x180B, 0x180F }, /* Mongolian selectors and vowel separator */
	{ 0x2800, 0x2800 }, /* the braille pattern without dots */
	{ 0x3164, 0x3164 }, /* Hangul filler */
	{ 0xFFA0, 0xFFA0 }, /* its half-width form */
};

static bool harmless_category(uint32_t cp)
{
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_CN: /* of no character: no width, no form */
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return false;
	default:
		return true;
	}
}

static bool harmless(uint32_t cp)
{
	if (text_plain(cp))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(invisible); i++)
		if (cp >= invisible[i].first && cp <= invisible[i].last)
			return false;
	return harmless_category(cp) && text_width(cp) >= 0;
}

/* Bytes at the beginning of s that stay as they are. */
static size_t harmless_run(const char *s, size_t len)
{
	size_t at = 0;

	while (at < len) {
		uint32_t cp;
		size_t n = text_next(s + at, len - at, &cp);

		if ((n == 1 && cp == 0xFFFD) || !harmless(cp))
			break;
		at += n;
	}
	return at;
}

/* What stands for white space that moves the cursor; 0 for any other character. */
static char as_space(const char *s, size_t len, bool keep_newlines)
{
	if (s[0] == '\t')
		return ' ';
	if (s[0] == '\n' || (s[0] == '\r' && len > 1 && s[1] == '\n'))
		return keep_newlines ? '\n' : ' ';
	return 0;
}

void text_clean(struct str *out, const char *s, size_t len, bool keep_newlines)
{
	while (len > 0) {
		size_t n = harmless_run(s, len);
		char space;
		uint32_t cp;

		if (n > 0) {
			str_add_bytes(out, s, n);
		} else if ((space = as_space(s, len, keep_newlines)) != 0) {
			n = s[0] == '\r' ? 2 : 1;
			str_add_char(out, space);
		} else {
			n = text_next(s, len, &cp);
			if (n == 1 && cp == 0xFFFD)
				str_addf(out, "<0x%02X>", (unsigned char)s[0]);
			else
				str_addf(out, "<U+%04X>", (unsigned)cp);
		}
		s += n;
		len -= n;
	}
}

size_t text_grapheme(const char *s, size_t len)
{
	utf8proc_int32_t state = 0;
	uint32_t cp, next;
	size_t at = text_next(s, len, &cp), n;

	while (at < len) {
		n = text_next(s + at, len - at, &next);
		if (text_plain(next) && text_plain(cp))
			return at;
		if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)cp, (utf8proc_int32_t)next,
						     &state))
			return at;
		at += n;
		cp = next;
	}
	return at;
}

uint32_t text_narrow_cp(uint32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		return cp - 0xFF01 + '!';
	return cp == 0x3000 ? ' ' : cp;
}

void text_narrow(struct str *out, const char *s)
{
	size_t len = strlen(s);

	while (len > 0) {
		uint32_t cp, narrow;
		size_t n = text_next(s, len, &cp);

		narrow = text_narrow_cp(cp);
		if (narrow != cp)
			str_add_char(out, (char)narrow);
		else
			str_add_bytes(out, s, n);
		s += n;
		len -= n;
	}
}

/* Appends s with runs of white space (it is folded: only ASCII and U+1680, U+2028, U+2029 are left)
 * as one space. */
static void add_single_spaced(struct str *out, const char *s)
{
	size_t len = strlen(s);
	bool in_space = false;

	while (len > 0) {
		uint32_t cp;
		size_t n = text_next(s, len, &cp);
		bool space = cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 ||
			     cp == 0x1680 || cp == 0x2028 || cp == 0x2029;

		if (!space)
			str_add_bytes(out, s, n);
		else if (!in_space)
			str_add_char(out, ' ');
		in_space = space;
		s += n;
		len -= n;
	}
}

/* Plain characters, and the dash and quotes of Chinese texts: none changes but by text_narrow_cp
 * and lower case. */
static bool folds_plainly(uint32_t cp)
{
	return (text_plain(cp) && cp <= 0xFF5E) || cp == 0x2014 || (cp >= 0x2018 && cp <= 0x201D);
}

/* Folds text that is all plain without utf8proc; false, and nothing appended, when it is not.  What
 * stays as it is is appended in runs. */
static bool fold_plain(struct str *out, const char *s)
{
	size_t len = strlen(s), before = out->len, run = 0, n;
	uint32_t last = 0, cp;

	for (size_t at = 0; at < len; at += n) {
		uint32_t folded;

		n = text_next(s + at, len - at, &cp);
		if (!folds_plainly(cp)) {
			str_cut(out, before);
			return false;
		}
		folded = text_narrow_cp(cp);
		if (folded >= 'A' && folded <= 'Z')
			folded += 'a' - 'A';
		if (folded != cp || (folded == ' ' && last == ' ')) {
			str_add_bytes(out, s + run, at - run);
			if (folded != ' ' || last != ' ')
				str_add_char(out, (char)folded);
			run = at + n;
		}
		last = folded;
	}
	str_add_bytes(out, s + run, len - run);
	return true;
}

void text_fold(struct str *out, const char *s)
{
	const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
					  UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
	utf8proc_uint8_t *folded = NULL;
	struct str clean = STR_INIT;
	utf8proc_ssize_t n;

	if (fold_plain(out, s))
		return;
	if (!text_valid(s, strlen(s))) {
		text_clean(&clean, s, strlen(s), true);
		s = clean.s;
	}
	n = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)strlen(s), &folded,
			 options);
	add_single_spaced(out, n >= 0 ? (const char *)folded : s);
	free(folded);
	str_release(&clean);
}
