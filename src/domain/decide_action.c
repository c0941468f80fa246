/* Tasks of meetings: what becomes of an act on one.  One table says which act is possible in which
 * state, and whose it is. */
#include <config.h>

#include <string.h>

#include "action_priv.h"
#include "decide_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct action_row rows[] = {
	{ "task", IS_ANY, ACTION_BY_ANY, action_task },
	{ "revise", IS_AT_WORK, ACTION_BY_SECRETARY, action_revise },
	{ "sign", IS(GIVEN), ACTION_BY_LEAD, action_sign },
	{ "return", IS_AT_WORK, ACTION_BY_LEAD, action_return },
	{ "progress", IS_OPEN, ACTION_BY_PART, action_progress },
	{ "assisted", IS_OPEN, ACTION_BY_ASSIST, action_assisted },
	{ "feedback", IS_AT_WORK, ACTION_BY_LEAD, action_feedback },
	{ "verify_ok", IS(REPLIED), ACTION_BY_SECRETARY, action_verify_ok },
	{ "verify_no", IS(REPLIED), ACTION_BY_SECRETARY, action_verify_no },
	{ "withdraw", IS_OPEN, ACTION_BY_SECRETARY, action_withdraw },
	{ "extend_ask", IS_AT_WORK, ACTION_BY_LEAD, action_extend_ask },
	{ "extend_ok", IS_AT_WORK, ACTION_BY_SECRETARY, action_extend_ok },
	{ "extend_no", IS_AT_WORK, ACTION_BY_SECRETARY, action_extend_no },
	{ "urge", IS_AT_WORK, ACTION_BY_SECRETARY, action_urge },
	{ "supervise", IS_OPEN, ACTION_BY_SECRETARY, action_supervise },
	{ "respond", IS_ANY, ACTION_BY_ANY, action_respond },
	{ "lift", IS_ANY, ACTION_BY_SECRETARY, action_lift },
	{ "waive", IS_ANY, ACTION_BY_SECRETARY, action_waive },
	{ "call", IS_ANY, ACTION_BY_ANY, action_call },
	{ "note", IS_ANY, ACTION_BY_ANY, action_note },
	{ "countersign", IS_ANY, ACTION_BY_ANY, action_countersign },
	{ "fire", IS_ANY, ACTION_BY_SYSTEM, action_fire },
	{ "carry", IS_ANY, ACTION_BY_SYSTEM, action_carry },
};

static const struct action_row *row_of(const struct act_desc *desc)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].verb, desc->verb) == 0)
			return &rows[i];
	return NULL;
}

struct concerned *action_assist_of(struct action *action, const char *org)
{
	struct concerned *assists = action->assists.items;

	for (size_t i = 0; i < action->assists.n; i++)
		if (str_eq(assists[i].org, org))
			return &assists[i];
	return NULL;
}

/* --- who ------------------------------------------------------------------------------------- */

/* The part that the act names; the actor's own, or that of the nearest above him; the only one. */
static enum err find_assist(struct acting *a, struct error *err)
{
	const struct rules *rules = a->s.rules;
	enum err code = speak_org(&a->s, "share", 0, &a->department, err);

	if (code != ERR_OK)
		return code;
	for (const struct org *at = rules_org(rules, a->s.org);
	     a->department == NULL && at != NULL; at = rules_org(rules, at->parent))
		if (action_assist_of(a->after, at->code) != NULL)
			a->department = at->code;
	if (a->department == NULL && a->after->assists.n == 1)
		a->department = ((const struct concerned *)a->after->assists.items)->org;
	if (a->department == NULL)
		return error_set(err, ERR_INPUT, _("%s: say whose part it was (share)"),
				 rules_act_label(rules, a->s.act->desc));
	if (action_assist_of(a->after, a->department) == NULL)
		return error_set(err, ERR_REFUSED, _("%s does not assist in this"),
				 org_called(rules, a->department));
	return speak_its(&a->s, a->department, err);
}

/* Whoever has part in it, for himself. */
static enum err check_part(struct acting *a, struct error *err)
{
	for (size_t i = 0; i < a->after->assists.n; i++) {
		const struct concerned *one = (const struct concerned *)a->after->assists.items + i;

		if (officer_is_of(a->s.rules, a->s.org, one->org))
			return ERR_OK;
	}
	return speak_its(&a->s, a->before->lead, err);
}

static enum err check_who(struct acting *a, const struct action_row *row, struct error *err)
{
	switch (row->who) {
	case ACTION_BY_SYSTEM:
		return ERR_OK; /* decide has asked */
	case ACTION_BY_ANY:
		return speak_any(&a->s, err);
	case ACTION_BY_SECRETARY:
		return speak_secretary(&a->s, err);
	case ACTION_BY_LEAD:
		return speak_its(&a->s, a->before->lead, err);
	case ACTION_BY_PART:
		return check_part(a, err);
	case ACTION_BY_ASSIST:
		return find_assist(a, err);
	}
	return speak_secretary(&a->s, err);
}

/* --- when ------------------------------------------------------------------------------------ */

/* The state does not allow the act: say where it stands, and what brought it there. */
static enum err check_state(const struct acting *a, const struct action_row *row, struct error *err)
{
	const struct action *before = a->before;
	const char *label = rules_act_label(a->s.rules, a->s.act->desc);
	const struct act_desc *moved = before->moved_by != NULL
					       ? act_desc_of(KIND_ACTION, before->moved_by)
					       : NULL;

