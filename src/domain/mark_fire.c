/* What fires when: percentages a profile names, quiet hours, the system's act. */
#include <config.h>

#include <stdio.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"

static const char *const effects[] = {
	[TIMEOUT_URGE] = "urge",
	[TIMEOUT_PROPOSE] = "propose",
	[TIMEOUT_LIST] = "list",
	[TIMEOUT_OFFER] = "offer",
};

bool clock_is_quiet(const struct rules *rules, const struct incident *incident, const char *mode,
		    int64_t at, int64_t *ret_until)
{
	int least = rules->quiet_urgency != 0 ? rules->quiet_urgency : URGENCY_PLAIN;
	int64_t urgency = incident->urgency != 0 ? incident->urgency : URGENCY_PLAIN;
	int32_t day = civil_day_of_ms(at, rules->offset_min);
	int64_t midnight = civil_ms_of_day(day, rules->offset_min);
	int minute = (int)((at - midnight) / MINUTE_MS);
	int from = rules->quiet_from, to = rules->quiet_to;
	bool quiet = from <= to ? minute >= from && minute < to : minute >= from || minute < to;

	if (from == to || !quiet || urgency < least || !rules_mode(rules, mode)->quiet)
		return false;
	*ret_until = midnight + to * MINUTE_MS + (minute >= to ? DAY_MS : 0);
	return true;
}

/* What is owed beside the flow is owed when the case is closed, too.  History that came in open is
 * late by its nature: the clocks it came with press nobody. */
static bool fires(const struct incident *incident, const struct clock *clock)
{
	return clock->stopped_at == 0 && clock->due != 0 &&
	       (incident->open || clock_is_beside(clock)) &&
	       !(incident->imported && clock->started_at <= incident->registered_at);
}

/* The lowest percentage above one that the profile names for a clock; 0: none. */
static int next_percent(const struct clock_rule *rule, int64_t above)
{
	int next = 0;

	for (size_t i = 0; i < rule->n_timeouts; i++) {
		int percent = rule->timeouts[i].percent;
		if (percent > above && (next == 0 || percent < next))
			next = percent;
	}
	return next;
}

static unsigned effects_at(const struct clock_rule *rule, int percent)
{
	unsigned mask = 0;

	for (size_t i = 0; i < rule->n_timeouts; i++)
		if (rule->timeouts[i].percent == percent)
			mask |= 1U << rule->timeouts[i].what;
	return mask;
}

static struct uuid act_id(const struct clock *clock, int percent)
{
	char id[UUID_TEXT], words[UUID_TEXT + 48];

	uuid_text(&clock->id, id);
	snprintf(words, sizeof words, "fire %s %d %lld", id, percent, (long long)clock->due);
	return uuid_named(words);
}

size_t clock_fires(const struct rules *rules, const struct incident *incident, const char *mode,
		   int64_t now, struct firing firings[FIRINGS_MAX])
{
	int64_t until;
	size_t n = 0;

	if (clock_is_quiet(rules, incident, mode, now, &until))
		return 0;
	for (size_t i = 0; i < incident->clocks.n; i++) {
		const struct clock *clock = incident_clock(incident, i);
		const struct clock_rule *rule = clock_fire_rule(rules, clock);

		if (rule == NULL || !fires(incident, clock))
			continue;
		for (int percent = next_percent(rule, clock->fired);
		     percent != 0 && n < FIRINGS_MAX; percent = next_percent(rule, percent)) {
			int64_t at = clock_mark(rules, incident, clock, percent);
			if (at == 0 || at > now)
				break;
			firings[n++] = (struct firing){
				.act = act_id(clock, percent),
				.clock = clock,
				.threshold = percent,
				.effects = effects_at(rule, percent),
				.at = at,
				.held = clock_is_quiet(rules, incident, mode, at, &until),
			};
		}
	}
	return n;
}

int64_t clock_next_fire(const struct rules *rules, const struct incident *incident,
			const char *mode, int64_t now)
{
	int64_t next = 0, until;

	for (size_t i = 0; i < incident->clocks.n; i++) {
		const struct clock *clock = incident_clock(incident, i);
		const struct clock_rule *rule = clock_fire_rule(rules, clock);
		int percent = rule != NULL ? next_percent(rule, clock->fired) : 0;
		int64_t at;

		if (percent == 0 || !fires(incident, clock))
			continue;
		at = clock_mark(rules, incident, clock, percent);
		if (at == 0)
			continue;
		if (at < now)
			at = now;
		if (clock_is_quiet(rules, incident, mode, at, &until))
			at = until;
		if (next == 0 || at < next)
			next = at;
	}
	return next;
}

struct act firing_act(const struct rules *rules, const struct incident *incident,
		      const struct firing *firing, int64_t at, struct arena *arena)
{
	struct act act = { .id = firing->act,
			   .desc = act_desc_find("fire"),
			   .target = { KIND_INCIDENT, incident->head.id, incident->head.version },
			   .actor = { "system", rules->centre, "system" },
			   .at = at };
	char id[UUID_TEXT];

	uuid_text(&firing->clock->id, id);
	act_give(&act, act_arg_field(act.desc, "clock_id"),
		 (struct value){ .is_text = true, .text = id }, arena);
	act_give(&act, act_arg_field(act.desc, "threshold"),
		 (struct value){ .num = firing->threshold }, arena);
	for (size_t i = 0; i < ARRAY_LEN(effects); i++)
		if (firing->effects & 1U << i)
			act_give(&act, act_arg_field(act.desc, "effect"),
				 (struct value){ .is_text = true, .text = effects[i] }, arena);
	return act;
}
