#include <config.h>

#include <string.h>

#include "board_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* ---- rows ---- */

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	static const enum board_from from[] = {
		[LIST_FIRST] = BOARD_FIRST,
		[LIST_LAST] = BOARD_LAST,
		[LIST_AT] = BOARD_AT,
	};
	struct board_view *view = ctx;
	struct board_page page;
	enum err code = board_fetch(view->rows.app->board, from[want->from], &want->anchor,
				    (size_t)want->before, (size_t)want->n, arena, &page, err);

	if (code != ERR_OK)
		return code;
	ret_page->rows = arena_array(arena, page.n + 1, sizeof *ret_page->rows);
	ret_page->n = (int)page.n;
	ret_page->first = page.first;
	ret_page->last = page.last;
	for (size_t i = 0; i < page.n; i++) {
		struct list_row *row = &ret_page->rows[i];

		row->id = page.rows[i].incident->head.id;
		row->data = &page.rows[i];
		if (board_is_changed(view->rows.app->board, &row->id))
			row->flags |= LIST_ROW_CHANGED;
	}
	return ERR_OK;
}

static const char *empty(void *ctx)
{
	struct board_view *view = ctx;
	const struct client_link *link = &view->rows.app->link;

	if (*board_filter(view->rows.app->board))
		return board_count(view->rows.app->board)->more ?
			       _("Looking for what the filter lets through ...") :
			       _("Nothing fits the filter. Esc takes it away, / changes it.");
	if (app_role(view->rows.app) && app_role(view->rows.app)->manage != MANAGE_NOTHING)
		return _("This role administers and sees no cases: zhiban manage has its commands.");
	if (!client_is_enrolled(view->rows.app->client))
		return _("This console is not enrolled: leave with Q, then zhiban enroll URL CODE.");
	if (!link->usable)
		return link->state == LINK_OFFLINE ?
			       _("No data yet, and the server cannot be reached: :link says why.") :
		       link->state == LINK_TROUBLE ?
			       _("No data yet, and the disk here is in trouble: :link says why.") :
		       link->state == LINK_LOGIN ?
			       _("Nobody is logged in here: type :login NAME, then the PIN.") :
			       _("The first data are being fetched ...");
	return _("No incident yet. N registers one.");
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct board_view *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, rows_cell, empty };
	struct rows *rows = &view->rows;

	(void)arg;
	rows_init(rows, ui_shell(ui));
	rows->list = list_new(rows->columns, rows->n_columns, &source);
	if (list_home(rows->list, err) != ERR_OK) /* shown empty, with the reason */
		app_failed(rows->app, err);
	rows_rest(rows);
	view->settled = board_has_all(rows->app->board);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct board_view *view = state;

	rows_release(&view->rows);
	prompt_free(view->prompt);
	str_release(&view->before);
	free(view);
}

/* ---- keys and commands ---- */

static unsigned do_escape(struct board_view *view)
{
	return *board_filter(view->rows.app->board) ? board_filter_set(view, "") : UI_NOTHING;
}

static unsigned do_order(struct board_view *view, size_t order)
{
	board_set_order(view->rows.app->board, order);
	view->rows.dirty |= DIRTY_LIST;
	return rows_reread(&view->rows, true);
}

static unsigned do_sort(struct board_view *view, const char *args)
{
	struct str names = STR_INIT;
	struct error err = ERROR_INIT;

	args += args ? strspn(args, " ") : 0;
	for (size_t i = 0; i < board_order_count(); i++) {
		if (args && strcmp(args, board_order_at(i)->name) == 0) {
			str_release(&names);
			return do_order(view, i);
		}
		str_addf(&names, "%s%s", i ? ", " : "", board_order_at(i)->name);
	}
	error_set(&err, ERR_INPUT, _("orders are: %s"), str_get(&names));
	str_release(&names);
	app_failed(view->rows.app, &err);
	return UI_FRAME;
}

static unsigned do_freeze(struct board_view *view)
{
	bool frozen = !board_is_frozen(view->rows.app->board);

	board_freeze(view->rows.app->board, frozen);
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
		return do_order(view, (board_order(view->rows.app->board) + 1) % board_order_count());
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
	unsigned flags;

	if (board_is_frozen(view->rows.app->board)) {
		view->rows.dirty |= DIRTY_TITLE;
		return UI_REDRAW;
	}
	rows_reshape(&view->rows);
	flags = rows_reread(&view->rows, still_filling(view));
	if (!uuid_is_nil(&view->rows.app->wanted)) {
		if (list_goto(view->rows.list, &view->rows.app->wanted, NULL) == ERR_OK)
			rows_rest(&view->rows);
		view->rows.app->wanted = (struct uuid){ { 0 } };
	}
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

	view->settled = view->settled || (now >= view->rows.rest_at &&
					  board_has_all(view->rows.app->board));
	return rows_tick(&view->rows, now);
}

static const char *title(void *state)
{
	(void)state;
	return _("Incidents");
}

const struct view_ops board_view = {
	.name = "board",
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
