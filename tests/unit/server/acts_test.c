/* Acts: admitted once, answered the same for ever, refused with a reason. */
#include "server_help.h"

static void test_enroll_and_session(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct session_ask login = { .console = desk.console, .officer = "Wang", .pin = "1234" };
	struct str body = STR_INIT;
	struct desk again;

	assert_string_equal(desk.officer, "Wang");
	assert_string_equal(desk.org, "zhongxin");
	assert_string_equal(desk.role, "duty");
	ask(world, 200, "GET", "/v1/session", NULL, desk.token, NULL);
	ask(world, 401, "GET", "/v1/session", NULL, NULL, NULL);
	ask(world, 401, "GET", "/v1/session", NULL, "00", NULL);

	session_ask_encode(&login, &body);
	again = desk_from(world, ask(world, 200, "POST", "/v1/session", NULL, NULL, body.s));
	assert_string_not_equal(again.token, desk.token);
	ask(world, 200, "DELETE", "/v1/session", NULL, desk.token, NULL);
	ask(world, 401, "GET", "/v1/session", NULL, desk.token, NULL);
	ask(world, 200, "GET", "/v1/session", NULL, again.token, NULL);
	str_release(&body);
}

static void test_code_once_and_expiry(void **state)
{
	struct world *world = *state;
	const char *code = code_for(world, "");
	const char *late = code_for(world, "");

	ask(world, 200, "POST", "/v1/enroll", NULL, NULL, enroll_body(world, code, "A", "1234"));
	expect_error(world,
		     ask(world, 403, "POST", "/v1/enroll", NULL, NULL,
			 enroll_body(world, code, "B", "1234")),
		     ERR_DENIED);
	world->clock.now += 25 * INT64_C(3600000);
	ask(world, 403, "POST", "/v1/enroll", NULL, NULL, enroll_body(world, late, "C", "1234"));
	ask(world, 400, "POST", "/v1/enroll", NULL, NULL,
	    enroll_body(world, code_for(world, ""), "D", "123"));
}

static void test_enroll_existing_name(void **state)
{
	struct world *world = *state;
	struct desk first = enroll(world, "zhongxin", "duty", "Wang");
	const char *other = enroll_body(world, code_for(world, ""), "Wang", "9999");
	struct desk reset;

	/* a code for nobody does not open another's account */
	expect_error(world, ask(world, 409, "POST", "/v1/enroll", NULL, NULL, other), ERR_EXISTS);
	/* his own PIN lets him in on a second console */
	ask(world, 200, "POST", "/v1/enroll", NULL, NULL,
	    enroll_body(world, code_for(world, ""), "Wang", "1234"));
	/* a code made for him sets his PIN anew */
	reset = desk_from(world, ask(world, 200, "POST", "/v1/enroll", NULL, NULL,
				     enroll_body(world, code_for(world, "officer=Wang\n"), NULL,
						 "8888")));
	assert_string_equal(reset.officer, "Wang");
	assert_false(uuid_eq(&reset.console, &first.console));
}

static void test_backoff(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct session_ask login = { .console = desk.console, .officer = "Wang", .pin = "0000" };
	struct str wrong = STR_INIT, right = STR_INIT;

	session_ask_encode(&login, &wrong);
	login.pin = "1234";
	session_ask_encode(&login, &right);
	for (int i = 0; i < 3; i++)
		ask(world, 401, "POST", "/v1/session", NULL, NULL, wrong.s);
	ask(world, 429, "POST", "/v1/session", NULL, NULL, right.s);
	world->clock.now += 61000; /* never for ever */
	ask(world, 200, "POST", "/v1/session", NULL, NULL, right.s);
	str_release(&wrong);
	str_release(&right);
}

static void test_session_ends(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");

	for (int i = 0; i < 30; i++) { /* used every hour it lives on */
		world->clock.now += INT64_C(3600000);
		ask(world, 200, "GET", "/v1/session", NULL, desk.token, NULL);
	}
	world->clock.now += 13 * INT64_C(3600000);
	expect_error(world, ask(world, 401, "GET", "/v1/session", NULL, desk.token, NULL), ERR_AUTH);
}

static void test_upload_only(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world);

	ask(world, 200, "DELETE", "/v1/session", "keep=upload", desk.token, NULL);
	ask(world, 401, "GET", "/v1/snapshot", NULL, desk.token, NULL);
	assert_int_equal(register_one(world, &desk, &id, "late").verdict, VERDICT_APPLIED);
	ask(world, 200, "DELETE", "/v1/session", NULL, desk.token, NULL);
	ask(world, 401, "POST", "/v1/acts", NULL, desk.token, "{}");
}

