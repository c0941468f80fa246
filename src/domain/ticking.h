/* The clocks of what knows no pauses: whistles, meetings, tasks.  Which clocks there are, and by which
 * limits, is the caller's; all of them are beside the flow of incidents (side). */
#ifndef ZHIBAN_DOMAIN_TICKING_H
#define ZHIBAN_DOMAIN_TICKING_H

#include "zhiban/domain/rules.h"

struct ticking { /* one act on an entity with clocks */
	const struct rules *rules;
	const struct act *act;
	const char *org;  /* as which the actor acts (by_phone.org, else his own) */
	const char *mode; /* in force, or NULL */
	int64_t eff;
	int64_t recv; /* when the server has it: from then on all others can know */
	struct arena *arena;
	struct children *clocks;
	unsigned *n_added; /* by this act: their ids are made of it */
};

/* The latest of a kind about a child (NULL: about the whole); running: that runs.  Or NULL. */
struct clock *ticking_find(const struct ticking *t, const char *kind, const struct uuid *about,
			   bool running);
/* A new one without a due.  It starts when its organisation can know of the act: at the act's own
 * moment if it is the actor's or he had it on the telephone, else when the server has the act. */
struct clock *ticking_add(const struct ticking *t, const char *kind, const struct uuid *about,
			  const char *org);
/* Gives it a limit, or that of the mode if it is sooner, and its due; words: what chose the limit. */
void ticking_limit(const struct ticking *t, struct clock *clock, const struct limit *limit,
		   const char *words);
/* A new one with a limit of its own (a countersignature, an answer), or to a date that somebody
 * stated.  Returns the due; 0 and no clock without a limit. */
int64_t ticking_beside(const struct ticking *t, const char *kind, const struct uuid *about,
		       const char *org, const struct limit *limit);
struct clock *ticking_until(const struct ticking *t, const char *kind, const struct uuid *about,
			    const char *org, int64_t due);
/* The due by limit and extensions, by the calendar of today.  Later than `before`: what had fired
 * behind it may fire again. */
void ticking_redue(const struct ticking *t, struct clock *clock, int64_t before);
void ticking_stop(const struct ticking *t, struct clock *clock); /* NULL, or stopped: nothing */
void ticking_drop(const struct ticking *t, const struct uuid *about); /* all about a child stop */

#endif
