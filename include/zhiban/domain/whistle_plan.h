/* What-if: who would have to come by when, if a whistle were issued this very minute, and what stands
 * in the way.
 *
 * Pure: the act as it would be sent (its arguments so far, its actor, the call), the moment, the mode.
 * The same checks and the same clocks as when it is done; but all problems are told, not the first
 * alone. */
#ifndef ZHIBAN_DOMAIN_WHISTLE_PLAN_H
#define ZHIBAN_DOMAIN_WHISTLE_PLAN_H

#include "zhiban/domain/rules.h"
#include "zhiban/domain/whistle.h"

struct plan_row { /* one clock of a department, or of the leader or the centre before */
	const char *org;
	enum summons_clock clock;
	const char *label; /* of the clock, as the profile has it */
	const char *limit; /* "4h", or NULL: the date was stated */
	int64_t due;	   /* ms UTC */
	bool provisional;  /* the calendar is not known that far */
	const char *explain; /* each day counted and skipped; lines of text */
};

struct whistle_plan {
	const struct summons *summons; /* NULL: no kind of whistle can be meant; then only problems */
	const struct summons_class *cls;
	enum whistle_step next; /* where it goes when it is handed in: APPROVE, CHECK, ISSUED */
	const char *approver;	/* with APPROVE: who, in words */
	const char *come;	/* who must come, in words, or NULL */
	int64_t least, most;	/* between which the report-in time may be stated; both 0: it is not */
	struct plan_row *rows;	/* APPROVE and CHECK first, then department by department */
	size_t n_rows;
	const char **problems; /* sentences: what would be refused */
	size_t n_problems;
};

/* act: "blow", or of a whistle that is there "revise", "submit", "issue"; whistle NULL for blow.  All
 * is in the arena. */
void whistle_plan(const struct rules *rules, const struct whistle *whistle, const struct act *act,
		  const char *mode, int64_t now, struct arena *arena,
		  struct whistle_plan *ret_plan);

#endif
