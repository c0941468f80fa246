/* Who blows, why and whom, until a whistle is issued; what follows then is in whistle_share.c. */
#include <config.h>

#include "whistle_priv.h"

#include <stdlib.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

enum { WHISTLE_SALT = 0x57484953 };

static const char *some_blower(struct play *play)
{
	const struct rules *rules = play->demo->rules;
	const char *found = NULL;
	size_t n = 0;

	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];

		if (org->managed && org->layer == NULL && org->ends == 0 && org->begins == 0 &&
		    summons_may_blow(rules, play->summons, org->code) &&
		    demo_below(play->demo, ++n) == 0)
			found = org->code;
	}
	return found;
}

static size_t pick_units(struct play *play, const char *units[PLAY_UNITS_MOST])
{
	struct demo *demo = play->demo;
	size_t n = 0, wanted = 2 + demo_below(demo, PLAY_UNITS_MOST - 1);

	for (size_t i = 0; i < play->cause->units.n && n < wanted; i++) {
		const struct org *unit = demo_unit(demo, play->cause->units.items[i]);
		bool again = false;

		for (size_t k = 0; unit != NULL && k < n; k++)
			again = again || str_eq(units[k], unit->code);
		if (unit != NULL && !again &&
		    summons_may_call(demo->rules, play->summons, play->blower, unit->code))
			units[n++] = unit->code;
	}
	for (size_t i = 0; i < demo->n_units && n == 0; i++)
		if (summons_may_call(demo->rules, play->summons, play->blower, demo->units[i]->code))
			units[n++] = demo->units[i]->code;
	for (size_t i = 0; i < demo->rules->n_orgs && n == 0; i++)
		if (summons_may_call(demo->rules, play->summons, play->blower,
				     demo->rules->orgs[i].code))
			units[n++] = demo->rules->orgs[i].code;
	return n;
}

static const char *some(struct demo *demo, const struct demo_list *list)
{
	return list->items[demo_below(demo, list->n)];
}

static bool blow(struct play *play, int64_t when, const struct uuid *incident)
{
	struct demo *demo = play->demo;
	struct arena *arena = play->arena;
	const struct choices *grounds = &play->summons->grounds;
	const char *units[PLAY_UNITS_MOST];
	struct act act = play_begin(play, "blow", play->blower, when);
	size_t n = pick_units(play, units);
	char id[UUID_TEXT];

	play_give(&act, "summons", play->summons->code, arena);
	play_give(&act, "title", demo_text(demo, some(demo, &play->cause->titles), arena), arena);
	play_give(&act, "text", demo_text(demo, some(demo, &play->cause->details), arena), arena);
	if (grounds->n > 0)
		play_give(&act, "ground", grounds->items[demo_below(demo, grounds->n)].code, arena);
	play_give(&act, "cls", play->class->code, arena);
	play_give(&act, "address",
		  arena_printf(arena, "%s%zu\xE5\x8F\xB7", demo_pick(demo, DEMO_ROADS),
			       1 + demo_below(demo, 300)), arena);
	if (!str_eq(play->blower, demo->rules->centre))
		play_give(&act, "street", play->blower, arena);
	for (size_t i = 0; i < n; i++)
		play_give(&act, "assist", units[i], arena);
	if (incident != NULL && !uuid_is_nil(incident)) {
		uuid_text(incident, id);
		play_give(&act, "incident", id, arena);
	}
	return play_done(play, &act);
}

/* The blower's leader at home, rung by the clerk who blew. */
static bool approve(struct play *play, int64_t at)
{
	struct act act = play_begin(play, "approve", play->blower, at);

	act.by_phone.role = play->class->approver;
	act.by_phone.rung = demo_name(play->demo, play->arena);
	act.by_phone.answered_by = act.by_phone.rung;
	act.by_phone.wording = "\xE5\x90\x8C\xE6\x84\x8F"; /* agreed */
	act.by_phone.at = at;
	return play_done(play, &act);
}

