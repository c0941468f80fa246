/* Extensions (延期) as incidents and whistles have them: asked for, granted by the rank that the turn
 * needs, refused.  What runs, and what becomes of the dues, is the caller's. */
#ifndef ZHIBAN_DOMAIN_EXTENDING_H
#define ZHIBAN_DOMAIN_EXTENDING_H

#include "decide_priv.h"

struct extending { /* one act about extensions */
	const struct ask *ask; /* its incident's pauses count; NULL (a whistle): there are none */
	struct children *clocks, *asked;
	struct arena *arena;
};

/* Asks for the clock's extension by the argument extend_by.  ERR_REFUSED while one is asked for. */
enum err extending_ask(const struct extending *x, const struct clock *clock,
		       struct error *err) MUST_CHECK;
/* The request that waits: of the share that is named, else the only one.  ERR_REFUSED; of one that
 * was decided meanwhile by whom and when. */
enum err extending_find(const struct extending *x, struct extension **ret_asked,
			struct error *err) MUST_CHECK;
bool extending_waits(const struct extending *x); /* one at least */
struct clock *extending_clock(const struct extending *x, const struct extension *asked);
/* Grants it, or so much as the argument granted says, where a row of the ranks allows it to the
 * actor: the row of this turn, or for more than it allows one of a later turn.  The due of a clock
 * that has a date and no limit moves at once, those of others by what is stored. */
enum err extending_grant(const struct extending *x, struct extension *asked,
			 const struct extension_row *rows, size_t n_rows,
			 struct error *err) MUST_CHECK;
void extending_refuse(const struct extending *x, struct extension *asked);

#endif
