/* verify finds a flipped byte, a changed state, a lost or invented party and feed row; adoption and
 * bulk intake keep the journal true. */
#include "server_help.h"

#include "zhiban/server/bulk.h"
#include "zhiban/server/verify.h"

static enum err verify(struct world *world, struct error *err)
{
	struct verify_report report;

	return verify_data(data_ops(), world->data, NULL, NULL, &report, err);
}

static struct act historic(struct world *world, const char *number, int64_t when)
{
	struct desk nobody = { .officer = "system", .org = "zhongxin", .role = "system", .n = -1 };
	struct uuid id = uuid_named(number);
	struct act act = act_begin(world, &nobody, "register", &id, 0);

	act_say(world, &act, "title", "history");
	act_say(world, &act, "source", "12345");
	act_say(world, &act, "src_no", number);
	act_give(&act, act_arg_field(act.desc, "historic"), (struct value){ .num = 1 },
		 &world->arena);
	act_give(&act, act_arg_field(act.desc, "reported_at"), (struct value){ .num = when },
		 &world->arena);
	return act;
}

static void some_history(struct world *world)
{
	struct desk duty = enroll(world, "zhongxin", "duty", "Wang");
	struct desk dept = enroll(world, "chengguan", "dept", "Zhao");
	struct uuid id = new_id(world), other = new_id(world);
	struct bulk_result result;
	struct act_answer refused;
	struct act act;

	register_one(world, &duty, &id, "a pipe has burst");
	plain_act(world, &duty, "accept", &id, 1);
	assign_to(world, &duty, &id, 2, "chengguan");
	plain_act(world, &dept, "sign", &id, 3);
	note_on(world, &dept, &id, "on the way");
	world->clock.now += 1000;
	register_one(world, &dept, &other, "seen on the way");
	close_one(world, &duty, &dept, &other);
	refused = plain_act(world, &duty, "accept", &id, 1);
	assert_int_equal(refused.verdict, VERDICT_REFUSED);
	act = historic(world, "A1", 1795000000000);
	OK(service_bulk(world->service, &act, NULL, 1, &result, NULL));
	assert_int_equal(result.code, ERR_OK);
}

static void test_sound(void **state)
{
	struct world *world = *state;
	struct error err = ERROR_INIT;

	some_history(world);
	if (verify(world, &err) != ERR_OK)
		fail_msg("%s", err.text);
	world_restart(world);
	OK(verify(world, &err));
}

static void damage(struct world *world, const char *sql)
{
	service_stop(world->service);
	service_close(world->service);
	assert_int_equal(data_sql(world->data, sql), 1);
	world_open(world);
}

static void test_damage(void **state)
{
	static const struct {
		const char *sql, *said;
	} cases[] = {
		{ "UPDATE journal SET bytes = replace(bytes, 'pipe', 'pope') WHERE seq = 4",
		  "entry 4" },
		{ "UPDATE journal SET hash = zeroblob(32) WHERE seq = 5", "entry 5" },
		{ "DELETE FROM journal WHERE seq = 6", "entry 6" },
		{ "UPDATE entity SET state = replace(state, 'burst', 'bursT') WHERE eno = 4",
		  "state" },
		{ "UPDATE entity SET class = 2 WHERE eno = 4", "state" },
		{ "DELETE FROM party WHERE eno = 4 AND since = (SELECT max(since) FROM party"
		  " WHERE eno = 4)",
		  "hidden" },
		{ "INSERT INTO party (eno, org, since) SELECT 4, max(org), 4 FROM party",
		  "must not see" },
		{ "UPDATE party SET since = since - 1 WHERE eno = 4 AND since = 6", "" },
		{ "DELETE FROM feed WHERE seq = 6 AND whole = 1", "feed" },
		{ "INSERT INTO feed (org, seq, eno, whole) SELECT max(org), 4, 4, 0 FROM feed", "" },
		{ "DELETE FROM touch WHERE seq = 8", "" },
		{ "DELETE FROM scope WHERE eno = 4 AND org = (SELECT min(org) FROM scope"
		  " WHERE eno = 4)",
		  "snapshot" },
		{ "DELETE FROM entity WHERE eno = 5", "" },
		{ "DELETE FROM answer WHERE seq = 6", "entry 6: its act has no answer" },
		{ "UPDATE answer SET seq = 5 WHERE seq = 6", "entry 6: the answer" },
		{ "UPDATE answer SET n = 77 WHERE seq = 6", "entry 6: the answer" },
		{ "UPDATE answer SET console = (SELECT console FROM answer WHERE console <> (SELECT"
		  " console FROM answer WHERE seq = 6) LIMIT 1), n = 99 WHERE seq = 6",
		  "entry 6: the answer" },
		{ "UPDATE answer SET bytes = replace(bytes, '\"seq\":6', '\"seq\":7') WHERE seq = 6",
		  "answered otherwise" },
		{ "UPDATE answer SET bytes = x'7b' WHERE seq = 6", "JSON" },
		{ "UPDATE answer SET bytes = replace(bytes, 'refused', 'applied') WHERE seq IS NULL",
		  "" },
		{ "UPDATE answer SET id = zeroblob(16) WHERE seq IS NULL", "answered otherwise" },
		{ "UPDATE answer SET seq = 9 WHERE seq IS NULL", "answered otherwise" },
		{ "INSERT INTO answer (id, console, n, seq, body, bytes) SELECT zeroblob(16), console,"
		  " 0, seq, body, bytes FROM answer WHERE seq = 6",
		  "order of its console" },
		{ "UPDATE console SET last_n = last_n - 1 WHERE id = (SELECT console FROM answer"
		  " WHERE seq = 6)",
		  "order of its console" },
		{ "DELETE FROM console WHERE id = (SELECT console FROM answer WHERE seq = 6)",
		  "not known" },
		{ "UPDATE serial SET last = last - 1", "the next would be" },
		{ "DELETE FROM serial", "the next would be" },
		{ "DELETE FROM outside WHERE src_no = 'A1'", "imported again" },
		{ "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage"
		  " FROM sqlite_schema WHERE name = 'token_officer') WHERE name = 'answer_seq'",
		  "server's data" },
		{ "UPDATE scope SET class = 1 WHERE eno = 5 AND org = (SELECT min(org) FROM scope"
		  " WHERE eno = 5)",
		  "order" },
	};
	struct world *world = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct error err = ERROR_INIT;
		void *fresh;

		if (data_url() != NULL && str_starts(cases[i].sql, "PRAGMA"))
			continue; /* a file's own structure */
		assert_int_equal(world_make(&fresh), 0);
		some_history(fresh);
		damage(fresh, cases[i].sql);
		if (verify(fresh, &err) != ERR_CORRUPT)
			fail_msg("not found: %s", cases[i].sql);
		if (strstr(err.text, cases[i].said) == NULL)
			fail_msg("%s: %s", cases[i].sql, err.text);
		world_free(&fresh);
	}
	(void)world;
}

