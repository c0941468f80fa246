/* The order of acts: numbers with holes, copied consoles, restored servers; each act in effect once. */
#include "server_help.h"

#include "zhiban/server/backup.h"

static struct act note_of(struct world *world, const struct desk *desk, const struct uuid *id,
			  int64_t n, const char *text)
{
	struct act act = act_begin(world, desk, "note", id, 1);

	act.n = n;
	act_say(world, &act, "note", text);
	return act;
}

static const char *post(struct world *world, int status, const struct desk *desk,
			const struct act *acts, size_t n, int64_t prev)
{
	return ask(world, status, "POST", "/v1/acts", NULL, desk->token,
		   acts_body_after(world, desk, acts, n, prev));
}

static struct acts_answer send_batch(struct world *world, const struct desk *desk,
				     const struct act *acts, size_t n, int64_t prev)
{
	return answers_from(world, post(world, 200, desk, acts, n, prev));
}

static int64_t head_of(struct world *world, const struct desk *desk)
{
	return feed_of(world, desk, 0, "").head_seq;
}

static int64_t session_n(struct world *world, const struct desk *desk)
{
	const char *body = ask(world, 200, "GET", "/v1/session", NULL, desk->token, NULL);
	struct session_answer answer;

	OK(session_answer_decode(body, strlen(body), &world->arena, &answer, NULL));
	return answer.n;
}

/* Three acts were answered; one more comes. */
static const struct {
	int64_t n, prev;
	enum err code; /* ERR_OK: judged */
} next[] = {
	{ 4, -1, ERR_OK },    { 4, 3, ERR_OK },	    { 4, 0, ERR_OK },	 { 6, -1, ERR_NEED },
	{ 6, 3, ERR_OK },     { 6, 2, ERR_OK },	    { 6, 0, ERR_OK },	 { 6, 5, ERR_NEED },
	{ 6, 4, ERR_NEED },   { 6, 6, ERR_NEED },   { 3, 2, ERR_CLONED }, { 3, -1, ERR_CLONED },
	{ 1, 0, ERR_CLONED }, { 2, 9, ERR_CLONED }, { -1, -1, ERR_CLONED },
};

static void test_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(next); i++) {
		void *made;
		struct world *world;
		struct desk desk;
		struct error_answer error;
		struct uuid id;
		struct act act;
		const char *body;

		world_make(&made);
		world = made;
		desk = enroll(world, "zhongxin", "duty", "Wang");
		id = new_id(world);
		register_one(world, &desk, &id, "t");
		note_on(world, &desk, &id, "two");
		note_on(world, &desk, &id, "three");
		act = note_of(world, &desk, &id, next[i].n, "more");
		body = post(world, next[i].code == ERR_OK ? 200 : 409, &desk, &act, 1, next[i].prev);
		if (next[i].code == ERR_OK) {
			assert_int_equal(answers_from(world, body).items[0].verdict,
					 VERDICT_APPLIED);
			assert_int_equal(session_n(world, &desk), next[i].n);
			act = note_of(world, &desk, &id, next[i].n + 1, "and on");
			post(world, 200, &desk, &act, 1, -1);
		} else {
			expect_error(world, body, next[i].code);
			OK(error_answer_decode(body, strlen(body), &world->arena, &error, NULL));
			if (next[i].code == ERR_NEED)
				assert_int_equal(error.need, 4);
			assert_int_equal(session_n(world, &desk), 3);
		}
		world_free(&made);
	}
}

/* Inside a batch the one before is where it hangs on, whatever number it has. */
static void test_holes_in_a_batch(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world);
	struct act acts[3];
	struct acts_answer answers, again;

	register_one(world, &desk, &id, "t");
	acts[0] = note_of(world, &desk, &id, 4, "a");
	acts[1] = note_of(world, &desk, &id, 5, "b");
	acts[2] = note_of(world, &desk, &id, 9, "c");
	answers = send_batch(world, &desk, acts, 3, 1);
	assert_int_equal(answers.n, 3);
	assert_int_equal(session_n(world, &desk), 9);
	again = send_batch(world, &desk, acts, 3, 1);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(again.items[i].seq, answers.items[i].seq);
		assert_int_equal(again.items[i].n, acts[i].n);
	}
	assert_int_equal(head_of(world, &desk), answers.items[2].seq);
	/* what was in the hole is another's now */
	acts[0] = note_of(world, &desk, &id, 7, "late");
	expect_error(world, post(world, 409, &desk, acts, 1, 5), ERR_CLONED);
}

