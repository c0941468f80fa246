#include <config.h>

#include "zhiban/domain/decide.h"

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct handler { /* what an act changes beside the step; the others only move it */
	const char *verb;
	apply_fn *apply;
	bool enters; /* the handler itself, or not at all */
} handlers[] = {
	{ "register", apply_register, true },
	{ "accept", apply_accept, false },
	{ "decline", apply_decline, false },
	{ "refer_info", apply_refer, false },
	{ "transfer_out", apply_transfer, false },
	{ "outcome", apply_outcome, false },
	{ "assign", apply_assign, false },
	{ "coassign", apply_coassign, false },
	{ "summon", apply_summon, false },
	{ "return", apply_return, false },
	{ "recall", apply_recall, false },
	{ "escalate", apply_escalate, false },
	{ "sign", apply_sign, false },
	{ "contact", apply_contact, false },
	{ "arrive", apply_arrive, false },
	{ "handle", apply_handle, false },
	{ "verify_ok", apply_verify, false },
	{ "verify_no", apply_rework, false },
	{ "feedback", apply_share_reply, false },
	{ "feedback", apply_feedback, false },
	{ "callback", apply_callback, false },
	{ "close", apply_close, false },
	{ "archive", apply_archive, false },
	{ "rate", apply_rate, false },
	{ "reopen", apply_reopen, false },
	{ "fix", apply_fix, false },
	{ "ack", apply_ack, false },
	{ "unanswered", apply_unanswered, true },
	{ "countersign", apply_countersign, false },
	{ "dispatch", apply_dispatch, false },
	{ "arrive", apply_arrive_force, false },
	{ "depart", apply_depart, false },
	{ "scene", apply_scene, false },
	{ "attach", apply_attach, false },
	{ "call", apply_call, false },
	{ "call_later", apply_call_later, false },
	{ "merge", apply_merge, false },
	{ "unmerge", apply_unmerge, false },
	{ "absorb", apply_absorb, false },
	{ "release", apply_release, false },
	{ "follow", apply_follow, false },
	{ "relate", apply_relate, false },
	{ "urge", apply_urge, false },
	{ "supervise", apply_supervise, false },
	{ "respond", apply_respond, false },
	{ "lift", apply_lift, false },
	{ "instruct", apply_instruct, false },
	{ "pass_on", apply_pass_on, false },
	{ "fulfil", apply_fulfil, false },
	{ "hard", apply_hard, false },
	{ "propose", apply_propose, false },
	{ "notify", apply_notify, false },
	{ "receipt", apply_receipt, false },
	{ "reveal", apply_reveal, false },
	{ "erase", apply_erase, true },
	{ "restrict", apply_restrict, false },
	{ "unrestrict", apply_unrestrict, false },
	{ "carry", apply_carry, true },
	{ "table", apply_table, false },
	{ "resolved", apply_resolved, false },
	{ "tasked", apply_tasked, false },
	{ "pause", apply_pause, false },
	{ "resume", apply_resume, false },
	{ "shelve", apply_shelve, false },
	{ "unshelve", apply_unshelve, false },
	{ "extend_ask", apply_extend_ask, false },
	{ "extend_ok", apply_extend_ok, false },
	{ "extend_no", apply_extend_no, false },
	{ "fire", apply_fire, true },
	{ "waive", apply_waive, false },
};

/* Goes where the flow leads.  An assignment inside a step is a new one: its clocks start again. */
static enum err move(struct draft *draft, struct error *err)
{
	const struct flow_act *flow = draft->flow;
	const struct step *step;

	if (flow == NULL || draft->stays || flow->way == WAY_STAYS) {
		if (flow != NULL && draft->act->desc->conflict == CONFLICT_FIRST_WINS &&
		    draft->from != NULL)
			draft_enter(draft, draft->from);
		else
			draft_clock_act(draft);
		return ERR_OK;
	}
	if (flow->way != WAY_STEP && (flow->to == NULL || incident_level(draft->after) != NULL))
		return draft_pop(draft, flow->way == WAY_AGAIN, err);
	step = rules_step(draft->rules, flow->to);
	if (step == NULL)
		return error_set(err, ERR_REFUSED, _("the step %s is not in the profile in force"),
				 flow->to);
	draft_go(draft, step);
	return ERR_OK;
}

