/* Deadlines: tables, the explanation word for word, and a naive oracle; with pauses: due_pause_test.c. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/env.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

static const struct {
	const char *text;
	enum limit_unit unit;
	int amount, from_clock;
	const char *back; /* NULL: the text itself */
} limits[] = {
	{ "30m", LIMIT_MINUTES, 30, -1, NULL },
	{ "4h", LIMIT_MINUTES, 240, -1, NULL },
	{ "240m", LIMIT_MINUTES, 240, -1, "4h" },
	{ "90m", LIMIT_MINUTES, 90, -1, NULL },
	{ "90wm", LIMIT_WORK_MINUTES, 90, -1, NULL },
	{ "3d", LIMIT_DAYS, 3, -1, NULL },
	{ "7wd", LIMIT_WORK_DAYS, 7, -1, NULL },
	{ "2h@08:30", LIMIT_MINUTES, 120, 510, NULL },
	{ "2h@24:00", LIMIT_MINUTES, 120, 0, "2h@00:00" },
	{ "5000000m", LIMIT_MINUTES, 5000000, -1, NULL },
	{ "-", LIMIT_NONE, 0, -1, NULL },
};

static const char *const bad_limits[] = {
	"",	"m",	 "0m",	   "-3h",	"3",	   "3w",  "3x",	       "3 h",	 "3h@",
	"3h@8", "3h@25:00", "3h@08:60", "3h@08:30x", "9999999999999999999h", "5000001m", "wd", "3wdx",
};

static void limits_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
		struct limit limit;
		char text[24];

		assert_int_equal(limit_parse(limits[i].text, &limit, NULL), ERR_OK);
		assert_int_equal(limit.unit, limits[i].unit);
		assert_int_equal(limit.amount, limits[i].amount);
		assert_int_equal(limit.from_clock, limits[i].from_clock);
		limit_text(&limit, text);
		assert_string_equal(text, limits[i].back != NULL ? limits[i].back : limits[i].text);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad_limits); i++) {
		struct limit limit = { .amount = -5 };
		struct error err = ERROR_INIT;
		if (limit_parse(bad_limits[i], &limit, &err) != ERR_INPUT)
			fail_msg("\"%s\" was read", bad_limits[i]);
		assert_int_equal(limit.amount, -5);
		assert_true(err.text[0] != '\0');
	}
}

static const struct {
	const char *text;
	int n, last;
} good_hours[] = {
	{ "09:00-17:30", 1, 1050 },
	{ "9:00-17:30", 1, 1050 },
	{ "09:00-12:00,13:30-17:30", 2, 1050 },
	{ "09:00-12:00, 13:30-24:00", 2, 1440 },
	{ "00:00-01:00,02:00-03:00,04:00-05:00,06:00-07:00", 4, 420 },
};

static const char *const bad_hours[] = {
	"", "09:00", "09:00-", "17:00-09:00", "09:00-09:00", "09:00-12:00,11:00-13:00",
	"09:00-12:00,", "09:00-24:01", "00:00-01:00,02:00-03:00,04:00-05:00,06:00-07:00,08:00-09:00",
	"09:00-12:00;13:00-14:00",
};

static void hours_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good_hours); i++) {
		struct hours hours;
		assert_int_equal(hours_parse(good_hours[i].text, &hours, NULL), ERR_OK);
		assert_int_equal(hours.n, good_hours[i].n);
		assert_int_equal(hours.span[hours.n - 1].to, good_hours[i].last);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad_hours); i++) {
		struct hours hours = { .n = -5 };
		struct error err = ERROR_INIT;
		if (hours_parse(bad_hours[i], &hours, &err) != ERR_INPUT)
			fail_msg("\"%s\" was read", bad_hours[i]);
		assert_int_equal(hours.n, -5);
	}
}

