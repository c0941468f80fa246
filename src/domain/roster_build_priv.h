/* Inside the generator: an answer that is being worked on. */
#ifndef ZHIBAN_DOMAIN_ROSTER_BUILD_PRIV_H
#define ZHIBAN_DOMAIN_ROSTER_BUILD_PRIV_H

#include "zhiban/base/arena.h"
#include "zhiban/domain/roster_build.h"

enum { WHOLE_DUTY = 2, WEEK_DAYS = 7 }; /* in halves */

struct stint { /* a duty of a person: of a seat, or outside */
	int64_t starts, ends;
	int seat; /* -1: outside */
	bool night, phone, elsewhere;
};
struct stints { /* by beginning */
	struct stint *items;
	int n;
	int in_month;
};
struct build_group {
	int n;			/* people */
	int64_t total[MEASURES]; /* when every open seat is filled */
	int target[MEASURES];	/* the fair share */
};

/* Everything that no move changes. */
struct build_frame {
	const struct build_problem *problem;
	struct arena *arena;
	bool *may;		  /* [seat * n_people + person], of open seats */
	int (*gives)[MEASURES];	  /* of each seat */
	int *group;		  /* of each person; -1: in none */
	struct build_group *groups;
	int n_groups;
	int *open;		  /* the seats that are to be filled */
	int n_open;
	int32_t first;		  /* day of the first cell of the tables by day, and how many */
	int days;
};
/* An answer with what it says of everybody. */
struct build_state {
	const struct build_frame *frame;
	int *who;
	struct stints *duties;	  /* of each person */
	uint8_t *nights, *busy;	  /* [person * days + day]: nights, and duties that count for a week */
	int (*value)[MEASURES];	  /* carried over included */
	int gaps, spare, moved;
	int64_t unfair;
};

int build_common(int a, int b); /* the greatest common divisor; 0 divides by nothing */
struct build_frame *frame_new(const struct build_problem *problem, struct arena *arena);
/* With the fixed seats alone. */
struct build_state *state_new(const struct build_frame *frame);
void state_load(struct build_state *state, const int *who); /* what fits of it */
void state_copy(struct build_state *to, const struct build_state *from);
bool state_is_open(const struct build_frame *frame, int seat);
/* Whether a person could stand there besides what he stands; of one that is filled, too. */
bool state_fits(const struct build_state *state, int seat, int person);
void state_put(struct build_state *state, int seat, int person); /* an empty one */
void state_take(struct build_state *state, int seat);
/* What it costs that he stands there beside the rest: unfair, more or less. */
int64_t state_delta(const struct build_state *state, int seat, int person, int sign);
void state_score(const struct build_state *state, struct build_score *ret_score);
/* Which rule keeps a person away from a seat as things are: BREACHES, none. */
enum breach state_breach(const struct build_state *state, int seat, int person);

/* What stands in the way of two duties of one person, were the second added: BREACHES, nothing. */
enum breach stints_clash(const struct build_problem *problem, const struct stint *a,
			 const struct stint *b);
struct stint stint_of_seat(const struct build_problem *problem, int seat);

/* A number below n, of a state of its own (splitmix64). */
uint32_t build_below(uint64_t *random, uint32_t n);

/* Fills what is empty as well as it goes, by giving others' duties away; roster_repair.c. */
void state_repair(struct build_state *state, uint64_t *random, const struct build_watch *watch);
bool build_is_over(const struct build_watch *watch);

/* ---- bounds (roster_bound.c) ---- */
struct build_bound {
	int64_t unfair;
	int spread;
};
/* What no answer with at most so many seats left empty can fall below, in no time: each measure by
 * itself, shared out like water. */
void bound_quick(const struct build_frame *frame, int empty, struct build_bound *ret_bound);
/* The same by a program over how many duties of each kind everybody has: all measures together.
 * ERR_OK with a bound that may be the old one when stopped. */
enum err bound_program(const struct build_frame *frame, int empty, const struct build_watch *watch,
		       struct build_bound *bound, struct error *err) MUST_CHECK;
/* How many duties a person can stand at most beside what is fixed, and of each measure. */
void bound_most(const struct build_frame *frame, int person, int most[MEASURES], int *ret_duties);

/* ---- neighbourhoods (roster_mip.c) ---- */
/* Frees the duties of some people and deals them out anew, the best way there is.  *ret_better: it is
 * another answer now, and better. */
enum err program_round(struct build_state *state, uint64_t *random, int people,
		       const struct build_watch *watch, bool *ret_better, struct error *err)
	MUST_CHECK;

#endif
