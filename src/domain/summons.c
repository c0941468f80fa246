#include <config.h>

#include "zhiban/domain/summons.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"
#include "zhiban/domain/rules.h"
#include "zhiban/domain/whistle.h"

static const struct {
	const char *code, *label;
} clocks[SUMMONS_CLOCKS] = {
	[SUMMONS_APPROVE] = { "approve", N_("Approval") },
	[SUMMONS_CHECK] = { "check", N_("Check by the centre") },
	[SUMMONS_SIGN] = { "sign", N_("Signature") },
	[SUMMONS_CONTACT] = { "contact", N_("Contacting") },
	[SUMMONS_ARRIVE] = { "arrive", N_("Arrival") },
	[SUMMONS_REPORT_IN] = { "report_in", N_("Report in") },
	[SUMMONS_HANDLE] = { "handle", N_("Handling") },
	[SUMMONS_FEEDBACK] = { "feedback", N_("Feedback") },
	[SUMMONS_VERIFY] = { "verify", N_("Verification") },
	[SUMMONS_RATE] = { "rate", N_("Rating") },
	[SUMMONS_JUDGE] = { "judge", N_("Judgement") },
	[SUMMONS_SETTLE] = { "settle", N_("Settlement") },
};

const char *summons_clock_code(enum summons_clock clock)
{
	return clocks[clock].code;
}

enum summons_clock summons_clock_find(const char *code)
{
	for (size_t i = 0; i < SUMMONS_CLOCKS; i++)
		if (str_eq(clocks[i].code, code))
			return (enum summons_clock)i;
	return SUMMONS_CLOCKS;
}

const struct summons *rules_summons(const struct rules *rules, const char *code)
{
	for (size_t i = 0; i < rules->n_summonses; i++)
		if (str_eq(rules->summonses[i].code, code))
			return &rules->summonses[i];
	return NULL;
}

const struct summons *whistle_summons(const struct rules *rules, const struct whistle *whistle)
{
	return rules_summons(rules, whistle->summons);
}

const struct summons_class *summons_class(const struct summons *summons, const char *code)
{
	for (size_t i = 0; summons != NULL && i < summons->n_classes; i++)
		if (str_eq(summons->classes[i].code, code))
			return &summons->classes[i];
	return NULL;
}

const struct summons_class *summons_class_by(const struct summons *summons, bool important,
					     bool pressing)
{
	size_t i = (size_t)important + (size_t)pressing;

	if (summons->n_classes == 0)
		return NULL;
	return &summons->classes[i < summons->n_classes ? i : summons->n_classes - 1];
}

const struct clock_rule *summons_clock_rule(const struct summons *summons, const char *kind)
{
	for (size_t i = 0; summons != NULL && i < summons->n_clocks; i++)
		if (str_eq(summons->clocks[i].kind, kind))
			return &summons->clocks[i];
	return NULL;
}

const char *summons_clock_label(const struct rules *rules, const struct summons *summons,
				const char *kind)
{
	const struct clock_rule *rule = summons_clock_rule(summons, kind);
	enum summons_clock clock = summons_clock_find(kind);

	if (rule != NULL && rule->label != NULL)
		return rule->label;
	return clock != SUMMONS_CLOCKS ? _(clocks[clock].label) : clock_label(rules, kind);
}

const char *summons_step_label(const struct rules *rules, const struct summons *summons,
			       const char *step)
{
	(void)rules;
	for (size_t i = 0; summons != NULL && i < summons->n_steps; i++)
		if (str_eq(summons->steps[i].step, step))
			return summons->steps[i].label;
	for (size_t i = 0; i < WHISTLE_STEPS; i++)
		if (str_eq(whistle_step_code((enum whistle_step)i), step))
			return whistle_step_label((enum whistle_step)i);
	return step != NULL ? step : "";
}

const char *summons_act_label(const struct rules *rules, const struct summons *summons,
			      const struct act_desc *act)
{
	for (size_t i = 0; summons != NULL && i < summons->n_labels; i++)
		if (summons->labels[i].act == act)
			return summons->labels[i].label;
	return rules_act_label(rules, act);
}

