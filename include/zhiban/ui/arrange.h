/* Choosing some of many things and their order: the columns of a list.
 *
 * Those chosen stand first, in their order.  Up Down PgUp PgDn Home End (j k g G) move; Space chooses
 * or takes away; Left Right (< >) put the one under the cursor earlier or later; Enter takes it, Esc
 * leaves.  Other keys are the caller's (ARRANGE_IGNORED). */
#ifndef ZHIBAN_UI_ARRANGE_H
#define ZHIBAN_UI_ARRANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/ui/canvas.h"
#include "zhiban/ui/key.h"

struct arrange_item { /* strings are borrowed until arrange_free; NULL is "" */
	const char *label;
	const char *name; /* stable word */
	const char *note; /* shown behind: "no room" */
};

enum arrange_result {
	ARRANGE_IGNORED,
	ARRANGE_MORE,	 /* the cursor moved */
	ARRANGE_CHANGED, /* others are chosen, or another order */
	ARRANGE_DONE,
	ARRANGE_LEFT,
};

struct arrange;

/* Items are copied.  chosen: indices of items, in order. */
struct arrange *arrange_new(const char *title, const struct arrange_item *items, size_t n,
			    const size_t *chosen, size_t n_chosen, size_t most);
void arrange_free(struct arrange *arrange);
enum arrange_result arrange_key(struct arrange *arrange, struct key key);
/* The chosen ones in order; valid until the next key. */
const size_t *arrange_chosen(const struct arrange *arrange, size_t *ret_n);
void arrange_choose(struct arrange *arrange, const size_t *chosen, size_t n); /* these instead */
size_t arrange_current(const struct arrange *arrange); /* index of the item under the cursor */
void arrange_note(struct arrange *arrange, size_t index, const char *note);
/* A sentence in the last line, copied; NULL: the keys. */
void arrange_tell(struct arrange *arrange, const char *sentence);
int arrange_rows(const struct arrange *arrange); /* rows it would like to have */
void arrange_draw(struct arrange *arrange, struct canvas *canvas, struct area area);

#endif
