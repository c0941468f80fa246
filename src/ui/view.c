/* The stack of views. */
#include <config.h>

#include "zhiban/ui/view.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "view_priv.h"

struct ui *ui_new(const struct shell_ops *shell, void *ctx, const struct keymap *keymap, int rows,
		  int cols)
{
	struct ui *ui = mem_alloc(sizeof *ui);

	ui->shell = shell;
	ui->ctx = ctx;
	ui->keymap = keymap;
	ui->canvas = canvas_new(rows, cols);
	ui->rows = rows;
	ui->cols = cols;
	ui->everything = true;
	return ui;
}

/* Closes the views from index upwards. */
static void close_from(struct ui *ui, size_t index)
{
	while (ui->n > index) {
		ui->n--;
		if (ui->views[ui->n].ops->close != NULL)
			ui->views[ui->n].ops->close(ui->views[ui->n].state);
	}
}

void ui_free(struct ui *ui)
{
	if (ui == NULL)
		return;
	close_from(ui, 0);
	canvas_free(ui->canvas);
	free(ui->views);
	free(ui->open_arg);
	free(ui->then_args);
	free(ui->notice);
	free(ui);
}

void *ui_shell(const struct ui *ui)
{
	return ui->ctx;
}

struct canvas *ui_canvas(struct ui *ui)
{
	return ui->canvas;
}

const struct keymap *ui_keymap(const struct ui *ui)
{
	return ui->keymap;
}

bool ui_too_small(const struct ui *ui)
{
	return ui->rows < UI_MIN_ROWS || ui->cols < UI_MIN_COLS;
}

size_t ui_lowest(const struct ui *ui)
{
	size_t i = ui->top;

	while (i > 0 && ui->views[i].ops->overlay)
		i--;
	return i;
}

unsigned ui_open(struct ui *ui, const struct view_ops *ops, const void *arg, size_t arg_size)
{
	free(ui->open_arg);
	ui->open_arg = arg != NULL ? mem_dup(arg, arg_size) : NULL;
	ui->opening = ops;
	return UI_OPEN;
}

/* What was hidden while the data changed catches up when it is seen. */
static void freshen(struct ui *ui)
{
	ui->everything = true;
	for (size_t i = ui_lowest(ui); ui->n > 0 && i <= ui->top; i++) {
		struct view_entry *view = &ui->views[i];

		if (view->stale && view->ops->reload != NULL)
			view->ops->reload(view->state); /* everything is drawn anyway */
		view->stale = false;
	}
}

enum err ui_push(struct ui *ui)
{
	const struct view_ops *ops = ui->opening;
	struct error err = ERROR_INIT;
	void *state = NULL;
	enum err code;

	if (ops == NULL)
		return ERR_OK;
	ui->opening = NULL;
	code = ops->open(ui, ui->open_arg, &state, &err);
	if (code != ERR_OK) {
		ui_notice(ui, ROLE_ERROR, err.text);
		return code;
	}
	if (ui->n > 0)
		close_from(ui, ui->top + 1);
	ui->keys = (struct keymap_state){ .n = 0 }; /* they were begun in another place */
	MEM_GROW(ui->views, ui->n, ui->cap);
	ui->views[ui->n] = (struct view_entry){ .ops = ops, .state = state };
	ui->top = ui->n++;
	freshen(ui);
	return ERR_OK;
}

void ui_close_top(struct ui *ui)
{
	if (ui->n == 0 || ui->top == 0)
		return; /* the last one stays */
	close_from(ui, ui->top);
	ui->top--;
	freshen(ui);
}

unsigned ui_back(struct ui *ui)
{
	if (ui->n == 0 || ui->top == 0)
		return UI_IGNORED;
	if (ui->views[ui->top].ops->overlay)
		ui_close_top(ui); /* one does not come back to a menu */
	else
		ui->top--;
	freshen(ui);
	return UI_NOTHING;
}

unsigned ui_forward(struct ui *ui)
{
	if (ui->top + 1 >= ui->n)
		return UI_IGNORED;
	ui->top++;
	freshen(ui);
	return UI_NOTHING;
}

unsigned ui_switch(struct ui *ui, const struct view_ops *ops, const void *arg, size_t arg_size)
{
	while (ui->n > 0 && ui->top > 0 && ui->views[ui->top].ops->overlay)
		ui_close_top(ui);
	for (size_t i = 0; i < ui->n; i++)
		if (ui->views[i].ops == ops) {
			ui->top = i;
			freshen(ui);
			return UI_NOTHING;
		}
	return ui_open(ui, ops, arg, arg_size);
}

void ui_close_all(struct ui *ui)
{
	close_from(ui, 0);
	ui->top = 0;
	ui->keys = (struct keymap_state){ .n = 0 };
	ui->everything = true;
}

const struct view_ops *ui_top(const struct ui *ui)
{
	return ui->n > 0 ? ui->views[ui->top].ops : NULL;
}

void *ui_top_state(const struct ui *ui)
{
	return ui->n > 0 ? ui->views[ui->top].state : NULL;
}

const char *ui_title(const struct ui *ui)
{
	const struct view_entry *view;
	const char *title = NULL;

	if (ui->n == 0)
		return "";
	view = &ui->views[ui->top];
	if (view->ops->title != NULL)
		title = view->ops->title(view->state);
	return title != NULL ? title : view->ops->name;
}

unsigned ui_where(const struct ui *ui)
{
	const struct view_entry *view;

	if (ui->n == 0)
		return 0;
	view = &ui->views[ui->top];
	return view->ops->where_now != NULL ? view->ops->where_now(view->state) : view->ops->where;
}

int ui_depth(const struct ui *ui)
{
	return ui->n > 0 ? (int)ui->top + 1 : 0;
}
