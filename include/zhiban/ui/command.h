/* A command of the console, one row of a table: keys, the `:` line, help and menus loop over it. */
#ifndef ZHIBAN_UI_COMMAND_H
#define ZHIBAN_UI_COMMAND_H

#include <stddef.h>

#include "zhiban/base/error.h"
#include "zhiban/base/str.h"

struct ui_command {
	const char *name;  /* "assign": the word after ":" and in keys.conf */
	const char *title; /* N_ in menus: "Assign"; NULL: the name */
	const char *group; /* N_ heading in help: "Incident" */
	const char *keys;  /* default keys, see keymap.h; "" none */
	const char *args;  /* what may follow its name on the ":" line, N_; "" nothing */
	const char *help;  /* N_ one line */
	unsigned where;	   /* bits of the views' own: the contexts it works in; 0: everywhere */
	unsigned needs;	   /* bits of the views' own: a selection, a live link, a right … */
	int id;		   /* the views' own number */
};

struct ui_commands { /* borrowed everywhere; outlives all */
	const struct ui_command *items;
	size_t n;
};

/* NULL when there is none of that name. */
const struct ui_command *ui_command_find(const struct ui_commands *commands, const char *name);
/* Appends up to four names that a mistyped one may have meant, with commas; nothing when none is
 * near. */
void ui_command_nearest(const struct ui_commands *commands, const char *name, struct str *out);

#endif
