#include <config.h>

#include "zhiban/base/mem.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "zhiban/base/i18n.h"

/* The one place where the program ends for want of memory.  Nothing is flushed and no handler runs:
 * they would allocate, and what was confirmed is on disk already. */
static _Noreturn void mem_die(void)
{
	const char *words = _("zhiban: out of memory; what was saved is safe, start it again\n");
	ssize_t ignored = write(STDERR_FILENO, words, strlen(words));

	(void)ignored;
	_exit(1);
}

void *mem_alloc(size_t size)
{
	void *ptr = calloc(1, size ? size : 1);

	if (ptr == NULL)
		mem_die();
	return ptr;
}

void *mem_resize(void *ptr, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes) || bytes > PTRDIFF_MAX)
		mem_die();
	ptr = realloc(ptr, bytes ? bytes : 1);
	if (ptr == NULL)
		mem_die();
	return ptr;
}

char *mem_strdup(const char *s)
{
	return s == NULL ? NULL : mem_dup(s, strlen(s) + 1);
}

void *mem_dup(const void *ptr, size_t len)
{
	void *copy = mem_resize(NULL, len, 1);

	if (len > 0)
		memcpy(copy, ptr, len);
	return copy;
}
