/* Asking: session, documents, single entities, timelines, digest. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"

#include "once_priv.h"
#include "ask_priv.h"
#include "sync_priv.h"

enum err ask_about_documents(struct sync *sync, const char *profile, const char *calendar,
			     struct error *err)
{
	bool no_profile = false, no_calendar = false;
	enum err code;

	if (profile == NULL || calendar == NULL)
		return ERR_OK;
	code = sync->ops->documents(sync->ctx, profile, calendar, &no_profile, &no_calendar, err);
	if (code != ERR_OK) {
		sync->want_session = true;
		return code;
	}
	sync->want_profile = no_profile && str_copy(sync->profile, sizeof sync->profile, profile);
	sync->want_calendar =
		no_calendar && str_copy(sync->calendar, sizeof sync->calendar, calendar);
	return ERR_OK;
}

void ask_about_places(struct sync *sync)
{
	sync->ops->places(sync->ctx, sync->places);
	sync->want_places = sync->places[0] != '\0';
}

static enum ask_what what_next(struct sync *sync)
{
	enum ask_what what;
	const struct {
		bool wanted;
		enum ask_what what;
	} order[] = {
		{ sync->want_logout, ASK_LOG_OUT },
		{ sync->renew, ASK_CONSOLE },
		{ sync->reveal.wanted, ASK_REVEAL },
		{ sync->search.wanted, ASK_SEARCH },
		{ sync->callers.wanted, ASK_CALLERS },
		{ sync->arrival.wanted, ASK_ARRIVAL },
		{ sync->want_session, ASK_SESSION },
		{ sync->want_profile, ASK_PROFILE },
		{ sync->want_calendar, ASK_CALENDAR },
		{ sync->parting[0] != '\0', ASK_PART },
		{ sync->n_gaps > 0, ASK_ENTITY },
		{ sync->n_wants > 0, ASK_LINES },
		{ sync->want_places, ASK_PLACES },
	};

	if (sync->officer[0] != '\0')
		return ASK_LOG_IN;
	if (sync->token[0] == '\0' || sync->barred)
		return ASK_NOTHING;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (order[i].wanted)
			return order[i].what;
	what = compare_what(sync);
	return what != ASK_NOTHING ? what : marks_what(sync);
}

static enum err path_of(struct sync *sync, enum ask_what what, struct str *path, struct error *err)
{
	char id[UUID_TEXT];

	switch (what) {
	case ASK_LOG_IN:
	case ASK_SESSION:
		str_add(path, "/v1/session");
		break;
	case ASK_LOG_OUT:
		str_addf(path, "/v1/session%s", sync->dirty ? "?keep=upload" : "");
		break;
	case ASK_PART:
		str_addf(path, "/v1/session%s", sync->parting_unsent ? "?keep=upload" : "");
		break;
	case ASK_CONSOLE:
		str_add(path, "/v1/console");
		break;
	case ASK_REVEAL:
		str_add(path, "/v1/reveal");
		break;
	case ASK_SEARCH:
		str_add(path, sync->search.path);
		break;
	case ASK_CALLERS:
		str_add(path, "/v1/callers");
		break;
	case ASK_ARRIVAL:
		str_add(path, "/v1/arrival");
		break;
	case ASK_PROFILE:
		str_addf(path, "/v1/profile/%s", sync->profile);
		break;
	case ASK_CALENDAR:
		str_addf(path, "/v1/calendar/%s", sync->calendar);
		break;
	case ASK_PLACES:
		str_addf(path, "/v1/places/%s", sync->places);
		break;
	case ASK_ENTITY:
		uuid_text(&sync->gaps[0].id, id);
		str_addf(path, "/v1/entities/%s", id);
		break;
	case ASK_LINES:
		if (sync_is_log(&sync->wants[0])) {
			str_add(path, "/v1/log");
			break;
		}
		uuid_text(&sync->wants[0], id);
		str_addf(path, "/v1/timeline?entity=%s&after=%lld", id,
			 (long long)sync->lines_after);
		break;
	case ASK_MARKS_PUT:
	case ASK_MARKS_GET:
		return marks_path(sync, what, path, err);
	case ASK_DIGEST:
	case ASK_BUCKET:
	case ASK_MEND:
		return compare_ask(sync, what, path, err);
	case ASK_NOTHING:
		break;
	}
	return ERR_OK;
}

static const char *method_of(const struct sync *sync, enum ask_what what)
{
	if (what == ASK_LINES && sync_is_log(&sync->wants[0]))
		return "POST";
	if (what == ASK_LOG_IN || what == ASK_CONSOLE || what == ASK_REVEAL ||
	    what == ASK_CALLERS || what == ASK_ARRIVAL)
		return "POST";
	if (what == ASK_MARKS_PUT)
		return "PUT";
	return what == ASK_LOG_OUT || what == ASK_PART ? "DELETE" : "GET";
}

static void body_of(struct sync *sync, enum ask_what what, struct str *body)
{
	struct session_ask session = { .console = sync->console,
				       .officer = sync->officer,
				       .pin = sync->pin,
				       .totp = sync->totp[0] != '\0' ? sync->totp : NULL };
	struct console_ask console = { .console_name = NULL };

	if (what == ASK_LOG_IN)
		session_ask_encode(&session, body);
	else if (what == ASK_CONSOLE)
		console_ask_encode(&console, body);
	else if (what == ASK_REVEAL)
		reveal_body(sync, body);
	else if (what == ASK_CALLERS)
		callers_body(sync, body);
	else if (what == ASK_ARRIVAL)
		arrival_body(sync, body);
	else if (what == ASK_LINES && sync_is_log(&sync->wants[0]))
		log_body(sync, body);
	else if (what == ASK_MARKS_PUT)
		str_add_bytes(body, str_get(&sync->marking.body), sync->marking.body.len);
}

void ask_next(struct sync *sync)
{
	enum ask_what what = what_next(sync);
	struct sync_request request = { .lane = LANE_ASK, .token = sync->token };
	struct error err = ERROR_INIT;
	struct str path = STR_INIT, body = STR_INIT;
	enum err code;

	sync->asking = what;
	if (what == ASK_NOTHING)
		return;
	code = path_of(sync, what, &path, &err);
	if (code != ERR_OK) {
		str_release(&path);
		lane_failed(sync, LANE_ASK, code, &err);
		return;
	}
	sync->n_answered_then = sync->n_answered;
	body_of(sync, what, &body);
	request.path = str_get(&path);
	request.method = method_of(sync, what);
	if (what == ASK_LOG_IN)
		request.token = "";
	else if (what == ASK_PART)
		request.token = sync->parting;
	request.body = body.len > 0 ? str_get(&body) : NULL;
	request.len = body.len;
	lane_send(sync, &request);
	if (body.s != NULL)
		crypto_wipe(body.s, body.len);
	str_release(&body);
	str_release(&path);
}

/* ---- answers ---- */

