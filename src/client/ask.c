#include <config.h>

#include "zhiban/client/ask.h"

#include <ctype.h>
#include <string.h>

#include "ask_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/store/outbox.h"
#include "zhiban/sync/http.h"
#include "zhiban/wire/message.h"

enum err reply_refusal(const struct sync_response *response, struct arena *arena,
		       struct error *err)
{
	struct error_answer answer = { .error = NULL };
	enum err code = ERR_AUTH;

	if (error_answer_decode(response->body, response->len, arena, &answer, NULL) != ERR_OK ||
	    answer.error == NULL)
		return error_set(err, ERR_IO,
				 _("this does not look like a zhiban server (status %d)"),
				 response->status);
	code = err_from_name(answer.error);
	return error_set(err, code, "%s",
			 answer.sentence != NULL ? answer.sentence : _(err_sentence(code)));
}

static enum err current_token(const struct server_settings *server, struct arena *arena,
			      const char **ret_token, struct error *err)
{
	struct outbox_who who = { .token = NULL };
	struct store *outbox;
	enum err code = outbox_open(server->dir, true, &outbox, err);

	if (code != ERR_OK)
		return code;
	code = outbox_who(outbox, NULL, arena, &who, err);
	store_close(outbox);
	if (code == ERR_OK && (who.token == NULL || who.token[0] == '\0'))
		code = error_set(err, ERR_AUTH, "%s",
				 _("nobody is logged in here: zhiban login"));
	if (code == ERR_OK)
		*ret_token = who.token;
	return code;
}

enum err server_ask(const struct server_settings *server, const char *method, const char *path,
		    const char *body, size_t len, struct arena *arena, struct ask_reply *ret_reply,
		    struct error *err)
{
	struct sync_request request = {
		.lane = LANE_ASK, .method = method, .path = path, .body = body, .len = len
	};
	struct http_done done;
	struct http *http = NULL;
	enum err code = current_token(server, arena, &request.token, err);

	if (code == ERR_OK)
		code = http_new(server->url, server->key_pin, &http, err);
	if (code == ERR_OK)
		code = http_once(http, &request, PATIENCE_S, &done, err);
	if (code == ERR_OK && (done.response.status < 200 || done.response.status > 299))
		code = reply_refusal(&done.response, arena, err);
	if (code == ERR_OK) {
		ret_reply->status = done.response.status;
		ret_reply->body = arena_strndup(arena, done.response.body, done.response.len);
		ret_reply->len = done.response.len;
	}
	http_free(http);
	return code;
}

void ask_escape(struct str *path, const char *word)
{
	for (const char *s = word; *s != '\0'; s++) {
		if (isalnum((unsigned char)*s) || strchr("-._~", *s) != NULL)
			str_add_char(path, *s);
		else
			str_addf(path, "%%%02X", (unsigned)(unsigned char)*s);
	}
}
