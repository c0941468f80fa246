/* A small jurisdiction for tests: nine steps, ten organisations, the holidays of 2026. */
#ifndef ZHIBAN_TESTS_DOMAIN_FIXTURE_H
#define ZHIBAN_TESTS_DOMAIN_FIXTURE_H

#include "zhiban/domain/decide.h"

struct fixture {
	struct arena arena;
	struct rules rules;
	int64_t now;	 /* recv and eff of the next act */
	int64_t serial;	 /* of the next registration */
	unsigned n_acts; /* made so far: each gets an id of its own */
};

/* now is Monday 2026-11-23 10:00 (+08:00). */
void fixture_init(struct fixture *fx);
void fixture_release(struct fixture *fx);
int64_t fixture_time(const char *text); /* civil time of the jurisdiction, to ms */

/* "duty" "chief" (centre), "other" (centre), "water" (a department), "roads" (another), "street", "station",
 * "auditor", "intake", "system", "stranger" (of no organisation). */
struct actor fixture_actor(const char *name);

/* An act on an incident (NULL: to register one), with arguments "name=words" separated by '\n';
 * base is the incident's version. */
struct act fixture_act(struct fixture *fx, const char *verb, const struct incident *incident,
		       const char *actor, const char *args);
/* An act on another kind; the target is left to the caller. */
struct act fixture_act_of(struct fixture *fx, enum kind kind, const char *verb, const char *actor,
			  const char *args);
/* Decides with the incident as state and folds the effect into *incident (made when NULL). */
enum err fixture_apply(struct fixture *fx, struct incident **incident, const struct act *act,
		       struct error *err);
enum err fixture_do(struct fixture *fx, struct incident **incident, const char *verb,
		    const char *actor, const char *args, struct error *err);
/* The same, for a decision that may change nothing, at another moment than that of the server (eff 0:
 * the act's own), and with what follows from it. */
enum err fixture_decide(struct fixture *fx, struct incident **incident, const struct act *act,
			int64_t eff, struct decision *ret_decision, struct error *err);
/* Every open step allows these acts to anybody. */
void fixture_allow(struct fixture *fx, const char *verbs);
/* An incident that has just come into a step, the holder being the water department. */
struct incident *fixture_incident(struct fixture *fx, const char *step);

#endif
