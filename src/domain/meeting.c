/* Meetings: their children, who attends, and when there are enough. */
#include <config.h>

#include "zhiban/domain/meeting.h"

#include "zhiban/base/mem.h"

const struct agenda *meeting_entry(const struct meeting *meeting, size_t i)
{
	return children_at(&meeting->agenda, child_desc(CHILD_AGENDA), i);
}

const struct attendee *meeting_attendee(const struct meeting *meeting, size_t i)
{
	return children_at(&meeting->attendees, child_desc(CHILD_ATTENDEE), i);
}

const struct attendee *meeting_attendee_find(const struct meeting *meeting, const struct uuid *id)
{
	return children_find(&meeting->attendees, child_desc(CHILD_ATTENDEE), id);
}

const struct attendee *meeting_attendee_of(const struct meeting *meeting, const char *org,
					   const char *name)
{
	const struct attendee *first = NULL;

	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		if (!str_eq(attendee->org, org))
			continue;
		if (name != NULL && str_eq(attendee->name, name))
			return attendee;
		if (first == NULL)
			first = attendee;
	}
	return first;
}

const struct stage *meeting_stage_at(const struct meeting *meeting, size_t i)
{
	return children_at(&meeting->stages, child_desc(CHILD_STAGE), i);
}

const struct concerned *item_concerned(const struct item *item, size_t i)
{
	return children_at(&item->concerned, child_desc(CHILD_CONCERNED), i);
}

const struct paper *item_paper(const struct item *item, size_t i)
{
	return children_at(&item->papers, child_desc(CHILD_PAPER), i);
}

const struct booking *room_booking(const struct room *room, size_t i)
{
	return children_at(&room->bookings, child_desc(CHILD_BOOKING), i);
}

struct uuid room_id(const char *org, const char *name)
{
	struct str words = STR_INIT;
	struct uuid id;

	str_addf(&words, "room\n%s\n%s", org != NULL ? org : "", name != NULL ? name : "");
	id = uuid_named(str_get(&words));
	str_release(&words);
	return id;
}

struct uuid attendee_id(const struct uuid *meeting, const char *org, const char *name)
{
	struct str words = STR_INIT;
	char text[UUID_TEXT];
	struct uuid id;

	uuid_text(meeting, text);
	str_addf(&words, "attendee\n%s\n%s\n%s", text, org != NULL ? org : "",
		 name != NULL ? name : "");
	id = uuid_named(str_get(&words));
	str_release(&words);
	return id;
}

/* ---- who must be there ---- */

static bool counts(const struct attendee *attendee)
{
	return attendee_role(attendee) != ATTEND_SECRETARY;
}

/* A granted leave frees him. */
bool attendee_is_must(const struct attendee *attendee)
{
	enum attendee_role role = attendee_role(attendee);

	return (role == ATTEND_CHAIR || role == ATTEND_MUST) &&
	       !(attendee_answer(attendee) == ANSWER_LEAVE && attendee->leave_ok);
}

static bool will_come(const struct attendee *attendee)
{
	enum attendee_answer answer = attendee_answer(attendee);

	return answer == ANSWER_ACCEPTED || answer == ANSWER_DELEGATED;
}

bool attendee_is_there(const struct attendee *attendee)
{
	enum attendee_present present = attendee_present(attendee);

	return present == PRESENT_THERE || present == PRESENT_LATE || present == PRESENT_DELEGATE;
}

static struct attendance count(const struct meeting *meeting,
			       bool (*here)(const struct attendee *attendee))
{
	struct attendance ret = { .need = (size_t)meeting->quorum };

	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);
		bool must = attendee_is_must(attendee), is_here = here(attendee);

		if (!counts(attendee))
			continue;
		ret.invited++;
		ret.must += must;
		ret.here += is_here;
		ret.must_here += must && is_here;
	}
	ret.enough = ret.here >= ret.need && ret.must_here == ret.must;
	return ret;
}

struct attendance meeting_answers(const struct meeting *meeting)
{
	return count(meeting, will_come);
}

struct attendance meeting_sheet(const struct meeting *meeting)
{
	return count(meeting, attendee_is_there);
}

size_t series_quorum(const struct meeting_series *series, size_t attendees)
{
	size_t percent = series != NULL && series->quorum_percent > 0 ? (size_t)series->quorum_percent
								     : 0;

	return (attendees * percent + 99) / 100;
}
