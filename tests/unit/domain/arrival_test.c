/* The six digits that prove an arrival: how they are made, and which of those typed count. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/arrival.h"

enum { AT_STEP = 5903360 };
static const int64_t at = INT64_C(1771008000000); /* the step of it begins then */
static const struct uuid share = { { 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19,
				     0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f } };

static void make_secret(unsigned char secret[ARRIVAL_SECRET])
{
	for (unsigned char i = 0; i < ARRIVAL_SECRET; i++)
		secret[i] = (unsigned char)(i + 1);
}

/* Reckoned by another program: HMAC-SHA256 over share and step, truncated as RFC 4226 says. */
static void codes(void **state)
{
	static const struct {
		int64_t step;
		const char *digits;
	} cases[] = {
		{ AT_STEP - 3, "937056" }, { AT_STEP - 2, "519772" }, { AT_STEP - 1, "868333" },
		{ AT_STEP, "934545" },	   { AT_STEP + 1, "792162" }, { AT_STEP + 2, "719065" },
		{ AT_STEP + 3, "329372" }, { 161, "000350" },	      { 638, "000003" },
	};
	unsigned char secret[ARRIVAL_SECRET];
	char digits[ARRIVAL_DIGITS];

	(void)state;
	make_secret(secret);
	assert_int_equal(arrival_step(at), AT_STEP);
	assert_int_equal(arrival_step(at - 1), AT_STEP - 1);
	assert_int_equal(arrival_step(at + ARRIVAL_STEP_MS - 1), AT_STEP);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		arrival_code(secret, &share, cases[i].step, digits);
		assert_string_equal(digits, cases[i].digits);
	}
}

static void other_secrets_and_shares(void **state)
{
	unsigned char secret[ARRIVAL_SECRET];
	struct uuid other = share;
	char digits[ARRIVAL_DIGITS], mine[ARRIVAL_DIGITS];

	(void)state;
	make_secret(secret);
	arrival_code(secret, &share, AT_STEP, mine);
	other.b[15] ^= 1;
	arrival_code(secret, &other, AT_STEP, digits);
	assert_string_not_equal(digits, mine);
	secret[31] ^= 1;
	arrival_code(secret, &share, AT_STEP, digits);
	assert_string_not_equal(digits, mine);
	assert_int_equal(arrival_find(secret, &share, mine, at, 0), 0);
}

static void found(void **state)
{
	static const struct {
		const char *typed;
		int64_t off_ms, least, found;
	} cases[] = {
		{ "934545", 0, 0, AT_STEP },
		{ "519772", 0, 0, AT_STEP - 2 },		   /* the two before and behind */
		{ "868333", 0, 0, AT_STEP - 1 },
		{ "792162", 0, 0, AT_STEP + 1 },
		{ "719065", 0, 0, AT_STEP + 2 },
		{ "937056", 0, 0, 0 },				   /* the third does not count */
		{ "329372", 0, 0, 0 },
		{ "937056", -1, 0, AT_STEP - 3 },		   /* by the claimed time */
		{ "934545", 3 * (int64_t)ARRIVAL_STEP_MS, 0, 0 },
		{ "934545", 0, AT_STEP, AT_STEP },		   /* not before the least */
		{ "934545", 0, AT_STEP + 1, 0 },
		{ "868333", 0, AT_STEP, 0 },
		{ " 934 545\t", 0, 0, AT_STEP },
		{ "934-545", 0, 0, AT_STEP },
		{ "９３４５４５", 0, 0, AT_STEP },
		{ "９34\xe3\x80\x80５45", 0, 0, AT_STEP },	   /* an ideographic blank between */
		{ "93454", 0, 0, 0 },
		{ "9345455", 0, 0, 0 },
		{ "93454x", 0, 0, 0 },
		{ "934545x", 0, 0, 0 },
		{ "93454\xef\xbc", 0, 0, 0 },			   /* cut off in a character */
		{ "93454\xef\xbc\x9a", 0, 0, 0 },		   /* a full-width colon */
		{ "", 0, 0, 0 },
		{ NULL, 0, 0, 0 },
	};
	unsigned char secret[ARRIVAL_SECRET];

	(void)state;
	make_secret(secret);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t step = arrival_find(secret, &share, cases[i].typed,
					    at + cases[i].off_ms, cases[i].least);
		if (step != cases[i].found)
			fail_msg("%zu: %s: %lld", i, cases[i].typed, (long long)step);
	}
}

/* A clock that stands at 1970 finds no step before the first. */
static void near_the_beginning(void **state)
{
	unsigned char secret[ARRIVAL_SECRET];
	char digits[ARRIVAL_DIGITS];

	(void)state;
	make_secret(secret);
	arrival_code(secret, &share, -1, digits);
	assert_int_equal(arrival_find(secret, &share, digits, 0, 0), 0);
	arrival_code(secret, &share, 1, digits);
	assert_int_equal(arrival_find(secret, &share, digits, 0, 0), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes),
		cmocka_unit_test(other_secrets_and_shares),
		cmocka_unit_test(found),
		cmocka_unit_test(near_the_beginning),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
