/* What the files of the service share.
 *
 * A call is one pass of a request through a handler, on the caller's thread. */
#ifndef ZHIBAN_SERVER_SERVICE_PRIV_H
#define ZHIBAN_SERVER_SERVICE_PRIV_H

#include <pthread.h>
#include <stdint.h>

#include "fails_priv.h"
#include "jobs_priv.h"
#include "memo_priv.h"
#include "metrics_priv.h"
#include "nodes_priv.h"
#include "park_priv.h"
#include "system_priv.h"
#include "search_priv.h"
#include "timers_priv.h"
#include "zhiban/server/db.h"
#include "zhiban/server/service.h"
#include "zhiban/wire/import.h"
#include "zhiban/wire/message.h"

enum {
	SESSION_HOURS = 12,	 /* not used for so long: over */
	SESSION_MAX_HOURS = 168, /* over, used or not */
	CROWD_ADDRESS = 16,	 /* log-ins of one address hashed or waiting for it */
	CROWD_OFFICER = 4,	 /* the same of one name */
	GONE_AFTER = 50000,
	UPLOAD_DAYS = 7,     /* how long a log-out's upload-only token lasts */
	CODE_HOURS = 24,
	READERS_MAX = 32,    /* idle connections kept */
	BATCH_ACTS = 64,     /* acts committed together */
	QUEUE_MAX = 4096,    /* jobs waiting; more are ERR_BUSY */
	PIN_MIN = 4,
	PIN_MAX = 64,
	PARK_MAX_S = 50,
	COALESCE_MS = 200,
};

struct purging { /* the night's run (purge.c) */
	bool busy;
	int64_t done;	    /* when the last one ended, ms UTC; 0: not read yet */
	int64_t not_before; /* ticks */
};

struct service {
	const struct db_ops *db;
	char *where;
	unsigned db_flags;
	struct env env;
	int64_t (*ticks)(void *ctx);
	void (*wake)(void *ctx, struct request *request);
	void (*say)(void *ctx, const char *line);
	void (*measure)(void *ctx, struct str *out);
	enum err (*backup)(void *backup_ctx, struct service *service, struct str *ret_path,
			   struct error *err);
	void *backup_ctx;
	void *ctx;
	bool threads, has_key, has_metrics_token;
	uint8_t metrics_token[SHA256_LEN]; /* its hash */
	int64_t started; /* ms UTC */
	uint8_t key_hash[SHA256_LEN];
	int64_t session_ms, session_most_ms, gone_after;
	char epoch[EPOCH_TEXT];

	pthread_mutex_t lock; /* of what follows */
	struct rulebook *book;
	struct db *idle[READERS_MAX];
	size_t n_idle;
	int64_t down_until; /* by ticks: the data base did not answer a moment ago */
	bool stopping;
	struct error trouble; /* why the writer's last transaction failed; "" when it did not */
	struct timers timers;
	struct searching search;
	struct purging purging;
	struct nodes nodes;

	struct arena arena; /* of columns */
	struct import_map *columns; /* of what other systems send */
	/* These lock themselves. */
	struct memo *failures, *crowd, *contacts, *rhythm, *rates;
	struct fails fails;
	struct metrics metrics;
	_Atomic int64_t ready_at; /* ticks of the last write that succeeded for /readyz */
	int32_t said_day; /* on which the journal's head was said; service_tick's alone */
	struct parks parks;
	struct jobs jobs;
	struct writer writer; /* used by the writer thread, or by job_submit without threads */
};

void epoch_make(const struct env *env, char text[EPOCH_TEXT]); /* service.c */
int64_t service_ticks(struct service *service);
/* A reader with an open transaction, and its end. */
enum err reader_take(struct service *service, struct db **ret_db, struct error *err) MUST_CHECK;
void reader_give(struct service *service, struct db *db);
void status_tick(struct service *service); /* from service_tick: the journal's head once a day */
/* Method and pattern of the i-th row of the table of routes; of one beyond it "", "other". */
void route_name(size_t i, const char **ret_method, const char **ret_pattern);
/* Puts the committed adoption in force. */
void service_adopted(struct service *service, struct rulebook *book);

struct session {
	struct uuid console;
	uint8_t token[SHA256_LEN]; /* its hash */
	const char *officer, *org, *role;
	int64_t made; /* the log-in, ms UTC; 0: not known */
	bool upload;
};

struct call {
	struct service *service;
	struct request *request;
	struct reply *reply;
	struct arena arena;
	struct rulebook *book;
	const struct rules *rules;
	struct db *reader; /* NULL until call_reader */
	struct session session;
	struct db_system system; /* who asks, where that is another system: system_take */
	int64_t now;
	int64_t need; /* of ERR_NEED */
	bool parked;
};
enum err call_reader(struct call *call, struct error *err) MUST_CHECK;
void call_reader_end(struct call *call); /* the next call_reader sees newer data */
/* Gives the request to a job: parks, or does it and answers. */
enum err call_submit(struct call *call, struct job *job, struct error *err) MUST_CHECK;
const char *call_arg(const struct call *call, const char *name); /* or NULL */
enum err call_int(const struct call *call, const char *name, int64_t fallback, int64_t min,
		  int64_t max, int64_t *ret_value, struct error *err) MUST_CHECK;
struct answer_head call_head(const struct call *call);
void call_text(struct call *call, const char *text); /* a reply of plain text */
/* The organisation whose view a session reads: his own, the centre, or NULL: he sees nothing.  The
 * one place that decides it. */
const char *session_scope_org(const struct rules *rules, const struct session *session);
/* The same as a number; 0: nothing is to be seen. */
enum err call_org(struct call *call, int64_t *ret_org, struct error *err) MUST_CHECK;
/* "scope", where it is said, is "ORG ROLE" whose view the console has; ERR_SCOPE when the session's is
 * another one. */
enum err call_scope(const struct call *call, struct error *err) MUST_CHECK;
/* What the path has behind the route's pattern. */
const char *call_tail(const struct call *call);

/* session.c: the bearer's session from the token; extends it. */
enum err session_find(struct call *call, struct error *err) MUST_CHECK;

#include "handlers_priv.h"

#endif
