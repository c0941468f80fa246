/* The filter language: the same in the prompt, saved views and `zhiban list --filter`.
 *
 * WORD, "a phrase", step:X street:X dept:X src:X sev>=X, due<2h, overdue, open, mine, hard, since:T,
 * !not, a b (and), a | b (or).  Names match by code, name or short name. */
#ifndef ZHIBAN_DOMAIN_FILTER_H
#define ZHIBAN_DOMAIN_FILTER_H

#include "zhiban/domain/rules.h"

struct filter; /* lives in the arena it was parsed into */

struct filter_error {
	size_t at, len;	  /* the word in bytes of the text */
	char text[400];	  /* sentence with the nearest valid words */
};

struct filter_ctx {
	const struct rules *rules;
	const struct actor *actor; /* for mine */
	int64_t now;
};

/* "" is a filter that lets all through.  ERR_INPUT and ret_error for an unknown field or value. */
enum err filter_parse(const char *text, const struct filter_ctx *ctx, struct arena *arena,
		      struct filter **ret_filter, struct filter_error *ret_error) MUST_CHECK;
bool filter_match(const struct filter *filter, const struct incident *incident,
		  const struct filter_ctx *ctx);
bool filter_needs_parts(const struct filter *filter); /* it looks at departments' shares */
bool filter_is_all(const struct filter *filter);

#endif
