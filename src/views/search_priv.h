/* The screen that finds by words, shared by its files. */
#ifndef ZHIBAN_VIEWS_SEARCH_PRIV_H
#define ZHIBAN_VIEWS_SEARCH_PRIV_H

#include "rows_priv.h"
#include "zhiban/client/search.h"

enum { SEARCH_FOOT = ROWS_FOOT + 1 }; /* above the pane: where it was found */

enum search_server { SERVER_NOT, SERVER_ASKED, SERVER_ANSWERED, SERVER_FAILED };

struct search_view {
	struct rows rows; /* the first: see rows_priv.h */

	struct prompt *prompt;
	bool narrowing; /* it is of the filter, not of the words */
	int prompt_rows;
	struct str words, filter, before; /* as they are in force; before the prompt */

	struct client_search *search; /* NULL: no words yet */
	struct arena arena;	      /* of the filter */
	struct filter *parsed;	      /* NULL: none */
	struct filter_ctx ctx;
	bool by_relevance;
	bool stale;		/* data changed since it was begun */
	struct error problem;	/* of the words; ERR_OK: none */
	struct client_indexed indexed;

	bool at_server; /* the list is what the server found */
	enum search_server server;
	struct str asked; /* words that it was asked for */
	char why[512];	  /* why there is no answer */

	struct arena snippet_arena;
	struct uuid snippet_of;
	enum search_where where;
	const char *snippet; /* NULL: none */
};

void search_draw(void *state, struct canvas *canvas, struct area area, bool all);

/* ---- search_work.c ---- */
/* Anew, with words and filter as they are; the first screenful is there at once. */
void search_begin(struct search_view *view);
enum err search_fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err);
/* The words are looked for at the server, or its next page. */
unsigned search_ask(struct search_view *view, bool more);
/* A slice; UI flags. */
unsigned search_step(struct search_view *view);
bool search_is_busy(const struct search_view *view);

/* ---- search.c ---- */
/* What the server found, or why not, for the screen that asked. */
unsigned search_view_told(struct app *app, const struct tell *tell);
void search_view_stale(struct search_view *view); /* data changed */
bool search_view_works(const struct app *app);	   /* rows are still to be looked at */
unsigned search_view_work(struct app *app);

#endif
