/* What an index finds texts by: overlapping pairs of characters.
 *
 * A text is folded (text_fold) and cut at everything that is neither a letter nor a digit; of each run
 * every pair of neighbours is a term, so that any piece of two characters or more can be found, in
 * Chinese too, where nothing marks a word.  A text that has all terms of a word need not have the
 * word: who asks an index looks at the text as well (gram_words_in). */
#ifndef ZHIBAN_BASE_GRAM_H
#define ZHIBAN_BASE_GRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/str.h"

struct grams { /* terms; positive numbers below 2^42 */
	int64_t *items;
	size_t n, cap;
};
#define GRAMS_INIT { .items = NULL }

void grams_add(struct grams *grams, const char *text); /* NULL: nothing */
void grams_sort(struct grams *grams); /* ascending, each once */
void grams_release(struct grams *grams);

/* Words that are looked for, apart by blanks, folded; each must be found. */
enum { GRAM_WORDS = 8 };
struct gram_words {
	struct str folded;
	const char *word[GRAM_WORDS];
	size_t n;
};
/* ERR_INPUT: none, too many, or one of a single character (no pair), with a sentence. */
enum err gram_words_parse(const char *text, struct gram_words *ret_words,
			  struct error *err) MUST_CHECK;
/* The same for whoever can do without an index: "A-2" has no pair, and is a word all the same. */
enum err gram_words_split(const char *text, struct gram_words *ret_words,
			  struct error *err) MUST_CHECK;
void gram_words_release(struct gram_words *words);
/* Whether each word stands somewhere in the folded text. */
bool gram_words_in(const struct gram_words *words, const char *folded);
/* Where the words stand in a text as it is, to mark them: in order, none over another, at most max;
 * returns how many. */
struct gram_span {
	size_t at, len; /* bytes */
};
size_t gram_words_spans(const struct gram_words *words, const char *text, struct gram_span *spans,
			size_t max);

#endif
