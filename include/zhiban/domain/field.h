/* Fields: what an entity consists of, as data.
 *
 * Every field of every entity, child and act argument is declared once in a .def file, which is
 * expanded twice: into the struct, and into a table of these descriptors.  Codecs, SQL columns,
 * forms, filters, CSV and pages loop over the descriptors.
 *
 * Zero and NULL mean "not there": such a field is left out of JSON and is SQL NULL. */
#ifndef ZHIBAN_DOMAIN_FIELD_H
#define ZHIBAN_DOMAIN_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/error.h"
#include "zhiban/base/str.h"

enum field_type {
	FIELD_TEXT,   /* UTF-8 */
	FIELD_INT,
	FIELD_BOOL,   /* 0 or 1 */
	FIELD_TIME,   /* ms since 1970 UTC */
	FIELD_MICRO,  /* millionths: degrees without floating point */
	FIELD_CHOICE, /* 1…n, labels from the rules (urgency, severity) */
	FIELD_CODE,   /* a code of the rules' lists (source, category, step), or outside words kept */
	FIELD_ORG,    /* the code of an organisation, or outside words kept */
	FIELD_PERSON, /* the name of an officer */
};

enum sensitivity { SENS_PUBLIC, SENS_INTERNAL, SENS_PERSONAL };

enum field_flags {
	F_REQUIRED = 1 << 0,
	F_SEARCH = 1 << 1, /* a bare word of a filter looks here */
	F_SORT = 1 << 2,   /* an indexed sort key */
	F_RULE = 1 << 3,   /* only effects of rules set it */
	F_MASK = 1 << 4,   /* shown masked (a phone: first three and last four digits) */
	F_LONG = 1 << 5,   /* many lines */
	F_INTAKE = 1 << 6, /* may be given when registering or importing */
	F_FIX = 1 << 7,	   /* may be corrected afterwards */
	F_REPEAT = 1 << 8, /* an act may carry it several times */
	F_HIDDEN = 1 << 9, /* not on the page: bookkeeping */
};

struct field {
	const char *name;  /* C member, and word in filters and forms */
	const char *json;  /* key on the wire, in list and show */
	const char *sql;   /* column */
	const char *title; /* msgid for people and CSV headers */
	enum field_type type;
	enum sensitivity sensitivity;
	unsigned flags;
	unsigned max;	   /* longest text in characters; 0: 200 */
	size_t offset;	   /* in the struct: const char * for texts, int64_t for the rest */
};

/* A row of a .def file as a descriptor; offset is that of the member in the file's struct, where it
 * has one. */
#define FIELD_DESC(offset_, name_, type_, json_, sql_, title_, max_, sens_, flags_)            \
	{ .name = #name_,                                                                      \
	  .json = json_,                                                                       \
	  .sql = sql_,                                                                         \
	  .title = title_,                                                                     \
	  .type = FIELD_##type_,                                                               \
	  .sensitivity = SENS_##sens_,                                                         \
	  .flags = flags_,                                                                     \
	  .max = max_,                                                                         \
	  .offset = offset_ }

struct value {
	bool is_text;
	int64_t num;	  /* when not text */
	const char *text; /* borrowed; NULL: not there */
};

bool field_is_text(const struct field *field); /* TEXT, CODE, ORG, PERSON: const char * */
unsigned field_max(const struct field *field); /* in characters */
struct value field_get(const struct field *field, const void *thing);
/* Text is copied into the arena. */
void field_set(const struct field *field, void *thing, struct value value, struct arena *arena);
bool value_eq(struct value a, struct value b);
bool value_is_set(struct value value);
const struct field *field_find(const struct field *fields, size_t n, const char *name); /* or NULL */

/* Appends what may be seen of a personal text without a reason given: the first three and last four
 * digits of a number, else the first character and two asterisks.  A mask stays as it is. */
void mask_text(struct str *out, const char *text);
/* What stands in the place of a value that was erased: a mask, and of no value. */
#define MASK_ERASED "\xe2\x88\x85**"
bool mask_is(const char *text); /* it has the form that mask_text gives, and is no value */

/* Words a person typed or an importer read into a value; times are in the jurisdiction's offset.
 * Checks type and length (never cuts): ERR_INPUT names the field and what is allowed. */
enum err field_parse(const struct field *field, const char *words, int offset_min,
		     struct arena *arena, struct value *ret_value, struct error *err) MUST_CHECK;

#endif
