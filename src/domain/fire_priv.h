/* What fires when, of clocks of any entity: incidents (mark_fire.c), whistles (whistle_fire.c). */
#ifndef ZHIBAN_DOMAIN_FIRE_PRIV_H
#define ZHIBAN_DOMAIN_FIRE_PRIV_H

#include "zhiban/domain/mark.h"

struct fire_ask {
	const struct rules *rules;
	const struct entity *entity;
	const struct incident *incident; /* whose pauses its clocks stand in; or NULL */
	const struct children *clocks;
	const char *mode;
	int64_t now;
	bool hushed; /* the quiet hours hold for it */
	/* The rule whose timeouts a clock fires by; NULL: nothing fires (it stopped, …). */
	const struct clock_rule *(*rule)(const struct fire_ask *ask, const struct clock *clock);
};
size_t fire_list(const struct fire_ask *ask, struct firing firings[FIRINGS_MAX]);
int64_t fire_next(const struct fire_ask *ask);
struct act fire_act(const struct rules *rules, const struct entity *entity,
		    const struct firing *firing, int64_t at, struct arena *arena);
/* Whether it is a quiet hour, in a mode that knows such, and when they end. */
bool fire_quiet_hour(const struct rules *rules, const char *mode, int64_t at, int64_t *ret_until);
/* The clock and the percentage of an act "fire", which it may pass now.  ERR_INPUT, ERR_REFUSED. */
enum err fire_check(const struct rules *rules, const struct incident *incident,
		    const struct children *clocks, const struct act *act, int64_t eff,
		    struct clock **ret_clock, struct error *err) MUST_CHECK;

/* Where the effects of an act "fire" are counted, and when they were first so; NULL: nowhere. */
struct fire_marks {
	int64_t *urges, *proposed_at, *listed_at, *offered_at;
};
void fire_take(const struct act *act, int64_t eff, const struct fire_marks *marks);

#endif
