/* 时限: what runs out next, and whose it is. */
#include <config.h>

#include "deadlines_priv.h"
#include "act_priv.h"
#include "rows_priv.h"
#include "saved_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/whistle.h"
#include "zhiban/model/due_filing.h"

/* ---- rows ---- */

static const char *heading_words(struct deadlines_view *view, enum due_group group,
				 struct arena *arena)
{
	const struct due_counts *counts = deadlines_counts(view->model);

	return arena_printf(arena, "%s  %lld%s", due_group_title(group),
			    (long long)counts->n[group], counts->more[group] ? "+" : "");
}

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	static const enum due_from froms[] = { [LIST_FIRST] = DUE_FIRST, [LIST_LAST] = DUE_LAST,
					       [LIST_AT] = DUE_AT };
	struct deadlines_view *view = ctx;
	struct due_page page;
	enum err code = deadlines_fetch(view->model, froms[want->from], &want->anchor,
					(size_t)want->before, (size_t)want->n, arena, &page, err);

	if (code != ERR_OK)
		return code;
	*ret_page = (struct list_page){ .rows = arena_array(arena, page.n + 1,
							     sizeof *ret_page->rows),
					.n = (int)page.n, .first = page.first, .last = page.last };
	for (size_t i = 0; i < page.n; i++) {
		struct due_shown *shown = arena_alloc(arena, sizeof *shown);

		*shown = (struct due_shown){ .row = page.rows[i], .arena = arena };
		if (shown->row.heading)
			shown->words = heading_words(view, shown->row.group, arena);
		ret_page->rows[i] = (struct list_row){
			shown->row.id, shown->row.heading ? LIST_ROW_HEADING : 0, shown
		};
	}
	return ERR_OK;
}

static const char *empty(void *ctx)
{
	struct deadlines_view *view = ctx;

	if (app_empty_why(view->app))
		return app_empty_why(view->app);
	if (*deadlines_filter(view->model))
		return deadlines_counts(view->model)->whole
			       ? _("Nothing that runs out fits the filter. Esc takes it away, / "
				   "changes it.")
			       : _("Looking for what the filter lets through ...");
	if (deadlines_day(view->model))
		return _("Nothing runs out on that day. > and < go on, Esc shows every day.");
	return deadlines_is_mine(view->model) ?
		       _("Nothing of yours runs out. 0 shows what runs out of all.") :
		       _("Nothing runs out.");
}

/* ---- life ---- */

struct deadlines *deadlines_model(struct app *app)
{
	if (!app->deadlines)
		app->deadlines = deadlines_new(app->client);
	return app->deadlines;
}

unsigned deadlines_show_all(struct app *app, const char *filter)
{
	deadlines_set_mine(deadlines_model(app), false);
	saved_other(app, SAVED_DEADLINES);
	ui_then(app->ui, command_at(CMD_filter), filter);
	return ui_switch(app->ui, &deadlines_view, NULL, 0) | UI_FRAME;
}

static void read_month(struct deadlines_view *view)
{
	int32_t day = deadlines_day(view->model);

	view->has_month = due_month_read(view, day ? day : due_today(view->app), &view->month);
}

unsigned due_reread(struct deadlines_view *view, bool home)
{
	struct error err = ERROR_INIT;
	enum err code;

	code = home ? list_home(view->list, &err) : list_reload(view->list, &err);
	read_month(view);
	view->dirty |= DUE_TITLE | DUE_LIST | DUE_PANE;
	if (code != ERR_OK)
		app_failed(view->app, &err);
	return UI_REDRAW | UI_FRAME; /* other acts are possible */
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct deadlines_view *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, due_cell, empty };

	(void)arg;
	(void)err;
	view->app = ui_shell(ui);
	view->model = deadlines_model(view->app);
	view->minute = view->app->minute;
	view->left_at = INT64_MAX;
	due_columns(client_rules(view->app->client), view->columns);
	view->list = list_new(view->columns, DUE_COLUMNS, &source);
	deadlines_read(view->model);
	(void)due_reread(view, true);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct deadlines_view *view = state;

	deadlines_freeze(view->model, false);
	list_free(view->list);
	prompt_free(view->prompt);
	str_release(&view->before);
	free(view);
}

/* ---- what acts apply to ---- */

/* Whose share of a whistle a row is about: that of its clock, else its organisation's. */
static void share_of(struct app *app, const struct client_deadline *at, struct selection *ret)
{
	struct arena arena = ARENA_INIT;
	struct client_whistle shown;
	const struct summoned *share = NULL;

	if (client_whistle_get(app->client, &at->entity, &arena, &shown, NULL) != ERR_OK)
		return;
	for (size_t i = 0; i < shown.whistle->shares.n; i++)
		if (uuid_eq(&whistle_share(shown.whistle, i)->id, &at->deadline.about))
			share = whistle_share(shown.whistle, i);
	if (share && share->org)
		snprintf(ret->share, sizeof ret->share, "%s", share->org);
	if (at->deadline.sort == DEADLINE_CLOCK && at->deadline.clock)
		snprintf(ret->clock, sizeof ret->clock, "%s", at->deadline.clock);
	arena_release(&arena);
}

