#include <config.h>

#include "zhiban/domain/place.h"

#include <limits.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"
#include "zhiban/base/text.h"

enum { WHOLE = 10000, BEGUN = 1000 }; /* what kind of fit goes first, whatever its length */

#define F(name_, ...) FIELD_DESC(offsetof(struct place, name_), name_, __VA_ARGS__),
static const struct field fields[] = {
#include "zhiban/domain/place.def"
};
#undef F

const struct field *place_fields(size_t *ret_n)
{
	*ret_n = ARRAY_LEN(fields);
	return fields;
}

void place_fold(struct str *out, const char *words)
{
	struct str folded = STR_INIT;

	text_fold(&folded, words);
	for (const char *s = str_get(&folded); *s != '\0'; s++)
		if (*s != ' ')
			str_add_char(out, *s);
	str_release(&folded);
}

/* --- house numbers ---------------------------------------------------------------------------- */

enum parity { PARITY_ANY, PARITY_ODD, PARITY_EVEN };

struct span {
	int from, to;
	enum parity parity;
};

static const struct {
	const char *word;
	enum parity parity;
} parities[] = {
	{ "", PARITY_ANY },
	{ "odd", PARITY_ODD },
	{ "even", PARITY_EVEN },
};

static const char *read_number(const char *s, int *ret_number)
{
	long number = 0;
	const char *begin = s;

	for (; *s >= '0' && *s <= '9'; s++)
		if (number < 100000)
			number = number * 10 + (*s - '0');
	*ret_number = (int)number;
	return s > begin ? s : NULL;
}

static bool read_span(const char *numbers, struct span *ret_span)
{
	struct span span = { 0, 0, PARITY_ANY };
	const char *s = read_number(numbers, &span.from);

	span.to = span.from;
	if (s != NULL && *s == '-')
		s = read_number(s + 1, &span.to);
	if (s == NULL || span.from < 1 || span.to < span.from)
		return false;
	s += strspn(s, " ");
	for (size_t i = 0; i < ARRAY_LEN(parities); i++) {
		if (strcmp(s, parities[i].word) != 0)
			continue;
		span.parity = parities[i].parity;
		*ret_span = span;
		return true;
	}
	return false;
}

bool place_numbers_valid(const char *numbers)
{
	struct span span;

	return read_span(numbers, &span);
}

bool place_numbers_have(const char *numbers, int number)
{
	struct span span;

	if (!read_span(numbers, &span) || number < span.from || number > span.to)
		return false;
	switch (span.parity) {
	case PARITY_ANY:
		return true;
	case PARITY_ODD:
		return number % 2 == 1;
	case PARITY_EVEN:
		return number % 2 == 0;
	}
	return false;
}

/* --- fitting ---------------------------------------------------------------------------------- */

/* What was typed behind the address may begin with a house number; then the row must have it. */
static bool number_fits(const struct place *place, const char *rest)
{
	int number;

	if (place->numbers == NULL || read_number(rest, &number) == NULL)
		return true;
	return place_numbers_have(place->numbers, number);
}

/* Nothing of it stands in the address: it may be its pinyin, with a house number behind it. */
static int fit_pinyin(const struct place *place, const char *words, const char *typed)
{
	enum { LEAST = 2, KIND = 100, LENGTH_MOST = 90 };
	struct pinyin_typed ready;
	size_t letters = strcspn(typed, "0123456789"), len = strlen(words) / 3;
	struct str street = STR_INIT;
	enum pinyin_fit fit = PINYIN_NOT;

	if (pinyin_type(&ready, typed) && ready.latin && ready.n >= LEAST)
		fit = pinyin_fit(&ready, words);
	if (fit == PINYIN_NOT && letters >= LEAST && typed[letters] != '\0') {
		str_add_bytes(&street, typed, letters);
		if (pinyin_type(&ready, str_get(&street)) && ready.latin)
			fit = pinyin_fit(&ready, words);
		if (fit != PINYIN_WHOLE || !number_fits(place, typed + letters))
			fit = PINYIN_NOT;
		str_release(&street);
	}
	if (fit == PINYIN_NOT)
		return 0;
	return KIND * ((int)fit + 1) - (int)(len < LENGTH_MOST ? len : LENGTH_MOST);
}

static int fit_words(const struct place *place, const char *words, const char *typed)
{
	struct str key = STR_INIT;
	const char *at;
	size_t len;
	int fits = 0;

	place_fold(&key, words);
	len = key.len < WHOLE / 2 ? key.len : WHOLE / 2;
	at = key.len > 0 ? strstr(typed, str_get(&key)) : NULL;
	if (at != NULL && number_fits(place, at + key.len))
		fits = WHOLE + (int)len * 2 + (place->numbers != NULL);
	else if (at == NULL && *typed != '\0' && strstr(str_get(&key), typed) != NULL)
		fits = BEGUN - (int)(len < BEGUN / 2 ? len : BEGUN / 2);
	else if (at == NULL)
		fits = fit_pinyin(place, words, typed);
	str_release(&key);
	return fits;
}

bool place_is_whole(const struct place *place, const char *typed)
{
	return place_fits(place, typed) >= WHOLE;
}

int place_fits(const struct place *place, const char *typed)
{
	int address = place->address != NULL ? fit_words(place, place->address, typed) : 0;
	int name = place->name != NULL ? fit_words(place, place->name, typed) : 0;

	return address > name ? address : name;
}
