/* Text from outside: checked, measured, cut and made harmless.
 *
 * All text in zhiban is UTF-8.  Columns are terminal cells as wcwidth counts them in the C.UTF-8
 * table of the C library (CJK 2, combining 0); functions that cut never split a grapheme. */
#ifndef ZHIBAN_BASE_TEXT_H
#define ZHIBAN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/str.h"

bool text_valid(const char *s, size_t len); /* well-formed UTF-8 without NUL */
/* Appends s with everything made visible that could move the cursor, hide or reorder text:
 * C0 and C1 controls, DEL, bidirectional controls, zero-width and other format characters, unpaired
 * bytes, as <U+202E> or <0x9B>.  A newline stays only if keep_newlines (a tab then is a space);
 * otherwise newline and tab become one space. */
void text_clean(struct str *out, const char *s, size_t len, bool keep_newlines);

/* Decodes one code point; returns bytes used (1 and U+FFFD for a bad byte, 0 at the end). */
size_t text_next(const char *s, size_t len, uint32_t *ret_cp);
size_t text_grapheme(const char *s, size_t len); /* bytes of the first grapheme cluster */
int text_cp_columns(uint32_t cp);	   /* 0, 1 or 2 */
int text_columns(const char *s);	   /* of a whole clean string */
size_t text_chars(const char *s);	   /* code points */
bool text_longer(const char *s, size_t chars); /* of more code points than that */
/* Bytes of the longest beginning that fits in columns; its width in ret_columns (may be NULL). */
size_t text_fit(const char *s, int columns, int *ret_columns);
/* Appends s in exactly `columns` columns, padded with spaces; too long: cut with ".." at the end,
 * or in the middle (text_pad_middle, the end gets a third), so that both ends can be read.  Below
 * four columns there are no dots, which would be all that is left. */
void text_pad(struct str *out, const char *s, int columns);
void text_pad_left(struct str *out, const char *s, int columns); /* right-aligned */
void text_pad_middle(struct str *out, const char *s, int columns);

/* Full-width ASCII (U+FF01…FF5E) and the ideographic space to their ASCII, the rest as it is. */
void text_narrow(struct str *out, const char *s);
uint32_t text_narrow_cp(uint32_t cp);
/* Appends s folded for comparing: NFKC case folding, narrow, runs of white space one space. */
void text_fold(struct str *out, const char *s);
/* The next line of `columns` columns: its bytes, and in ret_skip how many more are swallowed behind
 * it (spaces, one newline).  Together they are more than 0 unless s is empty; a line holds at
 * least one grapheme unless it is blank.  Chinese breaks anywhere except before closing and behind
 * opening punctuation; Latin words break at spaces if they fit. */
size_t text_wrap(const char *s, int columns, size_t *ret_skip);

#endif
