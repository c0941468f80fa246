#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "random_help.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/incident.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/message.h"

#define EPOCH "00112233445566778899aabbccddeeff"
static const struct answer_head head = { EPOCH, 1790000000000, PROTOCOL_VERSION };

static void assert_head(const struct answer_head *got)
{
	assert_string_equal(got->epoch, EPOCH);
	assert_true(got->now == head.now && got->version == head.version);
}

/* The tables of members stand in key order. */
static void assert_canonical(const struct str *bytes)
{
	json_t *json = json_loadb(bytes->s, bytes->len, JSON_REJECT_DUPLICATES, NULL);
	char *dump;

	assert_non_null(json);
	dump = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	assert_string_equal(dump, bytes->s);
	free(dump);
	json_decref(json);
}

static void test_enroll(void **state)
{
	const struct enroll_ask ask = { "AB-CD", NULL, "1234", "前台\"1\"" };
	struct arena arena = ARENA_INIT;
	struct str out = STR_INIT;
	struct enroll_ask back;

	(void)state;
	enroll_ask_encode(&ask, &out);
	assert_string_equal(out.s, "{\"code\":\"AB-CD\",\"console_name\":\"前台\\\"1\\\"\",\"pin\":\"1234\"}");
	assert_int_equal(enroll_ask_decode(out.s, out.len, &arena, &back, NULL), ERR_OK);
	assert_string_equal(back.code, "AB-CD");
	assert_null(back.name);
	assert_string_equal(back.console_name, ask.console_name);
	str_release(&out);
	arena_release(&arena);
}

static void test_session(void **state)
{
	const struct session_answer answer = { head, uuid_named("c"), "tok", "李敏", "zhongxin",
					       "duty", "p", "q", "天宁", 0 };
	const struct session_ask ask = { uuid_named("c"), "李敏", "1234" };
	struct arena arena = ARENA_INIT;
	struct str out = STR_INIT;
	struct session_answer back;
	struct session_ask ask_back;

	(void)state;
	session_answer_encode(&answer, &out);
	assert_canonical(&out);
	assert_int_equal(session_answer_decode(out.s, out.len, &arena, &back, NULL), ERR_OK);
	assert_head(&back.head);
	assert_true(uuid_eq(&back.console, &answer.console));
	assert_string_equal(back.token, "tok");
	assert_string_equal(back.officer, "李敏");
	assert_string_equal(back.org, "zhongxin");
	assert_string_equal(back.role, "duty");
	assert_string_equal(back.profile, "p");
	assert_string_equal(back.calendar, "q");
	assert_string_equal(back.jurisdiction, "天宁");
	assert_true(back.n == 0 && strstr(out.s, "\"n\":0") != NULL);
	back.n = -1; /* not said */
	str_clear(&out);
	session_answer_encode(&back, &out);
	assert_null(strstr(out.s, "\"n\":"));
	back.n = 5;
	assert_int_equal(session_answer_decode(out.s, out.len, &arena, &back, NULL), ERR_OK);
	assert_true(back.n == -1);
	str_clear(&out);
	session_ask_encode(&ask, &out);
	assert_canonical(&out);
	assert_int_equal(session_ask_decode(out.s, out.len, &arena, &ask_back, NULL), ERR_OK);
	assert_true(uuid_eq(&ask.console, &ask_back.console));
	assert_string_equal(ask_back.pin, "1234");
	str_release(&out);
	arena_release(&arena);
}

static void test_error_and_plain(void **state)
{
	const struct error_answer answer = { head, "NEED", "第 7 号缺失", 7 };
	const struct plain_answer plain = { head };
	struct arena arena = ARENA_INIT;
	struct str out = STR_INIT;
	struct error_answer back;
	struct plain_answer plain_back;

	(void)state;
	error_answer_encode(&answer, &out);
	assert_canonical(&out);
	assert_int_equal(error_answer_decode(out.s, out.len, &arena, &back, NULL), ERR_OK);
	assert_head(&back.head);
	assert_string_equal(back.error, "NEED");
	assert_string_equal(back.sentence, answer.sentence);
	assert_int_equal(back.need, 7);
	str_clear(&out);
	plain_answer_encode(&plain, &out);
	assert_string_equal(out.s, "{\"epoch\":\"" EPOCH "\",\"now\":1790000000000,\"version\":1}");
	assert_int_equal(plain_answer_decode(out.s, out.len, &arena, &plain_back, NULL), ERR_OK);
	assert_head(&plain_back.head);
	str_release(&out);
	arena_release(&arena);
}

