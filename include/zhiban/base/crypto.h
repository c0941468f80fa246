/* Hashes, secrets and tokens (libsodium lives only behind this header). */
#ifndef ZHIBAN_BASE_CRYPTO_H
#define ZHIBAN_BASE_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/error.h"

enum { SHA256_LEN = 32, SHA256_HEX = 65, TOKEN_TEXT = 65, PIN_HASH = 128 };

struct env;
struct sha256 {
	uint64_t opaque[16]; /* crypto_hash_sha256_state fits, asserted in crypto.c */
};

enum err crypto_init(struct error *err) MUST_CHECK; /* once, at the start of main */
void sha256_init(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *data, size_t len);
void sha256_end(struct sha256 *h, uint8_t out[SHA256_LEN]);
void sha256(const void *data, size_t len, uint8_t out[SHA256_LEN]);
/* BLAKE2b with a key of 16 to 64 bytes: without the key it tells nothing of the data. */
void crypto_keyed(const void *key, size_t key_len, const void *data, size_t len,
		  uint8_t out[SHA256_LEN]);
/* HMAC-SHA256 (RFC 2104, FIPS 198-1); a key of any length. */
void hmac_sha256(const void *key, size_t key_len, const void *data, size_t len,
		 uint8_t out[SHA256_LEN]);
/* The 31-bit number that RFC 4226 takes out of such a hash by dynamic truncation. */
uint32_t hotp_number(const uint8_t mac[SHA256_LEN]);
void crypto_hex(const uint8_t *bytes, size_t len, char *text); /* text: 2*len+1 */
enum err crypto_unhex(const char *text, uint8_t *bytes, size_t len) MUST_CHECK;

/* 256 random bits in hex. */
void token_make(const struct env *env, char text[TOKEN_TEXT]);
bool crypto_same(const void *a, const void *b, size_t len); /* constant time */
/* argon2id, t=2, 64 MiB: about 80 ms; the caller limits how many run at a time. */
enum err pin_hash(const char *pin, char hash[PIN_HASH], struct error *err) MUST_CHECK;
bool pin_matches(const char *pin, const char *hash);
void crypto_wipe(void *buf, size_t len);

#endif
