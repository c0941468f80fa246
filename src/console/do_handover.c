/* zhiban do hand_over, gather: what is to be read is gathered as on the screen, unless it is
 * given. */
#include <config.h>

#include <string.h>

#include "show.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/handover.h"

bool act_gathers(const struct act_desc *act, const struct given *given, size_t n)
{
	if (act->target != KIND_HANDOVER ||
	    (strcmp(act->verb, "hand_over") != 0 && strcmp(act->verb, "gather") != 0))
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(given[i].field->name, "half") != 0 &&
		    strcmp(given[i].field->name, "plan_code") != 0)
			return false; /* whoever says more says all */
	return true;
}

static enum err gather(struct client *client, const struct act_desc *act, const struct given *given,
		       size_t n, struct arena *arena, struct client_done *ret_done,
		       struct error *err)
{
	bool prepares = act->conflict == CONFLICT_CREATES, half = false;
	const char *plan = NULL;
	struct handover_desk desk;
	enum err rc;

	for (size_t i = 0; i < n; i++) {
		if (strcmp(given[i].field->name, "half") == 0)
			half = given[i].value.num != 0;
		else
			plan = given[i].value.text;
	}
	rc = handover_of_desk(client, plan, arena, &desk, err);
	if (rc == ERR_OK && prepares && !desk.fresh)
		return error_set(err, ERR_EXISTS, _("%s has prepared this handover already"),
				 desk.now.handover->prepared_by != NULL
					 ? desk.now.handover->prepared_by
					 : "-");
	if (rc == ERR_OK && !prepares && desk.fresh)
		return error_set(err, ERR_REFUSED, _("no handover is being prepared here"));
	return rc == ERR_OK ? handover_gather(client, &desk, half, ret_done, err) : rc;
}

enum err do_gather(struct client *client, const struct act_desc *act, const struct given *given,
		   size_t n, struct client_done *ret_done, struct error *err)
{
	struct arena arena = ARENA_INIT;
	enum err rc = gather(client, act, given, n, &arena, ret_done, err);

	arena_release(&arena);
	return rc;
}
