/* What the files of decide share: one act being decided. */
#ifndef ZHIBAN_DOMAIN_DECIDE_PRIV_H
#define ZHIBAN_DOMAIN_DECIDE_PRIV_H

#include "decide_clocks.h"
#include "decide_handlers.h"
#include "zhiban/domain/decide.h"

/* The state before stays as it is; handlers write into `after`, and the effect is the difference.
 * So whatever a handler does, evolve gives exactly what it wrote. */
struct draft {
	const struct rules *rules;
	const struct state *state;
	const struct act *act;
	int64_t eff;
	int64_t recv; /* when the server has it: from then on all others can know */
	const struct incident *before; /* an empty one for register */
	struct incident *after;
	const struct step *from;     /* the step it is in; NULL: none, or not in the profile */
	const struct flow_act *flow; /* the row of the present step; NULL: a share of its own */
	struct uuid share; /* the part this act is done to; nil: to the incident as a whole */
	bool stays;	   /* a handler: where the row leads is not taken, others are not as far */
	bool entered;	   /* it has come into a step by this act (draft_enter) */
	unsigned n_parts;  /* shares it has added */
	struct arena *arena;
	const char *note; /* what was merged, for the decision */
	bool again;	  /* an idempotent act that was done before: nothing is left to change */
	struct act *follow; /* as in struct decision */
	size_t n_follow, cap_follow;
	unsigned n_clocks; /* started by this act */
};

/* May this actor do this to this incident?  act NULL: asked without arguments. */
struct ask {
	const struct rules *rules;
	const struct incident *incident; /* NULL: not registered yet */
	const struct act_desc *desc;
	const struct actor *actor;
	const struct act *act;
	const char *mode; /* in force, or NULL */
	int64_t eff;	  /* 0: asked without a moment */
	const struct part *share; /* for the guards: the part it is done to, or NULL */
};
struct leave { /* what ask_allowed found */
	const struct flow_act *flow; /* NULL: an assisting department signs for its own share */
	const struct part *share;    /* the part it is done to, or NULL */
};
/* decide_allowed.c */
enum err ask_allowed(const struct ask *ask, struct leave *ret_leave, struct error *err) MUST_CHECK;
bool actor_is_system(const struct actor *actor);
/* What his role alone forbids, whatever the step.  ERR_DENIED. */
enum err actor_may_write(const struct rules *rules, const struct actor *actor,
			 const struct act_desc *desc, struct error *err) MUST_CHECK;
/* The organisation as which the actor acts: that of by_phone, else his own. */
const char *ask_org(const struct ask *ask);
const char *draft_org(const struct draft *draft);
struct ask draft_ask(const struct draft *draft); /* to ask again, of the state before */
/* He has the role or a higher one; or it was said by telephone by somebody who has (by_phone.role),
 * and the actor is an officer of the centre or the seat, of the role duty at least. */
bool ask_role(const struct ask *ask, const char *role);
/* The organisation that should do an act of `who`, for one that acts as `acting`: the share's, the
 * holder, the seat …; NULL: any. */
const char *who_should(const struct rules *rules, const struct incident *incident, enum who who,
		       const struct part *share, const char *acting);
enum err guard_check(const struct ask *ask, const struct guard_use *use, struct error *err)
	MUST_CHECK;

/* Shares (decide_share.c).  A share is a live part: neither past nor returned. */
/* The part that this act is done to, in `after`: in a step that works by shares the one that was
 * found (ask_share), in others that of the actor's organisation, or the lead's for whoever acts for
 * the holder; NULL when there is none. */
struct part *draft_share(struct draft *draft);
/* Which share of a step with shares: the argument `share`, else by_phone.org, else the actor's
 * organisation, else the only one that the act can be done to.  NULL: of all, or asked without
 * arguments.  ERR_REFUSED with the list. */
enum err ask_share(const struct ask *ask, const struct step *step, enum who who,
		   const struct part **ret_part, struct error *err) MUST_CHECK;
const struct part *ask_part(const struct ask *ask, enum who who); /* in other steps; or NULL */
/* Whether all live shares, one at least, have had that done to them; true of an act that is not
 * done to shares. */
bool share_all_did(const struct incident *incident, const struct act_desc *desc);
struct part *incident_share(const struct incident *incident, const char *org); /* live, or NULL */
struct part *incident_lead(const struct incident *incident); /* the holder's live part, or NULL */
bool is_lead(const struct part *part);
/* A new live part; role: "lead", "assist", "summoned".  Its clocks run when a step is entered, or
 * with draft_clock_share. */
struct part *draft_part(struct draft *draft, const struct org *org, const char *role);

/* Moving (decide_move.c). */
const char *incident_seat(const struct rules *rules, const struct incident *incident);
/* The organisation itself or the nearest above it that is of a tier, or NULL. */
const char *org_of_tier(const struct rules *rules, const char *code, const char *tier);
/* Who runs a loop of that lower tier: the organisation of the tier which holds the case, or in
 * whose area it lies; NULL: nobody is known. */
const char *seat_below(const struct rules *rules, const struct incident *incident,
		       const char *tier);
void draft_enter(struct draft *draft, const struct step *step); /* as it stands: no level */
const struct level *incident_level(const struct incident *incident); /* the newest, or NULL */
/* Goes to a step: up, when it is of a higher tier than the present one. */
void draft_go(struct draft *draft, const struct step *step);
/* Keeps where it is as a level: it stays in the step `stay` and goes on in `back`.  Live parts wait
 * there as past ones; seat and holder are left to the caller. */
void draft_push(struct draft *draft, const char *stay, const char *back);
/* Takes the newest level away again and goes on there (`back`, or where it stayed), with its seat,
 * its holder and its parts.  ERR_REFUSED when there is none. */
enum err draft_pop(struct draft *draft, bool again, struct error *err) MUST_CHECK;

/* What follows from this act for another incident: an act of the same actor, to be given arguments
 * with draft_follow_give; the pointer is good until the next call. */
struct act *draft_follow(struct draft *draft, const char *verb, const struct uuid *incident);
void draft_follow_give(struct draft *draft, struct act *follow, const char *arg, const char *text);

/* The organisation of words, that is there at the moment of the act; NULL with the sentence in
 * err. */
const struct org *draft_org_named(const struct draft *draft, const char *words, struct error *err);
/* Who is competent by the duty list for what it is and where (decide_register.c). */
void draft_duty(struct draft *draft);

/* On behalf (decide_behalf.c): recorded by decide itself after the handler, for every act. */
void draft_behalf(struct draft *draft);

#endif
