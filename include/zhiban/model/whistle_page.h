/* The page of one whistle: what it is, its matrix, each department's share, and its story.
 *
 * Texts are as they came from outside: who draws cleans them.  Everything lives in the arena. */
#ifndef ZHIBAN_MODEL_WHISTLE_PAGE_H
#define ZHIBAN_MODEL_WHISTLE_PAGE_H

#include "zhiban/client/whistle.h"
#include "zhiban/domain/summons.h"
#include "zhiban/model/matrix.h"
#include "zhiban/model/page.h"

struct whistle_page {
	struct client_whistle shown;
	const struct whistle *whistle;
	const struct summons *summons;	  /* NULL: the profile has no such kind any more */
	const struct summons_class *cls;  /* or NULL */
	struct matrix matrix;
	struct page page; /* its sections; "matrix" holds the matrix as text */
	const char *mark; /* "22-W003" */
	const char *head; /* "Whistle 22-W003  greater  Red Plum > 4 departments  Under way" */
	const char *until; /* "Handling to 12-01 (Tue), working day 7"; "" where none runs */
	const char *title;
	const char *whole; /* "Approval Y 0:20  Check Y 0:05"; "" when it has no such clock */
	const char *running; /* of them those that run; "" */
};
/* cols: the width it is drawn in. */
enum err whistle_page_build(struct client *client, const struct uuid *id, int cols,
			    struct arena *arena, struct whistle_page *ret_page, struct error *err)
	MUST_CHECK;
/* The same for paper: moments only, no time left and no percentage. */
enum err whistle_page_print(struct client *client, const struct uuid *id, int cols,
			    struct arena *arena, struct whistle_page *ret_page, struct error *err)
	MUST_CHECK;

/* What stands behind a cell of the matrix: the clock in words; who comes, with post and telephone, by
 * what that is proved, what is disputed. */
const char *whistle_cell_words(struct client *client, const struct whistle_page *page, size_t row,
			       enum summons_clock clock, struct arena *arena);
const char *whistle_share_words(struct client *client, const struct whistle_page *page, size_t row,
				struct arena *arena);

/* How clocks were computed, as lines: of one share and kind; org "" and clock "": of all, running ones
 * first. */
enum err whistle_explain(struct client *client, const struct uuid *id, const char *org,
			 const char *clock, struct str *out, struct error *err) MUST_CHECK;

/* "22-W003 what it is about  where", for lists and questions. */
const char *whistle_line(struct client *client, const struct client_whistle *shown,
			 struct arena *arena);

#endif
