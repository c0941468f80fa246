/* Which incidents came from the same phone: what is found, by whom, how often, and from data of
 * before. */
#include <config.h>

#include "server_help.h"

#include "zhiban/server/verify.h"

static const char phone[] = "13811112222", other_phone[] = "13933334444";

struct site {
	struct world *world;
	struct desk duty, dept, second;
};

static struct site open_site(struct world *world)
{
	return (struct site){ .world = world,
			      .duty = enroll(world, "zhongxin", "duty", "Wang"),
			      .dept = enroll(world, "chengguan", "dept", "Zhao"),
			      .second = enroll(world, "shuiwu", "dept", "Qian") };
}

static struct uuid call_from(struct site *site, struct desk *desk, const char *number)
{
	struct uuid id = new_id(site->world);
	struct act act = act_begin(site->world, desk, "register", &id, 0);

	site->world->clock.now += 1000;
	act_say(site->world, &act, "title", "a pipe has burst");
	act_say(site->world, &act, "phone", number);
	assert_int_equal(send_act(site->world, desk, &act).verdict, VERDICT_APPLIED);
	return id;
}

static void must(struct site *site, struct desk *desk, const struct uuid *id, const char *verb,
		 const char *arg, const char *value)
{
	struct act act = act_begin(site->world, desk, verb, id, INT32_MAX);
	struct act_answer answer;

	if (arg != NULL)
		act_say(site->world, &act, arg, value);
	if (strcmp(verb, "restrict") == 0)
		act_say(site->world, &act, "reason", "about them");
	answer = send_act(site->world, desk, &act);
	if (answer.verdict != VERDICT_APPLIED)
		fail_msg("%s: %s", verb, answer.sentence);
}

static const char *ask_body(struct site *site, const struct desk *desk, int status,
			    const char *number)
{
	struct callers_ask msg = { .phone = number };
	struct str body = STR_INIT;
	const char *answer;

	callers_ask_encode(&msg, &body);
	answer = ask(site->world, status, "POST", "/v1/callers", NULL, desk->token, body.s);
	str_release(&body);
	return answer;
}

static struct callers_answer ask_about(struct site *site, const struct desk *desk,
				       const char *number)
{
	const char *body = ask_body(site, desk, 200, number);
	struct callers_answer answer;

	OK(callers_answer_decode(body, strlen(body), &site->world->arena, &answer, NULL));
	return answer;
}

static size_t found(struct site *site, const struct desk *desk, const char *number)
{
	struct callers_answer answer = ask_about(site, desk, number);

	assert_int_equal(answer.incidents.n,
			 answer.count < CALLERS_IDS ? answer.count : CALLERS_IDS);
	return (size_t)answer.count;
}

static void must_verify(struct world *world)
{
	struct verify_report report;
	struct error err = ERROR_INIT;

	if (verify_data(data_ops(), world->data, NULL, NULL, &report, &err) != ERR_OK)
		fail_msg("%s", err.text);
}

/* --- what is found ----------------------------------------------------------------------------- */

static void test_found(void **state)
{
	static const struct {
		const char *said, *asked;
		size_t n;
	} cases[] = {
		{ "138 1111-2222", "+86 13811112222", 1 },
		{ "0519-88123456", "051988123456", 1 },
		{ "0519-88123457", "88123457", 0 }, /* nobody knows which area is meant */
		{ "138****3333", "13811113333", 0 },
		{ "13811114444 or 13811115555", "13811114444", 0 },
	};
	struct world *world = *state;
	struct site site = open_site(world);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		call_from(&site, &site.duty, cases[i].said);
		if (found(&site, &site.duty, cases[i].asked) != cases[i].n)
			fail_msg("%s", cases[i].said);
	}
	must_verify(world);
}

/* The newest first; twenty of them, and how many there are. */
static void test_order(void **state)
{
	struct world *world = *state;
	struct site site = open_site(world);
	struct uuid ids[CALLERS_IDS + 3];
	struct callers_answer answer;

	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		ids[i] = call_from(&site, &site.duty, phone);
	answer = ask_about(&site, &site.duty, phone);
	assert_int_equal(answer.count, ARRAY_LEN(ids));
	assert_int_equal(answer.incidents.n, CALLERS_IDS);
	for (size_t i = 0; i < CALLERS_IDS; i++)
		assert_true(uuid_eq(&answer.incidents.items[i], &ids[ARRAY_LEN(ids) - 1 - i]));
}

