#include <config.h>

#include "zhiban/ui/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/ui/edit.h"

enum { DEFAULT_CHARS = 500, WORD_ROWS = 8, HISTORY_MAX = 100, WORD_COLS_MAX = 30 };

struct prompt {
	struct prompt_spec spec;
	struct edit edit;
	char *error;
	size_t error_from, error_len;
	struct arena arena; /* of words */
	struct prompt_words words;
	long word; /* chosen; -1: none */
	size_t line; /* of the history; n of it: what is being typed */
	char *typed; /* kept while the history is walked */
};

static void complete(struct prompt *prompt)
{
	arena_reset(&prompt->arena);
	prompt->words = (struct prompt_words){ NULL, 0, 0 };
	prompt->word = -1;
	if (prompt->spec.complete != NULL)
		prompt->spec.complete(prompt->spec.ctx, edit_text(&prompt->edit), prompt->edit.at,
				      &prompt->arena, &prompt->words);
}

struct prompt *prompt_new(const struct prompt_spec *spec)
{
	struct prompt *prompt = mem_alloc(sizeof *prompt);

	prompt->spec = *spec;
	arena_init(&prompt->arena);
	edit_init(&prompt->edit, spec->max_chars > 0 ? spec->max_chars : DEFAULT_CHARS, false);
	if (spec->initial != NULL)
		edit_set(&prompt->edit, spec->initial);
	prompt->line = spec->history != NULL ? spec->history->n : 0;
	complete(prompt);
	return prompt;
}

void prompt_free(struct prompt *prompt)
{
	if (prompt == NULL)
		return;
	edit_release(&prompt->edit);
	arena_release(&prompt->arena);
	free(prompt->error);
	free(prompt->typed);
	free(prompt);
}

void prompt_history_release(struct prompt_history *history)
{
	for (size_t i = 0; i < history->n; i++)
		free(history->lines[i]);
	free(history->lines);
	*history = (struct prompt_history){ NULL, 0, 0 };
}

void prompt_history_add(struct prompt_history *history, const char *line)
{
	if (history == NULL || *line == '\0' ||
	    (history->n > 0 && strcmp(history->lines[history->n - 1], line) == 0))
		return;
	if (history->n == HISTORY_MAX) {
		free(history->lines[0]);
		history->n--;
		memmove(history->lines, history->lines + 1, history->n * sizeof *history->lines);
	}
	MEM_GROW(history->lines, history->n, history->cap);
	history->lines[history->n++] = mem_strdup(line);
}

static enum prompt_result changed(struct prompt *prompt)
{
	prompt_error(prompt, NULL, 0, 0);
	complete(prompt);
	return PROMPT_CHANGED;
}

static enum prompt_result walk_history(struct prompt *prompt, int step)
{
	const struct prompt_history *history = prompt->spec.history;

	if (history == NULL || (step < 0 && prompt->line == 0) ||
	    (step > 0 && prompt->line >= history->n))
		return PROMPT_MORE;
	if (prompt->line == history->n) {
		free(prompt->typed);
		prompt->typed = mem_strdup(edit_text(&prompt->edit));
	}
	prompt->line = step < 0 ? prompt->line - 1 : prompt->line + 1;
	edit_set(&prompt->edit,
		 prompt->line < history->n ? history->lines[prompt->line] : prompt->typed);
	return changed(prompt);
}

static enum prompt_result take_word(struct prompt *prompt)
{
	const char *word;
	size_t from = prompt->words.from;

	if (prompt->words.n == 0)
		return PROMPT_MORE;
	word = prompt->words.items[prompt->word >= 0 ? prompt->word : 0].word;
	str_remove(&prompt->edit.text, from, prompt->edit.at - from);
	prompt->edit.at = from;
	edit_insert(&prompt->edit, word, strlen(word));
	return changed(prompt);
}

static enum prompt_result choose(struct prompt *prompt, int step)
{
	bool walking = prompt->spec.history != NULL && prompt->line < prompt->spec.history->n;

	if (prompt->words.n == 0 || walking || prompt->edit.text.len == 0)
		return walk_history(prompt, step);
	prompt->word += step;
	if (prompt->word < -1)
		prompt->word = -1;
	if (prompt->word >= (long)prompt->words.n)
		prompt->word = (long)prompt->words.n - 1;
	return PROMPT_MORE;
}

static enum prompt_result finish(struct prompt *prompt)
{
	if (prompt->word >= 0)
		return take_word(prompt);
	prompt_history_add(prompt->spec.history, edit_text(&prompt->edit));
	return PROMPT_DONE;
}

static enum prompt_result type(struct prompt *prompt, struct key key, const char *pasted)
{
	enum edit_result result;

	if (key.code == UIKEY_PASTE)
		result = edit_insert(&prompt->edit, pasted, strlen(pasted));
	else if (key.code == UIKEY_BACKSPACE && prompt->edit.text.len == 0)
		return PROMPT_LEFT;
	else
		result = edit_key(&prompt->edit, key);
	switch (result) {
	case EDIT_CHANGED:
	case EDIT_FULL:
		prompt->line = prompt->spec.history != NULL ? prompt->spec.history->n : 0;
		return changed(prompt);
	case EDIT_MOVED:
		complete(prompt);
		return PROMPT_MORE;
	case EDIT_SAME:
	case EDIT_IGNORED:
		break;
	}
	return PROMPT_MORE;
}