/* An id that was used for something else is refused, and what follows is not held up by it. */
static void test_other_body_blocks_nothing(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world);
	struct act acts[2];
	struct acts_answer answers;
	int64_t head;

	register_one(world, &desk, &id, "t");
	acts[0] = note_of(world, &desk, &id, 2, "first");
	send_batch(world, &desk, acts, 1, 1);
	head = head_of(world, &desk);
	acts[1] = note_of(world, &desk, &id, 3, "second body");
	acts[1].id = acts[0].id;
	answers = send_batch(world, &desk, &acts[1], 1, 2);
	assert_int_equal(answers.items[0].verdict, VERDICT_REFUSED);
	assert_int_equal(answers.items[0].code, ERR_EXISTS);
	assert_int_equal(answers.items[0].n, 3);
	assert_int_equal(head_of(world, &desk), head);
	assert_int_equal(session_n(world, &desk), 3);
	acts[0] = note_of(world, &desk, &id, 4, "goes on");
	assert_int_equal(send_batch(world, &desk, acts, 1, 3).items[0].verdict, VERDICT_APPLIED);
}

/* What is the same act: all of it but number and console. */
static void test_same_body(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world);
	struct act act, changed;

	register_one(world, &desk, &id, "t");
	act = note_of(world, &desk, &id, 2, "once");
	send_batch(world, &desk, &act, 1, 1);
	for (int i = 0; i < 7; i++) {
		bool same = i == 0;

		changed = act;
		switch (i) {
		case 0: changed.n = 3; break;
		case 1: changed.at++; break;
		case 2: changed.target.base++; break;
		case 3: changed.after = id; break;
		case 4: memcpy(changed.epoch, "0a1b2c3d", ACT_EPOCH); break;
		case 5: changed.actor.role = "chief"; break;
		case 6: changed.target.id.b[3] ^= 1; break;
		}
		assert_int_equal(send_batch(world, &desk, &changed, 1, 0).items[0].verdict,
				 same ? VERDICT_APPLIED : VERDICT_REFUSED);
	}
}

/* --- copies ---------------------------------------------------------------------------------- */

static struct desk renew(struct world *world, const struct desk *desk, int64_t *ret_n)
{
	const char *body = ask(world, 200, "POST", "/v1/console", NULL, desk->token, "{}");
	struct session_answer answer;

	OK(session_answer_decode(body, strlen(body), &world->arena, &answer, NULL));
	assert_string_equal(answer.officer, desk->officer);
	assert_non_null(answer.token);
	assert_string_not_equal(answer.token, desk->token);
	assert_false(uuid_eq(&answer.console, &desk->console));
	*ret_n = answer.n;
	return desk_from(world, body);
}

static struct act moved(const struct act *act, const struct desk *desk, int64_t n)
{
	struct act same = *act;

	same.console = desk->console;
	same.n = n;
	return same;
}

/* Two consoles of the same files: both have sent three acts, then each makes one of its own. */
static void test_copied_console(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang"), copy;
	struct uuid id = new_id(world);
	struct act acts[4], mine;
	struct acts_answer first, again;
	int64_t n, head;

	register_one(world, &desk, &id, "t");
	for (int i = 0; i < 3; i++)
		acts[i] = note_of(world, &desk, &id, i + 2, "both have it");
	first = send_batch(world, &desk, acts, 3, 1);
	acts[3] = note_of(world, &desk, &id, 5, "the original's");
	send_batch(world, &desk, &acts[3], 1, 4);
	head = head_of(world, &desk);

	mine = note_of(world, &desk, &id, 5, "the copy's");
	expect_error(world, post(world, 409, &desk, &mine, 1, 4), ERR_CLONED);
	copy = renew(world, &desk, &n);
	assert_int_equal(n, 0);
	for (int i = 0; i < 3; i++) /* not yet known there to be answered: sent again */
		acts[i] = moved(&acts[i], &copy, i + 1);
	acts[3] = moved(&mine, &copy, 4);
	again = send_batch(world, &copy, acts, 4, 0);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(again.items[i].seq, first.items[i].seq);
		assert_int_equal(again.items[i].n, (int64_t)i + 1);
		assert_int_equal(again.items[i].verdict, VERDICT_APPLIED);
	}
	assert_int_equal(again.items[3].verdict, VERDICT_APPLIED);
	assert_int_equal(again.items[3].seq, head + 1);
	assert_int_equal(head_of(world, &desk), head + 1); /* nothing twice */
	assert_int_equal(session_n(world, &copy), 4);
	/* the original goes on as if nothing had been */
	acts[0] = note_of(world, &desk, &id, 6, "the original's next");
	assert_int_equal(send_batch(world, &desk, acts, 1, 5).items[0].verdict, VERDICT_APPLIED);
}

