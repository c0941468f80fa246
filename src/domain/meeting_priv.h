/* What the files of the meeting engine share: one act on a meeting being decided.
 *
 * decide_meeting.c has the one table of who may do what in which state, finds for which attendee an act
 * is done, runs the handler and then computes in one place what lists show, and what follows for rooms.
 * Handlers write into `after`; the effect is the difference.  Adding a child moves the others: an
 * attendee is kept by its id (conferring_attendee gives the pointer anew). */
#ifndef ZHIBAN_DOMAIN_MEETING_PRIV_H
#define ZHIBAN_DOMAIN_MEETING_PRIV_H

#include "meeting_rows.h"
#include "speaking.h"
#include "ticking.h"

struct conferring {
	struct speaking s;
	const struct meeting *before; /* an empty one for convene */
	struct meeting *after;
	enum meeting_state from;
	const struct meeting_series *series; /* of `after`; NULL: of none that the profile has */
	struct uuid attendee; /* for whom, or to whom, it is done; nil: nobody, or all */
};

/* --- who (decide_meeting_who.c) --- */

enum err conferring_find_attendee(struct conferring *c, const struct meeting_row *row,
				  struct error *err) MUST_CHECK;
enum err conferring_check_who(struct conferring *c, const struct meeting_row *row,
			      struct error *err) MUST_CHECK;
/* Without arguments: whether he could. */
enum err conferring_could(struct conferring *c, const struct meeting_row *row,
			  struct error *err) MUST_CHECK;
/* The role that a series asks of whoever draws one up, and of who approves the minutes; NULL, or
 * one that the profile does not have: any. */
bool conferring_role(const struct conferring *c, const char *role);
struct attendee *conferring_attendee(struct conferring *c); /* NULL: none */

/* --- words --- */

const char *conferring_label(const struct conferring *c); /* what the act is called */
/* "区水务局", "区水务局 王芳", in the arena. */
const char *conferring_name(const struct conferring *c, const struct attendee *attendee);
/* Who did it: the officer, or whom he had on the telephone. */
const char *conferring_doer(const struct conferring *c);

/* --- clocks (meeting_clock.c) --- */

struct ticking conferring_ticking(struct conferring *c);
/* Starts one by the limit of the series, or to `until` (0: not said), but never behind `latest` (0:
 * any); none where there is neither limit nor date.  about: an attendee, or NULL: the whole. */
void conferring_start(struct conferring *c, enum meeting_clock kind, const struct attendee *about,
		      int64_t until, int64_t latest);
/* One of the whole by a limit of its own, from a moment on. */
void conferring_start_limit(struct conferring *c, enum meeting_clock kind,
			    const struct limit *limit, int64_t from);
/* Stops what runs of the kind about an attendee; of all; of all kinds; whatever is about a child. */
void conferring_stop(struct conferring *c, enum meeting_clock kind, const struct attendee *about);
void conferring_stop_kind(struct conferring *c, enum meeting_clock kind);
void conferring_stop_all(struct conferring *c);
void conferring_drop(struct conferring *c, const struct uuid *about);

/* --- what handlers share --- */

void conferring_go(struct conferring *c, enum meeting_state state);
bool conferring_is_called(const struct conferring *c); /* those who attend know of it */
/* An attendee is invited: anew, if he was already. */
void conferring_ask(struct conferring *c, struct attendee *attendee);
/* The attendees by the items of the agenda as it is now; those who are new in one that was called are
 * invited.  All that is not by the items stays. */
void conferring_attendees(struct conferring *c);
/* The entries that the act gives, into the agenda; the items hear of it. */
enum err conferring_set_agenda(struct conferring *c, struct error *err) MUST_CHECK;
enum err conferring_set_attendees(struct conferring *c, struct error *err) MUST_CHECK;
/* The chairs and the secretary attend; who was one before and is none now does not any more. */
void conferring_set_chairs(struct conferring *c);
/* An item, as it is; NULL: it is not there. */
const struct item *conferring_item(const struct conferring *c, const char *id);
/* What becomes of the items of the agenda by what changed: their places, who hears them. */
void conferring_tell_items(struct conferring *c);
void conferring_free_items(struct conferring *c);   /* it is not held: they wait for another */
void conferring_settle_items(struct conferring *c); /* it is over: each is settled, or carried over */
/* The rooms of the meeting as it was and as it is now: booked, freed (decide_meeting_room.c). */
void conferring_rooms(struct conferring *c);
/* A moment that the act gives, or that of the act.  ERR_INPUT: it lies ahead. */
enum err conferring_held(const struct conferring *c, int64_t *ret_at, struct error *err) MUST_CHECK;
#endif
