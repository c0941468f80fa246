/* The canvas: the cells of the whole screen, as views draw them.
 *
 * It keeps what should be shown and what is shown; canvas_flush sends the difference.  It is not
 * emptied between frames: who owns an area draws what changed there.  All text is cleaned on its
 * way in (text_clean), so no byte of outside text reaches a terminal raw.  Rows and columns count
 * from 0; what lies outside the canvas or the given width is clipped; a wide character of which
 * only half would fit becomes a space. */
#ifndef ZHIBAN_UI_CANVAS_H
#define ZHIBAN_UI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/base/str.h"
#include "zhiban/ui/term.h"
#include "zhiban/ui/theme.h"

struct area {
	int row, col, rows, cols;
};

/* The first or last n rows (columns) of an area, taken away from it. */
struct area area_top(struct area *area, int n);
struct area area_bottom(struct area *area, int n);
struct area area_left(struct area *area, int n);
struct area area_right(struct area *area, int n);
/* An area of this size in the middle, no larger than the outer one. */
struct area area_middle(struct area outer, int rows, int cols);

struct canvas;

struct canvas *canvas_new(int rows, int cols);
void canvas_free(struct canvas *canvas);
void canvas_resize(struct canvas *canvas, int rows, int cols); /* blank afterwards */
int canvas_rows(const struct canvas *canvas);
int canvas_cols(const struct canvas *canvas);

/* Puts text in at most width columns; returns the columns used.  Cells behind it stay. */
int canvas_text(struct canvas *canvas, int row, int col, int width, enum role role,
		const char *text);
int canvas_textf(struct canvas *canvas, int row, int col, int width, enum role role,
		 const char *fmt, ...) PRINTF(6, 7);
enum canvas_pad {
	PAD_RIGHT,  /* text left, ".." at the end when cut */
	PAD_LEFT,   /* text right, ".." at the end when cut */
	PAD_MIDDLE, /* text left, ".." in its middle when cut: both ends can be read */
};
/* Puts text in exactly width columns, filled with spaces. */
void canvas_pad(struct canvas *canvas, int row, int col, int width, enum role role,
		const char *text, enum canvas_pad pad);
/* Fills with one printable ASCII character. */
void canvas_fill(struct canvas *canvas, struct area area, char c, enum role role);
void canvas_erase(struct canvas *canvas, struct area area); /* spaces, ROLE_TEXT */
/* A box of ASCII lines with a title in its upper edge (NULL: none); returns what is inside,
 * erased. */
struct area canvas_box(struct canvas *canvas, struct area area, enum role role, const char *title);
/* Changes the role of what stands there; a wide character follows its left half. */
void canvas_paint(struct canvas *canvas, int row, int col, int width, enum role role);
/* Moves the rows of an area up by lines (down when negative); what comes in is blank.  An area as
 * wide as the canvas is shifted by the terminal itself, if that saves bytes. */
void canvas_shift(struct canvas *canvas, struct area area, int lines);
/* Where the terminal's cursor stands after a flush; row < 0 hides it. */
void canvas_cursor(struct canvas *canvas, int row, int col);

/* Forgets what is shown: the next flush puts everything (after suspend, resize, Ctrl-L, a change
 * of theme). */
void canvas_invalidate(struct canvas *canvas);
/* Sends what changed, then flushes the terminal; sends nothing when nothing changed. */
void canvas_flush(struct canvas *canvas, struct term *term, const struct theme *theme);

/* For tests: the cells as text, a line a row without spaces at the end. */
void canvas_dump(const struct canvas *canvas, struct str *out);
enum role canvas_role_at(const struct canvas *canvas, int row, int col);

#endif
