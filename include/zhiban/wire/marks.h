/* What an officer has marked (seen, watched, pinned), on its way between his consoles.
 *
 * PUT /v1/marks: {"marks":[{"at","id","value","what"},…]}; its answer names those that are not there
 * for him: {…,"gone":["id",…]}.  GET /v1/marks?after=N: {…,"marks":[…],"next"}. */
#ifndef ZHIBAN_WIRE_MARKS_H
#define ZHIBAN_WIRE_MARKS_H

#include "zhiban/base/arena.h"
#include "zhiban/base/str.h"
#include "zhiban/base/uuid.h"
#include "zhiban/wire/message.h"

enum { MARKS_MAX = 500 }; /* in one message */
extern const char *const mark_words[]; /* "pin", "seen", "watch"; NULL ends them */

struct officer_mark {
	struct uuid id;
	const char *what;
	int64_t value, at; /* of seen: the version; else 1 or 0.  at: ms UTC, the author's */
};
struct marks {
	struct officer_mark *items;
	size_t n;
};

void marks_encode(const struct marks *marks, struct str *out); /* the message that is put */
enum err marks_decode(const char *bytes, size_t len, struct arena *arena, struct marks *ret_marks,
		      struct error *err) MUST_CHECK;
void marks_put_answer(struct str *out, const struct answer_head *head, const struct uuid *gone,
		      size_t n);
void marks_get_answer(struct str *out, const struct answer_head *head, const struct marks *marks,
		      int64_t next);
/* The console's side of the two answers; in the arena. */
enum err marks_gone_decode(const char *bytes, size_t len, struct arena *arena,
			   struct answer_head *ret_head, struct uuid **ret_gone, size_t *ret_n,
			   struct error *err) MUST_CHECK;
enum err marks_list_decode(const char *bytes, size_t len, struct arena *arena,
			   struct answer_head *ret_head, struct marks *ret_marks,
			   int64_t *ret_next, struct error *err) MUST_CHECK;

#endif
