/* Figures of whistles of a month: by department what they did with what they were asked, by street how
 * they blow.  The cursor stands on a number; Enter opens the whistles that it counts. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rows_priv.h"
#include "stats_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { FOOT_ROWS = 3, COLUMNS_MAX = 24, NARROW_BELOW = 100, BUDGET = 60 };

struct stats_screen {
	struct app *app;
	struct list *list;
	struct figures *figures; /* those shown; NULL: not counted yet */
	struct figures *next;	 /* being counted; NULL: nothing is */
	struct figures_wanted wanted;
	int months; /* from the month that is */
	struct arena arena;
	const struct stats_row **rows; /* those shown, the sum behind them */
	size_t n;
	struct list_column columns[COLUMNS_MAX];
	size_t shows[COLUMNS_MAX]; /* of column i + 1: which of the figures' columns */
	size_t n_columns, at;	   /* at: the number under the cursor */
	bool narrow, dirty;
	char cell[FIGURES_TEXT + 2];
};

/* ---- what is shown ---- */

static enum stats_side side_of(const struct stats_screen *view)
{
	return view->wanted.ask.side;
}

static struct uuid id_of(const struct stats_row *row)
{
	return uuid_named(row->org != NULL ? row->org : "*");
}

static const struct stats *stats_of(const struct stats_screen *view)
{
	return figures_stats(view->figures, FIGURES_NOW);
}

static void take_rows(struct stats_screen *view)
{
	const struct stats_row **rows;

	arena_reset(&view->arena);
	view->n = 0;
	if (!view->figures)
		return;
	rows = stats_rows(stats_of(view), view->wanted.order, &view->arena, &view->n);
	view->rows = arena_array(&view->arena, view->n + 1, sizeof *view->rows);
	for (size_t i = 0; i < view->n; i++)
		view->rows[i] = rows[i];
	if (view->n > 0)
		view->rows[view->n++] = &stats_of(view)->all;
}

/* Columns for the width: below 100 those that fit on 80. */
static void take_columns(struct stats_screen *view)
{
	size_t all = figures_columns(side_of(view));

	view->narrow = canvas_cols(ui_canvas(view->app->ui)) < NARROW_BELOW;
	view->columns[0] = (struct list_column){
		.name = "org",
		.title = side_of(view) == STATS_STREETS ? N_("Street") : N_("Department"),
		.min = 10,
		.ideal = 20,
		.grow = 1,
	};
	view->n_columns = 0;
	for (size_t i = 0; i < all && view->n_columns + 1 < COLUMNS_MAX; i++) {
		struct figures_column column;

		figures_column(side_of(view), i, &column);
		if (view->narrow && !column.narrow)
			continue;
		view->shows[view->n_columns] = i;
		view->columns[++view->n_columns] = (struct list_column){
			.name = "number",
			.title = column.brief,
			.min = column.cols,
			.ideal = column.cols + 2,
			.align = LIST_RIGHT,
		};
	}
	list_set_columns(view->list, view->columns, (int)view->n_columns + 1);
	if (view->at >= view->n_columns)
		view->at = 0;
}

/* ---- gathering: what is shown stays until all is counted anew ---- */

static void forget(struct stats_screen *view)
{
	figures_free(view->figures);
	figures_free(view->next);
	view->figures = view->next = NULL;
}

static unsigned show(struct stats_screen *view)
{
	struct error err = ERROR_INIT;

	take_rows(view);
	if (list_reload(view->list, &err) != ERR_OK)
		app_failed(view->app, &err);
	list_touch(view->list);
	view->dirty = true;
	return UI_REDRAW | UI_FRAME;
}

static unsigned go_on(struct stats_screen *view)
{
	struct error err = ERROR_INIT;

	if (figures_step(view->next, BUDGET, &err) != ERR_OK) {
		app_failed(view->app, &err);
		forget(view);
		return show(view);
	}
	if (!figures_done(view->next))
		return UI_NOTHING;
	figures_free(view->figures);
	view->figures = view->next;
	view->next = NULL;
	return show(view);
}

static unsigned begin(struct stats_screen *view)
{
	struct client *client = view->app->client;
	struct error err = ERROR_INIT;

	figures_free(view->next);
	view->next = NULL;
	view->wanted.ask.window = stats_month(client_rules(client)->offset_min,
					      app_now(view->app), view->months);
	if (figures_new(client, &view->wanted.ask, &view->next, &err) != ERR_OK) {
		app_failed(view->app, &err);
		return UI_FRAME;
	}
	return show(view) | go_on(view);
}

