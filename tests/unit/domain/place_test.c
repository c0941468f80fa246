/* Places: what fits what was typed, and how well. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/place.h"

static const struct place table[] = {
	{ .address = "飞龙东路", .numbers = "1-99 odd", .grid = "g1" },
	{ .address = "飞龙东路", .numbers = "2-98 even", .grid = "g2" },
	{ .address = "飞龙东路", .numbers = "100-180", .grid = "g3" },
	{ .address = "清凉新村", .grid = "g4" },
	{ .address = "清凉新村 12幢", .name = "清凉幼儿园", .grid = "g5" },
	{ .address = "HuaiDe Rd", .grid = "g6" },
};

static const struct {
	const char *typed, *best; /* grid of the best; NULL: none fits */
} typed[] = {
	{ "飞龙东路7号", "g1" },
	{ "天宁区飞龙东路 8 号 3 幢", "g2" },
	{ "飞龙东路150号", "g3" },
	{ "飞龙东路999号", NULL }, /* no row has that number */
	{ "飞龙", "g1" },	    /* begun: the table's order */
	{ "清凉新村门口", "g4" },
	{ "清凉新村12幢楼下", "g5" }, /* of two that stand whole in it, the longer */
	{ "清凉幼儿园", "g5" },
	{ "huaide rd", "g6" },
	{ "ＨＵＡＩＤＥ　ＲＤ ５", "g6" }, /* full width */
	{ "红梅公园", NULL },
	{ "feilongdonglu", "g1" }, /* by pinyin */
	{ "fldl", "g1" },
	{ "fldl8", "g2" },
	{ "feilongdonglu150", "g3" },
	{ "fldl999", NULL },
	{ "fl8", NULL }, /* a number stands behind a whole name */
	{ "qlxc", "g4" },
	{ "qingliangyou", "g5" },
	{ "hmgy", NULL },
	{ "f", NULL },
	{ "", NULL },
	{ "   ", NULL },
};

static const struct place *best_of(const char *words)
{
	const struct place *best = NULL;
	struct str folded = STR_INIT;
	int most = 0;

	place_fold(&folded, words);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		int fits = place_fits(&table[i], str_get(&folded));

		if (fits > most) {
			most = fits;
			best = &table[i];
		}
	}
	str_release(&folded);
	return best;
}

static void the_best_fits(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
		const struct place *best = best_of(typed[i].typed);

		if ((best == NULL) != (typed[i].best == NULL) ||
		    (best != NULL && strcmp(best->grid, typed[i].best) != 0))
			fail_msg("%s: %s, not %s", typed[i].typed, best ? best->grid : "none",
				 typed[i].best ? typed[i].best : "none");
	}
}

static void numbers(void **state)
{
	static const struct {
		const char *numbers;
		int number;
		bool has;
	} cases[] = {
		{ "1-99", 1, true },	  { "1-99", 99, true },	    { "1-99", 100, false },
		{ "1-99 odd", 2, false }, { "2-98 even", 98, true }, { "2-98 even", 99, false },
		{ "7", 7, true },	  { "7", 8, false },	    { "9-1", 5, false },
		{ "x", 1, false },	  { "1-99 often", 5, false }, { "", 1, false },
		{ "0-5", 3, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (place_numbers_have(cases[i].numbers, cases[i].number) != cases[i].has)
			fail_msg("%s: %d", cases[i].numbers, cases[i].number);
	assert_true(place_numbers_valid("1-99 odd"));
	assert_false(place_numbers_valid("1-99 odd 3"));
}

static void whole_or_begun(void **state)
{
	struct str folded = STR_INIT;

	(void)state;
	place_fold(&folded, "清凉新村 3 幢");
	assert_true(place_is_whole(&table[3], str_get(&folded)));
	str_clear(&folded);
	place_fold(&folded, "清凉");
	assert_false(place_is_whole(&table[3], str_get(&folded)));
	assert_true(place_fits(&table[3], str_get(&folded)) > 0);
	str_release(&folded);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_fits),
		cmocka_unit_test(numbers),
		cmocka_unit_test(whole_or_begun),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
