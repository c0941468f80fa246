/* When a meeting could be: pure arithmetic over who is busy when.
 *
 * A slot begins on a step of the clock inside a window (working hours of working days, as the
 * caller gives them).  It never lacks a mandatory one, a room (when one is asked for) or the quorum;
 * of the rest it counts who is missing, and why.  Better: fewer missing by weight, then fewer doubts
 * (who comes off a night, who is on duty by telephone), then the usual time of such meetings, then
 * the earlier. */
#ifndef ZHIBAN_DOMAIN_SLOT_H
#define ZHIBAN_DOMAIN_SLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/arena.h"

enum busy_sort {
	BUSY_DUTY,    /* stands in a roster */
	BUSY_REST,    /* after a night: he could, and should not */
	BUSY_MEETING, /* another meeting */
	BUSY_LEAVE,   /* time off, away */
	BUSY_ANSWER,  /* said so himself, of that time */
	BUSY_BOOKED,  /* of a room */
	BUSY_SORTS
};
const char *busy_sort_label(enum busy_sort sort); /* translated */

struct busy { /* [from, to) */
	int64_t from, to;
	enum busy_sort sort;
	bool doubt;	   /* it does not keep him away: it is told, and counts little */
	const char *words; /* 夜班 主班; borrowed */
};
struct slot_side { /* an attendee, or a room */
	const char *label; /* as it is shown */
	bool must;
	int weight;	   /* of one that is missing, optional ones; 0 counts as 1 */
	const struct busy *busy; /* in any order */
	size_t n_busy;
};
struct slot_problem {
	const struct slot_side *people;
	size_t n_people;
	const struct slot_side *rooms; /* one is enough; none: no room is asked for */
	size_t n_rooms;
	const struct busy *windows; /* in which it may be: from, to alone; ascending, apart */
	size_t n_windows;
	int64_t length, step; /* ms; step: 30 minutes usually */
	size_t quorum;	      /* people that must be free; 0: any */
	const int64_t *usual; /* beginnings that go before others which are as good */
	size_t n_usual;
};
struct slot_missing {
	size_t person;
	const struct busy *why; /* the one that keeps him away longest */
};
struct slot {
	int64_t starts, ends;
	size_t room; /* the first that is free; n_rooms: none was asked for */
	struct slot_missing *missing; /* optional ones; in the arena */
	size_t n_missing;
	struct slot_missing *doubts;
	size_t n_doubts;
	int64_t cost;
	bool usual;
};
/* At most `most` slots, the best first, none that overlaps a better one when others that do not are as
 * good.  Returns how many; 0: there is none, and slot_blockers says who stands in the way. */
size_t slot_find(const struct slot_problem *problem, size_t most, struct arena *arena,
		 struct slot **ret_slots);
/* What of one beginning: as in slot_find; false: it breaks a mandatory one, the quorum, the window or
 * has no room. */
bool slot_judge(const struct slot_problem *problem, int64_t starts, struct arena *arena,
		struct slot *ret_slot);
/* How many beginnings the windows have. */
size_t slot_beginnings(const struct slot_problem *problem);
/* Who stands in the way of how many beginnings, and of how many alone (without him it would be a slot);
 * those that alone stand in the way of most first, then of most.  person n_people: the quorum,
 * n_people + 1: no room.  None: no window is long enough, or everything is a slot. */
struct slot_blocker {
	size_t person, beginnings, alone;
};
size_t slot_blockers(const struct slot_problem *problem, struct arena *arena,
		     struct slot_blocker **ret_blockers);

/* ---- in which order items are taken ---- */

/* So that the fewest departments sit longest: who is needed for which item (need[i * n_orgs + o]),
 * how long each takes.  Fills order[] (indexes of items); first and last that a person has fixed
 * stay: fixed[i] is the place of an item from 1, or 0.  Returns the minutes that all sit together,
 * when each comes for its first item and leaves behind its last.  Up to ORDER_EXACT free items it is
 * the least there is, beyond never more than as given; of equal orders it is the one nearest to
 * that. */
enum { ORDER_EXACT = 12, ORDER_MOST = 64 }; /* beyond ORDER_MOST items: as given */
int64_t agenda_order(const bool *need, size_t n_items, size_t n_orgs, const int *minutes,
		     const int *fixed, size_t order[]);
int64_t agenda_sat(const bool *need, size_t n_items, size_t n_orgs, const int *minutes,
		   const size_t order[]);

#endif
