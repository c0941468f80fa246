/* Numbers that are said on the telephone, and the counters they come from. */
#include <config.h>

#include "number_priv.h"
#include "service_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/doc_no.h"
#include "zhiban/domain/meeting.h"

enum {
	DAYS = 100000000, /* more than any day has for a number */
	LETTERS = 4,	  /* bytes that tell kinds of whistles apart */
};

/* Kinds that have one letter, whatever the profile. */
static const struct {
	enum kind kind;
	const char *letter;
} lettered[] = {
	{ KIND_SWAP, "S" },
	{ KIND_HANDOVER, "J" },
	{ KIND_RECORD, "R" },
	{ KIND_MEETING, "M" },
	{ KIND_ITEM, "K" },
	{ KIND_ACTION, "A" },
};

#define DOCS INT64_C(1000000000000000000) /* counters of minutes begin below its negative */

static const char *letter_of(enum kind kind)
{
	for (size_t i = 0; i < ARRAY_LEN(lettered); i++)
		if (lettered[i].kind == kind)
			return lettered[i].letter;
	return NULL;
}

bool number_counted(enum kind kind)
{
	const struct kind_desc *desc = kind_desc(kind);

	return field_find(desc->fields, desc->n_fields, "number") != NULL;
}

/* Incidents count by the day, notices by the negative day; whistles by what stands before it: the
 * bytes of their kind's letters, one to four, as a number.  What has a letter of its own counts as a
 * whistle of that letter would, negative. */
int64_t number_counter(enum kind kind, const char *letter, int64_t day)
{
	const char *own = letter_of(kind);
	int64_t before = 0, counter;

	if (kind == KIND_NOTICE)
		return -day;
	if (own != NULL)
		letter = own;
	else if (kind != KIND_WHISTLE)
		return day;
	for (size_t i = 0; letter != NULL && letter[i] != '\0' && i < LETTERS; i++)
		before = before * 256 + (unsigned char)letter[i];
	counter = before * DAYS + day;
	return own != NULL ? -counter : counter;
}

bool number_parse(enum kind kind, const char *number, int64_t *ret_counter, int64_t *ret_serial)
{
	long long date, serial;
	char day[9], letter[16];
	size_t len;

	if (strlen(number) < 10 || number[8] != '-')
		return false;
	memcpy(day, number, 8);
	day[8] = '\0';
	len = strcspn(number + 9, "0123456789");
	if (len >= sizeof letter || (kind == KIND_INCIDENT) != (len == 0))
		return false;
	memcpy(letter, number + 9, len);
	letter[len] = '\0';
	if (letter_of(kind) != NULL && strcmp(letter, letter_of(kind)) != 0)
		return false;
	number += 9 + len;
	if (!str_int(day, 10000101, 99991231, &date) ||
	    !str_int(number + strspn(number, "0"), 1, INT32_MAX, &serial))
		return false;
	*ret_counter = number_counter(kind, letter,
				      civil_day((int)(date / 10000), (int)(date / 100 % 100),
						(int)(date % 100)));
	*ret_serial = serial;
	return true;
}

const char *number_of(const void *entity)
{
	const struct kind_desc *kind = kind_desc(((const struct entity *)entity)->kind);
	const struct field *field = field_find(kind->fields, kind->n_fields, "number");

	return field != NULL ? field_get(field, entity).text : NULL;
}

const char *number_given(const struct decision *decision, const struct uuid *id)
{
	for (size_t i = 0; i < decision->n_effects; i++) {
		const struct effect *effect = &decision->effects[i];

		for (size_t k = 0; uuid_eq(&effect->id, id) && k < effect->n_changes; k++)
			if (strcmp(effect->changes[k].field->name, "number") == 0)
				return effect->changes[k].value.text;
	}
	return NULL;
}

/* --- minutes --------------------------------------------------------------------------------- */

static const char *doc_word(const struct rules *rules, const struct meeting *meeting)
{
	const struct meeting_series *series = rules_series(rules, meeting->series);

	return series != NULL ? series->doc : NULL;
}

/* Beyond what the letters of a kind can make, negative: a hash of what it is counted by. */
int64_t doc_counter(const struct rules *rules, const void *meeting, int64_t at)
{
	const struct meeting *one = meeting;
	uint8_t hash[SHA256_LEN];
	struct str words = STR_INIT;
	uint64_t n = 0;

	str_addf(&words, "minutes\n%s\n%s\n%d", one->org != NULL ? one->org : "-",
		 doc_word(rules, one), doc_no_year(at, rules->offset_min));
	sha256(str_get(&words), words.len, hash);
	str_release(&words);
	for (size_t i = 0; i < 7; i++)
		n = n << 8 | hash[i];
	return -(DOCS + (int64_t)n);
}

int64_t doc_given(const struct rules *rules, const void *meeting, int64_t at)
{
	const struct meeting *one = meeting;

	return doc_no_serial(one->doc_no, doc_word(rules, one),
			     doc_no_year(at, rules->offset_min));
}

enum err doc_next(struct writer *writer, const struct act *act, const void *meeting, int64_t at,
		  int64_t *ret_counter, int64_t *ret_serial, struct error *err)
{
	const struct rules *rules = &writer->book->profile->rules;
	int64_t last = 0, counter;
	enum err code;

	if (meeting == NULL || act->target.kind != KIND_MEETING ||
	    strcmp(act->desc->verb, "issue") != 0 || doc_word(rules, meeting) == NULL)
		return ERR_OK;
	counter = doc_counter(rules, meeting, at);
	code = writer->service->db->serial_get(writer->db, counter, &last, err);
	if (code != ERR_OK)
		return code;
	*ret_counter = counter;
	*ret_serial = last + 1;
	return ERR_OK;
}

enum err doc_keep(struct writer *writer, const void *meeting, int64_t at, int64_t counter,
		  int64_t next, struct error *err)
{
	int64_t serial = doc_given(&writer->book->profile->rules, meeting, at);

	return serial < next ? ERR_OK
			     : writer->service->db->serial_put(writer->db, counter, serial, err);
}