enum prompt_result prompt_key(struct prompt *prompt, struct key key, const char *pasted)
{
	if (key.mods == KEY_CTRL && (key.code == 'p' || key.code == 'n'))
		return walk_history(prompt, key.code == 'p' ? -1 : 1);
	if (key.mods == 0)
		switch (key.code) {
		case UIKEY_ENTER:
			return finish(prompt);
		case UIKEY_ESC:
			return PROMPT_LEFT;
		case UIKEY_TAB:
			return take_word(prompt);
		case UIKEY_UP:
			return choose(prompt, -1);
		case UIKEY_DOWN:
			return choose(prompt, 1);
		default:
			break;
		}
	return type(prompt, key, pasted);
}

const char *prompt_text(const struct prompt *prompt)
{
	return edit_text(&prompt->edit);
}

void prompt_error(struct prompt *prompt, const char *sentence, size_t from, size_t len)
{
	char *copy = mem_strdup(sentence);

	free(prompt->error);
	prompt->error = copy;
	prompt->error_from = from;
	prompt->error_len = len;
}

static int word_rows(const struct prompt *prompt)
{
	return prompt->words.n < WORD_ROWS ? (int)prompt->words.n : WORD_ROWS;
}

int prompt_rows(const struct prompt *prompt)
{
	return word_rows(prompt) + 1 + (prompt->error != NULL);
}

static void draw_words(const struct prompt *prompt, struct canvas *canvas, struct area area)
{
	int cols = 0;
	size_t top = 0;

	for (size_t i = 0; i < prompt->words.n; i++) {
		int n = text_columns(prompt->words.items[i].word);

		cols = n > cols ? n : cols;
	}
	if (cols > WORD_COLS_MAX)
		cols = WORD_COLS_MAX;
	if (prompt->word >= area.rows)
		top = (size_t)(prompt->word - area.rows + 1);
	for (int i = 0; i < area.rows && top + (size_t)i < prompt->words.n; i++) {
		const struct prompt_word *word = &prompt->words.items[top + (size_t)i];
		int row = area.row + i;
		bool here = (long)(top + (size_t)i) == prompt->word;

		canvas_text(canvas, row, area.col, 1, ROLE_LIST_SELECTED, here ? ">" : " ");
		canvas_pad(canvas, row, area.col + 2, cols, ROLE_KEY, word->word, PAD_RIGHT);
		canvas_pad(canvas, row, area.col + cols + 4, area.cols - cols - 4, ROLE_HINT,
			   word->help, PAD_RIGHT);
	}
}

/* Paints the part of the line that the error is about, as far as it is in view. */
static void mark_error(const struct prompt *prompt, struct canvas *canvas, struct area area)
{
	const char *text = edit_text(&prompt->edit);
	size_t end = prompt->error_from + prompt->error_len;
	int col = area.col;
	uint32_t cp;

	for (size_t at = prompt->edit.top, n; at < end && at < prompt->edit.text.len; at += n) {
		int columns;

		n = text_next(text + at, prompt->edit.text.len - at, &cp);
		columns = text_cp_columns(cp);
		if (at >= prompt->error_from && col < area.col + area.cols)
			canvas_paint(canvas, area.row, col, columns, ROLE_ERROR);
		col += columns;
	}
}

void prompt_draw(struct prompt *prompt, struct canvas *canvas, struct area area)
{
	struct area error = area_bottom(&area, prompt->error != NULL ? 1 : 0);
	struct area line = area_bottom(&area, 1);

	canvas_erase(canvas, area);
	draw_words(prompt, canvas, area_bottom(&area, word_rows(prompt)));
	canvas_erase(canvas, line);
	area_left(&line, canvas_text(canvas, line.row, line.col, line.cols, ROLE_KEY,
				     prompt->spec.label));
	edit_draw(&prompt->edit, canvas, line, ROLE_TEXT, true);
	if (prompt->edit.text.len == 0 && prompt->spec.hint != NULL)
		canvas_text(canvas, line.row, line.col, line.cols, ROLE_HINT, prompt->spec.hint);
	if (prompt->error != NULL) {
		mark_error(prompt, canvas, line);
		canvas_pad(canvas, error.row, error.col, error.cols, ROLE_ERROR, prompt->error,
			   PAD_RIGHT);
	}
}

enum prompt_result question_key(struct key key)
{
	key = key_narrow(key);
	if (key.mods != 0)
		return PROMPT_MORE;
	switch (key.code) {
	case 'y':
	case 'Y':
	case '1':
		return PROMPT_DONE;
	case 'n':
	case 'N':
	case '2':
	case UIKEY_ESC:
		return PROMPT_LEFT;
	default:
		return PROMPT_MORE;
	}
}

void question_draw(struct canvas *canvas, struct area area, const char *question)
{
	int used;

	canvas_erase(canvas, area);
	used = canvas_text(canvas, area.row, area.col, area.cols, ROLE_WARNING, question);
	used += canvas_text(canvas, area.row, area.col + used, area.cols - used, ROLE_KEY,
			    _("  y or 1 yes, n or 2 no "));
	canvas_cursor(canvas, area.row, area.col + used);
}
