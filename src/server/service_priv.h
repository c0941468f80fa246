/* What the files of the service share.
 *
 * A call is one pass of a request through a handler, on the caller's thread.  A job is the part of a
 * request that runs elsewhere: `work` where hashing may take its time, `write` on the writer inside a
 * transaction, `finish` in the call that answers.  All that a job needs lies in its arena, for the
 * request may have moved on to another thread when it is answered. */
#ifndef ZHIBAN_SERVER_SERVICE_PRIV_H
#define ZHIBAN_SERVER_SERVICE_PRIV_H

#include <pthread.h>
#include <stdint.h>

#include "zhiban/profile/profile.h"
#include "zhiban/server/db.h"
#include "zhiban/server/service.h"
#include "zhiban/wire/message.h"

enum {
	SESSION_HOURS = 12,
	GONE_AFTER = 50000,
	UPLOAD_DAYS = 7,     /* how long a log-out's upload-only token lasts */
	CODE_HOURS = 24,
	READERS_MAX = 32,    /* idle connections kept */
	BATCH_ACTS = 64,     /* acts committed together */
	QUEUE_MAX = 4096,    /* jobs waiting; more are ERR_BUSY */
	HASHERS = 2,	     /* threads that run argon2id */
	PIN_MIN = 4,
	PIN_MAX = 64,
	PARK_MAX_S = 50,
	COALESCE_MS = 200,
};

/* --- rules in force (rulebook.c) -------------------------------------------------------------- */

struct rulebook { /* counted by service->lock */
	int refs;
	struct jurisdiction *profile;
	struct workdays *days;
};
enum err rulebook_parse(const char *bundle, size_t bundle_len, const char *calendar,
			size_t calendar_len, struct rulebook **ret_book,
			struct error *err) MUST_CHECK;
void rulebook_free(struct rulebook *book); /* whatever refs says; NULL is fine */
enum err rulebook_load(const struct db_ops *ops, struct db *db, const char *profile_hash,
		       const char *calendar_hash, struct rulebook **ret_book,
		       struct error *err) MUST_CHECK;
/* Of the last adoption. */
enum err rulebook_newest(const struct db_ops *ops, struct db *db, struct rulebook **ret_book,
			 struct error *err) MUST_CHECK;

/* --- memory of keys that forgets the oldest (memo.c) ------------------------------------------ */

enum { MEMO_BUCKETS = 1024, MEMO_WAYS = 8 };
struct memo_slot {
	uint64_t key;
	int64_t used; /* when, ms; 0: free */
	int64_t value[3];
};
struct memo {
	pthread_mutex_t lock;
	struct memo_slot slots[MEMO_BUCKETS][MEMO_WAYS];
};
struct memo *memo_new(void);
void memo_free(struct memo *memo);
uint64_t memo_key(const void *bytes, size_t len);
/* The slot of a key, made with zeros if need be; the memo stays locked until memo_done. */
struct memo_slot *memo_take(struct memo *memo, uint64_t key, int64_t now);
void memo_done(struct memo *memo);

/* Back-off after failed log-ins: milliseconds to wait still, 0 when none (backoff.c). */
int64_t backoff_left(struct memo *memo, const char *what, const char *name, int64_t now);
void backoff_failed(struct memo *memo, const char *what, const char *name, int64_t now);
void backoff_passed(struct memo *memo, const char *what, const char *name, int64_t now);

/* When a console was last heard of: what an author's time may claim (backoff.c). */
void contact_note(struct memo *memo, const struct uuid *console, int64_t seen, int64_t now);
/* The earliest moment an act claimed for `claimed` may count from. */
int64_t contact_floor(struct memo *memo, const struct uuid *console, int64_t claimed, int64_t now);

/* --- parked feeds (park.c) -------------------------------------------------------------------- */

struct park {
	struct request *request;
	uint64_t session; /* key: one park each */
	int64_t org;
	int64_t deadline; /* ticks */
	int64_t due;	  /* ticks; 0: nothing has come yet */
	int64_t not_before; /* ticks: news answered a moment ago, more waits until then */
};
struct parks {
	pthread_mutex_t lock;
	pthread_cond_t ripe; /* something is due */
	struct park *items;
	size_t n, cap;
	uint64_t generation; /* of commits */
	bool stopped;
};

/* --- the writer (jobs.c) ---------------------------------------------------------------------- */

struct writer { /* the writer's side of a transaction */
	struct service *service;
	struct db *db;
	int64_t head;
	uint8_t hash[SHA256_LEN];
	struct rulebook *book;	/* in force, with an adoption not yet committed */
	struct rulebook *fresh; /* adopted in this transaction, or NULL */
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

struct jobs {
	pthread_mutex_t lock;
	pthread_cond_t to_write, to_work;
	struct job *write_first, **write_last;
	struct job *work_first, **work_last;
	size_t n;
	bool stop, stop_writer, running;
	pthread_t writer, hashers[HASHERS];
};
enum err jobs_start(struct service *service, struct error *err) MUST_CHECK;
void jobs_stop(struct service *service); /* does what is queued, then ends the threads */
/* Hands a job over; without threads it is done (and ended) on return.  ERR_BUSY: not taken, the
 * caller still owns it. */
enum err job_submit(struct service *service, struct job *job, struct error *err) MUST_CHECK;

/* --- the service ------------------------------------------------------------------------------ */

struct service {
	const struct db_ops *db;
	char *where;
	unsigned db_flags;
	struct env env;
	int64_t (*ticks)(void *ctx);
	void (*wake)(void *ctx, struct request *request);
	void *ctx;
	bool threads, has_key;
	uint8_t key_hash[SHA256_LEN];
	int64_t session_ms, gone_after;
	char epoch[EPOCH_TEXT];