/* A number that was corrected is that of the case no more; one that came back counts once. */
static void test_corrected(void **state)
{
	struct world *world = *state;
	struct site site = open_site(world);
	struct uuid id = call_from(&site, &site.duty, phone);

	must(&site, &site.duty, &id, "fix", "phone", other_phone);
	assert_int_equal(found(&site, &site.duty, phone), 0);
	assert_int_equal(found(&site, &site.duty, other_phone), 1);
	must(&site, &site.duty, &id, "fix", "phone", phone);
	assert_int_equal(found(&site, &site.duty, phone), 1);
	assert_int_equal(found(&site, &site.duty, other_phone), 0);
	must_verify(world);
}

static void test_erased(void **state)
{
	struct world *world = *state;
	struct site site = open_site(world);
	struct uuid id = call_from(&site, &site.duty, phone), kept;
	char text[UUID_TEXT];

	kept = call_from(&site, &site.duty, phone);
	uuid_text(&id, text);
	ask(world, 200, "POST", "/v1/admin/erase",
	    arena_printf(&world->arena, "incident=%s&reason=asked", text), NULL, NULL);
	assert_int_equal(found(&site, &site.duty, phone), 1);
	assert_true(uuid_eq(&ask_about(&site, &site.duty, phone).incidents.items[0], &kept));
	assert_int_equal(data_count(world->data, "SELECT count(*) FROM personal"
						 " WHERE digits = '13811112222'"),
			 1);
}

/* --- who finds --------------------------------------------------------------------------------- */

static void test_scope(void **state)
{
	struct world *world = *state;
	struct site site = open_site(world);
	struct desk leader = enroll(world, "zhongxin", "leader", "Li");
	struct uuid id = call_from(&site, &site.duty, phone);
	const char *nobody;

	assert_int_equal(found(&site, &site.duty, phone), 1);
	nobody = ask_body(&site, &site.second, 200, other_phone);
	assert_string_equal(ask_body(&site, &site.second, 200, phone), nobody);
	must(&site, &site.duty, &id, "accept", NULL, NULL);
	must(&site, &site.duty, &id, "assign", "holder", "shuiwu");
	assert_int_equal(found(&site, &site.second, phone), 1);
	must(&site, &site.duty, &id, "recall", "reason", "not theirs");
	must(&site, &site.duty, &id, "assign", "holder", "chengguan");
	assert_int_equal(found(&site, &site.second, phone), 1); /* parties only grow */
	must(&site, &leader, &id, "restrict", "from", "shuiwu");
	assert_string_equal(ask_body(&site, &site.second, 200, phone),
			    ask_body(&site, &site.second, 200, other_phone));
	assert_int_equal(found(&site, &site.dept, phone), 1);
}

static void test_refused(void **state)
{
	static const char *const shapes[] = { "", "123456", "110", "138****2222", "1381111222",
					      "1381111222233", "nobody", "13811112222,13811113333" };
	static const struct {
		const char *org, *role;
	} roles[] = { { "zhongxin", "auditor" },  { "zhongxin", "sysadmin" },
		      { "zhongxin", "secadmin" }, { "zhongxin", "audadmin" } };
	struct world *world = *state;
	struct site site = open_site(world);

	for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
		expect_error(world, ask_body(&site, &site.duty, 400, shapes[i]), ERR_INPUT);
	ask(world, 400, "POST", "/v1/callers", NULL, site.duty.token, "{\"number\":\"13811112222\"}");
	for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
		struct desk desk = enroll(world, roles[i].org, roles[i].role, roles[i].role);

		expect_error(world, ask_body(&site, &desk, 403, phone), ERR_DENIED);
	}
	ask(world, 401, "POST", "/v1/callers", NULL, NULL, "{\"phone\":\"13811112222\"}");
	assert_int_equal(data_count(world->data, "SELECT count(*) FROM caller_ask"), 0);
}

/* --- how often --------------------------------------------------------------------------------- */

