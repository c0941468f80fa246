/* Import files: CSV (comma, semicolon or tab; UTF-8 with or without BOM, GB18030, UTF-16) and JSON
 * Lines, plain or gzip, read row by row; each row becomes an act `register` of historic intake.
 *
 * Encoding and separator are found from the first bytes.  Nothing is ever cut: a row that does not
 * fit is rejected with its line and the reason, and the next one is read. */
#ifndef ZHIBAN_WIRE_IMPORT_H
#define ZHIBAN_WIRE_IMPORT_H

#include <stdbool.h>

#include "zhiban/base/str.h"
#include "zhiban/domain/rules.h"

enum { IMPORT_COLUMNS = 256, IMPORT_ROW_MAX = 1024 * 1024 };

/* --- the file ------------------------------------------------------------------------------- */

struct import_row {
	int64_t line; /* of its first character, from 1 */
	const char *const *names;
	const char *const *values; /* UTF-8; "" when empty */
	size_t n;
	const char *source, *file; /* of a rejects file that is read again: as at first; or NULL */
};
struct import_file; /* a file that is being read */

enum err import_open(const char *path, struct import_file **ret_file, struct error *err) MUST_CHECK;
/* From memory, for tests; name is used in messages. */
enum err import_open_text(const char *name, const char *bytes, size_t len,
			  struct import_file **ret_file, struct error *err) MUST_CHECK;
void import_close(struct import_file *file);
/* The next row, valid until the next call; *ret_end instead at the end of the file.  ERR_INPUT:
 * this row is bad (names the line) and reading can go on, ret_row->line is set; any other error
 * ends it. */
enum err import_next(struct import_file *file, struct import_row *ret_row, bool *ret_end,
		     struct error *err) MUST_CHECK;
/* "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE" */
const char *import_encoding(const struct import_file *file);
/* Bytes on disk read, and in all (0: not known), for a progress bar. */
void import_progress(const struct import_file *file, int64_t *ret_at, int64_t *ret_size);

/* --- columns to fields ----------------------------------------------------------------------- */

struct import_map; /* which column is which field; opaque, lives in the arena */

/* words: text of profiles/import-columns.conf (NULL: field names only).  map: "FIELD=COLUMN,…" of
 * the command line or NULL; it goes before the words.  ERR_USAGE names the unknown field. */
enum err import_map_new(const char *words, size_t len, const char *map, struct arena *arena,
			struct import_map **ret_map, struct error *err) MUST_CHECK;

/* ERR_USAGE when the command line names a column that the row does not have. */
enum err import_map_check(const struct import_map *map, const struct import_row *row,
			  struct error *err) MUST_CHECK;

struct import_ctx {
	const struct rules *rules;
	const struct import_map *map;
	const char *source; /* of all rows (--source); NULL: each row's own, or the file's name */
	const char *file;   /* its name without folder and endings: import_file_name */
	int64_t now;	    /* the import moment: for rows without a time */
	struct actor actor;
	bool live; /* not out of history: registered at `now`, its clocks run */
	/* NULL, or: where the column goes that a row is rejected for; its sentence then is without
	 * line and column.  In the row, or a constant. */
	const char **ret_column;
};
/* "boston311_2011" of "data/boston311_2011.csv.gz"; in the arena. */
const char *import_file_name(const char *path, struct arena *arena);

/* A row as an act: target a new incident whose id comes from source and outside number (so the same
 * row is the same incident again; a row without number is known by its words), args of the register
 * act, "historic" set, unknown columns as "attr" NAME=VALUE, at = the row's time.  Categories that
 * are not the profile's stay as they are (register puts them under other_category and keeps the
 * words).  A row without title takes the beginning of its text, else its category or address.
 * ERR_INPUT: rejected, why. */
enum err import_act(const struct import_ctx *ctx, const struct import_row *row, struct arena *arena,
		    struct act *ret_act, struct error *err) MUST_CHECK;
/* A rejects file is CSV: reject_line, reject_reason, reject_source, reject_file, then the columns of
 * the table (of JSON Lines one, "row", with the row as JSON).  Corrected it is imported as it is:
 * rows have the source, the name and, where nothing was changed, the id that they had.  begin: once a
 * row was read; source and name as in import_ctx. */
void import_rejects_begin(const struct import_file *file, struct str *out);
void import_rejects_add(const struct import_file *file, const struct import_row *row,
			const char *reason, const char *source, const char *name, struct str *out);
/* One line of the rejects of another table (CSV): line, reason, the row as JSON. */
void import_reject(const struct import_row *row, const char *reason, struct str *out);
void import_reject_header(struct str *out);

#endif
