#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/left.h"

#define NOW INT64_C(1795372860000)
#define SECOND INT64_C(1000)

static const struct {
	int64_t left;
	const char *text;
	enum left_state state;
} cases[] = {
	{ 100 * MINUTE_MS, "01:40", LEFT_FAR },
	{ 26 * MINUTE_MS + 59 * SECOND, "00:26", LEFT_SOON },
	{ 60 * MINUTE_MS, "01:00", LEFT_SOON },
	{ 60 * MINUTE_MS + 1, "01:00", LEFT_FAR },
	{ 5 * MINUTE_MS, "00:05", LEFT_SOON },
	{ 5 * MINUTE_MS - 1, "4m59s", LEFT_SOON },
	{ 1, "0m00s", LEFT_SOON },
	{ 0, "-00:00", LEFT_OVER },
	{ -12 * MINUTE_MS, "-00:12", LEFT_OVER },
	{ -DAY_MS + 1, "-23:59", LEFT_OVER },
	{ -DAY_MS, "-1d", LEFT_OVER },
	{ -2 * DAY_MS - 16 * HOUR_MS, "-2d", LEFT_OVER },
	{ -10 * DAY_MS, "-10d", LEFT_OVER },
	{ -20000 * DAY_MS, "-9999d", LEFT_OVER },
	{ DAY_MS - 1, "23:59", LEFT_FAR },
	{ 5 * DAY_MS + 3 * HOUR_MS, "5d 03h", LEFT_FAR },
	{ 12 * DAY_MS, "12d", LEFT_FAR },
};

static void test_texts(void **state)
{
	char text[LEFT_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		left_text(NOW + cases[i].left, NOW, text);
		assert_string_equal(text, cases[i].text);
		assert_int_equal(left_state(NOW + cases[i].left, NOW), cases[i].state);
	}
	left_text(0, NOW, text);
	assert_string_equal(text, "");
	left_minutes(0, NOW, text);
	assert_string_equal(text, "");
	left_minutes(NOW + 4 * MINUTE_MS + 59000, NOW, text); /* no second hand */
	assert_string_equal(text, "00:04");
	left_minutes(NOW - 4 * MINUTE_MS, NOW, text);
	assert_string_equal(text, "-00:04");
	assert_int_equal(left_state(0, NOW), LEFT_NONE);
}

/* From each case, the text stays until the moment left_next names. */
static void test_next_change(void **state)
{
	char before[LEFT_TEXT], still[LEFT_TEXT], after[LEFT_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t due = NOW + cases[i].left, next = left_next(due, NOW, true);

		assert_true(next > NOW);
		left_text(due, NOW, before);
		left_text(due, next - 1, still);
		left_text(due, next, after);
		assert_string_equal(before, still);
		if (cases[i].left < DAY_MS && cases[i].left > -DAY_MS + 1 && cases[i].left != 1)
			assert_string_not_equal(before, after);
	}
	assert_true(left_next(NOW + MINUTE_MS, NOW, false) - NOW <= MINUTE_MS + 1);
	assert_true(left_next(0, NOW, true) == INT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_next_change),
	};

	return cmocka_run_group_tests_name("model/left", tests, NULL, NULL);
}
