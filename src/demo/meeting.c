/* Joint meetings, told in the order of time. */
#include <config.h>

#include "meeting_priv.h"

#include <stdlib.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

enum { MEETING_SALT = 0x4D454554, NEXT_DAYS = 30 };

static const struct meeting_series *staged(const struct rules *rules)
{
	for (size_t i = 0; i < rules->meetings.n_series; i++)
		if (rules->meetings.series[i].n_stages > 0)
			return &rules->meetings.series[i];
	return NULL;
}

int64_t demo_hard(int64_t incidents)
{
	return incidents / 4 < HARD_MOST ? incidents / 4 : HARD_MOST;
}

void demo_meetings(struct demo *demo, const struct demo_people *people, int64_t hard,
		   int64_t now, struct arena *arena, struct demo_tale *tale,
		   struct demo_tale *ret_next)
{
	const struct meeting_series *usual = rules_series_of(demo->rules, demo->rules->centre, 0);
	struct affairs *a;

	if (usual == NULL)
		return;
	a = mem_alloc(sizeof *a);
	*a = (struct affairs){
	    .book = {.demo = demo, .people = people, .now = now, .arena = arena, .tale = tale},
	    .now = now};
	demo_turn(demo, (uint64_t)MEETING_SALT << 32, now);
	hard_cases(a, hard);
	demo_turn(demo, ((uint64_t)MEETING_SALT << 32) + 1, now);
	meetings_past(a, usual);
	meetings_next(a, usual);
	if (staged(demo->rules) != NULL)
		village_resolution(a, staged(demo->rules));
	if (ret_next != NULL) {
		a->book.tale = ret_next;
		a->book.now = now + NEXT_DAYS * DAY_MS;
		demo_turn(demo, ((uint64_t)MEETING_SALT << 32) + 2, now);
		affairs_next(a);
	}
	free(a->book.things);
	free(a);
}
