/* Finding incidents by words in what is here: title, text, address, numbers, result and reply, and
 * the words of the timeline.  As shown (cache + overlay); no personal value is looked at.
 *
 * The index (store/search.h) says where to look; each row is looked at before it counts, and what
 * the index has not come to is looked at as well, so that nothing is missed: it only takes longer. */
#ifndef ZHIBAN_CLIENT_SEARCH_H
#define ZHIBAN_CLIENT_SEARCH_H

#include "zhiban/base/gram.h"
#include "zhiban/client/rows.h"

/* How much of what is here the index knows. */
struct client_indexed {
	int64_t rows, waiting;
};
enum err client_indexed(struct client *client, struct client_indexed *ret_indexed,
			struct error *err) MUST_CHECK;

enum { SEARCH_HITS = 1000 }; /* no more are gathered */
struct client_search_ask {
	const char *words;	/* apart by blanks; each must be found */
	const struct filter *filter; /* NULL: none; with ctx borrowed till the search is freed */
	const struct filter_ctx *ctx;
	bool by_relevance; /* else in board order */
};
struct client_search;
/* ERR_INPUT: no words, or too many, with a sentence. */
enum err client_search_new(struct client *client, const struct client_search_ask *ask,
			   struct client_search **ret_search, struct error *err) MUST_CHECK;
void client_search_free(struct client_search *search); /* NULL is fine */
/* Looks at no more than budget rows.  In board order what was found stays where it stands; by
 * relevance more may come between. */
enum err client_search_step(struct client_search *search, size_t budget, struct error *err)
	MUST_CHECK;
bool client_search_done(const struct client_search *search); /* or SEARCH_HITS are found */
size_t client_search_found(const struct client_search *search);
size_t client_search_looked(const struct client_search *search);
/* Rows that may still fit, by the index: the most that can be found. */
int64_t client_search_most(const struct client_search *search);
const struct gram_words *client_search_words(const struct client_search *search);

enum search_where { WHERE_TITLE, WHERE_NUMBER, WHERE_ADDRESS, WHERE_TEXT, WHERE_NOTE, WHERE_COUNT };
struct client_hit {
	struct client_row row;
	enum search_where where; /* the best place one of the words stands in */
};
/* Hits first … first+n-1; fewer when one has gone since. */
enum err client_search_hits(struct client_search *search, size_t first, size_t n,
			    struct arena *arena, struct client_hit *ret_hits, size_t *ret_n,
			    struct error *err) MUST_CHECK;
/* The index of an incident among the hits, or -1. */
int64_t client_search_index(const struct client_search *search, const struct uuid *id);
/* What is around a word where a hit has it best, cleaned; NULL: it is there no more.  In the arena. */
enum err client_search_snippet(struct client_search *search, const struct uuid *id,
			       struct arena *arena, enum search_where *ret_where,
			       const char **ret_snippet, struct error *err) MUST_CHECK;

/* ---- what the server finds beyond what is kept here ---- */

/* One page of its answer, in memory alone. */
struct client_found;
enum err client_found_read(const char *body, size_t len, struct client_found **ret_found,
			   struct error *err) MUST_CHECK;
void client_found_free(struct client_found *found); /* NULL is fine */
/* Takes it over (NULL: forgets all): more: behind those kept before, else in their place.
 * client_get knows what is kept; acts on it are refused. */
void client_found_keep(struct client *client, struct client_found *found, bool more);
/* Those that are not here, newest first. */
size_t client_found_count(const struct client *client);
const struct incident *client_found_at(const struct client *client, size_t i);
const struct incident *client_found_of(const struct client *client, const struct uuid *id);
bool client_is_found(struct client *client, const struct uuid *id); /* there, and not here */
/* Where its next page begins, 0: there is none; and whether its index has come to everything. */
int64_t client_found_next(const struct client *client);
bool client_found_whole(const struct client *client);
/* The path to ask for; before: of client_found_next, 0 for the first page. */
struct str;
void client_found_path(const char *words, int64_t before, struct str *out);

/* ---- what is like a text ---- */

/* The incidents that share the most with a text by the weight of what they share (a rare pair of
 * characters tells more): at most max, the best first, and behind them the newest of those that the
 * index has not come to (weight -1), and new ones of the outbox.  Whole as shown they are read with
 * client_get.  moved_since: only open ones and those on which something was done since then (0: of
 * all).  A matter of milliseconds, also with 1,000,000. */
struct client_near {
	struct uuid id;
	int64_t weight; /* 64ths of a bit; -1: not known */
};
enum err client_search_near(struct client *client, const struct grams *grams, int64_t moved_since,
			    size_t max, struct arena *arena, struct client_near **ret_near,
			    size_t *ret_n, struct error *err) MUST_CHECK;
/* In how many incidents each of the grams is (document frequencies), of how many. */
enum err client_search_counts(struct client *client, const struct grams *grams,
			      int64_t *ret_counts, int64_t *ret_of, struct error *err) MUST_CHECK;

#endif
