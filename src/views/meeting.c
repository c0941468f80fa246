/* The page of a meeting, with tabs: its agenda, who attends, the minutes, the tasks; of a staged
 * one its stages first. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "meeting_priv.h"
#include "paper_priv.h"
#include "rows_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/subject.h"

struct meeting_screen *meeting_screen(const struct app *app)
{
	return ui_top(app->ui) == &meeting_view ? ui_top_state(app->ui) : NULL;
}

bool meeting_has_tab(const struct meeting_screen *view, enum meeting_tab tab)
{
	return tab != TAB_STAGES || view->n_stages > 0;
}

static const struct list_row *current(const struct meeting_screen *view, enum meeting_tab tab)
{
	const struct list_row *row =
		view->tab == tab && view->lists[tab] ? list_current(view->lists[tab]) : NULL;

	return row && !(row->flags & LIST_ROW_HEADING) ? row : NULL;
}

const struct client_item *meeting_item(const struct meeting_screen *view)
{
	const struct list_row *row = current(view, TAB_AGENDA);

	return row ? row->data : NULL;
}

const struct stage_line *meeting_stage_line(const struct meeting_screen *view)
{
	const struct list_row *row = current(view, TAB_STAGES);

	return row ? row->data : NULL;
}

const struct attendee *meeting_attendee_at(const struct meeting_screen *view)
{
	const struct list_row *row = current(view, TAB_ATTEND);

	return row ? row->data : NULL;
}

const struct client_action *meeting_action(const struct meeting_screen *view)
{
	const struct list_row *row = current(view, TAB_TASKS);

	return row ? row->data : NULL;
}

bool meeting_takes(const struct app *app, int cmd)
{
	const struct meeting_screen *view = meeting_screen(app);
	enum meeting_state state;

	if (!view)
		return true;
	state = meeting_state(view->page.meeting);
	switch (cmd) {
	case CMD_slots:
		return !view->n_stages && (state == MEETING_DRAWN || state == MEETING_CALLED);
	case CMD_sit:
		return !view->n_stages && (state == MEETING_CALLED || state == MEETING_SITTING);
	case CMD_putin:
		return state <= MEETING_SITTING || (view->tab == TAB_TASKS && view->page.meeting->open);
	default:
		return true;
	}
}

/* Acts are of the meeting, of the attendee under the cursor where they are of one. */
bool meeting_view_selected(void *state, struct selection *ret_selection)
{
	const struct meeting_screen *view = state;
	const struct attendee *attendee = meeting_attendee_at(view);

	ret_selection->kind = KIND_MEETING;
	ret_selection->id = view->id;
	if (attendee)
		uuid_text(&attendee->id, ret_selection->share);
	return true;
}

/* ---- what is shown ---- */

/* What stands beside the list: the item, or the task, under the cursor. */
static void rest(struct meeting_screen *view)
{
	struct client *client = view->app->client;
	const struct client_item *item = meeting_item(view);
	const struct client_action *action = meeting_action(view);
	struct uuid id = item	  ? item->item->head.id
			 : action ? action->action->head.id
				  : (struct uuid){ { 0 } };
	struct page page = { .n = 0 };
	struct client_action as_action;
	struct client_item as_item;
	int cols = view->cols * 2 / 5;

	view->resting = id;
	arena_reset(&view->beside);
	if (view->cols >= SIDE_FROM && item)
		(void)!item_page_build(client, &id, cols, &view->beside, &as_item, &page, NULL);
	if (view->cols >= SIDE_FROM && action)
		(void)!action_page_build(client, &id, cols, &view->beside, &as_action, &page, NULL);
	meeting_fill(view->side, &page);
}

static enum err build(struct meeting_screen *view, struct error *err)
{
	struct client *client = view->app->client;
	struct subject subject = { .kind = KIND_MEETING, .id = view->id };
	struct page minutes;
	enum err code;

