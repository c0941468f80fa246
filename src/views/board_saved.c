/* Saved views: filter, columns, order and group under a name. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "board_priv.h"
#include "choose_priv.h"
#include "columns_priv.h"
#include "saved_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/saved.h"

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

/* Everything of it or nothing: a filter may name what this district does not have. */
static enum err apply(struct app *app, const struct saved *view, struct error *err)
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
	snprintf(app->view_name, sizeof app->view_name, "%s", view->name);
	return ERR_OK;
}

unsigned saved_command_view(struct app *app, const char *args)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	const struct saved *view;
	struct saved_views views;
	enum err code = no_file(app, &err);

	args += args ? strspn(args, " ") : 0;
	if (code == ERR_OK && (!args || !*args))
		return ui_open(app->ui, &views_view, NULL, 0);
	if (code == ERR_OK)
		code = saved_read(app->views_path, &arena, &views, &err);
	if (code == ERR_OK)
		code = saved_pick(&views, args, &view, &err);
	if (code == ERR_OK)
		code = apply(app, view, &err);
	arena_release(&arena);
	if (code != ERR_OK)
		return failed(app, &err);
	app->list_home = true;
	return ui_switch(app->ui, &board_view, NULL, 0) | UI_RELOAD | UI_FRAME;
}

unsigned saved_command_save(struct app *app, const char *args)
{
	const struct board *board = app->board;
	const struct board_order *order = board_order_at(board_order(board));
	struct str sort = STR_INIT;
	struct error err = ERROR_INIT;
	struct saved view;
	enum err code = no_file(app, &err);

	args += args ? strspn(args, " ") : 0;
	if (board_order(board))
		str_addf(&sort, "%s%s", board_is_turned(board) ? "-" : "", order->name);
	view = (struct saved){
		.name = args && *args ? args : app->view_name,
		.screen = "board",
		.filter = board_filter(board),
		.columns = app->columns,
		.sort = str_get(&sort),
		.group = board_group(board) ? board_group_at(board_group(board))->name : "",
	};
	if (code == ERR_OK && !*view.name)
		code = error_set(&err, ERR_INPUT, "%s", _("type :save NAME"));
	if (code == ERR_OK)
		code = saved_put(app->views_path, &view, &err);
	str_release(&sort);
	if (code != ERR_OK)
		return failed(app, &err);
	if (view.name != app->view_name)
		snprintf(app->view_name, sizeof app->view_name, "%s", view.name);
	app_notice(app, ROLE_GOOD, _("saved: ' opens it"));
	return UI_RELOAD | UI_FRAME;
}

unsigned saved_command_forget(struct app *app, const char *args)
{
	struct error err = ERROR_INIT;
	enum err code = no_file(app, &err);

	args += args ? strspn(args, " ") : 0;
	if (code == ERR_OK)
		code = saved_drop(app->views_path, args && *args ? args : app->view_name, &err);
	if (code != ERR_OK)
		return failed(app, &err);
	app_notice(app, ROLE_GOOD, _("the view is forgotten; the list stays as it is"));
	app->view_name[0] = '\0';
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

void saved_offer(struct app *app, const char *typed, struct arena *arena,
		 struct prompt_words *words)
{
	struct saved_views views;

	if (!app->views_path || saved_read(app->views_path, arena, &views, NULL) != ERR_OK)
		return;
	for (size_t i = 0; i < views.n; i++)
		prompt_offer(arena, words, typed, views.items[i].name, views.items[i].filter);
}

/* ---- the list of them ---- */

struct chooser {
	struct choose choose; /* the first: see choose_priv.h */
	struct saved_views views;
};

static const char *summary(struct chooser *chooser, const struct saved *view)
{
	struct str text = STR_INIT;
	const char *kept;
	size_t which;
	bool turned;

	str_add(&text, view->filter);
	if (*view->group && board_group_find(view->group, &which))
		str_addf(&text, "  %s", _(board_group_at(which)->title));
	else if (*view->sort && board_order_find(view->sort, &which, &turned))
		str_addf(&text, "  %s", _(board_order_at(which)->title));
	if (view->columns.n) {
		str_add(&text, "  ");
		str_addf(&text, _("%zu columns"), view->columns.n);
	}
	kept = arena_strdup(&chooser->choose.arena, str_get(&text));
	str_release(&text);
	return kept;
}

static unsigned chosen(void *state, size_t at)
{
	struct chooser *chooser = state;

	ui_then(chooser->choose.app->ui, command_at(CMD_view), chooser->views.items[at].name);
	return UI_NOTHING;
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct chooser *chooser = choose_new(ui, sizeof *chooser, chosen);
	struct picker_item *items;
	enum err code;

	(void)arg;
	code = saved_read(chooser->choose.app->views_path, &chooser->choose.arena,
			  &chooser->views, err);
	if (code == ERR_OK && !chooser->views.n)
		code = error_set(err, ERR_NOT_FOUND, "%s",
				 _("no view is saved yet: :save NAME keeps what the board shows"));
	if (code != ERR_OK) {
		choose_close(chooser);
		return code;
	}
	items = arena_array(&chooser->choose.arena, chooser->views.n, sizeof *items);
	for (size_t i = 0; i < chooser->views.n; i++)
		items[i] = (struct picker_item){ .label = chooser->views.items[i].name,
						 .help = summary(chooser,
								 &chooser->views.items[i]) };
	chooser->choose.picker = picker_new(
	    _("Saved views (Enter shows one, :save NAME, :forget NAME)"),
	    items, chooser->views.n, PICKER_NUMBERS);
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
