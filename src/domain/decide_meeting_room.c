/* The room, or line, of a meeting: booked when both are known, freed when either changes. */
#include <config.h>

#include "meeting_priv.h"
#include "zhiban/base/mem.h"

/* What the profile keeps bookings of; words of another room are only told. */
static const char *place_of(const struct conferring *c, const struct meeting *meeting, bool line)
{
	const struct meeting_room *room =
		rules_room(c->s.rules, line ? meeting->line : meeting->room);

	if (room == NULL || room->is_line != line || meeting->starts == 0 || meeting->ends == 0 ||
	    meeting_state(meeting) == MEETING_CANCELLED)
		return NULL;
	return room->name;
}

/* A room of the profile is the centre's, whoever convenes: so all who want it meet there. */
static struct act *follow_room(struct conferring *c, const char *verb, const char *name)
{
	struct uuid id = room_id(c->s.rules->centre, name);
	struct act *follow = speak_follow(&c->s, KIND_ROOM, verb, &id);
	char meeting[UUID_TEXT];

	uuid_text(&c->after->head.id, meeting);
	speak_give(&c->s, follow, "meeting_id", meeting);
	return follow;
}

static void book(struct conferring *c, const char *name)
{
	struct act *follow = follow_room(c, "book", name);

	speak_give(&c->s, follow, "org", c->s.rules->centre);
	speak_give(&c->s, follow, "room_name", name);
	speak_give_num(&c->s, follow, "from_at", c->after->starts);
	speak_give_num(&c->s, follow, "to_at", c->after->ends);
	speak_give(&c->s, follow, "booked_for", c->after->title);
}

void conferring_rooms(struct conferring *c)
{
	const struct meeting *a = c->before, *b = c->after;

	for (int line = 0; line <= 1; line++) {
		const char *had = place_of(c, a, line), *has = place_of(c, b, line);

		if (had != NULL && !str_eq(had, has))
			(void)follow_room(c, "free", had);
		if (has != NULL && (!str_eq(had, has) || a->starts != b->starts ||
				    a->ends != b->ends || !str_eq(a->title, b->title)))
			book(c, has);
	}
}
