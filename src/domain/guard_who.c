/* Guards that ask who acts, and for whom. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guard_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* Who did an event, as the incident and its shares remember it. */
static const struct event {
	const char *verb;
	const char *officer, *org; /* fields of the incident; NULL: not remembered */
	const char *part_officer;  /* field of a share, whose organisation is its own */
} events[] = {
	{ "register", "registrar", "origin", NULL },
	{ "sign", "signer", NULL, "signed_by" },
	{ "handle", "handler", "handler_org", "handled_by" },
	{ "verify_ok", NULL, NULL, "verified_by" },
	{ "assign", NULL, "holder", NULL },
};

bool guard_event_known(const char *verb)
{
	for (size_t i = 0; i < ARRAY_LEN(events); i++)
		if (strcmp(events[i].verb, verb) == 0)
			return true;
	return false;
}

static const struct step *step_of(const struct ask *ask)
{
	return ask->incident != NULL ? rules_step(ask->rules, ask->incident->step) : NULL;
}

/* The share that is meant, where the step works by shares. */
static const struct part *share_meant(const struct ask *ask)
{
	const struct step *step = step_of(ask);

	return step != NULL && step->shares ? ask->share : NULL;
}

const char *guard_org(const struct ask *ask)
{
	const struct step *step = step_of(ask);
	const struct flow_act *flow = step != NULL ? step_act(step, ask->desc) : NULL;
	const char *own = ask_org(ask), *should;

	if (flow == NULL)
		flow = step_act(&ask->rules->always, ask->desc);
	if (flow == NULL || own != ask->actor->org)
		return own;
	should = who_should(ask->rules, ask->incident, flow->who, ask->share, own);
	return should == NULL || rules_org_within(ask->rules, own, should) ? own : should;
}

static const char *org_name(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org != NULL ? org->name : code != NULL ? code : "-";
}

static const char *event_label(const struct ask *ask, const struct event *event)
{
	return rules_act_label(ask->rules, act_desc_find(event->verb));
}

static const char *incident_text(const struct incident *incident, const char *name)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	if (name == NULL || incident == NULL)
		return NULL;
	return field_get(field_find(kind->fields, kind->n_fields, name), incident).text;
}

static const char *part_text(const struct part *part, const char *name)
{
	const struct child_desc *desc = child_desc(CHILD_PART);

	if (name == NULL)
		return NULL;
	return field_get(field_find(desc->fields, desc->n_fields, name), part).text;
}

/* Whether the officer did it: to the share that is meant, else to the incident or any share of
 * it. */
static bool officer_did(const struct ask *ask, const struct event *event)
{
	const struct part *share = share_meant(ask);
	const char *officer = ask->actor->officer;

	if (ask->incident == NULL || officer == NULL)
		return false;
	if (share != NULL && event->part_officer != NULL)
		return str_eq(part_text(share, event->part_officer), officer);
	if (str_eq(incident_text(ask->incident, event->officer), officer))
		return true;
	for (size_t i = 0; event->part_officer != NULL && i < ask->incident->parts.n; i++) {
		const struct part *part = incident_part(ask->incident, i);
		if (part_is_live(part) && str_eq(part_text(part, event->part_officer), officer))
			return true;
	}
	return false;
}

enum err guard_actor_not(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(events); i++)
		if (guard_lists(use->arg, events[i].verb) && officer_did(ask, &events[i]))
			return guard_refuse(use, err, ask->actor->officer,
					    event_label(ask, &events[i]));
	return ERR_OK;
}

/* The organisation that did it, if the one that acts is it or within it. */
static const char *org_did(const struct ask *ask, const struct event *event)
{
	const struct part *share = share_meant(ask);
	const char *org = guard_org(ask);
	const char *who = incident_text(ask->incident, event->org);

	if (ask->incident == NULL)
		return NULL;
	if (share != NULL && event->part_officer != NULL)
		return part_text(share, event->part_officer) != NULL &&
				       rules_org_within(ask->rules, org, share->org) ?
			       share->org :
			       NULL;
	if (rules_org_within(ask->rules, org, who))
		return who;
	for (size_t i = 0; event->part_officer != NULL && i < ask->incident->parts.n; i++) {
		const struct part *part = incident_part(ask->incident, i);
		if (part_is_live(part) && part_text(part, event->part_officer) != NULL &&
		    rules_org_within(ask->rules, org, part->org))
			return part->org;
	}
	return NULL;
}

