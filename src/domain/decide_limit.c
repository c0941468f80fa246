/* Which limit a clock has, and when it is due. */
#include <config.h>

#include "decide_priv.h"
#include "zhiban/domain/clock_limit.h"
#include "zhiban/domain/mark.h"

static const struct mode_limit *mode_limit(const struct mode_rule *mode, const char *kind)
{
	for (size_t i = 0; i < mode->n_limits; i++)
		if (str_eq(mode->limits[i].clock, kind))
			return &mode->limits[i];
	return NULL;
}

/* So much of a limit, at least 1: part days become minutes, part working days count whole. */
static struct limit share_of(struct limit limit, int percent)
{
	int64_t amount = limit.amount;

	if (limit.unit == LIMIT_DAYS && amount * percent % 100 != 0) {
		limit.unit = LIMIT_MINUTES;
		amount *= 24 * 60;
	}
	amount = (amount * percent + 99) / 100;
	limit.amount = amount > 0 ? (int)amount : 1;
	return limit;
}

/* The limit of the row, or of the mode if that is sooner; false when there is none. */
static bool choose(struct draft *draft, struct clock *clock, const struct clock_rule *rule,
		   const struct limit_row *row)
{
	const struct mode_rule *mode = rules_mode(draft->rules, clock->mode);
	const struct mode_limit *other = mode_limit(mode, rule->kind);
	struct limit limit = { .unit = LIMIT_NONE }, hurried;
	char text[24];
	int64_t due = 0;

	clock->row = row != NULL ? row->words : NULL;
	if (row != NULL && row->limit.unit != LIMIT_NONE) {
		limit = row->limit;
		limit_text(&limit, text);
		clock->limit = arena_strdup(draft->arena, text);
		due = clock_due(draft->rules, NULL, clock).at;
	}
	if (other == NULL || (other->percent != 0 && limit.unit == LIMIT_NONE))
		return limit.unit != LIMIT_NONE;
	hurried = other->percent != 0 ? share_of(limit, other->percent) : other->limit;
	if (hurried.unit == LIMIT_NONE)
		return limit.unit != LIMIT_NONE;
	limit_text(&hurried, text);
	clock->limit = arena_strdup(draft->arena, text);
	if (due != 0 && clock_due(draft->rules, NULL, clock).at >= due) {
		limit_text(&limit, text);
		clock->limit = arena_strdup(draft->arena, text);
		return true;
	}
	limit_text(other->percent != 0 ? &limit : &hurried, text);
	clock->row = other->percent != 0
			     ? arena_printf(draft->arena, "%s%s%s %d%%", row->words,
					    *row->words != '\0' ? "; " : "", mode->label,
					    other->percent)
			     : arena_printf(draft->arena, "%s %s", mode->label, text);
	return true;
}

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
	const struct clock_rule rule = { .kind = clock->kind };
	const struct limit_row row = { .limit = *limit, .words = "" };

	choose(draft, clock, &rule, &row);
	if (*clock->row == '\0')
		clock->row = clock->mode = NULL; /* the mode says nothing of it */
	draft_compute(draft, clock);
}

bool draft_fit(struct draft *draft, struct clock *clock, const struct clock_rule *rule)
{
	const struct limit_ask ask = { draft->after, clock->org, clock->mode, clock->started_at };

	if (!choose(draft, clock, rule, clock_rule_row(draft->rules, rule, &ask)))
		return false;
	draft_compute(draft, clock);
	return true;
}
