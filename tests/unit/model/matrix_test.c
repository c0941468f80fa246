#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/matrix.h"

#define NOW INT64_C(1795372860000)
#define MIN MINUTE_MS

static const struct org orgs[] = {
	{ .code = "street", .name = "Street" }, { .code = "market", .name = "Market" },
	{ .code = "urban", .name = "Urban" },	{ .code = "housing", .name = "Housing" },
	{ .code = "water", .name = "Water" },
};

static struct summons_class greater = { .code = "greater", .label = "Greater" };
static struct summons kind = { .code = "whistle", .label = "Whistle", .classes = &greater,
			       .n_classes = 1 };

static void make_rules(struct rules *rules)
{
	static const enum summons_clock limited[] = { SUMMONS_APPROVE, SUMMONS_CHECK, SUMMONS_SIGN,
						      SUMMONS_REPORT_IN, SUMMONS_HANDLE,
						      SUMMONS_VERIFY, SUMMONS_SETTLE };

	memset(rules, 0, sizeof *rules);
	rules->orgs = orgs;
	rules->n_orgs = ARRAY_LEN(orgs);
	rules->summonses = &kind;
	rules->n_summonses = 1;
	memset(greater.limits, 0, sizeof greater.limits);
	for (size_t i = 0; i < ARRAY_LEN(limited); i++)
		greater.limits[limited[i]] = (struct limit){ LIMIT_MINUTES, 60, -1 };
	kind.confirmed = true;
}

static struct whistle *new_whistle(struct arena *arena)
{
	struct uuid id = { { 1 } };
	struct whistle *whistle = entity_new(KIND_WHISTLE, &id, arena);

	whistle->summons = "whistle";
	whistle->cls = "greater";
	whistle->step = "issued";
	whistle->blown_at = NOW - 300 * MIN;
	return whistle;
}

static struct summoned *add_share(struct whistle *whistle, const char *org, struct arena *arena)
{
	struct uuid id = { { 2, (unsigned char)(whistle->shares.n + 1) } };
	struct summoned *share =
		children_add(&whistle->shares, child_desc(CHILD_SUMMONED), &id, arena);

	share->org = org;
	share->asked_at = NOW - 200 * MIN;
	return share;
}

/* Started 200 minutes ago; due and stopped from now on, in minutes; NOT: neither. */
enum { NOT = 99999 };
static void add_clock(struct whistle *whistle, const struct uuid *share, const char *what, int due,
		      int stopped, struct arena *arena)
{
	struct uuid id = { { 3, (unsigned char)(whistle->clocks.n + 1) } };
	struct clock *clock =
		children_add(&whistle->clocks, child_desc(CHILD_CLOCK), &id, arena);
	char *about = arena_alloc(arena, UUID_TEXT);

	clock->kind = what;
	if (share) {
		uuid_text(share, about);
		clock->about = about;
	}
	clock->started_at = NOW - 200 * MIN;
	clock->due = due == NOT ? 0 : NOW + due * MIN;
	clock->stopped_at = stopped == NOT ? 0 : NOW + stopped * MIN;
}

/* ---- a cell ---- */

static const struct {
	bool clock;
	int due, stopped, signed_at; /* minutes from now; NOT: none */
	bool freed;
	enum cell_state state;
	const char *text, *code;
} cells[] = {
	{ false, NOT, NOT, NOT, false, CELL_IDLE, "-", "idle" },
	{ false, NOT, NOT, -100, false, CELL_DONE, "Y 1:40", "done 100" },
	{ true, 1100, NOT, NOT, false, CELL_RUNS, "18:20", "left 1100" },
	{ true, 61, NOT, NOT, false, CELL_RUNS, "01:01", "left 61" },
	{ true, 60, NOT, NOT, false, CELL_SOON, "01:00", "left 60" },
	{ true, 3, NOT, NOT, false, CELL_SOON, "00:03", "left 3" }, /* no second hand */
	{ true, 0, NOT, NOT, false, CELL_OVER, "X-0:00", "over 0" },
	{ true, -5, NOT, NOT, false, CELL_OVER, "X-0:05", "over 5" },
	{ true, -1440, NOT, NOT, false, CELL_OVER, "X-1d", "over 1440" },
	{ true, 1440 * 5 + 180, NOT, NOT, false, CELL_RUNS, "5d 03h", "left 7380" },
	{ true, 30, -169, -169, false, CELL_DONE, "Y 0:31", "done 31" },
	{ true, -170, -169, -169, false, CELL_LATE, "Y 0:31!", "late 31" },
	{ true, -169, -169, -169, false, CELL_DONE, "Y 0:31", "done 31" }, /* to the minute */
	{ true, NOT, -100, -100, false, CELL_DONE, "Y 1:40", "done 100" },
	{ true, NOT, 400, 400, false, CELL_DONE, "Y10:00", "done 600" },
	{ true, NOT, NOT, NOT, false, CELL_RUNS, "..", "left 0" },
	{ true, -5, -2, NOT, false, CELL_IDLE, "-", "idle" }, /* ended, and not by being done */
	{ true, -5, -2, NOT, true, CELL_NONE, "", "" },
	{ true, -5, -20, -20, true, CELL_DONE, "Y 3:00", "done 180" },
};

