#include <config.h>

#include "fake_server.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/arrival.h"
#include "zhiban/domain/decide.h"
#include "zhiban/domain/whistle.h"
#include "zhiban/client/log.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/entry.h"
#include "zhiban/wire/feed.h"

static void must(enum err code)
{
	assert(code == ERR_OK);
	(void)code;
}

void server_open(struct server *server, struct env *env)
{
	server_open_with(server, env, "tianning");
}

void server_open_with(struct server *server, struct env *env, const char *profile)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	const char *path, *calendar;

	memset(server, 0, sizeof *server);
	server->env = env;
	memset(server->epoch, 'e', 32);
	path = arena_printf(&server->arena, "%s/profiles/%s.conf", top != NULL ? top : ".",
			    profile);
	calendar = arena_printf(&server->arena, "%s/profiles/calendar-cn.conf",
				top != NULL ? top : ".");
	must(profile_load(path, &server->jurisdiction, &server->days, NULL));
	must(bundle_read(path, &server->bundle, NULL));
	must(file_read(calendar, BUNDLE_MAX, &server->calendar, NULL));
}

void server_close(struct server *server)
{
	for (int64_t i = 0; i < server->seq; i++)
		str_release(&server->entries[i].bytes);
	for (size_t i = 0; i < server->n_answers; i++)
		str_release(&server->answers[i].bytes);
	str_release(&server->bundle);
	str_release(&server->calendar);
	profile_free(server->jurisdiction);
	workdays_free(server->days);
	arena_release(&server->arena);
}

void server_restore(struct server *server)
{
	memset(server->epoch, server->epoch[0] + 1, 32);
}

struct incident *server_incident(struct server *server, const struct uuid *id)
{
	for (size_t i = 0; i < server->n_incidents; i++)
		if (uuid_eq(&server->incidents[i]->head.id, id))
			return server->incidents[i];
	return NULL;
}

struct entity *server_entity(struct server *server, const struct uuid *id)
{
	struct incident *incident = server_incident(server, id);

	for (size_t i = 0; i < server->n_things; i++)
		if (uuid_eq(&server->things[i]->id, id))
			return server->things[i];
	return incident != NULL ? &incident->head : NULL;
}

static struct answer_head head_of(const struct server *server)
{
	return (struct answer_head){ server->epoch, env_now(server->env), PROTOCOL_VERSION };
}

/* ---- acts ---- */

static void keep_entry(struct server *server, const struct act *act,
		       const struct decision *decision, const struct moment *moment)
{
	struct entry entry = { .seq = ++server->seq,
			       .act = *act,
			       .effects = decision->effects,
			       .n_effects = decision->n_effects,
			       .recv = moment->recv,
			       .eff = moment->eff };
	struct fake_entry *to = &server->entries[server->seq - 1];

	entry_canonical(&entry, &to->bytes);
}

/* The entity an act is done to, made when it is new. */
static struct entity *target_of(struct server *server, const struct act *act)
{
	struct entity *made;

	if (act->target.kind == KIND_MODE && server->mode != NULL)
		return &server->mode->head;
	if (server_entity(server, &act->target.id) != NULL)
		return server_entity(server, &act->target.id);
	made = entity_new(act->target.kind, &act->target.id, &server->arena);
	if (act->target.kind == KIND_MODE) {
		server->mode = (struct mode *)made;
		return made;
	}
	server->serial++;
	if (act->target.kind == KIND_INCIDENT)
		server->incidents[server->n_incidents++] = (struct incident *)made;
	else
		server->things[server->n_things++] = made;
	return made;
}

/* Whether the code of one who reports in is right. */
static void prove(const struct server *server, const struct act *act, struct state *state)
{
	const struct whistle *whistle = state->entity;
	const char *code = act_text(act, "code");

	if (code == NULL || act->target.kind != KIND_WHISTLE || whistle == NULL)
		return;
	state->proof = PROOF_WRONG;
	for (size_t i = 0; i < whistle->shares.n; i++) {
		int64_t step = arrival_find(server->secret, &whistle_share(whistle, i)->id, code,
					    env_now(server->env), 0);

		if (step == 0)
			continue;
		state->proof = PROOF_RIGHT;
		state->proof_step = step;
	}
}

