/* The messages of the protocol (schema/openapi.yaml) as structs, with codecs for both ends, so that
 * neither server nor client has JSON of its own.  Feed and snapshot: wire/feed.h.
 *
 * Decoding copies into the arena, is strict about types, counts and lengths, ignores members it
 * does not know, and leaves texts that are not there NULL and numbers 0. */
#ifndef ZHIBAN_WIRE_MESSAGE_H
#define ZHIBAN_WIRE_MESSAGE_H

#include "zhiban/base/str.h"
#include "zhiban/domain/act.h"
#include "zhiban/wire/session.h"

enum {
	PROTOCOL_VERSION = 1,
	EPOCH_TEXT = 33,
	ACTS_MAX = 64,
	DIGEST_BUCKETS = 64,
	DIGEST_PAIRS_MAX = 100000, /* of one bucket; where there are more, GONE */
};

struct error_answer { /* of every status from 400 on */
	struct answer_head head;
	const char *error;    /* err_name: "REFUSED" */
	const char *sentence; /* for a person */
	int64_t need;	      /* with "NEED": the n of the first act missing; else 0 */
};
struct plain_answer { /* nothing beside the head */
	struct answer_head head;
};
struct digest_answer { /* GET /v1/digest */
	struct answer_head head;
	int64_t seq;
	uint64_t buckets[DIGEST_BUCKETS]; /* first 8 bytes, big-endian, of each SHA-256 */
};
struct digest_pair {
	struct uuid id;
	int64_t version;
};
struct digest_pairs_answer { /* GET /v1/digest with bucket: {…,"pairs":[["id",version],…],"seq"} */
	struct answer_head head;
	int64_t seq;
	struct digest_pairs { /* by id */
		struct digest_pair *items;
		size_t n;
	} pairs;
};

/* NAME_encode appends one canonical object.  NAME_decode: ERR_INPUT with a sentence. */
#define M(name)                                                                                \
	void name##_encode(const struct name *msg, struct str *out);                           \
	enum err name##_decode(const char *bytes, size_t len, struct arena *arena,             \
			       struct name *ret_msg, struct error *err) MUST_CHECK;
#include "zhiban/wire/message.def"
#undef M

/* The bucket an entity's (id, version) falls into, 0 to 63, and the hash of one bucket: pairs must
 * come sorted by id. */
unsigned digest_bucket(const struct uuid *id);
uint64_t digest_hash(const struct digest_pair *pairs, size_t n);

/* --- acts and their answers --------------------------------------------------------------- */

struct acts_item {
	struct uuid id;
	int64_t n;
	struct act act;	      /* when bad is ERR_OK */
	enum err bad;	      /* else: the act could be told apart, but not understood */
	const char *sentence; /* why */
};
struct acts_ask { /* POST /v1/acts; at most ACTS_MAX */
	struct uuid console;
	int64_t now; /* the console's clock, ms UTC */
	/* n of the last act before the first of these that the console still has or knows of; 0:
	 * none; -1: not said, n - 1.  Acts that their author dropped leave no hole that blocks. */
	int64_t prev;
	struct acts_item *items;
	size_t n;
};

/* act_bytes: canonical bytes as act_encode gave them.  prev: as in acts_ask. */
void acts_ask_begin(struct str *out);
void acts_ask_add(struct str *out, const char *act_bytes, size_t len);
void acts_ask_end(struct str *out, const struct uuid *console, int64_t now, int64_t prev);
enum err acts_ask_decode(const char *bytes, size_t len, struct arena *arena,
			 struct acts_ask *ret_ask, struct error *err) MUST_CHECK;

enum verdict { VERDICT_APPLIED, VERDICT_MERGED, VERDICT_REFUSED, VERDICT_RETRY };
struct answer_by { /* who was first */
	const char *officer, *org, *verb; /* officer NULL: nobody is named */
	int64_t at, seq;		  /* ms UTC of the server, and the entry */
};
struct act_answer { /* {"answer":{"applied":{…}},"id","n"} */
	struct uuid id;
	int64_t n;
	enum verdict verdict;
	int64_t seq, version;	 /* applied, merged */
	const char *number;	 /* applied: the incident's number, or NULL */
	const char *note;	 /* merged: what was merged, for a person */
	enum err code;		 /* refused */
	const char *sentence;	 /* refused: why, for a person */
	const void *state;	 /* refused: the entity as it is now, or NULL */
	struct answer_by by;	 /* refused, merged: whose entry stands in the way */
	int64_t after;		 /* retry: seconds */
};
/* Appends one answer; these bytes are what a server keeps, and sends in answers and acks. */
void act_answer_encode(const struct act_answer *answer, struct str *out);
/* Appends the same answer for another number of the act; bytes are those of act_answer_encode. */
void act_answer_renumber(const char *bytes, size_t len, int64_t n, struct str *out);
enum err act_answer_decode(const char *bytes, size_t len, struct arena *arena,
			   struct act_answer *ret_answer, struct error *err) MUST_CHECK;

struct acts_answer {
	struct answer_head head;
	struct act_answer *items;
	size_t n;
};
void acts_answer_begin(struct str *out);
void acts_answer_add(struct str *out, const char *answer_bytes, size_t len);
void acts_answer_end(struct str *out, const struct answer_head *head);
enum err acts_answer_decode(const char *bytes, size_t len, struct arena *arena,
			    struct acts_answer *ret_answer, struct error *err) MUST_CHECK;

#endif
