/* Who may do what in which step. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct { /* roles that may not do everything their organisation may */
	const char *role;
	const char *verbs[5]; /* all that is left to them */
} narrow_roles[] = {
	{ "auditor", { NULL } },
	{ "reader", { NULL } },
	{ "intake", { "register", "note", "ack", "fix", NULL } },
};

bool actor_is_system(const struct actor *actor)
{
	return str_eq(actor->role, "system");
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

bool is_lead(const struct part *part)
{
	return str_eq(part->role, "lead");
}

struct part *incident_lead(const struct incident *incident)
{
	struct part *parts = incident->parts.items;

	for (size_t i = 0; i < incident->parts.n; i++)
		if (is_lead(&parts[i]) && str_eq(parts[i].org, incident->holder))
			return &parts[i];
	return NULL;
}

/* Half of those who act have no console and do it over the phone, so the centre may record for a
 * holder or the registering organisation whatever they could do themselves. */
static bool acts_for(const struct rules *rules, const struct actor *actor, const char *org)
{
	if (org == NULL)
		return str_eq(actor->org, rules->centre);
	return str_eq(actor->org, rules->centre) || rules_org_within(rules, actor->org, org);
}

struct part *ask_part(const struct rules *rules, const struct incident *incident,
		      const struct actor *actor)
{
	struct part *parts = incident->parts.items;

	if (!acts_for(rules, actor, incident->holder))
		for (size_t i = 0; i < incident->parts.n; i++)
			if (str_eq(parts[i].role, "assist") && parts[i].signed_at == 0 &&
			    rules_org_within(rules, actor->org, parts[i].org))
				return &parts[i];
	return incident_lead(incident);
}

static enum err who_may(const struct ask *ask, enum who who, struct error *err)
{
	const struct rules *rules = ask->rules;
	const struct actor *actor = ask->actor;
	const char *holder = ask->incident != NULL ? ask->incident->holder : NULL;
	const char *origin = ask->incident != NULL ? ask->incident->origin : NULL;
	const struct org *org;

	switch (who) {
	case WHO_ANY:
		if (rules_org(rules, actor->org) != NULL)
			return ERR_OK;
		return error_set(err, ERR_DENIED, _("%s is no organisation of this jurisdiction"),
				 actor->org != NULL ? actor->org : "-");
	case WHO_CENTRE:
	case WHO_SEAT:
	case WHO_BELOW:
		if (str_eq(actor->org, rules->centre))
			return ERR_OK;
		org = rules_org(rules, rules->centre);
		return error_set(err, ERR_DENIED, _("%s: only %s may do this here"),
				 rules_act_label(rules, ask->desc),
				 org != NULL ? org->name : rules->centre);
	case WHO_HOLDER:
	case WHO_CENTRE_OR_HOLDER:
	case WHO_SEAT_OR_HOLDER:
	case WHO_SHARE:
		if (acts_for(rules, actor, holder))
			return ERR_OK;
		org = rules_org(rules, holder);
		return error_set(err, ERR_DENIED, _("%s: only %s, or the centre for it, may do this"),
				 rules_act_label(rules, ask->desc),
				 org != NULL ? org->name : _("its holder"));
	case WHO_ORIGIN:
		if (acts_for(rules, actor, origin))
			return ERR_OK;
		org = rules_org(rules, origin);
		return error_set(err, ERR_DENIED, _("%s: only %s, or the centre for it, may do this"),
				 rules_act_label(rules, ask->desc),
				 org != NULL ? org->name : _("who registered it"));
	}
	return error_set(err, ERR_DENIED, "%s", _(err_sentence(ERR_DENIED)));
}

/* The step does not allow the act: say where it stands, and what brought it there. */
static enum err not_in_step(const struct ask *ask, const struct step *step, struct error *err)
{
	const struct act_desc *moved;
	const struct incident *incident = ask->incident;
	char when[CIVIL_TEXT];

	if (incident == NULL || incident->moved_by == NULL)
		return error_set(err, ERR_REFUSED, _("%s is not possible in the step %s"),
				 rules_act_label(ask->rules, ask->desc), step->label);
	moved = act_desc_find(incident->moved_by);
	civil_format(incident->moved_at, ask->rules->offset_min, "m-d H:M", when, sizeof when);
	return error_set(err, ERR_REFUSED,
			 _("%s is not possible: it is in the step %s now (latest: %s, %s)"),
			 rules_act_label(ask->rules, ask->desc), step->label,
			 moved != NULL ? rules_act_label(ask->rules, moved) : incident->moved_by,
			 when);
}

/* An assisting department signs for its own share whatever step the lead has reached, so that
 * several can sign at once. */
static bool signs_own_share(const struct ask *ask, const struct step *step)
{
	const struct part *part;

	if (strcmp(ask->desc->verb, "sign") != 0 || ask->incident == NULL || !step->open)
		return false;
	part = ask_part(ask->rules, ask->incident, ask->actor);
	return part != NULL && !is_lead(part);
}

/* A profile whose first step says nothing about registering lets every organisation do it. */
static const struct flow_act plain_register = { .who = WHO_ANY };
/* To have seen it is nobody's step: whoever sees an open incident may say so.  Once somebody has, an
 * act that comes late is no mistake either. */
static const struct flow_act plain_ack = { .who = WHO_ANY };

static const struct flow_act *flow_row(const struct ask *ask, const struct step *step)
{
	const struct flow_act *flow = step_act(step, ask->desc);
	bool late = ask->act != NULL && ask->incident != NULL && ask->incident->acked_at != 0;

	if (flow != NULL)
		return flow;
	if (ask->incident == NULL)
		return &plain_register;
	if (ask->desc->conflict == CONFLICT_IDEMPOTENT && (step->open || late))
		return &plain_ack;
	return NULL;
}

static const struct step *present_step(const struct ask *ask)
{
	if (ask->incident == NULL)
		return ask->rules->n_steps > 0 ? &ask->rules->steps[0] : NULL;
	return rules_step(ask->rules, ask->incident->step);
}

enum err ask_allowed(const struct ask *ask, const struct flow_act **ret_flow, struct error *err)
{
	const struct step *step = present_step(ask);
	const struct flow_act *flow;
	enum err code = ERR_OK;

	if (!role_may(ask->actor, ask->desc))
		return error_set(err, ERR_DENIED, _("%s: this account may not do it"),
				 rules_act_label(ask->rules, ask->desc));
	if (step == NULL)
		return error_set(err, ERR_REFUSED, _("the step %s is not in the profile in force"),
				 ask->incident != NULL && ask->incident->step != NULL ?
					 ask->incident->step : "-");
	if (signs_own_share(ask, step)) {
		*ret_flow = NULL;
		return ERR_OK;
	}
	flow = flow_row(ask, step);
	if (flow == NULL)
		return not_in_step(ask, step, err);
	if (!actor_is_system(ask->actor))
		code = who_may(ask, flow->who, err);
	for (size_t i = 0; code == ERR_OK && i < flow->n_guards; i++)
		code = guard_check(ask, &flow->guards[i], err);
	if (code == ERR_OK)
		*ret_flow = flow;
	return code;
}
