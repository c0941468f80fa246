#include <config.h>

#include "zhiban/base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "zhiban/base/mem.h"

enum { BLOCK_FIRST = 1024, BLOCK_MOST = 256 * 1024 };

struct arena_block {
	struct arena_block *next; /* the one that was full before */
	size_t used, cap;
	alignas(max_align_t) unsigned char data[];
};

static size_t aligned(size_t size)
{
	size_t unit = alignof(max_align_t), sum;

	if (__builtin_add_overflow(size, unit - 1, &sum))
		return SIZE_MAX; /* mem_resize ends the program over it */
	return sum / unit * unit;
}

static struct arena_block *block_new(size_t cap)
{
	size_t bytes;
	struct arena_block *block;

	if (__builtin_add_overflow(cap, sizeof *block, &bytes))
		bytes = SIZE_MAX;
	block = mem_resize(NULL, bytes, 1);
	block->next = NULL;
	block->used = 0;
	block->cap = cap;
	return block;
}

/* A block with room for size more.  What is larger than any block gets one of its own behind the
 * head, so that the rest of the head is not lost. */
static struct arena_block *block_for(struct arena *arena, size_t size)
{
	struct arena_block *head = arena->head, *block;
	size_t cap = head == NULL ? BLOCK_FIRST : head->cap * 2;

	if (head != NULL && head->cap - head->used >= size)
		return head;
	if (cap > BLOCK_MOST)
		cap = BLOCK_MOST;
	if (head != NULL && size > cap) {
		block = block_new(size);
		block->next = head->next;
		head->next = block;
		return block;
	}
	block = block_new(size > cap ? size : cap);
	block->next = head;
	arena->head = block;
	return block;
}

void arena_init(struct arena *arena)
{
	arena->head = NULL;
	arena->used = 0;
}

static void free_blocks(struct arena_block *block)
{
	while (block != NULL) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
}

void arena_release(struct arena *arena)
{
	free_blocks(arena->head);
	arena_init(arena);
}

/* Keeps the newest block: it is the largest of the usual ones, so that an arena that is filled and
 * reset again and again soon needs one block only. */
void arena_reset(struct arena *arena)
{
	arena->used = 0;
	if (arena->head == NULL)
		return;
	free_blocks(arena->head->next);
	arena->head->next = NULL;
	arena->head->used = 0;
}

static void *take(struct arena *arena, size_t size)
{
	size_t room = aligned(size ? size : 1);
	struct arena_block *block = block_for(arena, room);
	void *ptr = block->data + block->used;

	block->used += room;
	arena->used += room;
	return ptr;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(take(arena, size), 0, size);
}

void *arena_array(struct arena *arena, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		bytes = SIZE_MAX;
	return arena_alloc(arena, bytes);
}

char *arena_strdup(struct arena *arena, const char *s)
{
	return s == NULL ? NULL : arena_dup(arena, s, strlen(s) + 1);
}

char *arena_strndup(struct arena *arena, const char *s, size_t len)
{
	char *copy = take(arena, len + 1);

	if (len > 0)
		memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

void *arena_dup(struct arena *arena, const void *ptr, size_t len)
{
	void *copy = take(arena, len);

	return len > 0 ? memcpy(copy, ptr, len) : copy;
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
	char small[256], *text;
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(small, sizeof small, fmt, ap);
	va_end(ap);
	if (len < 0)
		return arena_strdup(arena, "");
	if ((size_t)len < sizeof small)
		return arena_strndup(arena, small, (size_t)len);
	text = arena_alloc(arena, (size_t)len + 1);
	va_start(ap, fmt);
	vsnprintf(text, (size_t)len + 1, fmt, ap);
	va_end(ap);
	return text;
}
