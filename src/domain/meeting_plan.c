/* What the profile says of meetings, looked up. */
#include <config.h>

#include "zhiban/domain/meeting_plan.h"

#include "inspection_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/nominee.h"
#include "zhiban/domain/rules.h"
#include "zhiban/domain/workday.h"

static const struct {
	const char *code, *label;
} clocks[MEETING_CLOCKS] = {
	[MEETING_PAPERS] = { "papers", N_("Papers") },
	[MEETING_ANSWER] = { "answer", N_("Answer to the invitation") },
	[MEETING_MINUTES] = { "minutes", N_("Hand in the minutes") },
	[MEETING_SIGN] = { "sign", N_("Countersign the minutes") },
	[MEETING_APPROVE] = { "approve", N_("Approve the minutes") },
	[MEETING_STAGE] = { "stage", N_("Stage") },
};

const char *meeting_clock_code(enum meeting_clock clock)
{
	return clocks[clock].code;
}

const char *meeting_clock_label(enum meeting_clock clock)
{
	return _(clocks[clock].label);
}

const struct meeting_series *rules_series(const struct rules *rules, const char *code)
{
	for (size_t i = 0; code != NULL && i < rules->meetings.n_series; i++)
		if (str_eq(rules->meetings.series[i].code, code))
			return &rules->meetings.series[i];
	return NULL;
}

static bool convenes(const struct rules *rules, const struct meeting_series *series,
		     const struct org *org)
{
	if (str_eq(series->of, "centre"))
		return str_eq(org->code, rules->centre);
	return str_eq(series->of, org->code) || str_eq(series->of, org->tier);
}

const struct meeting_series *rules_series_of(const struct rules *rules, const char *org_code, size_t i)
{
	const struct org *org = rules_org(rules, org_code);

	for (size_t k = 0; org != NULL && k < rules->meetings.n_series; k++)
		if (convenes(rules, &rules->meetings.series[k], org) && i-- == 0)
			return &rules->meetings.series[k];
	return NULL;
}

const char *series_convener(const struct rules *rules, const struct meeting_series *series,
			    const char *own)
{
	for (const struct org *org = rules_org(rules, own); org != NULL;
	     org = rules_org(rules, org->parent))
		if (convenes(rules, series, org) &&
		    (str_eq(own, org->code) || !str_eq(org->code, rules->centre)))
			return org->code;
	return NULL;
}

int64_t series_next(const struct rules *rules, const struct meeting_series *series, int64_t after)
{
	enum { LOOK_DAYS = 366 };
	int32_t first = civil_day_of_ms(after, rules->offset_min);
	struct check_when when;

	if (series->when == NULL || !check_when_parse(series->when, &when))
		return 0;
	for (int32_t day = first; day < first + LOOK_DAYS; day++) {
		int64_t at = civil_ms_of_day(day, rules->offset_min) +
			     when.minute * (int64_t)MINUTE_MS;

		if (at > after && check_when_falls(&when, day) &&
		    (rules->calendar == NULL || calendar_is_workday(rules->calendar, day)))
			return at;
	}
	return 0;
}

const struct meeting_stage *series_stage(const struct meeting_series *series, const char *code)
{
	for (size_t i = 0; series != NULL && code != NULL && i < series->n_stages; i++)
		if (str_eq(series->stages[i].code, code) || str_eq(series->stages[i].label, code))
			return &series->stages[i];
	return NULL;
}

const struct meeting_room *rules_room(const struct rules *rules, const char *name)
{
	for (size_t i = 0; name != NULL && i < rules->meetings.n_rooms; i++)
		if (str_eq(rules->meetings.rooms[i].name, name))
			return &rules->meetings.rooms[i];
	return NULL;
}

size_t share_least(const struct share *share, size_t n)
{
	size_t part = (size_t)share->part, whole = (size_t)share->whole;

	if (share->part == 0)
		return 0;
	return share->more ? n * part / whole + 1 : (n * part + whole - 1) / whole;
}

static const char *const sorts[NOMINEE_SORTS] = {
	[NOMINEE_HAND] = "hand",	     [NOMINEE_HARD] = "hard",
	[NOMINEE_RETURNED] = "returned",     [NOMINEE_ESCALATED] = "escalated",
	[NOMINEE_SHELVED] = "shelved",	     [NOMINEE_OVERDUE] = "overdue",
	[NOMINEE_REWORKED] = "reworked",     [NOMINEE_SUPERVISED] = "supervised",
	[NOMINEE_DISPUTED] = "disputed",     [NOMINEE_UNANSWERED] = "unanswered",
};

const char *nominee_sort_code(enum nominee_sort sort)
{
	return sorts[sort];
}

enum nominee_sort nominee_sort_find(const char *code)
{
	int sort = 0;

	while (sort < NOMINEE_SORTS && !str_eq(sorts[sort], code))
		sort++;
	return (enum nominee_sort)sort;
}
