/* Saved views: what a list shows, under a name. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "board_priv.h"
#include "choose_priv.h"
#include "columns_priv.h"
#include "saved_priv.h"
#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/whistles.h"

static unsigned failed(struct app *app, const struct error *err)
{
	app_failed(app, err);
	return UI_FRAME;
}

static enum err no_file(struct app *app, struct error *err)
{
	return app->views_path ? ERR_OK :
				 error_set(err, ERR_NOT_FOUND, "%s",
					   _("this console has no folder for saved views"));
}

/* The list that views are of here. */
static enum saved_list list_there(unsigned where)
{
	return where & WHERE_DEADLINES ? SAVED_DEADLINES :
	       where & WHERE_WHISTLES  ? SAVED_WHISTLES :
					 SAVED_INCIDENTS;
}

static enum saved_list here(const struct app *app)
{
	return list_there(ui_where(app->ui));
}

/* ---- showing one ---- */

/* Everything of it or nothing: a filter may name what this district does not have. */
static enum err show_incidents(struct app *app, const struct saved *view, struct error *err)
{
	struct board *board = app->board;
	size_t order = 0, group = 0;
	struct filter_error problem;
	bool turned = false;

	if (*view->sort && !board_order_find(view->sort, &order, &turned))
		order = 0;
	if (*view->group && !board_group_find(view->group, &group))
		group = 0;
	if (board_set_filter(board, view->filter, &problem) != ERR_OK)
		return error_set(err, ERR_INPUT, _("view %s: %s"), view->name, problem.text);
	board_set_order(board, order);
	board_turn(board, turned);
	board_set_group(board, group);
	if (board_is_frozen(board))
		board_freeze(board, false, NULL);
	columns_set(app, &view->columns);
	return ERR_OK;
}

static enum err show_deadlines(struct app *app, const struct saved *view, struct error *err)
{
	struct deadlines *deadlines = deadlines_model(app);
	struct filter_error problem;

	if (deadlines_set_filter(deadlines, view->filter, &problem) != ERR_OK)
		return error_set(err, ERR_INPUT, _("view %s: %s"), view->name, problem.text);
	deadlines_set_mine(deadlines, !view->all);
	deadlines_set_day(deadlines, 0);
	(void)deadlines_step(deadlines); /* the first hits are there at once */
	return ERR_OK;
}

static enum err show_whistles(struct app *app, const struct saved *view, struct error *err)
{
	struct filter_ctx ctx = client_filter_ctx(app->client);
	struct arena arena = ARENA_INIT;
	struct whistle_filter *parsed;
	struct filter_error problem;
	enum err code = whistle_filter_parse(view->filter, &ctx, &arena, &parsed, &problem);

	arena_release(&arena);
	if (code != ERR_OK)
		return error_set(err, ERR_INPUT, _("view %s: %s"), view->name, problem.text);
	str_clear(&app->whistle_filter);
	str_add(&app->whistle_filter, view->filter);
	app->whistle_order = 0;
	app->whistle_turned = false;
	if (*view->sort &&
	    !whistle_order_find(view->sort, &app->whistle_order, &app->whistle_turned))
		app->whistle_order = 0;
	return ERR_OK;
}

static const struct {
	const struct view_ops *screen;
	enum err (*show)(struct app *app, const struct saved *view, struct error *err);
} shown[SAVED_LISTS] = {
	[SAVED_INCIDENTS] = { &board_view, show_incidents },
	[SAVED_DEADLINES] = { &deadlines_view, show_deadlines },
	[SAVED_WHISTLES] = { &whistles_view, show_whistles },
};

static void call_it(struct app *app, enum saved_list list, const char *name)
{
	snprintf(app->view_names[list], sizeof app->view_names[list], "%s", name);
}

void saved_other(struct app *app, enum saved_list list)
{
	app->view_names[list][0] = '\0';
}

unsigned saved_command_view(struct app *app, const char *args)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	const struct saved *view;
	struct saved_views views;
	enum saved_list list = SAVED_INCIDENTS;
	enum err code = no_file(app, &err);

	args += args ? strspn(args, " ") : 0;
	if (code == ERR_OK && (!args || !*args))
		return ui_open(app->ui, &views_view, NULL, 0);
	if (code == ERR_OK)
		code = saved_read(app->views_path, &arena, &views, &err);
	if (code == ERR_OK)
		code = saved_pick(&views, args, &view, &err);
	if (code == ERR_OK) {
		list = view->list;
		code = shown[list].show(app, view, &err);
	}
	if (code == ERR_OK)
		call_it(app, list, view->name);
	arena_release(&arena);
	if (code != ERR_OK)
		return failed(app, &err);
	app->list_home = true;
	return ui_switch(app->ui, shown[list].screen, NULL, 0) | UI_RELOAD | UI_FRAME;
}

/* ---- keeping what is shown ---- */

static const char *order_words(bool other, bool turned, const char *name, struct arena *arena)
{
	return other || turned ? arena_printf(arena, "%s%s", turned ? "-" : "", name) : "";
}

static struct saved shown_here(struct app *app, enum saved_list list, struct arena *arena)
{
	const struct board *board = app->board;
	size_t order = board_order(board), whistles = app->whistle_order;
	struct saved view = { .list = list, .filter = "", .sort = "", .group = "" };

	switch (list) {
	case SAVED_DEADLINES:
		view.filter = deadlines_filter(deadlines_model(app));
		view.all = !deadlines_is_mine(deadlines_model(app));
		break;
	case SAVED_WHISTLES:
		view.filter = str_get(&app->whistle_filter);
		view.sort = order_words(whistles != 0, app->whistle_turned,
					whistle_order_at(whistles)->name, arena);
		break;
	case SAVED_INCIDENTS:
	case SAVED_LISTS:
		view.filter = board_filter(board);
		view.columns = app->columns;
		view.sort = order_words(order != 0, order != 0 && board_is_turned(board),
					board_order_at(order)->name, arena);
		view.group = board_group(board) ? board_group_at(board_group(board))->name : "";
		break;
	}
	return view;
}

