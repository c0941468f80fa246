/* Whistles under the tests' own profile: who blows, who is called, and what is sent for it. */
#ifndef TESTS_SERVER_WHISTLE_HELP_H
#define TESTS_SERVER_WHISTLE_HELP_H

#include "rules_help.h"
#include "zhiban/domain/arrival.h"
#include "zhiban/domain/inspection.h"
#include "zhiban/domain/mark.h"
#include "zhiban/domain/whistle.h"

struct band { /* who has to do with whistles */
	struct desk duty, leader, north, chief, south, roads, water, mains, auditor;
};

static inline struct band band_make(struct world *world)
{
	return (struct band){ .duty = enroll(world, "centre", "duty", "Du"),
			      .leader = enroll(world, "centre", "leader", "Li"),
			      .north = enroll(world, "north", "street", "No"),
			      .chief = enroll(world, "north", "leader", "Ch"),
			      .south = enroll(world, "south", "street", "So"),
			      .roads = enroll(world, "roads", "dept", "Ro"),
			      .water = enroll(world, "water", "dept", "Wa"),
			      .mains = enroll(world, "mains", "dept", "Ma"),
			      .auditor = enroll(world, "north", "auditor", "Au") };
}

static inline struct act_answer whistle_says(struct world *world, struct desk *desk,
					     const char *verb, const struct uuid *id,
					     const char *args)
{
	struct act act = say(world, desk, verb, KIND_WHISTLE, id, args);

	act.target.base = strcmp(verb, "blow") == 0 ? 0 : act.target.base;
	return send_act(world, desk, &act);
}

static inline struct act_answer whistle_does(struct world *world, struct desk *desk,
					     const char *verb, const struct uuid *id,
					     const char *args)
{
	struct act_answer answer = whistle_says(world, desk, verb, id, args);

	if (answer.verdict == VERDICT_REFUSED)
		fail_msg("%s: %s", verb, answer.sentence);
	return answer;
}

static inline struct uuid blow(struct world *world, struct desk *desk, const char *args)
{
	struct uuid id = new_id(world);

	whistle_does(world, desk, "blow", &id,
		     arena_printf(&world->arena, "title=water in the street&text=x%s", args));
	return id;
}

static inline struct whistle *whistle_seen(struct world *world, const struct desk *desk,
					   const struct uuid *id)
{
	return entity_seen(world, desk, id);
}

/* Blown by north for roads and water, and issued. */
static inline struct uuid issued(struct world *world, struct band *band)
{
	struct uuid id = blow(world, &band->north, "&assist=roads&assist=water");

	whistle_does(world, &band->duty, "issue", &id, "");
	return id;
}

static inline const char *arrival_asked(struct world *world, const struct desk *desk, int status,
					const struct uuid *id)
{
	struct arrival_ask msg = { .whistle = *id };
	struct str body = STR_INIT;
	const char *answer;

	arrival_ask_encode(&msg, &body);
	answer = ask(world, status, "POST", "/v1/arrival", NULL, desk->token, body.s);
	str_release(&body);
	return answer;
}

static inline void arrival_told(struct world *world, const struct desk *desk,
				const struct uuid *id, unsigned char secret[ARRIVAL_SECRET])
{
	const char *body = arrival_asked(world, desk, 200, id);
	struct arrival_answer answer;

	OK(arrival_answer_decode(body, strlen(body), &world->arena, &answer, NULL));
	OK(crypto_unhex(answer.secret, secret, ARRIVAL_SECRET));
}

#endif
