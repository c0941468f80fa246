#include <config.h>

#include "zhiban/demo/course.h"

#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

/* What leads on, in the order of preference where a step has several; delays in minutes. */
static const struct {
	const char *verb;
	int low, high, chance;
} onward[] = {
	{ "accept", 2, 35, 100 },     { "assign", 3, 60, 100 },	  { "sign", 4, 300, 100 },
	{ "handle", 60, 6000, 100 },  { "verify_ok", 20, 700, 100 }, { "close", 10, 900, 100 },
	{ "feedback", 10, 300, 100 }, { "archive", 60, 4000, 60 },
};

/* What is done inside a step before it leads on. */
static const struct {
	const char *verb;
	int low, high, chance;
} inside[] = {
	{ "sign", 4, 300, 100 },
	{ "contact", 5, 60, 100 },
	{ "arrive", 10, 120, 60 },
};

enum { STEPS_MAX = 64, REWORK_CHANCE = 8 };

struct laying { /* a course as it is put together */
	const struct rules *rules;
	struct demo_leg *legs;
	size_t n;
	bool assisted;
};

const struct step *demo_first_step(const struct rules *rules, const char *tier)
{
	const struct flow_act *act;

	for (size_t i = 0; i < rules->n_starts; i++) {
		const struct start *start = &rules->starts[i];

		if (start->type == NULL && (start->tier == NULL || str_eq(start->tier, tier)))
			return rules_step(rules, start->step);
	}
	act = step_act(&rules->steps[0], act_desc_find("register"));
	return act != NULL && act->to != NULL ? rules_step(rules, act->to) : &rules->steps[0];
}

static void add(struct laying *way, struct demo_leg leg)
{
	if (way->n < DEMO_LEGS_MAX)
		way->legs[way->n++] = leg;
}

/* A leg, of the lead's share and of the other where the step works by shares. */
static void add_shares(struct laying *way, struct demo_leg leg)
{
	bool shares = leg.step->shares && act_arg_field(leg.flow->act, "share") != NULL;

	leg.share = shares ? DEMO_LEAD : DEMO_NO_SHARE;
	add(way, leg);
	if (!shares || !way->assisted)
		return;
	leg.share = DEMO_ASSIST;
	add(way, leg);
}

static void add_inside(struct laying *way, const struct step *step)
{
	for (size_t i = 0; i < ARRAY_LEN(inside); i++) {
		const struct flow_act *act = step_act(step, act_desc_find(inside[i].verb));

		if (act == NULL || act->way != WAY_STAYS)
			continue;
		add_shares(way, (struct demo_leg){ .flow = act, .step = step,
						   .verb = inside[i].verb, .low = inside[i].low,
						   .high = inside[i].high,
						   .chance = inside[i].chance, .once = true });
	}
	add(way, (struct demo_leg){ .step = step, .verb = "note", .low = 1, .high = 40,
				    .chance = step->shares ? 35 : 12, .once = true });
}

/* Whoever verifies finds one in twelve wanting. */
static void add_rework(struct laying *way, const struct step *step)
{
	const struct flow_act *act = step_act(step, act_desc_find("verify_no"));
	const struct demo_leg leg = { .flow = act, .step = step, .verb = "verify_no", .low = 20,
				      .high = 200, .chance = REWORK_CHANCE,
				      .share = step->shares ? DEMO_LEAD : DEMO_NO_SHARE,
				      .once = true };

	if (act != NULL && act->way == WAY_STEP && step_act(step, act_desc_find("verify_ok")))
		add(way, leg);
}

static bool leads_on(const struct laying *way, const struct flow_act *act, const bool *seen)
{
	const struct step *to;

	/* No loop waits below: what would go down goes where the profile says for that case. */
	if (act == NULL || (act->way != WAY_STEP && act->way != WAY_BACK) || act->to == NULL)
		return false;
	/* A unit that gives a case out to its own people keeps it in the demo. */
	if (strcmp(act->act->verb, "assign") == 0 && act->who == WHO_HOLDER)
		return false;
	to = rules_step(way->rules, act->to);
	return to != NULL && !seen[to - way->rules->steps];
}

/* The leg that leads out of a step, or where it leads NULL. */
static const struct step *add_onward(struct laying *way, const struct step *step, const bool *seen)
{
	for (size_t i = 0; i < ARRAY_LEN(onward); i++) {
		const struct flow_act *act = step_act(step, act_desc_find(onward[i].verb));

		if (!leads_on(way, act, seen))
			continue;
		if (strcmp(onward[i].verb, "verify_ok") == 0)
			add_rework(way, step);
		add_shares(way, (struct demo_leg){ .flow = act, .step = step,
						   .verb = onward[i].verb, .low = onward[i].low,
						   .high = onward[i].high,
						   .chance = onward[i].chance });
		return rules_step(way->rules, act->to);
	}
	return NULL;
}

size_t demo_course(const struct rules *rules, const struct step *first, bool assisted,
		   struct demo_leg legs[DEMO_LEGS_MAX])
{
	struct laying way = { .rules = rules, .legs = legs, .assisted = assisted };
	bool seen[STEPS_MAX] = { false };

	for (const struct step *step = first; step != NULL && rules->n_steps <= STEPS_MAX;) {
		seen[step - rules->steps] = true;
		if (step->open)
			add_inside(&way, step);
		step = add_onward(&way, step, seen);
	}
	return way.n;
}
