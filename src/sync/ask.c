/* Asking: session, documents, single entities, timelines, digest. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"

#include "sync_priv.h"

void ask_about_documents(struct sync *sync, const char *profile, const char *calendar)
{
	bool no_profile = false, no_calendar = false;

	if (profile == NULL || calendar == NULL)
		return;
	if (sync->ops->documents(sync->ctx, profile, calendar, &no_profile, &no_calendar, NULL) !=
	    ERR_OK)
		return;
	sync->want_profile = no_profile && str_copy(sync->profile, sizeof sync->profile, profile);
	sync->want_calendar =
		no_calendar && str_copy(sync->calendar, sizeof sync->calendar, calendar);
}

static enum ask_what what_next(const struct sync *sync)
{
	if (sync->officer[0] != '\0')
		return ASK_LOG_IN;
	if (sync->token[0] == '\0' || sync->barred)
		return ASK_NOTHING;
	if (sync->want_logout)
		return ASK_LOG_OUT;
	if (sync->want_session)
		return ASK_SESSION;
	if (sync->want_profile)
		return ASK_PROFILE;
	if (sync->want_calendar)
		return ASK_CALENDAR;
	if (sync->n_gaps > 0)
		return ASK_ENTITY;
	if (sync->n_wants > 0)
		return ASK_LINES;
	if (sync->want_digest && sync->mark.complete && sync->at_head)
		return ASK_DIGEST;
	return ASK_NOTHING;
}

static void path_of(struct sync *sync, enum ask_what what, char *path, size_t size)
{
	char id[UUID_TEXT];

	switch (what) {
	case ASK_LOG_IN:
	case ASK_SESSION:
		snprintf(path, size, "/v1/session");
		break;
	case ASK_LOG_OUT:
		snprintf(path, size, "/v1/session%s", sync->dirty ? "?keep=upload" : "");
		break;
	case ASK_PROFILE:
		snprintf(path, size, "/v1/profile/%s", sync->profile);
		break;
	case ASK_CALENDAR:
		snprintf(path, size, "/v1/calendar/%s", sync->calendar);
		break;
	case ASK_ENTITY:
		uuid_text(&sync->gaps[0].id, id);
		snprintf(path, size, "/v1/entities/%s", id);
		break;
	case ASK_LINES:
		uuid_text(&sync->wants[0], id);
		snprintf(path, size, "/v1/timeline?entity=%s&after=%lld", id,
			 (long long)sync->lines_after);
		break;
	case ASK_DIGEST:
		sync->digest_at = sync->mark.cursor;
		snprintf(path, size, "/v1/digest?at=%lld", (long long)sync->mark.cursor);
		break;
	case ASK_NOTHING:
		break;
	}
}

void ask_next(struct sync *sync)
{
	enum ask_what what = what_next(sync);
	struct sync_request request = { .lane = LANE_ASK, .token = sync->token };
	struct session_ask ask = { .console = sync->console,
				   .officer = sync->officer,
				   .pin = sync->pin };
	struct str body = STR_INIT;
	char path[200];

	if (what == ASK_NOTHING)
		return;
	sync->asking = what;
	path_of(sync, what, path, sizeof path);
	request.path = path;
	request.method = what == ASK_LOG_IN ? "POST" : what == ASK_LOG_OUT ? "DELETE" : "GET";
	if (what == ASK_LOG_IN) {
		session_ask_encode(&ask, &body);
		request.token = "";
		request.body = str_get(&body);
		request.len = body.len;
	}
	lane_send(sync, &request);
	if (body.s != NULL)
		crypto_wipe(body.s, body.len);
	str_release(&body);
}

/* ---- answers ---- */

/* Another organisation or role sees other things: what is here goes, what is his comes. */
static void check_scope(struct sync *sync, const struct session_answer *answer)
{
	snprintf(sync->scope, sizeof sync->scope, "%s %s", answer->org, answer->role);
	if (sync->mark.scope[0] == '\0')
		memcpy(sync->mark.scope, sync->scope, sizeof sync->mark.scope);
	else if (strcmp(sync->mark.scope, sync->scope) != 0)
		another_epoch(sync);
}

