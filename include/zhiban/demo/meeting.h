/* Invented joint meetings: hard cases that the profile's rules put to the meeting, meetings of the
 * past with their minutes and tasks, one that is called, one that is drawn up; a village's
 * resolution where the profile has stages.
 *
 * Each act is played through the rulebook while it is made, in the order of time of what it is done
 * to, so that what comes out is what the server admits. */
#ifndef ZHIBAN_DEMO_MEETING_H
#define ZHIBAN_DEMO_MEETING_H

#include "zhiban/demo/whistle.h"

enum { DEMO_HARD_CASES = 30 }; /* candidates at the demo's present, and no meeting has them */

/* How many of so many incidents are hard cases. */
int64_t demo_hard(int64_t incidents);

/* Appends all of it before `now`, with so many hard cases: first those of the meetings, then the
 * candidates.  What organisations would do next (answer, hand in, sign for tasks
 * and feed them back) is appended to ret_next, by time; NULL: nobody asks.  Nothing when the profile
 * has no series of meetings. */
void demo_meetings(struct demo *demo, const struct demo_people *people, int64_t hard,
		   int64_t now, struct arena *arena, struct demo_tale *tale,
		   struct demo_tale *ret_next);

#endif
