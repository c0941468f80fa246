#include <config.h>

#include "zhiban/domain/phone.h"

#include <stddef.h>
#include <string.h>

enum { MOBILE = 11 };

/* The digit at *s, or -1 where none is; *s moves on. */
static int next_digit(const char **s)
{
	const unsigned char *at = (const unsigned char *)*s;

	if (at[0] == 0xef && at[1] == 0xbc && at[2] >= 0x90 && at[2] <= 0x99) { /* U+FF10 … */
		*s += 3;
		return at[2] - 0x90;
	}
	*s += 1;
	return at[0] >= '0' && at[0] <= '9' ? at[0] - '0' : -1;
}

static size_t country_code(const char *digits, size_t n, bool plus)
{
	if (n >= 4 && memcmp(digits, "0086", 4) == 0)
		return 4;
	return n >= 2 && (plus || n > MOBILE) && memcmp(digits, "86", 2) == 0 ? 2 : 0;
}

void phone_digits(const char *phone, char digits[PHONE_DIGITS])
{
	const char *s = phone;
	bool plus = false;
	size_t n = 0, code;

	digits[0] = '\0';
	if (s == NULL || strchr(s, '*') != NULL) /* a masked one is nobody's */
		return;
	while (*s != '\0') {
		bool sign = *s == '+' || strncmp(s, "\xef\xbc\x8b", 3) == 0; /* U+FF0B */
		int digit = next_digit(&s);

		plus = plus || (sign && n == 0);
		if (digit >= 0 && n < PHONE_DIGITS - 1)
			digits[n++] = (char)('0' + digit);
	}
	digits[n] = '\0';
	code = country_code(digits, n, plus);
	n -= code;
	memmove(digits, digits + code, n + 1);
	if (n < PHONE_LEAST)
		digits[0] = '\0';
}

bool phone_is_whole(const char *digits)
{
	size_t n = strlen(digits);

	return n >= PHONE_LEAST && n <= PHONE_MOST && (digits[0] != '1' || n == MOBILE);
}
