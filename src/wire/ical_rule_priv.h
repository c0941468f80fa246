/* Inside wire/: a rule of recurrence, read and walked. */
#ifndef WIRE_ICAL_RULE_PRIV_H
#define WIRE_ICAL_RULE_PRIV_H

#include "ical_priv.h"
#include "zhiban/base/civil.h"

enum rule_freq { YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY, SECONDLY, RULE_FREQS };
enum rule_part {
	BY_SECOND,
	BY_MINUTE,
	BY_HOUR,
	BY_MONTHDAY,
	BY_YEARDAY,
	BY_WEEKNO,
	BY_MONTH,
	BY_SETPOS,
	RULE_PARTS
};
enum { BY_MOST = 400, RULE_SET_MOST = 366 * 24 * 60 * 61 };

struct by { /* in order, each once */
	int at[BY_MOST];
	size_t n;
};
/* A weekday (1 Monday … 7), the n-th of a month or a year; 0: each. */
static inline int by_day(int n, int weekday)
{
	return n * 8 + weekday;
}

struct rule {
	enum rule_freq freq;
	bool has_freq;
	long long interval, count; /* count 0: without end */
	int64_t until;             /* local, inclusive */
	int week_starts;           /* 1 Monday … 7 */
	struct by by[RULE_PARTS];
	struct by days;
};
/* ERR_INPUT.  The Gregorian calendar's alone. */
enum err rule_parse(const struct ical_lib *lib, const char *words, struct arena *arena,
		    struct rule *ret_rule, struct error *err) MUST_CHECK;

/* Rules of other calendars (RSCALE, RFC 7529), and SKIP: by libical. */
enum err rscale_moments(const struct rule_ask *ask, struct rule_budget *budget, struct arena *arena,
			int64_t **ret_moments, size_t *ret_n, bool *ret_cut,
			struct error *err) MUST_CHECK;

#endif
