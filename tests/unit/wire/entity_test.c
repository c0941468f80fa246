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
#include "zhiban/wire/entity.h"

enum { ROUNDS = 300 };

/* What jansson writes for the same object is what canonical means. */
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

static void test_round_trip(void **state)
{
	struct random r;

	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct str once = STR_INIT, twice = STR_INIT;
		struct error err = ERROR_INIT;
		void *entity, *back = NULL;

		random_init(&r, seed);
		entity = random_entity(&r, (enum kind)(seed % KIND_COUNT));
		entity_encode(entity, &once);
		assert_canonical(&once);
		if (entity_decode(once.s, once.len, &r.arena, &back, &err))
			fail_msg("%s\n%s", err.text, once.s);
		assert_true(entity_eq(entity, back));
		assert_int_equal(((struct entity *)entity)->seq, ((struct entity *)back)->seq);
		entity_encode(back, &twice);
		assert_string_equal(once.s, twice.s);
		str_release(&once);
		str_release(&twice);
		random_release(&r);
	}
}

static void test_known_bytes(void **state)
{
	struct arena arena = ARENA_INIT;
	struct uuid id = uuid_named("known"), child = uuid_named("child");
	struct incident *incident = entity_new(KIND_INCIDENT, &id, &arena);
	struct clock *clock = children_add(&incident->clocks, child_desc(CHILD_CLOCK), &child, &arena);
	char a[UUID_TEXT], b[UUID_TEXT];
	struct str out = STR_INIT;

	(void)state;
	incident->head.version = 3;
	incident->head.seq = 7;
	incident->title = "路面\"塌陷\"";
	incident->lat = -31771900;
	incident->urgency = URGENCY_URGENT;
	clock->kind = "sign";
	clock->due = 1790000000000;
	uuid_text(&id, a);
	uuid_text(&child, b);
	entity_encode(incident, &out);
	assert_string_equal(out.s, arena_printf(&arena,
		"{\"clock\":[{\"due\":1790000000000,\"id\":\"%s\",\"kind\":\"sign\"}],\"id\":\"%s\","
		"\"kind\":\"incident\",\"lat\":-31771900,\"seq\":7,\"title\":\"路面\\\"塌陷\\\"\","
		"\"urgency\":2,\"version\":3}", b, a));
	str_release(&out);
	arena_release(&arena);
}

#define ID "\"id\":\"0190f5fe-7c00-7a00-8000-000000000001\""
static void test_hostile(void **state)
{
	static const struct {
		const char *json;
		const char *sentence; /* NULL: taken */
	} cases[] = {
		{ "", "JSON" },
		{ "[]", "object" },
		{ "7", "JSON" },
		{ "{}", "kind" },
		{ "{\"kind\":\"dragon\"," ID ",\"version\":1,\"seq\":1}", "dragon" },
		{ "{\"kind\":7," ID ",\"version\":1,\"seq\":1}", "kind" },
		{ "{\"kind\":\"incident\",\"version\":1,\"seq\":1}", "id" },
		{ "{\"kind\":\"incident\",\"id\":\"x\",\"version\":1,\"seq\":1}", "id" },
		{ "{\"kind\":\"incident\"," ID ",\"seq\":1}", "version" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1.0,\"seq\":1}", "whole number" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1e3,\"seq\":1}", "whole number" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":99999999999999999999,\"seq\":1}", "JSON" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"version\":2,\"seq\":1}", "uplicate" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"seq\":1} x", "JSON" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"seq\":1,\"title\":5}", "title" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"seq\":1,\"title\":\"\xff\"}", "JSON" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"seq\":1,\"title\":\"\\u0000\"}", "JSON" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"seq\":1,\"title\":\"\\ud800\"}", "JSON" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"seq\":1,\"due\":\"5\"}", "due" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"seq\":1,\"due\":true}", "due" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"seq\":1,\"clock\":{}}", "clock" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"seq\":1,\"clock\":[7]}", "clock" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"seq\":1,\"clock\":[{}]}", "id" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"seq\":1,\"new\":[[[[[[[[[[[[[[[[1"
		  "]]]]]]]]]]]]]]]]}", "deep" },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"seq\":1,\"new\":[1.5],\"t\":\"[[[[[[[[[[["
		  "[[[[[[[[[[[[\"}", NULL },
		{ "{\"kind\":\"incident\"," ID ",\"version\":1,\"seq\":1,\"title\":null}", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena arena = ARENA_INIT;
		struct error err = ERROR_INIT;
		void *entity = NULL;
		enum err code = entity_decode(cases[i].json, strlen(cases[i].json), &arena,
					      &entity, &err);

		if (!cases[i].sentence && code)
			fail_msg("%s: %s", cases[i].json, err.text);
		if (cases[i].sentence && (!code || !strstr(err.text, cases[i].sentence)))
			fail_msg("%s: %d %s", cases[i].json, code, err.text);
		assert_true((entity != NULL) == (code == ERR_OK));
		arena_release(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_known_bytes),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests_name("wire/entity", tests, NULL, NULL);
}
