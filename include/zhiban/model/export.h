/* A list of incidents as a file: what its filter lets through, in its order, and nothing else. */
#ifndef ZHIBAN_MODEL_EXPORT_H
#define ZHIBAN_MODEL_EXPORT_H

#include "zhiban/model/board.h"
#include "zhiban/model/columns.h"

enum { EXPORT_MOST = 50000 }; /* rows: about a second; more is for `zhiban list --out` */

/* The format is that of the file's name (wire/jsonout.h); CSV is for a spreadsheet.  columns n 0: the
 * board's own.  ERR_TOO_LARGE says what to do instead. */
enum err export_board(struct board *board, const struct columns *columns, const char *path,
		      size_t *ret_n, struct error *err) MUST_CHECK;

#endif
