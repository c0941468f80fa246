/* The command line: completion of names, and their reading. */
#include <config.h>

#include "zhiban/ui/prompt.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

/* The folded first word of a line; its bytes in the line. */
static size_t first_word(const char *line, struct str *out)
{
	size_t start = strspn(line, " "), len = strcspn(line + start, " ");
	struct str word = STR_INIT;

	str_add_bytes(&word, line + start, len);
	text_fold(out, str_get(&word));
	str_release(&word);
	return start + len;
}

static bool title_is(const struct ui_command *command, const char *folded, bool whole)
{
	struct str title = STR_INIT;
	bool same;

	if (command->title == NULL)
		return false;
	text_fold(&title, _(command->title));
	same = whole ? strcmp(str_get(&title), folded) == 0 :
		       str_starts(str_get(&title), folded);
	str_release(&title);
	return same;
}

static void add_word(struct prompt_words *words, const struct ui_command *command,
		     struct arena *arena)
{
	bool more = command->args != NULL && command->args[0] != '\0';
	struct prompt_word *word = &words->items[words->n++];

	word->word = more ? arena_printf(arena, "%s ", command->name) : command->name;
	word->help = more ? arena_printf(arena, "%s   %s", _(command->args), _(command->help)) :
			    _(command->help);
}

void prompt_complete_commands(void *ctx, const char *text, size_t at, struct arena *arena,
			      struct prompt_words *words)
{
	const struct prompt_commands *list = ctx;
	struct str typed = STR_INIT;

	if (at > first_word(arena_strndup(arena, text, at), &typed)) {
		str_release(&typed);
		if (list->args != NULL)
			list->args(list->ctx, text, at, arena, words);
		return;
	}
	words->from = strspn(text, " ");
	if (words->from > at)
		words->from = at;
	words->items = arena_array(arena, list->commands->n + 1, sizeof *words->items);
	for (size_t i = 0; i < list->commands->n; i++) {
		const struct ui_command *command = &list->commands->items[i];

		if (command->where != 0 && (command->where & list->where) == 0)
			continue;
		if (list->take != NULL && !list->take(list->take_ctx, command))
			continue;
		if (str_starts(command->name, str_get(&typed)) ||
		    title_is(command, str_get(&typed), false))
			add_word(words, command, arena);
	}
	str_release(&typed);
}

const struct ui_command *prompt_parse_command(const struct ui_commands *commands, const char *line,
					      const char **ret_args, struct error *err)
{
	struct str name = STR_INIT, nearest = STR_INIT;
	size_t end = first_word(line, &name);
	const struct ui_command *command = ui_command_find(commands, str_get(&name));

	for (size_t i = 0; command == NULL && name.len > 0 && i < commands->n; i++)
		if (title_is(&commands->items[i], str_get(&name), true))
			command = &commands->items[i];
	if (command != NULL) {
		*ret_args = line + end + strspn(line + end, " ");
	} else {
		ui_command_nearest(commands, str_get(&name), &nearest);
		if (nearest.len > 0)
			error_set(err, ERR_USAGE, _("%s: no such command; nearest: %s"),
				  str_get(&name), str_get(&nearest));
		else
			error_set(err, ERR_USAGE, _("%s: no such command; F1 lists them"),
				  str_get(&name));
	}
	str_release(&name);
	str_release(&nearest);
	return command;
}
