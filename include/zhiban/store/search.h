/* The cache's index of texts: which incidents have which pairs of characters (base/gram.h).
 *
 * * It is made behind the feed, a slice at a time, by whoever writes the cache; what it has not come
 * to yet, and what has changed since, counts as fitting every word.  So what it gives holds all that
 * fits, and more: who asks looks at the texts as well.  It has no personal value in it.
 *
 * * A row is named by its tie (page.h).  The postings lie in parts, each written once, in order, and
 * merged with others later: a part is a row of gram_part, its pages are rows of gram. */
#ifndef ZHIBAN_STORE_SEARCH_H
#define ZHIBAN_STORE_SEARCH_H

#include "zhiban/base/gram.h"
#include "zhiban/domain/incident.h"
#include "zhiban/store/store.h"

/* ---- reading ---- */

struct search_state {
	int64_t rows;	 /* incidents here */
	int64_t waiting; /* of these the index has not come to, or they have changed since */
};
enum err cache_search_state(struct store *store, struct search_state *ret_state,
			    struct error *err) MUST_CHECK;

struct ties { /* a set of rows */
	uint64_t *bits;
	int64_t end;	/* ties below have a bit; */
	int64_t rest;	/* those above this one all belong to it */
	int64_t n;	/* bits that are set */
};
#define TIES_INIT { .bits = NULL }
void ties_release(struct ties *ties);
void ties_add(struct ties *ties, int64_t tie);
bool ties_has(const struct ties *ties, int64_t tie);
/* The next one behind a tie, of those that have a bit; 0: none.  From 0 on: all of them, ascending. */
int64_t ties_next(const struct ties *ties, int64_t tie);
/* into becomes what is in either; what is in both. */
void ties_unite(struct ties *into, const struct ties *other);
void ties_intersect(struct ties *into, const struct ties *other);

/* Rows that may have all of these terms, or that the index cannot tell of.  No terms: all. */
enum err cache_search_all(struct store *store, const struct grams *terms, struct ties *ret_ties,
			  struct error *err) MUST_CHECK;

/* The rows behind a tie, ascending, at most n. */
enum err cache_ties(struct store *store, int64_t behind, size_t n, int64_t *ret_ties, size_t *ret_n,
		    struct error *err) MUST_CHECK;
int64_t cache_last_tie(struct store *store); /* 0: no row */
int64_t cache_open_rows(struct store *store); /* how many incidents are open */

/* In how many rows each term is (as many numbers as terms); a little too many where rows have
 * changed.  *ret_of: of so many rows. */
enum err cache_search_counts(struct store *store, const struct grams *terms, int64_t *ret_counts,
			     int64_t *ret_of, struct error *err) MUST_CHECK;

/* Incidents that are open, or on which something was done since a moment. */
enum err cache_search_live(struct store *store, int64_t moved_since, struct ties *ret_ties,
			   struct error *err) MUST_CHECK;

/* Rows that share the most with a text, by the weight of the terms: the rarer a term, the more, as
 * log2(of / in how many).  Terms in more than one row of COMMON tell nothing and are left out. */
enum { SEARCH_COMMON = 20 };
struct search_near {
	int64_t tie;
	int64_t weight; /* in 64ths of a bit; -1: the index has not come to it */
};
/* The best first, of equals the newest, at most max, of those in among (NULL: of all); behind them,
 * of those that the index cannot tell of, the newest at_most_waiting.  In the arena. */
enum err cache_search_near(struct store *store, const struct grams *terms, const struct ties *among,
			   size_t max, size_t at_most_waiting, struct arena *arena,
			   struct search_near **ret_near, size_t *ret_n, struct error *err)
	MUST_CHECK;

/* ---- making (by the one that writes) ---- */

struct search_batch; /* postings on their way into a part, in memory */
struct search_batch *search_batch_new(void);
void search_batch_free(struct search_batch *batch); /* NULL is fine */
/* The next rows to be looked at behind those of the batch, ascending: some that have changed, some
 * never looked at; some may be gone.  Each is added, one after the other, or the batch is cleared. */
enum err cache_search_next(struct store *store, struct search_batch *batch, size_t max,
			   int64_t *ret_ties, size_t *ret_n, struct error *err) MUST_CHECK;
/* The terms are sorted, each once; none for what is gone. */
void search_batch_add(struct search_batch *batch, int64_t tie, const struct grams *terms);
bool search_batch_full(const struct search_batch *batch); /* no row more */
size_t search_batch_rows(const struct search_batch *batch);
int64_t search_batch_last(const struct search_batch *batch); /* tie; 0: none */
void search_batch_clear(struct search_batch *batch); /* gives its memory back */
/* Inside store_tx: the batch becomes a part; its rows wait no longer, unless they have changed since
 * they were read.  Clear it after the commit. */
enum err cache_search_put(struct store *store, struct search_batch *batch, struct error *err)
	MUST_CHECK;
/* Inside store_tx: some pages of a merge, if there is one to do.  ret_more: something was done. */
enum err cache_search_merge(struct store *store, size_t pages, bool *ret_more, struct error *err)
	MUST_CHECK;
/* Inside store_tx: these texts of a row have changed, or the row is new. */
enum err cache_search_touch(struct store *store, int64_t tie, struct error *err) MUST_CHECK;
enum err cache_search_touch_id(struct store *store, const struct uuid *id, struct error *err)
	MUST_CHECK;

#endif