/* An answer is its author's: not everybody who can make up the body hears it. */
static void test_answers_are_the_authors(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct desk other = enroll(world, "zhongxin", "duty", "Li");
	struct uuid id = new_id(world);
	struct act act;
	struct acts_answer answers;

	register_one(world, &desk, &id, "t");
	act = note_of(world, &desk, &id, 2, "mine");
	send_batch(world, &desk, &act, 1, 1);
	act = moved(&act, &other, 1);
	answers = send_batch(world, &other, &act, 1, 0);
	assert_int_equal(answers.items[0].verdict, VERDICT_REFUSED);
	assert_int_equal(answers.items[0].code, ERR_EXISTS);
}

static void test_console_needs_a_session(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");

	ask(world, 401, "POST", "/v1/console", NULL, NULL, "{}");
	ask(world, 400, "POST", "/v1/console", NULL, desk.token, "");
	ask(world, 400, "POST", "/v1/console", NULL, desk.token, "{\"console_name\":\"\\u202e\"}");
	ask(world, 200, "DELETE", "/v1/session", "keep=upload", desk.token, NULL);
	ask(world, 401, "POST", "/v1/console", NULL, desk.token, "{}");
}

/* A console that goes on for another was away when that was: its acts keep their claimed time. */
static void test_claims_of_a_copy(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang"), copy;
	int64_t start = world->clock.now, hour = INT64_C(3600000), n;
	struct uuid id = new_id(world);
	struct act act;

	world->clock.now = start + 2 * hour;
	copy = renew(world, &desk, &n);
	act = act_begin(world, &copy, "register", &id, 0);
	act_say(world, &act, "title", "while away");
	act.at = start + hour;
	send_act(world, &copy, &act);
	assert_int_equal(feed_of(world, &copy, 2, "").items[0].entry.eff, start + hour);
}

/* --- sessions say the number ------------------------------------------------------------------- */

static void test_session_number(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct session_ask login = { .console = desk.console, .officer = "Wang", .pin = "1234" };
	struct session_answer answer;
	struct uuid id = new_id(world);
	struct str body = STR_INIT;
	const char *text;

	assert_int_equal(session_n(world, &desk), 0);
	register_one(world, &desk, &id, "t");
	note_on(world, &desk, &id, "x");
	session_ask_encode(&login, &body);
	text = ask(world, 200, "POST", "/v1/session", NULL, NULL, body.s);
	OK(session_answer_decode(text, strlen(text), &world->arena, &answer, NULL));
	assert_int_equal(answer.n, 2);
	text = ask(world, 200, "POST", "/v1/enroll", NULL, NULL,
		   enroll_body(world, code_for(world, ""), "Li", "1234"));
	OK(session_answer_decode(text, strlen(text), &world->arena, &answer, NULL));
	assert_int_equal(answer.n, 0);
	str_release(&body);
}

/* --- restored servers -------------------------------------------------------------------------- */

static void take_backup(struct world *world)
{
	char path[128];

	snprintf(path, sizeof path, "%s/backup", world->path);
	OK(service_backup(world->service, path, NULL, 0, true, NULL));
}

static void restore(struct world *world)
{
	struct service_config config = world_config(world);
	struct verify_report report;
	struct error err = ERROR_INIT;
	char path[128];

	snprintf(path, sizeof path, "%s/backup", world->path);
	service_stop(world->service);
	service_close(world->service);
	config.db->destroy(config.where);
	if (service_restore(&config, path, NULL, NULL, &report, &err) != ERR_OK)
		fail_msg("%s", err.text);
	world_open(world);
}

static void epoch_now(struct world *world, char epoch[ACT_EPOCH])
{
	struct service_stand stand;

	OK(service_stand(world->service, &stand, NULL));
	memcpy(epoch, stand.epoch, ACT_EPOCH - 1);
	epoch[ACT_EPOCH - 1] = '\0';
}

