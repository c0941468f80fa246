#include <config.h>

#include <stdio.h>
#include <string.h>

#include "app_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/ui/list.h"

enum { FOOT_ROWS = 4 };

/* Acts that wait to be sent, and those the server did not accept. */
struct outbox_view {
	struct app *app;
	struct list *list;
	struct arena arena;
	struct client_waiting *rows;
	size_t n;
	bool foot; /* must be drawn */
	char cell[64];
};

static enum err load(struct outbox_view *view, struct error *err)
{
	arena_reset(&view->arena);
	view->rows = NULL;
	view->n = 0;
	return client_outbox(view->app->client, false, &view->arena, &view->rows, &view->n, err);
}

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct outbox_view *view = ctx;
	bool found = want->from != LIST_AT;

	ret_page->rows = arena_array(arena, view->n + 1, sizeof *ret_page->rows);
	ret_page->n = (int)view->n;
	ret_page->first = ret_page->last = true;
	for (size_t i = 0; i < view->n; i++) {
		ret_page->rows[i].id = view->rows[i].act.id;
		ret_page->rows[i].data = &view->rows[i];
		found = found || uuid_eq(&view->rows[i].act.id, &want->anchor);
	}
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

static const struct list_column columns[] = {
	{ "n", N_("No."), 5, 5, 0, 0, LIST_RIGHT, LIST_CUT_END },
	{ "state", N_("State"), 10, 12, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "at", N_("Done at"), 11, 11, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "act", N_("Act"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "mark", N_("Incident"), 10, 12, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "sentence", N_("The server says"), 10, 20, 1, 0, LIST_LEFT, LIST_CUT_END },
};

static const char *state_words(enum outbox_state state)
{
	switch (state) {
	case OUTBOX_PENDING:
		return _("to send");
	case OUTBOX_SENT:
		return _("sent");
	case OUTBOX_ANSWERED:
		return _("accepted");
	case OUTBOX_REFUSED:
		return _("NOT accepted");
	case OUTBOX_MERGED:
		return _("merged");
	}
	return "";
}

static void cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	struct outbox_view *view = ctx;
	const struct client_waiting *waiting = row->data;

	ret_cell->role = waiting->state == OUTBOX_REFUSED ? ROLE_CONFLICT : ROLE_TEXT;
	ret_cell->text = view->cell;
	switch (column) {
	case 0:
		snprintf(view->cell, sizeof view->cell, "%lld", (long long)waiting->act.n);
		break;
	case 1:
		ret_cell->text = state_words(waiting->state);
		break;
	case 2:
		civil_format(waiting->act.at, client_rules(view->app->client)->offset_min,
			     "m-d H:M", view->cell, sizeof view->cell);
		break;
	case 3:
		ret_cell->text = waiting->label;
		break;
	case 4:
		ret_cell->text = waiting->mark;
		break;
	default:
		ret_cell->text = *waiting->sentence ? waiting->sentence : waiting->note;
	}
}

static const char *empty(void *ctx)
{
	(void)ctx;
	return _("Nothing waits: the server has accepted all acts of this console. 2: incidents");
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct outbox_view *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, cell, empty };
	enum err code;

	(void)arg;
	view->app = ui_shell(ui);
	view->list = list_new(columns, ARRAY_LEN(columns), &source);
	code = load(view, err);
	if (code == ERR_OK)
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
	struct outbox_view *view = state;

	list_free(view->list);
	arena_release(&view->arena);
	free(view);
}

static const struct client_waiting *current(struct outbox_view *view)
{
	const struct list_row *row = list_current(view->list);

	return row ? row->data : NULL;
}

bool outbox_view_selected(void *state, struct uuid *ret_id)
{
	const struct client_waiting *waiting = current(state);

	if (!waiting)
		return false;
	*ret_id = waiting->act.target.id;
	return true;
}

/* Where the incident stood when the act was judged. */
static const char *state_of(struct outbox_view *view, const struct incident *incident)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct step *step = rules_step(rules, incident->step);

	return step ? step->waiting : incident->step ? incident->step : "";
}

