/* Deadlines: one pure function computes them, and says how.
 *
 * Natural time runs day and night.  A limit in working days starts on the next working day and ends
 * at the end of the working time of the last one; working minutes run only inside working hours.
 *
 * While a clock is paused nothing runs: natural and working minutes go on behind the pause, and a
 * working day counts when the clock runs at the end of its working time.  Extensions are computed
 * on from the due, one after the other, and are paused like the rest.  So a later start never gives
 * an earlier due, and neither a pause nor an extension ever takes time away. */
#ifndef ZHIBAN_DOMAIN_DUE_H
#define ZHIBAN_DOMAIN_DUE_H

#include "zhiban/base/str.h"
#include "zhiban/domain/workday.h"

enum limit_unit { LIMIT_NONE, LIMIT_MINUTES, LIMIT_WORK_MINUTES, LIMIT_DAYS, LIMIT_WORK_DAYS };

struct limit {
	enum limit_unit unit;
	int amount;
	int from_clock; /* minute of the day; counting starts at the next such time; -1: at once */
};

enum { HOURS_SPANS = 4 };
struct hours { /* working hours of a day, minutes since midnight, ascending */
	struct {
		int from, to;
	} span[HOURS_SPANS];
	int n;
};

struct span { /* a pause: ms UTC; to 0: nobody knows until when */
	int64_t from, to;
};

struct due_ask {
	const struct calendar *calendar;
	const struct hours *hours; /* without spans: the whole day */
	int offset_min;
	int64_t from; /* ms UTC */
	struct limit limit;
	const struct span *pauses; /* in any order; they may overlap */
	size_t n_pauses;
	const struct limit *extensions; /* in the order they were granted */
	size_t n_extensions;
};

struct due {
	int64_t at;	  /* ms UTC; 0: no limit, or it stands */
	bool provisional; /* it runs past the known calendar */
	bool stands;	  /* a pause without an end comes before the due */
};

/* "30m" "4h" "90wm" "3d" "7wd" "-"; "2h@08:30": two hours from the next 08:30. */
enum err limit_parse(const char *text, struct limit *ret_limit, struct error *err) MUST_CHECK;
void limit_text(const struct limit *limit, char text[24]);
/* "09:00-17:30", "09:00-12:00,13:30-17:30". */
enum err hours_parse(const char *text, struct hours *ret_hours, struct error *err) MUST_CHECK;

/* explain, when not NULL, gets one line for each day counted, skipped, paused or begun and for each
 * extension, with why, each ended by a newline; the last says the due. */
struct due due_of(const struct due_ask *ask, struct str *explain);
/* The same without pauses and extensions. */
struct due due_compute(const struct calendar *calendar, const struct hours *hours, int offset_min,
		       int64_t from, const struct limit *limit, struct str *explain);

/* The moment at which that share of the time is used, limit and extensions together: natural and
 * working minutes by the minutes, working days by the working time of the days that count.  100 is
 * the due; more goes on behind it at the same pace.  0: no limit, or it stands before that. */
int64_t due_mark(const struct due_ask *ask, int percent);
/* The percentage used at a moment, cut: due_used(due_mark(p)) is p or little more, before it
 * less. */
int due_used(const struct due_ask *ask, int64_t now);

#endif
