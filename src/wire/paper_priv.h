/* Rows as a document for people: HTML and Markdown. */
#ifndef ZHIBAN_WIRE_PAPER_PRIV_H
#define ZHIBAN_WIRE_PAPER_PRIV_H

#include "zhiban/wire/jsonout.h"

void paper_begin(const struct out_rows *rows, struct str *out);
void paper_add(const struct out_rows *rows, const void *thing, struct str *out);
void paper_end(const struct out_rows *rows, struct str *out);

#endif
