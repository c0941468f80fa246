#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "random_help.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/incident.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/entry.h"
#include "zhiban/wire/feed.h"

static const struct answer_head head = { "00112233445566778899aabbccddeeff", 5, 1 };

static void test_feed(void **state)
{
	const struct act_answer ack = { .id = uuid_named("a"), .n = 3, .verdict = VERDICT_APPLIED,
					.seq = 4, .version = 5 };
	struct str out = STR_INIT, bytes = STR_INIT, again = STR_INIT;
	struct uuid gone = uuid_named("gone");
	uint8_t hash[SHA256_LEN] = { 1, 2, 3 };
	struct error err = ERROR_INIT;
	struct feed_answer back;
	struct entry entry;
	void *entity;
	struct random r;

	(void)state;
	random_init(&r, 21);
	feed_begin(&out);
	random_entry(&r, &entry);
	entry_canonical(&entry, &bytes);
	feed_entry(&out, bytes.s, bytes.len, hash);
	entity = random_entity(&r, KIND_INCIDENT);
	str_clear(&bytes);
	entity_encode(entity, &bytes);
	feed_whole(&out, bytes.s, bytes.len, 44);
	feed_drop(&out, KIND_INCIDENT, &gone);
	str_clear(&bytes);
	act_answer_encode(&ack, &bytes);
	feed_ack(&out, bytes.s, bytes.len);
	str_add(&out, ",{\"weather\":{\"rain\":1}}");
	feed_end(&out, &head, 100, 120);
	if (feed_answer_decode(out.s, out.len, &r.arena, &back, &err))
		fail_msg("%s\n%s", err.text, out.s);
	assert_int_equal(back.n, 5);
	assert_true(back.next == 100 && back.head_seq == 120 && back.head.now == 5);
	assert_int_equal(back.items[0].kind, FEED_ENTRY);
	assert_memory_equal(back.items[0].entry.hash, hash, sizeof hash);
	str_clear(&bytes);
	entry_canonical(&entry, &bytes);
	entry_canonical(&back.items[0].entry, &again);
	assert_string_equal(bytes.s, again.s);
	assert_int_equal(back.items[1].kind, FEED_WHOLE);
	assert_true(entity_eq(back.items[1].entity, entity));
	assert_int_equal(back.items[1].timeline_to, 44);
	assert_int_equal(back.items[2].kind, FEED_DROP);
	assert_true(uuid_eq(&back.items[2].drop_id, &gone));
	assert_int_equal(back.items[3].kind, FEED_ACK);
	assert_int_equal(back.items[3].answer.seq, 4);
	assert_int_equal(back.items[4].kind, FEED_UNKNOWN);
	assert_string_equal(back.items[4].raw, "{\"weather\":{\"rain\":1}}");
	str_release(&out);
	str_release(&bytes);
	str_release(&again);
	random_release(&r);
}

static void test_empty_feed(void **state)
{
	struct arena arena = ARENA_INIT;
	struct str out = STR_INIT;
	struct feed_answer back;

	(void)state;
	feed_begin(&out);
	feed_end(&out, &head, 7, 7);
	assert_int_equal(feed_answer_decode(out.s, out.len, &arena, &back, NULL), ERR_OK);
	assert_int_equal(back.n, 0);
	assert_true(out.len < 150); /* an idle answer stays small */
	str_release(&out);
	arena_release(&arena);
}

static void test_hostile_feed(void **state)
{
	static const char *const cases[] = {
		"{\"items\":{},\"next\":1,\"head\":1,\"now\":1,\"version\":1}",
		"{\"items\":[7],\"next\":1,\"head\":1,\"now\":1,\"version\":1}",
		"{\"items\":[{\"entry\":[]}],\"next\":1,\"head\":1,\"now\":1,\"version\":1}",
		"{\"items\":[{\"whole\":5}],\"next\":1,\"head\":1,\"now\":1,\"version\":1}",
		"{\"items\":[{\"drop\":{\"kind\":7,\"id\":\"0190f5fe-7c00-7a00-8000-000000000001\"}}],"
		"\"next\":1,\"head\":1,\"now\":1,\"version\":1}",
		"{\"items\":[{\"ack\":{}}],\"next\":1,\"head\":1,\"now\":1,\"version\":1}",
		"{\"items\":[],\"head\":1,\"now\":1,\"version\":1}",
		"{\"items\":[],\"next\":1,\"head\":1,\"version\":1}",
		"{\"items\":[],\"next\":1,\"head\":1,\"now\":1}",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena arena = ARENA_INIT;
		struct feed_answer back = { .n = 99 };

		if (feed_answer_decode(cases[i], strlen(cases[i]), &arena, &back, NULL) != ERR_INPUT)
			fail_msg("%s", cases[i]);
		assert_int_equal(back.n, 99);
		arena_release(&arena);
	}
}