static bool tier_listed(const char *const *tiers, const char *tier)
{
	for (; *tiers != NULL; tiers++)
		if (str_eq(*tiers, tier))
			return true;
	return false;
}

bool summons_may_blow(const struct rules *rules, const struct summons *summons, const char *org)
{
	const struct org *blower = rules_org(rules, org);

	if (blower == NULL || summons->blowers == NULL)
		return false;
	if (str_eq(org, rules->centre))
		return tier_listed(summons->blowers, "centre");
	return tier_listed(summons->blowers, blower->tier);
}

bool summons_may_call(const struct rules *rules, const struct summons *summons, const char *blower,
		      const char *org)
{
	const struct org *called = rules_org(rules, org);

	if (called == NULL || str_eq(org, blower) || called->layer != NULL)
		return false;
	if (summons->calls == NULL)
		return true;
	return tier_listed(summons->calls, called->tier) ||
	       (str_eq(org, rules->centre) && tier_listed(summons->calls, "centre"));
}

const char *summons_blower(const struct rules *rules, const struct summons *summons, const char *org)
{
	const struct org *at = rules_org(rules, org);

	if (str_eq(org, rules->centre))
		return at != NULL && summons_may_blow(rules, summons, org) ? at->code : NULL;
	for (; at != NULL && !str_eq(at->code, rules->centre); at = rules_org(rules, at->parent))
		if (summons_may_blow(rules, summons, at->code))
			return at->code;
	return NULL;
}

/* --- when they report in --------------------------------------------------------------------- */

bool summons_bounds(const struct rules *rules, const struct summons_class *cls, int64_t from,
		    int64_t *ret_least, int64_t *ret_most)
{
	const struct limit *const limits[] = { &cls->least, &cls->most };
	int64_t at[] = { 0, 0 };

	for (size_t i = 0; i < ARRAY_LEN(limits); i++)
		if (limits[i]->unit != LIMIT_NONE)
			at[i] = due_compute(rules->calendar, &rules->hours, rules->offset_min, from,
					    limits[i], NULL).at;
	if (at[0] == 0 && at[1] == 0)
		return false;
	*ret_least = at[0];
	*ret_most = at[1];
	return true;
}

static void say(const struct rules *rules, int64_t at, char when[CIVIL_TEXT])
{
	civil_format(at, rules->offset_min, "Y-m-d H:M", when, CIVIL_TEXT);
}

enum err summons_check_report_by(const struct rules *rules, const struct summons_class *cls,
				 int64_t from, int64_t report_by, struct error *err)
{
	char when[CIVIL_TEXT], first[CIVIL_TEXT], last[CIVIL_TEXT];
	int64_t least = 0, most = 0;

	if (report_by == 0)
		return ERR_OK;
	if (!summons_bounds(rules, cls, from, &least, &most))
		return error_set(err, ERR_INPUT,
				 _("the class %s says when to report in; it is not stated"),
				 cls->label);
	if (least == 0)
		least = from;
	if (report_by >= least && (most == 0 || report_by <= most))
		return ERR_OK;
	say(rules, report_by, when);
	say(rules, least, first);
	say(rules, most, last);
	if (most == 0)
		return error_set(err, ERR_INPUT,
				 _("%s: report in by %s is too soon; %s is the earliest"),
				 cls->label, when, first);
	return error_set(err, ERR_INPUT, _("%s: report in by %s is not between %s and %s"),
			 cls->label, when, first, last);
}

bool whistle_is_blowers(const struct rules *rules, const struct whistle *whistle, const char *org)
{
	if (str_eq(org, whistle->origin))
		return true;
	if (str_eq(whistle->origin, rules->centre) ||
	    !rules_org_within(rules, org, whistle->origin))
		return false;
	for (size_t i = 0; i < whistle->shares.n; i++) {
		const char *called = whistle_share(whistle, i)->org;

		if (str_eq(org, called) || rules_org_within(rules, org, called))
			return false;
	}
	return true;
}
