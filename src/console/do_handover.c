/* zhiban do hand_over, gather: what is to be read is gathered as on the screen, unless it is
 * given.  give, take, witness: who signs types his PIN, as there. */
#include <config.h>

#include <string.h>

#include "show.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/seat.h"
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

bool act_is_signed(const struct act_desc *act)
{
	static const char *const verbs[] = { "give", "take", "witness" };

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		if (act->target == KIND_HANDOVER && strcmp(act->verb, verbs[i]) == 0)
			return true;
	return false;
}

enum err act_sign(struct client *client, const char *file, struct error *err)
{
	const struct actor *actor = client_actor(client);
	char pin[64];
	enum err rc;

	if (actor == NULL)
		return error_set(err, ERR_AUTH, "%s", _("nobody is logged in: zhiban login"));
	if (!seat_knows(client, actor->officer))
		return error_set(err, ERR_AUTH, "%s",
				 _("the PIN cannot be checked here: log in again (zhiban login)"));
	rc = command_pin(file, false, pin, err);
	if (rc == ERR_OK)
		rc = seat_check(client, actor->officer, pin, NULL, err);
	explicit_bzero(pin, sizeof pin);
	if (rc == ERR_AUTH)
		seat_wrong(client);
	return rc;
}
