#include <config.h>

#include "zhiban/ui/view.h"

#include "zhiban/base/i18n.h"
#include "zhiban/ui/help.h"
#include "view_priv.h"

void ui_resize(struct ui *ui, int rows, int cols)
{
	ui->rows = rows;
	ui->cols = cols;
	canvas_resize(ui->canvas, rows, cols);
	ui->everything = true;
}

bool ui_dirty(const struct ui *ui)
{
	if (ui->everything || ui->frame || ui->notice_dirty)
		return true;
	for (size_t i = ui_lowest(ui); i < ui->n && i <= ui->top; i++)
		if (ui->views[i].dirty)
			return true;
	return false;
}

static void draw_too_small(struct ui *ui)
{
	struct area all = { 0, 0, ui->rows, ui->cols };

	canvas_erase(ui->canvas, all);
	canvas_cursor(ui->canvas, -1, 0);
	canvas_textf(ui->canvas, 0, 0, ui->cols, ROLE_ERROR, _("The screen is %dx%d;"), ui->cols,
		     ui->rows);
	canvas_textf(ui->canvas, 1, 0, ui->cols, ROLE_ERROR, _("%dx%d is the least."), UI_MIN_COLS,
		     UI_MIN_ROWS);
	canvas_text(ui->canvas, 2, 0, ui->cols, ROLE_TEXT, _("Make it larger."));
}

/* True: an overlay covers another area than before, so what it lay on is drawn again. */
static bool place_views(struct ui *ui, struct area body)
{
	bool moved = false;

	for (size_t i = ui_lowest(ui); i < ui->n && i <= ui->top; i++) {
		struct view_entry *view = &ui->views[i];
		struct area area = body;

		if (view->ops->place != NULL)
			area = view->ops->place(view->state, body);
		moved |= view->area.row != area.row || view->area.col != area.col ||
			 view->area.rows != area.rows || view->area.cols != area.cols;
		view->area = area;
	}
	return moved;
}

/* Draws what is dirty, and whatever lies over something that was drawn. */
static bool draw_views(struct ui *ui, struct area body)
{
	bool drawn = false;

	for (size_t i = ui_lowest(ui); i < ui->n && i <= ui->top; i++)
		drawn |= ui->everything || ui->views[i].dirty;
	if (!drawn)
		return false;
	canvas_cursor(ui->canvas, -1, 0);
	drawn = place_views(ui, body);
	for (size_t i = ui_lowest(ui); i < ui->n && i <= ui->top; i++) {
		struct view_entry *view = &ui->views[i];
		bool all = ui->everything || view->all || drawn;

		if (all || view->dirty) {
			view->ops->draw(view->state, ui->canvas, view->area, all);
			drawn = true;
		}
		view->dirty = view->all = false;
	}
	return true;
}

static void draw_notice(struct ui *ui)
{
	if (ui->notice != NULL)
		canvas_pad(ui->canvas, ui->rows - 1, 0, ui->cols, ui->notice_role, ui->notice,
			   PAD_RIGHT);
	ui->notice_dirty = false;
}

void ui_draw(struct ui *ui)
{
	bool frame = ui->frame || ui->everything;
	struct area body;

	if (ui_too_small(ui)) {
		draw_too_small(ui);
		ui->frame = ui->everything = ui->notice_dirty = false;
		for (size_t i = 0; i < ui->n; i++)
			ui->views[i].dirty = ui->views[i].all = false;
		return;
	}
	body = ui->shell->body(ui->ctx, ui->rows, ui->cols);
	if (ui->everything)
		canvas_erase(ui->canvas, (struct area){ 0, 0, ui->rows, ui->cols });
	if (frame)
		ui->shell->frame(ui->ctx, ui->canvas);
	if (draw_views(ui, body) && ui->keys.n > 0)
		which_draw(ui->keymap, &ui->keys, ui_where(ui), ui->canvas, body);
	if (frame || ui->notice_dirty)
		draw_notice(ui);
	ui->frame = ui->everything = false;
}
