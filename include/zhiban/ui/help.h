/* Help: what works here, by groups, made from the command table; filtered as you type; Enter gives
 * the command to run. */
#ifndef ZHIBAN_UI_HELP_H
#define ZHIBAN_UI_HELP_H

#include "zhiban/ui/palette.h"

struct help;
/* numbers is ignored; commands that cannot run now are shown with why. */
struct help *help_new(const struct palette_spec *spec);
void help_free(struct help *help);
enum picker_result help_key(struct help *help, struct key key, const char *pasted);
const struct ui_command *help_command(const struct help *help); /* after PICKER_DONE */
void help_draw(struct help *help, struct canvas *canvas, struct area area);

/* The keys that can follow, in a box at the bottom of the area (which-key). */
void which_draw(const struct keymap *keymap, const struct keymap_state *state, unsigned where,
		struct canvas *canvas, struct area area);

#endif