static enum err took_session(struct sync *sync, const struct sync_response *response,
			     struct arena *arena, struct error *err)
{
	struct session_answer answer;
	enum err code = session_answer_decode(response->body, response->len, arena, &answer, err);

	if (code != ERR_OK)
		return code;
	if (note_head(sync, &answer.head) == ERR_EPOCH)
		another_epoch(sync);
	code = sync->ops->session(sync->ctx, &answer, err);
	if (code != ERR_OK)
		return code;
	if (answer.token != NULL && str_copy(sync->token, sizeof sync->token, answer.token)) {
		for (int lane = 0; lane < LANE_COUNT; lane++)
			sync->lane[lane].not_before = 0;
		sync->dirty = true;
		sync->link = SYNC_IDLE;
	}
	sync->want_session = false;
	check_scope(sync, &answer);
	ask_about_documents(sync, answer.profile, answer.calendar);
	return ERR_OK;
}

static enum err logged_in(struct sync *sync, const struct sync_response *response,
			  struct arena *arena, struct error *err)
{
	enum err code = took_session(sync, response, arena, err);

	sync->officer[0] = '\0';
	crypto_wipe(sync->pin, sizeof sync->pin);
	sync->ops->asked(sync->ctx, code, code == ERR_OK ? "" : err->text);
	return code;
}

static void logged_out(struct sync *sync)
{
	sync->want_logout = false;
	login_needed(sync, _("nobody is logged in"));
	sync->ops->asked(sync->ctx, ERR_OK, "");
}

static enum err took_document(struct sync *sync, const struct sync_response *response,
			      struct error *err)
{
	bool profile = sync->asking == ASK_PROFILE;
	const char *hash = profile ? sync->profile : sync->calendar;
	uint8_t digest[SHA256_LEN];
	char hex[SHA256_HEX];
	enum err code;

	sha256(response->body, response->len, digest);
	crypto_hex(digest, sizeof digest, hex);
	if (strcmp(hex, hash) != 0) /* content-addressed: anything else is not it */
		return error_set(err, ERR_CORRUPT, "%s",
				 _("the document is not what was promised"));
	code = sync->ops->document(sync->ctx, hash, response->body, response->len, err);
	if (code == ERR_OK && profile)
		sync->want_profile = false;
	else if (code == ERR_OK)
		sync->want_calendar = false;
	return code;
}

static void gap_closed(struct sync *sync)
{
	sync->n_gaps--;
	memmove(&sync->gaps[0], &sync->gaps[1], sync->n_gaps * sizeof sync->gaps[0]);
}

static enum err took_entity(struct sync *sync, const struct sync_response *response,
			    struct arena *arena, struct error *err)
{
	struct answer_head head;
	struct feed_item item = { .kind = FEED_WHOLE };
	struct sync_page page = { .items = &item, .n = 1, .mark = sync->mark, .usable = true };
	struct sync_gap none[1];
	size_t n_none;
	enum err code = entity_answer_decode(response->body, response->len, arena, &head,
					     &item.entity, err);

	if (code != ERR_OK)
		return code;
	item.timeline_to = ((struct entity *)item.entity)->seq;
	code = sync->ops->page(sync->ctx, &page, none, 0, &n_none, err);
	if (code == ERR_OK)
		gap_closed(sync);
	return code;
}

static void want_closed(struct sync *sync)
{
	sync->n_wants--;
	memmove(&sync->wants[0], &sync->wants[1], sync->n_wants * sizeof sync->wants[0]);
	sync->lines_after = 0;
}

static enum err took_lines(struct sync *sync, const struct sync_response *response,
			   struct arena *arena, struct error *err)
{
	struct timeline_answer answer;
	bool end;
	enum err code = timeline_answer_decode(response->body, response->len, arena, &answer, err);

	if (code != ERR_OK)
		return code;
	end = answer.end || answer.n == 0;
	code = sync->ops->timeline(sync->ctx, &sync->wants[0], answer.entries, answer.n, end, err);
	if (code == ERR_OK && end)
		want_closed(sync);
	else if (code == ERR_OK)
		sync->lines_after = answer.entries[answer.n - 1].seq;
	return code;
}

