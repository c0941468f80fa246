/* Screen 5: joint meetings, and the candidates for the next one. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "meetings_priv.h"
#include "rows_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/rules.h"
#include "zhiban/model/subject.h"

enum { SLICE = 400 }; /* cases looked at between two keys */

static const struct list_row *current(const struct meetings_screen *view)
{
	return list_current(view->pane == PANE_MEETINGS ? view->meetings : view->candidates);
}

bool meetings_may_convene(const struct app *app)
{
	const struct rules *rules = client_rules(app->client);
	const struct actor *actor = client_actor(app->client);

	return actor && !app_read_only(app) &&
	       (rules_series_of(rules, actor->org, 0) != NULL || str_eq(actor->org, rules->centre));
}

/* ---- rows ---- */

/* How many items wait: said beside the candidates, of which they were some. */
static void count_items(struct meetings_screen *view)
{
	struct arena arena = ARENA_INIT;
	struct item_list items;

	view->listed = view->waiting = 0;
	if (item_list_load(view->app->client, NULL, 0, &arena, &items, NULL) == ERR_OK) {
		view->listed = items.listed;
		view->waiting = items.waiting;
	}
	arena_release(&arena);
}

static enum err load(struct meetings_screen *view, struct error *err)
{
	arena_reset(&view->arena);
	view->shown = (struct meeting_list){ .n = 0 };
	count_items(view);
	return meeting_list_load(view->app->client, filtered_parse(&view->filter, &view->arena),
				 MEETINGS_ENDED, &view->arena, &view->shown, err);
}

/* What is there stays to be seen until the new list is whole. */
static void gather(struct meetings_screen *view)
{
	struct error err = ERROR_INIT;

	view->gathering = meetings_may_convene(view->app) &&
			  nominees_begin(view->nominees, &err) == ERR_OK;
	if (err.code != ERR_OK)
		app_failed(view->app, &err);
}

bool meetings_view_selected(void *state, struct selection *ret_selection)
{
	const struct meetings_screen *view = state;
	const struct list_row *row = current(view);
	const struct nominee *nominee;

	ret_selection->kind = KIND_MEETING;
	if (!row)
		return false;
	ret_selection->id = row->id;
	if (view->pane == PANE_CANDIDATES) {
		nominee = row->data;
		ret_selection->kind = nominee->kind;
	}
	return true;
}

static void rest(struct meetings_screen *view)
{
	struct selection selection = { .kind = KIND_MEETING };
	struct arena arena = ARENA_INIT;
	struct subject subject;
	bool has = view->pane == PANE_MEETINGS && meetings_view_selected(view, &selection) &&
		   subject_get(view->app->client, KIND_MEETING, &selection.id, &arena, &subject,
			       NULL) == ERR_OK;

	frame_hint_subject(view->app, has ? &subject : NULL);
	arena_release(&arena);
	view->dirty = true;
}

static void reread(void *state, bool home)
{
	struct meetings_screen *view = state;
	struct error err = ERROR_INIT;
	enum err code = load(view, &err);

	if (code == ERR_OK)
		code = home ? list_home(view->meetings, &err) : list_reload(view->meetings, &err);
	if (code == ERR_OK)
		code = list_reload(view->candidates, &err);
	if (code != ERR_OK)
		app_failed(view->app, &err);
	list_touch(view->meetings);
	list_touch(view->candidates);
	rest(view);
}

/* ---- the candidates, in slices ---- */

static struct meetings_screen *on_top(const struct app *app)
{
	return ui_top(app->ui) == &meetings_view ? ui_top_state(app->ui) : NULL;
}

bool meetings_view_works(const struct app *app)
{
	const struct meetings_screen *view = on_top(app);

	return view && view->gathering;
}

