/* Records of comma- or tab-separated text (RFC 4180): quoted cells may hold separators, doubled
 * quotes and newlines; lines end with LF, CR LF or CR. */
#ifndef ZHIBAN_BASE_CSV_H
#define ZHIBAN_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/str.h"

struct csv_record {
	int64_t line; /* of its first character, from 1 */
	struct str text; /* all cells, each ended by NUL */
	size_t *at;	 /* where each cell begins in text */
	size_t n, cap;
};
struct csv {
	char sep;
	int64_t line; /* of the next character; the caller sets 1 */
};

void csv_record_release(struct csv_record *record);
const char *csv_cell_at(const struct csv_record *record, size_t i);
/* Takes one record from the front of the text.  *ret_used 0: the record has not ended (more text is
 * needed); with last it ends with the text.  Blank lines are records of one empty cell.  ERR_INPUT
 * names the line: a quote that never ends, text after a closing quote is taken as it is. */
enum err csv_next(struct csv *csv, const char *text, size_t len, bool last,
		  struct csv_record *record, size_t *ret_used, struct error *err) MUST_CHECK;

#endif
