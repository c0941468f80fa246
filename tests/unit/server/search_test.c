/* Words of closed and open cases, each in its reader's scope; marks of officers. */
#include <config.h>

#include "rules_help.h"
#include "zhiban/wire/marks.h"

struct hits {
	char titles[400]; /* "A B " newest first */
	size_t n;
	int64_t indexed;
	const char *next;
};

static enum err hit(void *ctx, const char *line, size_t len, struct error *err)
{
	struct hits *hits = ctx;
	struct arena arena = ARENA_INIT;
	struct snapshot_line one;
	enum err code = snapshot_line_decode(line, len, &arena, &one, err);

	if (code == ERR_OK && one.kind == SNAPSHOT_HEAD)
		hits->indexed = one.seq;
	if (code == ERR_OK && one.kind == SNAPSHOT_NEXT)
		hits->next = mem_strdup(one.next);
	if (code == ERR_OK && one.kind == SNAPSHOT_ENTITY) {
		const struct incident *incident = one.entity;

		size_t at = strlen(hits->titles);

		hits->n++;
		snprintf(hits->titles + at, sizeof hits->titles - at, "%s|", incident->title);
	}
	arena_release(&arena);
	return code;
}

static struct hits look(struct world *world, const struct desk *desk, const char *query)
{
	struct hits hits = { .n = 0 };
	struct line_cutter cutter;
	const char *body = ask(world, 200, "GET", "/v1/search", query, desk->token, NULL);

	lines_init(&cutter);
	OK(lines_push(&cutter, body, strlen(body), hit, &hits, NULL));
	OK(lines_end(&cutter, hit, &hits, NULL));
	lines_release(&cutter);
	return hits;
}

static void finds(struct world *world, const struct desk *desk, const char *query,
		  const char *titles)
{
	struct hits hits = look(world, desk, query);

	assert_string_equal(hits.titles, titles);
	free((char *)hits.next);
}

static void test_words(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid pipe = open_case(world, &crew.duty, "自来水管爆裂", 1);
	struct uuid lamp = open_case(world, &crew.duty, "路灯不亮，靠近水管", 3);

	finds(world, &crew.duty, "q=水管", ""); /* not indexed yet, and said so */
	assert_int_equal(look(world, &crew.duty, "q=水管").indexed, 0);
	run_on(world, HOUR);
	finds(world, &crew.duty, "q=水管", "路灯不亮，靠近水管|自来水管爆裂|");
	assert_true(look(world, &crew.duty, "q=水管").indexed > 0);
	finds(world, &crew.duty, "q=爆裂 水管", "自来水管爆裂|");
	finds(world, &crew.duty, "q=管爆", "自来水管爆裂|");
	finds(world, &crew.duty, "q=亮靠", ""); /* a sign stands between */
	finds(world, &crew.duty, "q=灯不", "路灯不亮，靠近水管|");
	finds(world, &crew.duty, "q=水管&closed=1", "");
	finds(world, &crew.duty, "q=水管&max=1", "路灯不亮，靠近水管|");
	/* the key of the next page */
	{
		struct hits first = look(world, &crew.duty, "q=水管&max=1");

		assert_non_null(first.next);
		finds(world, &crew.duty,
		      arena_printf(&world->arena, "q=水管&before=%s", first.next),
		      "自来水管爆裂|");
		free((char *)first.next);
	}
	expect_error(world, ask(world, 400, "GET", "/v1/search", "q=水", crew.duty.token, NULL),
		     ERR_INPUT);
	expect_error(world, ask(world, 400, "GET", "/v1/search", NULL, crew.duty.token, NULL),
		     ERR_INPUT);

	/* corrected texts are found by the new words, and by the old ones no more */
	does(world, &crew.duty, "fix", &lamp, "title=变压器冒烟&reason=r");
	run_on(world, HOUR);
	finds(world, &crew.duty, "q=变压器", "变压器冒烟|");
	finds(world, &crew.duty, "q=路灯", "");
	(void)pipe;
}

/* A department finds what it is party to, and nothing else. */
static void test_scope(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "自来水管爆裂", 1);

	(void)open_case(world, &crew.duty, "另一处水管", 1);
	run_on(world, HOUR);
	finds(world, &crew.mains, "q=水管", "");
	hand_over(world, &crew.duty, &crew.mains, &id);
	finds(world, &crew.mains, "q=水管", "自来水管爆裂|");
	finds(world, &crew.roads, "q=水管", "");
}

