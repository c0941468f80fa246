#include <config.h>

#include "rows_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/ui/pager.h"

void rows_init(struct rows *rows, struct app *app)
{
	rows->app = app;
	rows->rest_at = INT64_MAX;
	rows->left_at = INT64_MAX;
	rows->minute = app->minute;
	rows_shape(rows);
}

void rows_release(struct rows *rows)
{
	list_free(rows->list);
	pager_free(rows->side);
	arena_release(&rows->arena);
}

/* ---- which rows acts apply to ---- */

struct rows *rows_top(const struct app *app)
{
	static const struct view_ops *const lists[] = { &home_view, &board_view, &dups_view,
						       &search_view };

	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (ui_top(app->ui) == lists[i])
			return ui_top_state(app->ui);
	return NULL;
}

bool rows_selected(void *state, struct uuid *ret_id)
{
	return list_at(((struct rows *)state)->list, ret_id);
}

const struct uuid *rows_marked(const struct app *app, size_t *ret_n)
{
	const struct rows *rows = rows_top(app);

	*ret_n = 0;
	return rows ? list_marked(rows->list, ret_n) : NULL;
}

void rows_unmark(struct rows *rows)
{
	list_mark_clear(rows->list);
}

void rows_mark_only(struct rows *rows, const struct uuid *ids, size_t n)
{
	list_mark_clear(rows->list);
	for (size_t i = 0; i < n; i++)
		if (list_mark(rows->list, &ids[i], NULL) != ERR_OK)
			break; /* there were as many before */
	rows->dirty |= DIRTY_TITLE;
}

void rows_step(struct rows *rows)
{
	if (!(list_move(rows->list, LIST_DOWN) & LIST_MOVED))
		(void)list_move(rows->list, LIST_UP);
	rows_unrest(rows);
}

void rows_recounted(struct rows *rows)
{
	rows->dirty |= DIRTY_TITLE | DIRTY_FOOT;
}

unsigned rows_flags(const struct rows *rows, const struct incident *incident)
{
	return (board_is_changed(rows->app->board, &incident->head.id) ||
		seen_is_changed(rows->app, incident) ? LIST_ROW_CHANGED : 0) |
	       (client_marked(rows->app->client, &incident->head.id, MARK_WATCH) ||
				client_marked(rows->app->client, &incident->head.id, MARK_PIN) ?
			LIST_ROW_FLAGGED : 0);
}

/* ---- the pane under the list ---- */

void rows_unrest(struct rows *rows)
{
	rows->rest_at = env_now(client_env(rows->app->client)) + REST_MS;
}

void rows_rest(struct rows *rows)
{
	const struct list_row *row = list_current(rows->list);
	struct app *app = rows->app;
	struct incident *incident;

	rows->rest_at = INT64_MAX;
	rows->dirty |= DIRTY_FOOT;
	rows->has_brief = false;
	if (!row) {
		frame_hint_acts(app, NULL);
		return;
	}
	rows->resting = row->id;
	arena_reset(&rows->arena);
	if (client_get(app->client, &rows->resting, &rows->arena, &incident, NULL) != ERR_OK)
		incident = NULL; /* rows have no shares, which acts are judged by */
	frame_hint_acts(app, incident);
	rows->has_brief = page_brief(app->client, &rows->resting, &rows->arena, &rows->brief,
				     NULL) == ERR_OK;
}

bool rows_go_where_wanted(struct rows *rows)
{
	struct uuid wanted = rows->app->wanted;

	rows->app->wanted = (struct uuid){ { 0 } };
	if (uuid_is_nil(&wanted) || list_goto(rows->list, &wanted, NULL) != ERR_OK)
		return false;
	rows_rest(rows);
	return true;
}

int64_t rows_next(const struct rows *rows)
{
	return rows->rest_at < rows->left_at ? rows->rest_at : rows->left_at;
}

/* True: its row was marked as changed. */
static bool rows_seen(struct rows *rows, const struct uuid *id)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	bool changed = board_seen(rows->app->board, id);

	if (client_get(rows->app->client, id, &arena, &incident, NULL) == ERR_OK) {
		changed |= seen_is_changed(rows->app, incident);
		seen_add(rows->app, incident);
	}
	arena_release(&arena);
	return changed;
}

