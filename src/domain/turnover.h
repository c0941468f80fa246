/* One act on a handover being decided: decide_handover.c prepares and reads, decide_handover_sign.c
 * signs. */
#ifndef ZHIBAN_DOMAIN_TURNOVER_H
#define ZHIBAN_DOMAIN_TURNOVER_H

#include "decide_priv.h"
#include "zhiban/domain/handover.h"

enum { WHY_MAX = 2000 }; /* characters of a reason or remark, with what stood there before */

struct turnover { /* one act on a handover being decided */
	const struct rules *rules;
	const struct state *state;
	const struct act *act;
	int64_t now;
	struct arena *arena;
	struct handover *after;
	const char *note;
	bool again; /* nothing is left to change */
};
typedef enum err turnover_fn(struct turnover *t, struct error *err);
turnover_fn turnover_give, turnover_take, turnover_witness;

/* The role that witnesses: of that organisation, or of one above it. */
bool turnover_is_third(const struct rules *rules, const struct handover *handover,
		       const struct actor *actor);

#endif
