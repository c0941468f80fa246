/* 当班, the first screen: counters that are keys, and what needs this officer in four groups. */
#include <config.h>

#include <string.h>

#include "home_priv.h"
#include "marking_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* ---- rows ---- */

static struct uuid heading_id(enum home_group group)
{
	char name[] = "home group 0";

	name[sizeof name - 2] = (char)('0' + (int)group);
	return uuid_named(name);
}

/* Headings stand among the rows, so places are counted with them. */
static size_t places(struct home_view *view)
{
	size_t n, at = 0;
	const struct home_row *rows = home_rows(view->home, &n);
	int group = -1;

	view->n_places = 0;
	for (size_t i = 0; i < n; i++) {
		if ((int)rows[i].group != group) {
			group = (int)rows[i].group;
			MEM_GROW(view->places, view->n_places, view->cap_places);
			view->places[view->n_places++] =
				(struct home_place){ heading_id(rows[i].group), rows[i].group, true };
		}
		MEM_GROW(view->places, view->n_places, view->cap_places);
		view->places[view->n_places++] =
			(struct home_place){ rows[i].id, rows[i].group, false };
		at++;
	}
	return at;
}

static const char *heading_words(struct home_view *view, enum home_group group,
				 struct arena *arena)
{
	size_t count = home_group_count(view->home, group);

	return arena_printf(arena, "%s  %zu%s", home_group_title(group), count,
			    home_has_more(view->home, group) ? "+" : "");
}

static void fill_row(struct home_view *view, const struct home_place *place, struct arena *arena,
		     struct list_row *row)
{
	static const struct client_order board = { .field = NULL };
	struct client_row *shown = arena_alloc(arena, sizeof *shown);

	row->id = place->id;
	if (place->heading) {
		row->flags = LIST_ROW_HEADING;
		row->data = heading_words(view, place->group, arena);
		return;
	}
	if (client_row_get(view->rows.app->client, &board, &place->id, arena, shown, NULL) != ERR_OK) {
		row->flags = LIST_ROW_HEADING; /* it went since: the next gathering drops it */
		row->data = "";
		return;
	}
	row->data = shown;
	row->flags = rows_flags(&view->rows, shown->incident);
}

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct home_view *view = ctx;
	size_t n = (size_t)want->n, from = 0;

	places(view);
	if (want->from == LIST_LAST)
		from = view->n_places > n ? view->n_places - n : 0;
	if (want->from == LIST_AT) {
		size_t at = 0;

		while (at < view->n_places && !uuid_eq(&view->places[at].id, &want->anchor))
			at++;
		if (at == view->n_places)
			return error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
		from = at > (size_t)want->before ? at - (size_t)want->before : 0;
	}
	if (n > view->n_places - from)
		n = view->n_places - from;
	ret_page->rows = arena_array(arena, n + 1, sizeof *ret_page->rows);
	ret_page->n = (int)n;
	ret_page->first = from == 0;
	ret_page->last = from + n == view->n_places;
	for (size_t i = 0; i < n; i++)
		fill_row(view, &view->places[from + i], arena, &ret_page->rows[i]);
	return ERR_OK;
}

static const char *empty(void *ctx)
{
	struct home_view *view = ctx;
	struct app *app = view->rows.app;

	if (app_empty_why(app))
		return app_empty_why(app);
	if (!home_is_whole(view->home))
		return _("Looking for what needs you ...");
	return board_count(app->board)->open ?
		       _("Nothing needs you now. 2 has all that is open, N registers a case.") :
		       _("Nothing is open. N registers a case.");
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct home_view *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, rows_cell, empty };
	struct rows *rows = &view->rows;

	(void)arg;
	rows_init(rows, ui_shell(ui));
	view->home = rows->app->home;
	rows->list = list_new(rows->columns, rows->n_columns, &source);
	if (list_home(rows->list, err) != ERR_OK)
		app_failed(rows->app, err);
	rows_rest(rows);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct home_view *view = state;

	rows_release(&view->rows);
	free(view->places);
	free(view);
}

/* ---- keys and commands ---- */

/* What belongs to the board alone is done there. */
static unsigned on_board(struct home_view *view, const struct ui_command *cmd, const char *args)
{
	struct ui *ui = view->rows.app->ui;

	ui_then(ui, cmd, args ? args : "");
	return ui_switch(ui, &board_view, NULL, 0) | UI_FRAME;
}

/* To a place of the list that is shown. */
static unsigned go_to(struct home_view *view, const struct uuid *id)
{
	if (list_goto(view->rows.list, id, NULL) != ERR_OK)
		return UI_NOTHING;
	view->moved = true;
	rows_unrest(&view->rows);
	return UI_REDRAW;
}

static size_t place_now(struct home_view *view)
{
	struct uuid id;
	size_t at = 0;

	if (!list_at(view->rows.list, &id))
		return 0;
	while (at < view->n_places && !uuid_eq(&view->places[at].id, &id))
		at++;
	return at;
}

/* The first row of the next group; or of this one, and from there of the one before. */
static unsigned next_group(struct home_view *view, bool next)
{
	size_t at = place_now(view);

	if (next)
		for (at++; at + 1 < view->n_places; at++)
			if (view->places[at].heading)
				return go_to(view, &view->places[at + 1].id);
	if (!next && at > 1)
		for (at -= 1 + view->places[at - 1].heading; at < view->n_places; at--)
			if (view->places[at].heading)
				return go_to(view, &view->places[at + 1].id);
	return UI_NOTHING;
}

static unsigned next_changed(struct home_view *view)
{
	size_t at = place_now(view), n = view->n_places;

	for (size_t i = 1; i < n; i++) {
		const struct home_place *place = &view->places[(at + i) % n];

		if (!place->heading && board_is_changed(view->rows.app->board, &place->id))
			return go_to(view, &place->id);
	}
	app_notice(view->rows.app, ROLE_HINT, _("nothing changed here that you have not seen"));
	return UI_FRAME;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct home_view *view = state;
	unsigned flags = rows_command(&view->rows, cmd);

	if (!(flags & UI_IGNORED)) {
		view->moved = true;
		return flags;
	}
	switch (cmd->id) {
	case CMD_filter:
	case CMD_sort:
	case CMD_order:
	case CMD_group:
		return on_board(view, cmd, args);
	case CMD_nextgroup:
	case CMD_prevgroup:
		return next_group(view, cmd->id == CMD_nextgroup);
	case CMD_changed:
		return next_changed(view);
	case CMD_freeze:
		view->frozen = !view->frozen;
		view->rows.dirty |= DIRTY_TITLE;
		return view->frozen ? UI_REDRAW : rows_reread(&view->rows, false);
	case CMD_escape:
		return UI_NOTHING;
	default:
		return UI_IGNORED;
	}
}

static unsigned reload(void *state)
{
	struct home_view *view = state;
	bool first = !view->moved;
	unsigned flags;

	view->rows.dirty |= DIRTY_TITLE;
	rows_reshape(&view->rows);
	if (view->frozen)
		return UI_REDRAW;
	flags = rows_reread(&view->rows, first) | UI_REDRAW;
	view->moved |= rows_go_where_wanted(&view->rows);
	return flags;
}

static unsigned tick(void *state, int64_t now)
{
	struct home_view *view = state;

	return rows_tick(&view->rows, now);
}

static const char *title(void *state)
{
	(void)state;
	return _("On duty");
}

const struct view_ops home_view = {
	.name = "home",
	.where = WHERE_HOME,
	.open = open_view,
	.close = close_view,
	.draw = home_draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
