#include <config.h>

#include "zhiban/sync/sync.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "once_priv.h"
#include "sync_priv.h"

struct sync *sync_new(const struct sync_options *options)
{
	struct sync *sync = mem_alloc(sizeof *sync);

	sync->ops = options->ops;
	sync->ctx = options->ctx;
	sync->env = options->env;
	sync->thin = options->thin;
	sync->batch_max = ACTS_MAX;
	return sync;
}

void sync_free(struct sync *sync)
{
	if (sync == NULL)
		return;
	crypto_wipe(sync->pin, sizeof sync->pin);
	arena_release(&sync->comparing.arena);
	str_release(&sync->marking.body);
	free(sync);
}

/* Starts whatever a free lane has to do. */
static void pump(struct sync *sync)
{
	if (!sync->running)
		return;
	if (!sync->lane[LANE_ASK].busy && sync->now >= sync->lane[LANE_ASK].not_before)
		ask_next(sync);
	if (sync->barred)
		return;
	if (sync->token[0] != '\0' && !sync->lane[LANE_READ].busy &&
	    sync->now >= sync->lane[LANE_READ].not_before)
		read_next(sync);
	if (!sync->lane[LANE_WRITE].busy && sync->now >= sync->lane[LANE_WRITE].not_before)
		write_next(sync);
}

enum err note_head(struct sync *sync, const struct answer_head *head)
{
	if (head->now != 0)
		sync->offset = head->now - sync->now;
	if (head->version != 0 && head->version < PROTOCOL_VERSION)
		return ERR_VERSION;
	if (head->epoch == NULL || head->epoch[0] == '\0' || sync->mark.epoch[0] == '\0')
		return ERR_OK;
	return strcmp(head->epoch, sync->mark.epoch) == 0 ? ERR_OK : ERR_EPOCH;
}

/* ---- what goes for every lane ---- */

void view_anew(struct sync *sync, bool over)
{
	struct sync_mark mark = { .complete = false };

	memcpy(mark.epoch, sync->mark.epoch, sizeof mark.epoch);
	if (over) /* what is here stays, and is that scope's */
		memcpy(mark.scope, sync->mark.scope, sizeof mark.scope);
	sync->mark = mark;
	sync->clear_next |= !over;
	sync->at_head = false;
	sync->n_gaps = 0;
	compare_forget(sync);
	sync->comparing.want = true;
	if (sync->asking >= ASK_ENTITY) /* what was asked about is of the old view */
		lane_abandon(sync, LANE_ASK);
	lane_abandon(sync, LANE_READ);
}

/* Whose view it is comes with the session's answer.  What was read before that came is of the token
 * it was read with, and under another one nobody could tell whose. */
void scope_unknown(struct sync *sync)
{
	const struct sync_mark *mark = &sync->mark;
	bool begun = mark->complete || mark->snapshot_seq > 0 || mark->snapshot[0] != '\0';

	sync->scope[0] = '\0';
	marks_begin(sync);
	if (begun && mark->scope[0] == '\0')
		view_anew(sync, false);
}

void another_scope(struct sync *sync)
{
	sync->rescoped = sync->want_session = true;
	sync->at_head = false;
	lane_abandon(sync, LANE_READ);
	if (sync->asking >= ASK_ENTITY) /* of the view before */
		lane_abandon(sync, LANE_ASK);
}

void resend_from(struct sync *sync, int64_t n)
{
	struct error err = ERROR_INIT;

	if (sync->ops->resend(sync->ctx, n, &err) != ERR_OK)
		sync->ops->defect(sync->ctx, err.text);
	sync->dirty = true;
}

/* The outbox stays; a snapshot is taken, and its first page takes the place of what is here: so the
 * screen goes from one to the other and is never empty.  The session says which acts are lost. */
void another_epoch(struct sync *sync)
{
	view_anew(sync, false);
	sync->mark.epoch[0] = '\0';
	sync->want_seq = sync->fetched_seq = 0;
	if (sync->asking == ASK_SESSION) /* it may tell of the old one */
		lane_abandon(sync, LANE_ASK);
	sync->want_session = true;
	resend_from(sync, 0);
}

