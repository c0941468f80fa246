#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/csv.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/profile/profile.h"

static void test_errors(void **state)
{
	static const struct {
		const char *text, *place, *word;
	} cases[] = {
		{ "year \"2026\" { }\n", "t.conf", "name" },
		{ "name = \"x\"\n", "t.conf", "year" },
		{ "name = \"x\"\nyear \"26\" { }\n", "t.conf:2", "26" },
		{ "name = \"x\"\nyear \"2026\" { }\nyear \"2028\" { }\n", "t.conf:3", "2028" },
		{ "name = \"x\"\nyear \"2026\" { }\nyear \"2025\" { }\n", "t.conf:3", "2025" },
		{ "name = \"x\"\nyear \"2026\" {\noff = {\n\"2026-01-01\"} }\n", "t.conf:4", "2026-01-01" },
		{ "name = \"x\"\nyear \"2026\" {\noff = {\"2026-02-30 a\"} }\n", "t.conf:3", "2026-02-30" },
		{ "name = \"x\"\nyear \"2026\" {\noff = {\"2026-1-1 a\"} }\n", "t.conf:3", "2026-1-1" },
		{ "name = \"x\"\nyear \"2026\" {\noff = {\"2025-12-31 a\"} }\n", "t.conf:3", "2026" },
		{ "name = \"x\"\nyear \"2026\" {\noff = {\"2026-01-03..2026-01-01 a\"} }\n", "t.conf:3", "order" },
		{ "name = \"x\"\nyear \"2026\" {\noff = {\"2026-01-01..2026-03-01 a\"} }\n", "t.conf:3", "31" },
		{ "name = \"x\"\nyear \"2026\" {\noff = {\"2026-01-01 a\"}\nwork = {\"2026-01-01 b\"} }\n",
		  "t.conf", "2026-01-01" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct workdays *days = NULL;
		struct error err = ERROR_INIT;

		if (!workdays_parse("t.conf", cases[i].text, strlen(cases[i].text), &days, &err))
			fail_msg("taken: %s", cases[i].text);
		if (!strstr(err.text, cases[i].place) || !strstr(err.text, cases[i].word))
			fail_msg("%s: %s", cases[i].text, err.text);
		assert_null(days);
	}
}

static struct workdays *shipped(void)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct arena arena = ARENA_INIT;
	struct workdays *days = NULL;
	struct error err = ERROR_INIT;

	if (workdays_load(path_join(&arena, top ? top : ".", "profiles/calendar-cn.conf"), &days,
			  &err))
		fail_msg("%s", err.text);
	arena_release(&arena);
	return days;
}

static void test_known_days(void **state)
{
	static const struct {
		int year, month, day;
		bool work;
	} cases[] = {
		{ 2007, 1, 1, false },	{ 2026, 2, 14, true },	{ 2026, 2, 15, false },
		{ 2026, 2, 24, true },	{ 2026, 9, 20, true },	{ 2026, 9, 25, false },
		{ 2026, 10, 7, false }, { 2026, 10, 8, true },	{ 2026, 10, 10, true },
		{ 2026, 10, 11, false }, { 2020, 1, 31, false }, { 2015, 9, 3, false },
		{ 2015, 9, 6, true },
	};
	struct workdays *days = shipped();

	(void)state;
	assert_string_equal(days->calendar.name, "cn");
	assert_true(days->calendar.first_year == 2007 && days->calendar.last_year == 2026);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int32_t day = civil_day(cases[i].year, cases[i].month, cases[i].day);

		if (calendar_is_workday(&days->calendar, day) != cases[i].work)
			fail_msg("%d-%d-%d", cases[i].year, cases[i].month, cases[i].day);
	}
	assert_false(calendar_knows(&days->calendar, civil_day(2027, 1, 1)));
	assert_true(calendar_knows(&days->calendar, civil_day(2026, 12, 31)));
	workdays_free(days);
}

