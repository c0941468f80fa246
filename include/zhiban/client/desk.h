/* What waits and what was refused: the outbox as a list, and the conflict desk (待核).
 *
 * On the desk lie refused acts, and merged ones of which a note says what became of them, until
 * their author has decided: nothing leaves it unread.  What lies there belongs to its author;
 * others see it with his name, and get ERR_DENIED. */
#ifndef ZHIBAN_CLIENT_DESK_H
#define ZHIBAN_CLIENT_DESK_H

#include "zhiban/client/client.h"
#include "zhiban/wire/message.h"

enum outbox_state {
	OUTBOX_PENDING,	 /* durable here, not sent */
	OUTBOX_SENT,	 /* in a request that has no answer yet */
	OUTBOX_ANSWERED, /* admitted; shown as pending until the feed has passed its seq */
	OUTBOX_REFUSED,	 /* on the desk */
	OUTBOX_MERGED,	 /* on the desk: done, with a note to be read */
};
const char *outbox_state_name(enum outbox_state state);  /* "pending", … */
const char *outbox_state_words(enum outbox_state state); /* for people, translated */

struct client_waiting {
	struct act act;	/* decoded, in the arena */
	const char *label;
	const char *mark; /* number or local mark of its target */
	enum outbox_state state;
	bool own;	/* the officer's who is logged in */
	int64_t seq;	/* answered, merged: its seq */
	enum err code;	/* refused: why */
	const char *sentence; /* refused: the server's words; "" otherwise */
	const char *note;     /* merged: what became of it */
	struct answer_by by;  /* who was first and when; officer NULL: nobody is named */
	const char *by_label; /* what he did, for people; "" when nobody is named */
	int64_t leader;	      /* refused: n of the refused act it hung on, the first of the chain;
			       * 0: of itself, or that one has left the desk */
	/* Of what lies on the desk, each NULL when not known: as its author saw it, that with his
	 * act done (NULL too when it did not fit), and as it was when it was judged.  Of the act's
	 * kind: an incident, a whistle … */
	const struct entity *base, *mine, *theirs;
};
/* All acts still in the outbox by n; desk_only: those on the desk. */
enum err client_outbox(struct client *client, bool desk_only, struct arena *arena,
		       struct client_waiting **ret_rows, size_t *ret_n, struct error *err)
	MUST_CHECK;
/* How many lie here besides, of officers who see other things than the present one: they are kept and
 * sent, and not shown. */
size_t client_outbox_others(const struct client *client);
/* Takes an act off the desk; what hung on it stays.  ERR_NOT_FOUND, ERR_DENIED. */
enum err client_desk_drop(struct client *client, const struct uuid *act, struct error *err)
	MUST_CHECK;
/* The same with every refused act of the same author that hung on it, all or none; ret_n: how many.
 * */
enum err client_desk_drop_all(struct client *client, const struct uuid *leader, size_t *ret_n,
			      struct error *err) MUST_CHECK;
/* Does it again as a new act on the present state, with `given` in place of its arguments (NULL: as
 * they were); the old one leaves the desk with that, and stays when the rules refuse the new one.
 * ERR_NOT_FOUND, ERR_DENIED, ERR_REFUSED (a merged one: it is done), and those of client_act. */
enum err client_desk_again(struct client *client, const struct uuid *act, const struct given *given,
			   size_t n_given, struct client_done *ret_done, struct error *err)
	MUST_CHECK;
/* The same, with what was said by telephone in place of what the old one had. */
enum err client_desk_again_phone(struct client *client, const struct uuid *act,
				 const struct given *given, size_t n_given,
				 const struct by_phone *phone, struct client_done *ret_done,
				 struct error *err) MUST_CHECK;
/* Takes back the last act while it is still pending (n stays contiguous): ERR_REFUSED otherwise. */
enum err client_take_back(struct client *client, const struct uuid *act, struct error *err)
	MUST_CHECK;
/* An act by 8 or more hex digits, its whole id, or its n. */
enum err client_find_act(struct client *client, const char *words, struct uuid *ret_act,
			 struct error *err) MUST_CHECK;

#endif
