/* What can be done to meetings, their items and tasks, for menus. */
#include <config.h>

#include "act_priv.h"
#include "client_priv.h"
#include "zhiban/client/meeting.h"

/* What is said of an item is said while its meeting sits. */
static enum err possible_in_meeting(struct client *client, const struct item *item,
				    const struct act_desc *desc, struct error *err)
{
	const char *words = item == NULL	     ? NULL
			    : item->meeting != NULL ? item->meeting
						    : item->settled_in;
	struct client_meeting shown = { .meeting = NULL };
	struct arena arena = ARENA_INIT;
	struct uuid id;
	enum err code;

	if (words != NULL && uuid_parse(words, &id) == ERR_OK &&
	    client_meeting_get(client, &id, &arena, &shown, NULL) != ERR_OK)
		shown.meeting = NULL;
	code = item_possible_in(client->rules, item, shown.meeting, desc, client->actor, err);
	arena_release(&arena);
	return code;
}

enum err client_joint_possible(struct client *client, const void *entity, const struct act_desc *desc,
			       struct error *err)
{
	const struct item *item = entity;
	enum err code = act_may(client, err);

	if (code != ERR_OK)
		return code;
	if (desc->target == KIND_MEETING)
		return meeting_possible(client->rules, entity, desc, client->actor, err);
	if (desc->target == KIND_ITEM)
		return possible_in_meeting(client, item, desc, err);
	return desc->target == KIND_ACTION
		       ? action_possible(client->rules, entity, desc, client->actor, err)
		       : ERR_OK;
}