/* Every day of the twenty years against a calendar made elsewhere, when it is here. */
static void test_every_day(void **state)
{
	const char *root = getenv("ZHIBAN_SHARED");
	struct csv csv = { ',', 1 };
	struct csv_record record = { 0 };
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT;
	struct workdays *days;
	size_t at = 0, used, checked = 0;

	(void)state;
	if (!root || file_read(path_join(&arena, root, "data/holidays/cn_calendar_2004_2026.csv"),
			       1 << 20, &text, NULL)) {
		arena_release(&arena);
		print_message("the day-by-day calendar is not here\n");
		skip();
	}
	days = shipped();
	for (; at < text.len; at += used) {
		int year, month, day;

		assert_int_equal(csv_next(&csv, text.s + at, text.len - at, true, &record, &used,
					  NULL), ERR_OK);
		if (sscanf(csv_cell_at(&record, 0), "%d-%d-%d", &year, &month, &day) != 3 ||
		    year < 2007)
			continue;
		if (calendar_is_workday(&days->calendar, civil_day(year, month, day)) !=
		    (*csv_cell_at(&record, 2) == '1'))
			fail_msg("%s", csv_cell_at(&record, 0));
		checked++;
	}
	assert_int_equal(checked, 7305);
	workdays_free(days);
	csv_record_release(&record);
	str_release(&text);
	arena_release(&arena);
}

static bool same_days(const struct calendar *a, const struct calendar *b)
{
	if (a->n_days != b->n_days || a->first_year != b->first_year || a->last_year != b->last_year)
		return false;
	for (size_t i = 0; i < a->n_days; i++)
		if (a->days[i].day != b->days[i].day || a->days[i].work != b->days[i].work ||
		    strcmp(a->days[i].name, b->days[i].name) != 0)
			return false;
	return true;
}

/* What is written is read again as the same calendar. */
static void test_written(void **state)
{
	struct workdays *days = shipped(), *again = NULL;
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	workdays_write(&days->calendar, &text);
	if (workdays_parse("again", str_get(&text), text.len, &again, &err) != ERR_OK)
		fail_msg("%s", err.text);
	assert_string_equal(again->calendar.name, "cn");
	assert_true(same_days(&days->calendar, &again->calendar));
	str_release(&text);
	workdays_free(again);
	workdays_free(days);
}

/* A year put in takes the place of what was known of it, and of nothing else. */
static void test_put_year(void **state)
{
	static const struct calendar_day year[] = {
		{ 20814, true, "元旦" },  /* 2026-12-27, for the holiday behind it */
		{ 20819, false, "元旦" }, /* 2027-01-01 */
		{ 20881, false, "清明节" },
	};
	static const struct {
		int year;
		enum err code;
		int first, last;
	} cases[] = {
		{ 2027, ERR_OK, 2007, 2027 },	 { 2026, ERR_OK, 2007, 2026 },
		{ 2006, ERR_OK, 2006, 2026 },	 { 2028, ERR_INPUT, 0, 0 },
		{ 2005, ERR_INPUT, 0, 0 },
	};
	struct workdays *days = shipped();
	struct arena arena = ARENA_INIT;
	struct calendar made, again, alone;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(workdays_put_year(&days->calendar, cases[i].year, year, 3, &arena,
						   &made, NULL), cases[i].code);
		if (cases[i].code != ERR_OK)
			continue;
		assert_int_equal(made.first_year, cases[i].first);
		assert_int_equal(made.last_year, cases[i].last);
	}
	assert_int_equal(workdays_put_year(&days->calendar, 2027, year, 3, &arena, &made, NULL), 0);
	assert_true(calendar_is_workday(&made, 20814));
	assert_false(calendar_is_workday(&made, 20819));
	assert_int_equal(made.n_days, days->calendar.n_days + 3);
	/* the same again changes nothing; the year before, loaded anew, keeps what came with this one */
	assert_int_equal(workdays_put_year(&made, 2027, year, 3, &arena, &again, NULL), ERR_OK);
	assert_true(same_days(&made, &again));
	assert_int_equal(workdays_put_year(&made, 2026, year + 2, 0, &arena, &alone, NULL), ERR_OK);
	assert_true(calendar_is_workday(&alone, 20814));
	assert_true(calendar_is_workday(&alone, civil_day(2026, 10, 1)));
	arena_release(&arena);
	workdays_free(days);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_known_days),
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_put_year),
	};

	return cmocka_run_group_tests_name("profile/workdays", tests, NULL, NULL);
}
