#include <config.h>

#include "zhiban/base/error.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"

static const struct {
	const char *name, *sentence;
	int http;
} codes[] = {
#define E(code, status, words) [ERR_##code] = { #code, words, status },
#include "zhiban/base/err.def"
#undef E
};

/* Cuts a partial UTF-8 character off the end of text that vsnprintf cut. */
static void cut_at_character(char *text, size_t size)
{
	size_t len = strlen(text);

	if (len + 1 < size)
		return;
	while (len > 0 && ((unsigned char)text[len - 1] & 0xC0) == 0x80)
		len--;
	if (len > 0 && (unsigned char)text[len - 1] >= 0xC0)
		len--;
	text[len] = '\0';
}

enum err error_set(struct error *err, enum err code, const char *fmt, ...)
{
	va_list ap;

	if (err == NULL)
		return code;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof err->text, fmt, ap);
	va_end(ap);
	cut_at_character(err->text, sizeof err->text);
	err->code = code;
	return code;
}

enum err error_errno(struct error *err, enum err code, int errnum, const char *fmt, ...)
{
	char words[700], reason[200];
	va_list ap;

	if (err == NULL)
		return code;
	va_start(ap, fmt);
	vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	cut_at_character(words, sizeof words);
	return error_set(err, code, "%s: %s", words, strerror_r(errnum, reason, sizeof reason));
}

enum err error_prefix(struct error *err, const char *fmt, ...)
{
	char words[sizeof err->text], old[sizeof err->text];
	va_list ap;

	if (err == NULL)
		return ERR_OK;
	va_start(ap, fmt);
	vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	cut_at_character(words, sizeof words);
	memcpy(old, err->text, sizeof old);
	return error_set(err, err->code, "%s: %s", words, old);
}

const char *err_sentence(enum err code)
{
	return codes[code].sentence;
}

int err_http(enum err code)
{
	return codes[code].http;
}

const char *err_name(enum err code)
{
	return codes[code].name;
}

enum err err_from_name(const char *name)
{
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (strcmp(codes[i].name, name) == 0)
			return (enum err)i;
	return ERR_INPUT;
}
