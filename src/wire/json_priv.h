/* Inside wire/: writing canonical JSON by hand, reading it with jansson.
 *
 * Objects are written member by member in key order; the caller knows the order (tables) or sorts
 * (members_sort).  The bytes equal jansson's JSON_COMPACT | JSON_SORT_KEYS. */
#ifndef WIRE_JSON_PRIV_H
#define WIRE_JSON_PRIV_H

#include <jansson.h>

#include "zhiban/base/str.h"
#include "zhiban/base/uuid.h"
#include "zhiban/domain/effect.h"

enum { JSON_DEPTH = 16 };

/* --- writing --------------------------------------------------------------------------------- */

void json_put_text(struct str *out, const char *s);		   /* "…" */
void json_put_int(struct str *out, int64_t num);
void json_put_uuid(struct str *out, const struct uuid *id);
void json_put_value(struct str *out, struct value value); /* null when not set */
/* ",KEY:" or "{KEY:" for the first member: *first begins true. */
void json_put_key(struct str *out, const char *key, bool *first);
void json_put_end(struct str *out, bool first); /* "}", or "{}" when there was no member */

enum { MEMBERS_MAX = 96 };
struct members { /* fields to be written, sorted by key */
	const struct field *field[MEMBERS_MAX];
	size_t n;
};
/* The fields of a thing that are set, sorted by their JSON key. */
void members_of(struct members *members, const struct field *fields, size_t n, const void *thing);
void children_put(struct str *out, const struct children *children,
		  const struct child_desc *desc); /* [{"id",…}] */
void act_put(struct str *out, const struct act *act);

/* --- reading --------------------------------------------------------------------------------- */

/* Strict: one object, no doubled keys, no text behind it, nested at most JSON_DEPTH deep. */
enum err json_read(const char *bytes, size_t len, json_t **ret_json, struct error *err) MUST_CHECK;

/* A member of an object; ERR_INPUT names the key when it is missing or of another type.  The
 * _opt forms leave the output untouched when the member is missing or null. */
enum err json_get_int(const json_t *json, const char *key, int64_t *ret_num, struct error *err)
	MUST_CHECK;
enum err json_opt_int(const json_t *json, const char *key, int64_t *ret_num, struct error *err)
	MUST_CHECK;
enum err json_get_uuid(const json_t *json, const char *key, struct uuid *ret_id, struct error *err)
	MUST_CHECK;
enum err json_opt_uuid(const json_t *json, const char *key, struct uuid *ret_id, struct error *err)
	MUST_CHECK;
/* Copied into the arena; at most max bytes. */
enum err json_get_text(const json_t *json, const char *key, size_t max, struct arena *arena,
		       const char **ret_text, struct error *err) MUST_CHECK;
enum err json_opt_text(const json_t *json, const char *key, size_t max, struct arena *arena,
		       const char **ret_text, struct error *err) MUST_CHECK;
enum err json_get_object(const json_t *json, const char *key, json_t **ret_object,
			 struct error *err) MUST_CHECK;
/* An array of at most max items. */
enum err json_get_array(const json_t *json, const char *key, size_t max, json_t **ret_array,
			struct error *err) MUST_CHECK;
/* The value of a field: text or integer by the field's type; null empties. */
enum err json_field_value(const json_t *json, const struct field *field, struct arena *arena,
			  struct value *ret_value, struct error *err) MUST_CHECK;
const struct field *json_field(const struct field *fields, size_t n, const char *key); /* by JSON key */

/* Decoders of parts, from a parsed object. */
enum err entity_from(const json_t *json, struct arena *arena, void **ret_entity, struct error *err)
	MUST_CHECK;
enum err act_from(const json_t *json, struct arena *arena, struct act *ret_act, struct error *err)
	MUST_CHECK;
enum err entry_from(const json_t *json, struct arena *arena, struct entry *ret_entry,
		    struct error *err) MUST_CHECK;

#endif