/* What the rules look at beside the target, and what leads on from that. */
static void near_of(struct server *server, const struct act *act, struct state *state)
{
	enum { NEAR_MOST = 256 };
	const void **entities = arena_array(&server->arena, NEAR_MOST, sizeof(void *));
	struct near_id *ids = NULL;
	size_t n = 0, direct;

	decide_near(&server->jurisdiction->rules, act, state->entity, &server->arena, &ids, &n);
	for (size_t i = 0; i < n && state->n_near < NEAR_MOST; i++) {
		entities[state->n_near] = server_entity(server, &ids[i].id);
		state->n_near += entities[state->n_near] != NULL;
	}
	direct = state->n_near;
	for (size_t d = 0; d < direct; d++) {
		decide_near_of(act, entities[d], &server->arena, &ids, &n);
		for (size_t i = 0; i < n && state->n_near < NEAR_MOST; i++) {
			entities[state->n_near] = server_entity(server, &ids[i].id);
			state->n_near += entities[state->n_near] != NULL;
		}
	}
	state->near = entities;
}

static const char *number_of(const struct entity *entity)
{
	const struct kind_desc *desc = kind_desc(entity->kind);
	const struct field *field = field_find(desc->fields, desc->n_fields, "number");

	return field != NULL ? field_get(field, entity).text : NULL;
}

static bool is_joint(enum kind kind)
{
	return kind == KIND_MEETING || kind == KIND_ITEM || kind == KIND_ACTION || kind == KIND_ROOM;
}

static enum err judge(struct server *server, const struct act *act, struct act_answer *answer,
		      struct error *err)
{
	struct entity *entity = server_entity(server, &act->target.id);
	struct state state = { .entity = act->target.kind == KIND_MODE ? (void *)server->mode
								       : (void *)entity,
			       .serial = server->serial + 1,
			       .mode = server->mode != NULL ? server->mode->mode : NULL };
	struct entity *target;
	struct moment moment = { env_now(server->env), env_now(server->env) };
	struct decision decision;
	enum err code;

	prove(server, act, &state);
	near_of(server, act, &state);
	code = decide(&server->jurisdiction->rules, &state, act, &moment, &server->arena,
		      &decision, err);
	answer->state = entity;
	if (code != ERR_OK)
		return code;
	target = target_of(server, act);
	keep_entry(server, act, &decision, &moment);
	for (size_t i = 0; i < decision.n_effects; i++)
		must(evolve(target, &decision.effects[i], server->seq, &server->arena, NULL));
	answer->verdict = VERDICT_APPLIED;
	answer->seq = server->seq;
	answer->version = target->version;
	answer->number = number_of(target);
	for (size_t i = 0; i < decision.n_follow && is_joint(act->target.kind) && code == ERR_OK; i++) {
		struct act_answer unused = { .seq = 0 };

		code = judge(server, &decision.follow[i], &unused, err);
	}
	return code;
}

/* With what follows from it, or nothing of it. */
void server_judge(struct server *server, const struct act *act, struct act_answer *answer)
{
	struct entity *things[ARRAY_LEN(server->things)];
	struct incident *incidents[ARRAY_LEN(server->incidents)];
	size_t n_things = server->n_things, n_incidents = server->n_incidents;
	int64_t seq = server->seq, serial = server->serial;
	bool joint = is_joint(act->target.kind);
	struct error err = ERROR_INIT;
	enum err code;

	for (size_t i = 0; joint && i < n_things; i++)
		things[i] = entity_copy(server->things[i], &server->arena);
	for (size_t i = 0; joint && i < n_incidents; i++)
		incidents[i] = entity_copy(server->incidents[i], &server->arena);
	code = judge(server, act, answer, &err);
	if (code == ERR_OK)
		return;
	for (size_t i = 0; joint && i < n_things; i++)
		server->things[i] = things[i];
	for (size_t i = 0; joint && i < n_incidents; i++)
		server->incidents[i] = incidents[i];
	for (; server->seq > seq; server->seq--)
		str_clear(&server->entries[server->seq - 1].bytes);
	server->n_things = n_things;
	server->n_incidents = n_incidents;
	server->serial = serial;
	answer->verdict = VERDICT_REFUSED;
	answer->code = code;
	answer->seq = answer->version = 0;
	answer->number = NULL;
	answer->sentence = arena_strdup(&server->arena, err.text);
}