void refusal_of(const struct sync_response *response, struct refusal *ret_refusal)
{
	struct arena arena = ARENA_INIT;
	struct error_answer answer = { .error = NULL };
	struct refusal refusal = { .ours = false };

	if (error_answer_decode(response->body, response->len, &arena, &answer, NULL) != ERR_OK)
		answer = (struct error_answer){ .error = NULL };
	refusal.ours = response->status >= 400 && answer.error != NULL &&
		       answer.head.epoch != NULL && strlen(answer.head.epoch) == EPOCH_TEXT - 1;
	if (refusal.ours) {
		refusal.code = err_from_name(answer.error);
		refusal.need = answer.need;
		snprintf(refusal.words, sizeof refusal.words, "%.280s",
			 answer.sentence != NULL ? answer.sentence : _(err_sentence(refusal.code)));
	} else {
		snprintf(refusal.words, sizeof refusal.words, _("the server answered %d"),
			 response->status);
	}
	*ret_refusal = refusal;
	arena_release(&arena);
}

void bad_status(struct sync *sync, const struct sync_response *response,
		const struct refusal *refusal)
{
	if (refusal->ours && refusal->code == ERR_EPOCH) {
		another_epoch(sync);
	} else if (refusal->ours && refusal->code == ERR_SCOPE) {
		another_scope(sync);
	} else if (refusal->ours && refusal->code == ERR_AUTH) {
		sync->ops->token_bad(sync->ctx, NULL, sync->token);
		login_needed(sync, refusal->words);
	} else if (refusal->ours && refusal->code == ERR_DENIED && response->lane == LANE_READ) {
		login_needed(sync, refusal->words); /* it may be good for sending still */
	} else {
		lane_fail(sync, response->lane, response->retry_after, refusal->words);
	}
}

/* ---- events ---- */

void sync_begin(struct sync *sync, const struct uuid *console, const char *token,
		const struct sync_mark *mark, int64_t now)
{
	sync_stop(sync);
	sync->running = true;
	sync->barred = sync->rescoped = false;
	sync->now = now;
	sync->console = *console;
	sync->mark = *mark;
	sync->at_head = false;
	scope_unknown(sync);
	sync->dirty = true;
	sync->renew = false;
	sync->need = 0;
	sync->parting[0] = sync->who[0] = sync->waits[0] = '\0';
	sync->comparing.repair = REPAIR_NONE;
	sync->next_digest = now + DIGEST_EVERY_MS;
	if (!str_copy(sync->token, sizeof sync->token, token))
		sync->token[0] = '\0';
	sync->want_session = sync->token[0] != '\0';
	if (sync->token[0] == '\0')
		login_needed(sync, _("nobody is logged in"));
	else
		sync->link = SYNC_IDLE;
	pump(sync);
}

void sync_stop(struct sync *sync)
{
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		lane_abandon(sync, (enum sync_lane)lane);
		sync->lane[lane] = (struct lane){ .busy = false };
	}
	sync->running = false;
	sync->n_gaps = sync->n_wants = 0;
	sync->want_profile = sync->want_calendar = sync->want_places = false;
	sync->asking = ASK_NOTHING;
	compare_forget(sync);
}

void sync_tick(struct sync *sync, int64_t now)
{
	clock_to(sync, now);
	if (now >= sync->next_digest) {
		sync->comparing.want = true;
		sync->next_digest = now + DIGEST_EVERY_MS;
	}
	marks_tick(sync);
	look_for_slow(sync);
	pump(sync);
}

void sync_outbox_changed(struct sync *sync, int64_t now)
{
	clock_to(sync, now);
	sync->dirty = true;
	pump(sync);
}

void sync_token(struct sync *sync, const char *token, int64_t now)
{
	char before[TOKEN_TEXT];

	clock_to(sync, now);
	if (strcmp(sync->token, token) == 0)
		return;
	once_cancel(sync);
	memcpy(before, sync->token, sizeof before);
	if (!str_copy(sync->token, sizeof sync->token, token) || token[0] == '\0') {
		login_needed(sync, _("nobody is logged in"));
		return;
	}
	part_from(sync, before);
	sync->want_logout = false;
	scope_unknown(sync);
	/* another officer may see other things: what is under way was the old one's */
	lane_abandon(sync, LANE_READ);
	if (sync->asking != ASK_LOG_IN)
		lane_abandon(sync, LANE_ASK);
	for (int lane = 0; lane < LANE_COUNT; lane++)
		sync->lane[lane].not_before = 0;
	sync->link = SYNC_IDLE;
	sync->dirty = sync->want_session = true;
	sync->at_head = false;
	pump(sync);
}

