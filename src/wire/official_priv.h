/* The blocks of an official document. */
#ifndef ZHIBAN_WIRE_OFFICIAL_PRIV_H
#define ZHIBAN_WIRE_OFFICIAL_PRIV_H

#include "zhiban/wire/official.h"

enum block_sort { BLOCK_HEADING, BLOCK_TEXT, BLOCK_NAMES, BLOCK_ATTACH, BLOCK_ROW };
struct official_block {
	enum block_sort sort;
	int level;	   /* of a heading */
	const char *label; /* of names; the number of a heading */
	const char *text;
	const char **cells;
	size_t n;
};

/* "X：", as this tongue has it; "附件：1. X" of the i-th of n attachments. */
const char *official_label(const char *label, struct arena *arena);
size_t official_attachments(const struct official *official);
/* Above the attachment whose block is at `at`: "附件", of several "附件1". */
const char *official_attachment_head(const struct official *official, size_t at, struct arena *arena);
const char *official_attachment_name(const struct official *official, size_t i, struct arena *arena);
/* Rows of the attachment whose block is at `at`. */
size_t official_rows(const struct official *official, size_t at);

void official_as_text(const struct official *official, struct str *out);
void official_as_html(const struct official *official, struct str *out);
void official_as_markdown(const struct official *official, struct str *out);

#endif
