/* One personal value of an incident, shown to the officer for a reason: asked once, told, and
 * forgotten here. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"

#include "once_priv.h"
#include "sync_priv.h"

bool reveal_want(struct sync *sync, const struct uuid *id, const char *field, const char *why)
{
	if (sync->reveal.wanted) {
		sync->ops->revealed(sync->ctx, ERR_BUSY, _("another value is being asked for"));
		return false;
	}
	if (sync->token[0] == '\0') {
		sync->ops->revealed(sync->ctx, ERR_AUTH, _("nobody is logged in"));
		return false;
	}
	sync->reveal.id = *id;
	sync->reveal.wanted = str_copy(sync->reveal.field, sizeof sync->reveal.field, field) &&
			      str_copy(sync->reveal.why, sizeof sync->reveal.why, why);
	if (!sync->reveal.wanted)
		sync->ops->revealed(sync->ctx, ERR_INPUT, _(err_sentence(ERR_INPUT)));
	return sync->reveal.wanted;
}

void reveal_cancel(struct sync *sync)
{
	if (sync->reveal.wanted)
		reveal_told(sync, ERR_OFFLINE, _("it was broken off"));
}

void reveal_body(const struct sync *sync, struct str *body)
{
	struct reveal_ask ask = { .entity = sync->reveal.id,
				  .field = sync->reveal.field,
				  .why = sync->reveal.why };

	reveal_ask_encode(&ask, body);
}

void reveal_told(struct sync *sync, enum err code, const char *text)
{
	sync->reveal.wanted = false;
	sync->ops->revealed(sync->ctx, code, text);
}

enum err took_reveal(struct sync *sync, const struct sync_response *response,
		     struct arena *arena, struct error *err)
{
	struct reveal_answer answer = { .value = NULL };
	enum err code = reveal_answer_decode(response->body, response->len, arena, &answer, err);

	reveal_told(sync, code, code != ERR_OK ? err->text : answer.value ? answer.value : "");
	return code;
}