void sync_want_timeline(struct sync *sync, const struct uuid *id, int64_t now)
{
	clock_to(sync, now);
	for (size_t i = 0; i < sync->n_wants; i++)
		if (uuid_eq(&sync->wants[i], id))
			return;
	if (sync->n_wants < WANTS_MAX)
		sync->wants[sync->n_wants++] = *id;
	pump(sync);
}

void sync_login(struct sync *sync, const char *officer, const char *pin, const char *totp,
		int64_t now)
{
	clock_to(sync, now);
	if (sync->asking == ASK_LOG_IN) /* the later one counts */
		lane_abandon(sync, LANE_ASK);
	if (!str_copy(sync->officer, sizeof sync->officer, officer) ||
	    !str_copy(sync->pin, sizeof sync->pin, pin) ||
	    !str_copy(sync->totp, sizeof sync->totp, totp)) {
		sync->officer[0] = '\0';
		sync->ops->asked(sync->ctx, ERR_INPUT, _("name or PIN is too long"));
		return;
	}
	sync->lane[LANE_ASK].not_before = 0;
	pump(sync);
}

void sync_reveal(struct sync *sync, const struct uuid *id, const char *field, const char *why,
		 int64_t now)
{
	clock_to(sync, now);
	if (!reveal_want(sync, id, field, why))
		return;
	sync->lane[LANE_ASK].not_before = 0;
	pump(sync);
}

void sync_search(struct sync *sync, const char *path, int64_t now)
{
	clock_to(sync, now);
	if (!search_want(sync, path))
		return;
	sync->lane[LANE_ASK].not_before = 0;
	pump(sync);
}

void sync_callers(struct sync *sync, const char *phone, int64_t now)
{
	clock_to(sync, now);
	if (!callers_want(sync, phone))
		return;
	sync->lane[LANE_ASK].not_before = 0;
	pump(sync);
}

void sync_arrival(struct sync *sync, const struct uuid *id, int64_t now)
{
	clock_to(sync, now);
	if (!arrival_want(sync, id))
		return;
	sync->lane[LANE_ASK].not_before = 0;
	pump(sync);
}

void sync_logout(struct sync *sync, int64_t now)
{
	clock_to(sync, now);
	once_cancel(sync);
	if (sync->officer[0] != '\0') { /* he has thought better of it */
		if (sync->asking == ASK_LOG_IN)
			lane_abandon(sync, LANE_ASK);
		sync->officer[0] = '\0';
		crypto_wipe(sync->pin, sizeof sync->pin);
	}
	sync->want_logout = sync->token[0] != '\0';
	if (!sync->want_logout)
		sync->ops->asked(sync->ctx, ERR_OK, "");
	sync->lane[LANE_ASK].not_before = 0;
	pump(sync);
}

void sync_retry(struct sync *sync, int64_t now)
{
	clock_to(sync, now);
	for (int lane = 0; lane < LANE_COUNT; lane++)
		sync->lane[lane].not_before = 0;
	pump(sync);
}

void sync_compare(struct sync *sync, int64_t now)
{
	clock_to(sync, now);
	sync->comparing.want = true;
	sync->comparing.repair = REPAIR_NONE;
	pump(sync);
}

void sync_look(struct sync *sync, int64_t now)
{
	enum { QUIET_MS = 15 * 1000, QUIET_THIN_MS = 45 * 1000 };
	const struct lane *read = &sync->lane[LANE_READ];
	int64_t quiet = line_is_thin(sync) ? QUIET_THIN_MS : QUIET_MS;

	clock_to(sync, now);
	if (read->busy && read->parked && now - read->started >= quiet &&
	    now - sync->heard_at >= quiet && !sync->lane[LANE_ASK].busy)
		sync->want_session = true;
	pump(sync);
}

void sync_thin(struct sync *sync, bool thin)
{
	sync->thin = thin;
}