/* What the backup did not have is sent again and stands there once; what it had is answered alike. */
static void test_restored_server(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world);
	struct act acts[6];
	struct acts_answer before, after;
	struct error_answer need;
	const char *body;
	int64_t head;

	register_one(world, &desk, &id, "t");
	for (int i = 0; i < 6; i++)
		acts[i] = note_of(world, &desk, &id, i + 2, "note");
	before = send_batch(world, &desk, acts, 2, 1);
	take_backup(world);
	send_batch(world, &desk, acts + 2, 3, 3);
	restore(world);

	assert_int_equal(session_n(world, &desk), 3);
	body = post(world, 409, &desk, acts + 5, 1, 6);
	OK(error_answer_decode(body, strlen(body), &world->arena, &need, NULL));
	assert_string_equal(need.error, "NEED");
	assert_int_equal(need.need, 4);
	head = head_of(world, &desk);
	after = send_batch(world, &desk, acts, 6, 1);
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(after.items[i].verdict, VERDICT_APPLIED);
		if (i < 2)
			assert_int_equal(after.items[i].seq, before.items[i].seq);
		else
			assert_int_equal(after.items[i].seq, head + (int64_t)i - 1);
	}
	assert_int_equal(head_of(world, &desk), head + 4);
	send_batch(world, &desk, acts, 6, 1);
	assert_int_equal(head_of(world, &desk), head + 4);
}

static struct act fix_of(struct world *world, const struct desk *desk, const struct uuid *id,
			 int64_t base, const char *epoch, const char *field, const char *text)
{
	struct act act = act_begin(world, desk, "fix", id, base);

	memcpy(act.epoch, epoch, ACT_EPOCH);
	act_say(world, &act, field, text);
	return act;
}

/* A base of before the restore counts as far as the history is the same. */
static const struct {
	bool lost;	   /* the author saw an entry that the backup did not have */
	const char *theirs; /* title that somebody gives after the restore; NULL: none does */
	bool strange;	   /* the act's epoch is one that these data do not come from */
	enum verdict verdict;
	const char *title;
} restored[] = {
	{ false, NULL, false, VERDICT_APPLIED, "mine" },
	{ false, "theirs", false, VERDICT_MERGED, "theirs" },
	{ true, NULL, false, VERDICT_APPLIED, "mine" },
	{ true, "theirs", false, VERDICT_MERGED, "theirs" },
	{ false, "theirs", true, VERDICT_APPLIED, "mine" }, /* nobody can tell: as it was sent */
};

static void test_base_of_before(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(restored); i++) {
		void *made;
		struct world *world;
		struct desk a, b;
		struct uuid id;
		struct act act;
		struct act_answer answer;
		const struct incident *now;
		void *entity;
		struct answer_head head;
		char epoch[ACT_EPOCH], text[UUID_TEXT];
		const char *body;

		world_make(&made);
		world = made;
		a = enroll(world, "zhongxin", "duty", "Wang");
		b = enroll(world, "zhongxin", "duty", "Li");
		id = new_id(world);
		register_one(world, &b, &id, "first");
		epoch_now(world, epoch);
		take_backup(world);
		if (restored[i].lost)
			note_on(world, &b, &id, "not in the backup");
		restore(world);
		b.n = 1;
		if (restored[i].theirs != NULL) {
			char own[ACT_EPOCH];

			epoch_now(world, own);
			act = fix_of(world, &b, &id, 1, own, "title", restored[i].theirs);
			assert_int_equal(send_act(world, &b, &act).verdict, VERDICT_APPLIED);
		}
		act = fix_of(world, &a, &id, restored[i].lost ? 2 : 1,
			     restored[i].strange ? "00000000" : epoch, "title", "mine");
		answer = send_act(world, &a, &act);
		uuid_text(&id, text);
		body = ask(world, 200, "GET", arena_printf(&world->arena, "/v1/entities/%s", text),
			   NULL, a.token, NULL);
		OK(entity_answer_decode(body, strlen(body), &world->arena, &head, &entity, NULL));
		now = entity;
		if (answer.verdict != restored[i].verdict ||
		    strcmp(now->title, restored[i].title) != 0)
			fail_msg("%zu: %d, \"%s\"", i, answer.verdict, now->title);
		world_free(&made);
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, world_make, world_free)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		T(holes_in_a_batch),
		T(other_body_blocks_nothing),
		T(same_body),
		T(copied_console),
		T(answers_are_the_authors),
		T(console_needs_a_session),
		T(claims_of_a_copy),
		T(session_number),
		T(restored_server),
		cmocka_unit_test(test_base_of_before),
	};

	return cmocka_run_group_tests_name("server order", tests, NULL, NULL);
}
