#include <config.h>

#include "zhiban/domain/doc_no.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

const char *doc_no(const char *word, int year, int64_t serial, struct arena *arena)
{
	return arena_printf(arena, "%s\xE3\x80\x94%d\xE3\x80\x95%lld\xE5\x8F\xB7", word, year,
			    (long long)serial);
}

static const char *after(const char *at, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strncmp(at, words[i], strlen(words[i])) == 0)
			return at + strlen(words[i]);
	return NULL;
}

/* Brackets as people type them: those of the standard first. */
static const char *const opening[] = { "\xE3\x80\x94", "\xE3\x80\x90", "\xEF\xBC\x88", "[", "(" };
static const char *const closing[] = { "\xE3\x80\x95", "\xE3\x80\x91", "\xEF\xBC\x89", "]", ")" };
static const char *const nth[] = { "\xE7\xAC\xAC", "" };

int64_t doc_no_serial(const char *number, const char *word, int year)
{
	const char *at = number, *end;
	long long found, serial;
	char digits[12];

	if (number == NULL || word == NULL || strncmp(at, word, strlen(word)) != 0)
		return 0;
	at = after(at + strlen(word), opening, ARRAY_LEN(opening));
	end = at != NULL ? at + strspn(at, "0123456789") : NULL;
	if (end == NULL || end - at != 4)
		return 0;
	memcpy(digits, at, 4);
	digits[4] = '\0';
	if (!str_int(digits, 1, 9999, &found) || found != year)
		return 0;
	at = after(end, closing, ARRAY_LEN(closing));
	at = at != NULL ? after(at, nth, ARRAY_LEN(nth)) : NULL;
	end = at != NULL ? at + strspn(at, "0123456789") : NULL;
	if (end == NULL || end == at || end - at > 9 || strcmp(end, "\xE5\x8F\xB7") != 0)
		return 0;
	memcpy(digits, at, (size_t)(end - at));
	digits[end - at] = '\0';
	at = digits + strspn(digits, "0");
	return str_int(at, 1, INT32_MAX, &serial) ? serial : 0;
}

int doc_no_year(int64_t at, int offset_min)
{
	struct civil civil;

	civil_of_ms(at, offset_min, &civil);
	return civil.year;
}
