#include <config.h>

#include "zhiban/base/text.h"

#include <string.h>

#include "text_priv.h"
#include "zhiban/base/mem.h"

/* Marks that end what stands before them: no line begins with one (GB/T 15834, CLREQ). */
static const uint32_t closing[] = {
	'!',	')',	',',	'.',	':',	';',	'?',	']',	'}',	'%',
	0x00B7, 0x2019, 0x201D, 0x2026, 0x2030, 0x3001, 0x3002, 0x3009, 0x300B, 0x300D,
	0x300F, 0x3011, 0x3015, 0x3017, 0xFF01, 0xFF05, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A,
	0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D, 0xFF5E,
};

/* Marks that begin what stands behind them: no line ends with one. */
static const uint32_t opening[] = {
	'(',	'[',	'{',	0x2018, 0x201C, 0x3008, 0x300A, 0x300C,
	0x300E, 0x3010, 0x3014, 0x3016, 0xFF08, 0xFF3B, 0xFF5B,
};

static bool among(uint32_t cp, const uint32_t *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == cp)
			return true;
	return false;
}

static bool may_break(uint32_t before, uint32_t after)
{
	if (after == ' ')
		return false; /* it hangs on the line it ends */
	if (before == ' ')
		return true;
	if (among(after, closing, ARRAY_LEN(closing)) || among(before, opening, ARRAY_LEN(opening)))
		return false;
	return text_cp_columns(before) == 2 || text_cp_columns(after) == 2;
}

/* The line is s[0, end): spaces at its end and the newline behind it are swallowed. */
static size_t end_line(const char *s, size_t end, size_t *ret_skip)
{
	size_t next = end;

	while (s[next] == ' ')
		next++;
	if (s[next] == '\n')
		next++;
	while (end > 0 && s[end - 1] == ' ')
		end--;
	*ret_skip = next - end;
	return end;
}

size_t text_wrap(const char *s, int columns, size_t *ret_skip)
{
	size_t len = strlen(s), at = 0, last_break = 0;
	bool words = false; /* something else than spaces stands before at */
	uint32_t before = 0, cp;
	int used = 0;

	while (at < len && s[at] != '\n') {
		size_t n = text_grapheme(s + at, len - at);
		int width = text_columns_of(s + at, n);

		text_next(s + at, n, &cp);
		if (words && may_break(before, cp))
			last_break = at;
		if (at > 0 && width > columns - used) {
			if (cp == ' ' && words)
				last_break = at;
			return end_line(s, last_break > 0 ? last_break : at, ret_skip);
		}
		words |= cp != ' ';
		used += width;
		at += n;
		before = cp;
	}
	*ret_skip = at < len;
	return at;
}
