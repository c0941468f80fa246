/* The ledger of fairness (值班台账): how many duties of which class of day everybody has stood, over
 * months.  Pure: a fold over rosters. */
#ifndef ZHIBAN_DOMAIN_LEDGER_H
#define ZHIBAN_DOMAIN_LEDGER_H

#include "zhiban/domain/roster.h"

enum { LEDGER_MONTHS = 12 }; /* how far back it goes */

struct ledger_row {
	const struct staff *staff;
	const char *name;	    /* also of somebody who is no more in the list */
	int halves[DAY_CLASSES];    /* duties by class of day, in halves: a standby counts one half */
	int nights;		    /* duties, whatever the class */
	int before[DAY_CLASSES];    /* of halves: those of months before the one asked for */
	int before_nights;
	int weight;		    /* duty_weight of all of them, in halves: what fairness compares */
	int month_weight;	    /* of that, what the month asked for gives */
	int months;		    /* of those counted in which he was in the list */
};
/* Of one plan of an organisation: rosters in the order of months, the last the one asked for, opening
 * balances of the first.  In the arena, in the order of rotation; who stood and is in no list stands
 * behind. */
void ledger_of(const struct rules *rules, const struct roster_plan *plan,
	       const struct roster *const *rosters, size_t n, const struct staff *const *staff,
	       size_t n_staff, struct arena *arena, struct ledger_row **ret_rows, size_t *ret_n);
/* What a duty weighs: weekday 2, weekend 3, holiday 4, Spring Festival 6, a night 1 more; a standby
 * half of it.  In halves, the ledger's unit: a weekday is 4. */
int duty_weight(enum day_class cls, bool night, bool standby);

#endif
