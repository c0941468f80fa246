/* What runs out: groups, whose, pages from both ends and around a row, filters, days, standing still. */
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
#include "zhiban/base/str.h"
#include "zhiban/model/deadlines.h"
#include "zhiban/model/due_filing.h"

struct fixture {
	struct world world;
	struct client *client;
	struct deadlines *deadlines;
	struct arena arena;
};

static int begin(void **state, const char *name)
{
	struct fixture *f = mem_alloc(sizeof *f);
	struct client_options options = { 0 };

	assert_true(world_make(&f->world, name));
	options.dir = f->world.dir;
	options.env = &f->world.env;
	assert_int_equal(client_open(&options, &f->client, NULL), ERR_OK);
	f->deadlines = deadlines_new(f->client);
	*state = f;
	return 0;
}

static int whistles(void **state)
{
	return begin(state, "whistle");
}

static int checks(void **state)
{
	return begin(state, "street");
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	deadlines_free(f->deadlines);
	client_close(f->client);
	world_free(&f->world);
	arena_release(&f->arena);
	free(f);
	return 0;
}

/* ---- groups ---- */

#define H HOUR_MS
#define M MINUTE_MS

static const struct {
	int hour;    /* of the day that it is */
	int64_t due; /* from now */
	enum due_group group;
} grouped[] = {
	{ 10, -1, DUE_OVER },	    { 10, 0, DUE_OVER },      { 10, 1, DUE_SOON },
	{ 10, 2 * H, DUE_SOON },    { 10, 2 * H + 1, DUE_TODAY }, { 10, 14 * H - 1, DUE_TODAY },
	{ 10, 14 * H, DUE_LATER },  { 23, 2 * H, DUE_SOON },  { 23, 2 * H + 1, DUE_LATER },
	{ 0, 24 * H - 1, DUE_TODAY }, { 0, 24 * H, DUE_LATER }, { 10, -90 * 24 * H, DUE_OVER },
};

static void groups_by_the_time_left(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(grouped); i++) {
		int64_t now = civil_ms_of_day(civil_day(2026, 11, 22), CIVIL_CHINA) +
			      grouped[i].hour * H;

		if (due_group(now + grouped[i].due, now, CIVIL_CHINA) != grouped[i].group)
			fail_msg("case %zu", i);
	}
}

/* ---- pages ---- */

static struct due_page page_of(struct fixture *f, enum due_from from, const struct uuid *anchor,
			       size_t before, size_t n)
{
	struct due_page page;

	assert_int_equal(deadlines_fetch(f->deadlines, from, anchor, before, n, &f->arena, &page,
					 NULL),
			 ERR_OK);
	return page;
}

/* Whatever the size of the pages, going on from row to row gives the same list. */
static void pages_fit_together(void **state)
{
	struct fixture *f = *state;
	struct due_page all;

	deadlines_set_mine(f->deadlines, false);
	all = page_of(f, DUE_FIRST, NULL, 0, 1000);
	assert_true(all.first && all.last);
	assert_true(all.n > 8);
	for (size_t at = 0; at < all.n; at++)
		for (size_t before = 0; before < 4; before++)
			for (size_t n = before + 1; n < before + 5; n++) {
				struct due_page page = page_of(f, DUE_AT, &all.rows[at].id, before, n);
				size_t k = 0;

				while (!uuid_eq(&all.rows[k].id, &page.rows[0].id))
					assert_true(++k < all.n);
				assert_true(k <= at && at < k + page.n);
				assert_true(at - k >= before || page.first);
				assert_int_equal(page.first, k == 0);
				for (size_t i = 0; i < page.n; i++)
					assert_true(uuid_eq(&page.rows[i].id, &all.rows[k + i].id));
			}
	for (size_t n = 1; n < 6; n++) {
		struct due_page last = page_of(f, DUE_LAST, NULL, 0, n);

		assert_true(last.last);
		assert_true(uuid_eq(&last.rows[last.n - 1].id, &all.rows[all.n - 1].id));
	}
}

static size_t rows_in(const struct due_page *page, enum due_group group)
{
	size_t n = 0;

	for (size_t i = 0; i < page->n; i++)
		n += !page->rows[i].heading && page->rows[i].group == group;
	return n;
}