static void test_register(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid first = new_id(world), second = new_id(world);
	struct act_answer a = register_one(world, &desk, &first, "a pipe has burst");
	struct act_answer b = register_one(world, &desk, &second, "a lamp is out");

	assert_int_equal(a.verdict, VERDICT_APPLIED);
	assert_int_equal(a.version, 1);
	assert_int_equal(b.seq, a.seq + 1);
	assert_non_null(a.number);
	assert_string_equal(a.number + strlen(a.number) - 5, "-0001");
	assert_string_equal(b.number + strlen(b.number) - 5, "-0002");
}

static void test_idempotent(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world);
	struct act act = act_begin(world, &desk, "register", &id, 0);
	struct act other;
	struct act_answer first, second, third;

	act_say(world, &act, "title", "once");
	first = send_act(world, &desk, &act);
	world->clock.now += 5000;
	world_restart(world);
	second = send_act(world, &desk, &act);
	assert_int_equal(second.verdict, VERDICT_APPLIED);
	assert_int_equal(second.seq, first.seq);
	assert_string_equal(second.number, first.number);
	assert_int_equal(feed_of(world, &desk, 0, "").head_seq, first.seq);

	other = act_begin(world, &desk, "register", &id, 0);
	other.id = act.id;
	other.n = act.n;
	act_say(world, &other, "title", "another body");
	third = send_act(world, &desk, &other);
	assert_int_equal(third.verdict, VERDICT_REFUSED);
	assert_int_equal(third.code, ERR_EXISTS);
}

static void test_gap_and_clone(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world), other = new_id(world);
	struct act act;
	struct error_answer answer;
	const char *body;

	register_one(world, &desk, &id, "one");
	act = act_begin(world, &desk, "register", &other, 0);
	act_say(world, &act, "title", "gap");
	act.n = desk.n + 3;
	body = ask(world, 409, "POST", "/v1/acts", NULL, desk.token,
		   acts_body(world, &desk, &act, 1));
	OK(error_answer_decode(body, strlen(body), &world->arena, &answer, NULL));
	assert_string_equal(answer.error, "NEED");
	assert_int_equal(answer.need, desk.n + 1);
	act.n = desk.n;
	expect_error(world,
		     ask(world, 409, "POST", "/v1/acts", NULL, desk.token,
			 acts_body(world, &desk, &act, 1)),
		     ERR_CLONED);
}

static void test_wrong_actor(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	const struct {
		struct actor actor;
	} cases[] = {
		{ { "Li", "zhongxin", "duty" } },
		{ { "Wang", "chengguan", "duty" } },
		{ { "Wang", "zhongxin", "leader" } },
		{ { "system", "zhongxin", "system" } },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct uuid id = new_id(world);
		struct act act = act_begin(world, &desk, "register", &id, 0);
		struct act_answer answer;

		act_say(world, &act, "title", "forged");
		act.actor = cases[i].actor;
		answer = send_act(world, &desk, &act);
		assert_int_equal(answer.verdict, VERDICT_REFUSED);
		assert_int_equal(answer.code, ERR_DENIED);
	}
}

static void test_system_acts_denied(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world);
	struct act act = act_begin(world, &desk, "enlist", &id, 0);
	struct act_answer answer;

	act.target.kind = KIND_PERSON;
	act_say(world, &act, "name", "Ghost");
	act_say(world, &act, "org", "zhongxin");
	act_say(world, &act, "role", "leader");
	answer = send_act(world, &desk, &act);
	assert_int_equal(answer.verdict, VERDICT_REFUSED);
	assert_int_equal(answer.code, ERR_DENIED);
}

static void test_first_wins(void **state)
{
	struct world *world = *state;
	struct desk a = enroll(world, "zhongxin", "duty", "Wang");
	struct desk b = enroll(world, "zhongxin", "chief", "Li");
	struct uuid id = new_id(world);
	struct act_answer first, second;
	const struct incident *seen;

	register_one(world, &a, &id, "whose?");
	assert_int_equal(plain_act(world, &a, "accept", &id, 1).verdict, VERDICT_APPLIED);
	first = assign_to(world, &a, &id, 2, "chengguan");
	second = assign_to(world, &b, &id, 2, "shuiwu");
	assert_int_equal(first.verdict, VERDICT_APPLIED);
	assert_int_equal(second.verdict, VERDICT_REFUSED);
	assert_non_null(second.state);
	seen = second.state;
	assert_string_equal(seen->holder, "chengguan");
	assert_int_equal(seen->head.version, first.version);
}