static enum err logged_in(struct sync *sync, const struct sync_response *response,
			  struct arena *arena, struct error *err)
{
	char before[TOKEN_TEXT];
	enum err code;
	bool in;

	memcpy(before, sync->token, sizeof before);
	code = took_session(sync, response, arena, err);
	in = code == ERR_OK || strcmp(before, sync->token) != 0;
	sync->officer[0] = '\0';
	crypto_wipe(sync->pin, sizeof sync->pin);
	/* what else the session says may be asked again */
	sync->ops->asked(sync->ctx, in ? ERR_OK : code, in ? "" : err->text);
	return code;
}

static void logged_out(struct sync *sync)
{
	sync->want_logout = false;
	login_needed(sync, _("nobody is logged in"));
	sync->ops->asked(sync->ctx, ERR_OK, "");
}

static void parted(struct sync *sync)
{
	crypto_wipe(sync->parting, sizeof sync->parting);
}

/* A session has ended there, if it was the server that said so. */
static enum err ended(struct sync *sync, const struct sync_response *response, struct arena *arena,
		      void (*then)(struct sync *), struct error *err)
{
	struct plain_answer answer;
	enum err code = plain_answer_decode(response->body, response->len, arena, &answer, err);

	if (code == ERR_OK)
		then(sync);
	return code;
}

static enum err took_document(struct sync *sync, const struct sync_response *response,
			      struct error *err)
{
	bool *want = sync->asking == ASK_PROFILE  ? &sync->want_profile
		     : sync->asking == ASK_PLACES ? &sync->want_places
						  : &sync->want_calendar;
	const char *hash = sync->asking == ASK_PROFILE	? sync->profile
			   : sync->asking == ASK_PLACES ? sync->places
							: sync->calendar;
	uint8_t digest[SHA256_LEN];
	char hex[SHA256_HEX];
	enum err code;

