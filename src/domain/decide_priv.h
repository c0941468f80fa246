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
	const struct flow_act *flow; /* the row of the present step; NULL: a share of its own */
	struct arena *arena;
	const char *note; /* what was merged, for the decision */
	bool again;	  /* an idempotent act that was done before: nothing is left to change */
	struct act *follow; /* as in struct decision */
	size_t n_follow, cap_follow;
	struct uuid share; /* id of the part that the act was done to; nil: to no share */
	bool entered;	   /* a step was entered */
	unsigned n_clocks; /* started by this act */
};

/* May this actor do this to this incident?  act NULL: asked without arguments.  ret_flow gets the
 * row of the flow, or NULL for an assisting department that signs for its own share. */
struct ask {
	const struct rules *rules;
	const struct incident *incident; /* NULL: not registered yet */
	const struct act_desc *desc;
	const struct actor *actor;
	const struct act *act;
	const char *mode; /* in force, or NULL */
	int64_t eff;	  /* 0: asked without a moment */
};
enum err ask_allowed(const struct ask *ask, const struct flow_act **ret_flow, struct error *err)
	MUST_CHECK;
enum err guard_check(const struct ask *ask, const struct guard_use *use, struct error *err)
	MUST_CHECK;
bool actor_is_system(const struct actor *actor);
/* The part that this actor signs for; NULL when there is none. */
struct part *ask_part(const struct rules *rules, const struct incident *incident,
		      const struct actor *actor);
struct part *incident_lead(const struct incident *incident);
bool is_lead(const struct part *part);

/* Clocks (decide_clocks.c).
 *
 * Entering a step stops the clocks of the one before, ends a pause, and starts those of the new one.
 * A side clock with verbs that stop it runs on from step to step until one of them, or until the
 * case is closed; one without ends with its step, but runs on while the case is in a loop above.
 *
 * A clock starts when its organisation can know of it: at the act's own moment (eff) if the actor or
 * whom he had on the telephone belongs to it, else not before the server has the act (recv). */
void draft_enter(struct draft *draft, const struct step *step);
void draft_refit(struct draft *draft); /* what limits are chosen by changed: new limits, old starts */
/* To be called once, at the end of every act: what the verb starts and stops inside the step, the
 * clocks of shares by the states of their parts, and the incident's own due. */
void draft_settle(struct draft *draft);
/* A clock beside the flow (countersign, answer, receipt, …), not in the incident's own due: it ends
 * by draft_stop_clocks, and stands in no pause.  about: a child's id, or NULL.  With limit NULL it
 * runs to a date, due.  NULL when there is no limit. */
struct clock *draft_start_clock(struct draft *draft, const char *kind, const char *org,
				const struct uuid *about, const struct limit *limit, int64_t due);
/* Stops the running clocks of a kind (NULL: any) about a child (NULL: whatever they are about). */
void draft_stop_clocks(struct draft *draft, const char *kind, const struct uuid *about);
void draft_redue(struct draft *draft); /* the dues by what is stored: a pause or a calendar changed */
int64_t draft_known(const struct draft *draft, const char *org); /* when it can know of this act */

/* Handlers of the acts. */
enum err draft_first(const struct draft *draft, struct error *err) MUST_CHECK;
enum err apply_register(struct draft *draft, struct error *err) MUST_CHECK;
enum err apply_assign(struct draft *draft, struct error *err) MUST_CHECK;
enum err apply_fix(struct draft *draft, struct error *err) MUST_CHECK;

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
enum err apply_pause(struct draft *draft, struct error *err) MUST_CHECK;
enum err apply_resume(struct draft *draft, struct error *err) MUST_CHECK;
enum err apply_shelve(struct draft *draft, struct error *err) MUST_CHECK;
enum err apply_unshelve(struct draft *draft, struct error *err) MUST_CHECK;
struct pause *incident_pause(const struct incident *incident, int64_t at); /* in force, or NULL */
void draft_end_pauses(struct draft *draft);
enum err apply_extend_ask(struct draft *draft, struct error *err) MUST_CHECK;
enum err apply_extend_ok(struct draft *draft, struct error *err) MUST_CHECK;
enum err apply_extend_no(struct draft *draft, struct error *err) MUST_CHECK;
enum err apply_fire(struct draft *draft, struct error *err) MUST_CHECK;
enum err apply_waive(struct draft *draft, struct error *err) MUST_CHECK;

#endif
