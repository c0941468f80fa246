/* Inside the worker. */
#ifndef ZHIBAN_CLIENT_WORKER_PRIV_H
#define ZHIBAN_CLIENT_WORKER_PRIV_H

#include <pthread.h>
#include <stdatomic.h>

#include "zhiban/client/queue.h"
#include "zhiban/client/worker.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/outbox.h"
#include "zhiban/store/outbox_mark.h"
#include "zhiban/sync/http.h"

enum { MINUTE_SLOTS = 6, SLOT_MS = 10 * 1000 };

struct marks_given { /* marks in a request that has no answer yet */
	char *officer;
	struct outbox_mark *marks;
	size_t n;
};

struct worker {
	char *dir, *url, *key_pin;
	bool thin, keep_pins;
	int window_days;
	const struct env *env;
	struct trace *trace;
	struct queue *asks, *tells;

	int lock; /* -1: another process has it */
	int64_t next_try;
	struct store *cache, *outbox;
	struct http *http; /* NULL: the transport is another's */
	struct transport transport;
	struct sync *sync;
	int watch;
	int64_t outbox_version;
	struct outbox_leaving leaving[ACTS_MAX]; /* the batch that waits for its connection */
	size_t n_leaving;
	struct uuid console;   /* whose acts are sent */
	bool compare_wished;   /* another process would like the cache compared */
	int64_t lost_said;     /* of which acts that are lost it was said */
	int64_t next_prune; /* what has grown older than the window goes */
	size_t indexes_left; /* to be made when a snapshot is complete */
	bool complete;	     /* a snapshot is: the cursor counts */
	bool bulk;	     /* the cache takes memory to load fast */
	bool busy;	     /* idle work is left: do not wait */
	bool damaged;	     /* the cache must be made anew */
	struct search_batch *search; /* on their way into the index of texts; NULL: none */
	int64_t search_at;	     /* put into it then at the latest, own clock */
	bool search_wrote;	     /* since memory was last given back */
	char places[SHA256_HEX]; /* the address table that is fetched; "": none */
	char profile[SHA256_HEX], calendar[SHA256_HEX]; /* adopted; told when both are here */

	char login_hash[PIN_HASH]; /* of the PIN of the log-in that is under way; "": none */

	struct marks_given marks;
	int64_t marks_version; /* of the outbox's, when they were looked at */

	struct client_link link;
	bool link_new;	/* to be told */
	bool troubled;	/* the own disk fails; how the link stood before it: */
	enum link_state calm;
	bool link_save; /* and kept for other processes */
	int64_t stepped_at; /* own clock */
	int64_t slot_at, slot_bytes[MINUTE_SLOTS], last_in, last_out;

	struct reckon *reckon; /* a roster that is made on a thread of its own; or was */

	pthread_t thread;
	bool started, stopping;
	atomic_bool ending; /* set from outside: long work is broken off */
};

extern const struct sync_ops worker_ops;
/* The acts of the batch are about to leave. */
bool worker_leaves(void *ctx, enum sync_lane lane);

/* worker_ask.c: deals with all that the face asked; rows of worker_ops */
void worker_asks(struct worker *worker);
/* The server has let this officer in: his PIN is kept, for the lock, before he is the current one. */
void worker_logs_in(struct worker *worker, const char *officer);
void worker_found(void *worker, enum err code, const char *text, const char *body, size_t len);
void worker_shown(void *worker, enum err code, const char *text);
void worker_callers(void *worker, const char *phone, enum err code, const char *text,
		    const struct callers_answer *answer);

/* worker_arrival.c */
void worker_arrival(void *worker, const struct uuid *id, enum err code, const char *text,
		    const char *secret);
void worker_arrival_aside(struct worker *worker, const struct uuid *id);
/* The secret as hex digits, straight from the server. */
struct server_settings;
enum err arrival_fetch(const struct server_settings *server, const struct uuid *id,
		       struct arena *arena, const char **ret_hex, struct error *err) MUST_CHECK;
/* Of whistles that are closed, or not to be seen any more. */
enum err worker_arrivals_forget(struct worker *worker, struct error *err) MUST_CHECK;

/* worker_page.c, and the window */
enum err worker_bulk(struct worker *worker, bool on, struct error *err) MUST_CHECK;
/* Folds the outbox up to where the cache stands: what leaves it is safe in the cache first. */
enum err worker_fold(struct worker *worker, int64_t seq, size_t *ret_n, struct error *err)
	MUST_CHECK;

/* worker_erase.c: what entries of the page erased is not kept beside the outbox either. */
enum err worker_forget_erased(struct worker *worker, const struct sync_page *page,
			      struct error *err) MUST_CHECK;

/* worker_marks.c */
void worker_marks_look(struct worker *worker, int64_t now); /* whether somebody marked something */
void marks_given_free(struct marks_given *given);

/* worker_place.c: an address table taken in */
enum err worker_places_load(struct worker *worker, const char *bytes, size_t len, struct error *err)
	MUST_CHECK;

/* Reads where reading stood; a wider window than before begins with a snapshot. */
void window_begin(struct worker *worker, struct sync_mark *mark);
/* Puts a few old ones outside; *ret_more: there are others. */
enum err window_prune(struct worker *worker, int64_t now, bool *ret_more, struct error *err)
	MUST_CHECK;

/* worker_search.c: a slice of the index of texts; what was gathered of a cache that is no more goes */
enum err worker_search(struct worker *worker, int64_t now, bool *ret_more, struct error *err)
	MUST_CHECK;
void worker_search_forget(struct worker *worker);
void worker_trim(void); /* what was freed goes back to the system */

/* worker_link.c: how the link stands, with its figures */
void link_told(struct worker *worker, int64_t now); /* tells and keeps it when it is new */
/* The own disk: the lock, the outbox or the cache cannot be used. */
void link_trouble(struct worker *worker, const char *reason);
void link_calm(struct worker *worker); /* they can be used again */
void link_keep(struct worker *worker);		    /* the last figures, at the end */

/* worker_reckon.c: starts it in the place of the one before; takes the reference over */
void worker_reckons(struct worker *worker, struct reckon *reckon);
/* What runs ends, also what was asked for and not begun. */
void worker_reckon_end(struct worker *worker);

void worker_tell(struct worker *worker, const struct tell *tell);
void worker_defect(struct worker *worker, const char *text);
/* Small values kept with the data they belong to; inside a transaction of the cache. */
enum err mark_save(struct store *cache, const struct sync_mark *mark, struct error *err) MUST_CHECK;
void mark_load(struct store *cache, struct sync_mark *mark);

#endif