/* What differs is a defect of ours or theirs: said, and everything is fetched anew. */
static enum err took_digest(struct sync *sync, const struct sync_response *response,
			    struct arena *arena, struct error *err)
{
	uint64_t own[DIGEST_BUCKETS];
	struct digest_answer answer;
	char words[100];
	int differ = 0;
	enum err code = digest_answer_decode(response->body, response->len, arena, &answer, err);

	if (code != ERR_OK)
		return code;
	if (answer.seq != sync->digest_at || sync->mark.cursor != sync->digest_at)
		return ERR_OK; /* it has moved on meanwhile: asked again */
	code = sync->ops->digest(sync->ctx, own, err);
	if (code != ERR_OK)
		return code;
	sync->want_digest = false;
	for (int i = 0; i < DIGEST_BUCKETS; i++)
		differ += own[i] != answer.buckets[i];
	if (differ == 0)
		return ERR_OK;
	snprintf(words, sizeof words,
		 _("%d of %d parts differ from the server at %lld: fetched anew"), differ,
		 DIGEST_BUCKETS, (long long)answer.seq);
	sync->ops->defect(sync->ctx, words);
	another_epoch(sync);
	sync->want_digest = false; /* one repair; the next look is the regular one */
	return ERR_OK;
}

static enum err take(struct sync *sync, const struct sync_response *response,
		     struct arena *arena, struct error *err)
{
	switch (sync->asking) {
	case ASK_LOG_IN:
		return logged_in(sync, response, arena, err);
	case ASK_LOG_OUT:
		logged_out(sync);
		return ERR_OK;
	case ASK_SESSION:
		return took_session(sync, response, arena, err);
	case ASK_PROFILE:
	case ASK_CALENDAR:
		return took_document(sync, response, err);
	case ASK_ENTITY:
		return took_entity(sync, response, arena, err);
	case ASK_LINES:
		return took_lines(sync, response, arena, err);
	case ASK_DIGEST:
		return took_digest(sync, response, arena, err);
	case ASK_NOTHING:
		break;
	}
	return ERR_OK;
}

/* There are no lines for us: whoever wanted them need not ask again. */
static bool not_to_be_seen(struct sync *sync)
{
	return sync->ops->timeline(sync->ctx, &sync->wants[0], NULL, 0, true, NULL) == ERR_OK;
}

/* A log-in that was not accepted is its own matter; so is something that is not to be seen. */
static bool refused(struct sync *sync, const struct sync_response *response)
{
	struct arena arena = ARENA_INIT;
	struct error_answer answer = { .error = NULL };
	bool gone = response->status == 404 || response->status == 403;

	if (sync->asking == ASK_LOG_IN && response->status < 500) {
		if (error_answer_decode(response->body, response->len, &arena, &answer, NULL) !=
		    ERR_OK)
			answer = (struct error_answer){ .error = NULL };
		sync->officer[0] = '\0';
		crypto_wipe(sync->pin, sizeof sync->pin);
		sync->ops->asked(sync->ctx,
				 answer.error != NULL ? err_from_name(answer.error) : ERR_AUTH,
				 answer.sentence != NULL ? answer.sentence
							 : _("the server did not accept it"));
		arena_release(&arena);
		return true;
	}
	if (sync->asking == ASK_ENTITY && gone)
		gap_closed(sync);
	else if (sync->asking == ASK_LINES && gone && not_to_be_seen(sync))
		want_closed(sync);
	else if (sync->asking == ASK_DIGEST && response->status < 500 && response->status != 401)
		sync->want_digest = false; /* it does not reach back so far: next time */
	else if (sync->asking == ASK_LOG_OUT && response->status < 500)
		logged_out(sync);
	else
		return false;
	return true;
}

void ask_answer(struct sync *sync, const struct sync_response *response)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	enum err code;

	if (response->status != 200) {
		if (!refused(sync, response))
			bad_status(sync, response);
	} else {
		code = take(sync, response, &arena, &err);
		if (code == ERR_OK)
			lane_done(sync, LANE_ASK);
		else
			lane_fail(sync, LANE_ASK, 0, err.text);
	}
	sync->asking = ASK_NOTHING;
	arena_release(&arena);
}
