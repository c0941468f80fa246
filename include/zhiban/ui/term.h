/* A terminal: a grid of cells that can be put, shifted and flushed, and a source of keys.
 *
 * Two kinds: a real tty through ncurses (term_curses.c, the only file that includes it) and one in
 * memory for tests.  Rows and columns count from 0.  Text given to a terminal is clean UTF-8 (the
 * canvas sees to it).  Nothing is sent before term_flush; no query is sent to the terminal but
 * by term_measure. */
#ifndef ZHIBAN_UI_TERM_H
#define ZHIBAN_UI_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/error.h"
#include "zhiban/base/str.h"
#include "zhiban/ui/key.h"

enum term_attr {
	TERM_BOLD = 1 << 0,
	TERM_DIM = 1 << 1,
	TERM_UNDERLINE = 1 << 2,
	TERM_REVERSE = 1 << 3,
	TERM_BLINK = 1 << 4, /* costs nothing while it blinks */
};

enum { TERM_DEFAULT = -1 }; /* the terminal's own foreground or background */

struct term_style {
	int16_t fg, bg; /* TERM_DEFAULT, or below the terminal's number of colours */
	uint16_t attr;	/* enum term_attr */
};

struct term;

struct term_widths { /* what a terminal answered when it was asked where its cursor stands */
	int chinese;   /* columns of one Chinese character: 2, unless it does not know UTF-8 */
	int ambiguous; /* characters of ambiguous width that were tried */
	int wide;      /* of them, those that took two columns */
};

struct term_ops {
	void (*size)(struct term *term, int *ret_rows, int *ret_cols);
	int (*colours)(const struct term *term);
	void (*put)(struct term *term, int row, int col, const char *text, size_t len,
		    struct term_style style);
	bool (*shift)(struct term *term, int top, int bottom, int lines);
	void (*cursor)(struct term *term, int row, int col);
	void (*flush)(struct term *term);
	bool (*read_key)(struct term *term, struct key *ret_key);
	const char *(*pasted)(struct term *term);
	void (*bell)(struct term *term);
	bool (*copy)(struct term *term, const char *text);
	void (*suspend)(struct term *term);
	void (*resume)(struct term *term);
	void (*resize)(struct term *term, int rows, int cols);
	void (*repaint)(struct term *term);
	void (*wipe)(struct term *term);
	void (*plain_signs)(struct term *term, bool plain);
	enum err (*measure)(struct term *term, struct term_widths *ret_widths, struct error *err);
	void (*close)(struct term *term);
};

struct term { /* the first member of each kind's own struct */
	const struct term_ops *ops;
};

/* The real one, on two file descriptors of a tty.  Locale is set before (i18n_init).  Fails in
 * words when the terminal is unknown or cannot place its cursor (dumb): ERR_INPUT. */
enum err term_curses_open(int in, int out, struct term **ret_term, struct error *err) MUST_CHECK;

/* One in memory; colours 0, 8, 16 or 256. */
struct term *term_memory_new(int rows, int cols, int colours);
/* Appends keys to be read, by their names with spaces between: "j j Ctrl-L Esc".  A word in double
 * quotes is typed character by character.  ERR_INPUT for a name that is none. */
enum err term_memory_type(struct term *term, const char *names) MUST_CHECK;
void term_memory_paste(struct term *term, const char *text);
/* What stands on it: a line a row without spaces at the end.  With styles, a line "~" below each
 * row that has any: "~ 3+4 fg203 bold, 9+1 reverse" (column + columns). */
void term_memory_dump(const struct term *term, struct str *out, bool styles);
struct term_counts { /* since the beginning or the last call */
	long cells;	 /* columns put */
	long runs, shifts, flushes, bells, wipes;
};
struct term_counts term_memory_counts(struct term *term);
void term_memory_cursor(const struct term *term, int *ret_row, int *ret_col); /* -1: hidden */
const char *term_memory_copied(const struct term *term); /* "" before the first copy */

/* As term_measure, on two descriptors of a tty that takes each byte as it comes (raw): writes from
 * the beginning of the line the cursor is in, and blanks that line again.  What was typed
 * meanwhile is appended to ret_typed. */
enum err tty_measure(int in, int out, struct term_widths *ret_widths, struct str *ret_typed,
		     struct error *err) MUST_CHECK;

/* Between UTF-8 and the locale's charset (of most: the same).  What the charset lacks is "?", as wide
 * as it was; what is no character of it is left out. */
bool term_is_utf8(void);
void term_encode(const char *text, size_t len, struct str *out);
void term_decode(const char *bytes, size_t len, struct str *out);

void term_size(struct term *term, int *ret_rows, int *ret_cols);
int term_colours(const struct term *term);
/* Puts len bytes of one style; they must fit in the row.  Half of a wide character that is
 * overwritten becomes a space. */
void term_put(struct term *term, int row, int col, const char *text, size_t len,
	      struct term_style style);
/* Moves the rows top to bottom (inclusive) up by lines (down when negative); rows that come in are
 * blank.  false: it cannot, and nothing moved. */
bool term_shift(struct term *term, int top, int bottom, int lines);
void term_cursor(struct term *term, int row, int col); /* row < 0: hidden */
void term_flush(struct term *term);
/* The next key that is there; never waits.  UIKEY_PASTE: term_pasted has the text until the next
 * read. */
bool term_read_key(struct term *term, struct key *ret_key);
const char *term_pasted(struct term *term);
void term_bell(struct term *term);
bool term_copy(struct term *term, const char *text); /* clipboard by OSC 52; false: it has none */
/* Gives the tty back (before stopping the process), and takes it again: everything must then be
 * put anew (canvas_invalidate). */
void term_suspend(struct term *term);
void term_resume(struct term *term);
/* After SIGWINCH; 0, 0 asks the tty.  Everything must then be put anew. */
void term_resize(struct term *term, int rows, int cols);
/* The screen may hold something else than was put (a line from another program): the next flush
 * sends every cell again, without blanking first. */
void term_repaint(struct term *term);
/* The screen is blank, and the terminal forgets the lines that have scrolled off it, as far as it
 * can; at once, before any flush.  Everything must then be put anew. */
void term_wipe(struct term *term);
/* Whether characters of ambiguous width (U+201C, U+2460 …), which the canvas counts as one column,
 * are shown as ASCII that looks like them.  From the beginning: yes. */
void term_plain_signs(struct term *term, bool plain);
bool term_is_doubtful(uint32_t cp); /* such a character: one column, or two */
/* Asks the terminal how wide it shows some characters, and waits a second at the most: never in the
 * loop of keys.  The screen must then be put anew.  ERR_INPUT in words: it does not answer. */
enum err term_measure(struct term *term, struct term_widths *ret_widths, struct error *err)
	MUST_CHECK;
void term_close(struct term *term); /* NULL is fine */

#endif
