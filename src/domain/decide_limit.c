/* Which limit a clock has, and when it is due. */
#include <config.h>

#include "clock_choose.h"
#include "decide_priv.h"
#include "zhiban/domain/clock_limit.h"
#include "zhiban/domain/mark.h"

static bool on_shelf(const struct draft *draft)
{
	const struct pause *pause = incident_pause(draft->after, draft->eff);

	return pause != NULL && pause->shelved;
}

void draft_compute(struct draft *draft, struct clock *clock)
{
	int64_t now = draft->recv > draft->eff ? draft->recv : draft->eff, before = clock->due;
	struct due due;
	int used;

	if (clock->limit == NULL)
		return;
	due = clock_due(draft->rules, draft->after, clock);
	clock->due = !clock_is_beside(clock) && on_shelf(draft) ? 0 : due.at;
	clock->provisional = due.provisional;
	if (clock->due <= before || clock->fired == 0)
		return;
	used = clock_used(draft->rules, draft->after, clock, now);
	if (clock->fired > used)
		clock->fired = used;
}

void draft_fit_beside(struct draft *draft, struct clock *clock, const struct limit *limit)
{
	const struct limit_row row = { .limit = *limit, .words = "" };

	clock_choose(draft->rules, draft->arena, clock, &row);
	if (*clock->row == '\0')
		clock->row = clock->mode = NULL; /* the mode says nothing of it */
	draft_compute(draft, clock);
}

bool draft_fit(struct draft *draft, struct clock *clock, const struct clock_rule *rule)
{
	const struct limit_ask ask = { draft->after, clock->org, clock->mode, clock->started_at };

	if (!clock_choose(draft->rules, draft->arena, clock,
			  clock_rule_row(draft->rules, rule, &ask)))
		return false;
	draft_compute(draft, clock);
	return true;
}
