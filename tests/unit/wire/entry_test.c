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
#include "zhiban/wire/entry.h"

enum { ROUNDS = 300 };

static void assert_canonical(const struct str *bytes)
{
	json_error_t why;
	json_t *json = json_loadb(bytes->s, bytes->len, JSON_REJECT_DUPLICATES, &why);
	char *dump;

	assert_non_null(json);
	dump = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	assert_string_equal(dump, bytes->s);
	free(dump);
	json_decref(json);
}

static void assert_same_phone(const struct by_phone *a, const struct by_phone *b)
{
	size_t n;
	const struct field *fields = by_phone_fields(&n);

	for (size_t i = 0; i < n; i++)
		assert_true(value_eq(field_get(&fields[i], a), field_get(&fields[i], b)));
}

static void assert_same_act(const struct act *a, const struct act *b)
{
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_args(a->desc, args);

	assert_true(uuid_eq(&a->id, &b->id));
	assert_true(uuid_eq(&a->console, &b->console));
	assert_true(a->desc == b->desc);
	assert_true(a->n == b->n && a->at == b->at);
	assert_true(a->target.kind == b->target.kind && a->target.base == b->target.base);
	assert_true(uuid_eq(&a->target.id, &b->target.id));
	assert_true(uuid_eq(&a->after, &b->after));
	assert_string_equal(a->epoch, b->epoch);
	assert_string_equal(a->actor.officer, b->actor.officer);
	assert_string_equal(a->actor.org, b->actor.org);
	assert_string_equal(a->actor.role, b->actor.role);
	assert_same_phone(&a->by_phone, &b->by_phone);
	assert_int_equal(a->n_given, b->n_given);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < 5; k++)
			assert_true(value_eq(act_value(a, args[i].field->name, k),
					     act_value(b, args[i].field->name, k)));
}

static void test_act_round_trip(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct str once = STR_INIT, twice = STR_INIT;
		struct error err = ERROR_INIT;
		struct act act, back;
		struct random r;

		random_init(&r, seed);
		random_act(&r, act_desc_at(seed % act_desc_count()), &act);
		act_encode(&act, &once);
		assert_canonical(&once);
		if (act_decode(once.s, once.len, &r.arena, &back, &err))
			fail_msg("%s\n%s", err.text, once.s);
		assert_same_act(&act, &back);
		act_encode(&back, &twice);
		assert_string_equal(once.s, twice.s);
		str_release(&once);
		str_release(&twice);
		random_release(&r);
	}
}

/* What was said by telephone stands by key between the author's time and his console, and is not
 * there when nothing was said. */
static void test_by_phone(void **state)
{
	struct arena arena = ARENA_INIT;
	struct act act = { .desc = act_desc_find("sign"), .at = 5 }, back;
	struct str out = STR_INIT;
	struct error err = ERROR_INIT;
	const char *bad[] = { "{\"rung\":5}", "{\"at\":\"now\"}", "[]",
			      "{\"role\":\"0123456789012345678901234\"}" };

	(void)state;
	act.actor = (struct actor){ "李敏", "zhongxin", "duty" };
	act_encode(&act, &out);
	assert_null(strstr(out.s, "by_phone"));
	str_clear(&out);
	act.by_phone = (struct by_phone){ .org = "shuiwu", .rung = "水务局值班室",
					  .answered_by = "老周", .wording = "收到", .at = 4 };
	act_encode(&act, &out);
	assert_canonical(&out);
	assert_non_null(strstr(out.s, "\"at\":5,\"by_phone\":{\"answered\":\"老周\",\"at\":4,"
				      "\"org\":\"shuiwu\",\"rung\":\"水务局值班室\","
				      "\"wording\":\"收到\"},\"id\""));
	assert_int_equal(act_decode(out.s, out.len, &arena, &back, &err), ERR_OK);
	assert_string_equal(back.by_phone.answered_by, "老周");
	assert_null(back.by_phone.role);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct str text = STR_INIT;
		const char *from = strstr(out.s, "{\"answered\""), *to = strstr(from, "},") + 1;

		str_add_bytes(&text, out.s, (size_t)(from - out.s));
		str_add(&text, bad[i]);
		str_add(&text, to);
		assert_int_equal(act_decode(text.s, text.len, &arena, &back, &err), ERR_INPUT);
		str_release(&text);
	}
	str_release(&out);
	arena_release(&arena);
}