static const struct str *answered_before(const struct server *server, const struct uuid *id)
{
	for (size_t i = 0; i < server->n_answers; i++)
		if (uuid_eq(&server->answers[i].id, id))
			return &server->answers[i].bytes;
	return NULL;
}

static void acts(struct fake_line *line, struct fake_flight *flight)
{
	struct server *server = line->server;
	struct answer_head head = head_of(server);
	struct acts_ask ask;

	must(acts_ask_decode(str_get(&flight->body), flight->body.len, &server->arena, &ask, NULL));
	acts_answer_begin(&flight->reply);
	for (size_t i = 0; i < ask.n; i++) {
		const struct str *before = answered_before(server, &ask.items[i].id);
		struct fake_answer *to = &server->answers[server->n_answers];
		struct act_answer answer = { .id = ask.items[i].id, .n = ask.items[i].n };

		if (before == NULL) {
			assert(ask.items[i].n == line->last_n + 1); /* contiguous, always */
			line->last_n++;
			server_judge(server, &ask.items[i].act, &answer);
			to->id = answer.id;
			to->console = ask.items[i].act.console;
			to->seq = answer.seq;
			act_answer_encode(&answer, &to->bytes);
			server->n_answers++;
			before = &to->bytes;
		}
		acts_answer_add(&flight->reply, before->s, before->len);
	}
	acts_answer_end(&flight->reply, &head);
}

/* ---- reading ---- */

static void snapshot(struct fake_line *line, struct fake_flight *flight)
{
	struct server *server = line->server;
	const char *after = strstr(flight->path, "after=");
	size_t at = after != NULL ? (size_t)strtoul(after + 6, NULL, 10) : 0;
	size_t all = server->n_incidents + server->n_things;
	size_t n = server->snapshot_small ? 3 : all;
	struct snapshot_line head = { .head = head_of(server),
				      .seq = server->seq,
				      .total = (int64_t)all,
				      .profile = server->jurisdiction->rules.hash,
				      .calendar = server->days->hash };
	char key[24];

	snapshot_head(&flight->reply, &head);
	for (; at < all && n > 0; at++, n--) {
		struct str bytes = STR_INIT;

		entity_encode(at < server->n_incidents
				      ? (void *)server->incidents[at]
				      : (void *)server->things[at - server->n_incidents],
			      &bytes);
		snapshot_entity(&flight->reply, bytes.s, bytes.len);
		str_release(&bytes);
	}
	snprintf(key, sizeof key, "%zu", at);
	if (at < all)
		snapshot_next(&flight->reply, key);
	else
		snapshot_end(&flight->reply);
}

/* False: nothing new, it stays parked. */
static bool feed(struct fake_line *line, struct fake_flight *flight)
{
	struct server *server = line->server;
	struct answer_head head = head_of(server);
	int64_t since = strtoll(strstr(flight->path, "since=") + 6, NULL, 10);
	char epoch[33];

	memcpy(epoch, strstr(flight->path, "epoch=") + 6, 32);
	epoch[32] = '\0';
	if (strcmp(epoch, server->epoch) != 0) {
		struct error_answer error = { .head = head, .error = "EPOCH", .sentence = "other" };

		error_answer_encode(&error, &flight->reply);
		flight->status = 409;
		return true;
	}
	if (since >= server->seq && flight->wait_s > 0)
		return false;
	feed_begin(&flight->reply);
	for (size_t i = 0; i < server->n_answers && !uuid_is_nil(&line->acked); i++)
		if (server->answers[i].seq > since &&
		    uuid_eq(&server->answers[i].console, &line->acked))
			feed_ack(&flight->reply, server->answers[i].bytes.s,
				 server->answers[i].bytes.len);
	for (int64_t seq = since; seq < server->seq; seq++)
		feed_entry(&flight->reply, server->entries[seq].bytes.s,
			   server->entries[seq].bytes.len, server->entries[seq].hash);
	feed_end(&flight->reply, &head, server->seq, server->seq);
	return true;
}

