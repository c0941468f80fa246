/* The digits of a telephone number, by which two are compared: as typed, numbers have blanks, dashes,
 * brackets and the country's code, or not.
 *
 * Digits alone count, full-width ones too; a leading 0086, or +86, goes.  A landline with its area
 * code and one without are two numbers: nobody knows which area was meant. */
#ifndef ZHIBAN_DOMAIN_PHONE_H
#define ZHIBAN_DOMAIN_PHONE_H

#include <stdbool.h>

enum { PHONE_DIGITS = 32, PHONE_LEAST = 7, PHONE_MOST = 12 };

/* "" where there are fewer than PHONE_LEAST, or where some are masked; NULL has none. */
void phone_digits(const char *phone, char digits[PHONE_DIGITS]);
/* Whether such digits are one number, whole: neither two in one field nor half of a mobile's. */
bool phone_is_whole(const char *digits);

#endif
