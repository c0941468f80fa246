/* Inside wire/: walking canonical bytes without decoding them.
 *
 * The bytes are ours (no white space between values); they are not checked beyond what walking needs,
 * but nothing outside of them is read, whatever they are. */
#ifndef WIRE_WALK_PRIV_H
#define WIRE_WALK_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/base/arena.h"

struct span { /* of the source: a value with its quotes or brackets */
	const char *s;
	size_t len;
};
struct walk { /* inside an object or a list */
	const char *s, *end;
};
enum step { STEP_END, STEP_ITEM, STEP_BAD };

/* Goes into a value of that opening bracket. */
bool walk_into(struct walk *walk, struct span value, char bracket);
/* *first begins true.  The key comes without its quotes. */
enum step member_next(struct walk *walk, bool *first, struct span *ret_key, struct span *ret_value);
enum step item_next(struct walk *walk, bool *first, struct span *ret_value);

bool span_is(struct span span, const char *word);
const char *span_text(struct span value, struct arena *arena); /* decoded; NULL: no text */

/* Several members of one object, by name; those that are not there keep len 0.  false: no object. */
struct wanted {
	const char *key;
	struct span value;
};
bool members_find(struct span object, struct wanted *wanted, size_t n);

#endif
