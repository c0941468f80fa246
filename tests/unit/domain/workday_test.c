/* Working days: a built-in table, and real holidays of many years when they are at hand. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

static int32_t day_of(const char *date)
{
	int year, month, day;

	assert_int_equal(sscanf(date, "%d-%d-%d", &year, &month, &day), 3);
	return civil_day(year, month, day);
}

static const struct {
	const char *date;
	bool work, exception;
} days[] = {
	{ "2026-02-13", true, false },	/* a Friday */
	{ "2026-02-14", true, true },	/* Saturday, made up */
	{ "2026-02-15", false, true },	/* Spring Festival */
	{ "2026-02-23", false, true },	{ "2026-02-24", true, false },
	{ "2026-02-28", true, true },	{ "2026-03-01", false, false },
	{ "2026-10-08", true, false },	{ "2026-10-10", true, true },
	{ "2026-10-11", false, false }, { "2027-01-01", true, false }, /* not known: a Friday */
	{ "2027-01-02", false, false }, { "2025-12-31", true, false },
};

static void days_are_told_apart(void **state)
{
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		int32_t day = day_of(days[i].date);
		if (calendar_is_workday(fx.rules.calendar, day) != days[i].work)
			fail_msg("%s", days[i].date);
		assert_int_equal(calendar_exception(fx.rules.calendar, day) != NULL, days[i].exception);
	}
	assert_true(calendar_knows(fx.rules.calendar, day_of("2026-01-01")));
	assert_true(calendar_knows(fx.rules.calendar, day_of("2026-12-31")));
	assert_false(calendar_knows(fx.rules.calendar, day_of("2027-01-01")));
	assert_false(calendar_knows(fx.rules.calendar, day_of("2025-12-31")));
	assert_false(calendar_knows(NULL, 0));
	assert_true(calendar_is_workday(NULL, day_of("2026-10-01"))); /* a plain Thursday */
	fixture_release(&fx);
}

/* The fixture knows 2026. */
static void a_missing_year_is_said_in_time(void **state)
{
	static const struct {
		const char *today;
		int missing;
	} cases[] = {
		{ "2026-01-01", 0 },	{ "2026-10-31", 0 },	{ "2026-11-01", 2027 },
		{ "2026-12-31", 2027 }, { "2027-01-01", 2027 }, { "2025-11-01", 0 },
		{ "2025-10-31", 2025 },
	};
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(calendar_missing(fx.rules.calendar, day_of(cases[i].today)),
				 cases[i].missing);
	fixture_release(&fx);
}

static const struct {
	const char *from;
	int n;
	const char *to;
} sums[] = {
	{ "2026-09-25", 7, "2026-10-12" }, { "2026-02-13", 7, "2026-03-02" },
	{ "2026-02-14", 7, "2026-03-03" }, { "2026-10-12", -1, "2026-10-10" },
	{ "2026-10-08", -1, "2026-09-30" }, { "2026-11-23", 0, "2026-11-23" },
	{ "2026-11-21", 1, "2026-11-23" }, { "2026-11-21", -1, "2026-11-20" },
	{ "2026-12-30", 3, "2027-01-04" },
};

static void days_are_added(void **state)
{
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(sums); i++)
		assert_int_equal(calendar_add_workdays(fx.rules.calendar, day_of(sums[i].from), sums[i].n),
				 day_of(sums[i].to));
	fixture_release(&fx);
}

static FILE *open_shared(const char *name)
{
	const char *shared = getenv("ZHIBAN_SHARED");
	char path[4096];
	FILE *file;

	snprintf(path, sizeof path, "%s/data/holidays/%s", shared != NULL ? shared : "../../shared", name);
	file = fopen(path, "r");
	if (file == NULL)
		print_message("# SKIP: %s is not here\n", name);
	return file;
}

enum { MOST_DAYS = 2000 };

/* date,dow,kind,name,… with a header line, sorted by date */
static bool load(struct calendar *calendar, struct calendar_day *list)
{
	FILE *file = open_shared("cn_holidays_2004_2026.csv");
	char line[4096];
	size_t n = 0;

	if (file == NULL)
		return false;
	while (fgets(line, sizeof line, file) != NULL) {
		if (line[0] < '0' || line[0] > '9')
			continue;
		assert_true(n < MOST_DAYS);
		list[n].day = day_of(line);
		list[n].work = strstr(line, ",work,") != NULL;
		list[n].name = "x";
		assert_true(n == 0 || list[n - 1].day < list[n].day);
		n++;
	}
	fclose(file);
	*calendar = (struct calendar){ "cn", 2004, 2026, list, n };
	return true;
}

static void real_holidays_agree(void **state)
{
	static struct calendar_day list[MOST_DAYS];
	struct calendar calendar;
	FILE *file;
	char line[200];
	int n = 0;

	(void)state;
	if (!load(&calendar, list))
		skip();
	file = open_shared("workday_vectors_chinese-days.csv");
	if (file == NULL)
		skip();
	while (fgets(line, sizeof line, file) != NULL) {
		int year, month, day, delta, to_year, to_month, to_day;
		if (sscanf(line, "%d-%d-%d,%d,%d-%d-%d", &year, &month, &day, &delta, &to_year,
			   &to_month, &to_day) != 7)
			continue;
		if (calendar_add_workdays(&calendar, civil_day(year, month, day), delta) !=
		    civil_day(to_year, to_month, to_day))
			fail_msg("%s", line);
		n++;
	}
	fclose(file);
	assert_int_equal(n, 1999);
}

static void every_real_day_agrees(void **state)
{
	static struct calendar_day list[MOST_DAYS];
	struct calendar calendar;
	FILE *file;
	char line[400];
	int n = 0;

	(void)state;
	if (!load(&calendar, list))
		skip();
	file = open_shared("cn_calendar_2004_2026.csv");
	if (file == NULL)
		skip();
	while (fgets(line, sizeof line, file) != NULL) {
		int year, month, day, weekday, work;
		if (sscanf(line, "%d-%d-%d,%d,%d", &year, &month, &day, &weekday, &work) != 5)
			continue;
		if (calendar_is_workday(&calendar, civil_day(year, month, day)) != (work == 1))
			fail_msg("%s", line);
		n++;
	}
	fclose(file);
	assert_int_equal(n, 8401);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_told_apart),
		cmocka_unit_test(a_missing_year_is_said_in_time),
		cmocka_unit_test(days_are_added),
		cmocka_unit_test(real_holidays_agree),
		cmocka_unit_test(every_real_day_agrees),
	};

	return cmocka_run_group_tests_name("domain/workday", tests, NULL, NULL);
}
