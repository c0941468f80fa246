/* A meeting that sits: left the agenda with time used and planned, right the item; Tab: the sign-in
 * sheet.  Nothing here waits for the line. */
#include <config.h>

#include <stdlib.h>

#include "meeting_priv.h"
#include "paper_priv.h"
#include "rows_priv.h"
#include "sitting_priv.h"
#include "stats_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/minutes_paper.h"
#include "zhiban/model/subject.h"

/* ---- what is under the cursor ---- */

const struct sitting_item *sitting_item_at(const struct sitting_screen *view)
{
	const struct list_row *row =
		view->page == PAGE_AGENDA ? list_current(view->lists[PAGE_AGENDA]) : NULL;

	return row ? row->data : NULL;
}

const struct attendee *sitting_attendee_at(const struct sitting_screen *view)
{
	const struct list_row *row =
		view->page == PAGE_SHEET ? list_current(view->lists[PAGE_SHEET]) : NULL;

	return row ? row->data : NULL;
}

/* On the agenda notes and calls are of the item, else of the meeting. */
bool sitting_view_selected(void *state, struct selection *ret_selection)
{
	const struct sitting_screen *view = state;
	const struct sitting_item *item = sitting_item_at(view);
	const struct attendee *attendee = sitting_attendee_at(view);

	*ret_selection = (struct selection){ .kind = KIND_MEETING, .id = view->id };
	if (item && item->item) {
		ret_selection->kind = KIND_ITEM;
		ret_selection->id = item->item->head.id;
	}
	if (attendee)
		uuid_text(&attendee->id, ret_selection->share);
	return true;
}

/* ---- life ---- */

static enum err build(struct sitting_screen *view, struct error *err)
{
	enum err code;

	arena_reset(&view->arena);
	arena_reset(&view->cells);
	view->minute = view->app->minute;
	code = sitting_load(view->app->client, &view->id, &view->arena, &view->sitting, err);
	for (int page = 0; page < SITTING_PAGES && code == ERR_OK; page++) {
		code = list_reload(view->lists[page], err);
		list_touch(view->lists[page]);
	}
	if (code == ERR_OK && view->closed && view->sitting.meeting->opened_at)
		view->page = PAGE_AGENDA; /* it has just been opened */
	if (code == ERR_OK) {
		view->closed = !view->sitting.meeting->opened_at;
		sitting_fill_item(view);
	}
	frame_hint_subject(view->app, NULL);
	return code;
}

static void close_view(void *state)
{
	struct sitting_screen *view = state;

	for (int page = 0; page < SITTING_PAGES; page++)
		list_free(view->lists[page]);
	pager_free(view->item);
	arena_release(&view->arena);
	arena_release(&view->cells);
	free(view);
}

static void to_running(struct sitting_screen *view)
{
	const struct sitting_item *running = sitting_running(&view->sitting);

	if (running && list_goto(view->lists[PAGE_AGENDA], &running->entry->id, NULL) == ERR_OK)
		sitting_fill_item(view);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct sitting_screen *view = mem_alloc(sizeof *view);
	enum err code;

	view->app = ui_shell(ui);
	view->id = *(const struct uuid *)arg;
	view->item = pager_new();
	for (int page = 0; page < SITTING_PAGES; page++)
		view->lists[page] = sitting_list_new(view, (enum sitting_page)page);
	code = build(view, err);
	for (int page = 0; page < SITTING_PAGES && code == ERR_OK; page++)
		code = list_home(view->lists[page], err);
	if (code != ERR_OK) {
		close_view(view);
		return code;
	}
	/* before it is opened people come in */
	view->page = view->sitting.meeting->opened_at ? PAGE_AGENDA : PAGE_SHEET;
	to_running(view);
	sitting_fill_item(view);
	*ret_state = view;
	return ERR_OK;
}

