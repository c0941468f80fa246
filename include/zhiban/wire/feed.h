/* What a console reads: feed, snapshot, single entities, timelines.
 *
 * Writers take bytes that are canonical already (entity_encode, entry_canonical,
 * act_answer_encode), so that a server never decodes what it only passes on. */
#ifndef ZHIBAN_WIRE_FEED_H
#define ZHIBAN_WIRE_FEED_H

#include "zhiban/domain/effect.h"
#include "zhiban/wire/message.h"

/* --- GET /v1/feed: {"epoch","head","items":[…],"next","now","version"} --------------------- */

enum feed_kind {
	FEED_ENTRY,   /* an admitted act with its effects */
	FEED_WHOLE,   /* an entity whole */
	FEED_DROP,    /* an entity no longer to be seen (it may come back) */
	FEED_ACK,     /* the answer to an act of this console */
	FEED_UNKNOWN, /* of a newer server */
};
struct feed_item {
	enum feed_kind kind;
	struct entry entry;	    /* ENTRY */
	void *entity;		    /* WHOLE */
	int64_t timeline_to;	    /* WHOLE: its timeline up to this seq is not sent along */
	enum kind drop_kind;	    /* DROP */
	struct uuid drop_id;	    /* DROP */
	struct act_answer answer;   /* ACK */
	const char *raw;	    /* UNKNOWN: its JSON */
};
struct feed_answer {
	struct answer_head head;
	struct feed_item *items;
	size_t n;
	int64_t next;	  /* last seq scanned, seen or not: the cursor */
	int64_t head_seq; /* last seq of the journal */
};
void feed_begin(struct str *out);
void feed_entry(struct str *out, const char *canonical, size_t len, const uint8_t hash[SHA256_LEN]);
void feed_whole(struct str *out, const char *entity_bytes, size_t len, int64_t timeline_to);
void feed_drop(struct str *out, enum kind kind, const struct uuid *id);
void feed_ack(struct str *out, const char *answer_bytes, size_t len);
void feed_end(struct str *out, const struct answer_head *head, int64_t next, int64_t head_seq);
enum err feed_answer_decode(const char *bytes, size_t len, struct arena *arena,
			    struct feed_answer *ret_answer, struct error *err) MUST_CHECK;

/* --- GET /v1/snapshot: lines (NDJSON), each ended by a newline ----------------------------- */

enum snapshot_kind {
	SNAPSHOT_HEAD,
	SNAPSHOT_ENTITY,
	SNAPSHOT_NEXT,
	SNAPSHOT_END,
	SNAPSHOT_UNKNOWN
};
enum { SNAPSHOT_LINE_MAX = 1024 * 1024 }; /* longest line in bytes; a longer one is ERR_TOO_LARGE */
struct snapshot_line {
	enum snapshot_kind kind;
	struct answer_head head;	/* HEAD */
	int64_t seq, total;		/* HEAD: the feed is read from the first page's seq */
	const char *profile, *calendar; /* HEAD: hashes */
	void *entity;			/* ENTITY */
	const char *next;		/* NEXT: the key of the next page */
};
void snapshot_head(struct str *out, const struct snapshot_line *line);
void snapshot_entity(struct str *out, const char *entity_bytes, size_t len);
void snapshot_next(struct str *out, const char *key);
void snapshot_end(struct str *out);
/* One line without its newline. */
enum err snapshot_line_decode(const char *bytes, size_t len, struct arena *arena,
			      struct snapshot_line *ret_line, struct error *err) MUST_CHECK;

/* Cuts bytes that come in pieces into lines.  fn gets each whole line; its error ends the push. */
struct line_cutter {
	struct str rest; /* the beginning of a line that has not ended */
};
typedef enum err (*line_fn)(void *ctx, const char *line, size_t len, struct error *err);
void lines_init(struct line_cutter *cutter);
void lines_release(struct line_cutter *cutter);
enum err lines_push(struct line_cutter *cutter, const char *bytes, size_t len, line_fn fn,
		    void *ctx, struct error *err) MUST_CHECK;
/* At the end: a last line without newline is handed over too. */
enum err lines_end(struct line_cutter *cutter, line_fn fn, void *ctx, struct error *err) MUST_CHECK;

/* --- GET /v1/entities/ID: {"entity":{…},…};  GET /v1/timeline: {"end","entries":[…],…} ----- */

void entity_answer(struct str *out, const char *entity_bytes, size_t len,
		   const struct answer_head *head);
/* ret_entity NULL: it is of a kind that this program does not know. */
enum err entity_answer_decode(const char *bytes, size_t len, struct arena *arena,
			      struct answer_head *ret_head, void **ret_entity,
			      struct error *err) MUST_CHECK;

struct timeline_answer {
	struct answer_head head;
	struct entry *entries; /* oldest first */
	size_t n;
	bool end; /* nothing newer was left out */
	int64_t next; /* of a log: the last seq looked at, shown or not; 0: not said */
};
void timeline_begin(struct str *out);
void timeline_entry(struct str *out, const char *canonical, size_t len,
		    const uint8_t hash[SHA256_LEN]);
void timeline_end(struct str *out, const struct answer_head *head, bool end);
/* The same of POST /v1/log, with next. */
void log_end(struct str *out, const struct answer_head *head, bool end, int64_t next);
enum err timeline_answer_decode(const char *bytes, size_t len, struct arena *arena,
				struct timeline_answer *ret_answer, struct error *err) MUST_CHECK;

#endif
