/* Drafts: what an officer has typed into forms and not sent.
 *
 * One for each act and entity; of an act that creates, one for each that was begun, under an id of its
 * own.  They are kept in the console's outbox, so they survive Esc, a cut line, the end of the program
 * and kill -9; without a client, or where the disk refuses, in memory.  Times are ms UTC. */
#ifndef ZHIBAN_MODEL_DRAFT_H
#define ZHIBAN_MODEL_DRAFT_H

#include <stddef.h>

#include "zhiban/client/client.h"

enum { DRAFTS_MAX = 32 };

struct draft {
	const char *verb;
	struct uuid id; /* nil: on many at once */
	int64_t at;	/* when it was last typed in */
	const char **names, **values;
	size_t n;
};

/* The act it is of: several kinds have acts of one name, so what it is on says which.  NULL: an act of
 * a newer program. */
const struct act_desc *draft_act(struct client *client, const struct draft *draft);

struct drafts;
/* Those of an officer; reads what is kept of him.  client NULL: in memory only. */
struct drafts *drafts_new(struct client *client, const char *officer);
void drafts_free(struct drafts *drafts);
/* Reads anew: another console of this officer may have been typed in. */
void drafts_refresh(struct drafts *drafts);
/* Copies n names and values; replaces what was kept.  On failure it is kept in memory all the same. */
enum err drafts_put(struct drafts *drafts, const char *verb, const struct uuid *id, int64_t now,
		    const char *const *names, const char *const *values, size_t n,
		    struct error *err) MUST_CHECK;
/* NULL: there is none.  Valid until the next put, drop or refresh. */
const struct draft *drafts_find(const struct drafts *drafts, const char *verb,
				const struct uuid *id);
/* The value kept for a name, "" if there is none; NULL when there is no draft. */
const char *drafts_get(const struct drafts *drafts, const char *verb, const struct uuid *id,
		       const char *name);
/* The one of this verb that was typed in last; NULL. */
const struct draft *drafts_latest(const struct drafts *drafts, const char *verb);
/* All, the latest first; valid as those of drafts_find.  Returns how many. */
size_t drafts_list(const struct drafts *drafts, const struct draft *ret_list[DRAFTS_MAX]);
/* What a draft is about, as its officer would say it: what was typed first of title, address …; "". */
const char *draft_words(const struct draft *draft);
void drafts_drop(struct drafts *drafts, const char *verb, const struct uuid *id);

#endif
