/* The check's look for steps that wait for a holder whom nobody has named: cases begin without one,
 * lose theirs when they are returned, recalled or sent up, and get one by being assigned. */
#include <config.h>

#include <string.h>

#include "check_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

struct spread {
	const struct rules *rules;
	bool *without; /* by step: a case may be there without a holder */
	bool more;
};

static void reach(struct spread *spread, const char *id)
{
	const struct step *step = rules_step(spread->rules, id);

	if (!step || spread->without[step - spread->rules->steps])
		return;
	spread->without[step - spread->rules->steps] = true;
	spread->more = true;
}

static int tier_of(const struct rules *rules, const char *id)
{
	const struct step *step = rules_step(rules, id);

	return step ? choice_position(&rules->tiers, step->tier) : 0;
}

static bool takes_away(const struct rules *rules, const struct step *step,
		       const struct flow_act *act)
{
	static const char *const verbs[] = { "return", "recall" };

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		if (str_eq(act->act->verb, verbs[i]))
			return true;
	return tier_of(rules, act->to) < tier_of(rules, step->id);
}

static void spread_act(struct spread *spread, const struct step *step, const struct flow_act *act)
{
	bool without = spread->without[step - spread->rules->steps];

	if (act->way == WAY_STEP && !str_eq(act->act->verb, "assign") &&
	    (without || takes_away(spread->rules, step, act)))
		reach(spread, act->to);
}

static void spread_all(struct spread *spread)
{
	const struct rules *rules = spread->rules;

	do {
		spread->more = false;
		for (size_t i = 0; i < rules->n_steps; i++)
			for (size_t k = 0; k < rules->steps[i].n_acts; k++)
				spread_act(spread, &rules->steps[i], &rules->steps[i].acts[k]);
	} while (spread->more);
}

/* Whether the step can only go on by a holder: his clock runs, and nobody names one in it. */
static bool needs_holder(const struct step *step)
{
	const struct flow_act *assign = step_act(step, act_desc_find("assign"));

	for (size_t i = 0; !assign && i < step->n_clocks; i++)
		if (step->clocks[i].who == WHO_HOLDER)
			return true;
	return false;
}

void say_without_holder(const struct rules *rules, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct spread spread = { .rules = rules };
	const struct flow_act *registers =
		step_act(&rules->steps[0], act_desc_find("register"));

	spread.without = arena_array(&arena, rules->n_steps + 1, sizeof *spread.without);
	for (size_t i = 0; i < rules->n_starts; i++)
		reach(&spread, rules->starts[i].step);
	if (!rules->n_starts)
		reach(&spread, registers && registers->to ? registers->to : rules->steps[0].id);
	spread_all(&spread);
	for (size_t i = 0; i < rules->n_steps; i++)
		if (spread.without[i] && rules->steps[i].open && needs_holder(&rules->steps[i]))
			str_addf(out, _("  step %s waits for a holder, but a case may come there "
					"without one\n"),
				 rules->steps[i].id);
	arena_release(&arena);
}
