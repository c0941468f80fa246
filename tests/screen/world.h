/* A console's folder made by hand: acts judged by the real rulebook, entries put into a real cache,
 * at a fixed time. */
#ifndef TESTS_SCREEN_WORLD_H
#define TESTS_SCREEN_WORLD_H

#include "zhiban/base/env.h"
#include "zhiban/client/client.h"
#include "zhiban/profile/profile.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/outbox.h"
#include "zhiban/wire/entry.h"

struct world {
	char dir[64];
	struct env_fixed fixed;
	struct env env;
	struct arena arena;
	const char *profile_name; /* "tianning" */
	struct jurisdiction *profile;
	struct workdays *days;
	struct store *cache, *outbox;
	const char *org, *role; /* whose console it is; NULL: by the profile */
	int64_t seq, serial, whistles;
	struct act last; /* admitted, and when */
};

/* What somebody did, at so many minutes before the fixed moment. */
struct did {
	const char *incident; /* its name in world.c */
	int64_t before;
	const char *officer, *org, *role, *verb;
	const char *words[32]; /* field, value, …, NULL */
	struct by_phone phone; /* at: minutes before the fixed moment */
	bool whistle;	       /* it is done to a whistle of that name, where incidents know the verb too */
};
void world_admit_all(struct world *world, const struct did *did, size_t n);
void world_admit(struct world *world, const struct did *did); /* the real rulebook judges it */
enum err world_apply(struct world *world, const struct entry *entry, struct error *err) MUST_CHECK;
void world_must(enum err code, const struct error *err, const char *what);

/* ---- world_whistle.c ---- */
void world_whistle(struct world *world);
void world_whistle_approved(struct world *world); /* one more comes to the centre */

/* ---- world_roster.c ---- */
void world_roster(struct world *world);
/* Judged with what the rulebook looks at beside its target; words: argument, value, …, NULL. */
void world_admit_near(struct world *world, enum kind kind, const char *verb, const struct uuid *id,
		      int64_t before, const char *officer, const char *org, const char *role,
		      const char *const *words);

/* ---- world_meeting.c ---- */
void world_meeting(struct world *world);

/* ---- world_handover.c ---- */
void world_handover(struct world *world);
void world_handover_tampered(struct world *world);

/* ---- world_city.c ---- */
void world_city(struct world *world);
void world_round(struct world *world); /* and a case that went round */
void world_quiet(struct world *world); /* the summary of the quiet hours comes in */

/* ---- world_slots.c ---- */
void world_slots(struct world *world, bool none);

/* ---- world_log.c ---- */
void world_log(struct world *world);

/* ---- world_league.c ---- */
void world_league(struct world *world);
void world_street(struct world *world);

/* ---- world_desk.c ---- */
/* Judges what the outbox holds, as a server would: answers, effects, folding. */
void world_judge(struct world *world);
/* What the rulebook looks at beside an act's target. */
void world_look_beside(struct world *world, const struct act *act, struct state *state);
void world_meeting_said(struct world *world); /* elsewhere somebody wrote of an item */
bool world_desk_change(struct world *world, const char *name);

/* Builds the world of that name ("board", "empty", "fresh"); false: there is none. */
bool world_make(struct world *world, const char *name);
/* A change that comes from elsewhere, by name ("elsewhere", "refused", those of world_desk.c). */
/* When the server last said that nothing is missing. */
void world_cursor(struct world *world); /* all that was admitted has been read */
void world_data_at(struct world *world, int64_t at);
bool world_change(struct world *world, const char *name);
void world_free(struct world *world); /* removes the folder */

#endif