/* An emptied field travels as null. */
static void test_emptied(void **state)
{
	struct arena arena = ARENA_INIT;
	struct act act = { .desc = act_desc_find("fix") }, back;
	struct str out = STR_INIT;

	(void)state;
	act.actor = (struct actor){ "李敏", "zhongxin", "duty" };
	act_give(&act, act_arg_field(act.desc, "address"), (struct value){ .is_text = true }, &arena);
	act_encode(&act, &out);
	assert_non_null(strstr(out.s, "\"args\":{\"address\":null}"));
	assert_int_equal(act_decode(out.s, out.len, &arena, &back, NULL), ERR_OK);
	assert_int_equal(back.n_given, 1);
	assert_false(value_is_set(back.given[0].value));
	str_release(&out);
	arena_release(&arena);
}

static void test_entry_round_trip(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct str once = STR_INIT, twice = STR_INIT;
		struct error err = ERROR_INIT;
		struct entry entry, back;
		struct random r;

		random_init(&r, seed);
		random_entry(&r, &entry);
		entry_canonical(&entry, &once);
		assert_canonical(&once);
		if (entry_decode(once.s, once.len, &r.arena, &back, &err))
			fail_msg("%s\n%s", err.text, once.s);
		assert_same_act(&entry.act, &back.act);
		assert_true(entry.seq == back.seq && entry.recv == back.recv &&
			    entry.eff == back.eff && entry.n_effects == back.n_effects);
		entry_canonical(&back, &twice);
		assert_string_equal(once.s, twice.s);
		str_release(&once);
		str_release(&twice);
		random_release(&r);
	}
}

/* The effect that came over the wire does to an entity what the one that was sent does. */
static void test_effect_evolves_alike(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct str bytes = STR_INIT;
		struct error err = ERROR_INIT;
		struct entry entry = { .seq = 9, .n_effects = 1 }, back;
		struct effect effect = { .kind = KIND_INCIDENT };
		struct entity *before, *after, *here, *there;
		struct random r;

		random_init(&r, seed);
		random_act(&r, act_desc_find("note"), &entry.act);
		before = random_entity(&r, KIND_INCIDENT);
		after = random_entity(&r, KIND_INCIDENT);
		after->id = before->id;
		after->version = before->version + 1;
		effect_diff(&effect, before, after, &r.arena);
		entry.effects = &effect;
		entry_canonical(&entry, &bytes);
		assert_int_equal(entry_decode(bytes.s, bytes.len, &r.arena, &back, &err), ERR_OK);
		here = entity_copy(before, &r.arena);
		there = entity_copy(before, &r.arena);
		assert_int_equal(evolve(here, &effect, 9, &r.arena, &err), ERR_OK);
		assert_int_equal(evolve(there, &back.effects[0], 9, &r.arena, &err), ERR_OK);
		assert_true(entity_eq(here, there));
		str_release(&bytes);
		random_release(&r);
	}
}

static void test_hash(void **state)
{
	const uint8_t zero[SHA256_LEN] = { 0 };
	uint8_t one[SHA256_LEN], two[SHA256_LEN];
	struct error err = ERROR_INIT;
	struct str canonical = STR_INIT, with = STR_INIT;
	struct entry entry, back;
	struct random r;

	(void)state;
	random_init(&r, 5);
	random_entry(&r, &entry);
	entry_canonical(&entry, &canonical);
	entry_hash(zero, canonical.s, canonical.len, one);
	entry_hash(one, canonical.s, canonical.len, two);
	assert_memory_not_equal(one, two, SHA256_LEN);
	entry_with_hash(canonical.s, canonical.len, one, &with);
	if (entry_decode(with.s, with.len, &r.arena, &back, &err))
		fail_msg("%s", err.text);
	assert_memory_equal(back.hash, one, SHA256_LEN);
	str_clear(&with);
	entry_canonical(&back, &with);
	assert_string_equal(with.s, canonical.s);
	str_release(&canonical);
	str_release(&with);
	random_release(&r);
}

#define ID "\"id\":\"0190f5fe-7c00-7a00-8000-000000000001\""
#define ACTOR "\"actor\":{\"officer\":\"o\",\"org\":\"c\",\"role\":\"duty\"}"
#define TARGET "\"target\":[{\"base\":1," ID ",\"kind\":\"incident\"}]"
#define ACT(verb, args) "{" ACTOR ",\"args\":" args ",\"at\":1," ID ",\"n\":1," TARGET ",\"verb\":\"" verb "\"}"
#define ACT_REST                                                                               \
	ACTOR ",\"args\":{\"note\":\"x\"},\"at\":1," ID ",\"n\":1," TARGET ",\"verb\":\"note\"}"
