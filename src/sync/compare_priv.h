/* The cache compared with the server's state. */
#ifndef ZHIBAN_SYNC_COMPARE_PRIV_H
#define ZHIBAN_SYNC_COMPARE_PRIV_H

#include "zhiban/sync/sync.h"

enum { MEND_MAX = 256 }; /* more that differ: a snapshot is cheaper */

enum ask_what { /* of the lane of questions; DIGEST and after it: compare.c */
	ASK_NOTHING,
	ASK_LOG_IN,
	ASK_LOG_OUT,
	ASK_PART,    /* the session of who was logged in before ends */
	ASK_CONSOLE, /* another console id */
	ASK_REVEAL, /* one personal value */
	ASK_SEARCH, /* what is not kept here */
	ASK_CALLERS,
	ASK_ARRIVAL, /* what codes are made from */
	ASK_SESSION,
	ASK_PROFILE,
	ASK_CALENDAR,
	ASK_PLACES,
	ASK_ENTITY,
	ASK_LINES,
	ASK_MARKS_PUT, /* marks.c */
	ASK_MARKS_GET,
	ASK_DIGEST,
	ASK_BUCKET,
	ASK_MEND,
};

enum repair { /* what was done about a difference */
	REPAIR_NONE,
	REPAIR_PARTS, /* what differed was fetched */
	REPAIR_ALL,   /* everything was; if it differs still, that is how it is */
};

struct comparing { /* compare.c */
	bool want;
	int64_t at;			/* cursor when it was asked for */
	uint64_t own[DIGEST_BUCKETS];	/* what was here then */
	uint64_t differ;		/* a bit for each bucket still to be looked into */
	unsigned bucket;
	struct arena arena;		/* of pairs */
	struct digest_pair *pairs;	/* what was here of that bucket */
	size_t n_pairs;
	struct uuid lacks[MEND_MAX], extra[MEND_MAX];
	size_t n_lacks, n_extra, n_other; /* n_other: of lacks, here in another version */
	bool moved;			/* a page touched what is being fetched */
	enum repair repair;
};

struct str;
struct sync;
struct refusal;

enum ask_what compare_what(const struct sync *sync);
bool compare_busy(const struct sync *sync);
/* Writes the path; what is here now is what the answer will be compared with. */
enum err compare_ask(struct sync *sync, enum ask_what what, struct str *path,
		     struct error *err) MUST_CHECK;
enum err compare_took(struct sync *sync, const struct sync_response *response, struct arena *arena,
		      struct error *err) MUST_CHECK;
bool compare_refused(struct sync *sync, const struct refusal *refusal); /* true: dealt with */
void compare_page(struct sync *sync, const struct sync_page *page); /* one comes in */
void compare_forget(struct sync *sync);
/* An entity by itself; drop: what is here of it goes first. */
enum err keep_entity(struct sync *sync, void *entity, bool drop, struct error *err) MUST_CHECK;

#endif
