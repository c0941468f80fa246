/* Working days: the State Council's holidays and make-up days over the plain week.
 *
 * A calendar knows whole years; outside them weekdays count as working days and whatever is
 * computed there is provisional. */
#ifndef ZHIBAN_DOMAIN_WORKDAY_H
#define ZHIBAN_DOMAIN_WORKDAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct calendar_day { /* an exception to the plain week */
	int32_t day;	  /* civil_day */
	bool work;	  /* a make-up working day; else a day off */
	const char *name; /* the festival, as the notice names it */
};

struct calendar {
	const char *name;
	int first_year, last_year; /* known, inclusive */
	const struct calendar_day *days; /* sorted by day */
	size_t n_days;
	const struct calendar *under; /* asked for what this one does not say, years too; or NULL */
};

const struct calendar_day *calendar_exception(const struct calendar *calendar, int32_t day);
bool calendar_is_workday(const struct calendar *calendar, int32_t day);
bool calendar_knows(const struct calendar *calendar, int32_t day);
/* The last year it is needed for at a moment and does not know, or 0: the year that is, and from
 * November on, when the State Council has usually named its days, the next one. */
int calendar_missing(const struct calendar *calendar, int32_t today);
/* The n-th working day after `day` (n > 0), before it (n < 0). */
int32_t calendar_add_workdays(const struct calendar *calendar, int32_t day, int n);

#endif
