/* The service: requests in, replies out, without a socket.
 *
 * Every request of a console or an administrator is judged here, whether it came over TLS, over
 * DIR/admin.sock, or from a test in the same process.  service_handle may be called by many
 * threads.
 *
 * Parking: when a reply has to wait (a feed with nothing to send; an act on its way through the
 * writer; a PIN being hashed) service_handle gives SERVICE_PARKED.  The caller keeps the request as
 * it is, unchanged and at its place in memory, and when the service calls config.wake(ctx, request)
 * (from any thread, at once or later, exactly once for each SERVICE_PARKED) calls service_handle
 * with it again, not from inside wake.  Without threads only feeds park; all else is done in the
 * call. */
#ifndef ZHIBAN_SERVER_SERVICE_H
#define ZHIBAN_SERVER_SERVICE_H

#include <stdbool.h>

#include "zhiban/base/env.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/rules.h"

struct service;
struct db_ops;
struct job;
struct request;

struct service_config {
	const struct db_ops *db; /* &db_sqlite */
	const char *where;	 /* the data: a path, or an address */
	unsigned db_flags;	 /* enum db_flags */
	struct env env;
	int64_t (*ticks)(void *ctx); /* milliseconds that never jump, for waiting; NULL: env's now */
	void (*wake)(void *ctx, struct request *request);
	/* A line for the log, from any thread, perhaps with its level ("<4>").  May be NULL. */
	void (*say)(void *ctx, const char *line);
	/* Makes a backup where the server keeps such, with the files beside the data, and says where;
	 * for the system administrator over the network.  Runs on a thread that may take its time.
	 * NULL: there is none to be had. */
	enum err (*backup)(void *backup_ctx, struct service *service, struct str *ret_path,
			   struct error *err);
	void *backup_ctx;
	void *ctx;	       /* of ticks, wake, say and measure */
	bool threads;	       /* a writer thread and hashing threads; else all in the caller's */
	const uint8_t *key_hash; /* SHA-256 of the server's public key for codes, or NULL */
	const char *columns; /* text of import-columns.conf, for other systems; NULL: fields' names */
	int session_hours;     /* a session not used for so long is over; 0: 12 */
	int session_max_hours; /* used or not; 0: 168; never below session_hours */
	unsigned hashers;      /* threads that hash PINs, 64 MiB each; 0: 2, at most 4 */
	int64_t gone_after;    /* feed rows after which a snapshot is cheaper; 0: 50000 */
	const char *metrics_token; /* whose bearer may read /metrics from anywhere; NULL: nobody */
	void (*measure)(void *ctx, struct str *out); /* adds what the caller counts to /metrics */
};

/* New data: schema, epoch, and the first adoption of profile and calendar.  ERR_EXISTS when there
 * are data already. */
enum err service_create(const struct service_config *config, const char *bundle, size_t bundle_len,
			const char *calendar, size_t calendar_len, struct error *err) MUST_CHECK;
enum err service_open(const struct service_config *config, struct service **ret_service,
		      struct error *err) MUST_CHECK;
/* Wakes everything parked; from now on a feed never parks and a new write is ERR_BUSY. */
void service_stop(struct service *service);
/* After service_stop and when no request is in the works: ends the threads, closes the data. */
void service_close(struct service *service);

enum { REQUEST_ARGS = 12 };
struct request_arg {
	const char *name, *value; /* decoded */
};
struct request { /* all borrowed, valid until the reply is done */
	const char *method; /* "GET" */
	const char *path;   /* decoded, without the query */
	struct request_arg args[REQUEST_ARGS];
	size_t n_args;
	const char *token;   /* of Authorization: Bearer; NULL: none */
	const char *address; /* of the other side, for back-off and trace */
	const char *known;   /* If-None-Match: what the other side has already; NULL: nothing */
	const char *host;    /* that it was asked as: "zb.example:8443"; NULL: not known */
	bool admin;	     /* came over the administrator's socket */
	bool local;	     /* came from this machine itself, in plain HTTP over loopback */
	const void *body;    /* unpacked */
	size_t body_len;
	/* The service's own; zero at first. */
	struct job *job;
	bool woken;
	size_t route; /* for counting */
};

struct reply {
	int status; /* of HTTP */
	const char *type;
	struct str body;
	int retry_after; /* seconds; 0: no such header */
	bool lasting;	 /* addressed by its hash: may be kept for ever */
	char etag[72];	 /* of what may have changed the next time, without quotes; "": none */
	char who[160];	 /* officer and organisation, for the trace line; "" when not known */
};
void reply_init(struct reply *reply);
void reply_release(struct reply *reply);

enum service_result { SERVICE_DONE, SERVICE_PARKED };
enum service_result service_handle(struct service *service, struct request *request,
				   struct reply *reply);
/* The routes consoles may use: whether a request would find one, and how many there are. */
bool service_route_known(const char *method, const char *path);
size_t service_route_count(void);
/* Fills a reply with an error, for what is wrong before the service sees the request.  status: of
 * HTTP; 0: the one of the code. */
void service_refuse(struct service *service, struct reply *reply, enum err code, int status,
		    const struct error *err);
/* Most bytes of a body this request may have, unpacked; 0 when the route takes none or there is no
 * such route. */
size_t service_body_max(const char *method, const char *path, bool admin);
/* Wakes the parked whose time has come, lets clocks fire that passed a mark, and carries over what
 * organisations leave whose end has come (by env's clock; also what was missed while nothing ran);
 * returns milliseconds until there is more, at most 1000. */
int service_tick(struct service *service);
/* Sleeps until service_tick has something to do, at most ms milliseconds (a thread of the caller's:
 * for (;;) service_tick_wait(s, service_tick(s))). */
void service_tick_wait(struct service *service, int ms);
size_t service_parked(struct service *service); /* feeds that wait */
/* The caller gives up a request that is parked as a feed.  false: it is not parked (being woken,
 * or an act on its way) and wake will come. */
bool service_forget(struct service *service, struct request *request);

struct service_stand { /* where the data stand */
	char epoch[33];
	int64_t seq; /* of the last entry */
	int64_t recv; /* when it was admitted, ms UTC; 0: there is none */
};
enum err service_stand(struct service *service, struct service_stand *ret_stand, struct error *err)
	MUST_CHECK;

/* The rules in force, held until given back. */
struct rulebook;
struct rulebook *service_rules(struct service *service, const struct rules **ret_rules);
void service_rules_done(struct service *service, struct rulebook *book);

#endif
