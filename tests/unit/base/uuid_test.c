/* Ids, hashes, secrets, and the world they come from. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/env.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/uuid.h"

static void v7_holds_time_version_and_chance(void **state)
{
	struct env_fixed fixed = { .now = INT64_C(0x017F22E279B0), .seed = 1 };
	struct env env = env_fixed(&fixed);
	struct uuid a = uuid_v7(&env), b = uuid_v7(&env), later;
	char text[UUID_TEXT];

	(void)state;
	uuid_text(&a, text);
	assert_memory_equal(text, "017f22e2-79b0-7", 15); /* the moment of RFC 9562, A.6 */
	assert_non_null(strchr("89ab", text[19]));
	assert_int_equal(strlen(text), 36);
	assert_false(uuid_eq(&a, &b));
	fixed.now++;
	later = uuid_v7(&env);
	assert_true(uuid_cmp(&a, &later) < 0);
	assert_true(uuid_cmp(&b, &later) < 0);
}

static void the_same_seed_gives_the_same_ids(void **state)
{
	struct env_fixed one = { .now = 5, .seed = 9 }, two = { .now = 5, .seed = 9 };
	struct env env1 = env_fixed(&one), env2 = env_fixed(&two);
	struct uuid a = uuid_v7(&env1), b = uuid_v7(&env2);
	unsigned char bytes[8];

	(void)state;
	assert_true(uuid_eq(&a, &b));
	one = (struct env_fixed){ .seed = 0 };
	env_random(&env1, bytes, sizeof bytes);
	/* first value of splitmix64 from 0, low byte first, on every machine */
	assert_memory_equal(bytes, "\xaf\xcd\x1d\x7b\x39\xa8\x20\xe2", 8);
}

static void named_ids_depend_on_the_words_alone(void **state)
{
	struct uuid a = uuid_named("clock"), b = uuid_named("clock"), c = uuid_named("clocks");
	struct uuid child = uuid_child(&a, "part", 1), other = uuid_child(&a, "part", 2);
	struct uuid third = uuid_child(&a, "pert", 1);
	char text[UUID_TEXT];

	(void)state;
	assert_true(uuid_eq(&a, &b));
	assert_false(uuid_eq(&a, &c));
	uuid_text(&a, text);
	assert_string_equal(text, "d8198efa-3604-8164-8534-68608c55efa1");
	assert_int_equal(text[14], '8');
	assert_false(uuid_eq(&child, &other));
	assert_false(uuid_eq(&child, &third));
	uuid_text(&child, text);
	assert_string_equal(text, "489d5e74-6b93-88a2-ad4a-357b8bcf2778");
}

static void texts_are_read_strictly(void **state)
{
	static const char good[] = "017F22e2-79b0-7cc3-98c4-dc0c0c07398f";
	static const char *const bad[] = {
		"", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398ff", "017f22e2-79b0-7cc3-98c4dc0c0c07398f-",
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2 79b0-7cc3-98c4-dc0c0c07398f",
		"017f22e2--9b0-7cc3-98c4-dc0c0c07398f",
	};
	struct uuid id, before;
	char text[UUID_TEXT];

	(void)state;
	assert_int_equal(uuid_parse(good, &id), ERR_OK);
	uuid_text(&id, text);
	assert_string_equal(text, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
	before = id;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_int_equal(uuid_parse(bad[i], &id), ERR_INPUT);
		assert_true(uuid_eq(&id, &before));
	}
	assert_false(uuid_is_nil(&id));
	assert_int_equal(uuid_parse("00000000-0000-0000-0000-000000000000", &id), ERR_OK);
	assert_true(uuid_is_nil(&id));
}

static void below_is_in_range_and_reaches_all(void **state)
{
	struct env_fixed fixed = { .seed = 3 };
	struct env env = env_fixed(&fixed);
	int seen[7] = { 0 };

	(void)state;
	for (int i = 0; i < 7000; i++) {
		uint64_t n = env_below(&env, 7);

		assert_true(n < 7);
		seen[n]++;
	}
	for (int i = 0; i < 7; i++)
		assert_in_range(seen[i], 850, 1150);
	assert_int_equal(env_below(&env, 1), 0);
}

static void the_system_clock_can_be_shifted(void **state)
{
	int64_t shift = INT64_C(86400000) * 365, before, after;
	struct env plain = env_system(NULL), shifted = env_system(&shift);
	unsigned char bytes[64], zero[64] = { 0 };

	(void)state;
	before = env_now(&plain);
	after = env_now(&shifted);
	assert_true(after - before >= shift);
	assert_true(before > INT64_C(1600000000000));
	memset(bytes, 0, sizeof bytes);
	env_random(&plain, bytes, sizeof bytes);
	assert_memory_not_equal(bytes, zero, sizeof bytes);
}