static bool selection_of(struct app *app, const struct client_deadline *at, struct selection *ret)
{
	if (at->kind != KIND_INCIDENT && at->kind != KIND_WHISTLE && !due_is_filing(at))
		return false;
	*ret = (struct selection){ .kind = at->kind, .id = at->entity };
	if (at->kind == KIND_WHISTLE)
		share_of(app, at, ret);
	return true;
}

bool deadlines_view_selected(void *state, struct selection *ret_selection)
{
	struct deadlines_view *view = state;
	struct due_shown *shown = due_current(view);

	return shown && selection_of(view->app, &shown->row.at, ret_selection);
}

size_t deadlines_view_marked(void *state, struct arena *arena, struct selection **ret_items)
{
	struct deadlines_view *view = state;
	size_t n, used = 0;
	const struct uuid *marked = list_marked(view->list, &n);
	struct selection *items = arena_array(arena, n + 1, sizeof *items);

	for (size_t i = 0; i < n; i++) {
		struct due_row row;

		if (deadlines_get(view->model, &marked[i], arena, &row, NULL) == ERR_OK &&
		    selection_of(view->app, &row.at, &items[used]))
			used++;
	}
	*ret_items = items;
	return used;
}

bool deadlines_view_has_marks(void *state)
{
	struct deadlines_view *view = state;
	size_t n;

	list_marked(view->list, &n);
	return n > 0;
}

static bool is_among(const struct selection *items, size_t n, const struct uuid *entity)
{
	for (size_t i = 0; i < n; i++)
		if (uuid_eq(&items[i].id, entity))
			return true;
	return false;
}

void deadlines_view_keep_marks(void *state, const struct selection *items, size_t n)
{
	struct deadlines_view *view = state;
	struct arena arena = ARENA_INIT;
	size_t n_marked;
	const struct uuid *marked = list_marked(view->list, &n_marked);
	struct uuid *kept = arena_dup(&arena, marked, n_marked * sizeof *kept);

	list_mark_clear(view->list);
	for (size_t i = 0; i < n_marked; i++) {
		enum kind kind;
		struct uuid entity;

		if (deadlines_about(view->model, &kept[i], &kind, &entity) &&
		    is_among(items, n, &entity) && list_mark(view->list, &kept[i], NULL) != ERR_OK)
			break; /* there were as many before */
	}
	view->dirty |= DUE_TITLE | DUE_LIST;
	arena_release(&arena);
}

/* ---- commands ---- */

/* The form of a check begins with which one it is; recorded for another it is by telephone. */
static unsigned inspect(struct deadlines_view *view, const struct client_deadline *check)
{
	struct app *app = view->app;
	const struct actor *actor = client_actor(app->client);
	struct question question = { .act = act_desc_find("inspect"), .fresh = true };

	if (app_read_only(app) || !actor)
		return UI_NOTHING;
	app->n_targets = 0;
	snprintf(app->check.org, sizeof app->check.org, "%s", check->deadline.org);
	snprintf(app->check.label, sizeof app->check.label, "%s", check->title);
	app->check.due = check->deadline.due;
	question.phone = !str_eq(actor->org, check->deadline.org);
	return ui_open(app->ui, &form_view, &question, sizeof question);
}

/* One record is one check: what was found there is said of each. */
static unsigned do_inspect(struct deadlines_view *view)
{
	struct due_shown *shown = due_current(view);
	size_t n;

	list_marked(view->list, &n);
	if (n > 1) {
		app_notice(view->app, ROLE_WARNING,
			   _("a check is recorded by itself, with what was found: Esc drops "
			     "the marks"));
		return UI_FRAME;
	}
	if (shown && shown->row.at.kind == KIND_INSPECTION)
		return inspect(view, &shown->row.at);
	view->app->check.due = 0; /* of no row: the form begins empty */
	return UI_IGNORED;
}

bool deadlines_view_on_check(void *state)
{
	struct due_shown *shown = due_current(state);

	return shown && shown->row.at.kind == KIND_INSPECTION;
}

static unsigned explain(struct deadlines_view *view)
{
	struct str text = STR_INIT;
	unsigned flags;

	if (!deadlines_view_on_check(view))
		return UI_IGNORED;
	deadlines_explain_check(view->model, &due_current(view)->row.at, &text);
	flags = app_show(view->app, _("How the time of a check was found"), str_get(&text));
	str_release(&text);
	return flags;
}

static unsigned do_open(struct deadlines_view *view)
{
	struct due_shown *shown = due_current(view);

	if (!shown)
		return UI_NOTHING;
	if (shown->row.at.kind == KIND_ROSTER)
		return due_open_roster(view, &shown->row.at);
	if (shown->row.at.kind == KIND_INSPECTION)
		return inspect(view, &shown->row.at);
	return app_open_entity(view->app, shown->row.at.kind, &shown->row.at.entity);
}

