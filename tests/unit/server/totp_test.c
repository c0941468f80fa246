/* The second factor by itself: the vectors of RFC 6238 and RFC 4226, the steps that fit. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../../src/server/totp_priv.h"
#include "zhiban/base/mem.h"

static const char secret[] = "12345678901234567890";

/* RFC 6238, appendix B, the rows of SHA-1. */
static void test_rfc6238(void **state)
{
	static const struct {
		int64_t seconds;
		const char *code;
	} cases[] = {
		{ 59, "94287082" },	     { 1111111109, "07081804" },
		{ 1111111111, "14050471" },  { 1234567890, "89005924" },
		{ 2000000000, "69279037" },  { 20000000000, "65353130" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[10];

		assert_true(totp_code(secret, 20, cases[i].seconds / 30, 8, text));
		assert_string_equal(text, cases[i].code);
	}
}

/* RFC 4226, appendix D. */
static void test_rfc4226(void **state)
{
	static const char *const codes[] = { "755224", "287082", "359152", "969429", "338314",
					     "254676", "287922", "162583", "399871", "520489" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		char text[10];

		assert_true(totp_code(secret, 20, (int64_t)i, 6, text));
		assert_string_equal(text, codes[i]);
	}
}

static void test_steps(void **state)
{
	static const struct {
		int64_t off, used; /* steps of the code from now, of the last one used */
		bool fits;
	} cases[] = {
		{ 0, -9, true },  { -1, -9, true },  { 1, -9, true },  { -2, -9, false },
		{ 2, -9, false }, { 0, 0, false },   { 0, -1, true },  { -1, 0, false },
		{ 1, 0, true },	  { 1, 1, false },
	};
	const int64_t now = 1795000000000, step = now / 30000;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t found = -1;
		char text[10];

		assert_true(totp_code(secret, 20, step + cases[i].off, 6, text));
		if (totp_matches(secret, 20, text, now, step + cases[i].used, &found) != cases[i].fits)
			fail_msg("case %zu", i);
		assert_int_equal(found, cases[i].fits ? step + cases[i].off : -1);
	}
	assert_false(totp_matches(secret, 20, "", now, 0, &(int64_t){ 0 }));
	assert_false(totp_matches(secret, 20, "0000000", now, 0, &(int64_t){ 0 }));
}

static void test_uri(void **state)
{
	struct str uri = STR_INIT;

	(void)state;
	totp_uri(&uri, "天宁 1", "Li", (const uint8_t *)secret);
	assert_string_equal(uri.s, "otpauth://totp/%E5%A4%A9%E5%AE%81%201:Li"
				   "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
				   "&issuer=%E5%A4%A9%E5%AE%81%201&algorithm=SHA1&digits=6&period=30");
	str_release(&uri);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rfc6238),
		cmocka_unit_test(test_rfc4226),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_uri),
	};

	return cmocka_run_group_tests_name("server totp", tests, NULL, NULL);
}