static void purge(struct world *world)
{
	const char *answer = "", *stage, *rest;

	for (int i = 0; i < 100 && strncmp(answer, "end=", 4) != 0; i++) {
		stage = "dry=0";
		for (rest = answer; strchr(rest, '=') != NULL; rest += strcspn(rest, "\n") + 1)
			stage = arena_printf(&world->arena, "%s&%.*s", stage,
					     (int)strcspn(rest, "\n"), rest);
		answer = ask(world, 200, "POST", "/v1/admin/purge", stage, NULL, NULL);
	}
}

static void test_limit(void **state)
{
	struct world *world = *state;
	struct site site = open_site(world);

	call_from(&site, &site.duty, phone);
	for (int i = 0; i < 60; i++)
		ask_body(&site, &site.duty, 200, i % 2 == 0 ? phone : other_phone);
	expect_error(world, ask_body(&site, &site.duty, 429, phone), ERR_TOO_MANY);
	assert_int_equal(found(&site, &site.dept, phone), 0); /* each officer's own */
	world->clock.now += 59 * INT64_C(60000);
	ask_body(&site, &site.duty, 429, other_phone);
	world->clock.now += 2 * INT64_C(60000);
	assert_int_equal(found(&site, &site.duty, phone), 1);
	purge(world);
	assert_int_equal(data_count(world->data, "SELECT count(*) FROM caller_ask"), 1);
}

/* Who asked and how many he found; not the number. */
static void test_audited(void **state)
{
	struct world *world = *state;
	struct site site = open_site(world);

	call_from(&site, &site.duty, phone);
	ask_body(&site, &site.duty, 200, phone);
	ask_body(&site, &site.duty, 200, other_phone);
	assert_int_equal(data_count(world->data, "SELECT count(*) FROM audit WHERE what = 'callers'"
						 " AND who = 'Wang' AND words = 'found 1'"),
			 1);
	assert_int_equal(data_count(world->data, "SELECT count(*) FROM audit WHERE what = 'callers'"
						 " AND who = 'Wang' AND words = 'found 0'"),
			 1);
	assert_int_equal(data_count(world->data, "SELECT count(*) FROM audit WHERE words LIKE"
						 " '%1381111%' OR about LIKE '%1381111%'"),
			 0);
	must_verify(world);
}

/* --- data of before ---------------------------------------------------------------------------- */

/* As a program before left them: what is known of a number then comes from its value. */
static void test_migrated(void **state)
{
	static const char *const before[] = {
		"DROP INDEX personal_digits", "ALTER TABLE personal DROP COLUMN digits",
		"DROP TABLE caller_ask", "DROP INDEX entity_swap", "DROP INDEX entity_meeting",
		"DROP TABLE calendar_address",
		"UPDATE meta SET value = '9' WHERE name = 'schema'"
	};
	struct world *world = *state;
	struct site site = open_site(world);

	for (int i = 0; i < 3; i++)
		call_from(&site, &site.duty, i == 0 ? "+86 138-1111-2222" : phone);
	call_from(&site, &site.duty, "138****2222");
	service_stop(world->service);
	service_close(world->service);
	for (size_t i = 0; i < ARRAY_LEN(before); i++)
		assert_true(data_sql(world->data, before[i]) >= 0);
	world_open(world);
	assert_int_equal(found(&site, &site.duty, phone), 3);
	call_from(&site, &site.duty, phone);
	assert_int_equal(found(&site, &site.duty, phone), 4);
	must_verify(world);
}

/* The digits belong to the value: what was filed under another number is told. */
static void test_verified(void **state)
{
	struct world *world = *state;
	struct site site = open_site(world);
	struct verify_report report;
	struct error err = ERROR_INIT;

	call_from(&site, &site.duty, phone);
	must_verify(world);
	assert_int_equal(data_sql(world->data, "UPDATE personal SET digits = '13900000000'"
					       " WHERE field = 'phone'"),
			 1);
	assert_int_equal(verify_data(data_ops(), world->data, NULL, NULL, &report, &err),
			 ERR_CORRUPT);
	assert_non_null(strstr(err.text, "another number"));
}

#define T(name) cmocka_unit_test_setup_teardown(test_##name, world_make, world_free)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(found), T(order),   T(corrected), T(erased),	 T(scope),
		T(refused), T(limit), T(audited),   T(migrated), T(verified),
	};

	return cmocka_run_group_tests_name("callers", tests, NULL, NULL);
}