/* What rests under the eye has been seen. */
unsigned rows_tick(struct rows *rows, int64_t now)
{
	unsigned flags = UI_NOTHING;

	if (now >= rows->rest_at) {
		rows_rest(rows);
		flags |= UI_REDRAW | UI_FRAME;
		if (rows->has_brief && rows_seen(rows, &rows->resting))
			flags |= UI_RELOAD;
	}
	if (now >= rows->left_at || rows->minute != rows->app->minute) {
		rows->minute = rows->app->minute;
		rows->left_at = INT64_MAX; /* drawing finds the next */
		rows->dirty |= DIRTY_LIST | DIRTY_TITLE | DIRTY_FOOT;
		flags |= UI_REDRAW;
	}
	return flags;
}

unsigned rows_reread(struct rows *rows, bool home)
{
	struct error err = ERROR_INIT;
	enum err code = home ? list_home(rows->list, &err) : list_reload(rows->list, &err);

	rows->dirty |= DIRTY_TITLE | DIRTY_FOOT;
	if (code != ERR_OK) {
		app_failed(rows->app, &err);
		return UI_FRAME | UI_REDRAW;
	}
	rows_unrest(rows);
	return UI_REDRAW;
}

void rows_reshape(struct rows *rows)
{
	if (!rows_shape(rows))
		return;
	list_set_columns(rows->list, rows->columns, rows->n_columns);
	rows->dirty |= DIRTY_TITLE | DIRTY_LIST | DIRTY_FOOT;
}

/* ---- keys and commands ---- */

unsigned rows_moved(struct rows *rows, unsigned result)
{
	if (result & LIST_FAILED) {
		struct error err = { .code = ERR_IO };

		snprintf(err.text, sizeof err.text, "%s", list_error(rows->list));
		app_failed(rows->app, &err);
		return UI_FRAME | UI_REDRAW;
	}
	if (result & LIST_MOVED)
		rows_unrest(rows);
	return UI_REDRAW;
}

bool rows_motion(const struct ui_command *command, enum list_motion *ret_motion)
{
	static const struct {
		enum cmd cmd;
		enum list_motion motion;
	} motions[] = {
		{ CMD_down, LIST_DOWN },	  { CMD_up, LIST_UP },
		{ CMD_pagedown, LIST_PAGE_DOWN }, { CMD_pageup, LIST_PAGE_UP },
		{ CMD_top, LIST_TOP },		  { CMD_bottom, LIST_END },
	};

	for (size_t i = 0; i < ARRAY_LEN(motions); i++) {
		if ((int)motions[i].cmd != command->id)
			continue;
		*ret_motion = motions[i].motion;
		return true;
	}
	return false;
}

static unsigned do_open(struct rows *rows)
{
	struct uuid id;

	if (!list_at(rows->list, &id))
		return UI_NOTHING;
	(void)rows_seen(rows, &id);
	return ui_open(rows->app->ui, &page_view, &id, sizeof id) | UI_RELOAD;
}

static unsigned do_escape(struct rows *rows)
{
	size_t n;

	list_marked(rows->list, &n);
	if (!n)
		return UI_IGNORED;
	list_mark_clear(rows->list);
	rows->dirty |= DIRTY_TITLE;
	return UI_REDRAW;
}

static unsigned do_all(struct rows *rows)
{
	struct error err = ERROR_INIT;

	rows->dirty |= DIRTY_TITLE;
	if (list_mark_all(rows->list, &err) == ERR_OK)
		return UI_REDRAW;
	app_failed(rows->app, &err);
	return UI_FRAME;
}

static unsigned marks(struct rows *rows, unsigned result)
{
	rows->dirty |= DIRTY_TITLE;
	return rows_moved(rows, result);
}

unsigned rows_command(struct rows *rows, const struct ui_command *command)
{
	enum list_motion motion;

	if (rows_motion(command, &motion))
		return rows_moved(rows, list_move(rows->list, motion));
	switch (command->id) {
	case CMD_open:
		return do_open(rows);
	case CMD_escape:
		return do_escape(rows);
	case CMD_mark:
		return marks(rows, list_mark_toggle(rows->list));
	case CMD_range:
		return marks(rows, list_mark_range(rows->list));
	case CMD_all:
		return do_all(rows);
	default:
		return UI_IGNORED;
	}
}
