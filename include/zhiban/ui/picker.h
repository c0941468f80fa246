/* Choosing one or several of some items, filtered as you type.
 *
 * Palette, help, the choices of a form and completion are pickers.  Typing narrows the items to
 * those whose label, name, help or hint holds every word typed (folded: case, width), or in pinyin
 * (base/pinyin.h; in a help spelled out): first those of which it is the whole, then those that
 * begin with it; Up Down (Ctrl-P Ctrl-N) PgUp PgDn move; Enter chooses; Esc leaves.  With
 * PICKER_NUMBERS the digits 1…9 choose a line of the page at once, and 0 goes to the next page. */
#ifndef ZHIBAN_UI_PICKER_H
#define ZHIBAN_UI_PICKER_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/ui/canvas.h"
#include "zhiban/ui/edit.h"
#include "zhiban/ui/key.h"

struct picker_item { /* strings are borrowed until the picker is freed or reset; NULL is "" */
	const char *label;
	const char *name;  /* stable word, matched too: "assign" */
	const char *keys;  /* shown at the left: "a" */
	const char *help;  /* shown behind, matched */
	const char *hint;  /* matched, never shown: a code, the full name */
	const char *group; /* stands above those that have it (they follow each other); NULL: none */
	const char *why;   /* not NULL: it cannot be chosen now, and this says why */
};

enum picker_flags {
	PICKER_NUMBERS = 1 << 0,
	PICKER_MANY = 1 << 1,	  /* Space marks several */
	PICKER_NO_TYPING = 1 << 2, /* no filter line (completion) */
};

enum picker_result { PICKER_IGNORED, PICKER_MORE, PICKER_DONE, PICKER_LEFT };

struct picker;

/* Items are copied, their strings borrowed.  title may be NULL. */
struct picker *picker_new(const char *title, const struct picker_item *items, size_t n,
			  unsigned flags);
void picker_free(struct picker *picker);
void picker_reset(struct picker *picker, const struct picker_item *items, size_t n);
void picker_filter(struct picker *picker, const char *text); /* as if typed */
const char *picker_typed(const struct picker *picker);
enum picker_result picker_key(struct picker *picker, struct key key, const char *pasted);
/* Index of the item under the cursor in the array given; false when none matches. */
bool picker_current(const struct picker *picker, size_t *ret_index);
void picker_select(struct picker *picker, size_t index); /* puts the cursor on it */
size_t picker_shown(const struct picker *picker);	 /* items that match */
void picker_set_mark(struct picker *picker, size_t index, bool marked);
bool picker_is_marked(const struct picker *picker, size_t index);
int picker_rows(const struct picker *picker); /* rows it would like to have */
/* In a box with its title, but for PICKER_NO_TYPING. */
void picker_draw(struct picker *picker, struct canvas *canvas, struct area area);

#endif
