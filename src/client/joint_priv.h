/* Meetings, items, tasks and rooms with the acts of ours that wait: replayed together, in the order in
 * which they were done, since each looks at the others and what is done to one is followed by acts on
 * others (a meeting that ends settles its items).  So a sitting with the line cut is shown as the
 * server will have it.  Made when it is asked for; an act of ours is put on top. */
#ifndef ZHIBAN_CLIENT_JOINT_PRIV_H
#define ZHIBAN_CLIENT_JOINT_PRIV_H

#include "zhiban/base/arena.h"
#include "zhiban/domain/decide.h"

struct client;
struct outbox_row;
struct thing;

struct joint_row {
	enum kind kind;
	struct uuid id;
	const void *cached; /* NULL: it is not there yet */
	const void *shown;  /* NULL: nothing is */
	bool acted;	    /* acts of ours stand on it; else it was only looked at */
	unsigned marks;
	int64_t n;
};
struct joint {
	struct arena arena;
	bool known;
	struct joint_row *rows;
	size_t n, cap;
	struct uuid *out; /* acts that are refused, and those that hang on them */
	size_t n_out, cap_out;
};

bool joint_has(enum kind kind);
void joint_forget(struct client *client);
/* One more act of ours, when the others stand. */
void joint_add(struct client *client, const struct outbox_row *row, const struct act *act);
/* Whether it would go through, with what follows from it. */
enum err joint_try(struct client *client, const struct act *act, const void *shown,
		   struct error *err) MUST_CHECK;
/* What acts of ours stand on or follow to, in the arena; one of them as thing_get has it, copies in the
 * arena.  False: none stands on it. */
const struct uuid *joint_acted(struct client *client, enum kind kind, struct arena *arena,
			       size_t *ret_n);
bool joint_get(struct client *client, enum kind kind, const struct uuid *id, struct arena *arena,
	       struct thing *ret_thing);

#endif
