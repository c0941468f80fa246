/* A month of a roster reckoned on a thread of its own (domain/roster_build.h), so that neither
 * screen nor network waits for it.
 *
 * A reckon belongs to who made it; the worker, asked by ASK_RECKON, starts its thread and holds on
 * to it too (reckon_ref), joins the thread when another is asked for and at its own end, and puts
 * TELL_RECKON into the face's queue when there is something to look at.  Without a worker:
 * reckon_start, or reckon_run on the thread that calls.  What is looked at is a value: copies, never
 * the thread's own state.  The problem is plain data of the reckon's own, and stays as it is
 * whatever becomes of the cache or the profile. */
#ifndef ZHIBAN_CLIENT_RECKON_H
#define ZHIBAN_CLIENT_RECKON_H

#include "zhiban/client/roster.h"
#include "zhiban/domain/roster_build.h"

enum { RECKON_LIMIT_MS = 20 * 1000 };
struct reckon;
struct reckon_options {
	const char *org;
	const struct roster_plan *plan;
	const char *month;	/* "2026-12" */
	enum build_keep keep;
	int64_t limit_ms;	/* by the steady clock; 0: RECKON_LIMIT_MS */
	uint64_t seed;
	size_t rounds;		/* not 0: so many rounds, whatever the time: the same each time */
};
/* Reads the month, the people and the ledger as shown now.  Nothing runs yet.  ERR_NOT_FOUND: nobody is
 * there to be put in it. */
enum err reckon_new(struct client *client, const struct reckon_options *options,
		    struct reckon **ret_reckon, struct error *err) MUST_CHECK;
/* Of a problem that is there; arena is taken over and holds all of it. */
struct reckon *reckon_of(struct arena *arena, const struct build_problem *problem,
			 const struct reckon_options *options);
struct reckon *reckon_ref(struct reckon *reckon);
/* The last one stops it, and waits for its thread: not long.  Takes NULL. */
void reckon_unref(struct reckon *reckon);

/* On a thread of its own.  wake: called on that thread when there is something new to look at, at most
 * ten times a second, and at the end; may be NULL. */
typedef void (*reckon_wake_fn)(void *ctx);
enum err reckon_start(struct reckon *reckon, reckon_wake_fn wake, void *ctx, struct error *err)
	MUST_CHECK;
void reckon_run(struct reckon *reckon);	 /* here, to the end */
void reckon_stop(struct reckon *reckon); /* enough; returns at once, the best so far stays */
void reckon_join(struct reckon *reckon); /* stops it and waits; only who started it */

enum reckon_state {
	RECKON_READY,	/* not begun */
	RECKON_RUNNING,
	RECKON_BEST,	/* no roster is better: proven */
	RECKON_ENDED,	/* the time is over, or nothing better was found */
	RECKON_STOPPED, /* was told to */
	RECKON_FAILED,	/* the solver broke off: the best so far stands; failure says why */
};
struct reckon_progress {
	enum reckon_state state;
	enum build_phase phase; /* roster_build.h: what it does now */
	struct build_score rotation, first, best; /* bound and spread_bound stand in best */
	int64_t elapsed_ms, limit_ms;
	unsigned answers; /* grows with each better one */
	char failure[160];
};
void reckon_look(struct reckon *reckon, struct reckon_progress *ret_progress); /* any thread */
const struct build_problem *reckon_problem(const struct reckon *reckon);
/* Who would stand in each seat by the best answer so far; blockers too when it has ended.  In the
 * arena. */
void reckon_best(struct reckon *reckon, struct arena *arena, struct build_answer *ret_answer);

/* ---- what it would change, and doing it ---- */

struct reckon_change {
	const struct build_seat *seat; /* its need: day, shift, post, seat */
	const struct staff *was, *now; /* NULL: nobody */
};
/* The seats that stand otherwise than when it began, in order. */
void reckon_changes(const struct reckon *reckon, const struct build_answer *answer,
		    struct arena *arena, struct reckon_change **ret_changes, size_t *ret_n);
/* The ledger as it would be: weight before and after the month, of each person of the problem. */
struct reckon_share {
	const struct staff *staff;
	int before, after;   /* weight; before: carried over, less the least of all */
	int duties, nights;  /* of the month */
	int halves[DAY_CLASSES]; /* of the month */
};
void reckon_shares(const struct reckon *reckon, const struct build_answer *answer,
		   struct arena *arena, struct reckon_share **ret_shares, size_t *ret_n);
/* Does the act `roster` with these changes, score and bound.  despite: why a rule may be broken that
 * the fixed seats break already; NULL: no reason.  ERR_NOT_FOUND: there is nothing to change. */
enum err reckon_save(struct client *client, const struct reckon *reckon,
		     const struct build_answer *answer, const char *despite,
		     struct client_done *ret_done, struct error *err) MUST_CHECK;

#endif
