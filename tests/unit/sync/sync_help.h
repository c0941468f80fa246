/* A world around the machine: what it sends is noted, what it effects is counted; tests answer. */
#ifndef TESTS_SYNC_HELP_H
#define TESTS_SYNC_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/incident.h"
#include "zhiban/sync/sync.h"
#include "zhiban/wire/entity.h"

#define EPOCH_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define EPOCH_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define PATH(fake, which, text) assert_string_equal((fake)->lane[which].path, text)
#define IDLE(fake, which) assert_false((fake)->lane[which].busy)
#define BUSY(fake, which) assert_true((fake)->lane[which].busy)
#define SCOPE "&scope=CENTRE%20duty" /* of what is here */
#define HASH_P "1111111111111111111111111111111111111111111111111111111111111111"

struct flight { /* the request a lane has under way */
	bool busy;
	char method[8], path[1024], token[80];
	struct str body;
	int wait_s;
};
struct fake {
	struct env_fixed fixed;
	struct env env;
	int64_t now, took_ms; /* took_ms: of answers from here on */
	struct sync *sync;
	struct flight lane[LANE_COUNT];
	size_t sends;

	size_t pages, items, cleared, n_answers, n_refused, resends, bad_tokens, defects, sessions;
	struct sync_mark mark; /* of the last page kept */
	int64_t data_at, resent_from, have_from; /* have_from: acts before it are no longer here */
	bool usable, page_fails, doc_missing;
	char places[SHA256_HEX]; /* an address table to be fetched */
	struct sync_gap gap; /* told at the next page */
	bool has_gap;
	enum sync_link link;
	char reason[300], doc[80], asked_text[300];
	enum err asked;
	bool was_asked;
	enum err caller; /* of a number */
	char caller_phone[32];
	int64_t caller_count;
	size_t n_callers;
	enum err shown; /* of a personal value */
	char shown_text[300];
	size_t n_shown;
	enum err found_code; /* of a search */
	size_t n_found, found_len;
	size_t lines;
	bool lines_end;
	uint64_t buckets[DIGEST_BUCKETS];

	int64_t first_n, last_n; /* acts that are not answered: first_n … last_n */
	bool author_gone;
	const char *author; /* NULL: "li", who is logged in */
	size_t behind;
	char bad_token[80]; /* the last that was said not to be good */

	int64_t given, answered; /* what counters says */
	size_t counted, renewed, compared, mended, n_extra;
	char agreed[EPOCH_TEXT]; /* numbers were compared with a server of that */
	struct uuid console; /* after a renewal */
	bool renew_fails, answers_fail;
	struct digest_pair *pairs; /* what pairs says, of whatever bucket */
	size_t n_pairs, dropped;
	char defect[300];
};

/* ---- effects ---- */

static void fake_send(void *ctx, const struct sync_request *request)
{
	struct fake *fake = ctx;
	struct flight *to = &fake->lane[request->lane];

	assert_false(to->busy); /* never two in one lane */
	to->busy = true;
	to->wait_s = request->wait_s;
	snprintf(to->method, sizeof to->method, "%s", request->method);
	snprintf(to->path, sizeof to->path, "%s", request->path);
	snprintf(to->token, sizeof to->token, "%s", request->token);
	str_clear(&to->body);
	if (request->body != NULL)
		str_add_bytes(&to->body, request->body, request->len);
	fake->sends++;
}

static void fake_abandon(void *ctx, enum sync_lane lane)
{
	((struct fake *)ctx)->lane[lane].busy = false;
}

static enum err fake_page(void *ctx, const struct sync_page *page, struct sync_gap *ret_gaps,
			  size_t max_gaps, size_t *ret_n_gaps, struct error *err)
{
	struct fake *fake = ctx;

	if (fake->page_fails)
		return error_set(err, ERR_FULL, "no space is left");
	fake->pages++;
	fake->items += page->n;
	fake->cleared += page->clear;
	for (size_t i = 0; i < page->n; i++)
		fake->dropped += page->items[i].kind == FEED_DROP;
	fake->mark = page->mark;
	fake->usable |= page->usable;
	fake->data_at = page->data_at;
	*ret_n_gaps = 0;
	if (fake->has_gap && max_gaps > 0) {
		ret_gaps[0] = fake->gap;
		*ret_n_gaps = 1;
		fake->has_gap = false;
	}
	return ERR_OK;
}

static enum err fake_answers(void *ctx, const struct act_answer *answers, size_t n,
			     struct error *err)
{
	struct fake *fake = ctx;

