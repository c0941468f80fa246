/* The check's words on rosters and on the duty log. */
#include <config.h>

#include <string.h>

#include "check_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/roster.h"

enum { HOUR = 60, LABEL_COLUMNS = 20 };

void say_bodies(const struct rules *rules, const char *const *codes, struct str *out)
{
	for (size_t i = 0; codes[i]; i++) {
		const char *code = str_eq(codes[i], "centre") ? rules->centre : codes[i];
		const struct choice *tier = choices_find(&rules->tiers, code);
		bool one = rules_org(rules, code) || !tier;

		str_addf(out, "%s%s", i ? _(", ") : "", one ? org_words(rules, code) : tier->label);
	}
}

static void say_of(const struct rules *rules, const struct roster_plan *plan, struct str *out)
{
	const struct choice *tier = choices_find(&rules->tiers, plan->of);
	size_t n = 0;

	if (!tier) {
		str_add(out, org_words(rules, str_eq(plan->of, "centre") ? rules->centre : plan->of));
		return;
	}
	for (size_t i = 0; i < rules->n_orgs; i++)
		for (size_t k = 0; rules_plan_of(rules, rules->orgs[i].code, k); k++)
			n += rules_plan_of(rules, rules->orgs[i].code, k) == plan;
	str_addf(out, _("each of %s: %zu"), tier->label, n);
}

static void say_shift(const struct rules *rules, const struct duty_shift *shift, struct str *out)
{
	str_addf(out, "%s %02d:%02d-%02d:%02d", shift->label, shift->from / HOUR, shift->from % HOUR,
		 shift->to / HOUR, shift->to % HOUR);
	if (shift->night)
		str_add(out, _(" (night)"));
	if (shift->mode)
		str_addf(out, _(" (in %s)"), rules_mode(rules, shift->mode)->label);
}

static void say_season(const struct season *season, struct str *out)
{
	if (season->festival) {
		str_add(out, season->festival);
		return;
	}
	str_addf(out, "%02d-%02d", season->from_month, season->from_day);
	if (season->from_month != season->to_month || season->from_day != season->to_day)
		str_addf(out, "..%02d-%02d", season->to_month, season->to_day);
}

static void say_post(const struct rules *rules, const struct roster_plan *plan,
		     const struct duty_post *post, struct str *out)
{
	const struct {
		bool is;
		const char *words;
	} flags[] = {
		{ post->fit, N_("who is fit for it") },	   { post->phone, N_("by telephone") },
		{ post->standby, N_("on standby") },	   { post->chief, N_("answers for the shift") },
		{ post->leader, N_("the leader on duty") }, { post->workdays, N_("on working days") },
	};

	str_add(out, "        ");
	say_cell(out, post->label, LABEL_COLUMNS);
	str_addf(out, post->seats == 1 ? _("%d seat") : _("%d seats"), post->seats);
	for (size_t i = 0; post->shifts && post->shifts[i]; i++)
		str_addf(out, "%s%s", i ? _(", ") : _("; "), plan_shift(plan, post->shifts[i])->label);
	for (size_t i = 0; i < ARRAY_LEN(flags); i++)
		if (flags[i].is)
			str_addf(out, "%s%s", _("; "), _(flags[i].words));
	if (post->rung)
		str_addf(out, _("; rung as number %d"), post->rung);
	if (post->pool) {
		str_add(out, _("; people of "));
		say_bodies(rules, post->pool, out);
	}
	for (size_t i = 0; i < post->n_seasons; i++) {
		str_add(out, i ? _(", ") : _("; "));
		say_season(&post->seasons[i], out);
	}
	if (post->mode)
		str_addf(out, _("; in %s"), rules_mode(rules, post->mode)->label);
	str_add_char(out, '\n');
}

static void say_minutes(const char *words, int minutes, struct str *out)
{
	const struct limit limit = { .amount = minutes, .unit = LIMIT_MINUTES, .from_clock = -1 };

	str_add(out, words);
	say_limit(&limit, out);
}

