/* The outbox: acts the officer was told are safe.  Never disposable; its schema is frozen.
 *
 * Any process of the user appends; n is given in the same transaction, so it is contiguous.  An act
 * leaves the list when the feed has passed its seq (folded), or from the desk by its author
 * (outbox_desk.h).  Folded ones are kept for 30 days, the last 10,000: a restored server may lack
 * them. */
#ifndef ZHIBAN_STORE_OUTBOX_H
#define ZHIBAN_STORE_OUTBOX_H

#include "zhiban/base/arena.h"
#include "zhiban/base/uuid.h"
#include "zhiban/store/store.h"

enum act_state {
	ACT_PENDING,
	ACT_SENT,
	ACT_ANSWERED,
	ACT_REFUSED, /* on the desk */
	ACT_MERGED,  /* folded; on the desk because a note says what became of it */
};
enum { KEPT_DAYS = 30, KEPT_MOST = 10000 };

struct outbox_row { /* texts in the arena of the call */
	int64_t n;
	struct uuid id, target;
	const char *officer;	/* its author: whose token it is sent under */
	int64_t at;
	const char *body;	/* canonical bytes of the act */
	size_t len;
	enum act_state state;
	int64_t seq;		/* answered */
	int64_t version;	/* answered: of its target after it */
	const char *number, *note, *code, *sentence; /* "" when there is none */
	const char *theirs;	/* refused: the entity as JSON, or NULL */
	size_t theirs_len;
};
struct outbox_who { /* an officer's session on this console */
	const char *officer, *org, *role, *token;
	bool current;	/* logged in; else kept only until the acts are sent */
};

/* read_only: nothing can be appended.  ERR_CORRUPT says what to do: it is never remade by itself.
 * */
enum err outbox_open(const char *dir, bool read_only, struct store **ret_store, struct error *err)
	MUST_CHECK;

/* Gives the act its n and makes its bytes; inside the transaction.  after: the latest act on the
 * same target that is neither refused nor folded; nil: none.  bytes are borrowed until return. */
typedef enum err (*outbox_body_fn)(void *ctx, int64_t n, const struct uuid *after,
				   const char **ret_bytes, size_t *ret_len, struct error *err);
/* Whether a later act can hang on the waiting one of these bytes: a note always gets in, so what
 * comes behind it hangs on what came before it. */
typedef bool (*outbox_holds_fn)(const char *body, size_t len);
struct outbox_new {
	struct uuid id, target;
	const char *officer;
	int64_t at;
	outbox_body_fn body;
	void *ctx;
	outbox_holds_fn holds;	     /* NULL: each holds */
	const struct uuid *replaces; /* an act that leaves the desk for it; NULL: none */
	const char *seen;	     /* the entity as its author saw it, JSON; NULL: unknown */
	size_t seen_len;
};
/* Durable when this returns ERR_OK.  A transaction of its own.  ERR_NOT_FOUND: what it replaces does
 * not lie on the desk any more (another process was faster), and nothing was stored. */
enum err outbox_append(struct store *store, const struct outbox_new *act, int64_t *ret_n,
		       struct error *err) MUST_CHECK;

/* All acts by n, those of the desk too; rows in the arena. */
enum err outbox_list(struct store *store, struct arena *arena, struct outbox_row **ret_rows,
		     size_t *ret_n, struct error *err) MUST_CHECK;
/* The first unanswered acts, of one author, by n, at most max and max_bytes of bodies (at least 1). */
enum err outbox_unsent(struct store *store, size_t max, size_t max_bytes, struct arena *arena,
		       struct outbox_row **ret_rows, size_t *ret_n, struct error *err) MUST_CHECK;
struct outbox_counts {
	unsigned pending; /* not folded, not refused */
	unsigned unsent;  /* of them, without an answer */
	unsigned refused;
	unsigned merged; /* folded, with a note to be read */
};
enum err outbox_counts(struct store *store, struct outbox_counts *ret_counts, struct error *err)
	MUST_CHECK;

struct outbox_by { /* who was first */
	const char *officer, *org, *verb; /* officer NULL: none */
	int64_t at, seq;
};
struct outbox_answer {
	struct uuid id;
	bool refused;
	int64_t seq, version;
	const char *number, *note, *code, *sentence, *theirs; /* NULL: none */
	size_t theirs_len;
	struct outbox_by by;
};
/* Each a transaction of its own.  What has its answer keeps it. */
enum err outbox_answers(struct store *store, const struct outbox_answer *answers, size_t n,
			struct error *err) MUST_CHECK;
enum err outbox_mark_sent(struct store *store, int64_t from_n, int64_t to_n, struct error *err)
	MUST_CHECK;
/* The same for just these, all or none: ERR_GONE when one is no longer there as it was, because it
 * was taken back, or answered, meanwhile. */
struct outbox_leaving {
	struct uuid id;
	int64_t n;
};
enum err outbox_leave(struct store *store, const struct outbox_leaving *acts, size_t n,
		      struct error *err) MUST_CHECK;
/* The feed has passed seq: answered acts up to it are kept, those with a note on the desk.  Forgets
 * the kept ones that are too old.  now: ms UTC.  ret_n: how many were folded. */
enum err outbox_fold(struct store *store, int64_t seq, int64_t now, size_t *ret_n,
		     struct error *err) MUST_CHECK;
enum err outbox_foldable(struct store *store, int64_t seq, bool *ret_any,
			 struct error *err) MUST_CHECK; /* whether it would fold any */
/* The server lacks acts from n on: those answered or kept count as unsent again.  ret_missing: how
 * many of them are no longer here and were not dropped by their author. */
enum err outbox_resend(struct store *store, int64_t from_n, int64_t *ret_missing,
		       struct error *err) MUST_CHECK;
/* The last n given, 0: none; and n of the last act before n that the server was or is to be sent
 * and that is still known here, 0: none. */
enum err outbox_last(struct store *store, int64_t *ret_n, struct error *err) MUST_CHECK;
/* The last n that was answered and would be sent again; 0: none. */
enum err outbox_answered(struct store *store, int64_t *ret_n, struct error *err) MUST_CHECK;
enum err outbox_prev(struct store *store, int64_t n, int64_t *ret_prev, struct error *err)
	MUST_CHECK;
/* ---- console and officers ---- */

struct uuid outbox_console(struct store *store); /* nil when not enrolled */
enum err outbox_set_console(struct store *store, const struct uuid *console, struct error *err)
	MUST_CHECK;
/* Makes this officer the current one. */
enum err outbox_login(struct store *store, const struct outbox_who *who, struct error *err)
	MUST_CHECK;
/* Nobody is current; the token stays while acts of his are unsent. */
enum err outbox_logout(struct store *store, struct error *err) MUST_CHECK;
/* The token is not good any more (401): forgotten, the officer stays known. */
enum err outbox_token_bad(struct store *store, const char *officer, struct error *err) MUST_CHECK;
/* ERR_AUTH: nobody.  officer NULL: the current one. */
enum err outbox_who(struct store *store, const char *officer, struct arena *arena,
		    struct outbox_who *ret_who, struct error *err) MUST_CHECK;

/* ---- wishes to the worker: entities whose lines to fetch; the nil id: compare the cache ---- */
enum err outbox_want(struct store *store, const struct uuid *id, int64_t now, struct error *err)
	MUST_CHECK;
enum err outbox_wants(struct store *store, struct arena *arena, struct uuid **ret_ids,
		      size_t *ret_n, struct error *err) MUST_CHECK;
enum err outbox_want_done(struct store *store, const struct uuid *id, struct error *err) MUST_CHECK;

#endif
