/* What the codes of a whistle are made from: asked once by its blower's console, told, and forgotten
 * here. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"

#include "once_priv.h"
#include "sync_priv.h"

bool arrival_want(struct sync *sync, const struct uuid *id)
{
	if (sync->ops->arrival == NULL)
		return false;
	if (sync->arrival.wanted) {
		if (!uuid_eq(&sync->arrival.id, id))
			sync->ops->arrival(sync->ctx, id, ERR_BUSY,
					   _("another whistle is being asked about"), NULL);
		return false;
	}
	if (sync->token[0] == '\0') {
		sync->ops->arrival(sync->ctx, id, ERR_AUTH, _("nobody is logged in"), NULL);
		return false;
	}
	sync->arrival.id = *id;
	sync->arrival.wanted = true;
	return true;
}

void arrival_cancel(struct sync *sync)
{
	if (sync->arrival.wanted)
		arrival_told(sync, ERR_OFFLINE, _("it was broken off"), NULL);
}

void arrival_body(const struct sync *sync, struct str *body)
{
	struct arrival_ask ask = { .whistle = sync->arrival.id };

	arrival_ask_encode(&ask, body);
}

void arrival_told(struct sync *sync, enum err code, const char *text, const char *secret)
{
	sync->arrival.wanted = false;
	sync->ops->arrival(sync->ctx, &sync->arrival.id, code, text, secret);
}

enum err took_arrival(struct sync *sync, const struct sync_response *response,
		      struct arena *arena, struct error *err)
{
	struct arrival_answer answer = { .secret = NULL };
	enum err code = arrival_answer_decode(response->body, response->len, arena, &answer, err);

	if (code == ERR_OK && answer.secret == NULL)
		code = error_set(err, ERR_INPUT, "%s", _(err_sentence(ERR_INPUT)));
	arrival_told(sync, code, code != ERR_OK ? err->text : "", answer.secret);
	return code;
}

void once_cancel(struct sync *sync)
{
	reveal_cancel(sync);
	search_cancel(sync);
	callers_cancel(sync);
	arrival_cancel(sync);
}
