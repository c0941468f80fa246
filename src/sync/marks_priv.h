/* The officer's own marks, on their way. */
#ifndef ZHIBAN_SYNC_MARKS_PRIV_H
#define ZHIBAN_SYNC_MARKS_PRIV_H

#include "compare_priv.h"
#include "zhiban/base/str.h"

struct marking {
	bool want_put, want_get;
	int64_t put_at, get_at; /* own clock */
	struct str body; /* of what is put */
};

void marks_begin(struct sync *sync); /* another session, or the beginning */
void marks_tick(struct sync *sync);
int64_t marks_next(const struct sync *sync);
void marks_shift(struct sync *sync, int64_t by); /* the clock was set */
enum ask_what marks_what(struct sync *sync);
enum err marks_path(struct sync *sync, enum ask_what what, struct str *path,
		    struct error *err) MUST_CHECK;
enum err marks_took(struct sync *sync, const struct sync_response *response, struct arena *arena,
		    struct error *err) MUST_CHECK;
void marks_refused(struct sync *sync);

#endif
