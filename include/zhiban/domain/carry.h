/* What of an incident hangs on the rules in force: steps it stands in, organisations that owe it
 * something.  When a profile is adopted these must be there still, or be carried over (act
 * "carry"). */
#ifndef ZHIBAN_DOMAIN_CARRY_H
#define ZHIBAN_DOMAIN_CARRY_H

#include "zhiban/domain/rules.h"

typedef void (*carry_fn)(void *ctx, const char **code); /* may write another one there */

/* The steps of all its loops.  Those of clocks are not asked for: a clock keeps its limit. */
void carry_steps_each(struct incident *incident, carry_fn fn, void *ctx);
/* Seats, holders, live shares, running clocks, calls and receipts owed, what is to be answered or
 * countersigned; what was done stays with who did it.  Never with NULL; some come several times. */
void carry_orgs_each(struct incident *incident, carry_fn fn, void *ctx);

/* Whether an organisation is there at a moment: in the list, begun or not, and not ended. */
bool org_stands(const struct rules *rules, const char *code, int64_t now);
/* Who takes over from an organisation that ended: its successor, or that one's, and so on; of
 * several the one within whose area one of the places lies (codes or names; NULLs are passed over),
 * else the first.  NULL: nobody. */
const struct org *org_heir(const struct rules *rules, const char *code,
			   const char *const places[], size_t n_places, int64_t now);

#endif
