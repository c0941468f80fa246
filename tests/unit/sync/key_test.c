/* The key in a certificate: a known one, and every way to damage it. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/sync/http.h"

#include "../../../src/sync/http_priv.h"

static const char certificate[] =
	"-----BEGIN CERTIFICATE-----\n"
	"MIIBhTCCASugAwIBAgIUWjWJkMXp3B+eA18FdzkQuAso7ecwCgYIKoZIzj0EAwIw\n"
	"FzEVMBMGA1UEAwwMdGVzdC5leGFtcGxlMCAXDTI2MTEyMjA3MzEzN1oYDzIxMjYx\n"
	"MDI5MDczMTM3WjAXMRUwEwYDVQQDDAx0ZXN0LmV4YW1wbGUwWTATBgcqhkjOPQIB\n"
	"BggqhkjOPQMBBwNCAASuGKaBHL8thD8jZsX/Ialfb0TYAnJMeWXoE1UYmhzQVI3o\n"
	"SMOo4IJX/dbUqmzZXp4zBjVv3YALbQTaY4oWrQweo1MwUTAdBgNVHQ4EFgQUMfuz\n"
	"QMP7LtVYEiUcBJTb41yzRPUwHwYDVR0jBBgwFoAUMfuzQMP7LtVYEiUcBJTb41yz\n"
	"RPUwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAhu3rjdEfeJWa\n"
	"W0wDRS4Va1nnC0mJeCdAFPwGF5ILRDACIG3WyxFHRguVAvNsDRkmUxzHBN+w+zSc\n"
	"w5UXMF7kVl4Y\n"
	"-----END CERTIFICATE-----\n";
static const char key_pin[] = "sha256//GdAOl+SB/LMtnKs7LQvQqXzOXX7SAq3Pvft05S5oE0M="; /* by openssl */

static void the_key_of_a_certificate(void **state)
{
	uint8_t hash[SHA256_LEN];
	char pin[KEY_PIN_TEXT];

	(void)state;
	assert_int_equal(key_of_certificate(certificate, hash), ERR_OK);
	http_pin_text(hash, pin);
	assert_string_equal(pin, key_pin);
}

static void damaged_ones_are_refused_or_read_within_bounds(void **state)
{
	size_t len = strlen(certificate);
	uint8_t hash[SHA256_LEN];

	(void)state;
	assert_int_equal(key_of_certificate("", hash), ERR_INPUT);
	assert_int_equal(key_of_certificate("-----BEGIN CERTIFICATE-----", hash), ERR_INPUT);
	for (size_t cut = 28; cut < len / 3; cut++) { /* before the key: never whole */
		char *half = mem_dup(certificate, len + 1);

		half[cut] = '\0';
		assert_int_equal(key_of_certificate(half, hash), ERR_INPUT);
		free(half);
	}
	for (size_t at = 28; at < len - 26; at++) {
		char *bent = mem_dup(certificate, len + 1);

		bent[at] = bent[at] == '/' ? 'A' : '/';
		if (key_of_certificate(bent, hash) == ERR_OK)
			hash[0] = 0; /* a bent name or date: only that nothing is read beyond */
		free(bent);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_key_of_a_certificate),
		cmocka_unit_test(damaged_ones_are_refused_or_read_within_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