static void timeline(struct fake_line *line, struct fake_flight *flight)
{
	struct server *server = line->server;
	struct answer_head head = head_of(server);
	const char *text = strstr(flight->path, "entity=") + 7;
	char id[UUID_TEXT];

	memcpy(id, text, 36);
	id[36] = '\0';
	timeline_begin(&flight->reply);
	for (int64_t seq = 0; seq < server->seq; seq++) {
		const struct fake_entry *entry = &server->entries[seq];

		if (strstr(entry->bytes.s, id) != NULL)
			timeline_entry(&flight->reply, entry->bytes.s, entry->bytes.len,
				       entry->hash);
	}
	timeline_end(&flight->reply, &head, true);
}

/* All that the profile lets the log show, of whoever asks. */
static void duty_log(struct fake_line *line, struct fake_flight *flight)
{
	enum { PAGE = 3 };
	struct server *server = line->server;
	struct answer_head head = head_of(server);
	struct log_ask ask;
	bool end = true;
	size_t n = 0;

	must(log_ask_decode(str_get(&flight->body), flight->body.len, &server->arena, &ask, NULL));
	timeline_begin(&flight->reply);
	for (int64_t seq = ask.after; seq < server->seq; seq++) {
		const struct fake_entry *at = &server->entries[seq];
		struct entry entry;

		must(entry_decode(at->bytes.s, at->bytes.len, &server->arena, &entry, NULL));
		if (entry.recv < ask.from || (ask.to != 0 && entry.recv >= ask.to) ||
		    !log_shows(&server->jurisdiction->rules, entry.act.target.kind,
			       act_verb(&entry.act)))
			continue;
		if (n++ == PAGE) {
			end = false;
			break;
		}
		timeline_entry(&flight->reply, at->bytes.s, at->bytes.len, at->hash);
	}
	timeline_end(&flight->reply, &head, end);
}

static void session(struct fake_line *line, struct fake_flight *flight)
{
	struct session_answer answer = { .head = head_of(line->server),
					 .officer = line->officer ? line->officer : "li",
					 .org = line->org ? line->org
							  : line->server->jurisdiction->rules.centre,
					 .role = line->role ? line->role : "duty",
					 .profile = line->server->jurisdiction->rules.hash,
					 .calendar = line->server->days->hash,
					 .jurisdiction = "here" };

	session_answer_encode(&answer, &flight->reply);
}

static void not_there(struct fake_line *line, struct fake_flight *flight)
{
	struct error_answer error = { .head = head_of(line->server),
				      .error = "NOT_FOUND",
				      .sentence = "not here" };

	error_answer_encode(&error, &flight->reply);
	flight->status = 404;
}

static void arrival(struct fake_line *line, struct fake_flight *flight)
{
	struct server *server = line->server;
	char hex[2 * sizeof server->secret + 1];
	struct arrival_answer answer = { .head = head_of(server), .secret = hex };
	struct arrival_ask ask;
	const struct entity *entity;

	must(arrival_ask_decode(str_get(&flight->body), flight->body.len, &server->arena, &ask,
				NULL));
	entity = server_entity(server, &ask.whistle);
	if (entity == NULL || entity->kind != KIND_WHISTLE ||
	    !whistle_is_blowers(&server->jurisdiction->rules, (const struct whistle *)entity,
				line->org)) {
		not_there(line, flight);
		return;
	}
	server->secrets_told++;
	crypto_hex(server->secret, sizeof server->secret, hex);
	arrival_answer_encode(&answer, &flight->reply);
}

