/* Joint meetings, their items, tasks and rooms as shown: those of the cache with the acts of ours
 * on them that wait.  Everything is in the arena of the call. */
#ifndef ZHIBAN_CLIENT_MEETING_H
#define ZHIBAN_CLIENT_MEETING_H

#include "zhiban/client/rows.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/domain/slot.h"

struct client_meeting {
	const struct meeting *meeting;
	unsigned marks; /* enum row_marks */
	int64_t n;	/* place in the outbox of one that is only there; else 0 */
};
/* The open ones (whole) by when they begin, those without a time last; then at most `ended` others, the
 * latest first, without what is long. */
enum err client_meetings(struct client *client, size_t ended, struct arena *arena,
			 struct client_meeting **ret_meetings, size_t *ret_n,
			 struct error *err) MUST_CHECK;
/* Those that touch [from, to), whole, by when they begin; cancelled ones are left out. */
enum err client_meetings_between(struct client *client, int64_t from, int64_t to, struct arena *arena,
				 struct client_meeting **ret_meetings, size_t *ret_n,
				 struct error *err) MUST_CHECK;
/* One, whole.  ERR_NOT_FOUND. */
enum err client_meeting_get(struct client *client, const struct uuid *id, struct arena *arena,
			    struct client_meeting *ret_meeting, struct error *err) MUST_CHECK;

struct client_item {
	const struct item *item;
	unsigned marks;
	int64_t n;
};
/* Open ones (whole), by organisation, then state, then when they were brought; then at most `ended`
 * others, those settled last first. */
enum err client_items(struct client *client, size_t ended, struct arena *arena,
		      struct client_item **ret_items, size_t *ret_n, struct error *err) MUST_CHECK;
/* Those of a meeting, whole, in the order of its agenda; also those it settled. */
enum err client_meeting_items(struct client *client, const struct meeting *meeting,
			      struct arena *arena, struct client_item **ret_items, size_t *ret_n,
			      struct error *err) MUST_CHECK;
enum err client_item_get(struct client *client, const struct uuid *id, struct arena *arena,
			 struct client_item *ret_item, struct error *err) MUST_CHECK;

struct client_action {
	const struct action *action;
	unsigned marks;
	int64_t n;
};
/* Open ones (whole) by due, then at most `ended` others, those closed last first. */
enum err client_actions(struct client *client, size_t ended, struct arena *arena,
			struct client_action **ret_actions, size_t *ret_n,
			struct error *err) MUST_CHECK;
/* Of one meeting, item or case (its id; open and closed ones), by when they were given. */
enum err client_actions_of(struct client *client, enum kind kind, const struct uuid *id,
			   struct arena *arena, struct client_action **ret_actions, size_t *ret_n,
			   struct error *err) MUST_CHECK;
enum err client_action_get(struct client *client, const struct uuid *id, struct arena *arena,
			   struct client_action *ret_action, struct error *err) MUST_CHECK;

/* A room of an organisation with its bookings; nothing was booked yet: an empty one. */
enum err client_room(struct client *client, const char *org, const char *name, struct arena *arena,
		     const struct room **ret_room, struct error *err) MUST_CHECK;

/* Incidents that somebody put to the meeting (提会) and that are closed, in no order: their ids. */
enum err client_closed_candidates(struct client *client, size_t most, struct arena *arena,
				  struct uuid **ret_ids, size_t *ret_n, struct error *err) MUST_CHECK;
/* How they are called on the screen: short number, or "no number yet-3" (translated: 待编号-3). */
const char *client_meeting_mark(const struct client_meeting *meeting, char buf[48]);
const char *client_item_mark(const struct client_item *item, char buf[48]);
const char *client_action_mark(const struct client_action *action, char buf[48]);
/* Whether the officer could do an act on one of them now, without arguments: for menus.  NULL: one
 * is to be made; of a room always. */
enum err client_joint_possible(struct client *client, const void *entity, const struct act_desc *act,
			       struct error *err) MUST_CHECK;

/* ---- when ---- */

/* All that keeps somebody from a meeting in [from, to): his duties and the rest after them, other
 * meetings, time off, a leader's outings, what he answered.  name NULL: the organisation as a whole, of
 * which somebody can come: its other meetings alone.  except: that meeting does not count. */
enum err client_busy(struct client *client, const char *org, const char *name, int64_t from, int64_t to,
		     const struct uuid *except, struct arena *arena, struct busy **ret_busy,
		     size_t *ret_n, struct error *err) MUST_CHECK;
/* The working hours of the working days in [from, to), less what is past. */
enum err client_windows(struct client *client, int64_t from, int64_t to, struct arena *arena,
			struct busy **ret_windows, size_t *ret_n, struct error *err) MUST_CHECK;

#endif
