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
	const struct incident *before; /* an empty one for register */
	struct incident *after;
	const struct flow_act *flow; /* the row of the present step; NULL: a share of its own */
	struct arena *arena;
	const char *note; /* what was merged, for the decision */
	bool again;	  /* an idempotent act that was done before: nothing is left to change */
	struct act *follow; /* as in struct decision */
	size_t n_follow, cap_follow;
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

/* Clocks (decide_clocks.c). */
void draft_enter(struct draft *draft, const struct step *step); /* stops the old, starts the new */
void draft_refit(struct draft *draft); /* urgency or category changed: new limits, old starts */

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

#endif