static void sha256_is_sha256(void **state)
{
	struct sha256 h;
	uint8_t out[SHA256_LEN], whole[SHA256_LEN];
	char hex[SHA256_HEX];

	(void)state;
	sha256("abc", 3, out);
	crypto_hex(out, sizeof out, hex);
	/* FIPS 180-2, B.1 */
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	sha256_init(&h);
	sha256_add(&h, "a", 1);
	sha256_add(&h, "", 0);
	sha256_add(&h, "bc", 2);
	sha256_end(&h, whole);
	assert_true(crypto_same(out, whole, sizeof out));
	whole[31] ^= 1;
	assert_false(crypto_same(out, whole, sizeof out));
}

static void hmac_is_hmac_sha256(void **state)
{
	static const struct { /* RFC 4231: 4.2, 4.3, 4.4, 4.7 (a key longer than a block) */
		const char *data;
		unsigned char fill; /* of the key; 0: "Jefe" */
		unsigned char data_fill;
		size_t key_len, len;
		const char *mac;
	} cases[] = {
		{ "Hi There", 0x0b, 0, 20, 8,
		  "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
		{ "what do ya want for nothing?", 0, 0, 4, 28,
		  "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
		{ NULL, 0xaa, 0xdd, 20, 50,
		  "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe" },
		{ "Test Using Larger Than Block-Size Key - Hash Key First", 0xaa, 0, 131, 54,
		  "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		unsigned char key[131] = "Jefe", data[50];
		uint8_t mac[SHA256_LEN];
		char hex[SHA256_HEX];

		if (cases[i].fill != 0)
			memset(key, cases[i].fill, sizeof key);
		memset(data, cases[i].data_fill, sizeof data);
		hmac_sha256(key, cases[i].key_len,
			    cases[i].data != NULL ? (const void *)cases[i].data : data,
			    cases[i].len, mac);
		crypto_hex(mac, sizeof mac, hex);
		assert_string_equal(hex, cases[i].mac);
	}
}

/* RFC 6238, appendix B: its eight digits are those of the same number. */
static void hotp_takes_its_number(void **state)
{
	static const struct {
		unsigned char counter[8];
		unsigned digits;
	} cases[] = {
		{ { 0, 0, 0, 0, 0, 0, 0, 0x01 }, 46119246 },
		{ { 0, 0, 0, 0, 0x02, 0x35, 0x23, 0xec }, 68084774 },
		{ { 0, 0, 0, 0, 0x27, 0xbc, 0x86, 0xaa }, 77737706 },
	};
	uint8_t mac[SHA256_LEN];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		hmac_sha256("12345678901234567890123456789012", 32, cases[i].counter, 8, mac);
		assert_int_equal(hotp_number(mac) % 100000000, cases[i].digits);
	}
}

static void hex_goes_both_ways(void **state)
{
	uint8_t bytes[3] = { 9, 9, 9 };

	(void)state;
	assert_int_equal(crypto_unhex("00fFa1", bytes, 3), ERR_OK);
	assert_memory_equal(bytes, "\x00\xff\xa1", 3);
	assert_int_equal(crypto_unhex("00ffa", bytes, 3), ERR_INPUT);
	assert_int_equal(crypto_unhex("00ffa1b", bytes, 3), ERR_INPUT);
	assert_int_equal(crypto_unhex("1234g6", bytes, 3), ERR_INPUT);
	assert_memory_equal(bytes, "\x00\xff\xa1", 3);
}

static void tokens_differ(void **state)
{
	struct env env = env_system(NULL);
	char a[TOKEN_TEXT], b[TOKEN_TEXT];

	(void)state;
	token_make(&env, a);
	token_make(&env, b);
	assert_int_equal(strlen(a), 64);
	assert_string_not_equal(a, b);
}

static void pins_match_their_hash_only(void **state)
{
	char hash[PIN_HASH], other[PIN_HASH];

	(void)state;
	assert_int_equal(pin_hash("123456", hash, NULL), ERR_OK);
	assert_int_equal(pin_hash("123456", other, NULL), ERR_OK);
	assert_memory_equal(hash, "$argon2id$v=19$m=65536,t=2,p=1$", 31);
	assert_string_not_equal(hash, other); /* each with its own salt */
	assert_true(pin_matches("123456", hash));
	assert_false(pin_matches("123457", hash));
	assert_false(pin_matches("", hash));
	assert_false(pin_matches("123456", ""));
	assert_false(pin_matches("123456", "$argon2id$v=19$m=65536"));
}

static int start(void **state)
{
	(void)state;
	return crypto_init(NULL) == ERR_OK ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(v7_holds_time_version_and_chance),
		cmocka_unit_test(the_same_seed_gives_the_same_ids),
		cmocka_unit_test(named_ids_depend_on_the_words_alone),
		cmocka_unit_test(texts_are_read_strictly),
		cmocka_unit_test(below_is_in_range_and_reaches_all),
		cmocka_unit_test(the_system_clock_can_be_shifted),
		cmocka_unit_test(sha256_is_sha256),
		cmocka_unit_test(hmac_is_hmac_sha256),
		cmocka_unit_test(hotp_takes_its_number),
		cmocka_unit_test(hex_goes_both_ways),
		cmocka_unit_test(tokens_differ),
		cmocka_unit_test(pins_match_their_hash_only),
	};

	return cmocka_run_group_tests_name("base/uuid", tests, start, NULL);
}
