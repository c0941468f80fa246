/* Painting a terminal that speaks ECMA-48, in as few bytes as can be.
 *
 * Nearly all do (xterm, tmux, screen, linux, vt100 and its children).  The canvas has worked out
 * which cells change; the painter knows where the cursor stands, which style is set and where each
 * row is blank, and chooses the shortest way.  Pure: bytes go into a string.  Rows and columns from
 * 0. */
#ifndef ZHIBAN_UI_PAINTER_PRIV_H
#define ZHIBAN_UI_PAINTER_PRIV_H

#include "zhiban/ui/term.h"

struct painter_caps {
	bool regions;	   /* DECSTBM: scrolling parts of the screen */
	bool repeat;	   /* REP: a character again and again */
	bool erase_chars;  /* ECH */
	bool late_wrap;	   /* writing in the last column does not wrap before the next character */
	bool bright;	   /* 90…97 and 100…107 for the colours 8…15 */
	bool default_pair; /* 39 and 49 for the default colours */
	bool hide;	   /* DECTCEM: ?25l and ?25h */
	unsigned attrs;	   /* enum term_attr it has */
};

struct painter {
	struct painter_caps caps;
	int rows, cols;
	int row, col;		 /* of the cursor; row -1: not known; col == cols: about to wrap */
	struct term_style style; /* what is set */
	bool region;		 /* a scroll region is set: line feeds could scroll */
	bool hidden;		 /* the cursor */
	int want_row, want_col;	 /* where it shall stand after a flush; row -1: hidden */
	int *used;		 /* of each row: blank from this column on */
	struct str out;
};

/* A cleared screen with the cursor in any place. */
void painter_reset(struct painter *painter, int rows, int cols);
void painter_release(struct painter *painter);
void painter_put(struct painter *painter, int row, int col, const char *text, size_t len,
		 struct term_style style);
bool painter_shift(struct painter *painter, int top, int bottom, int lines);
void painter_cursor(struct painter *painter, int row, int col);
/* Nothing is known of what the screen shows: blanks are sent, too. */
void painter_forget(struct painter *painter);
/* Style, region and cursor back to the usual: before others write. */
void painter_leave(struct painter *painter);
/* To be called before out is sent. */
void painter_finish(struct painter *painter);

#endif
