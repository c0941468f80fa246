/* A view that asks which of some things: a picker, laid over the screen below for a moment.
 *
 * Its state begins with a struct choose and is one: choose_new makes it, the view fills the picker
 * from texts in the arena, and its ops are the choose_ functions.  One that takes keys of its own
 * looks at them first and leaves the rest to choose_key. */
#ifndef ZHIBAN_VIEWS_CHOOSE_PRIV_H
#define ZHIBAN_VIEWS_CHOOSE_PRIV_H

#include "app_priv.h"
#include "zhiban/base/arena.h"
#include "zhiban/ui/picker.h"

struct choose {
	struct app *app;
	struct arena arena;    /* what the picker shows; freed with it */
	struct picker *picker; /* the view makes it; NULL: not yet */
	/* UI flags of what the chosen item (its index) brings, before the overlay closes. */
	unsigned (*chosen)(void *state, size_t at);
};

/* size: of the whole state, the rest of which is zero. */
void *choose_new(struct ui *ui, size_t size, unsigned (*chosen)(void *state, size_t at));
void choose_close(void *state);
struct area choose_place(void *state, struct area body);
void choose_draw(void *state, struct canvas *canvas, struct area area, bool all);
unsigned choose_key(void *state, struct key key, const char *pasted);

#endif