/* What was said by telephone is signed for the next day, mostly. */
static void countersign(struct play *play, int64_t at)
{
	const struct demo_person *head = demo_head_of(play->people, play->blower);
	struct act act;

	if (play->whistle->owed == 0 || demo_one_in(play->demo, 8) || head == NULL)
		return;
	act = play_begin(play, "countersign", play->blower,
			 play_by_day(play, at + play_minutes(play->demo, 120, 900)));
	act.actor = (struct actor){ head->name, head->org, head->role };
	act.by_phone = (struct by_phone){ .at = 0 };
	(void)play_done(play, &act);
}

/* Draft, approval, the centre's check; true: issued. */
static bool issue(struct play *play, int64_t *at, const struct uuid *incident)
{
	struct demo *demo = play->demo;
	struct act act;

	if (!blow(play, *at, incident))
		return false;
	*at += play_minutes(demo, 8, 45);
	if (whistle_step(play->whistle) == WHISTLE_APPROVE && !approve(play, *at))
		return false;
	*at += play_minutes(demo, 5, 40);
	if (whistle_step(play->whistle) == WHISTLE_CHECK && demo_one_in(demo, 12)) {
		act = play_begin(play, "return", demo->rules->centre, *at);
		play_give(&act, "reason", demo_pick(demo, DEMO_NOTES), play->arena);
		if (!play_done(play, &act))
			return false;
		*at += play_minutes(demo, 30, 180);
		act = play_begin(play, "submit", play->blower, *at);
		if (!play_done(play, &act))
			return false;
		*at += play_minutes(demo, 10, 30);
		if (whistle_step(play->whistle) == WHISTLE_APPROVE && !approve(play, *at))
			return false;
		*at += play_minutes(demo, 10, 30);
	}
	if (whistle_step(play->whistle) == WHISTLE_CHECK) {
		act = play_begin(play, "issue", demo->rules->centre, *at);
		if (!play_done(play, &act))
			return false;
	}
	return whistle_step(play->whistle) == WHISTLE_ISSUED;
}

/* The usual kind mostly; of its classes the lowest most often. */
static void choose(struct play *play)
{
	struct demo *demo = play->demo;
	const struct rules *rules = demo->rules;
	size_t kind = demo_one_in(demo, 4) ? demo_below(demo, rules->n_summonses) : 0;
	size_t class = demo_one_in(demo, 2) ? 0 : 1 + demo_below(demo, 2);

	play->summons = &rules->summonses[kind];
	if (class >= play->summons->n_classes)
		class = play->summons->n_classes - 1;
	play->class = &play->summons->classes[class];
	play->cause = &demo->words->causes[demo_below(demo, demo->words->n_causes)];
	play->blower = some_blower(play);
}

void demo_whistle(struct demo *demo, const struct demo_people *people, uint64_t index, int64_t when,
		  int64_t now, const struct uuid *incident, struct arena *arena,
		  struct demo_tale *tale)
{
	struct play play = { .demo = demo, .people = people, .now = now, .arena = arena,
			     .tale = tale };
	int64_t at;

	if (demo->rules->n_summonses == 0)
		return;
	demo_turn(demo, index ^ ((uint64_t)WHISTLE_SALT << 32), when);
	play.id = uuid_v7(&demo->env);
	choose(&play);
	if (play.blower == NULL)
		return;
	at = play_by_day(&play, when);
	if (!issue(&play, &at, incident))
		return;
	countersign(&play, at);
	play_shares(&play, at);
}

static int by_time(const void *a, const void *b)
{
	const struct demo_told *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->act.target.base != y->act.target.base)
		return x->act.target.base < y->act.target.base ? -1 : 1;
	return uuid_cmp(&x->act.id, &y->act.id);
}

void demo_tale_sort(struct demo_tale *tale)
{
	if (tale->n > 0)
		qsort(tale->items, tale->n, sizeof *tale->items, by_time);
}
