/* Telephone numbers: which are the same. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/phone.h"

static const struct {
	const char *phone, *digits;
	bool whole;
} cases[] = {
	{ "13912348821", "13912348821", true },
	{ "139 1234-8821", "13912348821", true },
	{ "（139）1234 8821", "13912348821", true },
	{ "１３９１２３４８８２１", "13912348821", true },
	{ "+86 139 1234 8821", "13912348821", true },
	{ " ＋86 139 1234 8821", "13912348821", true },
	{ "0086-139-1234-8821", "13912348821", true },
	{ "8613912348821", "13912348821", true },
	{ "0519-88123456", "051988123456", true },
	{ "88123456", "88123456", true },
	{ "86123456", "86123456", true }, /* a landline that begins so */
	{ "8123456", "8123456", true },
	{ "+86 519 8812 3456", "51988123456", true },
	{ "1391234882", "1391234882", false }, /* half of a mobile's */
	{ "139****8821", "", false },	       /* masked: could be anybody's */
	{ "110", "", false },
	{ "0086 110", "", false },
	{ "", "", false },
	{ NULL, "", false },
	{ "13912348821/13912348822", "1391234882113912348822", false }, /* two in one field */
	{ "1234567890123456789012345678901234567890", "1234567890123456789012345678901", false },
};

static void test_digits(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char digits[PHONE_DIGITS];

		phone_digits(cases[i].phone, digits);
		assert_string_equal(digits, cases[i].digits);
		assert_int_equal(phone_is_whole(digits), cases[i].whole);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_digits),
	};

	return cmocka_run_group_tests_name("phone", tests, NULL, NULL);
}
