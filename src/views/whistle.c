/* The page of one whistle: its matrix with a cursor over departments and clocks, what stands behind the
 * cell, and below it (beside it, where there is room) everything else. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paper_priv.h"
#include "rows_priv.h"
#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/subject.h"
#include "zhiban/ui/pager.h"

enum focus { FOCUS_MATRIX, FOCUS_PAGE, FOCUS_STORY };
enum { PANE_PAGE, PANE_STORY, PANES };
enum { SPLIT_FROM = 132, STORY_SHARE = 5 }; /* the story takes two of five parts */
enum { DETAIL_ROWS = 2, LEAST_PAGE = 5 };

struct whistle_screen {
	struct app *app;
	struct uuid id;
	struct arena arena; /* of what it was built from */
	struct whistle_page page;
	struct pager *panes[PANES];
	enum focus focus;
	size_t row, column; /* of the matrix: where the cursor is */
	struct uuid share;  /* whose row it is: it stays there when rows move */
	enum summons_clock clock;
	int cols; /* it was built for */
	int64_t minute;
	bool asked;  /* older lines of the timeline */
	bool to_end; /* the story is shown from its end as soon as it is laid out */
};

static bool is_split(const struct whistle_screen *view)
{
	return view->cols >= SPLIT_FROM;
}

static bool is_story(const struct page_section *section)
{
	return strcmp(section->key, "timeline") == 0;
}

static bool is_above(const struct page_section *section)
{
	return strcmp(section->key, "matrix") == 0 || strcmp(section->key, "head") == 0;
}

static struct pager *focused(const struct whistle_screen *view)
{
	return view->panes[is_split(view) && view->focus == FOCUS_STORY ? PANE_STORY : PANE_PAGE];
}

static void fill(struct whistle_screen *view)
{
	const struct page *page = &view->page.page;

	for (int i = 0; i < PANES; i++)
		pager_begin(view->panes[i]);
	for (size_t s = 0; s < page->n; s++) {
		const struct page_section *section = &page->sections[s];
		struct pager *pager =
			view->panes[is_split(view) && is_story(section) ? PANE_STORY : PANE_PAGE];

		if (is_above(section))
			continue;
		pager_section(pager, section->key, section->title);
		for (size_t i = 0; i < section->n; i++)
			pager_add(pager, section->lines[i].label, section->lines[i].label_cols,
				  tone_role(section->lines[i].tone), section->lines[i].text);
	}
	for (int i = 0; i < PANES; i++)
		pager_end(view->panes[i]);
}

/* The officer's own department's row, where it has one, else the worst. */
static void first_cursor(struct whistle_screen *view)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct actor *actor = client_actor(view->app->client);
	const struct matrix *matrix = &view->page.matrix;
	size_t at = 0;

	for (size_t i = matrix->n_rows; actor && i-- > 0;)
		if (rules_org_within(rules, actor->org, matrix->rows[i].share->org))
			at = i;
	if (!matrix->n_rows)
		return;
	view->share = matrix->rows[at].share->id;
	view->clock = matrix->rows[at].worst;
}

/* The cursor stays with its department and clock. */
static void find_cursor(struct whistle_screen *view)
{
	const struct matrix *matrix = &view->page.matrix;

	if (uuid_is_nil(&view->share))
		first_cursor(view);

	view->row = view->column = 0;
	for (size_t i = 0; i < matrix->n_rows; i++)
		if (uuid_eq(&matrix->rows[i].share->id, &view->share))
			view->row = i;
	for (size_t i = 0; i < matrix->n_columns; i++)
		if (matrix->columns[i] == view->clock)
			view->column = i;
	if (matrix->n_rows)
		view->share = matrix->rows[view->row].share->id;
	if (matrix->n_columns)
		view->clock = matrix->columns[view->column];
	if (!matrix->n_rows && view->focus == FOCUS_MATRIX)
		view->focus = FOCUS_PAGE;
}

static enum err build(struct whistle_screen *view, int cols, struct error *err)
{
	bool was_split = is_split(view);
	int page_cols = cols >= SPLIT_FROM ? cols - cols * 2 / STORY_SHARE - 1 : cols;
	struct subject subject = { .kind = KIND_WHISTLE, .id = view->id };
	struct ask ask = { .kind = ASK_TIMELINE, .id = view->id };
	enum err code;

	arena_reset(&view->arena);
	code = whistle_page_build(view->app->client, &view->id, page_cols, &view->arena,
				  &view->page, err);
	if (code != ERR_OK)
		return code;
	view->cols = cols;
	view->minute = view->app->minute;
	find_cursor(view);
	subject.whistle = view->page.shown;
	frame_hint_subject(view->app, &subject);
	fill(view);
	view->to_end = view->to_end || (is_split(view) && !was_split);
	if (!view->page.page.complete && !view->asked && view->app->ask) {
		view->asked = true;
		view->app->ask(view->app->ask_ctx, &ask);
	}
	return ERR_OK;
}

