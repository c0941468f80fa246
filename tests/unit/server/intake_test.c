/* Tokens of other systems, and the cases they send. */
#include "system_help.h"

#define ROW(text) "{\"rows\":[" text "]}"

static const char *send_rows(struct world *world, const char *token, const char *query,
			     const char *body)
{
	return ask(world, 200, "POST", "/v1/intake", query, token, body);
}

/* --- tokens ----------------------------------------------------------------------------------- */

static void test_tokens(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "centre", "duty", "Du");
	const char *body = ROW("{\"title\":\"x\"}");
	const char *token = system_token(world, "name=city&source=desk&kinds=intake");
	const char *cap = system_token(world, "name=weather&source=anything&kinds=cap");

	assert_int_equal(strlen(token), TOKEN_TEXT - 1);
	ask(world, 401, "POST", "/v1/intake", NULL, NULL, body);
	ask(world, 401, "POST", "/v1/intake", NULL, "", body);
	ask(world, 401, "POST", "/v1/intake", NULL, "0123", body);
	ask(world, 401, "POST", "/v1/intake", NULL, desk.token, body); /* a person's is no system's */
	ask(world, 401, "GET", "/v1/feed", NULL, token, NULL);	       /* and the other way round */
	ask(world, 401, "GET", "/v1/session", NULL, token, NULL);
	ask(world, 403, "POST", "/v1/intake", NULL, cap, body); /* another kind */
	ask(world, 403, "POST", "/v1/intake", "historic=1", token, body);
	send_rows(world, token, NULL, body);
	ask(world, 200, "POST", "/v1/admin/systems", "op=revoke&name=city", NULL, NULL);
	ask(world, 401, "POST", "/v1/intake", NULL, token, body);
	world_restart(world);
	ask(world, 401, "POST", "/v1/intake", NULL, token, body);
	send_rows(world, system_token(world, "name=city&source=desk"), NULL, body);
	ask(world, 401, "POST", "/v1/intake", NULL, token, body); /* the old one stays away */
}

static void test_admin(void **state)
{
	static const struct {
		int status;
		const char *query;
	} cases[] = {
		{ 400, "op=add" },
		{ 400, "op=add&name=" },
		{ 400, "op=nothing&name=x" },
		{ 400, "op=add&name=x" },		    /* no source */
		{ 400, "op=add&name=x&source=nowhere" },
		{ 400, "op=add&name=x&source=desk&org=nowhere" },
		{ 400, "op=add&name=x&source=desk&kinds=" },
		{ 400, "op=add&name=x&source=desk&kinds=intake,all" },
		{ 400, "op=add&name=x&source=desk&kinds=intak" },
		{ 400, "op=add&name=x&source=desk&rate=0" },
		{ 400, "op=add&name=x&source=desk&rate=many" },
		{ 400, "op=add&name=12345678901234567890123456789012345678901&source=desk" },
		{ 400, "op=add&name=a\nb&source=desk" },
		{ 409, "op=add&name=Du&source=desk" },	    /* an officer is called so */
		{ 404, "op=revoke&name=x" },
		{ 200, "op=add&name=x&source=desk&org=roads&kinds=intake,open311,cap,history&rate=7" },
		{ 409, "op=add&name=x&source=desk" },
		{ 200, "op=revoke&name=x" },
		{ 200, "op=add&name=x&source=desk" },
	};
	struct world *world = *state;
	const char *list;

	enroll(world, "centre", "duty", "Du");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		ask(world, cases[i].status, "POST", "/v1/admin/systems", cases[i].query, NULL, NULL);
	system_token(world, "name=all&source=desk&org=roads&kinds=intake,open311,cap,history&rate=7");
	list = ask(world, 200, "GET", "/v1/admin/systems", NULL, NULL, NULL);
	expect_text(list, "all\tdesk\troads\tintake,open311,cap,history\t7/min\t2026-11-18 10:00\t-"
			  "\tactive\n");
	expect_text(list, "x\tdesk\tcentre\tintake\t60/min\t");
}

