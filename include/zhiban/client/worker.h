/* The worker: owns network, lock, and every write of the cache; keeps it in step with the server.
 *
 * * worker_step is a step function without a thread of its own: the console runs it in a second
 * thread (worker_start), `zhiban sync` and the simulation in the first.  If another process holds
 * the folder's lock, the worker waits and takes over when it falls free.  Face and worker share two
 * queues only. */
#ifndef ZHIBAN_CLIENT_WORKER_H
#define ZHIBAN_CLIENT_WORKER_H

#include "zhiban/base/trace.h"
#include "zhiban/client/client.h"
#include "zhiban/wire/session.h"

struct reckon;
enum ask_kind { /* face to worker */
	ASK_WAKE,     /* an act was put in the outbox */
	ASK_RETRY,    /* try the network now */
	ASK_LOOK,     /* the officer is at it: is the server still there? */
	ASK_TIMELINE, /* older lines of `id` */
	ASK_LOGIN,    /* officer, pin, totp ("": none) */
	ASK_LOGOUT,
	ASK_SHOW,     /* a personal value of `id`: field, why */
	ASK_SEARCH,   /* of the server: words; number: before, 0: the first page */
	ASK_CALLERS,  /* what came from a phone before: words, its digits */
	ASK_ARRIVAL,  /* what the codes of whistle `id` are made from (arrival.h) */
	ASK_RECKON,   /* reckon: run it (reckon.h); a reference goes with it */
	ASK_THIN,     /* number: 1 on, 0 off */
	ASK_STOP,
};
struct ask {
	enum ask_kind kind;
	int64_t number;
	struct uuid id;
	char officer[96], pin[64], totp[12];
	char field[32], why[64];
	char words[256];
	struct reckon *reckon;
};

enum tell_kind { /* worker to face */
	TELL_CHANGED, /* files changed: call client_poll */
	TELL_LINK,    /* link */
	TELL_LOGIN,   /* code, text: how a log-in or log-out went */
	TELL_REFUSED, /* an act was refused: id (the act), text (the sentence) */
	TELL_ANSWERED, /* an act was admitted: id, number = seq */
	TELL_SHOWN,   /* code, text: the value that was asked for, in clear; or why not */
	TELL_FOUND,   /* code, found: what the server found (take it over), or text: why not */
	TELL_CALLERS, /* code, callers; text: why not */
	TELL_ARRIVAL, /* id, code: the codes of that whistle can be shown; text: why not */
	TELL_RECKON,  /* there is something new to look at; code, text: it could not be started */
	TELL_VIEW,    /* text: what is not to be seen any more, and what came, for an officer */
	TELL_DEFECT,  /* text: what should not happen, for trace and status line */
};
struct client_callers {
	char digits[32]; /* that were asked about */
	int64_t count;	 /* of all incidents of that phone that the officer may see */
	struct uuid ids[CALLERS_IDS]; /* the newest of them */
	size_t n;
};
struct tell {
	enum tell_kind kind;
	enum err code;
	int64_t number;
	struct uuid id;
	struct client_link link;
	struct client_found *found;
	struct client_callers callers;
	char text[512];
};

struct transport;
struct worker_options {
	const char *dir;	 /* as client_options.dir */
	const char *url;	 /* https://host:port */
	const char *key_pin;	 /* "sha256//BASE64=" of its public key; "": ordinary trust */
	bool thin;
	int window_days;	 /* closed incidents kept; 0: all */
	const struct env *env;
	struct trace *trace;	 /* may be NULL */
	const struct transport *transport; /* borrowed; NULL: HTTPS to url (sync/http.h) */
	bool keep_pins; /* of who logs in, for the screen's lock (seat.h) */
};

struct worker;
enum err worker_new(const struct worker_options *options, struct worker **ret_worker,
		    struct error *err) MUST_CHECK;
void worker_free(struct worker *worker);
void worker_ask(struct worker *worker, const struct ask *ask); /* from any thread */
bool worker_told(struct worker *worker, struct tell *ret_tell); /* the face's side; never blocks */
int worker_fd(const struct worker *worker); /* readable while something was told */

/* One step: waits at most timeout_ms for network, lock or an ask, and deals with it. */
enum err worker_step(struct worker *worker, int timeout_ms, struct error *err) MUST_CHECK;
/* Whether nothing is left to do: snapshot complete, feed at the server's head, outbox answered and
 * folded.  Only the lock holder can know. */
bool worker_in_step(const struct worker *worker);
/* Whether indexes that lists are sorted by are still to be made. */
bool worker_has_to_index(const struct worker *worker);
/* All else is done, but acts of one who is not logged in stand first: link.reason says who. */
bool worker_waits_for_author(const struct worker *worker);
bool worker_has_lock(const struct worker *worker);

/* Runs worker_step in a thread of its own till worker_stop, which waits for it to end. */
enum err worker_start(struct worker *worker, struct error *err) MUST_CHECK;
void worker_stop(struct worker *worker);

#endif
