/* What the server's tests share: a service over data in a private folder, consoles that enrol, log
 * in and act, all in this process and on a clock that the test moves. */
#ifndef TESTS_SERVER_HELP_H
#define TESTS_SERVER_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data_help.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/incident.h"
#include "zhiban/profile/profile.h"
#include "zhiban/server/db.h"
#include "zhiban/server/service.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/feed.h"
#include "zhiban/wire/message.h"

#define OK(call) assert_int_equal((call), ERR_OK)

enum { WOKEN_MAX = 64 };

struct world {
	char path[64], data[DATA_WHERE];
	struct env_fixed clock;
	struct service *service;
	struct request *woken[WOKEN_MAX];
	size_t n_woken;
	struct arena arena; /* of everything decoded */
	int64_t gone_after;
	int session_hours;
	struct str log; /* what the service said by itself */
};

struct desk { /* a console with an officer logged in */
	struct uuid console;
	const char *token, *officer, *org, *role;
	int64_t n;
};

static inline void world_wake(void *ctx, struct request *request)
{
	struct world *world = ctx;

	assert_true(world->n_woken < WOKEN_MAX);
	world->woken[world->n_woken++] = request;
}

static inline void world_say(void *ctx, const char *line)
{
	struct world *world = ctx;

	str_addf(&world->log, "%s\n", line);
}

static inline struct service_config world_config(struct world *world)
{
	return (struct service_config){ .db = data_ops(),
					.where = world->data,
					.db_flags = DB_UNSYNCED,
					.env = env_fixed(&world->clock),
					.wake = world_wake,
					.say = world_say,
					.ctx = world,
					.gone_after = world->gone_after,
					.session_hours = world->session_hours };
}

static inline void world_profile_of(const char *profile, struct str *bundle, struct str *calendar)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	char path[512];

	snprintf(path, sizeof path, "%s/%s", top != NULL ? top : ".", profile);
	OK(bundle_read(path, bundle, NULL));
	snprintf(path, sizeof path, "%s/profiles/calendar-cn.conf", top != NULL ? top : ".");
	OK(file_read(path, BUNDLE_MAX, calendar, NULL));
}

static inline void world_profile(struct str *bundle, struct str *calendar)
{
	world_profile_of("profiles/tianning.conf", bundle, calendar);
}

static inline void world_open(struct world *world)
{
	struct service_config config = world_config(world);
	struct error err = ERROR_INIT;

	if (service_open(&config, &world->service, &err) != ERR_OK)
		fail_msg("%s", err.text);
}

static inline int world_make_from(void **state, const char *profile, int64_t now)
{
	struct world *world = mem_alloc(sizeof *world);
	struct str bundle = STR_INIT, calendar = STR_INIT;
	struct service_config config;
	struct error err = ERROR_INIT;

	OK(crypto_init(NULL));
	memcpy(world->path, "/tmp/zhiban-server-XXXXXX", sizeof "/tmp/zhiban-server-XXXXXX");
	assert_non_null(mkdtemp(world->path));
	data_make(world->path, "data", world->data);
	world->clock = (struct env_fixed){ .now = now, .seed = 7 };
	world_profile_of(profile, &bundle, &calendar);
	config = world_config(world);
	if (service_create(&config, bundle.s, bundle.len, calendar.s, calendar.len, &err) != ERR_OK)
		fail_msg("%s", err.text);
	str_release(&bundle);
	str_release(&calendar);
	world_open(world);
	*state = world;
	return 0;
}

static inline int world_make(void **state)
{
	return world_make_from(state, "profiles/tianning.conf", 1795000000000);
}

static inline void world_restart(struct world *world)
{
	service_stop(world->service);
	service_close(world->service);
	world_open(world);
}

static inline int world_free(void **state)
{
	struct world *world = *state;

	service_stop(world->service);
	service_close(world->service);
	arena_release(&world->arena);
	str_release(&world->log);
	data_drop(world->data);
	OK(dir_remove_all(world->path, NULL));
	free(world);
	return 0;
}

/* --- requests -------------------------------------------------------------------------------- */

