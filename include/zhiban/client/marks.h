/* What the officer has marked for himself: cases he watches (关注), has pinned (置顶), has seen.
 *
 * * Marks are his own: they are no acts, nobody else sees them, and they follow him to his other
 *   consoles (the worker keeps them in step with /v1/marks; offline they wait).  The last write
 *   wins.
 * * Durable here when a call returns ERR_OK.  Asking is answered from memory. */
#ifndef ZHIBAN_CLIENT_MARKS_H
#define ZHIBAN_CLIENT_MARKS_H

#include "zhiban/client/client.h"

enum mark_what {
	MARK_WATCH,
	MARK_PIN,
	MARK_SEEN, /* value: the version that he has seen */
	MARK_COUNT,
};

/* 0: not marked; of MARK_SEEN the version.  Nobody logged in: 0. */
int64_t client_mark_value(const struct client *client, const struct uuid *id,
			  enum mark_what what);
bool client_marked(const struct client *client, const struct uuid *id, enum mark_what what);
/* Sets (1), takes away (0), or says which version was seen.  ERR_AUTH nobody is logged in. */
enum err client_mark_set(struct client *client, const struct uuid *id, enum mark_what what,
			 int64_t value, struct error *err) MUST_CHECK;
/* The same for many at once, in one commit; of those that stand so already nothing is written. */
struct own_mark {
	struct uuid id;
	enum mark_what what;
	int64_t value, at; /* at: when, ms UTC; ignored where it is set */
};
enum err client_marks_set(struct client *client, const struct own_mark *marks, size_t n,
			  struct error *err) MUST_CHECK;
/* All that are marked so, the latest first; in the arena.  Cases that are not here are among them. */
enum err client_mark_list(struct client *client, enum mark_what what, struct arena *arena,
			  struct uuid **ret_ids, size_t *ret_n, struct error *err) MUST_CHECK;
size_t client_mark_count(const struct client *client, enum mark_what what);
/* The number of the journal at which he began to look at this console (0: never); what is younger
 * and not MARK_SEEN has changed since. */
enum err client_looked_since(struct client *client, int64_t *ret_seq, struct error *err) MUST_CHECK;
enum err client_set_looked(struct client *client, int64_t seq, struct error *err) MUST_CHECK;
/* Another number whenever a mark of his has changed, by whichever process or console. */
int64_t client_marks_version(const struct client *client);

#endif
