/* Invented duty: who stands in rosters, whose months they are, who swapped, handed over and wrote what.
 *
 * Each act is played through the rulebook while it is made, in the order of time, so that what
 * comes out is what the server admits.  The demo's first officers (people.items) are on duty at its
 * present. */
#ifndef ZHIBAN_DEMO_ROSTER_H
#define ZHIBAN_DEMO_ROSTER_H

#include "zhiban/demo/whistle.h"

struct demo_cases { /* cases that handovers speak of, by time */
	struct demo_case_at {
		struct uuid id;
		const char *title;
		int64_t at; /* reported */
		const char *number; /* as the server will give it */
		uint64_t index;
		int urgency;
	} *items;
	size_t n;
	const struct demo_moves *moves; /* what happened to those that live, by time; NULL: not known */
};

/* Appends all of it before `now`.  Nothing when the profile has no rosters. */
void demo_rosters(struct demo *demo, const struct demo_people *people,
		  const struct demo_cases *cases, int64_t now, struct arena *arena,
		  struct demo_tale *tale);

#endif
