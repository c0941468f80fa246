/* In which order items are taken so that the fewest departments sit longest: items as lists have them,
 * for domain/slot.h. */
#ifndef ZHIBAN_MODEL_MEETING_ORDER_H
#define ZHIBAN_MODEL_MEETING_ORDER_H

#include "zhiban/domain/slot.h"

struct order_row {
	const char *const *orgs; /* codes; one that stands twice counts once */
	size_t n_orgs;
	int minutes;
	int fixed; /* its place from 1; 0: free */
};
/* Fills order[n] with places of rows.  Minutes that all departments sit together, as the rows stand and
 * as they are ordered; more than ORDER_MOST rows stay as they are.  Each may be NULL but order. */
void meeting_order(const struct order_row *rows, size_t n, size_t order[], int64_t *ret_before,
		   int64_t *ret_after);

#endif