#define ENTRY(effects) "{\"act\":" ACT("note", "{\"note\":\"x\"}") ",\"eff\":1,\"effects\":" effects \
	",\"recv\":1,\"seq\":1}"
#define EFFECT(more) "[{\"from\":0," ID ",\"kind\":\"incident\"" more ",\"to\":1}]"

static void test_hostile_acts(void **state)
{
	static const struct {
		const char *json, *sentence;
	} cases[] = {
		{ ACT("note", "{\"note\":\"x\"}"), NULL },
		{ ACT("verify", "{}"), NULL }, /* an alias */
		{ ACT("explode", "{}"), "explode" },
		{ "{\"epoch\":\"0a1b2c3d\"," ACT_REST, NULL },
		{ "{\"epoch\":\"\"," ACT_REST, NULL },
		{ "{\"epoch\":\"0a1b2c3d4\"," ACT_REST, "epoch" },
		{ "{\"epoch\":\"0A1B2C3D\"," ACT_REST, "epoch" },
		{ "{\"epoch\":7," ACT_REST, "epoch" },
		{ "{\"after\":\"0190f5fe-7c00-7a00-8000-000000000002\"," ACT_REST, NULL },
		{ "{\"after\":\"me\"," ACT_REST, "after" },
		{ ACT("note", "{\"holder\":\"x\"}"), "holder" },
		{ ACT("note", "{\"note\":7}"), "note" },
		{ ACT("note", "{\"note\":[\"x\"]}"), "note" },
		{ ACT("note", "[]"), "args" },
		{ ACT("assign", "{\"assist\":\"x\",\"holder\":\"y\"}"), "list" },
		{ ACT("assign", "{\"assist\":[\"x\",1],\"holder\":\"y\"}"), "assist" },
		{ "{" ACTOR ",\"args\":{},\"at\":1," ID ",\"target\":[],\"verb\":\"note\"}", "target" },
		{ "{" ACTOR ",\"args\":{},\"at\":1," ID ",\"target\":[{},{}],\"verb\":\"note\"}", "target" },
		{ "{" ACTOR ",\"args\":{},\"at\":\"now\"," ID "," TARGET ",\"verb\":\"note\"}", "at" },
		{ "{\"actor\":5,\"args\":{},\"at\":1," ID "," TARGET ",\"verb\":\"note\"}", "actor" },
		{ "{" ACTOR ",\"args\":{},\"at\":1," ID "," TARGET "}", "act" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena arena = ARENA_INIT;
		struct error err = ERROR_INIT;
		struct act act;
		enum err code = act_decode(cases[i].json, strlen(cases[i].json), &arena, &act, &err);

		if (!cases[i].sentence && code)
			fail_msg("%s: %s", cases[i].json, err.text);
		if (cases[i].sentence && (code != ERR_INPUT || !strstr(err.text, cases[i].sentence)))
			fail_msg("%s: %d %s", cases[i].json, code, err.text);
		arena_release(&arena);
	}
}

static void test_hostile_entries(void **state)
{
	static const struct {
		const char *json, *sentence;
	} cases[] = {
		{ ENTRY("[]"), NULL },
		{ ENTRY(EFFECT("")), NULL },
		{ ENTRY(EFFECT(",\"set\":{\"title\":null,\"unheard_of\":[1]}")), NULL },
		{ ENTRY(EFFECT(",\"add\":{\"unheard_of\":[1]}")), NULL },
		{ ENTRY("{}"), "effects" },
		{ ENTRY("[7]"), "kind" },
		{ ENTRY("[{\"from\":0," ID ",\"kind\":\"dragon\",\"to\":1}]"), NULL }, /* newer */
		{ ENTRY("[{\"from\":0," ID ",\"kind\":1,\"to\":1}]"), "kind" },
		{ "{\"act\":" ACT("explode", "{\"a\":1}") ",\"eff\":1,\"effects\":[],\"recv\":1,\"seq\":1}",
		  NULL },
		{ "{\"act\":" ACT("", "{}") ",\"eff\":1,\"effects\":[],\"recv\":1,\"seq\":1}", "act" },
		{ ENTRY(EFFECT(",\"set\":[]")), "set" },
		{ ENTRY(EFFECT(",\"set\":{\"title\":1}")), "title" },
		{ ENTRY(EFFECT(",\"add\":[]")), "add" },
		{ ENTRY(EFFECT(",\"add\":{\"clock\":{}}")), "clock" },
		{ ENTRY(EFFECT(",\"add\":{\"clock\":[1]}")), "add" },
		{ ENTRY(EFFECT(",\"add\":{\"clock\":[{}]}")), "id" },
		{ ENTRY(EFFECT(",\"del\":{\"clock\":[\"x\"]}")), "del" },
		{ ENTRY(EFFECT(",\"del\":{\"clock\":[{}]}")), "del" },
		{ "{\"eff\":1,\"effects\":[],\"recv\":1,\"seq\":1}", "act" },
		{ "{\"act\":" ACT("note", "{}") ",\"eff\":1,\"effects\":[],\"recv\":1,\"seq\":1,"
		  "\"hash\":\"ab\"}", "hash" },
		{ "{\"act\":" ACT("note", "{}") ",\"eff\":1,\"effects\":[],\"recv\":1,\"seq\":1,"
		  "\"hash\":7}", "hash" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena arena = ARENA_INIT;
		struct error err = ERROR_INIT;
		struct entry entry;
		enum err code =
			entry_decode(cases[i].json, strlen(cases[i].json), &arena, &entry, &err);

		if (!cases[i].sentence && code)
			fail_msg("%s: %s", cases[i].json, err.text);
		if (cases[i].sentence && (code != ERR_INPUT || !strstr(err.text, cases[i].sentence)))
			fail_msg("%s: %d %s", cases[i].json, code, err.text);
		arena_release(&arena);
	}
}

static void test_too_long(void **state)
{
	struct arena arena = ARENA_INIT;
	const struct act_desc *desc = act_desc_find("register");
	const struct field *field = act_arg_field(desc, "title");
	struct act act, back;
	struct error err = ERROR_INIT;
	struct random r;

	(void)state;
	random_init(&r, 3);
	for (unsigned extra = 0; extra <= 1; extra++) {
		struct str title = STR_INIT, out = STR_INIT;

		random_act(&r, desc, &act);
		act.n_given = 0;
		for (unsigned i = 0; i < field_max(field) + extra; i++)
			str_add(&title, "水");
		act_give(&act, field, (struct value){ .is_text = true, .text = title.s }, &arena);
		act_encode(&act, &out);
		assert_int_equal(act_decode(out.s, out.len, &arena, &back, &err),
				 extra ? ERR_INPUT : ERR_OK);
		str_release(&title);
		str_release(&out);
	}
	random_release(&r);
	arena_release(&arena);
}

/* A month of the largest roster is one act; far more than that is none. */
static void test_many_seats(void **state)
{
	const struct act_desc *desc = act_desc_of(KIND_ROSTER, "roster");
	const struct field *cell = act_arg_field(desc, "cell");
	static const size_t counts[] = { 128 * 31, 5000 };
	struct random r;

	(void)state;
	random_init(&r, 5);
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		struct str out = STR_INIT;
		struct error err = ERROR_INIT;
		struct act act, back;

		random_act(&r, desc, &act);
		act.n_given = 0;
		for (size_t k = 0; k < counts[i]; k++)
			act_give(&act, cell,
				 (struct value){ .is_text = true,
						 .text = "2026-12-01 night main 1 - -" },
				 &r.arena);
		act_encode(&act, &out);
		assert_int_equal(act_decode(out.s, out.len, &r.arena, &back, &err),
				 i == 0 ? ERR_OK : ERR_INPUT);
		if (i == 0)
			assert_int_equal(back.n_given, counts[0]);
		str_release(&out);
	}
	random_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_act_round_trip),
		cmocka_unit_test(test_by_phone),
		cmocka_unit_test(test_emptied),
		cmocka_unit_test(test_entry_round_trip),
		cmocka_unit_test(test_effect_evolves_alike),
		cmocka_unit_test(test_hash),
		cmocka_unit_test(test_hostile_acts),
		cmocka_unit_test(test_hostile_entries),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_many_seats),
	};

	return cmocka_run_group_tests_name("wire/entry", tests, NULL, NULL);
}