	arena_reset(&view->arena);
	view->cols = canvas_cols(ui_canvas(view->app->ui));
	code = meeting_page_load(client, &view->id, &view->arena, &view->page, err);
	if (code != ERR_OK)
		return code;
	view->n_stages = meeting_page_stages(&view->page, &view->arena, &view->stages);
	meeting_minutes_build(client, &view->page, view->cols, &view->arena, &minutes);
	meeting_fill(view->minutes, &minutes);
	for (int tab = 0; tab < TABS && code == ERR_OK; tab++) {
		if (!view->lists[tab])
			continue;
		code = list_reload(view->lists[tab], err);
		list_touch(view->lists[tab]);
	}
	subject.entity = view->page.meeting;
	frame_hint_subject(view->app, &subject);
	rest(view);
	return code;
}

/* ---- the invitation is seen ---- */

const struct attendee *meeting_answers_for(const struct meeting_screen *view)
{
	const struct actor *actor = client_actor(view->app->client);
	const struct attendee *at = meeting_attendee_at(view);
	const struct attendee *own =
		actor ? meeting_own_attendee(client_rules(view->app->client), view->page.meeting,
					     actor->org)
		      : NULL;

	/* who convenes writes down what others say by telephone: the cursor says whose it is */
	if (at && (!own || str_eq(actor->org, view->page.meeting->org)))
		return at;
	return own;
}

/* Opened by an officer of whoever is invited: said once, by the console itself. */
static void see(struct meeting_screen *view)
{
	const struct act_desc *act = act_desc_of(KIND_MEETING, "see");
	const struct actor *actor = client_actor(view->app->client);
	const struct attendee *own =
		actor ? meeting_own_attendee(client_rules(view->app->client), view->page.meeting,
					     actor->org)
		      : NULL;
	struct ask wake = { .kind = ASK_WAKE };
	struct client_done done;

	if (view->asked_see || !own || !own->asked_at || own->seen_at || app_read_only(view->app) ||
	    !view->page.meeting->open)
		return;
	view->asked_see = true; /* a refusal is no matter for the reader */
	if (client_act(view->app->client, act, &view->id, NULL, 0, &done, NULL) == ERR_OK &&
	    view->app->ask)
		view->app->ask(view->app->ask_ctx, &wake);
}

/* ---- life ---- */

static void close_view(void *state)
{
	struct meeting_screen *view = state;

	for (int tab = 0; tab < TABS; tab++)
		list_free(view->lists[tab]);
	pager_free(view->minutes);
	pager_free(view->side);
	arena_release(&view->arena);
	arena_release(&view->cells);
	arena_release(&view->beside);
	free(view);
}

/* Where it stands in its life says what is wanted first. */
static enum meeting_tab first_tab(const struct meeting_screen *view)
{
	if (view->n_stages)
		return TAB_STAGES;
	switch (meeting_state(view->page.meeting)) {
	case MEETING_CALLED:
		return TAB_ATTEND;
	case MEETING_HELD:
	case MEETING_SIGNING:
	case MEETING_APPROVING:
	case MEETING_APPROVED:
		return TAB_MINUTES;
	case MEETING_ISSUED:
		return view->page.n_actions ? TAB_TASKS : TAB_MINUTES;
	case MEETING_DRAWN:
	case MEETING_SITTING:
	case MEETING_CANCELLED:
	case MEETING_STATES:
		break;
	}
	return TAB_AGENDA;
}

/* The cursor stands where the officer's own organisation answers. */
static void to_own_row(struct meeting_screen *view)
{
	const struct actor *actor = client_actor(view->app->client);
	const struct attendee *own =
		actor ? meeting_own_attendee(client_rules(view->app->client), view->page.meeting,
					     actor->org)
		      : NULL;

	if (own && !str_eq(actor->org, view->page.meeting->org) &&
	    list_goto(view->lists[TAB_ATTEND], &own->id, NULL) != ERR_OK)
		return; /* it stays on the first */
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct meeting_screen *view = mem_alloc(sizeof *view);
	enum err code;

	view->app = ui_shell(ui);
	view->id = *(const struct uuid *)arg;
	view->minutes = pager_new();
	view->side = pager_new();
	code = meeting_page_load(view->app->client, &view->id, &view->arena, &view->page, err);
	for (int tab = 0; tab < TABS && code == ERR_OK; tab++)
		view->lists[tab] = meeting_list_of(view, (enum meeting_tab)tab);
	if (code == ERR_OK)
		code = build(view, err);
	for (int tab = 0; tab < TABS && code == ERR_OK; tab++)
		if (view->lists[tab])
			code = list_home(view->lists[tab], err);
	if (code != ERR_OK) {
		close_view(view);
		return code;
	}
	view->tab = first_tab(view);
	to_own_row(view);
	see(view);
	rest(view);
	*ret_state = view;
	return ERR_OK;
}

