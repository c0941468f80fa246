/* What of an incident, a whistle or a meeting hangs on the rules in force: steps it stands in, its
 * kind and class, organisations that owe it something.  When a profile is adopted these must be there
 * still, or be carried over (act "carry"). */
#ifndef ZHIBAN_DOMAIN_CARRY_H
#define ZHIBAN_DOMAIN_CARRY_H

#include "zhiban/domain/act.h"
#include "zhiban/domain/rules.h"

typedef void (*carry_fn)(void *ctx, const char **code); /* may write another one there */

/* The steps of all its loops.  Those of clocks are not asked for: a clock keeps its limit. */
void carry_steps_each(struct incident *incident, carry_fn fn, void *ctx);
/* Seats, holders, live shares, running clocks, calls and receipts owed, what is to be answered or
 * countersigned; what was done stays with who did it.  Never with NULL; some come several times. */
void carry_orgs_each(struct incident *incident, carry_fn fn, void *ctx);


struct whistle;
/* The same of a whistle: its blower, lead, the shares that are not freed, running clocks, and what is
 * to be answered or countersigned. */
void carry_whistle_orgs_each(struct whistle *whistle, carry_fn fn, void *ctx);
/* Whom departments that dispute would rather have: nothing waits for these. */
void carry_claims_each(struct whistle *whistle, carry_fn fn, void *ctx);
/* The same of a meeting, an item or a task: who convenes, attends and has to sign, whom an item
 * concerns and who owes papers, lead and assists, running clocks, and what is to be answered or
 * countersigned. */
void carry_joint_orgs_each(void *entity, carry_fn fn, void *ctx);
/* "kind:class" of a whistle as the lines of an adoption name it. */
const char *carry_kind(const struct whistle *whistle, struct arena *arena);
/* Whether the rules have such a kind and class; "kind:" for one that has no class yet. */
bool carry_kind_stands(const struct rules *rules, const char *words);
/* What one of the lines "OLD=NEW" makes of such words; NULL: none speaks of them. */
const char *carry_line(const char *line, const char *words);

/* A carry_fn; ctx: the act "carry", whose pairs say who takes over. */
void carry_heir(void *ctx, const char **org);

/* Whether an organisation is there at a moment: in the list, begun or not, and not ended. */
bool org_stands(const struct rules *rules, const char *code, int64_t now);
/* Who takes over from an organisation that ended: its successor, or that one's, and so on; of
 * several the one within whose area one of the places lies (codes or names; NULLs are passed over),
 * else the first.  NULL: nobody. */
const struct org *org_heir(const struct rules *rules, const char *code,
			   const char *const places[], size_t n_places, int64_t now);

#endif
