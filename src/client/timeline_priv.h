/* Inside client/: in which step each line of a timeline was done.
 *
 * A console's copy of an entry says what was done, not what it changed, so the way of a case is
 * followed by the profile in force, for the names of acts alone: what cannot be told from it keeps
 * the name that the act has everywhere. */
#ifndef CLIENT_TIMELINE_PRIV_H
#define CLIENT_TIMELINE_PRIV_H

#include "zhiban/domain/rules.h"

enum { FOLLOW_LEVELS = 8 };

struct follow {
	const struct rules *rules;
	const struct step *step; /* in which the latest line was done; NULL: not known */
	const struct step *next; /* of a step by shares: where it goes on when all have come so far */
	struct {
		const struct step *stay, *back;
	} levels[FOLLOW_LEVELS]; /* loops that wait below */
	size_t n_levels;
};

/* The name of the next act of a timeline, and on to where it leads. */
const char *follow_label(struct follow *follow, const struct act *act);

struct client;
struct client_line;
struct entry;
struct act;
struct arena;
/* One entry by itself, and one act that waits, as lines of a timeline. */
void line_of_entry(struct client *client, const struct entry *entry, struct arena *arena,
		   struct client_line *ret_line);
void line_of_act(struct client *client, const struct act *act, struct arena *arena,
		 struct client_line *ret_line);

#endif