enum err guard_org_not(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(events); i++) {
		const char *who;
		if (!guard_lists(use->arg, events[i].verb))
			continue;
		who = org_did(ask, &events[i]);
		if (who != NULL)
			return guard_refuse(use, err, org_name(ask->rules, who),
					    event_label(ask, &events[i]));
	}
	return ERR_OK;
}

/* Who takes a case in neither handles nor verifies it; small matters that a grid solves itself are
 * let be.  The unit counts, not the tree above it: a grid of the centre that registered may
 * verify. */
enum err guard_collector_not(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const struct incident *incident = ask->incident;
	const struct choices *tiers = &ask->rules->tiers;
	const struct org *origin =
		rules_org(ask->rules, incident != NULL ? incident->origin : NULL);
	const struct choice *exempt = choices_find(tiers, use->arg);
	const struct choice *tier = choices_find(tiers, origin != NULL ? origin->tier : NULL);

	if (incident == NULL || (exempt != NULL && tier != NULL && tier >= exempt))
		return ERR_OK;
	if (incident->registrar != NULL && str_eq(incident->registrar, ask->actor->officer))
		return guard_refuse(use, err, incident->registrar, "");
	/* Whether it is possible is asked before it is known whom the centre has rung for it. */
	if (ask->act == NULL && str_eq(ask->actor->org, ask->rules->centre))
		return ERR_OK;
	if (incident->origin != NULL && str_eq(incident->origin, guard_org(ask)))
		return guard_refuse(use, err, org_name(ask->rules, incident->origin), "");
	return ERR_OK;
}

/* Half of those who decide have only a telephone: would it do to have rung him? */
static bool phone_would_do(const struct ask *ask, const char *role)
{
	struct act rung = { .desc = ask->desc };
	struct ask again = *ask;

	if (ask->act == NULL || ask->act->by_phone.role != NULL)
		return false;
	rung = *ask->act;
	rung.by_phone.role = role;
	again.act = &rung;
	return ask_role(&again, role);
}

enum err guard_role_at_least(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	if (ask_role(ask, use->arg))
		return ERR_OK;
	if (phone_would_do(ask, use->arg))
		return error_set(err, ERR_REFUSED,
				 _("this needs at least the role %s, or its word by telephone"),
				 rules_role_label(ask->rules, use->arg));
	return guard_refuse(use, err, rules_role_label(ask->rules, use->arg), "");
}

enum err guard_returns_below(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const char *role = strchr(use->arg, ' ');
	long returns = ask->incident != NULL ? (long)ask->incident->returns : 0;
	char count[24];

	if (returns < strtol(use->arg, NULL, 10) || role == NULL || ask_role(ask, role + 1))
		return ERR_OK;
	snprintf(count, sizeof count, "%ld", returns);
	return guard_refuse(use, err, count, rules_role_label(ask->rules, role + 1));
}

enum err guard_tier_is(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const struct org *org = rules_org(ask->rules, guard_org(ask));
	struct str labels = STR_INIT;
	enum err code;

	if (org != NULL && guard_lists(use->arg, org->tier))
		return ERR_OK;
	guard_labels(&ask->rules->tiers, use->arg, &labels);
	code = guard_refuse(use, err, str_get(&labels), "");
	str_release(&labels);
	return code;
}

/* The unit, or one above it, that somebody else runs. */
static const struct org *run_elsewhere(const struct rules *rules, const char *words)
{
	const struct org *org = rules_org_named(rules, words);

	while (org != NULL && org->managed)
		org = rules_org(rules, org->parent);
	return org;
}

enum err guard_managed(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const char *holder = ask->incident != NULL ? ask->incident->holder : NULL;
	const struct org *org;

	if (ask->act != NULL && act_text(ask->act, "holder") != NULL)
		holder = act_text(ask->act, "holder");
	org = run_elsewhere(ask->rules, holder);
	for (size_t i = 0; ask->act != NULL && org == NULL; i++) {
		struct value assist = act_value(ask->act, "assist", i);
		if (!value_is_set(assist))
			break;
		org = run_elsewhere(ask->rules, assist.text);
	}
	return org == NULL ? ERR_OK : guard_refuse(use, err, org->name, "");
}

enum err guard_phone_noted(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const struct by_phone *phone = ask->act != NULL ? &ask->act->by_phone : NULL;
	const char *org = guard_org(ask);

	if (phone == NULL || (!by_phone_is(phone) && str_eq(org, ask->actor->org)))
		return ERR_OK;
	if (phone->rung != NULL && phone->wording != NULL)
		return ERR_OK;
	return guard_refuse(use, err,
			    phone->role != NULL ? rules_role_label(ask->rules, phone->role)
						: org_name(ask->rules, org),
			    "");
}
