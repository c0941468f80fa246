/* The steps of a flow as a graph, shared by flow_graph.c, flow_reach.c and flow_check.c.
 *
 * Its edges: where an act leads; for an act that goes up, also the step in which the loop below
 * waits, and from that the one where it goes on; for an act that goes back below, the steps where
 * the loops below go on that went up into its tier. */
#ifndef PROFILE_FLOW_PRIV_H
#define PROFILE_FLOW_PRIV_H

#include "profile_priv.h"

struct graph {
	struct build *build;
	const struct rules *rules;
	size_t n;
	bool *edges;   /* n × n: from, to */
	bool *reached; /* n */
	size_t *todo;  /* n, while walking */
	const struct conf_section **always; /* where each act of always stands in the text */
};

/* An act as seen from a step, and where it stands in the text. */
struct seen {
	const struct step *step;
	const struct flow_act *act;
	const struct conf_section *section;
};
typedef enum err seen_fn(struct graph *graph, const struct seen *seen, struct error *err);

void graph_init(struct graph *graph, struct build *build);
/* Calls fn for every act of every step, those of always too, until one fails. */
enum err graph_each(struct graph *graph, seen_fn *fn, struct error *err) MUST_CHECK;
/* After every name is known: adds the edges. */
enum err graph_link(struct graph *graph, struct error *err) MUST_CHECK;
/* Marks what can be reached from a step, or what can reach it. */
void graph_walk(struct graph *graph, const struct step *from, bool backwards);
void graph_forget(struct graph *graph);
const struct conf_section *graph_section(const struct graph *graph, size_t step);
size_t graph_index(const struct graph *graph, const struct step *step);
int graph_tier(const struct graph *graph, const struct step *step); /* 1 is the top */
bool graph_goes_up(const struct graph *graph, const struct seen *seen);
/* Of an act that goes up: where the loop below waits, and where it goes on. */
const struct step *graph_stay(const struct graph *graph, const struct seen *seen);
const struct step *graph_back(const struct graph *graph, const struct seen *seen);
bool step_goes_below(const struct step *step);

/* flow_check.c: what the acts and clocks say of each other, before and after the edges. */
enum err check_ways(struct graph *graph, struct error *err) MUST_CHECK;
enum err check_steps(struct graph *graph, struct error *err) MUST_CHECK;

#endif