static const struct {
	const char *from, *limit, *due;
	bool provisional;
} dues[] = {
	{ "2026-09-25 10:00", "7wd", "2026-10-12 17:30", false },
	{ "2026-02-13 17:40", "7wd", "2026-03-02 17:30", false },
	{ "2026-02-14 09:00", "7wd", "2026-03-03 17:30", false },
	{ "2026-11-23 02:40", "1wd", "2026-11-24 17:30", false },
	{ "2026-12-30 10:00", "2wd", "2027-01-01 17:30", true },
	{ "2026-12-30 10:00", "1wd", "2026-12-31 17:30", false },
	{ "2025-12-30 10:00", "1wd", "2025-12-31 17:30", true },
	{ "2026-11-23 10:00", "30m", "2026-11-23 10:30", false },
	{ "2026-12-31 23:50", "30m", "2027-01-01 00:20", false }, /* needs no calendar */
	{ "2026-11-20 10:00", "3d", "2026-11-23 10:00", false },
	{ "2026-11-23 02:41", "2h@08:30", "2026-11-23 10:30", false },
	{ "2026-11-23 08:30", "2h@08:30", "2026-11-23 10:30", false },
	{ "2026-11-23 17:45", "2h@08:30", "2026-11-24 10:30", false },
	/* 08:30-12:00, 13:00-17:30 */
	{ "2026-11-23 10:00", "120wm", "2026-11-23 12:00", false },
	{ "2026-11-23 10:00", "121wm", "2026-11-23 13:01", false },
	{ "2026-11-23 12:20", "1wm", "2026-11-23 13:01", false },
	{ "2026-11-23 03:00", "90wm", "2026-11-23 10:00", false }, /* not zero outside hours */
	{ "2026-11-23 17:00", "240wm", "2026-11-24 12:00", false },
	{ "2026-11-20 17:30", "1wm", "2026-11-23 08:31", false },
	{ "2026-09-30 17:00", "60wm", "2026-10-08 09:00", false },
	{ "2026-12-31 17:29", "2wm", "2027-01-01 08:31", true },
	{ "2026-11-23 10:00", "-", NULL, false },
};

static int64_t compute(const struct fixture *fx, const char *from, const char *limit_words,
		       bool *ret_provisional, struct str *explain)
{
	struct limit limit;
	struct due due;

	assert_int_equal(limit_parse(limit_words, &limit, NULL), ERR_OK);
	due = due_compute(fx->rules.calendar, &fx->rules.hours, CIVIL_CHINA, fixture_time(from), &limit,
			  explain);
	*ret_provisional = due.provisional;
	return due.at;
}

static void dues_are_computed(void **state)
{
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(dues); i++) {
		struct str explain = STR_INIT;
		bool provisional, again;
		int64_t at = compute(&fx, dues[i].from, dues[i].limit, &provisional, NULL);
		char text[CIVIL_TEXT];

		civil_iso(at, CIVIL_CHINA, text);
		if (at != (dues[i].due != NULL ? fixture_time(dues[i].due) : 0))
			fail_msg("%s + %s = %s", dues[i].from, dues[i].limit, text);
		assert_int_equal(provisional, dues[i].provisional);
		/* explaining changes nothing */
		assert_int_equal(compute(&fx, dues[i].from, dues[i].limit, &again, &explain), at);
		assert_int_equal(again, provisional);
		str_release(&explain);
	}
	fixture_release(&fx);
}

static const struct {
	const char *from, *limit, *text;
} explanations[] = {
	{ "2026-09-25 10:00", "7wd",
	  "2026-09-25 Fri  10:00 begins; counted from the next working day\n"
	  "2026-09-26 Sat  skipped: 中秋节\n"
	  "2026-09-27 Sun  skipped: 中秋节\n"
	  "2026-09-28 Mon  work day 1\n"
	  "2026-09-29 Tue  work day 2\n"
	  "2026-09-30 Wed  work day 3\n"
	  "2026-10-01 Thu  skipped: 国庆节\n"
	  "2026-10-02 Fri  skipped: 国庆节\n"
	  "2026-10-03 Sat  skipped: 国庆节\n"
	  "2026-10-04 Sun  skipped: 国庆节\n"
	  "2026-10-05 Mon  skipped: 国庆节\n"
	  "2026-10-06 Tue  skipped: 国庆节\n"
	  "2026-10-07 Wed  skipped: 国庆节\n"
	  "2026-10-08 Thu  work day 4\n"
	  "2026-10-09 Fri  work day 5\n"
	  "2026-10-10 Sat  work day 6 (make-up day, 国庆节)\n"
	  "2026-10-11 Sun  skipped: weekend\n"
	  "2026-10-12 Mon  work day 7\n"
	  "2026-10-12 Mon  17:30 due: the end of working time\n" },
	{ "2026-11-20 17:00", "60wm",
	  "2026-11-20 Fri  17:00 begins; counted in working hours\n"
	  "2026-11-20 Fri  30 working minutes, 30 left\n"
	  "2026-11-21 Sat  skipped: weekend\n"
	  "2026-11-22 Sun  skipped: weekend\n"
	  "2026-11-23 Mon  30 working minutes, 0 left\n"
	  "2026-11-23 Mon  09:00 due\n" },
	{ "2026-11-23 02:41", "2h@08:30",
	  "2026-11-23 Mon  02:41 known; counted from a later hour\n"
	  "2026-11-23 Mon  08:30 begins; counted day and night\n"
	  "2026-11-23 Mon  10:30 due\n" },
	{ "2026-11-23 10:00", "2d",
	  "2026-11-23 Mon  10:00 begins; counted day and night\n"
	  "2026-11-24 Tue  day 1\n"
	  "2026-11-25 Wed  day 2\n"
	  "2026-11-25 Wed  10:00 due\n" },
	{ "2026-12-31 10:00", "1wd",
	  "2026-12-31 Thu  10:00 begins; counted from the next working day\n"
	  "2027-01-01 Fri  work day 1 (provisional: the calendar of this year is not known)\n"
	  "2027-01-01 Fri  17:30 due: the end of working time\n" },
	{ "2026-11-23 10:00", "-", "" },
};

