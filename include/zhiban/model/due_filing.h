/* Weeks of rosters that nobody has filed, among what runs out (deadlines.h): a row is a week of one
 * roster of one organisation, computed from the profile and what is here; nothing of it is stored. */
#ifndef ZHIBAN_MODEL_DUE_FILING_H
#define ZHIBAN_MODEL_DUE_FILING_H

#include "zhiban/client/deadlines.h"

struct roster_plan;

struct due_filing {
	const char *org;		/* code of the rules */
	const struct roster_plan *plan; /* of the rules */
	char month[8];			/* that it is filed with: ROSTER_MONTH */
	int32_t week;			/* its Monday, civil_day */
};
/* A week of one organisation, or of several that have not begun with rosters (nobody is in their
 * lists), which are one row. */
bool due_is_filing(const struct client_deadline *row);
/* Which week of which roster a row is about; false: it is none, or of several. */
bool due_filing_of(const struct rules *rules, const struct client_deadline *row,
		   struct due_filing *ret_filing);
/* The same of each organisation of a row, as things are now, in the arena.  Returns how many: 0: it is
 * no such row, or nothing of it is owed any more. */
size_t due_filings_of(struct client *client, const struct client_deadline *row,
		      struct arena *arena, struct due_filing **ret_filings);

#endif
