#include <config.h>

#include "zhiban/base/crypto.h"

#include <assert.h>
#include <string.h>

#include <sodium.h>

#include "zhiban/base/env.h"
#include "zhiban/base/i18n.h"

/* RFC 9106 leaves the figures to the place: 2 passes over 64 MiB. */
enum { PIN_PASSES = 2, PIN_MEMORY = 64 * 1024 * 1024 };

static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct sha256), "sha256 is too small");
static_assert(_Alignof(crypto_hash_sha256_state) <= _Alignof(struct sha256), "sha256 alignment");
static_assert((int)crypto_pwhash_STRBYTES <= (int)PIN_HASH, "PIN_HASH is too small");
static_assert((int)TOKEN_TEXT == 2 * SHA256_LEN + 1, "a token is as long as a hash in hex");

enum err crypto_init(struct error *err)
{
	if (sodium_init() < 0)
		return error_set(err, ERR_IO, _("the cryptographic library does not start"));
	return ERR_OK;
}

static crypto_hash_sha256_state *state(struct sha256 *h)
{
	return (crypto_hash_sha256_state *)(void *)h->opaque;
}

void sha256_init(struct sha256 *h)
{
	crypto_hash_sha256_init(state(h));
}

void sha256_add(struct sha256 *h, const void *data, size_t len)
{
	crypto_hash_sha256_update(state(h), data, len);
}

void sha256_end(struct sha256 *h, uint8_t out[SHA256_LEN])
{
	crypto_hash_sha256_final(state(h), out);
}

void sha256(const void *data, size_t len, uint8_t out[SHA256_LEN])
{
	crypto_hash_sha256(out, data, len);
}

void crypto_keyed(const void *key, size_t key_len, const void *data, size_t len,
		  uint8_t out[SHA256_LEN])
{
	crypto_generichash(out, SHA256_LEN, data, len, key, key_len);
}

void hmac_sha256(const void *key, size_t key_len, const void *data, size_t len,
		 uint8_t out[SHA256_LEN])
{
	crypto_auth_hmacsha256_state hmac;

	crypto_auth_hmacsha256_init(&hmac, key, key_len);
	crypto_auth_hmacsha256_update(&hmac, data, len);
	crypto_auth_hmacsha256_final(&hmac, out);
	sodium_memzero(&hmac, sizeof hmac);
}

uint32_t hotp_number(const uint8_t mac[SHA256_LEN])
{
	const uint8_t *at = mac + (mac[SHA256_LEN - 1] & 0x0f);

	return ((uint32_t)at[0] & 0x7f) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

void crypto_hex(const uint8_t *bytes, size_t len, char *text)
{
	sodium_bin2hex(text, 2 * len + 1, bytes, len);
}

/* Of a hex digit one more than its value, 0 of anything else. */
static const uint8_t digit_of[256] = {
	['0'] = 1,  ['1'] = 2,	['2'] = 3,  ['3'] = 4,	['4'] = 5,  ['5'] = 6,	['6'] = 7,  ['7'] = 8,
	['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
	['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

enum err crypto_unhex(const char *text, uint8_t *bytes, size_t len)
{
	const unsigned char *digits = (const unsigned char *)text;

	if (strlen(text) != 2 * len)
		return ERR_INPUT;
	for (size_t i = 0; i < 2 * len; i++)
		if (digit_of[digits[i]] == 0)
			return ERR_INPUT;
	for (size_t i = 0; i < len; i++)
		bytes[i] = (uint8_t)((digit_of[digits[2 * i]] - 1) << 4 |
				     (digit_of[digits[2 * i + 1]] - 1));
	return ERR_OK;
}

void token_make(const struct env *env, char text[TOKEN_TEXT])
{
	uint8_t bits[SHA256_LEN];

	env_random(env, bits, sizeof bits);
	crypto_hex(bits, sizeof bits, text);
	crypto_wipe(bits, sizeof bits);
}

bool crypto_same(const void *a, const void *b, size_t len)
{
	return sodium_memcmp(a, b, len) == 0;
}

enum err pin_hash(const char *pin, char hash[PIN_HASH], struct error *err)
{
	char text[crypto_pwhash_STRBYTES];

	if (crypto_pwhash_str_alg(text, pin, strlen(pin), PIN_PASSES, PIN_MEMORY,
				  crypto_pwhash_ALG_ARGON2ID13) != 0)
		return error_set(err, ERR_BUSY,
				 _("no memory to hash a PIN (64 MiB): try again later"));
	memset(hash, 0, PIN_HASH);
	memcpy(hash, text, strlen(text));
	return ERR_OK;
}

bool pin_matches(const char *pin, const char *hash)
{
	char text[crypto_pwhash_STRBYTES] = "";

	/* libsodium reads up to STRBYTES; a stored hash may lie in a shorter buffer. */
	if (strlen(hash) >= sizeof text)
		return false;
	memcpy(text, hash, strlen(hash));
	return crypto_pwhash_str_verify(text, pin, strlen(pin)) == 0;
}

void crypto_wipe(void *buf, size_t len)
{
	sodium_memzero(buf, len);
}
