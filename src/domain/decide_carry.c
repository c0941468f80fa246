/* Cases carried over when a profile or a calendar is adopted: steps that have another name, cases
 * of organisations that ended, deadlines that are computed again. */
#include <config.h>

#include "decide_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/domain/carry.h"
#include "zhiban/domain/mark.h"

/* --- steps ----------------------------------------------------------------------------------- */

/* The new name of a step, by the act's lines OLD=NEW; the old one when none speaks of it. */
static void map_step(void *ctx, const char **step)
{
	const struct draft *draft = ctx;

	for (size_t i = 0;; i++) {
		const struct value line = act_value(draft->act, "map", i);
		const char *name;

		if (!value_is_set(line))
			return;
		name = carry_line(line.text, *step);
		if (name != NULL) {
			*step = arena_strdup(draft->arena, name);
			return;
		}
	}
}

static enum err carry_steps(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	struct clock *clocks = after->clocks.items;
	const struct step *step;

	carry_steps_each(after, map_step, draft);
	for (size_t i = 0; i < after->clocks.n; i++)
		if (clocks[i].step != NULL)
			map_step(draft, &clocks[i].step);
	if (str_eq(after->step, draft->before->step))
		return ERR_OK;
	step = rules_step(draft->rules, after->step);
	if (step == NULL)
		return error_set(err, ERR_INPUT, _("%.40s is no step of the profile"), after->step);
	after->tier = step->tier;
	after->open = step->open;
	return ERR_OK;
}

/* --- organisations --------------------------------------------------------------------------- */

void carry_heir(void *ctx, const char **org)
{
	const struct act *act = ctx;

	for (size_t i = 0;; i++) {
		const struct value from = act_value(act, "from_org", i);
		const struct value to = act_value(act, "to_org", i);

		if (!value_is_set(from) || !value_is_set(to))
			return;
		if (str_eq(from.text, *org)) {
			*org = to.text;
			return;
		}
	}
}

static bool is_live(const struct part *part)
{
	return !str_eq(part->role, "past") && !str_eq(part->state, "returned");
}

/* Two that became one have one share: the lead's, else the first. */
static void join_shares(struct incident *after)
{
	struct part *parts = after->parts.items;

	for (size_t i = 0; i < after->parts.n; i++)
		for (size_t k = 0; k < after->parts.n && is_live(&parts[i]); k++)
			if (k != i && is_live(&parts[k]) && str_eq(parts[k].org, parts[i].org) &&
			    !is_lead(&parts[i]) && (is_lead(&parts[k]) || k < i))
				parts[i].role = "past";
}

/* Deadlines that ran past the calendar as it was: by the one that is known now. */
static void settle_provisional(struct draft *draft)
{
	struct clock *clocks = draft->after->clocks.items;

	for (size_t i = 0; i < draft->after->clocks.n; i++) {
		struct due due;

		if (clocks[i].stopped_at != 0 || clocks[i].due == 0 || !clocks[i].provisional)
			continue;
		due = clock_due(draft->rules, draft->after, &clocks[i]);
		clocks[i].due = due.at;
		clocks[i].provisional = due.provisional;
	}
}

/* Deadlines that came out the same are nothing to write down. */
static void compute_dues(struct draft *draft)
{
	if (act_value(draft->act, "redue", 0).num == 0)
		return;
	if (act_value(draft->act, "provisional", 0).num != 0)
		settle_provisional(draft);
	else
		draft_refit(draft);
	draft_due(draft);
	draft->again = entity_eq(draft->before, draft->after);
	if (draft->again)
		draft->note = _("no deadline has moved");
}

enum err apply_carry(struct draft *draft, struct error *err)
{
	enum err code = carry_steps(draft, err);

	if (code != ERR_OK)
		return code;
	carry_orgs_each(draft->after, carry_heir, (void *)draft->act);
	join_shares(draft->after);
	if (!str_eq(draft->before->step, draft->after->step) ||
	    !str_eq(draft->before->holder, draft->after->holder)) {
		draft->after->moved_at = draft->eff;
		draft->after->moved_by = draft->act->desc->verb;
	}
	draft_due(draft);
	compute_dues(draft);
	return ERR_OK;
}
