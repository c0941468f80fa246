/* How the link stands, with its figures: for the face, and in the cache for other processes. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "client_priv.h"
#include "worker_priv.h"

static void count_minute(struct worker *worker, int64_t now)
{
	struct client_link *link = &worker->link;
	int64_t slots = (now - worker->slot_at) / SLOT_MS, sum = 0;

	worker->transport.bytes(worker->transport.ctx, &link->bytes_in, &link->bytes_out);
	if (slots < 0)
		worker->slot_at = now - now % SLOT_MS;
	if (slots > 0) {
		if (slots > MINUTE_SLOTS)
			slots = MINUTE_SLOTS;
		memmove(worker->slot_bytes + slots, worker->slot_bytes,
			(size_t)(MINUTE_SLOTS - slots) * sizeof worker->slot_bytes[0]);
		memset(worker->slot_bytes, 0, (size_t)slots * sizeof worker->slot_bytes[0]);
		worker->slot_at = now - now % SLOT_MS;
	}
	worker->slot_bytes[0] += link->bytes_in + link->bytes_out - worker->last_in -
				 worker->last_out;
	worker->last_in = link->bytes_in;
	worker->last_out = link->bytes_out;
	for (int i = 0; i < MINUTE_SLOTS; i++)
		sum += worker->slot_bytes[i];
	link->bytes_minute = sum;
	link->left = sync_left(worker->sync);
	link->offset = sync_offset(worker->sync);
}

static enum err write_link(struct store *cache, void *ctx, struct error *err)
{
	const struct worker *worker = ctx;
	struct str words = STR_INIT;
	enum err code;

	link_words(&worker->link, &words);
	code = store_meta_set(cache, "link", str_get(&words), err);
	if (code == ERR_OK && worker->link.data_at > 0)
		code = store_meta_set_int(cache, "data_at", worker->link.data_at, err);
	str_release(&words);
	return code;
}

void link_keep(struct worker *worker)
{
	if (worker->cache == NULL || worker->sync == NULL)
		return;
	count_minute(worker, env_now(worker->env));
	if (store_tx(worker->cache, write_link, worker, NULL) != ERR_OK)
		trace_line(worker->trace, "the last figures could not be kept");
}

/* What was noted by a clock that has been set back meanwhile is as long ago as it was. */
static void link_shift(struct worker *worker, int64_t now)
{
	int64_t by = now - worker->stepped_at;

	if (worker->stepped_at != 0 && by < 0) {
		worker->link.since += worker->link.since != 0 ? by : 0;
		worker->link.data_at += worker->link.data_at != 0 ? by : 0;
		worker->link_new = worker->link_save = true;
	}
	worker->stepped_at = now;
}

void link_trouble(struct worker *worker, const char *reason)
{
	struct client_link *link = &worker->link;
	struct tell tell = { .kind = TELL_LINK };

	if (!worker->troubled)
		worker->calm = link->state;
	worker->troubled = true;
	if (link->state == LINK_TROUBLE && strcmp(reason, link->reason) == 0)
		return;
	if (link->state != LINK_TROUBLE)
		link->since = env_now(worker->env);
	link->state = LINK_TROUBLE;
	snprintf(link->reason, sizeof link->reason, "%s", reason);
	worker_defect(worker, reason);
	tell.link = *link;
	worker_tell(worker, &tell);
}

void link_calm(struct worker *worker)
{
	struct tell tell = { .kind = TELL_LINK };

	if (!worker->troubled)
		return;
	worker->troubled = false;
	if (worker->link.state != LINK_TROUBLE)
		return;
	worker->link.state = worker->calm;
	worker->link.since = env_now(worker->env);
	worker->link.reason[0] = '\0';
	worker->link_new = worker->link_save = true;
	tell.link = worker->link;
	worker_tell(worker, &tell);
}

void link_told(struct worker *worker, int64_t now)
{
	struct tell tell = { .kind = TELL_LINK };
	struct outbox_counts counts;

	link_shift(worker, now);
	count_minute(worker, now);
	if (!worker->link_new)
		return;
	worker->link_new = false;
	if (outbox_counts(worker->outbox, &counts, NULL) == ERR_OK) {
		worker->link.pending = counts.pending;
		worker->link.unsent = counts.unsent;
		worker->link.refused = counts.refused;
	}
	worker->link.worker = true;
	store_meta_text(worker->cache, "epoch", worker->link.epoch, sizeof worker->link.epoch);
	tell.link = worker->link;
	worker_tell(worker, &tell);
	if (worker->link_save && store_tx(worker->cache, write_link, worker, NULL) == ERR_OK)
		worker->link_save = false;
}
