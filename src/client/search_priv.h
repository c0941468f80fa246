/* What finding texts and making their index share. */
#ifndef ZHIBAN_CLIENT_SEARCH_PRIV_H
#define ZHIBAN_CLIENT_SEARCH_PRIV_H

#include "zhiban/client/search.h"
#include "zhiban/domain/act.h"
#include "zhiban/store/cache.h"

typedef void (*search_text_fn)(void *ctx, enum search_where where, const char *text);
/* The texts of an incident with long texts, then the words of its timeline that are here. */
enum err search_texts(struct store *cache, const struct incident *incident, search_text_fn fn,
		      void *ctx, struct error *err) MUST_CHECK;
/* The words of one act; what it registered stands in the incident. */
void search_act_texts(const struct act *act, search_text_fn fn, void *ctx);

/* Rows that may pass the filter, by the index; ret_narrows false: it cannot tell. */
enum err search_narrow(struct client *client, const struct filter *filter, bool *ret_narrows,
		       struct ties *ret_ties, struct error *err) MUST_CHECK;
/* So few are put in order and read one by one; more are picked out of the order. */
bool search_are_few(struct client *client, const struct ties *ties, bool open_only, bool filtered);
/* The next row of a set behind *tie; 0: that was the last. */
enum err search_next_tie(struct client *client, const struct ties *ties, int64_t *tie,
			 struct error *err) MUST_CHECK;

#endif
