/* The palette: all commands that work here, filtered as you type; and the numbered menu of acts,
 * for those whose letters an input method swallows. */
#ifndef ZHIBAN_UI_PALETTE_H
#define ZHIBAN_UI_PALETTE_H

#include "zhiban/ui/keymap.h"
#include "zhiban/ui/picker.h"

/* NULL when the command can be run now, else why not (translated).  May itself be NULL: all can. */
typedef const char *(*palette_why_fn)(void *ctx, const struct ui_command *command);
/* Whether a command belongs in the menu at all; may be NULL. */
typedef bool (*palette_take_fn)(void *ctx, const struct ui_command *command);

struct palette_spec {
	const char *title;
	const struct ui_commands *commands;
	const struct keymap *keymap;
	unsigned where;
	palette_take_fn take;
	palette_why_fn why;
	void *ctx;
	bool numbers; /* a menu: 1…9 choose */
};

struct palette;
struct palette *palette_new(const struct palette_spec *spec);
void palette_free(struct palette *palette);
enum picker_result palette_key(struct palette *palette, struct key key, const char *pasted);
/* After PICKER_DONE. */
const struct ui_command *palette_command(const struct palette *palette);
int palette_rows(const struct palette *palette);
void palette_draw(struct palette *palette, struct canvas *canvas, struct area area);

#endif
