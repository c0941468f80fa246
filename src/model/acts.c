#include <config.h>

#include "zhiban/model/acts.h"

#include <string.h>

/* What there is something to do it to: the rules would say so too, but a menu does not offer it. */
static bool is_paused(const struct client *client, const struct incident *incident)
{
	return incident->paused_until > client_now(client);
}

static bool is_shelved(const struct client *client, const struct incident *incident)
{
	(void)client;
	return incident->shelved_at != 0;
}

static bool is_asked(const struct client *client, const struct incident *incident)
{
	(void)client;
	return incident->asked_at != 0;
}

static bool is_owed(const struct client *client, const struct incident *incident)
{
	(void)client;
	return incident->owed != 0;
}

static bool is_supervised(const struct client *client, const struct incident *incident)
{
	(void)client;
	return incident->supervised != NULL;
}

static bool is_proposed(const struct client *client, const struct incident *incident)
{
	(void)client;
	return incident->proposed_at != 0 || incident->listed_at != 0 || incident->offered_at != 0;
}

static bool is_merged(const struct client *client, const struct incident *incident)
{
	(void)client;
	return incident->merged_into != NULL;
}

static bool has_forces(const struct client *client, const struct incident *incident)
{
	const struct force *forces = incident->forces.items;

	(void)client;
	for (size_t i = 0; i < incident->forces.n; i++)
		if (!forces[i].left_at)
			return true;
	return false;
}

static bool has_notice(const struct client *client, const struct incident *incident)
{
	const struct receipt *receipts = incident->receipts.items;

	(void)client;
	for (size_t i = 0; i < incident->receipts.n; i++)
		if (!receipts[i].signed_at)
			return true;
	return false;
}

static const struct {
	const char *verb;
	bool (*has)(const struct client *client, const struct incident *incident);
} objects[] = {
	{ "resume", is_paused },     { "unshelve", is_shelved }, { "extend_ok", is_asked },
	{ "extend_no", is_asked },   { "countersign", is_owed }, { "respond", is_supervised },
	{ "lift", is_supervised },   { "waive", is_proposed },	 { "unmerge", is_merged },
	{ "depart", has_forces },    { "receipt", has_notice },
};

static bool has_object(const struct client *client, const struct incident *incident,
		       const struct act_desc *act)
{
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
		if (strcmp(objects[i].verb, act->verb) == 0)
			return objects[i].has(client, incident);
	return true;
}

struct taking {
	struct client *client;
	const struct incident *incident;
	const struct act_desc **acts;
	size_t n;
};

static void take(struct taking *taking, const struct act_desc *act)
{
	for (size_t i = 0; i < taking->n; i++)
		if (taking->acts[i] == act)
			return;
	if (taking->n < ACTS_HERE_MOST && act->conflict != CONFLICT_CREATES &&
	    act->target == KIND_INCIDENT && !(act->flags & (ACT_SYSTEM | ACT_SELF)) &&
	    has_object(taking->client, taking->incident, act) &&
	    client_possible(taking->client, taking->incident, act, NULL) == ERR_OK)
		taking->acts[taking->n++] = act;
}

size_t acts_here(struct client *client, const struct incident *incident,
		 const struct act_desc *acts[ACTS_HERE_MOST])
{
	struct taking taking = { client, incident, acts, 0 };
	const struct rules *rules = client_rules(client);
	const struct step *step = rules_step(rules, incident->step);

	for (size_t i = 0; step && i < step->n_acts; i++)
		take(&taking, step->acts[i].act);
	for (size_t i = 0; i < rules->always.n_acts; i++)
		take(&taking, rules->always.acts[i].act);
	for (size_t i = 0; i < act_desc_count(); i++)
		take(&taking, act_desc_at(i));
	return taking.n;
}

const char *acts_label(const struct rules *rules, const struct incident *incident,
		       const struct act_desc *act)
{
	const struct step *step = incident ? rules_step(rules, incident->step) : NULL;
	const char *org = incident ? incident->seat : NULL;

	return rules_act_label_at(rules, step, act, org);
}

const char *acts_for_whom(const struct client *client, const struct incident *incident,
			  const struct act_desc *act)
{
	const struct rules *rules = client_rules(client);
	const struct actor *actor = client_actor(client);
	const struct step *step = rules_step(rules, incident->step);
	const struct flow_act *flow = step ? step_act(step, act) : NULL;
	const char *whose = NULL;

	if (flow && flow->who == WHO_HOLDER)
		whose = incident->holder;
	else if (flow && flow->who == WHO_ORIGIN)
		whose = incident->origin;
	return whose && actor && !rules_org_within(rules, actor->org, whose) ? whose : NULL;
}