/* A bucket of a minute's worth, refilled evenly; each system has its own. */
static void test_rate(void **state)
{
	struct world *world = *state;
	const char *body = ROW("{\"title\":\"x\"}");
	const char *slow = system_token(world, "name=slow&source=desk&rate=3");
	const char *other = system_token(world, "name=other&source=desk&rate=3");
	int wait = 0;

	for (int i = 0; i < 3; i++)
		send_rows(world, slow, NULL, body);
	assert_int_equal(ask_wait(world, "POST", "/v1/intake", NULL, slow, body, &wait), 429);
	assert_int_equal(wait, 20);
	send_rows(world, other, NULL, body);
	world->clock.now += 19000;
	assert_int_equal(ask_wait(world, "POST", "/v1/intake", NULL, slow, body, &wait), 429);
	assert_int_equal(wait, 1);
	world->clock.now += 1000;
	send_rows(world, slow, NULL, body);
	assert_int_equal(ask_wait(world, "POST", "/v1/intake", NULL, slow, body, &wait), 429);
	world->clock.now += 10 * MINUTE_MS; /* no more than a minute's worth is saved up */
	for (int i = 0; i < 3; i++)
		send_rows(world, slow, NULL, body);
	assert_int_equal(ask_wait(world, "POST", "/v1/intake", NULL, slow, body, &wait), 429);
	/* a wrong token takes nothing from anybody */
	ask(world, 401, "POST", "/v1/intake", NULL, "wrong", body);
}

/* --- rows ------------------------------------------------------------------------------------- */

/* The line of a counter in /metrics. */
static void expect_counted(struct world *world, const char *verdict, int n)
{
	struct request request;
	struct reply reply;

	request_make(world, &request, "GET", "/metrics", NULL, NULL, NULL);
	request.admin = true;
	reply_init(&reply);
	assert_int_equal(service_handle(world->service, &request, &reply), SERVICE_DONE);
	expect_text(reply.body.s,
		    arena_printf(&world->arena, "zhiban_intake_rows_total{verdict=\"%s\"} %d\n",
				 verdict, n));
	reply_release(&reply);
}

static void test_rows(void **state)
{
	struct world *world = *state;
	const char *token = system_token(world, "name=city&source=desk");
	const char *long_phone = "1234567890123456789012345678901";
	const char *body = send_rows(
		world, token, NULL,
		arena_printf(&world->arena,
			     ROW("{\"src_no\":\"1\",\"title\":\"a\",\"floor\":\"7\"},"
				 "{\"src_no\":\"2\"},{\"src_no\":\"3\",\"title\":\"c\",\"phone\":\"%s\"},"
				 "\"x\",{\"src_no\":\"4\",\"text\":\"only a text\"},"
				 "{\"src_no\":\"5\",\"title\":\"e\",\"reported_at\":\"soon\"},"
				 "{\"src_no\":\"6\",\"title\":\"f\",\"closed_at\":\"2026-01-01\"},"
				 "{\"src_no\":\"1\",\"title\":\"again\"},"
				 "{\"src_no\":\"7\",\"title\":\"g\",\"category\":\"unheard of\","
				 "\"source\":\"elsewhere\"}"),
			     long_phone));

	expect_text(body, "\"exists\":1,");
	expect_text(body, "\"ok\":3,");
	expect_text(body, "\"rejected\":5,");
	expect_text(body, "\"kept\":[\"floor\"],\"number\":\"20261118-0001\",\"row\":1,"
			  "\"src_no\":\"1\",\"verdict\":\"ok\"}");
	expect_text(body, "{\"field\":\"title\",\"row\":2,");
	expect_text(body, "{\"field\":\"phone\",\"row\":3,");
	expect_text(body, "{\"row\":4,\"sentence\":\"a row is an object\",\"verdict\":\"rejected\"}");
	expect_text(body, "\"number\":\"20261118-0002\",\"row\":5,");
	expect_text(body, "{\"field\":\"reported_at\",\"row\":6,");
	expect_text(body, "\"row\":7,\"sentence\":\"a new incident cannot be closed already\"");
	expect_text(body, "\"number\":\"20261118-0001\",\"row\":8,\"src_no\":\"1\",\"verdict\":\"exists\"");
	expect_text(body, "\"kept\":[\"source\"],\"number\":\"20261118-0003\",\"row\":9,");
	expect_no_text(body, long_phone);
	expect_counted(world, "ok", 3);
	expect_counted(world, "exists", 1);
	expect_counted(world, "rejected", 5);
	verified(world);
}

