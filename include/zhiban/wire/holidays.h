/* Holidays of a year as others publish them: a JSON object {year, papers, days: [{name, date,
 * isOffDay}]}.  A day may lie in the year before or behind (a festival across New Year). */
#ifndef ZHIBAN_WIRE_HOLIDAYS_H
#define ZHIBAN_WIRE_HOLIDAYS_H

#include "zhiban/base/arena.h"
#include "zhiban/base/error.h"
#include "zhiban/domain/workday.h"

struct holidays {
	int year;
	const struct calendar_day *days; /* in the arena, by day */
	size_t n;
};

/* Whether a text is JSON at all, and not a calendar of our own. */
bool holidays_is_json(const char *bytes, size_t len);
/* ERR_INPUT with what is wrong: a field that is missing, a date that is none or far from its year,
 * a day that is named twice, no day at all (the notice is not out yet). */
enum err holidays_decode(const char *bytes, size_t len, struct arena *arena,
			 struct holidays *ret_holidays, struct error *err) MUST_CHECK;

#endif
