/* The columns and cells of the lists of items and tasks. */
#include <config.h>

#include "joint_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/rules.h"
#include "zhiban/model/left.h"

/* ---- items ---- */

enum item_column { COL_MARK, COL_NUMBER, COL_TITLE, COL_STATE, COL_ORGS, COL_WHY, COL_BROUGHT };
static const struct list_column item_columns[] = {
	[COL_MARK] = { "mark", " ", 2, 2, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_NUMBER] = { "number", N_("Number"), 7, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_TITLE] = { "title", N_("Title"), 20, 28, 3, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	[COL_STATE] = { "state", N_("State"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_ORGS] = { "orgs", N_("Concerned"), 12, 20, 2, 0, LIST_LEFT, LIST_CUT_END },
	[COL_WHY] = { "why", N_("Why"), 12, 20, 2, 76, LIST_LEFT, LIST_CUT_END },
	[COL_BROUGHT] = { "brought", N_("Brought"), 11, 11, 0, 120, LIST_LEFT, LIST_CUT_END },
};

static void item_cell(void *ctx, const struct list_row *at, int column, struct list_cell *ret)
{
	struct joint_screen *view = ctx;
	const struct item_row *row = at->data;
	const struct item *item = row->shown.item;
	int64_t now = app_now(view->app);

	arena_reset(&view->cells);
	ret->role = item->open ? ROLE_TEXT : ROLE_HINT;
	switch ((enum item_column)column) {
	case COL_MARK:
		ret->text = joint_marks(row->shown.marks,
					item->open && item->missing && item->papers_due <= now,
					&ret->role);
		break;
	case COL_NUMBER:
		ret->text = row->mark;
		break;
	case COL_TITLE:
		ret->text = item->title;
		break;
	case COL_STATE:
		ret->text = row->state;
		ret->role = joint_state_role(KIND_ITEM, item, now);
		break;
	case COL_ORGS:
		ret->text = row->orgs;
		break;
	case COL_WHY:
		ret->text = item->why ? item->why : "";
		break;
	case COL_BROUGHT:
		ret->text = joint_at(client_rules(view->app->client), item->brought_at,
				     &view->cells);
		break;
	}
}

static const char *no_items(void *ctx)
{
	const struct joint_screen *view = ctx;

	if (*str_get(view->filter.text))
		return _("Nothing fits the filter. Esc takes it away, / changes it.");
	if (app_empty_why(view->app))
		return app_empty_why(view->app);
	return _("No item yet. 5, Tab, m brings candidates; N brings one that is about no case.");
}

/* ---- tasks ---- */

enum action_column { COL_A_MARK, COL_A_LEFT, COL_A_NUMBER, COL_A_TITLE, COL_A_LEAD, COL_A_STATE,
		     COL_A_MEETING, COL_A_ABOUT, COL_A_GIVEN };
static const struct list_column action_columns[] = {
	[COL_A_MARK] = { "mark", " ", 2, 2, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_A_LEFT] = { "left", N_("Left"), 9, 9, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[COL_A_NUMBER] = { "number", N_("Number"), 7, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_A_TITLE] = { "title", N_("Task"), 20, 30, 3, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	[COL_A_LEAD] = { "lead", N_("Lead"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_A_STATE] = { "state", N_("State"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_A_MEETING] = { "meeting", N_("Meeting"), 8, 8, 0, 90, LIST_LEFT, LIST_CUT_END },
	[COL_A_ABOUT] = { "about", N_("About"), 8, 8, 0, 100, LIST_LEFT, LIST_CUT_END },
	[COL_A_GIVEN] = { "given", N_("Task given"), 11, 11, 0, 120, LIST_LEFT, LIST_CUT_END },
};

static void action_cell(void *ctx, const struct list_row *at, int column, struct list_cell *ret)
{
	struct joint_screen *view = ctx;
	const struct action_row *row = at->data;
	const struct action *action = row->shown.action;
	char left[LEFT_TEXT];

	arena_reset(&view->cells);
	ret->role = action->open ? ROLE_TEXT : ROLE_HINT;
	ret->text = "";
	switch ((enum action_column)column) {
	case COL_A_MARK:
		ret->text = joint_marks(row->shown.marks, row->overdue, &ret->role);
		break;
	case COL_A_LEFT:
		if (!action->open || !action->due)
			break;
		left_minutes(action->due, app_now(view->app), left);
		ret->text = arena_strdup(&view->cells, left);
		ret->role = joint_state_role(KIND_ACTION, action, app_now(view->app));
		break;
	case COL_A_NUMBER:
		ret->text = row->mark;
		break;
	case COL_A_TITLE:
		ret->text = action->title;
		break;
	case COL_A_LEAD:
		ret->text = row->lead;
		break;
	case COL_A_STATE:
		ret->text = row->state;
		ret->role = joint_state_role(KIND_ACTION, action, app_now(view->app));
		break;
	case COL_A_MEETING:
		ret->text = joint_short(action->meeting_no);
		break;
	case COL_A_ABOUT:
		ret->text = joint_short(action->about_no);
		break;
	case COL_A_GIVEN:
		ret->text = joint_at(client_rules(view->app->client), action->given_at,
				     &view->cells);
		break;
	}
}

static const char *no_actions(void *ctx)
{
	const struct joint_screen *view = ctx;

	if (*str_get(view->filter.text))
		return _("Nothing fits the filter. Esc takes it away, / changes it.");
	if (app_empty_why(view->app))
		return app_empty_why(view->app);
	return _("No task yet: a meeting gives them, on its page by a.");
}

struct list *joint_list_new(enum kind kind, struct list_source source)
{
	bool items = kind == KIND_ITEM;

	source.cell = items ? item_cell : action_cell;
	source.empty = items ? no_items : no_actions;
	return items ? list_new(item_columns, ARRAY_LEN(item_columns), &source)
		     : list_new(action_columns, ARRAY_LEN(action_columns), &source);
}
