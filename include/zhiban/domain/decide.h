/* decide: may this act be done, and what does it change?
 *
 * The same pure function is the server's last word and the console's overlay.  It never reads a
 * clock: the moments are arguments. */
#ifndef ZHIBAN_DOMAIN_DECIDE_H
#define ZHIBAN_DOMAIN_DECIDE_H

#include "zhiban/domain/effect.h"
#include "zhiban/domain/rules.h"

struct guard_desc {
	const char *name;
	const char *arg;	/* what its argument names */
	const char *sentence;	/* msgid */
};
size_t guard_desc_count(void);
const struct guard_desc *guard_desc_at(size_t i);
const struct guard_desc *guard_desc_find(const char *name);
/* Whether an argument ("handle|verify_ok", "1 chief", "" for none) is what the guard asks for, by
 * the lists of the rules: roles, tiers, types, categories, urgencies and modes must stand.  And
 * what it must be, in words for a person. */
bool guard_arg_ok(const struct rules *rules, const struct guard_desc *guard, const char *arg);
const char *guard_arg_words(const struct guard_desc *guard);

/* Whether the code of an act is one that the street's console showed (arrival.h).  Only the server
 * can tell; elsewhere it stays unverified. */
enum proof { PROOF_UNKNOWN, PROOF_RIGHT, PROOF_WRONG, PROOF_USED, PROOF_BARRED };

struct state {
	const void *entity; /* the target, NULL when it is not there */
	int64_t serial;	    /* next number of the day of `eff`; 0: no number yet (an overlay) */
	/* Of `issue` of a meeting whose series has a word for its minutes: the next of that
	 * organisation, word and year of `eff` (doc_no.h); 0: none yet (an overlay), or no word. */
	int64_t doc_serial;
	/* The entity as it was at act->target.base, when it has moved on since and the caller can
	 * tell; else NULL.  With it corrections merge field by field. */
	const void *base_entity;
	const char *mode; /* code of the mode in force; NULL: peacetime */
	enum proof proof;   /* of an act that carries a code */
	int64_t proof_step; /* with PROOF_RIGHT: the step of time it was shown in */
	/* What the rules look at beside the target (decide_near), in any order; those that are not
	 * there are left out. */
	const void *const *near;
	size_t n_near;
};

struct moment {
	int64_t recv;
	int64_t eff;
};

struct decision {
	struct effect *effects; /* in the arena */
	size_t n_effects;
	const char *note; /* NULL, or what was merged rather than applied as sent; without effects:
			   * it was done before, and there is nothing to write */
	/* What the act makes others undergo (the lead ticket of a merged one, child tickets that
	 * are answered with their lead): acts of the same actor without a number, with ids of their
	 * own, that the server admits in the same transaction.  One that is refused refuses the
	 * act. */
	struct act *follow;
	size_t n_follow;
};

/* ERR_OK and a decision; or a refusal: ERR_REFUSED (a rule), ERR_DENIED (who), ERR_INPUT
 * (arguments), ERR_NOT_FOUND, with the sentence for the author in err. */
enum err decide(const struct rules *rules, const struct state *state, const struct act *act,
		const struct moment *moment, struct arena *arena, struct decision *ret_decision,
		struct error *err) MUST_CHECK;

/* Which other entities the decision of an act looks at: whoever calls decide gives them in state.near,
 * as they are there (a console: as shown).  Of rosters the months beside and the people named, of a
 * swap its rosters and people, of a handover the one before.  In the arena; target: the entity it is
 * done to, or NULL. */
struct near_id {
	enum kind kind;
	struct uuid id;
};
void decide_near(const struct rules *rules, const struct act *act, const void *target,
		 struct arena *arena, struct near_id **ret_ids, size_t *ret_n);
/* What one of these leads on to (the open item of what is to be brought once more): near as well. */
void decide_near_of(const struct act *act, const void *near, struct arena *arena,
		    struct near_id **ret_ids, size_t *ret_n);
/* The one of them with that id, or NULL. */
const void *state_near(const struct state *state, enum kind kind, const struct uuid *id);

/* Whether the actor could do it now, without arguments: for menus and bulk. */
enum err decide_possible(const struct rules *rules, const char *mode,
			 const struct incident *incident, const struct act_desc *act,
			 const struct actor *actor, struct error *err) MUST_CHECK;

/* Moments: eff = recv, or for an act that may be claimed offline clamp(at + offset, last contact,
 * recv); a historic intake counts from the row's own time. */
int64_t moment_eff(const struct act *act, int64_t recv, int64_t clock_offset, int64_t last_contact);

#endif
