/* The page of one item, of one task: everything known of it, and its timeline. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>

#include "joint_priv.h"
#include "meeting_priv.h"
#include "paper_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/subject.h"
#include "zhiban/ui/pager.h"

struct joint_page {
	struct app *app;
	enum kind kind;
	struct uuid id, about; /* about: the case; nil: none */
	enum kind about_kind;
	struct pager *pager;
	struct arena arena;
	struct subject subject;
	char mark[48];
	const char *head;
	int64_t minute;
};

bool joint_page_selected(void *state, struct selection *ret_selection)
{
	const struct joint_page *view = state;

	ret_selection->kind = view->kind;
	ret_selection->id = view->id;
	return true;
}

static void take_about(struct joint_page *view, const char *kind, const char *about)
{
	view->about_kind = str_eq(kind, "whistle") ? KIND_WHISTLE : KIND_INCIDENT;
	if (!about || uuid_parse(about, &view->about) != ERR_OK)
		view->about = (struct uuid){ { 0 } };
}

static enum err load(struct joint_page *view, struct page *ret_page, struct error *err)
{
	struct client *client = view->app->client;
	int cols = canvas_cols(ui_canvas(view->app->ui));
	struct client_item item;
	struct client_action action;
	char mark[48];
	enum err code;

	view->subject = (struct subject){ .kind = view->kind, .id = view->id };
	if (view->kind == KIND_ITEM) {
		code = item_page_build(client, &view->id, cols, &view->arena, &item, ret_page, err);
		if (code != ERR_OK)
			return code;
		view->subject.entity = item.item;
		view->head = item_state_label(item_state(item.item));
		take_about(view, item.item->about_kind, item.item->about);
		snprintf(view->mark, sizeof view->mark, "%s", client_item_mark(&item, mark));
		return ERR_OK;
	}
	code = action_page_build(client, &view->id, cols, &view->arena, &action, ret_page, err);
	if (code != ERR_OK)
		return code;
	view->subject.entity = action.action;
	view->head = action_state_label(action_state(action.action));
	take_about(view, action.action->about_kind, action.action->about);
	snprintf(view->mark, sizeof view->mark, "%s", client_action_mark(&action, mark));
	return ERR_OK;
}

static enum err build(struct joint_page *view, struct error *err)
{
	struct page page = { .n = 0 };
	enum err code;

	arena_reset(&view->arena);
	code = load(view, &page, err);
	if (code != ERR_OK)
		return code;
	meeting_fill(view->pager, &page);
	frame_hint_subject(view->app, &view->subject);
	return ERR_OK;
}

static void close_view(void *state)
{
	struct joint_page *view = state;

	pager_free(view->pager);
	arena_release(&view->arena);
	free(view);
}

static enum err open_kind(struct ui *ui, enum kind kind, const void *arg, void **ret_state,
			  struct error *err)
{
	struct joint_page *view = mem_alloc(sizeof *view);
	enum err code;

	view->app = ui_shell(ui);
	view->kind = kind;
	view->id = *(const struct uuid *)arg;
	view->pager = pager_new();
	code = build(view, err);
	if (code != ERR_OK)
		close_view(view);
	else
		*ret_state = view;
	return code;
}

static enum err open_item(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	return open_kind(ui, KIND_ITEM, arg, ret_state, err);
}

static enum err open_action(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	return open_kind(ui, KIND_ACTION, arg, ret_state, err);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct joint_page *view = state;
	struct area line = area_top(&area, 1);

	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_TITLE, "", PAD_RIGHT);
	canvas_textf(canvas, line.row, line.col + 1, line.cols - 1, ROLE_TITLE, "%s %s  %s",
		     view->kind == KIND_ITEM ? _("Item") : _("Task"), view->mark, view->head);
	pager_draw(view->pager, canvas, area, all);
}

/* A task for the item, if its meeting sits. */
static unsigned give_task(struct joint_page *view)
{
	struct app *app = view->app;
	char id[UUID_TEXT];

	act_preset_begin(app, act_desc_of(KIND_ACTION, "task"), NULL);
	uuid_text(&view->id, id);
	act_preset_text(app, "item_id", id);
	act_preset_what(app, ((const struct item *)view->subject.entity)->title);
	return act_preset_go(app, true);
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct joint_page *view = state;
	unsigned flags;

	(void)args;
	if (paper_move(view->pager, cmd, &flags))
		return flags;
	switch (cmd->id) {
	case CMD_section:
		pager_key(view->pager, (struct key){ UIKEY_TAB, 0 });
		return UI_REDRAW;
	case CMD_open:
		return ui_open(view->app->ui, &menu_view, NULL, 0);
	case CMD_links:
		return uuid_is_nil(&view->about)
			       ? UI_IGNORED
			       : app_open_entity(view->app, view->about_kind, &view->about);
	case CMD_putin:
		return view->kind == KIND_ITEM ? give_task(view) : UI_IGNORED;
	case CMD_newitem:
		return acts_begin(view->app, act_desc_of(KIND_ITEM, "bring"));
	case CMD_escape:
		return UI_CLOSE | UI_FRAME;
	default:
		return UI_IGNORED;
	}
}

static unsigned reload(void *state)
{
	struct joint_page *view = state;
	struct error err = ERROR_INIT;

	if (build(view, &err) != ERR_OK) {
		app_failed(view->app, &err);
		return UI_CLOSE | UI_FRAME;
	}
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned tick(void *state, int64_t now)
{
	struct joint_page *view = state;

	(void)now;
	if (view->minute == view->app->minute)
		return UI_NOTHING;
	view->minute = view->app->minute;
	return reload(view);
}

static const char *title(void *state)
{
	return ((const struct joint_page *)state)->mark;
}

#define JOINT_PAGE(word, bits, opens)                                                          \
	{                                                                                      \
		.name = word, .where = bits, .open = opens, .close = close_view, .draw = draw, \
		.command = command, .reload = reload, .tick = tick, .title = title,            \
	}
const struct view_ops item_view = JOINT_PAGE("item", WHERE_ITEMS, open_item);
const struct view_ops action_view = JOINT_PAGE("action", WHERE_ACTIONS, open_action);