static void counts_are_those_of_the_rows(void **state)
{
	struct fixture *f = *state;

	for (int all = 0; all < 2; all++) {
		struct due_page page;

		deadlines_set_mine(f->deadlines, all == 0);
		page = page_of(f, DUE_FIRST, NULL, 0, 1000);
		for (int g = 0; g < DUE_GROUPS; g++)
			assert_int_equal(deadlines_counts(f->deadlines)->n[g],
					 rows_in(&page, (enum due_group)g));
	}
}

/* ---- whose, filters ---- */

static const struct {
	bool all;
	const char *filter;
	int32_t day; /* of November 2026; 0: any */
	const char *rows; /* "clock org;…", in their order */
} lists[] = {
	{ false, "", 0, "assign zhongxin;accept zhongxin;check zhongxin;settle zhongxin;" },
	{ true, "kind:whistle dept:市监局", 0,
	  "report_in shijian;handle shijian;" },
	{ true, "kind:incident", 0, "assign zhongxin;accept zhongxin;" },
	{ true, "kind:incident | due_clock:settle", 0, "assign zhongxin;accept zhongxin;settle zhongxin;" },
	{ true, "mine !overdue", 0, "settle zhongxin;" },
	{ true, "overdue kind:whistle !dept:市监局", 0,
	  "contact gongan;check zhongxin;report_in gongan;" },
	{ true, "青山湾", 0, "check zhongxin;" },
	{ true, "", 23, "settle zhongxin;approve 320402004;" },
	{ true, "kind:check", 0, "" },
	{ false, "due<2h", 23, "" },
};

static void add_row(struct str *out, const struct due_row *row)
{
	str_addf(out, "%s %s;", row->at.deadline.clock ? row->at.deadline.clock : "-",
		 row->at.deadline.org ? row->at.deadline.org : "-");
}

static void what_is_listed(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		struct filter_error why;
		struct due_page page;
		struct str got = STR_INIT;

		deadlines_set_mine(f->deadlines, !lists[i].all);
		deadlines_set_day(f->deadlines,
				  lists[i].day ? civil_day(2026, 11, lists[i].day) : 0);
		assert_int_equal(deadlines_set_filter(f->deadlines, lists[i].filter, &why), ERR_OK);
		while (deadlines_step(f->deadlines) & DUE_MORE)
			;
		page = page_of(f, DUE_FIRST, NULL, 0, 100);
		for (size_t k = 0; k < page.n; k++)
			if (!page.rows[k].heading)
				add_row(&got, &page.rows[k]);
		if (strcmp(str_get(&got), lists[i].rows) != 0)
			fail_msg("\"%s\": %s", lists[i].filter, str_get(&got));
		assert_true(deadlines_counts(f->deadlines)->whole);
		str_release(&got);
	}
}

static void a_wrong_filter_leaves_the_list(void **state)
{
	struct fixture *f = *state;
	struct filter_error why;

	assert_int_equal(deadlines_set_filter(f->deadlines, "kind:whistel", &why), ERR_INPUT);
	assert_int_equal(why.at, 5);
	assert_non_null(strstr(why.text, "whistle"));
	assert_string_equal(deadlines_filter(f->deadlines), "");
	assert_true(page_of(f, DUE_FIRST, NULL, 0, 100).n > 3);
}

/* ---- standing still, being about ---- */

static void it_stands_still(void **state)
{
	struct fixture *f = *state;
	struct client_change change = { .bits = CHANGE_DATA, .n = 3 };
	struct due_page page;

	deadlines_set_mine(f->deadlines, false);
	page = page_of(f, DUE_FIRST, NULL, 0, 100);
	deadlines_freeze(f->deadlines, true);
	f->world.fixed.now += 3 * 24 * H; /* all but a few have run out since */
	assert_false(deadlines_changed(f->deadlines, &change));
	deadlines_read(f->deadlines);
	assert_int_equal(deadlines_waiting(f->deadlines), 3);
	assert_int_equal(page_of(f, DUE_FIRST, NULL, 0, 100).n, page.n);
	deadlines_freeze(f->deadlines, false);
	assert_int_equal(deadlines_waiting(f->deadlines), 0);
	assert_true(deadlines_counts(f->deadlines)->n[DUE_OVER] >
		    (int64_t)rows_in(&page, DUE_OVER));
}

