/* A shipped profile, and all states into which its own acts bring incidents: registrations by every
 * kind of organisation and of every type, and from each state whatever a step allows to anybody.
 * Tests ask each of these states what is allowed and refused. */
#ifndef ZHIBAN_TESTS_PROFILE_COURSE_H
#define ZHIBAN_TESTS_PROFILE_COURSE_H

#include "zhiban/domain/decide.h"
#include "zhiban/profile/profile.h"

enum { COURSE_ACTORS = 10 };
/* duty, chief and leader of the centre; officers of the incident's own seat, of its holder, of another
 * department with a share, of who registered it, of the seat that waits below; of somebody else; an
 * auditor of the centre. */
extern const char *const course_actors[COURSE_ACTORS];

struct course_node { /* a state that was reached */
	const struct incident *incident;
	const struct step *step;
	size_t from;	 /* index of the state before; its own: registered */
	const char *how; /* "accept (duty)" */
};

struct course {
	struct arena arena, scratch;
	struct jurisdiction *j;
	struct workdays *days;
	const struct rules *rules;
	int64_t now; /* Monday 2026-11-23 10:00, a working day */
	unsigned n_acts;
	struct course_node *nodes; /* as they were found */
	size_t n_nodes, cap_nodes;
};

/* Loads profiles/NAME.conf; false when it is not there. */
bool course_begin(struct course *course, const char *name);
void course_end(struct course *course);
void course_explore(struct course *course); /* fills nodes */
/* The actor of a column, as it is for this incident; false: there is none, or he is in an earlier one. */
bool course_actor(const struct course *course, const struct incident *incident, size_t i,
		  struct actor *ret_actor);
/* An act of an actor with plausible arguments; in the arena `scratch`. */
struct act course_act(struct course *course, const struct act_desc *desc,
		      const struct incident *incident, const struct actor *actor);
/* Decides; ret_after (may be NULL) gets the state afterwards, in the scratch. */
enum err course_try(struct course *course, const struct incident *incident, const struct act *act,
		    const char *mode, const struct incident **ret_after, struct error *err);
const struct flow_act *course_row(const struct course *course, const struct step *step,
				  const struct act_desc *desc); /* of the step or of always; or NULL */
/* Against matrix/NAME.txt: NULL, or where it differs, in words.  With GENERATE in the environment the
 * file is written. */
const char *course_compare(struct course *course, const char *name, const char *text);

#endif
