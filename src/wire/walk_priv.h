/* Inside wire/: walking canonical bytes once, without decoding them.
 *
 * The bytes are ours (no white space between values); they are not checked beyond what walking
 * needs, but nothing outside of them is read, whatever they are.  The walker stands before a value,
 * and each value is either entered or skipped. */
#ifndef WIRE_WALK_PRIV_H
#define WIRE_WALK_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "zhiban/base/arena.h"

struct span { /* of the source: a value with its quotes or brackets */
	const char *s;
	size_t len;
};
struct walk {
	const char *s, *end;
	bool first; /* nothing of the object or list was read yet */
};
enum step { STEP_END, STEP_ITEM, STEP_BAD };

bool walk_enter(struct walk *walk, char bracket);
/* Stands before the value of the next member (its key without quotes), or behind the object. */
enum step walk_member(struct walk *walk, struct span *ret_key);
enum step walk_item(struct walk *walk); /* the same in a list */
bool walk_skip(struct walk *walk, struct span *ret_value); /* ret_value may be NULL */

static inline bool span_is(struct span span, const char *word, size_t len)
{
	return span.len == len && memcmp(span.s, word, len) == 0;
}
#define SPAN_IS(span, word) span_is(span, word, sizeof(word) - 1)
const char *span_text(struct span value, struct arena *arena); /* decoded; NULL: no text */

#endif
