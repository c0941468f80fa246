#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/model/columns.h"

static void test_words(void **state)
{
	static const struct {
		const char *words, *kept; /* NULL: refused */
	} cases[] = {
		{ "", "" },
		{ "left,title", "left,title" },
		{ " title , left ", "title,left" },
		{ "title left title", "title,left" },
		{ "Matter,Holder", "title,holder" },	  /* as the board calls them */
		{ "due,step,moved_at", "due,step,moved_at" }, /* fields as they are */
		{ "moved", "moved" },			  /* the people that were moved */
		{ "injured,water_cm", "injured,water_cm" },
		{ "numbr", NULL },
		{ "phone", NULL },  /* personal */
		{ "text", NULL },   /* long */
		{ "open", NULL },   /* bookkeeping */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct columns columns = { .n = 99 };
		struct error err = ERROR_INIT;
		struct str words = STR_INIT;
		enum err code = columns_parse(cases[i].words, &columns, &err);

		if (!cases[i].kept) {
			assert_int_equal(code, ERR_INPUT);
			assert_non_null(strstr(err.text, cases[i].words));
			assert_int_equal(columns.n, 99);
			continue;
		}
		assert_int_equal(code, ERR_OK);
		columns_words(&columns, &words);
		assert_string_equal(str_get(&words), cases[i].kept);
		str_release(&words);
	}
}

static void test_the_nearest_is_named(void **state)
{
	struct columns columns;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(columns_parse("left,numbr", &columns, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "number"));
}

static void test_there_is_an_end(void **state)
{
	struct columns columns;
	struct str words = STR_INIT;
	size_t n = columns_count();

	(void)state;
	assert_true(n > COLUMNS_MOST);
	for (size_t i = 0; i < n; i++) {
		struct column column, found;

		columns_at(i, &column);
		assert_int_not_equal(column.field->sensitivity, SENS_PERSONAL);
		assert_true(columns_find(column.name, &found));
		assert_string_equal(found.name, column.name);
		if (i <= COLUMNS_MOST)
			str_addf(&words, "%s,", column.name);
		assert_int_equal(columns_parse(words.s, &columns, NULL),
				 i < COLUMNS_MOST ? ERR_OK : ERR_INPUT);
	}
	str_release(&words);
	str_add_repeat(&words, 'x', 500);
	assert_int_equal(columns_parse(words.s, &columns, NULL), ERR_INPUT);
	str_release(&words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_the_nearest_is_named),
		cmocka_unit_test(test_there_is_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