static void draw_foot(struct outbox_view *view, struct canvas *canvas, struct area area)
{
	const struct client_waiting *waiting = current(view);
	struct str text = STR_INIT;
	struct area line = area_top(&area, 1);

	canvas_fill(canvas, line, '-', ROLE_FRAME);
	canvas_erase(canvas, area);
	if (!waiting)
		return;
	for (size_t i = 0; i < waiting->act.n_given; i++) {
		const struct given *given = &waiting->act.given[i];
		struct arena arena = ARENA_INIT;

		str_addf(&text, "%s%s: %s", i ? "  " : "", _(given->field->title),
			 page_value(client_rules(view->app->client), given->field, given->value,
				    app_now(view->app), &arena));
		arena_release(&arena);
	}
	canvas_pad(canvas, area.row, 1, area.cols - 1, ROLE_TEXT, str_get(&text), PAD_RIGHT);
	str_clear(&text);
	str_add(&text, *waiting->sentence ? waiting->sentence : waiting->note);
	if (waiting->theirs)
		str_addf(&text, "  %s %s", _("Now:"), state_of(view, waiting->theirs));
	canvas_pad(canvas, area.row + 1, 1, area.cols - 1,
		   waiting->state == OUTBOX_REFUSED ? ROLE_CONFLICT : ROLE_HINT, str_get(&text),
		   PAD_RIGHT);
	str_release(&text);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct outbox_view *view = state;
	struct area title = area_top(&area, 1), foot = area_bottom(&area, FOOT_ROWS);

	if (all || view->foot)
		canvas_pad(canvas, title.row, title.col, title.cols, ROLE_HEADING,
			   _(" Acts of this console that wait, or were not accepted"), PAD_RIGHT);
	list_draw(view->list, canvas, area, all);
	if (all || view->foot)
		draw_foot(view, canvas, foot);
	view->foot = false;
}

static unsigned move(struct outbox_view *view, enum list_motion motion)
{
	list_move(view->list, motion);
	view->foot = true;
	return UI_REDRAW;
}

static unsigned reload(void *state)
{
	struct outbox_view *view = state;
	struct error err = ERROR_INIT;

	enum err code = load(view, &err); /* on failure there are no rows */

	if (list_reload(view->list, code == ERR_OK ? &err : NULL) != ERR_OK || code != ERR_OK)
		app_failed(view->app, &err);
	view->foot = true;
	return UI_REDRAW;
}

static unsigned answer(struct outbox_view *view, enum err code, const struct error *err,
		       const char *done)
{
	struct uuid none = { { 0 } };

	if (code != ERR_OK) {
		app_failed(view->app, err);
		return UI_FRAME;
	}
	app_notice(view->app, ROLE_GOOD, done);
	return acts_done(view->app, &none);
}

static unsigned do_drop(struct outbox_view *view)
{
	const struct client_waiting *waiting = current(view);
	struct error err = ERROR_INIT;

	if (!waiting)
		return UI_NOTHING;
	if (waiting->state == OUTBOX_REFUSED)
		return answer(view, client_desk_drop(view->app->client, &waiting->act.id, &err),
			      &err, _("dropped"));
	return answer(view, client_take_back(view->app->client, &waiting->act.id, &err), &err,
		      _("taken back"));
}

static unsigned do_again(struct outbox_view *view)
{
	const struct client_waiting *waiting = current(view);
	struct error err = ERROR_INIT;
	struct client_done done;

	if (!waiting || waiting->state != OUTBOX_REFUSED)
		return UI_NOTHING;
	return answer(view,
		      client_desk_again(view->app->client, &waiting->act.id, NULL, 0, &done, &err),
		      &err, _("done again, waits to be sent"));
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	static const struct {
		enum cmd cmd;
		enum list_motion motion;
	} motions[] = {
		{ CMD_down, LIST_DOWN },      { CMD_up, LIST_UP },
		{ CMD_pagedown, LIST_PAGE_DOWN }, { CMD_pageup, LIST_PAGE_UP },
		{ CMD_top, LIST_TOP },	      { CMD_bottom, LIST_END },
	};
	struct outbox_view *view = state;
	struct uuid id;

	(void)args;
	for (size_t i = 0; i < ARRAY_LEN(motions); i++)
		if ((int)motions[i].cmd == cmd->id)
			return move(view, motions[i].motion);
	switch (cmd->id) {
	case CMD_open:
		return outbox_view_selected(view, &id) ?
			       ui_open(view->app->ui, &page_view, &id, sizeof id) : UI_NOTHING;
	case CMD_drop:
		return do_drop(view);
	case CMD_retry:
		return do_again(view);
	default:
		return UI_IGNORED;
	}
}

static const char *title(void *state)
{
	(void)state;
	return _("Outbox");
}

const struct view_ops outbox_view = {
	.name = "outbox",
	.where = WHERE_OUTBOX,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.command = command,
	.reload = reload,
	.title = title,
};
