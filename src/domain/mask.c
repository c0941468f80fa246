#include <config.h>

#include <ctype.h>
#include <string.h>

#include "zhiban/base/text.h"
#include "zhiban/domain/field.h"

void mask_text(struct str *out, const char *text)
{
	enum { HEAD = 3, TAIL = 4, NUMBER_LEAST = HEAD + TAIL };
	size_t len = strlen(text), digits = 0;

	for (size_t i = 0; i < len; i++)
		digits += isdigit((unsigned char)text[i]) != 0;
	/* A nickname may hold digits; a number is mostly digits and does not begin with a letter. */
	if (digits >= NUMBER_LEAST && digits * 2 > len && !isalpha((unsigned char)*text))
		str_addf(out, "%.*s****%s", HEAD, text, text + len - TAIL);
	else
		str_addf(out, "%.*s**", (int)text_grapheme(text, len), text);
}
