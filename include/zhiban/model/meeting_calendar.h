/* Meetings and duties of a month or a week, with what stands in each other's way.
 *
 * Meetings are all that are seen here; duties, rest and time off those of one person.  A meeting
 * clashes when somebody who must sit in it stands a duty then, is away, or sits in another; a duty
 * when its person must sit in a meeting.  Days are civil days of the jurisdiction; what lasts over
 * midnight stands on the day on which it begins.  Everything is in the arena of the call. */
#ifndef ZHIBAN_MODEL_MEETING_CALENDAR_H
#define ZHIBAN_MODEL_MEETING_CALENDAR_H

#include "zhiban/client/meeting.h"
#include "zhiban/model/roster_grid.h"

enum calendar_sort { CALENDAR_MEETING, CALENDAR_DUTY, CALENDAR_REST, CALENDAR_AWAY };
struct calendar_entry {
	enum calendar_sort sort;
	int32_t day; /* where it stands: what began earlier, on the first */
	int64_t from, to;
	const char *title;
	const char *place;             /* of a meeting: room, else line; or NULL */
	const struct meeting *meeting; /* or NULL */
	bool mine;         /* of a meeting: that person, or his organisation, sits in it */
	const char *clash; /* what stands in the way, in words; NULL: nothing */
};
struct calendar_slot { /* a day */
	int32_t day;
	bool off, makeup, today;
	const char *festival; /* or NULL */
	size_t first, n;      /* of entries */
	size_t clashes;
};
struct meeting_calendar {
	const char *org, *name; /* whose duties; name NULL: nobody's */
	struct calendar_slot *days;
	size_t n_days;
	struct calendar_entry *entries; /* by day, sort and beginning */
	size_t n_entries;
	size_t meetings, clashes;
};
/* Of the days [from, to). */
enum err meeting_calendar_of(struct client *client, const char *org, const char *name, int32_t from,
			     int32_t to, struct arena *arena, struct meeting_calendar *ret_calendar,
			     struct error *err) MUST_CHECK;
/* "14:30". */
const char *calendar_hour(const struct rules *rules, int64_t at, struct arena *arena);

/* How somebody sits in a meeting by his name: himself, or sent; NULL: not, or he was let go. */
const struct attendee *meeting_seat_of(const struct meeting *meeting, const char *org,
				       const char *name);
/* Marks the cells of a roster whose person has to sit in one of these meetings then (GRID_MEETING),
 * and says in which. */
void roster_grid_meetings(const struct rules *rules, struct roster_grid *grid,
			  const struct client_meeting *meetings, size_t n, struct arena *arena);

#endif
