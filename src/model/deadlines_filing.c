/* Weeks of rosters that are to be filed and are not (未报备): computed from the plans of the profile and
 * what was filed. */
#include <config.h>

#include "zhiban/model/due_filing.h"

#include "deadlines_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/roster.h"

enum { WEEK_DAYS = 7, AHEAD_WEEKS = 5 }; /* no filing is due longer before its week */

struct owed { /* what is looked at */
	struct client *client;
	const struct due_asking *asking;
	const struct client_filing *filed;
	size_t n_filed;
	int64_t from, to;
};

static struct uuid week_roster(const char *org, const struct roster_plan *plan, int32_t week)
{
	char month[ROSTER_MONTH];

	month_of_day(week, month);
	return roster_id(org, plan->code, month);
}

static struct uuid week_id(const struct uuid *roster, int32_t week)
{
	return uuid_child(roster, "week", (unsigned)week);
}

static const struct filing *filing_of(const struct owed *owed, const struct uuid *roster,
				      int64_t week)
{
	for (size_t i = 0; i < owed->n_filed; i++)
		if (owed->filed[i].filing->week == week &&
		    uuid_eq(&owed->filed[i].roster, roster))
			return owed->filed[i].filing;
	return NULL;
}

static void add_week(const struct owed *owed, const char *org, const struct roster_plan *plan,
		     int32_t week, int64_t due, int64_t chases)
{
	struct due_gathered *rows = owed->asking->rows;
	struct uuid roster = week_roster(org, plan, week);
	struct client_deadline row = {
		.deadline = { .sort = DEADLINE_ROSTER, .id = week_id(&roster, week), .org = org,
			      .due = due, .about = roster },
		.kind = KIND_ROSTER,
		.entity = roster,
		.number = "",
		.street = org,
	};
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	civil_format(civil_ms_of_day(week, 0), 0, "m-d", from, sizeof from);
	civil_format(civil_ms_of_day(week + WEEK_DAYS - 1, 0), 0, "m-d", to, sizeof to);
	/* TRANSLATORS: a roster, and the week (its first and last day) of it that is not filed */
	row.title = arena_printf(&rows->arena, _("%s %s to %s"), plan->label, from, to);
	if (chases > 0)
		row.title = arena_printf(&rows->arena, _("%s, chased %lld times"), row.title,
					 (long long)chases);
	row.key = (struct deadline_key){ true, due, INT64_MAX - 512 + (int64_t)(rows->n % 512) };
	due_gathered_add(rows, &row);
}

static void of_plan(const struct owed *owed, const char *org, const struct roster_plan *plan)
{
	const struct rules *rules = client_rules(owed->client);
	int32_t first = week_of_day(civil_day_of_ms(owed->from, rules->offset_min));
	int32_t last = civil_day_of_ms(owed->to, rules->offset_min) + AHEAD_WEEKS * WEEK_DAYS;

	for (int32_t week = first; week <= last; week += WEEK_DAYS) {
		int64_t due = filing_due(rules, plan, week);
		struct uuid roster = week_roster(org, plan, week);
		const struct filing *filing =
			filing_of(owed, &roster, civil_ms_of_day(week, rules->offset_min));

		if (due < owed->from || due >= owed->to || (filing && filing->filed_at))
			continue;
		add_week(owed, org, plan, week, due, filing ? filing->chases : 0);
		if (owed->asking->only_next && due > owed->asking->now)
			return; /* the next alone, of what comes every week */
	}
}

/* Whose rosters: his that asks, else all that the officer sees. */
static bool is_asked(const struct due_asking *asking, const char *org)
{
	const struct rules *rules = client_rules(asking->client);
	const struct actor *actor = client_actor(asking->client);
	const char *sees = actor ? role_scope_org(rules, actor->role, actor->org) : NULL;

	if (!sees || !rules_org_within(rules, org, sees))
		return false;
	if (asking->org && str_eq(asking->org, rules->centre))
		return str_eq(org, rules->centre);
	return !asking->org || rules_org_within(rules, org, asking->org);
}

static bool any_filed(const struct rules *rules)
{
	for (size_t i = 0; i < rules->n_plans; i++)
		if (rules->plans[i].file)
			return true;
	return false;
}

void due_add_filings(const struct due_asking *asking)
{
	enum { MISSED_DAYS = 7, AHEAD_DAYS = 14 };
	const struct rules *rules = client_rules(asking->client);
	const struct roster_plan *plan;
	struct arena arena = ARENA_INIT;
	struct owed owed = { asking->client, asking, NULL, 0, asking->from, asking->to };
	struct client_filing *filed = NULL;

	if (!any_filed(rules))
		return;
	if (asking->only_next) {
		owed.from = asking->now - MISSED_DAYS * DAY_MS;
		owed.to = asking->now + AHEAD_DAYS * DAY_MS;
	}
	if (client_filings(asking->client, owed.from - WEEK_DAYS * DAY_MS,
			   owed.to + (AHEAD_WEEKS + 1) * WEEK_DAYS * DAY_MS, &arena, &filed,
			   &owed.n_filed, NULL) != ERR_OK)
		owed.n_filed = 0;
	owed.filed = filed;
	for (size_t i = 0; i < rules->n_orgs; i++)
		for (size_t p = 0; (plan = rules_plan_of(rules, rules->orgs[i].code, p)); p++)
			if (plan->file && is_asked(asking, rules->orgs[i].code))
				of_plan(&owed, rules->orgs[i].code, plan);
	arena_release(&arena);
}

bool due_is_filing(const struct client_deadline *row)
{
	return row->kind == KIND_ROSTER && row->deadline.sort == DEADLINE_ROSTER &&
	       !uuid_is_nil(&row->deadline.about);
}

bool due_filing_of(const struct rules *rules, const struct client_deadline *row,
		   struct due_filing *ret_filing)
{
	const struct roster_plan *plan;
	int32_t day = civil_day_of_ms(row->deadline.due, rules->offset_min);

	if (!due_is_filing(row))
		return false;
	for (size_t p = 0; (plan = rules_plan_of(rules, row->deadline.org, p)); p++)
		for (int32_t week = week_of_day(day); week <= day + AHEAD_WEEKS * WEEK_DAYS;
		     week += WEEK_DAYS) {
			struct uuid roster = week_roster(row->deadline.org, plan, week);
			struct uuid id = week_id(&roster, week);

			if (!uuid_eq(&id, &row->deadline.id))
				continue;
			*ret_filing = (struct due_filing){ .plan = plan, .week = week };
			month_of_day(week, ret_filing->month);
			return true;
		}
	return false;
}
