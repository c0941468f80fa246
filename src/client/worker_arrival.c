/* The secrets of whistles whose codes this console shows: told by the server, kept while the whistle is
 * open. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "zhiban/base/crypto.h"
#include "zhiban/client/ask.h"
#include "zhiban/domain/whistle.h"
#include "zhiban/store/outbox_secret.h"
#include "zhiban/wire/message.h"

#include "client_priv.h"
#include "worker_priv.h"

void worker_arrival(void *ctx, const struct uuid *id, enum err code, const char *text,
		    const char *hex)
{
	struct worker *worker = ctx;
	struct tell tell = { .kind = TELL_ARRIVAL, .code = code, .id = *id };
	unsigned char secret[ARRIVAL_SECRET];
	struct error err = ERROR_INIT;

	if (code == ERR_OK) {
		tell.code = crypto_unhex(hex, secret, sizeof secret);
		if (tell.code == ERR_OK)
			tell.code = outbox_secret_put(worker->outbox, id, secret, &err);
		crypto_wipe(secret, sizeof secret);
		text = err.text;
	}
	if (tell.code != ERR_OK)
		snprintf(tell.text, sizeof tell.text, "%s", text);
	worker_tell(worker, &tell);
}

enum err arrival_fetch(const struct server_settings *server, const struct uuid *id,
		       struct arena *arena, const char **ret_hex, struct error *err)
{
	struct arrival_ask words = { .whistle = *id };
	struct arrival_answer answer = { .secret = NULL };
	struct str body = STR_INIT;
	struct ask_reply reply;
	enum err code;

	arrival_ask_encode(&words, &body);
	code = server_ask(server, "POST", "/v1/arrival", str_get(&body), body.len, arena, &reply,
			  err);
	if (code == ERR_OK)
		code = arrival_answer_decode(reply.body, reply.len, arena, &answer, err);
	if (code == ERR_OK && answer.secret == NULL)
		code = ERR_INPUT;
	if (code == ERR_OK)
		*ret_hex = answer.secret;
	str_release(&body);
	return code;
}

/* Without the lock it is asked straight. */
void worker_arrival_aside(struct worker *worker, const struct uuid *id)
{
	const struct server_settings server = { .url = worker->url,
						.key_pin = worker->key_pin,
						.dir = worker->dir };
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	const char *hex = NULL;
	enum err code = arrival_fetch(&server, id, &arena, &hex, &err);

	worker_arrival(worker, id, code, err.text, hex);
	arena_release(&arena);
}

static bool is_open(struct worker *worker, const struct uuid *id, struct arena *arena)
{
	void *entity;
	enum err code = cache_get(worker->cache, KIND_WHISTLE, id, arena, &entity, NULL);

	return code == ERR_OK ? ((const struct whistle *)entity)->open != 0
			      : code != ERR_NOT_FOUND; /* what cannot be read is not forgotten */
}

enum err worker_arrivals_forget(struct worker *worker, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct uuid *ids = NULL;
	size_t n = 0;
	enum err code = outbox_secrets(worker->outbox, &arena, &ids, &n, err);

	for (size_t i = 0; i < n && code == ERR_OK; i++)
		if (!is_open(worker, &ids[i], &arena))
			code = outbox_secret_drop(worker->outbox, &ids[i], err);
	arena_release(&arena);
	return code;
}
