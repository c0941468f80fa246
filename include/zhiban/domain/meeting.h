/* Joint meetings (联席会议): items that lead to resolutions, resolutions that become tasks.
 *
 * Four kinds of entities, so that what is written with the line cut by two offices meets only where it
 * is about the same thing: a meeting (when, where, who attends, its minutes as a document), an item
 * (what is dealt with: papers, discussion, resolution), an action (a task with clocks), and a room (its
 * bookings).  All moments are ms UTC. */
#ifndef ZHIBAN_DOMAIN_MEETING_H
#define ZHIBAN_DOMAIN_MEETING_H

#include "zhiban/domain/decide.h"
#include "zhiban/domain/meeting_plan.h"
#include "zhiban/domain/meeting_words.h"

/* Roles of the links of an incident or a whistle: an item that is on a list, one that was settled, a
 * task. */
#define ITEM_LINK "item"
#define SETTLED_LINK "settled"
#define ACTION_LINK "action"

#define F(name, type, ...) FIELD_C_##type name;
#define K(child, member) struct children member;
struct meeting {
	struct entity head;
#include "zhiban/domain/meeting.def"
};
struct item {
	struct entity head;
#include "zhiban/domain/item.def"
};
struct action {
	struct entity head;
#include "zhiban/domain/action.def"
};
struct room {
	struct entity head;
#include "zhiban/domain/room.def"
};
struct agenda {
	struct uuid id;
#include "zhiban/domain/agenda.def"
};
struct attendee {
	struct uuid id;
#include "zhiban/domain/attendee.def"
};
struct stage {
	struct uuid id;
#include "zhiban/domain/stage.def"
};
struct concerned {
	struct uuid id;
#include "zhiban/domain/concerned.def"
};
struct paper {
	struct uuid id;
#include "zhiban/domain/paper.def"
};
struct hearer {
	struct uuid id;
#include "zhiban/domain/hearer.def"
};
struct booking {
	struct uuid id;
#include "zhiban/domain/booking.def"
};
#undef F
#undef K

const struct agenda *meeting_entry(const struct meeting *meeting, size_t i);
const struct attendee *meeting_attendee(const struct meeting *meeting, size_t i);
const struct attendee *meeting_attendee_find(const struct meeting *meeting, const struct uuid *id);
/* That of an organisation: who answers for it (the person named in it, if several), or NULL. */
const struct attendee *meeting_attendee_of(const struct meeting *meeting, const char *org,
					   const char *name);
const struct stage *meeting_stage_at(const struct meeting *meeting, size_t i);
const struct concerned *item_concerned(const struct item *item, size_t i);
const struct paper *item_paper(const struct item *item, size_t i);
const struct booking *room_booking(const struct room *room, size_t i);

/* What was said of an item in a meeting: as the item has it while it is of that one, else as the agenda
 * kept it.  item NULL: it is not at hand. */
struct said {
	const char *outcome, *discussion, *resolution; /* or NULL */
	int64_t used_s;
};
struct said meeting_said(const struct meeting *meeting, const struct agenda *entry,
			 const struct item *item);
/* Keeps what was said of those that are left over, as the items near say now. */
void meeting_keep_said(struct meeting *meeting, const struct state *state);

/* Of a room of the profile org is the centre, whoever convenes: two organisations' meetings in it
 * meet. */
struct uuid room_id(const char *org, const char *name);
struct uuid attendee_id(const struct uuid *meeting, const char *org, const char *name);

/* ---- who must be there ---- */

struct attendance { /* as answers, or as the sign-in sheet say */
	size_t invited, must;
	size_t here, must_here; /* accepted or sending somebody; signed in, late, a delegate */
	size_t need;		/* the quorum */
	bool enough;		/* the quorum, and every mandatory one */
};
struct attendance meeting_answers(const struct meeting *meeting);
struct attendance meeting_sheet(const struct meeting *meeting);
/* Mandatory, and has no leave that was granted; signed in, late, or somebody for him, and not gone. */
bool attendee_is_must(const struct attendee *attendee);
bool attendee_is_there(const struct attendee *attendee);
/* The quorum of so many attendees by a series; NULL: none. */
size_t series_quorum(const struct meeting_series *series, size_t attendees);
/* Departments of items, with what the series always invites, in protocol order: how they would attend.
 * In the arena. */
void meeting_follow_items(const struct rules *rules, const struct meeting_series *series,
			  const char *org, const struct item *const *items, size_t n,
			  struct arena *arena, struct attendee **ret_attendees, size_t *ret_n);

/* Which stage comes next: the first that has not passed; NULL: none is left, or there are none. */
const struct meeting_stage *meeting_next_stage(const struct meeting_series *series,
					       const struct meeting *meeting);

/* ---- who may what ---- */

/* Whether the actor could do it now, without arguments; the entity NULL: one is to be made. */
enum err meeting_possible(const struct rules *rules, const struct meeting *meeting,
			  const struct act_desc *desc, const struct actor *actor,
			  struct error *err) MUST_CHECK;
enum err item_possible(const struct rules *rules, const struct item *item,
		       const struct act_desc *desc, const struct actor *actor,
		       struct error *err) MUST_CHECK;
/* The same with its meeting (that it stands in, or that left it), which must sit for what is said of
 * it; NULL: not at hand, nothing is asked of it. */
enum err item_possible_in(const struct rules *rules, const struct item *item,
			  const struct meeting *meeting, const struct act_desc *desc,
			  const struct actor *actor, struct error *err) MUST_CHECK;
enum err action_possible(const struct rules *rules, const struct action *action,
			 const struct act_desc *desc, const struct actor *actor,
			 struct error *err) MUST_CHECK;
/* An officer of the organisation that convenes (of the centre: its own), who may write. */
bool meeting_is_secretary(const struct rules *rules, const struct actor *actor, const char *org);
/* The running clock that ends first, or NULL; whether a task ran out. */
const struct clock *meeting_next_clock(const struct meeting *meeting);
const struct clock *action_next_clock(const struct action *action);
const struct clock *action_handle_clock(const struct action *action); /* the latest, or NULL */
bool action_is_overdue(const struct action *action, int64_t now);
/* A clock of a task by kind ("sign", "handle", "verify"): its name; never NULL. */
const char *action_clock_label(const struct rules *rules, const char *kind);

#endif
