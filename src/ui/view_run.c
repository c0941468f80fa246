/* From keys to handlers, and from their flags to what happens. */
#include <config.h>

#include "zhiban/ui/view.h"

#include <stdlib.h>

#include "zhiban/base/mem.h"
#include "view_priv.h"

void ui_then(struct ui *ui, const struct ui_command *command, const char *args)
{
	free(ui->then_args);
	ui->then_args = mem_strdup(args);
	ui->then = command;
}

void ui_notice(struct ui *ui, enum role role, const char *sentence)
{
	char *copy = mem_strdup(sentence);

	free(ui->notice);
	ui->notice = copy;
	ui->notice_role = role;
	ui->notice_dirty = true;
}

const char *ui_notice_text(const struct ui *ui)
{
	return ui->notice != NULL ? ui->notice : "";
}

static unsigned run_then(struct ui *ui)
{
	const struct ui_command *command = ui->then;
	char *args = ui->then_args;
	unsigned flags;

	if (command == NULL)
		return UI_NOTHING;
	ui->then = NULL;
	ui->then_args = NULL;
	flags = ui_run(ui, command, args);
	free(args);
	return flags;
}

unsigned ui_apply_to(struct ui *ui, size_t index, unsigned flags)
{
	unsigned left = flags & UI_FOR_FACE;

	if (index < ui->n && (flags & (UI_REDRAW | UI_REDRAW_ALL))) {
		ui->views[index].dirty = true;
		ui->views[index].all |= (flags & UI_REDRAW_ALL) != 0;
	}
	if (flags & UI_FRAME)
		ui->frame = true;
	if ((flags & UI_CLOSE) && index == ui->top)
		ui_close_top(ui);
	if ((flags & UI_OPEN) && ui_push(ui) != ERR_OK)
		left |= UI_BELL; /* the notice says why */
	if (flags & UI_RELOAD)
		left |= ui_reload(ui);
	return left | run_then(ui);
}

unsigned ui_apply(struct ui *ui, unsigned flags)
{
	return ui_apply_to(ui, ui->top, flags);
}

static unsigned run_in_shell(struct ui *ui, const struct ui_command *command, const char *args)
{
	unsigned flags = UI_IGNORED;

	if (ui->shell->command != NULL)
		flags = ui->shell->command(ui->ctx, command, args);
	return ui_apply(ui, flags);
}

unsigned ui_run(struct ui *ui, const struct ui_command *command, const char *args)
{
	const char *why = ui->shell->why != NULL ? ui->shell->why(ui->ctx, command) : NULL;
	unsigned flags = UI_IGNORED;

	if (why != NULL) {
		ui_notice(ui, ROLE_WARNING, why);
		return UI_NOTHING;
	}
	if (ui->n > 0 && !ui_too_small(ui) && ui->views[ui->top].ops->command != NULL)
		flags = ui->views[ui->top].ops->command(ui->views[ui->top].state, command,
							args != NULL ? args : "");
	if (flags & UI_IGNORED)
		return run_in_shell(ui, command, args != NULL ? args : "");
	return ui_apply(ui, flags);
}

static unsigned feed(struct ui *ui, struct key key)
{
	const struct ui_command *command;
	bool within = ui->keys.n > 0;

	switch (keymap_feed(ui->keymap, &ui->keys, key, ui_too_small(ui) ? 0 : ui_where(ui),
			    &command)) {
	case KEYMAP_FOUND:
		ui->everything |= within; /* the box of what can follow goes away */
		return ui_run(ui, command, "");
	case KEYMAP_MORE:
		ui->everything |= within; /* the box before it was another */
		if (ui->n > 0)
			ui->views[ui->top].dirty = true;
		return UI_NOTHING;
	case KEYMAP_NONE:
		break;
	}
	ui->everything |= within;
	if (key.mods & KEY_ALT) { /* within a sequence that Esc has dropped it already */
		unsigned flags =
			within ? UI_NOTHING : ui_key(ui, (struct key){ UIKEY_ESC, 0 }, "");

		key.mods &= (uint8_t)~KEY_ALT;
		return flags | ui_key(ui, key, "");
	}
	if (!within && !ui_too_small(ui) && ui->shell->stray != NULL)
		ui->shell->stray(ui->ctx, key);
	return UI_NOTHING;
}

/* What only writes: nothing is done with it. */
static bool is_typed(struct key key)
{
	return key_is_text(key) || key.code == UIKEY_PASTE || key.code == UIKEY_BACKSPACE;
}

unsigned ui_key(struct ui *ui, struct key key, const char *pasted)
{
	if (ui->notice != NULL) {
		ui_notice(ui, ROLE_TEXT, NULL);
		ui->frame = true;
	}
	if (ui->n > 0 && ui->keys.n == 0 && ui->views[ui->top].ops->key != NULL &&
	    (!ui_too_small(ui) || (ui->views[ui->top].ops->types && is_typed(key)))) {
		size_t index = ui->top;
		unsigned flags = ui->views[index].ops->key(ui->views[index].state, key,
							   pasted != NULL ? pasted : "");

		if (!(flags & UI_IGNORED))
			return ui_apply_to(ui, index, flags);
	}
	/* Who types into what cannot be seen just now runs no commands with it. */
	if (ui_too_small(ui) && ui->n > 0 && ui->views[ui->top].ops->key != NULL &&
	    !(key.mods & KEY_CTRL))
		return UI_NOTHING;
	if (key.code == UIKEY_PASTE)
		return UI_NOTHING; /* a text is not a row of commands */
	return feed(ui, key);
}

unsigned ui_reload(struct ui *ui)
{
	unsigned left = UI_NOTHING;

	if (ui->n == 0)
		return left;
	for (size_t i = 0; i < ui->n; i++)
		ui->views[i].stale = true;
	for (size_t i = ui_lowest(ui); i <= ui->top; i++) {
		struct view_entry *view = &ui->views[i];
		unsigned flags = UI_NOTHING;

		view->stale = false;
		if (view->ops->reload != NULL)
			flags = view->ops->reload(view->state);
		left |= ui_apply_to(ui, i, flags & ~(unsigned)UI_RELOAD);
	}
	return left;
}

unsigned ui_tick(struct ui *ui, int64_t now)
{
	unsigned left = UI_NOTHING;

	for (size_t i = ui_lowest(ui); i < ui->n && i <= ui->top; i++)
		if (ui->views[i].ops->tick != NULL)
			left |= ui_apply_to(ui, i, ui->views[i].ops->tick(ui->views[i].state, now));
	return left;
}
