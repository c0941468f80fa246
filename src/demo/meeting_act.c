/* Who does what, and when, in the demo's meetings. */
#include <config.h>

#include "meeting_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

enum { DAY_FROM = 8 * 60 + 30, DAY_TO = 17 * 60 + 30, SECRETARIES = 8 };

static const struct demo_person *of_role(const struct affairs *a, const char *role)
{
	const struct demo_people *people = a->book.people;

	for (size_t i = 0; i < people->n; i++)
		if (str_eq(people->items[i].org, a->book.demo->rules->centre) &&
		    str_eq(people->items[i].role, role))
			return &people->items[i];
	return &people->items[0];
}

struct act affair_by_role(struct affairs *a, enum kind kind, const char *verb,
			  const struct uuid *id, const char *role, int64_t at)
{
	const struct demo_person *who = of_role(a, role);
	const struct actor actor = {who->name, who->org, who->role};

	return book_act(&a->book, kind, verb, id, &actor, at);
}

struct act affair_act(struct affairs *a, enum kind kind, const char *verb, const struct uuid *id,
		      const char *org, int64_t at)
{
	struct demo *demo = a->book.demo;
	const struct demo_person *who = demo_person_of(demo, a->book.people, org);
	const struct demo_list *said = &demo->words->meet[DEMO_MEET_CALLS];
	struct by_phone phone = {.at = 0};
	struct actor actor;
	struct act act;

	if (str_eq(org, demo->rules->centre)) /* the secretaries are its first officers */
		who = &a->book.people->items[demo_below(demo, SECRETARIES)];
	if (who == NULL) {
		who = &a->book.people->items[demo_below(demo, SECRETARIES)];
		phone = (struct by_phone){.org = org,
					  .rung = demo_name(demo, a->book.arena),
					  .wording = said->items[demo_below(demo, said->n)],
					  .at = at};
		phone.answered_by = phone.rung;
	}
	actor = (struct actor){who->name, who->org, who->role};
	act = book_act(&a->book, kind, verb, id, &actor, at);
	act.by_phone = phone;
	return act;
}

bool affair_try(struct affairs *a, const struct act *act)
{
	size_t refused = a->book.tale->refused;
	bool done = book_done(&a->book, act);

	a->book.tale->refused = refused;
	return done;
}

const char *affair_pick(struct affairs *a, enum demo_meet_id id)
{
	const struct demo_list *list = &a->book.demo->words->meet[id];

	return list->items[demo_below(a->book.demo, list->n)];
}

int64_t affair_minutes(struct affairs *a, int low, int high)
{
	return book_minutes(&a->book, low, high);
}

int64_t affair_day_at(const struct affairs *a, int32_t day, int minute)
{
	return civil_ms_of_day(day, a->book.demo->rules->offset_min) + minute * (int64_t)MINUTE_MS;
}

int64_t affair_by_day(struct affairs *a, int64_t at)
{
	const struct rules *rules = a->book.demo->rules;
	int32_t day = civil_day_of_ms(at, rules->offset_min);
	int64_t minute = (at - affair_day_at(a, day, 0)) / MINUTE_MS;

	if (minute < DAY_TO && calendar_is_workday(rules->calendar, day)) {
		if (minute >= DAY_FROM)
			return at;
		return affair_day_at(a, day, DAY_FROM) + affair_minutes(a, 5, 70);
	}
	do
		day++;
	while (!calendar_is_workday(rules->calendar, day));
	return affair_day_at(a, day, DAY_FROM) + affair_minutes(a, 5, 70);
}

int64_t affair_day_before(const struct affairs *a, int64_t of, int n, int minute)
{
	const struct rules *rules = a->book.demo->rules;
	int32_t day = civil_day_of_ms(of, rules->offset_min);

	while (n > 0)
		n -= calendar_is_workday(rules->calendar, --day);
	return affair_day_at(a, day, minute);
}

/* --- when a series meets ---------------------------------------------------------------------- */

/* "weekly 3 14:30", "monthly 10 09:00": the day it names and the minute; of none Wednesday at
 * 15:00. */
static bool read_when(const struct meeting_series *series, int *ret_day, int *ret_minute)
{
	const char *when = series->when != NULL ? series->when : "weekly 3 15:00";
	const char *day = strchr(when, ' '), *time = day != NULL ? strrchr(when, ' ') : NULL;
	const char *colon = time != NULL ? strchr(time, ':') : NULL;
	long long number = 0, hour = 0, minute = 0;

	if (colon == NULL)
		return false;
	for (const char *s = day + 1; s < time && *s >= '0' && *s <= '9'; s++)
		number = number * 10 + (*s - '0');
	for (const char *s = time + 1; s < colon; s++)
		hour = hour * 10 + (*s - '0');
	for (const char *s = colon + 1; *s >= '0' && *s <= '9'; s++)
		minute = minute * 10 + (*s - '0');
	*ret_day = (int)number;
	*ret_minute = (int)(hour * 60 + minute);
	return strncmp(when, "monthly", 7) != 0;
}

static bool is_its_day(const struct affairs *a, bool weekly, int wanted, int32_t day)
{
	const struct rules *rules = a->book.demo->rules;
	struct civil civil;

	civil_of_ms(affair_day_at(a, day, 12 * 60), rules->offset_min, &civil);
	if (weekly)
		return civil.weekday == wanted && calendar_is_workday(rules->calendar, day);
	return civil.day == wanted;
}

int64_t series_time(const struct affairs *a, const struct meeting_series *series, int n)
{
	enum { DAYS_MOST = 400 };
	const struct rules *rules = a->book.demo->rules;
	int32_t day = civil_day_of_ms(a->now, rules->offset_min);
	int wanted = 3, minute = 15 * 60, step = n < 0 ? -1 : 1, left = n < 0 ? -n : n;
	bool weekly = read_when(series, &wanted, &minute);

	for (int i = 0; i < DAYS_MOST; i++, day += step) {
		int64_t at = affair_day_at(a, day, minute);

		if (!is_its_day(a, weekly, wanted, day) ||
		    (n < 0 ? at + 4 * HOUR_MS > a->now : at < a->now + 30 * HOUR_MS))
			continue;
		if (--left == 0)
			return at;
	}
	return affair_day_at(a, day, minute);
}
