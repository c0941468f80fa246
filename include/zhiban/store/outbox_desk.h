/* The outbox's desk: refused acts, and merged ones with a note, until their author has decided; and
 * what is kept beside an act for him to decide by. */
#ifndef ZHIBAN_STORE_OUTBOX_DESK_H
#define ZHIBAN_STORE_OUTBOX_DESK_H

#include "zhiban/store/outbox.h"

/* Takes acts off the desk, all of them or none.  ERR_NOT_FOUND: one does not lie there. */
enum err outbox_drop(struct store *store, const struct uuid *ids, size_t n, struct error *err)
	MUST_CHECK;
/* Removes the last act given if nobody has sent it, and gives its n back.  ERR_REFUSED otherwise.
 * */
enum err outbox_take_back(struct store *store, const struct uuid *id, struct error *err) MUST_CHECK;

/* The entity as the act's author saw it, JSON in the arena; NULL: not known. */
enum err outbox_seen(struct store *store, const struct uuid *act, struct arena *arena,
		     const char **ret_bytes, size_t *ret_len, struct error *err) MUST_CHECK;
/* Who was first, as the answer said; officer NULL: nobody. */
enum err outbox_said(struct store *store, const struct uuid *act, struct arena *arena,
		     struct outbox_by *ret_by, struct error *err) MUST_CHECK;

/* The entity is not to be seen any more: what was kept of it beside the acts on it goes; number: what
 * it was called, for whoever must decide about them (NULL: not known).  A transaction of its own. */
enum err outbox_unsee(struct store *store, const struct uuid *target, const char *number,
		      struct error *err) MUST_CHECK;

/* Acts on an entity that were folded and are still kept, by n; state ACT_ANSWERED. */
enum err outbox_kept(struct store *store, const struct uuid *target, struct arena *arena,
		     struct outbox_row **ret_rows, size_t *ret_n, struct error *err) MUST_CHECK;

/* The personal values of an entity were erased: acts on it that are kept (outbox_kept) get the bodies
 * of rows, and what a refusal showed of it goes.  A transaction of its own. */
enum err outbox_erase(struct store *store, const struct uuid *target, const struct outbox_row *rows,
		      size_t n, struct error *err) MUST_CHECK;

#endif