static enum err no_serial(struct db *db, int64_t day, int64_t *ret_last, struct error *err)
{
	(void)db;
	(void)day;
	(void)err;
	*ret_last = 0;
	return ERR_OK;
}

/* A database that forgets what it counted to. */
static void test_number_twice(void **state)
{
	struct world *world = *state;
	struct service_config config = world_config(world);
	struct db_ops forgetful = *data_ops();
	struct error err = ERROR_INIT;
	struct desk duty;

	forgetful.serial_get = no_serial;
	config.db = &forgetful;
	service_stop(world->service);
	service_close(world->service);
	OK(service_open(&config, &world->service, NULL));
	duty = enroll(world, "zhongxin", "duty", "Wang");
	for (int i = 0; i < 2; i++) {
		struct uuid id = new_id(world);

		assert_int_equal(register_one(world, &duty, &id, "again").verdict, VERDICT_APPLIED);
	}
	assert_int_equal(verify(world, &err), ERR_CORRUPT);
	assert_non_null(strstr(err.text, "the number 20261118-0001 was given twice"));
	service_stop(world->service); /* its rows go through what ends with this function */
	service_close(world->service);
	config.db = data_ops();
	OK(service_open(&config, &world->service, NULL));
}

/* --- bulk ------------------------------------------------------------------------------------ */

static void test_bulk(void **state)
{
	struct world *world = *state;
	struct act acts[3];
	struct bulk_result results[3];
	struct error err = ERROR_INIT;
	struct service_stand before, after;

	acts[0] = historic(world, "A1", 1600000000000);
	acts[1] = historic(world, "A2", 1600000001000);
	acts[2] = historic(world, "A1", 1600000000000);
	acts[2].target.id = uuid_named("another id, the same number");
	OK(service_stand(world->service, &before, NULL));
	OK(service_bulk(world->service, acts, NULL, 3, results, &err));
	assert_int_equal(results[0].code, ERR_OK);
	assert_int_equal(results[1].code, ERR_OK);
	assert_int_equal(results[2].code, ERR_EXISTS);
	OK(service_bulk(world->service, acts, NULL, 2, results, &err));
	assert_int_equal(results[0].code, ERR_EXISTS);
	assert_int_equal(results[1].code, ERR_EXISTS);
	OK(service_stand(world->service, &after, NULL));
	assert_int_equal(after.seq, before.seq + 2);
	OK(verify(world, &err));
}