static void close_view(void *state)
{
	struct whistle_screen *view = state;

	for (int i = 0; i < PANES; i++)
		pager_free(view->panes[i]);
	arena_release(&view->arena);
	free(view);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct whistle_screen *view = mem_alloc(sizeof *view);
	enum err code;

	view->app = ui_shell(ui);
	view->id = *(const struct uuid *)arg;
	view->clock = SUMMONS_CLOCKS;
	for (int i = 0; i < PANES; i++)
		view->panes[i] = pager_new();
	code = build(view, canvas_cols(ui_canvas(ui)), err);
	if (code != ERR_OK) {
		close_view(view);
		return code;
	}
	*ret_state = view;
	return ERR_OK;
}

bool whistle_view_selected(void *state, struct selection *ret_selection)
{
	const struct whistle_screen *view = state;
	const struct matrix *matrix = &view->page.matrix;

	*ret_selection = (struct selection){ .kind = KIND_WHISTLE, .id = view->id };
	if (!matrix->n_rows)
		return true;
	snprintf(ret_selection->share, sizeof ret_selection->share, "%s",
		 matrix->rows[view->row].share->org ? matrix->rows[view->row].share->org : "");
	if (matrix->n_columns)
		snprintf(ret_selection->clock, sizeof ret_selection->clock, "%s",
			 summons_clock_code(matrix->columns[view->column]));
	return true;
}

/* ---- drawing ---- */

static void draw_head(const struct whistle_screen *view, struct canvas *canvas, struct area area)
{
	const struct whistle_page *page = &view->page;
	struct area first = area_top(&area, 1);
	struct str line = STR_INIT;
	const char *whole = page->whole;
	int width;

	/* The title first: beside a long one stands what runs, or nothing. */
	if (text_columns(page->title) + text_columns(whole) + 4 > area.cols)
		whole = page->running;
	width = text_columns(whole) + 2;

	str_addf(&line, " %s", page->head);
	if (*page->until)
		str_addf(&line, "  %s", page->until);
	if (page->matrix.n_columns)
		str_addf(&line, "  %s", _("[= how it is counted]"));
	canvas_pad(canvas, first.row, first.col, first.cols, ROLE_HEADING, str_get(&line),
		   PAD_RIGHT);
	str_release(&line);
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_TITLE, "", PAD_RIGHT);
	if (!*whole || width > area.cols / 2)
		width = 0;
	canvas_pad(canvas, area.row, area.col + 1, area.cols - 1 - width, ROLE_TITLE, page->title,
		   PAD_MIDDLE);
	if (width)
		canvas_pad(canvas, area.row, area.col + area.cols - width, width, ROLE_TEXT, whole,
			   PAD_LEFT);
}

/* What stands behind the cell: the clock in words, and who comes. */
static void draw_detail(const struct whistle_screen *view, struct canvas *canvas, struct area area)
{
	struct arena arena = ARENA_INIT;
	const struct whistle_page *page = &view->page;
	struct area line;

	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	line = area_top(&area, 1);
	canvas_pad(canvas, line.row, line.col, 1, ROLE_TEXT, "", PAD_RIGHT);
	canvas_pad(canvas, line.row, line.col + 1, line.cols - 1, ROLE_TEXT,
		   whistle_cell_words(view->app->client, page, view->row,
				      page->matrix.columns[view->column], &arena),
		   PAD_RIGHT);
	line = area_top(&area, 1);
	canvas_pad(canvas, line.row, line.col, 1, ROLE_TEXT, "", PAD_RIGHT);
	canvas_pad(canvas, line.row, line.col + 1, line.cols - 1, ROLE_HINT,
		   whistle_share_words(view->app->client, page, view->row, &arena), PAD_RIGHT);
	canvas_fill(canvas, area_top(&area, 1), '-',
		    view->focus == FOCUS_MATRIX ? ROLE_FRAME : ROLE_TITLE);
	arena_release(&arena);
}

static void draw_foot(const struct whistle_screen *view, int pane, struct canvas *canvas,
		      struct area foot)
{
	bool here = view->focus != FOCUS_MATRIX && view->panes[pane] == focused(view);
	int top, shown, lines;

	pager_position(view->panes[pane], &top, &shown, &lines);
	if (lines <= shown)
		canvas_pad(canvas, foot.row, foot.col, foot.cols, ROLE_FRAME, "", PAD_RIGHT);
	else
		canvas_textf(canvas, foot.row, foot.col, foot.cols, here ? ROLE_TITLE : ROLE_FRAME,
			     _(" lines %d to %d of %d%-20s"), top + 1, top + shown, lines,
			     pager_at_end(view->panes[pane]) ? _("  (end)") : "");
}

/* The matrix takes what it needs, and leaves room to read the rest. */
static int matrix_share(const struct whistle_screen *view, int rows)
{
	int wanted = matrix_rows(&view->page.matrix);
	int most = rows - DETAIL_ROWS - 2 - 1 - LEAST_PAGE;

	return !view->page.matrix.n_rows || !view->page.matrix.n_columns ? 0
	       : wanted < most						 ? wanted
	       : most > 2						 ? most
									 : 2;
}

