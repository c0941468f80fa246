#include <config.h>

#include "zhiban/domain/due.h"

#include "due_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

/* --- lines of the explanation ---------------------------------------------------------------- */

struct run { /* one computation */
	const struct due_ask *ask;
	struct str *explain; /* or NULL */
};

/* Begins a line: the date and its weekday. */
static void say_day(const struct run *run, int32_t day)
{
	static const char *const weekday[] = {
		N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
	};
	struct civil civil;

	civil_of_day(day, &civil);
	str_addf(run->explain, "%04d-%02d-%02d %s  ", civil.year, civil.month, civil.day,
		 _(weekday[civil.weekday - 1]));
}

/* Begins the line of a moment: when the limit begins, when it ends. */
static void say_at(const struct run *run, int64_t ms)
{
	char clock[CIVIL_TEXT];
	int offset_min = run->ask->offset_min;

	say_day(run, civil_day_of_ms(ms, offset_min));
	civil_format(ms, offset_min, "H:M", clock, sizeof clock);
	str_addf(run->explain, "%s ", clock);
}

static void say_moment(const struct run *run, int64_t ms, const char *what)
{
	say_at(run, ms);
	str_addf(run->explain, "%s\n", what);
}

static void say_skipped(const struct run *run, int32_t day)
{
	const struct calendar_day *exception = calendar_exception(run->ask->calendar, day);

	say_day(run, day);
	str_addf(run->explain, _("skipped: %s"),
		 exception != NULL ? exception->name : _("weekend"));
	str_add_char(run->explain, '\n');
}

/* What it is until: a moment, or nobody knows. */
static void say_until(const struct run *run, int64_t until)
{
	char text[CIVIL_TEXT];

	if (until == NEVER) {
		str_add(run->explain, _("paused, nobody knows until when"));
		return;
	}
	civil_format(until, run->ask->offset_min, "Y-m-d H:M", text, sizeof text);
	str_addf(run->explain, _("paused until %s"), text);
}

/* Ends the line of a counted day: a make-up day is named, an unknown year is said. */
static void say_kind(const struct run *run, int32_t day)
{
	const struct calendar_day *exception = calendar_exception(run->ask->calendar, day);

	if (exception != NULL)
		str_addf(run->explain, _(" (make-up day, %s)"), exception->name);
	if (!calendar_knows(run->ask->calendar, day))
		str_add(run->explain, _(" (provisional: the calendar of this year is not known)"));
	str_add_char(run->explain, '\n');
}

/* --- working days ---------------------------------------------------------------------------- */

static int64_t day_time(const struct due_ask *ask, int32_t day, bool pauses)
{
	struct due_ask plain = *ask;
	int64_t left = DAY_MS;

	if (!pauses)
		plain.n_pauses = 0;
	walk_use_day(&plain, day, 0, NEVER, &left);
	return DAY_MS - left;
}

static void explain_work_day(const struct run *run, int32_t day, int n)
{
	say_day(run, day);
	str_addf(run->explain, _("work day %d"), n);
	if (day_time(run->ask, day, true) < day_time(run->ask, day, false))
		str_add(run->explain, _(" (paused for a part of it, runs at its end)"));
	say_kind(run, day);
}

static void explain_work_days(const struct run *run, int64_t from, int amount, int64_t due)
{
	const struct due_ask *ask = run->ask;
	int32_t day = civil_day_of_ms(from, ask->offset_min);
	int64_t stands = walk_stands_from(ask);

	for (int n = 0; n < amount;) {
		day++;
		if (civil_ms_of_day(day, ask->offset_min) > (due != NEVER ? due : stands))
			return;
		if (!calendar_is_workday(ask->calendar, day)) {
			say_skipped(run, day);
		} else if (!walk_day_runs(ask, day)) {
			say_day(run, day);
			say_until(run, walk_running(ask, walk_day_end(ask, day) - 1));
			str_add_char(run->explain, '\n');
		} else {
			explain_work_day(run, day, ++n);
		}
	}
}

/* --- working minutes ------------------------------------------------------------------------- */

/* The line of one day: what it gives, and what a pause keeps back. */
static void explain_minutes_of(const struct run *run, int32_t day, int64_t from, int64_t due,
			       int64_t *left)
{
	struct due_ask plain = *run->ask;
	int64_t before = *left, open = DAY_MS;

	plain.n_pauses = 0;
	walk_use_day(run->ask, day, from, due, left);
	walk_use_day(&plain, day, from, due, &open);
	open = DAY_MS - open - (before - *left); /* paused */
	say_day(run, day);
	if (before == *left && open == 0)
		str_add(run->explain, _("no working time left"));
	else
		str_addf(run->explain, _("%lld working minutes, %lld left"),
			 (long long)((before - *left) / MINUTE_MS), (long long)(*left / MINUTE_MS));
	if (open >= MINUTE_MS)
		str_addf(run->explain, _(" (paused: %lld minutes)"), (long long)(open / MINUTE_MS));
	say_kind(run, day);
}

static void explain_work_minutes(const struct run *run, int64_t from, int amount, int64_t due)
{
	const struct due_ask *ask = run->ask;
	int64_t left = amount * MINUTE_MS, until = due != NEVER ? due : walk_stands_from(ask);

	for (int32_t day = civil_day_of_ms(from, ask->offset_min);
	     left > 0 && civil_ms_of_day(day, ask->offset_min) <= until; day++) {
		if (calendar_is_workday(ask->calendar, day))
			explain_minutes_of(run, day, from, until, &left);
		else
			say_skipped(run, day);
	}
}

