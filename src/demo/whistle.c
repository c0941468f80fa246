#include <config.h>

#include "zhiban/demo/whistle.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"
#include "zhiban/domain/whistle.h"

enum { WHISTLE_SALT = 0x57484953, EVENTS_MOST = 64, UNITS_MOST = 4 };

enum stage { /* of a share, in its order; the last two are of both sides */
	STAGE_SIGN,
	STAGE_CONTACT,
	STAGE_REPORT,
	STAGE_CONFIRM,
	STAGE_HANDLE,
	STAGE_FEEDBACK,
	STAGE_VERIFY,
	STAGE_RATE,
	STAGE_JUDGE,
	STAGES
};

struct event { /* what a share does next */
	int64_t at;
	const char *org;
	enum stage stage;
};

struct play {
	struct demo *demo;
	const struct demo_people *people;
	const struct summons *summons;
	const struct summons_class *class;
	const struct demo_cause *cause;
	const char *blower;
	struct whistle *whistle; /* as it has become; NULL: not blown yet */
	struct uuid id;
	int64_t now;
	struct arena *arena;
	struct demo_tale *tale;
	struct event events[EVENTS_MOST];
	size_t n_events;
};

/* --- one act --------------------------------------------------------------------------------- */

static int64_t minutes(struct demo *demo, int low, int high)
{
	return (low + (int64_t)demo_below(demo, (size_t)(high - low + 1))) * MINUTE_MS;
}

/* People answer by day: what would be at night waits for the morning. */
static int64_t by_day(const struct play *play, int64_t at)
{
	int offset = play->demo->rules->offset_min;
	int32_t day = civil_day_of_ms(at, offset);
	int64_t midnight = civil_ms_of_day(day, offset), minute = (at - midnight) / MINUTE_MS;

	if (minute >= 8 * 60 + 30 && minute < 17 * 60 + 30)
		return at;
	return midnight + (minute < 8 * 60 + 30 ? 0 : DAY_MS) +
	       (8 * 60 + 40 + (int64_t)demo_below(play->demo, 80)) * MINUTE_MS;
}

static void give(struct act *act, const char *name, const char *text, struct arena *arena)
{
	if (text != NULL)
		act_give(act, act_arg_field(act->desc, name),
			 (struct value){ .is_text = true, .text = text }, arena);
}

/* Who has no console was on the telephone; the centre wrote it down. */
static void give_actor(struct play *play, const char *org, struct act *act)
{
	const struct demo_person *who = demo_person_of(play->demo, play->people, org);

	if (who == NULL) {
		who = demo_person_of(play->demo, play->people, play->demo->rules->centre);
		act->by_phone.org = org;
		act->by_phone.rung = demo_name(play->demo, play->arena);
		act->by_phone.answered_by = act->by_phone.rung;
		act->by_phone.wording = demo_pick(play->demo, DEMO_NOTES);
		act->by_phone.at = act->at;
	}
	act->actor = (struct actor){ who->name, who->org, who->role };
}

static struct act begin(struct play *play, const char *verb, const char *org, int64_t at)
{
	struct act act = { .id = uuid_v7(&play->demo->env),
			   .desc = act_desc_of(KIND_WHISTLE, verb),
			   .target = { KIND_WHISTLE, play->id,
				       play->whistle != NULL ? play->whistle->head.version : 0 },
			   .at = at };

	give_actor(play, org, &act);
	return act;
}

/* Has it judged; false: it lies in the future, or was refused. */
static bool done(struct play *play, const struct act *act)
{
	const struct moment moment = { act->at, act->at };
	const struct state state = { .entity = play->whistle, .serial = 1 };
	struct decision decision;
	struct error err = ERROR_INIT;

	if (act->at >= play->now)
		return false;
	if (decide(play->demo->rules, &state, act, &moment, play->arena, &decision, &err) !=
		    ERR_OK || decision.n_effects == 0) {
		play->tale->refused++;
		return false;
	}
	if (play->whistle == NULL)
		play->whistle = entity_new(KIND_WHISTLE, &play->id, play->arena);
	if (evolve(play->whistle, &decision.effects[0], 0, play->arena, &err) != ERR_OK)
		return false;
	MEM_GROW(play->tale->items, play->tale->n, play->tale->cap);
	play->tale->items[play->tale->n++] = (struct demo_told){ *act, act->at };
	return true;
}

