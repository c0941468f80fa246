/* Kinds of entities that something happens to by itself (timers_kind.c), and the sums of what could
 * not happen in its time (timers_sum.c). */
#ifndef ZHIBAN_SERVER_TIMERS_KIND_PRIV_H
#define ZHIBAN_SERVER_TIMERS_KIND_PRIV_H

#include "zhiban/domain/mark.h"

struct writer;

struct timer_kind {
	enum kind kind;
	/* When it must be looked at next; 0: never as things are. */
	int64_t (*next)(const struct rules *rules, const void *entity, const char *mode,
			int64_t now);
	/* Its clocks' marks, as clock_fires, firing_act and clock_is_quiet (domain/mark.h); NULL: it
	 * has no clocks. */
	size_t (*fires)(const struct rules *rules, const void *entity, const char *mode,
			int64_t now, struct firing firings[FIRINGS_MAX]);
	struct act (*act)(const struct rules *rules, const void *entity,
			  const struct firing *firing, int64_t at, struct arena *arena);
	bool (*quiet)(const struct rules *rules, const void *entity, const char *mode, int64_t at,
		      int64_t *ret_until);
};
const struct timer_kind *timer_kind(enum kind kind); /* NULL: nothing ever happens to it */

/* Marks that came late: in quiet hours, whose end they waited for, or while no server ran.  One act on
 * the mode tells how many there were, so that a console shows one line and not hundreds.  Kept with the
 * data until they are summed up, so that nothing is counted twice or lost. */
enum sum { SUM_QUIET, SUM_LATE, SUMS };
enum {
	LATE_MS = 15 * 60 * 1000, /* later than this a mark counts as late: no server ran */
	LATE_LEAST = 10,	  /* fewer are not summed up: each speaks for itself */
};
struct held { /* from 0: nothing */
	int64_t from, to;
	int64_t urges, overdue, listed, n;
};
struct sums {
	struct writer *writer;
	const struct rules *rules;
	int64_t now;
	struct held held[SUMS];
};
enum err sums_read(struct sums *sums, struct error *err) MUST_CHECK;
/* A mark fired; `runs_out`: with it the clock's time was up; until: the end of the quiet hours that
 * held it back, 0: none did.  Another night's sum is told first; *ret_acts counts the acts. */
enum err sums_add(struct sums *sums, const struct firing *firing, bool runs_out, int64_t until,
		  int *ret_acts, struct error *err) MUST_CHECK;
/* Nothing more is due now: what is complete is told. */
enum err sums_end(struct sums *sums, int *ret_acts, struct error *err) MUST_CHECK;

#endif
