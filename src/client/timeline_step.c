#include <config.h>

#include "timeline_priv.h"

#include <string.h>

#include "zhiban/base/str.h"

static const struct step *start_of(const struct rules *rules, const struct act *act)
{
	const struct org *org = rules_org(rules, act->actor.org);
	const struct flow_act *flow;

	for (size_t i = 0; i < rules->n_starts; i++) {
		const struct start *start = &rules->starts[i];

		if ((start->tier == NULL || (org != NULL && str_eq(start->tier, org->tier))) &&
		    (start->type == NULL || str_eq(start->type, act_text(act, "type"))))
			return rules_step(rules, start->step);
	}
	if (rules->n_steps == 0)
		return NULL;
	flow = step_act(&rules->steps[0], act->desc);
	return flow != NULL && flow->to != NULL ? rules_step(rules, flow->to) : &rules->steps[0];
}

static size_t rank_of(const struct rules *rules, const struct step *step)
{
	const struct choice *tier = choices_find(&rules->tiers, step->tier);

	return tier != NULL ? (size_t)(tier - rules->tiers.items) : rules->tiers.n;
}

static void go_up(struct follow *follow, const struct flow_act *flow)
{
	const struct step *stay = flow->stay != NULL ? rules_step(follow->rules, flow->stay)
						     : follow->step;
	const struct step *back = flow->back != NULL ? rules_step(follow->rules, flow->back) : stay;

	if (follow->n_levels == FOLLOW_LEVELS)
		return;
	follow->levels[follow->n_levels].stay = stay;
	follow->levels[follow->n_levels++].back = back;
}

static void go_down(struct follow *follow, const struct flow_act *flow)
{
	if (follow->n_levels == 0) {
		follow->step = flow->to != NULL ? rules_step(follow->rules, flow->to) : NULL;
		return;
	}
	follow->n_levels--;
	follow->step = flow->way == WAY_AGAIN ? follow->levels[follow->n_levels].stay
					      : follow->levels[follow->n_levels].back;
}

static void go(struct follow *follow, const struct flow_act *flow)
{
	const struct step *to = flow->to != NULL ? rules_step(follow->rules, flow->to) : NULL;

	if (flow->way == WAY_BACK || flow->way == WAY_AGAIN) {
		go_down(follow, flow);
		return;
	}
	if (flow->way != WAY_STEP || to == NULL)
		return;
	/* What is done to a share leads on when all have come so far: only the next act tells. */
	if (follow->step->shares && flow->act->flags & ACT_SHARE &&
	    strcmp(flow->act->verb, "verify_no") != 0) {
		follow->next = to;
		return;
	}
	if (rank_of(follow->rules, to) < rank_of(follow->rules, follow->step))
		go_up(follow, flow);
	follow->step = to;
	follow->next = NULL;
}

const char *follow_label(struct follow *follow, const struct act *act)
{
	const struct flow_act *flow = NULL;
	const char *label;

	if (act->desc->conflict == CONFLICT_CREATES) {
		follow->step = start_of(follow->rules, act);
		return rules_act_label_at(follow->rules, follow->step, act->desc, act->actor.org);
	}
	if (follow->step != NULL)
		flow = step_act(follow->step, act->desc);
	if (flow == NULL && follow->next != NULL && step_act(follow->next, act->desc) != NULL) {
		follow->step = follow->next;
		follow->next = NULL;
		flow = step_act(follow->step, act->desc);
	}
	label = rules_act_label_at(follow->rules, follow->step, act->desc, act->actor.org);
	if (flow != NULL)
		go(follow, flow);
	return label;
}
