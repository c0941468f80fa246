#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rosters.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

static const char *const names[] = { "李敏", "周强", "陈静", "王芳", "高原", "赵军" };

struct party {
	struct rosters r;
	const struct roster *months[1];
	const struct staff *staff[ARRAY_LEN(names)];
	struct roster_view view;
	struct arena arena;
};

static int setup(void **state)
{
	struct party *party = mem_alloc(sizeof *party);
	struct rosters *r = &party->r;

	rosters_init(r);
	rosters_must(r, KIND_ROSTER, "roster", "李敏", "zx centre 2026-12",
		     "cell=2026-12-02 day main 1 - @李敏\ncell=2026-12-04 day main 1 - @周强\n"
		     "cell=2026-12-05 day main 1 - @陈静\ncell=2026-12-02 night main 1 - @王芳");
	party->months[0] = rosters_month(r, "zx centre 2026-12");
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		party->staff[i] = rosters_staff(r, names[i]);
	party->view = (struct roster_view){ .rules = &r->fx.rules, .plan = rosters_plan(r, "centre"),
					    .rosters = party->months, .n_rosters = 1,
					    .staff = party->staff, .n_staff = ARRAY_LEN(names) };
	*state = party;
	return 0;
}

static int teardown(void **state)
{
	struct party *party = *state;

	rosters_release(&party->r);
	arena_release(&party->arena);
	free(party);
	return 0;
}

static const struct partner *partner_of(const struct partner *partners, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(partners[i].staff->name, name))
			return &partners[i];
	return NULL;
}

static int64_t before(struct party *party)
{
	return rosters_turn(&party->r, "2026-12-02 day main 1")->starts - DAY_MS;
}

/* Who gives a duty of the same weight, near by, stands before who gives one of a weekend; whom a rule
 * keeps away, and who asks, are not there. */
static void test_order(void **state)
{
	struct party *party = *state;
	const struct turn *turn = rosters_turn(&party->r, "2026-12-02 day main 1");
	const struct partner *zhou, *chen;
	struct partner *partners;
	size_t n;

	swap_partners(&party->view, turn, before(party), &party->arena, &partners, &n);
	assert_null(partner_of(partners, n, "李敏"));
	/* the night of that day is hers: only when she gives it away */
	assert_ptr_equal(partner_of(partners, n, "王芳")->gives,
			 rosters_turn(&party->r, "2026-12-02 night main 1"));
	assert_null(partner_of(partners, n, "赵军")); /* of no unit of the pool */
	zhou = partner_of(partners, n, "周强");
	chen = partner_of(partners, n, "陈静");
	assert_non_null(zhou);
	assert_non_null(chen);
	assert_non_null(partner_of(partners, n, "高原"));
	assert_null(partner_of(partners, n, "高原")->gives); /* has none */
	assert_ptr_equal(zhou->gives, rosters_turn(&party->r, "2026-12-04 day main 1"));
	assert_true(zhou->score < chen->score);
	for (size_t i = 1; i < n; i++)
		assert_true(partners[i - 1].score <= partners[i].score);
}

/* Nobody is offered whom the swap would make break a rule, nor a duty that has begun. */
static void test_rules(void **state)
{
	struct party *party = *state;
	const struct turn *turn = rosters_turn(&party->r, "2026-12-02 day main 1");
	const struct turn *late = rosters_turn(&party->r, "2026-12-04 day main 1");
	struct need need = { .shift = plan_shift(party->view.plan, "day"),
			     .post = plan_post(party->view.plan, "main"), .seat = 1,
			     .day = turn_day(party->view.rules, turn), .starts = turn->starts,
			     .ends = turn->ends };
	struct partner *partners;
	const struct partner *zhou;
	size_t n;

	swap_partners(&party->view, turn, before(party), &party->arena, &partners, &n);
	assert_true(n >= 3);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(roster_would_break(&party->view, &need, partners[i].staff,
						    partners[i].gives),
				 0);
	swap_partners(&party->view, turn, late->starts, &party->arena, &partners, &n);
	zhou = partner_of(partners, n, "周强");
	assert_true(zhou == NULL || zhou->gives != late);
}

/* A duty that the plan no longer asks for has none. */
static void test_unknown(void **state)
{
	struct party *party = *state;
	struct turn turn = *rosters_turn(&party->r, "2026-12-02 day main 1");
	struct partner *partners;
	size_t n = 7;

	turn.post = "guide";
	swap_partners(&party->view, &turn, before(party), &party->arena, &partners, &n);
	assert_int_equal(n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_order, setup, teardown),
		cmocka_unit_test_setup_teardown(test_rules, setup, teardown),
		cmocka_unit_test_setup_teardown(test_unknown, setup, teardown),
	};

	return cmocka_run_group_tests_name("domain/swap_partners", tests, NULL, NULL);
}
