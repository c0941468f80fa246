/* What in a profile may be meant, but often is not: said by the check, refused by nobody. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "check_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"
#include "zhiban/domain/mark.h"

enum { NAMES_MAX = 24 };

/* A list of words behind a sentence, written when the first word comes. */
struct list {
	struct str *out;
	const char *sentence; /* msgid */
	size_t n;
};

static void add(struct list *list, const char *word)
{
	if (list->n == 0)
		str_addf(list->out, "  %s", _(list->sentence));
	if (list->n < NAMES_MAX)
		str_addf(list->out, " %s", word);
	list->n++;
}

static void finish(struct list *list)
{
	if (list->n > NAMES_MAX)
		str_addf(list->out, _(" and %zu more"), list->n - NAMES_MAX);
	if (list->n)
		str_add_char(list->out, '\n');
}

/* --- acts, guards ----------------------------------------------------------------------------- */

static bool act_allowed(const struct rules *rules, const struct act_desc *act)
{
	for (size_t i = 0; i < rules->n_steps; i++)
		if (step_act(&rules->steps[i], act))
			return true;
	return step_act(&rules->always, act) != NULL;
}

/* What the engine does without a row of the profile. */
static bool act_is_plain(const struct act_desc *act)
{
	static const char *const plain[] = { "register", "receipt", "countersign" };

	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (str_eq(plain[i], act->verb))
			return true;
	return act->target != KIND_INCIDENT || (act->flags & (ACT_SYSTEM | ACT_SELF));
}

static void warn_acts(const struct rules *rules, struct str *out)
{
	struct list list = { out, N_("no step allows:"), 0 };

	for (size_t i = 0; i < act_desc_count(); i++)
		if (!act_is_plain(act_desc_at(i)) && !act_allowed(rules, act_desc_at(i)))
			add(&list, act_desc_at(i)->verb);
	finish(&list);
}

static bool uses(const struct flow_act *acts, size_t n, const struct guard_desc *guard)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < acts[i].n_guards; k++)
			if (acts[i].guards[k].guard == guard)
				return true;
	return false;
}

static bool guard_used(const struct rules *rules, const struct guard_desc *guard)
{
	bool used = uses(rules->always.acts, rules->always.n_acts, guard);

	for (size_t i = 0; !used && i < rules->n_steps; i++)
		used = uses(rules->steps[i].acts, rules->steps[i].n_acts, guard);
	for (size_t i = 0; i < rules->n_modes; i++)
		for (size_t k = 0; k < rules->modes[i].n_guards; k++)
			used = used || rules->modes[i].guards[k].guard.guard == guard;
	return used;
}

static void warn_guards(const struct rules *rules, struct str *out)
{
	struct list list = { out, N_("guards that nothing asks for:"), 0 };

	for (size_t i = 0; i < guard_desc_count(); i++)
		if (!guard_used(rules, guard_desc_at(i)))
			add(&list, guard_desc_at(i)->name);
	finish(&list);
}

/* Pairs of acts of which one alone leaves a case where it cannot go on. */
static void warn_pairs(const struct rules *rules, struct str *out)
{
	static const char *const pairs[][2] = {
		{ "pause", "resume" },	     { "shelve", "unshelve" },
		{ "extend_ask", "extend_ok" }, { "supervise", "lift" },
		{ "merge", "unmerge" },	     { "transfer_out", "outcome" },
	};

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (act_allowed(rules, act_desc_find(pairs[i][0])) &&
		    !act_allowed(rules, act_desc_find(pairs[i][1])))
			str_addf(out, _("  %s is allowed, but nowhere %s\n"), pairs[i][0],
				 pairs[i][1]);
}

/* --- clocks ----------------------------------------------------------------------------------- */

static bool row_is_for_all(const struct limit_row *row)
{
	return !row->severity && !*row->category && !row->type && !row->mode && !row->org &&
	       row->period == PERIOD_ANY;
}

/* The first row that holds for every case of an urgency. */
static size_t row_for(const struct clock_rule *clock, int urgency)
{
	for (size_t i = 0; i < clock->n_rows; i++)
		if (row_is_for_all(&clock->rows[i]) &&
		    (!clock->rows[i].urgency || clock->rows[i].urgency == urgency))
			return i;
	return clock->n_rows;
}

static void warn_rows(const struct rules *rules, const struct step *step,
		      const struct clock_rule *clock, struct str *out)
{
	size_t all = row_for(clock, 0);

	for (size_t u = 0; u < rules->urgencies.n; u++)
		if (row_for(clock, (int)u + 1) == clock->n_rows)
			str_addf(out, _("  step %s, clock %s: no row holds for every %s case\n"),
				 step->id, clock->kind, rules->urgencies.items[u].label);
	for (size_t i = all + 1; all < clock->n_rows && i < clock->n_rows; i++)
		str_addf(out, _("  step %s, clock %s: the row \"%s\" is never reached\n"), step->id,
			 clock->kind, clock->rows[i].words);
}

