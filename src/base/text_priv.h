/* What the files of text share. */
#ifndef ZHIBAN_BASE_TEXT_PRIV_H
#define ZHIBAN_BASE_TEXT_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Columns of a code point as wcwidth tells them; -1 for a character that the C library does not
 * know, so that no terminal program can place it. */
int text_width(uint32_t cp);

int text_columns_of(const char *s, size_t len); /* of some bytes of clean text */

/* Printable ASCII, the common ideographs, CJK punctuation and full-width ASCII: nothing combines
 * with them or between them, so that the two scripts that fill our screens need no tables. */
static inline bool text_plain_wide(uint32_t cp)
{
	return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3000 && cp <= 0x3029) ||
	       (cp >= 0xFF01 && cp <= 0xFF60);
}

static inline bool text_plain(uint32_t cp)
{
	return (cp >= 0x20 && cp < 0x7F) || text_plain_wide(cp);
}

#endif
