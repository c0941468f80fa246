#include <config.h>

#include "zhiban/base/text.h"

#include <string.h>

#include "text_priv.h"
#include "zhiban/base/mem.h"

/* The shortest and the highest code points of each length of a sequence (RFC 3629). */
static size_t sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xC2 && lead <= 0xDF)
		return 2;
	if (lead >= 0xE0 && lead <= 0xEF)
		return 3;
	if (lead >= 0xF0 && lead <= 0xF4)
		return 4;
	return 0; /* continuation, overlong or beyond U+10FFFF */
}

static bool bad_code_point(uint32_t cp, size_t n)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };

	return cp < least[n] || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF);
}

size_t text_next(const char *s, size_t len, uint32_t *ret_cp)
{
	static const unsigned char lead_bits[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	const unsigned char *b = (const unsigned char *)s;
	uint32_t cp;
	size_t n;

	if (len == 0) {
		*ret_cp = 0;
		return 0;
	}
	if (b[0] < 0x80) {
		*ret_cp = b[0];
		return 1;
	}
	*ret_cp = 0xFFFD;
	n = sequence_length(b[0]);
	if (n == 0 || n > len)
		return 1;
	cp = b[0] & lead_bits[n];
	for (size_t i = 1; i < n; i++) {
		if ((b[i] & 0xC0) != 0x80)
			return 1;
		cp = cp << 6 | (b[i] & 0x3F);
	}
	if (bad_code_point(cp, n))
		return 1;
	*ret_cp = cp;
	return n;
}

static bool is_ascii(char c)
{
	return (unsigned char)c - 1u < 0x7F; /* and no NUL */
}

/* Bytes of ASCII other than NUL at the beginning, eight at a time. */
static size_t ascii_run(const char *s, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	size_t at = 0;

	for (; len - at >= sizeof ones; at += sizeof ones) {
		uint64_t eight;

		memcpy(&eight, s + at, sizeof eight);
		if (((eight - ones) | eight) & tops)
			break;
	}
	while (at < len && is_ascii(s[at]))
		at++;
	return at;
}

bool text_valid(const char *s, size_t len)
{
	for (size_t at = ascii_run(s, len); at < len; at += ascii_run(s + at, len - at)) {
		uint32_t cp;
		size_t n = text_next(s + at, len - at, &cp);

		if (cp == 0 || (n == 1 && cp == 0xFFFD))
			return false;
		at += n;
	}
	return true;
}

size_t text_chars(const char *s)
{
	size_t len = strlen(s), chars = 0;

	while (len > 0) {
		uint32_t cp;
		size_t n = is_ascii(*s) ? 1 : text_next(s, len, &cp);

		s += n;
		len -= n;
		chars++;
	}
	return chars;
}

bool text_longer(const char *s, size_t chars)
{
	return strlen(s) > chars && text_chars(s) > chars;
}

/* Sorted; every printable code point that is not in it takes one column.  Code points of no
 * character may lie inside a range: it does not matter what they would take. */
static const struct width_range {
	uint32_t first, last;
	int8_t columns;
} widths[] = {
#define W(from, to, cols) { from, to, cols },
#include "text_widths.def"
#undef W
};

int text_width(uint32_t cp)
{
	size_t low = 0, high = ARRAY_LEN(widths);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (cp > widths[middle].last)
			low = middle + 1;
		else if (cp < widths[middle].first)
			high = middle;
		else
			return widths[middle].columns;
	}
	return 1;
}

int text_cp_columns(uint32_t cp)
{
	int columns;

	if (cp >= 0x20 && cp < 0x7F)
		return 1;
	if (text_plain_wide(cp))
		return 2;
	if (cp == 0)
		return 0;
	columns = text_width(cp);
	return columns < 0 ? 1 : columns;
}

int text_columns_of(const char *s, size_t len)
{
	int columns = 0;

	while (len > 0) {
		uint32_t cp;
		size_t n = text_next(s, len, &cp);

		columns += text_cp_columns(cp);
		s += n;
		len -= n;
	}
	return columns;
}

int text_columns(const char *s)
{
	return text_columns_of(s, strlen(s));
}

static size_t fit(const char *s, size_t len, int columns, int *ret_columns)
{
	size_t at = 0;
	int used = 0;

	while (at < len) {
		size_t n = text_grapheme(s + at, len - at);
		int width = text_columns_of(s + at, n);

		if (width > columns - used)
			break;
		used += width;
		at += n;
	}
	if (ret_columns != NULL)
		*ret_columns = used;
	return at;
}

size_t text_fit(const char *s, int columns, int *ret_columns)
{
	return fit(s, strlen(s), columns, ret_columns);
}

static void add_spaces(struct str *out, int n)
{
	if (n > 0)
		str_add_repeat(out, ' ', (size_t)n);
}

enum { DOTS = 2, DOTTED_LEAST = 4 }; /* narrower than four columns the dots would be all there is */

/* Appends what fits of s, with dots when something is cut; returns the columns used. */
static int add_cut(struct str *out, const char *s, int columns)
{
	size_t len = strlen(s), n;
	int used;

	n = fit(s, len, columns, &used);
	if (n < len && columns >= DOTTED_LEAST) {
		n = fit(s, len, columns - DOTS, &used);
		str_add_bytes(out, s, n);
		str_add(out, "..");
		return used + DOTS;
	}
	str_add_bytes(out, s, n);
	return used;
}

void text_pad(struct str *out, const char *s, int columns)
{
	int used = add_cut(out, s, columns);

	add_spaces(out, columns - used);
}

void text_pad_left(struct str *out, const char *s, int columns)
{
	struct str cut = STR_INIT;
	int used = add_cut(&cut, s, columns);

	add_spaces(out, columns - used);
	str_add_bytes(out, cut.s, cut.len);
	str_release(&cut);
}

/* Where the longest ending begins that takes at most columns; total is the width of all. */
static size_t ending(const char *s, size_t len, int total, int columns)
{
	size_t at = 0;

	while (at < len && total > columns) {
		size_t n = text_grapheme(s + at, len - at);

		total -= text_columns_of(s + at, n);
		at += n;
	}
	return at;
}

/* Two thirds for the beginning, which names the matter; the end tells those with the same
 * beginning apart. */
void text_pad_middle(struct str *out, const char *s, int columns)
{
	size_t len = strlen(s), head, tail;
	int total = text_columns_of(s, len), room = columns - DOTS, used;

	if (total <= columns || columns < DOTTED_LEAST) {
		text_pad(out, s, columns);
		return;
	}
	tail = ending(s, len, total, room / 3);
	room -= text_columns_of(s + tail, len - tail);
	head = fit(s, tail, room, &used);
	str_add_bytes(out, s, head);
	str_add(out, "..");
	str_add_bytes(out, s + tail, len - tail);
	add_spaces(out, room - used);
}
