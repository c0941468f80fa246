/* Clocks that start and stop as an incident moves from step to step. */
#include <config.h>

#include "decide_priv.h"

static const struct clock_rule *rule_of(const struct step *step, const char *kind)
{
	for (size_t i = 0; i < step->n_clocks; i++)
		if (str_eq(step->clocks[i].kind, kind))
			return &step->clocks[i];
	return NULL;
}

static struct clock *running_of(const struct incident *incident, const char *kind)
{
	struct clock *clocks = incident->clocks.items;

	for (size_t i = 0; i < incident->clocks.n; i++)
		if (clocks[i].stopped_at == 0 && str_eq(clocks[i].kind, kind))
			return &clocks[i];
	return NULL;
}

/* Gives a clock the limit that applies from its start; false when none applies. */
static bool fit(struct draft *draft, struct clock *clock, const struct clock_rule *rule)
{
	const struct rules *rules = draft->rules;
	const struct limit_ask ask = { draft->after, clock->org, draft->state->mode,
				       clock->started_at };
	const struct limit_row *row = clock_rule_row(rules, rule, &ask);
	struct due due;
	char text[24];

	if (row == NULL || row->limit.unit == LIMIT_NONE)
		return false;
	due = due_compute(rules->calendar, &rules->hours, rules->offset_min, clock->started_at,
			  &row->limit, NULL);
	limit_text(&row->limit, text);
	clock->limit = arena_strdup(draft->arena, text);
	clock->row = row->words;
	clock->due = due.at;
	clock->provisional = due.provisional;
	return true;
}

static void start(struct draft *draft, const struct clock_rule *rule, unsigned index)
{
	struct incident *after = draft->after;
	const struct child_desc *desc = child_desc(CHILD_CLOCK);
	struct uuid id = uuid_child(&draft->act->id, "clock", index);
	struct clock clock = { .id = id, .kind = rule->kind, .started_at = draft->eff };

	clock.org = rule->who == WHO_HOLDER && after->holder != NULL ? after->holder
								      : draft->rules->centre;
	if (fit(draft, &clock, rule))
		*(struct clock *)children_add(&after->clocks, desc, &id, draft->arena) = clock;
}

static void set_due(struct incident *incident)
{
	const struct clock *next = incident_next_clock(incident);

	incident->due = next != NULL ? next->due : 0;
	incident->due_clock = next != NULL ? next->kind : NULL;
}

void draft_clock_enter(struct draft *draft, const struct step *step)
{
	struct incident *after = draft->after;
	struct clock *clocks = after->clocks.items;

	for (size_t i = 0; i < after->clocks.n; i++)
		if (clocks[i].stopped_at == 0 && !clocks[i].side)
			clocks[i].stopped_at = draft->eff;
	/* history that came in closed owes nobody anything */
	if (step->open || !after->imported)
		for (size_t i = 0; i < step->n_clocks; i++)
			start(draft, &step->clocks[i], (unsigned)i);
	set_due(after);
}

void draft_refit(struct draft *draft)
{
	struct incident *after = draft->after;
	const struct step *step = rules_step(draft->rules, after->step);

	if (step == NULL || (!step->open && after->imported))
		return;
	for (size_t i = 0; i < after->clocks.n; i++) {
		struct clock *clock = (struct clock *)after->clocks.items + i;
		const struct clock_rule *rule = rule_of(step, clock->kind);
		if (clock->stopped_at == 0 && rule != NULL && !fit(draft, clock, rule))
			clock->stopped_at = draft->eff;
	}
	for (size_t i = 0; i < step->n_clocks; i++)
		if (running_of(after, step->clocks[i].kind) == NULL)
			start(draft, &step->clocks[i], (unsigned)i);
	set_due(after);
}

void draft_clock_act(struct draft *draft)
{
	(void)draft;
}

void draft_clock_share(struct draft *draft, const struct part *part)
{
	(void)draft;
	(void)part;
}

void draft_clock_drop(struct draft *draft, const struct uuid *about)
{
	struct clock *clocks = draft->after->clocks.items;
	char id[UUID_TEXT];

	uuid_text(about, id);
	for (size_t i = 0; i < draft->after->clocks.n; i++)
		if (clocks[i].stopped_at == 0 && str_eq(clocks[i].about, id))
			clocks[i].stopped_at = draft->eff;
}

int64_t draft_clock_side(struct draft *draft, const char *kind, const struct uuid *about,
			 const char *org, const struct limit *limit)
{
	const struct rules *rules = draft->rules;
	struct uuid id = uuid_child(&draft->act->id, kind, 0);
	struct clock *clock = children_add(&draft->after->clocks, child_desc(CHILD_CLOCK), &id,
					   draft->arena);
	char text[UUID_TEXT];

	uuid_text(about, text);
	clock->kind = kind;
	clock->org = org;
	clock->about = arena_strdup(draft->arena, text);
	clock->side = 1;
	clock->started_at = draft->eff;
	limit_text(limit, text);
	clock->limit = arena_strdup(draft->arena, text);
	clock->due = due_compute(rules->calendar, &rules->hours, rules->offset_min, draft->eff, limit,
				 NULL).at;
	return clock->due;
}
