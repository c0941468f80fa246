#include <config.h>

#include <string.h>

#include "board_priv.h"
#include "saved_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const char *empty(void *ctx)
{
	struct board_view *view = ctx;

	if (*board_filter(view->rows.app->board))
		return board_count(view->rows.app->board)->more ?
			       _("Looking for what the filter lets through ...") :
			       _("Nothing fits the filter. Esc takes it away, / changes it.");
	if (app_empty_why(view->rows.app))
		return app_empty_why(view->rows.app);
	return _("No incident yet. N registers one.");
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct board_view *view = mem_alloc(sizeof *view);
	struct list_source source = { view, board_rows_pinned, rows_cell, empty };
	struct rows *rows = &view->rows;

	(void)arg;
	rows_init(rows, ui_shell(ui));
	rows->list = list_new(rows->columns, rows->n_columns, &source);
	board_mark_sorted(view);
	if (list_home(rows->list, err) != ERR_OK) /* shown empty, with the reason */
		app_failed(rows->app, err);
	view->settled = board_has_all(rows->app->board);
	/* a page opened from the first screen closed it: he comes back to where he was */
	if (!uuid_is_nil(&rows->app->board_at) &&
	    list_goto(rows->list, &rows->app->board_at, NULL) != ERR_OK)
		rows->app->board_at = (struct uuid){ { 0 } };
	rows_rest(rows);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct board_view *view = state;

	if (!list_at(view->rows.list, &view->rows.app->board_at))
		view->rows.app->board_at = (struct uuid){ { 0 } };
	rows_release(&view->rows);
	prompt_free(view->prompt);
	str_release(&view->before);
	free(view);
}

/* ---- keys and commands ---- */

/* The title of the column that the rows are ordered by says so, when it is not the usual one. */
void board_mark_sorted(struct board_view *view)
{
	const struct board *board = view->rows.app->board;
	const struct board_order *order = board_order_at(board_order(board));
	struct column column;
	int at = -1;

	for (int i = 0; !board_group(board) && i < view->rows.n_columns && at < 0; i++)
		if (columns_find(view->rows.columns[i].name, &column) &&
		    str_eq(column.field->name, order->field))
			at = i;
	list_set_sorted(view->rows.list, at, order->descending != board_is_turned(board));
}

static unsigned do_escape(struct board_view *view)
{
	return *board_filter(view->rows.app->board) ? board_filter_set(view, "") : UI_NOTHING;
}

/* The list is in another order: from its first row. */
static unsigned reordered(struct board_view *view)
{
	saved_other(view->rows.app, SAVED_INCIDENTS);
	board_mark_sorted(view);
	view->rows.dirty |= DIRTY_LIST;
	return rows_reread(&view->rows, true);
}

static unsigned do_order(struct board_view *view, size_t order, bool turned)
{
	struct board *board = view->rows.app->board;

	board_set_group(board, 0);
	board_set_order(board, order);
	if (turned)
		board_turn(board, true);
	return reordered(view);
}

static unsigned next_order(struct board_view *view)
{
	return do_order(view, (board_order(view->rows.app->board) + 1) % board_order_count(),
			false);
}

static unsigned failed(struct board_view *view, const struct error *err)
{
	app_failed(view->rows.app, err);
	return UI_FRAME;
}

static unsigned do_sort(struct board_view *view, const char *args)
{
	struct str names = STR_INIT;
	struct error err = ERROR_INIT;
	size_t order;
	bool turned;

	args += args ? strspn(args, " ") : 0;
	if (args && board_order_find(args, &order, &turned))
		return do_order(view, order, turned);
	for (size_t i = 0; i < board_order_count(); i++)
		str_addf(&names, "%s%s", i ? ", " : "", board_order_at(i)->name);
	error_set(&err, ERR_INPUT, _("orders are: %s; with - before it the other way round"),
		  str_get(&names));
	str_release(&names);
	return failed(view, &err);
}

static unsigned do_group(struct board_view *view, const char *args)
{
	struct board *board = view->rows.app->board;
	size_t group = (board_group(board) + 1) % board_group_count();
	struct error err = ERROR_INIT;

	args += args ? strspn(args, " ") : 0;
	if (args && *args && !board_group_find(args, &group)) {
		error_set(&err, ERR_INPUT, _("%s: grouped by step, dept or street, or none"), args);
		return failed(view, &err);
	}
	board_set_group(board, group);
	return reordered(view);
}

