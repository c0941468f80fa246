/* The list of whistles drawn: its columns and cells, the title, what stands below it. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "rows_priv.h"
#include "whistle_list_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/left.h"

enum { FOOT_ROWS = 3, MATRIX_FROM = 34 }; /* a taller screen has the matrix below the list */

enum whistle_column { COL_MARK, COL_LEFT, COL_CLASS, COL_NUMBER, COL_WHOM, COL_TITLE, COL_STEP,
		      COL_WORST, COL_DONE, COL_MOVED };

static const struct list_column columns[] = {
	[COL_MARK] = { "mark", " ", 2, 2, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_LEFT] = { "left", N_("Left"), 7, 7, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[COL_CLASS] = { "class", N_("Class"), 4, 4, 0, 0, LIST_LEFT, LIST_CUT_END, 8, 100 },
	[COL_NUMBER] = { "number", N_("Number"), 7, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_WHOM] = { "whom", N_("By > to"), 9, 9, 0, 0, LIST_LEFT, LIST_CUT_END, 26, 130 },
	[COL_TITLE] = { "title", N_("Title"), 20, 20, 2, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	[COL_STEP] = { "step", N_("Step"), 6, 8, 0, 0, LIST_LEFT, LIST_CUT_END, 10, 130 },
	[COL_WORST] = { "worst", N_("Runs out"), 13, 17, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_DONE] = { "done", N_("In / of"), 7, 7, 0, 100, LIST_RIGHT, LIST_CUT_END },
	[COL_MOVED] = { "moved", N_("Latest move"), 11, 11, 0, 120, LIST_LEFT, LIST_CUT_END },
};

enum role matrix_cell_role(const struct matrix_cell *cell)
{
	switch (cell->state) {
	case CELL_OVER:
		return ROLE_CLOCK_OVERDUE;
	case CELL_SOON:
		return ROLE_CLOCK_SOON;
	case CELL_LATE:
		return ROLE_WARNING;
	case CELL_DONE:
		return cell->open_proof ? ROLE_WARNING : ROLE_GOOD;
	case CELL_IDLE:
		return ROLE_HINT;
	case CELL_RUNS:
	case CELL_NONE:
		break;
	}
	return ROLE_TEXT;
}

static const char *mark_of(const struct whistle_row *row, enum role *ret_role)
{
	bool near = row->worst.state == CELL_OVER || row->worst.state == CELL_SOON;

	*ret_role = near ? matrix_cell_role(&row->worst) : ROLE_PENDING;
	if (row->shown.marks & ROW_REFUSED)
		return near ? "!X" : "X";
	if (row->shown.marks & ROW_PENDING)
		return near ? "!^" : "^";
	if (near)
		return row->worst.state == CELL_OVER ? "!!" : "!";
	*ret_role = ROLE_WARNING;
	return row->shown.whistle->disputed || row->shown.whistle->owed ? "?" : "";
}

static const char *moved(struct whistles_view *view, const struct whistle *whistle)
{
	view->cell[0] = '\0';
	if (whistle->moved_at)
		civil_format(whistle->moved_at, client_rules(view->app->client)->offset_min,
			     "m-d H:M", view->cell, sizeof view->cell);
	return view->cell;
}

static const char *whom(struct whistles_view *view, const struct whistle *whistle)
{
	struct arena arena = ARENA_INIT;
	const struct rules *rules = client_rules(view->app->client);
	bool wide = list_width(view->list, COL_WHOM) >= 26;

	snprintf(view->cell, sizeof view->cell, "%s",
		 wide ? whistle_whom(rules, whistle, 4, &arena) :
			whistle_whom_brief(rules, whistle, &arena));
	arena_release(&arena);
	return view->cell;
}

/* In a narrow list without the word of its kind: 一般, not 一般约请. */
static const char *class_of(struct whistles_view *view, const struct whistle_row *row)
{
	const struct summons *summons =
		whistle_summons(client_rules(view->app->client), row->shown.whistle);
	size_t n = strlen(row->cls), word = summons && summons->label ? strlen(summons->label) : 0;

	if (text_columns(row->cls) <= list_width(view->list, COL_CLASS) || word == 0 || n <= word ||
	    strcmp(row->cls + n - word, summons->label) != 0)
		return row->cls;
	snprintf(view->cell, sizeof view->cell, "%.*s", (int)(n - word), row->cls);
	return view->cell;
}

void whistles_cell(void *ctx, const struct list_row *at, int column, struct list_cell *ret_cell)
{
	struct whistles_view *view = ctx;
	const struct whistle_row *row = at->data;
	const struct whistle *whistle = row->shown.whistle;
	const struct clock *worst = row->worst.clock;

	ret_cell->role = whistle->open ? ROLE_TEXT : ROLE_HINT;
	ret_cell->text = "";
	switch ((enum whistle_column)column) {
	case COL_MARK:
		ret_cell->text = mark_of(row, &ret_cell->role);
		break;
	case COL_LEFT:
		if (worst && worst->due)
			left_minutes(worst->due, app_now(view->app), view->cell);
		else
			view->cell[0] = '\0';
		ret_cell->text = view->cell;
		ret_cell->role = matrix_cell_role(&row->worst);
		break;
	case COL_CLASS:
		ret_cell->text = class_of(view, row);
		break;
	case COL_NUMBER:
		ret_cell->text = row->mark;
		if (row->shown.marks & ROW_NEW)
			ret_cell->role = ROLE_PENDING;
		break;
	case COL_WHOM:
		ret_cell->text = whom(view, whistle);
		break;
	case COL_TITLE:
		ret_cell->text = whistle->title;
		break;
	case COL_STEP:
		ret_cell->text = row->step;
		break;
	case COL_WORST:
		snprintf(view->cell, sizeof view->cell, "%s %s", row->worst_label, row->worst_org);
		ret_cell->text = view->cell;
		ret_cell->role = matrix_cell_role(&row->worst);
		break;
	case COL_DONE:
		snprintf(view->cell, sizeof view->cell, "%lld / %lld",
			 (long long)whistle->reported, (long long)whistle->asked);
		ret_cell->text = whistle->asked ? view->cell : "";
		break;
	case COL_MOVED:
		ret_cell->text = moved(view, whistle);
		break;
	}
}

struct list *whistles_list(const struct list_source *source)
{
	return list_new(columns, ARRAY_LEN(columns), source);
}

/* ---- drawing ---- */

const char *whistles_word(const struct app *app)
{
	const char *word = N_("Whistles"), *here = _(word);
	const struct rules *rules = client_rules(app->client);

	/* untranslated, it stands among English words */
	return rules->n_summonses && strcmp(here, word) != 0 ? rules->summonses[0].label : here;
}

static void draw_title(struct whistles_view *view, struct canvas *canvas, struct area area)
{
	struct str left = STR_INIT, right = STR_INIT;
	const char *filter = str_get(&view->app->whistle_filter);
	size_t marked;
	int width, col;

	list_marked(view->list, &marked);
	str_add(&left, " ");
	str_addf(&left, _("%s under way"), whistles_word(view->app));
	str_add(&left, " ");
	rows_add_number(&left, (int64_t)view->shown.open);
	rows_add_count(&left, _("overdue"), (int64_t)view->shown.overdue);
	rows_add_count(&left, _("marked"), (int64_t)marked);
	if (view->app->whistle_order || view->app->whistle_turned)
		str_addf(&left, "  %s%s",
			 _(whistle_order_at(view->app->whistle_order)->title),
			 view->app->whistle_turned ? _(", the other way round") : "");
	str_add(&right, " ");
	rows_add_number(&right, (int64_t)view->shown.n);
	str_add(&right, " / ");
	rows_add_number(&right, (int64_t)view->shown.total);
	str_add(&right, " ");
	width = text_columns(right.s);
	col = canvas_text(canvas, area.row, area.col, area.cols - width, ROLE_HEADING, left.s);
	str_clear(&left);
	if (*view->app->view_names[SAVED_WHISTLES])
		str_addf(&left, "  %s %s", _("View:"), view->app->view_names[SAVED_WHISTLES]);
	if (*filter)
		str_addf(&left, "  %s %s", _("Filter:"), filter);
	canvas_pad(canvas, area.row, area.col + col, area.cols - width - col,
		   left.len ? ROLE_LIST_FILTERED : ROLE_HEADING, str_get(&left), PAD_RIGHT);
	canvas_text(canvas, area.row, area.col + area.cols - width, width, ROLE_HEADING, right.s);
	str_release(&left);
	str_release(&right);
}

/* Title and place; on a tall screen the matrix. */
static void draw_foot(struct whistles_view *view, struct canvas *canvas, struct area area)
{
	struct arena arena = ARENA_INIT;
	const struct whistle_page *page = &view->page;

	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	canvas_erase(canvas, area);
	if (view->has_page) {
		canvas_pad(canvas, area.row, area.col + 1, area.cols - 1, ROLE_TEXT,
			   whistle_line(view->app->client, &page->shown, &arena), PAD_RIGHT);
		canvas_pad(canvas, area.row + 1, area.col + 1, area.cols - 1, ROLE_HINT,
			   arena_printf(&arena, "%s%s%s%s%s", page->head,
					*page->until ? "  " : "", page->until,
					*page->whole ? "  " : "", page->whole),
			   PAD_RIGHT);
		area_top(&area, 2);
		if (area.rows > 1)
			matrix_draw(view->app, page, canvas, area,
				    (struct matrix_cursor){ .shown = false });
	}
	arena_release(&arena);
}

void whistles_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct whistles_view *view = state;
	int typed = view->prompt ? prompt_rows(view->prompt) : 0;
	int below = area.rows >= MATRIX_FROM - 4 ? 12 : 0;
	struct area prompt = area, title, foot;

	if (typed != view->prompt_rows) {
		view->prompt_rows = typed;
		all = true;
	}
	prompt = area_bottom(&prompt, typed);
	title = area_top(&area, 1);
	foot = area_bottom(&area, FOOT_ROWS + below);
	if (all || view->dirty)
		draw_title(view, canvas, title);
	list_draw(view->list, canvas, area, all);
	if (all || view->dirty)
		draw_foot(view, canvas, foot);
	if (typed)
		prompt_draw(view->prompt, canvas, prompt);
	view->dirty = false;
}
