/* Which incidents came from the same phone: asked once while one is registered, told, and forgotten
 * here. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"

#include "once_priv.h"
#include "sync_priv.h"

bool callers_want(struct sync *sync, const char *phone)
{
	if (sync->callers.wanted) {
		sync->ops->callers(sync->ctx, phone, ERR_BUSY,
				   _("the number is being asked about already"), NULL);
		return false;
	}
	if (sync->token[0] == '\0') {
		sync->ops->callers(sync->ctx, phone, ERR_AUTH, _("nobody is logged in"), NULL);
		return false;
	}
	sync->callers.wanted = str_copy(sync->callers.phone, sizeof sync->callers.phone, phone);
	if (!sync->callers.wanted)
		sync->ops->callers(sync->ctx, phone, ERR_INPUT, _(err_sentence(ERR_INPUT)), NULL);
	return sync->callers.wanted;
}

void callers_cancel(struct sync *sync)
{
	if (sync->callers.wanted)
		callers_told(sync, ERR_OFFLINE, _("it was broken off"), NULL);
}

void callers_body(const struct sync *sync, struct str *body)
{
	struct callers_ask ask = { .phone = sync->callers.phone };

	callers_ask_encode(&ask, body);
}

void callers_told(struct sync *sync, enum err code, const char *text,
		  const struct callers_answer *answer)
{
	sync->callers.wanted = false;
	sync->ops->callers(sync->ctx, sync->callers.phone, code, text, answer);
	crypto_wipe(sync->callers.phone, sizeof sync->callers.phone);
}

enum err took_callers(struct sync *sync, const struct sync_response *response,
		      struct arena *arena, struct error *err)
{
	struct callers_answer answer;
	enum err code = callers_answer_decode(response->body, response->len, arena, &answer, err);

	callers_told(sync, code, code != ERR_OK ? err->text : "", code == ERR_OK ? &answer : NULL);
	return code;
}
