/* Joint meetings under the tests' own profile: who convenes, who is called, and what is sent for
 * it. */
#ifndef TESTS_SERVER_MEETING_HELP_H
#define TESTS_SERVER_MEETING_HELP_H

#include "rules_help.h"
#include "zhiban/domain/meeting.h"

struct hall { /* duty is the secretary of the centre's meetings, chief that of north's */
	struct desk duty, second, leader, roads, water, mains, north, chief, south, head;
};

static inline struct hall hall_make(struct world *world)
{
	return (struct hall){.duty = enroll(world, "centre", "duty", "Du"),
			     .second = enroll(world, "centre", "duty", "Se"),
			     .leader = enroll(world, "centre", "leader", "Li"),
			     .roads = enroll(world, "roads", "dept", "Ro"),
			     .water = enroll(world, "water", "dept", "Wa"),
			     .mains = enroll(world, "mains", "dept", "Ma"),
			     .north = enroll(world, "north", "street", "No"),
			     .chief = enroll(world, "north", "leader", "Ch"),
			     .south = enroll(world, "south", "street", "So"),
			     .head = enroll(world, "south", "leader", "He")};
}

static inline struct act_answer says_on(struct world *world, struct desk *desk, const char *verb,
					enum kind kind, const struct uuid *id, const char *args)
{
	struct act act = say(world, desk, verb, kind, id, args);

	if (act.desc->conflict == CONFLICT_CREATES)
		act.target.base = 0;
	return send_act(world, desk, &act);
}

static inline struct act_answer does_on(struct world *world, struct desk *desk, const char *verb,
					enum kind kind, const struct uuid *id, const char *args)
{
	struct act_answer answer = says_on(world, desk, verb, kind, id, args);

	if (answer.verdict == VERDICT_REFUSED)
		fail_msg("%s: %s", verb, answer.sentence);
	return answer;
}

static inline const char *words_of(struct world *world, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_strdup(&world->arena, text);
}

/* An item of the centre's meetings that concerns roads. */
static inline struct uuid brought(struct world *world, struct desk *desk, const char *args)
{
	struct uuid id = new_id(world);

	does_on(world, desk, "bring", KIND_ITEM, &id, args);
	return id;
}

/* Tomorrow at ten, an hour, in a room: nobody is called yet. */
static inline struct uuid convened(struct world *world, struct desk *desk, const char *series,
				   const char *more)
{
	struct uuid id = new_id(world);
	int64_t starts = world->clock.now + DAY;

	does_on(world, desk, "convene", KIND_MEETING, &id,
		arena_printf(&world->arena, "series=%s&title=joint&starts=%lld&ends=%lld%s", series,
			     (long long)starts, (long long)(starts + HOUR), more));
	return id;
}

static inline void entered(struct world *world, struct desk *desk, const struct uuid *meeting,
			   const struct uuid *item)
{
	does_on(world, desk, "agenda", KIND_MEETING, meeting,
		arena_printf(&world->arena, "entry=%s 1", words_of(world, item)));
}

struct called { /* a meeting of the centre with one item, and who is invited */
	struct uuid meeting, item;
};

static inline struct called called_make(struct world *world, struct hall *hall, const char *room)
{
	struct called called = {.item =
				    brought(world, &hall->duty, "title=puddles&lead_org=roads")};

	called.meeting =
	    convened(world, &hall->duty, "weekly", arena_printf(&world->arena, "&room=%s", room));
	entered(world, &hall->duty, &called.meeting, &called.item);
	does_on(world, &hall->duty, "invite", KIND_MEETING, &called.meeting, "");
	return called;
}

/* Everybody there, the item resolved, closed again. */
static inline void held(struct world *world, struct hall *hall, const struct called *called,
			const char *outcome)
{
	const struct meeting *meeting;

	world->clock.now += DAY;
	meeting = entity_seen(world, &hall->duty, &called->meeting);
	does_on(world, &hall->duty, "open", KIND_MEETING, &called->meeting, "reason=as planned");
	for (size_t i = 0; i < meeting->attendees.n; i++)
		does_on(world, &hall->duty, "sign_in", KIND_MEETING, &called->meeting,
			arena_printf(&world->arena, "attendee=%s&presence=present",
				     words_of(world, &meeting_attendee(meeting, i)->id)));
	if (outcome != NULL)
		does_on(world, &hall->duty, "resolve", KIND_ITEM, &called->item,
			arena_printf(&world->arena, "outcome=%s&resolution=mend it", outcome));
	world->clock.now += HOUR;
	does_on(world, &hall->duty, "adjourn", KIND_MEETING, &called->meeting, "");
}

static inline const struct meeting *meeting_seen(struct world *world, const struct desk *desk,
						 const struct uuid *id)
{
	return entity_seen(world, desk, id);
}

#endif
