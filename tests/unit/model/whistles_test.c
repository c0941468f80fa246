/* The list of whistles: its order, its filter; what can be done to one, and for whom. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/subject.h"
#include "zhiban/model/whistle_page.h"
#include "zhiban/model/whistles.h"

struct stage {
	struct world world;
	struct client *client;
};

static void begin(struct stage *stage, const char *name)
{
	*stage = (struct stage){ .client = NULL };
	assert_true(world_make(&stage->world, name));
	assert_int_equal(client_open(&(struct client_options){ .dir = stage->world.dir,
							       .env = &stage->world.env },
				     &stage->client, NULL),
			 ERR_OK);
}

static void end(struct stage *stage)
{
	client_close(stage->client);
	world_free(&stage->world);
}

/* "W1 W2 …": the numbers that a filter lets through, in an order. */
static void list_by(struct stage *stage, const char *words, const char *sort, char out[64])
{
	size_t order = 0;
	bool turned = false;
	struct filter_ctx ctx = client_filter_ctx(stage->client);
	struct arena arena = ARENA_INIT;
	struct whistle_filter *filter;
	struct filter_error problem;
	struct whistle_list shown;
	size_t used = 0;

	out[0] = '\0';
	if (whistle_filter_parse(words, &ctx, &arena, &filter, &problem) != ERR_OK) {
		snprintf(out, 64, "!%zu+%zu", problem.at, problem.len);
		arena_release(&arena);
		return;
	}
	assert_int_equal(whistle_list_load(stage->client, filter, WHISTLES_CLOSED, &arena, &shown,
					   NULL),
			 ERR_OK);
	assert_true(whistle_order_find(sort, &order, &turned));
	whistle_list_sort(&shown, client_rules(stage->client), order, turned);
	for (size_t i = 0; i < shown.n; i++)
		used += (size_t)snprintf(out + used, 64 - used, "%s%c", used ? " " : "",
					 shown.rows[i].mark[strlen(shown.rows[i].mark) - 1]);
	arena_release(&arena);
}

/* In the list's own order. */
static void list(struct stage *stage, const char *words, char out[64])
{
	list_by(stage, words, "due", out);
}

static const struct {
	const char *sort, *shown;
} sorted[] = {
	{ "due", "1 2 3 4" },  { "-due", "3 2 1 4" }, /* what nothing runs in is last either way */
	{ "class", "2 1 3 4" }, { "-class", "3 4 1 2" }, /* equal ones stay as they were */
	{ "newest", "4 3 2 1" }, { "-newest", "1 2 3 4" },
	{ "number", "1 2 3 4" }, { "-number", "4 3 2 1" },
	{ "street", "1 3 4 2" }, { "-street", "2 1 3 4" },
};

static void test_orders(void **state)
{
	struct stage stage;
	size_t order;
	bool turned;

	(void)state;
	begin(&stage, "whistle");
	for (size_t i = 0; i < ARRAY_LEN(sorted); i++) {
		char shown[64];

		list_by(&stage, "", sorted[i].sort, shown);
		if (strcmp(shown, sorted[i].shown) != 0)
			fail_msg("%s: %s", sorted[i].sort, shown);
	}
	assert_false(whistle_order_find("holder", &order, &turned));
	assert_false(whistle_order_find("", &order, &turned));
	end(&stage);
}

static const struct {
	const char *filter, *shown;
} filters[] = {
	{ "", "1 2 3 4" }, /* the worst first, what nothing runs in last */
	{ "红梅", "1 3 4" }, /* the place too */
	{ "油烟", "1" },
	{ "overdue", "1 2" },
	{ "!overdue", "3 4" },
	{ "class:较大", "1" },
	{ "class:major", "1" },
	{ "class:yb", "3 4" }, /* by initials */
	{ "!class:一般", "1 2" },
	{ "step:审签", "3" },
	{ "step:draft", "4" },
	{ "step:draft | class:serious", "2 4" },
	{ "class:一般 step:审签", "3" },
	{ "class:一般 | class:较大 overdue", "1 3 4" },
	{ "dept:公安分局", "1 3" },
	{ "dept:公安分局 !class:较大", "3" },
	{ "street:天宁", "2" },
	{ "kind:whistle street:天宁", "2" },
	{ "disputed", "1" },
	{ "unreported", "1" },
	{ "\"class:较大\"", "" }, /* a text */
	{ "due<2h", "1 2" },
	{ "class:none", "!0+10" },
	{ "overdue step:nowhere", "!8+12" },
	{ "overdue nofield:1", "!8+7" }, /* the rest's own errors stand where they are */
};

