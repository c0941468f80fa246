/* Proof of arrival: six digits that the street's console shows for a department's share, and that the
 * officer who has come passes to his own unit.
 *
 * The secret of a whistle is known to the server and to the consoles of the blower alone; the digits
 * change every ARRIVAL_STEP_MS and are made as in RFC 4226 (HMAC, dynamic truncation, six digits) with
 * SHA-256, over the share's id and the step of time.  So they prove who came and when; shown once they
 * count once. */
#ifndef ZHIBAN_DOMAIN_ARRIVAL_H
#define ZHIBAN_DOMAIN_ARRIVAL_H

#include "zhiban/base/uuid.h"

enum { ARRIVAL_SECRET = 32, ARRIVAL_DIGITS = 7 /* with NUL */, ARRIVAL_STEP_MS = 5 * 60 * 1000 };
enum { ARRIVAL_DRIFT = 2 }; /* steps to either side of the claimed time that count */

int64_t arrival_step(int64_t at); /* of a moment, ms UTC */
void arrival_code(const unsigned char secret[ARRIVAL_SECRET], const struct uuid *share, int64_t step,
		  char digits[ARRIVAL_DIGITS]);
/* Blanks and full-width digits of what was typed are passed over; the step in which it was shown, of
 * those near the claimed moment (and not before `least`); 0: in none. */
int64_t arrival_find(const unsigned char secret[ARRIVAL_SECRET], const struct uuid *share,
		     const char *typed, int64_t at, int64_t least);

#endif
