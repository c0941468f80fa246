/* A calendar as its own text, and with a year put into it. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/profile/profile.h"

enum { SPAN_DAYS = 31, DECEMBER = 12 };

static int year_of(int32_t day)
{
	struct civil civil;

	civil_of_day(day, &civil);
	return civil.year;
}

/* --- writing ---------------------------------------------------------------------------------- */

static void put_date(struct str *out, int32_t day)
{
	struct civil civil;

	civil_of_day(day, &civil);
	str_addf(out, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

/* How many days from i on follow each other with one name, off or on alike, in one year. */
static size_t run_of(const struct calendar *calendar, size_t i)
{
	const struct calendar_day *days = calendar->days;
	size_t n = 1;

	while (i + n < calendar->n_days && n < SPAN_DAYS &&
	       days[i + n].day == days[i].day + (int32_t)n && days[i + n].work == days[i].work &&
	       strcmp(days[i + n].name, days[i].name) == 0 &&
	       year_of(days[i + n].day) == year_of(days[i].day))
		n++;
	return n;
}

static void put_list(struct str *out, const struct calendar *calendar, int year, bool work)
{
	bool first = true;
	size_t n;

	for (size_t i = 0; i < calendar->n_days; i += n) {
		const struct calendar_day *day = &calendar->days[i];

		n = run_of(calendar, i);
		if (day->work != work || year_of(day->day) != year)
			continue;
		str_add(out,
			first ? work ? "\twork = {\n\t\t\"" : "\toff = {\n\t\t\"" : ",\n\t\t\"");
		first = false;
		put_date(out, day->day);
		if (n > 1) {
			str_add(out, "..");
			put_date(out, day->day + (int32_t)n - 1);
		}
		str_addf(out, " %s\"", day->name);
	}
	if (!first)
		str_add(out, "\n\t}\n");
}

void workdays_write(const struct calendar *calendar, struct str *out)
{
	str_addf(out, "name = \"%s\"\n", calendar->name);
	for (int year = calendar->first_year; year <= calendar->last_year; year++) {
		str_addf(out, "\nyear \"%d\" {\n", year);
		put_list(out, calendar, year, false);
		put_list(out, calendar, year, true);
		str_add(out, "}\n");
	}
}

/* --- a year put into it ----------------------------------------------------------------------- */

/* Whether a day that was known stays when the notice of a year comes in: all of other years, and
 * the days around New Year that the notice of the next year has set. */
static bool stays(const struct calendar *calendar, const struct calendar_day *day, int year)
{
	struct civil civil;

	civil_of_day(day->day, &civil);
	return civil.year != year || (civil.month == DECEMBER && year < calendar->last_year);
}

static bool has(const struct calendar_day *days, size_t n, int32_t day)
{
	for (size_t i = 0; i < n; i++)
		if (days[i].day == day)
			return true;
	return false;
}

static int by_day(const void *a, const void *b)
{
	const struct calendar_day *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

static enum err check_year(const struct calendar *calendar, int year, struct error *err)
{
	if (year >= calendar->first_year - 1 && year <= calendar->last_year + 1)
		return ERR_OK;
	return error_set(err, ERR_INPUT,
			 _("year %d: the calendar knows %d to %d, and years follow each other "
			   "without a gap"),
			 year, calendar->first_year, calendar->last_year);
}

enum err workdays_put_year(const struct calendar *calendar, int year,
			   const struct calendar_day *days, size_t n, struct arena *arena,
			   struct calendar *ret_calendar, struct error *err)
{
	struct calendar made = *calendar;
	struct calendar_day *all;
	enum err code = check_year(calendar, year, err);

	if (code != ERR_OK)
		return code;
	if (year < made.first_year)
		made.first_year = year;
	if (year > made.last_year)
		made.last_year = year;
	all = arena_array(arena, calendar->n_days + n + 1, sizeof *all);
	made.n_days = 0;
	for (size_t i = 0; i < calendar->n_days; i++)
		if (stays(calendar, &calendar->days[i], year) &&
		    !has(days, n, calendar->days[i].day))
			all[made.n_days++] = calendar->days[i];
	for (size_t i = 0; i < n; i++) {
		int of = year_of(days[i].day);
		/* what lies in a year nobody knows yet comes with that year */
		if (of >= made.first_year && of <= made.last_year)
			all[made.n_days++] = days[i];
	}
	qsort(all, made.n_days, sizeof *all, by_day);
	made.days = all;
	*ret_calendar = made;
	return ERR_OK;
}
