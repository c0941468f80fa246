/* The small jurisdiction with two loops: the street's under the district's, departments with a share
 * each, countersignatures asked for within a working day.
 *
 *	street:   s_accept s_assign s_work s_verify s_reply, and s_wait while the district has it
 *	district: d_accept d_assign d_work d_verify d_back
 *	ended:    done filed; out: elsewhere */
#ifndef ZHIBAN_TESTS_DOMAIN_LOOPS_H
#define ZHIBAN_TESTS_DOMAIN_LOOPS_H

#include "fixture.h"

void loops_init(struct fixture *fx);
/* As fixture_do, and what must hold of every act is checked: the effect makes what was decided,
 * counters count, one level at a time, parties only grow. */
enum err loops_do(struct fixture *fx, struct incident **incident, const char *verb,
		  const char *actor, const char *args, struct error *err);
enum err loops_apply(struct fixture *fx, struct incident **incident, const struct act *act,
		     struct error *err);
/* A line of acts that all must be done: "actor verb name=words;actor verb …", from register on, or
 * on what is there. */
void loops_walk(struct fixture *fx, struct incident **incident, const char *line);
const struct part *loops_part(const struct incident *incident, const char *org); /* live, or NULL */

#endif
