/* Which act on a swap is possible in which state, and whose it is. */
#ifndef ZHIBAN_DOMAIN_SWAP_ROWS_H
#define ZHIBAN_DOMAIN_SWAP_ROWS_H

#include "zhiban/domain/act.h"
#include "zhiban/domain/swap.h"

enum swap_who { SWAP_BY_ANYBODY, SWAP_BY_ASKER, SWAP_BY_OTHER, SWAP_BY_CHIEF, SWAP_BY_SYSTEM };
struct swap_row {
	const char *verb;
	unsigned states; /* 1 << enum swap_state */
	enum swap_who who;
};
const struct swap_row *swap_row(const struct act_desc *desc); /* or NULL */

/* The officer is himself the one who stands in the roster: by name, within one unit. */
bool swap_is_self(const struct rules *rules, const struct actor *actor, const char *name,
		  const char *unit);
/* He may say it for somebody of a unit, in a roster of an organisation. */
bool swap_speaks_for(const struct rules *rules, const struct roster_plan *plan,
		     const struct act *act, const char *org, const char *unit);
enum err swap_check_state(const struct rules *rules, const struct swap *swap,
			  const struct act_desc *desc, struct error *err) MUST_CHECK;
enum err swap_check_who(const struct rules *rules, const struct swap *swap,
			const struct roster_plan *plan, const struct act *act,
			struct error *err) MUST_CHECK;

#endif