static void test_digest(void **state)
{
	struct digest_answer answer = { .head = head, .seq = 0 }, back;
	struct digest_pair pairs[2] = { { uuid_named("a"), 3 }, { uuid_named("b"), 4 } };
	struct arena arena = ARENA_INIT;
	struct str out = STR_INIT;
	uint64_t hash = digest_hash(pairs, 2);

	(void)state;
	for (int i = 0; i < DIGEST_BUCKETS; i++)
		answer.buckets[i] = UINT64_C(0xfedcba9876543210) + (uint64_t)i;
	digest_answer_encode(&answer, &out);
	assert_canonical(&out);
	assert_int_equal(digest_answer_decode(out.s, out.len, &arena, &back, NULL), ERR_OK);
	assert_memory_equal(back.buckets, answer.buckets, sizeof back.buckets);
	assert_int_equal(back.seq, 0);
	assert_true(digest_hash(pairs, 2) == hash);
	pairs[1].version++;
	assert_true(digest_hash(pairs, 2) != hash);
	assert_true(digest_hash(NULL, 0) == UINT64_C(0xe3b0c44298fc1c14)); /* SHA-256 of nothing */
	pairs[0].id.b[15] = 0xC5;
	assert_int_equal(digest_bucket(&pairs[0].id), 5);
	str_release(&out);
	arena_release(&arena);
}

static void test_hostile(void **state)
{
	static const struct {
		const char *json, *sentence;
	} cases[] = {
		{ "{\"code\":\"a\",\"pin\":\"b\",\"new\":[1.5]}", NULL },
		{ "{\"code\":\"a\",\"pin\":\"b\",\"name\":null}", NULL },
		{ "{\"code\":\"a\"}", "pin" },
		{ "{\"code\":null,\"pin\":\"b\"}", "code" },
		{ "{\"code\":5,\"pin\":\"b\"}", "code" },
		{ "{\"code\":\"a\",\"pin\":\"b\",\"name\":5}", "name" },
		{ "{\"code\":\"a\",\"pin\":\"b\",\"pin\":\"c\"}", "uplicate" },
		{ "[\"code\"]", "object" },
		{ "", "JSON" },
	};
	struct arena arena = ARENA_INIT;
	struct str longest = STR_INIT;
	struct enroll_ask ask;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct error err = ERROR_INIT;
		enum err code = enroll_ask_decode(cases[i].json, strlen(cases[i].json), &arena,
						  &ask, &err);

		if (!cases[i].sentence ? code != ERR_OK
				       : !code || !strstr(err.text, cases[i].sentence))
			fail_msg("%s: %d %s", cases[i].json, code, err.text);
	}
	str_add(&longest, "{\"code\":\"");
	str_add_repeat(&longest, 'x', 401);
	str_add(&longest, "\",\"pin\":\"1\"}");
	assert_int_equal(enroll_ask_decode(longest.s, longest.len, &arena, &ask, NULL), ERR_INPUT);
	str_release(&longest);
	arena_release(&arena);
}

/* --- acts and answers -------------------------------------------------------------------------- */

