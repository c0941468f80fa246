/* Writing: acts in batches of one author, never more than one batch in flight. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"

#include "sync_priv.h"

static void send_batch(struct sync *sync, const struct sync_batch *batch)
{
	struct sync_request request = { .lane = LANE_WRITE,
					.method = "POST",
					.path = "/v1/acts",
					.token = batch->token };
	struct str body = STR_INIT;

	acts_ask_begin(&body);
	sync->n_sent = 0;
	for (size_t i = 0; i < batch->n && i < ACTS_MAX; i++) {
		acts_ask_add(&body, batch->acts[i].bytes, batch->acts[i].len);
		sync->sent[sync->n_sent++] = batch->acts[i].id;
	}
	acts_ask_end(&body, &sync->console, sync->now, batch->prev);
	snprintf(sync->author, sizeof sync->author, "%s", batch->officer);
	snprintf(sync->author_token, sizeof sync->author_token, "%s", batch->token);
	request.body = str_get(&body);
	request.len = body.len;
	lane_send(sync, &request);
	str_release(&body);
}

/* Acts go under their author's token and in order: all others wait for him too. */
static void wait_for_author(struct sync *sync, const struct sync_batch *batch)
{
	bool own = sync->token[0] == '\0' || strcmp(batch->officer, sync->who) == 0;

	sync->dirty = false;
	if (batch->behind > 0)
		snprintf(sync->waits, sizeof sync->waits,
			 _("%s must log in: his acts are not sent yet, and %zu of others wait "
			   "behind them"), batch->officer, batch->behind);
	else
		snprintf(sync->waits, sizeof sync->waits,
			 _("%s must log in: his acts are not sent yet"), batch->officer);
	sync->ops->link(sync->ctx, own ? SYNC_LOGIN : SYNC_ONLINE, sync->waits);
}

void write_next(struct sync *sync)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct sync_batch batch = { .n = 0 };
	enum err code;

	/* Not before another id is here, nor before the first page of another epoch: answers are
	 * counted by its seq. */
	if (!sync->dirty || sync->renew || sync->clear_next)
		return;
	code = sync->ops->batch(sync->ctx, sync->batch_max, BATCH_BYTES, &arena, &batch, &err);
	sync->waits[0] = '\0';
	if (code != ERR_OK) {
		lane_failed(sync, LANE_WRITE, code, &err);
	} else if (batch.n == 0) {
		sync->dirty = false;
		sync->batch_max = ACTS_MAX;
	} else if (batch.token[0] == '\0') {
		wait_for_author(sync, &batch);
	} else {
		send_batch(sync, &batch);
	}
	arena_release(&arena);
}

static bool was_sent(const struct sync *sync, const struct uuid *id)
{
	for (size_t i = 0; i < sync->n_sent; i++)
		if (uuid_eq(&sync->sent[i], id))
			return true;
	return false;
}

/* Of the answers those to what was sent, each once; how long to wait for the rest. */
static size_t own_answers(struct sync *sync, struct acts_answer *answer, int64_t *ret_after)
{
	size_t n = 0;

	for (size_t i = 0; i < answer->n; i++) {
		const struct act_answer *item = &answer->items[i];

		if (!was_sent(sync, &item->id))
			continue;
		if (item->verdict == VERDICT_RETRY) {
			*ret_after = item->after > *ret_after ? item->after : *ret_after;
			continue;
		}
		if (item->verdict != VERDICT_REFUSED && item->seq > sync->want_seq)
			sync->want_seq = item->seq;
		answer->items[n++] = *item;
	}
	if (*ret_after > RETRY_MAX_S)
		*ret_after = RETRY_MAX_S;
	return n;
}

static void take_answers(struct sync *sync, const struct sync_response *response)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct acts_answer answer;
	int64_t after = 0;
	size_t n = 0;
	enum err code = acts_answer_decode(response->body, response->len, &arena, &answer, &err);

	if (code == ERR_OK)
		code = note_head(sync, &answer.head);
	if (code == ERR_OK)
		n = own_answers(sync, &answer, &after);
	if (code == ERR_OK && n == 0 && after == 0)
		code = error_set(&err, ERR_INPUT, "%s", _("the server answered none of the acts"));
	if (code == ERR_OK && n > 0)
		code = sync->ops->answers(sync->ctx, answer.items, n, &err);
	if (code == ERR_EPOCH) { /* their seq is another count's: asked for again behind it */
		another_epoch(sync);
	} else if (code != ERR_OK) {
		lane_failed(sync, LANE_WRITE, code, &err);
	} else {
		sync->n_answered += n;
		sync->need = 0;
		lane_done(sync, LANE_WRITE);
		if (after > 0)
			sync->lane[LANE_WRITE].not_before = sync->now + after * 1000;
		if (sync->batch_max < ACTS_MAX)
			sync->batch_max *= 2;
	}
	arena_release(&arena);
}

/* The server has not seen acts that stand before these.  Asked for the same again it is no use to
 * hurry. */
static void send_what_is_missing(struct sync *sync, const struct refusal *refusal)
{
	bool again = refusal->need == sync->need;

	sync->need = refusal->need;
	resend_from(sync, refusal->need);
	if (again)
		lane_fail(sync, LANE_WRITE, 0, refusal->words);
}

/* Other acts were sent under these numbers: the files are a copy of a console, or an older
 * state. */
static void another_console(struct sync *sync)
{
	sync->renew = true;
	if (sync->token[0] != '\0')
		return;
	sync->ops->link(sync->ctx, SYNC_LOGIN,
			_("this console's files were copied or restored: log in, so that it gets "
			  "an id of its own; the acts waiting here are kept"));
}

static void not_let_in(struct sync *sync, const struct refusal *refusal)
{
	bool own = strcmp(sync->author_token, sync->token) == 0;

	sync->ops->token_bad(sync->ctx, sync->author, sync->author_token);
	if (own)
		login_needed(sync, refusal->words);
}

void write_answer(struct sync *sync, const struct sync_response *response)
{
	struct refusal refusal;

	if (response->status == 200) {
		take_answers(sync, response);
		return;
	}
	refusal_of(response, &refusal);
	if (response->status == 413 && sync->n_sent > 1)
		sync->batch_max = (sync->n_sent + 1) / 2;
	else if (refusal.ours && refusal.code == ERR_NEED)
		send_what_is_missing(sync, &refusal);
	else if (refusal.ours && refusal.code == ERR_CLONED)
		another_console(sync);
	else if (refusal.ours && (refusal.code == ERR_AUTH || refusal.code == ERR_DENIED))
		not_let_in(sync, &refusal);
	else
		bad_status(sync, response, &refusal);
}
