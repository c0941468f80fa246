/* Dates and times: both ways, against the C library's calendar, and the sentences. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

static void days_agree_with_the_c_library(void **state)
{
	const int32_t first = civil_day(1900, 1, 1), last = civil_day(2200, 1, 1);

	(void)state;
	assert_int_equal(civil_day(1970, 1, 1), 0);
	for (int32_t day = first; day < last; day++) {
		time_t seconds = (time_t)day * 86400;
		struct civil c;
		struct tm tm;

		civil_of_day(day, &c);
		assert_non_null(gmtime_r(&seconds, &tm));
		assert_int_equal(c.year, tm.tm_year + 1900);
		assert_int_equal(c.month, tm.tm_mon + 1);
		assert_int_equal(c.day, tm.tm_mday);
		assert_int_equal(c.weekday, tm.tm_wday == 0 ? 7 : tm.tm_wday);
		assert_int_equal(civil_day(c.year, c.month, c.day), day);
		assert_true(civil_valid(c.year, c.month, c.day));
	}
}

static void dates_that_are_none(void **state)
{
	static const int dates[][3] = {
		{ 2026, 2, 29 }, { 2026, 2, 30 }, { 1900, 2, 29 }, { 2026, 13, 1 }, { 2026, 0, 1 },
		{ 2026, 4, 31 }, { 2026, 1, 0 },  { 1899, 12, 31 }, { 10000, 1, 1 }, { 2026, 1, 32 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(dates); i++)
		assert_false(civil_valid(dates[i][0], dates[i][1], dates[i][2]));
	assert_true(civil_valid(2000, 2, 29));
	assert_true(civil_valid(2024, 2, 29));
}

static void moments_have_local_days(void **state)
{
	const int64_t ms = civil_ms_of_day(civil_day(2026, 11, 22), CIVIL_CHINA);
	struct civil c;

	(void)state;
	assert_int_equal(civil_day_of_ms(ms, CIVIL_CHINA), civil_day(2026, 11, 22));
	assert_int_equal(civil_day_of_ms(ms - 1, CIVIL_CHINA), civil_day(2026, 11, 21));
	assert_int_equal(civil_day_of_ms(ms, 0), civil_day(2026, 11, 21));
	assert_int_equal(civil_day_of_ms(-1, 0), -1);
	civil_of_ms(ms + 9 * HOUR_MS + 41 * MINUTE_MS + 7005, CIVIL_CHINA, &c);
	assert_int_equal(c.hour, 9);
	assert_int_equal(c.minute, 41);
	assert_int_equal(c.second, 7);
	assert_int_equal(c.ms, 5);
	assert_int_equal(c.weekday, 7);
	assert_int_equal(civil_to_ms(&c, CIVIL_CHINA), ms + 9 * HOUR_MS + 41 * MINUTE_MS + 7005);
}

static const struct {
	const char *text;
	const char *iso; /* in +08:00; NULL: refused */
} forms[] = {
	{ "2026-11-22T02:41:00+08:00", "2026-11-22T02:41:00+08:00" },
	{ "2026-11-22T02:41:00.250+08:00", "2026-11-22T02:41:00.250+08:00" },
	{ "2026-11-22T02:41:00.2", "2026-11-22T02:41:00.200+08:00" },
	{ "2026-11-22T02:41:00.123456789", "2026-11-22T02:41:00.123+08:00" },
	{ "2026-11-22T02:41:00,5Z", "2026-11-22T10:41:00.500+08:00" },
	{ "2026-11-21T18:41Z", "2026-11-22T02:41:00+08:00" },
	{ "2026-11-21t18:41z", "2026-11-22T02:41:00+08:00" },
	{ "2026-11-21T13:11-0530", "2026-11-22T02:41:00+08:00" },
	{ "2026-11-22T02:41+08", "2026-11-22T02:41:00+08:00" },
	{ "2026-11-22 02:41:30 +0000", "2026-11-22T10:41:30+08:00" },
	{ "2026-11-22 02:41", "2026-11-22T02:41:00+08:00" },
	{ "2026-11-22", "2026-11-22T00:00:00+08:00" },
	{ "2026/11/2", "2026-11-02T00:00:00+08:00" },
	{ "2026/1/02 2:41", "2026-01-02T02:41:00+08:00" },
	{ "2026/01/02 12:41:09", "2026-01-02T12:41:09+08:00" },
	{ "2024-02-29", "2024-02-29T00:00:00+08:00" },
	{ "1900-01-01", "1900-01-01T00:00:00+08:00" },
	{ "9999-12-31T23:59:59", "9999-12-31T23:59:59+08:00" },
	{ "2026-02-30", NULL },	{ "2025-02-29", NULL },	      { "2026-13-01", NULL },
	{ "2026-00-01", NULL },	{ "1899-12-31", NULL },	      { "2026-11-22T25:00", NULL },
	{ "2026-11-22T24:00", NULL }, { "2026-11-22T12:60", NULL }, { "2026-11-22T12:30:60", NULL },
	{ "2026-1-2", NULL },	{ "2026-11/22", NULL },	      { "2026/11-22", NULL },
	{ "26-11-22", NULL },	{ "20261122", NULL },	      { "2026-11-22T", NULL },
	{ "2026-11-22T12", NULL }, { "2026-11-22T1:30", NULL }, { "2026-11-22 12:30:", NULL },
	{ "2026-11-22 12:30:10.", NULL }, { "2026-11-22 12:30x", NULL }, { "2026-11-22 ", NULL },
	{ " 2026-11-22", NULL }, { "2026-11-22T12:30+15:00", NULL }, { "2026-11-22T12:30+08:", NULL },
	{ "2026-11-22T12:30+8", NULL }, { "2026-11-22T12:30Zx", NULL }, { "", NULL },
	{ "yesterday", NULL },	{ "2026-11-22T12:30 ", NULL }, { "2026-11-2", NULL },
	{ "+2026-11-22", NULL }, { "2026-11-22T-1:30", NULL }, { "2026", NULL }, { "2026/", NULL },
};

