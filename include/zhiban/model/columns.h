/* The columns that lists of incidents can have, by name: on the board, in saved views, and in
 * `zhiban list --columns`.
 *
 * The board's own come first, in the order of its designed layouts; behind them any field of the
 * incident that may stand in a list (nothing personal, no long text, no bookkeeping).  A word is the
 * column's name or its title in the language of the screen. */
#ifndef ZHIBAN_MODEL_COLUMNS_H
#define ZHIBAN_MODEL_COLUMNS_H

#include "zhiban/base/arena.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/incident.h"

enum { COLUMNS_MOST = 20 }; /* chosen at once */

struct column {
	const char *name;
	const char *title;	   /* N_ */
	const struct field *field; /* what it shows, or the nearest to it */
	bool own;		   /* one of the board's, not just a field */
};
size_t columns_count(void);
void columns_at(size_t i, struct column *ret_column);
/* By name, else by title, else by the name of the field that a column of the board's shows. */
bool columns_find(const char *word, struct column *ret_column) MUST_CHECK;

/* Names chosen, in order; none: the layouts designed for the width. */
struct columns {
	const char *names[COLUMNS_MOST]; /* as columns_at has them: constant */
	size_t n;
};
/* Words with commas or blanks between them; "" chooses none.  ERR_INPUT names the wrong word and the
 * nearest ones; each stands once. */
enum err columns_parse(const char *words, struct columns *ret_columns, struct error *err)
	MUST_CHECK;
void columns_words(const struct columns *columns, struct str *out); /* "left,title" */
bool columns_has(const struct columns *columns, const char *name, size_t *ret_at);

#endif