static void rows_know_what_they_are_about(void **state)
{
	struct fixture *f = *state;
	struct due_page page;
	enum kind kind;
	struct uuid entity, never = uuid_named("never");

	deadlines_set_mine(f->deadlines, false);
	page = page_of(f, DUE_FIRST, NULL, 0, 100);
	for (size_t i = 0; i < page.n; i++) {
		if (page.rows[i].heading)
			continue;
		assert_true(deadlines_about(f->deadlines, &page.rows[i].id, &kind, &entity));
		assert_int_equal(kind, page.rows[i].at.kind);
		assert_true(uuid_eq(&entity, &page.rows[i].at.entity));
	}
	assert_false(deadlines_about(f->deadlines, &never, &kind, &entity));
	assert_int_equal(deadlines_fetch(f->deadlines, DUE_AT, &never, 1, 5, &f->arena, &page, NULL),
			 ERR_NOT_FOUND);
}

/* ---- the month, checks ---- */

static void the_month_counts_each_day(void **state)
{
	struct fixture *f = *state;
	struct due_month month;
	struct due_page page;
	int64_t n = 0, first = civil_ms_of_day(civil_day(2026, 11, 1), CIVIL_CHINA);
	struct filter_error why;

	deadlines_set_mine(f->deadlines, false);
	/* of what comes again and again the list has the next only */
	assert_int_equal(deadlines_set_filter(f->deadlines, "!kind:roster", &why), ERR_OK);
	while (deadlines_step(f->deadlines) & DUE_MORE)
		;
	page = page_of(f, DUE_FIRST, NULL, 0, 1000);
	for (size_t i = 0; i < page.n; i++)
		n -= !page.rows[i].heading && page.rows[i].at.deadline.due >= first &&
		     page.rows[i].at.deadline.due < first + 30 * 24 * H;
	assert_int_equal(deadlines_month(f->deadlines, 2026, 11, &month, NULL), ERR_OK);
	assert_int_equal(month.n_days, 30);
	assert_int_equal(month.days[22].n, 2);
	for (int i = 0; i < month.n_days; i++)
		n += month.days[i].n;
	assert_int_equal(n, 0); /* as many as are listed */
	assert_int_equal(deadlines_month(f->deadlines, 2026, 2, &month, NULL), ERR_OK);
	assert_true(month.days[13].makeup && !month.days[13].off); /* 2026-02-14 */
	assert_string_equal(month.days[14].holiday, "春节");
	assert_int_equal(deadlines_month(f->deadlines, 2027, 12, &month, NULL), ERR_OK);
	assert_int_equal(month.n_days, 31);
	assert_false(month.days[0].known);
}

/* By which words of whose list, and since when it was not done. */
static void checks_are_explained(void **state)
{
	static const struct {
		const char *label;
		bool over; /* the first that is missed, or the next one */
		const char *says[4];
	} cases[] = {
		{ "日巡查", true, { "\"daily 21:00\"", "missed for", "7 times", "2026-11-15" } },
		{ "日巡查", false, { "\"daily 21:00\"", ", in ", "7 times", "2026-11-22" } },
		{ "周排查", false, { "\"weekly 7 21:00\"", ", in ", "1 times", "2026-12-23" } },
		{ "月检查", false, { "\"monthly -1 17:00\"", ", in ", "2026-11-30", "until" } },
	};
	struct fixture *f = *state;
	struct due_page page = page_of(f, DUE_FIRST, NULL, 0, 100);

	for (size_t c = 0; c < ARRAY_LEN(cases); c++) {
		const struct due_row *row = NULL;
		struct str text = STR_INIT;

		for (size_t i = 0; i < page.n && !row; i++)
			if (!page.rows[i].heading && str_eq(page.rows[i].at.title, cases[c].label) &&
			    (page.rows[i].group == DUE_OVER) == cases[c].over)
				row = &page.rows[i];
		assert_non_null(row);
		deadlines_explain_check(f->deadlines, &row->at, &text);
		for (size_t i = 0; i < ARRAY_LEN(cases[c].says); i++)
			if (!strstr(text.s, cases[c].says[i]))
				fail_msg("%zu: no %s in\n%s", c, cases[c].says[i], text.s);
		str_release(&text);
	}
}