unsigned saved_command_save(struct app *app, const char *args)
{
	enum saved_list list = here(app);
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct saved view = shown_here(app, list, &arena);
	enum err code = no_file(app, &err);

	args += args ? strspn(args, " ") : 0;
	view.name = arena_strdup(&arena, args && *args ? args : app->view_names[list]);
	if (code == ERR_OK && !*view.name)
		code = error_set(&err, ERR_INPUT, "%s", _("type :save NAME"));
	if (code == ERR_OK)
		code = saved_put(app->views_path, &view, &err);
	if (code == ERR_OK)
		call_it(app, list, view.name);
	arena_release(&arena);
	if (code != ERR_OK)
		return failed(app, &err);
	app_notice(app, ROLE_GOOD, _("saved: ' opens it"));
	return UI_RELOAD | UI_FRAME;
}

unsigned saved_command_forget(struct app *app, const char *args)
{
	struct error err = ERROR_INIT;
	const char *name;
	enum err code = no_file(app, &err);

	args += args ? strspn(args, " ") : 0;
	name = args && *args ? args : app->view_names[here(app)];
	if (code == ERR_OK)
		code = saved_drop(app->views_path, name, &err);
	if (code != ERR_OK)
		return failed(app, &err);
	app_notice(app, ROLE_GOOD, _("the view is forgotten; the list stays as it is"));
	for (int list = 0; list < SAVED_LISTS; list++)
		if (name == app->view_names[list] || strcmp(app->view_names[list], name) == 0)
			saved_other(app, (enum saved_list)list);
	return UI_RELOAD | UI_FRAME;
}

unsigned saved_command_views(struct app *app, const char *args)
{
	struct error err = ERROR_INIT;
	struct str text = STR_INIT;
	size_t n = 0;
	enum err code = no_file(app, &err);

	args += args ? strspn(args, " ") : 0;
	if (code == ERR_OK && (!args || !*args))
		code = error_set(&err, ERR_INPUT, _("type :views FILE; your own are in %s"),
				 app->views_path);
	if (code == ERR_OK)
		code = saved_import(app->views_path, args, &n, &err);
	if (code != ERR_OK)
		return failed(app, &err);
	str_addf(&text, _("%zu views taken over: ' lists them"), n);
	app_notice(app, ROLE_GOOD, str_get(&text));
	str_release(&text);
	return UI_FRAME;
}

/* Those of this list first, each in the order of the file; in the arena. */
static const struct saved **sorted(const struct saved_views *views, enum saved_list first,
				   struct arena *arena)
{
	const struct saved **items = arena_array(arena, views->n + 1, sizeof *items);
	size_t n = 0;

	for (int others = 0; others < 2; others++)
		for (size_t i = 0; i < views->n; i++)
			if ((views->items[i].list != first) == others)
				items[n++] = &views->items[i];
	return items;
}

void saved_offer(struct app *app, unsigned where, const char *typed, struct arena *arena,
		 struct prompt_words *words)
{
	const struct saved **items;
	struct saved_views views;

	if (!app->views_path || saved_read(app->views_path, arena, &views, NULL) != ERR_OK)
		return;
	items = sorted(&views, list_there(where), arena);
	for (size_t i = 0; i < views.n; i++)
		prompt_offer(arena, words, typed, items[i]->name, items[i]->filter);
}

/* ---- the list of them ---- */

struct chooser {
	struct choose choose; /* the first: see choose_priv.h */
	const struct saved **items;
};

/* Whistles by the district's own word. */
static const char *list_word(const struct app *app, enum saved_list list)
{
	return list == SAVED_WHISTLES ? whistles_word(app) : saved_list_label(list);
}

static unsigned chosen(void *state, size_t at)
{
	struct chooser *chooser = state;

	ui_then(chooser->choose.app->ui, command_at(CMD_view), chooser->items[at]->name);
	return UI_NOTHING;
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct chooser *chooser = choose_new(ui, sizeof *chooser, chosen);
	struct arena *arena = &chooser->choose.arena;
	enum saved_list first = here(chooser->choose.app);
	struct picker_item *items;
	struct saved_views views;
	enum err code;

	(void)arg;
	code = saved_read(chooser->choose.app->views_path, arena, &views, err);
	if (code == ERR_OK && !views.n)
		code = error_set(err, ERR_NOT_FOUND, "%s",
				 _("no view is saved yet: :save NAME keeps what the list shows"));
	if (code != ERR_OK) {
		choose_close(chooser);
		return code;
	}
	chooser->items = sorted(&views, first, arena);
	items = arena_array(arena, views.n, sizeof *items);
	for (size_t i = 0; i < views.n; i++) {
		const struct saved *view = chooser->items[i];
		const char *words = saved_words(view, arena);

		items[i] = (struct picker_item){ .label = view->name, .help = words };
		if (view->list != first) /* TRANSLATORS: the list that a view is of, what it says */
			items[i].help = arena_printf(arena, _("[%s] %s"),
						     list_word(chooser->choose.app, view->list), words);
	}
	chooser->choose.picker = picker_new(
	    _("Saved views (Enter shows one, :save NAME, :forget NAME)"),
	    items, views.n, PICKER_NUMBERS);
	*ret_state = chooser;
	return ERR_OK;
}

const struct view_ops views_view = {
	.name = "views",
	.overlay = true,
	.open = open_view,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = choose_key,
};
