/* Whether two reports tell of the same thing: what many callers about one event look like.
 *
 * Pure.  Texts are compared by their pairs of characters (base/gram.h), a rare pair weighing more
 * than a common one; the title and the address count double.  How much of one title stands in the
 * other report counts beside it, because a caller's three words meet another's three hundred.  Then
 * come the place (the same grid, community or street; elsewhere it must be nearly at once, because
 * desks write the same words for the same matter everywhere) and how far apart in time they are.
 *
 * How rare a pair is must be known for the pairs of the one report only that is asked about
 * (similar_weigh); what the other has beside them is taken as average.  So a question costs one
 * look at an index, however many reports it is compared with. */
#ifndef ZHIBAN_DOMAIN_SIMILAR_H
#define ZHIBAN_DOMAIN_SIMILAR_H

#include <stdint.h>

#include "zhiban/base/gram.h"

struct incident;

struct similar_report {
	const char *title, *text, *address;	/* NULL or "": not known */
	const char *street, *community, *grid;	/* ids of organisations; NULL: not known */
	int64_t at;				/* when it was reported, UTC ms; 0: not known */
};
/* The report that an incident is; borrows its texts. */
struct similar_report similar_report_of(const struct incident *incident);

enum {
	SIMILAR_MOST = 1000,   /* the same words */
	SIMILAR_LIKELY = 340,  /* worth showing: of ten such pairs about nine are the same */
	SIMILAR_TEXT = 2400,   /* bytes of a text that are looked at, from its beginning */
};

struct similar; /* the report that is asked about, ready to be compared; owns copies */
struct similar *similar_new(const struct similar_report *report);
void similar_free(struct similar *similar); /* NULL is fine */
/* Its pairs, sorted, each once: what an index is asked by.  Lives as long as similar. */
const struct grams *similar_grams(const struct similar *similar);
/* In how many reports each of these pairs is, of how many.  Without this call all weigh the same. */
void similar_weigh(struct similar *similar, const int64_t *counts, int64_t of);
/* Of its pairs those that are worth asking an index by: the rarest that are in a report beside its
 * own (counted: it is among those that were counted), at most `most`, a pair of the title or the
 * address before one of the text that is four times as rare.  Sorted; the caller's (grams_release). */
void similar_rarest(const struct similar *similar, const int64_t *counts, bool counted, size_t most,
		    struct grams *ret_grams);
/* 0 to SIMILAR_MOST. */
int similar_score(const struct similar *similar, const struct similar_report *other);

#endif