static void test_admin_acts(void **state)
{
	struct world *world = *state;
	struct act act = historic(world, "B1", 1600000000000);
	struct str body = STR_INIT;
	struct service_stand stand, later;
	const char *answer;

	act_encode(&act, &body);
	str_add_char(&body, '\n');
	OK(service_stand(world->service, &stand, NULL));
	answer = ask(world, 200, "POST", "/v1/admin/acts", "dry=1", NULL, body.s);
	assert_true(str_starts(answer, "OK "));
	OK(service_stand(world->service, &later, NULL));
	assert_int_equal(later.seq, stand.seq);
	answer = ask(world, 200, "POST", "/v1/admin/acts", NULL, NULL, body.s);
	assert_true(str_starts(answer, "OK "));
	answer = ask(world, 200, "POST", "/v1/admin/acts", NULL, NULL, body.s);
	assert_true(str_starts(answer, "EXISTS "));
	str_release(&body);
	OK(verify(world, NULL));
}

/* --- adoption -------------------------------------------------------------------------------- */

/* The shipped profile with one word changed. */
static char *changed_bundle(struct world *world, const char *from, const char *to)
{
	struct str bundle = STR_INIT, calendar = STR_INIT;
	char *at, *text;

	world_profile(&bundle, &calendar);
	at = strstr(bundle.s, from);
	assert_non_null(at);
	text = arena_printf(&world->arena, "%.*s%s%s", (int)(at - bundle.s), bundle.s, to,
			    at + strlen(from));
	str_release(&bundle);
	str_release(&calendar);
	return text;
}

static void test_adopt(void **state)
{
	struct world *world = *state;
	struct desk desk;
	struct uuid id = new_id(world);
	struct error err = ERROR_INIT;
	const char *body = changed_bundle(world, "brief = ", "# a remark\nbrief = ");
	struct feed_answer page;
	int64_t seq;

	some_history(world);
	desk = enroll(world, "shuiwu", "dept", "Qian");
	seq = feed_of(world, &desk, 0, "").head_seq;
	ask(world, 200, "POST", "/v1/admin/adopt", "reason=a remark", NULL, body);
	page = feed_of(world, &desk, seq, "");
	assert_int_equal(page.n, 1);
	assert_int_equal(page.items[0].kind, FEED_ENTRY);
	assert_string_equal(page.items[0].entry.act.desc->verb, "adopt");
	world_restart(world);
	register_one(world, &desk, &id, "under the new rules");
	if (verify(world, &err) != ERR_OK)
		fail_msg("%s", err.text);
	ask(world, 400, "POST", "/v1/admin/adopt", NULL, NULL, "not a profile");
}

static void test_adopt_refused(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world);
	struct str bundle = STR_INIT, calendar = STR_INIT;
	struct str renamed = STR_INIT;
	const char *s, *found;

	register_one(world, &desk, &id, "stands in the first step");
	world_profile(&bundle, &calendar);
	for (s = bundle.s; (found = strstr(s, "\"accept\"")) != NULL; s = found + 8) {
		str_add_bytes(&renamed, s, (size_t)(found - s));
		/* the step and what leads to it, not the act of the same name */
		str_add(&renamed, found - bundle.s > 7 && (memcmp(found - 5, "step ", 5) == 0 ||
							   memcmp(found - 7, "step = ", 7) == 0 ||
							   memcmp(found - 5, "to = ", 5) == 0)
					  ? "\"entry\""
					  : "\"accept\"");
	}
	str_add(&renamed, s);
	expect_error(world, ask(world, 409, "POST", "/v1/admin/adopt", NULL, NULL, renamed.s),
		     ERR_REFUSED);
	str_release(&bundle);
	str_release(&calendar);
	str_release(&renamed);
	OK(verify(world, NULL));
}

static void test_officers(void **state)
{
	struct world *world = *state;
	struct desk desk;
	const char *list;

	ask(world, 200, "POST", "/v1/admin/officers", NULL, NULL,
	    "op=add\nname=Zhao\norg=chengguan\nrole=dept\npin=4321\n");
	ask(world, 409, "POST", "/v1/admin/officers", NULL, NULL, "op=add\nname=Zhao\n");
	ask(world, 400, "POST", "/v1/admin/officers", NULL, NULL,
	    "op=add\nname=X\nrole=nobody\n");
	desk = enroll(world, "zhongxin", "duty", "Wang");
	ask(world, 200, "POST", "/v1/admin/officers", NULL, NULL, "op=disable\nname=Wang\n");
	ask(world, 401, "GET", "/v1/session", NULL, desk.token, NULL);
	list = ask(world, 200, "GET", "/v1/admin/officers", NULL, NULL, NULL);
	assert_non_null(strstr(list, "Zhao\tchengguan\tdept\tactive"));
	assert_non_null(strstr(list, "Wang\tzhongxin\tduty\tdisabled"));
	OK(verify(world, NULL));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, world_make, world_free)
	const struct CMUnitTest tests[] = {
		T(sound), T(damage), T(number_twice), T(bulk),	   T(admin_acts),
		T(adopt), T(adopt_refused), T(officers),
	};

	return cmocka_run_group_tests_name("server verify", tests, NULL, NULL);
}