unsigned sitting_reload(struct sitting_screen *view)
{
	struct error err = ERROR_INIT;

	if (build(view, &err) != ERR_OK) {
		app_failed(view->app, &err);
		return UI_CLOSE | UI_FRAME;
	}
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned reload(void *state)
{
	return sitting_reload(state);
}

static unsigned tick(void *state, int64_t now)
{
	struct sitting_screen *view = state;

	(void)now;
	return view->minute == view->app->minute ? UI_NOTHING : sitting_reload(view);
}

/* ---- commands ---- */

static unsigned turn(struct sitting_screen *view)
{
	view->page = view->page == PAGE_AGENDA ? PAGE_SHEET : PAGE_AGENDA;
	list_touch(view->lists[view->page]);
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned open_row(struct sitting_screen *view)
{
	const struct sitting_item *item = sitting_item_at(view);

	if (item && item->item)
		return ui_open(view->app->ui, &item_view, &item->item->head.id, sizeof(struct uuid));
	return ui_open(view->app->ui, &menu_view, NULL, 0);
}

static unsigned mark(struct sitting_screen *view, enum cmd cmd)
{
	struct list *list = view->lists[PAGE_SHEET];

	if (view->page != PAGE_SHEET)
		return UI_NOTHING;
	if (cmd == CMD_tick)
		list_mark_toggle(list);
	else if (cmd == CMD_ticks)
		list_mark_range(list);
	for (size_t i = 0; cmd == CMD_everyone && i < view->sitting.n_people; i++)
		if (attendee_present(view->sitting.people[i]) == PRESENTS &&
		    !view->sitting.people[i]->leave_ok)
			(void)!list_mark(list, &view->sitting.people[i]->id, NULL);
	return UI_REDRAW_ALL;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct sitting_screen *view = state;
	enum list_motion motion;

	(void)args;
	if (rows_motion(cmd, &motion)) {
		if (list_move(view->lists[view->page], motion) & LIST_MOVED)
			sitting_fill_item(view);
		return UI_REDRAW_ALL;
	}
	switch (cmd->id) {
	case CMD_open:
		return open_row(view);
	case CMD_attendsheet:
		return turn(view);
	case CMD_tick:
	case CMD_ticks:
	case CMD_everyone:
		return mark(view, (enum cmd)cmd->id);
	case CMD_texton:
	case CMD_textback:
		pager_key(view->item, (struct key){ .code = cmd->id == CMD_texton ? UIKEY_PGDN
										  : UIKEY_PGUP });
		return UI_REDRAW_ALL;
	case CMD_escape:
		return UI_CLOSE | UI_FRAME;
	default:
		return sitting_do(view, cmd);
	}
}

static const char *title(void *state)
{
	(void)state;
	return _("Sitting");
}

const struct view_ops sitting_view = {
	.name = "sitting",
	.where = WHERE_SITTING,
	.open = open_view,
	.close = close_view,
	.draw = sitting_draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};

/* ---- from the meeting's page ---- */

static bool meeting_on_top(struct app *app, struct uuid *ret_id)
{
	const struct sitting_screen *sitting =
		ui_top(app->ui) == &sitting_view ? ui_top_state(app->ui) : NULL;
	const struct meeting_screen *page = meeting_screen(app);

	if (!sitting && !page)
		return false;
	*ret_id = sitting ? sitting->id : page->id;
	return true;
}

unsigned sit_command(struct app *app, const char *args)
{
	struct uuid id;

	(void)args;
	if (!meeting_on_top(app, &id) || ui_top(app->ui) == &sitting_view)
		return UI_NOTHING;
	return ui_open(app->ui, &sitting_view, &id, sizeof id);
}

unsigned sitting_print(struct app *app, const char *args)
{
	struct error err = ERROR_INIT;
	struct official official;
	unsigned flags = UI_FRAME;
	struct uuid id;

	if (!meeting_on_top(app, &id))
		return UI_NOTHING;
	if (minutes_paper_of(app->client, &id, &official, &err) != ERR_OK) {
		app_failed(app, &err);
		return UI_FRAME;
	}
	flags = paper_official(app, &official, args);
	official_release(&official);
	return flags;
}
