/* Inside a search. */
#ifndef ZHIBAN_CLIENT_SEARCH_HITS_PRIV_H
#define ZHIBAN_CLIENT_SEARCH_HITS_PRIV_H

#include "zhiban/store/search.h"

#include "rows_priv.h"
#include "search_priv.h"

struct search_hit {
	struct uuid id;
	int64_t a, b, tie; /* its place on the board */
	enum search_where where;
	unsigned weight;
};
struct search_place {
	int64_t a, b, tie;
};
struct client_search {
	struct client *client;
	struct gram_words words;
	const struct filter *filter;
	const struct filter_ctx *ctx;
	struct client_order order;
	bool by_relevance, few, done;
	struct ties ties; /* to be looked at */
	struct uuid named; /* found by its id or local mark; nil: none */
	int64_t tie, most;
	struct search_place *places; /* of a few: put in order first, then looked at */
	size_t n_places, cap_places, place;
	bool placed;
	struct row_key at;
	struct search_hit *hits;
	size_t n, cap, looked;
	struct arena arena; /* of one chunk */
	struct str folded;
};

struct search_plain { /* incident_texts of an incident without a timeline */
	search_text_fn fn;
	void *ctx;
};
void search_plain_text(void *ctx, const struct field *field, const char *text);

#endif
