/* Swaps of duties (换班), covers (顶班): asked, accepted, approved; then the turns change hands by acts
 * that follow.  A swap names its turns by id, so it follows when they move, and ends by itself when
 * one of them is no longer his who asked. */
#ifndef ZHIBAN_DOMAIN_SWAP_H
#define ZHIBAN_DOMAIN_SWAP_H

#include "zhiban/domain/roster_check.h"

#define F(name, type, ...) FIELD_C_##type name;
#define K(child, member) struct children member;
struct swap {
	struct entity head;
#include "zhiban/domain/swap.def"
};
#undef F
#undef K

enum swap_state {
	SWAP_ASKED,    /* of anybody */
	SWAP_PROPOSED, /* to one person */
	SWAP_ACCEPTED, /* waits for approval */
	SWAP_APPROVED, /* done: the turns have changed hands */
	SWAP_DECLINED, /* by the other */
	SWAP_REFUSED,  /* by who approves */
	SWAP_WITHDRAWN,
	SWAP_LAPSED,   /* one of the duties has begun */
	SWAP_STATES
};
const char *swap_state_code(enum swap_state state);
const char *swap_state_label(enum swap_state state); /* translated */
enum swap_state swap_state(const struct swap *swap);
/* Whether the actor could do it now, without arguments: for menus.  swap NULL: ask for one. */
enum err swap_possible(const struct rules *rules, const struct swap *swap, const struct act_desc *desc,
		       const struct actor *actor, struct error *err) MUST_CHECK;

/* The best partners for a duty, by rules and ledger: who could stand it without a breach, whose weight
 * would come nearest to the fair share; with a duty of his that the asker could stand in return, the
 * nearest in weight and date first. */
struct partner {
	const struct staff *staff;
	const struct turn *gives; /* in return; NULL: he only takes */
	int weight;		  /* his in the ledger */
	int score;		  /* less is better */
};
void swap_partners(const struct roster_view *view, const struct turn *turn, int64_t now,
		   struct arena *arena, struct partner **ret_partners, size_t *ret_n);

#endif
