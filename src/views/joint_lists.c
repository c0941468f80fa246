/* Items of meetings, and the tasks that meetings gave: their lists. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "joint_priv.h"
#include "rows_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/subject.h"

enum { FOOT = 3 };

/* ---- rows ---- */

static enum err load(struct joint_screen *view, struct error *err)
{
	struct client *client = view->app->client;
	const struct filter *filter;

	arena_reset(&view->arena);
	filter = filtered_parse(&view->filter, &view->arena);
	view->items = (struct item_list){ .n = 0 };
	view->actions = (struct action_list){ .n = 0 };
	return view->kind == KIND_ITEM
		       ? item_list_load(client, filter, MEETINGS_ENDED, &view->arena, &view->items, err)
		       : action_list_load(client, filter, MEETINGS_ENDED, &view->arena,
					  &view->actions, err);
}

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct joint_screen *view = ctx;
	size_t n = view->kind == KIND_ITEM ? view->items.n : view->actions.n;
	struct list_row *rows = arena_array(arena, n + 1, sizeof *rows);
	bool found = want->from != LIST_AT;

	for (size_t i = 0; i < n; i++) {
		if (view->kind == KIND_ITEM)
			rows[i] = (struct list_row){ view->items.rows[i].shown.item->head.id, 0,
						     &view->items.rows[i] };
		else
			rows[i] = (struct list_row){ view->actions.rows[i].shown.action->head.id, 0,
						     &view->actions.rows[i] };
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	}
	*ret_page = (struct list_page){ rows, (int)n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

bool joint_view_selected(void *state, struct selection *ret_selection)
{
	const struct joint_screen *view = state;
	const struct list_row *row = list_current(view->list);

	ret_selection->kind = view->kind;
	if (row)
		ret_selection->id = row->id;
	return row != NULL;
}

struct joint_screen *joint_on_top(const struct app *app)
{
	const struct view_ops *top = ui_top(app->ui);

	return top == &items_view || top == &actions_view ? ui_top_state(app->ui) : NULL;
}

const struct uuid *joint_marked(const struct app *app, enum kind *ret_kind, size_t *ret_n)
{
	const struct joint_screen *view = joint_on_top(app);

	*ret_n = 0;
	if (!view)
		return NULL;
	*ret_kind = view->kind;
	return list_marked(view->list, ret_n);
}

void joint_mark_only(struct joint_screen *view, const struct selection *items, size_t n)
{
	list_mark_clear(view->list);
	for (size_t i = 0; i < n; i++)
		if (list_mark(view->list, &items[i].id, NULL) != ERR_OK)
			break;
	view->dirty = true;
}

static void rest(struct joint_screen *view)
{
	struct selection selection = { .kind = view->kind };
	struct arena arena = ARENA_INIT;
	struct subject subject;
	bool has = joint_view_selected(view, &selection) &&
		   subject_get(view->app->client, view->kind, &selection.id, &arena, &subject,
			       NULL) == ERR_OK;

	frame_hint_subject(view->app, has ? &subject : NULL);
	arena_release(&arena);
	view->dirty = true;
}

static void reread(void *state, bool home)
{
	struct joint_screen *view = state;
	struct error err = ERROR_INIT;
	enum err code = load(view, &err);

	if (code == ERR_OK)
		code = home ? list_home(view->list, &err) : list_reload(view->list, &err);
	if (code != ERR_OK)
		app_failed(view->app, &err);
	list_touch(view->list);
	rest(view);
}

/* ---- life ---- */

static void close_view(void *state)
{
	struct joint_screen *view = state;

	list_free(view->list);
	filtered_release(&view->filter);
	arena_release(&view->arena);
	arena_release(&view->cells);
	free(view);
}

static enum err open_kind(struct ui *ui, enum kind kind, void **ret_state)
{
	struct joint_screen *view = mem_alloc(sizeof *view);
	bool items = kind == KIND_ITEM;
	struct list_source source = { .ctx = view, .fetch = fetch };
	struct error err = ERROR_INIT;
	const char *hint =
		items ? _("words, dept: open mine !not a|b; Tab completes")
		      : _("words, dept: due<2h overdue open mine supervised !not a|b; Tab completes");

	view->app = ui_shell(ui);
	view->kind = kind;
	view->filter = (struct filtered){
		.app = view->app,
		.text = items ? &view->app->item_filter : &view->app->action_filter,
		.hint = hint,
		.reread = reread,
		.view = view,
	};
	view->list = joint_list_new(kind, source);
	if (load(view, &err) != ERR_OK || list_home(view->list, &err) != ERR_OK)
		app_failed(view->app, &err); /* shown empty, with the reason */
	rest(view);
	*ret_state = view;
	return ERR_OK;
}

static enum err open_items(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	(void)arg;
	(void)err;
	return open_kind(ui, KIND_ITEM, ret_state);
}

static enum err open_actions(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	(void)arg;
	(void)err;
	return open_kind(ui, KIND_ACTION, ret_state);
}

/* ---- drawing ---- */

static void draw_title(struct joint_screen *view, struct canvas *canvas, struct area line)
{
	bool items = view->kind == KIND_ITEM;
	struct str left = STR_INIT, right = STR_INIT;
	size_t marked;

	list_marked(view->list, &marked);
	str_addf(&left, " %s ", items ? _("Items of meetings") : _("Tasks of meetings"));
	rows_add_number(&left, (int64_t)(items ? view->items.n : view->actions.open));
	if (items)
		rows_add_count(&left, _("to be approved"), (int64_t)view->items.listed);
	if (items)
		rows_add_count(&left, _("wait for a meeting"), (int64_t)view->items.waiting);
	else
		rows_add_count(&left, _("overdue"), (int64_t)view->actions.overdue);
	rows_add_count(&left, _("marked"), (int64_t)marked);
	if (*str_get(view->filter.text))
		str_addf(&left, "  %s %s", _("Filter:"), str_get(view->filter.text));
	str_add(&right, " ");
	rows_add_number(&right, (int64_t)(items ? view->items.n : view->actions.n));
	str_add(&right, " / ");
	rows_add_number(&right, (int64_t)(items ? view->items.total : view->actions.total));
	str_add(&right, " ");
	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_HEADING, str_get(&left), PAD_RIGHT);
	canvas_text(canvas, line.row, line.col + line.cols - text_columns(str_get(&right)),
		    text_columns(str_get(&right)), ROLE_HEADING, str_get(&right));
	str_release(&left);
	str_release(&right);
}

