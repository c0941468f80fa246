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
#include "zhiban/base/text.h"
#include "zhiban/domain/workday.h"
#include "zhiban/model/roster_grid.h"

/* A centre with two shifts and three posts; the main one has two seats, the standby may be empty. */
static const struct org orgs[] = { { .code = "centre", .name = "Centre" } };
static const struct duty_shift shifts[] = {
	{ .code = "day", .label = "白班", .from = 510, .to = 1050 },
	{ .code = "night", .label = "夜班", .from = 1050, .to = 510, .night = true },
};
static const char *const by_night[] = { "night", NULL };
static const struct season flood[] = { { 5, 1, 9, 30, NULL } };
static const struct duty_post posts[] = {
	{ .code = "main", .label = "主班", .seats = 2, .chief = true, .rung = 1 },
	{ .code = "leader", .label = "带班领导", .seats = 1, .shifts = by_night, .phone = true,
	  .leader = true, .rung = 3 },
	{ .code = "flood", .label = "防汛", .seats = 1, .seasons = flood, .n_seasons = 1 },
	{ .code = "standby", .label = "备班", .seats = 1, .shifts = by_night, .standby = true },
};
static const struct roster_plan plan = { .code = "centre", .label = "值班表", .of = "centre",
					 .shifts = shifts, .n_shifts = 2, .posts = posts,
					 .n_posts = 4, .rest_min = 1440, .half_at = -1 };

struct fixture {
	struct arena arena;
	struct rules rules;
	struct calendar calendar;
	struct calendar_day named[2];
	struct roster *roster;
	const struct roster *rosters[1];
	const struct staff *staff[3];
	struct roster_view view;
	int32_t first, end;
};

static struct staff *person(struct fixture *fx, size_t i, const char *name)
{
	struct uuid id = { { 1, (unsigned char)(i + 1) } };
	struct staff *staff = entity_new(KIND_STAFF, &id, &fx->arena);

	staff->name = name;
	staff->org = "centre";
	staff->active = true;
	fx->staff[i] = staff;
	return staff;
}

static struct turn *stand(struct fixture *fx, int day, const char *shift, const char *post, int seat,
			  size_t who)
{
	struct uuid id = { { 2, (unsigned char)(fx->roster->turns.n + 1) } };
	const struct duty_shift *of = plan_shift(&plan, shift);
	struct turn *turn = children_add(&fx->roster->turns, child_desc(CHILD_TURN), &id, &fx->arena);
	int64_t midnight = civil_ms_of_day(fx->first + day - 1, fx->rules.offset_min);
	char words[40];

	uuid_words(&fx->staff[who]->head.id, words);
	turn->starts = midnight + (of ? of->from : 510) * MINUTE_MS;
	turn->ends = midnight + ((of ? of->to : 1050) + (of && of->to <= of->from ? 1440 : 0)) *
					MINUTE_MS;
	turn->shift = shift;
	turn->post = post;
	turn->seat = seat;
	turn->staff = arena_strdup(&fx->arena, words);
	turn->name = fx->staff[who]->name;
	turn->how = "hand";
	return turn;
}

static int setup(void **state)
{
	struct fixture *fx = mem_alloc(sizeof *fx);
	struct uuid id = roster_id("centre", "centre", "2026-10");

	fx->rules = (struct rules){ .offset_min = CIVIL_CHINA, .centre = "centre", .orgs = orgs,
				    .n_orgs = 1, .plans = &plan, .n_plans = 1 };
	assert_true(month_days("2026-10", &fx->first, &fx->end));
	fx->named[0] = (struct calendar_day){ fx->first, false, "国庆节" };
	fx->named[1] = (struct calendar_day){ fx->first + 9, true, NULL }; /* Saturday the 10th */
	fx->calendar = (struct calendar){ .first_year = 2026, .last_year = 2026, .days = fx->named,
					  .n_days = 2 };
	fx->rules.calendar = &fx->calendar;
	fx->roster = entity_new(KIND_ROSTER, &id, &fx->arena);
	fx->roster->org = "centre";
	fx->roster->plan = "centre";
	fx->roster->month = "2026-10";
	fx->rosters[0] = fx->roster;
	person(fx, 0, "李敏");
	person(fx, 1, "王建国");
	person(fx, 2, "欧阳建国");
	fx->view = (struct roster_view){ .rules = &fx->rules, .plan = &plan, .rosters = fx->rosters,
					 .n_rosters = 1, .staff = fx->staff, .n_staff = 3 };
	*state = fx;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fx = *state;

	arena_release(&fx->arena);
	free(fx);
	return 0;
}

