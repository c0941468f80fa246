/* The deadlines screen's inside, shared by its files. */
#ifndef ZHIBAN_VIEWS_DEADLINES_PRIV_H
#define ZHIBAN_VIEWS_DEADLINES_PRIV_H

#include "app_priv.h"
#include "zhiban/model/deadlines.h"
#include "zhiban/ui/list.h"

enum { DUE_COLUMNS = 9, DUE_FOOT = 3 };
enum { DUE_SIDE_FROM = 132, DUE_SIDE = 38 }; /* the month stands beside the list */

enum due_dirty {
	DUE_TITLE = 1 << 0,
	DUE_LIST = 1 << 1, /* times moved on */
	DUE_PANE = 1 << 2, /* foot and month */
};

/* A row as the list has it: what only the whole entity says is looked up when it is drawn. */
struct due_shown {
	struct due_row row;
	struct due_detail detail;
	bool looked;
	const char *words;   /* of a heading */
	struct arena *arena; /* of the fetch: lives as long as the row */
};

struct deadlines_view {
	struct app *app;
	struct deadlines *model; /* the app's */
	struct list *list;
	struct list_column columns[DUE_COLUMNS];
	unsigned dirty;
	int64_t minute;	 /* the last its times were drawn in */
	int64_t left_at; /* own clock: a left time on the screen is another then */
	char cell[320];

	struct due_month month; /* of the day that is chosen, or of today */
	bool has_month;

	struct prompt *prompt; /* of the filter, while it is typed */
	struct str before;
	int prompt_rows;
};

/* ---- deadlines_cells.c ---- */
void due_columns(const struct rules *rules, struct list_column columns[DUE_COLUMNS]);
void due_cell(void *view, const struct list_row *row, int column, struct list_cell *ret_cell);
const struct due_detail *due_look(struct deadlines_view *view, struct due_shown *shown);
struct due_shown *due_current(struct deadlines_view *view); /* NULL: none */
const char *due_org_words(const struct app *app, const char *code);

/* ---- deadlines_draw.c ---- */
void due_draw(void *view, struct canvas *canvas, struct area area, bool all);
int due_side_cols(const struct deadlines_view *view, int cols); /* 0: no room for the month */

/* ---- deadlines_month.c ---- */
extern const struct view_ops month_view;
/* Draws the month in an area, the day under a cursor marked (0: none); narrow: two lines a week. */
void due_month_draw(struct app *app, const struct due_month *month, int32_t cursor,
		    struct canvas *canvas, struct area area, bool narrow);
/* The month of a day. */
bool due_month_read(struct deadlines_view *view, int32_t day, struct due_month *ret_month);
int32_t due_today(const struct app *app);
/* Only what runs out on a day; 0: any. */
unsigned due_go_day(struct deadlines_view *view, int32_t day);

/* ---- deadlines_filter.c ---- */
void due_filter_open(struct deadlines_view *view, const char *initial);
unsigned due_filter_key(struct deadlines_view *view, struct key key, const char *pasted);
unsigned due_filter_set(struct deadlines_view *view, const char *text);

/* ---- deadlines.c ---- */
unsigned due_reread(struct deadlines_view *view, bool home);

/* deadlines_roster.c */
unsigned due_chase(struct deadlines_view *view);
unsigned due_open_roster(struct deadlines_view *view, const struct client_deadline *at);

#endif
