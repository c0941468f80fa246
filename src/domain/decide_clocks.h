/* How an act starts and stops clocks; included by decide_priv.h. */
#ifndef ZHIBAN_DOMAIN_DECIDE_CLOCKS_H
#define ZHIBAN_DOMAIN_DECIDE_CLOCKS_H

#include "zhiban/domain/decide.h"

struct draft;

/* Clocks (decide_clocks.c).
 *
 * Coming into a step stops the clocks of the one before, ends a pause, and starts those of the new
 * one.  A side clock with verbs that stop it runs on from step to step until one of them, or until
 * the case is closed; one without ends with its step, but runs on while the case is in a loop
 * above.
 *
 * A clock starts when its organisation can know of it: at the act's own moment (eff) if the actor
 * or whom he had on the telephone is of it (one below is as far away as any), else not before the
 * server has the act (recv). */
/* It has come into the step (after->step): stops the clocks of the old, starts the new. */
void draft_clock_enter(struct draft *draft, const struct step *step);
/* The act was done and the step stays: stops what the verb stops, starts what it starts; of shares
 * only the clocks about draft->share.  One that is dead or has done what stops its clock has none
 * any more, one that is asked, or asked again, has its own. */
void draft_clock_act(struct draft *draft);
/* A share began, or began again, in a step that stays: its clocks run from now. */
void draft_clock_share(struct draft *draft, const struct part *part);
/* Nobody asks for that child any more: what runs about it stops. */
void draft_clock_drop(struct draft *draft, const struct uuid *about);
/* A clock beside the flow, not in the incident's own due: it stands in no pause, stays when the
 * case is closed, and ends by draft_clock_drop.  Returns when it is due, 0 without a limit. */
int64_t draft_clock_side(struct draft *draft, const char *kind, const struct uuid *about,
			 const char *org, const struct limit *limit);
/* The same to a date that somebody set; about may be NULL. */
void draft_clock_until(struct draft *draft, const char *kind, const struct uuid *about,
		       const char *org, int64_t due);
/* The review of a shelved case, its own due meanwhile. */
void draft_clock_review(struct draft *draft, const char *org, int64_t due);
void draft_refit(struct draft *draft); /* what limits are chosen by changed: new limits, old starts */
void draft_redue(struct draft *draft); /* the dues by what is stored: a pause or a calendar changed */
void draft_due(struct draft *draft);   /* the incident's own due, and whether an extension is asked */
/* Of one clock (decide_limit.c). */
/* Gives it the limit that applies from its start; false when none applies. */
bool draft_fit(struct draft *draft, struct clock *clock, const struct clock_rule *rule);
/* The same for a clock beside the flow that has one limit: that, or the mode's if it is sooner. */
void draft_fit_beside(struct draft *draft, struct clock *clock, const struct limit *limit);
/* Its due by limit, pauses and extensions; on the shelf it has none.  Marks that lie ahead again,
 * because it has more time, are passed anew. */
void draft_compute(struct draft *draft, struct clock *clock);
int64_t draft_known(const struct draft *draft, const char *org); /* when it can know of this act */

#endif