static int64_t noon(const struct fixture *fx, int day)
{
	return civil_ms_of_day(fx->first + day - 1, CIVIL_CHINA) + 12 * HOUR_MS;
}

static void make(struct fixture *fx, int64_t now, const struct swap *const *swaps, size_t n,
		 struct roster_grid *ret)
{
	roster_grid_make(&fx->view, fx->first, fx->end, swaps, n, now, &fx->arena, ret);
}

/* Rows in the order of the day; what the season does not ask for is no row. */
static void test_rows(void **state)
{
	static const struct {
		const char *shift, *post;
		int seat, seats;
	} rows[] = { { "day", "main", 1, 2 },	  { "day", "main", 2, 2 },
		     { "night", "main", 1, 2 },	  { "night", "main", 2, 2 },
		     { "night", "leader", 1, 1 }, { "night", "standby", 1, 1 } };
	struct fixture *fx = *state;
	struct roster_grid grid;

	make(fx, noon(fx, 5), NULL, 0, &grid);
	assert_int_equal(grid.n_days, 31);
	assert_int_equal(grid.n_rows, ARRAY_LEN(rows));
	for (size_t i = 0; i < grid.n_rows; i++) {
		assert_string_equal(grid.rows[i].shift, rows[i].shift);
		assert_string_equal(grid.rows[i].post, rows[i].post);
		assert_int_equal(grid.rows[i].seat, rows[i].seat);
		assert_int_equal(grid.rows[i].seats, rows[i].seats);
		assert_int_equal(grid_row_find(&grid, rows[i].shift, rows[i].post, rows[i].seat), i);
	}
	assert_int_equal(grid_row_find(&grid, "day", "flood", 1), grid.n_rows);
	assert_int_equal(grid.seats, 31 * 6);
}

/* Somebody stands where the plan no longer asks for it: a row of its own, marked. */
static void test_stray(void **state)
{
	struct fixture *fx = *state;
	struct roster_grid grid;
	size_t row;

	stand(fx, 3, "day", "guide", 1, 0);
	make(fx, noon(fx, 5), NULL, 0, &grid);
	assert_int_equal(grid.n_rows, 7);
	row = grid_row_find(&grid, "day", "guide", 1);
	assert_int_equal(row, 2); /* behind the day's posts that the plan knows */
	assert_true(grid_cell(&grid, row, 2)->marks & GRID_STRAY);
	assert_false(grid_cell(&grid, row, 3)->seat);
	assert_null(grid.rows[row].post_of);
}

static void test_days(void **state)
{
	struct fixture *fx = *state;
	struct roster_grid grid;

	make(fx, noon(fx, 5), NULL, 0, &grid);
	assert_string_equal(grid.days[0].festival, "国庆节");
	assert_true(grid.days[0].off);
	assert_int_equal(grid.days[0].cls, DAY_HOLIDAY);
	assert_true(grid.days[9].makeup);
	assert_false(grid.days[9].off);
	assert_int_equal(grid.days[9].cls, DAY_WEEKDAY);
	assert_true(grid.days[10].off); /* a Sunday */
	assert_int_equal(grid.days[10].cls, DAY_WEEKEND);
	assert_true(grid.days[4].today);
	assert_false(grid.days[5].today);
	assert_int_equal(grid.days[0].weekday, 4);
	assert_int_equal(grid_day_find(&grid, fx->first + 30), 30);
	assert_int_equal(grid_day_find(&grid, fx->end), grid.n_days);
	assert_int_equal(grid_day_find(&grid, fx->first - 1), grid.n_days);
}

