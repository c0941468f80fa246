/* Libraries that are loaded when they are first needed; the solver's stands for all. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glpk.h>

#include "loaded.h"
#include "zhiban/base/late.h"
#include "zhiban/base/mem.h"

#define CALLS(CALL) CALL(glp_version) CALL(glp_free_env)
struct calls {
	CALLS(LATE_CALL)
};
static const char *const names[] = { CALLS(LATE_NAME) };
static const struct late_library library = { GLPK_SONAME, "libglpk40", names, ARRAY_LEN(names) };

static void what_is_not_there_is_said_with_its_package(void **state)
{
	static const struct late_library missing = { "libnowhere.so.7", "libnowhere7", names,
						     ARRAY_LEN(names) };
	struct calls calls = { NULL };
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(late_load(&missing, &calls, &err), ERR_IO);
	assert_non_null(strstr(err.text, "libnowhere.so.7"));
	assert_non_null(strstr(err.text, "libnowhere7 "));
	assert_null(calls.glp_version);
}

static void it_is_there_when_it_is_asked_for(void **state)
{
	struct calls calls, again;

	(void)state;
	assert_false(loaded("libglpk"));
	assert_int_equal(late_load(&library, &calls, NULL), ERR_OK);
	assert_true(loaded("libglpk"));
	assert_string_not_equal(calls.glp_version(), "");
	assert_int_equal(calls.glp_free_env(), 1); /* there was none to free */
	assert_int_equal(late_load(&library, &again, NULL), ERR_OK);
	assert_memory_equal(&calls, &again, sizeof calls);
}

static void one_that_lacks_a_function_is_not_it(void **state)
{
	static const char *const others[] = { "glp_version", "glp_nothing" };
	static const struct late_library other = { GLPK_SONAME, "libglpk40", others,
						   ARRAY_LEN(others) };
	struct calls calls = { NULL };
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(late_load(&other, &calls, &err), ERR_IO);
	assert_non_null(strstr(err.text, "glp_nothing"));
	assert_null(calls.glp_version);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_there_is_said_with_its_package),
		cmocka_unit_test(it_is_there_when_it_is_asked_for),
		cmocka_unit_test(one_that_lacks_a_function_is_not_it),
	};

	return cmocka_run_group_tests_name("base/late", tests, NULL, NULL);
}
