/* What fires when of an incident: whose clocks press at all, and when it is quiet for it. */
#include <config.h>

#include "fire_priv.h"

static bool is_minor(const struct rules *rules, const struct incident *incident)
{
	int least = rules->quiet_urgency != 0 ? rules->quiet_urgency : URGENCY_PLAIN;

	return (incident->urgency != 0 ? incident->urgency : URGENCY_PLAIN) >= least;
}

bool clock_is_quiet(const struct rules *rules, const struct incident *incident, const char *mode,
		    int64_t at, int64_t *ret_until)
{
	return is_minor(rules, incident) && fire_quiet_hour(rules, mode, at, ret_until);
}

/* What is owed beside the flow is owed when the case is closed, too.  History that came in open is
 * late by its nature: the clocks it came with press nobody. */
static const struct clock_rule *rule_of(const struct fire_ask *ask, const struct clock *clock)
{
	const struct incident *incident = ask->incident;

	if (clock->stopped_at != 0 || clock->due == 0 ||
	    (!incident->open && !clock_is_beside(clock)) ||
	    (incident->imported && clock->started_at <= incident->registered_at))
		return NULL;
	return clock_fire_rule(ask->rules, clock);
}

static struct fire_ask ask_of(const struct rules *rules, const struct incident *incident,
			      const char *mode, int64_t now)
{
	return (struct fire_ask){ .rules = rules,
				  .entity = &incident->head,
				  .incident = incident,
				  .clocks = &incident->clocks,
				  .mode = mode,
				  .now = now,
				  .hushed = is_minor(rules, incident),
				  .rule = rule_of };
}

size_t clock_fires(const struct rules *rules, const struct incident *incident, const char *mode,
		   int64_t now, struct firing firings[FIRINGS_MAX])
{
	const struct fire_ask ask = ask_of(rules, incident, mode, now);

	return fire_list(&ask, firings);
}

int64_t clock_next_fire(const struct rules *rules, const struct incident *incident,
			const char *mode, int64_t now)
{
	const struct fire_ask ask = ask_of(rules, incident, mode, now);

	return fire_next(&ask);
}

struct act firing_act(const struct rules *rules, const struct incident *incident,
		      const struct firing *firing, int64_t at, struct arena *arena)
{
	return fire_act(rules, &incident->head, firing, at, arena);
}
