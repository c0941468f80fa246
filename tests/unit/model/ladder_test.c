/* What becomes of an alarm that nobody answers, minute by minute. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/ladder.h"

enum { START_S = 1000000 };

/* One step: at so many seconds; what rings since when, the latest key, how many sound. */
struct look {
	int at_s, rang_s, keyed_s; /* rang_s -1: nothing rings */
	size_t sounding;
	bool hushed;
	unsigned todo; /* BELL and WRITE */
	bool loud;
};

static const struct {
	const char *name;
	int louder, check; /* minutes */
	struct look looks[12];
} cases[] = {
	{ "one rings, again each minute, louder after three with three strokes", 3, 10,
	  { { 0, -1, 0, 0, false, 0, false },
	    { 5, 5, 0, 1, false, LADDER_BELL, false },
	    { 30, 5, 0, 1, false, 0, false },
	    { 65, 5, 0, 1, false, LADDER_BELL, false },
	    { 125, 5, 0, 1, false, LADDER_BELL, false },
	    { 185, 5, 0, 1, false, LADDER_BELL, true },
	    { 186, 5, 0, 1, false, LADDER_BELL, true },
	    { 187, 5, 0, 1, false, LADDER_BELL, true },
	    { 188, 5, 0, 1, false, 0, true },
	    { 245, 5, 0, 1, false, LADDER_BELL, true },
	    { 250, -1, 250, 0, false, 0, false },
	    { 320, -1, 250, 0, false, 0, false } } },
	{ "a second one sounds at once", 0, 0,
	  { { 0, -1, 0, 0, false, 0, false },
	    { 5, 5, 0, 1, false, LADDER_BELL, false },
	    { 20, 5, 0, 2, false, LADDER_BELL, false },
	    { 25, 5, 0, 2, false, 0, false },
	    { 30, 5, 0, 1, false, 0, false } } },
	{ "what rings when the console opens waits for the minute", 0, 0,
	  { { 0, 0, 0, 3, false, 0, false },
	    { 60, 0, 0, 3, false, LADDER_BELL, false } } },
	{ "quiet: no bell, but it becomes loud and is written down", 1, 2,
	  { { 0, -1, 0, 0, false, 0, false },
	    { 1, 1, 0, 1, true, 0, false },
	    { 61, 1, 0, 1, true, 0, true },
	    { 121, 1, 0, 1, true, LADDER_WRITE, true },
	    { 181, 1, 0, 1, false, LADDER_BELL, true } } },
	{ "a class that does not sound here is shown all the same", 1, 0,
	  { { 0, -1, 0, 0, false, 0, false },
	    { 1, 1, 0, 0, false, 0, false },
	    { 61, 1, 0, 0, false, 0, true } } },
	{ "written once of an absence; a key ends it", 0, 2,
	  { { 0, -1, 0, 0, false, 0, false },
	    { 1, 1, 0, 0, false, 0, false },
	    { 100, 1, 90, 0, false, 0, false },
	    { 200, 1, 90, 0, false, 0, false },
	    { 210, 1, 90, 0, false, LADDER_WRITE, false },
	    { 330, 1, 90, 0, false, 0, false },
	    { 340, 1, 335, 0, false, 0, false },
	    { 440, 1, 335, 0, false, 0, false },
	    { 455, 1, 335, 0, false, LADDER_WRITE, false } } },
	{ "never, when the profile says so", 0, 0,
	  { { 0, 0, 0, 0, false, 0, false },
	    { 100, 0, 0, 0, false, 0, false },
	    { 200, 0, 0, 0, false, 0, false } } },
	{ "a console that slept sounded nothing", 3, 10,
	  { { 0, -1, 0, 0, false, 0, false },
	    { 5, 5, 0, 1, false, LADDER_BELL, false },
	    { 3600, 5, 0, 1, false, LADDER_BELL, false },
	    { 3660, 5, 0, 1, false, LADDER_BELL, false },
	    { 3720, 5, 0, 1, false, LADDER_BELL, false },
	    { 3780, 5, 0, 1, false, LADDER_BELL, true } } },
	{ "a clock that is set back begins anew", 1, 2,
	  { { 1000, -1, 1000, 0, false, 0, false },
	    { 1010, 1010, 1000, 1, false, LADDER_BELL, false },
	    { 10, 1010, 10, 1, false, 0, false },
	    { 70, 1010, 10, 1, false, LADDER_BELL, false } } },
};

static void minute_by_minute(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct ladder ladder = { .looked = 0 };

		for (size_t k = 0; k < ARRAY_LEN(cases[i].looks); k++) {
			const struct look *look = &cases[i].looks[k];
			struct ladder_now now = {
				.louder = cases[i].louder,
				.check = cases[i].check,
				.now = (START_S + look->at_s) * INT64_C(1000),
				.rang_at = look->rang_s < 0 ? 0 : (START_S + look->rang_s) *
								       INT64_C(1000),
				.keyed_at = (START_S + look->keyed_s) * INT64_C(1000),
				.sounding = look->sounding,
				.hushed = look->hushed,
			};
			unsigned todo;

			if (k > 0 && look->at_s == 0)
				break;
			todo = ladder_step(&ladder, &now) & (LADDER_BELL | LADDER_WRITE);
			if (todo != look->todo || ladder.loud != look->loud)
				fail_msg("%s: at %d s: %u, %s", cases[i].name, look->at_s, todo,
					 ladder.loud ? "loud" : "not loud");
		}
	}
}

/* Between the strokes of one it wants to be called; else never. */
static void strokes_are_a_second_apart(void **state)
{
	struct ladder ladder = { .looked = 0 };
	struct ladder_now now = { .louder = 1, .now = 1000000 };

	(void)state;
	(void)ladder_step(&ladder, &now);
	assert_true(ladder_next(&ladder) == INT64_MAX);
	now.rang_at = now.now;
	now.sounding = 1;
	now.now += MINUTE_MS;
	assert_int_equal(ladder_step(&ladder, &now), LADDER_BELL | LADDER_DRAW);
	assert_int_equal(ladder_next(&ladder), now.now + 1000);
	now.now += 1000;
	assert_int_equal(ladder_step(&ladder, &now), LADDER_BELL);
	now.now += 1000;
	assert_int_equal(ladder_step(&ladder, &now), LADDER_BELL);
	assert_int_equal(ladder_next(&ladder), now.now - 2000 + MINUTE_MS); /* not the later for it */
	now.hushed = true;
	(void)ladder_step(&ladder, &now);
	assert_true(ladder_next(&ladder) == INT64_MAX);
}

static void spans(void **state)
{
	static const struct {
		const char *words;
		bool good;
		int64_t ms;
	} of[] = {
		{ "2h", true, 2 * HOUR_MS },	{ "30m", true, 30 * MINUTE_MS },
		{ "off", true, 0 },		{ "12h", true, 12 * HOUR_MS },
		{ "13h", false, 0 },		{ "721m", false, 0 },
		{ "0m", false, 0 },		{ "h", false, 0 },
		{ "", false, 0 },		{ "2", false, 0 },
		{ "-1h", false, 0 },		{ "2h ", false, 0 },
		{ "99999999999h", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(of); i++) {
		int64_t ms = -1;

		if (alarm_span(of[i].words, &ms) != of[i].good || (of[i].good && ms != of[i].ms))
			fail_msg("%s", of[i].words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minute_by_minute),
		cmocka_unit_test(strokes_are_a_second_apart),
		cmocka_unit_test(spans),
	};

	return cmocka_run_group_tests_name("model/ladder", tests, NULL, NULL);
}
