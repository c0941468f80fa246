/* Memory that is there or the program ends in one place with a sentence (no NULL to test). */
#ifndef ZHIBAN_BASE_MEM_H
#define ZHIBAN_BASE_MEM_H

#include <stddef.h>
#include <stdlib.h>

void *mem_alloc(size_t size);		       /* zeroed; free() it */
void *mem_resize(void *ptr, size_t n, size_t size); /* n elements of size bytes, overflow checked */
char *mem_strdup(const char *s);	       /* NULL gives NULL */
void *mem_dup(const void *ptr, size_t len);

/* Makes room for one more in a growing array: MEM_GROW(list->items, list->n, list->cap). */
#define MEM_GROW(ptr, n, cap)                                                                  \
	do {                                                                                   \
		if ((n) == (cap)) {                                                            \
			(cap) = (cap) ? (cap) * 2 : 8;                                         \
			(ptr) = mem_resize((ptr), (cap), sizeof *(ptr));                       \
		}                                                                              \
	} while (0)
#define ARRAY_LEN(a) (sizeof(a) / sizeof *(a))

#endif