static void draw_story(struct whistle_screen *view, struct canvas *canvas, struct area area,
		       bool all)
{
	struct area edge = area_left(&area, 1), foot = area_bottom(&area, 1);

	canvas_fill(canvas, edge, '|', ROLE_FRAME);
	pager_draw(view->panes[PANE_STORY], canvas, area, all);
	if (view->to_end) {
		(void)pager_key(view->panes[PANE_STORY], (struct key){ .code = 'G' });
		pager_draw(view->panes[PANE_STORY], canvas, area, true);
		view->to_end = false;
	}
	draw_foot(view, PANE_STORY, canvas, foot);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct whistle_screen *view = state;
	struct area grid, foot;
	int rows;

	if (area.cols != view->cols && build(view, area.cols, NULL) != ERR_OK)
		view->cols = area.cols;
	draw_head(view, canvas, area_top(&area, 2));
	rows = matrix_share(view, area.rows);
	if (rows) {
		grid = area_top(&area, rows);
		matrix_draw(view->app, &view->page, canvas, grid,
			    (struct matrix_cursor){ true, view->row, view->column });
		draw_detail(view, canvas, area_top(&area, DETAIL_ROWS + 2));
	}
	if (is_split(view)) {
		struct area story = area_right(&area, view->cols * 2 / STORY_SHARE + 1);

		draw_story(view, canvas, story, all);
	}
	foot = area_bottom(&area, 1);
	pager_draw(view->panes[PANE_PAGE], canvas, area, all);
	draw_foot(view, PANE_PAGE, canvas, foot);
}

/* ---- keys ---- */

static unsigned go(struct whistle_screen *view, size_t row, size_t column)
{
	const struct matrix *matrix = &view->page.matrix;

	if (row >= matrix->n_rows || column >= matrix->n_columns)
		return UI_NOTHING;
	view->row = row;
	view->column = column;
	view->share = matrix->rows[row].share->id;
	view->clock = matrix->columns[column];
	return UI_REDRAW;
}

static unsigned move(struct whistle_screen *view, enum list_motion motion)
{
	size_t last = view->page.matrix.n_rows ? view->page.matrix.n_rows - 1 : 0;

	switch (motion) {
	case LIST_UP:
		return view->row ? go(view, view->row - 1, view->column) : UI_NOTHING;
	case LIST_DOWN:
		return go(view, view->row + 1, view->column);
	case LIST_TOP:
		return go(view, 0, view->column);
	case LIST_END:
		return go(view, last, view->column);
	case LIST_PAGE_UP:
	case LIST_PAGE_DOWN:
		break;
	}
	return UI_IGNORED;
}

/* Matrix, page, story, and round again. */
static unsigned section(struct whistle_screen *view, bool back)
{
	int n = is_split(view) ? 3 : 2, step = back ? n - 1 : 1;

	view->focus = (enum focus)(((int)view->focus + step) % n);
	if (view->focus == FOCUS_MATRIX && !view->page.matrix.n_rows)
		view->focus = FOCUS_PAGE;
	return UI_REDRAW_ALL;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct whistle_screen *view = state;
	enum list_motion motion;
	unsigned flags;

	(void)args;
	if (view->focus == FOCUS_MATRIX && rows_motion(cmd, &motion) &&
	    (flags = move(view, motion)) != UI_IGNORED)
		return flags;
	if (paper_move(focused(view), cmd, &flags))
		return flags;
	switch (cmd->id) {
	case CMD_section:
		return section(view, false);
	case CMD_matrix:
		view->focus = view->page.matrix.n_rows ? FOCUS_MATRIX : FOCUS_PAGE;
		return UI_REDRAW_ALL;
	case CMD_open:
		return ui_open(view->app->ui, &menu_view, NULL, 0);
	case CMD_escape:
		return UI_CLOSE | UI_FRAME;
	default:
		return UI_IGNORED;
	}
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct whistle_screen *view = state;

	(void)pasted;
	if (pressed.code == UIKEY_TAB && pressed.mods == KEY_SHIFT)
		return section(view, true);
	if (view->focus == FOCUS_MATRIX && !pressed.mods &&
	    (pressed.code == UIKEY_LEFT || pressed.code == UIKEY_RIGHT)) {
		if (pressed.code == UIKEY_RIGHT)
			return go(view, view->row, view->column + 1);
		return view->column ? go(view, view->row, view->column - 1) : UI_NOTHING;
	}
	if (pressed.code == ' ' && !pressed.mods)
		return pager_key(focused(view), pressed) ? UI_REDRAW : UI_IGNORED;
	return UI_IGNORED;
}

static unsigned reload(void *state)
{
	struct whistle_screen *view = state;
	struct error err = ERROR_INIT;

	if (build(view, view->cols, &err) != ERR_OK) {
		app_failed(view->app, &err);
		return UI_CLOSE | UI_FRAME;
	}
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned tick(void *state, int64_t now)
{
	struct whistle_screen *view = state;

	(void)now;
	return view->minute == view->app->minute ? UI_NOTHING : reload(view);
}

static const char *title(void *state)
{
	return ((struct whistle_screen *)state)->page.title;
}

const struct view_ops whistle_view = {
	.name = "whistle",
	.where = WHERE_WHISTLE,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.key = key,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
