/* Commands as items of a picker, for palette.c and help.c. */
#ifndef ZHIBAN_UI_PALETTE_PRIV_H
#define ZHIBAN_UI_PALETTE_PRIV_H

#include "zhiban/base/arena.h"
#include "zhiban/ui/palette.h"

struct command_picker {
	struct arena arena; /* items, their keys, commands */
	struct picker *picker;
	const struct ui_command **commands; /* by item */
};

/* all_keys: every key of a command, else the first; grouped: under the headings of their groups. */
void command_picker_init(struct command_picker *picker, const struct palette_spec *spec,
			 unsigned flags, bool all_keys, bool grouped);
void command_picker_release(struct command_picker *picker);
const struct ui_command *command_picker_current(const struct command_picker *picker);

#endif
