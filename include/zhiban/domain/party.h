/* Parties: which organisations may see an entity.  They only grow, but for restrictions: origin,
 * every holder, parts, the seats of the loops it is in and of those that wait below, whoever has a
 * notice, a supervision, a call-back or a countersignature there, who posted a notice and to whom;
 * and the ancestors of each.  Rosters and the people in them are seen by all that read rosters
 * (roster_reader) and by whose people stand in them; swaps, handovers and the duty log by whose they
 * are, a swap also by the units of the two. */
#ifndef ZHIBAN_DOMAIN_PARTY_H
#define ZHIBAN_DOMAIN_PARTY_H

#include "zhiban/domain/rules.h"

enum { PARTY_MAX = 512 };
/* Codes borrowed from rules, without repeats; returns how many.  Of the profile and the mode all
 * organisations are parties: those are not counted here. */
size_t party_of(const struct rules *rules, const void *entity, const char *codes[PARTY_MAX]);
/* The same with room for more: rules->n_orgs are always enough. */
size_t party_all_of(const struct rules *rules, const void *entity, const char **codes, size_t max);

/* Whether it has something to do in an incident, or somebody within it has: the centre always; while
 * it is open its holder, seat and live shares; loops that wait below; and who owes a call-back, a
 * countersignature, an answer to a supervision or a receipt. */
bool party_has_duty(const struct rules *rules, const struct incident *incident, const char *org);
/* Whether an entity is kept from an organisation: a restriction in force names it or one above it,
 * and it has no duty there.  A party that is kept out is none; a new duty makes it one again, for
 * good; an entry with a new restriction takes it away from all parties that are kept out then. */
bool party_kept_out(const struct rules *rules, const void *entity, const char *org);

/* Whether an organisation may hold the personal values of an incident in clear: while it is open
 * and the organisation's own (its holder; before there is one, where it was registered), or, where
 * the profile says so, with a live share in it.  The system may. */
struct hold_ask {
	enum holds holds;
	const char *org, *role;
	bool open, share;
	const char *holder, *origin;
};
bool party_may_hold(const struct hold_ask *ask);

#endif