	sha256(response->body, response->len, digest);
	crypto_hex(digest, sizeof digest, hex);
	if (strcmp(hex, hash) != 0) /* content-addressed: anything else is not it */
		return error_set(err, ERR_CORRUPT, "%s",
				 _("the document is not what was promised"));
	code = sync->ops->document(sync->ctx, hash, response->body, response->len, err);
	if (code == ERR_OK)
		*want = false;
	return code;
}

static void gap_closed(struct sync *sync)
{
	sync->n_gaps--;
	memmove(&sync->gaps[0], &sync->gaps[1], sync->n_gaps * sizeof sync->gaps[0]);
}

enum err keep_entity(struct sync *sync, void *entity, bool drop, struct error *err)
{
	const struct entity *head = entity;
	struct feed_item items[2] = {
		{ .kind = FEED_DROP, .drop_kind = head->kind, .drop_id = head->id },
		{ .kind = FEED_WHOLE, .entity = entity, .timeline_to = head->seq },
	};
	struct sync_page page = { .items = drop ? items : items + 1, .n = drop ? 2 : 1,
				  .mark = sync->mark, .usable = true };
	struct sync_gap none[1];
	size_t n_none;
	enum err code = sync->ops->page(sync->ctx, &page, none, 0, &n_none, err);

	if (code == ERR_OK && head->seq > sync->fetched_seq)
		sync->fetched_seq = head->seq;
	return code;
}

static enum err took_entity(struct sync *sync, const struct sync_response *response,
			    struct arena *arena, struct error *err)
{
	struct answer_head head;
	void *entity;
	enum err code = entity_answer_decode(response->body, response->len, arena, &head, &entity,
					     err);

	if (code == ERR_OK)
		code = note_head(sync, &head);
	if (code == ERR_OK && entity != NULL)
		code = keep_entity(sync, entity, false, err);
	if (code == ERR_OK)
		gap_closed(sync);
	return code;
}

void ask_dropped(struct sync *sync, const struct uuid *id)
{
	bool asked = (sync->asking == ASK_ENTITY && uuid_eq(&sync->gaps[0].id, id)) ||
		     (sync->asking == ASK_LINES && uuid_eq(&sync->wants[0], id));
	size_t gaps = 0, wants = 0;

	if (asked) {
		lane_abandon(sync, LANE_ASK);
		sync->asking = ASK_NOTHING;
		sync->lines_after = 0;
	}
	for (size_t i = 0; i < sync->n_gaps; i++)
		if (!uuid_eq(&sync->gaps[i].id, id))
			sync->gaps[gaps++] = sync->gaps[i];
	for (size_t i = 0; i < sync->n_wants; i++)
		if (!uuid_eq(&sync->wants[i], id))
			sync->wants[wants++] = sync->wants[i];
	sync->n_gaps = gaps;
	sync->n_wants = wants;
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
	static const struct entry none; /* NULL would mean that there are no lines for us */
	struct timeline_answer answer;
	bool end;
	enum err code = timeline_answer_decode(response->body, response->len, arena, &answer, err);

	if (code == ERR_OK)
		code = note_head(sync, &answer.head);
	if (code != ERR_OK)
		return code;
	end = answer.end || answer.n == 0;
	code = sync->ops->timeline(sync->ctx, &sync->wants[0], answer.n > 0 ? answer.entries : &none,
				   answer.n, end, err);
	if (code == ERR_OK && end)
		want_closed(sync);
	else if (code == ERR_OK)
		sync->lines_after = answer.entries[answer.n - 1].seq;
	return code;
}