/* Nobody finds a caller by his number. */
static void test_personal(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = new_id(world);

	does(world, &crew.duty, "register", &id, "title=自来水管爆裂&phone=13800138000&reporter=赵某某");
	run_on(world, HOUR);
	finds(world, &crew.duty, "q=13800138000", "");
	finds(world, &crew.duty, "q=赵某某", "");
	finds(world, &crew.duty, "q=爆裂", "自来水管爆裂|");
}

/* More than a slice: older ones first, then what comes. */
static void test_slices(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);

	for (int i = 0; i < 260; i++)
		(void)open_case(world, &crew.duty,
				arena_printf(&world->arena, "第%03d号井盖缺失", i), 3);
	run_on(world, HOUR);
	assert_int_equal(look(world, &crew.duty, "q=井盖&max=200").n, 200);
	finds(world, &crew.duty, "q=第007", "第007号井盖缺失|");
	finds(world, &crew.duty, "q=第259", "第259号井盖缺失|");
	world_restart(world);
	(void)open_case(world, &crew.duty, "第260号井盖缺失", 3);
	run_on(world, HOUR);
	finds(world, &crew.duty, "q=第260", "第260号井盖缺失|");
}

/* --- marks ----------------------------------------------------------------------------------- */

static const char *marks_body(struct world *world, const struct uuid *id, const char *what,
			      int64_t value)
{
	struct officer_mark mark = { *id, what, value, world->clock.now };
	struct marks marks = { &mark, 1 };
	struct str out = STR_INIT;
	const char *text;

	marks_encode(&marks, &out);
	text = arena_strdup(&world->arena, out.s);
	str_release(&out);
	return text;
}

static void test_marks(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "自来水管爆裂", 1), none = new_id(world);
	const char *foreign, *missing, *got;
	char text[UUID_TEXT];

	uuid_text(&id, text);
	got = ask(world, 200, "PUT", "/v1/marks", NULL, crew.duty.token,
		  marks_body(world, &id, "watch", 1));
	assert_non_null(strstr(got, "\"gone\":[]"));
	got = ask(world, 200, "PUT", "/v1/marks", NULL, crew.duty.token,
		  marks_body(world, &id, "watch", 0));
	got = ask(world, 200, "GET", "/v1/marks", NULL, crew.duty.token, NULL);
	assert_non_null(strstr(got, text));
	assert_non_null(strstr(got, "\"value\":0,\"what\":\"watch\""));
	assert_null(strstr(got, "\"value\":1"));
	/* another officer's are not his */
	got = ask(world, 200, "GET", "/v1/marks", NULL, crew.leader.token, NULL);
	assert_non_null(strstr(got, "\"marks\":[]"));
	/* what is not theirs looks as what is not there */
	foreign = ask(world, 200, "PUT", "/v1/marks", NULL, crew.mains.token,
		      marks_body(world, &id, "pin", 1));
	missing = ask(world, 200, "PUT", "/v1/marks", NULL, crew.mains.token,
		      marks_body(world, &none, "pin", 1));
	assert_non_null(strstr(foreign, arena_printf(&world->arena, "\"gone\":[\"%s\"]", text)));
	assert_int_equal(strlen(foreign), strlen(missing));
	got = ask(world, 200, "GET", "/v1/marks", NULL, crew.mains.token, NULL);
	assert_non_null(strstr(got, "\"marks\":[]"));
	/* nonsense */
	expect_error(world,
		     ask(world, 400, "PUT", "/v1/marks", NULL, crew.duty.token,
			 "{\"marks\":[{\"at\":1,\"id\":\"x\",\"value\":1,\"what\":\"pin\"}]}"),
		     ERR_INPUT);
	expect_error(world,
		     ask(world, 400, "PUT", "/v1/marks", NULL, crew.duty.token,
			 marks_body(world, &id, "own", 1)),
		     ERR_INPUT);
	expect_error(world, ask(world, 400, "PUT", "/v1/marks", NULL, crew.duty.token, "{}"),
		     ERR_INPUT);
}

#define RULES_TEST(fn) cmocka_unit_test_setup_teardown(fn, rules_make, world_free)
int main(void)
{
	const struct CMUnitTest tests[] = {
		RULES_TEST(test_words),	   RULES_TEST(test_scope), RULES_TEST(test_personal),
		RULES_TEST(test_slices),   RULES_TEST(test_marks),
	};

	return cmocka_run_group_tests_name("server search", tests, NULL, NULL);
}
