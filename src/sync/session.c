/* Who is logged in, on which console, and how far the server counts this console's acts. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"

#include "once_priv.h"
#include "ask_priv.h"
#include "sync_priv.h"

/* Another organisation or role sees other things: what is here goes, what is his comes. */
static void check_scope(struct sync *sync, const struct session_answer *answer)
{
	snprintf(sync->scope, sizeof sync->scope, "%s %s", answer->org, answer->role);
	sync->rescoped = false;
	if (sync->mark.scope[0] == '\0')
		memcpy(sync->mark.scope, sync->scope, sizeof sync->mark.scope);
	else if (strcmp(sync->mark.scope, sync->scope) != 0)
		view_anew(sync, false);
}

/* Its last n beside ours.  Behind: it was restored from a backup that lacks some of our acts.
 * Ahead: acts were sent in our name, so these files are a copy, or older than they were. */
static enum err compare_counters(struct sync *sync, int64_t n, const char *epoch,
				 struct error *err)
{
	int64_t given, answered;
	enum err code;

	if (n < 0)
		return ERR_OK;
	code = sync->ops->counters(sync->ctx, &given, &answered, err);
	if (code != ERR_OK) {
		sync->want_session = true;
		return code;
	}
	if (n > given) {
		sync->renew = true;
		return ERR_OK;
	}
	if (n < answered && sync->n_answered != sync->n_answered_then) {
		sync->want_session = true; /* acts were answered meanwhile: asked again */
		return ERR_OK;
	}
	if (n < answered)
		resend_from(sync, n + 1);
	sync->dirty = true;
	code = epoch != NULL ? sync->ops->agreed(sync->ctx, epoch, err) : ERR_OK;
	if (code != ERR_OK)
		sync->want_session = true;
	return code;
}

void part_from(struct sync *sync, const char *token)
{
	if (token[0] == '\0' || strcmp(token, sync->token) == 0)
		return;
	memcpy(sync->parting, token, sizeof sync->parting);
	sync->parting_unsent = sync->dirty;
}

static void take_token(struct sync *sync, const char *token)
{
	char before[TOKEN_TEXT];

	memcpy(before, sync->token, sizeof before);
	if (token == NULL || !str_copy(sync->token, sizeof sync->token, token))
		return;
	once_cancel(sync);
	part_from(sync, before);
	sync->want_logout = false; /* it was of the one before, who is parted from */
	scope_unknown(sync);
	lane_abandon(sync, LANE_READ); /* it was the other's */
	sync->at_head = false;
	for (int lane = 0; lane < LANE_COUNT; lane++)
		sync->lane[lane].not_before = 0;
	sync->dirty = true;
	sync->link = SYNC_IDLE;
}

enum err took_session(struct sync *sync, const struct sync_response *response,
		      struct arena *arena, struct error *err)
{
	struct session_answer answer;
	enum err code = session_answer_decode(response->body, response->len, arena, &answer, err);

	if (code != ERR_OK)
		return code;
	if (note_head(sync, &answer.head) == ERR_EPOCH)
		another_epoch(sync);
	code = sync->ops->session(sync->ctx, &answer, err);
	if (code != ERR_OK)
		return code;
	take_token(sync, answer.token);
	snprintf(sync->who, sizeof sync->who, "%s", answer.officer);
	sync->want_session = false;
	check_scope(sync, &answer);
	code = ask_about_documents(sync, answer.profile, answer.calendar, err);
	ask_about_places(sync);
	if (!uuid_is_nil(&answer.console) && !uuid_eq(&answer.console, &sync->console))
		sync->renew = true; /* the session is another console's: ours is no longer known */
	else if (code == ERR_OK)
		code = compare_counters(sync, answer.n, answer.head.epoch, err);
	return code;
}

enum err took_console(struct sync *sync, const struct sync_response *response,
		      struct arena *arena, struct error *err)
{
	struct session_answer answer;
	enum err code = session_answer_decode(response->body, response->len, arena, &answer, err);

	if (code != ERR_OK)
		return code;
	if (answer.token == NULL || uuid_is_nil(&answer.console) ||
	    uuid_eq(&answer.console, &sync->console))
		return error_set(err, ERR_INPUT, "%s", _("the server gave no other console id"));
	if (note_head(sync, &answer.head) == ERR_EPOCH)
		another_epoch(sync);
	/* What is under way is of the id before; its answers would be too. */
	lane_abandon(sync, LANE_READ);
	lane_abandon(sync, LANE_WRITE);
	sync->at_head = false;
	code = sync->ops->renew(sync->ctx, &answer, err);
	if (code != ERR_OK)
		return code;
	if (!str_copy(sync->token, sizeof sync->token, answer.token))
		return error_set(err, ERR_INPUT, "%s", _("the server gave no session"));
	sync->console = answer.console;
	sync->renew = false;
	sync->need = 0;
	sync->dirty = true;
	for (int lane = 0; lane < LANE_COUNT; lane++)
		sync->lane[lane].not_before = 0;
	return ERR_OK;
}
