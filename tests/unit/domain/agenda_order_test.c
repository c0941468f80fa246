/* The order of an agenda against all orders there are. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/slot.h"

enum { ITEMS = 40, ORGS = 7, SMALL = 6, CASES = 400, LARGE_CASES = 40 };

struct agenda_case {
	uint64_t random, seed; /* seed 0: none is looked at */
	size_t n_items, n_orgs;
	bool need[ITEMS * ORGS];
	int minutes[ITEMS], fixed[ITEMS];
};

static unsigned below(struct agenda_case *c, unsigned n)
{
	c->random = c->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)((c->random >> 33) % n);
}

static void random_case(struct agenda_case *c, uint64_t seed, size_t items_least, size_t items_most)
{
	memset(c, 0, sizeof *c);
	c->random = seed * 2654435761U + 7;
	c->seed = seed;
	c->n_items = items_least + below(c, (unsigned)(items_most - items_least + 1));
	c->n_orgs = below(c, ORGS + 1);
	for (size_t i = 0; i < c->n_items; i++) {
		c->minutes[i] = (int)below(c, 7) * 5;
		for (size_t o = 0; o < c->n_orgs; o++)
			c->need[i * c->n_orgs + o] = below(c, 3) == 0;
		if (below(c, 5) == 0) /* now and then out of range, or where another stands */
			c->fixed[i] = 1 + (int)below(c, (unsigned)c->n_items + 1);
	}
}

/* Minute by minute of the clock: when does each come, when does it go? */
static int64_t sat(const struct agenda_case *c, const size_t order[])
{
	int64_t total = 0;

	for (size_t o = 0; o < c->n_orgs; o++) {
		int64_t at = 0, came = -1, goes = 0;

		for (size_t k = 0; k < c->n_items; k++) {
			if (c->need[order[k] * c->n_orgs + o] && came < 0)
				came = at;
			at += c->minutes[order[k]];
			if (c->need[order[k] * c->n_orgs + o])
				goes = at;
		}
		total += came < 0 ? 0 : goes - came;
	}
	return total;
}

/* The first of those that want a place has it; the others go where there is room. */
static bool is_held(const struct agenda_case *c, size_t item)
{
	if (c->fixed[item] < 1 || (size_t)c->fixed[item] > c->n_items)
		return false;
	for (size_t i = 0; i < item; i++)
		if (c->fixed[i] == c->fixed[item])
			return false;
	return true;
}

static bool allowed(const struct agenda_case *c, const size_t order[])
{
	bool seen[ITEMS] = {false};

	for (size_t k = 0; k < c->n_items; k++) {
		if (order[k] >= c->n_items || seen[order[k]])
			return false;
		seen[order[k]] = true;
		if (is_held(c, order[k]) && (size_t)c->fixed[order[k]] != k + 1)
			return false;
	}
	return true;
}

/* All orders, those that are allowed: least, and the order nearest to how they were given. */
static void all_orders(const struct agenda_case *c, size_t order[], size_t n, int64_t *least,
		       size_t first[])
{
	if (n == c->n_items) {
		if (allowed(c, order) && sat(c, order) < *least) {
			*least = sat(c, order);
			memcpy(first, order, n * sizeof *order);
		}
		return;
	}
	for (size_t i = 0; i < c->n_items;
	     i++) { /* ascending: the first that is found stands first */
		bool there = false;

		for (size_t k = 0; k < n; k++)
			there = there || order[k] == i;
		if (there)
			continue;
		order[n] = i;
		all_orders(c, order, n + 1, least, first);
	}
}

