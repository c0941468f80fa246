/* Whether a flow holds together: every step can be reached, every open one leads to a closed one,
 * and what goes up comes back. */
#include <config.h>

#include <string.h>

#include "flow_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static enum err check_reached(struct graph *graph, struct error *err)
{
	const struct rules *rules = graph->rules;
	const struct flow_act *registers = step_act(&rules->steps[0], act_desc_find("register"));
	const struct step *first = registers ? rules_step(rules, registers->to) : NULL;

	graph_walk(graph, &rules->steps[0], false);
	if (first)
		graph_walk(graph, first, false);
	for (size_t i = 0; i < rules->n_starts; i++)
		graph_walk(graph, rules_step(rules, rules->starts[i].step), false);
	for (size_t i = 0; i < graph->n; i++)
		if (!graph->reached[i])
			return conf_error(graph_section(graph, i), NULL, err,
					  _("step \"%s\": no act leads to it"), rules->steps[i].id);
	return ERR_OK;
}

static enum err check_closes(struct graph *graph, struct error *err)
{
	const struct rules *rules = graph->rules;
	bool closed = false;

	graph_forget(graph);
	for (size_t i = 0; i < graph->n; i++)
		if (!rules->steps[i].open) {
			closed = true;
			graph_walk(graph, &rules->steps[i], true);
		}
	if (!closed)
		return conf_error(graph->build->root, NULL, err,
				  _("step: one at least must have open = false"));
	for (size_t i = 0; i < graph->n; i++)
		if (!graph->reached[i])
			return conf_error(graph_section(graph, i), NULL, err,
					  _("step \"%s\": from here no case can ever be closed"),
					  rules->steps[i].id);
	return ERR_OK;
}

/* What goes up must find a step of that tier from which it comes back. */
static enum err check_comes_back(struct graph *graph, const struct seen *up, struct error *err)
{
	const struct step *to = rules_step(graph->rules, up->act->to);

	if (!graph_goes_up(graph, up))
		return ERR_OK;
	graph_forget(graph);
	graph_walk(graph, to, false);
	for (size_t i = 0; i < graph->n; i++)
		if (graph->reached[i] && str_eq(graph->rules->steps[i].tier, to->tier) &&
		    step_goes_below(&graph->rules->steps[i]))
			return ERR_OK;
	return conf_error(up->section, "to", err,
			  _("\"%s\" goes up to step \"%s\", but from there no act has to = "
			    "\"below\": the loop of tier \"%s\" could never go on"),
			  up->act->act->verb, to->id, up->step->tier);
}

enum err check_flow(struct build *build, struct error *err)
{
	struct graph graph;
	enum err code;

	graph_init(&graph, build);
	code = check_ways(&graph, err);
	if (!code)
		code = graph_link(&graph, err);
	if (!code)
		code = check_reached(&graph, err);
	if (!code)
		code = check_closes(&graph, err);
	if (!code)
		code = graph_each(&graph, check_comes_back, err);
	return code ? code : check_steps(&graph, err);
}
