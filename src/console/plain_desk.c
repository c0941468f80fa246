/* What waits to be sent: taken back; what was not accepted: done again, or given up. */
#include <config.h>

#include "plain_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/client/desk.h"
#include "zhiban/model/undo.h"

void plain_undo(struct plain *plain, const char *args)
{
	const struct rules *rules = client_rules(plain->client);
	struct error err = ERROR_INIT;
	struct undo undo;
	struct uuid id;
	enum err code;

	if (!plain_only_target(plain, args, &id))
		return;
	code = undo_find(plain->client, &id, &undo, &err);
	if (code == ERR_OK && undo.inverse) {
		plain_say(plain, arena_printf(&plain->arena, _("%s undoes %s: type %s"),
					      rules_act_label(rules, undo.inverse),
					      rules_act_label(rules, undo.did), undo.inverse->verb));
		return;
	}
	if (code == ERR_OK)
		code = client_take_back(plain->client, &undo.act, &err);
	if (code == ERR_OK)
		plain_wake(plain);
	plain_say(plain, code != ERR_OK ? err.text : _("taken back"));
}

void plain_desk(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct client_done done;
	struct uuid act;
	const char *word = strchr(args, ' ') + 1;
	bool keep = str_starts(args, "keep");
	enum err code = client_find_act(plain->client, word, &act, &err);

	if (code == ERR_OK)
		code = keep ? client_desk_again(plain->client, &act, NULL, 0, &done, &err)
			    : client_desk_drop(plain->client, &act, &err);
	if (code == ERR_OK && keep)
		plain_wake(plain);
	plain_say(plain, code != ERR_OK ? err.text
			 : keep		? _("done again, waits to be sent")
					: _("given up"));
}
