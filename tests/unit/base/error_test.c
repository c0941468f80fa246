/* Codes and sentences. */
#include <config.h>

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/error.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

static void sentences_grow_on_the_way_up(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(error_set(&err, ERR_REFUSED, "no %s", "way"), ERR_REFUSED);
	assert_int_equal(error_prefix(&err, "act %d", 7), ERR_REFUSED);
	assert_string_equal(err.text, "act 7: no way");
	assert_int_equal(err.code, ERR_REFUSED);
	assert_int_equal(error_errno(&err, ERR_IO, ENOSPC, "writing %s", "x"), ERR_IO);
	assert_non_null(strstr(err.text, "writing x: "));
	assert_non_null(strstr(err.text, strerror(ENOSPC)));
}

static void nobody_needs_to_listen(void **state)
{
	(void)state;
	assert_int_equal(error_set(NULL, ERR_BUSY, "x"), ERR_BUSY);
	assert_int_equal(error_errno(NULL, ERR_IO, EIO, "x"), ERR_IO);
	assert_int_equal(error_prefix(NULL, "x"), ERR_OK);
}

static void long_sentences_end_at_a_character(void **state)
{
	struct error err = ERROR_INIT;
	char text[3 * 600 + 1] = "";

	(void)state;
	for (size_t i = 0; i < 600; i++)
		memcpy(text + 3 * i, "水", 4);
	for (size_t shift = 0; shift < 3; shift++) {
		(void)error_set(&err, ERR_INPUT, "%.*s%s", (int)shift, "ab", text);
		assert_true(text_valid(err.text, strlen(err.text)));
		assert_true(strlen(err.text) > sizeof err.text - 8);
		(void)error_prefix(&err, "%s", text);
		assert_true(text_valid(err.text, strlen(err.text)));
		(void)error_errno(&err, ERR_IO, EIO, "%s", text);
		assert_true(text_valid(err.text, strlen(err.text)));
		assert_non_null(strstr(err.text, strerror(EIO)));
	}
}

static void codes_have_names_and_statuses(void **state)
{
	(void)state;
	for (int code = ERR_OK; code <= ERR_FULL; code++) {
		assert_int_equal(err_from_name(err_name((enum err)code)), code);
		assert_true(err_sentence((enum err)code)[0] != '\0');
		assert_in_range(err_http((enum err)code), 200, 599);
	}
	assert_int_equal(err_from_name("NO_SUCH_CODE"), ERR_INPUT);
	assert_int_equal(err_from_name(""), ERR_INPUT);
	assert_string_equal(err_name(ERR_NOT_FOUND), "NOT_FOUND");
	assert_int_equal(err_http(ERR_GONE), 410);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_grow_on_the_way_up),
		cmocka_unit_test(nobody_needs_to_listen),
		cmocka_unit_test(long_sentences_end_at_a_character),
		cmocka_unit_test(codes_have_names_and_statuses),
	};

	return cmocka_run_group_tests_name("base/error", tests, NULL, NULL);
}
