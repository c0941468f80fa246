#include <config.h>

#include <stdlib.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/demo/fill.h"
#include "zhiban/demo/meeting.h"
#include "zhiban/server/bulk.h"

/* Between two events: 3 to 12 seconds.  Every fourth event is a new case, of the others every tenth
 * is of a meeting. */
enum {
	PAUSE_LOW_MS = 3000,
	PAUSE_SPAN_MS = 9000,
	NEW_ONE_IN = 4,
	MEETING_ONE_IN = 10,
	TRIES = 12,
	DAYS_AHEAD = 30
};

struct traffic {
	struct service *service;
	struct demo *demo;
	struct arena arena;
	struct demo_people people;
	struct demo_moves moves; /* what the living cases would do next, by time */
	size_t next;		 /* of moves */
	struct demo_tale meetings; /* what organisations would do for meetings, by time */
	size_t next_meeting;
	uint64_t events;	 /* so far; turns chance */
	int64_t due;		 /* of the next event */
};

/* What case `index` would do after `now`, put behind what is planned already: in a real night it
 * would take days; here the moves come one after another, at the pace of traffic. */
static void plan_life(struct traffic *traffic, uint64_t index, int64_t reported, int64_t now)
{
	struct demo_moves life = { NULL, 0, 0 };

	demo_life(traffic->demo, index, reported, now + DAYS_AHEAD * DAY_MS, &life);
	for (size_t i = 1; i < life.n; i++) {
		if (life.items[i].at < now)
			continue;
		MEM_GROW(traffic->moves.items, traffic->moves.n, traffic->moves.cap);
		traffic->moves.items[traffic->moves.n++] = life.items[i];
	}
	free(life.items);
}

static void plan_moves(struct traffic *traffic, const struct demo_plan *plan)
{
	int64_t n = demo_living(plan->incidents), first = demo_first_living(plan->incidents);

	for (int64_t i = 0; i < n; i++)
		plan_life(traffic, (uint64_t)(first + i), demo_living_at(plan, i), plan->now);
	demo_moves_sort(&traffic->moves);
}

/* What was told of meetings is told once more, to know what comes next. */
static void plan_meetings(struct traffic *traffic, const struct demo_plan *plan)
{
	struct demo_tale past = { .n = 0 };

	demo_meetings(traffic->demo, &traffic->people, demo_hard(plan->incidents), plan->now,
		      &traffic->arena, &past, &traffic->meetings);
	demo_tale_sort(&traffic->meetings);
	free(past.items);
}

struct traffic *traffic_new(struct service *service, struct demo *demo,
			    const struct demo_plan *plan)
{
	struct traffic *traffic = mem_alloc(sizeof *traffic);

	*traffic = (struct traffic){ .service = service, .demo = demo, .due = plan->now };
	demo_people_make(demo, &traffic->arena, &traffic->people);
	plan_moves(traffic, plan);
	plan_meetings(traffic, plan);
	return traffic;
}

void traffic_free(struct traffic *traffic)
{
	if (traffic == NULL)
		return;
	free(traffic->moves.items);
	free(traffic->meetings.items);
	arena_release(&traffic->arena);
	free(traffic);
}

static enum err admit(struct traffic *traffic, const struct act *act, enum err *ret_judged,
		      struct error *err)
{
	struct bulk_result result = { .code = ERR_OK };
	enum err rc = service_bulk(traffic->service, act, NULL, 1, &result, err);

	if (rc == ERR_OK)
		*ret_judged = result.code;
	return rc;
}

static enum err new_case(struct traffic *traffic, int64_t now, struct arena *arena,
			 struct error *err)
{
	struct demo_move move = { .index = (uint64_t)now, .reported = now, .at = now,
				  .verb = "register" };
	struct act act;
	enum err judged;

	demo_move_act(traffic->demo, &traffic->people, &move, arena, &act);
	plan_life(traffic, move.index, now, now);
	return admit(traffic, &act, &judged, err);
}

/* The officer at the console may have been there first: then the next move is tried. */
static enum err next_move(struct traffic *traffic, int64_t now, struct arena *arena,
			  struct error *err)
{
	enum err rc = ERR_OK, judged = ERR_REFUSED;

	for (int i = 0; i < TRIES && traffic->next < traffic->moves.n; i++) {
		struct demo_move move = traffic->moves.items[traffic->next++];
		struct act act;

		move.at = now;
		demo_move_act(traffic->demo, &traffic->people, &move, arena, &act);
		rc = admit(traffic, &act, &judged, err);
		if (rc != ERR_OK || judged == ERR_OK)
			return rc;
	}
	return new_case(traffic, now, arena, err);
}

/* The same of meetings; what somebody did at the screen before is not done again. */
static enum err next_of_meetings(struct traffic *traffic, int64_t now, struct arena *arena,
				 struct error *err)
{
	enum err rc = ERR_OK, judged = ERR_REFUSED;

	for (int i = 0; i < TRIES && traffic->next_meeting < traffic->meetings.n; i++) {
		struct act act = traffic->meetings.items[traffic->next_meeting++].act;

		act.at = now;
		if (act.by_phone.at != 0)
			act.by_phone.at = now;
		rc = admit(traffic, &act, &judged, err);
		if (rc != ERR_OK || judged == ERR_OK)
			return rc;
	}
	return next_move(traffic, now, arena, err);
}

enum err traffic_tick(struct traffic *traffic, int64_t now, struct error *err)
{
	struct arena arena = ARENA_INIT;
	enum err (*event)(struct traffic *traffic, int64_t now, struct arena *arena,
			  struct error *err) = next_move;
	enum err rc;

	if (now < traffic->due)
		return ERR_OK;
	demo_turn(traffic->demo, traffic->events++ ^ (UINT64_C(0x54524146) << 24), now);
	if (demo_one_in(traffic->demo, NEW_ONE_IN))
		event = new_case;
	else if (demo_one_in(traffic->demo, MEETING_ONE_IN))
		event = next_of_meetings;
	traffic->due = now + PAUSE_LOW_MS + (int64_t)demo_below(traffic->demo, PAUSE_SPAN_MS);
	rc = event(traffic, now, &arena, err);
	arena_release(&arena);
	return rc;
}