/* Others than those shown: these must not stand under the new title. */
static unsigned begin_others(struct stats_screen *view)
{
	forget(view);
	return begin(view) | UI_REDRAW_ALL;
}

bool stats_view_works(const struct app *app)
{
	return ui_top(app->ui) == &stats_view &&
	       ((struct stats_screen *)ui_top_state(app->ui))->next != NULL;
}

static unsigned tick(void *state, int64_t now)
{
	struct stats_screen *view = state;

	(void)now;
	return view->next ? go_on(view) : UI_NOTHING;
}

/* ---- the list ---- */

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct stats_screen *view = ctx;
	bool found = want->from != LIST_AT;
	struct list_row *rows = arena_array(arena, view->n + 1, sizeof *rows);

	for (size_t i = 0; i < view->n; i++) {
		rows[i] = (struct list_row){ id_of(view->rows[i]), 0, view->rows[i] };
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	}
	*ret_page = (struct list_page){ rows, (int)view->n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

static const struct stats_row *current(const struct stats_screen *view)
{
	const struct list_row *row = list_current(view->list);

	return row ? row->data : NULL;
}

static void cell(void *ctx, const struct list_row *at, int column, struct list_cell *ret_cell)
{
	struct stats_screen *view = ctx;
	const struct stats_row *row = at->data;
	char text[FIGURES_TEXT];
	bool here = row == current(view) && (size_t)column == view->at + 1;

	ret_cell->role = row->org != NULL ? ROLE_TEXT : ROLE_TITLE;
	if (column == 0) {
		ret_cell->text = figures_name(client_rules(view->app->client), row);
		return;
	}
	figures_cell(view->figures, row, side_of(view), view->shows[column - 1],
		     view->wanted.formula, true, text);
	snprintf(view->cell, sizeof view->cell, "%s%s", here ? ">" : "", text);
	ret_cell->text = view->cell;
	if (here)
		ret_cell->role = ROLE_LIST_SELECTED;
}

static const char *empty(void *ctx)
{
	const struct stats_screen *view = ctx;

	if (app_empty_why(view->app))
		return app_empty_why(view->app);
	if (view->next)
		return _("Counting ...");
	return _("No whistle in this month. < leads to the month before, Tab to the other side.");
}

/* ---- drawing ---- */

static void draw_title(struct stats_screen *view, struct canvas *canvas, struct area area)
{
	struct arena arena = ARENA_INIT;
	const struct rules *rules = client_rules(view->app->client);
	struct str text = STR_INIT;

	str_addf(&text, " %s  %s  %s",
		 side_of(view) == STATS_STREETS ? _("Whistles by street")
						: _("Whistles by department"),
		 figures_window(rules, view->wanted.ask.window, &arena),
		 view->wanted.order == STATS_WORST ? _("the worst first") : _("in protocol order"));
	if (view->next)
		str_addf(&text, "  %s", _("Counting ..."));
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_HEADING, str_get(&text), PAD_RIGHT);
	str_release(&text);
	arena_release(&arena);
}

/* The same number before, and a year before (环比, 同比). */
static void add_before(struct stats_screen *view, const struct stats_row *row, struct str *words)
{
	static const struct {
		enum figures_of of;
		const char *title;
	} windows[] = {
		{ FIGURES_PREVIOUS, N_("the month before:") },
		{ FIGURES_YEAR_AGO, N_("a year before:") },
	};

	for (size_t i = 0; i < ARRAY_LEN(windows); i++) {
		const struct stats_row *then = figures_row(view->figures, windows[i].of, row->org);
		char text[FIGURES_TEXT];

		if (!then)
			continue;
		figures_cell(view->figures, then, side_of(view), view->shows[view->at],
			     view->wanted.formula, false, text);
		str_addf(words, "  %s %s", _(windows[i].title), text);
	}
}