unsigned meetings_view_work(struct app *app)
{
	struct meetings_screen *view = on_top(app);
	struct error err = ERROR_INIT;

	if (!view || !view->gathering)
		return UI_NOTHING;
	if (nominees_step(view->nominees, SLICE, &err) != ERR_OK) {
		view->gathering = false;
		app_failed(app, &err);
		return UI_FRAME;
	}
	if (!nominees_done(view->nominees))
		return UI_NOTHING;
	view->gathering = false;
	if (list_reload(view->candidates, &err) != ERR_OK)
		app_failed(app, &err);
	list_touch(view->candidates);
	rest(view);
	return UI_REDRAW | UI_FRAME;
}

const struct nominee **meetings_chosen(struct meetings_screen *view, struct arena *arena,
				       size_t *ret_n)
{
	size_t all = nominees_n(view->nominees), n = 0, marked;
	const struct nominee **chosen = arena_array(arena, all + 1, sizeof *chosen);
	const struct list_row *row = list_current(view->candidates);

	list_marked(view->candidates, &marked);
	for (size_t i = 0; marked && i < all; i++)
		if (list_is_marked(view->candidates, &nominees_at(view->nominees, i)->id))
			chosen[n++] = nominees_at(view->nominees, i);
	if (!n && view->pane == PANE_CANDIDATES && row)
		chosen[n++] = row->data;
	*ret_n = n;
	return chosen;
}

void meetings_unmark(struct meetings_screen *view)
{
	list_mark_clear(view->candidates);
	view->dirty = true;
}

/* ---- life ---- */

static void close_view(void *state)
{
	struct meetings_screen *view = state;

	list_free(view->meetings);
	list_free(view->candidates);
	nominees_free(view->nominees);
	filtered_release(&view->filter);
	arena_release(&view->arena);
	arena_release(&view->cells);
	free(view);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct meetings_screen *view = mem_alloc(sizeof *view);

	view->app = ui_shell(ui);
	view->pane = arg && *(const enum meetings_pane *)arg == PANE_CANDIDATES ? PANE_CANDIDATES
										: PANE_MEETINGS;
	view->filter = (struct filtered){
		.app = view->app,
		.text = &view->app->meeting_filter,
		.hint = _("words, dept: due<2h open mine !not a|b; Tab completes"),
		.reread = reread,
		.view = view,
	};
	view->nominees = nominees_new(view->app->client);
	view->meetings = meetings_list_new(view);
	view->candidates = candidates_list_new(view);
	gather(view);
	if (load(view, err) != ERR_OK || list_home(view->meetings, err) != ERR_OK ||
	    list_home(view->candidates, err) != ERR_OK)
		app_failed(view->app, err); /* shown empty, with the reason */
	rest(view);
	*ret_state = view;
	return ERR_OK;
}

/* ---- commands ---- */

static unsigned mark(struct meetings_screen *view, const struct ui_command *cmd)
{
	struct error err = ERROR_INIT;

	if (view->pane == PANE_MEETINGS) {
		app_notice(view->app, ROLE_HINT,
			   _("candidates are marked: Tab goes to them, m brings them"));
		return UI_FRAME;
	}
	if (cmd->id == CMD_mark)
		list_mark_toggle(view->candidates);
	else if (cmd->id == CMD_range)
		list_mark_range(view->candidates);
	else if (list_mark_all(view->candidates, &err) != ERR_OK)
		app_failed(view->app, &err);
	view->dirty = true;
	return UI_REDRAW | UI_FRAME;
}

