/* The handovers of this desk, the latest first, and what the chain says of each. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "handover_priv.h"
#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/handover.h"

enum { LATEST = 120 };

struct handovers {
	struct app *app;
	struct list *list;
	struct arena arena;
	struct client_handover *items;
	size_t n, broken;
	char cell[80];
};

static void load(struct handovers *view)
{
	const struct actor *actor = client_actor(view->app->client);

	arena_reset(&view->arena);
	view->n = view->broken = 0;
	if (client_handovers(view->app->client, actor != NULL ? actor->org : NULL, NULL, LATEST,
			     &view->arena, &view->items, &view->n, NULL) != ERR_OK)
		view->n = 0;
	for (size_t i = 0; i < view->n; i++)
		view->broken += view->items[i].marks == 0 &&
				(view->items[i].chain == CHAIN_TAMPERED ||
				 view->items[i].chain == CHAIN_BROKEN);
	frame_hint_subject(view->app, NULL);
}

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct handovers *view = ctx;
	struct list_row *rows = arena_array(arena, view->n + 1, sizeof *rows);
	bool found = want->from != LIST_AT;

	for (size_t i = 0; i < view->n; i++) {
		rows[i] = (struct list_row){ view->items[i].handover->head.id, 0, &view->items[i] };
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	}
	*ret_page = (struct list_page){ rows, (int)view->n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

enum handover_column {
	COL_NUMBER,
	COL_SHIFT,
	COL_OUT,
	COL_IN,
	COL_AT,
	COL_THIRD,
	COL_READ,
	COL_CHAIN,
	COL_WHY
};
static const struct list_column columns[] = {
	[COL_NUMBER] = { "number", N_("Number"), 8, 9, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_SHIFT] = { "shift", N_("Shift"), 10, 14, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_OUT] = { "out", N_("Gave over"), 6, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_IN] = { "in", N_("Took over"), 6, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_AT] = { "at", N_("Taken over"), 11, 11, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_THIRD] = { "third", N_("Witness"), 6, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_READ] = { "read", N_("Read"), 5, 7, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[COL_CHAIN] = { "chain", N_("Chain"), 4, 8, 1, 0, LIST_LEFT, LIST_CUT_END },
	[COL_WHY] = { "why", N_("Why so closed"), 10, 20, 2, 110, LIST_LEFT, LIST_CUT_END },
};

static const char *shift_cell(struct handovers *view, const struct handover *handover)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct roster_plan *plan = handover_plan(rules, handover->org, handover->plan);
	const struct duty_shift *shift = plan != NULL ? plan_shift(plan, handover->shift) : NULL;
	char day[CIVIL_TEXT];

	civil_format(handover->starts, rules->offset_min, "m-d", day, sizeof day);
	return arena_printf(&view->arena, "%s %s%s", day, shift != NULL ? shift->label : "",
			    handover->half ? _(" half") : "");
}

static const char *chain_cell(const struct client_handover *item)
{
	if (item->handover->hash != NULL && item->marks != 0)
		return _("waits");
	switch (item->chain) {
	case CHAIN_WHOLE:
		return _("Y whole");
	case CHAIN_NOT_YET:
		return handover_state_label(handover_state(item->handover));
	case CHAIN_TAMPERED:
		return _("X changed");
	case CHAIN_BROKEN:
		return _("X broken");
	}
	return "";
}

static void cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	struct handovers *view = ctx;
	const struct client_handover *item = row->data;
	const struct handover *handover = item->handover;
	const char *number = handover->number;

	*ret_cell = (struct list_cell){ .text = "" };
	switch ((enum handover_column)column) {
	case COL_NUMBER:
		ret_cell->text = number == NULL ? _("new") : strlen(number) > 9 ? number + 6 : number;
		break;
	case COL_SHIFT:
		ret_cell->text = shift_cell(view, handover);
		break;
	case COL_OUT:
		ret_cell->text = handover->out_by != NULL ? handover->out_by : "-";
		break;
	case COL_IN:
		ret_cell->text = handover->in_by != NULL ? handover->in_by : "-";
		break;
	case COL_AT:
		if (handover->in_at != 0)
			civil_format(handover->in_at, client_rules(view->app->client)->offset_min,
				     "m-d H:M", view->cell, sizeof view->cell);
		ret_cell->text = handover->in_at != 0 ? view->cell : "";
		break;
	case COL_THIRD:
		ret_cell->text = handover->third_by != NULL  ? handover->third_by
				 : handover->third_due != 0 ? _("to be witnessed")
							     : "-";
		break;
	case COL_READ:
		ret_cell->text = arena_printf(&view->arena, "%lld/%lld", (long long)handover->ticked,
					      (long long)handover->must);
		break;
	case COL_CHAIN:
		ret_cell->text = chain_cell(item);
		if (item->marks == 0 && item->chain >= CHAIN_TAMPERED)
			ret_cell->role = ROLE_ERROR;
		break;
	case COL_WHY:
		ret_cell->text = handover->why;
		break;
	}
}

static const char *empty(void *ctx)
{
	(void)ctx;
	return _("Nothing was handed over here yet. :handover begins one");
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct handovers *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, cell, empty };
	enum err code;

	(void)arg;
	view->app = ui_shell(ui);
	view->list = list_new(columns, ARRAY_LEN(columns), &source);
	load(view);
	code = list_home(view->list, err);
	if (code != ERR_OK) {
		list_free(view->list);
		arena_release(&view->arena);
		free(view);
		return code;
	}
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct handovers *view = state;

	list_free(view->list);
	arena_release(&view->arena);
	free(view);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct handovers *view = state;
	struct area line = area_top(&area, 1), foot = area_bottom(&area, 1);
	struct str text = STR_INIT;

	str_addf(&text, _(" Handovers  %zu"), view->n);
	str_addf(&text, "  %s", view->broken > 0 ? _("THE CHAIN IS NOT WHOLE: see the marked ones")
				: view->n > 0	 ? _("the chain is whole")
						 : "");
	canvas_pad(canvas, line.row, line.col, line.cols,
		   view->broken > 0 ? ROLE_ERROR : ROLE_HEADING, str_get(&text), PAD_RIGHT);
	str_release(&text);
	list_draw(view->list, canvas, area, all);
	canvas_pad(canvas, foot.row, foot.col, foot.cols, ROLE_HINT,
		   _(" Enter reads it  :handover the one of now"), PAD_RIGHT);
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct handovers *view = state;
	const struct list_row *row;
	enum list_motion motion;

	(void)args;
	if (rows_motion(cmd, &motion)) {
		list_move(view->list, motion);
		return UI_REDRAW;
	}
	row = list_current(view->list);
	if (cmd->id == CMD_escape)
		return UI_CLOSE | UI_FRAME;
	if (cmd->id == CMD_open && row != NULL)
		return ui_open(view->app->ui, &handover_view, &row->id, sizeof row->id);
	return UI_IGNORED;
}

static unsigned reload(void *state)
{
	struct handovers *view = state;
	struct error err = ERROR_INIT;

	load(view);
	if (list_reload(view->list, &err) != ERR_OK)
		app_failed(view->app, &err);
	list_touch(view->list);
	return UI_REDRAW_ALL | UI_FRAME;
}

static const char *title(void *state)
{
	(void)state;
	return _("Handovers");
}

const struct view_ops handovers_view = {
	.name = "handovers",
	.where = WHERE_HANDOVERS,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.command = command,
	.reload = reload,
	.title = title,
};
