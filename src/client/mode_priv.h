/* The mode in force as it is shown: the cache's with acts of ours that wait. */
#ifndef ZHIBAN_CLIENT_MODE_PRIV_H
#define ZHIBAN_CLIENT_MODE_PRIV_H

#include "zhiban/base/arena.h"
#include "zhiban/client/mode.h"

struct mode_shown {
	struct arena arena;
	struct mode *shown; /* NULL: nobody has declared one, so it is peacetime */
	int64_t base;	    /* its version in the cache */
	unsigned marks;	    /* ROW_PENDING, ROW_REFUSED */
	const char *cached; /* code of the cache's */
	struct mode_turn {  /* acts of ours that wait, in their order */
		int64_t n;
		const char *code; /* in force from then on */
	} *turns;
	size_t n_turns;
};

struct uuid mode_id(void);
int64_t mode_base(const struct client *client); /* its version in the cache */
/* The code that an act of ours with number n is judged by: acts of ours behind it come later for
 * the server too.  0: behind all. */
const char *mode_code_before(const struct client *client, int64_t n);
/* Anew, from cache and outbox: true when another one, or with other marks, is shown than before. */
bool mode_load(struct client *client);

#endif