static void test_cells(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		struct arena arena = ARENA_INIT;
		struct whistle *whistle = new_whistle(&arena);
		struct summoned *share = add_share(whistle, "market", &arena);
		struct matrix matrix;
		struct rules rules;
		char text[MATRIX_TEXT];

		make_rules(&rules);
		if (cells[i].signed_at != NOT)
			share->signed_at = NOW + cells[i].signed_at * MIN;
		if (cells[i].freed)
			share->freed_at = NOW - MIN;
		if (cells[i].clock)
			add_clock(whistle, &share->id, "sign", cells[i].due, cells[i].stopped,
				  &arena);
		matrix_build(&rules, whistle, NOW, &arena, &matrix);
		assert_int_equal(matrix.n_rows, 1);
		assert_int_equal(matrix.rows[0].cells[SUMMONS_SIGN].state, cells[i].state);
		matrix_cell_text(&matrix.rows[0].cells[SUMMONS_SIGN], text);
		assert_string_equal(text, cells[i].text);
		matrix_cell_code(&matrix.rows[0].cells[SUMMONS_SIGN], text);
		assert_string_equal(text, cells[i].code);
		arena_release(&arena);
	}
}

/* Who has come is not proved until the street says so, where the kind asks for that. */
static void test_proof(void **state)
{
	struct arena arena = ARENA_INIT;
	struct whistle *whistle = new_whistle(&arena);
	struct summoned *share = add_share(whistle, "market", &arena);
	struct matrix matrix;
	struct rules rules;
	char text[MATRIX_TEXT];

	(void)state;
	make_rules(&rules);
	share->reported_at = NOW - 25 * MIN;
	add_clock(whistle, &share->id, "report_in", 30, -25, &arena);
	matrix_build(&rules, whistle, NOW, &arena, &matrix);
	matrix_cell_text(&matrix.rows[0].cells[SUMMONS_REPORT_IN], text);
	assert_string_equal(text, "Y 2:55?");
	kind.confirmed = false;
	matrix_build(&rules, whistle, NOW, &arena, &matrix);
	matrix_cell_text(&matrix.rows[0].cells[SUMMONS_REPORT_IN], text);
	assert_string_equal(text, "Y 2:55");
	kind.confirmed = true;
	share->confirmed_at = NOW;
	matrix_build(&rules, whistle, NOW, &arena, &matrix);
	assert_false(matrix.rows[0].cells[SUMMONS_REPORT_IN].open_proof);
	arena_release(&arena);
}

/* ---- rows and columns ---- */

static void test_order(void **state)
{
	static const struct {
		const char *org;
		int due; /* of its clock that runs, minutes; NOT: none */
		bool freed;
	} shares[] = {
		{ "water", NOT, false }, { "urban", 20, false },  { "market", -5, false },
		{ "gone", NOT, true },	 { "housing", -90, false }, { "street", NOT, false },
		{ "unknown", NOT, false },
	};
	static const char *const order[] = { "housing", "market", "urban", "street", "water",
					     "unknown", "gone" };
	struct arena arena = ARENA_INIT;
	struct whistle *whistle = new_whistle(&arena);
	struct matrix matrix;
	struct rules rules;

	(void)state;
	make_rules(&rules);
	for (size_t i = 0; i < ARRAY_LEN(shares); i++) {
		struct summoned *share = add_share(whistle, shares[i].org, &arena);

		if (shares[i].freed)
			share->freed_at = NOW;
		if (shares[i].due == NOT)
			continue;
		add_clock(whistle, &share->id, "handle", 5000, NOT, &arena);
		add_clock(whistle, &share->id, "report_in", shares[i].due, NOT, &arena);
	}
	matrix_build(&rules, whistle, NOW, &arena, &matrix);
	assert_int_equal(matrix.n_rows, ARRAY_LEN(order));
	for (size_t i = 0; i < ARRAY_LEN(order); i++)
		assert_string_equal(matrix.rows[i].share->org, order[i]);
	assert_int_equal(matrix.rows[0].worst, SUMMONS_REPORT_IN);
	assert_int_equal(matrix.rows[3].worst, SUMMONS_CLOCKS);
	arena_release(&arena);
}