/* ---- commands ---- */

static unsigned turn(struct meeting_screen *view, int by)
{
	do
		view->tab = (enum meeting_tab)(((int)view->tab + by + TABS) % TABS);
	while (!meeting_has_tab(view, view->tab));
	rest(view);
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned open_row(struct meeting_screen *view)
{
	const struct client_item *item = meeting_item(view);
	const struct client_action *action = meeting_action(view);

	if (item)
		return ui_open(view->app->ui, &item_view, &item->item->head.id, sizeof(struct uuid));
	if (action)
		return ui_open(view->app->ui, &action_view, &action->action->head.id,
			       sizeof(struct uuid));
	if (meeting_stage_line(view) && meeting_stage_line(view)->next &&
	    !app_read_only(view->app))
		return meeting_hold_stage(view);
	return ui_open(view->app->ui, &menu_view, NULL, 0);
}

static bool move(struct meeting_screen *view, const struct ui_command *cmd, unsigned *flags)
{
	enum list_motion motion;

	if (view->tab == TAB_MINUTES)
		return paper_move(view->minutes, cmd, flags);
	if (!rows_motion(cmd, &motion))
		return false;
	if (list_move(view->lists[view->tab], motion) & LIST_MOVED)
		rest(view);
	*flags = UI_REDRAW_ALL | UI_FRAME;
	return true;
}

static unsigned edit(struct meeting_screen *view, const struct ui_command *cmd, const char *args)
{
	const struct act_desc *act;

	switch (cmd->id) {
	case CMD_earlier:
		return meeting_move(view, -1);
	case CMD_later:
		return meeting_move(view, 1);
	case CMD_minutes:
		return meeting_minutes(view, args);
	case CMD_fewest:
		return meeting_fewest(view);
	case CMD_putin:
		return meeting_put_in(view);
	case CMD_takeout:
		return meeting_take_out(view);
	default:
		break;
	}
	act = cmd->needs & CMD_ACT ? app_act(view->app, cmd) : NULL;
	return act && act->target == KIND_MEETING ? meeting_act(view, act) : UI_IGNORED;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct meeting_screen *view = state;
	unsigned flags;

	if (move(view, cmd, &flags))
		return flags;
	switch (cmd->id) {
	case CMD_open:
		return open_row(view);
	case CMD_section:
	case CMD_nexttab:
		return turn(view, 1);
	case CMD_prevtab:
		return turn(view, -1);
	case CMD_escape:
		return UI_CLOSE | UI_FRAME;
	default:
		return edit(view, cmd, args);
	}
}

static unsigned reload(void *state)
{
	struct meeting_screen *view = state;
	struct error err = ERROR_INIT;

	if (build(view, &err) != ERR_OK) {
		app_failed(view->app, &err);
		return UI_CLOSE | UI_FRAME;
	}
	see(view);
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned tick(void *state, int64_t now)
{
	struct meeting_screen *view = state;

	(void)now;
	if (view->minute == view->app->minute)
		return UI_NOTHING;
	view->minute = view->app->minute;
	return reload(view);
}

static const char *title(void *state)
{
	return ((const struct meeting_screen *)state)->page.mark;
}

const struct view_ops meeting_view = {
	.name = "meeting",
	.where = WHERE_MEETING,
	.open = open_view,
	.close = close_view,
	.draw = meeting_draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