/* False: parked. */
static bool serve(struct fake_line *line, struct fake_flight *flight)
{
	flight->status = 200;
	str_clear(&flight->reply);
	if (str_starts(flight->path, "/v1/feed"))
		return !line->feed_stops && feed(line, flight);
	if (str_starts(flight->path, "/v1/snapshot"))
		snapshot(line, flight);
	else if (str_starts(flight->path, "/v1/acts"))
		acts(line, flight);
	else if (str_starts(flight->path, "/v1/session"))
		session(line, flight);
	else if (str_starts(flight->path, "/v1/arrival"))
		arrival(line, flight);
	else if (str_starts(flight->path, "/v1/timeline"))
		timeline(line, flight);
	else if (str_starts(flight->path, "/v1/log"))
		duty_log(line, flight);
	else if (str_starts(flight->path, "/v1/profile/"))
		str_add_bytes(&flight->reply, line->server->bundle.s, line->server->bundle.len);
	else if (str_starts(flight->path, "/v1/calendar/"))
		str_add_bytes(&flight->reply, line->server->calendar.s, line->server->calendar.len);
	else
		not_there(line, flight);
	return true;
}

/* ---- the transport ---- */

static void line_send(void *ctx, const struct sync_request *request)
{
	struct fake_line *line = ctx;
	struct fake_flight *flight = &line->lane[request->lane];

	flight->busy = true;
	flight->wait_s = request->wait_s;
	snprintf(flight->path, sizeof flight->path, "%s", request->path);
	snprintf(flight->method, sizeof flight->method, "%s", request->method);
	str_clear(&flight->body);
	if (request->body != NULL)
		str_add_bytes(&flight->body, request->body, request->len);
}

static void line_abandon(void *ctx, enum sync_lane lane)
{
	((struct fake_line *)ctx)->lane[lane].busy = false;
}

static enum err line_wait(void *ctx, const int *fds, size_t n_fds, int timeout_ms,
			  struct error *err)
{
	const struct fake_line *line = ctx;
	struct pollfd poll_fds[HTTP_FDS];

	(void)err;
	for (size_t i = 0; i < n_fds; i++)
		poll_fds[i] = (struct pollfd){ fds[i], POLLIN, 0 };
	if (line->threaded) /* a face in another thread wakes it */
		poll(poll_fds, n_fds, timeout_ms < 20 ? timeout_ms : 20);
	return ERR_OK;
}

static bool line_next(void *ctx, struct http_done *ret_done)
{
	struct fake_line *line = ctx;

	for (int lane = 0; lane < LANE_COUNT; lane++) {
		struct fake_flight *flight = &line->lane[lane];

		if (!flight->busy || (!line->server->down && !serve(line, flight)))
			continue;
		flight->busy = false;
		*ret_done = (struct http_done){ .lane = (enum sync_lane)lane };
		if (line->server->down || (lane == LANE_WRITE && line->server->lose > 0)) {
			line->server->lose -= !line->server->down;
			ret_done->failed = true;
			snprintf(ret_done->reason, sizeof ret_done->reason, "the line is cut");
			return true;
		}
		ret_done->response = (struct sync_response){ .lane = (enum sync_lane)lane,
							     .status = flight->status,
							     .body = str_get(&flight->reply),
							     .len = flight->reply.len };
		return true;
	}
	return false;
}

static void line_bytes(void *ctx, int64_t *ret_in, int64_t *ret_out)
{
	(void)ctx;
	*ret_in = *ret_out = 0;
}

void line_open(struct fake_line *line, struct server *server)
{
	memset(line, 0, sizeof *line);
	line->server = server;
	line->transport = (struct transport){ line_send, line_abandon, line_wait, line_next,
					      line_bytes, line };
}

void line_close(struct fake_line *line)
{
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		str_release(&line->lane[lane].body);
		str_release(&line->lane[lane].reply);
	}
}
