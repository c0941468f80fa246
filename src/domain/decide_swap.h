/* One act on a swap being decided: what the files of decide_swap share. */
#ifndef ZHIBAN_DOMAIN_DECIDE_SWAP_H
#define ZHIBAN_DOMAIN_DECIDE_SWAP_H

#include "decide_roster.h"
#include "zhiban/domain/swap.h"

struct swapping {
	const struct rules *rules;
	const struct state *state;
	const struct act *act;
	int64_t eff;
	struct arena *arena;
	const struct swap *before; /* an empty one when it is asked for */
	struct swap *after;
	const struct roster_plan *plan; /* NULL: the profile has it no more */
	/* Its duties as they stand now, wherever they moved; NULL: gone, or none in return. */
	const struct roster *roster, *other_roster;
	const struct turn *turn, *other;
	const char *done_for; /* whose act it was, when somebody else wrote it down: his name */
	const char *done_for_unit;
	const char *note;
	bool again;
	struct act *follow;
	size_t n_follow, cap_follow;
};

/* --- decide_swap_turn.c --- */

/* The duty of that id in a roster of state.near. */
const struct turn *swap_turn(const struct state *state, const char *roster, const char *turn,
			     const struct roster **ret_roster);
/* Whether the duty is still his, and has not begun.  ERR_REFUSED with who stands there now. */
enum err swap_check_turn(const struct swapping *s, const struct turn *turn, const char *staff,
			 const char *name, struct error *err) MUST_CHECK;
/* Both duties with each other's people, as things are now.  soft: also what a reason would let pass is
 * refused. */
enum err swap_judge(const struct swapping *s, const struct staff *staff, const struct staff *other,
		    bool soft, struct error *err) MUST_CHECK;
/* The earlier beginning of both. */
int64_t swap_begins(const struct swapping *s);

#endif
