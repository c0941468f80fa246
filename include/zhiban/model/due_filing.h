/* Weeks of rosters that nobody has filed, among what runs out (deadlines.h): a row is a week of one
 * roster of one organisation, computed from the profile and what is here; nothing of it is stored. */
#ifndef ZHIBAN_MODEL_DUE_FILING_H
#define ZHIBAN_MODEL_DUE_FILING_H

#include "zhiban/client/deadlines.h"

struct roster_plan;

struct due_filing {
	const struct roster_plan *plan; /* of the rules */
	char month[8];			/* that it is filed with: ROSTER_MONTH */
	int32_t week;			/* its Monday, civil_day */
};
bool due_is_filing(const struct client_deadline *row);
/* Which week of which roster a row is about (its organisation is the row's); false: it is none. */
bool due_filing_of(const struct rules *rules, const struct client_deadline *row,
		   struct due_filing *ret_filing);

#endif
