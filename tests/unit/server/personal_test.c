/* Personal values apart from the journal: where they are not, who gets them, what erases them. */
#include <config.h>

#include "server_help.h"

#include "zhiban/server/backup.h"
#include "zhiban/server/verify.h"

static const char phone[] = "13811112222", phone_masked[] = "138****2222";
static const char name[] = "Zhangsan", other_phone[] = "13933334444";

struct case_of {
	struct world *world;
	struct desk duty, dept, second;
	struct uuid id;
	int64_t version;
};

static struct case_of open_case(struct world *world)
{
	struct case_of it = { .world = world, .version = 1 };
	struct act act;

	it.duty = enroll(world, "zhongxin", "duty", "Wang");
	it.dept = enroll(world, "chengguan", "dept", "Zhao");
	it.second = enroll(world, "shuiwu", "dept", "Qian");
	it.id = new_id(world);
	act = act_begin(world, &it.duty, "register", &it.id, 0);
	act_say(world, &act, "title", "a pipe has burst");
	act_say(world, &act, "phone", phone);
	act_say(world, &act, "reporter", name);
	assert_int_equal(send_act(world, &it.duty, &act).verdict, VERDICT_APPLIED);
	return it;
}

static struct act_answer step(struct case_of *it, struct desk *desk, const char *verb,
			      const char *arg, const char *value)
{
	struct act act = act_begin(it->world, desk, verb, &it->id, it->version);
	struct act_answer answer;

	if (arg != NULL)
		act_say(it->world, &act, arg, value);
	answer = send_act(it->world, desk, &act);
	if (answer.verdict != VERDICT_REFUSED)
		it->version = answer.version;
	return answer;
}

static void must_step(struct case_of *it, struct desk *desk, const char *verb, const char *arg,
		      const char *value)
{
	struct act_answer answer = step(it, desk, verb, arg, value);

	if (answer.verdict == VERDICT_REFUSED)
		fail_msg("%s: %s", verb, answer.sentence);
}

static void give_away(struct case_of *it)
{
	must_step(it, &it->duty, "accept", NULL, NULL);
	must_step(it, &it->duty, "assign", "holder", "chengguan");
}

static const char *id_of(const struct case_of *it)
{
	char text[UUID_TEXT];

	uuid_text(&it->id, text);
	return arena_strdup(&it->world->arena, text);
}

/* --- the data ---------------------------------------------------------------------------------- */

static int64_t count_of(struct world *world, const char *sql)
{
	return data_count(world->data, sql);
}

/* Whether the words stand anywhere in the tables but in that of personal values. */
static bool elsewhere(struct world *world, const char *words)
{
	static const struct {
		const char *table, *column;
		bool text;
	} at[] = {
		{ "journal", "bytes", false }, { "entity", "state", false }, { "answer", "bytes", false },
		{ "audit", "words", true },    { "audit", "about", true },   { "meta", "value", true },
	};
	bool pg = data_url() != NULL;
	bool found = false;

	for (size_t i = 0; i < ARRAY_LEN(at); i++) {
		char sql[300];

		if (!pg)
			snprintf(sql, sizeof sql,
				 "SELECT count(*) FROM %s WHERE instr(%s, CAST('%s' AS %s)) > 0", at[i].table,
				 at[i].column, words, at[i].text ? "TEXT" : "BLOB");
		else
			snprintf(sql, sizeof sql, "SELECT count(*) FROM %s WHERE position('%s'::%s in %s) > 0",
				 at[i].table, words, at[i].text ? "text" : "bytea", at[i].column);
		found = found || count_of(world, sql) != 0;
	}
	return found;
}

/* Whether the bytes stand anywhere in the files of the data; in a data base of its own, in the table. */
static bool in_files(struct world *world, const char *words)
{
	static const char *const ends[] = { "", "-wal" };
	bool found = false;

	if (data_url() != NULL)
		return count_of(world, arena_printf(&world->arena,
						    "SELECT count(*) FROM personal WHERE value = '%s'",
						    words)) != 0;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		struct str bytes = STR_INIT;
		const char *path = arena_printf(&world->arena, "%s%s", world->data, ends[i]);

		if (file_read(path, 64 * 1024 * 1024, &bytes, NULL) == ERR_OK && bytes.len > 0)
			found = found || memmem(bytes.s, bytes.len, words, strlen(words)) != NULL;
		str_release(&bytes);
	}
	return found;
}

