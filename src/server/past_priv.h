/* What has become of an entity since an act's author looked at it (past.c). */
#ifndef ZHIBAN_SERVER_PAST_PRIV_H
#define ZHIBAN_SERVER_PAST_PRIV_H

#include "jobs_priv.h"
#include "zhiban/domain/effect.h"
#include "zhiban/wire/message.h"

struct past_item { /* an entry after the base */
	struct entry entry;
	const struct effect *effect; /* the one on the entity */
	bool own; /* of the author's console, or what the act hangs on: he knew of it */
};
struct past {
	struct arena arena; /* of all below */
	bool loaded;
	/* As the author saw it: up to the base, then his own acts alone.  With the base unknown
	 * NULL, unless he made it, or the first wins: then what he himself has done. */
	void *seen;
	struct past_item *items;
	size_t n, cap;
	struct uuid share; /* of a whistle, that the act is done to; nil: none */
};

void past_release(struct past *past);
/* The version the act's author saw; 0 when that is unknown: one that these data never had, or of an
 * epoch that they do not come from.  Of one before a restore: at most the version that was
 * restored. version: that of now. */
enum err past_base(struct writer *writer, const struct act *act, int64_t eno, int64_t version,
		   int64_t *ret_base, struct error *err) MUST_CHECK;
enum err past_load(struct writer *writer, const struct act *act, int64_t eno, int64_t base,
		   struct past *past, struct error *err) MUST_CHECK;
/* Whose entry stands in the act's way: the last one by another console that changed what the act is
 * about, else, unless exact, the last one by another console; officer NULL when there is none.
 * Texts live in the arena. */
struct answer_by past_by(const struct past *past, const struct act *act, bool exact,
			 struct arena *arena);

#endif
