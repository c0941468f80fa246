#include <config.h>

#include "zhiban/model/acts.h"

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
	    act->target == KIND_INCIDENT && !(act->flags & ACT_SYSTEM) &&
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
