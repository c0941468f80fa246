/* The generator: a month of a roster, made by rotation and rules, fair by the ledger.
 *
 * A problem is plain data (who could stand in which open seat, what excludes what, what everybody has
 * stood before), made once by roster_problem and then independent of rules and entities, so that it can
 * be solved on a thread of its own.  The first answer (roster_first) is sound: it breaks no hard rule,
 * or says which seats cannot be filled and what stands in the way.  roster_build works on it until
 * told to stop; what no roster can fall below is said beside (bound).
 *
 * People who may stand in the same seats, one through the other, are a group: what is fair is compared
 * within it.  Who may stand nowhere this month is in none. */
#ifndef ZHIBAN_DOMAIN_ROSTER_BUILD_H
#define ZHIBAN_DOMAIN_ROSTER_BUILD_H

#include "zhiban/domain/ledger.h"
#include "zhiban/domain/roster_check.h"

/* What is shared fairly: the weight of the ledger, duties of each class of day, nights; in halves. */
enum build_measure {
	MEASURE_WEIGHT,
	MEASURE_CLASS,
	MEASURE_NIGHTS = MEASURE_CLASS + DAY_CLASSES,
	MEASURES
};

struct build_seat {
	struct need need;  /* post and shift are copies, in the problem's arena */
	int fixed;	   /* who stands there and stays (index of people); -1: to be filled */
	int was;	   /* who stands there now, for the diff; -1: nobody */
	bool shut;	   /* stays as it is: it has begun; fixed, or empty (no gap) */
	const int *may;	   /* indexes of people that no rule keeps away from this seat by itself */
	size_t n_may;
	enum day_class cls;
	int weight;	   /* duty_weight */
	bool night, phone, standby;
	int kept[BREACHES]; /* how many people a rule keeps away from it by itself */
};
struct build_person {
	const struct staff *staff;
	int before;	/* weight carried over: the ledger's, less the least of all */
	int class_before[DAY_CLASSES]; /* halves, likewise */
	int nights_before;
	int most;	/* duties this month; INT_MAX: any */
	int turn;	/* place in the rotation at the beginning of the month */
};
struct build_problem {
	struct build_seat *seats; /* by beginning, then as roster_needs */
	size_t n_seats;
	struct build_person *people; /* in the order of rotation */
	size_t n_people;
	int rest_min, nights, week_most;
	int64_t from, to; /* the month, ms UTC */
	/* duties around the month and elsewhere that rest, nights in a row and overlaps look at */
	struct build_outside {
		int person;
		int32_t day;
		int64_t starts, ends;
		bool night, phone;
		bool elsewhere; /* another roster's: only overlaps count */
	} *outside;
	size_t n_outside;
};
enum build_keep { BUILD_FIXED, BUILD_SET }; /* what stays: only fixed seats, or all that are filled and
					     * break no rule by themselves (a sick man's do) */
struct build_ask {
	const struct roster *const *history; /* of this plan, in the order of months, as for the ledger;
					      * none of the month itself */
	size_t n_history;
	int32_t from, to;     /* civil days: the month, whole */
	enum build_keep keep;
	int64_t frozen;	      /* seats that begin before it stay as they are: now; 0: none */
	const struct uuid *pledged; /* turns that an open swap speaks of: they stay, too */
	size_t n_pledged;
};
/* What there is to do, in the arena; the staff is borrowed, the rest is its own. */
void roster_problem(const struct roster_view *view, const struct build_ask *ask, struct arena *arena,
		    struct build_problem *ret_problem);

struct build_score { /* compared in this order: gaps, spare, unfair, moved */
	int gaps;	 /* seats that could not be filled */
	int spare;	 /* empty ones that may be: standby */
	int spread;	 /* greatest less least weight within a group, carried over included */
	int64_t unfair;	 /* sum of squares of the distances from the fair share, over all measures: what
			  * is made small */
	int moved;	 /* seats that stand otherwise than now: of two alike the one that moves less */
	int64_t bound;	 /* with so few gaps, unfair can be no less; -1: not known yet */
	int spread_bound; /* nor spread; -1 */
};
/* Negative: a is better. */
int build_compare(const struct build_score *a, const struct build_score *b);
struct build_blocker { /* why a seat stays empty: the rule that keeps most away from it, and whom */
	size_t seat;
	enum breach breach; /* BREACH_GAP: there is nobody at all */
	int kept;	    /* how many it keeps away */
	int people;	    /* of so many */
};
struct build_answer {
	int *who; /* of each seat, index of people; -1: empty */
	struct build_score score;
	struct build_blocker *blockers; /* of each gap; made by build_blockers */
	size_t n_blockers;
};
/* The plain rotation: in order, whoever is next and may; what fairness is compared with. */
void roster_rotation(const struct build_problem *problem, struct arena *arena,
		     struct build_answer *ret_answer);
/* The first answer: in order of rotation, the one with the least in his ledger first; repaired, with
 * blockers.  Takes milliseconds. */
void roster_first(const struct build_problem *problem, struct arena *arena,
		  struct build_answer *ret_answer);

enum build_phase { BUILD_FIRST, BUILD_EXCHANGES, BUILD_BOUND, BUILD_PROGRAM, BUILD_OVER };
typedef bool (*build_stop_fn)(void *ctx); /* asked often; true: enough */
struct build_watch {
	void *ctx;
	build_stop_fn stop; /* NULL: never */
	/* on the thread that builds; answer: the best so far, valid during the call.  May be NULL. */
	void (*tell)(void *ctx, enum build_phase phase, const struct build_answer *answer);
	uint64_t seed;
	size_t rounds; /* not 0: at most so many of each kind: the same answer each time */
};
/* Makes an answer better by exchanges, seeded, until stop says so or nothing is found; never worse,
 * never a rule broken. */
void roster_better(const struct build_problem *problem, const struct build_watch *watch,
		   struct build_answer *answer);
/* All of it: first answer, exchanges, bound, then neighbourhoods solved as mixed-integer programs.
 * Failure of the solver leaves the best so far in ret_answer, and says so. */
enum err roster_build(const struct build_problem *problem, const struct build_watch *watch,
		      struct arena *arena, struct build_answer *ret_answer, struct error *err)
	MUST_CHECK;

/* Whether an answer breaks no hard rule; else the first seat that does and why. */
bool build_sound(const struct build_problem *problem, const struct build_answer *answer,
		 size_t *ret_seat, enum breach *ret_breach);
void build_score(const struct build_problem *problem, const struct build_answer *answer,
		 struct build_score *ret_score); /* bounds: -1 */
void build_blockers(const struct build_problem *problem, struct arena *arena,
		    struct build_answer *answer);

#endif
