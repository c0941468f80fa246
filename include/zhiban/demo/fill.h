/* Filling a new server with a demo's past, and keeping it alive afterwards. */
#ifndef ZHIBAN_DEMO_FILL_H
#define ZHIBAN_DEMO_FILL_H

#include "zhiban/demo/life.h"
#include "zhiban/server/service.h"

struct demo_plan {
	uint64_t seed;
	int64_t incidents; /* in all; the latest of them are told act by act, the others as history */
	int64_t now;	   /* the demo's present, ms UTC */
	void (*progress)(void *ctx, int64_t done, int64_t all); /* NULL: nobody looks */
	void *ctx;
};

/* Officers first, then history, then the lives of the last three days in the order of time.
 * ERR_CORRUPT when the server refused what the rulebook should allow. */
enum err demo_fill(struct service *service, struct demo *demo, const struct demo_plan *plan,
		   struct error *err) MUST_CHECK;
/* How many of a plan's incidents have lives, and the index of the first of them: before it is history,
 * beside both are the hard cases of meetings (demo_hard). */
int64_t demo_living(int64_t incidents);
int64_t demo_first_living(int64_t incidents);
/* When the i-th of those was reported. */
int64_t demo_living_at(const struct demo_plan *plan, int64_t i);

/* Traffic: now and then a new case, or the next act of a living one. */
struct traffic;
struct traffic *traffic_new(struct service *service, struct demo *demo,
			    const struct demo_plan *plan);
void traffic_free(struct traffic *traffic);
/* Does what is due at `now`; cheap when nothing is. */
enum err traffic_tick(struct traffic *traffic, int64_t now, struct error *err) MUST_CHECK;

#endif
