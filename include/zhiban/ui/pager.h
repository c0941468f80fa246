/* A page of wrapped text in sections: an incident with its fields, its text and its timeline.
 *
 * Built by adding; the position is kept by section and byte, so that another width or new lines
 * above do not move what is read.  Text may be of any length. */
#ifndef ZHIBAN_UI_PAGER_H
#define ZHIBAN_UI_PAGER_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/ui/canvas.h"
#include "zhiban/ui/key.h"

struct pager;

struct pager *pager_new(void);
void pager_free(struct pager *pager);

/* Between pager_begin and pager_end the page is built anew; the position stays on the section of
 * the same key. */
void pager_begin(struct pager *pager);
/* key: stable name of the section ("timeline"), copied; title translated, copied; NULL: none. */
void pager_section(struct pager *pager, const char *key, const char *title);
/* A paragraph, copied; newlines break lines.  label stands left of it in label_cols columns
 * (NULL and 0: none), and wrapped lines begin behind it. */
void pager_add(struct pager *pager, const char *label, int label_cols, enum role role,
	       const char *text);
void pager_end(struct pager *pager);

/* j k arrows, Space PgDn Ctrl-F, b PgUp Ctrl-B, g Home, G End, Tab and Shift-Tab for sections.
 * false: not a key of the pager. */
bool pager_key(struct pager *pager, struct key key);
bool pager_goto(struct pager *pager, const char *key); /* a section; false: not there */
/* First line shown, lines shown, lines in all, as last drawn. */
void pager_position(const struct pager *pager, int *ret_top, int *ret_shown, int *ret_lines);
bool pager_at_end(const struct pager *pager);
/* Draws what changed since the last time in the same area (all: everything). */
void pager_draw(struct pager *pager, struct canvas *canvas, struct area area, bool all);

#endif