static void must_verify(struct world *world)
{
	struct verify_report report;
	struct error err = ERROR_INIT;

	if (verify_data(data_ops(), world->data, NULL, NULL, &report, &err) != ERR_OK)
		fail_msg("%s", err.text);
}

/* --- nowhere else ------------------------------------------------------------------------------ */

/* In journal, states, answers, audit log: no clear value, whatever becomes of the act. */
static void test_nowhere(void **state)
{
	struct world *world = *state;
	struct case_of it = open_case(world);
	struct act act;
	const char *words[] = { phone, name, other_phone };

	give_away(&it);
	must_step(&it, &it.dept, "fix", "phone", other_phone);
	/* refused: its state is kept with the answer */
	assert_int_equal(step(&it, &it.dept, "archive", NULL, NULL).verdict, VERDICT_REFUSED);
	/* merged: the one that lost stands in its arguments */
	act = act_begin(world, &it.duty, "fix", &it.id, 1);
	act_say(world, &act, "phone", "13955556666");
	assert_int_equal(send_act(world, &it.duty, &act).verdict, VERDICT_MERGED);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (elsewhere(world, words[i]))
			fail_msg("%s is somewhere", words[i]);
	assert_false(elsewhere(world, "13955556666"));
	assert_int_equal(count_of(world, "SELECT count(*) FROM personal"), 4);
	must_verify(world);
}

/* The same act again is the same, whatever phone it names: it is not told by what it must not be
 * tried against. */
static void test_body(void **state)
{
	struct world *world = *state;
	struct desk duty = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world);
	struct act act = act_begin(world, &duty, "register", &id, 0), other;
	struct acts_answer answer;

	act_say(world, &act, "title", "one");
	other = act;
	other.given = NULL;
	other.n_given = other.cap_given = 0;
	act_say(world, &other, "title", "one");
	act_say(world, &act, "phone", phone);
	act_say(world, &other, "phone", other_phone);
	assert_int_equal(send_act(world, &duty, &act).verdict, VERDICT_APPLIED);
	answer = answers_from(world, ask(world, 200, "POST", "/v1/acts", NULL, duty.token,
					 acts_body(world, &duty, &other, 1)));
	assert_int_equal(answer.items[0].verdict, VERDICT_APPLIED);
	assert_int_equal(count_of(world, "SELECT count(*) FROM personal"), 1);
}

/* What somebody gives is a value, also when it looks like a reference to another's; and a row that is
 * not what was written is nobody's value. */
static void test_forged(void **state)
{
	struct world *world = *state;
	struct case_of it = open_case(world);
	struct uuid id = new_id(world);
	struct act act = act_begin(world, &it.duty, "register", &id, 0);
	char text[UUID_TEXT], ref[32];
	const char *body;

	snprintf(ref, sizeof ref, "~%llx~AAAAAAAAAAAA",
		 (unsigned long long)count_of(world, "SELECT min(id) FROM personal"));
	act_say(world, &act, "title", "another");
	act_say(world, &act, "phone", ref);
	assert_int_equal(send_act(world, &it.duty, &act).verdict, VERDICT_APPLIED);
	uuid_text(&id, text);
	body = ask(world, 200, "GET", arena_printf(&world->arena, "/v1/entities/%s", text), NULL,
		   it.duty.token, NULL);
	assert_non_null(strstr(body, ref));
	must_verify(world);
	assert_int_equal(data_sql(world->data, "UPDATE personal SET value = '13900000000'"
					       " WHERE value = '13811112222'"),
			 1);
	body = ask(world, 200, "GET", arena_printf(&world->arena, "/v1/entities/%s", id_of(&it)), NULL,
		   it.duty.token, NULL);
	assert_null(strstr(body, "13900000000"));
}

