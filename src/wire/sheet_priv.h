/* The blocks of a sheet, for those who write them out. */
#ifndef ZHIBAN_WIRE_SHEET_PRIV_H
#define ZHIBAN_WIRE_SHEET_PRIV_H

#include "zhiban/wire/sheet.h"

enum sheet_kind {
	SHEET_NOTE,
	SHEET_SECTION,
	SHEET_FACT,
	SHEET_PARAGRAPH,
	SHEET_LINES,
	SHEET_SIGN,
	SHEET_HEAD, /* of a table */
	SHEET_ROW,
};
struct sheet_block {
	enum sheet_kind kind;
	const char *label, *text; /* clean */
	const char **cells;	  /* clean */
	size_t n;
};

/* How many blocks of that kind stand behind each other from there. */
size_t sheet_run(const struct sheet *sheet, size_t from, enum sheet_kind kind);

void sheet_text_out(const struct sheet *sheet, struct str *out);

#endif
