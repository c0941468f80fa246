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

enum meeting_state {
	MEETING_DRAWN,	   /* 筹备: nobody is invited yet */
	MEETING_CALLED,	   /* 已通知 */
	MEETING_SITTING,   /* 会议中 */
	MEETING_HELD,	   /* 已散会: the minutes are being written */
	MEETING_SIGNING,   /* 会签 */
	MEETING_APPROVING, /* 待签发 */
	MEETING_APPROVED,  /* 待印发: as far as the series asks for it signed and approved */
	MEETING_ISSUED,	   /* 已印发 */
	MEETING_CANCELLED,
	MEETING_STATES
};
enum item_state {
	ITEM_LISTED,   /* 待审 */
	ITEM_APPROVED, /* 已定: in an agenda, or waiting for one */
	ITEM_REFUSED,
	ITEM_SETTLED,  /* with a resolution */
	ITEM_DROPPED,
	ITEM_STATES
};
enum item_outcome { OUTCOME_AGREED, OUTCOME_DEFERRED, OUTCOME_REJECTED, OUTCOME_NOTED, OUTCOMES };
enum action_state { ACTION_GIVEN, ACTION_SIGNED, ACTION_REPLIED, ACTION_DONE, ACTION_WITHDRAWN, ACTION_STATES };
enum attendee_role { ATTEND_CHAIR, ATTEND_MUST, ATTEND_MAY, ATTEND_SECRETARY, ATTEND_ROLES };
enum attendee_answer { ANSWER_ACCEPTED, ANSWER_LEAVE, ANSWER_DELEGATED, ANSWERS };
enum attendee_present { PRESENT_THERE, PRESENT_LATE, PRESENT_DELEGATE, PRESENT_ABSENT, PRESENT_LEFT, PRESENTS };
/* Code ("drawn", "listed", "agreed" …), translated label; by code or label the number, or the count
 * when it is none. */
const char *meeting_state_code(enum meeting_state state);
const char *meeting_state_label(enum meeting_state state);
enum meeting_state meeting_state(const struct meeting *meeting);
const char *item_state_code(enum item_state state);
const char *item_state_label(enum item_state state);
enum item_state item_state(const struct item *item);
const char *outcome_code(enum item_outcome outcome);
const char *outcome_label(enum item_outcome outcome);
enum item_outcome outcome_find(const char *words);
const char *action_state_code(enum action_state state);
const char *action_state_label(enum action_state state);
enum action_state action_state(const struct action *action);
const char *attendee_role_code(enum attendee_role role);
const char *attendee_role_label(enum attendee_role role);
enum attendee_role attendee_role(const struct attendee *attendee);
const char *attendee_answer_code(enum attendee_answer answer);
const char *attendee_answer_label(enum attendee_answer answer);
enum attendee_answer attendee_answer_find(const char *words);
enum attendee_present attendee_present_find(const char *words);
enum attendee_answer attendee_answer(const struct attendee *attendee); /* ANSWERS: silent */
const char *attendee_present_code(enum attendee_present present);
const char *attendee_present_label(enum attendee_present present);
enum attendee_present attendee_present(const struct attendee *attendee); /* PRESENTS: not yet */

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

/* Of a room of the profile org is the centre, whoever convenes: two organisations' meetings in it meet. */
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

struct uuid room_id(const char *org, const char *name);
struct uuid attendee_id(const struct uuid *meeting, const char *org, const char *name);

/* How acts write entries of an agenda ("ITEM ORDER MINUTES", MINUTES may be left out) and attendees
 * (tab-separated "ORG ROLE NAME POST PHONE", from the right what is missing may be left out).  ERR_INPUT;
 * texts in the arena. */
const char *agenda_words(const struct agenda *entry, struct arena *arena);
enum err agenda_parse(const char *words, struct arena *arena, struct agenda *ret_entry,
		      struct error *err) MUST_CHECK;
const char *attendee_words(const struct attendee *attendee, struct arena *arena);
enum err attendee_parse(const struct rules *rules, const char *words, struct arena *arena,
			struct attendee *ret_attendee, struct error *err) MUST_CHECK;

/* ---- who must be there ---- */

struct attendance { /* as answers, or as the sign-in sheet say */
	size_t invited, must;
	size_t here, must_here; /* accepted or sending somebody; signed in, late, a delegate, not gone */
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

/* Which stage comes next: the first that has not passed; NULL: none is left, or there are no stages. */
const struct meeting_stage *meeting_next_stage(const struct meeting_series *series,
					       const struct meeting *meeting);

/* ---- who may what ---- */

/* Whether the actor could do it now, without arguments; the entity NULL: one is to be made. */
enum err meeting_possible(const struct rules *rules, const struct meeting *meeting,
			  const struct act_desc *desc, const struct actor *actor,
			  struct error *err) MUST_CHECK;
enum err item_possible(const struct rules *rules, const struct item *item, const struct act_desc *desc,
		       const struct actor *actor, struct error *err) MUST_CHECK;
/* The same with its meeting (that it stands in, or that left it), which must sit for what is said of it;
 * NULL: not at hand, nothing is asked of it. */
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
