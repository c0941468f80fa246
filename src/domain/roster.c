/* Rosters: what a profile says of them, months, ids and classes of days.  Seats to be filled stand in
 * roster_need.c, cells in roster_cell.c. */
#include <config.h>

#include "zhiban/domain/roster.h"

#include <string.h>

#include "inspection_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

/* --- plans ----------------------------------------------------------------------------------- */

const char *roster_plan_code(const struct roster_plan *plan)
{
	return plan->code;
}

const struct roster_plan *rules_plan(const struct rules *rules, const char *code)
{
	for (size_t i = 0; code != NULL && i < rules->n_plans; i++)
		if (strcmp(rules->plans[i].code, code) == 0)
			return &rules->plans[i];
	return NULL;
}

static bool plan_names(const struct rules *rules, const struct roster_plan *plan,
		       const struct org *org)
{
	return str_eq(plan->of, org->code) ||
	       (str_eq(plan->of, "centre") && str_eq(org->code, rules->centre));
}

/* Those that name it come before those of its tier: they are its usual ones.  What another zone runs
 * has none of its tier's. */
const struct roster_plan *rules_plan_of(const struct rules *rules, const char *org, size_t i)
{
	const struct org *whose = rules_org(rules, org);

	for (int by_tier = 0; whose != NULL && by_tier <= 1; by_tier++)
		for (size_t j = 0; j < rules->n_plans; j++) {
			const struct roster_plan *plan = &rules->plans[j];
			bool named = plan_names(rules, plan, whose);
			bool of_tier = whose->managed && str_eq(plan->of, whose->tier);
			bool fits = by_tier ? !named && of_tier : named;

			if (fits && i-- == 0)
				return plan;
		}
	return NULL;
}

const struct duty_shift *plan_shift(const struct roster_plan *plan, const char *code)
{
	for (size_t i = 0; code != NULL && i < plan->n_shifts; i++)
		if (strcmp(plan->shifts[i].code, code) == 0)
			return &plan->shifts[i];
	return NULL;
}

const struct duty_post *plan_post(const struct roster_plan *plan, const char *code)
{
	for (size_t i = 0; code != NULL && i < plan->n_posts; i++)
		if (strcmp(plan->posts[i].code, code) == 0)
			return &plan->posts[i];
	return NULL;
}

bool roster_reader(const struct rules *rules, const char *org)
{
	if (rules->roster_orgs != NULL) {
		for (size_t i = 0; i < rules->n_roster_orgs; i++)
			if (str_eq(rules->roster_orgs[i], org))
				return true;
		return false;
	}
	if (rules_plan_of(rules, org, 0) != NULL)
		return true;
	for (size_t i = 0; org != NULL && i < rules->n_orgs; i++)
		if (rules_plan_of(rules, rules->orgs[i].code, 0) != NULL &&
		    rules_org_within(rules, rules->orgs[i].code, org))
			return true;
	return false;
}

/* --- months and ids -------------------------------------------------------------------------- */

struct uuid roster_id(const char *org, const char *plan, const char *month)
{
	struct str words = STR_INIT;
	struct uuid id;

	str_addf(&words, "roster\n%s\n%s\n%s", org != NULL ? org : "", plan != NULL ? plan : "",
		 month != NULL ? month : "");
	id = uuid_named(str_get(&words));
	str_release(&words);
	return id;
}

static void month_words(const struct civil *civil, char month[ROSTER_MONTH])
{
	unsigned year = (unsigned)civil->year % 10000, of_year = (unsigned)civil->month % 100;
	const char digits[ROSTER_MONTH] = {
		(char)('0' + year / 1000),   (char)('0' + year / 100 % 10),
		(char)('0' + year / 10 % 10), (char)('0' + year % 10),
		'-',			      (char)('0' + of_year / 10),
		(char)('0' + of_year % 10),   '\0',
	};

	memcpy(month, digits, sizeof digits);
}

void month_of_day(int32_t day, char month[ROSTER_MONTH])
{
	struct civil civil;

	civil_of_day(day, &civil);
	month_words(&civil, month);
}

