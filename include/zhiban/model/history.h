/* What happened before at a place and was said by a caller: beside a registration while it is typed.
 *
 * The address is looked for by the index of texts in all that is here; its grid, its community and the
 * caller's number among the newest HISTORY_LOOKED, a slice at a time.  The number is compared with
 * those that this console holds in clear; what the server knows of it is told by the caller. */
#ifndef ZHIBAN_MODEL_HISTORY_H
#define ZHIBAN_MODEL_HISTORY_H

#include "zhiban/client/client.h"

enum { HISTORY_CASES = 8, HISTORY_LOOKED = 50000 };
enum history_near { NEAR_ADDRESS, NEAR_GRID, NEAR_COMMUNITY, NEAR_CALLER, NEAR_COUNT };

struct history_ask { /* "" or NULL: not known */
	const char *address, *grid, *community, *phone;
};
/* Whether two ask for the same. */
bool history_same(const struct history_ask *a, const struct history_ask *b);

struct history_case { /* strings are the history's */
	struct uuid id;
	const char *what;  /* "22-0409 title" */
	const char *state; /* "11-22 being handled" */
	bool open;
};

struct history;
/* The ask is copied. */
struct history *history_new(struct client *client, const struct history_ask *ask);
void history_free(struct history *history); /* NULL is fine */
const struct history_ask *history_asked(const struct history *history);
/* Looks at no more than budget incidents (200 are about 1.3 ms); false: all was looked at. */
bool history_step(struct history *history, size_t budget);
size_t history_looked(const struct history *history);
bool history_all(const struct history *history); /* no older one is here */
/* The server told of which incidents the number is: those that are here come in, beside what was found.
 * Returns how many of them are.  Again: the same. */
size_t history_told(struct history *history, const struct uuid *ids, size_t n);
/* The newest of those, at most HISTORY_CASES, in *ret_cases; returns how many there are.  An incident
 * counts where it is nearest: its address, else its grid, else its community; and for its caller. */
size_t history_cases(const struct history *history, enum history_near near,
		     const struct history_case **ret_cases, size_t *ret_n);
#endif
