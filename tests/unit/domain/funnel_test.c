/* The funnel: what counts where, and the shares. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/funnel.h"

static void add(struct funnel *funnel, int n, int response, bool open, int reworks)
{
	struct incident incident = { .response = response, .open = open, .reworks = reworks };

	for (int i = 0; i < n; i++)
		funnel_add(funnel, &incident);
}

static void shares(void **state)
{
	static const struct {
		int closed0, open0, level1, level2;
		int share[3];
	} cases[] = {
		{ 0, 0, 0, 0, { -1, -1, -1 } },
		{ 80, 0, 16, 4, { 800, 800, 40 } }, /* 80, 80 of the rest, 4 of all */
		{ 80, 50, 16, 4, { 800, 800, 40 } }, /* what is still at the scene is in none */
		{ 5, 0, 0, 0, { 1000, -1, 0 } },
		{ 0, 3, 0, 0, { -1, -1, -1 } },
		{ 1, 0, 1, 1, { 333, 500, 333 } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct funnel funnel = { .on_site = 0 };
		int share[3];

		add(&funnel, cases[i].closed0, 0, false, 0);
		add(&funnel, cases[i].open0, 0, true, 0);
		add(&funnel, cases[i].level1, 1, true, 0);
		add(&funnel, cases[i].level2, 2, false, 0);
		funnel_shares(&funnel, share);
		for (int k = 0; k < 3; k++)
			if (share[k] != cases[i].share[k])
				fail_msg("%zu: share %d is %d", i, k, share[k]);
		assert_int_equal(funnel.undecided, cases[i].open0);
	}
}

static void doubt(void **state)
{
	static const struct {
		int level1, reworked, level2;
		bool doubtful;
	} cases[] = {
		{ 90, 10, 1, true },  /* 99 % at level 1, a tenth came back */
		{ 90, 10, 5, false }, /* 95 % */
		{ 99, 1, 1, false },  /* hardly anything came back */
		{ 10, 5, 0, false },  /* too few to say */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct funnel funnel = { .on_site = 0 };

		add(&funnel, cases[i].level1, 1, false, 0);
		add(&funnel, cases[i].reworked, 1, false, 1);
		add(&funnel, cases[i].level2, 2, false, 0);
		if (funnel_is_doubtful(&funnel) != cases[i].doubtful)
			fail_msg("%zu", i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares),
		cmocka_unit_test(doubt),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
