/* Who may do what in which step. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct { /* roles that may not do everything their organisation may */
	const char *role;
	const char *verbs[7]; /* all that is left to them */
} narrow_roles[] = {
	{ "auditor", { NULL } },
	{ "reader", { NULL } },
	{ "intake", { "register", "note", "ack", "fix", "reveal", "unanswered", NULL } },
};

bool actor_is_system(const struct actor *actor)
{
	return str_eq(actor->role, "system");
}

static bool manager_may(const struct role_rule *role, const struct act_desc *desc)
{
	static const char *const scope[] = { "restrict", "unrestrict" };

	for (size_t i = 0; role->manage == MANAGE_SECURITY && i < ARRAY_LEN(scope); i++)
		if (strcmp(scope[i], desc->verb) == 0)
			return true;
	return false;
}

static bool role_may(const struct actor *actor, const struct act_desc *desc)
{
	for (size_t i = 0; i < ARRAY_LEN(narrow_roles); i++) {
		if (!str_eq(narrow_roles[i].role, actor->role))
			continue;
		for (const char *const *verb = narrow_roles[i].verbs; *verb != NULL; verb++)
			if (strcmp(*verb, desc->verb) == 0)
				return true;
		return false;
	}
	return true;
}

enum err actor_may_write(const struct rules *rules, const struct actor *actor,
			 const struct act_desc *desc, struct error *err)
{
	const struct role_rule *role = rules_role(rules, actor->role);

	if (role->read_only)
		return error_set(err, ERR_DENIED, _("%s: the role %s reads and changes nothing"),
				 rules_act_label(rules, desc), role->label);
	if (role->manage != MANAGE_NOTHING && !manager_may(role, desc))
		return error_set(err, ERR_DENIED,
				 _("%s: the role %s administers and has nothing to do with cases"),
				 rules_act_label(rules, desc), role->label);
	if (!role_may(actor, desc))
		return error_set(err, ERR_DENIED, _("%s: this account may not do it"),
				 rules_act_label(rules, desc));
	return ERR_OK;
}

const char *ask_org(const struct ask *ask)
{
	const char *words = ask->act != NULL ? ask->act->by_phone.org : NULL;
	const struct org *org = rules_org_named(ask->rules, words);

	if (words == NULL)
		return ask->actor->org;
	return org != NULL ? org->code : words;
}

const char *draft_org(const struct draft *draft)
{
	const struct ask ask = draft_ask(draft);

	return ask_org(&ask);
}

struct ask draft_ask(const struct draft *draft)
{
	return (struct ask){ .rules = draft->rules,
			     .incident = draft->state->entity,
			     .desc = draft->act->desc,
			     .actor = &draft->act->actor,
			     .act = draft->act,
			     .mode = draft->state->mode,
			     .eff = draft->eff };
}

bool ask_role(const struct ask *ask, const char *role)
{
	const struct rules *rules = ask->rules;
	const char *own = ask->actor->role;
	const char *said = ask->act != NULL ? ask->act->by_phone.role : NULL;

	if (rules_role_reaches(rules, own, role))
		return true;
	return rules_role_reaches(rules, said, role) &&
	       (rules_role_reaches(rules, own, "duty") ||
		(choices_find(&rules->roles, "duty") == NULL &&
		 choices_find(&rules->roles, own) != NULL)) &&
	       (str_eq(ask->actor->org, ask->rules->centre) ||
		str_eq(ask->actor->org, incident_seat(ask->rules, ask->incident)));
}

/* Who may say that an organisation did something: it or one within it, the centre, the seat.
 * Everybody is within the centre, so for the centre only the seat of a loop below may. */
static enum err check_phone(const struct ask *ask, struct error *err)
{
	const struct rules *rules = ask->rules;
	const char *org = ask_org(ask), *own = ask->actor->org;
	const struct org *named;

	if (ask->act == NULL || ask->act->by_phone.org == NULL)
		return ERR_OK;
	named = rules_org(rules, org);
	if (named == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 org);
	if (str_eq(own, rules->centre) || str_eq(own, org) ||
	    str_eq(own, incident_seat(rules, ask->incident)) ||
	    (!str_eq(org, rules->centre) && rules_org_within(rules, own, org)))
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("you cannot record what %s did"), named->name);
}

/* Half of those who act have no console and do it over the phone, so the centre and the seat may
 * record for a holder, a department or the registering organisation whatever they could do. */
static bool acts_for(const struct ask *ask, const char *org)
{
	const char *own = ask_org(ask);

	return str_eq(own, ask->rules->centre) ||
	       str_eq(own, incident_seat(ask->rules, ask->incident)) ||
	       rules_org_within(ask->rules, own, org);
}

