/* What the files of the index of texts share: its pages, read and written. */
#ifndef ZHIBAN_STORE_SEARCH_PRIV_H
#define ZHIBAN_STORE_SEARCH_PRIV_H

#include "zhiban/store/search.h"

#include "cache_priv.h"

enum { TERM_BITS = 42, PART_SHIFT = TERM_BITS };
enum part_state { PART_USED, PART_MADE, PART_GONE };

struct part_row {
	int64_t part, base, rows;
};
/* Parts in use, by their base; free() them. */
enum err search_parts(struct store *store, struct part_row **ret_parts, size_t *ret_n,
		      struct error *err) MUST_CHECK;
int64_t search_key(int64_t part, int64_t term);

/* A page: for each term how far it is from the one before, how many rows, then the rows as
 * distances, the first from the part's base; of more than one with their length in bytes before. */
struct page_walk {
	const unsigned char *at, *end;
	int64_t term; /* of the entry that is read */
	int64_t rows;
	const unsigned char *list;
	size_t len;
};
void page_begin(struct page_walk *walk, const void *bytes, size_t len, int64_t id);
bool page_next(struct page_walk *walk); /* false: the end, or what is no page */
uint64_t varint_get(const unsigned char **at, const unsigned char *end);
void varint_put(struct str *out, uint64_t value);

struct page_writer { /* pages of one part, in order of terms */
	struct store *store;
	int64_t part, base, first, last;
	struct str page, list;
	size_t written;
};
/* Rows ascending, each once.  Pages that are full are stored. */
enum err writer_add(struct page_writer *writer, int64_t term, const int64_t *ties, size_t n,
		    struct error *err) MUST_CHECK;
enum err writer_end(struct page_writer *writer, struct error *err) MUST_CHECK;
void writer_release(struct page_writer *writer);

/* An unused number. */
enum err search_new_part(struct store *store, int64_t base, int64_t rows, enum part_state state,
			 int64_t *ret_part, struct error *err) MUST_CHECK;
int64_t searched_to(struct store *store); /* rows up to this tie have been looked at */

#endif