	if (fake->answers_fail)
		return error_set(err, ERR_FULL, "no space is left");
	for (size_t i = 0; i < n; i++) {
		fake->n_answers++;
		fake->n_refused += answers[i].verdict == VERDICT_REFUSED;
		if (answers[i].n == fake->first_n)
			fake->first_n++;
	}
	return ERR_OK;
}

static struct uuid act_id(int64_t n)
{
	struct uuid parent = { { 3 } };

	return uuid_child(&parent, "act", (unsigned)n);
}

static enum err fake_batch(void *ctx, size_t max, size_t max_bytes, struct arena *arena,
			   struct sync_batch *ret_batch, struct error *err)
{
	struct fake *fake = ctx;
	struct sync_batch batch = { .token = fake->author_gone ? "" : "token-of-li",
				    .officer = fake->author != NULL ? fake->author : "li",
				    .prev = fake->first_n - 1,
				    .behind = fake->behind };

	(void)max_bytes;
	(void)err;
	batch.acts = arena_array(arena, max + 1, sizeof *batch.acts);
	for (int64_t n = fake->first_n; n > 0 && n <= fake->last_n && batch.n < max; n++)
		batch.acts[batch.n++] = (struct sync_batch_act){ act_id(n), n, "{\"a\":1}", 7 };
	*ret_batch = batch;
	return ERR_OK;
}

static enum err fake_resend(void *ctx, int64_t from_n, struct error *err)
{
	struct fake *fake = ctx;

	fake->resends++;
	fake->resent_from = from_n;
	if (from_n > 0 && from_n < fake->have_from)
		return error_set(err, ERR_GONE, "no longer here");
	if (from_n > 0)
		fake->first_n = from_n;
	return ERR_OK;
}

static enum err fake_counters(void *ctx, int64_t *ret_given, int64_t *ret_answered,
			      struct error *err)
{
	struct fake *fake = ctx;

	(void)err;
	fake->counted++;
	*ret_given = fake->given;
	*ret_answered = fake->answered;
	return ERR_OK;
}

static enum err fake_agreed(void *ctx, const char *epoch, struct error *err)
{
	struct fake *fake = ctx;

	(void)err;
	snprintf(fake->agreed, sizeof fake->agreed, "%s", epoch);
	return ERR_OK;
}

static enum err fake_renew(void *ctx, const struct session_answer *session, struct error *err)
{
	struct fake *fake = ctx;

	if (fake->renew_fails)
		return error_set(err, ERR_FULL, "no space is left");
	fake->renewed++;
	fake->console = session->console;
	fake->last_n -= fake->first_n - 1;
	fake->first_n = 1;
	return ERR_OK;
}

static enum err fake_pairs(void *ctx, unsigned bucket, struct arena *arena,
			   struct digest_pair **ret_pairs, size_t *ret_n, struct error *err)
{
	struct fake *fake = ctx;

	(void)bucket;
	(void)arena;
	(void)err;
	*ret_pairs = fake->pairs;
	*ret_n = fake->n_pairs;
	return ERR_OK;
}

static enum err fake_mend(void *ctx, const struct uuid *extra, size_t n, struct error *err)
{
	struct fake *fake = ctx;

	(void)extra;
	(void)err;
	fake->mended++;
	fake->n_extra += n;
	return ERR_OK;
}

static void fake_compared(void *ctx)
{
	((struct fake *)ctx)->compared++;
}

static enum err fake_documents(void *ctx, const char *profile, const char *calendar,
			       bool *ret_profile_missing, bool *ret_calendar_missing,
			       struct error *err)
{
	struct fake *fake = ctx;

	(void)profile;
	(void)calendar;
	(void)err;
	*ret_profile_missing = fake->doc_missing;
	*ret_calendar_missing = false;
	return ERR_OK;
}

static void fake_places(void *ctx, char ret_hash[SHA256_HEX])
{
	snprintf(ret_hash, SHA256_HEX, "%s", ((struct fake *)ctx)->places);
}

static enum err fake_document(void *ctx, const char *hash, const char *bytes, size_t len,
			      struct error *err)
{
	struct fake *fake = ctx;

	(void)bytes;
	(void)len;
	(void)err;
	snprintf(fake->doc, sizeof fake->doc, "%s", hash);
	return ERR_OK;
}

static enum err fake_timeline(void *ctx, const struct uuid *id, const struct entry *entries,
			      size_t n, bool end, struct error *err)
{
	struct fake *fake = ctx;

	(void)id;
	(void)entries;
	(void)err;
	fake->lines += n;
	fake->lines_end = end;
	return ERR_OK;
}

