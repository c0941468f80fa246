/* Marks as the client holds them. */
#ifndef ZHIBAN_CLIENT_MARKS_PRIV_H
#define ZHIBAN_CLIENT_MARKS_PRIV_H

#include "zhiban/client/marks.h"

struct kept_marks {
	struct own_mark *items; /* sorted by what, then id */
	size_t n, cap;
	size_t count[MARK_COUNT]; /* that are not 0 */
	int64_t version;	  /* of the file's */
	int64_t changes;	  /* client_marks_version */
	const struct actor *of;	  /* whose they are */
};

/* Anew from the file, when it is of another version or officer: true.  The caller holds its state. */
enum err marks_load(struct client *client, bool *ret_changed, struct error *err) MUST_CHECK;
void marks_release(struct kept_marks *marks);

#endif
