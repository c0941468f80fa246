/* What is under way on a thin line between a program and its terminal. */
#ifndef ZHIBAN_TESTS_PTY_THIN_H
#define ZHIBAN_TESTS_PTY_THIN_H

#include <stdbool.h>
#include <stddef.h>

struct thin_chunk {
	long long due; /* microseconds of term_now's clock */
	size_t len;
	char *bytes;
	struct thin_chunk *next;
};

struct thin { /* all zero: no thin line */
	int rate, delay_ms;
	long long free_at; /* the line towards the terminal is busy until then */
	struct thin_chunk *down, *up; /* to the terminal; to the program */
};

/* Takes in what the program wrote, or what was typed. */
void thin_down(struct thin *thin, long long now, const char *bytes, size_t n);
void thin_up(struct thin *thin, long long now, const char *bytes, size_t n);
/* Takes out what has arrived; NULL: nothing yet.  The caller frees with thin_free. */
struct thin_chunk *thin_arrived(struct thin_chunk **list, long long now);
void thin_free(struct thin_chunk *chunk);
/* When the next of both arrives; -1: nothing is under way. */
long long thin_next(const struct thin *thin);
void thin_release(struct thin *thin);

#endif
