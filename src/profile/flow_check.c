/* What the acts and clocks of a flow say of each other: names, tiers, shares, loops below. */
#include <config.h>

#include <string.h>

#include "flow_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* --- names of steps --------------------------------------------------------------------------- */

static enum err check_name(struct graph *graph, const struct seen *seen, const char *option,
			   const char *id, struct error *err)
{
	if (!id || rules_step(graph->rules, id))
		return ERR_OK;
	return conf_error(seen->section, option, err, _("there is no step \"%s\"; %s"), id,
			  step_words(graph->build, id));
}

static enum err check_names(struct graph *graph, const struct seen *seen, struct error *err)
{
	enum err code = check_name(graph, seen, "to", seen->act->to, err);

	if (!code)
		code = check_name(graph, seen, "stay", seen->act->stay, err);
	return code ? code : check_name(graph, seen, "back", seen->act->back, err);
}

/* --- tiers ------------------------------------------------------------------------------------ */

static enum err check_wait(const struct seen *seen, const char *option,
			   const struct step *step, struct error *err)
{
	if (step->open && str_eq(step->tier, seen->step->tier))
		return ERR_OK;
	return conf_error(seen->section, option, err,
			  _("%s: step \"%s\" must be an open one of the tier \"%s\", in which the "
			    "loop stays"),
			  option, step->id, seen->step->tier);
}

static enum err check_tiers(struct graph *graph, const struct seen *seen, struct error *err)
{
	const struct step *to = rules_step(graph->rules, seen->act->to);
	enum err code;

	if (seen->act->way != WAY_STEP || !to)
		return ERR_OK;
	if (graph_goes_up(graph, seen)) {
		code = check_wait(seen, "stay", graph_stay(graph, seen), err);
		return code ? code : check_wait(seen, "back", graph_back(graph, seen), err);
	}
	if (seen->act->stay || seen->act->back)
		return conf_error(seen->section, seen->act->stay ? "stay" : "back", err,
				  _("stay and back are for acts whose \"to\" is an open step of a "
				    "higher tier than \"%s\"; \"%s\" is none"),
				  seen->step->tier, to->id);
	/* merging puts its own level away, whatever the tier */
	if (graph_tier(graph, to) < graph_tier(graph, seen->step) &&
	    !str_eq(seen->act->act->verb, "merge"))
		return conf_error(seen->section, "to", err,
				  _("step \"%s\" is a closed one of the higher tier \"%s\": a case of "
				    "tier \"%s\" is closed in a step of its own tier"),
				  to->id, to->tier, seen->step->tier);
	return ERR_OK;
}

/* --- acts of shares, of the loop below, clocks ------------------------------------------------ */

static bool tier_is_entered(struct graph *graph, const char *tier)
{
	for (size_t i = 0; i < graph->n; i++)
		for (size_t k = 0; k < graph->rules->steps[i].n_acts; k++) {
			const struct step *step = &graph->rules->steps[i];
			const struct seen seen = { step, &step->acts[k], NULL };

			if (graph_goes_up(graph, &seen) &&
			    str_eq(rules_step(graph->rules, step->acts[k].to)->tier, tier))
				return true;
		}
	return false;
}

static enum err check_below(struct graph *graph, const struct seen *seen, struct error *err)
{
	const struct flow_act *act = seen->act;
	bool below = act->way == WAY_BACK || act->way == WAY_AGAIN || act->who == WHO_BELOW;

	if (!below || step_act(seen->step, act->act) != act ||
	    tier_is_entered(graph, seen->step->tier))
		return ERR_OK;
	return conf_error(seen->section, act->who == WHO_BELOW ? "who" : "to", err,
			  _("nothing goes up into tier \"%s\": there is no loop below step \"%s\""),
			  seen->step->tier, seen->step->id);
}

static bool step_allows(const struct rules *rules, const struct step *step, const char *verb)
{
	const struct act_desc *act = act_desc_find(verb);

	return step_act(step, act) || step_act(&rules->always, act);
}

/* A side clock that something stops runs on from step to step: that may be done later. */
static bool can_be_done(const struct rules *rules, const struct step *step,
			const struct clock_rule *clock, const char *verb, bool stops)
{
	for (size_t i = 0; stops && clock->side && i < rules->n_steps; i++)
		if (step_allows(rules, &rules->steps[i], verb))
			return true;
	return step_allows(rules, step, verb);
}

static enum err check_verbs(const struct graph *graph, const struct step *step,
			    const struct clock_rule *clock, const struct conf_section *section,
			    const char *option, struct error *err)
{
	bool stops = str_eq(option, "stops");
	const char *const *verbs = stops ? clock->stops : clock->starts;

	for (size_t i = 0; verbs && verbs[i]; i++)
		if (!can_be_done(graph->rules, step, clock, verbs[i], stops))
			return conf_item_error(section, option, i, err,
					       _("clock \"%s\": nobody can do \"%s\" in step "
						 "\"%s\""),
					       clock->kind, verbs[i], step->id);
	return ERR_OK;
}

static bool has_way_out(const struct graph *graph, const struct step *step)
{
	size_t at = graph_index(graph, step);

	for (size_t i = 0; i < graph->n; i++)
		if (i != at && graph->edges[at * graph->n + i])
			return true;
	return step_goes_below(step);
}

static enum err check_clock(const struct graph *graph, const struct step *step,
			    const struct clock_rule *clock, const struct conf_section *section,
			    struct error *err)
{
	enum err code = check_verbs(graph, step, clock, section, "stops", err);

	if (!code)
		code = check_verbs(graph, step, clock, section, "starts", err);
	if (code)
		return code;
	if (clock->who == WHO_SHARE && !step->shares)
		return conf_error(section, "who", err,
				  _("who = \"share\", but step \"%s\" has not shares = true"),
				  step->id);
	if (!clock->stops && !has_way_out(graph, step))
		return conf_error(section, NULL, err,
				  _("clock \"%s\": nothing stops it: no act leads out of step "
				    "\"%s\", and it has no stops"),
				  clock->kind, step->id);
	return ERR_OK;
}

enum err check_steps(struct graph *graph, struct error *err)
{
	for (size_t i = 0; i < graph->n; i++) {
		const struct step *step = &graph->rules->steps[i];
		bool share = false;

		for (size_t k = 0; k < step->n_acts; k++)
			share = share || (step->acts[k].act->flags & ACT_SHARE);
		if (step->shares && !share)
			return conf_error(graph_section(graph, i), "shares", err,
					  _("step \"%s\" has shares = true, but no act that is done "
					    "to a share (sign, handle, verify_ok, …)"),
					  step->id);
		for (size_t k = 0; k < step->n_clocks; k++) {
			enum err code = check_clock(graph, step, &step->clocks[k],
						    conf_child(graph_section(graph, i), "clock", k),
						    err);

			if (code)
				return code;
		}
	}
	return ERR_OK;
}

enum err check_ways(struct graph *graph, struct error *err)
{
	enum err code = graph_each(graph, check_names, err);

	if (!code)
		code = graph_each(graph, check_tiers, err);
	return code ? code : graph_each(graph, check_below, err);
}
