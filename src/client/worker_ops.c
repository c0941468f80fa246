/* The machine's effects on the outbox, and what the face is told; worker_page.c has the cache's. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entity.h"

#include "client_priv.h"
#include "worker_ops_priv.h"
#include "worker_priv.h"

static void op_send(void *ctx, const struct sync_request *request)
{
	struct worker *worker = ctx;

	worker->transport.send(worker->transport.ctx, request);
}

static void op_abandon(void *ctx, enum sync_lane lane)
{
	struct worker *worker = ctx;

	worker->transport.abandon(worker->transport.ctx, lane);
}

/* ---- acts ---- */

static void answer_row(const struct act_answer *answer, struct arena *arena,
		       struct outbox_answer *row)
{
	struct str theirs = STR_INIT;

	*row = (struct outbox_answer){
		.id = answer->id,
		.refused = answer->verdict == VERDICT_REFUSED,
		.seq = answer->seq,
		.version = answer->version,
		.number = answer->number,
		.note = answer->note,
		.sentence = answer->sentence,
		.by = { answer->by.officer, answer->by.org, answer->by.verb, answer->by.at,
			answer->by.seq },
	};
	if (!row->refused)
		return;
	row->code = err_name(answer->code);
	if (answer->state != NULL) {
		entity_encode(answer->state, &theirs);
		row->theirs = arena_strndup(arena, str_get(&theirs), theirs.len);
		row->theirs_len = theirs.len;
		str_release(&theirs);
	}
}

static void tell_answer(struct worker *worker, const struct act_answer *answer)
{
	bool refused = answer->verdict == VERDICT_REFUSED;
	struct tell tell = { .kind = refused ? TELL_REFUSED : TELL_ANSWERED,
			     .code = refused ? answer->code : ERR_OK,
			     .number = answer->seq,
			     .id = answer->id };
	const char *words = refused ? answer->sentence : answer->note;

	if (words != NULL)
		snprintf(tell.text, sizeof tell.text, "%s", words);
	worker_tell(worker, &tell);
}

static enum err op_answers(void *ctx, const struct act_answer *answers, size_t n,
			   struct error *err)
{
	struct worker *worker = ctx;
	struct arena arena = ARENA_INIT;
	struct outbox_answer *rows = arena_array(&arena, n, sizeof *rows);
	size_t folded;
	enum err code;

	for (size_t i = 0; i < n; i++)
		answer_row(&answers[i], &arena, &rows[i]);
	code = outbox_answers(worker->outbox, rows, n, err);
	if (code == ERR_OK && worker->complete) /* the feed may have been faster */
		code = worker_fold(worker, worker->link.cursor, &folded, err);
	for (size_t i = 0; i < n && code == ERR_OK; i++)
		tell_answer(worker, &answers[i]);
	worker->link_new = true;
	arena_release(&arena);
	return code;
}

/* Acts of others that stand in the row behind one who must log in. */
static enum err count_behind(struct worker *worker, const char *officer, struct arena *arena,
			     size_t *ret_n, struct error *err)
{
	struct outbox_row *rows;
	size_t n, behind = 0;
	enum err code = outbox_list(worker->outbox, arena, &rows, &n, err);

	for (size_t i = 0; i < n && code == ERR_OK; i++)
		behind += rows[i].state < ACT_ANSWERED && strcmp(rows[i].officer, officer) != 0;
	if (code == ERR_OK)
		*ret_n = behind;
	return code;
}

/* Over our own connection they count as sent when it stands: what has not left can be taken
 * back. */
static enum err leave_soon(struct worker *worker, const struct outbox_row *rows, size_t n,
			   struct error *err)
{
	worker->n_leaving = n < ACTS_MAX ? n : ACTS_MAX;
	for (size_t i = 0; i < worker->n_leaving; i++)
		worker->leaving[i] = (struct outbox_leaving){ rows[i].id, rows[i].n };
	return worker->http != NULL ? ERR_OK : outbox_mark_sent(worker->outbox, rows[0].n,
								rows[n - 1].n, err);
}

bool worker_leaves(void *ctx, enum sync_lane lane)
{
	struct worker *worker = ctx;
	struct error err = ERROR_INIT;

	if (lane != LANE_WRITE)
		return true;
	worker->link_new = true;
	if (outbox_leave(worker->outbox, worker->leaving, worker->n_leaving, &err) == ERR_OK)
		return true;
	trace_line(worker->trace, "sending: %s", err.text);
	return false;
}

/* What was answered between two that wait is in no batch: a server that was restored from before it
 * learns that it lacks it by the number before, so what follows it begins a batch of its own. */
static enum err cut_at_gap(struct worker *worker, const struct outbox_row *rows, size_t *n,
			   struct error *err)
{
	int64_t answered = 0, before;
	enum err code = *n > 1 ? outbox_answered(worker->outbox, &answered, err) : ERR_OK;

