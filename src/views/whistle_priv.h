/* The screens of whistles: the list, the page with its matrix, the codes, the what-if. */
#ifndef ZHIBAN_VIEWS_WHISTLE_PRIV_H
#define ZHIBAN_VIEWS_WHISTLE_PRIV_H

#include "app_priv.h"
#include "zhiban/model/matrix.h"
#include "zhiban/model/whistle_page.h"

/* ---- whistles.c ---- */
bool whistles_view_selected(void *state, struct selection *ret_selection);
/* What is marked in the list of whistles, when that is on top. */
const struct uuid *whistles_marked(const struct app *app, size_t *ret_n);
/* Only these stay marked. */
void whistles_mark_only(struct app *app, const struct uuid *ids, size_t n);
/* The list with a filter ("" none, NULL as it was). */
unsigned whistles_show(struct app *app, const char *filter);
/* What whistles are called on the screens: the district's first kind, where they speak its language. */
const char *whistles_word(const struct app *app);
bool whistles_may_blow(const struct app *app);
/* Completion of its filter (a prompt_complete_fn); ctx is the app. */
void whistle_words(void *ctx, const char *text, size_t at, struct arena *arena,
		   struct prompt_words *words);

/* ---- whistle.c ---- */
bool whistle_view_selected(void *state, struct selection *ret_selection);

/* ---- whistle_draw.c ---- */
struct matrix_cursor {
	bool shown;   /* it has the cursor */
	size_t row;   /* of the matrix */
	size_t column; /* of its columns */
};
int matrix_rows(const struct matrix *matrix); /* rows it takes with its titles */
/* The matrix with its column titles; what does not fit is reached with the cursor. */
void matrix_draw(struct app *app, const struct whistle_page *page, struct canvas *canvas,
		 struct area area, struct matrix_cursor cursor);
enum role matrix_cell_role(const struct matrix_cell *cell);

extern const struct view_ops whistles_view, whistle_view, arrival_view;

/* ---- whistle_do.c: commands of whistles that are no acts ---- */
unsigned whistle_do_arrival(struct app *app, const char *args);
unsigned whistle_do_matrix(struct app *app, const char *args);
unsigned whistle_do_plan(struct app *app, const char *args);

#endif
