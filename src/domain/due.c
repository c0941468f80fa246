#include <config.h>

#include "zhiban/domain/due.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { DAY_MIN = 24 * 60 };

struct run { /* one computation */
	const struct calendar *calendar;
	const struct hours *hours;
	int offset_min;
	struct str *explain; /* or NULL */
	bool provisional;
};

static const struct hours whole_day = { .span = { { 0, DAY_MIN } }, .n = 1 };

/* Begins a line of the explanation: the date and its weekday. */
static void say_day(struct run *run, int32_t day)
{
	static const char *const weekday[] = {
		N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
	};
	struct civil civil;

	civil_of_day(day, &civil);
	str_addf(run->explain, "%04d-%02d-%02d %s  ", civil.year, civil.month, civil.day,
		 _(weekday[civil.weekday - 1]));
}

/* The line of a moment: when the limit begins, from when it counts, when it ends. */
static void say_moment(struct run *run, int64_t ms, const char *what)
{
	char clock[CIVIL_TEXT];

	if (run->explain == NULL)
		return;
	say_day(run, civil_day_of_ms(ms, run->offset_min));
	civil_format(ms, run->offset_min, "H:M", clock, sizeof clock);
	str_addf(run->explain, "%s %s\n", clock, what);
}

static void say_skipped(struct run *run, int32_t day)
{
	const struct calendar_day *exception = calendar_exception(run->calendar, day);

	if (run->explain == NULL)
		return;
	say_day(run, day);
	str_addf(run->explain, _("skipped: %s"), exception != NULL ? exception->name : _("weekend"));
	str_add_char(run->explain, '\n');
}

/* Ends the line of a counted day: a make-up day is named, an unknown year is said. */
static void say_kind(struct run *run, int32_t day)
{
	const struct calendar_day *exception = calendar_exception(run->calendar, day);

	if (exception != NULL)
		str_addf(run->explain, _(" (make-up day, %s)"), exception->name);
	if (!calendar_knows(run->calendar, day))
		str_add(run->explain, _(" (provisional: the calendar of this year is not known)"));
}

/* Whether a day counts; looking at a day of an unknown year makes the result provisional. */
static bool counts(struct run *run, int32_t day)
{
	if (!calendar_knows(run->calendar, day))
		run->provisional = true;
	return calendar_is_workday(run->calendar, day);
}

static int64_t add_work_days(struct run *run, int64_t from, int days)
{
	int32_t day = civil_day_of_ms(from, run->offset_min);
	int64_t due;

	say_moment(run, from, _("begins; counted from the next working day"));
	for (int n = 0; n < days;) {
		day++;
		if (!counts(run, day)) {
			say_skipped(run, day);
			continue;
		}
		n++;
		if (run->explain == NULL)
			continue;
		say_day(run, day);
		str_addf(run->explain, _("work day %d"), n);
		say_kind(run, day);
		str_add_char(run->explain, '\n');
	}
	due = civil_ms_of_day(day, run->offset_min) +
	      run->hours->span[run->hours->n - 1].to * MINUTE_MS;
	say_moment(run, due, _("due: the end of working time"));
	return due;
}

/* Uses up to *left ms inside the working hours of one day, from `from` on; returns the moment at
 * which *left came to 0, or 0. */
static int64_t use_day(struct run *run, int32_t day, int64_t from, int64_t *left)
{
	int64_t midnight = civil_ms_of_day(day, run->offset_min);

	for (int i = 0; i < run->hours->n; i++) {
		int64_t begin = midnight + run->hours->span[i].from * MINUTE_MS;
		int64_t end = midnight + run->hours->span[i].to * MINUTE_MS;

		if (begin < from)
			begin = from;
		if (begin >= end)
			continue;
		if (*left <= end - begin) {
			begin += *left;
			*left = 0;
			return begin;
		}
		*left -= end - begin;
	}
	return 0;
}

static int64_t add_work_minutes(struct run *run, int64_t from, int minutes)
{
	int64_t left = minutes * MINUTE_MS, due = 0;
	int32_t day = civil_day_of_ms(from, run->offset_min);

	say_moment(run, from, _("begins; counted in working hours"));
	for (; due == 0; day++) {
		int64_t before = left;

		if (!counts(run, day)) {
			say_skipped(run, day);
			continue;
		}
		due = use_day(run, day, from, &left);
		if (run->explain == NULL)
			continue;
		say_day(run, day);
		if (before == left)
			str_add(run->explain, _("no working time left"));
		else
			str_addf(run->explain, _("%lld working minutes, %lld left"),
				 (long long)((before - left) / MINUTE_MS),
				 (long long)(left / MINUTE_MS));
		say_kind(run, day);
		str_add_char(run->explain, '\n');
	}
	say_moment(run, due, _("due"));
	return due;
}

static int64_t add_natural(struct run *run, int64_t from, int amount, int64_t unit)
{
	int64_t due = from + amount * unit;

	say_moment(run, from, _("begins; counted day and night"));
	for (int n = 1; run->explain != NULL && unit == DAY_MS && n <= amount; n++) {
		say_day(run, civil_day_of_ms(from + n * unit, run->offset_min));
		str_addf(run->explain, _("day %d"), n);
		str_add_char(run->explain, '\n');
	}
	say_moment(run, due, _("due"));
	return due;
}

/* The next moment at which it is `minute` o'clock, `from` itself included. */
static int64_t next_clock(int64_t from, int minute, int offset_min)
{
	int64_t at = civil_ms_of_day(civil_day_of_ms(from, offset_min), offset_min) +
		     minute * MINUTE_MS;

	return at >= from ? at : at + DAY_MS;
}

struct due due_compute(const struct calendar *calendar, const struct hours *hours, int offset_min,
		       int64_t from, const struct limit *limit, struct str *explain)
{
	struct run run = { calendar, hours->n > 0 ? hours : &whole_day, offset_min, explain, false };
	struct due due = { .at = 0 };

	if (limit->unit == LIMIT_NONE)
		return due;
	if (limit->from_clock >= 0) {
		say_moment(&run, from, _("known; counted from a later hour"));
		from = next_clock(from, limit->from_clock, offset_min);
	}
	switch (limit->unit) {
	case LIMIT_NONE:
		break;
	case LIMIT_MINUTES:
		due.at = add_natural(&run, from, limit->amount, MINUTE_MS);
		break;
	case LIMIT_WORK_MINUTES:
		due.at = add_work_minutes(&run, from, limit->amount);
		break;
	case LIMIT_DAYS:
		due.at = add_natural(&run, from, limit->amount, DAY_MS);
		break;
	case LIMIT_WORK_DAYS:
		due.at = add_work_days(&run, from, limit->amount);
		break;
	}
	due.provisional = run.provisional;
	return due;
}