/* Numbers and clocks as those of a case that an officer registers; who sent it stands there. */
static void test_live(void **state)
{
	struct world *world = *state;
	struct desk duty = enroll(world, "centre", "duty", "Du");
	const char *token = system_token(world, "name=city&source=desk");
	const char *body = send_rows(world, token, NULL,
				     ROW("{\"src_no\":\"1\",\"title\":\"a\",\"urgency\":\"1\","
					 "\"reported_at\":\"2026-11-18 08:00\",\"status\":\"closed\","
					 "\"category\":\"roads\"}"));
	struct incident *incident;
	struct uuid id;

	OK(uuid_parse(member_of(world, body, "id"), &id));
	incident = incident_seen(world, &duty, &id);
	assert_true(incident->open && !incident->imported);
	assert_string_equal(incident->number, "20261118-0001");
	assert_string_equal(incident->registrar, "city");
	assert_string_equal(incident->origin, "centre");
	assert_string_equal(incident->source, "desk");
	assert_string_equal(incident->category, "01");
	assert_int_equal(incident->registered_at, WEDNESDAY);
	assert_int_equal(incident->reported_at, WEDNESDAY - 2 * HOUR);
	assert_int_equal(incident->due, WEDNESDAY + 10 * MINUTE_MS); /* flash: it runs */
	does(world, &duty, "accept", &id, "");
	verified(world);
}

static void test_history(void **state)
{
	struct world *world = *state;
	struct desk duty = enroll(world, "centre", "duty", "Du");
	const char *token = system_token(world, "name=old&source=desk&kinds=intake,history");
	const char *body = send_rows(world, token, "historic=1",
				     "src_no,title,reported_at,status\n1,a,2025-03-01,closed\n");
	struct incident *incident;
	struct uuid id;

	OK(uuid_parse(member_of(world, body, "id"), &id));
	incident = incident_seen(world, &duty, &id);
	assert_true(!incident->open && incident->imported);
	assert_string_equal(incident->number, "20250301-0001");
	assert_int_equal(incident->due, 0);
	ask(world, 400, "POST", "/v1/intake", "historic=yes", token, "a\n1\n");
}

static void test_again(void **state)
{
	struct world *world = *state;
	struct desk duty = enroll(world, "centre", "duty", "Du");
	const char *token = system_token(world, "name=city&source=desk");
	const char *other = system_token(world, "name=hot&source=line");
	const char *row = ROW("{\"src_no\":\"1\",\"title\":\"a\"}");
	const char *first = send_rows(world, token, NULL, row), *body;
	struct uuid id = new_id(world);
	int64_t head = head_of(world);

	body = send_rows(world, token, NULL, row);
	expect_text(body, "\"exists\":1,");
	assert_string_equal(member_of(world, body, "id"), member_of(world, first, "id"));
	/* other words, the same number */
	body = send_rows(world, token, NULL, ROW("{\"src_no\":\"1\",\"title\":\"b\"}"));
	expect_text(body, "\"exists\":1,");
	/* words without a number are known by themselves */
	expect_text(send_rows(world, token, NULL, ROW("{\"title\":\"c\"}")), "\"ok\":1,");
	expect_text(send_rows(world, token, NULL, ROW("{\"title\":\"c\"}")), "\"exists\":1,");
	expect_text(send_rows(world, token, NULL, ROW("{\"title\":\"d\"}")), "\"ok\":1,");
	assert_int_equal(head_of(world), head + 2);
	/* the same number at another source */
	expect_text(send_rows(world, other, NULL, row), "\"ok\":1,");
	/* what an officer registered with that number */
	does(world, &duty, "register", &id, "title=o&source=desk&src_no=9");
	body = send_rows(world, token, NULL, ROW("{\"src_no\":\"9\",\"title\":\"x\"}"));
	expect_text(body, "\"verdict\":\"exists\"");
	{
		char text[UUID_TEXT];

		uuid_text(&id, text);
		assert_string_equal(member_of(world, body, "id"), text);
	}
	world_restart(world);
	expect_text(send_rows(world, token, NULL, row), "\"exists\":1,");
	verified(world);
}