/* The number under the cursor in full, and how the score is made. */
static void draw_foot(struct stats_screen *view, struct canvas *canvas, struct area area)
{
	const struct stats_row *row = current(view);
	struct figures_column column;
	char text[FIGURES_TEXT];
	struct str words = STR_INIT;

	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	canvas_erase(canvas, area);
	if (!row || !view->figures || view->n_columns == 0)
		return;
	figures_column(side_of(view), view->shows[view->at], &column);
	figures_cell(view->figures, row, side_of(view), view->shows[view->at],
		     view->wanted.formula, false, text);
	str_addf(&words, "%s  %s %s", figures_name(client_rules(view->app->client), row),
		 column.title, text);
	if (!column.is_change)
		add_before(view, row, &words);
	canvas_pad(canvas, area.row, area.col + 1, area.cols - 1, ROLE_TEXT, str_get(&words),
		   PAD_RIGHT);
	str_clear(&words);
	if (side_of(view) == STATS_DEPARTMENTS)
		stats_formula_words(view->wanted.formula, &words);
	else
		str_add(&words, _("whistles blown for each 100 incidents of the street"));
	canvas_pad(canvas, area.row + 1, area.col + 1, area.cols - 1, ROLE_HINT, str_get(&words),
		   PAD_RIGHT);
	str_release(&words);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct stats_screen *view = state;
	struct area title, foot;

	if ((canvas_cols(canvas) < NARROW_BELOW) != view->narrow) {
		take_columns(view);
		all = true;
	}
	title = area_top(&area, 1);
	foot = area_bottom(&area, FOOT_ROWS);
	if (all || view->dirty)
		draw_title(view, canvas, title);
	list_draw(view->list, canvas, area, all);
	if (all || view->dirty)
		draw_foot(view, canvas, foot);
	view->dirty = false;
}

/* ---- life and commands ---- */

static void close_view(void *state)
{
	struct stats_screen *view = state;

	list_free(view->list);
	forget(view);
	arena_release(&view->arena);
	free(view);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct stats_screen *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, cell, empty };

	(void)arg;
	view->app = ui_shell(ui);
	view->wanted = (struct figures_wanted){ .ask = { .compare = true },
						.order = STATS_PROTOCOL,
						.formula = stats_formula(0) };
	view->list = list_new(view->columns, 1, &source);
	take_columns(view);
	(void)err;
	begin(view);
	*ret_state = view;
	return ERR_OK;
}

static unsigned step_number(struct stats_screen *view, int by)
{
	size_t at = view->at + (size_t)by;

	if (at < view->n_columns && list_width(view->list, (int)at + 1) > 0)
		view->at = at;
	list_touch(view->list);
	view->dirty = true;
	return UI_REDRAW;
}

static unsigned open_number(struct stats_screen *view)
{
	const struct stats_row *row = current(view);
	struct figures_column column;
	struct stats_what what;

	if (!row || view->n_columns == 0)
		return UI_NOTHING;
	figures_column(side_of(view), view->shows[view->at], &column);
	if (column.stat == STATS) {
		app_notice(view->app, ROLE_HINT, _("no list behind it"));
		return UI_FRAME;
	}
	what = (struct stats_what){ .stat = column.stat,
				    .side = side_of(view),
				    .org = row->org,
				    .window = view->wanted.ask.window };
	return ui_open(view->app->ui, &stats_list_view, &what, sizeof what);
}

static unsigned switch_side(struct stats_screen *view)
{
	view->wanted.ask.side =
		side_of(view) == STATS_STREETS ? STATS_DEPARTMENTS : STATS_STREETS;
	view->at = 0;
	take_columns(view);
	return begin_others(view);
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct stats_screen *view = state;
	enum list_motion motion;

	(void)args;
	if (rows_motion(cmd, &motion)) {
		if (list_move(view->list, motion) & LIST_FAILED)
			app_notice(view->app, ROLE_ERROR, list_error(view->list));
		return step_number(view, 0) | UI_FRAME;
	}
	switch (cmd->id) {
	case CMD_open:
		return open_number(view);
	case CMD_prevnumber:
		return step_number(view, -1);
	case CMD_nextnumber:
		return step_number(view, 1);
	case CMD_prevmonth:
		view->months--;
		return begin_others(view);
	case CMD_nextmonth:
		view->months += view->months < 0;
		return begin_others(view);
	case CMD_side:
		return switch_side(view);
	case CMD_worst:
		view->wanted.order = view->wanted.order == STATS_WORST ? STATS_PROTOCOL
								       : STATS_WORST;
		return show(view);
	default:
		return UI_IGNORED;
	}
}

static unsigned reload(void *state)
{
	return begin(state);
}

static const char *title(void *state)
{
	(void)state;
	return _("Figures of whistles");
}

const struct view_ops stats_view = {
	.name = "whistlestats",
	.where = WHERE_STATS,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