/* Marks of what stands there, and of the rules. */
static void test_marks(void **state)
{
	struct fixture *fx = *state;
	struct turn *turn;
	struct roster_grid grid;
	size_t main1, main2;

	stand(fx, 5, "day", "main", 1, 0)->locked = true;
	stand(fx, 6, "day", "main", 1, 1)->how = "cover";
	stand(fx, 7, "day", "main", 1, 1)->how = "swap";
	turn = stand(fx, 8, "day", "main", 1, 0);
	turn->how = "takeover";
	turn = stand(fx, 9, "day", "main", 1, 0);
	turn->how = "takeover";
	turn->ok_at = 1;
	stand(fx, 12, "day", "main", 1, 2);
	stand(fx, 12, "day", "main", 2, 2); /* twice at once */
	stand(fx, 15, "night", "main", 1, 0);
	turn = stand(fx, 16, "day", "main", 1, 0); /* no rest */
	turn->despite = "rest";
	make(fx, noon(fx, 5), NULL, 0, &grid);
	main1 = grid_row_find(&grid, "day", "main", 1);
	main2 = grid_row_find(&grid, "day", "main", 2);
	assert_int_equal(grid_cell(&grid, main1, 4)->marks, GRID_FIXED | GRID_NOW);
	assert_int_equal(grid_cell(&grid, main1, 5)->marks, GRID_COVER);
	assert_int_equal(grid_cell(&grid, main1, 6)->marks, GRID_SWAPPED);
	assert_int_equal(grid_cell(&grid, main1, 7)->marks, GRID_TAKEOVER | GRID_UNALLOWED);
	assert_int_equal(grid_cell(&grid, main1, 8)->marks, GRID_TAKEOVER);
	assert_true(grid_cell(&grid, main1, 11)->marks & GRID_BREACH);
	assert_true(grid_cell(&grid, main1, 11)->breaches & 1u << BREACH_DOUBLE);
	assert_true(grid_cell(&grid, main2, 11)->marks & GRID_BREACH);
	assert_true(grid_cell(&grid, main1, 15)->marks & GRID_DESPITE);
	assert_false(grid_cell(&grid, main1, 15)->marks & GRID_BREACH); /* there is a reason */
	assert_true(grid_cell(&grid, main2, 4)->marks & GRID_GAP);
	assert_true(grid_cell(&grid, grid_row_find(&grid, "night", "standby", 1), 4)->may_be_empty);
	assert_false(grid_cell(&grid, grid_row_find(&grid, "night", "standby", 1), 4)->marks & GRID_GAP);
	assert_int_equal(grid.stood, 9);
	assert_int_equal(grid.breaches, 2);
	assert_true(grid.days[11].wrong > 0);
}

static void test_asked(void **state)
{
	struct fixture *fx = *state;
	struct uuid id = { { 9 } };
	struct swap *swap = entity_new(KIND_SWAP, &id, &fx->arena);
	const struct swap *swaps[] = { swap };
	struct turn *turn = stand(fx, 20, "day", "main", 1, 0);
	struct roster_grid grid;
	char words[40];

	uuid_words(&turn->id, words);
	swap->turn = words;
	swap->open = true;
	make(fx, noon(fx, 5), swaps, 1, &grid);
	assert_true(grid_cell(&grid, 0, 19)->marks & GRID_ASKED);
	swap->open = false;
	make(fx, noon(fx, 5), swaps, 1, &grid);
	assert_false(grid_cell(&grid, 0, 19)->marks & GRID_ASKED);
}

/* The cursor begins at the first of the ladder who is on duty; gaps are gone through day by day. */
static void test_ways(void **state)
{
	struct fixture *fx = *state;
	struct roster_grid grid;
	size_t row = 9, day = 9;

	make(fx, noon(fx, 5), NULL, 0, &grid);
	assert_true(grid_now(&grid, &row, &day));
	assert_int_equal(row, 0);
	assert_int_equal(day, 4);
	row = 4; /* the leader of the 5th: behind it is only the standby, which may be empty */
	assert_true(grid_next_wrong(&grid, 1, &row, &day));
	assert_int_equal(row, 0);
	assert_int_equal(day, 5);
	assert_true(grid_next_wrong(&grid, -1, &row, &day));
	assert_int_equal(row, 4);
	assert_int_equal(day, 4);
	row = day = 0;
	assert_false(grid_next_wrong(&grid, -1, &row, &day));
	make(fx, noon(fx, 60), NULL, 0, &grid);
	assert_false(grid_now(&grid, &row, &day));
}