/* What a newer server tells does not spoil what is known: verbs, arguments, kinds. */
static void test_of_a_newer_server(void **state)
{
#define NEW_ID "\"id\":\"0190f5fe-7c00-7a00-8000-000000000001\""
	static const char page[] =
		"{\"items\":["
		"{\"entry\":{\"act\":{\"actor\":{\"officer\":\"li\"},\"args\":{\"when\":[1,{}]},\"at\":1,"
		NEW_ID ",\"target\":[{\"base\":1," NEW_ID ",\"kind\":\"incident\"}],"
		"\"verb\":\"teleport\"},\"eff\":3,\"effects\":["
		"{\"from\":0," NEW_ID ",\"kind\":\"dragon\",\"set\":{\"fire\":1},\"to\":1},"
		"{\"from\":1," NEW_ID ",\"kind\":\"incident\",\"set\":{\"title\":\"moved\"},\"to\":2}],"
		"\"recv\":2,\"seq\":5}},"
		"{\"entry\":{\"act\":{\"actor\":{},\"args\":{\"mood\":\"good\",\"note\":\"x\"},\"at\":1,"
		NEW_ID ",\"target\":[{\"base\":1," NEW_ID ",\"kind\":\"dragon\"}],"
		"\"verb\":\"note\"},\"eff\":3,\"effects\":[],\"recv\":2,\"seq\":6}},"
		"{\"whole\":{" NEW_ID ",\"kind\":\"dragon\",\"seq\":1,\"version\":1}},"
		"{\"drop\":{" NEW_ID ",\"kind\":\"dragon\"}}],"
		"\"next\":6,\"head\":6,\"now\":1,\"version\":2}";
	static const char line[] = "{\"entity\":{" NEW_ID ",\"kind\":\"dragon\",\"seq\":1,\"version\":1}}";
	static const char entity[] = "{\"entity\":{" NEW_ID ",\"kind\":\"dragon\",\"seq\":1,"
				     "\"version\":1},\"now\":1,\"version\":2}";
	struct arena arena = ARENA_INIT;
	struct str again = STR_INIT;
	struct snapshot_line shot;
	struct feed_answer back;
	struct answer_head got;
	struct entry entry;
	void *dragon = &shot;

	(void)state;
	assert_int_equal(feed_answer_decode(page, strlen(page), &arena, &back, NULL), ERR_OK);
	assert_int_equal(back.n, 4);
	assert_string_equal(back.items[0].entry.act.verb, "teleport");
	assert_true(back.items[0].entry.act.desc == act_desc_unknown());
	assert_int_equal(back.items[0].entry.n_effects, 1);
	assert_int_equal(back.items[0].entry.effects[0].to, 2);
	entry_canonical(&back.items[0].entry, &again); /* as a line of the timeline is kept */
	assert_int_equal(entry_decode(again.s, again.len, &arena, &entry, NULL), ERR_OK);
	assert_string_equal(act_verb(&entry.act), "teleport");
	assert_string_equal(act_text(&back.items[1].entry.act, "note"), "x");
	assert_null(back.items[1].entry.act.verb);
	assert_int_equal(back.items[2].kind, FEED_UNKNOWN);
	assert_int_equal(back.items[3].kind, FEED_UNKNOWN);
	assert_int_equal(snapshot_line_decode(line, strlen(line), &arena, &shot, NULL), ERR_OK);
	assert_int_equal(shot.kind, SNAPSHOT_UNKNOWN);
	assert_int_equal(entity_answer_decode(entity, strlen(entity), &arena, &got, &dragon, NULL),
			 ERR_OK);
	assert_null(dragon);
	str_release(&again);
	arena_release(&arena);
}

/* --- snapshot ---------------------------------------------------------------------------------- */

struct got {
	struct arena arena;
	enum snapshot_kind kinds[8];
	struct snapshot_line lines[8];
	size_t n;
};

static enum err take(void *ctx, const char *line, size_t len, struct error *err)
{
	struct got *got = ctx;
	enum err code = snapshot_line_decode(line, len, &got->arena, &got->lines[got->n], err);

	got->kinds[got->n] = got->lines[got->n].kind;
	got->n++;
	return code;
}

