/* Records on behalf and their countersignatures: what incidents and whistles share. */
#ifndef ZHIBAN_DOMAIN_BEHALF_PRIV_H
#define ZHIBAN_DOMAIN_BEHALF_PRIV_H

#include "zhiban/domain/rules.h"

/* What the act says of the call; org: whose act it was, or NULL (an approval by a role). */
void behalf_fill(struct behalf *behalf, const struct rules *rules, const struct act *act,
		 const char *org, int64_t eff);

struct countersigning {
	const struct rules *rules;
	const struct act *act;
	int64_t eff;
	struct arena *arena;
	struct children *records;
	/* Whether it is this officer's to confirm; what else becomes of one that he signed. */
	bool (*is_his)(const void *ctx, const struct behalf *behalf);
	void (*done)(void *ctx, const struct behalf *behalf);
	void *ctx;
};
/* Signs the record that the act names, else all that are his.  again: he had done so before, and
 * the note says it. */
enum err countersign(const struct countersigning *signing, const char **ret_note, bool *ret_again,
		     struct error *err) MUST_CHECK;

#endif
