/* What the departments of an issued whistle do, each at its own pace, up to now. */
#include <config.h>

#include "whistle_priv.h"

#include <assert.h>

#include "zhiban/base/civil.h"

static void later(struct play *play, const char *org, enum stage stage, int64_t at)
{
	assert(play->n_events < PLAY_EVENTS_MOST);
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

	play_give(act, "comer", demo_name(demo, play->arena), play->arena);
	play_give(act, "comer_post",
		  play->class->come != NULL ? play->class->come : demo->rules->roles.items[0].label,
		  play->arena);
	play_give(act, "comer_phone",
		  arena_printf(play->arena, "1370000%04zu", demo_below(demo, 10000)), play->arena);
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
		play_give(act, "result", results->items[demo_below(demo, results->n)], play->arena);
		break;
	case STAGE_FEEDBACK:
		play_give(act, "reply", demo_pick(demo, DEMO_RESULTS), play->arena);
		break;
	case STAGE_RATE:
		play_give(act, "content",
			  demo_one_in(demo, 12) ? "poor" :
			  demo_one_in(demo, 4)	? "fair" : "content", play->arena);
		break;
	case STAGE_JUDGE:
		play_give(act, "judged", demo_one_in(demo, 10) ? "irregular" : "regular", play->arena);
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
		later(play, event->org, STAGE_CONTACT, at + play_minutes(demo, 5, 50));
		later(play, event->org, STAGE_REPORT, within(play, share, "report_in", at));
		break;
	case STAGE_REPORT:
		later(play, event->org, STAGE_CONFIRM, at + play_minutes(demo, 4, 40));
		break;
	case STAGE_CONFIRM:
		later(play, event->org, STAGE_HANDLE,
		      play_by_day(play, within(play, share, "handle", at)));
		break;
	case STAGE_HANDLE:
		later(play, event->org, STAGE_FEEDBACK, at + play_minutes(demo, 10, 200));
		break;
	case STAGE_FEEDBACK:
		later(play, event->org, STAGE_VERIFY,
		      play_by_day(play, at + play_minutes(demo, 60, 600)));
		break;
	case STAGE_VERIFY:
		later(play, event->org, STAGE_RATE,
		      play_by_day(play, at + play_minutes(demo, 60, 900)));
		later(play, event->org, STAGE_JUDGE,
		      play_by_day(play, at + play_minutes(demo, 60, 900)));
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
	act = play_begin(play, "consult", play->blower, at + MINUTE_MS);
	play_give(&act, "plan", plans->items[demo_below(play->demo, plans->n)], play->arena);
	(void)play_done(play, &act);
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
	act = play_begin(play, stages[event->stage].verb, who, event->at);
	play_give(&act, "share", event->org, play->arena);
	give_words(play, event->stage, &act);
	if (!play_done(play, &act))
		return;
	if (event->stage == STAGE_CONFIRM)
		consult(play, event->at);
	go_on(play, event);
}

void play_shares(struct play *play, int64_t issued_at)
{
	struct event event;

	for (size_t i = 0; i < play->whistle->shares.n; i++) {
		const struct summoned *share = whistle_share(play->whistle, i);

		/* of late one has not even signed */
		if (!demo_one_in(play->demo, 14) || issued_at + DAY_MS < play->now)
			later(play, share->org, STAGE_SIGN,
			      within(play, share, "sign", issued_at));
	}
	while (next_event(play, &event))
		if (event.at < play->now)
			happen(play, &event);
}
