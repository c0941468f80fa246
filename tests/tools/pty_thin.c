#include <config.h>

#include "pty_thin.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE = 64 }; /* bytes that are shown together: text grows on a slow screen */

static void append(struct thin_chunk **list, long long due, const char *bytes, size_t n)
{
	struct thin_chunk *chunk = calloc(1, sizeof *chunk);

	if (!chunk || !(chunk->bytes = malloc(n)))
		abort();
	memcpy(chunk->bytes, bytes, n);
	chunk->len = n;
	chunk->due = due;
	while (*list)
		list = &(*list)->next;
	*list = chunk;
}

void thin_down(struct thin *thin, long long now, const char *bytes, size_t n)
{
	long long half = thin->delay_ms * 500LL;

	while (n > 0) {
		size_t piece = n < PIECE ? n : PIECE;

		if (thin->free_at < now)
			thin->free_at = now;
		thin->free_at += (long long)piece * 1000000 / thin->rate;
		append(&thin->down, thin->free_at + half, bytes, piece);
		bytes += piece;
		n -= piece;
	}
}

void thin_up(struct thin *thin, long long now, const char *bytes, size_t n)
{
	append(&thin->up, now + thin->delay_ms * 500LL, bytes, n);
}

struct thin_chunk *thin_arrived(struct thin_chunk **list, long long now)
{
	struct thin_chunk *first = *list;

	if (!first || first->due > now)
		return NULL;
	*list = first->next;
	return first;
}

void thin_free(struct thin_chunk *chunk)
{
	free(chunk->bytes);
	free(chunk);
}

long long thin_next(const struct thin *thin)
{
	long long next = thin->down ? thin->down->due : -1;

	if (thin->up && (next < 0 || thin->up->due < next))
		next = thin->up->due;
	return next;
}

void thin_release(struct thin *thin)
{
	struct thin_chunk **lists[] = { &thin->down, &thin->up };

	for (size_t i = 0; i < 2; i++)
		while (*lists[i]) {
			struct thin_chunk *chunk = *lists[i];

			*lists[i] = chunk->next;
			thin_free(chunk);
		}
}
