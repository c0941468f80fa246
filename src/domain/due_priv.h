/* What counts: the walk over time that dues and marks share (due_walk.c). */
#ifndef ZHIBAN_DOMAIN_DUE_PRIV_H
#define ZHIBAN_DOMAIN_DUE_PRIV_H

#include "zhiban/domain/due.h"

#define NEVER INT64_MAX /* a moment that does not come */

/* Where a pause without an end begins; NEVER: there is none. */
int64_t walk_stands_from(const struct due_ask *ask);
/* The first moment from `at` on that no pause covers; NEVER. */
int64_t walk_running(const struct due_ask *ask, int64_t at);
/* The beginning of the next pause behind a moment that none covers; NEVER. */
int64_t walk_paused(const struct due_ask *ask, int64_t at);
/* Uses up to *left ms of [from, to) outside pauses; the moment at which *left came to 0, or
 * NEVER. */
int64_t walk_use(const struct due_ask *ask, int64_t from, int64_t to, int64_t *left);
/* The same of the working hours of a day, between two moments. */
int64_t walk_use_day(const struct due_ask *ask, int32_t day, int64_t from, int64_t to,
		     int64_t *left);
int64_t walk_day_end(const struct due_ask *ask, int32_t day); /* of its working time */
bool walk_day_runs(const struct due_ask *ask, int32_t day);	/* at the end of its working time */
/* The moment at which that much time of a unit is used from a moment on; NEVER: it stands
 * before. */
int64_t walk_on(const struct due_ask *ask, enum limit_unit unit, int64_t from, int64_t ms);
/* How much time of a unit is used between two moments. */
int64_t walk_between(const struct due_ask *ask, enum limit_unit unit, int64_t from, int64_t to);

/* Where a limit begins to count: at once, or at the hour it names. */
int64_t due_begin(const struct due_ask *ask, const struct limit *limit, int64_t from);
/* One limit from a moment on, without a word; NEVER. */
int64_t due_limit(const struct due_ask *ask, const struct limit *limit, int64_t from);

#endif
