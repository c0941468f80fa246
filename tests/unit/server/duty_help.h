/* Rosters, handovers and the duty log under the tests' own profile. */
#ifndef TESTS_SERVER_DUTY_HELP_H
#define TESTS_SERVER_DUTY_HELP_H

#include "rules_help.h"
#include "zhiban/domain/handover.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/swap.h"

struct desks { /* who stands duty: roads has no roster, the streets have theirs */
	struct desk duty, relief, chief, north, second, south, roads;
};

static inline struct desks desks_make(struct world *world)
{
	return (struct desks){ .duty = enroll(world, "centre", "duty", "Du"),
			       .relief = enroll(world, "centre", "duty", "Re"),
			       .chief = enroll(world, "centre", "chief", "Ch"),
			       .north = enroll(world, "north", "street", "No"),
			       .second = enroll(world, "north", "street", "Se"),
			       .south = enroll(world, "south", "street", "So"),
			       .roads = enroll(world, "roads", "dept", "Ro") };
}

/* base: 0 of what is new, else what is there. */
static inline struct act_answer duty_says(struct world *world, struct desk *desk, const char *verb,
					  enum kind kind, const struct uuid *id, const char *args)
{
	struct act act = say(world, desk, verb, kind, id, args);

	if (act.desc->conflict == CONFLICT_CREATES)
		act.target.base = 0;
	return send_act(world, desk, &act);
}

static inline struct act_answer duty_does(struct world *world, struct desk *desk, const char *verb,
					  enum kind kind, const struct uuid *id, const char *args)
{
	struct act_answer answer = duty_says(world, desk, verb, kind, id, args);

	if (answer.verdict == VERDICT_REFUSED)
		fail_msg("%s: %s", verb, answer.sentence);
	return answer;
}

static inline const char *id_words(struct world *world, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_strdup(&world->arena, text);
}

/* Prepared and given by one and taken over by the other; its id, for the next one. */
static inline struct uuid handed_on(struct world *world, struct desk *from, struct desk *to,
				    const char *plan, const struct uuid *before)
{
	const struct uuid none = { { 0 } };
	struct uuid id = handover_id(from->org, plan, before != NULL ? before : &none);

	duty_does(world, from, "hand_over", KIND_HANDOVER, &id,
		  before == NULL ? "words=quiet"
				 : arena_printf(&world->arena, "words=quiet&before=%s",
						id_words(world, before)));
	world->clock.now += 1000;
	duty_does(world, from, "give", KIND_HANDOVER, &id, "");
	world->clock.now += 1000;
	duty_does(world, to, "take", KIND_HANDOVER, &id, "");
	return id;
}

static inline struct uuid logged_line(struct world *world, struct desk *desk, const char *args)
{
	struct uuid id = new_id(world);

	duty_does(world, desk, "log", KIND_RECORD, &id, args);
	return id;
}

static inline struct uuid engaged(struct world *world, struct desk *desk, const char *org, const char *name)
{
	struct uuid id = new_id(world);

	duty_does(world, desk, "engage", KIND_STAFF, &id,
		  arena_printf(&world->arena, "name=%s&org=%s&phone=13800001111", name, org));
	return id;
}

/* "DAY SHIFT" main seat 1 of the centre's roster of November. */
static inline void seated(struct world *world, struct desk *desk, const char *where,
		   const struct uuid *who)
{
	struct uuid roster = roster_id("centre", "desk", "2026-11");

	duty_does(world, desk, "roster", KIND_ROSTER, &roster,
		  arena_printf(&world->arena, "month=2026-11&cell=%s main 1 - %s", where,
			       id_words(world, who)));
}

#endif
