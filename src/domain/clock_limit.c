#include <config.h>

#include "zhiban/domain/clock_limit.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/mark.h"

static bool in_night(const struct rules *rules, int minute)
{
	if (rules->night_from <= rules->night_to)
		return minute >= rules->night_from && minute < rules->night_to;
	return minute >= rules->night_from || minute < rules->night_to;
}

static bool in_hours(const struct hours *hours, int minute)
{
	for (int i = 0; i < hours->n; i++)
		if (minute >= hours->span[i].from && minute < hours->span[i].to)
			return true;
	return hours->n == 0;
}

/* By the calendar and the hours of a clock; NULL: the jurisdiction's. */
static bool in_period(const struct rules *rules, const struct clock_rule *rule, enum period period,
		      int64_t at)
{
	const struct calendar *calendar =
	    rules_calendar(rules, rule != NULL ? rule->calendar : NULL);
	const struct hours *hours = rules_hours(rules, rule != NULL ? rule->hours : NULL);
	int32_t day = civil_day_of_ms(at, rules->offset_min);
	int minute = (int)((at - civil_ms_of_day(day, rules->offset_min)) / MINUTE_MS);

	switch (period) {
	case PERIOD_ANY:
		return true;
	case PERIOD_WORK:
		return calendar_is_workday(calendar, day) && in_hours(hours, minute);
	case PERIOD_NIGHT:
		return in_night(rules, minute);
	case PERIOD_HOLIDAY:
		return !calendar_is_workday(calendar, day);
	}
	return false;
}

bool rules_in_period(const struct rules *rules, enum period period, int64_t at)
{
	return in_period(rules, NULL, period, at);
}

/* Whether a row's words about the incident fit it. */
static bool row_fits(const struct rules *rules, const struct clock_rule *rule,
		     const struct limit_row *row, const struct limit_ask *ask)
{
	const struct incident *incident = ask->incident;
	int64_t urgency = incident->urgency != 0 ? incident->urgency : URGENCY_PLAIN;
	const char *category = incident->category != NULL ? incident->category : "";

	if ((row->urgency != 0 && row->urgency != urgency) || incident->severity < row->severity)
		return false;
	if (row->category != NULL && !str_starts(category, row->category))
		return false;
	if (row->type != NULL && !str_eq(row->type, incident->type))
		return false;
	if (row->mode != NULL && !str_eq(row->mode, rules_mode(rules, ask->mode)->code))
		return false;
	if (row->org != NULL && !rules_org_within(rules, ask->org, row->org))
		return false;
	return in_period(rules, rule, row->period, ask->at);
}

const struct limit_row *clock_rule_row(const struct rules *rules, const struct clock_rule *rule,
				       const struct limit_ask *ask)
{
	for (size_t i = 0; i < rule->n_rows; i++)
		if (row_fits(rules, rule, &rule->rows[i], ask))
			return &rule->rows[i];
	return NULL;
}
