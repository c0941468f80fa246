/* Weeks of rosters that are to be filed and are not (未报备): computed from the plans of the profile and
 * what was filed.
 *
 * An organisation that has nobody in its list of people, and was never spoken to about the week, has
 * not begun: it owes its list before it can owe a roster.  A district that takes up rosters would
 * see one such row for each of its organisations, every week, above all else that runs out; so of
 * several they are one row, told how many they are, which is gone once they have somebody.  Who
 * looks at his own organisation alone has its row as it is. */
#include <config.h>

#include "zhiban/model/due_filing.h"

#include "deadlines_priv.h"

#include <stdlib.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/roster.h"

enum { WEEK_DAYS = 7, AHEAD_WEEKS = 5 }; /* no filing is due longer before its week */

struct week_owed {
	const char *org;
	const struct roster_plan *plan;
	int32_t week;
	int64_t due;
};

struct owed { /* what is looked at */
	struct client *client;
	const struct due_asking *asking;
	const struct client_filing *filed;
	size_t n_filed;
	int64_t from, to;
	bool several; /* organisations: else each has its own rows */
	bool know_listed;
	const char **listed; /* organisations with somebody in their lists, in the arena */
	size_t n_listed;
	struct arena *arena;
	struct week_owed *blank; /* of those that have not begun */
	size_t n_blank, cap_blank;
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

static const char *week_words(struct arena *arena, const struct roster_plan *plan, int32_t week)
{
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	civil_format(civil_ms_of_day(week, 0), 0, "m-d", from, sizeof from);
	civil_format(civil_ms_of_day(week + WEEK_DAYS - 1, 0), 0, "m-d", to, sizeof to);
	/* TRANSLATORS: a roster, and the week (its first and last day) of it that is not filed */
	return arena_printf(arena, _("%s %s to %s"), plan->label, from, to);
}

static void add_row(const struct owed *owed, const struct week_owed *week, struct uuid id,
		    const char *title)
{
	struct due_gathered *rows = owed->asking->rows;
	struct uuid roster = week_roster(week->org, week->plan, week->week);
	struct client_deadline row = {
		.deadline = { .sort = DEADLINE_ROSTER, .id = id, .org = week->org,
			      .due = week->due, .about = roster },
		.kind = KIND_ROSTER,
		.entity = roster,
		.number = "",
		.title = title,
		.street = week->org,
	};

	row.key = (struct deadline_key){ true, week->due,
					 INT64_MAX - 512 + (int64_t)(rows->n % 512) };
	due_gathered_add(rows, &row);
}

static void add_week(const struct owed *owed, const struct week_owed *week, int64_t chases)
{
	struct arena *arena = &owed->asking->rows->arena;
	struct uuid roster = week_roster(week->org, week->plan, week->week);
	const char *title = week_words(arena, week->plan, week->week);

	if (chases > 0)
		title = arena_printf(arena, _("%s, chased %lld times"), title, (long long)chases);
	add_row(owed, week, week_id(&roster, week->week), title);
}

/* ---- who has not begun ---- */

static bool has_begun(struct owed *owed, const char *org)
{
	const struct rules *rules = client_rules(owed->client);

	if (!owed->know_listed &&
	    client_staffed(owed->client, owed->arena, &owed->listed, &owed->n_listed, NULL) !=
		    ERR_OK)
		owed->n_listed = 0;
	owed->know_listed = true;
	for (size_t i = 0; i < owed->n_listed; i++)
		if (rules_org_within(rules, owed->listed[i], org))
			return true;
	return false;
}

/* Above all for whom it was asked. */
static const char *top_of(const struct due_asking *asking)
{
	const struct actor *actor = client_actor(asking->client);

	return asking->org ? asking->org
			   : role_scope_org(client_rules(asking->client), actor->role, actor->org);
}

static struct uuid blank_id(const char *top, const struct roster_plan *plan, int32_t week)
{
	struct uuid roster = week_roster(top, plan, week);

