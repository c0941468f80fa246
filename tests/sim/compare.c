/* What consoles show of rosters, people, swaps, handovers, records and meetings at the end, against the journal. */
#include <config.h>

#include "zhiban/client/handover.h"
#include "zhiban/client/meeting.h"
#include "zhiban/client/roster.h"
#include "zhiban/wire/entity.h"

#include "sim.h"

static const void *shown_staff(struct world *world, struct client *client, const struct uuid *id)
{
	const struct staff **all;
	size_t n = 0;

	if (client_staff(client, NULL, true, &world->arena, &all, &n, NULL) != ERR_OK)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (uuid_eq(&all[i]->head.id, id))
			return all[i];
	return NULL;
}

static const void *shown_roster(struct world *world, struct client *client, const struct uuid *id)
{
	struct client_roster shown = { .roster = NULL };

	return client_roster_get(client, id, &world->arena, &shown, NULL) == ERR_OK ? shown.roster
										      : NULL;
}

static const void *shown_swap(struct world *world, struct client *client, const struct uuid *id)
{
	struct client_swap shown = { .swap = NULL };

	return client_swap_get(client, id, &world->arena, &shown, NULL) == ERR_OK ? shown.swap : NULL;
}

static const void *shown_handover(struct world *world, struct client *client, const struct uuid *id)
{
	struct client_handover shown = { .handover = NULL };

	return client_handover_get(client, id, &world->arena, &shown, NULL) == ERR_OK
		       ? shown.handover
		       : NULL;
}

static const void *shown_record(struct world *world, struct client *client, const struct uuid *id)
{
	struct client_record shown = { .record = NULL };

	return client_record_get(client, id, &world->arena, &shown, NULL) == ERR_OK ? shown.record
										     : NULL;
}

static const void *shown_meeting(struct world *world, struct client *client, const struct uuid *id)
{
	struct client_meeting shown = { .meeting = NULL };

	return client_meeting_get(client, id, &world->arena, &shown, NULL) == ERR_OK ? shown.meeting
										      : NULL;
}

static const void *shown_item(struct world *world, struct client *client, const struct uuid *id)
{
	struct client_item shown = { .item = NULL };

	return client_item_get(client, id, &world->arena, &shown, NULL) == ERR_OK ? shown.item : NULL;
}

static const void *shown_action(struct world *world, struct client *client, const struct uuid *id)
{
	struct client_action shown = { .action = NULL };

	return client_action_get(client, id, &world->arena, &shown, NULL) == ERR_OK ? shown.action
										     : NULL;
}

static const void *shown_room(struct world *world, struct client *client, const struct uuid *id)
{
	const void *shown = NULL;

	return client_entity(client, KIND_ROOM, id, &world->arena, &shown, NULL) == ERR_OK ? shown
											    : NULL;
}

static const struct {
	const char *kind;
	const void *(*shown)(struct world *world, struct client *client, const struct uuid *id);
} kinds[] = {
	{ "staff", shown_staff },
	{ "roster", shown_roster },
	{ "swap", shown_swap },
	{ "handover", shown_handover },
	{ "record", shown_record },
	{ "meeting", shown_meeting },
	{ "item", shown_item },
	{ "action", shown_action },
	{ "room", shown_room },
};

const void *sim_shown(struct world *world, struct client *client, const char *kind,
		      const struct uuid *id)
{
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
		if (strcmp(kinds[k].kind, kind) == 0)
			return kinds[k].shown(world, client, id);
	return NULL;
}

static void compare_one(struct world *world, int slot, struct client *client, const char *kind,
			const void *shown, const struct uuid *id, const char *wanted)
{
	const struct actor *actor = client_actor(client);
	struct str bytes = STR_INIT;
	char text[UUID_TEXT];

	if (shown != NULL)
		entity_encode(shown, &bytes);
	uuid_text(id, text);
	if ((wanted == NULL) != (shown == NULL))
		sim_fail(world, "c%d (%s of %s): the %s %s is %s", slot, actor->officer, actor->org,
			 kind, text, shown == NULL ? "missing" : "there");
	if (wanted != NULL && strcmp(wanted, str_get(&bytes)) != 0)
		sim_fail(world, "c%d (%s of %s) shows\n#   %s\n# the journal says\n#   %s", slot,
			 actor->officer, actor->org, str_get(&bytes), wanted);
	str_release(&bytes);
	count_up(world, COUNT_duties_compared);
}

void compare_duties(struct world *world, int slot, struct client *client)
{
	const struct actor *actor = client_actor(client);

	for (size_t i = 0; i < oracle_count(world->oracle); i++) {
		struct uuid id;
		const char *kind = oracle_kind_at(world->oracle, i, &id);

		for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
			char *wanted;

			if (strcmp(kinds[k].kind, kind) != 0)
				continue;
			wanted = oracle_bytes(world, i, actor->org, actor->role);
			compare_one(world, slot, client, kind,
				    kinds[k].shown(world, client, &id), &id, wanted);
			free(wanted);
		}
	}
}
