/* Editing of one line or of several, with characters of any width.
 *
 * Emacs-like keys that most shells have: arrows, Home End Ctrl-A Ctrl-E, Backspace Del Ctrl-H
 * Ctrl-D, Ctrl-B Ctrl-F, Ctrl-U (to the beginning) Ctrl-K (to the end) Ctrl-W (a word).  In several
 * lines Enter breaks and Up and Down move.  The cursor never stands inside a grapheme.  Characters
 * that text_clean would replace are not taken in. */
#ifndef ZHIBAN_UI_EDIT_H
#define ZHIBAN_UI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/base/str.h"
#include "zhiban/ui/canvas.h"
#include "zhiban/ui/key.h"

struct edit {
	struct str text;
	size_t at;	  /* cursor, in bytes */
	size_t max_chars; /* code points; 0: 100,000 */
	bool lines;	  /* several lines */
	size_t top;	  /* first byte shown (one line) or first wrapped line shown (several) */
	int cols;	  /* width it was drawn in, for Up and Down */
	int want_col;	  /* column Up and Down keep to; -1 none */
};

enum edit_result {
	EDIT_IGNORED, /* not a key of the editor */
	EDIT_SAME,    /* taken, nothing changed */
	EDIT_MOVED,
	EDIT_CHANGED,
	EDIT_FULL, /* the text would be longer than max_chars */
};

void edit_init(struct edit *edit, size_t max_chars, bool lines);
void edit_release(struct edit *edit);
void edit_set(struct edit *edit, const char *text); /* cursor at the end */
const char *edit_text(const struct edit *edit);
size_t edit_chars(const struct edit *edit);
enum edit_result edit_key(struct edit *edit, struct key key);
/* Puts text at the cursor; what does not fit is left out: EDIT_FULL. */
enum edit_result edit_insert(struct edit *edit, const char *text, size_t len);
/* Draws in the area, scrolled so that the cursor is seen; focus: also puts the canvas's cursor. */
void edit_draw(struct edit *edit, struct canvas *canvas, struct area area, enum role role,
	       bool focus);
/* Rows its text takes in a width (at least 1). */
int edit_rows(const struct edit *edit, int cols);

#endif
