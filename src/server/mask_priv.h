/* Who gets personal values, in all that the service sends (mask.c). */
#ifndef ZHIBAN_SERVER_MASK_PRIV_H
#define ZHIBAN_SERVER_MASK_PRIV_H

#include "service_priv.h"

struct bytes {
	const char *s;
	size_t len;
};
struct gaze { /* a reader, and what is needed to judge what he may hold */
	const struct db_ops *ops;
	struct db *db; /* with an open transaction: the present state is its */
	enum holds holds;
	const char *org, *role;
	struct arena *arena; /* of what was changed */
};
struct gaze gaze_of(const struct call *call, struct arena *arena);

/* With personal values in clear, masked, or said to be erased, in the place of references; the same
 * bytes when there are none. */
enum err gaze_entity(const struct gaze *gaze, const void *bytes, size_t len, struct bytes *ret_bytes,
		     struct error *err) MUST_CHECK;
enum err gaze_entry(const struct gaze *gaze, const void *bytes, size_t len, struct bytes *ret_bytes,
		    struct error *err) MUST_CHECK;
/* Appends an answer as it is stored, for the session that asks: the right to its "state" is that of
 * now, not of when it was given. */
enum err gaze_answer(struct call *call, const struct session *session, const void *bytes, size_t len,
		     struct error *err) MUST_CHECK;

#endif