	if (a->s.state->entity == NULL || row->states & (1U << a->from))
		return ERR_OK;
	if (moved == NULL)
		return error_set(err, ERR_REFUSED, _("%s is not possible: the task is %s"), label,
				 action_state_label(a->from));
	return error_set(err, ERR_REFUSED, _("%s is not possible: the task is %s (latest: %s, %s)"),
			 label, action_state_label(a->from), rules_act_label(a->s.rules, moved),
			 speak_when(&a->s, before->moved_at));
}

/* --- all of it ------------------------------------------------------------------------------- */

static struct acting begin(const struct rules *rules, const struct state *state,
			   const struct act *act, const struct moment *moment, struct arena *arena)
{
	struct acting a = { .s = { .rules = rules, .state = state, .act = act, .eff = moment->eff,
				   .recv = moment->recv, .arena = arena, .org = act->actor.org } };

	a.before = state->entity != NULL ? state->entity
					 : entity_new(KIND_ACTION, &act->target.id, arena);
	a.after = entity_copy(a.before, arena);
	a.from = action_state(a.before);
	a.s.home = a.before->org;
	return a;
}

static enum err judge(struct acting *a, const struct action_row *row, struct error *err)
{
	const struct act *act = a->s.act;
	enum err code = actor_may_write(a->s.rules, &act->actor, act->desc, err);

	if (code == ERR_OK && a->s.state->entity == NULL &&
	    act->desc->conflict != CONFLICT_CREATES)
		return error_set(err, ERR_NOT_FOUND, _("there is no such task"));
	if (code == ERR_OK)
		code = officer_acts_as(a->s.rules, act, a->s.home, &a->s.org, err);
	if (code == ERR_OK)
		code = check_state(a, row, err);
	if (code == ERR_OK)
		code = check_who(a, row, err);
	return code == ERR_OK ? row->apply(a, err) : code;
}

static void record_behalf(struct acting *a)
{
	struct action *after = a->after;
	const struct behalf *behalf = speak_behalf(&a->s, &after->behalves, &after->owed);
	const struct ticking t = acting_ticking(a);

	if (behalf != NULL && behalf->due != 0)
		ticking_until(&t, "countersign", &behalf->id,
			      behalf->org != NULL ? behalf->org : after->org, behalf->due);
}

static void finish(struct acting *a)
{
	struct action *after = a->after;
	const struct clock *next;

	record_behalf(a);
	next = action_next_clock(after);
	after->due = next != NULL ? next->due : 0;
	after->due_clock = next != NULL ? next->kind : NULL;
	after->due_org = next != NULL ? next->org : NULL;
	if (a->s.act->desc->flags & ACT_STILL)
		return;
	after->moved_at = a->s.eff;
	after->moved_by = a->s.act->desc->verb;
}

enum err decide_action(const struct rules *rules, const struct state *state, const struct act *act,
		       const struct moment *moment, struct arena *arena,
		       struct decision *ret_decision, struct error *err)
{
	const struct action_row *row = row_of(act->desc);
	struct acting a = begin(rules, state, act, moment, arena);
	enum err code;

	if (row == NULL)
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(rules, act->desc));
	code = judge(&a, row, err);
	if (code != ERR_OK)
		return code;
	if (a.s.again) {
		*ret_decision = (struct decision){ .note = a.s.note };
		return ERR_OK;
	}
	finish(&a);
	code = decision_of(a.before, a.after, arena, a.s.note, ret_decision);
	ret_decision->follow = a.s.follow;
	ret_decision->n_follow = a.s.n_follow;
	return code;
}

/* What the state alone does not say: whether there is anything to do it to. */
static bool is_there(struct acting *a, const struct action_row *row)
{
	const struct action *before = a->before;

	if (row->apply == action_extend_ok || row->apply == action_extend_no)
		return acting_waits(a);
	if (row->apply == action_extend_ask)
		return acting_running(a, ACTION_HANDLE) != NULL;
	if (row->apply == action_assisted)
		return before->assists.n > 0;
	if (row->apply == action_respond || row->apply == action_lift)
		return before->supervised != NULL;
	if (row->apply == action_waive)
		return before->proposed_at != 0 || before->listed_at != 0;
	if (row->apply == action_countersign)
		return before->behalves.n > 0;
	return true;
}

/* An act on a task is possible for whoever may do it, and for whoever records it. */
static enum err could(struct acting *a, const struct action_row *row, struct error *err)
{
	if (row->who == ACTION_BY_ASSIST && officer_is_of(a->s.rules, a->s.org, a->s.home))
		return ERR_OK;
	return check_who(a, row, err);
}

enum err action_possible(const struct rules *rules, const struct action *action,
			 const struct act_desc *desc, const struct actor *actor, struct error *err)
{
	const struct action_row *row = row_of(desc);
	struct act act = { .desc = desc, .actor = *actor };
	const struct state state = { .entity = action };
	const struct moment now = { 0, 0 };
	struct arena arena = ARENA_INIT;
	struct acting a;
	enum err code;

	if (desc->target != KIND_ACTION || row == NULL || desc->flags & ACT_SYSTEM ||
	    (action == NULL) != (desc->conflict == CONFLICT_CREATES))
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(rules, desc));
	a = begin(rules, &state, &act, &now, &arena);
	code = actor_may_write(rules, actor, desc, err);
	if (code == ERR_OK)
		code = check_state(&a, row, err);
	if (code == ERR_OK)
		code = could(&a, row, err);
	if (code == ERR_OK && !is_there(&a, row))
		code = error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(rules, desc));
	arena_release(&arena);
	return code;
}
