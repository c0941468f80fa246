/* The list of what rings here: which case, since when, why; each is acknowledged by one key, from
 * whatever screen. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "ring_priv.h"
#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/left.h"
#include "zhiban/ui/list.h"

enum { FOOT_ROWS = 3 };

struct line { /* one that rings, as shown */
	struct uuid id;
	struct alarm alarm;
	int64_t rang_at; /* own clock */
	const struct incident *incident;
	const char *mark;
};

struct alarm_view {
	struct app *app;
	struct list *list;
	struct arena arena;
	struct line *lines;
	size_t n;
	bool dirty; /* title and foot */
	int64_t minute; /* as it was drawn */
	char cell[64];
};

static void load(struct alarm_view *view)
{
	size_t n;
	const struct alarm_item *items = alarms_items(view->app->ring->alarms, &n);

	arena_reset(&view->arena);
	view->lines = arena_array(&view->arena, n + 1, sizeof *view->lines);
	view->n = 0;
	if (view->app->alarms == 0) /* who only reads answers none */
		n = 0;
	for (size_t i = 0; i < n; i++) {
		struct line *line = &view->lines[view->n];
		struct incident *incident;
		char mark[48];

		if (client_get(view->app->client, &items[i].id, &view->arena, &incident, NULL) !=
		    ERR_OK)
			continue;
		*line = (struct line){ items[i].id, items[i].alarm, items[i].rang_at, incident,
				       NULL };
		line->mark = arena_strdup(&view->arena,
					  client_mark(view->app->client, incident, mark));
		view->n++;
	}
}

