/* The timeline of an entity: what was done to it, by whom, in the order of the journal, and below
 * that what still waits in the outbox. */
#ifndef ZHIBAN_CLIENT_TIMELINE_H
#define ZHIBAN_CLIENT_TIMELINE_H

#include "zhiban/client/client.h"

enum line_marks {
	LINE_PENDING = 1 << 0, /* done here, the server has not admitted it yet */
	LINE_LATE = 1 << 1,    /* claimed while offline (离线补报): eff and recv differ */
	LINE_IMPORTED = 1 << 2,
};
struct client_line {
	struct uuid id;		/* the act's; nil: not understood */
	int64_t seq;		/* 0: pending */
	int64_t eff, at, recv;	/* what counts, the author's claim, the server's (0: pending) */
	const char *officer, *org;	/* name, code */
	const struct act_desc *act;	/* NULL: a verb this program does not know */
	const char *label;		/* the act's name for people */
	const struct step *step; /* of a case: where it stood after it, by its acts; NULL: not known */
	const struct given *given; /* what the act said, as it was sent */
	size_t n_given;
	const char *to;		/* whom it gave it to: code; "" */
	const char *whom;	/* the organisations it names, in short, joined; "" */
	const char *text;	/* its other words: note, reason, result, what it set; may be "" */
	const char *phone;	/* done by telephone: for whom, who was rung and answered, when, the
				 * words; "" otherwise */
	unsigned marks;
};
struct client_timeline {
	struct client_line *lines; /* by seq, oldest first, pending ones last */
	size_t n;
	bool complete; /* false: older lines are still to be fetched; the worker has been asked */
};
enum err client_timeline(struct client *client, const struct uuid *id, struct arena *arena,
			 struct client_timeline *ret_timeline, struct error *err) MUST_CHECK;

#endif
