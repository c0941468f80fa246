/* Output for programs: rows as JSON, JSON Lines or CSV, one entity with its timeline, the status; and
 * the same rows as paper: HTML to print, Markdown to paste.
 *
 * JSON keys are those of the field tables, "id" first, values as on the wire (times in ms UTC).
 * Characters that could steer a terminal stand as \uXXXX escapes, so the data are exact and the
 * screen is safe.  Personal fields are masked.  CSV (RFC 4180, but rows end with LF): header from
 * the fields' titles, values as people read them, cleaned; text that a
 * spreadsheet would take for a formula is guarded.  HTML and Markdown have the fields' titles and the
 * values as people read them, with everything of theirs escaped. */
#ifndef ZHIBAN_WIRE_JSONOUT_H
#define ZHIBAN_WIRE_JSONOUT_H

#include "zhiban/base/str.h"
#include "zhiban/domain/effect.h"
#include "zhiban/domain/rules.h"

enum out_format { OUT_JSON, OUT_JSONL, OUT_CSV, OUT_HTML, OUT_MARKDOWN };
enum err out_format_find(const char *word, enum out_format *ret_format) MUST_CHECK; /* ERR_USAGE */
/* By the end of a file's name: .csv .html .htm .md .json .jsonl.  ERR_USAGE names them. */
enum err out_format_of_file(const char *path, enum out_format *ret_format,
			    struct error *err) MUST_CHECK;

struct out_rows {
	enum out_format format;
	const struct field *const *fields; /* columns */
	size_t n_fields;
	const struct rules *rules; /* labels for CSV; NULL: codes */
	int offset_min;		   /* of times in CSV */
	bool clear;		   /* personal values as they are, not masked */
	bool guard;		   /* CSV: no cell can be taken for a formula (see csv_guarded) */
	bool sheet;		   /* CSV for WPS and Excel: a byte order mark, lines end with CR LF */
	const char *title, *note;  /* HTML and Markdown: above the rows; NULL none */
	size_t n;		   /* rows written */
};
/* The caller writes out and clears it between rows as it likes. */
void out_rows_begin(struct out_rows *rows, struct str *out);
/* thing: the struct that the fields' offsets are of. */
void out_rows_add(struct out_rows *rows, const struct uuid *id, const void *thing, struct str *out);
void out_rows_end(struct out_rows *rows, struct str *out);
/* Plain CSV and JSON pieces for lists that are no entities. */
void csv_cell(struct str *out, const char *text); /* cleaned, quoted when it must be */
/* The same for a spreadsheet: text that would begin a formula (= + - @, a tab, a return) stands
 * behind an apostrophe, as they show text themselves; plain numbers stay. */
void csv_guarded(struct str *out, const char *text);
/* Text within HTML (cleaned, & < > " escaped, lines broken by <br>) and within a cell of a Markdown
 * table (cleaned, on one line, its signs escaped). */
void html_text(struct str *out, const char *text);
void markdown_text(struct str *out, const char *text);
/* Text whose lines stay lines in Markdown: two blanks end each but the last, and indent stands before
 * each but the first. */
void markdown_lines(struct str *out, const char *text, const char *indent);
/* A document's beginning and end: the style is within it, so that it is one file; prints on A4. */
void html_begin(struct str *out, const char *title);
void html_end(struct str *out);
void json_text(struct str *out, const char *text); /* "…", safe for a terminal */

/* {"id",…fields…,"clock":[…],…,"timeline":[{"seq","at","recv","eff","verb","label","officer","org",
 * "role","args":{…}}…]} and a newline. */
void show_json(const void *entity, const struct rules *rules, const struct entry *entries, size_t n,
	       struct str *out);

/* Parts of it, on one line: the entity alone; what an act carries. */
void json_entity(struct str *out, const void *entity);
void json_given(struct str *out, const struct act *act);

struct console_status { /* zhiban status --json */
	bool online;
	const char *server, *epoch, *link, *reason;
	int64_t since, unsent, sent; /* of pending, without an answer; of these, sent */
	int64_t cursor, pending, refused, data_age_s, bytes_in, bytes_out;
	int64_t unread; /* done, with a note on the desk */
	const char *console_version, *server_version; /* server's "" when not known */
	int64_t protocol;
};
void status_json(const struct console_status *status, struct str *out);

#endif
