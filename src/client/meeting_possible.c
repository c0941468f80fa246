/* What can be done to meetings, their items and tasks, for menus. */
#include <config.h>

#include "act_priv.h"
#include "client_priv.h"
#include "zhiban/client/meeting.h"

enum err client_joint_possible(struct client *client, const void *entity, const struct act_desc *desc,
			       struct error *err)
{
	enum err code = act_may(client, err);

	if (code != ERR_OK)
		return code;
	if (desc->target == KIND_MEETING)
		return meeting_possible(client->rules, entity, desc, client->actor, err);
	if (desc->target == KIND_ITEM)
		return item_possible(client->rules, entity, desc, client->actor, err);
	return desc->target == KIND_ACTION
		       ? action_possible(client->rules, entity, desc, client->actor, err)
		       : ERR_OK;
}
