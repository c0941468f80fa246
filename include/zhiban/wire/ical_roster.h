/* Duties of rosters as items of a calendar (ical.h), for whoever subscribes to one or takes it as
 * a file.
 *
 * An item stands for one turn: its UID is the turn's id, so that it is the same item wherever the duty
 * moves, and its SEQUENCE the roster's version.  No telephone numbers and no reasons go out: a calendar
 * leaves the house.  Codes that the rules do not know (a plan that is gone) are shown as they are. */
#ifndef ZHIBAN_WIRE_ICAL_ROSTER_H
#define ZHIBAN_WIRE_ICAL_ROSTER_H

#include "zhiban/domain/roster.h"
#include "zhiban/wire/ical.h"

struct ical_duties { /* which of them */
	const char *post;  /* code; NULL: all */
	const char *staff; /* id: only his, without his name in what they are called; NULL: all */
	int64_t from, to;  /* those that touch [from, to); to 0: no end */
};
bool ical_duty_wanted(const struct turn *turn, const struct ical_duties *duties);
/* The items of a roster, in its own order, in the arena; the texts live there too.  Returns how
 * many. */
size_t ical_roster_items(const struct rules *rules, const struct roster *roster,
			 const struct ical_duties *duties, struct arena *arena,
			 struct ical_item **ret_items);
/* By moment, then UID: so that the same duties give the same bytes. */
void ical_items_sort(struct ical_item *items, size_t n);

#endif
