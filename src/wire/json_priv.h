/* Inside wire/: writing canonical JSON, and reading JSON.
 *
 * Objects are written member by member in key order; the caller knows the order (tables) or sorts
 * (members_of).  The bytes equal jansson's JSON_COMPACT | JSON_SORT_KEYS. */
#ifndef WIRE_JSON_PRIV_H
#define WIRE_JSON_PRIV_H

#include "zhiban/base/str.h"
#include "zhiban/base/uuid.h"
#include "zhiban/domain/effect.h"

/* --- writing ------------------------------------------------------------------------------ */

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

/* --- reading ------------------------------------------------------------------------------ */

enum { JSON_DEPTH = 16, JSON_MEMBERS = 512, JSON_NODES = 1500000 };
enum tree_type { TREE_NULL, TREE_TRUE, TREE_FALSE, TREE_INT, TREE_REAL, TREE_TEXT, TREE_LIST,
		 TREE_OBJECT };

struct json { /* a value; borrows from the source text */
	const char *key; /* of a member; no NUL behind it */
	struct json *next;
	uint32_t key_len;
	uint8_t type; /* enum tree_type */
	bool escaped; /* TEXT */
	union {
		const char *text; /* TEXT: as in the source, with its escapes */
		int64_t num;	  /* INT */
		struct json *first; /* LIST, OBJECT */
	};
	union {
		size_t len; /* TEXT: bytes in the source */
		size_t n;   /* LIST, OBJECT */
	};
	const char *raw; /* numbers, LIST, OBJECT: as in the source */
	size_t raw_len;
};

struct json_doc {
	struct arena arena;
	const struct json *root;
};

#define json_each(item, parent)                                                                \
	for (const struct json *item = (parent)->first; item; item = item->next)

/* Strict: one object, no doubled keys, no text behind it, well-formed UTF-8 without NUL.  On
 * success the document is to be released; the source must stay until then. */
enum err json_read(const char *bytes, size_t len, struct json_doc *ret_doc, struct error *err)
	MUST_CHECK;
void json_release(struct json_doc *doc);
static inline bool json_is(const struct json *json, enum tree_type type)
{
	return json && json->type == type;
}
const struct json *json_member(const struct json *object, const char *key); /* or NULL */
/* A text copied into the arena; NULL when it is none. */
const char *json_text_in(const struct json *json, struct arena *arena);
/* Of the bytes of one value, with its quotes; NULL when they are no text. */
const char *json_text_of(const char *s, size_t len, struct arena *arena);

/* A member of an object; ERR_INPUT names the key when it is missing or of another type.  The
 * _opt forms leave the output untouched when the member is missing or null. */
enum err json_get_int(const struct json *json, const char *key, int64_t *ret_num, struct error *err)
	MUST_CHECK;
enum err json_opt_int(const struct json *json, const char *key, int64_t *ret_num, struct error *err)
	MUST_CHECK;
bool json_uuid(const struct json *json, struct uuid *ret_id); /* false: is none */
enum err json_get_uuid(const struct json *json, const char *key, struct uuid *ret_id,
		       struct error *err) MUST_CHECK;
enum err json_opt_uuid(const struct json *json, const char *key, struct uuid *ret_id,
		       struct error *err) MUST_CHECK;
/* Copied into the arena; at most max bytes. */
enum err json_get_text(const struct json *json, const char *key, size_t max, struct arena *arena,
		       const char **ret_text, struct error *err) MUST_CHECK;
enum err json_opt_text(const struct json *json, const char *key, size_t max, struct arena *arena,
		       const char **ret_text, struct error *err) MUST_CHECK;
enum err json_get_object(const struct json *json, const char *key, const struct json **ret_object,
			 struct error *err) MUST_CHECK;
/* An array of at most max items. */
enum err json_get_array(const struct json *json, const char *key, size_t max,
			const struct json **ret_array, struct error *err) MUST_CHECK;
/* The kind a member names. */
enum err json_get_kind(const struct json *json, const char *key, enum kind *ret_kind,
		       struct error *err) MUST_CHECK;
/* Whether the member "kind" is a word, but one of a newer program. */
bool json_new_kind(const struct json *json);
/* The value of a field: text or integer by the field's type; null empties. */
enum err json_field_value(const struct json *json, const struct field *field, struct arena *arena,
			  struct value *ret_value, struct error *err) MUST_CHECK;
/* The field of a member, by its JSON key, or NULL. */
const struct field *json_field(const struct field *fields, size_t n, const struct json *member);

/* Decoders of parts, from a parsed object. */
enum err entity_from(const struct json *json, struct arena *arena, void **ret_entity,
		     struct error *err) MUST_CHECK;
enum err act_from(const struct json *json, struct arena *arena, struct act *ret_act,
		  struct error *err) MUST_CHECK;
/* The act of an entry: what a newer program put into it is passed over. */
enum err act_of_entry(const struct json *json, struct arena *arena, struct act *ret_act,
		      struct error *err) MUST_CHECK;
enum err entry_from(const struct json *json, struct arena *arena, struct entry *ret_entry,
		    struct error *err) MUST_CHECK;

#endif