bool month_days(const char *month, int32_t *ret_first, int32_t *ret_end)
{
	char year_words[5];
	long long year, of_year;

	if (month == NULL || strlen(month) != ROSTER_MONTH - 1 || month[4] != '-' ||
	    strspn(month, "0123456789") != 4 || strspn(month + 5, "0123456789") != 2)
		return false;
	memcpy(year_words, month, 4);
	year_words[4] = '\0';
	if (!str_int(year_words, 1900, 9998, &year) || !str_int(month + 5, 1, 12, &of_year))
		return false;
	*ret_first = civil_day((int)year, (int)of_year, 1);
	*ret_end = of_year == 12 ? civil_day((int)year + 1, 1, 1)
				 : civil_day((int)year, (int)of_year + 1, 1);
	return true;
}

int32_t turn_day(const struct rules *rules, const struct turn *turn)
{
	return civil_day_of_ms(turn->starts, rules->offset_min);
}

const struct turn *roster_turn(const struct roster *roster, size_t i)
{
	return (const struct turn *)roster->turns.items + i;
}

const struct turn *roster_turn_find(const struct roster *roster, const struct uuid *id)
{
	return children_find(&roster->turns, child_desc(CHILD_TURN), id);
}

const struct turn *roster_turn_at(const struct rules *rules, const struct roster *roster, int32_t day,
				  const char *shift, const char *post, int seat)
{
	int64_t from = civil_ms_of_day(day, rules->offset_min);

	for (size_t i = 0; i < roster->turns.n; i++) {
		const struct turn *turn = roster_turn(roster, i);

		if (turn->seat == seat && turn->starts >= from && turn->starts < from + DAY_MS &&
		    str_eq(turn->shift, shift) && str_eq(turn->post, post))
			return turn;
	}
	return NULL;
}

struct uuid staff_uuid(const char *text)
{
	struct uuid id;

	if (text == NULL || uuid_parse(text, &id) != ERR_OK)
		return (struct uuid){ { 0 } };
	return id;
}

void uuid_words(const struct uuid *id, char text[40])
{
	text[0] = '-';
	text[1] = '\0';
	if (!uuid_is_nil(id))
		uuid_text(id, text);
}

/* --- weeks ----------------------------------------------------------------------------------- */

int32_t week_of_day(int32_t day)
{
	struct civil civil;

	civil_of_day(day, &civil);
	return day - (civil.weekday - 1);
}

/* The last time before the week begins that the words name. */
int64_t filing_due(const struct rules *rules, const struct roster_plan *plan, int32_t week)
{
	enum { MONTH_MOST = 31 };
	struct check_when when;

	if (plan->file == NULL || !check_when_parse(plan->file, &when))
		return 0;
	for (int32_t day = week - 1; day >= week - MONTH_MOST; day--)
		if (check_when_falls(&when, day))
			return civil_ms_of_day(day, rules->offset_min) + when.minute * MINUTE_MS;
	return 0;
}

const struct filing *roster_filing(const struct rules *rules, const struct roster *roster, int32_t week)
{
	const struct filing *filings = roster->filings.items;

	for (size_t i = 0; i < roster->filings.n; i++)
		if (civil_day_of_ms(filings[i].week, rules->offset_min) == week)
			return &filings[i];
	return NULL;
}

/* --- classes of days ------------------------------------------------------------------------- */

/* As the State Council's notices call it (chunjie). */
#define SPRING_FESTIVAL "\xe6\x98\xa5\xe8\x8a\x82"

static const struct {
	const char *code, *label;
} classes[DAY_CLASSES] = {
	[DAY_WEEKDAY] = { "weekday", N_("Weekday") },
	[DAY_WEEKEND] = { "weekend", N_("Weekend") },
	[DAY_HOLIDAY] = { "holiday", N_("Public holiday") },
	[DAY_SPRING] = { "spring", N_("Spring Festival") },
};

const char *day_class_code(enum day_class cls)
{
	return classes[cls].code;
}

const char *day_class_label(enum day_class cls)
{
	return _(classes[cls].label);
}

enum day_class day_class_of(const struct rules *rules, int32_t day)
{
	const struct calendar_day *exception = calendar_exception(rules->calendar, day);
	struct civil civil;

	if (exception != NULL && exception->work)
		return DAY_WEEKDAY;
	if (exception != NULL && exception->name != NULL &&
	    strstr(exception->name, SPRING_FESTIVAL) != NULL)
		return DAY_SPRING;
	if (exception != NULL)
		return DAY_HOLIDAY;
	civil_of_day(day, &civil);
	return civil.weekday <= 5 ? DAY_WEEKDAY : DAY_WEEKEND;
}