static void draw_foot(struct joint_screen *view, struct canvas *canvas, struct area foot)
{
	const struct list_row *at = list_current(view->list);
	const char *first = "", *second = "";

	if (at && view->kind == KIND_ITEM) {
		const struct item *item = ((const struct item_row *)at->data)->shown.item;

		first = item->title;
		second = item->resolution ? item->resolution
			 : item->why	  ? item->why
			 : item->words	  ? item->words
					  : "";
	} else if (at) {
		const struct action *action = ((const struct action_row *)at->data)->shown.action;

		first = action->words ? action->words : action->title;
		second = action->reply ? action->reply : action->progress ? action->progress : "";
	}
	canvas_fill(canvas, area_top(&foot, 1), '-', ROLE_FRAME);
	canvas_erase(canvas, foot);
	canvas_pad(canvas, foot.row, foot.col + 1, foot.cols - 1, ROLE_TEXT, first, PAD_RIGHT);
	canvas_pad(canvas, foot.row + 1, foot.col + 1, foot.cols - 1, ROLE_HINT, second, PAD_RIGHT);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct joint_screen *view = state;
	struct area title = area_top(&area, 1), foot;

	filtered_draw(&view->filter, canvas, &area);
	foot = area_bottom(&area, FOOT);
	list_draw(view->list, canvas, area, all);
	if (!all && !view->dirty)
		return;
	draw_title(view, canvas, title);
	draw_foot(view, canvas, foot);
	view->dirty = false;
}

