/* What holds of meetings when no entry is half-way, from the states alone: an item stands in the agenda of
 * one open meeting, and both know it; a room is not booked twice; what is settled says where and how. */
#include <config.h>

#include "oracle_rules.h"

static const json_t *state_of(const struct oracle *oracle, const char *id)
{
	const struct known *known;
	struct uuid uuid;

	if (id == NULL || uuid_parse(id, &uuid) != ERR_OK)
		return NULL;
	known = oracle_known(oracle, &uuid);
	return known != NULL ? known->state : NULL;
}

static bool has_entry(const json_t *meeting, const char *item)
{
	json_t *entry;
	size_t i;

	json_array_foreach(children(meeting, "agenda"), i, entry)
		if (same_text(state_text(entry, "item"), item))
			return true;
	return false;
}

static void check_item(const struct oracle *oracle, const json_t *item)
{
	const char *id = state_text(item, "id"), *meeting = state_text(item, "meeting");
	const char *state = state_text(item, "state");

	if (meeting != NULL && !has_entry(state_of(oracle, meeting), id))
		sim_fail(oracle->world, "the item %s is of %s, whose agenda lacks it", id, meeting);
	if (same_text(state, "settled") && (state_text(item, "settled_in") == NULL ||
					    state_text(item, "outcome") == NULL))
		sim_fail(oracle->world, "the item %s is settled, and nobody knows how", id);
	if (json_int(item, "missing") < 0 || json_int(item, "actions") < 0)
		sim_fail(oracle->world, "the item %s counts below nothing", id);
}

static void check_meeting(const struct oracle *oracle, const json_t *meeting)
{
	static const char *const before[] = { "drawn", "called", "sitting" };
	const char *id = state_text(meeting, "id"), *state = state_text(meeting, "state");
	bool takes = false;
	json_t *entry;
	size_t i;

	for (size_t k = 0; k < ARRAY_LEN(before); k++)
		takes = takes || same_text(state, before[k]);
	json_array_foreach(children(meeting, "agenda"), i, entry)
		if (takes && !same_text(state_text(state_of(oracle, state_text(entry, "item")),
						   "meeting"), id))
			sim_fail(oracle->world, "the meeting %s has the item %s, which is not its", id,
				 state_text(entry, "item"));
	if (json_int(meeting, "items") != (int64_t)json_array_size(children(meeting, "agenda")))
		sim_fail(oracle->world, "the meeting %s counts its items wrong", id);
}

static void check_room(const struct oracle *oracle, const json_t *room)
{
	json_t *list = children(room, "booking"), *one, *other;
	size_t i, k;

	json_array_foreach(list, i, one)
		json_array_foreach(list, k, other)
			if (i < k && json_int(one, "from_at") < json_int(other, "to_at") &&
			    json_int(other, "from_at") < json_int(one, "to_at"))
				sim_fail(oracle->world, "the room %s is booked twice",
					 state_text(room, "name"));
}

void meetings_settled(const struct oracle *oracle)
{
	for (size_t i = 0; i < oracle->n_known; i++) {
		const json_t *state = oracle->known[i].state;
		const char *kind = state_text(state, "kind");

		if (same_text(kind, "item"))
			check_item(oracle, state);
		else if (same_text(kind, "meeting"))
			check_meeting(oracle, state);
		else if (same_text(kind, "room"))
			check_room(oracle, state);
	}
}