/* A correction is compared with what its author saw, not with what stands for it. */
static void test_base(void **state)
{
	struct world *world = *state;
	struct case_of it = open_case(world);
	struct act act;

	must_step(&it, &it.duty, "fix", "address", "1 Long Lane");
	act = act_begin(world, &it.duty, "fix", &it.id, 1);
	act_say(world, &act, "phone", other_phone);
	assert_int_equal(send_act(world, &it.duty, &act).verdict, VERDICT_APPLIED);
	must_verify(world);
}

/* --- shown ------------------------------------------------------------------------------------- */

static const char *reveal(struct case_of *it, const struct desk *desk, int status,
			  const char *field, const char *why)
{
	struct reveal_ask msg = { it->id, field, why };
	struct str body = STR_INIT;
	const char *answer;

	reveal_ask_encode(&msg, &body);
	answer = ask(it->world, status, "POST", "/v1/reveal", NULL, desk->token, body.s);
	str_release(&body);
	return answer;
}

static void test_reveal(void **state)
{
	struct world *world = *state;
	struct case_of it = open_case(world);
	struct desk auditor = enroll(world, "zhongxin", "auditor", "Tan");
	struct reveal_answer answer;
	const char *body;

	give_away(&it);
	body = reveal(&it, &it.duty, 200, "phone", "callback");
	OK(reveal_answer_decode(body, strlen(body), &world->arena, &answer, NULL));
	assert_string_equal(answer.value, phone);
	reveal(&it, &it.duty, 200, "reporter", "locate");
	/* no reason of the list, no personal field, nobody's to see, a role that changes nothing */
	reveal(&it, &it.duty, 400, "phone", "curious");
	reveal(&it, &it.duty, 400, "title", "callback");
	expect_error(world, reveal(&it, &it.second, 404, "phone", "callback"), ERR_NOT_FOUND);
	reveal(&it, &auditor, 403, "phone", "callback");
	assert_int_equal(count_of(world, "SELECT count(*) FROM audit WHERE what = 'reveal'"), 2);
	assert_int_equal(count_of(world, "SELECT count(*) FROM reveal"), 2);
	must_verify(world);
}

/* What is not his is 404 in the same words as what is not there. */
static void test_reveal_hidden(void **state)
{
	struct world *world = *state;
	struct case_of it = open_case(world), nobody = it;
	const char *hidden, *missing;

	nobody.id = new_id(world);
	hidden = reveal(&it, &it.second, 404, "phone", "callback");
	missing = reveal(&nobody, &it.second, 404, "phone", "callback");
	assert_string_equal(hidden, missing);
}

static void test_reveal_limit(void **state)
{
	struct world *world = *state;
	struct case_of it = open_case(world);
	char id[UUID_TEXT];

	give_away(&it);
	for (int i = 0; i < 20; i++)
		reveal(&it, &it.duty, 200, "phone", "callback");
	expect_error(world, reveal(&it, &it.duty, 429, "phone", "callback"), ERR_TOO_MANY);
	reveal(&it, &it.dept, 200, "phone", "callback"); /* each officer's own */
	world->clock.now += 11 * INT64_C(3600000);
	reveal(&it, &it.duty, 429, "phone", "callback");
	world->clock.now += 61 * INT64_C(60000);
	uuid_text(&it.duty.console, id);
	it.duty = desk_from(
		world, ask(world, 200, "POST", "/v1/session", NULL, NULL,
			   arena_printf(&world->arena,
					"{\"console\":\"%s\",\"officer\":\"Wang\",\"pin\":\"1234\"}",
					id)));
	reveal(&it, &it.duty, 200, "phone", "callback");
}

/* A holder's act, made offline: it counts, and is never refused for the number. */
static void test_reveal_act(void **state)
{
	struct world *world = *state;
	struct case_of it = open_case(world);
	struct act act = act_begin(world, &it.duty, "reveal", &it.id, 1);

	act_say(world, &act, "field", "phone");
	act_say(world, &act, "why", "callback");
	assert_int_equal(send_act(world, &it.duty, &act).verdict, VERDICT_APPLIED);
	assert_int_equal(count_of(world, "SELECT count(*) FROM reveal"), 1);
	assert_int_equal(count_of(world, "SELECT count(*) FROM audit WHERE what = 'reveal'"), 1);
}