static void test_acts_batch(void **state)
{
	const struct uuid console = uuid_named("console");
	struct str out = STR_INIT, act_bytes = STR_INIT;
	struct error err = ERROR_INIT;
	struct acts_ask ask;
	struct act acts[3];
	struct random r;

	(void)state;
	random_init(&r, 11);
	acts_ask_begin(&out);
	for (int i = 0; i < 3; i++) {
		random_act(&r, act_desc_find("note"), &acts[i]);
		acts[i].n = i + 5;
		str_clear(&act_bytes);
		act_encode(&acts[i], &act_bytes);
		if (i == 1) { /* of a newer console */
			char *verb = strstr(act_bytes.s, "\"note\"}");

			memcpy(verb, "\"nova\"", 6);
		}
		acts_ask_add(&out, act_bytes.s, act_bytes.len);
	}
	acts_ask_end(&out, &console, 77, 4);
	if (acts_ask_decode(out.s, out.len, &r.arena, &ask, &err))
		fail_msg("%s", err.text);
	assert_true(uuid_eq(&ask.console, &console));
	assert_int_equal(ask.now, 77);
	assert_int_equal(ask.prev, 4);
	assert_int_equal(ask.n, 3);
	for (int i = 0; i < 3; i++) {
		assert_true(uuid_eq(&ask.items[i].id, &acts[i].id));
		assert_int_equal(ask.items[i].n, i + 5);
		assert_int_equal(ask.items[i].bad, i == 1 ? ERR_INPUT : ERR_OK);
	}
	assert_non_null(strstr(ask.items[1].sentence, "nova"));
	str_release(&out);
	str_release(&act_bytes);
	random_release(&r);
}

static void test_too_many_acts(void **state)
{
	const struct uuid console = uuid_named("console");
	struct str out = STR_INIT, act_bytes = STR_INIT;
	struct acts_ask ask;
	struct act act;
	struct random r;

	(void)state;
	random_init(&r, 12);
	random_act(&r, act_desc_find("note"), &act);
	act.n = 1;
	act_encode(&act, &act_bytes);
	acts_ask_begin(&out);
	for (int i = 0; i <= ACTS_MAX; i++)
		acts_ask_add(&out, act_bytes.s, act_bytes.len);
	acts_ask_end(&out, &console, 1, -1);
	assert_int_equal(acts_ask_decode(out.s, out.len, &r.arena, &ask, NULL), ERR_INPUT);
	str_release(&out);
	str_release(&act_bytes);
	random_release(&r);
}

static void assert_by(const struct answer_by *a, const struct answer_by *b)
{
	assert_true(str_eq(a->officer, b->officer) && str_eq(a->org, b->org));
	assert_true(str_eq(a->verb, b->verb) && a->at == b->at && a->seq == b->seq);
}

static void test_prev(void **state)
{
	static const struct {
		int64_t put, got;
	} cases[] = { { -1, -1 }, { 0, 0 }, { 1, 1 }, { INT64_MAX, INT64_MAX } };
	const struct uuid console = uuid_named("console");
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;
		struct acts_ask ask;

		acts_ask_begin(&out);
		acts_ask_end(&out, &console, 1, cases[i].put);
		assert_canonical(&out);
		assert_int_equal(acts_ask_decode(out.s, out.len, &arena, &ask, NULL), ERR_OK);
		assert_int_equal(ask.prev, cases[i].got);
		str_release(&out);
	}
	arena_release(&arena);
}

static void test_answers(void **state)
{
	struct str out = STR_INIT, one = STR_INIT;
	struct acts_answer back;
	struct random r;

	(void)state;
	random_init(&r, 13);
	const struct act_answer answers[] = {
		{ .id = uuid_named("1"), .n = 1, .verdict = VERDICT_APPLIED, .seq = 9, .version = 2,
		  .number = "20261122-0417" },
		{ .id = uuid_named("2"), .n = 2, .verdict = VERDICT_APPLIED, .seq = 10,
		  .version = 3 },
		{ .id = uuid_named("3"), .n = 3, .verdict = VERDICT_MERGED, .seq = 11, .version = 4,
		  .note = "地址保留原值", .by = { .officer = "李", .at = -1, .seq = 3 } },
		{ .id = uuid_named("4"), .n = 4, .verdict = VERDICT_REFUSED, .code = ERR_REFUSED,
		  .sentence = "已由王建国 02:40 交办", .state = random_entity(&r, KIND_INCIDENT),
		  .by = { "王建国", "zhongxin", "assign", 1790000000000, 41 } },
		{ .id = uuid_named("5"), .n = 5, .verdict = VERDICT_REFUSED, .code = ERR_DENIED,
		  .sentence = "no" },
		{ .id = uuid_named("6"), .n = 6, .verdict = VERDICT_RETRY, .after = 30 },
	};
	acts_answer_begin(&out);
	for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
		str_clear(&one);
		act_answer_encode(&answers[i], &one);
		acts_answer_add(&out, one.s, one.len);
	}
	acts_answer_end(&out, &head);
	assert_canonical(&out);
	assert_int_equal(acts_answer_decode(out.s, out.len, &r.arena, &back, NULL), ERR_OK);
	assert_head(&back.head);
	assert_int_equal(back.n, ARRAY_LEN(answers));
	for (size_t i = 0; i < back.n; i++) {
		const struct act_answer *a = &answers[i], *b = &back.items[i];

		assert_true(uuid_eq(&a->id, &b->id) && a->n == b->n && a->verdict == b->verdict);
		assert_true(a->seq == b->seq && a->version == b->version && a->code == b->code);
		assert_true(str_eq(a->number, b->number) && str_eq(a->note, b->note));
		assert_true(str_eq(a->sentence, b->sentence) && a->after == b->after);
		assert_true((a->state != NULL) == (b->state != NULL));
		assert_by(&a->by, &b->by);
		if (a->state)
			assert_true(entity_eq(a->state, b->state));
	}
	str_release(&out);
	str_release(&one);
	random_release(&r);
}

