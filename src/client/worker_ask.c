/* What the face asks of the worker. */
#include <config.h>

#include <stdio.h>

#include "zhiban/base/crypto.h"
#include "zhiban/client/enroll.h"

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
		tell.code = session_login(&server, ask->officer, ask->pin, worker->env, &err);
	else
		tell.code = session_logout(&server, false, worker->env, &err);
	if (tell.code != ERR_OK)
		snprintf(tell.text, sizeof tell.text, "%s", err.text);
	worker_tell(worker, &tell);
}

static void log_out(struct worker *worker, int64_t now)
{
	struct error err = ERROR_INIT;

	sync_logout(worker->sync, now);
	if (outbox_logout(worker->outbox, &err) != ERR_OK)
		worker_defect(worker, err.text);
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
			sync_login(worker->sync, ask->officer, ask->pin, now);
		else
			log_in_aside(worker, ask);
		break;
	case ASK_LOGOUT:
		if (holder)
			log_out(worker, now);
		else
			log_in_aside(worker, ask);
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
	}
}
