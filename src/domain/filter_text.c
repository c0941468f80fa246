/* Looking for a folded word in unfolded text, a million times. */
#include <config.h>

#include <string.h>

#include "filter_priv.h"
#include "zhiban/base/text.h"

enum { FOLD_BUF = 2048 };

/* A three-byte character that folding leaves alone: Chinese, kana, Chinese punctuation, and the
 * general punctuation of Chinese text.  Anything that may fold to something else says no. */
static bool stays(const unsigned char *s)
{
	if (s[0] >= 0xE5 && s[0] <= 0xE9)
		return true;
	switch (s[0]) {
	case 0xE2: /* dashes and quotation marks */
		return s[1] == 0x80 && (s[2] == 0x94 || (s[2] >= 0x98 && s[2] <= 0x9D));
	case 0xE3:
		/* U+3001 to U+3029; hiragana and katakana but for the sound marks; extension A */
		if (s[1] == 0x80)
			return s[2] >= 0x81 && s[2] <= 0xA9;
		if (s[1] == 0x81 || s[1] == 0x83)
			return s[2] != 0xBF;
		return (s[1] == 0x82 && s[2] <= 0x98) || s[1] >= 0x90;
	case 0xE4: /* extension A ends, the main block begins; the hexagrams between stay too */
		return true;
	default:
		return false;
	}
}

static bool continues(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/* The ASCII of a full-width form or the ideographic space at s; 0 when it is neither. */
static char narrow_of(const unsigned char *s)
{
	if (s[0] == 0xE3 && s[1] == 0x80 && s[2] == 0x80)
		return ' ';
	if (s[0] == 0xEF && s[1] == 0xBC && s[2] >= 0x81 && s[2] <= 0xBF)
		return (char)(s[2] - 0x81 + '!');
	if (s[0] == 0xEF && s[1] == 0xBD && s[2] >= 0x80 && s[2] <= 0x9E)
		return (char)(s[2] - 0x80 + '`');
	return '\0';
}

/* Folds plain text into a buffer; false when it is too long or not plain. */
static bool fold_quick(const char *text, char buf[FOLD_BUF])
{
	const unsigned char *s = (const unsigned char *)text;
	size_t n = 0;
	bool in_space = false;

	while (*s != '\0') {
		char c = '\0';
		if (n + 4 > FOLD_BUF)
			return false;
		if (*s < 0x80) {
			if (*s < ' ' || *s == 0x7F)
				return false;
			c = (char)*s++;
		} else {
			if (!continues(s[1]) || !continues(s[2]))
				return false;
			c = narrow_of(s);
			if (c == '\0' && !stays(s))
				return false;
			if (c == '\0') {
				memcpy(buf + n, s, 3);
				n += 3;
				in_space = false;
			}
			s += 3;
		}
		if (c == '\0' || (c == ' ' && in_space))
			continue;
		in_space = c == ' ';
		buf[n++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	buf[n] = '\0';
	return true;
}

static enum folded_fit find(const char *folded, const char *needle)
{
	const char *at = strstr(folded, needle);

	if (at == NULL)
		return FOLDED_NOT;
	return at == folded && at[strlen(needle)] == '\0' ? FOLDED_SAME : FOLDED_PART;
}

enum folded_fit folded_find(const char *haystack, const char *needle)
{
	struct str folded = STR_INIT;
	char buf[FOLD_BUF];
	enum folded_fit found;

	if (haystack == NULL)
		return FOLDED_NOT;
	if (fold_quick(haystack, buf))
		return find(buf, needle);
	text_fold(&folded, haystack);
	found = find(str_get(&folded), needle);
	str_release(&folded);
	return found;
}

bool folded_contains(const char *haystack, const char *needle)
{
	return folded_find(haystack, needle) != FOLDED_NOT;
}