/* The class's clocks are columns; a clock that it does not have, when one was started; a dispute's only
 * then. */
static void test_columns(void **state)
{
	static const enum summons_clock plain[] = { SUMMONS_SIGN, SUMMONS_REPORT_IN, SUMMONS_HANDLE,
						    SUMMONS_VERIFY };
	static const enum summons_clock more[] = { SUMMONS_SIGN,     SUMMONS_CONTACT,
						   SUMMONS_REPORT_IN, SUMMONS_HANDLE,
						   SUMMONS_VERIFY,    SUMMONS_SETTLE };
	struct arena arena = ARENA_INIT;
	struct whistle *whistle = new_whistle(&arena);
	struct summoned *share = add_share(whistle, "market", &arena);
	struct matrix matrix;
	struct rules rules;

	(void)state;
	make_rules(&rules);
	matrix_build(&rules, whistle, NOW, &arena, &matrix);
	assert_int_equal(matrix.n_columns, ARRAY_LEN(plain));
	assert_memory_equal(matrix.columns, plain, sizeof plain);
	share->contacted_at = NOW - MIN;
	add_clock(whistle, &share->id, "settle", 10, NOT, &arena);
	matrix_build(&rules, whistle, NOW, &arena, &matrix);
	assert_int_equal(matrix.n_columns, ARRAY_LEN(more));
	assert_memory_equal(matrix.columns, more, sizeof more);
	arena_release(&arena);
}

/* Clocks of the whole stand apart; the worst of all is the whistle's. */
static void test_whole(void **state)
{
	struct arena arena = ARENA_INIT;
	struct whistle *whistle = new_whistle(&arena);
	struct summoned *share = add_share(whistle, "market", &arena);
	struct matrix matrix;
	struct matrix_cell worst;
	struct rules rules;
	char text[MATRIX_TEXT];

	(void)state;
	make_rules(&rules);
	assert_false(matrix_worst(whistle, NOW, &worst));
	whistle->approved_at = NOW - 190 * MIN;
	add_clock(whistle, NULL, "approve", -100, -190, &arena);
	add_clock(whistle, NULL, "rate", 100, NOT, &arena);
	add_clock(whistle, &share->id, "handle", -30, NOT, &arena);
	matrix_build(&rules, whistle, NOW, &arena, &matrix);
	assert_int_equal(matrix.n_whole, 3);
	assert_int_equal(matrix.whole[0], SUMMONS_APPROVE);
	assert_int_equal(matrix.whole[1], SUMMONS_CHECK);
	assert_int_equal(matrix.whole[2], SUMMONS_RATE);
	matrix_cell_text(&matrix.cells[SUMMONS_APPROVE], text);
	assert_string_equal(text, "Y 0:10");
	assert_int_equal(matrix.cells[SUMMONS_CHECK].state, CELL_IDLE);
	assert_int_equal(matrix.cells[SUMMONS_RATE].state, CELL_RUNS);
	assert_true(matrix_worst(whistle, NOW, &worst));
	assert_int_equal(worst.state, CELL_OVER);
	assert_string_equal(worst.clock->kind, "handle");
	arena_release(&arena);
}

/* One of a kind that the profile has no more is shown by what it has. */
static void test_unknown_kind(void **state)
{
	struct arena arena = ARENA_INIT;
	struct whistle *whistle = new_whistle(&arena);
	struct summoned *share = add_share(whistle, "market", &arena);
	struct matrix matrix;
	struct rules rules;

	(void)state;
	make_rules(&rules);
	whistle->summons = "other";
	add_clock(whistle, &share->id, "handle", -30, NOT, &arena);
	matrix_build(&rules, whistle, NOW, &arena, &matrix);
	assert_int_equal(matrix.n_columns, 1);
	assert_int_equal(matrix.columns[0], SUMMONS_HANDLE);
	assert_int_equal(matrix.rows[0].cells[SUMMONS_SIGN].state, CELL_NONE);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cells),	cmocka_unit_test(test_proof),
		cmocka_unit_test(test_order),	cmocka_unit_test(test_columns),
		cmocka_unit_test(test_whole),	cmocka_unit_test(test_unknown_kind),
	};

	return cmocka_run_group_tests_name("model/matrix", tests, NULL, NULL);
}