static unsigned go_to(struct board_view *view, const struct uuid *id)
{
	struct error err = ERROR_INIT;

	if (list_goto(view->rows.list, id, &err) != ERR_OK)
		return failed(view, &err);
	rows_unrest(&view->rows);
	return UI_REDRAW;
}

static unsigned do_next_group(struct board_view *view, bool next)
{
	struct board *board = view->rows.app->board;
	struct error err = ERROR_INIT;
	struct uuid at, to;

	if (!board_group(board)) {
		error_set(&err, ERR_INPUT, "%s", _("the list is not grouped: z groups it"));
		return failed(view, &err);
	}
	if (!list_at(view->rows.list, &at) || !board_next_group(board, &at, next, &to))
		return UI_NOTHING;
	return go_to(view, &to);
}

static unsigned do_changed(struct board_view *view)
{
	struct board *board = view->rows.app->board;
	struct uuid at, to;

	if (list_at(view->rows.list, &at) && board_next_changed(board, &at, &to))
		return go_to(view, &to);
	app_notice(view->rows.app, ROLE_HINT,
		   board_changes(board) ? _("no row that changed stands further on in this list") :
					  _("nothing changed that you have not seen"));
	return UI_FRAME;
}

static unsigned do_freeze(struct board_view *view)
{
	bool frozen = !board_is_frozen(view->rows.app->board);
	struct uuid at;

	board_freeze(view->rows.app->board, frozen,
		     list_at(view->rows.list, &at) ? &at : NULL);
	view->rows.dirty |= DIRTY_TITLE;
	return frozen ? UI_REDRAW : rows_reread(&view->rows, false);
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct board_view *view = state;
	unsigned flags = rows_command(&view->rows, cmd);

	if (!(flags & UI_IGNORED)) {
		view->settled = true;
		return flags;
	}
	switch (cmd->id) {
	case CMD_escape:
		return do_escape(view);
	case CMD_filter:
		if (args && *args)
			return board_filter_set(view, args);
		board_filter_open(view, board_filter(view->rows.app->board));
		return UI_REDRAW_ALL | UI_FRAME;
	case CMD_sort:
		return do_sort(view, args);
	case CMD_order:
		return next_order(view);
	case CMD_group:
		return do_group(view, args);
	case CMD_groups:
		return ui_open(view->rows.app->ui, &groups_view, NULL, 0);
	case CMD_nextgroup:
		return do_next_group(view, true);
	case CMD_prevgroup:
		return do_next_group(view, false);
	case CMD_changed:
		return do_changed(view);
	case CMD_freeze:
		return do_freeze(view);
	default:
		return UI_IGNORED;
	}
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct board_view *view = state;

	return view->prompt ? board_filter_key(view, pressed, pasted) : UI_IGNORED;
}

/* While the first data come in the most urgent row is the first one, not the one that happened to
 * come first; afterwards the cursor stays with its incident. */
static bool still_filling(struct board_view *view)
{
	if (view->settled)
		return false;
	view->settled = board_has_all(view->rows.app->board);
	return true;
}

static unsigned reload(void *state)
{
	struct board_view *view = state;
	unsigned flags = UI_REDRAW;

	rows_reshape(&view->rows);
	board_mark_sorted(view);
	if (board_is_frozen(view->rows.app->board)) {
		view->rows.dirty |= DIRTY_TITLE;
	} else {
		flags = rows_reread(&view->rows,
				    still_filling(view) || view->rows.app->list_home);
		view->rows.app->list_home = false;
	}
	(void)rows_go_where_wanted(&view->rows);
	return flags;
}

/* While a filter is typed no key is a command. */
static unsigned where_now(void *state)
{
	return ((struct board_view *)state)->prompt ? 0 : WHERE_BOARD;
}

static unsigned tick(void *state, int64_t now)
{
	struct board_view *view = state;

	const struct board *board = view->rows.app->board;
	bool minute = view->rows.minute != view->rows.app->minute;
	unsigned flags;

	view->settled = view->settled || (now >= view->rows.rest_at && board_has_all(board));
	flags = rows_tick(&view->rows, now);
	if (minute && board_group(board) && !board_is_frozen(board))
		flags |= UI_RELOAD; /* headings say how many are overdue */
	return flags;
}

static const char *title(void *state)
{
	(void)state;
	return _("Incidents");
}

const struct view_ops board_view = {
	.name = "board",
	.types = true,
	.where = WHERE_BOARD,
	.open = open_view,
	.close = close_view,
	.draw = board_draw,
	.key = key,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
	.where_now = where_now,
};
