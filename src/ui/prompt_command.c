/* The command line: completion of names, and their reading. */
#include <config.h>

#include "zhiban/ui/prompt.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"
#include "zhiban/base/text.h"

#define WIDE_BLANK "\xE3\x80\x80" /* U+3000 */

/* Bytes of the blanks a line begins with, the wide one of input methods among them. */
static size_t blanks(const char *line)
{
	size_t n = strspn(line, " ");

	while (str_starts(line + n, WIDE_BLANK))
		n += strlen(WIDE_BLANK) + strspn(line + n + strlen(WIDE_BLANK), " ");
	return n;
}

/* Bytes up to the next blank. */
static size_t word_len(const char *line)
{
	const char *wide = strstr(line, WIDE_BLANK);
	size_t n = strcspn(line, " ");

	return wide != NULL && (size_t)(wide - line) < n ? (size_t)(wide - line) : n;
}

/* The folded first word of a line; its bytes in the line. */
static size_t first_word(const char *line, struct str *out)
{
	size_t start = blanks(line), len = word_len(line + start);
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

static const char *called_of(const struct prompt_commands *list, const struct ui_command *command)
{
	return list->called != NULL ? list->called(list->take_ctx, command) : NULL;
}

static void add_word(const struct prompt_commands *list, const struct ui_command *command,
		     struct arena *arena, struct prompt_words *words)
{
	bool more = command->args != NULL && command->args[0] != '\0';
	struct prompt_word *word = &words->items[words->n++];
	const char *label = called_of(list, command);
	struct str help = STR_INIT;

	if (list->keymap != NULL)
		keymap_first_key(list->keymap, command, &help);
	if (help.len > 0)
		str_add(&help, "  ");
	if (more)
		str_addf(&help, "%s   ", _(command->args));
	str_addf(&help, "%s%s%s", label != NULL ? label : "", label != NULL ? ": " : "",
		 _(command->help));
	word->word = more ? arena_printf(arena, "%s ", command->name) : command->name;
	word->help = arena_strdup(arena, help.s);
	str_release(&help);
}

enum { FITS_BEGIN, FITS_WITHIN, FITS_ROUNDS };

static bool fits(const struct prompt_commands *list, const struct ui_command *command,
		 const char *typed, int round)
{
	const char *label = called_of(list, command);
	bool begins = str_starts(command->name, typed) || title_is(command, typed, false) ||
		      (label != NULL && str_starts(label, typed));
	struct pinyin_typed pinyin;
	struct str help = STR_INIT;
	bool found;

	if (round == FITS_BEGIN || begins)
		return begins && round == FITS_BEGIN;
	text_fold(&help, _(command->help));
	found = strstr(str_get(&help), typed) != NULL ||
		(label != NULL && strstr(label, typed) != NULL);
	str_release(&help);
	if (!found && pinyin_type(&pinyin, typed) && pinyin.latin)
		found = (label != NULL && pinyin_fit(&pinyin, label) != PINYIN_NOT) ||
			(strlen(typed) > 2 && pinyin_spelled(&pinyin, _(command->help)));
	return found;
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
	words->from = blanks(text);
	if (words->from > at)
		words->from = at;
	words->items = arena_array(arena, list->commands->n + 1, sizeof *words->items);
	for (int round = 0; round < FITS_ROUNDS; round++)
		for (size_t i = 0; i < list->commands->n; i++) {
			const struct ui_command *command = &list->commands->items[i];

			if (command->where != 0 && (command->where & list->where) == 0)
				continue;
			if (list->take != NULL && !list->take(list->take_ctx, command))
				continue;
			if (fits(list, command, str_get(&typed), round))
				add_word(list, command, arena, words);
		}
	str_release(&typed);
}

void prompt_offer(struct arena *arena, struct prompt_words *words, const char *typed,
		  const char *word, const char *help)
{
	struct pinyin_typed ready;
	struct prompt_word *more;
	bool begins = str_starts(word, typed);

	if (!begins && *typed != '\0' && pinyin_type(&ready, typed) && ready.latin)
		begins = pinyin_fit(&ready, word) >= PINYIN_BEGINS ||
			 pinyin_fit(&ready, help) >= PINYIN_BEGINS;
	if (!begins)
		return;
	more = arena_array(arena, words->n + 1, sizeof *more);
	if (words->n)
		memcpy(more, words->items, words->n * sizeof *more);
	more[words->n++] = (struct prompt_word){ word, help };
	words->items = more;
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
		*ret_args = line + end + blanks(line + end);
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