/* What the profile's row writes beside; of the response level the highest is kept. */
static void apply_sets(struct draft *draft)
{
	for (size_t i = 0; draft->flow != NULL && i < draft->flow->n_sets; i++) {
		const struct field_set *set = &draft->flow->sets[i];

		if (strcmp(set->field->name, "response") == 0 &&
		    draft->after->response >= set->value.num)
			continue;
		field_set(set->field, draft->after, set->value, draft->arena);
	}
}

static enum err apply(struct draft *draft, struct error *err)
{
	const char *verb = draft->act->desc->verb;
	bool enters = false;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(handlers); i++) {
		if (strcmp(handlers[i].verb, verb) != 0)
			continue;
		code = handlers[i].apply(draft, err);
		enters = enters || handlers[i].enters;
	}
	if (code == ERR_OK && !enters && !draft->entered)
		code = move(draft, err);
	if (code != ERR_OK)
		return code;
	if (!draft->stays)
		apply_sets(draft);
	draft_hand_on(draft);
	draft_behalf(draft);
	if (draft->act->desc->flags & ACT_STILL)
		return ERR_OK;
	draft->after->moved_at = draft->eff;
	if (draft->after->imported && draft->after->closed_at > draft->eff)
		draft->after->moved_at = draft->after->closed_at;
	draft->after->moved_by = verb;
	return ERR_OK;
}

static enum err decide_incident(const struct rules *rules, const struct state *state,
				const struct act *act, const struct moment *moment,
				struct arena *arena, struct decision *ret_decision,
				struct error *err)
{
	struct draft draft = { .rules = rules, .state = state, .act = act, .eff = moment->eff,
			       .recv = moment->recv, .arena = arena };
	struct leave leave;
	struct ask ask;
	enum err code = ERR_OK;

	draft.before = state->entity != NULL ? state->entity
					     : entity_new(KIND_INCIDENT, &act->target.id, arena);
	draft.after = entity_copy(draft.before, arena);
	draft.from = rules_step(rules, draft.before->step);
	ask = draft_ask(&draft);
	if (act->desc->conflict == CONFLICT_FIRST_WINS)
		code = draft_first(&draft, err);
	if (code == ERR_OK)
		code = ask_allowed(&ask, &leave, err);
	if (code != ERR_OK)
		return code;
	draft.flow = leave.flow;
	if (leave.share != NULL)
		draft.share = leave.share->id;
	code = apply(&draft, err);
	if (code != ERR_OK)
		return code;
	if (draft.again) {
		*ret_decision = (struct decision){ .note = draft.note };
		return ERR_OK;
	}
	code = decision_of(draft.before, draft.after, arena, draft.note, ret_decision);
	ret_decision->follow = draft.follow;
	ret_decision->n_follow = draft.n_follow;
	return code;
}

/* The server's own: itself, or what an officer's act makes others undergo (no
 * console sends such an act: its own have its id). */
static enum err check_system(const struct act *act, struct error *err)
{
	if (actor_is_system(&act->actor) || act_follows(act))
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("%s: only the administrator may do this"),
			 _(act->desc->title));
}

static enum err check_target(const struct state *state, const struct act *act, struct error *err)
{
	const struct entity *head = state->entity;

	if (act->target.kind != act->desc->target)
		return error_set(err, ERR_INPUT, _("%s is not done to a %s"), _(act->desc->title),
				 kind_desc(act->target.kind)->name);
	if (act->desc->conflict == CONFLICT_CREATES && head != NULL &&
	    act->target.kind != KIND_INSPECTION && /* these say who did it */
	    act->target.kind != KIND_HANDOVER)
		return error_set(err, ERR_EXISTS, "%s", _(err_sentence(ERR_EXISTS)));
	if (act->desc->conflict != CONFLICT_CREATES && head == NULL &&
	    act->target.kind == KIND_INCIDENT)
		return error_set(err, ERR_NOT_FOUND, _("there is no such incident"));
	if (act->desc->conflict != CONFLICT_CREATES && head == NULL &&
	    act->target.kind == KIND_NOTICE)
		return error_set(err, ERR_NOT_FOUND, _("there is no such notice"));
	if (act->desc->conflict != CONFLICT_CREATES && head == NULL &&
	    act->target.kind == KIND_WHISTLE)
		return error_set(err, ERR_NOT_FOUND, _("there is no such whistle"));
	return act_check(act, err);
}

