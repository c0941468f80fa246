/* An act of a course that is about to be done, and what makes each guard's question true or false. */
#ifndef ZHIBAN_TESTS_PROFILE_TRIAL_H
#define ZHIBAN_TESTS_PROFILE_TRIAL_H

#include "course.h"

struct trial { /* an act that is about to be done */
	struct course *course;
	struct incident *incident; /* its own copy */
	struct actor actor;
	struct act act;
	const char *mode;
	int64_t now;
	const char *arg; /* of the guard in question */
};


/* Makes a guard's question true (good) or false, in whatever of the trial it asks for; false when this
 * profile has nothing to do it with. */
bool trial_make(struct trial *trial, const struct guard_use *use, bool good);
void trial_ready(struct trial *trial); /* puts there what some acts need, whatever the guards */

#endif
