/* What waits and what was refused: the outbox as a list, and the conflict desk (待核). */
#ifndef ZHIBAN_CLIENT_DESK_H
#define ZHIBAN_CLIENT_DESK_H

#include "zhiban/client/client.h"

enum outbox_state {
	OUTBOX_PENDING,	 /* durable here, not sent */
	OUTBOX_SENT,	 /* in a request that has no answer yet */
	OUTBOX_ANSWERED, /* admitted; shown as pending until the feed has passed its seq */
	OUTBOX_REFUSED,	 /* on the desk */
};
const char *outbox_state_name(enum outbox_state state); /* "pending", … */

struct client_waiting {
	struct act act;	/* decoded, in the arena */
	const char *label;
	const char *mark; /* number or local mark of its target */
	enum outbox_state state;
	int64_t seq;	/* answered: its seq */
	enum err code;	/* refused: why */
	const char *sentence; /* refused: the server's words; "" otherwise */
	const char *note;     /* merged: what became of it */
	const struct incident *theirs; /* refused: the state it was judged by, if sent */
};
/* All acts still in the outbox by n; refused_only: those on the desk. */
enum err client_outbox(struct client *client, bool refused_only, struct arena *arena,
		       struct client_waiting **ret_rows, size_t *ret_n, struct error *err)
	MUST_CHECK;
/* Takes a refused act off the desk.  ERR_NOT_FOUND. */
enum err client_desk_drop(struct client *client, const struct uuid *act, struct error *err)
	MUST_CHECK;
/* Does it again as a new act on the present state, with `given` in place of its arguments when
 * n_given > 0; the refused one leaves the desk when this succeeds. */
enum err client_desk_again(struct client *client, const struct uuid *act, const struct given *given,
			   size_t n_given, struct client_done *ret_done, struct error *err)
	MUST_CHECK;
/* Takes back the last act while it is still pending (n stays contiguous): ERR_REFUSED otherwise. */
enum err client_take_back(struct client *client, const struct uuid *act, struct error *err)
	MUST_CHECK;
/* An act by 8 or more hex digits, its whole id, or its n. */
enum err client_find_act(struct client *client, const char *words, struct uuid *ret_act,
			 struct error *err) MUST_CHECK;

#endif