/* By display width, never half a glyph, and no dots that would be all there is. */
static void test_names(void **state)
{
	static const struct {
		const char *name;
		int columns;
		const char *shown;
	} cases[] = {
		{ "王建国", 6, "王建国" }, { "王建国", 5, "王建" }, { "王建国", 4, "王建" },
		{ "王建国", 3, "王" },	   { "王建国", 1, "" },	    { "欧阳建国", 7, "欧阳建" },
		{ "Li Min", 4, "Li M" },   { "李A敏", 4, "李A" },   { NULL, 4, "" },
	};
	struct fixture *fx = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(grid_name(cases[i].name, cases[i].columns, &fx->arena),
				    cases[i].shown);
}

static void test_labels(void **state)
{
	static const struct {
		int columns;
		const char *seat, *leader;
	} cases[] = { { 16, "白班 主班 2", "夜班 带班领导" },
		      { 10, "白 主班2", "夜带班领导" },
		      { 7, "白主班2", "夜带班" } };
	struct fixture *fx = *state;
	struct roster_grid grid;

	make(fx, noon(fx, 5), NULL, 0, &grid);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_string_equal(grid_row_label(&grid.rows[1], cases[i].columns, &fx->arena),
				    cases[i].seat);
		assert_string_equal(grid_row_label(&grid.rows[4], cases[i].columns, &fx->arena),
				    cases[i].leader);
	}
}

/* Whole weeks beside each other, as many as have room; every day has its place, and none is cut off at
 * the right edge. */
static void test_layout(void **state)
{
	static const struct {
		int columns, days, blocks;
	} cases[] = { { 60, 7, 5 }, { 80, 7, 5 },   { 100, 7, 5 }, { 132, 14, 3 },
		      { 160, 14, 3 }, { 200, 21, 2 } };
	struct fixture *fx = *state;
	struct roster_grid grid;

	make(fx, noon(fx, 5), NULL, 0, &grid);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct grid_layout layout = grid_layout_month(&grid, cases[i].columns);

		assert_int_equal(layout.days, cases[i].days);
		assert_int_equal(layout.blocks, cases[i].blocks);
		assert_int_equal(layout.lead, 3); /* a Thursday */
		assert_true(layout.label + layout.days * layout.cell <= cases[i].columns);
		assert_true(layout.days * layout.blocks >= layout.lead + 31);
	}
	for (int columns = 60; columns <= 200; columns += 5) {
		struct grid_layout layout = grid_layout_week(&grid, columns, 5);

		assert_true(5 + layout.lead >= 0 && 5 + layout.lead < layout.days);
		assert_true(layout.label + layout.days * layout.cell <= columns);
		assert_true(layout.cell >= 13 || columns < 30);
	}
}

static void test_words(void **state)
{
	struct grid_cell cell = { .seat = true, .marks = GRID_BREACH | GRID_FIXED,
				  .breaches = 1u << BREACH_REST };
	struct str words = STR_INIT;

	(void)state;
	grid_marks_words(&cell, &words);
	assert_non_null(strstr(words.s, breach_label(BREACH_REST)));
	assert_non_null(strstr(words.s, "fixed"));
	str_release(&words);
	assert_int_equal(grid_mark_char(0), ' ');
	assert_int_equal(grid_mark_char(GRID_PAST | GRID_NOW), ' ');
	assert_int_equal(grid_mark_char(GRID_FIXED | GRID_GAP), '!');
	assert_int_equal(grid_mark_char(GRID_TAKEOVER | GRID_UNALLOWED), 'T');
	assert_int_equal(grid_mark_char(GRID_TAKEOVER), 't');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_rows, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stray, setup, teardown),
		cmocka_unit_test_setup_teardown(test_days, setup, teardown),
		cmocka_unit_test_setup_teardown(test_marks, setup, teardown),
		cmocka_unit_test_setup_teardown(test_asked, setup, teardown),
		cmocka_unit_test_setup_teardown(test_ways, setup, teardown),
		cmocka_unit_test_setup_teardown(test_names, setup, teardown),
		cmocka_unit_test_setup_teardown(test_labels, setup, teardown),
		cmocka_unit_test_setup_teardown(test_layout, setup, teardown),
		cmocka_unit_test_setup_teardown(test_words, setup, teardown),
	};

	return cmocka_run_group_tests_name("model/roster_grid", tests, NULL, NULL);
}
