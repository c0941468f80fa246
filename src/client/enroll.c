#include <config.h>

#include "zhiban/client/enroll.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "zhiban/base/env.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/seat.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/outbox.h"
#include "zhiban/store/outbox_pin.h"
#include "zhiban/sync/http.h"
#include "zhiban/wire/enroll.h"
#include "zhiban/wire/message.h"

#include "ask_priv.h"
#include "renew_priv.h"

/* ---- one request with a JSON answer ---- */

static enum err ask_session(struct http *http, const struct sync_request *request,
			    struct arena *arena, struct session_answer *ret_answer,
			    struct error *err)
{
	struct http_done done;
	enum err code = http_once(http, request, PATIENCE_S, &done, err);

	if (code != ERR_OK)
		return code;
	if (done.response.status != 200)
		return reply_refusal(&done.response, arena, err);
	code = session_answer_decode(done.response.body, done.response.len, arena, ret_answer, err);
	if (code == ERR_OK && ret_answer->token == NULL)
		code = error_set(err, ERR_INPUT, "%s", _("the server gave no session"));
	return code;
}

static enum err keep_session(struct store *outbox, const struct session_answer *answer,
			     struct error *err)
{
	struct outbox_who who = { answer->officer, answer->org, answer->role, answer->token, true };
	struct uuid console = outbox_console(outbox);

	if (!uuid_is_nil(&answer->console) && !uuid_eq(&answer->console, &console))
		return error_set(err, ERR_BUSY, "%s",
				 _("this console has got another id meanwhile: log in again"));
	return outbox_login(outbox, &who, err);
}

/* ---- enrolment ---- */

/* Acts that waited under an older id of this console go on under the new one; and what the server
 * had answered goes again if it was restored to before that. */
static enum err keep_console(const char *dir, const struct session_answer *answer, bool other,
			     const char *pin, const struct env *env, struct error *err)
{
	struct store *outbox;
	enum err code = dir_make(dir, 0700, err);

	if (code == ERR_OK)
		code = dir_is_local(dir, err);
	if (code == ERR_OK)
		code = outbox_open(dir, false, &outbox, err);
	if (code != ERR_OK)
		return code;
	if (other)
		code = outbox_forget_kept(outbox, err);
	if (code == ERR_OK)
		code = console_renew(outbox, answer, err);
	if (code == ERR_OK)
		code = seat_keep(outbox, answer->officer, pin, env_now(env), err);
	store_close(outbox);
	return code;
}

/* Whether this name was another server's before. */
static bool was_another(const char *path, const struct server_settings *server)
{
	struct arena arena = ARENA_INIT;
	struct settings settings;
	const struct server_settings *before;
	bool other = settings_read(path, &arena, &settings, NULL) == ERR_OK &&
		     settings_server(&settings, server->name, &before, NULL) == ERR_OK &&
		     strcmp(before->key_pin, server->key_pin) != 0;

	arena_release(&arena);
	return other;
}

/* The key of the server, if it is the one the code was made for. */
static enum err find_key(const char *url, const struct enroll_code *code, char pin[KEY_PIN_TEXT],
			 struct error *err)
{
	uint8_t hash[SHA256_LEN];
	enum err code_ = http_key(url, hash, err);

	if (code_ != ERR_OK)
		return code_;
	if (!enroll_code_fits(code, hash))
		return error_set(err, ERR_AUTH, "%s",
				 _("the server shows another key than the code was made for: "
				   "nothing was sent; check the address, or ask for a new code"));
	http_pin_text(hash, pin);
	return ERR_OK;
}

static enum err exchange(const struct enrolment *enrolment, const struct enroll_code *code,
			 const char *pin, struct arena *arena, struct session_answer *answer,
			 struct error *err)
{
	char host[128] = "";
	struct enroll_ask ask = { .code = code->secret, .name = enrolment->officer,
				  .pin = enrolment->pin, .console_name = host };
	struct sync_request request = { .lane = LANE_ASK, .method = "POST", .path = "/v1/enroll" };
	struct str body = STR_INIT;
	struct http *http;
	enum err err_code;

	if (gethostname(host, sizeof host - 1) != 0 || host[0] == '\0')
		ask.console_name = NULL;
	err_code = http_new(enrolment->url, pin, &http, err);
	if (err_code != ERR_OK)
		return err_code;
	enroll_ask_encode(&ask, &body);
	request.body = str_get(&body);
	request.len = body.len;
	err_code = ask_session(http, &request, arena, answer, err);
	if (body.s != NULL)
		crypto_wipe(body.s, body.len);
	str_release(&body);
	http_free(http);
	return err_code;
}

