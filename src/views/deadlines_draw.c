#include <config.h>

#include "deadlines_priv.h"
#include "rows_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/mark.h"
#include "zhiban/domain/workday.h"
#include "zhiban/model/page.h"

/* ---- the title ---- */

static void add_counts(struct deadlines_view *view, struct str *out)
{
	const struct due_counts *counts = deadlines_counts(view->model);

	for (int g = 0; g < DUE_GROUPS; g++) {
		if (counts->n[g] == 0 && g != DUE_OVER)
			continue;
		str_addf(out, "  %s ", due_group_title((enum due_group)g));
		rows_add_number(out, counts->n[g]);
		str_add(out, counts->more[g] ? "+" : "");
	}
}

static void add_day(struct deadlines_view *view, struct str *out)
{
	struct civil civil;

	if (!deadlines_day(view->model))
		return;
	civil_of_day(deadlines_day(view->model), &civil);
	str_addf(out, "  %s %02d-%02d", _("Day:"), civil.month, civil.day);
}

static void draw_title(struct deadlines_view *view, struct canvas *canvas, struct area area)
{
	struct str left = STR_INIT, loud = STR_INIT;
	size_t marked;
	int col;

	list_marked(view->list, &marked);
	str_addf(&left, " %s", deadlines_is_mine(view->model) ? _("My organisation")
							      : _("All organisations"));
	add_counts(view, &left);
	if (deadlines_is_frozen(view->model)) {
		str_addf(&loud, "  %s", _("FROZEN"));
		rows_add_count(&loud, _("changed"), (int64_t)deadlines_waiting(view->model));
	}
	rows_add_count(&loud, _("marked"), (int64_t)marked);
	add_day(view, &loud);
	if (*view->app->view_names[SAVED_DEADLINES])
		str_addf(&loud, "  %s %s", _("View:"), view->app->view_names[SAVED_DEADLINES]);
	if (*deadlines_filter(view->model))
		str_addf(&loud, "  %s %s", _("Filter:"), deadlines_filter(view->model));
	col = canvas_text(canvas, area.row, area.col, area.cols, ROLE_HEADING, left.s);
	canvas_pad(canvas, area.row, area.col + col, area.cols - col,
		   loud.len ? ROLE_LIST_FILTERED : ROLE_HEADING, str_get(&loud), PAD_RIGHT);
	str_release(&left);
	str_release(&loud);
}

/* ---- the pane ---- */

/* "办理 水务局: 4 h from 11-22 01:40, due 11-22 05:40, 95 % used; chosen by: …" */
static void clock_line(struct deadlines_view *view, const struct due_row *row,
		       const struct due_detail *detail, struct str *out)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct clock *clock = detail->clock;
	struct str limit = STR_INIT;
	char from[CIVIL_TEXT], due[CIVIL_TEXT];

	civil_format(row->at.deadline.due, rules->offset_min, "m-d H:M", due, sizeof due);
	str_addf(out, "%s%s%s", due_org_words(view->app, row->at.deadline.org),
		 *detail->cause ? " " : "", detail->cause);
	if (clock) {
		civil_format(clock->started_at, rules->offset_min, "m-d H:M", from, sizeof from);
		if (clock->limit)
			row_words(rules, clock->limit, &limit);
		if (limit.len)
			/* TRANSLATORS: limit, from, due */
			str_addf(out, _(": %s from %s, due %s"), limit.s, from, due);
		else /* as the blower or the leader said */
			str_addf(out, _(": from %s, due %s, as stated"), from, due);
	} else {
		str_addf(out, _(": due %s"), due);
	}
	if (clock && clock->provisional)
		str_addf(out, "  %s", _("provisional: the calendar of that year is not known"));
	if (clock && clock->extended)
		str_addf(out, "  %s %s", _("Extended by"), clock->extended);
	str_release(&limit);
}

static void draw_foot(struct deadlines_view *view, struct canvas *canvas, struct area area)
{
	struct due_shown *shown = due_current(view);
	struct str what = STR_INIT, clock = STR_INIT;

	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	if (shown) {
		const struct due_detail *detail = due_look(view, shown);

		str_addf(&what, "%s%s%s  %s", shown->row.at.number, *shown->row.at.number ? " " : "",
			 shown->row.at.title, due_org_words(view->app, shown->row.at.street));
		clock_line(view, &shown->row, detail, &clock);
	}
	canvas_pad(canvas, area.row, area.col, 1, ROLE_TEXT, "", PAD_RIGHT);
	canvas_pad(canvas, area.row, area.col + 1, area.cols - 1, ROLE_TEXT, str_get(&what),
		   PAD_RIGHT);
	canvas_pad(canvas, area.row + 1, area.col, 1, ROLE_TEXT, "", PAD_RIGHT);
	canvas_pad(canvas, area.row + 1, area.col + 1, area.cols - 1, ROLE_HINT, str_get(&clock),
		   PAD_RIGHT);
	str_release(&what);
	str_release(&clock);
}

int due_side_cols(const struct deadlines_view *view, int cols)
{
	return cols >= DUE_SIDE_FROM && !view->app->thin ? DUE_SIDE : 0;
}

/* The month beside the list. */
static void draw_side(struct deadlines_view *view, struct canvas *canvas, struct area *area,
		      bool all)
{
	int cols = due_side_cols(view, area->cols);
	struct area side = area_right(area, cols), edge;

	if (!cols)
		return;
	edge = area_left(&side, 3);
	if (all) {
		canvas_erase(canvas, edge);
		canvas_fill(canvas, (struct area){ edge.row, edge.col + 1, edge.rows, 1 }, '|',
			    ROLE_FRAME);
	}
	if (!all && !(view->dirty & DUE_TITLE))
		return;
	canvas_erase(canvas, side);
	if (view->has_month)
		due_month_draw(view->app, &view->month, deadlines_day(view->model), canvas, side,
			       true);
}

void due_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct deadlines_view *view = state;
	int typed = view->prompt ? prompt_rows(view->prompt) : 0;
	struct area prompt = area, title, foot;

	if (typed != view->prompt_rows) { /* it grew or went: what it covered is drawn */
		view->prompt_rows = typed;
		view->dirty |= DUE_PANE | DUE_LIST;
	}
	prompt = area_bottom(&prompt, typed);
	title = area_top(&area, 1);
	foot = area_bottom(&area, DUE_FOOT);
	if (all || view->dirty & DUE_TITLE)
		draw_title(view, canvas, title);
	if (all || view->dirty & DUE_LIST)
		view->left_at = INT64_MAX;
	draw_side(view, canvas, &area, all);
	list_draw(view->list, canvas, area, all || view->dirty & DUE_LIST);
	if (all || view->dirty & DUE_PANE)
		draw_foot(view, canvas, foot);
	if (typed)
		prompt_draw(view->prompt, canvas, prompt);
	view->dirty = 0;
}
