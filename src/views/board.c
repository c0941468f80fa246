#include <config.h>

#include <stdio.h>
#include <string.h>

#include "board_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static unsigned failed(struct board_view *view, const struct error *err)
{
	app_failed(view->app, err);
	return UI_FRAME;
}

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
	enum err code = board_fetch(view->app->board, from[want->from], &want->anchor,
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
		if (board_is_changed(view->app->board, &row->id))
			row->flags |= LIST_ROW_CHANGED;
	}
	return ERR_OK;
}

static const char *empty(void *ctx)
{
	struct board_view *view = ctx;
	const struct client_link *link = &view->app->link;

	if (*board_filter(view->app->board))
		return board_count(view->app->board)->more ?
			       _("Looking for what the filter lets through ...") :
			       _("Nothing fits the filter. Esc takes it away, / changes it.");
	if (app_role(view->app) && app_role(view->app)->manage != MANAGE_NOTHING)
		return _("This role administers and sees no cases: zhiban manage has its commands.");
	if (!client_is_enrolled(view->app->client))
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
	struct list_source source = { view, fetch, board_cell, empty };

	(void)arg;
	view->app = ui_shell(ui);
	board_shape(view);
	view->list = list_new(view->columns, view->n_columns, &source);
	view->rest_at = INT64_MAX;
	view->left_at = INT64_MAX;
	view->minute = view->app->minute;
	if (list_home(view->list, err) != ERR_OK) { /* shown empty, with the reason */
		app_failed(view->app, err);
	}
	board_rest(view);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct board_view *view = state;

	list_free(view->list);
	prompt_free(view->prompt);
	str_release(&view->before);
	arena_release(&view->arena);
	free(view);
}

bool board_view_selected(void *state, struct uuid *ret_id)
{
	return list_at(((struct board_view *)state)->list, ret_id);
}

const struct uuid *board_view_marked(void *state, size_t *ret_n)
{
	return list_marked(((struct board_view *)state)->list, ret_n);
}

void board_view_unmark(void *state)
{
	list_mark_clear(((struct board_view *)state)->list);
}

void board_view_recounted(void *state)
{
	((struct board_view *)state)->dirty |= DIRTY_TITLE | DIRTY_FOOT;
}

/* ---- the pane under the list ---- */

void board_unrest(struct board_view *view)
{
	view->rest_at = env_now(client_env(view->app->client)) + REST_MS;
}

/* What rests under the eye has been seen. */
void board_rest(struct board_view *view)
{
	const struct list_row *row = list_current(view->list);
	struct incident *incident;

	view->settled = view->settled || board_has_all(view->app->board);
	view->rest_at = INT64_MAX;
	view->dirty |= DIRTY_FOOT;
	view->has_brief = false;
	if (!row) {
		frame_hint_acts(view->app, NULL);
		return;
	}
	view->resting = row->id;
	arena_reset(&view->arena);
	if (client_get(view->app->client, &view->resting, &view->arena, &incident, NULL) != ERR_OK)
		incident = NULL; /* rows have no shares, which acts are judged by */
	frame_hint_acts(view->app, incident);
	view->has_brief = page_brief(view->app->client, &view->resting, &view->arena,
				     &view->brief, NULL) == ERR_OK;
}

int64_t board_view_next(const void *state)
{
	const struct board_view *view = state;

	return view->rest_at < view->left_at ? view->rest_at : view->left_at;
}

/* ---- keys and commands ---- */

static unsigned moved(struct board_view *view, unsigned result)
{
	if (result & LIST_FAILED) {
		struct error err = { .code = ERR_IO };

		snprintf(err.text, sizeof err.text, "%s", list_error(view->list));
		return failed(view, &err) | UI_REDRAW;
	}
	view->settled = true;
	if (result & LIST_MOVED)
		board_unrest(view);
	return UI_REDRAW;
}

static const struct {
	enum cmd cmd;
	enum list_motion motion;
} motions[] = {
	{ CMD_down, LIST_DOWN },       { CMD_up, LIST_UP },   { CMD_pagedown, LIST_PAGE_DOWN },
	{ CMD_pageup, LIST_PAGE_UP }, { CMD_top, LIST_TOP }, { CMD_bottom, LIST_END },
};