const char *who_should(const struct rules *rules, const struct incident *incident, enum who who,
		       const struct part *share, const char *acting)
{
	const char *seat = incident_seat(rules, incident);
	const char *holder = incident != NULL ? incident->holder : NULL;
	const struct level *below = incident != NULL ? incident_level(incident) : NULL;

	switch (who) {
	case WHO_ANY:
		return NULL;
	case WHO_CENTRE:
		return rules->centre;
	case WHO_SEAT:
		return seat;
	case WHO_BELOW:
		return below != NULL && below->seat != NULL ? below->seat : rules->centre;
	case WHO_HOLDER:
		return holder != NULL ? holder : seat;
	case WHO_CENTRE_OR_HOLDER:
		return holder != NULL && rules_org_within(rules, acting, holder) ? holder
										 : rules->centre;
	case WHO_SEAT_OR_HOLDER:
		return holder != NULL && rules_org_within(rules, acting, holder) ? holder : seat;
	case WHO_ORIGIN:
		return incident != NULL && incident->origin != NULL ? incident->origin : seat;
	case WHO_SHARE:
		if (share != NULL)
			return share->org;
		return holder != NULL ? holder : seat;
	}
	return NULL;
}

/* Whose act it is; NULL: nobody's yet, so only the seat's. */
static const char *whose(const struct ask *ask, enum who who)
{
	if (ask->incident == NULL)
		return NULL;
	if (who == WHO_ORIGIN)
		return ask->incident->origin;
	return who == WHO_SHARE && ask->share != NULL ? ask->share->org : ask->incident->holder;
}

/* Says who may; also: the centre for him. */
static enum err deny(const struct ask *ask, const struct step *step, const char *code, bool also,
		     struct error *err)
{
	const struct org *org = rules_org(ask->rules, code);
	const char *label = rules_act_label_at(ask->rules, step, ask->desc, ask->actor->org);
	const char *name = org != NULL ? org->name : code != NULL ? code : "-";

	if (also)
		return error_set(err, ERR_DENIED,
				 _("%s: only %s, or the centre for it, may do this"), label, name);
	return error_set(err, ERR_DENIED, _("%s: only %s may do this here"), label, name);
}

static enum err who_may(const struct ask *ask, const struct step *step, enum who who,
			struct error *err)
{
	const struct rules *rules = ask->rules;
	const char *own = ask_org(ask);
	const char *should = who_should(rules, ask->incident, who, ask->share, own);

	switch (who) {
	case WHO_ANY:
		if (rules_org(rules, own) != NULL)
			return ERR_OK;
		return error_set(err, ERR_DENIED, _("%s is no organisation of this jurisdiction"),
				 own != NULL ? own : "-");
	case WHO_CENTRE:
		if (str_eq(own, rules->centre))
			return ERR_OK;
		break;
	case WHO_SEAT:
	case WHO_BELOW: /* what a seat does, nobody within it does */
		if (str_eq(own, rules->centre) || str_eq(own, should) ||
		    str_eq(own, incident_seat(rules, ask->incident)))
			return ERR_OK;
		break;
	case WHO_HOLDER:
	case WHO_CENTRE_OR_HOLDER:
	case WHO_SEAT_OR_HOLDER:
	case WHO_SHARE:
	case WHO_ORIGIN:
		if (acts_for(ask, whose(ask, who)))
			return ERR_OK;
		return deny(ask, step, should, true, err);
	}
	return deny(ask, step, should, false, err);
}

/* The step does not allow the act: say where it stands, and what brought it there. */
static enum err not_in_step(const struct ask *ask, const struct step *step, struct error *err)
{
	const struct rules *rules = ask->rules;
	const struct incident *incident = ask->incident;
	const char *own = ask->actor->org;
	const char *label = rules_act_label_at(rules, step, ask->desc, own);
	const struct act_desc *moved;
	char when[CIVIL_TEXT];

	if (incident == NULL || incident->moved_by == NULL)
		return error_set(err, ERR_REFUSED, _("%s is not possible in the step %s"), label,
				 rules_step_label(rules, step, own));
	moved = act_desc_find(incident->moved_by);
	civil_format(incident->moved_at, rules->offset_min, "m-d H:M", when, sizeof when);
	return error_set(err, ERR_REFUSED,
			 _("%s is not possible: it is in the step %s now (latest: %s, %s)"), label,
			 rules_step_label(rules, step, own),
			 moved != NULL ? rules_act_label_at(rules, step, moved, own)
				       : incident->moved_by,
			 when);
}

/* A profile whose first step says nothing about registering lets every organisation do it. */
static const struct flow_act plain_register = { .who = WHO_ANY };
/* To have seen it is nobody's step: whoever sees an open incident may say so.  Once somebody has,
 * an act that comes late is no mistake either.  Nor is a countersignature, whatever became of
 * it. */
