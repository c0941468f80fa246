/* The lives of recent cases: who did what, when, up to now. */
#ifndef ZHIBAN_DEMO_LIFE_H
#define ZHIBAN_DEMO_LIFE_H

#include "zhiban/demo/course.h"
#include "zhiban/demo/generate.h"

struct demo_person {
	const char *name, *org, *role, *post, *phone;
};

struct demo_people {
	const struct demo_person *items;
	size_t n;
	size_t heads; /* from here on leaders of streets, who only approve and countersign */
};

/* The officers of a jurisdiction: eight duty officers, a chief and the leader on duty at the
 * centre, two officers and a chief at each other organisation that runs a loop, clerks at units and
 * streets: two each, where there are very many one, and at each street the leader who approves its
 * whistles.  The first is the demo's own duty officer. */
void demo_people_make(struct demo *demo, struct arena *arena, struct demo_people *ret_people);
/* One officer of an organisation (its first when chance says nothing), none of the leaders; or NULL. */
const struct demo_person *demo_person_of(struct demo *demo, const struct demo_people *people,
					 const char *org);

/* The leader of a street, or NULL. */
const struct demo_person *demo_head_of(const struct demo_people *people, const char *org);

struct demo_move { /* one act in one life */
	uint64_t index;	  /* of the case */
	int64_t reported; /* when the case was */
	int64_t at;
	const char *verb;
	struct demo_leg leg; /* of the course; empty for register */
	int64_t base;	     /* version before it */
};

struct demo_moves {
	struct demo_move *items;
	size_t n, cap;
};

/* Appends the moves of case `index`, reported at `when`, that happened before `now`; the first is
 * register.  items is malloc'ed: free(moves->items). */
void demo_life(struct demo *demo, uint64_t index, int64_t when, int64_t now,
	       struct demo_moves *moves);
void demo_moves_sort(struct demo_moves *moves); /* by time */

/* The act of a move, as its officer would send it. */
void demo_move_act(struct demo *demo, const struct demo_people *people,
		   const struct demo_move *move, struct arena *arena, struct act *ret_act);

#endif
