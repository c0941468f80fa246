#include <config.h>

#include "zhiban/domain/decide.h"

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static enum err apply_sign(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	const struct actor *actor = &draft->act->actor;
	struct part *part = ask_part(draft->rules, after, actor);

	(void)err;
	if (part != NULL) {
		part->signed_at = draft->eff;
		part->signed_by = actor->officer;
	}
	if (draft->flow != NULL)
		after->signer = actor->officer;
	return ERR_OK;
}

static enum err apply_handle(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	const struct actor *actor = &draft->act->actor;

	(void)err;
	after->handler = actor->officer;
	/* recorded by the centre for the holder: the holder has handled it */
	after->handler_org = rules_org_within(draft->rules, actor->org, after->holder) ||
					     after->holder == NULL ?
				     actor->org :
				     after->holder;
	after->result = act_text(draft->act, "result");
	return ERR_OK;
}

static enum err apply_rework(struct draft *draft, struct error *err)
{
	(void)err;
	draft->after->reworks++;
	return ERR_OK;
}

static enum err apply_close(struct draft *draft, struct error *err)
{
	const char *reason = act_text(draft->act, "close_reason");
	const char *satisfaction = act_text(draft->act, "satisfaction");

	(void)err;
	draft->after->closed_at = draft->eff;
	if (reason != NULL)
		draft->after->close_reason = reason;
	if (satisfaction != NULL)
		draft->after->satisfaction = satisfaction;
	return ERR_OK;
}

/* Whoever was first stays in the record; the words of a later one still get into the timeline. */
static enum err apply_ack(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	char when[CIVIL_TEXT];

	(void)err;
	if (after->acked_at == 0) {
		after->acked_at = draft->eff;
		after->acked_by = draft->act->actor.officer;
		return ERR_OK;
	}
	civil_format(after->acked_at, draft->rules->offset_min, "m-d H:M", when, sizeof when);
	draft->note = arena_printf(draft->arena, _("%s has acknowledged it already, %s"),
				   after->acked_by != NULL ? after->acked_by : "-", when);
	draft->again = act_text(draft->act, "note") == NULL;
	return ERR_OK;
}

static enum err apply_archive(struct draft *draft, struct error *err)
{
	(void)err;
	draft->after->archived_at = draft->eff;
	return ERR_OK;
}

static const struct { /* what an act changes beside the step; the others only move it */
	const char *verb;
	enum err (*apply)(struct draft *draft, struct error *err);
	bool enters; /* the handler itself, or not at all */
} handlers[] = {
	{ "register", apply_register, true },
	{ "assign", apply_assign, false },
	{ "sign", apply_sign, false },
	{ "handle", apply_handle, false },
	{ "verify_no", apply_rework, false },
	{ "close", apply_close, false },
	{ "archive", apply_archive, false },
	{ "fix", apply_fix, false },
	{ "ack", apply_ack, false },
	{ "carry", apply_carry, true },
};

/* Goes where the flow leads.  An assignment inside a step is a new one: its clocks start again. */
static void move(struct draft *draft)
{
	const struct flow_act *flow = draft->flow;
	const struct step *step = NULL;

	if (flow != NULL && flow->way == WAY_STEP)
		step = rules_step(draft->rules, flow->to);
	else if (flow != NULL && draft->act->desc->conflict == CONFLICT_FIRST_WINS)
		step = rules_step(draft->rules, draft->before->step);
	if (step != NULL)
		draft_enter(draft, step);
}

static enum err apply(struct draft *draft, struct error *err)
{
	const char *verb = draft->act->desc->verb;
	bool entered = false;

	for (size_t i = 0; i < ARRAY_LEN(handlers); i++) {
		enum err code;
		if (strcmp(handlers[i].verb, verb) != 0)
			continue;
		code = handlers[i].apply(draft, err);
		if (code != ERR_OK)
			return code;
		entered = handlers[i].enters;
	}
	if (!entered)
		move(draft);
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
	struct ask ask = { rules, state->entity, act->desc, &act->actor, act, state->mode,
			   moment->eff };
	struct draft draft = { .rules = rules, .state = state, .act = act, .eff = moment->eff,
			       .recv = moment->recv, .arena = arena };
	enum err code = ERR_OK;

	draft.before = state->entity != NULL ? state->entity
					     : entity_new(KIND_INCIDENT, &act->target.id, arena);
	draft.after = entity_copy(draft.before, arena);
	if (act->desc->conflict == CONFLICT_FIRST_WINS)
		code = draft_first(&draft, err);
	/* what the server does by itself no step of the flow has to name */
	if (code == ERR_OK && !(act->desc->flags & ACT_SYSTEM))
		code = ask_allowed(&ask, &draft.flow, err);
	if (code == ERR_OK)
		code = apply(&draft, err);
	if (code != ERR_OK)
		return code;
	if (draft.again) {
		*ret_decision = (struct decision){ .note = draft.note };
		return ERR_OK;
	}
	return decision_of(draft.before, draft.after, arena, draft.note, ret_decision);
}

/* The server's own: itself, its administrator, or what an officer's act makes others undergo (no
 * console sends such an act: its own have its id). */
static enum err check_system(const struct act *act, struct error *err)
{
	if (actor_is_system(&act->actor) || str_eq(act->actor.role, "admin") ||
	    (uuid_is_nil(&act->console) && !uuid_is_nil(&act->after)))
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
	if (act->desc->conflict == CONFLICT_CREATES && head != NULL)
		return error_set(err, ERR_EXISTS, "%s", _(err_sentence(ERR_EXISTS)));
	if (act->desc->conflict != CONFLICT_CREATES && head == NULL &&
	    act->target.kind == KIND_INCIDENT)
		return error_set(err, ERR_NOT_FOUND, _("there is no such incident"));
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
	struct ask ask = { rules, incident, act, actor, NULL, mode, 0 };
	const struct flow_act *flow;

	if (act->target != KIND_INCIDENT || (act->flags & ACT_SYSTEM))
		return error_set(err, ERR_DENIED, _("%s: only the administrator may do this"),
				 _(act->title));
	if ((incident == NULL) != (act->conflict == CONFLICT_CREATES))
		return error_set(err, ERR_REFUSED, _("%s does not apply here"), _(act->title));
	return ask_allowed(&ask, &flow, err);
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
