/* Who is on duty: the ladder with tonight's calls, whom to ring next, and what is said where nobody is. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/oncall.h"

#define OK(call) assert_int_equal((call), ERR_OK)

struct fixture {
	struct world world;
	struct client *client;
	struct arena arena;
};

static int set_up(void **state)
{
	struct fixture *f = mem_alloc(sizeof *f);
	struct client_options options = { 0 };

	assert_true(world_make(&f->world, "log"));
	options.dir = f->world.dir;
	options.env = &f->world.env;
	OK(client_open(&options, &f->client, NULL));
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->arena);
	client_close(f->client);
	world_free(&f->world);
	free(f);
	return 0;
}

static const struct oncall_rung *rung_of(const struct oncall_page *page, const char *post)
{
	for (size_t i = 0; i < page->n; i++)
		if (page->rungs[i].post != NULL && strcmp(page->rungs[i].post->code, post) == 0)
			return &page->rungs[i];
	fail_msg("no rung for %s", post);
	return NULL;
}

/* Duty, then deputy, then the chief; each with the calls of this shift. */
static void the_ladder_has_tonights_calls(void **state)
{
	static const struct {
		const char *post, *name;
		size_t calls;
		bool answered;
	} rungs[] = {
		{ "main", "李敏", 0, false },
		{ "deputy", "林涛", 1, false },
		{ "chief", "钱进", 1, true },
	};
	struct fixture *f = *state;
	struct oncall_page page;
	struct str line = STR_INIT;

	OK(oncall_page(f->client, "zhongxin", f->world.fixed.now, &f->arena, &page, NULL));
	for (size_t i = 0; i < ARRAY_LEN(rungs); i++) {
		const struct oncall_rung *rung = rung_of(&page, rungs[i].post);

		assert_string_equal(rung->name, rungs[i].name);
		assert_int_equal(rung->n_calls, rungs[i].calls);
		if (rung->n_calls > 0)
			assert_int_equal(rung->calls[0].answered, rungs[i].answered);
	}
	for (size_t i = 1; i < page.n; i++)
		assert_true(page.rungs[i].place == 0 || page.rungs[i - 1].place <= page.rungs[i].place);
	assert_int_equal(page.answered, 1);
	assert_int_equal(page.rung_n, 2);
	assert_true(oncall_next(&page) < page.n);
	assert_string_equal(page.rungs[oncall_next(&page)].name, "李敏"); /* not rung yet */
	oncall_line(client_rules(f->client), &page.duty, 3, &line);
	assert_non_null(strstr(str_get(&line), "吴凯"));
	assert_non_null(strstr(str_get(&line), "08:30"));
	str_release(&line);
}

/* A call of the shift before does not count for this one. */
static void an_earlier_shift_has_its_own(void **state)
{
	struct fixture *f = *state;
	struct oncall_page page;

	OK(oncall_page(f->client, "zhongxin", f->world.fixed.now + 8 * HOUR_MS, &f->arena, &page, NULL));
	assert_int_equal(page.rung_n, 0);
	for (size_t i = 0; i < page.n; i++)
		assert_int_equal(page.rungs[i].n_calls, 0);
}

static void where_nobody_is_it_is_said(void **state)
{
	static const struct {
		const char *org;
		int64_t after;
		bool why; /* something is said of it */
		bool rungs;
	} cases[] = {
		{ "zhongxin", 0, false, true },
		{ "shuiwu", 0, true, true }, /* the duty phone alone */
		{ "zhongxin", 90 * DAY_MS, true, true }, /* that month is not begun */
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct oncall_page page;

		OK(oncall_page(f->client, cases[i].org, f->world.fixed.now + cases[i].after, &f->arena,
			       &page, NULL));
		if ((*oncall_why(&page) != '\0') != cases[i].why)
			fail_msg("%zu: \"%s\"", i, oncall_why(&page));
		assert_int_equal(page.n > 0, cases[i].rungs);
	}
}

static void rows_for_programs(void **state)
{
	struct fixture *f = *state;
	struct oncall_row *rows;
	size_t n, all, now = 0;

	OK(oncall_rows(f->client, "zhongxin", f->world.fixed.now, false, &f->arena, &rows, &n, NULL));
	assert_true(n > 0);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(rows[i].org, "zhongxin");
		assert_true(strcmp(rows[i].when, "now") == 0 || strcmp(rows[i].when, "next") == 0);
		now += strcmp(rows[i].when, "now") == 0;
	}
	assert_true(now >= 3);
	OK(oncall_rows(f->client, NULL, f->world.fixed.now, false, &f->arena, &rows, &all, NULL));
	assert_true(all > n);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	static const struct CMUnitTest tests[] = {
		T(the_ladder_has_tonights_calls),
		T(an_earlier_shift_has_its_own),
		T(where_nobody_is_it_is_said),
		T(rows_for_programs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