static enum err take(struct sync *sync, const struct sync_response *response,
		     struct arena *arena, struct error *err)
{
	switch (sync->asking) {
	case ASK_LOG_IN:
		return logged_in(sync, response, arena, err);
	case ASK_LOG_OUT:
		return ended(sync, response, arena, logged_out, err);
	case ASK_PART:
		return ended(sync, response, arena, parted, err);
	case ASK_CONSOLE:
		return took_console(sync, response, arena, err);
	case ASK_REVEAL:
		return took_reveal(sync, response, arena, err);
	case ASK_SEARCH:
		search_told(sync, ERR_OK, "", response);
		return ERR_OK;
	case ASK_CALLERS:
		return took_callers(sync, response, arena, err);
	case ASK_ARRIVAL:
		return took_arrival(sync, response, arena, err);
	case ASK_SESSION:
		return took_session(sync, response, arena, err);
	case ASK_PROFILE:
	case ASK_CALENDAR:
	case ASK_PLACES:
		return took_document(sync, response, err);
	case ASK_ENTITY:
		return took_entity(sync, response, arena, err);
	case ASK_LINES:
		return took_lines(sync, response, arena, err);
	case ASK_MARKS_PUT:
	case ASK_MARKS_GET:
		return marks_took(sync, response, arena, err);
	case ASK_DIGEST:
	case ASK_BUCKET:
	case ASK_MEND:
		return compare_took(sync, response, arena, err);
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

/* A log-in that was not accepted is its own matter, and is not tried again by itself. */
static void not_logged_in(struct sync *sync, const struct refusal *refusal)
{
	sync->officer[0] = '\0';
	crypto_wipe(sync->pin, sizeof sync->pin);
	sync->ops->asked(sync->ctx, refusal->ours ? refusal->code : ERR_OFFLINE, refusal->words);
}

/* This server knows no way to another id. */
static void no_console(struct sync *sync)
{
	sync->barred = true;
	sync->renew = false;
	sync->link = SYNC_LOGIN;
	sync->ops->link(sync->ctx, SYNC_LOGIN,
			_("this console's files were copied or restored: enrol it again; the acts "
			  "waiting here are kept"));
}

/* What the server does not give, by what was asked for.  False: it means what it means always. */
static bool refused(struct sync *sync, const struct refusal *refusal)
{
	enum err code = refusal->code;
	bool gone = code == ERR_NOT_FOUND || code == ERR_DENIED;

	switch (sync->asking) {
	case ASK_ENTITY:
		if (gone)
			gap_closed(sync);
		return gone;
	case ASK_LINES:
		gone = gone && not_to_be_seen(sync);
		if (gone)
			want_closed(sync);
		return gone;
	case ASK_LOG_OUT:
		logged_out(sync);
		return true;
	case ASK_PART:
		parted(sync);
		return true;
	case ASK_CONSOLE:
		gone = gone || code == ERR_USAGE || code == ERR_INPUT;
		if (gone)
			no_console(sync);
		return gone;
	case ASK_SESSION: /* it may be good for sending still */
		if (code == ERR_DENIED)
			login_needed(sync, refusal->words);
		return code == ERR_DENIED;
	case ASK_MARKS_PUT:
	case ASK_MARKS_GET:
		if (code != ERR_AUTH)
			marks_refused(sync);
		return code != ERR_AUTH;
	case ASK_DIGEST:
	case ASK_BUCKET:
	case ASK_MEND:
		return compare_refused(sync, refusal);
	case ASK_REVEAL:
	case ASK_SEARCH:
	case ASK_CALLERS:
	case ASK_ARRIVAL:
		return code != ERR_AUTH;
	case ASK_LOG_IN:
	case ASK_PLACES: /* an older server, or one restored: what is here goes on being used */
		sync->want_places = false;
		return true;
	case ASK_PROFILE:
	case ASK_CALENDAR:
	case ASK_NOTHING:
		break;
	}
	return false;
}

static void not_given(struct sync *sync, const struct sync_response *response)
{
	struct refusal refusal;

	refusal_of(response, &refusal);
	if (sync->asking == ASK_LOG_IN)
		not_logged_in(sync, &refusal);
	if (sync->asking == ASK_LOG_IN && refusal.ours && response->status < 500)
		return;
	if (sync->asking == ASK_REVEAL) /* his own matter, too */
		reveal_told(sync, refusal.ours ? refusal.code : ERR_OFFLINE, refusal.words);
	if (sync->asking == ASK_SEARCH)
		search_told(sync, refusal.ours ? refusal.code : ERR_OFFLINE, refusal.words, NULL);
	if (sync->asking == ASK_CALLERS)
		callers_told(sync, refusal.ours ? refusal.code : ERR_OFFLINE, refusal.words, NULL);
	if (sync->asking == ASK_ARRIVAL)
		arrival_told(sync, refusal.ours ? refusal.code : ERR_OFFLINE, refusal.words, NULL);
	if (!refusal.ours || response->status >= 500 || !refused(sync, &refusal))
		bad_status(sync, response, &refusal);
}

void ask_answer(struct sync *sync, const struct sync_response *response)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	enum err code = ERR_OK;

	if (response->status != 200) {
		not_given(sync, response);
	} else {
		code = take(sync, response, &arena, &err);
		if (code == ERR_OK)
			lane_done(sync, LANE_ASK);
		else if (code == ERR_EPOCH)
			another_epoch(sync);
		else
			lane_failed(sync, LANE_ASK, code, &err);
	}
	sync->asking = ASK_NOTHING;
	arena_release(&arena);
}
