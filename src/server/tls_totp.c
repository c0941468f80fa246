#include <config.h>

#include "totp_priv.h"

#include <ctype.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#include "zhiban/base/crypto.h"

enum { HMAC_LEN = 20, DIGITS_MAX = 9, BITS_OF_A_SIGN = 5 };

bool totp_code(const void *secret, size_t len, int64_t step, int digits, char text[10])
{
	uint8_t counter[8], mac[HMAC_LEN];
	uint32_t number;
	unsigned at;
	if (digits < 1 || digits > DIGITS_MAX)
		return false;
	for (int i = 7; i >= 0; i--, step >>= 8)
		counter[i] = (uint8_t)step;
	if (gnutls_hmac_fast(GNUTLS_MAC_SHA1, secret, len, counter, sizeof counter, mac) != 0)
		return false;
	at = mac[HMAC_LEN - 1] & 15; /* RFC 4226, 5.3: where the number stands */
	number = (uint32_t)(mac[at] & 127) << 24 | (uint32_t)mac[at + 1] << 16 |
		 (uint32_t)mac[at + 2] << 8 | mac[at + 3];
	text[digits] = '\0';
	for (int i = digits - 1; i >= 0; i--, number /= 10)
		text[i] = (char)('0' + number % 10);
	return true;
}

bool totp_matches(const void *secret, size_t len, const char *digits, int64_t now, int64_t used,
		  int64_t *ret_step)
{
	int64_t present = now / (TOTP_STEP_S * 1000);
	bool found = false;

	if (strlen(digits) != TOTP_DIGITS)
		return false;
	for (int64_t step = present - 1; step <= present + 1; step++) {
		char text[10];

		if (!totp_code(secret, len, step, TOTP_DIGITS, text))
			return false;
		if (crypto_same(text, digits, TOTP_DIGITS) && step > used) {
			*ret_step = step;
			found = true;
		}
	}
	return found;
}

void totp_secret(const struct env *env, uint8_t secret[TOTP_SECRET])
{
	env_random(env, secret, TOTP_SECRET);
}

static void base32(struct str *out, const uint8_t *bytes, size_t len)
{
	static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	uint32_t held = 0;
	int bits = 0;

	for (size_t i = 0; i < len; i++) {
		held = held << 8 | bytes[i];
		for (bits += 8; bits >= BITS_OF_A_SIGN; bits -= BITS_OF_A_SIGN)
			str_add_char(out, signs[held >> (bits - BITS_OF_A_SIGN) & 31]);
	}
	if (bits > 0)
		str_add_char(out, signs[held << (BITS_OF_A_SIGN - bits) & 31]);
}

static void percent(struct str *out, const char *s)
{
	for (; *s != '\0'; s++) {
		if (isalnum((unsigned char)*s) || strchr("-._~", *s) != NULL)
			str_add_char(out, *s);
		else
			str_addf(out, "%%%02X", (unsigned char)*s);
	}
}

void totp_uri(struct str *out, const char *issuer, const char *name,
	      const uint8_t secret[TOTP_SECRET])
{
	str_add(out, "otpauth://totp/");
	percent(out, issuer);
	str_add_char(out, ':');
	percent(out, name);
	str_add(out, "?secret=");
	base32(out, secret, TOTP_SECRET);
	str_add(out, "&issuer=");
	percent(out, issuer);
	str_addf(out, "&algorithm=SHA1&digits=%d&period=%d", TOTP_DIGITS, TOTP_STEP_S);
}
