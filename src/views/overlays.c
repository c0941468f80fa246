#include <config.h>

#include <string.h>

#include "desk_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/ui/help.h"
#include "zhiban/ui/prompt.h"

/* What is laid over a screen for a moment: help, and the ":" line. */

struct overlay {
	struct app *app;
	unsigned where; /* of the view below */
	struct help *help;
	struct prompt *line;
	struct prompt_commands words;
};

static struct overlay *overlay_new(struct ui *ui)
{
	struct overlay *overlay = mem_alloc(sizeof *overlay);
	struct uuid id;

	overlay->app = ui_shell(ui);
	overlay->where = ui_where(ui);
	app_selected(overlay->app, &id); /* remembered while the overlay is the top */
	desk_remember(overlay->app);
	return overlay;
}

static void overlay_close(void *state)
{
	struct overlay *overlay = state;

	if (overlay->help)
		overlay->app->lending = false;
	help_free(overlay->help);
	prompt_free(overlay->line);
	free(overlay);
}

/* ---- help ---- */

static enum err help_open(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct overlay *overlay = overlay_new(ui);
	struct palette_spec spec = {
		.title = _("What works here (type to filter, Enter runs it, Esc leaves)"),
		.commands = commands(),
		.keymap = overlay->app->keymap,
		.where = overlay->where,
		.take = app_takes,
		.why = app_why,
		.ctx = overlay->app,
	};

	(void)arg;
	(void)err;
	arena_reset(&overlay->app->whys);
	overlay->app->lending = true;
	overlay->help = help_new(&spec);
	*ret_state = overlay;
	return ERR_OK;
}

static void help_show(void *state, struct canvas *canvas, struct area area, bool all)
{
	(void)all;
	help_draw(((struct overlay *)state)->help, canvas, area);
}

static unsigned help_pressed(void *state, struct key key, const char *pasted)
{
	struct overlay *overlay = state;

	switch (help_key(overlay->help, key, pasted)) {
	case PICKER_DONE:
		ui_then(overlay->app->ui, help_command(overlay->help), "");
		return UI_CLOSE | UI_FRAME;
	case PICKER_LEFT:
		return UI_CLOSE | UI_FRAME;
	case PICKER_MORE:
		return UI_REDRAW;
	case PICKER_IGNORED:
		break;
	}
	return UI_IGNORED;
}

static const char *help_title(void *state)
{
	(void)state;
	return _("Help");
}

const struct view_ops help_view = {
	.name = "help",
	.open = help_open,
	.close = overlay_close,
	.draw = help_show,
	.key = help_pressed,
	.title = help_title,
};

/* ---- the ":" line ---- */

static const char *theme_words(const char *name)
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

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strcmp(known[i].name, name) == 0)
			return _(known[i].words);
	return _("your own");
}

static void complete_args(void *ctx, const char *text, size_t at, struct arena *arena,
			  struct prompt_words *words)
{
	const struct overlay *overlay = ctx;
	const char *const *themes;
	const char *space = strchr(text, ' '), *typed;
	const struct ui_command *command;

	if (!space || (size_t)(space - text) >= at)
		return;
	command = ui_command_find(commands(),
				  arena_strndup(arena, text, (size_t)(space - text)));
	words->from = (size_t)(space - text) + strspn(space, " ");
	if (words->from > at)
		words->from = at;
	if (command && argument_words(overlay->app, command->needs, text, at, arena, words))
		return;
	typed = arena_strndup(arena, text + words->from, at - words->from);
	if (command && command->needs & CMD_THEME)
		for (size_t i = 0, n = theme_list(overlay->app->theme_folders, arena, &themes);
		     i < n; i++)
			prompt_offer(arena, words, typed, themes[i], theme_words(themes[i]));
	if (command && command->needs & CMD_LINE) {
		prompt_offer(arena, words, typed, "thin", _("save bytes, and show them"));
		prompt_offer(arena, words, typed, "normal", _("the line is not counted"));
	}
	if (command && command->needs & CMD_GROUP)
		for (size_t i = 0; i < board_group_count(); i++)
			prompt_offer(arena, words, typed, board_group_at(i)->name,
			      _(board_group_at(i)->title));
	if (command && command->needs & CMD_VIEW)
		saved_offer(overlay->app, typed, arena, words);
	if (command && command->needs & CMD_COLUMNS)
		columns_offer(text, at, arena, words);
	if (command && command->needs & CMD_SORT)
		for (size_t i = 0; i < board_order_count(); i++)
			prompt_offer(arena, words, typed, board_order_at(i)->name,
			      _(board_order_at(i)->title));
}

static const char *act_called(void *ctx, const struct ui_command *command)
{
	const struct app *app = ctx;
	const struct act_desc *act = command_act(command);

	return act ? rules_act_label(client_rules(app->client), act) : NULL;
}

static enum err line_open(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct overlay *overlay = overlay_new(ui);
	struct prompt_spec spec = {
		.label = ":",
		.hint = _("a command; Tab completes, Esc leaves"),
		.complete = prompt_complete_commands,
		.ctx = &overlay->words,
		.history = &overlay->app->lines,
	};

	(void)arg;
	(void)err;
	overlay->words = (struct prompt_commands){
		.commands = commands(),
		.where = overlay->where,
		.args = complete_args,
		.ctx = overlay,
		.take = app_takes,
		.take_ctx = overlay->app,
		.called = act_called,
	};
	overlay->line = prompt_new(&spec);
	*ret_state = overlay;
	return ERR_OK;
}

static struct area line_place(void *state, struct area body)
{
	return area_bottom(&body, prompt_rows(((struct overlay *)state)->line));
}

static void line_show(void *state, struct canvas *canvas, struct area area, bool all)
{
	(void)all;
	prompt_draw(((struct overlay *)state)->line, canvas, area);
}

static unsigned line_run(struct overlay *overlay)
{
	const char *text = prompt_text(overlay->line), *args = "";
	const struct ui_command *command;
	struct error err = ERROR_INIT;

	if (!*text)
		return UI_CLOSE | UI_FRAME;
	command = prompt_parse_command(commands(), text, &args, &err);
	if (!command) {
		prompt_error(overlay->line, err.text, 0, strlen(text));
		return UI_REDRAW_ALL;
	}
	if (command->where && !(command->where & overlay->where)) {
		prompt_error(overlay->line, _("that works on another screen"), 0, strlen(text));
		return UI_REDRAW_ALL;
	}
	ui_then(overlay->app->ui, command, args);
	return UI_CLOSE | UI_FRAME;
}

static unsigned line_pressed(void *state, struct key key, const char *pasted)
{
	struct overlay *overlay = state;

	switch (prompt_key(overlay->line, key, pasted)) {
	case PROMPT_DONE:
		return line_run(overlay);
	case PROMPT_LEFT:
		return UI_CLOSE | UI_FRAME;
	case PROMPT_CHANGED:
		prompt_error(overlay->line, NULL, 0, 0);
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
	.close = overlay_close,
	.place = line_place,
	.draw = line_show,
	.key = line_pressed,
};
