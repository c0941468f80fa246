/* Whom to ring about a case, and which leader. */
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
#include "zhiban/model/whom.h"

static void test_who_has_it_comes_first(void **state)
{
	static const struct {
		const char *typed, *first;
		size_t least, most;
	} cases[] = {
		{ "", "水务局 0519-", 3, WHOM_MOST },
		{ "swj", "水务局 0519-", 1, 1 },      /* initials */
		{ "tianning", "天宁 0519-", 1, WHOM_MOST }, /* spelled: its street */
		{ "水务", "水务局 0519-", 1, 1 },
		{ "zhouming", "周明 138", 1, 1 }, /* people come behind the desks */
		{ "火星", NULL, 0, 0 },
	};
	struct world world = { .profile_name = NULL };
	struct uuid water = uuid_named("water");
	struct whom whom[WHOM_MOST];
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	struct client *client;

	(void)state;
	assert_true(world_make(&world, "board"));
	assert_true(world_change(&world, "people"));
	assert_int_equal(client_open(&(struct client_options){ .dir = world.dir, .env = &world.env },
				     &client, NULL),
			 ERR_OK);
	assert_int_equal(client_get(client, &water, &arena, &incident, NULL), ERR_OK);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t n = whom_to_ring(client, incident, cases[i].typed, &arena, whom);

		if (n < cases[i].least || n > cases[i].most)
			fail_msg("%s: %zu", cases[i].typed, n);
		if (cases[i].first)
			assert_true(str_starts(whom[0].words, cases[i].first));
		for (size_t k = 0; k < n; k++) /* nobody rings himself */
			assert_null(strstr(whom[k].words, "李敏"));
		if (n == 1) /* what stands there already is not proposed again */
			assert_int_equal(whom_to_ring(client, incident, whom[0].words, &arena, whom),
					 0);
	}
	assert_int_equal(whom_to_ring(client, NULL, "", &arena, whom), 0);
	assert_int_equal(whom_leads(client, "", &arena, whom), 1);
	assert_string_equal(whom[0].words, "周明");
	assert_int_equal(whom_leads(client, "zm", &arena, whom), 1);
	assert_int_equal(whom_leads(client, "wjg", &arena, whom), 0);
	client_close(client);
	arena_release(&arena);
	world_free(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_who_has_it_comes_first),
	};

	return cmocka_run_group_tests_name("model/whom", tests, NULL, NULL);
}
