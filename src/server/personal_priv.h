/* Personal values apart from the journal (personal.c).
 *
 * The journal, the states of entities and answers hold a reference where a personal value stands:
 * "~ID~HASH", of at most 30 characters: the row's id in hex, and the beginning of a hash over
 * entity, field and value that is keyed with the row's salt.  Whoever decides or reads sees what it
 * stands for.  Without the row it stands for nothing: the value was erased.  Data from before hold
 * values as they are, and a text that is no reference stands for itself. */
#ifndef ZHIBAN_SERVER_PERSONAL_PRIV_H
#define ZHIBAN_SERVER_PERSONAL_PRIV_H

#include "zhiban/domain/decide.h"
#include "zhiban/server/db.h"
#include "zhiban/wire/mask.h"

enum { REF_TEXT = 31 }; /* with NUL */

bool ref_parse(const char *text, int64_t *ret_id);
void ref_make(const struct db_personal *row, const struct uuid *entity, char text[REF_TEXT]);

/* Looks values up; those of one entry are read together. */
struct lookup {
	const struct db_ops *ops;
	struct db *db;
	struct arena *arena; /* of what is found */
	int64_t block;	     /* whose rows are here; 0: none */
	struct lookup_row {
		struct lookup_row *next;
		struct db_personal row;
	} *rows;
};
/* *ret_value NULL: it was erased. */
enum err lookup_text(struct lookup *lookup, const struct uuid *entity, const char *field,
		     const char *text, const char **ret_value, struct error *err) MUST_CHECK;

/* The personal texts of an entity as they are stored, by the order of their fields. */
struct stored {
	const char *text[MASK_VALUES];
};
/* Puts clear values into the entity; what stood there comes back in ret_stored (may be NULL).  What
 * was erased is empty. */
enum err personal_show(struct lookup *lookup, void *entity, struct stored *ret_stored,
		       struct error *err) MUST_CHECK;
struct stored personal_now(const void *entity); /* its personal texts as they stand in it */
void personal_hide(void *entity, const struct stored *stored); /* as it is stored, again */

/* What is written in place of an act and its effects, and the rows that it refers to. */
struct turned {
	struct act act;
	struct effect *effects;
	struct turned_row {
		struct uuid entity;
		struct db_personal row; /* without eno */
		char ref[REF_TEXT];
	} *rows;
	size_t n_rows;
};
struct env;
/* seq: of the entry that will be written.  All lives in the arena. */
enum err personal_turn(const struct env *env, const struct act *act,
		       const struct decision *decision, int64_t seq, int64_t eff,
		       struct arena *arena, struct turned **ret_turned,
		       struct error *err) MUST_CHECK;
/* What an effect sets, as it is written. */
void stored_follow(struct stored *stored, const struct effect *turned);

#endif
