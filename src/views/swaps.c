/* Swaps of duties: the list of those that wait, and the page of one. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "roster_priv.h"
#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/left.h"
#include "zhiban/ui/list.h"

enum { ENDED = 100, FOOT = 3 };

enum swaps_column { COL_LEFT, COL_NUMBER, COL_STATE, COL_ORG, COL_WHAT, COL_ASKED };
static const struct list_column columns[] = {
	[COL_LEFT] = { "left", N_("Lapses"), 9, 9, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[COL_NUMBER] = { "number", N_("Number"), 7, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_STATE] = { "state", N_("State"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_ORG] = { "org", N_("Organisation"), 6, 10, 0, 100, LIST_LEFT, LIST_CUT_END },
	[COL_WHAT] = { "what", N_("Who, which duty, with whom"), 36, 60, 1, 0, LIST_LEFT,
		       LIST_CUT_MIDDLE },
	[COL_ASKED] = { "asked", N_("Asked"), 11, 11, 0, 120, LIST_LEFT, LIST_CUT_END },
};

struct swaps_screen {
	struct app *app;
	struct list *list;
	struct arena arena;
	struct client_swap *swaps;
	size_t n;
	int64_t minute;
	bool dirty;
	struct arena cells;
};

static enum err load(struct swaps_screen *view, struct error *err)
{
	arena_reset(&view->arena);
	view->n = 0;
	return client_swaps(view->app->client, ENDED, &view->arena, &view->swaps, &view->n, err);
}

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct swaps_screen *view = ctx;
	bool found = want->from != LIST_AT;
	struct list_row *rows = arena_array(arena, view->n + 1, sizeof *rows);

	for (size_t i = 0; i < view->n; i++) {
		rows[i] = (struct list_row){ view->swaps[i].swap->head.id, 0, &view->swaps[i] };
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	}
	*ret_page = (struct list_page){ rows, (int)view->n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

static enum role state_role(const struct swap *swap)
{
	switch (swap_state(swap)) {
	case SWAP_ASKED:
	case SWAP_PROPOSED:
		return ROLE_TEXT;
	case SWAP_ACCEPTED:
		return ROLE_WARNING;
	case SWAP_APPROVED:
		return ROLE_GOOD;
	case SWAP_DECLINED:
	case SWAP_REFUSED:
	case SWAP_WITHDRAWN:
	case SWAP_LAPSED:
	case SWAP_STATES:
		break;
	}
	return ROLE_HINT;
}

static const char *left_of(struct swaps_screen *view, const struct swap *swap)
{
	char text[LEFT_TEXT];

	if (!swap->open || !swap->lapses_at)
		return "";
	left_minutes(swap->lapses_at, app_now(view->app), text);
	return arena_strdup(&view->cells, text);
}

static void cell(void *ctx, const struct list_row *at, int column, struct list_cell *ret)
{
	struct swaps_screen *view = ctx;
	const struct client_swap *row = at->data;
	const struct rules *rules = client_rules(view->app->client);
	const struct swap *swap = row->swap;
	char number[48], when[CIVIL_TEXT];

	arena_reset(&view->cells);
	ret->role = swap->open ? ROLE_TEXT : ROLE_HINT;
	switch ((enum swaps_column)column) {
	case COL_LEFT:
		ret->text = left_of(view, swap);
		break;
	case COL_NUMBER:
		ret->text = arena_strdup(&view->cells, swap_mark(swap, number));
		break;
	case COL_STATE:
		ret->text = swap_state_label(swap_state(swap));
		ret->role = state_role(swap);
		break;
	case COL_ORG:
		ret->text = org_brief(rules, swap->org);
		break;
	case COL_WHAT:
		ret->text = swap_line(rules, row, &view->cells);
		break;
	case COL_ASKED:
		civil_format(swap->asked_at, rules->offset_min, "m-d H:M", when, sizeof when);
		ret->text = arena_strdup(&view->cells, when);
		break;
	}
}

static const char *empty(void *ctx)
{
	const struct swaps_screen *view = ctx;

	return app_empty_why(view->app) ? app_empty_why(view->app)
					: _("No swap is asked for. 4, then S on a duty asks for one.");
}

static const struct client_swap *current(const struct swaps_screen *view)
{
	const struct list_row *row = list_current(view->list);

	return row ? row->data : NULL;
}

bool swaps_view_selected(void *state, struct selection *ret_selection)
{
	const struct client_swap *row = current(state);

	ret_selection->kind = KIND_SWAP;
	if (row)
		ret_selection->id = row->swap->head.id;
	return row != NULL;
}

static void rest(struct swaps_screen *view)
{
	const struct client_swap *row = current(view);
	struct subject subject = { .kind = KIND_SWAP };

	if (row) {
		subject.id = row->swap->head.id;
		subject.entity = row->swap;
	}
	frame_hint_subject(view->app, row ? &subject : NULL);
	view->dirty = true;
}

static unsigned reread(struct swaps_screen *view)
{
	struct error err = ERROR_INIT;
	enum err code = load(view, &err);

	if (code == ERR_OK)
		code = list_reload(view->list, &err);
	if (code != ERR_OK)
		app_failed(view->app, &err);
	list_touch(view->list);
	rest(view);
	return UI_REDRAW | UI_FRAME;
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct swaps_screen *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, cell, empty };

	(void)arg;
	view->app = ui_shell(ui);
	view->list = list_new(columns, ARRAY_LEN(columns), &source);
	if (load(view, err) != ERR_OK || list_home(view->list, err) != ERR_OK)
		app_failed(view->app, err);
	rest(view);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct swaps_screen *view = state;

	list_free(view->list);
	arena_release(&view->arena);
	arena_release(&view->cells);
	free(view);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct swaps_screen *view = state;
	struct area title = area_top(&area, 1), foot = area_bottom(&area, FOOT);
	const struct client_swap *row = current(view);
	size_t open = 0;

	for (size_t i = 0; i < view->n; i++)
		open += view->swaps[i].swap->open;
	list_draw(view->list, canvas, area, all);
	if (!all && !view->dirty)
		return;
	canvas_pad(canvas, title.row, title.col, title.cols, ROLE_HEADING, "", PAD_RIGHT);
	canvas_textf(canvas, title.row, title.col, title.cols, ROLE_HEADING,
		     _(" Swaps: %zu wait, %zu ended"), open, view->n - open);
	canvas_fill(canvas, area_top(&foot, 1), '-', ROLE_FRAME);
	canvas_pad(canvas, foot.row, foot.col + 1, foot.cols - 1, ROLE_TEXT,
		   row && row->swap->reason ? row->swap->reason : "", PAD_RIGHT);
	canvas_pad(canvas, foot.row + 1, foot.col + 1, foot.cols - 1, ROLE_HINT,
		   row && row->swap->decided_for ? row->swap->decided_for : "", PAD_RIGHT);
	view->dirty = false;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct swaps_screen *view = state;
	const struct client_swap *row = current(view);
	enum list_motion motion;
	unsigned result;

	(void)args;
	if (rows_motion(cmd, &motion)) {
		result = list_move(view->list, motion);
		if (result & LIST_MOVED)
			rest(view);
		return UI_REDRAW | UI_FRAME;
	}
	if (cmd->id == CMD_open)
		return row ? ui_open(view->app->ui, &swap_view, &row->swap->head.id,
				     sizeof(struct uuid))
			   : UI_NOTHING;
	return UI_IGNORED;
}

static unsigned reload(void *state)
{
	struct swaps_screen *view = state;
	struct uuid wanted = view->app->wanted;
	unsigned flags = reread(view);

	if (!uuid_is_nil(&wanted) && list_goto(view->list, &wanted, NULL) == ERR_OK) {
		view->app->wanted = (struct uuid){ { 0 } };
		rest(view);
	}
	return flags;
}

static unsigned tick(void *state, int64_t now)
{
	struct swaps_screen *view = state;

	(void)now;
	if (view->minute == view->app->minute)
		return UI_NOTHING;
	view->minute = view->app->minute;
	return reread(view);
}

static const char *title(void *state)
{
	(void)state;
	return _("Swaps");
}

const struct view_ops swaps_view = {
	.name = "swaps",
	.where = WHERE_SWAPS,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};

unsigned swaps_command(struct app *app, const char *args)
{
	(void)args;
	return ui_switch(app->ui, &swaps_view, NULL, 0) | UI_FRAME;
}