static unsigned reread(struct board_view *view, bool home)
{
	struct error err = ERROR_INIT;
	enum err code = home ? list_home(view->list, &err) : list_reload(view->list, &err);

	view->dirty |= DIRTY_TITLE | DIRTY_FOOT;
	if (code != ERR_OK)
		return failed(view, &err) | UI_REDRAW;
	board_unrest(view);
	return UI_REDRAW;
}

static unsigned do_open(struct board_view *view)
{
	struct uuid id;

	if (!list_at(view->list, &id))
		return UI_NOTHING;
	board_seen(view->app->board, &id);
	return ui_open(view->app->ui, &page_view, &id, sizeof id) | UI_RELOAD;
}

static unsigned do_escape(struct board_view *view)
{
	size_t n;

	list_marked(view->list, &n);
	if (n) {
		list_mark_clear(view->list);
		view->dirty |= DIRTY_TITLE;
		return UI_REDRAW;
	}
	return *board_filter(view->app->board) ? board_filter_set(view, "") : UI_NOTHING;
}

static unsigned do_all(struct board_view *view)
{
	struct error err = ERROR_INIT;

	view->dirty |= DIRTY_TITLE;
	if (list_mark_all(view->list, &err) != ERR_OK)
		return failed(view, &err);
	return UI_REDRAW;
}

static unsigned do_order(struct board_view *view, size_t order)
{
	board_set_order(view->app->board, order);
	view->dirty |= DIRTY_LIST;
	return reread(view, true);
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
	return failed(view, &err);
}

static unsigned do_freeze(struct board_view *view)
{
	bool frozen = !board_is_frozen(view->app->board);

	board_freeze(view->app->board, frozen);
	view->dirty |= DIRTY_TITLE;
	return frozen ? UI_REDRAW : reread(view, false);
}

static unsigned marks(struct board_view *view, unsigned result)
{
	view->dirty |= DIRTY_TITLE;
	return moved(view, result);
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct board_view *view = state;

	for (size_t i = 0; i < ARRAY_LEN(motions); i++)
		if ((int)motions[i].cmd == cmd->id)
			return moved(view, list_move(view->list, motions[i].motion));
	switch (cmd->id) {
	case CMD_open:
		return do_open(view);
	case CMD_escape:
		return do_escape(view);
	case CMD_mark:
		return marks(view, list_mark_toggle(view->list));
	case CMD_range:
		return marks(view, list_mark_range(view->list));
	case CMD_all:
		return do_all(view);
	case CMD_filter:
		if (args && *args)
			return board_filter_set(view, args);
		board_filter_open(view, board_filter(view->app->board));
		return UI_REDRAW_ALL | UI_FRAME;
	case CMD_sort:
		return do_sort(view, args);
	case CMD_order:
		return do_order(view, (board_order(view->app->board) + 1) % board_order_count());
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
	view->settled = board_has_all(view->app->board);
	return true;
}

static unsigned reload(void *state)
{
	struct board_view *view = state;
	unsigned flags;

	if (board_is_frozen(view->app->board)) {
		view->dirty |= DIRTY_TITLE;
		return UI_REDRAW;
	}
	if (board_shape(view)) {
		list_set_columns(view->list, view->columns, view->n_columns);
		view->dirty |= DIRTY_TITLE | DIRTY_LIST | DIRTY_FOOT;
	}
	flags = reread(view, still_filling(view));
	if (!uuid_is_nil(&view->app->wanted)) {
		if (list_goto(view->list, &view->app->wanted, NULL) == ERR_OK)
			board_rest(view);
		view->app->wanted = (struct uuid){ { 0 } };
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
	unsigned flags = UI_NOTHING;

	if (now >= view->rest_at) {
		board_rest(view);
		flags |= UI_REDRAW | UI_FRAME;
		if (view->has_brief && board_seen(view->app->board, &view->resting))
			flags |= UI_RELOAD;
	}
	if (now >= view->left_at || view->minute != view->app->minute) {
		view->minute = view->app->minute;
		view->left_at = INT64_MAX; /* drawing finds the next */
		view->dirty |= DIRTY_LIST | DIRTY_TITLE | DIRTY_FOOT;
		flags |= UI_REDRAW;
	}
	return flags;
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