	if (answered < rows[0].n)
		return code;
	for (size_t i = 1; i < *n && code == ERR_OK; i++) {
		code = outbox_prev(worker->outbox, rows[i].n, &before, err);
		if (code == ERR_OK && before != rows[i - 1].n)
			*n = i;
	}
	return code;
}

static enum err op_batch(void *ctx, size_t max, size_t max_bytes, struct arena *arena,
			 struct sync_batch *ret_batch, struct error *err)
{
	struct worker *worker = ctx;
	struct outbox_row *rows;
	struct outbox_who who = { .token = "" };
	struct sync_batch batch = { .n = 0 };
	enum err code = outbox_unsent(worker->outbox, max, max_bytes, arena, &rows, &batch.n, err);

	if (code == ERR_OK && batch.n > 0)
		code = cut_at_gap(worker, rows, &batch.n, err);
	if (code == ERR_OK && batch.n > 0) {
		code = outbox_who(worker->outbox, rows[0].officer, arena, &who, err);
		if (code == ERR_AUTH) /* nobody of that name has a session here */
			code = ERR_OK;
		if (code == ERR_OK && who.token[0] != '\0')
			code = leave_soon(worker, rows, batch.n, err);
		else if (code == ERR_OK)
			code = count_behind(worker, rows[0].officer, arena, &batch.behind, err);
		if (code == ERR_OK)
			code = outbox_prev(worker->outbox, rows[0].n, &batch.prev, err);
		batch.officer = rows[0].officer;
		batch.token = who.token;
		batch.acts = arena_array(arena, batch.n, sizeof *batch.acts);
	}
	for (size_t i = 0; i < batch.n && code == ERR_OK; i++)
		batch.acts[i] = (struct sync_batch_act){ rows[i].id, rows[i].n, rows[i].body,
							 rows[i].len };
	if (code == ERR_OK)
		*ret_batch = batch;
	return code;
}

/* ---- documents, session ---- */

static enum err has_doc(struct worker *worker, const char *hash, bool *ret_here, struct error *err)
{
	struct str text = STR_INIT;
	enum err code = cache_doc(worker->cache, hash, &text, err);

	str_release(&text);
	*ret_here = code == ERR_OK;
	return code == ERR_NOT_FOUND ? ERR_OK : code;
}

static enum err write_adopted(struct store *cache, void *ctx, struct error *err)
{
	const struct worker *worker = ctx;
	enum err code = store_meta_set(cache, "profile", worker->profile, err);

	return code == ERR_OK ? store_meta_set(cache, "calendar", worker->calendar, err) : code;
}

/* Readers are told of new rules when both texts are here. */
static enum err adopt(struct worker *worker, struct error *err)
{
	char profile[SHA256_HEX], calendar[SHA256_HEX];
	struct tell tell = { .kind = TELL_CHANGED };
	bool rules = false, days = false;
	enum err code = has_doc(worker, worker->profile, &rules, err);

	if (code == ERR_OK)
		code = has_doc(worker, worker->calendar, &days, err);
	if (code != ERR_OK || !rules || !days)
		return code;
	store_meta_text(worker->cache, "profile", profile, sizeof profile);
	store_meta_text(worker->cache, "calendar", calendar, sizeof calendar);
	if (strcmp(profile, worker->profile) == 0 && strcmp(calendar, worker->calendar) == 0)
		return ERR_OK;
	code = store_tx(worker->cache, write_adopted, worker, err);
	if (code == ERR_OK)
		worker_tell(worker, &tell);
	return code;
}

static enum err op_documents(void *ctx, const char *profile, const char *calendar,
			     bool *ret_profile_missing, bool *ret_calendar_missing,
			     struct error *err)
{
	struct worker *worker = ctx;
	bool rules = false, days = false;
	enum err code;

	if (!str_copy(worker->profile, sizeof worker->profile, profile) ||
	    !str_copy(worker->calendar, sizeof worker->calendar, calendar))
		return error_set(err, ERR_INPUT, "%s", _("the server names documents oddly"));
	code = has_doc(worker, profile, &rules, err);
	if (code == ERR_OK)
		code = has_doc(worker, calendar, &days, err);
	if (code != ERR_OK)
		return code;
	*ret_profile_missing = !rules;
	*ret_calendar_missing = !days;
	return adopt(worker, err);
}

struct doc {
	const char *hash, *bytes;
	size_t len;
};

static enum err write_doc(struct store *cache, void *ctx, struct error *err)
{
	const struct doc *doc = ctx;

	return cache_put_doc(cache, doc->hash, doc->bytes, doc->len, err);
}

static enum err op_document(void *ctx, const char *hash, const char *bytes, size_t len,
			    struct error *err)
{
	struct worker *worker = ctx;
	struct doc doc = { hash, bytes, len };
	enum err code;