static void say_plan_rules(const struct rules *rules, const struct roster_plan *plan, struct str *out)
{
	str_addf(out, _("        swaps and take-overs approved by %s"),
		 rules_role_label(rules, plan->approve ? plan->approve : "chief"));
	if (plan->rest_min)
		say_minutes(_("; rest after a night: "), plan->rest_min, out);
	if (plan->nights)
		str_addf(out, _("; nights in a row: %d"), plan->nights);
	if (plan->week_most)
		str_addf(out, _("; in seven days: %d"), plan->week_most);
	if (plan->file)
		str_addf(out, _("; filed: %s"), plan->file);
	if (plan->third) {
		str_addf(out, _("; handover witnessed by %s"), rules_role_label(rules, plan->third));
		say_minutes(_(" within "), plan->third_min ? plan->third_min : 24 * HOUR, out);
	}
	if (plan->half_at >= 0)
		str_addf(out, _("; half of a shift at %02d:%02d"), plan->half_at / HOUR,
			 plan->half_at % HOUR);
	for (size_t i = 0; plan->equipment && plan->equipment[i]; i++)
		str_addf(out, "%s%s", i ? _(", ") : _("; handed over: "), plan->equipment[i]);
	str_add_char(out, '\n');
}

static void say_logged(const struct rules *rules, struct str *out)
{
	if (rules->n_logged)
		str_addf(out, _("\nthe duty log shows by itself (%zu):"), rules->n_logged);
	for (size_t i = 0; i < rules->n_logged; i++)
		str_addf(out, "%s%s.%s%s", i % 6 ? " " : "\n    ",
			 kind_desc(rules->logged[i].act->target)->name, rules->logged[i].act->verb,
			 rules->logged[i].emphasis ? "!" : "");
	if (rules->n_logged)
		str_add_char(out, '\n');
}

void say_rosters(const struct rules *rules, struct str *out)
{
	if (rules->n_plans)
		str_add(out, _("\nrosters:\n"));
	for (size_t i = 0; i < rules->n_plans; i++) {
		const struct roster_plan *plan = &rules->plans[i];

		str_addf(out, "    %s %s, ", plan->code, plan->label);
		say_of(rules, plan, out);
		str_add(out, "\n        ");
		for (size_t k = 0; k < plan->n_shifts; k++) {
			str_add(out, k ? _(", ") : "");
			say_shift(rules, &plan->shifts[k], out);
		}
		str_add_char(out, '\n');
		for (size_t k = 0; k < plan->n_posts; k++)
			say_post(rules, plan, &plan->posts[k], out);
		say_plan_rules(rules, plan, out);
	}
	say_logged(rules, out);
}

/* --- warnings --------------------------------------------------------------------------------- */

/* Whether a festival is among the days that the calendar names. */
static bool festival_known(const struct rules *rules, const char *festival)
{
	for (const struct calendar *c = rules->calendar; c; c = c->under)
		for (size_t i = 0; i < c->n_days; i++)
			if (c->days[i].name && strstr(c->days[i].name, festival))
				return true;
	return false;
}

static void say_seasons(const struct rules *rules, const struct roster_plan *plan, struct str *out)
{
	for (size_t i = 0; i < plan->n_posts; i++)
		for (size_t k = 0; k < plan->posts[i].n_seasons; k++) {
			const char *festival = plan->posts[i].seasons[k].festival;

			if (festival && !festival_known(rules, festival))
				str_addf(out, _("  roster %s: post %s: the calendar names no \"%s\"\n"),
					 plan->code, plan->posts[i].code, festival);
		}
}

void say_empty_rosters(const struct rules *rules, struct str *out)
{
	for (size_t i = 0; i < rules->n_plans; i++) {
		const struct roster_plan *plan = &rules->plans[i];
		bool had = false, chief = false;

		for (size_t k = 0; k < rules->n_orgs && !had; k++)
			for (size_t j = 0; rules_plan_of(rules, rules->orgs[k].code, j); j++)
				had = had || rules_plan_of(rules, rules->orgs[k].code, j) == plan;
		if (!had)
			str_addf(out, _("  roster %s: no organisation has it\n"), plan->code);
		for (size_t k = 0; k < plan->n_posts; k++)
			chief = chief || plan->posts[k].chief || plan->posts[k].leader;
		if (!chief && plan->n_posts > 1)
			str_addf(out, _("  roster %s: no post answers for a shift\n"), plan->code);
		say_seasons(rules, plan, out);
	}
}
