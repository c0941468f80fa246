/* The time marks of a whistle's clocks. */
#include <config.h>

#include "zhiban/domain/whistle_fire.h"

#include "fire_priv.h"
#include "whistle_priv.h"

static bool is_lowest(const struct rules *rules, const struct whistle *whistle)
{
	const struct summons *summons = whistle_summons(rules, whistle);

	return summons != NULL && summons->n_classes > 0 &&
	       str_eq(summons->classes[0].code, whistle->cls);
}

bool whistle_is_quiet(const struct rules *rules, const struct whistle *whistle, const char *mode,
		      int64_t at, int64_t *ret_until)
{
	return is_lowest(rules, whistle) && fire_quiet_hour(rules, mode, at, ret_until);
}

static const struct clock_rule *rule_of(const struct fire_ask *ask, const struct clock *clock)
{
	const struct whistle *whistle = (const void *)ask->entity;

	if (clock->stopped_at != 0 || clock->due == 0)
		return NULL;
	if (summons_clock_find(clock->kind) == SUMMONS_CLOCKS)
		return clock_fire_rule(ask->rules, clock);
	return whistle->open ? summons_clock_rule(whistle_summons(ask->rules, whistle),
						  clock->kind)
			     : NULL;
}

static struct fire_ask ask_of(const struct rules *rules, const struct whistle *whistle,
			      const char *mode, int64_t now)
{
	return (struct fire_ask){ .rules = rules,
				  .entity = &whistle->head,
				  .clocks = &whistle->clocks,
				  .mode = mode,
				  .now = now,
				  .hushed = is_lowest(rules, whistle),
				  .rule = rule_of };
}

size_t whistle_fires(const struct rules *rules, const struct whistle *whistle, const char *mode,
		     int64_t now, struct firing firings[FIRINGS_MAX])
{
	const struct fire_ask ask = ask_of(rules, whistle, mode, now);

	return fire_list(&ask, firings);
}

int64_t whistle_next_fire(const struct rules *rules, const struct whistle *whistle,
			  const char *mode, int64_t now)
{
	const struct fire_ask ask = ask_of(rules, whistle, mode, now);

	return fire_next(&ask);
}

struct act whistle_firing_act(const struct rules *rules, const struct whistle *whistle,
			      const struct firing *firing, int64_t at, struct arena *arena)
{
	return fire_act(rules, &whistle->head, firing, at, arena);
}

/* --- the act --------------------------------------------------------------------------------- */

enum err whistle_fire(struct whistling *w, struct error *err)
{
	const struct fire_marks marks = { &w->after->urges, &w->after->proposed_at,
					  &w->after->listed_at, NULL };
	struct clock *clock = NULL;
	enum err code = fire_check(w->rules, NULL, &w->after->clocks, w->act, w->eff, &clock, err);

	if (code == ERR_OK)
		fire_take(w->act, w->eff, &marks);
	return code;
}