/* ---- commands ---- */

static unsigned moved(struct joint_screen *view, unsigned result)
{
	if (result & LIST_FAILED)
		app_notice(view->app, ROLE_ERROR, list_error(view->list));
	if (result & LIST_MOVED)
		rest(view);
	view->dirty = true;
	return UI_REDRAW | UI_FRAME;
}

static unsigned escape(struct joint_screen *view)
{
	size_t marked;

	list_marked(view->list, &marked);
	if (!marked)
		return filtered_clear(&view->filter) ? UI_REDRAW_ALL | UI_FRAME : UI_NOTHING;
	list_mark_clear(view->list);
	view->dirty = true;
	return UI_REDRAW;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct joint_screen *view = state;
	const struct list_row *row = list_current(view->list);
	struct error err = ERROR_INIT;
	enum list_motion motion;

	if (rows_motion(cmd, &motion))
		return moved(view, list_move(view->list, motion));
	switch (cmd->id) {
	case CMD_open:
		return row ? ui_open(view->app->ui,
				     view->kind == KIND_ITEM ? &item_view : &action_view, &row->id,
				     sizeof row->id)
			   : UI_NOTHING;
	case CMD_escape:
		return escape(view);
	case CMD_mark:
		return moved(view, list_mark_toggle(view->list));
	case CMD_range:
		return moved(view, list_mark_range(view->list));
	case CMD_all:
		if (list_mark_all(view->list, &err) != ERR_OK)
			app_failed(view->app, &err);
		return moved(view, 0);
	case CMD_newitem:
		return acts_begin(view->app, act_desc_of(KIND_ITEM, "bring"));
	case CMD_filter:
		return filtered_command(&view->filter, args);
	default:
		return UI_IGNORED;
	}
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	return filtered_key(&((struct joint_screen *)state)->filter, pressed, pasted);
}

static unsigned reload(void *state)
{
	struct joint_screen *view = state;
	struct uuid wanted = view->app->wanted;

	reread(view, false);
	if (!uuid_is_nil(&wanted) && list_goto(view->list, &wanted, NULL) == ERR_OK) {
		view->app->wanted = (struct uuid){ { 0 } };
		rest(view);
	}
	return UI_REDRAW | UI_FRAME;
}

static unsigned tick(void *state, int64_t now)
{
	struct joint_screen *view = state;

	(void)now;
	if (view->minute == view->app->minute)
		return UI_NOTHING;
	view->minute = view->app->minute;
	reread(view, false);
	return UI_REDRAW | UI_FRAME;
}

static const char *title(void *state)
{
	return ((const struct joint_screen *)state)->kind == KIND_ITEM ? _("Items of meetings")
								       : _("Tasks of meetings");
}

static unsigned where_now(void *state)
{
	const struct joint_screen *view = state;

	return view->filter.prompt ? 0 : view->kind == KIND_ITEM ? WHERE_ITEMS : WHERE_ACTIONS;
}

#define JOINT_VIEW(word, bits, opens)                                                          \
	{                                                                                      \
		.name = word, .where = bits, .open = opens, .close = close_view, .draw = draw, \
		.key = key, .command = command, .reload = reload, .tick = tick,                \
		.title = title, .where_now = where_now,                                        \
	}
const struct view_ops items_view = JOINT_VIEW("items", WHERE_ITEMS, open_items);
const struct view_ops actions_view = JOINT_VIEW("actions", WHERE_ACTIONS, open_actions);

static unsigned show(struct app *app, const struct view_ops *ops, const char *args)
{
	args += strspn(args, " ");
	if (*args)
		ui_then(app->ui, command_at(CMD_filter), args);
	return ui_switch(app->ui, ops, NULL, 0) | UI_FRAME;
}

unsigned items_command(struct app *app, const char *args)
{
	return show(app, &items_view, args);
}

unsigned actions_command(struct app *app, const char *args)
{
	return show(app, &actions_view, args);
}
