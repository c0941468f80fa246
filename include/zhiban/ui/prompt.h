/* One line asked for at the bottom: a filter, a command, a yes or no.
 *
 * The caller feeds keys and draws it in rows it keeps free (prompt_rows).  With live filters the
 * caller applies prompt_text at each PROMPT_CHANGED.  Completion: the words that could stand at the
 * cursor are listed above the line; Down and Up choose one, Tab takes it (or the first), Enter
 * takes a chosen one.  Ctrl-P and Ctrl-N walk the history, as Up and Down do in an empty line. */
#ifndef ZHIBAN_UI_PROMPT_H
#define ZHIBAN_UI_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/base/arena.h"
#include "zhiban/ui/canvas.h"
#include "zhiban/ui/command.h"
#include "zhiban/ui/key.h"
#include "zhiban/ui/keymap.h"

enum prompt_result { PROMPT_MORE, PROMPT_CHANGED, PROMPT_DONE, PROMPT_LEFT };

struct prompt_word { /* a possible completion, in the arena given */
	const char *word; /* replaces the text between from and the cursor */
	const char *help;
};
struct prompt_words {
	struct prompt_word *items;
	size_t n;
	size_t from; /* bytes from the beginning of the text */
};
/* Fills in what could stand at byte `at` of text.  Whoever finds nothing leaves n 0. */
typedef void (*prompt_complete_fn)(void *ctx, const char *text, size_t at, struct arena *arena,
				   struct prompt_words *words);

struct prompt_history { /* kept by the caller across prompts; all zero at first */
	char **lines;
	size_t n, cap;
};
/* The newest line; one that is empty or the newest already is not added. */
void prompt_history_add(struct prompt_history *history, const char *line);
void prompt_history_release(struct prompt_history *history);

struct prompt_spec {
	const char *label;   /* "/", ":" or words */
	const char *initial; /* NULL: empty */
	const char *hint;    /* shown while the line is empty */
	size_t max_chars;    /* 0: 500 */
	prompt_complete_fn complete; /* may be NULL */
	void *ctx;
	struct prompt_history *history; /* may be NULL */
};

struct prompt;
struct prompt *prompt_new(const struct prompt_spec *spec);
void prompt_free(struct prompt *prompt);
enum prompt_result prompt_key(struct prompt *prompt, struct key key, const char *pasted);
const char *prompt_text(const struct prompt *prompt);
/* An error under the line, with len bytes from `from` of the text marked; NULL takes it away. */
void prompt_error(struct prompt *prompt, const char *sentence, size_t from, size_t len);
int prompt_rows(const struct prompt *prompt); /* 1 to 10 */
void prompt_draw(struct prompt *prompt, struct canvas *canvas, struct area area);

/* The words of a command line: names of commands that work here, with key, label and help.  First
 * those whose name, title or label begins as typed, then those whose label or help hold it, in
 * Chinese or in pinyin. */
struct prompt_commands { /* ctx of prompt_complete_commands */
	const struct ui_commands *commands;
	unsigned where;
	prompt_complete_fn args; /* what follows the name, given the whole line; may be NULL */
	void *ctx;		 /* of args */
	/* Whether a command is named at all; may be NULL. */
	bool (*take)(void *ctx, const struct ui_command *command);
	void *take_ctx; /* of this and the next */
	/* What people call it here, such as the name of an act; NULL: nothing of its own.  May be
	 * NULL; lent till the next call. */
	const char *(*called)(void *ctx, const struct ui_command *command);
	const struct keymap *keymap; /* its first key is shown; may be NULL */
};
void prompt_complete_commands(void *ctx, const char *text, size_t at, struct arena *arena,
			      struct prompt_words *words);
/* Splits "name rest" (the name may be the translated title, too); NULL and a sentence with the
 * nearest names when there is no such command. */
const struct ui_command *prompt_parse_command(const struct ui_commands *commands, const char *line,
					      const char **ret_args, struct error *err);

/* A question: y or 1 (PROMPT_DONE), n, 2 or Esc (PROMPT_LEFT); other keys PROMPT_MORE. */
enum prompt_result question_key(struct key key);
void question_draw(struct canvas *canvas, struct area area, const char *question);

/* Adds a word to what is offered, when it begins with what was typed, or it or its help does so in
 * pinyin. */
void prompt_offer(struct arena *arena, struct prompt_words *words, const char *typed,
		  const char *word, const char *help);

#endif