static unsigned other_pane(struct meetings_screen *view)
{
	view->pane = view->pane == PANE_MEETINGS ? PANE_CANDIDATES : PANE_MEETINGS;
	list_touch(view->meetings);
	list_touch(view->candidates);
	rest(view);
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned open_row(struct meetings_screen *view)
{
	const struct list_row *row = current(view);
	const struct nominee *nominee;

	if (!row)
		return UI_NOTHING;
	if (view->pane == PANE_MEETINGS)
		return ui_open(view->app->ui, &meeting_view, &row->id, sizeof row->id);
	nominee = row->data;
	return app_open_entity(view->app, nominee->kind, &nominee->id);
}

static unsigned escape(struct meetings_screen *view)
{
	size_t marked;

	list_marked(view->candidates, &marked);
	if (marked) {
		meetings_unmark(view);
		return UI_REDRAW | UI_FRAME;
	}
	return filtered_clear(&view->filter) ? UI_REDRAW_ALL | UI_FRAME : UI_NOTHING;
}

static unsigned bring(struct meetings_screen *view)
{
	struct arena arena = ARENA_INIT;
	size_t n;

	(void)meetings_chosen(view, &arena, &n);
	arena_release(&arena);
	if (n)
		return ui_open(view->app->ui, &bring_view, NULL, 0);
	app_notice(view->app, ROLE_HINT,
		   view->pane == PANE_CANDIDATES
			   ? _("there is no candidate")
			   : _("Tab goes to the candidates; Space marks those to be brought"));
	return UI_FRAME;
}

static unsigned move(struct meetings_screen *view, enum list_motion motion)
{
	struct list *list = view->pane == PANE_MEETINGS ? view->meetings : view->candidates;
	unsigned result = list_move(list, motion);

	if (result & LIST_FAILED)
		app_notice(view->app, ROLE_ERROR, list_error(list));
	if (result & LIST_MOVED)
		rest(view);
	view->dirty = true;
	return UI_REDRAW | UI_FRAME;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct meetings_screen *view = state;
	enum list_motion motion;

	if (rows_motion(cmd, &motion))
		return move(view, motion);
	switch (cmd->id) {
	case CMD_open:
		return open_row(view);
	case CMD_section:
		return other_pane(view);
	case CMD_mark:
	case CMD_range:
	case CMD_all:
		return mark(view, cmd);
	case CMD_bring:
		return bring(view);
	case CMD_convene:
		return convene_command(view->app);
	case CMD_escape:
		return escape(view);
	case CMD_filter:
		return filtered_command(&view->filter, args);
	default:
		return UI_IGNORED;
	}
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	return filtered_key(&((struct meetings_screen *)state)->filter, pressed, pasted);
}

static unsigned reload(void *state)
{
	struct meetings_screen *view = state;
	struct uuid wanted = view->app->wanted;

	gather(view);
	reread(view, false);
	if (!uuid_is_nil(&wanted) && list_goto(view->meetings, &wanted, NULL) == ERR_OK) {
		view->app->wanted = (struct uuid){ { 0 } };
		view->pane = PANE_MEETINGS; /* Enter goes on with what was just made */
		rest(view);
	}
	return UI_REDRAW | UI_FRAME;
}

static unsigned tick(void *state, int64_t now)
{
	struct meetings_screen *view = state;

	(void)now;
	if (view->minute == view->app->minute)
		return UI_NOTHING;
	view->minute = view->app->minute;
	reread(view, false);
	return UI_REDRAW | UI_FRAME;
}

static const char *title(void *state)
{
	(void)state;
	return _("Meetings");
}

static unsigned where_now(void *state)
{
	return ((struct meetings_screen *)state)->filter.prompt ? 0 : WHERE_MEETINGS;
}

const struct view_ops meetings_view = {
	.name = "meetings",
	.where = WHERE_MEETINGS,
	.open = open_view,
	.close = close_view,
	.draw = meetings_draw,
	.key = key,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
	.where_now = where_now,
};

static unsigned show(struct app *app, enum meetings_pane pane, const char *filter)
{
	struct meetings_screen *view;
	unsigned flags = ui_switch(app->ui, &meetings_view, &pane, sizeof pane) | UI_FRAME;

	if (filter && *filter)
		ui_then(app->ui, command_at(CMD_filter), filter);
	view = on_top(app);
	if (view && view->pane != pane)
		flags |= other_pane(view);
	return flags;
}

unsigned meetings_command(struct app *app, const char *args)
{
	return show(app, PANE_MEETINGS, args + strspn(args, " "));
}

unsigned mymeetings_command(struct app *app, const char *args)
{
	(void)args;
	return show(app, PANE_MEETINGS, "mine");
}

unsigned candidates_command(struct app *app, const char *args)
{
	(void)args;
	return show(app, PANE_CANDIDATES, NULL);
}
