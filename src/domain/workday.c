#include <config.h>

#include "zhiban/domain/workday.h"

#include "zhiban/base/civil.h"

const struct calendar_day *calendar_exception(const struct calendar *calendar, int32_t day)
{
	size_t lo = 0, hi;

	if (calendar == NULL)
		return NULL;
	hi = calendar->n_days;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (calendar->days[mid].day < day)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo < calendar->n_days && calendar->days[lo].day == day)
		return &calendar->days[lo];
	return calendar_exception(calendar->under, day);
}

bool calendar_is_workday(const struct calendar *calendar, int32_t day)
{
	const struct calendar_day *exception = calendar_exception(calendar, day);
	struct civil civil;

	if (exception != NULL)
		return exception->work;
	civil_of_day(day, &civil);
	return civil.weekday <= 5;
}

bool calendar_knows(const struct calendar *calendar, int32_t day)
{
	struct civil civil;

	if (calendar == NULL)
		return false;
	if (calendar->under != NULL)
		return calendar_knows(calendar->under, day);
	civil_of_day(day, &civil);
	return civil.year >= calendar->first_year && civil.year <= calendar->last_year;
}

enum { NOVEMBER = 11 };

int calendar_missing(const struct calendar *calendar, int32_t today)
{
	struct civil civil;
	int year;

	civil_of_day(today, &civil);
	year = civil.month >= NOVEMBER ? civil.year + 1 : civil.year;
	return calendar_knows(calendar, civil_day(year, 1, 1)) ? 0 : year;
}

int32_t calendar_add_workdays(const struct calendar *calendar, int32_t day, int n)
{
	int32_t step = n < 0 ? -1 : 1;

	while (n != 0) {
		day += step;
		if (calendar_is_workday(calendar, day))
			n -= step;
	}
	return day;
}
