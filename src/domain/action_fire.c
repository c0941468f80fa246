/* The time marks of a task's clocks. */
#include <config.h>

#include "zhiban/domain/action_fire.h"

#include "action_priv.h"
#include "fire_priv.h"

static const struct clock_rule *rule_of(const struct fire_ask *ask, const struct clock *clock)
{
	if (clock->stopped_at != 0 || clock->due == 0)
		return NULL;
	if (action_clock_find(clock->kind) == ACTION_CLOCKS)
		return clock_fire_rule(ask->rules, clock);
	return action_clock_rule(ask->rules, clock->kind); /* what is closed has none that runs */
}

static struct fire_ask ask_of(const struct rules *rules, const struct action *action,
			      const char *mode, int64_t now)
{
	return (struct fire_ask){ .rules = rules,
				  .entity = &action->head,
				  .clocks = &action->clocks,
				  .mode = mode,
				  .now = now,
				  .hushed = true,
				  .rule = rule_of };
}

size_t action_fires(const struct rules *rules, const struct action *action, const char *mode,
		    int64_t now, struct firing firings[FIRINGS_MAX])
{
	const struct fire_ask ask = ask_of(rules, action, mode, now);

	return fire_list(&ask, firings);
}

int64_t action_next_fire(const struct rules *rules, const struct action *action, const char *mode,
			 int64_t now)
{
	const struct fire_ask ask = ask_of(rules, action, mode, now);

	return fire_next(&ask);
}

struct act action_firing_act(const struct rules *rules, const struct action *action,
			     const struct firing *firing, int64_t at, struct arena *arena)
{
	return fire_act(rules, &action->head, firing, at, arena);
}

bool action_is_quiet(const struct rules *rules, const struct action *action, const char *mode,
		     int64_t at, int64_t *ret_until)
{
	(void)action;
	return fire_quiet_hour(rules, mode, at, ret_until);
}

enum err action_fire(struct acting *a, struct error *err)
{
	struct action *after = a->after;
	const struct fire_marks marks = { &after->urges, &after->proposed_at, &after->listed_at,
					  NULL };
	struct clock *clock = NULL;
	enum err code = fire_check(a->s.rules, NULL, &after->clocks, a->s.act, a->s.eff, &clock,
				   err);

	if (code == ERR_OK)
		fire_take(a->s.act, a->s.eff, &marks);
	return code;
}
