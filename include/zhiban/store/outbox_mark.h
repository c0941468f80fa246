/* What the officers of a seat have marked for themselves (client/marks.h): beside the outbox, each
 * officer's own, so that marks survive the cache and wait here while the line is cut.
 *
 * * The last write wins, by `at`.  A mark that was taken away stays as value 0 until the server has
 *   it. */
#ifndef ZHIBAN_STORE_OUTBOX_MARK_H
#define ZHIBAN_STORE_OUTBOX_MARK_H

#include "zhiban/base/arena.h"
#include "zhiban/base/uuid.h"
#include "zhiban/store/outbox.h"

enum { OUTBOX_MARKS_MOST = 20000 }; /* of an officer; what he saw longest ago goes first */

struct outbox_mark {
	struct uuid id;
	int what;	   /* enum mark_what: 0 watch, 1 pin, 2 seen */
	int64_t value, at; /* at: ms UTC, the author's */
};

/* Puts those that are newer than what is there.  here: they are the officer's own and wait to be
 * sent; else they come from the server. */
enum err outbox_marks_put(struct store *store, const char *officer,
			  const struct outbox_mark *marks, size_t n, bool here,
			  struct error *err) MUST_CHECK;
/* All of an officer, or only those that wait to be sent, the oldest first; in the arena. */
enum err outbox_marks_list(struct store *store, const char *officer, bool waiting, size_t most,
			   struct arena *arena, struct outbox_mark **ret_marks, size_t *ret_n,
			   struct error *err) MUST_CHECK;
/* The server has these, unless they were changed meanwhile; `gone` are not there for him. */
enum err outbox_marks_sent(struct store *store, const char *officer,
			   const struct outbox_mark *marks, size_t n, const struct uuid *gone,
			   size_t n_gone, struct error *err) MUST_CHECK;
/* How far the server's list was read, of its epoch; another epoch: 0, and all of his wait again. */
enum err outbox_marks_after(struct store *store, const char *officer, const char *epoch,
			    int64_t *ret_after, struct error *err) MUST_CHECK;
enum err outbox_marks_read(struct store *store, const char *officer, const char *epoch,
			   int64_t after, struct error *err) MUST_CHECK;
/* The number of the journal from which on an officer looks here; 0: not said yet. */
enum err outbox_looked_get(struct store *store, const char *officer, int64_t *ret_seq,
			   struct error *err) MUST_CHECK;
enum err outbox_looked_set(struct store *store, const char *officer, int64_t seq,
			   struct error *err) MUST_CHECK;
/* Another number after each change by anybody; 0 before the first. */
int64_t outbox_marks_version(struct store *store);

#endif