static void test_filters(void **state)
{
	struct stage stage;
	char shown[64];

	(void)state;
	begin(&stage, "whistle");
	for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
		list(&stage, filters[i].filter, shown);
		if (strcmp(shown, filters[i].shown) != 0)
			print_message("filter %s\n", filters[i].filter);
		assert_string_equal(shown, filters[i].shown);
	}
	end(&stage);
}

/* Whose they are, by who looks. */
static void test_mine(void **state)
{
	static const struct {
		const char *world, *shown;
	} cases[] = { { "whistle", "" }, { "whistle-street", "1 3 4" }, { "whistle-dept", "1" } };
	struct stage stage;
	char shown[64];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		begin(&stage, cases[i].world);
		list(&stage, "mine", shown);
		assert_string_equal(shown, cases[i].shown);
		end(&stage);
	}
}

static bool can(struct stage *stage, const struct subject *subject, const char *verb)
{
	const struct act_desc *acts[ACTS_HERE_MOST];
	size_t n = subject_acts(stage->client, subject, acts);

	for (size_t i = 0; i < n; i++)
		if (strcmp(acts[i]->verb, verb) == 0)
			return true;
	return false;
}

/* What is offered to whom, for whom he would record it, and whose share he must name. */
static void test_acts(void **state)
{
	static const struct {
		const char *world, *verb, *share;
		bool can;
		const char *whom; /* NULL: his own */
		bool asks;
	} cases[] = {
		{ "whistle", "report_in", "shijian", true, "shijian", true },
		{ "whistle", "settle", "gongan", true, NULL, true },
		{ "whistle", "confirm_in", "huanjing", true, "320402004", true },
		{ "whistle", "sign", "shijian", false, "shijian", true }, /* all have */
		{ "whistle-street", "confirm_in", "huanjing", true, NULL, true },
		{ "whistle-street", "settle", "gongan", false, NULL, true },
		{ "whistle-street", "rate", "gongan", false, NULL, true }, /* later */
		{ "whistle-dept", "report_in", "shijian", true, NULL, false },
		{ "whistle-dept", "confirm_in", "huanjing", false, "320402004", false },
		{ "whistle-dept", "withdraw", "", false, "320402004", false },
	};
	struct stage stage;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct act_desc *act = act_desc_of(KIND_WHISTLE, cases[i].verb);
		struct uuid id = uuid_named("W market");
		struct arena arena = ARENA_INIT;
		struct subject subject;
		const char *whom;

		begin(&stage, cases[i].world);
		assert_int_equal(subject_get(stage.client, KIND_WHISTLE, &id, &arena, &subject,
					     NULL),
				 ERR_OK);
		print_message("%s %s\n", cases[i].world, cases[i].verb);
		assert_int_equal(can(&stage, &subject, cases[i].verb), cases[i].can);
		whom = subject_for_whom(stage.client, &subject, act, cases[i].share);
		assert_string_equal(whom ? whom : "-", cases[i].whom ? cases[i].whom : "-");
		if (act->flags & ACT_SHARE)
			assert_int_equal(subject_asks_whose(stage.client, &subject, act),
					 cases[i].asks);
		arena_release(&arena);
		end(&stage);
	}
}

/* One clock of one share alone, or all of them. */
static void test_explain(void **state)
{
	struct uuid id = uuid_named("W market");
	struct stage stage;
	struct str text = STR_INIT;
	size_t all;

	(void)state;
	begin(&stage, "whistle");
	assert_int_equal(whistle_explain(stage.client, &id, "", "", &text, NULL), ERR_OK);
	all = text.len;
	str_clear(&text);
	assert_int_equal(whistle_explain(stage.client, &id, "shijian", "sign", &text, NULL), ERR_OK);
	assert_true(text.len > 0 && text.len < all / 4);
	assert_non_null(strstr(text.s, "市监局"));
	assert_null(strstr(text.s, "城管局"));
	str_clear(&text);
	assert_int_equal(whistle_explain(stage.client, &id, "shijian", "verify", &text, NULL), ERR_OK);
	assert_string_equal(text.s, "This clock has not begun.");
	str_release(&text);
	end(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_orders),
		cmocka_unit_test(test_filters),
		cmocka_unit_test(test_mine),
		cmocka_unit_test(test_acts),
		cmocka_unit_test(test_explain),
	};

	return cmocka_run_group_tests_name("model/whistles", tests, NULL, NULL);
}