/* query: "a=b&c=d" or NULL, values as they are.  The request must outlive a parked reply. */
static inline void request_make(struct world *world, struct request *request, const char *method,
				const char *path, const char *query, const char *token,
				const char *body)
{
	char *words = arena_strdup(&world->arena, query), *rest = words;

	*request = (struct request){ .method = method,
				     .path = arena_strdup(&world->arena, path),
				     .token = token,
				     .address = "test",
				     .admin = strncmp(path, "/v1/admin/", 10) == 0,
				     .body = body,
				     .body_len = body != NULL ? strlen(body) : 0 };
	while (rest != NULL && *rest != '\0') {
		char *name = strsep(&rest, "&"), *equals = strchr(name, '=');

		assert_non_null(equals);
		*equals = '\0';
		request->args[request->n_args++] = (struct request_arg){ name, equals + 1 };
	}
}

/* Sends and expects the status; the body, in the world's arena. */
static inline const char *ask(struct world *world, int status, const char *method, const char *path,
			      const char *query, const char *token, const char *body)
{
	struct request request;
	struct reply reply;
	const char *text;

	request_make(world, &request, method, path, query, token, body);
	reply_init(&reply);
	assert_int_equal(service_handle(world->service, &request, &reply), SERVICE_DONE);
	text = arena_strdup(&world->arena, str_get(&reply.body));
	if (reply.status != status)
		fail_msg("%s %s: %d instead of %d: %s", method, path, reply.status, status, text);
	reply_release(&reply);
	return text;
}

static inline void expect_error(struct world *world, const char *body, enum err code)
{
	struct error_answer answer;

	OK(error_answer_decode(body, strlen(body), &world->arena, &answer, NULL));
	assert_string_equal(answer.error, err_name(code));
}

/* --- people ---------------------------------------------------------------------------------- */

static inline const char *code_for(struct world *world, const char *form)
{
	const char *body = ask(world, 200, "POST", "/v1/admin/code", NULL, NULL, form);

	return arena_strndup(&world->arena, body, strcspn(body, "\n"));
}

static inline struct desk desk_from(struct world *world, const char *body)
{
	struct session_answer answer;

	OK(session_answer_decode(body, strlen(body), &world->arena, &answer, NULL));
	return (struct desk){ .console = answer.console,
			      .token = answer.token,
			      .officer = answer.officer,
			      .org = answer.org,
			      .role = answer.role };
}

static inline const char *enroll_body(struct world *world, const char *code, const char *name,
				      const char *pin)
{
	struct enroll_ask msg = { .code = code, .name = name, .pin = pin, .console_name = "desk" };
	struct str body = STR_INIT;
	const char *text;

	enroll_ask_encode(&msg, &body);
	text = arena_strdup(&world->arena, body.s);
	str_release(&body);
	return text;
}

static inline struct desk enroll(struct world *world, const char *org, const char *role,
				 const char *name)
{
	char form[200];
	const char *body;

	snprintf(form, sizeof form, "org=%s\nrole=%s\n", org, role);
	body = enroll_body(world, code_for(world, form), name, "1234");
	return desk_from(world, ask(world, 200, "POST", "/v1/enroll", NULL, NULL, body));
}

/* --- acts ------------------------------------------------------------------------------------ */

static inline struct act act_begin(struct world *world, const struct desk *desk, const char *verb,
				   const struct uuid *target, int64_t base)
{
	struct env env = env_fixed(&world->clock);

	return (struct act){ .id = uuid_v7(&env),
			     .console = desk->console,
			     .n = desk->n + 1,
			     .desc = act_desc_find(verb),
			     .target = { KIND_INCIDENT, *target, base },
			     .actor = { desk->officer, desk->org, desk->role },
			     .at = world->clock.now };
}

static inline void act_say(struct world *world, struct act *act, const char *name, const char *text)
{
	const struct field *field = act_arg_field(act->desc, name);

	assert_non_null(field);
	act_give(act, field, (struct value){ .is_text = true, .text = text }, &world->arena);
}

