/* What runs out of all that is cached (domain/deadline.h), by due: kept with every write.
 *
 * A row's tie is made of entity, sort and id, so it stays when it is written anew, and is the same
 * wherever it is computed. */
#ifndef ZHIBAN_STORE_DEADLINE_H
#define ZHIBAN_STORE_DEADLINE_H

#include "zhiban/domain/deadline.h"
#include "zhiban/store/store.h"

int64_t deadline_tie(const struct uuid *entity, const struct deadline *deadline);

struct deadline_row {
	struct deadline deadline; /* texts in the arena */
	int64_t tie;
	enum kind kind; /* of the entity, and its place */
	int64_t pk;
};
struct deadline_ask {
	const char *org; /* exactly; NULL: all */
	unsigned sorts;	 /* bits 1 << enum deadline_sort; 0: all */
	unsigned kinds;	 /* bits 1 << enum kind; 0: all */
	int64_t due, tie; /* behind (back: before) this place */
	int64_t end;	  /* due before it (back: at or after it) */
	bool back;
	size_t n;
};
/* At most ask->n rows, nearest first. */
enum err cache_deadlines(struct store *store, const struct deadline_ask *ask, struct arena *arena,
			 struct deadline_row *rows, size_t *ret_n, struct error *err) MUST_CHECK;
/* Those due in [from, to), counted no further than most. */
enum err cache_deadline_count(struct store *store, const struct deadline_ask *ask, int64_t from,
			      int64_t to, int64_t most, int64_t *ret_count, struct error *err)
	MUST_CHECK;

struct deadline_of { /* what a row of the list says of its entity; texts in the arena, or NULL */
	struct uuid id;
	const char *number, *title, *street, *step, *cls, *address;
	int64_t urgency;
};
/* ERR_NOT_FOUND. */
enum err cache_deadline_of(struct store *store, enum kind kind, int64_t pk, struct arena *arena,
			   struct deadline_of *ret_of, struct error *err) MUST_CHECK;

/* The entity in a place, light.  ERR_NOT_FOUND. */
enum err cache_light_at(struct store *store, enum kind kind, int64_t pk, struct arena *arena,
			void **ret_entity, struct error *err) MUST_CHECK;
/* cache_get, with its place. */
enum err cache_get_at(struct store *store, enum kind kind, const struct uuid *id,
		      struct arena *arena, void **ret_entity, int64_t *ret_pk, struct error *err)
	MUST_CHECK;
/* The organisations that have rows; "": what is nobody's.  One seek of the index each. */
enum err cache_deadline_orgs(struct store *store, struct arena *arena, const char ***ret_orgs,
			     size_t *ret_n, struct error *err) MUST_CHECK;

/* Anew, from all entities: what `zhiban cache check` compares.  ret_wrong: rows that were missing, too
 * many or otherwise; only counted, unless mend (inside store_tx). */
enum err cache_deadlines_check(struct store *store, bool mend, int64_t *ret_wrong,
			       struct error *err) MUST_CHECK;

#endif
