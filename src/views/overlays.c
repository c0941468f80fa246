#include <config.h>

#include <string.h>

#include "desk_priv.h"
#include "words_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/ui/help.h"

/* Help, laid over a screen for a moment. */

struct overlay {
	struct app *app;
	unsigned where; /* of the view below */
	struct help *help;
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

/* What needs words beside it is begun on the ":" line. */
static void run_chosen(struct app *app, const struct ui_command *command)
{
	struct str line = STR_INIT;

	if (!line_needs_words(command)) {
		ui_then(app->ui, command, "");
		return;
	}
	str_addf(&line, "%s ", command->name);
	ui_then(app->ui, command_at(CMD_command), str_get(&line));
	str_release(&line);
}

static unsigned help_pressed(void *state, struct key key, const char *pasted)
{
	struct overlay *overlay = state;

	switch (help_key(overlay->help, key, pasted)) {
	case PICKER_DONE:
		run_chosen(overlay->app, help_command(overlay->help));
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
