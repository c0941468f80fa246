#include <config.h>

#include "zhiban/base/str.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "zhiban/base/mem.h"

void str_init(struct str *str)
{
	*str = (struct str)STR_INIT;
}

void str_release(struct str *str)
{
	if (str->cap > 0)
		free(str->s);
	str_init(str);
}

void str_clear(struct str *str)
{
	str_cut(str, 0);
}

char *str_take(struct str *str, size_t *ret_len)
{
	char *s = str->cap > 0 ? str->s : mem_strdup("");

	if (ret_len != NULL)
		*ret_len = str->len;
	str_init(str);
	return s;
}

const char *str_get(const struct str *str)
{
	return str->s == NULL ? "" : str->s;
}

static void grow(struct str *str, size_t len)
{
	size_t need, cap = str->cap ? str->cap : 32;

	if (__builtin_add_overflow(str->len, len, &need) || need >= SIZE_MAX / 4)
		need = SIZE_MAX - 1; /* mem_resize ends the program over it */
	while (cap <= need && cap < SIZE_MAX / 4)
		cap *= 2;
	str->s = mem_resize(str->cap > 0 ? str->s : NULL, cap > need ? cap : need + 1, 1);
	str->cap = cap;
	str->s[str->len] = '\0';
}

/* Room for len more bytes and the NUL.  Never taken for a fresh one: its cap is 0. */
static inline void reserve(struct str *str, size_t len)
{
	if (str->cap - str->len <= len)
		grow(str, len);
}

void str_add(struct str *str, const char *s)
{
	str_add_bytes(str, s, strlen(s));
}

void str_add_bytes(struct str *str, const void *bytes, size_t len)
{
	if (len == 0)
		return;
	reserve(str, len);
	memcpy(str->s + str->len, bytes, len);
	str->len += len;
	str->s[str->len] = '\0';
}

void str_add_char(struct str *str, char c)
{
	reserve(str, 1);
	str->s[str->len++] = c;
	str->s[str->len] = '\0';
}

void str_add_repeat(struct str *str, char c, size_t n)
{
	if (n == 0)
		return;
	reserve(str, n);
	memset(str->s + str->len, c, n);
	str->len += n;
	str->s[str->len] = '\0';
}

void str_addf(struct str *str, const char *fmt, ...)
{
	size_t room = str->cap > 0 ? str->cap - str->len : 0;
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(room > 0 ? str->s + str->len : NULL, room, fmt, ap);
	va_end(ap);
	if (len < 0) { /* a broken format of ours */
		str_cut(str, str->len);
		return;
	}
	if ((size_t)len >= room) {
		reserve(str, (size_t)len);
		va_start(ap, fmt);
		vsnprintf(str->s + str->len, (size_t)len + 1, fmt, ap);
		va_end(ap);
	}
	str->len += (size_t)len;
}

void str_cut(struct str *str, size_t len)
{
	assert(len <= str->len);
	str->len = len;
	if (str->cap > 0)
		str->s[len] = '\0';
}

void str_remove(struct str *str, size_t at, size_t len)
{
	assert(at <= str->len && len <= str->len - at);
	if (len == 0)
		return;
	memmove(str->s + at, str->s + at + len, str->len - at - len);
	str_cut(str, str->len - len);
}

void str_insert(struct str *str, size_t at, const void *bytes, size_t len)
{
	assert(at <= str->len);
	if (len == 0)
		return;
	reserve(str, len);
	memmove(str->s + at + len, str->s + at, str->len - at + 1);
	memcpy(str->s + at, bytes, len);
	str->len += len;
}

bool str_copy(char *dst, size_t size, const char *src)
{
	size_t len = strlen(src);

	if (len >= size) {
		if (size > 0)
			dst[0] = '\0';
		return false;
	}
	memcpy(dst, src, len + 1);
	return true;
}

bool str_eq(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

bool str_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_int(const char *s, long long min, long long max, long long *ret_value)
{
	const char *digits = *s == '-' ? s + 1 : s;
	long long value;
	char *end;

	if (*digits < '0' || *digits > '9')
		return false; /* strtoll would skip spaces and take a plus */
	errno = 0;
	value = strtoll(s, &end, 10);
	if (errno != 0 || *end != '\0' || value < min || value > max)
		return false;
	*ret_value = value;
	return true;
}
