/* Small things that a console keeps for an officer of its seat: how his lists look.
 *
 * They lie in the outbox's small values, so that they follow the officer and outlive the program; what
 * is kept for nobody (no one is logged in) is kept for all. */
#ifndef ZHIBAN_CLIENT_KEEP_H
#define ZHIBAN_CLIENT_KEEP_H

#include "zhiban/base/arena.h"
#include "zhiban/client/client.h"

/* name: a plain word ("board.columns").  NULL: nothing is kept. */
const char *client_keep_get(struct client *client, const char *name, struct arena *arena);
/* text "": forgets it.  Fails on a console that only reads, or a full disk. */
enum err client_keep_set(struct client *client, const char *name, const char *text,
			 struct error *err) MUST_CHECK;

#endif
