/* What the face asks of the worker. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "zhiban/base/crypto.h"
#include "zhiban/client/ask.h"
#include "zhiban/client/enroll.h"
#include "zhiban/client/search.h"
#include "zhiban/store/outbox_pin.h"
#include "zhiban/wire/message.h"

#include "client_priv.h"
#include "worker_priv.h"

/* Without the lock, the log-in is ours all the same: the holder notices it in the outbox. */
static void log_in_aside(struct worker *worker, const struct ask *ask)
{
	struct server_settings server = { .url = worker->url,
					  .key_pin = worker->key_pin,
					  .dir = worker->dir };
	struct error err = ERROR_INIT;
	struct tell tell = { .kind = TELL_LOGIN };

	if (ask->kind == ASK_LOGIN)
		tell.code = session_login(&server,
					  &(struct login_words){ ask->officer, ask->pin,
								 ask->totp },
					  worker->env, &err);
	else
		tell.code = session_logout(&server, false, worker->env, &err);
	if (tell.code != ERR_OK)
		snprintf(tell.text, sizeof tell.text, "%s", err.text);
	worker_tell(worker, &tell);
}

/* Without the lock it is asked straight. */
static void show_aside(struct worker *worker, const struct ask *ask)
{
	struct server_settings server = { .url = worker->url,
					  .key_pin = worker->key_pin,
					  .dir = worker->dir };
	struct reveal_ask words = { .entity = ask->id, .field = ask->field, .why = ask->why };
	struct reveal_answer answer = { .value = NULL };
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct str body = STR_INIT;
	struct ask_reply reply;
	enum err code;

	reveal_ask_encode(&words, &body);
	code = server_ask(&server, "POST", "/v1/reveal", str_get(&body), body.len, &arena, &reply,
			  &err);
	if (code == ERR_OK)
		code = reveal_answer_decode(reply.body, reply.len, &arena, &answer, &err);
	worker_shown(worker, code, code != ERR_OK ? err.text : answer.value ? answer.value : "");
	str_release(&body);
	arena_release(&arena);
}

static void search_aside(struct worker *worker, const char *path)
{
	struct server_settings server = { .url = worker->url,
					  .key_pin = worker->key_pin,
					  .dir = worker->dir };
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct ask_reply reply;
	enum err code = server_ask(&server, "GET", path, NULL, 0, &arena, &reply, &err);

	worker_found(worker, code, err.text, code == ERR_OK ? reply.body : NULL,
		     code == ERR_OK ? reply.len : 0);
	arena_release(&arena);
}

static void search(struct worker *worker, const struct ask *ask, int64_t now)
{
	struct str path = STR_INIT;

	client_found_path(ask->words, ask->number, &path);
	if (worker->cache != NULL)
		sync_search(worker->sync, str_get(&path), now);
	else
		search_aside(worker, str_get(&path));
	str_release(&path);
}

static void callers_aside(struct worker *worker, const char *phone)
{
	struct server_settings server = { .url = worker->url,
					  .key_pin = worker->key_pin,
					  .dir = worker->dir };
	struct callers_ask words = { .phone = phone };
	struct callers_answer answer;
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct str body = STR_INIT;
	struct ask_reply reply;
	enum err code;

	callers_ask_encode(&words, &body);
	code = server_ask(&server, "POST", "/v1/callers", str_get(&body), body.len, &arena, &reply,
			  &err);
	if (code == ERR_OK)
		code = callers_answer_decode(reply.body, reply.len, &arena, &answer, &err);
	worker_callers(worker, phone, code, err.text, code == ERR_OK ? &answer : NULL);
	str_release(&body);
	arena_release(&arena);
}

static void log_out(struct worker *worker, int64_t now)
{
	struct error err = ERROR_INIT;

	sync_logout(worker->sync, now);
	if (outbox_logout(worker->outbox, &err) != ERR_OK)
		worker_defect(worker, err.text);
}

static void log_in(struct worker *worker, const struct ask *ask, int64_t now)
{
	struct error err = ERROR_INIT;

	if (worker->keep_pins && pin_hash(ask->pin, worker->login_hash, &err) != ERR_OK)
		worker_defect(worker, err.text);
	sync_login(worker->sync, ask->officer, ask->pin, ask->totp, now);
}