/* What an organisation does not see is not there for it. */
static void test_hidden_target(void **state)
{
	struct world *world = *state;
	struct desk centre = enroll(world, "zhongxin", "duty", "Wang");
	struct desk dept = enroll(world, "chengguan", "dept", "Zhao");
	struct uuid id = new_id(world);
	struct act_answer answer;

	register_one(world, &centre, &id, "not yours");
	answer = note_on(world, &dept, &id, "peek");
	assert_int_equal(answer.verdict, VERDICT_REFUSED);
	assert_int_equal(answer.code, ERR_NOT_FOUND);
	assert_null(answer.state);
	answer = register_one(world, &dept, &id, "the same id");
	assert_int_equal(answer.verdict, VERDICT_REFUSED);
	assert_null(answer.state);
}

static void test_bad_bodies(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	static const char *const bodies[] = { "", "{", "[]", "{\"console\":1}", "{\"acts\":[]}",
					      "{\"acts\":{},\"console\":\"x\"}" };

	for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
		ask(world, 400, "POST", "/v1/acts", NULL, desk.token, bodies[i]);
	ask(world, 404, "GET", "/v1/nothing", NULL, desk.token, NULL);
	ask(world, 404, "PUT", "/v1/acts", NULL, desk.token, NULL);
	ask(world, 404, "GET", "/v1/entities/", NULL, desk.token, NULL);
	ask(world, 400, "GET", "/v1/entities/x", NULL, desk.token, NULL);
	ask(world, 413, "GET", "/healthz", NULL, NULL, "body");
	ask(world, 200, "GET", "/healthz", NULL, NULL, NULL);
}

/* An act that cannot be read keeps its place in the order and is answered again alike. */
static void test_unreadable_act(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world);
	char text[UUID_TEXT], console[UUID_TEXT], body[600];
	struct acts_answer answers;

	uuid_text(&id, text);
	uuid_text(&desk.console, console);
	snprintf(body, sizeof body,
		 "{\"acts\":[{\"id\":\"%s\",\"n\":1,\"verb\":\"explode\",\"target\":[],\"args\":{},"
		 "\"actor\":{},\"at\":1}],\"console\":\"%s\",\"now\":1}",
		 text, console);
	for (int i = 0; i < 2; i++) {
		answers = answers_from(world, ask(world, 200, "POST", "/v1/acts", NULL, desk.token,
						  body));
		assert_int_equal(answers.n, 1);
		assert_int_equal(answers.items[0].verdict, VERDICT_REFUSED);
		assert_int_equal(answers.items[0].code, ERR_INPUT);
	}
	desk.n = 1;
	assert_int_equal(register_one(world, &desk, &id, "goes on").verdict, VERDICT_APPLIED);
}

/* A claimed time counts only while the console was away. */
static void test_claimed_time(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	int64_t start = world->clock.now, hour = INT64_C(3600000);
	struct uuid away = new_id(world), here = new_id(world);
	struct act act;
	struct feed_answer feed;

	world->clock.now = start + 2 * hour; /* nothing was heard for two hours */
	act = act_begin(world, &desk, "register", &away, 0);
	act_say(world, &act, "title", "while away");
	act.at = start + hour;
	send_act(world, &desk, &act);
	act = act_begin(world, &desk, "register", &here, 0);
	act_say(world, &act, "title", "before all time");
	act.at = start - hour;
	send_act(world, &desk, &act);
	for (int i = 0; i < 60; i++) { /* on the line for the next hour */
		world->clock.now += 60000;
		ask(world, 200, "GET", "/v1/session", NULL, desk.token, NULL);
	}
	here = new_id(world);
	act = act_begin(world, &desk, "register", &here, 0);
	act_say(world, &act, "title", "while here");
	act.at = world->clock.now - hour / 2;
	send_act(world, &desk, &act);
	feed = feed_of(world, &desk, 2, "");
	assert_int_equal(feed.items[0].entry.eff, start + hour);
	assert_int_equal(feed.items[2].entry.eff, start);
	assert_true(feed.items[4].entry.eff >= world->clock.now - 60000);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, world_make, world_free)
	const struct CMUnitTest tests[] = {
		T(enroll_and_session), T(code_once_and_expiry), T(enroll_existing_name),
		T(backoff),	       T(session_ends),		T(upload_only),
		T(register),	       T(idempotent),		T(gap_and_clone),
		T(wrong_actor),	       T(system_acts_denied),
		T(first_wins),	       T(hidden_target),	T(bad_bodies),
		T(unreadable_act),     T(claimed_time),
	};

	return cmocka_run_group_tests_name("server acts", tests, NULL, NULL);
}