/* --- erased ------------------------------------------------------------------------------------ */

static const char *erase(struct case_of *it, int status)
{
	return ask(it->world, status, "POST", "/v1/admin/erase",
		   arena_printf(&it->world->arena, "incident=%s&reason=asked", id_of(it)), NULL, NULL);
}

static void test_erase(void **state)
{
	struct world *world = *state;
	struct case_of it = open_case(world);
	const char *ways[] = { "/v1/feed", "/v1/snapshot", "/v1/timeline" };

	must_step(&it, &it.duty, "fix", "phone", other_phone);
	assert_true(in_files(world, phone));
	assert_true(in_files(world, name));
	erase(&it, 200);
	assert_false(in_files(world, phone));
	assert_false(in_files(world, other_phone));
	assert_false(in_files(world, name));
	assert_int_equal(count_of(world, "SELECT count(*) FROM personal"), 0);
	assert_int_equal(count_of(world, "SELECT count(*) FROM audit WHERE what = 'erase'"), 1);
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		const char *query = i == 0 ? "since=0"
				    : i == 2 ? arena_printf(&world->arena, "entity=%s", id_of(&it))
					     : NULL;
		const char *body = ask(world, 200, "GET", ways[i], query, it.duty.token, NULL);

		assert_null(strstr(body, phone));
		assert_null(strstr(body, "138****"));
		assert_null(strstr(body, "~"));
		if (i != 1)
			assert_non_null(strstr(body, MASK_ERASED));
	}
	expect_error(world, reveal(&it, &it.duty, 409, "phone", "callback"), ERR_REFUSED);
	must_verify(world);
	/* what is given anew is kept again, and erased again */
	it.version = 0;
	must_step(&it, &it.duty, "fix", "phone", phone);
	must_verify(world);
	erase(&it, 200);
	assert_false(in_files(world, phone));
	must_verify(world);
}

/* An author who corrects something else of what he saw before does not bring it back. */
static void test_erase_and_base(void **state)
{
	struct world *world = *state;
	struct case_of it = open_case(world);
	struct act act;

	erase(&it, 200);
	act = act_begin(world, &it.duty, "fix", &it.id, 1);
	act_say(world, &act, "address", "1 Long Lane");
	assert_int_equal(send_act(world, &it.duty, &act).verdict, VERDICT_APPLIED);
	assert_int_equal(count_of(world, "SELECT count(*) FROM personal"), 0);
	must_verify(world);
}

/* Data of programs before hold values as they are: still served, and the state can be erased. */
static void test_old_data(void **state)
{
	struct world *world = *state;
	struct case_of it;
	const char *body;

	if (data_url() != NULL)
		skip(); /* the words below are one data base's */
	it = open_case(world);
	service_stop(world->service);
	service_close(world->service);
	/* the state as it was written once; journal and state differ then, so no verify here */
	(void)data_sql(world->data, "UPDATE entity SET state = CAST(replace(CAST(state AS TEXT),"
			   " substr(CAST(state AS TEXT), instr(CAST(state AS TEXT), '\"phone\":\"') + 9,"
			   " instr(substr(CAST(state AS TEXT), instr(CAST(state AS TEXT), '\"phone\":\"') + 9),"
			   " '\"') - 1), '13811112222') AS BLOB) WHERE kind = 'incident'");
	(void)data_sql(world->data, "DELETE FROM personal WHERE field = 'phone'");
	world_open(world);
	body = ask(world, 200, "GET", arena_printf(&world->arena, "/v1/entities/%s", id_of(&it)), NULL,
		   it.duty.token, NULL);
	assert_non_null(strstr(body, phone));
	give_away(&it);
	body = ask(world, 200, "GET", arena_printf(&world->arena, "/v1/entities/%s", id_of(&it)), NULL,
		   it.duty.token, NULL);
	assert_null(strstr(body, phone));
	assert_non_null(strstr(body, phone_masked));
	erase(&it, 200);
	assert_false(elsewhere(world, phone));
}

