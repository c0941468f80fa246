/* A roster that is made on a thread of its own: the worker starts it and holds on to it till it has
 * ended. */
#include <config.h>

#include <stdio.h>

#include "zhiban/client/reckon.h"

#include "worker_priv.h"

/* On the thread of the reckon; the queue is made for that. */
static void wakes(void *ctx)
{
	worker_tell(ctx, &(struct tell){ .kind = TELL_RECKON });
}

static void let_go(struct worker *worker)
{
	if (worker->reckon == NULL)
		return;
	reckon_join(worker->reckon);
	reckon_unref(worker->reckon);
	worker->reckon = NULL;
}

void worker_reckons(struct worker *worker, struct reckon *reckon)
{
	struct tell tell = { .kind = TELL_RECKON };
	struct error err = ERROR_INIT;

	let_go(worker);
	if (reckon == NULL)
		return;
	worker->reckon = reckon;
	tell.code = reckon_start(reckon, wakes, worker, &err);
	if (tell.code != ERR_OK) {
		snprintf(tell.text, sizeof tell.text, "%s", err.text);
		worker_tell(worker, &tell);
	}
}

void worker_reckon_end(struct worker *worker)
{
	struct ask ask;

	let_go(worker);
	while (worker->asks != NULL && queue_get(worker->asks, &ask))
		if (ask.kind == ASK_RECKON)
			reckon_unref(ask.reckon);
}
