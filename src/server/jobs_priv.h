/* The writer, and the jobs that requests hand over (jobs.c).
 *
 * A job is the part of a request that runs elsewhere: `work` where hashing may take its time,
 * `write` on the writer inside a transaction, `finish` in the call that answers.  All that a job
 * needs lies in its arena, for the request may have moved on to another thread when it is
 * answered. */
#ifndef ZHIBAN_SERVER_JOBS_PRIV_H
#define ZHIBAN_SERVER_JOBS_PRIV_H

#include <pthread.h>

#include "rulebook_priv.h"
#include "zhiban/server/service.h"

enum {
	HASHERS = 2, /* threads that run argon2id, if nothing is said */
	HASHERS_MAX = 4,
	WORK_MAX = 64, /* jobs that wait for them; more are ERR_BUSY */
};
enum { MODE_TEXT = 96 }; /* a code of a mode, and NUL */

struct writer { /* the writer's side of a transaction */
	struct service *service;
	struct db *db;
	int64_t head, from; /* last entry: now, and when the transaction began */
	uint8_t hash[SHA256_LEN];
	struct rulebook *book;	/* in force, with an adoption not yet committed */
	struct rulebook *fresh; /* adopted in this transaction, or NULL */
	char mode[MODE_TEXT];	/* in force: see mode_in_force */
	bool mode_known;
	int64_t moment;		/* that is taken for now, ms UTC; 0: env's */
	bool retimed;		/* a moment of the timers has changed */
	bool erased;		/* personal values: to be scrubbed off the files */
	bool ended;		/* endings were looked for */
	const struct uuid *touches; /* entities that an adoption shows to more organisations */
	size_t n_touches;
	uint8_t *touched;	/* orgs that got feed rows, by number */
	size_t n_touched;
};

struct call;
struct job {
	struct job *next;
	struct request *request; /* who waits; NULL: see done */
	enum err (*work)(struct service *service, struct job *job, struct error *err);
	enum err (*write)(struct writer *writer, struct job *job, struct error *err);
	enum err (*finish)(struct call *call, struct job *job, struct error *err);
	/* Called once at the end in place of waking the request; may free the job. */
	void (*done)(struct service *service, struct job *job);
	struct arena arena;
	void *data; /* the job's own, in its arena */
	size_t weight;
	enum err code; /* how it ended */
	struct error err;
	bool ended;
};
struct job *job_new(size_t data_size);
void job_free(struct job *job); /* NULL is fine */
/* On the writer: does it and takes all of it back (bulk.c). */
enum err writer_try(struct writer *writer, struct job *job,
		    enum err (*write)(struct writer *, struct job *, struct error *),
		    struct error *err) MUST_CHECK;

struct jobs {
	pthread_mutex_t lock;
	pthread_cond_t to_write, to_work;
	struct job *write_first, **write_last;
	struct job *work_first, **work_last;
	size_t n, n_work; /* all that wait; those that wait for a hasher */
	unsigned n_hashers;
	bool stop, stop_writer, running;
	pthread_t writer, hashers[HASHERS_MAX];
};
enum err jobs_start(struct service *service, struct error *err) MUST_CHECK;
void jobs_stop(struct service *service); /* does what is queued, then ends the threads */
/* Hands a job over; without threads it is done (and ended) on return.  ERR_BUSY: not taken, the
 * caller still owns it. */
enum err job_submit(struct service *service, struct job *job, struct error *err) MUST_CHECK;

#endif
