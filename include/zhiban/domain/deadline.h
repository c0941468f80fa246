/* What of an entity runs out: its running clocks, and what waits for a decision or a signature, as
 * its data alone say (no rules, no clock).  The console keeps a list of them, so that the deadlines
 * screen is a range of
 * an index. */
#ifndef ZHIBAN_DOMAIN_DEADLINE_H
#define ZHIBAN_DOMAIN_DEADLINE_H

#include "zhiban/domain/incident.h"

enum deadline_sort {
	DEADLINE_CLOCK,	    /* a clock of the loop, of a share, of a whistle */
	DEADLINE_COUNTERSIGN,
	DEADLINE_CALLBACK,
	DEADLINE_RECEIPT,
	DEADLINE_ANSWER,    /* of a supervision */
	DEADLINE_REVIEW,    /* of a shelved case */
	DEADLINE_EXTENSION, /* asked for and not decided: due by the clock that it is about */
	DEADLINE_CHECK,	    /* 三查: computed, not kept */
	DEADLINE_SWAP,	    /* to be decided before the earlier of its duties begins */
	DEADLINE_HANDOVER,  /* not taken over when its shift ends; not witnessed */
	DEADLINE_RECORD,    /* a call or paper that is not dealt with */
	DEADLINE_ROSTER,    /* a take-over not approved when its shift ends; a week that is not filed
			     * (computed, not kept) */
	DEADLINE_MEETING,   /* of a meeting: an invitation not answered, papers not sent, minutes not
			     * handed in, countersigned or approved, the next stage */
	DEADLINE_TASK,	    /* what a meeting resolved: to be signed, handled, verified */
	DEADLINE_SORTS
};
const char *deadline_sort_code(enum deadline_sort sort);  /* "clock" … : filter `kind:` */
const char *deadline_sort_label(enum deadline_sort sort); /* translated */

struct deadline {
	enum deadline_sort sort;
	struct uuid id;	   /* of the clock, or of the child */
	const char *clock; /* kind of the clock, or NULL */
	const char *org;   /* whose it is: of an extension, who decides; NULL: the centre */
	int64_t due;	   /* ms UTC, never 0 */
	struct uuid about; /* the child that it is about (of an extension: the clock); nil: the
			    * entity */
};
enum { DEADLINES_MOST = 512 };
/* Of an incident (its children clock and extension must be there) or a whistle, whose texts they
 * borrow; the clocks in their order, then the extensions; of a swap or handover (with the
 * countersignatures they ask for), a record, a roster (its turns must be there), a meeting and a task
 * (with their clocks), an item (its papers).
 * Returns how many; others have none. */
size_t deadlines_of(const void *entity, struct deadline deadlines[DEADLINES_MOST]);

#endif