/* --- natural time ---------------------------------------------------------------------------- */

/* The pauses that begin in a stretch of time, and how long each keeps the clock. */
static void explain_pauses(const struct run *run, int64_t from, int64_t to)
{
	const struct due_ask *ask = run->ask;
	int64_t at = from;

	while (at < to && at != NEVER) {
		int64_t end = walk_running(ask, at);
		if (end > at) {
			say_at(run, at);
			say_until(run, end);
			if (end != NEVER)
				str_addf(run->explain, _(": %lld minutes do not count"),
					 (long long)((end - at) / MINUTE_MS));
			str_add_char(run->explain, '\n');
		}
		at = end == NEVER ? NEVER : walk_paused(ask, end);
	}
}

static void explain_natural(const struct run *run, int64_t from, int amount, int64_t unit)
{
	int64_t at = from;

	for (int n = 1; unit == DAY_MS && n <= amount; n++) {
		int64_t next = walk_on(run->ask, LIMIT_DAYS, from, n * unit);
		explain_pauses(run, at, next);
		if (next == NEVER)
			return;
		say_day(run, civil_day_of_ms(next, run->ask->offset_min));
		str_addf(run->explain, _("day %d"), n);
		str_add_char(run->explain, '\n');
		at = next;
	}
	if (unit != DAY_MS)
		explain_pauses(run, from, walk_on(run->ask, LIMIT_MINUTES, from, amount * unit));
}

/* --- one limit, all together ----------------------------------------------------------------- */

static void explain_limit(const struct run *run, const struct limit *limit, int64_t from,
			  int64_t due, bool first)
{
	static const char *const begins[] = {
		[LIMIT_NONE] = "",
		[LIMIT_MINUTES] = N_("begins; counted day and night"),
		[LIMIT_WORK_MINUTES] = N_("begins; counted in working hours"),
		[LIMIT_DAYS] = N_("begins; counted day and night"),
		[LIMIT_WORK_DAYS] = N_("begins; counted from the next working day"),
	};
	int64_t begin = due_begin(run->ask, limit, from);

	if (begin != from || limit->from_clock >= 0)
		say_moment(run, from, _("known; counted from a later hour"));
	if (first || begin != from)
		say_moment(run, begin, _(begins[limit->unit]));
	switch (limit->unit) {
	case LIMIT_NONE:
		break;
	case LIMIT_MINUTES:
		explain_natural(run, begin, limit->amount, MINUTE_MS);
		break;
	case LIMIT_WORK_MINUTES:
		explain_work_minutes(run, begin, limit->amount, due);
		break;
	case LIMIT_DAYS:
		explain_natural(run, begin, limit->amount, DAY_MS);
		break;
	case LIMIT_WORK_DAYS:
		explain_work_days(run, begin, limit->amount, due);
		break;
	}
}

static bool unknown(const struct due_ask *ask, const struct limit *limit, int64_t from, int64_t due)
{
	int32_t first = civil_day_of_ms(due_begin(ask, limit, from), ask->offset_min);
	/* the end of a working day of 24 hours is the next midnight */
	int32_t last = civil_day_of_ms(due - 1, ask->offset_min);

	if (limit->unit != LIMIT_WORK_DAYS && limit->unit != LIMIT_WORK_MINUTES)
		return false;
	if (limit->unit == LIMIT_WORK_DAYS)
		first++;
	return !calendar_knows(ask->calendar, first) || !calendar_knows(ask->calendar, last);
}

static void say_extension(const struct run *run, int64_t at, const struct limit *limit)
{
	char text[24];

	limit_text(limit, text);
	say_at(run, at);
	str_addf(run->explain, _("due so far; extended by %s"), text);
	str_add_char(run->explain, '\n');
}

struct due due_of(const struct due_ask *ask, struct str *explain)
{
	struct run run = { ask, explain };
	const struct limit *limit = &ask->limit;
	struct due due = { .at = 0 };
	int64_t at = ask->from;

	if (limit->unit == LIMIT_NONE)
		return due;
	for (size_t i = 0; i <= ask->n_extensions; i++) {
		int64_t from = at;
		if (i > 0) {
			limit = &ask->extensions[i - 1];
			if (explain != NULL)
				say_extension(&run, from, limit);
		}
		at = due_limit(ask, limit, from);
		if (explain != NULL)
			explain_limit(&run, limit, from, at, i == 0);
		if (at == NEVER) {
			due.stands = true;
			if (explain != NULL)
				say_moment(&run, walk_stands_from(ask), _("stands still; no due"));
			return due;
		}
		due.provisional = due.provisional || unknown(ask, limit, from, at);
	}
	due.at = at;
	if (explain != NULL)
		say_moment(&run, at, limit->unit == LIMIT_WORK_DAYS ?
					     _("due: the end of working time") : _("due"));
	return due;
}

struct due due_compute(const struct calendar *calendar, const struct hours *hours, int offset_min,
		       int64_t from, const struct limit *limit, struct str *explain)
{
	struct due_ask ask = { .calendar = calendar, .hours = hours, .offset_min = offset_min,
			       .from = from, .limit = *limit };

	return due_of(&ask, explain);
}
