/* The graph of a flow. */
#include <config.h>

#include <string.h>

#include "flow_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

const struct conf_section *graph_section(const struct graph *graph, size_t i)
{
	return conf_child(graph->build->root, "step", i);
}

size_t graph_index(const struct graph *graph, const struct step *step)
{
	return (size_t)(step - graph->rules->steps);
}

int graph_tier(const struct graph *graph, const struct step *step)
{
	return choice_position(&graph->rules->tiers, step->tier);
}

static void edge(struct graph *graph, const struct step *from, const struct step *to)
{
	graph->edges[graph_index(graph, from) * graph->n + graph_index(graph, to)] = true;
}

static const struct conf_section *always_section(const struct build *build,
						 const struct act_desc *act)
{
	const struct conf_section *files[] = { build->root, build->base };

	for (size_t f = 0; f < ARRAY_LEN(files); f++) {
		const struct conf_section *always =
			files[f] ? conf_child(files[f], "always", 0) : NULL;

		size_t n = always ? conf_count(always, "act") : 0;

		for (size_t i = 0; i < n; i++) {
			const struct conf_section *section = conf_child(always, "act", i);
			const char *title = conf_title(section);

			if (strcmp(title, act->verb) == 0 || strcmp(title, act->alias) == 0)
				return section;
		}
	}
	return build->root;
}

enum err graph_each(struct graph *graph, seen_fn *fn, struct error *err)
{
	const struct step *always = &graph->rules->always;
	enum err code = ERR_OK;

	for (size_t i = 0; i < graph->n; i++) {
		const struct step *step = &graph->rules->steps[i];
		const struct conf_section *section = conf_child(graph->build->root, "step", i);

		for (size_t k = 0; !code && k < step->n_acts; k++) {
			const struct seen seen = { step, &step->acts[k],
						   conf_child(section, "act", k) };

			code = fn(graph, &seen, err);
		}
		for (size_t k = 0; !code && k < always->n_acts; k++) {
			struct seen seen = { step, &always->acts[k], NULL };

			if ((!step->open && !seen.act->closed) || step_act(step, seen.act->act))
				continue;
			seen.section = graph->always[k];
			code = fn(graph, &seen, err);
		}
	}
	return code;
}

bool graph_goes_up(const struct graph *graph, const struct seen *seen)
{
	const struct step *to = rules_step(graph->rules, seen->act->to);

	return seen->act->way == WAY_STEP && to && to->open &&
	       graph_tier(graph, to) < graph_tier(graph, seen->step);
}

const struct step *graph_stay(const struct graph *graph, const struct seen *seen)
{
	return seen->act->stay ? rules_step(graph->rules, seen->act->stay) : seen->step;
}

const struct step *graph_back(const struct graph *graph, const struct seen *seen)
{
	return seen->act->back ? rules_step(graph->rules, seen->act->back)
			       : graph_stay(graph, seen);
}

/* --- edges ------------------------------------------------------------------------------------ */

static enum err add_edges(struct graph *graph, const struct seen *seen, struct error *err)
{
	(void)err;
	if (!seen->act->to)
		return ERR_OK;
	edge(graph, seen->step, rules_step(graph->rules, seen->act->to));
	if (graph_goes_up(graph, seen)) {
		edge(graph, seen->step, graph_stay(graph, seen));
		edge(graph, graph_stay(graph, seen), graph_back(graph, seen));
	}
	return ERR_OK;
}

/* From a step with a way below, to where the loops below go on that went up into its tier. */
static enum err add_below(struct graph *graph, const struct seen *up, struct error *err)
{
	const struct step *to = rules_step(graph->rules, up->act->to);

	(void)err;
	if (!graph_goes_up(graph, up))
		return ERR_OK;
	for (size_t i = 0; i < graph->n; i++) {
		const struct step *step = &graph->rules->steps[i];

		for (size_t k = 0; k < step->n_acts; k++) {
			if (!str_eq(step->tier, to->tier))
				continue;
			if (step->acts[k].way == WAY_BACK)
				edge(graph, step, graph_back(graph, up));
			if (step->acts[k].way == WAY_AGAIN)
				edge(graph, step, graph_stay(graph, up));
		}
	}
	return ERR_OK;
}

void graph_walk(struct graph *graph, const struct step *from, bool backwards)
{
	size_t *todo = graph->todo;
	size_t n = 0, start = graph_index(graph, from);

	if (graph->reached[start])
		return;
	graph->reached[start] = true;
	todo[n++] = start;
	while (n > 0) {
		size_t at = todo[--n];

		for (size_t i = 0; i < graph->n; i++) {
			bool linked = graph->edges[backwards ? i * graph->n + at
							     : at * graph->n + i];

			if (linked && !graph->reached[i]) {
				graph->reached[i] = true;
				todo[n++] = i;
			}
		}
	}
}

void graph_forget(struct graph *graph)
{
	memset(graph->reached, 0, graph->n * sizeof *graph->reached);
}

bool step_goes_below(const struct step *step)
{
	for (size_t i = 0; i < step->n_acts; i++)
		if (step->acts[i].way == WAY_BACK || step->acts[i].way == WAY_AGAIN)
			return true;
	return false;
}

enum err graph_link(struct graph *graph, struct error *err)
{
	enum err code = graph_each(graph, add_edges, err);

	return code ? code : graph_each(graph, add_below, err);
}

void graph_init(struct graph *graph, struct build *build)
{
	struct arena *arena = &build->profile->arena;
	const struct step *always = &build->profile->rules.always;
	size_t n = build->profile->rules.n_steps;

	*graph = (struct graph){ .build = build, .rules = &build->profile->rules, .n = n };
	graph->edges = arena_array(arena, n * n + 1, sizeof *graph->edges);
	graph->todo = arena_array(arena, n + 1, sizeof *graph->todo);
	graph->reached = arena_array(arena, n + 1, sizeof *graph->reached);
	graph->always = arena_array(arena, always->n_acts + 1, sizeof *graph->always);
	for (size_t k = 0; k < always->n_acts; k++)
		graph->always[k] = always_section(build, always->acts[k].act);
}
