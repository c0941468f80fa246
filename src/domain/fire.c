#include <config.h>

#include "fire_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const char *const effects[] = {
	[TIMEOUT_URGE] = "urge",
	[TIMEOUT_PROPOSE] = "propose",
	[TIMEOUT_LIST] = "list",
	[TIMEOUT_OFFER] = "offer",
};

bool fire_quiet_hour(const struct rules *rules, const char *mode, int64_t at, int64_t *ret_until)
{
	int32_t day = civil_day_of_ms(at, rules->offset_min);
	int64_t midnight = civil_ms_of_day(day, rules->offset_min);
	int minute = (int)((at - midnight) / MINUTE_MS);
	int from = rules->quiet_from, to = rules->quiet_to;
	bool quiet = from <= to ? minute >= from && minute < to : minute >= from || minute < to;

	if (from == to || !quiet || !rules_mode(rules, mode)->quiet)
		return false;
	*ret_until = midnight + to * MINUTE_MS + (minute >= to ? DAY_MS : 0);
	return true;
}

static bool is_held(const struct fire_ask *ask, int64_t at, int64_t *ret_until)
{
	return ask->hushed && fire_quiet_hour(ask->rules, ask->mode, at, ret_until);
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

static const struct clock *clock_at(const struct fire_ask *ask, size_t i)
{
	return (const struct clock *)ask->clocks->items + i;
}

size_t fire_list(const struct fire_ask *ask, struct firing firings[FIRINGS_MAX])
{
	int64_t until;
	size_t n = 0;

	if (is_held(ask, ask->now, &until))
		return 0;
	for (size_t i = 0; i < ask->clocks->n; i++) {
		const struct clock *clock = clock_at(ask, i);
		const struct clock_rule *rule = ask->rule(ask, clock);

		if (rule == NULL)
			continue;
		for (int percent = next_percent(rule, clock->fired);
		     percent != 0 && n < FIRINGS_MAX; percent = next_percent(rule, percent)) {
			int64_t at = clock_mark(ask->rules, ask->incident, clock, percent);
			if (at == 0 || at > ask->now)
				break;
			firings[n++] = (struct firing){
				.act = act_id(clock, percent),
				.clock = clock,
				.threshold = percent,
				.effects = effects_at(rule, percent),
				.at = at,
				.held = is_held(ask, at, &until),
			};
		}
	}
	return n;
}

int64_t fire_next(const struct fire_ask *ask)
{
	int64_t next = 0, until;

	for (size_t i = 0; i < ask->clocks->n; i++) {
		const struct clock *clock = clock_at(ask, i);
		const struct clock_rule *rule = ask->rule(ask, clock);
		int percent = rule != NULL ? next_percent(rule, clock->fired) : 0;
		int64_t at;

		if (percent == 0)
			continue;
		at = clock_mark(ask->rules, ask->incident, clock, percent);
		if (at == 0)
			continue;
		if (at < ask->now)
			at = ask->now;
		if (is_held(ask, at, &until))
			at = until;
		if (next == 0 || at < next)
			next = at;
	}
	return next;
}

struct act fire_act(const struct rules *rules, const struct entity *entity,
		    const struct firing *firing, int64_t at, struct arena *arena)
{
	struct act act = { .id = firing->act,
			   .desc = act_desc_of(entity->kind, "fire"),
			   .target = { entity->kind, entity->id, entity->version },
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

enum err fire_check(const struct rules *rules, const struct incident *incident,
		    const struct children *clocks, const struct act *act, int64_t eff,
		    struct clock **ret_clock, struct error *err)
{
	int64_t threshold = act_value(act, "threshold", 0).num, at;
	struct clock *clock = NULL;
	struct uuid id;

	if (uuid_parse(act_text(act, "clock_id"), &id) == ERR_OK)
		clock = children_find(clocks, child_desc(CHILD_CLOCK), &id);
	if (clock == NULL || threshold <= 0 || threshold > 100000)
		return error_set(err, ERR_INPUT, _("there is no such clock"));
	if (clock->stopped_at != 0)
		return error_set(err, ERR_REFUSED, _("the clock has stopped"));
	if (clock->fired >= threshold)
		return error_set(err, ERR_REFUSED, _("the mark of %lld%% was passed already"),
				 (long long)clock->fired);
	at = clock_mark(rules, incident, clock, (int)threshold);
	if (at == 0 || at > eff)
		return error_set(err, ERR_REFUSED, _("the mark of %lld%% is not reached yet"),
				 (long long)threshold);
	clock->fired = threshold;
	*ret_clock = clock;
	return ERR_OK;
}

void fire_take(const struct act *act, int64_t eff, const struct fire_marks *marks)
{
	int64_t *const first[] = { [TIMEOUT_PROPOSE] = marks->proposed_at,
				   [TIMEOUT_LIST] = marks->listed_at,
				   [TIMEOUT_OFFER] = marks->offered_at };
	struct value effect;

	for (size_t i = 0; value_is_set(effect = act_value(act, "effect", i)); i++) {
		if (strcmp(effect.text, effects[TIMEOUT_URGE]) == 0)
			++*marks->urges;
		for (size_t k = 0; k < ARRAY_LEN(first); k++)
			if (first[k] != NULL && *first[k] == 0 && strcmp(effect.text, effects[k]) == 0)
				*first[k] = eff;
	}
}