	pthread_mutex_t lock; /* of what follows */
	struct rulebook *book;
	struct db *idle[READERS_MAX];
	size_t n_idle;
	bool stopping;

	struct memo *failures, *contacts, *rhythm; /* these lock themselves */
	struct parks parks;
	struct jobs jobs;
	struct writer writer; /* used by the writer thread, or by job_submit without threads */
};

int64_t service_ticks(struct service *service);
/* A reader with an open transaction, and its end. */
enum err reader_take(struct service *service, struct db **ret_db, struct error *err) MUST_CHECK;
void reader_give(struct service *service, struct db *db);
/* Puts the committed adoption in force. */
void service_adopted(struct service *service, struct rulebook *book);

void parks_init(struct parks *parks);
void parks_release(struct parks *parks);
uint64_t parks_generation(struct parks *parks);
/* false: something was committed since `generation`; look again instead. */
bool park_add(struct service *service, const struct park *park, uint64_t generation) MUST_CHECK;
/* After a commit: the orgs whose number is set in touched have news. */
void parks_note(struct service *service, const uint8_t *touched, size_t n);
void parks_stop(struct service *service);

struct session {
	struct uuid console;
	uint8_t token[SHA256_LEN]; /* its hash */
	const char *officer, *org, *role;
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
/* The reader's own organisation as a number; 0 when nothing is known of it. */
enum err call_org(struct call *call, int64_t *ret_org, struct error *err) MUST_CHECK;
/* What the path has behind the route's pattern. */
const char *call_tail(const struct call *call);

/* session.c: the bearer's session from the token; extends it. */
enum err session_find(struct call *call, struct error *err) MUST_CHECK;

/* --- handlers, one file a resource ------------------------------------------------------------ */

typedef enum err (*handler_fn)(struct call *call, struct error *err);
enum err enroll_post(struct call *call, struct error *err);
enum err session_post(struct call *call, struct error *err);
enum err session_get(struct call *call, struct error *err);
enum err session_delete(struct call *call, struct error *err);
enum err snapshot_get(struct call *call, struct error *err);
enum err feed_get(struct call *call, struct error *err);
enum err acts_post(struct call *call, struct error *err);
enum err entities_get(struct call *call, struct error *err);
enum err timeline_get(struct call *call, struct error *err);
enum err digest_get(struct call *call, struct error *err);
enum err profile_get(struct call *call, struct error *err);
enum err calendar_get(struct call *call, struct error *err);
enum err health_get(struct call *call, struct error *err);
enum err admin_stand_get(struct call *call, struct error *err);
enum err admin_code_post(struct call *call, struct error *err);
enum err admin_officers_get(struct call *call, struct error *err);
enum err admin_officers_post(struct call *call, struct error *err);
enum err admin_adopt_post(struct call *call, struct error *err);
enum err admin_calendar_post(struct call *call, struct error *err);
enum err admin_acts_post(struct call *call, struct error *err);

/* --- admission (admit.c) ---------------------------------------------------------------------- */

struct admission { /* one act on its way into the journal */
	const struct act *act;
	int64_t recv, eff;
	const char *seer; /* org that must see the target, else it is "not there"; NULL: any */
	/* What came of it: */
	enum err code;	      /* ERR_OK, or why it was refused */
	struct error err;
	int64_t seq, version;
	const char *number, *note;
	const void *state;    /* the target as it is now, or NULL: when refused */
};
/* Judges, and if the rules allow it writes entry, entity, parties and feed.  An error means that
 * the data could not be read or written; a refusal is ERR_OK and in the admission. */
enum err admit(struct writer *writer, struct admission *admission, struct arena *arena,
	       struct error *err) MUST_CHECK;
/* Of an entity: its place in a snapshot. */
void entity_place(const void *entity, struct db_entity *row);
/* Its parties: party_of, and for a profile every organisation.  codes live in the arena. */
size_t entity_parties(const struct rules *rules, const void *entity, struct arena *arena,
		      const char *const **ret_codes);

struct uuid person_id(const char *name);
/* An officer made known: account row and, when new, the person in the journal (people.c). */
enum err officer_enlist(struct writer *writer, const struct db_account *account,
			const char *post, const char *phone, int64_t now, struct error *err) MUST_CHECK;
/* Journals an adoption and makes it the one in force after the commit (rulebook.c).  The book is the
 * service's once the job has ended well, else still the caller's. */
enum err adopt_write(struct writer *writer, struct rulebook *book, const char *bundle,
		     size_t bundle_len, const char *calendar, size_t calendar_len,
		     const char *reason, int64_t now, struct error *err) MUST_CHECK;
struct actor system_actor(const struct rules *rules);

#endif