/* --- until it is issued ---------------------------------------------------------------------- */

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

static size_t pick_units(struct play *play, const char *units[UNITS_MOST])
{
	struct demo *demo = play->demo;
	size_t n = 0, wanted = 2 + demo_below(demo, UNITS_MOST - 1);

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

static bool blow(struct play *play, int64_t when, const struct uuid *incident)
{
	struct demo *demo = play->demo;
	struct arena *arena = play->arena;
	const char *units[UNITS_MOST];
	struct act act = begin(play, "blow", play->blower, when);
	size_t n = pick_units(play, units);
	char id[UUID_TEXT];

	give(&act, "summons", play->summons->code, arena);
	give(&act, "title",
	     demo_text(demo, play->cause->titles.items[demo_below(demo, play->cause->titles.n)],
		       arena), arena);
	give(&act, "text",
	     demo_text(demo, play->cause->details.items[demo_below(demo, play->cause->details.n)],
		       arena), arena);
	if (play->summons->grounds.n > 0)
		give(&act, "ground",
		     play->summons->grounds.items[demo_below(demo, play->summons->grounds.n)].code,
		     arena);
	give(&act, "cls", play->class->code, arena);
	give(&act, "address",
	     arena_printf(arena, "%s%zu\xE5\x8F\xB7", demo_pick(demo, DEMO_ROADS),
			  1 + demo_below(demo, 300)), arena);
	if (!str_eq(play->blower, demo->rules->centre))
		give(&act, "street", play->blower, arena);
	for (size_t i = 0; i < n; i++)
		give(&act, "assist", units[i], arena);
	if (incident != NULL && !uuid_is_nil(incident)) {
		uuid_text(incident, id);
		give(&act, "incident", id, arena);
	}
	return done(play, &act);
}

/* The blower's leader at home, rung by the clerk who blew. */
static bool approve(struct play *play, int64_t at)
{
	struct act act = begin(play, "approve", play->blower, at);

	act.by_phone.role = play->class->approver;
	act.by_phone.rung = demo_name(play->demo, play->arena);
	act.by_phone.answered_by = act.by_phone.rung;
	act.by_phone.wording = "\xE5\x90\x8C\xE6\x84\x8F"; /* agreed */
	act.by_phone.at = at;
	return done(play, &act);
}

/* What was said by telephone is signed for the next day, mostly. */
static void countersign(struct play *play, int64_t at)
{
	const struct demo_person *head = demo_head_of(play->people, play->blower);
	struct act act;

	if (play->whistle->owed == 0 || demo_one_in(play->demo, 8) || head == NULL)
		return;
	act = begin(play, "countersign", play->blower,
		    by_day(play, at + minutes(play->demo, 120, 900)));
	act.actor = (struct actor){ head->name, head->org, head->role };
	act.by_phone = (struct by_phone){ .at = 0 };
	(void)done(play, &act);
}

/* Draft, approval, the centre's check; true: issued. */
static bool issue(struct play *play, int64_t *at, const struct uuid *incident)
{
	struct demo *demo = play->demo;
	struct act act;

	if (!blow(play, *at, incident))
		return false;
	*at += minutes(demo, 8, 45);
	if (whistle_step(play->whistle) == WHISTLE_APPROVE && !approve(play, *at))
		return false;
	*at += minutes(demo, 5, 40);
	if (whistle_step(play->whistle) == WHISTLE_CHECK && demo_one_in(demo, 12)) {
		act = begin(play, "return", demo->rules->centre, *at);
		give(&act, "reason", demo_pick(demo, DEMO_NOTES), play->arena);
		if (!done(play, &act))
			return false;
		*at += minutes(demo, 30, 180);
		act = begin(play, "submit", play->blower, *at);
		if (!done(play, &act))
			return false;
		*at += minutes(demo, 10, 30);
		if (whistle_step(play->whistle) == WHISTLE_APPROVE && !approve(play, *at))
			return false;
		*at += minutes(demo, 10, 30);
	}
	if (whistle_step(play->whistle) == WHISTLE_CHECK) {
		act = begin(play, "issue", demo->rules->centre, *at);
		if (!done(play, &act))
			return false;
	}
	return whistle_step(play->whistle) == WHISTLE_ISSUED;
}

/* --- the shares ------------------------------------------------------------------------------ */

static void later(struct play *play, const char *org, enum stage stage, int64_t at)
{
	if (play->n_events < EVENTS_MOST)
		play->events[play->n_events++] = (struct event){ at, org, stage };
}

static bool next_event(struct play *play, struct event *ret_event)
{
	size_t first = 0;

	if (play->n_events == 0)
		return false;
	for (size_t i = 1; i < play->n_events; i++)
		if (play->events[i].at < play->events[first].at)
			first = i;
	*ret_event = play->events[first];
	play->events[first] = play->events[--play->n_events];
	return true;
}

/* Somewhere in the time of a clock of the share: most are in time, one in six is late. */
static int64_t within(struct play *play, const struct summoned *share, const char *clock,
		      int64_t from)
{
	const struct clock *runs = whistle_clock_of(play->whistle, &share->id, clock);
	int64_t due = runs != NULL && runs->due > from ? runs->due : from + 2 * HOUR_MS;
	int64_t percent = demo_one_in(play->demo, 6) ? 110 + (int64_t)demo_below(play->demo, 60)
						     : 15 + (int64_t)demo_below(play->demo, 60);

	return from + (due - from) / 100 * percent;
}

static const struct {
	const char *verb;
	bool blower; /* whose act it is; else the department's */
} stages[STAGES] = {
	[STAGE_SIGN] = { "sign", false },	  [STAGE_CONTACT] = { "contact", false },
	[STAGE_REPORT] = { "report_in", false },  [STAGE_CONFIRM] = { "confirm_in", true },
	[STAGE_HANDLE] = { "handle", false },	  [STAGE_FEEDBACK] = { "feedback", false },
	[STAGE_VERIFY] = { "verify_ok", true },	  [STAGE_RATE] = { "rate", true },
	[STAGE_JUDGE] = { "judge", false },
};

static void give_comer(struct play *play, struct act *act)
{
	struct demo *demo = play->demo;

	give(act, "comer", demo_name(demo, play->arena), play->arena);
	give(act, "comer_post",
	     play->class->come != NULL ? play->class->come : demo->rules->roles.items[0].label,
	     play->arena);
	give(act, "comer_phone", arena_printf(play->arena, "1370000%04zu", demo_below(demo, 10000)),
	     play->arena);
}

static void give_words(struct play *play, enum stage stage, struct act *act)
{
	struct demo *demo = play->demo;
	const struct demo_list *results = &play->cause->results;

	switch (stage) {
	case STAGE_SIGN:
	case STAGE_REPORT:
		give_comer(play, act);
		break;
	case STAGE_HANDLE:
		give(act, "result", results->items[demo_below(demo, results->n)], play->arena);
		break;
	case STAGE_FEEDBACK:
		give(act, "reply", demo_pick(demo, DEMO_RESULTS), play->arena);
		break;
	case STAGE_RATE:
		give(act, "content",
		     demo_one_in(demo, 12) ? "poor" : demo_one_in(demo, 4) ? "fair" : "content",
		     play->arena);
		break;
	case STAGE_JUDGE:
		give(act, "judged", demo_one_in(demo, 10) ? "irregular" : "regular", play->arena);
		break;
	case STAGE_CONTACT:
	case STAGE_CONFIRM:
	case STAGE_VERIFY:
	case STAGES:
		break;
	}
}

/* When the next of a share is, after one that was done. */
static void go_on(struct play *play, const struct event *event)
{
	const struct summoned *share = whistle_share_of(play->whistle, event->org);
	struct demo *demo = play->demo;
	int64_t at = event->at;

	if (share == NULL)
		return;
	switch (event->stage) {
	case STAGE_SIGN:
		later(play, event->org, STAGE_CONTACT, at + minutes(demo, 5, 50));
		later(play, event->org, STAGE_REPORT, within(play, share, "report_in", at));
		break;
	case STAGE_REPORT:
		later(play, event->org, STAGE_CONFIRM, at + minutes(demo, 4, 40));
		break;
	case STAGE_CONFIRM:
		later(play, event->org, STAGE_HANDLE,
		      by_day(play, within(play, share, "handle", at)));
		break;
	case STAGE_HANDLE:
		later(play, event->org, STAGE_FEEDBACK, at + minutes(demo, 10, 200));
		break;
	case STAGE_FEEDBACK:
		later(play, event->org, STAGE_VERIFY, by_day(play, at + minutes(demo, 60, 600)));
		break;
	case STAGE_VERIFY:
		later(play, event->org, STAGE_RATE, by_day(play, at + minutes(demo, 60, 900)));
		later(play, event->org, STAGE_JUDGE, by_day(play, at + minutes(demo, 60, 900)));
		break;
	case STAGE_CONTACT:
	case STAGE_RATE:
	case STAGE_JUDGE:
	case STAGES:
		break;
	}
}

/* They met: once, when two have come. */
static void consult(struct play *play, int64_t at)
{
	const struct demo_list *plans = &play->cause->plans;
	struct act act;

	if (play->whistle->consulted_at != 0 || play->whistle->reported < 2 ||
	    whistle_step(play->whistle) != WHISTLE_ISSUED)
		return;
	act = begin(play, "consult", play->blower, at + MINUTE_MS);
	give(&act, "plan", plans->items[demo_below(play->demo, plans->n)], play->arena);
	(void)done(play, &act);
}

static bool is_contacted(const struct play *play, const char *org)
{
	const struct summoned *share = whistle_share_of(play->whistle, org);

	return share == NULL || share->contacted_at != 0;
}

static void happen(struct play *play, const struct event *event)
{
	bool ending = event->stage == STAGE_RATE || event->stage == STAGE_JUDGE;
	const char *who = stages[event->stage].blower ? play->blower : event->org;
	struct act act;

	if (ending && whistle_step(play->whistle) == WHISTLE_ISSUED) { /* others are not as far */
		if (event->at + 6 * HOUR_MS < play->now)
			later(play, event->org, event->stage, event->at + 6 * HOUR_MS);
		return;
	}
	if (event->stage == STAGE_CONFIRM && !play->summons->confirmed) {
		go_on(play, event);
		return;
	}
	if (event->stage == STAGE_JUDGE && !play->summons->judged)
		return;
	if (event->stage == STAGE_CONTACT && is_contacted(play, event->org))
		return; /* who has come need not ring any more */
	act = begin(play, stages[event->stage].verb, who, event->at);
	give(&act, "share", event->org, play->arena);
	give_words(play, event->stage, &act);
	if (!done(play, &act))
		return;
	if (event->stage == STAGE_CONFIRM)
		consult(play, event->at);
	go_on(play, event);
}

/* --- all of it ------------------------------------------------------------------------------- */

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
	struct event event;
	int64_t at;

	if (demo->rules->n_summonses == 0)
		return;
	demo_turn(demo, index ^ ((uint64_t)WHISTLE_SALT << 32), when);
	play.id = uuid_v7(&demo->env);
	choose(&play);
	if (play.blower == NULL || play.class == NULL)
		return;
	at = by_day(&play, when);
	if (!issue(&play, &at, incident))
		return;
	countersign(&play, at);
	for (size_t i = 0; i < play.whistle->shares.n; i++)
		if (!demo_one_in(demo, 14) || at + DAY_MS < now) /* of late one has not even signed */
			later(&play, whistle_share(play.whistle, i)->org, STAGE_SIGN,
			      within(&play, whistle_share(play.whistle, i), "sign", at));
	while (next_event(&play, &event))
		if (event.at < now)
			happen(&play, &event);
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