/* The same lines come out whatever the pieces are they came in. */
static void test_snapshot_in_pieces(void **state)
{
	const struct snapshot_line first = { .head = head, .seq = 9, .total = 2, .profile = "p",
					     .calendar = "c" };
	struct str page = STR_INIT, bytes = STR_INIT;
	void *entity;
	struct random r;

	(void)state;
	random_init(&r, 31);
	entity = random_entity(&r, KIND_PERSON);
	entity_encode(entity, &bytes);
	snapshot_head(&page, &first);
	snapshot_entity(&page, bytes.s, bytes.len);
	str_add(&page, "{\"later\":1}\n");
	snapshot_next(&page, "open|\"1\"");
	snapshot_end(&page);
	for (size_t piece = 1; piece < page.len + 2; piece += piece < 40 ? 1 : 37) {
		struct got got = { .n = 0 };
		struct line_cutter cutter;
		struct error err = ERROR_INIT;

		lines_init(&cutter);
		for (size_t at = 0; at < page.len; at += piece) {
			size_t n = page.len - at < piece ? page.len - at : piece;

			if (lines_push(&cutter, page.s + at, n, take, &got, &err))
				fail_msg("%s", err.text);
		}
		assert_int_equal(lines_end(&cutter, take, &got, &err), ERR_OK);
		assert_int_equal(got.n, 5);
		assert_int_equal(got.kinds[0], SNAPSHOT_HEAD);
		assert_true(got.lines[0].seq == 9 && got.lines[0].total == 2);
		assert_string_equal(got.lines[0].profile, "p");
		assert_string_equal(got.lines[0].head.epoch, head.epoch);
		assert_int_equal(got.kinds[1], SNAPSHOT_ENTITY);
		assert_true(entity_eq(got.lines[1].entity, entity));
		assert_int_equal(got.kinds[2], SNAPSHOT_UNKNOWN);
		assert_int_equal(got.kinds[3], SNAPSHOT_NEXT);
		assert_string_equal(got.lines[3].next, "open|\"1\"");
		assert_int_equal(got.kinds[4], SNAPSHOT_END);
		lines_release(&cutter);
		arena_release(&got.arena);
	}
	str_release(&page);
	str_release(&bytes);
	random_release(&r);
}

static enum err never(void *ctx, const char *line, size_t len, struct error *err)
{
	(void)ctx;
	(void)line;
	(void)len;
	(void)err;
	fail();
	return ERR_OK;
}

static void test_endless_line(void **state)
{
	struct line_cutter cutter;
	char piece[4096];
	enum err code = ERR_OK;
	size_t total = 0;

	(void)state;
	memset(piece, ' ', sizeof piece);
	lines_init(&cutter);
	while (!code && total < 4 * SNAPSHOT_LINE_MAX) {
		code = lines_push(&cutter, piece, sizeof piece, never, NULL, NULL);
		total += sizeof piece;
	}
	assert_int_equal(code, ERR_TOO_LARGE);
	assert_true(total <= SNAPSHOT_LINE_MAX + sizeof piece);
	lines_release(&cutter);
}

static void test_entity_and_timeline(void **state)
{
	uint8_t hash[SHA256_LEN] = { 7 };
	struct str out = STR_INIT, bytes = STR_INIT;
	struct timeline_answer timeline;
	struct answer_head got;
	struct entry entry;
	void *entity, *back;
	struct random r;

	(void)state;
	random_init(&r, 41);
	entity = random_entity(&r, KIND_ORG);
	entity_encode(entity, &bytes);
	entity_answer(&out, bytes.s, bytes.len, &head);
	assert_int_equal(entity_answer_decode(out.s, out.len, &r.arena, &got, &back, NULL), ERR_OK);
	assert_true(entity_eq(entity, back));
	assert_string_equal(got.epoch, head.epoch);
	for (int n = 0; n < 3; n++) {
		str_clear(&out);
		timeline_begin(&out);
		for (int i = 0; i < n; i++) {
			random_entry(&r, &entry);
			str_clear(&bytes);
			entry_canonical(&entry, &bytes);
			timeline_entry(&out, bytes.s, bytes.len, hash);
		}
		timeline_end(&out, &head, n == 1);
		assert_int_equal(timeline_answer_decode(out.s, out.len, &r.arena, &timeline, NULL),
				 ERR_OK);
		assert_int_equal(timeline.n, n);
		assert_int_equal(timeline.end, n == 1);
		if (n)
			assert_memory_equal(timeline.entries[n - 1].hash, hash, sizeof hash);
	}
	str_release(&out);
	str_release(&bytes);
	random_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_feed),
		cmocka_unit_test(test_empty_feed),
		cmocka_unit_test(test_hostile_feed),
		cmocka_unit_test(test_of_a_newer_server),
		cmocka_unit_test(test_snapshot_in_pieces),
		cmocka_unit_test(test_endless_line),
		cmocka_unit_test(test_entity_and_timeline),
	};

	return cmocka_run_group_tests_name("wire/feed", tests, NULL, NULL);
}
