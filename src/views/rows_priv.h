/* What every list of incidents shares (the board, 当班, what was found): its columns and cells, the
 * pane under it, its marks, and the acts on its rows.
 *
 * A view that is such a list begins with a struct rows, and its state is one: rows_top finds it
 * below menus and prompts.  Its list's source has the view as ctx and rows_cell for the cells; the
 * data of a row is a struct client_row, of a heading a text. */
#ifndef ZHIBAN_VIEWS_ROWS_PRIV_H
#define ZHIBAN_VIEWS_ROWS_PRIV_H

#include "app_priv.h"
#include "zhiban/ui/list.h"

enum { ROWS_OWN = 14, ROWS_EXTRA = 8, ROWS_COLUMNS = ROWS_OWN + ROWS_EXTRA };
enum { REST_MS = 120 }; /* the cursor rests: the pane under the list is drawn */
enum { ROWS_FOOT = 3 }; /* a line, two of the pane */

enum rows_dirty {
	DIRTY_TITLE = 1 << 0,
	DIRTY_LIST = 1 << 1, /* all of it: times moved on */
	DIRTY_FOOT = 1 << 2,
};

struct rows {
	struct app *app;
	struct list *list;
	unsigned dirty; /* enum rows_dirty */

	struct arena arena; /* of the brief */
	struct page_brief brief;
	struct uuid resting; /* whose brief it is */
	bool has_brief;
	int64_t rest_at; /* own clock; INT64_MAX: nothing waits */

	struct pager *side; /* the same at length, beside the list on wide screens; NULL: not yet */

	int64_t minute;	 /* the last its times were drawn in */
	int64_t left_at; /* own clock: a left time on the screen is another then */
	char cell[320];	 /* text of the last cell */

	struct list_column columns[ROWS_COLUMNS]; /* rows_shape */
	int own[ROWS_COLUMNS];			  /* which of rows_own it is */
	const struct field *extra[ROWS_COLUMNS];  /* just a field; NULL: one of rows_own */
	int n_columns;
	bool tiers; /* the flow has several */
	const struct rules *shaped_by;
	const struct mode_rule *shaped_for;
	unsigned shaped_turn;
};

/* ---- rows.c ---- */
/* Everything but the list, which the caller makes: with rows->columns, rows_cell, and the view. */
void rows_init(struct rows *rows, struct app *app);
void rows_release(struct rows *rows);

/* Cursor moved or rows read again: the pane waits for rest, or is read at once. */
void rows_unrest(struct rows *rows);
/* The cursor goes to the row that something asks for: a new registration, a group that was chosen.
 * True: it is there. */
bool rows_go_where_wanted(struct rows *rows);
void rows_rest(struct rows *rows);
/* Time has come: the pane is read, left times are drawn anew; UI flags. */
unsigned rows_tick(struct rows *rows, int64_t now);
/* Reads the rows again, at home with the cursor on the first; a failure is told. */
unsigned rows_reread(struct rows *rows, bool home);
/* The rules or the mode changed: other columns, when there are any. */
void rows_reshape(struct rows *rows);
/* What a motion of the list came to; result: enum list_result. */
unsigned rows_moved(struct rows *rows, unsigned result);
/* enum list_row_flags of a case. */
unsigned rows_flags(const struct rows *rows, const struct incident *incident);
/* The motion a command is, in any list; false: it is none. */
bool rows_motion(const struct ui_command *command, enum list_motion *ret_motion);
/* Motions, Enter, marks, and the Esc that drops marks; UI_IGNORED: none of these. */
unsigned rows_command(struct rows *rows, const struct ui_command *command);

/* The list of incidents on top, or NULL; what is marked there. */
struct rows *rows_top(const struct app *app);
bool rows_selected(void *state, struct uuid *ret_id);
const struct uuid *rows_marked(const struct app *app, size_t *ret_n);
void rows_unmark(struct rows *rows);
void rows_step(struct rows *rows); /* one row down, or up from the last */
void rows_mark_only(struct rows *rows, const struct uuid *ids, size_t n); /* instead of others */
void rows_recounted(struct rows *rows);	   /* its counts are others */
int64_t rows_next(const struct rows *rows); /* when it must tick */

/* ---- rows_shape.c ---- */
/* The columns for the rules, the mode in force and what the officer chose; true: they are others
 * than before. */
bool rows_shape(struct rows *rows);

/* ---- rows_cells.c ---- */
void rows_own(size_t i, struct list_column *ret_column); /* one of ROWS_OWN */
void rows_cell(void *rows, const struct list_row *row, int column, struct list_cell *ret_cell);

/* ---- rows_draw.c ---- */
/* "1,284"; two spaces, words and a number, when that is not 0. */
void rows_add_number(struct str *out, int64_t number);
void rows_add_count(struct str *out, const char *words, int64_t number);
/* The pane of the row at rest. */
void rows_draw_foot(struct rows *rows, struct canvas *canvas, struct area area);

/* ---- rows_side.c ---- */
int rows_side_cols(const struct rows *rows, int cols); /* 0: no pane beside a list so wide */
/* Takes the pane's place from the area and draws it when it must be. */
void rows_draw_side(struct rows *rows, struct canvas *canvas, struct area *area, bool all);

#endif
