/* The second factor: codes of six digits that change every 30 seconds (RFC 6238, HMAC-SHA-1, as all
 * programs for telephones make them).
 *
 * A code fits in its own step, the one before and the one behind, and counts once: the caller keeps
 * the step of the last that was used. */
#ifndef ZHIBAN_SERVER_TOTP_PRIV_H
#define ZHIBAN_SERVER_TOTP_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/env.h"
#include "zhiban/base/str.h"

enum { TOTP_SECRET = 20, TOTP_DIGITS = 6, TOTP_STEP_S = 30 };

/* The code of a step in so many digits (at most 9). */
bool totp_code(const void *secret, size_t len, int64_t step, int digits, char text[10]);
/* Whether the digits fit at a moment (ms UTC) and belong to a step behind `used`; which one. */
bool totp_matches(const void *secret, size_t len, const char *digits, int64_t now, int64_t used,
		  int64_t *ret_step);
void totp_secret(const struct env *env, uint8_t secret[TOTP_SECRET]);
/* Appends otpauth://totp/ISSUER:NAME?secret=…, which telephones read as a picture or by hand. */
void totp_uri(struct str *out, const char *issuer, const char *name,
	      const uint8_t secret[TOTP_SECRET]);

#endif
