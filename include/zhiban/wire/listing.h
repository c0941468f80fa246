/* Short lists of texts, for people and for programs: accounts, codes, sessions, consoles, the audit
 * log.
 *
 * A listing has columns by key and holds copies of its rows; it is written as a table (headed, in
 * columns), tab-separated lines without a head, CSV with a head, a JSON array of objects, or one
 * object a line.  What stands in a terminal is cleaned. */
#ifndef ZHIBAN_WIRE_LISTING_H
#define ZHIBAN_WIRE_LISTING_H

#include "zhiban/base/arena.h"
#include "zhiban/base/error.h"
#include "zhiban/base/str.h"

enum { LISTING_COLUMNS = 12 };
enum listing_format { LISTING_TABLE, LISTING_TSV, LISTING_CSV, LISTING_JSON, LISTING_JSONL };
struct listing_column {
	const char *key;   /* in JSON and CSV */
	const char *title; /* msgid, of tables */
};
struct listing {
	const struct listing_column *columns; /* static */
	size_t n_columns;
	const char **cells; /* row by row */
	size_t n, cap;	    /* cells */
	struct arena arena;
};

void listing_init(struct listing *listing, const struct listing_column *columns, size_t n);
void listing_release(struct listing *listing);
/* One row: a text for each column; NULL: nothing. */
void listing_add(struct listing *listing, const char *const *cells);
void listing_write(const struct listing *listing, enum listing_format format, struct str *out);
/* "table", "tsv", "csv", "json", "jsonl"; NULL: `usual`.  ERR_INPUT names them. */
enum err listing_format(const char *word, enum listing_format usual,
			enum listing_format *ret_format, struct error *err) MUST_CHECK;

#endif
