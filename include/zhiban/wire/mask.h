/* Personal values (SENS_PERSONAL: who reported, from which phone) masked in bytes that are passed
 * on without being decoded.
 *
 * All take canonical bytes as the encoders of this layer write them, look at each byte once, and
 * append bytes as canonical: what comes out is what decoding, mask_text on each personal value and
 * encoding would give.  Bytes of another shape are ERR_CORRUPT, and nothing is appended: what
 * cannot be read is not passed on. */
#ifndef ZHIBAN_WIRE_MASK_H
#define ZHIBAN_WIRE_MASK_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/str.h"

enum { MASK_VALUES = 8 }; /* personal fields of one kind, at most */

struct mask_facts { /* of an entity: what its personal values are, and who may hold them */
	const char *id; /* in the arena */
	bool open;
	const char *holder, *origin; /* in the arena; NULL: none */
	const char *parts; /* in the source: its shares, for mask_shares */
	size_t parts_len;
	struct {
		const char *key, *value; /* in the source, without and with quotes */
		size_t key_len, len;
	} values[MASK_VALUES]; /* by key */
	size_t n;
};
enum err mask_facts(const char *entity, size_t len, struct arena *arena,
		    struct mask_facts *ret_facts, struct error *err) MUST_CHECK;
enum err mask_entity(const char *entity, size_t len, const struct mask_facts *facts,
		     struct str *out, struct error *err) MUST_CHECK;

bool mask_shares(const struct mask_facts *facts, const char *org); /* it has a live share */

/* Of an entity that an entry changes: what it is at present, and whether the reader may hold its
 * personal values.  id: the characters of its id. */
struct mask_present {
	struct mask_facts facts; /* its source stays until the entry is masked */
	bool clear;
};
typedef enum err (*mask_find_fn)(void *ctx, const char *id, struct mask_present *ret_present,
				 struct error *err);
/* The clear value that a stored text stands for (itself, or by a reference): *ret_value, NULL when it
 * was erased.  id, key: of which entity, and which of its fields. */
typedef enum err (*mask_value_fn)(void *ctx, const char *id, const char *key, const char *text,
				  const char **ret_value, struct error *err);
struct mask_reader {
	mask_find_fn find;
	mask_value_fn value; /* NULL: texts stand for themselves */
	void *ctx;	     /* of both */
	bool shares;	     /* the right also hangs on shares */
};
/* The entity as a reader gets it: its personal values looked up, then clear or masked; what was
 * erased is MASK_ERASED. */
enum err mask_entity_for(const char *entity, size_t len, const struct mask_facts *facts,
			 const struct mask_reader *reader, bool clear, struct str *out,
			 struct error *err) MUST_CHECK;

/* An entry for one reader.  Personal arguments of the act are masked for everybody.  In effects
 * they are masked unless the reader may hold them.  Where an effect sets what that right hangs on
 * (holder, open, shares), it also sets the entity's personal values as they are at present, masked
 * or not: so the reader's copy follows the right.  find is called only where it matters. */
enum err mask_entry(const char *entry, size_t len, mask_find_fn find, void *ctx, struct str *out,
		    struct error *err) MUST_CHECK;

enum err mask_entry_for(const char *entry, size_t len, const struct mask_reader *reader,
			struct str *out, struct error *err) MUST_CHECK;

/* The "state" of an answer to an act; *ret_len 0: it has none. */
enum err mask_answer_state(const char *answer, size_t len, const char **ret_state, size_t *ret_len,
			   struct error *err) MUST_CHECK;
/* Appends the answer without its "state"; false, and nothing, when it has none. */
bool mask_answer_cut(const char *answer, size_t len, struct str *out);

#endif
