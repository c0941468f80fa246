#include <config.h>

#include <string.h>

#include "board_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/model/left.h"

enum { FOOT_ROWS = 4 }; /* a line, two of the pane, one of what is due next */

/* "1,284" */
static void add_number(struct str *out, int64_t number)
{
	if (number >= 1000) {
		add_number(out, number / 1000);
		str_addf(out, ",%03d", (int)(number % 1000));
	} else {
		str_addf(out, "%d", (int)number);
	}
}

static void add_count(struct str *out, const char *words, int64_t number)
{
	if (number <= 0)
		return;
	str_addf(out, "  %s ", words);
	add_number(out, number);
}

static void draw_title(struct board_view *view, struct canvas *canvas, struct area area)
{
	const struct board *board = view->app->board;
	const struct board_count *count = board_count(board);
	struct str left = STR_INIT, loud = STR_INIT, right = STR_INIT;
	size_t marked;
	int col, width;

	list_marked(view->list, &marked);
	str_addf(&left, " %s ", _("Open"));
	add_number(&left, count->open);
	add_count(&left, _("overdue"), count->overdue);
	add_count(&left, _("within the hour"), count->soon);
	str_addf(&left, "  %s", _(board_order_at(board_order(board))->title));
	if (*board_filter(board))
		str_addf(&loud, "  %s %s", _("Filter:"), board_filter(board));
	if (board_is_frozen(board)) {
		str_addf(&loud, "  %s", _("FROZEN, changes:"));
		str_addf(&loud, " %zu", board_waiting(board));
	}
	add_count(&loud, _("marked"), (int64_t)marked);
	add_number(&right, count->shown);
	str_add(&right, count->more ? "+ / " : " / ");
	add_number(&right, count->total);
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

/* What runs out next of all, wherever the cursor is; and how old the data are. */
static void draw_due(struct board_view *view, struct canvas *canvas, struct area area)
{
	const struct board_count *count = board_count(view->app->board);
	const struct rules *rules = client_rules(view->app->client);
	struct str left = STR_INIT, right = STR_INIT;
	struct arena arena = ARENA_INIT;
	struct page_brief brief;
	char text[LEFT_TEXT], at[LINK_WHEN];

	if (count->next_due && page_brief(view->app->client, &count->next, &arena, &brief, NULL) ==
				       ERR_OK) {
		left_text(count->next_due, left_moment(count->next_due, app_now(view->app)), text);
		str_addf(&left, " %s %s %s", _("Due next:"), text, brief.what);
	} else {
		str_addf(&left, " %s", _("Nothing is due."));
	}
	if (view->app->link.data_at) {
		link_when(&view->app->link, view->app->link.data_at,
			  env_now(client_env(view->app->client)), rules->offset_min, at);
		str_addf(&right, " %s %s ", _("data of"), at);
	}
	int width = text_columns(str_get(&right));
	canvas_pad(canvas, area.row, area.col, area.cols - width, ROLE_TEXT, left.s, PAD_RIGHT);
	canvas_text(canvas, area.row, area.col + area.cols - width, width, ROLE_HINT,
		    str_get(&right));
	arena_release(&arena);
	str_release(&left);
	str_release(&right);
}

static void draw_foot(struct board_view *view, struct canvas *canvas, struct area area)
{
	const char *what = view->has_brief ? view->brief.what : "";
	const char *story = view->has_brief ?
				    page_story(&view->brief, area.cols - 1, &view->arena) : "";

	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	struct area lines = area_top(&area, 2);
	canvas_erase(canvas, lines);
	canvas_pad(canvas, lines.row, lines.col + 1, lines.cols - 1, ROLE_TEXT, what, PAD_RIGHT);
	canvas_pad(canvas, lines.row + 1, lines.col + 1, lines.cols - 1, ROLE_HINT, story,
		   PAD_RIGHT);
	draw_due(view, canvas, area_top(&area, 1));
}

void board_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct board_view *view = state;
	int typed = view->prompt ? prompt_rows(view->prompt) : 0;
	struct area prompt = area, title, foot;

	if (typed != view->prompt_rows) { /* it grew or went: what it covered is drawn */
		view->prompt_rows = typed;
		view->dirty |= DIRTY_FOOT | DIRTY_LIST;
	}
	prompt = area_bottom(&prompt, typed);
	title = area_top(&area, 1);
	foot = area_bottom(&area, FOOT_ROWS);
	if (all || view->dirty & (DIRTY_TITLE | DIRTY_LIST))
		draw_title(view, canvas, title);
	if (all || view->dirty & DIRTY_LIST)
		view->left_at = INT64_MAX;
	list_draw(view->list, canvas, area, all || view->dirty & DIRTY_LIST);
	if (all || view->dirty & DIRTY_FOOT)
		draw_foot(view, canvas, foot);
	if (typed)
		prompt_draw(view->prompt, canvas, prompt);
	view->dirty = 0;
}
