/* The list of whistles, shared by its files. */
#ifndef ZHIBAN_VIEWS_WHISTLE_LIST_PRIV_H
#define ZHIBAN_VIEWS_WHISTLE_LIST_PRIV_H

#include "whistle_priv.h"
#include "zhiban/model/whistles.h"
#include "zhiban/ui/list.h"

struct whistles_view {
	struct app *app;
	struct list *list;
	struct arena arena;
	struct whistle_list shown;
	struct prompt *prompt; /* of the filter, while it is typed */
	char *before;	       /* the filter as it was */
	bool dirty;	       /* title and foot */
	int prompt_rows;
	int64_t minute;

	struct arena below; /* of the page under the cursor */
	struct whistle_page page;
	bool has_page;
	char cell[160];
};

/* ---- whistles_draw.c ---- */
struct list *whistles_list(const struct list_source *source); /* with its columns */
void whistles_cell(void *view, const struct list_row *at, int column, struct list_cell *ret_cell);
void whistles_draw(void *view, struct canvas *canvas, struct area area, bool all);

#endif
