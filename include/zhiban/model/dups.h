/* Incidents that may tell of the same thing as another one, or as a report that is being typed, and
 * what merging some of them comes to.
 *
 * Candidates come from the local index (client/search.h), the rarest words first; they are compared
 * by domain/similar.h.  As shown: what waits in the outbox is among them.  A ticket that is merged
 * into another does not stand for itself: its lead does.  Closed ones that were reported more than
 * DUPS_CLOSED_DAYS before are history, not duplicates. */
#ifndef ZHIBAN_MODEL_DUPS_H
#define ZHIBAN_MODEL_DUPS_H

#include "zhiban/client/client.h"
#include "zhiban/domain/similar.h"

enum {
	DUPS_MOST = 12,	   /* are shown */
	DUPS_ASKED = 24,   /* pairs of characters the index is asked by, the rarest */
	DUPS_LOOK = 24,	   /* incidents are compared; more find nothing more */
	DUPS_WAITING = 24, /* beside them the newest that the index has not come to */
	DUPS_CLOSED_DAYS = 7,
	DUPS_TYPED = 4,	   /* pairs of characters; fewer tell nothing */
};

struct dup {
	struct uuid id;
	int score; /* SIMILAR_LIKELY to SIMILAR_MOST */
	const struct incident *incident; /* whole, as shown; in the arena */
};
struct dups {
	struct dup *items; /* the likeliest first */
	size_t n;
	int64_t unseen; /* incidents that the index has not come to, and nobody looked at */
};

/* At most DUPS_MOST.  but: not this one; NULL: none. */
enum err dups_like(struct client *client, const struct similar_report *report,
		   const struct uuid *but, struct arena *arena, struct dups *ret_dups,
		   struct error *err) MUST_CHECK;
/* Of an incident; also the incident itself.  ERR_NOT_FOUND. */
enum err dups_of(struct client *client, const struct uuid *id, struct arena *arena,
		 struct incident **ret_incident, struct dups *ret_dups, struct error *err)
	MUST_CHECK;

/* Which of them the others are merged into: one that has taken in others already (the one with the
 * most), else the one that was reported first; only an open one that is not merged itself.  n: none
 * can be. */
size_t dups_lead(const struct incident *const *incidents, size_t n);

/* "87%": how much alike, for people; "22-0417 02:11 x3": number, when it was reported, how many
 * are merged in it, and of a closed one its step; in the arena. */
const char *dups_percent(const struct dup *dup, struct arena *arena);
const char *dups_tail(struct client *client, const struct dup *dup, struct arena *arena);

#endif