static unsigned moved(struct deadlines_view *view, unsigned result)
{
	view->dirty |= DUE_PANE | DUE_TITLE;
	if (result & LIST_FAILED) {
		app_notice(view->app, ROLE_ERROR, list_error(view->list));
		return UI_REDRAW | UI_FRAME;
	}
	return UI_REDRAW | (result & LIST_MOVED ? UI_FRAME : 0);
}

unsigned due_go_day(struct deadlines_view *view, int32_t day)
{
	deadlines_set_day(view->model, day);
	return due_reread(view, true);
}

static unsigned next_day(struct deadlines_view *view, int step)
{
	int32_t day = deadlines_day(view->model), today = due_today(view->app);

	return due_go_day(view, day ? day + step : step > 0 ? today : today - 1);
}

static unsigned do_escape(struct deadlines_view *view)
{
	if (deadlines_view_has_marks(view)) {
		list_mark_clear(view->list);
		view->dirty |= DUE_TITLE | DUE_LIST;
		return UI_REDRAW;
	}
	if (deadlines_day(view->model))
		return due_go_day(view, 0);
	return *deadlines_filter(view->model) ? due_filter_set(view, "") : UI_NOTHING;
}

static unsigned do_freeze(struct deadlines_view *view)
{
	deadlines_freeze(view->model, !deadlines_is_frozen(view->model));
	return due_reread(view, false);
}

static unsigned do_all(struct deadlines_view *view)
{
	struct error err = ERROR_INIT;

	view->dirty |= DUE_TITLE;
	if (list_mark_all(view->list, &err) == ERR_OK)
		return UI_REDRAW;
	app_failed(view->app, &err);
	return UI_FRAME;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct deadlines_view *view = state;
	enum list_motion motion;

	if (rows_motion(cmd, &motion))
		return moved(view, list_move(view->list, motion));
	switch (cmd->id) {
	case CMD_open:
		return do_open(view);
	case CMD_escape:
		return do_escape(view);
	case CMD_mark:
		return moved(view, list_mark_toggle(view->list));
	case CMD_range:
		return moved(view, list_mark_range(view->list));
	case CMD_all:
		return do_all(view);
	case CMD_mine:
		saved_other(view->app, SAVED_DEADLINES);
		deadlines_set_mine(view->model, !deadlines_is_mine(view->model));
		list_mark_clear(view->list);
		return due_reread(view, true);
	case CMD_nextday:
		return next_day(view, 1);
	case CMD_prevday:
		return next_day(view, -1);
	case CMD_month:
		return ui_open(view->app->ui, &month_view, &view, sizeof view);
	case CMD_freeze:
		return do_freeze(view);
	case CMD_filter:
		if (args && *args)
			return due_filter_set(view, args);
		due_filter_open(view, deadlines_filter(view->model));
		return UI_REDRAW_ALL | UI_FRAME;
	case CMD_inspect:
		return do_inspect(view);
	case CMD_chase:
		return due_chase(view);
	case CMD_explain:
		return explain(view);
	default:
		return UI_IGNORED;
	}
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct deadlines_view *view = state;

	return view->prompt ? due_filter_key(view, pressed, pasted) : UI_IGNORED;
}

static unsigned reload(void *state)
{
	struct deadlines_view *view = state;
	bool home = view->app->list_home;

	view->app->list_home = false;
	if (deadlines_is_frozen(view->model)) {
		view->dirty |= DUE_TITLE;
		return UI_REDRAW;
	}
	if (!*deadlines_filter(view->model))
		deadlines_read(view->model);
	if (home) /* another list, whose rows are not those that were marked */
		list_mark_clear(view->list);
	return due_reread(view, home);
}

static unsigned tick(void *state, int64_t now)
{
	struct deadlines_view *view = state;

	if (view->minute != view->app->minute) { /* groups and counts are others */
		view->minute = view->app->minute;
		view->left_at = INT64_MAX;
		view->dirty |= DUE_LIST | DUE_TITLE | DUE_PANE;
		return UI_REDRAW | UI_RELOAD;
	}
	if (now < view->left_at)
		return UI_NOTHING;
	view->left_at = INT64_MAX; /* drawing finds the next */
	view->dirty |= DUE_LIST;
	return UI_REDRAW;
}

int64_t deadlines_view_next(const void *state)
{
	const struct deadlines_view *view = state;

	return view->left_at;
}

/* While a filter is typed no key is a command. */
static unsigned where_now(void *state)
{
	return ((struct deadlines_view *)state)->prompt ? 0 : WHERE_DEADLINES;
}

static const char *title(void *state)
{
	(void)state;
	return _("Deadlines");
}

const struct view_ops deadlines_view = {
	.name = "deadlines",
	.types = true,
	.where = WHERE_DEADLINES,
	.open = open_view,
	.close = close_view,
	.draw = due_draw,
	.key = key,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
	.where_now = where_now,
};
