/* The address table as a text: one CSV in canonical form, UTF-8, a header and a row a place, known
 * by its SHA-256 like a profile.
 *
 * What a district brings (other names of columns, other encodings, a table of divisions) is read
 * row by row, its organisations looked up in the rules, and written in that form; a row that does
 * not fit is rejected with its line and the reason, and stops nothing. */
#ifndef ZHIBAN_WIRE_PLACES_H
#define ZHIBAN_WIRE_PLACES_H

#include "zhiban/base/str.h"
#include "zhiban/domain/place.h"
#include "zhiban/domain/rules.h"

enum { PLACES_TEXT_MAX = 8 * 1024 * 1024 };

struct places_read {
	int64_t rows, kept, rejected;
	const char *encoding; /* static */
	struct str rejects;   /* CSV: line, reason, the row as JSON; the caller's to release */
};
/* From a file, into `out`.  words: the text of profiles/place-columns.conf.  ERR_INPUT when no
 * column of it is an address, or the file cannot be read; ERR_TOO_LARGE above PLACES_TEXT_MAX. */
enum err places_from_file(const char *path, const char *words, size_t len, const struct rules *rules,
			  struct str *out, struct places_read *ret_read, struct error *err)
	MUST_CHECK;

/* Each place of a canonical text; what it points to is valid during the call only.  Stops at the
 * first error of fn.  ERR_INPUT: it is no such text (names the line). */
typedef enum err (*place_fn)(void *ctx, const struct place *place, struct error *err);
enum err places_each(const char *text, size_t len, place_fn fn, void *ctx, struct error *err)
	MUST_CHECK;

#endif
