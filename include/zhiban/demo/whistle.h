/* Invented whistles: who was summoned by whom, and what came of it, up to now.
 *
 * Each is played through the rulebook while it is made, so that what comes out is what the server
 * admits.  The i-th of a seed is always the same one. */
#ifndef ZHIBAN_DEMO_WHISTLE_H
#define ZHIBAN_DEMO_WHISTLE_H

#include "zhiban/demo/life.h"

struct demo_told { /* one act, at its moment */
	struct act act;
	int64_t at;
};
struct demo_tale {
	struct demo_told *items; /* malloc'ed; their texts lie in the arena of the call */
	size_t n, cap;
	size_t refused; /* what the rulebook did not allow, and was left out */
};

/* Appends what happened to whistle `index` before `now`; it begins at `when`.  incident: one that it
 * is blown from, there at that moment; nil: none.  Nothing when the profile has no summonses. */
void demo_whistle(struct demo *demo, const struct demo_people *people, uint64_t index, int64_t when,
		  int64_t now, const struct uuid *incident, struct arena *arena,
		  struct demo_tale *tale);
void demo_tale_sort(struct demo_tale *tale); /* by time; what is of one moment stays in order */

#endif
