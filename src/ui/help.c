#include <config.h>

#include "zhiban/ui/help.h"

#include <stdlib.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "palette_priv.h"

enum { WHICH_COLS = 26 };

struct help {
	struct command_picker commands;
};

struct help *help_new(const struct palette_spec *spec)
{
	struct help *help = mem_alloc(sizeof *help);

	command_picker_init(&help->commands, spec, 0, true, true);
	return help;
}

void help_free(struct help *help)
{
	if (help == NULL)
		return;
	command_picker_release(&help->commands);
	free(help);
}

enum picker_result help_key(struct help *help, struct key key, const char *pasted)
{
	return picker_key(help->commands.picker, key, pasted);
}

const struct ui_command *help_command(const struct help *help)
{
	return command_picker_current(&help->commands);
}

void help_draw(struct help *help, struct canvas *canvas, struct area area)
{
	picker_draw(help->commands.picker, canvas, area);
}

struct which { /* what can follow, laid out in columns */
	struct canvas *canvas;
	struct area area;
	int n, per_row;
	bool count_only;
};

/* A line each while there is room, with what it does; else columns of names. */
static void which_one(void *ctx, const char *key, const struct ui_command *command)
{
	struct which *which = ctx;
	bool wide = which->per_row == 1;
	int row, col, used, cols;
	const char *words;

	if (which->count_only) {
		which->n++;
		return;
	}
	cols = which->area.cols / which->per_row;
	row = which->area.row + which->n / which->per_row;
	col = which->area.col + which->n % which->per_row * cols;
	which->n++;
	if (row >= which->area.row + which->area.rows)
		return;
	words = command == NULL	    ? _("more ..") :
		wide		    ? _(command->help) :
		command->title != NULL ? _(command->title) :
					 command->name;
	used = canvas_text(which->canvas, row, col + 1, cols - 1, ROLE_KEY, key);
	canvas_pad(which->canvas, row, col + used + 2, cols - used - 2, ROLE_TEXT, words,
		   PAD_RIGHT);
}

void which_draw(const struct keymap *keymap, const struct keymap_state *state, unsigned where,
		struct canvas *canvas, struct area area)
{
	struct which which = { .canvas = canvas, .count_only = true };
	struct str title = STR_INIT;
	struct area box;

	keymap_which(keymap, state, where, which_one, &which);
	which.per_row = (area.cols - 2) / WHICH_COLS;
	if (which.n <= area.rows * 2 / 3 || which.per_row == 0)
		which.per_row = 1;
	box = area_bottom(&area, 2 + (which.n + which.per_row - 1) / which.per_row);
	for (int i = 0; i < state->n; i++) {
		if (key_is_text(state->keys[i])) /* as it was typed: "," and not its name */
			key_utf8(state->keys[i], &title);
		else
			key_add_name(state->keys[i], &title);
		str_add_char(&title, ' ');
	}
	str_add(&title, _(".. and then (Esc: nothing)"));
	which.area = canvas_box(canvas, box, ROLE_FRAME, str_get(&title));
	which.count_only = false;
	which.n = 0;
	keymap_which(keymap, state, where, which_one, &which);
	str_release(&title);
}
