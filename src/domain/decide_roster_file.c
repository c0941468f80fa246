/* Weeks of a roster that are filed with the centre (值班表报备), and chased.
 *
 * A week is filed with the month its Monday lies in; what of it lies in the next month is filed there
 * by an act that follows. */
#include <config.h>

#include "decide_roster.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

enum { WEEK_DAYS = 7 };

static struct filing *filing_at(struct rostering *r, int32_t week)
{
	const struct filing *there = roster_filing(r->rules, r->after, week);
	struct uuid id = there != NULL ? there->id
				       : uuid_child(&r->act->target.id, "filing", (unsigned)week);
	struct filing *filing = children_find(&r->after->filings, child_desc(CHILD_FILING), &id);

	if (filing == NULL)
		filing = children_add(&r->after->filings, child_desc(CHILD_FILING), &id, r->arena);
	filing->week = civil_ms_of_day(week, r->rules->offset_min);
	filing->due = filing_due(r->rules, r->plan, week);
	return filing;
}

static enum err find_week(const struct rostering *r, int32_t *ret_week, struct error *err)
{
	int64_t at = act_value(r->act, "week", 0).num;
	int32_t week = week_of_day(civil_day_of_ms(at, r->rules->offset_min)), first, end;

	if (!month_days(r->month, &first, &end))
		return error_set(err, ERR_REFUSED, "%s", _(err_sentence(ERR_REFUSED)));
	if (filing_due(r->rules, r->plan, week) == 0)
		return error_set(err, ERR_REFUSED, _("the roster %s is not filed"), r->plan->label);
	if (week >= end || week + WEEK_DAYS <= first)
		return error_set(err, ERR_INPUT, _("that week is not in the month %s"), r->month);
	if (week < first && !act_follows(r->act))
		return error_set(err, ERR_INPUT,
				 _("a week is filed with the month that its Monday lies in"));
	*ret_week = week;
	return ERR_OK;
}

/* Seats of the week that are empty, as far as it lies in this month. */
static int64_t gaps_in(const struct rostering *r, int32_t week)
{
	const struct roster *const rosters[] = { r->after };
	const struct roster_view view = { .rules = r->rules,
					  .plan = r->plan,
					  .rosters = rosters,
					  .n_rosters = 1,
					  .mode = r->state->mode,
					  .org = r->org };
	struct finding *findings;
	size_t n = 0;
	int64_t gaps = 0;
	int32_t first = 0, end = 0, to = week + WEEK_DAYS;

	if (!month_days(r->month, &first, &end))
		return 0;
	roster_findings(&view, week > first ? week : first, to < end ? to : end, r->arena,
			&findings, &n);
	for (size_t i = 0; i < n; i++)
		gaps += findings[i].breach == BREACH_GAP;
	return gaps;
}

static void give(struct rostering *r, struct act *follow, const char *name, const char *text)
{
	if (text != NULL)
		act_give(follow, act_arg_field(follow->desc, name),
			 (struct value){ .is_text = true, .text = text }, r->arena);
}

static void file_rest(struct rostering *r, int32_t week)
{
	int32_t first, end;
	char month[ROSTER_MONTH];
	struct act *follow;

	if (!month_days(r->month, &first, &end) || week + WEEK_DAYS <= end)
		return;
	month_of_day(end, month);
	follow = follow_add(&r->follow, &r->n_follow, &r->cap_follow, r->act, r->eff, r->arena);
	follow->desc = r->act->desc;
	follow->target = (struct target){ .kind = KIND_ROSTER,
					  .id = roster_id(r->org, r->plan->code, month) };
	give(r, follow, "org", r->org);
	give(r, follow, "plan_code", r->plan->code);
	give(r, follow, "month", month);
	give(r, follow, "reason", act_text(r->act, "reason"));
	act_give(follow, act_arg_field(follow->desc, "week"),
		 (struct value){ .num = civil_ms_of_day(week, r->rules->offset_min) }, r->arena);
}

static enum err filed_before(struct rostering *r, const struct filing *filing)
{
	r->again = true;
	r->note = arena_printf(r->arena, _("filed already by %s, %s"),
			       filing->filed_by != NULL ? filing->filed_by : "-",
			       when_words(r->rules, filing->filed_at, r->arena));
	return ERR_OK;
}

enum err roster_file(struct rostering *r, struct error *err)
{
	const char *reason = act_text(r->act, "reason");
	struct filing *filing;
	int32_t week;
	int64_t gaps;
	enum err code = find_week(r, &week, err);

	if (code != ERR_OK)
		return code;
	filing = filing_at(r, week);
	if (filing->filed_at != 0)
		return filed_before(r, filing);
	gaps = gaps_in(r, week);
	if (gaps > 0 && reason == NULL)
		return error_set(err, ERR_REFUSED,
				 _("empty seats in that week of %s: %lld; it is filed so with a "
				   "reason"),
				 r->month, (long long)gaps);
	filing->filed_at = r->eff;
	filing->filed_by = r->act->actor.officer;
	filing->late = filing->due != 0 && r->eff > filing->due;
	filing->gaps = gaps;
	filing->why = gaps > 0 ? reason : NULL;
	file_rest(r, week);
	return ERR_OK;
}

enum err roster_chase(struct rostering *r, struct error *err)
{
	struct filing *filing;
	int32_t week;
	enum err code = find_week(r, &week, err);

	if (code != ERR_OK)
		return code;
	filing = filing_at(r, week);
	if (filing->filed_at != 0)
		return error_set(err, ERR_REFUSED, _("%s has filed it, %s"),
				 filing->filed_by != NULL ? filing->filed_by : "-",
				 when_words(r->rules, filing->filed_at, r->arena));
	filing->chases++;
	filing->chased_at = r->eff;
	filing->chased_by = r->act->actor.officer;
	return ERR_OK;
}
