/* Time that counts: outside pauses, inside working hours, on working days. */
#include <config.h>

#include "due_priv.h"

#include "zhiban/base/civil.h"

enum { DAY_MIN = 24 * 60 };

static const struct hours whole_day = { .span = { { 0, DAY_MIN } }, .n = 1 };

static const struct hours *hours_of(const struct due_ask *ask)
{
	return ask->hours != NULL && ask->hours->n > 0 ? ask->hours : &whole_day;
}

static int64_t span_end(const struct span *span)
{
	return span->to != 0 ? span->to : NEVER;
}

int64_t walk_stands_from(const struct due_ask *ask)
{
	int64_t first = NEVER;

	for (size_t i = 0; i < ask->n_pauses; i++)
		if (ask->pauses[i].to == 0 && ask->pauses[i].from < first)
			first = ask->pauses[i].from;
	return first;
}

int64_t walk_running(const struct due_ask *ask, int64_t at)
{
	for (bool moved = true; moved;) {
		moved = false;
		for (size_t i = 0; i < ask->n_pauses; i++) {
			int64_t end = span_end(&ask->pauses[i]);
			if (ask->pauses[i].from <= at && at < end) {
				at = end;
				moved = true;
			}
		}
	}
	return at;
}

int64_t walk_paused(const struct due_ask *ask, int64_t at)
{
	int64_t next = NEVER;

	for (size_t i = 0; i < ask->n_pauses; i++) {
		const struct span *span = &ask->pauses[i];
		if (span->from > at && span->from < next && span_end(span) > span->from)
			next = span->from;
	}
	return next;
}

int64_t walk_use(const struct due_ask *ask, int64_t from, int64_t to, int64_t *left)
{
	for (int64_t at = walk_running(ask, from); at < to; at = walk_running(ask, at)) {
		int64_t end = walk_paused(ask, at);

		if (end > to)
			end = to;
		if (*left <= end - at) {
			at += *left;
			*left = 0;
			return at;
		}
		*left -= end - at;
		at = end;
	}
	return NEVER;
}

int64_t walk_use_day(const struct due_ask *ask, int32_t day, int64_t from, int64_t to,
		     int64_t *left)
{
	const struct hours *hours = hours_of(ask);
	int64_t midnight = civil_ms_of_day(day, ask->offset_min);

	for (int i = 0; i < hours->n; i++) {
		int64_t begin = midnight + hours->span[i].from * MINUTE_MS;
		int64_t end = midnight + hours->span[i].to * MINUTE_MS, at;

		if (begin < from)
			begin = from;
		if (end > to)
			end = to;
		at = begin < end ? walk_use(ask, begin, end, left) : NEVER;
		if (at != NEVER)
			return at;
	}
	return NEVER;
}

int64_t walk_day_end(const struct due_ask *ask, int32_t day)
{
	const struct hours *hours = hours_of(ask);

	return civil_ms_of_day(day, ask->offset_min) + hours->span[hours->n - 1].to * MINUTE_MS;
}

bool walk_day_runs(const struct due_ask *ask, int32_t day)
{
	int64_t end = walk_day_end(ask, day);

	for (size_t i = 0; i < ask->n_pauses; i++)
		if (ask->pauses[i].from < end && end <= span_end(&ask->pauses[i]))
			return false;
	return true;
}

/* Whether a day gives time to a limit in working minutes or days. */
static bool day_gives(const struct due_ask *ask, enum limit_unit unit, int32_t day)
{
	if (!calendar_is_workday(ask->calendar, day))
		return false;
	return unit != LIMIT_WORK_DAYS || walk_day_runs(ask, day);
}

static int32_t first_day(const struct due_ask *ask, enum limit_unit unit, int64_t from)
{
	return civil_day_of_ms(from, ask->offset_min) + (unit == LIMIT_WORK_DAYS ? 1 : 0);
}

static bool in_days(enum limit_unit unit)
{
	return unit == LIMIT_WORK_MINUTES || unit == LIMIT_WORK_DAYS;
}

int64_t walk_on(const struct due_ask *ask, enum limit_unit unit, int64_t from, int64_t ms)
{
	int64_t stands = walk_stands_from(ask), left = ms, at = NEVER;

	if (!in_days(unit))
		return walk_use(ask, from, NEVER, &left);
	for (int32_t day = first_day(ask, unit, from); at == NEVER; day++) {
		if (civil_ms_of_day(day, ask->offset_min) > stands)
			return NEVER;
		if (day_gives(ask, unit, day))
			at = walk_use_day(ask, day, from, NEVER, &left);
	}
	return at;
}

int64_t walk_between(const struct due_ask *ask, enum limit_unit unit, int64_t from, int64_t to)
{
	int64_t left = NEVER;

	if (to <= from)
		return 0;
	if (!in_days(unit)) {
		walk_use(ask, from, to, &left);
		return NEVER - left;
	}
	for (int32_t day = first_day(ask, unit, from);
	     civil_ms_of_day(day, ask->offset_min) < to; day++)
		if (day_gives(ask, unit, day))
			walk_use_day(ask, day, from, to, &left);
	return NEVER - left;
}
