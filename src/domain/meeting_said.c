/* What was said of an item in one of the meetings it was in. */
#include <config.h>

#include "zhiban/domain/meeting.h"

static bool settles(const struct item *item)
{
	enum item_outcome outcome = outcome_find(item->outcome);

	return outcome != OUTCOMES && outcome != OUTCOME_DEFERRED;
}

/* What the item says is of that meeting: it left the item, or has it and the item was in none
 * before. */
static bool is_of(const struct item *item, const struct meeting *meeting)
{
	char id[UUID_TEXT];

	uuid_text(&meeting->head.id, id);
	if (item->settled_in != NULL)
		return str_eq(item->settled_in, id);
	return str_eq(item->meeting, id);
}

struct said meeting_said(const struct meeting *meeting, const struct agenda *entry,
			 const struct item *item)
{
	if (item != NULL && is_of(item, meeting))
		return (struct said){ item->outcome, item->discussion, item->resolution,
				      item->used_s };
	return (struct said){ entry->outcome, entry->discussion, entry->resolution, entry->used_s };
}

void meeting_keep_said(struct meeting *meeting, const struct state *state)
{
	struct agenda *agenda = meeting->agenda.items;

	for (size_t i = 0; i < meeting->agenda.n; i++) {
		const struct item *item = NULL;
		struct uuid id;

		if (agenda[i].item != NULL && uuid_parse(agenda[i].item, &id) == ERR_OK)
			item = state_near(state, KIND_ITEM, &id);
		if (item == NULL || !is_of(item, meeting) || settles(item))
			continue;
		agenda[i].outcome = item->outcome;
		agenda[i].discussion = item->discussion;
		agenda[i].resolution = item->resolution;
		agenda[i].used_s = item->used_s;
		if (item->begun_at != 0 && meeting->closed_at > item->begun_at)
			agenda[i].used_s += (meeting->closed_at - item->begun_at) / 1000;
	}
}
