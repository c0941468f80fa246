#include <config.h>

#include "zhiban/domain/field.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/base/text.h"

enum { TEXT_CHARS = 200, MICRO_DIGITS = 6, MICRO_DEGREES = 180 };

bool field_is_text(const struct field *field)
{
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_CODE:
	case FIELD_ORG:
	case FIELD_PERSON:
		return true;
	case FIELD_INT:
	case FIELD_BOOL:
	case FIELD_TIME:
	case FIELD_MICRO:
	case FIELD_CHOICE:
		return false;
	}
	return false;
}

unsigned field_max(const struct field *field)
{
	return field->max != 0 ? field->max : TEXT_CHARS;
}

struct value field_get(const struct field *field, const void *thing)
{
	const char *at = (const char *)thing + field->offset;
	struct value value = { .is_text = field_is_text(field) };

	if (value.is_text)
		memcpy(&value.text, at, sizeof value.text);
	else
		memcpy(&value.num, at, sizeof value.num);
	return value;
}

void field_set(const struct field *field, void *thing, struct value value, struct arena *arena)
{
	char *at = (char *)thing + field->offset;

	if (field_is_text(field)) {
		const char *text = value_is_set(value) ? arena_strdup(arena, value.text) : NULL;
		memcpy(at, &text, sizeof text);
	} else {
		int64_t num = value.is_text ? 0 : value.num;
		memcpy(at, &num, sizeof num);
	}
}

bool value_is_set(struct value value)
{
	if (value.is_text)
		return value.text != NULL && *value.text != '\0';
	return value.num != 0;
}

bool value_eq(struct value a, struct value b)
{
	if (!value_is_set(a) || !value_is_set(b))
		return value_is_set(a) == value_is_set(b);
	if (a.is_text != b.is_text)
		return false;
	return a.is_text ? strcmp(a.text, b.text) == 0 : a.num == b.num;
}

const struct field *field_find(const struct field *fields, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (*fields[i].name == *name && strcmp(fields[i].name, name) == 0)
			return &fields[i];
	return NULL;
}

static enum err parse_text(const struct field *field, const char *words, struct arena *arena,
			   struct value *ret_value, struct error *err)
{
	size_t len = strlen(words);

	if (!text_valid(words, len))
		return error_set(err, ERR_INPUT, _("%s: the text is not UTF-8"), _(field->title));
	if (text_longer(words, field_max(field)))
		return error_set(err, ERR_INPUT, _("%s: %zu characters are too many, at most %u"),
				 _(field->title), text_chars(words), field_max(field));
	*ret_value = (struct value){ .is_text = true,
				     .text = len > 0 ? arena_strndup(arena, words, len) : NULL };
	return ERR_OK;
}

static enum err parse_whole(const struct field *field, const char *words, long long min,
			    long long max, struct value *ret_value, struct error *err)
{
	long long num;

	if (!str_int(words, min, max, &num))
		return error_set(err, ERR_INPUT,
				 _("%s: \"%.60s\" is not a whole number from %lld to %lld"),
				 _(field->title), words, min, max);
	*ret_value = (struct value){ .num = num };
	return ERR_OK;
}

static enum err parse_bool(const struct field *field, const char *words, struct value *ret_value,
			   struct error *err)
{
	static const struct {
		const char *word;
		int64_t num;
	} known[] = { { "yes", 1 }, { "no", 0 }, { "1", 1 },  { "true", 1 },
		      { "on", 1 },  { "0", 0 },	 { "false", 0 }, { "off", 0 } };

	/* Tables of thousands of lines say it in English: the translations are looked up last. */
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strcmp(words, known[i].word) == 0) {
			*ret_value = (struct value){ .num = known[i].num };
			return ERR_OK;
		}
	if (strcmp(words, _("yes")) == 0 || strcmp(words, _("no")) == 0) {
		*ret_value = (struct value){ .num = strcmp(words, _("yes")) == 0 };
		return ERR_OK;
	}
	return error_set(err, ERR_INPUT, _("%s: \"%.60s\" is neither yes nor no"), _(field->title),
			 words);
}

/* "31.7719" to millionths; digits beyond the sixth are dropped (a tenth of a metre). */
static bool micro_of(const char *s, int64_t *ret_micro)
{
	bool negative = *s == '-';
	int64_t whole = 0, part = 0;
	int digits = 0;

	if (*s == '-' || *s == '+')
		s++;
	if (*s < '0' || *s > '9')
		return false;
	for (; *s >= '0' && *s <= '9'; s++) {
		whole = whole * 10 + (*s - '0');
		if (whole > MICRO_DEGREES)
			return false;
	}
	if (*s == '.')
		for (s++; *s >= '0' && *s <= '9'; s++, digits++)
			if (digits < MICRO_DIGITS)
				part = part * 10 + (*s - '0');
	if (*s != '\0')
		return false;
	for (; digits < MICRO_DIGITS; digits++)
		part *= 10;
	whole = whole * 1000000 + part;
	if (whole > MICRO_DEGREES * INT64_C(1000000))
		return false;
	*ret_micro = negative ? -whole : whole;
	return true;
}

static enum err parse_micro(const struct field *field, const char *words, struct value *ret_value,
			    struct error *err)
{
	int64_t micro;

	if (!micro_of(words, &micro))
		return error_set(err, ERR_INPUT,
				 _("%s: \"%.60s\" is not a number of degrees such as 31.7719"),
				 _(field->title), words);
	*ret_value = (struct value){ .num = micro };
	return ERR_OK;
}

static enum err parse_time(const struct field *field, const char *words, int offset_min,
			   struct value *ret_value, struct error *err)
{
	int64_t ms;
	enum err code = civil_parse(words, offset_min, &ms, err);

	if (code != ERR_OK) {
		error_prefix(err, "%s", _(field->title));
		return code;
	}
	*ret_value = (struct value){ .num = ms };
	return ERR_OK;
}

enum err field_parse(const struct field *field, const char *words, int offset_min,
		     struct arena *arena, struct value *ret_value, struct error *err)
{
	if (!field_is_text(field) && *words == '\0') { /* an emptied field */
		*ret_value = (struct value){ .num = 0 };
		return ERR_OK;
	}
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_CODE:
	case FIELD_ORG:
	case FIELD_PERSON:
		return parse_text(field, words, arena, ret_value, err);
	case FIELD_INT:
		return parse_whole(field, words, 0, INT32_MAX, ret_value, err);
	case FIELD_CHOICE:
		return parse_whole(field, words, 1, field->max, ret_value, err);
	case FIELD_BOOL:
		return parse_bool(field, words, ret_value, err);
	case FIELD_MICRO:
		return parse_micro(field, words, ret_value, err);
	case FIELD_TIME:
		return parse_time(field, words, offset_min, ret_value, err);
	}
	return error_set(err, ERR_INPUT, _("%s cannot be given in words"), _(field->title));
}
