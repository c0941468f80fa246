#include <config.h>

#include <string.h>

#include "board_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/model/left.h"

/* What waits behind a list that stands still. */
static void add_waiting(struct str *out, struct board_waiting waiting)
{
	str_addf(out, "  %s", _("FROZEN"));
	if (waiting.fresh)
		rows_add_count(out, _("new"), (int64_t)waiting.fresh);
	str_addf(out, "  %s %zu%s", _("changed"), waiting.changed, waiting.more ? "+" : "");
}

/* How the rows stand: grouped, or in which order. */
static void add_order(struct str *out, const struct board *board)
{
	const struct board_order *order = board_order_at(board_order(board));

	if (board_group(board))
		str_addf(out, "  %s", _(board_group_at(board_group(board))->title));
	else
		str_addf(out, "  %s%s", _(order->title),
			 board_is_turned(board) ? _(", turned") : "");
}

static void draw_title(struct board_view *view, struct canvas *canvas, struct area area)
{
	const struct board *board = view->rows.app->board;
	const struct board_count *count = board_count(board);
	struct str left = STR_INIT, loud = STR_INIT, right = STR_INIT;
	size_t marked;
	int col, width;

	list_marked(view->rows.list, &marked);
	str_addf(&left, " %s ", _("Open"));
	rows_add_number(&left, count->open);
	rows_add_count(&left, _("overdue"), count->overdue);
	rows_add_count(&left, _("within the hour"), count->soon);
	add_order(&left, board);
	/* What is long comes last: it may be cut. */
	if (board_is_frozen(board))
		add_waiting(&loud, board_waiting(board));
	rows_add_count(&loud, _("marked"), (int64_t)marked);
	if (board_open_only(board))
		str_addf(&loud, "  %s", _("open ones only"));
	if (*view->rows.app->view_names[SAVED_INCIDENTS])
		str_addf(&loud, "  %s %s", _("View:"),
			 view->rows.app->view_names[SAVED_INCIDENTS]);
	if (*board_filter(board))
		str_addf(&loud, "  %s %s", _("Filter:"), board_filter(board));
	rows_add_number(&right, count->shown);
	str_add(&right, count->more ? "+ / " : " / ");
	rows_add_number(&right, count->total);
	str_add(&right, " ");

	width = text_columns(right.s);
	col = canvas_text(canvas, area.row, area.col, area.cols - width, ROLE_HEADING, left.s);
	canvas_pad(canvas, area.row, area.col + col, area.cols - width - col,
		   loud.len ? ROLE_LIST_FILTERED : ROLE_HEADING, str_get(&loud), PAD_RIGHT);
	canvas_text(canvas, area.row, area.col + area.cols - width, width, ROLE_HEADING, right.s);
	str_release(&left);
	str_release(&loud);
	str_release(&right);
}

void board_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct board_view *view = state;
	int typed = view->prompt ? prompt_rows(view->prompt) : 0;
	struct area prompt = area, title, foot;

	if (typed != view->prompt_rows) { /* it grew or went: what it covered is drawn */
		view->prompt_rows = typed;
		view->rows.dirty |= DIRTY_FOOT | DIRTY_LIST;
	}
	prompt = area_bottom(&prompt, typed);
	title = area_top(&area, 1);
	foot = area_bottom(&area, ROWS_FOOT);
	if (all || view->rows.dirty & (DIRTY_TITLE | DIRTY_LIST))
		draw_title(view, canvas, title);
	if (all || view->rows.dirty & DIRTY_LIST)
		view->rows.left_at = INT64_MAX;
	rows_draw_side(&view->rows, canvas, &area, all);
	list_draw(view->rows.list, canvas, area, all || view->rows.dirty & DIRTY_LIST);
	if (all || view->rows.dirty & DIRTY_FOOT)
		rows_draw_foot(&view->rows, canvas, foot);
	if (typed)
		prompt_draw(view->prompt, canvas, prompt);
	view->rows.dirty = 0;
}
