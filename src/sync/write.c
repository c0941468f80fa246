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
	acts_ask_end(&body, &sync->console, sync->now, -1);
	snprintf(sync->author, sizeof sync->author, "%s", batch->officer);
	sync->own_batch = strcmp(batch->token, sync->token) == 0;
	request.body = str_get(&body);
	request.len = body.len;
	lane_send(sync, &request);
	str_release(&body);
}

void write_next(struct sync *sync)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct sync_batch batch = { .n = 0 };
	char words[300];
	enum err code;

	if (!sync->dirty)
		return;
	code = sync->ops->batch(sync->ctx, sync->batch_max, BATCH_BYTES, &arena, &batch, &err);
	if (code != ERR_OK) {
		lane_fail(sync, LANE_WRITE, 0, err.text);
	} else if (batch.n == 0) {
		sync->dirty = false;
		sync->batch_max = ACTS_MAX;
	} else if (batch.token[0] == '\0') { /* acts go under their author's token, in order */
		sync->dirty = false;
		snprintf(words, sizeof words, _("%s must log in: his acts are not sent yet"),
			 batch.officer);
		sync->ops->link(sync->ctx, SYNC_LOGIN, words);
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

static void take_answers(struct sync *sync, const struct sync_response *response)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct acts_answer answer;
	int64_t after = 0;
	size_t n = 0;
	bool epoch = false;
	enum err code = acts_answer_decode(response->body, response->len, &arena, &answer, &err);

	if (code == ERR_OK)
		epoch = note_head(sync, &answer.head) == ERR_EPOCH;
	for (size_t i = 0; code == ERR_OK && i < answer.n; i++) {
		const struct act_answer *item = &answer.items[i];

		if (!was_sent(sync, &item->id))
			continue;
		if (item->verdict == VERDICT_RETRY) {
			after = item->after > after ? item->after : after;
			continue;
		}
		if (item->verdict != VERDICT_REFUSED && item->seq > sync->want_seq)
			sync->want_seq = item->seq;
		answer.items[n++] = *item;
	}
	if (code == ERR_OK && n == 0 && after == 0)
		code = error_set(&err, ERR_INPUT, "%s", _("the server answered none of the acts"));
	if (code == ERR_OK && n > 0)
		code = sync->ops->answers(sync->ctx, answer.items, n, &err);
	if (code != ERR_OK) {
		lane_fail(sync, LANE_WRITE, 0, err.text);
	} else {
		lane_done(sync, LANE_WRITE);
		if (after > 0)
			sync->lane[LANE_WRITE].not_before = sync->now + after * 1000;
		if (sync->batch_max < ACTS_MAX)
			sync->batch_max *= 2;
		if (epoch)
			another_epoch(sync);
	}
	arena_release(&arena);
}

/* The server and this console do not agree on n. */
static void out_of_order(struct sync *sync, enum err why, int64_t need)
{
	if (why == ERR_NEED && sync->ops->resend(sync->ctx, need, NULL) == ERR_OK) {
		sync->dirty = true;
		return;
	}
	sync->barred = true;
	sync->link = SYNC_LOGIN;
	sync->ops->link(sync->ctx, SYNC_LOGIN,
			why == ERR_CLONED
				? _("this console's files were copied or restored: enrol it again; "
				    "the acts waiting here are kept")
				: _("the server misses acts that are no longer here: enrol this "
				    "console again; the acts waiting here are kept"));
}

static enum err error_of(const struct sync_response *response, int64_t *ret_need)
{
	struct arena arena = ARENA_INIT;
	struct error_answer answer = { .error = NULL };
	enum err code = ERR_OK;

	if (error_answer_decode(response->body, response->len, &arena, &answer, NULL) == ERR_OK &&
	    answer.error != NULL) {
		code = err_from_name(answer.error);
		*ret_need = answer.need;
	}
	arena_release(&arena);
	return code;
}

void write_answer(struct sync *sync, const struct sync_response *response)
{
	int64_t need = 0;
	enum err why;

	if (response->status == 200) {
		take_answers(sync, response);
		return;
	}
	why = error_of(response, &need);
	if (why == ERR_NEED || why == ERR_CLONED) {
		out_of_order(sync, why, need);
	} else if (response->status == 413 && sync->n_sent > 1) {
		sync->batch_max = (sync->n_sent + 1) / 2;
	} else if (response->status == 401 || response->status == 403) {
		sync->ops->token_bad(sync->ctx, sync->author);
		if (sync->own_batch) {
			login_needed(sync, _("log in again: the server does not know this "
					     "session any more"));
		}
	} else {
		bad_status(sync, response);
	}
}
