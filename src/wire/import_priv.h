/* Inside wire/: bytes of an import file as UTF-8, piece by piece. */
#ifndef WIRE_IMPORT_PRIV_H
#define WIRE_IMPORT_PRIV_H

#include <iconv.h>

#include "zhiban/base/csv.h"
#include "zhiban/wire/import.h"
#include "zhiban/wire/pack.h"

enum { IMPORT_CHUNK = 64 * 1024, IMPORT_LOOK = 256 * 1024 };

/* What stands for bytes that are no text in the file's encoding, and for NUL: it is not UTF-8, so
 * the row that holds it is refused. */
#define IMPORT_BAD '\xFF'

struct text_source {
	struct packed_file *file; /* or NULL: bytes */
	const char *bytes;
	size_t left;
	const char *encoding;
	iconv_t cd;	  /* (iconv_t)-1: UTF-8, nothing to convert */
	struct str raw;	  /* bytes read and not yet converted */
	struct str text;  /* UTF-8; `at` bytes of it are used up */
	size_t at;
	bool end; /* all is in text */
};

/* Columns of a rejects file before those of the rows: where the row stood, why it was rejected, of
 * which source and file it is. */
enum { REJECT_COLUMNS = 4 };
bool rejects_is_header(const char *const *columns, size_t n);
bool rejects_is_json(const char *const *columns, size_t n); /* the rows in it are JSON */
/* Takes those columns off a row, and a row of JSON apart; NULL, or why it is none. */
const char *rejects_row(struct import_row *row, struct arena *arena);
/* The columns of a table that is read; 0: rows of JSON, or no header was read yet. */
size_t import_columns(const struct import_file *file, const char *const **ret_columns);

/* Reads the first bytes and tells the encoding. */
enum err source_open(struct text_source *source, struct error *err) MUST_CHECK;
void source_release(struct text_source *source);
/* Adds a piece to text; sets end when there is no more. */
enum err source_fill(struct text_source *source, struct error *err) MUST_CHECK;

/* A JSON object as a row, without a line: texts as they are, other values as they are written.
 * NULL, or why not. */
struct json;
const char *import_row_of(const struct json *json, struct arena *arena, struct import_row *ret_row);

#endif
