#include <config.h>

#include "zhiban/wire/xml_out.h"

#include <string.h>

#include "zhiban/base/text.h"

void xml_begin(struct str *out)
{
	str_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

void xml_open(struct str *out, const char *name)
{
	str_addf(out, "<%s>", name);
}

void xml_close(struct str *out, const char *name)
{
	str_addf(out, "</%s>", name);
}

/* Char of XML 1.0, 2.2. */
static bool has_place(uint32_t cp)
{
	return cp == '\t' || cp == '\n' || cp == '\r' || (cp >= 0x20 && cp < 0x7f) ||
	       (cp >= 0xa0 && cp < 0xfffe) || (cp >= 0x10000 && (cp & 0xfffe) != 0xfffe);
}

static const char *entity_of(uint32_t cp)
{
	switch (cp) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\r': /* a reader would make a newline of it */
		return "&#13;";
	default:
		return NULL;
	}
}

void xml_text(struct str *out, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		uint32_t cp;
		size_t n = text_next(text, left, &cp);
		const char *entity = entity_of(cp);

		if (entity != NULL)
			str_add(out, entity);
		else if (has_place(cp) && !(cp == 0xfffd && n == 1))
			str_add_bytes(out, text, n);
		else
			str_add(out, "\xEF\xBF\xBD");
		text += n;
		left -= n;
	}
}

void xml_element(struct str *out, const char *name, const char *text)
{
	if (text == NULL || *text == '\0') {
		str_addf(out, "<%s/>", name);
		return;
	}
	xml_open(out, name);
	xml_text(out, text);
	xml_close(out, name);
}