/* --- verify ------------------------------------------------------------------------------------ */

static void test_verify_sees(void **state)
{
	static const struct {
		const char *sql, *words;
	} cases[] = {
		{ "DELETE FROM personal WHERE field = 'phone'", "missing" },
		{ "UPDATE personal SET value = '13900000000' WHERE field = 'phone'", "not what was written" },
		{ "UPDATE personal SET field = 'reporter' WHERE field = 'phone'", "not what was written" },
		{ "UPDATE personal SET salt = zeroblob(16) WHERE field = 'phone'", "not what was written" },
		{ "UPDATE personal SET eno = eno + 1 WHERE field = 'phone'", "filed under another" },
		{ "INSERT INTO personal SELECT id + 40, eno, field, salt, value, at, digits FROM personal"
		  " WHERE field = 'phone'", "stands for nothing" },
		{ "INSERT INTO personal SELECT id + 64000, eno, field, salt, value, at, digits FROM personal"
		  " WHERE field = 'phone'", "are referred to" },
	};
	struct world *world = *state;
	struct str before = STR_INIT;

	if (data_url() != NULL)
		skip(); /* what was changed is not put back */
	(void)open_case(world);
	service_stop(world->service);
	service_close(world->service);
	OK(file_read(world->data, 64 * 1024 * 1024, &before, NULL));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct verify_report report;
		struct error err = ERROR_INIT;

		(void)data_sql(world->data, cases[i].sql);
		assert_int_equal(verify_data(data_ops(), world->data, NULL, NULL, &report, &err),
				 ERR_CORRUPT);
		if (strstr(err.text, cases[i].words) == NULL)
			fail_msg("%zu: %s", i, err.text);
		OK(file_write(world->data, before.s, before.len, 0600, NULL));
	}
	str_release(&before);
	world_open(world);
	must_verify(world);
}

/* Rows that an erasure left behind. */
static void test_verify_left(void **state)
{
	struct world *world = *state;
	struct case_of it = open_case(world);
	struct verify_report report;
	struct error err = ERROR_INIT;

	(void)data_sql(world->data, "CREATE TABLE spare AS SELECT * FROM personal");
	erase(&it, 200);
	(void)data_sql(world->data, "INSERT INTO personal SELECT * FROM spare; DROP TABLE spare");
	assert_int_equal(verify_data(data_ops(), world->data, NULL, NULL, &report, &err), ERR_CORRUPT);
	assert_non_null(strstr(err.text, "still there"));
}

/* --- kept no longer ---------------------------------------------------------------------------- */

static const char *purge(struct world *world, bool dry)
{
	const char *answer = "", *stage = "", *rest;

	for (int i = 0; i < 100 && strncmp(answer, "end=", 4) != 0; i++) {
		stage = arena_printf(&world->arena, "dry=%d", dry);
		for (rest = answer; *rest != '\0' && strchr(rest, '=') != NULL;
		     rest += strcspn(rest, "\n") + 1)
			stage = arena_printf(&world->arena, "%s&%.*s", stage,
					     (int)strcspn(rest, "\n"), rest);
		answer = ask(world, 200, "POST", "/v1/admin/purge", stage, NULL, NULL);
	}
	return answer;
}

static void test_purge(void **state)
{
	struct world *world = *state;
	struct case_of it = open_case(world), young = it;
	int64_t year = INT64_C(365) * 86400000;

	give_away(&it);
	must_step(&it, &it.dept, "sign", NULL, NULL);
	must_step(&it, &it.dept, "handle", "result", "mended");
	must_step(&it, &it.duty, "verify_ok", NULL, NULL);
	assert_int_equal(step(&it, &it.dept, "archive", NULL, NULL).verdict, VERDICT_REFUSED);
	must_step(&it, &it.duty, "close", NULL, NULL);
	young.id = new_id(world); /* open still, and as old */
	{
		struct act act = act_begin(world, &it.duty, "register", &young.id, 0);

		act_say(world, &act, "title", "another");
		act_say(world, &act, "phone", other_phone);
		assert_int_equal(send_act(world, &it.duty, &act).verdict, VERDICT_APPLIED);
	}
	world->clock.now += 2 * year;
	assert_non_null(strstr(purge(world, false), "cases=0\n"));
	world->clock.now += year + year / 10;
	assert_non_null(strstr(purge(world, true), "cases=1\n"));
	assert_true(in_files(world, phone));
	assert_non_null(strstr(purge(world, false), "cases=1\n"));
	assert_false(in_files(world, phone));
	assert_true(in_files(world, other_phone));
	assert_non_null(strstr(purge(world, false), "cases=0\n"));
	must_verify(world);
}

