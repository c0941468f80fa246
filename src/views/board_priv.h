/* The board's inside, shared by its files. */
#ifndef ZHIBAN_VIEWS_BOARD_PRIV_H
#define ZHIBAN_VIEWS_BOARD_PRIV_H

#include "rows_priv.h"

struct board_view {
	struct rows rows; /* the first: see rows_priv.h */
	bool settled;	  /* the officer moved, or the first data are all here */

	struct prompt *prompt; /* of the filter, while it is typed */
	struct str before;     /* the filter as it was */
	int prompt_rows;
};

void board_draw(void *state, struct canvas *canvas, struct area area, bool all);

/* The rows of its list (struct list_source), with headings when it is grouped. */
enum err board_rows(void *view, const struct list_want *want, struct arena *arena,
		    struct list_page *ret_page, struct error *err) MUST_CHECK;

/* The same, what is pinned above them (board_pins.c). */
enum err board_rows_pinned(void *view, const struct list_want *want, struct arena *arena,
			   struct list_page *ret_page, struct error *err) MUST_CHECK;

/* A group's name, and how many stand in it. */
const char *board_group_name(const struct app *app, const struct board_heading *heading,
			     struct arena *arena);
const char *board_group_words(const struct app *app, const struct board_heading *heading,
			      struct arena *arena);
extern const struct view_ops groups_view;

void board_mark_sorted(struct board_view *view);

void board_filter_open(struct board_view *view, const char *initial);
unsigned board_filter_key(struct board_view *view, struct key key, const char *pasted);
unsigned board_filter_set(struct board_view *view, const char *text);

#endif
