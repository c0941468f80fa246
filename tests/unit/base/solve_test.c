#include <config.h>

#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "zhiban/base/solve.h"

/* A knapsack: 8 things of value and size, at most 24. */
static const struct {
	double value, size;
} things[] = { { 8, 5 }, { 14, 9 }, { 11, 7 }, { 3, 2 }, { 20, 13 }, { 6, 4 }, { 9, 6 }, { 5, 3 } };
enum { THINGS = sizeof things / sizeof *things, ROOM = 24 };

static struct solve *knapsack(bool whole)
{
	struct solve *solve = solve_new();
	size_t row = solve_row(solve, -INFINITY, ROOM);

	for (size_t i = 0; i < THINGS; i++)
		solve_entry(solve, row, solve_column(solve, 0, 1, -things[i].value, whole),
			    things[i].size);
	return solve;
}

static double by_hand(void)
{
	double best = 0;

	for (unsigned set = 0; set < 1U << THINGS; set++) {
		double value = 0, size = 0;

		for (size_t i = 0; i < THINGS; i++)
			if (set & 1U << i) {
				value += things[i].value;
				size += things[i].size;
			}
		best = size <= ROOM && value > best ? value : best;
	}
	return best;
}

static void the_best_is_found_and_proven(void **unused)
{
	struct solve *solve = knapsack(true);
	struct solve_answer answer;

	(void)unused;
	assert_int_equal(solve_run(solve, NULL, NULL, NULL, &answer, NULL), ERR_OK);
	assert_true(answer.best);
	assert_non_null(answer.values);
	assert_float_equal(answer.cost, -by_hand(), 1e-6);
	assert_float_equal(answer.bound, answer.cost, 1e-6);
	solve_free(solve);
}

static void a_relaxation_is_a_bound(void **unused)
{
	struct solve *solve = knapsack(false);
	struct solve_answer answer;

	(void)unused;
	assert_int_equal(solve_run(solve, NULL, NULL, NULL, &answer, NULL), ERR_OK);
	assert_true(answer.best);
	assert_true(answer.bound <= -by_hand() + 1e-6);
	solve_free(solve);
}

static void what_contradicts_itself_has_no_answer(void **unused)
{
	struct solve *solve = solve_new();
	size_t x = solve_column(solve, 0, 1, 1, true), row = solve_row(solve, 2, INFINITY);
	struct solve_answer answer;

	(void)unused;
	solve_entry(solve, row, x, 1);
	assert_int_equal(solve_run(solve, NULL, NULL, NULL, &answer, NULL), ERR_OK);
	assert_null(answer.values);
	assert_false(answer.best);
	solve_free(solve);
}

static bool at_once(void *ctx)
{
	(void)ctx;
	return true;
}

static void what_is_stopped_keeps_what_it_began_with(void **unused)
{
	struct solve *solve = knapsack(true);
	double start[THINGS] = { 1, 1 };
	struct solve_answer answer;

	(void)unused;
	assert_int_equal(solve_run(solve, start, at_once, NULL, &answer, NULL), ERR_OK);
	assert_non_null(answer.values);
	assert_float_equal(answer.cost, -22, 1e-9);
	assert_false(answer.best);
	assert_true(answer.bound <= -by_hand());
	solve_free(solve);
}

/* The library ends the program when it is called wrongly: here that is an error, and the next solve of
 * the same thread goes well. */
static void a_failure_of_the_library_is_an_error(void **unused)
{
	struct solve *solve = knapsack(true), *good = knapsack(true);
	struct solve_answer answer = { .cost = 4711 };
	struct error err = ERROR_INIT;

	(void)unused;
	solve_entry(solve, 77, 0, 1); /* there is no such row */
	assert_int_equal(solve_run(solve, NULL, NULL, NULL, &answer, &err), ERR_IO);
	assert_float_equal(answer.cost, 4711, 0);
	assert_string_not_equal(err.text, "");
	solve_free(solve);
	assert_int_equal(solve_run(good, NULL, NULL, NULL, &answer, NULL), ERR_OK);
	assert_true(answer.best);
	solve_free(good);
}

static void *solve_there(void *ctx)
{
	bool *ret_ok = ctx;

	*ret_ok = true;
	for (int i = 0; i < 20; i++) {
		struct solve *solve = knapsack(true);
		struct solve_answer answer;

		if (solve_run(solve, NULL, NULL, NULL, &answer, NULL) != ERR_OK || !answer.best ||
		    fabs(answer.cost + by_hand()) > 1e-6)
			*ret_ok = false;
		solve_free(solve);
	}
	return NULL;
}

static void threads_do_not_meet(void **unused)
{
	pthread_t threads[3];
	bool ok[3];

	(void)unused;
	for (int i = 0; i < 3; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, solve_there, &ok[i]), 0);
	for (int i = 0; i < 3; i++) {
		pthread_join(threads[i], NULL);
		assert_true(ok[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_is_found_and_proven),
		cmocka_unit_test(a_relaxation_is_a_bound),
		cmocka_unit_test(what_contradicts_itself_has_no_answer),
		cmocka_unit_test(what_is_stopped_keeps_what_it_began_with),
		cmocka_unit_test(a_failure_of_the_library_is_an_error),
		cmocka_unit_test(threads_do_not_meet),
	};

	return cmocka_run_group_tests_name("base/solve", tests, NULL, NULL);
}
