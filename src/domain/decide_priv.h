/* What the files of decide share: one act being decided. */
#ifndef ZHIBAN_DOMAIN_DECIDE_PRIV_H
#define ZHIBAN_DOMAIN_DECIDE_PRIV_H

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
void draft_enter(struct draft *draft, const struct step *step); /* as it stands: no level */
const struct level *incident_level(const struct incident *incident); /* the newest, or NULL */
/* Goes to a step: up, when it is of a higher tier than the present one. */
void draft_go(struct draft *draft, const struct step *step);
/* Keeps where it is as a level: it stays in the step `stay` and goes on in `back`.  Live parts wait
 * there as past ones; seat and holder are left to the caller. */
void draft_push(struct draft *draft, const char *stay, const char *back);
/* Takes the newest level away again and goes on there (`back`, or where it stayed), with its seat, its
 * holder and its parts.  ERR_REFUSED when there is none. */
enum err draft_pop(struct draft *draft, bool again, struct error *err) MUST_CHECK;

/* What follows from this act for another incident: an act of the same actor, to be given arguments
 * with draft_follow_give; the pointer is good until the next call. */
struct act *draft_follow(struct draft *draft, const char *verb, const struct uuid *incident);
void draft_follow_give(struct draft *draft, struct act *follow, const char *arg, const char *text);

/* The organisation of words, that is there at the moment of the act; NULL with the sentence in err. */
const struct org *draft_org_named(const struct draft *draft, const char *words, struct error *err);
/* Who is competent by the duty list for what it is and where (decide_register.c). */
void draft_duty(struct draft *draft);

/* On behalf (decide_behalf.c): recorded by decide itself after the handler, for every act. */
void draft_behalf(struct draft *draft);

/* Clocks (decide_clocks.c).
 *
 * Coming into a step stops the clocks of the one before, ends a pause, and starts those of the new
 * one.  A side clock with verbs that stop it runs on from step to step until one of them, or until
 * the case is closed; one without ends with its step, but runs on while the case is in a loop above.
 *
 * A clock starts when its organisation can know of it: at the act's own moment (eff) if the actor or
 * whom he had on the telephone is of it (one below is as far away as any), else not before the server
 * has the act (recv). */
/* It has come into the step (after->step): stops the clocks of the old, starts the new. */
void draft_clock_enter(struct draft *draft, const struct step *step);
/* The act was done and the step stays: stops what the verb stops, starts what it starts; of shares
 * only the clocks about draft->share.  One that is dead or has done what stops its clock has none any
 * more, one that is asked, or asked again, has its own. */
void draft_clock_act(struct draft *draft);
/* A share began, or began again, in a step that stays: its clocks run from now. */
void draft_clock_share(struct draft *draft, const struct part *part);
/* Nobody asks for that child any more: what runs about it stops. */
void draft_clock_drop(struct draft *draft, const struct uuid *about);
/* A clock beside the flow, not in the incident's own due: it stands in no pause, stays when the case
 * is closed, and ends by draft_clock_drop.  Returns when it is due, 0 without a limit. */
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
bool clock_is_beside(const struct clock *clock); /* beside the flow: no step started it */
/* Gives it the limit that applies from its start; false when none applies. */
bool draft_fit(struct draft *draft, struct clock *clock, const struct clock_rule *rule);
/* Its due by limit, pauses and extensions; on the shelf it has none.  Marks that lie ahead again,
 * because it has more time, are passed anew. */
void draft_compute(struct draft *draft, struct clock *clock);
int64_t draft_known(const struct draft *draft, const char *org); /* when it can know of this act */

/* Handlers of the acts: rows of handlers[] in decide.c; several of one verb run in that order.  What a
 * handler does not enter itself (draft_enter, draft_go, draft_pop), the flow's row does after it. */
typedef enum err apply_fn(struct draft *draft, struct error *err);
enum err draft_first(const struct draft *draft, struct error *err) MUST_CHECK;
apply_fn apply_register, apply_fix;
apply_fn apply_assign, apply_coassign, apply_summon, apply_recall; /* decide_assign.c */
apply_fn apply_sign, apply_contact, apply_arrive, apply_handle, apply_verify, apply_rework,
	apply_return, apply_share_reply; /* decide_share.c */
apply_fn apply_accept, apply_decline, apply_refer, apply_transfer, apply_outcome, apply_escalate,
	apply_feedback, apply_callback, apply_close, apply_rate, apply_archive, apply_reopen,
	apply_ack; /* decide_acts.c */
apply_fn apply_countersign; /* decide_behalf.c */
apply_fn apply_dispatch, apply_arrive_force, apply_depart, apply_scene, apply_attach; /* decide_scene.c */
apply_fn apply_call, apply_call_later; /* decide_call.c */
apply_fn apply_merge, apply_unmerge, apply_absorb, apply_release, apply_follow,
	apply_relate; /* decide_merge.c */
apply_fn apply_urge, apply_supervise, apply_respond, apply_lift, apply_instruct, apply_hard,
	apply_propose; /* decide_supervise.c */
apply_fn apply_notify, apply_receipt; /* decide_notice.c */

/* The jurisdiction's own (decide_own.c), its mode (decide_mode.c). */
enum err decision_of(const void *before, const void *after, struct arena *arena, const char *note,
		     struct decision *ret_decision) MUST_CHECK; /* the one effect between them */
enum err decide_person(const struct rules *rules, const struct state *state, const struct act *act,
		       struct arena *arena, struct decision *ret_decision,
		       struct error *err) MUST_CHECK;
enum err decide_profile(const struct state *state, const struct act *act,
			const struct moment *moment, struct arena *arena,
			struct decision *ret_decision, struct error *err) MUST_CHECK;
enum err decide_mode(const struct rules *rules, const struct state *state, const struct act *act,
		     const struct moment *moment, struct arena *arena,
		     struct decision *ret_decision, struct error *err) MUST_CHECK;

/* Cases that are carried over when the rules change (decide_carry.c). */
enum err apply_carry(struct draft *draft, struct error *err) MUST_CHECK;

/* Pauses and the shelf (decide_pause.c), extensions (decide_extend.c), time marks (decide_fire.c). */
apply_fn apply_pause, apply_resume, apply_shelve, apply_unshelve;
struct pause *incident_pause(const struct incident *incident, int64_t at); /* in force, or NULL */
void draft_end_pauses(struct draft *draft);
apply_fn apply_extend_ask, apply_extend_ok, apply_extend_no, apply_fire, apply_waive;

#endif