static void texts_are_read_strictly(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		struct error err = ERROR_INIT;
		char iso[CIVIL_TEXT];
		int64_t ms = 77;
		enum err code = civil_parse(forms[i].text, CIVIL_CHINA, &ms, &err);

		if (forms[i].iso == NULL) {
			if (code != ERR_INPUT)
				fail_msg("%s was read", forms[i].text);
			assert_int_equal(ms, 77);
			assert_non_null(strstr(err.text, "2026-11-22T02:41")); /* shows the forms */
			continue;
		}
		if (code != ERR_OK)
			fail_msg("%s", err.text);
		civil_iso(ms, CIVIL_CHINA, iso);
		assert_string_equal(iso, forms[i].iso);
	}
}

static void errors_say_what_is_wrong(void **state)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
		{ "2026-02-30", "\"2026-02-30\" is not a date or time: that month has no such day" },
		{ "2026-13-01", "months go from 1 to 12" },
		{ "1800-01-01", "years go from 1900 to 9999" },
		{ "2026-11-22 25:00", "hours go from 0 to 23" },
		{ "2026-11-22 12:61", "minutes and seconds go from 0 to 59" },
		{ "2026-11-22 12:30+20:00", "a zone lies between -14:00 and +14:00" },
		{ "\033[2J", "\"<U+001B>[2J\" is not a date" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct error err = ERROR_INIT;
		int64_t ms;

		assert_int_equal(civil_parse(cases[i].text, 0, &ms, &err), ERR_INPUT);
		if (strstr(err.text, cases[i].why) == NULL)
			fail_msg("%s: %s", cases[i].text, err.text);
	}
}

static void formats_fill_in(void **state)
{
	int64_t ms = 0;
	char buf[40], iso[CIVIL_TEXT];

	(void)state;
	assert_int_equal(civil_parse("2026-01-02 03:04:05", CIVIL_CHINA, &ms, NULL), ERR_OK);
	civil_format(ms, CIVIL_CHINA, "Y-m-d H:M:S", buf, sizeof buf);
	assert_string_equal(buf, "2026-01-02 03:04:05");
	civil_format(ms, CIVIL_CHINA, "m月d日", buf, sizeof buf);
	assert_string_equal(buf, "01月02日");
	civil_format(ms, CIVIL_CHINA, "m月d日", buf, 5); /* cut at a character's edge */
	assert_string_equal(buf, "01");
	civil_format(ms, 0, "d H", buf, sizeof buf);
	assert_string_equal(buf, "01 19");
	civil_iso(ms, -330, iso);
	assert_string_equal(iso, "2026-01-01T13:34:05-05:30");
	civil_iso(INT64_MAX, CIVIL_CHINA, iso); /* damage is shown, not undefined */
	assert_string_equal(iso, "9999-12-31T23:59:59.999+08:00");
	civil_iso(INT64_MIN, CIVIL_CHINA, iso);
	assert_string_equal(iso, "0001-01-01T00:00:00+08:00");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_agree_with_the_c_library),
		cmocka_unit_test(dates_that_are_none),
		cmocka_unit_test(moments_have_local_days),
		cmocka_unit_test(texts_are_read_strictly),
		cmocka_unit_test(errors_say_what_is_wrong),
		cmocka_unit_test(formats_fill_in),
	};

	return cmocka_run_group_tests_name("base/civil", tests, NULL, NULL);
}
