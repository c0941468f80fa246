/* The ":" line: names of commands and what may follow them, completed with what each means. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "columns_priv.h"
#include "desk_priv.h"
#include "saved_priv.h"
#include "words_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/client.h"
#include "zhiban/model/whistles.h"
#include "zhiban/ui/prompt.h"

struct line {
	struct app *app;
	unsigned where; /* of the view below */
	struct prompt *prompt;
	struct prompt_commands words;
};

/* ---- what may follow a name ---- */

struct offering {
	struct app *app;
	struct arena *arena;
	struct prompt_words *words;
	const char *typed;
	unsigned where; /* of the view below */
};

static void offer(struct offering *offering, const char *word, const char *help)
{
	prompt_offer(offering->arena, offering->words, offering->typed, word, help);
}

static void offer_themes(struct offering *offering)
{
	static const struct {
		const char *name, *words;
	} known[] = {
		{ "dark", N_("for dark backgrounds") },
		{ "light", N_("for light backgrounds") },
		{ "contrast", N_("high contrast, on black") },
		{ "colourblind", N_("for who does not tell red from green") },
		{ "mono", N_("no colours, only bold and the like") },
	};
	const char *const *names;
	size_t n = theme_list(offering->app->theme_folders, offering->arena, &names);

	for (size_t i = 0; i < n; i++) {
		const char *words = _("your own");

		for (size_t k = 0; k < ARRAY_LEN(known); k++)
			if (strcmp(known[k].name, names[i]) == 0)
				words = _(known[k].words);
		offer(offering, names[i], words);
	}
}

static void offer_line(struct offering *offering)
{
	offer(offering, "thin", _("save bytes, and show them"));
	offer(offering, "normal", _("the line is not counted"));
}

static void offer_orders(struct offering *offering)
{
	bool whistles = offering->where & WHERE_WHISTLES;

	for (size_t i = 0; whistles && i < whistle_order_count(); i++)
		offer(offering, whistle_order_at(i)->name, _(whistle_order_at(i)->title));
	for (size_t i = 0; !whistles && i < board_order_count(); i++)
		offer(offering, board_order_at(i)->name, _(board_order_at(i)->title));
}

static void offer_spans(struct offering *offering)
{
	static const char *const spans[] = { "30m", "1h", "2h", "4h" };

	for (size_t i = 0; i < ARRAY_LEN(spans); i++)
		offer(offering, spans[i], "");
	offer(offering, "off", _("alarms sound again"));
}

static void offer_groups(struct offering *offering)
{
	for (size_t i = 0; i < board_group_count(); i++)
		offer(offering, board_group_at(i)->name, _(board_group_at(i)->title));
}

static const struct {
	unsigned needs;
	void (*offer)(struct offering *offering);
} followers[] = {
	{ CMD_THEME, offer_themes },   { CMD_LINE, offer_line },     { CMD_SORT, offer_orders },
	{ CMD_SPAN, offer_spans },     { CMD_GROUP, offer_groups },
};

static void complete_args(void *ctx, const char *text, size_t at, struct arena *arena,
			  struct prompt_words *words)
{
	struct line *line = ctx;
	struct offering offering = { line->app, arena, words, "", line->where };
	size_t name = strspn(text, " ") + strcspn(text + strspn(text, " "), " ");
	const struct ui_command *command;
	struct error err = ERROR_INIT;
	const char *args;

	command = prompt_parse_command(commands(), arena_strndup(arena, text, name), &args, &err);
	if (!command || name >= at)
		return;
	words->from = name + strspn(text + name, " ");
	if (words->from > at)
		words->from = at;
	if (argument_words(line->app, command->needs, text, at, arena, words))
		return;
	if (command->needs & CMD_COLUMNS) {
		columns_offer(text, at, arena, words);
		return;
	}
	offering.typed = arena_strndup(arena, text + words->from, at - words->from);
	if (command->needs & CMD_VIEW)
		saved_offer(line->app, line->where, offering.typed, arena, words);
	for (size_t i = 0; i < ARRAY_LEN(followers); i++)
		if (command->needs & followers[i].needs)
			followers[i].offer(&offering);
}

