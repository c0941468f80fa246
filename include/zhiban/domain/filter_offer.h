/* What could stand at the cursor of a filter: fields, flags, names of values.
 *
 * What is typed of a word is compared with the field's names, its title, flags in either language,
 * and the names that a field's value may have, by characters or in pinyin (candidate.h); alone it
 * may also be the beginning of a street or department.  What is offered replaces the word from
 * `from` on and means what its help says. */
#ifndef ZHIBAN_DOMAIN_FILTER_OFFER_H
#define ZHIBAN_DOMAIN_FILTER_OFFER_H

#include "zhiban/domain/filter.h"

struct filter_offer { /* strings in the arena or of the rules */
	const char *word;
	const char *help;
};
struct filter_offers {
	struct filter_offer *items; /* the best first */
	size_t n, cap;
	size_t from; /* byte of the text; up to the cursor it is replaced */
};

enum { FILTER_OFFERS = 60 }; /* no more are made */

/* at: the cursor, in bytes. */
void filter_offers(const char *text, size_t at, const struct filter_ctx *ctx, struct arena *arena,
		   struct filter_offers *ret_offers);
/* The text without its last word, while that may still become a field ("ste") or a flag; in the
 * arena when it is not the text itself. */
const char *filter_finished(const char *text, struct arena *arena);

#endif
