/* The generator: a month of a roster, made by rotation and rules, fair by the ledger.
 *
 * A problem is plain data (who could stand in which open seat, what excludes what, what everybody has
 * stood before), made once by roster_problem and then independent of rules and entities, so that it can
 * be solved on a thread of its own.  The first answer (roster_first) is sound: it breaks no hard rule,
 * or says which seats cannot be filled and what stands in the way.  roster_better works on it until
 * told to stop; what no roster can fall below is said beside (bound). */
#ifndef ZHIBAN_DOMAIN_ROSTER_BUILD_H
#define ZHIBAN_DOMAIN_ROSTER_BUILD_H

#include "zhiban/domain/ledger.h"
#include "zhiban/domain/roster_check.h"

struct build_seat {
	struct need need;
	int fixed;	   /* who stands there and stays (index of staff); -1: to be filled */
	int was;	   /* who stands there now, for the diff; -1: nobody */
	const int *may;	   /* indexes of staff that no rule keeps away from this seat by itself */
	size_t n_may;
	int weight;	   /* duty_weight */
	bool night;
};
struct build_person {
	const struct staff *staff;
	int before;	/* weight carried over: the ledger's, less the least of all */
	int class_before[DAY_CLASSES];
	int nights_before;
	int most;	/* duties this month; INT_MAX: any */
	int turn;	/* place in the rotation at the beginning of the month */
};
struct build_problem {
	struct build_seat *seats; /* by beginning, then as roster_needs */
	size_t n_seats;
	struct build_person *people;
	size_t n_people;
	int rest_min, nights, week_most;
	int64_t from, to; /* the month, ms UTC */
	/* duties around the month and elsewhere that rest, nights in a row and overlaps look at */
	struct build_outside {
		int person;
		int64_t starts, ends;
		bool night, phone;
	} *outside;
	size_t n_outside;
};
enum build_keep { BUILD_FIXED, BUILD_SET }; /* what stays: only fixed seats, or all that are filled */
void roster_problem(const struct roster_view *view, const struct roster *const *history, size_t n,
		    int32_t from, int32_t to, enum build_keep keep, struct arena *arena,
		    struct build_problem *ret_problem);

struct build_score {
	int gaps;	   /* seats that could not be filled: before anything else */
	int spread;	   /* greatest less least weight, carried over included */
	int64_t unfair;	   /* sum of squares of the distances from the fair share, over weight and
			    * classes: what is made small */
	int moved;	   /* seats that stand otherwise than now: of two alike the one that moves less */
	int64_t bound;	   /* unfair can be no less; -1: not known yet */
	int spread_bound;
};
struct build_blocker { /* why a seat stays empty: the rule that keeps most away from it, and whom */
	size_t seat;
	enum breach breach;
	int kept; /* how many it keeps away */
};
struct build_answer {
	int *who; /* of each seat, index of people; -1: empty */
	struct build_score score;
	struct build_blocker *blockers;
	size_t n_blockers;
};
/* The plain rotation: in order, whoever is next and may; what fairness is compared with. */
void roster_rotation(const struct build_problem *problem, struct arena *arena,
		     struct build_answer *ret_answer);
/* The first answer: in order of rotation, the one with the least in his ledger first. */
void roster_first(const struct build_problem *problem, struct arena *arena,
		  struct build_answer *ret_answer);
/* Makes it better by exchanges, seeded, until stop says so or nothing is found; never worse, never a
 * rule broken. */
typedef bool (*build_stop_fn)(void *ctx); /* asked often; true: enough */
void roster_better(const struct build_problem *problem, uint64_t seed, build_stop_fn stop, void *ctx,
		   struct build_answer *answer);
/* Whether an answer breaks no hard rule; else the first seat that does and why. */
bool build_sound(const struct build_problem *problem, const struct build_answer *answer,
		 size_t *ret_seat, enum breach *ret_breach);
void build_score(const struct build_problem *problem, const struct build_answer *answer,
		 struct build_score *ret_score);

#endif