bool line_needs_words(const struct ui_command *command)
{
	return command->needs & (CMD_THEME | CMD_SORT | CMD_NUMBER | CMD_LINE | CMD_SPAN |
				 CMD_FILE) ||
	       command->id == CMD_save;
}

/* ---- the view ---- */

/* What the profile calls an act. */
static const char *called(void *ctx, const struct ui_command *command)
{
	struct app *app = ctx;
	const struct act_desc *act = command_act(command);

	return act ? rules_act_label(client_rules(app->client), act) : NULL;
}

static enum err line_open(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct line *line = mem_alloc(sizeof *line);
	struct prompt_spec spec = {
		.label = ":",
		.initial = arg,
		.hint = _("a command; Tab completes, Esc leaves"),
		.complete = prompt_complete_commands,
		.ctx = &line->words,
	};
	struct uuid id;

	(void)err;
	line->app = ui_shell(ui);
	line->where = ui_where(ui);
	app_selected(line->app, &id); /* remembered while the line is the top */
	desk_remember(line->app);
	line->words = (struct prompt_commands){
		.commands = commands(),
		.where = line->where,
		.args = complete_args,
		.ctx = line,
		.take = app_takes,
		.called = called,
		.take_ctx = line->app,
		.keymap = line->app->keymap,
	};
	spec.history = &line->app->lines;
	line->prompt = prompt_new(&spec);
	*ret_state = line;
	return ERR_OK;
}

static void line_close(void *state)
{
	struct line *line = state;

	prompt_free(line->prompt);
	free(line);
}

static struct area line_place(void *state, struct area body)
{
	return area_bottom(&body, prompt_rows(((struct line *)state)->prompt));
}

static void line_show(void *state, struct canvas *canvas, struct area area, bool all)
{
	(void)all;
	prompt_draw(((struct line *)state)->prompt, canvas, area);
}

/* The command by the label of its act ("交办"), or the only one that completes what was typed. */
static const struct ui_command *guess(struct line *line, const char *text, const char **ret_args)
{
	size_t start = strspn(text, " "), len = strcspn(text + start, " ");
	struct arena arena = ARENA_INIT;
	struct prompt_words words = { NULL, 0, 0 };
	const struct ui_command *command = NULL;
	const char *name = arena_strndup(&arena, text + start, len);

	for (size_t i = 0; i < commands()->n && !command; i++) {
		const struct ui_command *one = &commands()->items[i];

		if (app_takes(line->app, one) && str_eq(called(line->app, one), name))
			command = one;
	}
	prompt_complete_commands(&line->words, name, len, &arena, &words);
	if (!command && words.n == 1)
		command = prompt_parse_command(commands(), words.items[0].word, ret_args, NULL);
	*ret_args = text + start + len + strspn(text + start + len, " ");
	arena_release(&arena);
	return command;
}

static unsigned line_run(struct line *line)
{
	const char *text = prompt_text(line->prompt), *args = "";
	const struct ui_command *command;
	struct error err = ERROR_INIT;

	if (!*text)
		return UI_CLOSE | UI_FRAME;
	command = prompt_parse_command(commands(), text, &args, &err);
	if (!command)
		command = guess(line, text, &args);
	if (!command) {
		prompt_error(line->prompt, err.text, 0, strlen(text));
		return UI_REDRAW_ALL;
	}
	if (command->where && !(command->where & line->where)) {
		prompt_error(line->prompt, _("that works on another screen"), 0, strlen(text));
		return UI_REDRAW_ALL;
	}
	ui_then(line->app->ui, command, args);
	return UI_CLOSE | UI_FRAME;
}

static unsigned line_pressed(void *state, struct key key, const char *pasted)
{
	struct line *line = state;

	switch (prompt_key(line->prompt, key, pasted)) {
	case PROMPT_DONE:
		return line_run(line);
	case PROMPT_LEFT:
		return UI_CLOSE | UI_FRAME;
	case PROMPT_CHANGED:
		prompt_error(line->prompt, NULL, 0, 0);
		return UI_REDRAW_ALL;
	case PROMPT_MORE:
		break;
	}
	return UI_REDRAW_ALL;
}

const struct view_ops line_view = {
	.name = "line",
	.types = true,
	.overlay = true,
	.open = line_open,
	.close = line_close,
	.place = line_place,
	.draw = line_show,
	.key = line_pressed,
};
