/* A document made of headings, facts, tables and places to sign, that is written as text (for a
 * terminal or a printer of 80 columns), Markdown, HTML (A4) or, its tables alone, CSV for a
 * spreadsheet.
 *
 * Whatever is put in may be outside text: it is cleaned here, and escaped as the format wants. */
#ifndef ZHIBAN_WIRE_SHEET_H
#define ZHIBAN_WIRE_SHEET_H

#include "zhiban/base/arena.h"
#include "zhiban/base/error.h"
#include "zhiban/base/str.h"

enum sheet_format { SHEET_TEXT, SHEET_MARKDOWN, SHEET_HTML, SHEET_CSV };
/* "text", "markdown", "html", "csv"; ERR_USAGE. */
enum err sheet_format_find(const char *word, enum sheet_format *ret_format) MUST_CHECK;
/* By the end of a file's name: .txt .md .html .htm .csv; ERR_USAGE names them. */
enum err sheet_format_of_file(const char *path, enum sheet_format *ret_format,
			      struct error *err) MUST_CHECK;

enum { SHEET_COLUMNS = 80, SHEET_WIDE = 132 };

struct sheet {
	struct arena arena;
	const char *title;
	int columns; /* of the text: SHEET_COLUMNS unless somebody says otherwise */
	struct sheet_block *blocks;
	size_t n, cap;
};
/* Everything given is copied. */
void sheet_init(struct sheet *sheet, const char *title);
void sheet_release(struct sheet *sheet);
void sheet_note(struct sheet *sheet, const char *text);	   /* a small line: of when, by whom */
void sheet_section(struct sheet *sheet, const char *title); /* what follows stands under it */
/* A label and its text; nothing when the text is NULL or empty. */
void sheet_fact(struct sheet *sheet, const char *label, const char *text);
void sheet_text(struct sheet *sheet, const char *text);	 /* a paragraph */
void sheet_lines(struct sheet *sheet, const char *text); /* lines that stay lines */
void sheet_sign(struct sheet *sheet, const char *label); /* behind it a line to write on */
/* A table begins; rows with as many cells follow.  Cells may be NULL: empty. */
void sheet_table(struct sheet *sheet, const char *const *titles, size_t n);
void sheet_row(struct sheet *sheet, const char *const *cells);

void sheet_write(const struct sheet *sheet, enum sheet_format format, struct str *out);

#endif
