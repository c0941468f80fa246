/* Swaps: their states, and who could do what. */
#include <config.h>

#include "zhiban/domain/swap.h"

#include <string.h>

#include "decide_priv.h"
#include "decide_roster.h"
#include "swap_rows.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct {
	const char *code, *label;
} states[SWAP_STATES] = {
	[SWAP_ASKED] = { "asked", N_("Asked of anybody") },
	[SWAP_PROPOSED] = { "proposed", N_("To be answered") },
	[SWAP_ACCEPTED] = { "accepted", N_("Accepted, to be approved") },
	[SWAP_APPROVED] = { "approved", N_("Swapped") },
	[SWAP_DECLINED] = { "declined", N_("Declined") },
	[SWAP_REFUSED] = { "refused", N_("Not approved") },
	[SWAP_WITHDRAWN] = { "withdrawn", N_("Request withdrawn") },
	[SWAP_LAPSED] = { "lapsed", N_("Lapsed") },
};

const char *swap_state_code(enum swap_state state)
{
	return states[state].code;
}

const char *swap_state_label(enum swap_state state)
{
	return _(states[state].label);
}

enum swap_state swap_state(const struct swap *swap)
{
	for (int i = 0; i < SWAP_STATES; i++)
		if (str_eq(swap->state, states[i].code))
			return (enum swap_state)i;
	return SWAP_ASKED;
}

#define AT(state) (1U << SWAP_##state)
#define AT_OPEN (AT(ASKED) | AT(PROPOSED) | AT(ACCEPTED))

static const struct swap_row rows[] = {
	{ "swap", 0, SWAP_BY_ANYBODY },
	{ "accept", AT(ASKED) | AT(PROPOSED), SWAP_BY_OTHER },
	{ "decline", AT(PROPOSED) | AT(ACCEPTED), SWAP_BY_OTHER },
	{ "approve", AT(ACCEPTED), SWAP_BY_CHIEF },
	{ "disapprove", AT_OPEN, SWAP_BY_CHIEF },
	{ "withdraw", AT_OPEN, SWAP_BY_ASKER },
	{ "countersign", ~0U, SWAP_BY_ANYBODY },
	{ "lapse", ~0U, SWAP_BY_SYSTEM },
};

const struct swap_row *swap_row(const struct act_desc *desc)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].verb, desc->verb) == 0)
			return &rows[i];
	return NULL;
}

/* --- who ------------------------------------------------------------------------------------- */

bool swap_is_self(const struct rules *rules, const struct actor *actor, const char *name,
		  const char *unit)
{
	return name != NULL && str_eq(actor->officer, name) && actor->org != NULL &&
	       (unit == NULL || rules_org_within(rules, actor->org, unit) ||
		rules_org_within(rules, unit, actor->org));
}

/* On his behalf: the officers of the roster's organisation and those above it; of his own unit who
 * approves there. */
bool swap_speaks_for(const struct rules *rules, const struct roster_plan *plan,
		     const struct act *act, const char *org, const char *unit)
{
	if (actor_is_system(&act->actor) || roster_is_of(rules, &act->actor, org))
		return true;
	return unit != NULL && roster_approves(rules, plan, act, unit);
}

static enum err wrong_state(const struct rules *rules, const struct swap *swap,
			    const struct act_desc *desc, struct error *err)
{
	struct arena arena = ARENA_INIT;
	enum swap_state state = swap_state(swap);
	bool ended = swap->decided_at != 0;
	const char *who = ended ? swap->decided_by : swap->accepted_by;
	int64_t at = ended ? swap->decided_at : swap->accepted_at;

	if (at == 0)
		error_set(err, ERR_REFUSED, _("%s is not possible: it stands at \"%s\""),
			  rules_act_label(rules, desc), swap_state_label(state));
	else
		error_set(err, ERR_REFUSED,
			  _("%s is not possible: it stands at \"%s\" (%s, %s)"),
			  rules_act_label(rules, desc), swap_state_label(state),
			  officer_show(who), when_words(rules, at, &arena));
	arena_release(&arena);
	return ERR_REFUSED;
}

enum err swap_check_state(const struct rules *rules, const struct swap *swap,
			  const struct act_desc *desc, struct error *err)
{
	const struct swap_row *row = swap_row(desc);

	if (row == NULL)
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(rules, desc));
	if (swap == NULL || row->states & 1U << swap_state(swap))
		return ERR_OK;
	return wrong_state(rules, swap, desc, err);
}

static enum err not_his(const struct rules *rules, const struct act_desc *desc, const char *name,
			struct error *err)
{
	return error_set(err, ERR_DENIED,
			 _("%s: only %s, or an officer who speaks for the unit, may do this"),
			 rules_act_label(rules, desc), name != NULL ? name : "-");
}

enum err swap_check_who(const struct rules *rules, const struct swap *swap,
			const struct roster_plan *plan, const struct act *act, struct error *err)
{
	const struct actor *actor = &act->actor;

	switch (swap_row(act->desc)->who) {
	case SWAP_BY_CHIEF:
		return roster_check_approver(rules, plan, act, swap->org, err);
	case SWAP_BY_ASKER:
		if (swap_is_self(rules, actor, swap->name, swap->unit) ||
		    swap_speaks_for(rules, plan, act, swap->org, swap->unit))
			return ERR_OK;
		return not_his(rules, act->desc, swap->name, err);
	case SWAP_BY_OTHER: /* of anybody: whose name it is, the act says */
		if (swap->other_staff == NULL ||
		    swap_is_self(rules, actor, swap->other, swap->other_unit) ||
		    swap_speaks_for(rules, plan, act, swap->org, swap->other_unit))
			return ERR_OK;
		return not_his(rules, act->desc, swap->other, err);
	case SWAP_BY_ANYBODY:
	case SWAP_BY_SYSTEM:
		break;
	}
	return ERR_OK;
}

enum err swap_possible(const struct rules *rules, const struct swap *swap,
		       const struct act_desc *desc, const struct actor *actor, struct error *err)
{
	struct act act = { .desc = desc, .actor = *actor };
	enum err code;

	if (desc->target != KIND_SWAP || desc->flags & ACT_SYSTEM ||
	    (swap == NULL) != (desc->conflict == CONFLICT_CREATES))
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(rules, desc));
	code = actor_may_write(rules, actor, desc, err);
	if (code == ERR_OK && swap == NULL && !roster_reader(rules, actor->org))
		code = error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(rules, desc));
	if (code != ERR_OK || swap == NULL)
		return code;
	code = swap_check_state(rules, swap, desc, err);
	if (code == ERR_OK && strcmp(desc->verb, "countersign") == 0 && swap->owed == 0)
		code = error_set(err, ERR_REFUSED, _("there is nothing here for you to countersign"));
	if (code == ERR_OK)
		code = swap_check_who(rules, swap, rules_plan(rules, swap->plan), &act, err);
	return code;
}