void worker_found(void *ctx, enum err code, const char *text, const char *body, size_t len)
{
	struct tell tell = { .kind = TELL_FOUND, .code = code };
	struct error err = ERROR_INIT;

	if (code == ERR_OK) {
		tell.code = client_found_read(body, len, &tell.found, &err);
		text = err.text;
	}
	snprintf(tell.text, sizeof tell.text, "%s", tell.code != ERR_OK ? text : "");
	worker_tell(ctx, &tell);
}

void worker_shown(void *ctx, enum err code, const char *text)
{
	struct tell tell = { .kind = TELL_SHOWN, .code = code };

	snprintf(tell.text, sizeof tell.text, "%s", text);
	worker_tell(ctx, &tell);
	crypto_wipe(&tell, sizeof tell);
}

void worker_callers(void *ctx, const char *phone, enum err code, const char *text,
		    const struct callers_answer *answer)
{
	struct tell tell = { .kind = TELL_CALLERS, .code = code };
	struct client_callers *callers = &tell.callers;

	snprintf(callers->digits, sizeof callers->digits, "%s", phone);
	if (code == ERR_OK) {
		callers->n = answer->incidents.n;
		callers->count = answer->count < (int64_t)callers->n ? (int64_t)callers->n :
								       answer->count;
		memcpy(callers->ids, answer->incidents.items, callers->n * sizeof *callers->ids);
	} else {
		snprintf(tell.text, sizeof tell.text, "%s", text);
	}
	worker_tell(ctx, &tell);
	crypto_wipe(&tell, sizeof tell);
}

void worker_logs_in(struct worker *worker, const char *officer)
{
	struct error err = ERROR_INIT;

	if (worker->login_hash[0] != '\0' &&
	    outbox_pin_put(worker->outbox, officer, worker->login_hash, env_now(worker->env),
			   &err) != ERR_OK)
		worker_defect(worker, err.text);
	crypto_wipe(worker->login_hash, sizeof worker->login_hash);
}

static void take_ask(struct worker *worker, const struct ask *ask)
{
	int64_t now = env_now(worker->env);
	bool holder = worker->cache != NULL;

	switch (ask->kind) {
	case ASK_WAKE:
		if (holder)
			sync_outbox_changed(worker->sync, now);
		break;
	case ASK_RETRY:
		worker->next_try = 0;
		if (holder)
			sync_retry(worker->sync, now);
		break;
	case ASK_LOOK:
		if (holder)
			sync_look(worker->sync, now);
		break;
	case ASK_TIMELINE:
		if (holder)
			sync_want_timeline(worker->sync, &ask->id, now);
		break;
	case ASK_LOGIN:
		if (holder)
			log_in(worker, ask, now);
		else
			log_in_aside(worker, ask);
		break;
	case ASK_LOGOUT:
		if (holder)
			log_out(worker, now);
		else
			log_in_aside(worker, ask);
		break;
	case ASK_SHOW:
		if (holder)
			sync_reveal(worker->sync, &ask->id, ask->field, ask->why, now);
		else
			show_aside(worker, ask);
		break;
	case ASK_SEARCH:
		search(worker, ask, now);
		break;
	case ASK_CALLERS:
		if (holder)
			sync_callers(worker->sync, ask->words, now);
		else
			callers_aside(worker, ask->words);
		break;
	case ASK_ARRIVAL:
		if (holder)
			sync_arrival(worker->sync, &ask->id, now);
		else
			worker_arrival_aside(worker, &ask->id);
		break;
	case ASK_RECKON:
		worker_reckons(worker, ask->reckon);
		break;
	case ASK_THIN:
		worker->thin = ask->number != 0;
		sync_thin(worker->sync, worker->thin);
		break;
	case ASK_STOP:
		worker->stopping = true;
		break;
	}
}

void worker_asks(struct worker *worker)
{
	struct ask ask;

	while (queue_get(worker->asks, &ask)) {
		take_ask(worker, &ask);
		crypto_wipe(ask.pin, sizeof ask.pin);
		crypto_wipe(ask.words, sizeof ask.words);
	}
}