static void each_day_is_explained(void **state)
{
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(explanations); i++) {
		struct str explain = STR_INIT;
		bool provisional;

		compute(&fx, explanations[i].from, explanations[i].limit, &provisional, &explain);
		assert_string_equal(str_get(&explain), explanations[i].text);
		str_release(&explain);
	}
	fixture_release(&fx);
}

/* --- the oracle: minute by minute, day by day, with a look-up of its own ----------------------- */

static bool oracle_workday(const struct calendar *calendar, int64_t day)
{
	for (size_t i = 0; i < calendar->n_days; i++)
		if (calendar->days[i].day == day)
			return calendar->days[i].work;
	return (day + 3) % 7 < 5; /* 1970-01-01 was a Thursday */
}

static int64_t oracle_minutes(const struct fixture *fx, int64_t from, int minutes)
{
	int64_t minute = from / MINUTE_MS + CIVIL_CHINA;

	for (;; minute++) {
		int of_day = (int)(minute % 1440);
		bool counted = false;
		if (!oracle_workday(fx->rules.calendar, minute / 1440))
			continue;
		for (int i = 0; i < fx->rules.hours.n; i++)
			counted = counted || (of_day >= fx->rules.hours.span[i].from &&
					      of_day < fx->rules.hours.span[i].to);
		if (counted && --minutes == 0)
			return (minute + 1 - CIVIL_CHINA) * MINUTE_MS;
	}
}

static int64_t oracle_days(const struct fixture *fx, int64_t from, int days)
{
	int64_t day = (from / MINUTE_MS + CIVIL_CHINA) / 1440;
	int end = fx->rules.hours.span[fx->rules.hours.n - 1].to;

	while (days > 0)
		if (oracle_workday(fx->rules.calendar, ++day))
			days--;
	return (day * 1440 + end - CIVIL_CHINA) * MINUTE_MS;
}

static void the_oracle_agrees(void **state)
{
	struct env_fixed seed = { .seed = 20261122 };
	struct env env = env_fixed(&seed);
	struct fixture fx;
	int64_t first;

	(void)state;
	fixture_init(&fx);
	first = fixture_time("2026-01-01 00:00");
	for (int i = 0; i < 3000; i++) {
		int64_t from = first + (int64_t)env_below(&env, 365 * 1440) * MINUTE_MS;
		int amount = 1 + (int)env_below(&env, 1500), days = 1 + (int)env_below(&env, 40);
		struct limit wm = { LIMIT_WORK_MINUTES, amount, -1 };
		struct limit wd = { LIMIT_WORK_DAYS, days, -1 };
		const struct rules *rules = &fx.rules;

		assert_int_equal(due_compute(rules->calendar, &rules->hours, CIVIL_CHINA, from, &wm,
					     NULL).at,
				 oracle_minutes(&fx, from, amount));
		assert_int_equal(due_compute(rules->calendar, &rules->hours, CIVIL_CHINA, from, &wd,
					     NULL).at,
				 oracle_days(&fx, from, days));
	}
	fixture_release(&fx);
}

/* Without hours a working day is the whole day; seconds are kept. */
static void odd_inputs_come_to_an_end(void **state)
{
	struct hours none = { .n = 0 };
	struct limit wm = { LIMIT_WORK_MINUTES, 2, -1 }, wd = { LIMIT_WORK_DAYS, 1, -1 };
	int64_t from = 0;
	struct due due;

	(void)state;
	from = fixture_time("2026-11-27 23:59") + 30500;
	due = due_compute(NULL, &none, CIVIL_CHINA, from, &wm, NULL);
	assert_int_equal(due.at, fixture_time("2026-11-30 00:01") + 30500);
	assert_true(due.provisional);
	due = due_compute(NULL, &none, CIVIL_CHINA, from, &wd, NULL);
	assert_int_equal(due.at, fixture_time("2026-12-01 00:00"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits_are_read),
		cmocka_unit_test(hours_are_read),
		cmocka_unit_test(dues_are_computed),
		cmocka_unit_test(each_day_is_explained),
		cmocka_unit_test(the_oracle_agrees),
		cmocka_unit_test(odd_inputs_come_to_an_end),
	};

	return cmocka_run_group_tests_name("domain/due", tests, NULL, NULL);
}