enum err enroll(const struct enrolment *enrolment, const struct env *env, struct arena *arena,
		const char **ret_officer, struct error *err)
{
	struct server_settings server = { .name = enrolment->server != NULL ? enrolment->server
									     : "default",
					  .url = enrolment->url,
					  .dir = enrolment->dir,
					  .window_days = -1 };
	const struct server_settings *written;
	struct settings settings;
	struct session_answer answer;
	struct enroll_code code;
	char pin[KEY_PIN_TEXT];
	bool other;
	enum err result;

	if (!str_starts(enrolment->url, "https://"))
		return error_set(err, ERR_USAGE, _("%s: the address must begin with https://"),
				 enrolment->url);
	result = enroll_code_parse(enrolment->code, &code, err);
	if (result == ERR_OK)
		result = find_key(enrolment->url, &code, pin, err);
	if (result == ERR_OK)
		result = exchange(enrolment, &code, pin, arena, &answer, err);
	if (result != ERR_OK)
		return result;
	server.key_pin = pin;
	other = was_another(enrolment->config_path, &server);
	result = settings_add_server(enrolment->config_path, &server, err);
	if (result == ERR_OK)
		result = settings_read(enrolment->config_path, arena, &settings, err);
	if (result == ERR_OK)
		result = settings_server(&settings, server.name, &written, err);
	if (result == ERR_OK)
		result = keep_console(written->dir, &answer, other, enrolment->pin, env,
				      err);
	if (result == ERR_OK)
		*ret_officer = answer.officer;
	return result;
}

/* ---- sessions ---- */

static enum err last_officer(struct store *outbox, const char *given, struct arena *arena,
			     const char **ret_officer, struct error *err)
{
	char last[200];

	if (given != NULL && given[0] != '\0') {
		*ret_officer = given;
		return ERR_OK;
	}
	if (!store_meta_text(outbox, "last", last, sizeof last))
		return error_set(err, ERR_USAGE, "%s", _("which officer? --officer NAME"));
	*ret_officer = arena_strdup(arena, last);
	return ERR_OK;
}

enum err session_login(const struct server_settings *server, const struct login_words *words,
		       const struct env *env, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct session_ask ask = { .pin = words->pin };
	struct session_answer answer;
	struct sync_request request = { .lane = LANE_ASK, .method = "POST", .path = "/v1/session" };
	struct str body = STR_INIT;
	struct store *outbox;
	struct http *http = NULL;
	enum err code = outbox_open(server->dir, false, &outbox, err);

	if (code != ERR_OK)
		return code;
	if (words->totp != NULL && words->totp[0] != '\0')
		ask.totp = words->totp;
	ask.console = outbox_console(outbox);
	if (uuid_is_nil(&ask.console))
		code = error_set(err, ERR_AUTH, "%s",
				 _("this console is not enrolled: zhiban enroll URL CODE"));
	if (code == ERR_OK)
		code = last_officer(outbox, words->officer, &arena, &ask.officer, err);
	if (code == ERR_OK)
		code = http_new(server->url, server->key_pin, &http, err);
	if (code == ERR_OK) {
		session_ask_encode(&ask, &body);
		request.body = str_get(&body);
		request.len = body.len;
		code = ask_session(http, &request, &arena, &answer, err);
	}
	if (code == ERR_OK)
		code = keep_session(outbox, &answer, err);
	if (code == ERR_OK)
		code = seat_keep(outbox, answer.officer, words->pin, env_now(env), err);
	if (body.s != NULL)
		crypto_wipe(body.s, body.len);
	str_release(&body);
	http_free(http);
	store_close(outbox);
	arena_release(&arena);
	return code;
}

/* The server is told if it can be reached; the session here ends all the same. */
static void tell_server(const struct server_settings *server, const char *token, bool keep_upload)
{
	struct sync_request request = { .lane = LANE_ASK,
					.method = "DELETE",
					.path = keep_upload ? "/v1/session?keep=upload"
							    : "/v1/session",
					.token = token };
	struct http_done done;
	struct http *http;

	if (token[0] == '\0' || http_new(server->url, server->key_pin, &http, NULL) != ERR_OK)
		return;
	if (http_once(http, &request, PATIENCE_S / 3, &done, NULL) != ERR_OK)
		done.failed = true;
	http_free(http);
}

static enum err wipe_cache(const char *dir, struct error *err)
{
	struct arena arena = ARENA_INIT;
	int fd;
	enum err code = file_lock(path_join(&arena, dir, "lock"), &fd, err);

	arena_release(&arena);
	if (code != ERR_OK)
		return code;
	code = cache_remove(dir, err);
	file_unlock(fd);
	return code;
}

enum err session_logout(const struct server_settings *server, bool wipe, const struct env *env,
			struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct outbox_counts counts = { .pending = 0 };
	struct outbox_who who;
	struct store *outbox;
	enum err code = outbox_open(server->dir, false, &outbox, err);

	(void)env;
	if (code != ERR_OK)
		return code;
	code = outbox_counts(outbox, &counts, err);
	if (code == ERR_OK && wipe && counts.pending + counts.refused > 0)
		code = error_set(err, ERR_REFUSED,
				 _("%u acts are not settled yet: nothing is wiped; zhiban sync, "
				   "zhiban conflicts"), counts.pending + counts.refused);
	if (code == ERR_OK)
		code = outbox_who(outbox, NULL, &arena, &who, err);
	if (code == ERR_OK) {
		tell_server(server, who.token, counts.unsent > 0);
		code = outbox_logout(outbox, err);
	}
	store_close(outbox);
	if (code == ERR_OK && wipe)
		code = wipe_cache(server->dir, err);
	arena_release(&arena);
	return code;
}
