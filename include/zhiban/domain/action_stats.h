/* Figures of tasks: what departments did with what meetings gave them (按时完成率).
 *
 * Pure and streaming, as whistle_stats.h: a number is how many tasks one function lets through
 * (action_stats_has), so a number and the list behind it cannot differ.
 *
 * A task that was not withdrawn is given, and is one of four: replied in time, replied late (also
 * when it was in time only after it had been sent back late), overdue, or open with time left.  The
 * first three are owed; what still has time is not. */
#ifndef ZHIBAN_DOMAIN_ACTION_STATS_H
#define ZHIBAN_DOMAIN_ACTION_STATS_H

#include "zhiban/domain/meeting.h"
#include "zhiban/domain/whistle_stats.h"

enum action_stat {
	ACTION_STAT_GIVEN,
	ACTION_STAT_OWED,
	ACTION_STAT_TIMELY,
	ACTION_STAT_LATE,
	ACTION_STAT_OVERDUE,
	ACTION_STAT_OPEN,     /* neither replied nor overdue */
	ACTION_STAT_DONE,     /* verified */
	ACTION_STAT_REWORKED, /* sent back, at least once */
	ACTION_STAT_EXTENDED, /* more time was granted */
	ACTION_STAT_CARDED,   /* a supervision was issued */
	ACTION_STAT_WITHDRAWN,
	ACTION_STATS
};
const char *action_stat_code(enum action_stat stat);  /* "timely" …: key in JSON */
const char *action_stat_title(enum action_stat stat); /* translated */
bool action_stat_find(const char *code, enum action_stat *ret_stat) MUST_CHECK;

struct action_stats_what { /* which tasks a number is of */
	enum action_stat stat;
	const char *lead; /* code; NULL: all */
	const char *org;  /* who gave them; NULL: all */
	struct stats_window window; /* when they were given */
};
/* The task with its clocks, extensions and supervisions. */
bool action_stats_has(const struct action_stats_what *what, const struct action *action, int64_t now);

struct action_stats_row {
	const char *org; /* code of the lead; NULL: all; "": one that is not in the rules any more */
	int64_t n[ACTION_STATS];
};
struct action_stats {
	const struct rules *rules;
	const char *org; /* who gave them; NULL: all */
	struct stats_window window;
	int64_t now;
	struct action_stats_row *rows; /* as organisations stand in the rules; one more */
	struct action_stats_row all;
};
/* The rows are the caller's to free with action_stats_release; texts are borrowed. */
void action_stats_init(struct action_stats *stats, const struct rules *rules, const char *org,
		       struct stats_window window, int64_t now);
void action_stats_release(struct action_stats *stats);
void action_stats_add(struct action_stats *stats, const struct action *action);
/* The rows that have anything, in protocol order, or the lowest rate first: those that owe nothing
 * behind. */
const struct action_stats_row **action_stats_rows(const struct action_stats *stats,
						  enum stats_order order, struct arena *arena,
						  size_t *ret_n);
/* The share of a number in another, in tenths of a percent; -1: nothing to divide by.  The rate on time
 * is TIMELY of OWED. */
int action_stats_permille(const struct action_stats_row *row, enum action_stat part,
			  enum action_stat whole);

#endif
