/* The one-time code that enrols a console: what an administrator prints, a person types, and the
 * console and the server take apart.
 *
 * XXXX-XXXX-XXXX-ffffffffff: twelve characters of secret (60 random bits; digits and capitals
 * without I L O U), then the first ten hex digits of the SHA-256 of the server certificate's public
 * key (DER SubjectPublicKeyInfo).  The console connects without any other trust, compares the key
 * it meets with these digits, pins the whole SHA-256 if they agree, and sends only the secret (POST
 * /v1/enroll, member "code").  A wrong server therefore never sees the secret.  A code without the
 * last group is accepted by the parser: such a console trusts the first key it meets. */
#ifndef ZHIBAN_WIRE_ENROLL_H
#define ZHIBAN_WIRE_ENROLL_H

#include <stdbool.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/env.h"

enum { ENROLL_SECRET = 15, ENROLL_PIN = 11, ENROLL_TEXT = 26 }; /* with NUL */

struct enroll_code {
	char secret[ENROLL_SECRET]; /* "7K3M-Q2XD-90AF" */
	char pin[ENROLL_PIN];	    /* "ab34cd56ef", "" when the code carries none */
};

/* key_hash: SHA-256 of the server's public key, or NULL. */
void enroll_code_make(const struct env *env, const uint8_t key_hash[SHA256_LEN],
		      struct enroll_code *ret_code);
void enroll_code_text(const struct enroll_code *code, char text[ENROLL_TEXT]);
/* Forgiving: either case, hyphens and spaces anywhere, O for 0, I and L for 1.  ERR_INPUT shows the
 * form. */
enum err enroll_code_parse(const char *words, struct enroll_code *ret_code, struct error *err)
	MUST_CHECK;
/* Whether the key met is the one the code names; true when it names none. */
bool enroll_code_fits(const struct enroll_code *code, const uint8_t key_hash[SHA256_LEN]);

#endif
