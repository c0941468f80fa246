/* The board's inside, shared by its files. */
#ifndef ZHIBAN_VIEWS_BOARD_PRIV_H
#define ZHIBAN_VIEWS_BOARD_PRIV_H

#include "app_priv.h"
#include "zhiban/ui/list.h"

enum { BOARD_EXTRA = 8, BOARD_COLUMNS = 14 + BOARD_EXTRA };
enum { REST_MS = 120 }; /* the cursor rests: the pane under the list is drawn */

enum board_dirty {
	DIRTY_TITLE = 1 << 0,
	DIRTY_LIST = 1 << 1, /* all of it: times moved on */
	DIRTY_FOOT = 1 << 2,
};

struct board_view {
	struct app *app;
	struct list *list;
	unsigned dirty; /* enum board_dirty */
	bool settled;	/* the officer moved, or the first data are all here */

	struct prompt *prompt; /* of the filter, while it is typed */
	struct str before;     /* the filter as it was */
	int prompt_rows;

	struct arena arena; /* of the brief */
	struct page_brief brief;
	struct uuid resting; /* whose brief it is */
	bool has_brief;
	int64_t rest_at; /* own clock; INT64_MAX: nothing waits */

	int64_t minute;	  /* the last its times were drawn in */
	int64_t left_at;  /* own clock: a left time on the screen is another then */
	char cell[320];	  /* text of the last cell */

	struct list_column columns[BOARD_COLUMNS]; /* board_shape */
	const struct field *extra[BOARD_COLUMNS];  /* of a column that the mode asks for */
	int n_columns;
	bool tiers; /* the flow has several */
	const struct rules *shaped_by;
	const struct mode_rule *shaped_for;
};

/* The columns for the rules and the mode in force; true: they are others than before. */
bool board_shape(struct board_view *view);
void board_cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell);

/* Cursor moved or rows read again: the pane waits for rest, or is read at once. */
void board_unrest(struct board_view *view);
void board_rest(struct board_view *view);

void board_draw(void *state, struct canvas *canvas, struct area area, bool all);

void board_filter_open(struct board_view *view, const char *initial);
unsigned board_filter_key(struct board_view *view, struct key key, const char *pasted);
unsigned board_filter_set(struct board_view *view, const char *text);

#endif
