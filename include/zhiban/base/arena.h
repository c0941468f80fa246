/* An arena: many small allocations, released together.  Rows of a list, a decoded act, an entity
 * each live in one.  Pointers stay valid until arena_reset or arena_release. */
#ifndef ZHIBAN_BASE_ARENA_H
#define ZHIBAN_BASE_ARENA_H

#include <stddef.h>

#include "zhiban/base/error.h"

struct arena_block;
struct arena {
	struct arena_block *head;
	size_t used; /* bytes handed out */
};

#define ARENA_INIT { NULL, 0 }

void arena_init(struct arena *arena);
void arena_release(struct arena *arena); /* frees all; usable again as if init'ed */
void arena_reset(struct arena *arena);	 /* forgets all, keeps one block for reuse */
void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned for any type */
void *arena_array(struct arena *arena, size_t n, size_t size); /* overflow checked */
char *arena_strdup(struct arena *arena, const char *s);	/* NULL gives NULL */
char *arena_strndup(struct arena *arena, const char *s, size_t len);
void *arena_dup(struct arena *arena, const void *ptr, size_t len);
char *arena_printf(struct arena *arena, const char *fmt, ...) PRINTF(2, 3);

#endif
