#include <config.h>

#include "zhiban/domain/arrival.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/mem.h"

enum { CODE_RANGE = 1000000 };

int64_t arrival_step(int64_t at)
{
	return at / ARRIVAL_STEP_MS;
}

void arrival_code(const unsigned char secret[ARRIVAL_SECRET], const struct uuid *share, int64_t step,
		  char digits[ARRIVAL_DIGITS])
{
	uint8_t said[sizeof share->b + 8], mac[SHA256_LEN];

	memcpy(said, share->b, sizeof share->b);
	for (size_t i = 0; i < 8; i++) /* the high byte first, as RFC 4226 has its counter */
		said[sizeof share->b + i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
	hmac_sha256(secret, ARRIVAL_SECRET, said, sizeof said, mac);
	snprintf(digits, ARRIVAL_DIGITS, "%06u", (unsigned)(hotp_number(mac) % CODE_RANGE));
}

/* The length of the blank that a text begins with, 0: it begins with none. */
static size_t blank_at(const char *text)
{
	static const char *const blanks[] = { " ", "\t", "-", "\xc2\xa0", "\xe3\x80\x80" };

	for (size_t i = 0; i < ARRAY_LEN(blanks); i++)
		if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
			return strlen(blanks[i]);
	return 0;
}

/* The digit that a text begins with, also a full-width one (U+FF10 …); how long it is, 0: none. */
static size_t digit_at(const char *text, char *ret_digit)
{
	const unsigned char *bytes = (const unsigned char *)text;

	if (bytes[0] >= '0' && bytes[0] <= '9') {
		*ret_digit = text[0];
		return 1;
	}
	if (bytes[0] != 0xef || bytes[1] != 0xbc || bytes[2] < 0x90 || bytes[2] > 0x99)
		return 0;
	*ret_digit = (char)('0' + bytes[2] - 0x90);
	return 3;
}

static bool read_digits(const char *typed, char digits[ARRIVAL_DIGITS])
{
	size_t n = 0;

	while (*typed != '\0') {
		size_t len = blank_at(typed);
		char digit = '0';

		if (len == 0) {
			len = digit_at(typed, &digit);
			if (len == 0 || n + 1 >= ARRIVAL_DIGITS)
				return false;
			digits[n++] = digit;
		}
		typed += len;
	}
	digits[n] = '\0';
	return n + 1 == ARRIVAL_DIGITS;
}

int64_t arrival_find(const unsigned char secret[ARRIVAL_SECRET], const struct uuid *share,
		     const char *typed, int64_t at, int64_t least)
{
	char digits[ARRIVAL_DIGITS], shown[ARRIVAL_DIGITS];
	int64_t now = arrival_step(at), found = 0;

	if (typed == NULL || !read_digits(typed, digits))
		return 0;
	/* the nearest counts; all are looked at, so that the time it takes tells nothing */
	for (int64_t off = ARRIVAL_DRIFT; off >= 0; off--) {
		const int64_t steps[] = { now + off, now - off };

		for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
			arrival_code(secret, share, steps[i], shown);
			if (steps[i] >= least && steps[i] > 0 &&
			    crypto_same(digits, shown, sizeof shown))
				found = steps[i];
		}
	}
	return found;
}
