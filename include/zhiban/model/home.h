/* 当班, the first screen: what needs this officer, in four groups, and counters of what stands open.
 *
 * * Which group a case is in is a pure function of the case, the officer, the rules and the time.
 * * Rows are gathered from index ranges in slices of idle work, never by a scan of all; a change
 *   looks again at the cases that changed, a minute at all.  What was gathered is shown until the
 *   newer one is whole.  Groups hold HOME_MOST rows at the most; `more` says that there are others.
 * * Borrows the client. */
#ifndef ZHIBAN_MODEL_HOME_H
#define ZHIBAN_MODEL_HOME_H

#include "zhiban/client/rows.h"

enum home_group {
	HOME_ACT,   /* something is to be done now: by us, or urged by us */
	HOME_NEXT,  /* runs out next */
	HOME_WAIT,  /* waits for others: not signed for, urged, asked */
	HOME_WATCH, /* watched, and in none of the above */
	HOME_GROUPS,
	HOME_NONE = HOME_GROUPS,
};
enum { HOME_MOST = 400 };

struct home_facts { /* what a case is judged by, beside itself */
	const struct rules *rules;
	const struct actor *actor; /* NULL: nobody is logged in, and nothing needs him */
	const char *mode; /* code; NULL: peacetime */
	int64_t now;
	bool watched;
	bool unsigned_share; /* a share of it has not been signed for */
};
enum home_group home_group(const struct home_facts *facts, const struct incident *incident);
/* Whether the next step of its loop is up to the officer's organisation. */
bool home_is_ours(const struct rules *rules, const struct actor *actor,
		  const struct incident *incident);
const char *home_group_title(enum home_group group); /* translated */

struct home;
struct home *home_new(struct client *client);
void home_free(struct home *home);
void home_clear(struct home *home); /* another officer: everything anew */

/* ---- rows ---- */

struct home_row {
	struct uuid id;
	enum home_group group;
};
/* All rows that are shown, by group and within it in the order of need; valid until home_step or
 * home_changed. */
const struct home_row *home_rows(const struct home *home, size_t *ret_n);
size_t home_group_count(const struct home *home, enum home_group group);
bool home_has_more(const struct home *home, enum home_group group); /* than are listed */
bool home_is_whole(const struct home *home); /* the first gathering is through */

/* ---- counters ---- */

enum home_count { /* as ,1 … ,8 lead to them */
	HOME_ALARMS,
	HOME_UNSIGNED,
	HOME_SOON, /* within the hour */
	HOME_OVERDUE,
	HOME_RECEIPTS,	   /* a notice without a receipt */
	HOME_INSTRUCTIONS, /* a leader's instruction that is not done */
	HOME_WATCHED,
	HOME_UNREPORTED, /* departments that a whistle has called and that have not reported in */
	HOME_COUNTS,
};
enum { HOME_COUNT_MOST = 10000 }; /* counted so far */
struct alarms;
void home_alarms(struct home *home, const struct alarms *alarms); /* borrowed: whose count it shows */
int64_t home_counter(const struct home *home, enum home_count count);
const char *home_count_title(enum home_count count);  /* translated */
const char *home_count_filter(enum home_count count); /* the filter that lists them */

/* ---- changes, and work in idle time ---- */

/* Takes in what changed; the rest is idle work. */
void home_changed(struct home *home, const struct client_change *change);
void home_minute(struct home *home);
enum home_work {
	HOME_IDLE = 0,
	HOME_MORE = 1 << 0,   /* there is more to do */
	HOME_ROWS = 1 << 1,   /* other rows */
	HOME_COUNTERS = 1 << 2, /* other counters */
};
unsigned home_step(struct home *home); /* a slice of about a millisecond */
int64_t home_next(const struct home *home); /* as board_next */

#endif