static void test_dry(void **state)
{
	struct world *world = *state;
	const char *token = system_token(world, "name=city&source=desk");
	int64_t head = head_of(world);
	const char *body = send_rows(world, token, "dry=1",
				     ROW("{\"src_no\":\"1\",\"title\":\"a\"},{\"src_no\":\"2\"},"
					 "{\"src_no\":\"1\",\"title\":\"a\"}"));

	expect_text(body, "\"exists\":1,");
	expect_text(body, "\"ok\":1,");
	expect_text(body, "\"rejected\":1,");
	expect_text(body, "{\"row\":1,\"src_no\":\"1\",\"verdict\":\"ok\"}");
	assert_int_equal(head_of(world), head);
	body = send_rows(world, token, NULL, ROW("{\"src_no\":\"1\",\"title\":\"a\"}"));
	expect_text(body, "\"number\":\"20261118-0001\",\"row\":1,\"src_no\":\"1\",\"verdict\":\"ok\"");
	verified(world);
}

static void test_bounds(void **state)
{
	struct world *world = *state;
	const char *token = system_token(world, "name=city&source=desk&rate=1000");
	struct str body = STR_INIT;

	ask(world, 400, "POST", "/v1/intake", NULL, token, "");
	ask(world, 400, "POST", "/v1/intake", NULL, token, "[]");
	ask(world, 400, "POST", "/v1/intake", NULL, token, "{\"rows\":[]}");
	str_add(&body, "{\"rows\":[{\"title\":\"0\"}");
	for (int i = 1; i <= 500; i++)
		str_addf(&body, ",{\"title\":\"%d\"}", i);
	str_add(&body, "]}");
	ask(world, 413, "POST", "/v1/intake", NULL, token, body.s);
	str_clear(&body);
	str_add(&body, "{\"rows\":[{\"title\":\"");
	str_add_repeat(&body, 'x', 2 * 1024 * 1024);
	str_add(&body, "\"}]}");
	ask(world, 413, "POST", "/v1/intake", NULL, token, body.s);
	assert_int_equal(service_body_max("POST", "/v1/intake", false), 2 * 1024 * 1024);
	str_release(&body);
}

/* Whoever reads along sees the case, but no more of the person than of any other. */
static void test_persons(void **state)
{
	struct world *world = *state;
	struct desk duty = enroll(world, "centre", "duty", "Du");
	struct desk roads = enroll(world, "roads", "dept", "Ro");
	const char *token = system_token(world, "name=city&source=desk");
	const char *body = send_rows(world, token, NULL,
				     ROW("{\"src_no\":\"1\",\"title\":\"a\",\"phone\":\"13812345678\","
					 "\"reporter\":\"Zhang\"}"));
	const char *path = arena_printf(&world->arena, "/v1/entities/%s",
					member_of(world, body, "id"));

	expect_no_text(body, "13812345678");
	expect_text(ask(world, 200, "GET", path, NULL, duty.token, NULL), "13812345678");
	ask(world, 404, "GET", path, NULL, roads.token, NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_tokens, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_admin, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_rate, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_rows, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_live, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_history, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_again, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_dry, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_bounds, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_persons, rules_make, world_free),
	};

	return cmocka_run_group_tests_name("server intake", tests, NULL, NULL);
}