/* Of a countersignature only where one is asked for. */
static void add_silent(const struct rules *rules, struct list *silent)
{
	for (const char *const *kind = clock_beside_kinds(); *kind; kind++) {
		bool fires = str_eq(*kind, "countersign") &&
			     rules->countersign.unit == LIMIT_NONE;
		char name[64];

		for (size_t i = 0; i < rules->always.n_clocks; i++)
			fires = fires || (str_eq(rules->always.clocks[i].kind, *kind) &&
					  rules->always.clocks[i].n_timeouts > 0);
		if (fires)
			continue;
		snprintf(name, sizeof name, "always/%s", *kind);
		add(silent, name);
	}
}

static void warn_clocks(const struct rules *rules, struct str *out)
{
	struct list none = { out, N_("open steps without a clock:"), 0 };
	struct list silent = { out, N_("nothing happens when they run out:"), 0 };

	for (size_t i = 0; i < rules->n_steps; i++)
		for (size_t k = 0; k < rules->steps[i].n_clocks; k++)
			warn_rows(rules, &rules->steps[i], &rules->steps[i].clocks[k], out);
	for (size_t i = 0; i < rules->n_steps; i++)
		if (rules->steps[i].open && !rules->steps[i].n_clocks)
			add(&none, rules->steps[i].id);
	finish(&none);
	for (size_t i = 0; i < rules->n_steps; i++)
		for (size_t k = 0; k < rules->steps[i].n_clocks; k++)
			if (!rules->steps[i].clocks[k].n_timeouts) {
				char name[64];

				snprintf(name, sizeof name, "%s/%s", rules->steps[i].id,
					 rules->steps[i].clocks[k].kind);
				add(&silent, name);
			}
	add_silent(rules, &silent);
	finish(&silent);
}

/* --- organisations, duty list ----------------------------------------------------------------- */

static void warn_orgs(const struct rules *rules, struct str *out)
{
	struct list lost = { out, N_("they end without a successor:"), 0 };
	struct list empty = { out, N_("steps of a tier that no organisation has:"), 0 };

	for (size_t i = 0; i < rules->n_orgs; i++)
		if (rules->orgs[i].ends && !rules->orgs[i].successor)
			add(&lost, rules->orgs[i].code);
	finish(&lost);
	for (size_t i = 0; i < rules->n_steps; i++) {
		bool there = false;

		for (size_t k = 0; !there && k < rules->n_orgs; k++)
			there = str_eq(rules->orgs[k].tier, rules->steps[i].tier);
		if (!there)
			add(&empty, rules->steps[i].id);
	}
	finish(&empty);
}

/* Whether the code is the beginning of another: a group. */
static bool is_group(const struct choices *categories, const char *code)
{
	for (size_t i = 0; i < categories->n; i++)
		if (str_starts(categories->items[i].code, code) &&
		    !str_eq(categories->items[i].code, code))
			return true;
	return false;
}

static void warn_duties(const struct rules *rules, struct str *out)
{
	struct list list = { out, N_("categories without a line of the duty list:"), 0 };

	for (size_t i = 0; rules->n_duties && i < rules->categories.n; i++) {
		const char *code = rules->categories.items[i].code;
		bool found = is_group(&rules->categories, code) ||
			     str_eq(code, rules->other_category);

		for (size_t k = 0; !found && k < rules->n_duties; k++)
			found = rules->duties[k].lead &&
				str_starts(code, rules->duties[k].category);
		if (!found)
			add(&list, code);
	}
	finish(&list);
}

/* Who administers is to have nothing to do with cases. */
static void warn_roles(const struct rules *rules, struct str *out)
{
	struct list list = { out, N_("roles that administer and see cases too:"), 0 };

	for (size_t i = 0; i < rules->roles.n; i++)
		if (rules->role_list[i].manage != MANAGE_NOTHING &&
		    rules->role_list[i].sees != SEES_NONE)
			add(&list, rules->role_list[i].code);
	finish(&list);
}

void say_warnings(const struct rules *rules, struct str *out)
{
	struct str words = STR_INIT;

	warn_acts(rules, &words);
	warn_pairs(rules, &words);
	say_without_holder(rules, &words);
	warn_clocks(rules, &words);
	warn_orgs(rules, &words);
	warn_duties(rules, &words);
	warn_roles(rules, &words);
	warn_guards(rules, &words);
	say_empty_summonses(rules, &words);
	say_empty_rosters(rules, &words);
	say_empty_meetings(rules, &words);
	if (!rules->n_modes)
		str_add(&words, _("  there are no modes: no emergency can be declared\n"));
	if (words.len)
		str_addf(out, _("\nto be looked at:\n%s"), str_get(&words));
	str_release(&words);
}