static const struct flow_act plain_ack = { .who = WHO_ANY };
/* What the rules themselves do asks no step. */
static const struct flow_act plain_system = { .who = WHO_ANY };

static const struct flow_act *plain_row(const struct ask *ask, const struct step *step)
{
	bool late = ask->act != NULL && ask->incident != NULL && ask->incident->acked_at != 0;

	if (ask->desc->flags & ACT_SYSTEM || (ask->act != NULL && act_follows(ask->act)))
		return &plain_system;
	if (ask->incident == NULL)
		return &plain_register;
	if (strcmp(ask->desc->verb, "countersign") == 0 || ask->desc->flags & ACT_SELF)
		return &plain_ack;
	if (ask->desc->conflict == CONFLICT_IDEMPOTENT && (step->open || late))
		return &plain_ack;
	return NULL;
}

static const struct flow_act *flow_row(const struct ask *ask, const struct step *step)
{
	const struct flow_act *flow = step_act(step, ask->desc);

	if (flow != NULL)
		return flow;
	flow = step_act(&ask->rules->always, ask->desc);
	if (flow != NULL && ask->incident != NULL && (step->open || flow->closed))
		return flow;
	return plain_row(ask, step);
}

static const struct step *present_step(const struct ask *ask)
{
	if (ask->incident == NULL)
		return ask->rules->n_steps > 0 ? &ask->rules->steps[0] : NULL;
	return rules_step(ask->rules, ask->incident->step);
}

/* The share an act is done to; in a step that works by shares there must be one. */
static enum err find_share(struct ask *ask, const struct step *step, const struct flow_act *flow,
			   struct error *err)
{
	if (!(ask->desc->flags & ACT_SHARE) || ask->incident == NULL)
		return ERR_OK;
	if (flow != NULL && (flow->way == WAY_BACK || flow->way == WAY_AGAIN))
		return ERR_OK; /* the loop as a whole goes down */
	if (step->shares && flow != NULL)
		return ask_share(ask, step, flow->who, &ask->share, err);
	ask->share = ask_part(ask, flow != NULL ? flow->who : WHO_SHARE);
	return ERR_OK;
}

/* An assisting department signs for its own share whatever step the lead has reached, so that
 * several can sign at once. */
static bool signs_own_share(const struct ask *ask, const struct step *step,
			    const struct flow_act *flow)
{
	if (strcmp(ask->desc->verb, "sign") != 0 || ask->share == NULL || !step->open ||
	    !str_eq(part_state(ask->share), "assigned"))
		return false;
	return step->shares ? flow == NULL : !is_lead(ask->share);
}

static enum err check_guards(const struct ask *ask, const struct flow_act *flow, struct error *err)
{
	const struct mode_rule *mode = rules_mode(ask->rules, ask->mode);
	enum err code = ERR_OK;

	for (size_t i = 0; flow != NULL && code == ERR_OK && i < flow->n_guards; i++)
		code = guard_check(ask, &flow->guards[i], err);
	for (size_t i = 0; code == ERR_OK && i < mode->n_guards; i++)
		if (mode->guards[i].act == ask->desc)
			code = guard_check(ask, &mode->guards[i].guard, err);
	return code;
}

enum err ask_allowed(const struct ask *asked, struct leave *ret_leave, struct error *err)
{
	struct ask ask = *asked;
	const struct step *step = present_step(&ask);
	const struct flow_act *flow;
	enum err code;

	if (ask.desc->flags & ACT_SYSTEM) {
		*ret_leave = (struct leave){ &plain_system, NULL };
		return ERR_OK;
	}
	code = actor_may_write(ask.rules, ask.actor, ask.desc, err);
	if (code != ERR_OK)
		return code;
	if (step == NULL)
		return error_set(err, ERR_REFUSED, _("the step %s is not in the profile in force"),
				 ask.incident != NULL && ask.incident->step != NULL ?
					 ask.incident->step : "-");
	flow = flow_row(&ask, step);
	code = check_phone(&ask, err);
	if (code == ERR_OK)
		code = find_share(&ask, step, flow, err);
	if (code != ERR_OK)
		return code;
	if (signs_own_share(&ask, step, flow))
		flow = NULL;
	else if (flow == NULL)
		return not_in_step(&ask, step, err);
	if (manager_may(rules_role(ask.rules, ask.actor->role), ask.desc)) {
		*ret_leave = (struct leave){ flow, NULL };
		return ERR_OK;
	}
	if (!actor_is_system(ask.actor))
		code = who_may(&ask, step, flow != NULL ? flow->who : WHO_SHARE, err);
	if (code == ERR_OK)
		code = check_guards(&ask, flow, err);
	if (code == ERR_OK)
		*ret_leave = (struct leave){ flow, ask.share };
	return code;
}