enum err decide(const struct rules *rules, const struct state *state, const struct act *act,
		const struct moment *moment, struct arena *arena, struct decision *ret_decision,
		struct error *err)
{
	enum err code = check_target(state, act, err);

	if (code == ERR_OK && act->desc->flags & ACT_SYSTEM)
		code = check_system(act, err);
	if (code != ERR_OK)
		return code;
	switch (act->target.kind) {
	case KIND_INCIDENT:
		return decide_incident(rules, state, act, moment, arena, ret_decision, err);
	case KIND_PERSON:
		return decide_person(rules, state, act, arena, ret_decision, err);
	case KIND_PROFILE:
		return decide_profile(state, act, moment, arena, ret_decision, err);
	case KIND_MODE:
		return decide_mode(rules, state, act, moment, arena, ret_decision, err);
	case KIND_NOTICE:
		return decide_notice(rules, state, act, moment, arena, ret_decision, err);
	case KIND_WHISTLE:
		return decide_whistle(rules, state, act, moment, arena, ret_decision, err);
	case KIND_INSPECTION:
		return decide_inspection(rules, state, act, moment, arena, ret_decision, err);
	case KIND_STAFF:
		return decide_staff(rules, state, act, moment, arena, ret_decision, err);
	case KIND_ROSTER:
		return decide_roster(rules, state, act, moment, arena, ret_decision, err);
	case KIND_SWAP:
		return decide_swap(rules, state, act, moment, arena, ret_decision, err);
	case KIND_HANDOVER:
		return decide_handover(rules, state, act, moment, arena, ret_decision, err);
	case KIND_RECORD:
		return decide_record(rules, state, act, moment, arena, ret_decision, err);
	case KIND_MEETING:
		return decide_meeting(rules, state, act, moment, arena, ret_decision, err);
	case KIND_ITEM:
		return decide_item(rules, state, act, moment, arena, ret_decision, err);
	case KIND_ACTION:
		return decide_action(rules, state, act, moment, arena, ret_decision, err);
	case KIND_ROOM:
		return decide_room(rules, state, act, moment, arena, ret_decision, err);
	case KIND_ORG:
	case KIND_COUNT:
		break;
	}
	return error_set(err, ERR_REFUSED, "%s", _(err_sentence(ERR_REFUSED)));
}

enum err decide_possible(const struct rules *rules, const char *mode,
			 const struct incident *incident, const struct act_desc *act,
			 const struct actor *actor, struct error *err)
{
	const struct ask ask = { .rules = rules, .incident = incident, .desc = act,
				 .actor = actor, .mode = mode };
	struct leave leave;

	if (act->target != KIND_INCIDENT || (act->flags & ACT_SYSTEM))
		return error_set(err, ERR_DENIED, _("%s: only the administrator may do this"),
				 _(act->title));
	if ((incident == NULL) != (act->conflict == CONFLICT_CREATES))
		return error_set(err, ERR_REFUSED, _("%s does not apply here"), _(act->title));
	return ask_allowed(&ask, &leave, err);
}

int64_t moment_eff(const struct act *act, int64_t recv, int64_t clock_offset, int64_t last_contact)
{
	int64_t claimed = act->at + clock_offset;

	if (act_value(act, "historic", 0).num != 0) {
		int64_t reported = act_value(act, "reported_at", 0).num;
		return reported != 0 ? reported : recv;
	}
	if (!(act->desc->flags & ACT_OFFLINE))
		return recv;
	if (claimed < last_contact)
		claimed = last_contact;
	return claimed < recv ? claimed : recv;
}