/* What refusals showed goes; that they were refused, and why, stays. */
static void test_purge_answers(void **state)
{
	struct world *world = *state;
	struct case_of it = open_case(world);
	struct act act = act_begin(world, &it.duty, "archive", &it.id, 1);
	const char *body = acts_body(world, &it.duty, &act, 1);
	struct acts_answer answer =
		answers_from(world, ask(world, 200, "POST", "/v1/acts", NULL, it.duty.token, body));

	it.duty.n = act.n;
	assert_non_null(answer.items[0].state);
	world->clock.now += 181 * INT64_C(86400000);
	assert_non_null(strstr(purge(world, false), "answers=1\n"));
	it.duty.token = enroll(world, "zhongxin", "duty", "Li").token;
	assert_false(elsewhere(world, "\"state\":{"));
	must_verify(world);
}

/* At three in the night, by itself, once. */
static void test_night(void **state)
{
	struct world *world = *state;
	struct case_of it = open_case(world);
	int64_t head;

	give_away(&it);
	must_step(&it, &it.dept, "sign", NULL, NULL);
	must_step(&it, &it.dept, "handle", "result", "mended");
	must_step(&it, &it.duty, "verify_ok", NULL, NULL);
	must_step(&it, &it.duty, "close", NULL, NULL);
	for (int i = 0; i < 20; i++)
		service_tick(world->service);
	world->clock.now += INT64_C(1096) * 86400000;
	for (int i = 0; i < 50; i++)
		service_tick(world->service);
	assert_int_equal(count_of(world, "SELECT count(*) FROM personal"), 0);
	head = count_of(world, "SELECT seq FROM counter");
	for (int i = 0; i < 20; i++)
		service_tick(world->service);
	assert_int_equal(count_of(world, "SELECT seq FROM counter"), head);
	must_verify(world);
}

/* --- backup ------------------------------------------------------------------------------------ */

static void test_backup(void **state)
{
	struct world *world = *state;
	struct service_config config = world_config(world);
	struct verify_report report;
	char back[96], again[96];
	struct case_of it;
	const char *body;

	if (data_url() != NULL)
		skip(); /* the way back from a backup is backup_test's */
	it = open_case(world);

	snprintf(back, sizeof back, "%s/backup", world->path);
	snprintf(again, sizeof again, "%s/again.db", world->path);
	OK(service_backup(world->service, back, NULL, 0, false, NULL));
	erase(&it, 200);
	config.where = again;
	OK(service_restore(&config, back, NULL, NULL, &report, NULL));
	service_stop(world->service);
	service_close(world->service);
	snprintf(world->data, sizeof world->data, "%s", again);
	world_open(world);
	body = ask(world, 200, "GET", arena_printf(&world->arena, "/v1/entities/%s", id_of(&it)), NULL,
		   it.duty.token, NULL);
	assert_non_null(strstr(body, phone)); /* as it was: to be erased again */
	erase(&it, 200);
	assert_false(in_files(world, phone));
	must_verify(world);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, world_make, world_free)
	const struct CMUnitTest tests[] = {
		T(nowhere),	  T(forged),	   T(base),	T(body),	  T(reveal),
		T(reveal_hidden), T(reveal_limit), T(reveal_act), T(erase),	  T(erase_and_base),
		T(old_data),	  T(verify_sees),  T(verify_left), T(purge),	  T(purge_answers),
		T(night),	  T(backup),
	};

	return cmocka_run_group_tests_name("server personal values", tests, NULL, NULL);
}
