#include <config.h>

#include "deadlines_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/left.h"

enum due_column { COL_LEFT, COL_MARK, COL_SORT, COL_NUMBER, COL_CAUSE, COL_WHOSE, COL_TITLE,
		  COL_USED, COL_PRESSED };

static const struct list_column designed[DUE_COLUMNS] = {
	[COL_LEFT] = { "left", N_("Left"), 6, 6, 0, 0, LIST_RIGHT, LIST_CUT_END, 0, 0 },
	[COL_MARK] = { "mark", " ", 2, 2, 0, 0, LIST_LEFT, LIST_CUT_END, 0, 0 },
	[COL_SORT] = { "kind", N_("What"), 6, 6, 0, 0, LIST_LEFT, LIST_CUT_END, 8, 100 },
	[COL_NUMBER] = { "number", N_("Number"), 8, 8, 0, 0, LIST_LEFT, LIST_CUT_END, 0, 0 },
	[COL_CAUSE] = { "clock", N_("Clock"), 8, 8, 0, 0, LIST_LEFT, LIST_CUT_END, 12, 100 },
	[COL_WHOSE] = { "org", N_("Whose"), 8, 8, 0, 0, LIST_LEFT, LIST_CUT_MIDDLE, 12, 100 },
	[COL_TITLE] = { "title", N_("Matter"), 12, 28, 1, 0, LIST_LEFT, LIST_CUT_MIDDLE, 0, 0 },
	[COL_USED] = { "used", N_("Spent"), 5, 5, 0, 0, LIST_RIGHT, LIST_CUT_END, 0, 0 },
	[COL_PRESSED] = { "pressed", N_("Pressed"), 8, 8, 0, 0, LIST_LEFT, LIST_CUT_END, 10, 100 },
};

void due_columns(const struct rules *rules, struct list_column columns[DUE_COLUMNS])
{
	enum { MOST = 8 };

	memcpy(columns, designed, sizeof designed);
	for (size_t i = 0; i < rules->n_summonses; i++) {
		int width = text_columns(rules->summonses[i].label);

		if (width > columns[COL_SORT].min)
			columns[COL_SORT].min = width < MOST ? width : MOST;
	}
	columns[COL_LEFT].min = columns[COL_LEFT].ideal = left_columns();
}

struct due_shown *due_current(struct deadlines_view *view)
{
	const struct list_row *row = list_current(view->list);

	/* the source's own, which it may fill in */
	return row && !(row->flags & LIST_ROW_HEADING) ? (struct due_shown *)(uintptr_t)row->data
						       : NULL;
}

const struct due_detail *due_look(struct deadlines_view *view, struct due_shown *shown)
{
	if (!shown->looked)
		deadlines_detail(view->model, &shown->row, shown->arena, &shown->detail);
	shown->looked = true;
	return &shown->detail;
}

const char *due_org_words(const struct app *app, const char *code)
{
	const struct org *org = rules_org(client_rules(app->client), code);

	return !org ? (code ? code : "") : org->brief ? org->brief : org->name;
}

static enum role left_role(enum left_state state)
{
	return state == LEFT_OVER ? ROLE_CLOCK_OVERDUE :
	       state == LEFT_SOON ? ROLE_CLOCK_SOON :
				    ROLE_TEXT;
}

static const char *left_cell(struct deadlines_view *view, const struct due_row *row,
			     enum role *role)
{
	int64_t now = app_now(view->app), due = row->at.deadline.due, next;
	int64_t shown = left_moment(due, now);

	*role = left_role(left_state(due, now));
	(view->app->thin ? left_minutes : left_text)(due, shown, view->cell);
	if (shown != now)
		return view->cell;
	next = left_next(due, now, !view->app->thin) - now + frame_own_now(view->app);
	if (next < view->left_at)
		view->left_at = next;
	return view->cell;
}

static const char *mark_cell(struct deadlines_view *view, const struct due_row *row,
			     enum role *role)
{
	enum left_state left = left_state(row->at.deadline.due, app_now(view->app));

	if (row->gone) {
		*role = ROLE_HINT;
		return "--";
	}
	*role = left_role(left);
	if (row->at.marks & ROW_REFUSED)
		return left == LEFT_OVER ? "!X" : "X";
	if (row->at.marks & ROW_PENDING) {
		*role = ROLE_PENDING;
		return left == LEFT_OVER ? "!^" : "^";
	}
	return left == LEFT_OVER ? "!!" : left == LEFT_SOON ? "!" : "";
}

static const char *used_cell(struct deadlines_view *view, const struct due_detail *detail,
			     enum role *role)
{
	if (!detail->clock)
		return "";
	*role = detail->used >= 100 ? ROLE_CLOCK_OVERDUE : detail->used >= 90 ? ROLE_CLOCK_SOON :
									       ROLE_TEXT;
	snprintf(view->cell, sizeof view->cell, "%s%d%%", detail->used > 999 ? ">" : "",
		 detail->used > 999 ? 999 : detail->used);
	return view->cell;
}

void due_cell(void *ctx, const struct list_row *list_row, int column, struct list_cell *ret_cell)
{
	struct deadlines_view *view = ctx;
	struct due_shown *shown = (struct due_shown *)(uintptr_t)list_row->data;
	const struct due_row *row = &shown->row;

	*ret_cell = (struct list_cell){ .role = ROLE_TEXT };
	if (list_row->flags & LIST_ROW_HEADING) {
		ret_cell->text = shown->words;
		ret_cell->role = ROLE_HEADING;
		return;
	}
	switch ((enum due_column)column) {
	case COL_LEFT:
		ret_cell->text = left_cell(view, row, &ret_cell->role);
		break;
	case COL_MARK:
		ret_cell->text = mark_cell(view, row, &ret_cell->role);
		break;
	case COL_SORT:
		ret_cell->text = due_look(view, shown)->sort;
		break;
	case COL_NUMBER:
		ret_cell->text = row->at.number;
		ret_cell->role = row->at.marks & ROW_NEW ? ROLE_PENDING : ROLE_TEXT;
		break;
	case COL_CAUSE:
		ret_cell->text = due_look(view, shown)->cause;
		break;
	case COL_WHOSE:
		ret_cell->text = due_org_words(view->app, row->at.deadline.org);
		break;
	case COL_TITLE:
		ret_cell->text = row->at.title;
		break;
	case COL_USED:
		ret_cell->text = used_cell(view, due_look(view, shown), &ret_cell->role);
		break;
	case COL_PRESSED:
		ret_cell->text = due_look(view, shown)->pressed;
		ret_cell->role = ROLE_WARNING;
		break;
	}
}
