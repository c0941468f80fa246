#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/wire/enroll.h"

static const uint8_t key[SHA256_LEN] = { 0xab, 0x34, 0xcd, 0x56, 0xef, 0x01 };
static const uint8_t other[SHA256_LEN] = { 0xab, 0x34, 0xcd, 0x56, 0xee, 0x01 };

static void test_round_trip(void **state)
{
	struct env_fixed fixed = { .now = 1, .seed = 3 };
	struct env env = env_fixed(&fixed);
	struct enroll_code code, again, bare;
	char text[ENROLL_TEXT];

	(void)state;
	enroll_code_make(&env, key, &code);
	enroll_code_text(&code, text);
	assert_int_equal(strlen(text), ENROLL_TEXT - 1);
	assert_int_equal(enroll_code_parse(text, &again, NULL), ERR_OK);
	assert_string_equal(again.secret, code.secret);
	assert_string_equal(again.pin, "ab34cd56ef");
	assert_true(enroll_code_fits(&again, key));
	assert_false(enroll_code_fits(&again, other));
	enroll_code_make(&env, NULL, &bare);
	enroll_code_text(&bare, text);
	assert_string_equal(text, bare.secret);
	assert_string_not_equal(bare.secret, code.secret);
	assert_true(enroll_code_fits(&bare, other));
}

static void test_typed(void **state)
{
	static const char *const same[] = {
		"7K3M-Q2XD-90A1-ab34cd56ef", "7k3mq2xd90a1ab34cd56ef", " 7K3M Q2XD 90A1 AB34CD56EF ",
		"7K3M-Q2XD-9OAI-ab34cd56ef", "7K3M-Q2XD-9oAl-ab34cd56ef",
	};
	static const char *const bad[] = {
		"",
		"7K3M",
		"7K3M-Q2XD-90A",
		"7K3M-Q2XD-90A1-ab34",
		"7K3M-Q2XD-90A1-ab34cd56efa",
		"7K3M-Q2XD-90A1-ab34cd56eg",
		"7K3M-Q2XD-90AU",
		"7K3M_Q2XD_90A1",
	};
	struct enroll_code code = { .secret = "untouched" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_int_equal(enroll_code_parse(bad[i], &code, NULL), ERR_INPUT);
		assert_string_equal(code.secret, "untouched");
	}
	for (size_t i = 0; i < ARRAY_LEN(same); i++) {
		assert_int_equal(enroll_code_parse(same[i], &code, NULL), ERR_OK);
		assert_string_equal(code.secret, "7K3M-Q2XD-90A1");
		assert_string_equal(code.pin, "ab34cd56ef");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_typed),
	};

	return cmocka_run_group_tests_name("enrolment codes", tests, NULL, NULL);
}