static void test_console(void **state)
{
	static const struct {
		const char *json, *name;
	} cases[] = { { "{}", NULL }, { "{\"console_name\":\"前台\"}", "前台" } };
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct console_ask ask = { .console_name = cases[i].name };
		struct str out = STR_INIT;

		console_ask_encode(&ask, &out);
		assert_string_equal(str_get(&out), cases[i].json);
		ask.console_name = "x";
		assert_int_equal(console_ask_decode(out.s, out.len, &arena, &ask, NULL), ERR_OK);
		assert_true(str_eq(ask.console_name, cases[i].name));
		str_release(&out);
	}
	arena_release(&arena);
}

static void test_pairs(void **state)
{
	struct digest_pair pairs[3] = { { uuid_named("a"), 1 }, { uuid_named("b"), INT64_MAX },
					{ uuid_named("c"), 0 } };
	static const struct {
		const char *pairs, *sentence;
	} bad[] = {
		{ "5", "pairs" },
		{ "[5]", "pairs" },
		{ "[[]]", "pairs" },
		{ "[[\"x\",1]]", "pairs" },
		{ "[[\"0192f000-0000-7000-8000-000000000001\"]]", "pairs" },
		{ "[[\"0192f000-0000-7000-8000-000000000001\",\"1\"]]", "pairs" },
		{ "[[\"0192f000-0000-7000-8000-000000000001\",1,2]]", "pairs" },
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t n = 0; n <= ARRAY_LEN(pairs); n++) {
		struct digest_pairs_answer answer = { head, 99, { pairs, n } }, back;
		struct str out = STR_INIT;

		digest_pairs_answer_encode(&answer, &out);
		assert_canonical(&out);
		assert_int_equal(digest_pairs_answer_decode(out.s, out.len, &arena, &back, NULL),
				 ERR_OK);
		assert_head(&back.head);
		assert_int_equal(back.seq, 99);
		assert_int_equal(back.pairs.n, n);
		for (size_t i = 0; i < n; i++)
			assert_true(uuid_eq(&back.pairs.items[i].id, &pairs[i].id) &&
				    back.pairs.items[i].version == pairs[i].version);
		str_release(&out);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		const char *json = arena_printf(&arena, "{\"now\":1,\"pairs\":%s,\"seq\":1,"
							"\"version\":1}", bad[i].pairs);
		struct digest_pairs_answer back;
		struct error err = ERROR_INIT;

		if (digest_pairs_answer_decode(json, strlen(json), &arena, &back, &err) !=
			    ERR_INPUT ||
		    !strstr(err.text, bad[i].sentence))
			fail_msg("%s: %s", json, err.text);
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_enroll),
		cmocka_unit_test(test_session),
		cmocka_unit_test(test_error_and_plain),
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_acts_batch),
		cmocka_unit_test(test_too_many_acts),
		cmocka_unit_test(test_prev),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_console),
		cmocka_unit_test(test_pairs),
	};

	return cmocka_run_group_tests_name("wire/message", tests, NULL, NULL);
}