static void small_ones_are_the_least_there_is(void **state)
{
	struct agenda_case *c = *state;
	size_t order[ITEMS], tried[ITEMS], first[ITEMS];

	for (uint64_t seed = 1; seed <= CASES; seed++) {
		int64_t least = INT64_MAX, got;

		random_case(c, seed, 0, SMALL);
		got = agenda_order(c->need, c->n_items, c->n_orgs, c->minutes, c->fixed, order);
		assert_true(allowed(c, order));
		all_orders(c, tried, 0, &least, first);
		assert_int_equal(got, least);
		assert_int_equal(got, sat(c, order));
		assert_int_equal(got,
				 agenda_sat(c->need, c->n_items, c->n_orgs, c->minutes, order));
		assert_memory_equal(order, first, c->n_items * sizeof *order);
	}
	c->seed = 0;
}

static void larger_ones_are_no_worse_than_given(void **state)
{
	struct agenda_case *c = *state;
	size_t order[ITEMS], given[ITEMS];
	size_t better = 0;

	for (uint64_t seed = 1; seed <= LARGE_CASES; seed++) {
		random_case(c, seed, 7, ITEMS);
		memset(c->fixed, 0, sizeof c->fixed);
		if (seed % 2 == 0)
			c->fixed[c->n_items - 1] = 1;
		size_t n = 0;

		if (seed % 2 == 0)
			given[n++] = c->n_items - 1;
		for (size_t i = 0; n < c->n_items; i++)
			given[n++] = i;
		int64_t got =
		    agenda_order(c->need, c->n_items, c->n_orgs, c->minutes, c->fixed, order);

		assert_true(allowed(c, order));
		assert_int_equal(got, sat(c, order));
		assert_true(got <= sat(c, given));
		better += got < sat(c, given);
		/* two neighbours that change places do not help */
		for (size_t a = 1; a < c->n_items; a++) {
			size_t other[ITEMS];

			memcpy(other, order, c->n_items * sizeof *order);
			other[a] = order[a - 1];
			other[a - 1] = order[a];
			assert_true(!allowed(c, other) || sat(c, other) >= got);
		}
	}
	assert_true(better > LARGE_CASES / 3);
	c->seed = 0;
}

static void departments_of_one_kind_stand_together(void **state)
{
	/* water, fire, water, fire: each sits through three; together through two */
	static const bool need[] = {true, false, false, true, true, false, false, true};
	static const int minutes[] = {20, 20, 20, 20};
	static const size_t as_given[] = {0, 1, 2, 3}, want[] = {0, 2, 1, 3};
	int fixed[] = {0, 0, 0, 0};
	size_t order[4];

	(void)state;
	assert_int_equal(agenda_sat(need, 4, 2, minutes, as_given), 120);
	assert_int_equal(agenda_order(need, 4, 2, minutes, fixed, order), 80);
	assert_memory_equal(order, want, sizeof want);
	fixed[1] = 1;
	assert_int_equal(agenda_order(need, 4, 2, minutes, fixed, order), 80);
	assert_int_equal(order[0], 1);
	assert_int_equal(order[1], 3);
	assert_int_equal(agenda_order(need, 4, 2, minutes, NULL, order), 80);
}

static void too_many_stay_as_they_are(void **state)
{
	enum { MANY = ORDER_MOST + 1 };
	bool need[MANY] = {true};
	int minutes[MANY] = {5};
	size_t order[MANY];

	(void)state;
	need[MANY - 1] = true;
	assert_int_equal(agenda_order(need, MANY, 1, minutes, NULL, order), 5);
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(order[i], i);
}

static int begin(void **state)
{
	*state = mem_alloc(sizeof(struct agenda_case));
	return 0;
}

static int end(void **state)
{
	struct agenda_case *c = *state;

	if (c->seed != 0)
		print_error("seed %llu\n", (unsigned long long)c->seed);
	free(c);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(small_ones_are_the_least_there_is, begin, end),
	    cmocka_unit_test_setup_teardown(larger_ones_are_no_worse_than_given, begin, end),
	    cmocka_unit_test(departments_of_one_kind_stand_together),
	    cmocka_unit_test(too_many_stay_as_they_are),
	};

	return cmocka_run_group_tests_name("domain/agenda_order", tests, NULL, NULL);
}
