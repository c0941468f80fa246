#include <config.h>

#include "zhiban/ui/palette.h"

#include <stdlib.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "palette_priv.h"

struct palette {
	struct command_picker commands;
};

static bool belongs(const struct palette_spec *spec, const struct ui_command *command)
{
	if (command->where != 0 && (command->where & spec->where) == 0)
		return false;
	return spec->take == NULL || spec->take(spec->ctx, command);
}

static struct picker_item item_of(const struct palette_spec *spec, const struct ui_command *command,
				  bool all_keys, bool grouped, struct arena *arena)
{
	struct picker_item item = { .name = command->name, .help = _(command->help) };
	struct str keys = STR_INIT;

	if (spec->keymap != NULL && all_keys)
		keymap_keys(spec->keymap, command, &keys);
	else if (spec->keymap != NULL)
		keymap_first_key(spec->keymap, command, &keys);
	item.keys = arena_strdup(arena, str_get(&keys));
	str_release(&keys);
	item.label = command->title != NULL ? _(command->title) : command->name;
	item.group = grouped && command->group != NULL ? _(command->group) : NULL;
	item.why = spec->why != NULL ? spec->why(spec->ctx, command) : NULL;
	if (item.why != NULL) /* the callback's text may be gone by the next call */
		item.why = arena_strdup(arena, item.why);
	return item;
}

/* Whether a group was met among the first n commands that belong. */
static bool group_met(const struct palette_spec *spec, size_t n, const char *group)
{
	for (size_t i = 0; i < n; i++)
		if (belongs(spec, &spec->commands->items[i]) &&
		    str_eq(spec->commands->items[i].group, group))
			return true;
	return false;
}

void command_picker_init(struct command_picker *picker, const struct palette_spec *spec,
			 unsigned flags, bool all_keys, bool grouped)
{
	size_t n = spec->commands->n, used = 0;
	const struct ui_command *all = spec->commands->items;
	struct picker_item *items;

	arena_init(&picker->arena);
	items = arena_array(&picker->arena, n + 1, sizeof *items);
	picker->commands = arena_array(&picker->arena, n + 1, sizeof *picker->commands);
	for (size_t i = 0; i < n; i++) {
		if (!belongs(spec, &all[i]) ||
		    (grouped && group_met(spec, i, all[i].group)))
			continue;
		/* This one, and when grouped all others of its group behind it. */
		for (size_t k = i; k < n && (grouped || k == i); k++)
			if (belongs(spec, &all[k]) &&
			    (!grouped || str_eq(all[k].group, all[i].group))) {
				picker->commands[used] = &all[k];
				items[used++] = item_of(spec, &all[k], all_keys, grouped,
							&picker->arena);
			}
	}
	picker->picker = picker_new(spec->title, items, used, flags);
}

void command_picker_release(struct command_picker *picker)
{
	picker_free(picker->picker);
	arena_release(&picker->arena);
}

const struct ui_command *command_picker_current(const struct command_picker *picker)
{
	size_t index;

	return picker_current(picker->picker, &index) ? picker->commands[index] : NULL;
}

struct palette *palette_new(const struct palette_spec *spec)
{
	struct palette *palette = mem_alloc(sizeof *palette);

	command_picker_init(&palette->commands, spec, spec->numbers ? PICKER_NUMBERS : 0, false,
			    false);
	return palette;
}

void palette_free(struct palette *palette)
{
	if (palette == NULL)
		return;
	command_picker_release(&palette->commands);
	free(palette);
}

enum picker_result palette_key(struct palette *palette, struct key key, const char *pasted)
{
	return picker_key(palette->commands.picker, key, pasted);
}

const struct ui_command *palette_command(const struct palette *palette)
{
	return command_picker_current(&palette->commands);
}

int palette_rows(const struct palette *palette)
{
	return picker_rows(palette->commands.picker);
}

void palette_draw(struct palette *palette, struct canvas *canvas, struct area area)
{
	picker_draw(palette->commands.picker, canvas, area);
}
