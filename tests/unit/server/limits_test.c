/* How much one address and one session may ask. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "limits_priv.h"

enum { START = 1000000 };

/* How many of n requests at that moment may go through. */
static int let(struct limits *limits, const char *address, const char *token, int64_t now, int n)
{
	int let = 0, wait = 0;

	for (int i = 0; i < n; i++)
		let += limits_take(limits, address, token, now, &wait, NULL) == ERR_OK;
	return let;
}

static void test_an_address(void **state)
{
	struct limits limits = { .memo = NULL };
	struct error err = ERROR_INIT;
	int wait = 0;

	(void)state;
	limits_init(&limits, 10, 0);
	assert_int_equal(let(&limits, "10.0.0.1", NULL, START, 100), 10 * LIMITS_AT_ONCE_S);
	assert_int_equal(limits_take(&limits, "10.0.0.1", NULL, START, &wait, &err), ERR_TOO_MANY);
	assert_int_equal(wait, 1);
	assert_non_null(strstr(err.text, "this address"));
	assert_int_equal(let(&limits, "10.0.0.2", NULL, START, 1), 1); /* another one */
	assert_int_equal(let(&limits, "10.0.0.1", NULL, START + 99, 1), 0);
	assert_int_equal(let(&limits, "10.0.0.1", NULL, START + 100, 5), 1); /* 10 a second */
	assert_int_equal(let(&limits, "10.0.0.1", NULL, START + 2100, 100), 20);
	assert_int_equal(let(&limits, "10.0.0.1", NULL, START + 3600000, 100),
			 10 * LIMITS_AT_ONCE_S); /* never more at once */
	limits_release(&limits);
}

static void test_a_session(void **state)
{
	struct limits limits = { .memo = NULL };
	struct error err = ERROR_INIT;
	int wait = 0;

	(void)state;
	limits_init(&limits, 0, 2);
	assert_int_equal(let(&limits, "10.0.0.1", "token", START, 100), 2 * LIMITS_AT_ONCE_S);
	assert_int_equal(limits_take(&limits, "10.0.0.9", "token", START, &wait, &err),
			 ERR_TOO_MANY); /* wherever it comes from */
	assert_non_null(strstr(err.text, "this session"));
	assert_int_equal(let(&limits, "10.0.0.1", "other", START, 1), 1);
	assert_int_equal(let(&limits, "10.0.0.1", NULL, START, 1000), 1000);
	limits_release(&limits);
}

/* Of IPv6 the network counts: whoever has one address has them all. */
static void test_ipv6(void **state)
{
	struct limits limits = { .memo = NULL };

	(void)state;
	limits_init(&limits, 1, 0);
	assert_int_equal(let(&limits, "2001:db8:1:2::1", NULL, START, 100), LIMITS_AT_ONCE_S);
	assert_int_equal(let(&limits, "2001:db8:1:2:ffff::9", NULL, START, 1), 0);
	assert_int_equal(let(&limits, "2001:db8:1:3::1", NULL, START, 1), 1);
	limits_release(&limits);
}

static void test_none(void **state)
{
	struct limits limits = { .memo = NULL };

	(void)state;
	limits_init(&limits, 0, 0);
	assert_int_equal(let(&limits, "10.0.0.1", "token", START, 10000), 10000);
	limits_release(&limits);
}

static void test_lines_of_the_log(void **state)
{
	struct limits limits = { .memo = NULL };

	(void)state;
	limits_init(&limits, 1, 1);
	assert_true(limits_say(&limits, START));
	assert_false(limits_say(&limits, START));
	assert_false(limits_say(&limits, START + 999));
	assert_true(limits_say(&limits, START + 1000));
	limits_release(&limits);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_address), cmocka_unit_test(test_a_session),
		cmocka_unit_test(test_ipv6),	   cmocka_unit_test(test_none),
		cmocka_unit_test(test_lines_of_the_log),
	};

	return cmocka_run_group_tests_name("server limits", tests, NULL, NULL);
}
