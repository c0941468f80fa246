/* The protocol as a state machine: events in, requests and effects out.  It knows no store, no
 * socket and no clock of its own.
 *
 * * Three lanes, each with one request in flight at most: reading (snapshot, then the feed, which
 * parks), writing (acts, never more than one batch), and asking (session, documents, single
 * entities, timelines, digest).
 *
 * * Invariants: the outbox is never dropped, whatever the server says; a page's items and the
 * cursor behind it go out in one effect; answers go out before the cursor that folds them; after a
 * failure the same acts are sent again, with jitter: after 1, 2, 4 … 60 s when the server answers
 * with trouble; when there is no answer, attempts begin 1, 2, 4, 8 s apart.  Only an error answer
 * of the protocol's own (JSON with an epoch) changes anything here: a page of some network's log-in
 * is no answer. */
#ifndef ZHIBAN_SYNC_SYNC_H
#define ZHIBAN_SYNC_SYNC_H

#include "zhiban/base/env.h"
#include "zhiban/sync/ops.h"

struct sync_options {
	const struct sync_ops *ops;
	void *ctx;
	const struct env *env; /* for jitter only */
	bool thin;
};

struct sync;
struct sync *sync_new(const struct sync_options *options);
void sync_free(struct sync *sync);

/* Begins with what is on disk.  token "" : nobody is logged in. */
void sync_begin(struct sync *sync, const struct uuid *console, const char *token,
		const struct sync_mark *mark, int64_t now);
void sync_stop(struct sync *sync); /* the lock is lost: abandons what is in flight */

/* Events.  now: own clock, ms UTC. */
void sync_tick(struct sync *sync, int64_t now);
void sync_outbox_changed(struct sync *sync, int64_t now);
void sync_token(struct sync *sync, const char *token, int64_t now); /* another session */
void sync_want_timeline(struct sync *sync, const struct uuid *id, int64_t now);
/* A part of the duty log, what was admitted in [from, to), is wanted as a timeline is, under an id that
 * no entity has.  sync_log_of: false when it is none. */
struct uuid sync_log_id(int64_t from, int64_t to);
bool sync_log_of(const struct uuid *id, int64_t *ret_from, int64_t *ret_to);
bool sync_is_log(const struct uuid *id);
void sync_login(struct sync *sync, const char *officer, const char *pin, const char *totp,
		int64_t now);
void sync_logout(struct sync *sync, int64_t now);
/* A personal value, in clear, for a reason of the profile's list: ops->revealed, once, soon. */
void sync_reveal(struct sync *sync, const struct uuid *id, const char *field, const char *why,
		 int64_t now);
/* GET of a search's path, in the officer's name: ops->found, once. */
void sync_search(struct sync *sync, const char *path, int64_t now);
/* What came from a phone before: ops->callers, once. */
void sync_callers(struct sync *sync, const char *phone, int64_t now);
/* What the codes of a whistle are made from: ops->arrival, once. */
void sync_arrival(struct sync *sync, const struct uuid *id, int64_t now);
/* The officer marked something: it is sent in a while. */
void sync_marks_changed(struct sync *sync, int64_t now);
void sync_retry(struct sync *sync, int64_t now); /* waits no longer */
/* The officer is at it: asks whether the server is still there, if nothing has been heard from it
 * for a while.  Who only waits for news is told of a line that died in silence after the wait's
 * end. */
void sync_look(struct sync *sync, int64_t now);
void sync_compare(struct sync *sync, int64_t now); /* the cache with the server, when at its head */
void sync_thin(struct sync *sync, bool thin);
struct sync_response {
	enum sync_lane lane;
	int status;
	int64_t retry_after; /* s; 0: not said */
	int64_t took_ms;     /* from the request to the answer's first byte; 0: not measured */
	const char *body;    /* unpacked */
	size_t len;
};
void sync_response(struct sync *sync, const struct sync_response *response, int64_t now);
void sync_failed(struct sync *sync, enum sync_lane lane, const char *reason, int64_t now);
/* The same where something answers that is not the server: another key, a proxy, a page. */
void sync_strange(struct sync *sync, enum sync_lane lane, const char *reason, int64_t now);

/* The next moment at which sync_tick has something to do; INT64_MAX: only events. */
int64_t sync_next_tick(const struct sync *sync);
/* The feed is at the server's head, nothing else is under way or waits. */
bool sync_in_step(const struct sync *sync);
/* Nothing more can be sent before an author logs in (who: the reason of the link). */
bool sync_waits_for_author(const struct sync *sync);
int64_t sync_offset(const struct sync *sync); /* the server's clock minus ours, ms */
int64_t sync_left(const struct sync *sync);   /* entities of a snapshot still to come */

#endif
