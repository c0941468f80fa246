/* Numbers of official documents (发文字号): a word, the year, and a serial that is counted by both.
 *
 *	天联纪〔2026〕3号 */
#ifndef ZHIBAN_DOMAIN_DOC_NO_H
#define ZHIBAN_DOMAIN_DOC_NO_H

#include <stdint.h>

#include "zhiban/base/arena.h"

const char *doc_no(const char *word, int year, int64_t serial, struct arena *arena);
/* The serial in a number of that word and year, 0: it is none.  Round, square and corner brackets
 * and 第3号 are taken for the same. */
int64_t doc_no_serial(const char *number, const char *word, int year);
/* The jurisdiction's year of a moment. */
int doc_no_year(int64_t at, int offset_min);

#endif