	if (strcmp(hash, worker->places) == 0)
		return worker_places_load(worker, bytes, len, err);
	code = store_tx(worker->cache, write_doc, &doc, err);

	return code == ERR_OK ? adopt(worker, err) : code;
}

static enum err op_session(void *ctx, const struct session_answer *session, struct error *err)
{
	struct worker *worker = ctx;
	struct arena arena = ARENA_INIT;
	struct outbox_who now, who = { session->officer, session->org, session->role,
				       session->token, true };
	struct tell tell = { .kind = TELL_CHANGED };
	enum err code = outbox_who(worker->outbox, NULL, &arena, &now, err);
	bool known = code == ERR_OK;

	if (code == ERR_AUTH) /* nobody; anything else is not known */
		code = ERR_OK;
	if (who.token == NULL)
		who.token = known ? now.token : "";
	if (code != ERR_OK) {
		arena_release(&arena);
		return code;
	}
	if (!known || session->token != NULL || strcmp(now.org, who.org) != 0 ||
	    strcmp(now.role, who.role) != 0) {
		if (session->token != NULL)
			worker_logs_in(worker, who.officer);
		code = outbox_login(worker->outbox, &who, err);
		worker_tell(worker, &tell);
	}
	arena_release(&arena);
	return code;
}

/* One that has been replaced meanwhile stays. */
static void op_token_bad(void *ctx, const char *officer, const char *token)
{
	struct worker *worker = ctx;
	struct arena arena = ARENA_INIT;
	struct outbox_who who;
	struct error err = ERROR_INIT;

	if (outbox_who(worker->outbox, officer, &arena, &who, NULL) == ERR_OK &&
	    strcmp(who.token, token) == 0 &&
	    outbox_token_bad(worker->outbox, who.officer, &err) != ERR_OK)
		worker_defect(worker, err.text);
	arena_release(&arena);
}

/* ---- what the face is told ---- */

static void op_link(void *ctx, enum sync_link link, const char *reason)
{
	struct worker *worker = ctx;
	enum link_state state = LINK_NONE;
	enum link_why why = LINK_CUT;

	switch (link) {
	case SYNC_IDLE:
		break;
	case SYNC_ONLINE:
		state = worker->thin ? LINK_THIN : LINK_ONLINE;
		break;
	case SYNC_SLOW:
		state = LINK_THIN;
		break;
	case SYNC_STRANGE:
		why = LINK_STRANGE;
		state = LINK_OFFLINE;
		break;
	case SYNC_UNABLE:
		why = LINK_UNABLE;
		state = LINK_OFFLINE;
		break;
	case SYNC_OFFLINE:
		state = LINK_OFFLINE;
		break;
	case SYNC_LOGIN:
		state = LINK_LOGIN;
		break;
	case SYNC_TROUBLE:
		state = LINK_TROUBLE;
		break;
	}
	if (state == worker->link.state && why == worker->link.why &&
	    strcmp(reason, worker->link.reason) == 0)
		return;
	if (state != worker->link.state)
		worker->link.since = env_now(worker->env);
	worker->link.state = state;
	worker->link.why = why;
	snprintf(worker->link.reason, sizeof worker->link.reason, "%s", reason);
	worker->link_new = worker->link_save = true;
	trace_line(worker->trace, "link: %d %s", (int)state, reason);
}

static void op_asked(void *ctx, enum err code, const char *text)
{
	struct worker *worker = ctx;
	struct tell tell = { .kind = TELL_LOGIN, .code = code };

	crypto_wipe(worker->login_hash, sizeof worker->login_hash);
	snprintf(tell.text, sizeof tell.text, "%s", text);
	worker_tell(ctx, &tell);
}

static void op_defect(void *ctx, const char *text)
{
	worker_defect(ctx, text);
}

const struct sync_ops worker_ops = {
	.send = op_send,
	.abandon = op_abandon,
	.page = op_page,
	.answers = op_answers,
	.batch = op_batch,
	.resend = op_resend,
	.documents = op_documents,
	.places = worker_places_wanted,
	.document = op_document,
	.timeline = op_timeline,
	.digest = op_digest,
	.session = op_session,
	.token_bad = op_token_bad,
	.link = op_link,
	.asked = op_asked,
	.revealed = worker_shown,
	.callers = worker_callers,
	.arrival = worker_arrival,
	.found = worker_found,
	.marks_waiting = op_marks_waiting,
	.marks_sent = op_marks_sent,
	.marks_after = op_marks_after,
	.marks_came = op_marks_came,
	.defect = op_defect,
	.counters = op_counters,
	.agreed = op_agreed,
	.renew = op_renew,
	.pairs = op_pairs,
	.mend = op_mend,
	.compared = op_compared,
};
