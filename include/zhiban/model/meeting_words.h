/* Meetings, their items and tasks in words: how each is called in a line, a title and a form. */
#ifndef ZHIBAN_MODEL_MEETING_WORDS_H
#define ZHIBAN_MODEL_MEETING_WORDS_H

#include "zhiban/client/meeting.h"

bool joint_is(enum kind kind); /* a meeting, an item, a task, a room */
/* Short number ("22-M001"); of a room its name; "" while it has none. */
const char *joint_number(enum kind kind, const void *entity);
/* A line about it, in the arena: "Weekly meeting No. 3  11-25 14:30  Room 2",
 * "what it is about  22-0417", "what is to be done  Water Bureau". */
const char *joint_line(const struct rules *rules, enum kind kind, const void *entity,
		       struct arena *arena);
/* "Weekly meeting No. 3", or its title. */
const char *meeting_name(const struct rules *rules, const struct meeting *meeting,
			 struct arena *arena);
/* "11-25 We 14:30-16:00", on two days "11-25 We 22:00 - 11-26 Th 01:00"; "" while it has no time. */
const char *meeting_when(const struct rules *rules, const struct meeting *meeting,
			 struct arena *arena);
/* Organisation, with the name if one is named: "Water Bureau Zhou Qiang". */
const char *attendee_who(const struct rules *rules, const struct attendee *attendee,
			 struct arena *arena);
/* What an attendee answered and how it stands: "comes", "asks for leave: ill (granted)", "sends Li Min
 * (deputy head)", "not answered, chased 2". */
const char *attendee_said(const struct attendee *attendee, struct arena *arena);
/* Whether it is the organisation's: it convenes, attends, brought it, is concerned, leads or
 * assists. */
bool joint_is_of(const struct rules *rules, const void *entity, const char *org);
/* Past a moment that it should have been dealt with by. */
bool joint_is_overdue(const void *entity, int64_t now);
/* A clock of one of them ("answer", "handle" …): its name. */
const char *joint_clock_label(const struct rules *rules, enum kind kind, const char *clock);
/* Whose act it is, when it is not the secretary's: the department that leads, the attendee that is
 * meant; share: of whom (code of an organisation, or id of an attendee), or NULL.  NULL: the
 * secretary's. */
const char *joint_whose(const void *entity, const struct act_desc *act, const char *share);
/* Whether an act is done to one attendee or department, and whoever is of org has none of his own:
 * then he says whose. */
bool joint_asks_whose(const struct rules *rules, const void *entity, const struct act_desc *act,
		      const char *org);

/* What the officer can do to one of them now: what leads on first. */
size_t joint_acts(struct client *client, const void *entity, const struct act_desc **acts,
		  size_t most);
/* Whether there is anything to do it to (an extension to decide, a supervision to lift). */
bool joint_has_object(const void *entity, const struct act_desc *act);

#endif
