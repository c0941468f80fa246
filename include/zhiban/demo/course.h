/* The usual course of a case through a profile's flow: what the demo's cases do, whatever the
 * district.  Computed from the steps alone; nothing here is a rule. */
#ifndef ZHIBAN_DEMO_COURSE_H
#define ZHIBAN_DEMO_COURSE_H

#include "zhiban/domain/rules.h"

enum demo_share { DEMO_NO_SHARE, DEMO_LEAD, DEMO_ASSIST };

struct demo_leg { /* one act of the course */
	const struct flow_act *flow; /* NULL: a note, which every step allows */
	const struct step *step;     /* in which it is done */
	const char *verb;
	int low, high;	       /* minutes after the one before */
	int chance;	       /* of a hundred cases, how many take it */
	enum demo_share share; /* where the step works by shares: whose */
	bool once;	       /* not done again when the case is sent back */
};
enum { DEMO_LEGS_MAX = 64 };

/* Where a registration of an organisation of this tier leads, of no type. */
const struct step *demo_first_step(const struct rules *rules, const char *tier);
/* From there to the archive, without the registration itself; assisted: there are two shares.
 * Returns how many legs. */
size_t demo_course(const struct rules *rules, const struct step *first, bool assisted,
		   struct demo_leg legs[DEMO_LEGS_MAX]);

#endif
