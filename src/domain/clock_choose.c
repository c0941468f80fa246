#include <config.h>

#include "clock_choose.h"

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

bool clock_choose(const struct rules *rules, struct arena *arena, struct clock *clock,
		  const struct limit_row *row)
{
	const struct mode_rule *mode = rules_mode(rules, clock->mode);
	const struct mode_limit *other = mode_limit(mode, clock->kind);
	struct limit limit = { .unit = LIMIT_NONE }, hurried;
	char text[24];
	int64_t due = 0;

	clock->row = row != NULL ? row->words : NULL;
	if (row != NULL && row->limit.unit != LIMIT_NONE) {
		limit = row->limit;
		limit_text(&limit, text);
		clock->limit = arena_strdup(arena, text);
		due = clock_due(rules, NULL, clock).at;
	}
	if (other == NULL || (other->percent != 0 && limit.unit == LIMIT_NONE))
		return limit.unit != LIMIT_NONE;
	hurried = other->percent != 0 ? share_of(limit, other->percent) : other->limit;
	if (hurried.unit == LIMIT_NONE)
		return limit.unit != LIMIT_NONE;
	limit_text(&hurried, text);
	clock->limit = arena_strdup(arena, text);
	if (due != 0 && clock_due(rules, NULL, clock).at >= due) {
		limit_text(&limit, text);
		clock->limit = arena_strdup(arena, text);
		return true;
	}
	limit_text(other->percent != 0 ? &limit : &hurried, text);
	clock->row = other->percent != 0
			     ? arena_printf(arena, "%s%s%s %d%%", row->words,
					    *row->words != '\0' ? "; " : "", mode->label,
					    other->percent)
			     : arena_printf(arena, "%s %s", mode->label, text);
	return true;
}