static enum err fake_digest(void *ctx, uint64_t ret_buckets[DIGEST_BUCKETS], struct error *err)
{
	(void)err;
	memcpy(ret_buckets, ((struct fake *)ctx)->buckets, sizeof ((struct fake *)ctx)->buckets);
	return ERR_OK;
}

static enum err fake_session(void *ctx, const struct session_answer *session, struct error *err)
{
	(void)session;
	(void)err;
	((struct fake *)ctx)->sessions++;
	return ERR_OK;
}

static void fake_token_bad(void *ctx, const char *officer, const char *token)
{
	struct fake *fake = ctx;

	(void)officer;
	snprintf(fake->bad_token, sizeof fake->bad_token, "%s", token);
	fake->bad_tokens++;
	fake->author_gone = true;
}

static void fake_link(void *ctx, enum sync_link link, const char *reason)
{
	struct fake *fake = ctx;

	fake->link = link;
	snprintf(fake->reason, sizeof fake->reason, "%s", reason);
}

static void fake_asked(void *ctx, enum err code, const char *text)
{
	struct fake *fake = ctx;

	fake->was_asked = true;
	fake->asked = code;
	snprintf(fake->asked_text, sizeof fake->asked_text, "%s", text);
}

static void fake_found(void *ctx, enum err code, const char *text, const char *body, size_t len)
{
	struct fake *fake = ctx;

	(void)text;
	fake->n_found++;
	fake->found_code = code;
	fake->found_len = body != NULL ? len : 0;
}

static void fake_revealed(void *ctx, enum err code, const char *text)
{
	struct fake *fake = ctx;

	fake->shown = code;
	fake->n_shown++;
	snprintf(fake->shown_text, sizeof fake->shown_text, "%s", text);
}

static void fake_callers(void *ctx, const char *phone, enum err code, const char *text,
			 const struct callers_answer *answer)
{
	struct fake *fake = ctx;

	(void)text;
	fake->caller = code;
	fake->n_callers++;
	fake->caller_count = answer != NULL ? answer->count : -1;
	snprintf(fake->caller_phone, sizeof fake->caller_phone, "%s", phone);
}

static void fake_defect(void *ctx, const char *text)
{
	struct fake *fake = ctx;

	fake->defects++;
	snprintf(fake->defect, sizeof fake->defect, "%s", text);
}

static const struct sync_ops fake_ops = {
	.send = fake_send,	     .abandon = fake_abandon,	  .page = fake_page,
	.answers = fake_answers,     .batch = fake_batch,	  .resend = fake_resend,
	.documents = fake_documents, .places = fake_places, .document = fake_document,	  .timeline = fake_timeline,
	.digest = fake_digest,	     .session = fake_session,	  .token_bad = fake_token_bad,
	.link = fake_link,	     .asked = fake_asked,	  .defect = fake_defect,
	.revealed = fake_revealed,   .callers = fake_callers,
	.found = fake_found,
	.agreed = fake_agreed,	     .counters = fake_counters,   .renew = fake_renew,	  .pairs = fake_pairs,
	.mend = fake_mend,	     .compared = fake_compared,
};

/* ---- answers ---- */

static inline void answer(struct fake *fake, enum sync_lane lane, int status, const char *body,
			  int64_t retry_after)
{
	struct sync_response response = { .lane = lane,
					  .status = status,
					  .retry_after = retry_after,
					  .took_ms = fake->took_ms,
					  .body = body,
					  .len = strlen(body) };

	assert_true(fake->lane[lane].busy);
	fake->lane[lane].busy = false;
	sync_response(fake->sync, &response, fake->now);
}

static inline void answer_str(struct fake *fake, enum sync_lane lane, struct str *body)
{
	answer(fake, lane, 200, str_get(body), 0);
	str_release(body);
}

static inline struct answer_head head_of(const struct fake *fake, const char *epoch)
{
	return (struct answer_head){ epoch, fake->now + 5000, PROTOCOL_VERSION };
}

static inline void answer_error(struct fake *fake, enum sync_lane lane, enum err code, int64_t need)
{
	struct error_answer message = { .head = head_of(fake, EPOCH_A),
					.error = err_name(code),
					.sentence = "said the server",
					.need = need };
	struct str body = STR_INIT;

	error_answer_encode(&message, &body);
	answer(fake, lane, err_http(code), str_get(&body), 0);
	str_release(&body);
}

