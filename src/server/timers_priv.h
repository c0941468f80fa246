/* Which incidents must be looked at when, and the server's own acts when a clock passes a mark
 * (timers.c, timers_fire.c).
 *
 * Each incident has at most one moment, kept in the same transaction as the incident itself: what
 * clock_next_fire says of it under the rules and the mode in force.  When rules or mode change they
 * are computed anew.  What fires is decided by the incident's state, so that it happens once
 * whoever tries it, and what was missed while nothing ran fires when something runs again. */
#ifndef ZHIBAN_SERVER_TIMERS_PRIV_H
#define ZHIBAN_SERVER_TIMERS_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "zhiban/base/error.h"

struct db_entity;
struct job;
struct service;
struct writer;

enum {
	FIRE_ROWS = 64,	       /* acts in a transaction, about */
	FIRE_RETRY_MS = 5000, /* after a failure */
};

struct timers { /* of a service; under its lock */
	int64_t at;	    /* by env's clock: when to look next; INT64_MAX: never */
	int64_t ends_at;    /* by env's clock: when an organisation ends; INT64_MAX: none does */
	int64_t not_before; /* by ticks */
	bool busy;	    /* a job is on its way */
};

int64_t writer_now(const struct writer *writer); /* the moment of what it does */
/* After an entity was written: its moment. */
enum err timer_note(struct writer *writer, const struct db_entity *row, const void *entity,
		    bool created, struct error *err) MUST_CHECK;
/* All anew, by the rules in force; notes for which rules they are. */
enum err timers_rebuild(struct writer *writer, struct error *err) MUST_CHECK;
/* Those that there are, by the mode in force. */
enum err timers_again(struct writer *writer, struct error *err) MUST_CHECK;
/* timers_swap.c: when the earlier of a swap's duties begins, as they stand now (0: one of them is not
 * theirs any more); when it must be looked at (0: it is not open); and that of all which name a roster,
 * which has changed (NULL: of all). */
struct arena;
struct swap;
struct uuid;
enum err swap_duties_begin(struct writer *writer, const struct swap *swap, struct arena *arena,
		     int64_t *ret_at, struct error *err) MUST_CHECK;
enum err swap_moment(struct writer *writer, const struct swap *swap, struct arena *arena,
		     int64_t *ret_at, struct error *err) MUST_CHECK;
enum err timers_swaps(struct writer *writer, const struct uuid *roster,
		      struct error *err) MUST_CHECK;
/* When the data are opened: rebuilds what is not of these rules. */
enum err timers_open(struct service *service, struct error *err) MUST_CHECK;
/* After a commit: when is the next one? */
void timers_committed(struct writer *writer);
/* Fires what is due, carries over what has ended; milliseconds until the next one's moment, at most
 * 1000. */
int timers_tick(struct service *service);

/* timers_fire.c: the write of a job; and all that is due up to a moment of a past that is made,
 * each at its own. */
enum err timers_fire(struct writer *writer, struct job *job, struct error *err) MUST_CHECK;
enum err timers_fire_until(struct writer *writer, int64_t moment, struct error *err) MUST_CHECK;

#endif