static void no_answer(struct sync *sync, enum sync_lane lane, enum sync_link link,
		      const char *reason)
{
	if (lane == LANE_READ)
		sync->at_head = false; /* the next read asks what is new at once */
	if (lane == LANE_ASK && sync->asking == ASK_LOG_IN) {
		sync->officer[0] = '\0';
		crypto_wipe(sync->pin, sizeof sync->pin);
		sync->ops->asked(sync->ctx, ERR_OFFLINE, reason);
	}
	if (lane == LANE_ASK && sync->asking == ASK_REVEAL)
		reveal_told(sync, ERR_OFFLINE, reason);
	if (lane == LANE_ASK && sync->asking == ASK_SEARCH)
		search_told(sync, ERR_OFFLINE, reason, NULL);
	if (lane == LANE_ASK && sync->asking == ASK_CALLERS)
		callers_told(sync, ERR_OFFLINE, reason, NULL);
	if (lane == LANE_ASK && sync->asking == ASK_ARRIVAL)
		arrival_told(sync, ERR_OFFLINE, reason, NULL);
	lane_cut(sync, lane, link, reason);
}

/* Whether the server itself said this, or something on the way to it: a page, an error without our
 * words.  What a gateway may say for its server (too large, too much, gone) counts as the server's.
 */
static bool is_servers(const struct sync_response *response)
{
	struct refusal refusal;
	int status = response->status;

	if (status == 200)
		return response->body[strspn(response->body, " \t\r\n")] != '<';
	if (status == 413 || status == 429 || (status >= 500 && status != 511))
		return true;
	refusal_of(response, &refusal);
	return refusal.ours;
}

static void not_the_servers(struct sync *sync, const struct sync_response *response)
{
	char words[300];
	int status = response->status;

	if (status == 200)
		snprintf(words, sizeof words, "%s",
			 _("a page came in the server's place: does the network want a log-in?"));
	else if (status == 407 || status == 511)
		snprintf(words, sizeof words,
			 _("a network on the way wants a log-in first (%d): the server was not "
			   "reached"),
			 status);
	else
		snprintf(words, sizeof words,
			 _("something on the way answered %d in the server's place"), status);
	no_answer(sync, response->lane, SYNC_STRANGE, words);
}

void sync_response(struct sync *sync, const struct sync_response *response, int64_t now)
{
	static void (*const answers[LANE_COUNT])(struct sync *, const struct sync_response *) = {
		read_answer, write_answer, ask_answer
	};

	if (!sync->lane[response->lane].busy)
		return;
	clock_to(sync, now);
	sync->lane[response->lane].busy = false;
	if (is_servers(response)) {
		lane_answered(sync, response->lane, response->took_ms);
		answers[response->lane](sync, response);
	} else {
		not_the_servers(sync, response);
	}
	pump(sync);
}

static void failed(struct sync *sync, enum sync_lane lane, enum sync_link link,
		   const char *reason, int64_t now)
{
	if (!sync->lane[lane].busy)
		return;
	clock_to(sync, now);
	sync->lane[lane].busy = false;
	no_answer(sync, lane, link, reason);
	pump(sync);
}

void sync_failed(struct sync *sync, enum sync_lane lane, const char *reason, int64_t now)
{
	failed(sync, lane, SYNC_OFFLINE, reason, now);
}

void sync_strange(struct sync *sync, enum sync_lane lane, const char *reason, int64_t now)
{
	failed(sync, lane, SYNC_STRANGE, reason, now);
}

int64_t sync_next_tick(const struct sync *sync)
{
	int64_t lanes = lanes_next(sync);

	if (!sync->running)
		return INT64_MAX;
	if (marks_next(sync) < lanes)
		lanes = marks_next(sync);
	return lanes < sync->next_digest ? lanes : sync->next_digest;
}

bool sync_in_step(const struct sync *sync)
{
	bool read = sync->mark.complete && sync->at_head && sync->mark.cursor >= sync->want_seq;
	bool written = !sync->dirty && !sync->lane[LANE_WRITE].busy;
	bool asked = !sync->lane[LANE_ASK].busy && sync->n_gaps == 0 && sync->n_wants == 0 &&
		     !sync->want_session && !sync->want_profile && !sync->want_calendar &&
		     !sync->want_places && !sync->renew && !compare_busy(sync);

	return sync->running && sync->token[0] != '\0' && read && written && asked;
}

bool sync_waits_for_author(const struct sync *sync)
{
	return sync->waits[0] != '\0';
}

int64_t sync_offset(const struct sync *sync)
{
	return sync->offset;
}

int64_t sync_left(const struct sync *sync)
{
	return sync->mark.complete || sync->total < sync->got ? 0 : sync->total - sync->got;
}