static inline void answer_plain(struct fake *fake, enum sync_lane lane)
{
	struct plain_answer message = { .head = head_of(fake, EPOCH_A) };
	struct str body = STR_INIT;

	plain_answer_encode(&message, &body);
	answer_str(fake, lane, &body);
}

/* A page of n incidents; next NULL: the last one. */
static inline void answer_snapshot(struct fake *fake, const char *epoch, int64_t seq, size_t n,
				   const char *next)
{
	struct snapshot_line head = { .head = head_of(fake, epoch), .seq = seq, .total = 500,
				      .profile = HASH_P, .calendar = HASH_P };
	struct arena arena = ARENA_INIT;
	struct str body = STR_INIT, entity = STR_INIT;

	snapshot_head(&body, &head);
	for (size_t i = 0; i < n; i++) {
		struct uuid id = act_id((int64_t)(1000 + i));
		struct incident *incident = entity_new(KIND_INCIDENT, &id, &arena);

		incident->head.version = 1;
		incident->head.seq = 1;
		incident->title = "matter";
		str_clear(&entity);
		entity_encode(incident, &entity);
		snapshot_entity(&body, str_get(&entity), entity.len);
	}
	if (next != NULL)
		snapshot_next(&body, next);
	else
		snapshot_end(&body);
	answer_str(fake, LANE_READ, &body);
	str_release(&entity);
	arena_release(&arena);
}

static inline void answer_feed(struct fake *fake, const char *epoch, int64_t next, int64_t head_seq)
{
	struct answer_head head = head_of(fake, epoch);
	struct str body = STR_INIT;

	feed_begin(&body);
	feed_drop(&body, KIND_INCIDENT, &(struct uuid){ { 9 } });
	feed_end(&body, &head, next, head_seq);
	answer_str(fake, LANE_READ, &body);
}

static inline struct session_answer session_of(const struct fake *fake, const char *org,
					       const char *token)
{
	return (struct session_answer){ .head = head_of(fake, EPOCH_A),
					  .token = token,
					  .officer = "li",
					  .org = org,
					  .role = "duty",
					  .profile = HASH_P,
					  .calendar = HASH_P,
					  .jurisdiction = "here",
					  .n = -1 };
}

static inline void answer_as(struct fake *fake, const struct session_answer *message)
{
	struct str body = STR_INIT;

	session_answer_encode(message, &body);
	answer_str(fake, LANE_ASK, &body);
}

static inline void answer_session(struct fake *fake, const char *org, const char *token)
{
	struct session_answer message = session_of(fake, org, token);

	answer_as(fake, &message);
}

/* The same verdict for n acts from `from` on. */
static inline void answer_acts(struct fake *fake, int64_t from, int64_t n, enum verdict verdict)
{
	struct answer_head head = head_of(fake, EPOCH_A);
	struct str body = STR_INIT, one = STR_INIT;

	acts_answer_begin(&body);
	for (int64_t i = from; i < from + n; i++) {
		struct act_answer message = { .id = act_id(i), .n = i, .verdict = verdict,
					      .seq = 100 + i, .version = 2, .after = 7,
					      .code = ERR_REFUSED, .sentence = "a rule" };
		str_clear(&one);
		act_answer_encode(&message, &one);
		acts_answer_add(&body, str_get(&one), one.len);
	}
	acts_answer_end(&body, &head);
	answer_str(fake, LANE_WRITE, &body);
	str_release(&one);
}

/* ---- the world ---- */

static inline void begin(struct fake *fake, const struct sync_mark *mark)
{
	static const struct sync_mark nothing = { .cursor = 0 };
	struct sync_options options = { .ops = &fake_ops, .ctx = fake, .env = &fake->env };
	struct uuid console = { { 5 } };

	fake->fixed.seed = 7;
	fake->env = env_fixed(&fake->fixed);
	fake->now = 1000000;
	fake->sync = sync_new(&options);
	sync_begin(fake->sync, &console, "token-of-li", mark != NULL ? mark : &nothing, fake->now);
}

/* In step at cursor 50 with nothing to do. */
static inline void begin_in_step(struct fake *fake)
{
	struct sync_mark mark = { .epoch = EPOCH_A, .cursor = 50, .complete = true,
				  .scope = "CENTRE duty" };

	begin(fake, &mark);
	answer_session(fake, "CENTRE", NULL);
	answer_feed(fake, EPOCH_A, 50, 50);
	assert_true(sync_in_step(fake->sync));
}

static inline void end(struct fake *fake)
{
	for (int lane = 0; lane < LANE_COUNT; lane++)
		str_release(&fake->lane[lane].body);
	sync_free(fake->sync);
}

#endif
