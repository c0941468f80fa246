/* What the machine of sync.h has done for it: requests to carry, pages and answers to keep.
 *
 * * An effect that fails leaves the machine where it was, to try again. */
#ifndef ZHIBAN_SYNC_OPS_H
#define ZHIBAN_SYNC_OPS_H

#include "zhiban/wire/feed.h"
#include "zhiban/wire/marks.h"

enum sync_lane { LANE_READ, LANE_WRITE, LANE_ASK, LANE_COUNT };

struct sync_request { /* valid during the call of send */
	enum sync_lane lane;
	const char *method, *path; /* path with its query */
	const char *token;	   /* "" : none */
	const char *body;	   /* NULL: none; JSON */
	size_t len;
	int wait_s;		   /* how long the server may park it */
};

struct sync_mark { /* where reading stands; kept with the data it belongs to */
	char epoch[EPOCH_TEXT];
	int64_t cursor;	      /* last seq read; meaningless while a snapshot comes in */
	int64_t snapshot_seq; /* > 0, or the key not "": a snapshot is not complete yet */
	char snapshot[512];   /* key of its next page; "" : the first */
	bool complete;	      /* a snapshot has been read to its end: the cursor counts */
	char scope[160];      /* organisation and role whose view this is */
};

struct sync_page { /* one effect, to be kept in one transaction */
	bool clear;	/* forget all entities first: the server's data are others */
	const struct feed_item *items; /* FEED_ENTRY, FEED_WHOLE, FEED_DROP */
	size_t n;
	struct sync_mark mark;
	bool usable;	   /* a first page is here */
	int64_t data_at;   /* > 0: nothing is missing as of then (own clock) */
};
struct sync_gap { /* an entry did not fit: the entity is wanted whole */
	enum kind kind;
	struct uuid id;
};

struct sync_batch { /* acts of one author, in order of n */
	const char *token;   /* of their author; "" : he must log in again */
	const char *officer;
	struct sync_batch_act {
		struct uuid id;
		int64_t n;
		const char *bytes; /* canonical */
		size_t len;
	} *acts;
	size_t n;
	int64_t prev;	/* n of the last act before them that is known here; 0: none */
	size_t behind;	/* acts of other authors that wait behind them */
};

enum sync_link {
	SYNC_IDLE,
	SYNC_ONLINE,
	SYNC_SLOW,    /* online; answers take long */
	SYNC_OFFLINE, /* no answer */
	SYNC_STRANGE, /* something else answers in the server's place */
	SYNC_UNABLE,  /* the server answers, but cannot */
	SYNC_LOGIN,
	SYNC_TROUBLE, /* the line is there; what comes cannot be kept here (a full disk, say) */
};

struct sync_ops { /* effects; an error of one leaves the machine where it was, to try again */
	void (*send)(void *ctx, const struct sync_request *request);
	void (*abandon)(void *ctx, enum sync_lane lane); /* the request in flight is of no use */
	/* ret_gaps: what an entry did not fit, at most max_gaps */
	enum err (*page)(void *ctx, const struct sync_page *page, struct sync_gap *ret_gaps,
			 size_t max_gaps, size_t *ret_n_gaps, struct error *err);
	enum err (*answers)(void *ctx, const struct act_answer *answers, size_t n,
			    struct error *err);
	/* The next acts to send, in the arena; n == 0: none. */
	enum err (*batch)(void *ctx, size_t max, size_t max_bytes, struct arena *arena,
			  struct sync_batch *ret_batch, struct error *err);
	/* The server lacks acts from n on: answered and kept ones are to be sent again.  0: its
	 * data are others, and acts known without an n of this console are to be sent again. */
	enum err (*resend)(void *ctx, int64_t from_n, struct error *err);
	/* The last n given here, and the last that was answered and would be sent again; 0:
	 * none. */
	enum err (*counters)(void *ctx, int64_t *ret_given, int64_t *ret_answered,
			     struct error *err);
	/* The counters have been compared with a server of this epoch; what it lacks goes again.
	 * Another epoch than the last time: as resend 0, too. */
	enum err (*agreed)(void *ctx, const char *epoch, struct error *err);
	/* These files are a copy: console id, session and the numbers of unanswered acts are new,
	 * in one transaction. */
	enum err (*renew)(void *ctx, const struct session_answer *session, struct error *err);
	enum err (*documents)(void *ctx, const char *profile, const char *calendar,
			      bool *ret_profile_missing, bool *ret_calendar_missing,
			      struct error *err); /* which are adopted now */
	/* The adopted address table that is not here; "": there is nothing to fetch. */
	void (*places)(void *ctx, char ret_hash[SHA256_HEX]);
	enum err (*document)(void *ctx, const char *hash, const char *bytes, size_t len,
			     struct error *err);
	enum err (*timeline)(void *ctx, const struct uuid *id, const struct entry *entries,
			     size_t n, bool end, struct error *err);
	enum err (*digest)(void *ctx, uint64_t ret_buckets[DIGEST_BUCKETS], struct error *err);
	/* What is here of one bucket, by id, in the arena. */
	enum err (*pairs)(void *ctx, unsigned bucket, struct arena *arena,
			  struct digest_pair **ret_pairs, size_t *ret_n, struct error *err);
	/* Before what differs is fetched anew: these go, and counts are made good. */
	enum err (*mend)(void *ctx, const struct uuid *extra, size_t n, struct error *err);
	void (*compared)(void *ctx); /* with the server, and nothing differs (any more) */
	/* Who is logged in; with a token when it is a new session. */
	enum err (*session)(void *ctx, const struct session_answer *session, struct error *err);
	/* The server does not know this token; officer NULL: it is the current one's. */
	void (*token_bad)(void *ctx, const char *officer, const char *token);
	void (*link)(void *ctx, enum sync_link link, const char *reason);
	void (*asked)(void *ctx, enum err code, const char *text); /* how a log-in or -out went */
	/* A personal value that was asked for, in clear; or why not. */
	void (*revealed)(void *ctx, enum err code, const char *text);
	/* The answer to a search, or why there is none. */
	void (*found)(void *ctx, enum err code, const char *text, const char *body, size_t len);
	/* What came from that phone before; answer NULL: why there is none. */
	void (*callers)(void *ctx, const char *phone, enum err code, const char *text,
			const struct callers_answer *answer);
	/* What the codes of a whistle are made from, in hex; NULL: why not.  NULL: never asked. */
	void (*arrival)(void *ctx, const struct uuid *id, enum err code, const char *text,
			const char *secret);
	/* The officer's own marks (wire/marks.h).  All NULL: they are not kept in step.  A message of
	 * those that wait, at most MARKS_MAX; n 0: none does. */
	enum err (*marks_waiting)(void *ctx, struct str *out, size_t *ret_n, struct error *err);
	/* The server has what marks_waiting gave last, but for these, which are not there for him. */
	enum err (*marks_sent)(void *ctx, const struct uuid *gone, size_t n, struct error *err);
	/* How far his list was read in this epoch; and what came of it. */
	enum err (*marks_after)(void *ctx, const char *epoch, int64_t *ret_after,
				struct error *err);
	enum err (*marks_came)(void *ctx, const char *epoch, const struct marks *marks,
			       int64_t next, struct error *err);
	void (*defect)(void *ctx, const char *text);
};

#endif