/* Those of the last seven days that were not done, and the next of each. */
static void checks_stay_until_done(void **state)
{
	struct fixture *f = *state;
	struct due_page page = page_of(f, DUE_FIRST, NULL, 0, 100);
	struct client_deadline next;
	struct due_month month;
	size_t ahead = 0;

	assert_int_equal(rows_in(&page, DUE_OVER), 8 + 1); /* a roster that was not filed */
	for (size_t i = 0; i < page.n; i++) {
		if (page.rows[i].heading || page.rows[i].at.kind == KIND_ROSTER)
			continue;
		assert_int_equal(page.rows[i].at.kind, KIND_INSPECTION);
		ahead += page.rows[i].group != DUE_OVER;
	}
	assert_int_equal(ahead, 3); /* day, week, month */
	assert_true(deadlines_next_mine(f->client, client_now(f->client), &f->arena, &next));
	assert_int_equal(next.kind, KIND_INSPECTION);
	assert_int_equal(deadlines_month(f->deadlines, 2026, 11, &month, NULL), ERR_OK);
	assert_int_equal(month.days[21].n, 2); /* a Sunday */
	assert_int_equal(month.days[22].n, 1);
	assert_int_equal(month.days[29].n, 2); /* the last of the month */
}

/* With all seats empty: it takes a reason. */
static void file_it(struct fixture *f, const char *month, int64_t week)
{
	const struct act_desc *act = act_desc_of(KIND_ROSTER, "file");
	const struct given given[] = {
		{ act_arg_field(act, "month"), { .is_text = true, .text = month } },
		{ act_arg_field(act, "week"), { .num = week } },
		{ act_arg_field(act, "reason"), { .is_text = true, .text = "轮空" } },
	};
	struct client_done done;
	struct error err = ERROR_INIT;

	if (client_act(f->client, act, NULL, given, ARRAY_LEN(given), &done, &err) != ERR_OK)
		fail_msg("%s", err.text);
	deadlines_read(f->deadlines);
}

/* The week that should have been filed by last Friday, and the next one. */
static void rosters_that_are_not_filed(void **state)
{
	static const struct {
		const char *month;
		int week[3];
	} weeks[] = { { "2026-11", { 2026, 11, 23 } }, { "2026-11", { 2026, 11, 30 } } };
	struct fixture *f = *state;
	const struct rules *rules = client_rules(f->client);
	struct due_page page = page_of(f, DUE_FIRST, NULL, 0, 100);
	size_t n = 0;

	for (size_t i = 0; i < page.n; i++) {
		const struct client_deadline *at = &page.rows[i].at;
		struct due_filing filing;
		int32_t week;

		if (page.rows[i].heading || !due_filing_of(rules, at, &filing))
			continue;
		assert_true(n < ARRAY_LEN(weeks));
		week = civil_day(weeks[n].week[0], weeks[n].week[1], weeks[n].week[2]);
		assert_int_equal(filing.week, week);
		assert_string_equal(filing.month, weeks[n].month);
		assert_int_equal(at->deadline.due,
				 civil_ms_of_day(week - 3, CIVIL_CHINA) + 16 * H);
		assert_int_equal(page.rows[i].group == DUE_OVER, n == 0);
		n++;
	}
	assert_int_equal(n, 2);
	file_it(f, "2026-11", civil_ms_of_day(civil_day(2026, 11, 25), CIVIL_CHINA));
	page = page_of(f, DUE_FIRST, NULL, 0, 100);
	for (size_t i = 0; i < page.n; i++) {
		struct due_filing filing;

		if (!page.rows[i].heading && due_filing_of(rules, &page.rows[i].at, &filing)) {
			assert_int_equal(filing.week, civil_day(2026, 11, 30));
			n--;
		}
	}
	assert_int_equal(n, 1);
}

#define WITH(test, world) cmocka_unit_test_setup_teardown(test, world, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_by_the_time_left),
		WITH(pages_fit_together, whistles),
		WITH(pages_fit_together, checks),
		WITH(counts_are_those_of_the_rows, whistles),
		WITH(what_is_listed, whistles),
		WITH(a_wrong_filter_leaves_the_list, whistles),
		WITH(it_stands_still, whistles),
		WITH(rows_know_what_they_are_about, whistles),
		WITH(the_month_counts_each_day, whistles),
		WITH(checks_stay_until_done, checks), WITH(checks_are_explained, checks),
		WITH(rosters_that_are_not_filed, checks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