/* ---- rows ---- */

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct alarm_view *view = ctx;
	bool found = want->from != LIST_AT;
	struct list_row *rows = arena_array(arena, view->n + 1, sizeof *rows);

	for (size_t i = 0; i < view->n; i++) {
		rows[i] = (struct list_row){ view->lines[i].id, 0, &view->lines[i] };
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	}
	*ret_page = (struct list_page){ rows, (int)view->n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

enum alarm_column { COL_WHY, COL_SINCE, COL_RANG, COL_NUMBER, COL_STREET, COL_MATTER, COL_HOLDER };

static const struct list_column columns[] = {
	[COL_WHY] = { "why", N_("Alarm"), 8, 11, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_SINCE] = { "since", N_("Since"), 11, 11, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_RANG] = { "rang", N_("Rings"), 7, 8, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[COL_NUMBER] = { "number", N_("Number"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_STREET] = { "street", N_("Street"), 4, 8, 0, 90, LIST_LEFT, LIST_CUT_END },
	[COL_MATTER] = { "matter", N_("Matter"), 10, 20, 1, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	[COL_HOLDER] = { "holder", N_("Holder"), 6, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
};

static const char *org_words(const struct alarm_view *view, const char *code)
{
	const struct org *org = rules_org(client_rules(view->app->client), code);

	return org == NULL ? code : org->brief != NULL ? org->brief : org->name;
}

static const char *rang_words(struct alarm_view *view, const struct line *line)
{
	int64_t rung = env_now(client_env(view->app->client)) - line->rang_at;

	snprintf(view->cell, sizeof view->cell, _("%lld min"),
		 (long long)((rung > 0 ? rung : 0) / MINUTE_MS));
	return view->cell;
}

static const char *since_words(struct alarm_view *view, const struct line *line)
{
	civil_format(line->alarm.since, client_rules(view->app->client)->offset_min, "m-d H:M",
		     view->cell, sizeof view->cell);
	return view->cell;
}

static void cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	struct alarm_view *view = ctx;
	const struct line *line = row->data;

	ret_cell->role = ROLE_TEXT;
	switch ((enum alarm_column)column) {
	case COL_WHY:
		ret_cell->text = alarm_label(line->alarm.kind);
		ret_cell->role = line->alarm.kind == ALARM_RED ? ROLE_CLOCK_OVERDUE
							       : ROLE_SEVERITY_CRITICAL;
		break;
	case COL_SINCE:
		ret_cell->text = since_words(view, line);
		break;
	case COL_RANG:
		ret_cell->text = rang_words(view, line);
		break;
	case COL_NUMBER:
		ret_cell->text = line->mark;
		break;
	case COL_STREET:
		ret_cell->text = org_words(view, line->incident->street);
		break;
	case COL_MATTER:
		ret_cell->text = line->incident->title;
		break;
	case COL_HOLDER:
		ret_cell->text = org_words(view, line->incident->holder);
		break;
	}
}

static const char *empty(void *ctx)
{
	const struct alarm_view *view = ctx;

	if (app_read_only(view->app))
		return _("Nothing rings for who only reads. Esc leads back");
	return _("Nothing rings: all is acknowledged. Esc leads back");
}

static const struct line *current(struct alarm_view *view)
{
	const struct list_row *row = list_current(view->list);

	return row != NULL ? row->data : NULL;
}

/* The last line names what can be done to the case under the cursor. */
static void hint(struct alarm_view *view)
{
	const struct line *line = current(view);

	frame_hint_acts(view->app, line != NULL ? line->incident : NULL);
}

/* ---- life ---- */

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct alarm_view *view = mem_alloc(sizeof *view);
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
	hint(view);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct alarm_view *view = state;

	list_free(view->list);
	arena_release(&view->arena);
	free(view);
}

bool alarm_view_selected(void *state, struct uuid *ret_id)
{
	const struct line *line = current(state);

	if (line != NULL)
		*ret_id = line->id;
	return line != NULL;
}

/* ---- drawing ---- */

static void draw_title(struct alarm_view *view, struct canvas *canvas, struct area area)
{
	const struct alarms *alarms = view->app->ring->alarms;
	struct str text = STR_INIT;

	str_addf(&text, _(" Alarms %zu"), view->n);
	for (unsigned kind = 0; kind < ALARM_KINDS && view->n > 0; kind++)
		str_addf(&text, "  %s %zu", alarm_label(kind), alarms_count(alarms, 1U << kind));
	str_add(&text, "  ");
	ring_hush_words(view->app, &text);
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_HEADING, str_get(&text), PAD_RIGHT);
	str_release(&text);
}

/* The whole title of the case, and where. */
static void draw_foot(struct alarm_view *view, struct canvas *canvas, struct area area)
{
	const struct line *line = current(view);
	struct area rule = area_top(&area, 1);
	struct str text = STR_INIT;

	canvas_fill(canvas, rule, '-', ROLE_FRAME);
	canvas_erase(canvas, area);
	if (line == NULL)
		return;
	str_addf(&text, "%s  %s", line->mark, line->incident->title ? line->incident->title : "");
	canvas_pad(canvas, area.row, 1, area.cols - 1, ROLE_TEXT, str_get(&text), PAD_RIGHT);
	str_clear(&text);
	str_addf(&text, "%s  %s", line->incident->street ? org_words(view, line->incident->street) : "",
		 line->incident->address ? line->incident->address : "");
	canvas_pad(canvas, area.row + 1, 1, area.cols - 1, ROLE_HINT, str_get(&text), PAD_RIGHT);
	str_release(&text);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct alarm_view *view = state;
	struct area title = area_top(&area, 1), foot = area_bottom(&area, FOOT_ROWS);

	if (all || view->dirty)
		draw_title(view, canvas, title);
	list_draw(view->list, canvas, area, all);
	if (all || view->dirty)
		draw_foot(view, canvas, foot);
	view->dirty = false;
}

/* ---- keys ---- */

static unsigned reload(void *state)
{
	struct alarm_view *view = state;
	struct error err = ERROR_INIT;

	load(view);
	if (list_reload(view->list, &err) != ERR_OK)
		app_failed(view->app, &err);
	list_touch(view->list);
	hint(view);
	view->dirty = true;
	return UI_REDRAW | UI_FRAME;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct alarm_view *view = state;
	const struct line *line = current(view);
	enum list_motion motion;

	(void)args;
	if (rows_motion(cmd, &motion)) {
		list_move(view->list, motion);
		hint(view);
		view->dirty = true;
		return UI_REDRAW | UI_FRAME;
	}
	if (cmd->id == CMD_escape)
		return UI_CLOSE | UI_FRAME;
	if (cmd->id == CMD_open)
		return line != NULL ? ui_open(view->app->ui, &page_view, &line->id, sizeof line->id)
				    : UI_NOTHING;
	return UI_IGNORED;
}

/* The minutes that each has rung. */
static unsigned tick(void *state, int64_t now)
{
	struct alarm_view *view = state;

	if (view->minute == now / MINUTE_MS)
		return UI_NOTHING;
	view->minute = now / MINUTE_MS;
	list_touch(view->list);
	view->dirty = true;
	return UI_REDRAW;
}

static const char *title(void *state)
{
	(void)state;
	return _("Alarms");
}

const struct view_ops alarm_view = {
	.name = "alarms",
	.where = WHERE_ALARM,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
