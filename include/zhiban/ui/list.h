/* A list: rows by column over a window of any number of rows.
 *
 * The source has the rows; the list has the scroll, the cursor, the marks and the widths.  The
 * cursor is pinned to an entity's id, never to a row number: after a reload it is on the same
 * entity, and when that is gone on its nearest neighbour.  A window that shows the beginning keeps
 * showing it; else the row under the cursor keeps its line.
 * Bytes are few: a cursor move changes one cell in two rows, a scroll shifts the terminal's lines.
 * Each row begins with a gutter of two columns: ">" cursor, "*" marked or "+" changed. */
#ifndef ZHIBAN_UI_LIST_H
#define ZHIBAN_UI_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/gram.h"
#include "zhiban/base/uuid.h"
#include "zhiban/ui/canvas.h"
#include "zhiban/ui/key.h"

enum { LIST_MARKS_MAX = 10000, LIST_GUTTER = 2 };

enum list_align { LIST_LEFT, LIST_RIGHT };
enum list_cut { LIST_CUT_END, LIST_CUT_MIDDLE };

struct list_column {
	const char *name;  /* stable, for --columns and saved views */
	const char *title; /* N_ */
	int min, ideal;	   /* columns; from right to left those that do not fit are left out */
	int grow;	   /* share of what is left over; 0: never above ideal */
	int from;	   /* shown when the list is at least this wide */
	enum list_align align;
	enum list_cut cut;
	int roomy, wide;   /* the least in a list at least so wide; 0: min */
};

enum list_row_flags {
	LIST_ROW_CHANGED = 1 << 0, /* "+" in the gutter until seen */
	LIST_ROW_FLAGGED = 1 << 2, /* "@" in the gutter, where it has no other mark */
	LIST_ROW_HEADING = 1 << 1, /* column 0's text across the whole row; the cursor skips it */
};

struct list_row {
	struct uuid id;	  /* unique in the list, headings too */
	unsigned flags;
	const void *data; /* the source's own, in the arena of the fetch */
};

struct list_cell {
	const char *text; /* valid until the next call of cell; NULL: empty */
	enum role role;	  /* ROLE_TEXT is 0 */
	const struct gram_words *words; /* are marked where they stand in it; NULL: none */
};

enum list_from { LIST_FIRST, LIST_LAST, LIST_AT };

struct list_want {
	enum list_from from;
	struct uuid anchor; /* LIST_AT: an id the source once gave out */
	int before;	    /* LIST_AT: rows wanted before the anchor */
	int n;		    /* rows wanted in all, the anchor and those before it among them */
};

struct list_page {
	struct list_row *rows; /* in the list's order, in the arena */
	int n;
	bool first, last; /* rows[0] is the first of all; rows[n - 1] the last of all */
};

struct list_source {
	void *ctx;
	/* Fills a page from arena.  LIST_AT: contiguous rows that hold the anchor, at least those
	 * asked for as far as there are any; ERR_NOT_FOUND when the anchor is no longer there (the
	 * list then asks for a neighbour). */
	enum err (*fetch)(void *ctx, const struct list_want *want, struct arena *arena,
			  struct list_page *ret_page, struct error *err);
	void (*cell)(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell);
	/* Drawn in the middle when there are no rows: why, and which key leads on.  May be NULL. */
	const char *(*empty)(void *ctx);
};

struct list;

/* Columns (n of them) are borrowed. */
struct list *list_new(const struct list_column *columns, int n, const struct list_source *source);
void list_free(struct list *list);
/* Other columns, in this order; everything is drawn anew. */
void list_set_columns(struct list *list, const struct list_column *columns, int n);
/* By which column the rows are sorted, -1: none that is there: its title says so with ^ (the least
 * first) or v. */
void list_set_sorted(struct list *list, int column, bool descending);
int list_width(const struct list *list, int column); /* as last drawn; 0: left out */

/* Reads the rows again (the data or the filter changed).  list_home also goes to the first. */
enum err list_reload(struct list *list, struct error *err) MUST_CHECK;
enum err list_home(struct list *list, struct error *err) MUST_CHECK;
/* Puts the cursor on this entity; ERR_NOT_FOUND when it is not in the list. */
enum err list_goto(struct list *list, const struct uuid *id, struct error *err) MUST_CHECK;

enum list_result {
	LIST_IGNORED = 0,
	LIST_MOVED = 1 << 0,  /* the cursor is on another row */
	LIST_DIRTY = 1 << 1,  /* must be drawn */
	LIST_FAILED = 1 << 2, /* a fetch failed; list_error has the sentence */
	LIST_TAKEN = 1 << 3,  /* a key of the list, whatever came of it */
};
enum list_motion { LIST_UP, LIST_DOWN, LIST_PAGE_UP, LIST_PAGE_DOWN, LIST_TOP, LIST_END };
/* Results are enum list_result. */
unsigned list_move(struct list *list, enum list_motion motion);
/* The same by the usual keys: j k arrows g G PgUp PgDn Home End Ctrl-F Ctrl-B. */
unsigned list_key(struct list *list, struct key key);
const char *list_error(const struct list *list);

/* The row under the cursor; NULL in an empty list.  Valid until the next call that moves, reloads
 * or draws. */
const struct list_row *list_current(const struct list *list);
bool list_at(const struct list *list, struct uuid *ret_id); /* false in an empty list */
/* Whether the first or last row of all is in view. */
bool list_sees_first(const struct list *list);
bool list_sees_last(const struct list *list);

/* Marks, at most LIST_MARKS_MAX.  They outlive reloads, also where a filter hides them: the caller
 * clears them when they would surprise. */
unsigned list_mark_toggle(struct list *list); /* the current row, then one down */
unsigned list_mark_range(struct list *list);  /* on or off: rows that are passed are marked */
enum err list_mark_all(struct list *list, struct error *err) MUST_CHECK; /* ERR_TOO_LARGE */
/* Marks one, whether or not it is among the rows.  ERR_TOO_LARGE. */
enum err list_mark(struct list *list, const struct uuid *id, struct error *err) MUST_CHECK;
void list_mark_clear(struct list *list);
bool list_is_marked(const struct list *list, const struct uuid *id);
/* Sorted by id; valid until marks change. */
const struct uuid *list_marked(const struct list *list, size_t *ret_n);

/* The texts of the rows changed but not the rows (a minute went by): draw them again. */
void list_touch(struct list *list);
/* Draws what changed since the last time in the same area (all: everything).  The first row of the
 * area holds the column titles.  Leaves the canvas's cursor alone. */
void list_draw(struct list *list, struct canvas *canvas, struct area area, bool all);

#endif
