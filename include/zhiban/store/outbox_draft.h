/* Drafts in the outbox: what an officer has typed into forms and not sent yet.
 *
 * They lie beside his acts, so that a cut line, the end of the program or of the machine lose at most
 * what was typed since the last put.  Each belongs to one officer, and is shown to nobody else.  At
 * most DRAFTS_MOST of one officer are kept, the oldest go first. */
#ifndef ZHIBAN_STORE_OUTBOX_DRAFT_H
#define ZHIBAN_STORE_OUTBOX_DRAFT_H

#include "zhiban/base/arena.h"
#include "zhiban/base/uuid.h"
#include "zhiban/store/store.h"

enum { DRAFTS_MOST = 32, DRAFT_DAYS = 30, DRAFT_BYTES_MOST = 256 * 1024 };

struct outbox_draft {
	const char *officer, *verb;
	struct uuid id;	    /* the entity's; of a new one, its own; nil: on many */
	int64_t at;	    /* ms UTC, when it was last typed in */
	const char *fields; /* a line each: name, tab, value; \n \t \\ escaped in values */
};
/* In place of what was kept for that officer, verb and id.  ERR_TOO_LARGE: over DRAFT_BYTES_MOST. */
enum err outbox_draft_put(struct store *store, const struct outbox_draft *draft, struct error *err)
	MUST_CHECK;
/* There need not be one. */
enum err outbox_draft_drop(struct store *store, const char *officer, const char *verb,
			   const struct uuid *id, struct error *err) MUST_CHECK;
/* His, the latest first; in the arena. */
enum err outbox_drafts(struct store *store, const char *officer, struct arena *arena,
		       struct outbox_draft **ret_drafts, size_t *ret_n, struct error *err)
	MUST_CHECK;

#endif
