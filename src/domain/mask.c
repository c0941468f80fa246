#include <config.h>

#include <ctype.h>
#include <string.h>

#include "zhiban/base/text.h"
#include "zhiban/domain/field.h"

enum { HEAD = 3, TAIL = 4, NUMBER_LEAST = HEAD + TAIL };
static const char stars[] = "****", name_stars[] = "**";

static bool is_inside(char c) /* of a UTF-8 character, not its first byte */
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

bool mask_is(const char *text)
{
	size_t len = strlen(text), ends = strlen(name_stars);

	for (size_t at = 0; at <= HEAD && at <= len; at++)
		if (str_starts(text + at, stars) && len - at - strlen(stars) <= TAIL)
			return true;
	return len > ends && strcmp(text + len - ends, name_stars) == 0 &&
	       text_grapheme(text, len) == len - ends;
}

void mask_text(struct str *out, const char *text)
{
	size_t len = strlen(text), digits = 0, head = HEAD, tail = TAIL;

	if (mask_is(text)) {
		str_add(out, text);
		return;
	}
	for (size_t i = 0; i < len; i++)
		digits += isdigit((unsigned char)text[i]) != 0;
	/* A nickname may hold digits; a number is mostly digits and does not begin with a
	 * letter. */
	if (digits >= NUMBER_LEAST && digits * 2 > len && !isalpha((unsigned char)*text)) {
		while (is_inside(text[head]))
			head--;
		while (is_inside(text[len - tail]))
			tail--;
		str_add_bytes(out, text, head);
		str_addf(out, "%s%s", stars, text + len - tail);
	} else {
		str_add_bytes(out, text, text_grapheme(text, len));
		str_add(out, name_stars);
	}
}