/* prev -1: not said. */
static inline const char *acts_body_after(struct world *world, const struct desk *desk,
					  const struct act *acts, size_t n, int64_t prev)
{
	struct str body = STR_INIT, one = STR_INIT;
	const char *text;

	acts_ask_begin(&body);
	for (size_t i = 0; i < n; i++) {
		str_clear(&one);
		act_encode(&acts[i], &one);
		acts_ask_add(&body, one.s, one.len);
	}
	acts_ask_end(&body, &desk->console, world->clock.now, prev);
	text = arena_strdup(&world->arena, body.s);
	str_release(&body);
	str_release(&one);
	return text;
}

static inline const char *acts_body(struct world *world, const struct desk *desk,
				    const struct act *acts, size_t n)
{
	return acts_body_after(world, desk, acts, n, -1);
}

static inline struct acts_answer answers_from(struct world *world, const char *body)
{
	struct acts_answer answer;

	OK(acts_answer_decode(body, strlen(body), &world->arena, &answer, NULL));
	return answer;
}

/* Sends one act, counting n on when it was judged. */
static inline struct act_answer send_act(struct world *world, struct desk *desk,
					 const struct act *act)
{
	const char *body = ask(world, 200, "POST", "/v1/acts", NULL, desk->token,
			       acts_body(world, desk, act, 1));
	struct acts_answer answer = answers_from(world, body);

	assert_int_equal(answer.n, 1);
	assert_true(uuid_eq(&answer.items[0].id, &act->id));
	if (answer.items[0].verdict != VERDICT_RETRY)
		desk->n = act->n;
	return answer.items[0];
}

static inline struct uuid new_id(struct world *world)
{
	struct env env = env_fixed(&world->clock);

	return uuid_v7(&env);
}

static inline struct act_answer register_one(struct world *world, struct desk *desk,
					     const struct uuid *id, const char *title)
{
	struct act act = act_begin(world, desk, "register", id, 0);

	act_say(world, &act, "title", title);
	return send_act(world, desk, &act);
}

static inline struct act_answer assign_to(struct world *world, struct desk *desk,
					  const struct uuid *id, int64_t base, const char *holder)
{
	struct act act = act_begin(world, desk, "assign", id, base);

	act_say(world, &act, "holder", holder);
	return send_act(world, desk, &act);
}

static inline struct act_answer plain_act(struct world *world, struct desk *desk, const char *verb,
					  const struct uuid *id, int64_t base)
{
	struct act act = act_begin(world, desk, verb, id, base);

	return send_act(world, desk, &act);
}

static inline struct act_answer note_on(struct world *world, struct desk *desk,
					const struct uuid *id, const char *text)
{
	struct act act = act_begin(world, desk, "note", id, 1);

	act_say(world, &act, "note", text);
	return send_act(world, desk, &act);
}

/* Through the whole flow: registered, given to holder's desk, handled, verified, closed. */
static inline void close_one(struct world *world, struct desk *duty, struct desk *holder,
			     const struct uuid *id)
{
	struct act act;

	plain_act(world, duty, "accept", id, 1);
	assign_to(world, duty, id, 2, holder->org);
	plain_act(world, holder, "sign", id, 3);
	act = act_begin(world, holder, "handle", id, 4);
	act_say(world, &act, "result", "mended");
	send_act(world, holder, &act);
	plain_act(world, duty, "verify_ok", id, 5);
	assert_int_equal(plain_act(world, duty, "close", id, 6).verdict, VERDICT_APPLIED);
}

static inline struct feed_answer feed_of(struct world *world, const struct desk *desk,
					 int64_t since, const char *more)
{
	char query[200];
	const char *body;
	struct feed_answer answer;
	struct error err = ERROR_INIT;

	snprintf(query, sizeof query, "since=%lld%s", (long long)since, more);
	body = ask(world, 200, "GET", "/v1/feed", query, desk->token, NULL);
	if (feed_answer_decode(body, strlen(body), &world->arena, &answer, &err) != ERR_OK)
		fail_msg("%s", err.text);
	return answer;
}

#endif