	return uuid_child(&roster, "blank", (unsigned)week);
}

/* One row of all that owe the same week of the same plan; of a single one its own. */
static void add_blanks(const struct owed *owed)
{
	struct arena *arena = &owed->asking->rows->arena;

	for (size_t i = 0; i < owed->n_blank; i++) {
		struct week_owed all = owed->blank[i];
		size_t n = 0;
		bool told = false;

		for (size_t k = 0; k < owed->n_blank; k++)
			if (owed->blank[k].plan == all.plan && owed->blank[k].week == all.week) {
				told |= k < i;
				n++;
			}
		if (told)
			continue;
		if (n == 1) {
			add_week(owed, &all, 0);
			continue;
		}
		/* TRANSLATORS: so many have nobody in their lists yet (the first of them stands
		 * beside it); a roster and its week */
		add_row(owed, &all, blank_id(top_of(owed->asking), all.plan, all.week),
			arena_printf(arena, _("%zu organisations without any people: %s"), n,
				     week_words(arena, all.plan, all.week)));
	}
}

/* ---- what is owed ---- */

static void of_plan(struct owed *owed, const char *org, const struct roster_plan *plan)
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
		if (owed->several && !filing && !has_begun(owed, org)) {
			MEM_GROW(owed->blank, owed->n_blank, owed->cap_blank);
			owed->blank[owed->n_blank++] = (struct week_owed){ org, plan, week, due };
		} else {
			add_week(owed, &(struct week_owed){ org, plan, week, due },
				 filing ? filing->chases : 0);
		}
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

static bool files(const struct rules *rules, const char *org)
{
	const struct roster_plan *plan;

	for (size_t p = 0; (plan = rules_plan_of(rules, org, p)); p++)
		if (plan->file)
			return true;
	return false;
}

/* Into owed->asking's rows those of who has begun, into owed->blank the others. */
static void gather(struct owed *owed)
{
	const struct rules *rules = client_rules(owed->client);
	const struct roster_plan *plan;
	struct client_filing *filed = NULL;
	size_t n = 0;

	if (client_filings(owed->client, owed->from - WEEK_DAYS * DAY_MS,
			   owed->to + (AHEAD_WEEKS + 1) * WEEK_DAYS * DAY_MS, owed->arena, &filed,
			   &owed->n_filed, NULL) != ERR_OK)
		owed->n_filed = 0;
	owed->filed = filed;
	for (size_t i = 0; i < rules->n_orgs && n < 2; i++)
		n += is_asked(owed->asking, rules->orgs[i].code) &&
		     files(rules, rules->orgs[i].code);
	owed->several = n > 1;
	for (size_t i = 0; i < rules->n_orgs; i++)
		for (size_t p = 0; (plan = rules_plan_of(rules, rules->orgs[i].code, p)); p++)
			if (plan->file && is_asked(owed->asking, rules->orgs[i].code))
				of_plan(owed, rules->orgs[i].code, plan);
}

void due_add_filings(const struct due_asking *asking)
{
	enum { MISSED_DAYS = 7, AHEAD_DAYS = 14 };
	struct arena arena = ARENA_INIT;
	struct owed owed = { .client = asking->client, .asking = asking, .from = asking->from,
			     .to = asking->to, .arena = &arena };

	if (!any_filed(client_rules(asking->client)))
		return;
	if (asking->only_next) {
		owed.from = asking->now - MISSED_DAYS * DAY_MS;
		owed.to = asking->now + AHEAD_DAYS * DAY_MS;
	}
	gather(&owed);
	add_blanks(&owed);
	free(owed.blank);
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
			*ret_filing = (struct due_filing){ .org = row->deadline.org,
							   .plan = plan,
							   .week = week };
			month_of_day(week, ret_filing->month);
			return true;
		}
	return false;
}

/* Looked for again among what is owed at that moment by whom the officer sees, or his own. */
static size_t blanks_of(struct client *client, const char *org, const struct client_deadline *row,
			struct arena *arena, struct due_filing *filings)
{
	struct due_gathered rows = { .rows = NULL };
	const struct due_asking asking = { .client = client,
					   .org = org,
					   .now = client_now(client),
					   .rows = &rows };
	struct owed owed = { .client = client, .asking = &asking, .from = row->deadline.due,
			     .to = row->deadline.due + 1, .arena = arena };
	size_t n = 0;

	gather(&owed);
	for (size_t i = 0; i < owed.n_blank; i++) {
		const struct week_owed *one = &owed.blank[i];
		struct uuid id = blank_id(top_of(&asking), one->plan, one->week);

		if (!uuid_eq(&id, &row->deadline.id))
			continue;
		filings[n] = (struct due_filing){ .org = one->org,
						  .plan = one->plan,
						  .week = one->week };
		month_of_day(one->week, filings[n++].month);
	}
	free(owed.blank);
	due_gathered_release(&rows);
	return n;
}

size_t due_filings_of(struct client *client, const struct client_deadline *row,
		      struct arena *arena, struct due_filing **ret_filings)
{
	const struct rules *rules = client_rules(client);
	struct due_filing *filings;
	size_t n;

	if (!due_is_filing(row))
		return 0;
	filings = arena_array(arena, rules->n_orgs + 1, sizeof *filings);
	n = due_filing_of(rules, row, &filings[0]) ? 1
						   : blanks_of(client, NULL, row, arena, filings);
	if (n == 0)
		n = blanks_of(client, client_deadlines_mine(client).org, row, arena, filings);
	*ret_filings = filings;
	return n;
}
