/* A growing string of bytes.  s is always there and ends in NUL, also when empty. */
#ifndef ZHIBAN_BASE_STR_H
#define ZHIBAN_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/base/error.h"

struct str {
	char *s;
	size_t len; /* bytes without the NUL */
	size_t cap;
};

/* cap 0: nothing was allocated yet and s is a constant.  A zeroed struct str is an empty one too,
 * only that str_get must be used on it before something is added. */
#define STR_INIT { (char *)"", 0, 0 }

void str_init(struct str *str);
void str_release(struct str *str);
void str_clear(struct str *str); /* empty, keeps its memory */
char *str_take(struct str *str, size_t *ret_len); /* the caller owns it; str is empty again */
const char *str_get(const struct str *str);	  /* "" when nothing was ever added */

void str_add(struct str *str, const char *s);
void str_add_bytes(struct str *str, const void *bytes, size_t len);
void str_add_char(struct str *str, char c);
void str_add_repeat(struct str *str, char c, size_t n);
void str_addf(struct str *str, const char *fmt, ...) PRINTF(2, 3);
void str_cut(struct str *str, size_t len); /* keeps the first len bytes */
void str_remove(struct str *str, size_t at, size_t len);
void str_insert(struct str *str, size_t at, const void *bytes, size_t len);

/* Copies with a check instead of a silent cut: false, and dst "", when src does not fit. */
bool str_copy(char *dst, size_t size, const char *src) MUST_CHECK;
bool str_eq(const char *a, const char *b); /* NULL equals only NULL */
bool str_starts(const char *s, const char *prefix);
/* A whole decimal integer in [min, max], nothing before or behind it. */
bool str_int(const char *s, long long min, long long max, long long *ret_value) MUST_CHECK;

#endif
