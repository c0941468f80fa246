/* Who stands in rosters: phones and time off, or the ledger of duties as bars. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "roster_priv.h"
#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/ui/list.h"

enum { FOOT = 3, BAR = 20 };

enum people_column { COL_NAME, COL_UNIT, COL_TITLE, COL_PHONE, COL_POSTS, COL_OFF, COL_BAR,
		     COL_WEIGHT, COL_WEEKDAY, COL_WEEKEND, COL_HOLIDAY, COL_SPRING, COL_NIGHTS };
static const struct list_column all[] = {
	[COL_NAME] = { "name", N_("Person"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_UNIT] = { "unit", N_("Whose person"), 8, 12, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_TITLE] = { "title", N_("Position"), 8, 10, 0, 100, LIST_LEFT, LIST_CUT_END },
	[COL_PHONE] = { "phone", N_("Duty phone"), 13, 13, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_POSTS] = { "posts", N_("Posts"), 10, 16, 1, 100, LIST_LEFT, LIST_CUT_END },
	[COL_OFF] = { "off", N_("Not available"), 14, 22, 1, 0, LIST_LEFT, LIST_CUT_END },
	[COL_BAR] = { "bar", N_("What was stood"), BAR, BAR, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_WEIGHT] = { "weight", N_("Weight"), 6, 6, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[COL_WEEKDAY] = { "weekday", N_("Weekdays"), 6, 8, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[COL_WEEKEND] = { "weekend", N_("Weekends"), 6, 8, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[COL_HOLIDAY] = { "holiday", N_("Holidays"), 10, 10, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[COL_SPRING] = { "spring", N_("Spring Festival"), 6, 8, 0, 90, LIST_RIGHT, LIST_CUT_END },
	[COL_NIGHTS] = { "nights", N_("Nights"), 6, 6, 0, 0, LIST_RIGHT, LIST_CUT_END },
};
static const enum people_column phones[] = { COL_NAME, COL_UNIT, COL_TITLE, COL_PHONE, COL_POSTS,
					     COL_OFF };
static const enum people_column bars[] = { COL_NAME, COL_UNIT, COL_BAR, COL_WEIGHT, COL_WEEKDAY,
					   COL_WEEKEND, COL_HOLIDAY, COL_SPRING, COL_NIGHTS };

struct people_row {
	const struct staff *staff;
	const struct ledger_row *ledger; /* or NULL */
};
struct people_screen {
	struct app *app;
	struct list *list;
	struct list_column columns[ARRAY_LEN(all)];
	enum people_column which[ARRAY_LEN(all)];
	struct arena arena, cells;
	struct people_row *rows;
	size_t n;
	int most; /* the greatest weight */
	bool ledger, dirty;
	const struct roster_plan *plan;
	char month[ROSTER_MONTH];
};

/* ---- rows ---- */

static void take_columns(struct people_screen *view)
{
	const enum people_column *from = view->ledger ? bars : phones;
	size_t n = view->ledger ? ARRAY_LEN(bars) : ARRAY_LEN(phones);

	for (size_t i = 0; i < n; i++) {
		view->which[i] = from[i];
		view->columns[i] = all[from[i]];
	}
	list_set_columns(view->list, view->columns, (int)n);
}

static void take_ledger(struct people_screen *view)
{
	const struct roster_place *place = roster_place(view->app);
	struct ledger_row *rows = NULL;
	size_t n = 0;

	view->most = 0;
	if (!view->plan || client_ledger(view->app->client, place->org, view->plan, view->month,
					 &view->arena, &rows, &n, NULL) != ERR_OK)
		return;
	for (size_t i = 0; i < n; i++) {
		view->most = rows[i].weight > view->most ? rows[i].weight : view->most;
		for (size_t k = 0; rows[i].staff && k < view->n; k++)
			if (uuid_eq(&rows[i].staff->head.id, &view->rows[k].staff->head.id))
				view->rows[k].ledger = &rows[i];
	}
}

/* The people of the roster that was looked at; of one without a plan, all of its organisation. */
static enum err load(struct people_screen *view, struct error *err)
{
	const struct roster_place *place = roster_place(view->app);
	const struct staff **staff = NULL;
	enum err code;

	arena_reset(&view->arena);
	view->n = 0;
	month_of_day(place->day, view->month);
	view->plan = rules_plan_of(client_rules(view->app->client), place->org, place->plan);
	code = view->plan ? client_pool(view->app->client, place->org, view->plan, &view->arena,
					&staff, &view->n, err)
			  : client_staff(view->app->client, place->org, false, &view->arena, &staff,
					 &view->n, err);
	if (code != ERR_OK)
		return code;
	view->rows = arena_array(&view->arena, view->n + 1, sizeof *view->rows);
	for (size_t i = 0; i < view->n; i++)
		view->rows[i].staff = staff[i];
	take_ledger(view);
	return ERR_OK;
}

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct people_screen *view = ctx;
	bool found = want->from != LIST_AT;
	struct list_row *rows = arena_array(arena, view->n + 1, sizeof *rows);

	for (size_t i = 0; i < view->n; i++) {
		rows[i] = (struct list_row){ view->rows[i].staff->head.id, 0, &view->rows[i] };
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	}
	*ret_page = (struct list_page){ rows, (int)view->n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

/* ---- cells ---- */

/* What holds now, or begins next. */
static const struct timeoff *off_of(const struct staff *staff, int64_t now)
{
	const struct timeoff *items = staff->timeoffs.items, *next = NULL;

	for (size_t i = 0; i < staff->timeoffs.n; i++)
		if (!items[i].ended_at && items[i].to_at > now &&
		    (!next || items[i].from_at < next->from_at))
			next = &items[i];
	return next;
}

static const char *off_words(struct people_screen *view, const struct staff *staff)
{
	int offset = client_rules(view->app->client)->offset_min;
	const struct timeoff *off = off_of(staff, app_now(view->app));
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	if (!off)
		return "";
	civil_format(off->from_at, offset, "m-d", from, sizeof from);
	civil_format(off->to_at - 1, offset, "m-d", to, sizeof to);
	return arena_printf(&view->cells, "%s..%s %s", from, to, off->why ? off->why : "");
}

static const char *halves(struct people_screen *view, int n)
{
	return arena_printf(&view->cells, "%d%s", n / 2, n % 2 ? ".5" : "");
}

static const char *bar(struct people_screen *view, const struct ledger_row *row)
{
	char text[BAR + 1];
	int n = view->most > 0 ? row->weight * BAR / view->most : 0, i;

	for (i = 0; i < n && i < BAR; i++)
		text[i] = '=';
	text[i] = '\0';
	return arena_strdup(&view->cells, text);
}

static const char *ledger_cell(struct people_screen *view, const struct ledger_row *row,
			       enum people_column column)
{
	if (!row)
		return "";
	switch (column) {
	case COL_BAR:
		return bar(view, row);
	case COL_WEIGHT:
		return halves(view, row->weight);
	case COL_WEEKDAY:
		return halves(view, row->halves[DAY_WEEKDAY]);
	case COL_WEEKEND:
		return halves(view, row->halves[DAY_WEEKEND]);
	case COL_HOLIDAY:
		return halves(view, row->halves[DAY_HOLIDAY]);
	case COL_SPRING:
		return halves(view, row->halves[DAY_SPRING]);
	case COL_NIGHTS:
		return arena_printf(&view->cells, "%d", row->nights);
	case COL_NAME:
	case COL_UNIT:
	case COL_TITLE:
	case COL_PHONE:
	case COL_POSTS:
	case COL_OFF:
		break;
	}
	return "";
}

static void cell(void *ctx, const struct list_row *at, int column, struct list_cell *ret)
{
	struct people_screen *view = ctx;
	const struct people_row *row = at->data;
	const struct staff *staff = row->staff;
	const struct timeoff *off = off_of(staff, app_now(view->app));
	enum people_column which = view->which[column];

	arena_reset(&view->cells);
	ret->role = off && off->from_at <= app_now(view->app) ? ROLE_HINT : ROLE_TEXT;
	ret->text = which == COL_NAME	 ? staff->name
		    : which == COL_UNIT	 ? org_brief(client_rules(view->app->client), staff->org)
		    : which == COL_TITLE ? staff->title
		    : which == COL_PHONE ? staff->phone
		    : which == COL_POSTS ? posts_words(client_rules(view->app->client), view->plan,
						       staff->posts, &view->cells)
		    : which == COL_OFF	 ? off_words(view, staff)
					 : ledger_cell(view, row->ledger, which);
}

static const char *empty(void *ctx)
{
	const struct people_screen *view = ctx;

	return app_empty_why(view->app)
		   ? app_empty_why(view->app)
		   : _("Nobody is in the list for this roster yet. N adds a person.");
}

/* ---- selection ---- */

static const struct people_row *current(const struct people_screen *view)
{
	const struct list_row *row = list_current(view->list);

	return row ? row->data : NULL;
}

bool people_view_selected(void *state, struct selection *ret_selection)
{
	const struct people_row *row = current(state);

	ret_selection->kind = KIND_STAFF;
	if (row)
		ret_selection->id = row->staff->head.id;
	return row != NULL;
}

static void rest(struct people_screen *view)
{
	const struct people_row *row = current(view);
	struct subject subject = { .kind = KIND_STAFF };

	if (row) {
		subject.id = row->staff->head.id;
		subject.entity = row->staff;
	}
	frame_hint_subject(view->app, row ? &subject : NULL);
	view->dirty = true;
}

static unsigned reread(struct people_screen *view)
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

/* ---- life ---- */

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct people_screen *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, cell, empty };

	view->app = ui_shell(ui);
	view->ledger = *(const bool *)arg;
	view->list = list_new(view->columns, 1, &source);
	take_columns(view);
	if (load(view, err) != ERR_OK || list_home(view->list, err) != ERR_OK)
		app_failed(view->app, err);
	rest(view);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct people_screen *view = state;

	list_free(view->list);
	arena_release(&view->arena);
	arena_release(&view->cells);
	free(view);
}

static void draw_title(struct people_screen *view, struct canvas *canvas, struct area line)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct roster_place *place = roster_place(view->app);

	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_HEADING, "", PAD_RIGHT);
	canvas_textf(canvas, line.row, line.col, line.cols, ROLE_HEADING,
		     view->ledger ? _(" Ledger of duties up to %s  %s  %s: %zu people")
				  : _(" People, %s  %s  %s: %zu"),
		     view->month, org_brief(rules, place->org), view->plan ? view->plan->label : "",
		     view->n);
}

static void draw_foot(struct people_screen *view, struct canvas *canvas, struct area foot)
{
	const struct people_row *row = current(view);
	const struct timeoff *items = row ? row->staff->timeoffs.items : NULL;
	int offset = client_rules(view->app->client)->offset_min;
	struct str words = STR_INIT;

	canvas_fill(canvas, area_top(&foot, 1), '-', ROLE_FRAME);
	if (row)
		str_addf(&words, "%s  %s  %s %s", row->staff->name ? row->staff->name : "",
			 row->staff->title ? row->staff->title : "",
			 row->staff->phone ? row->staff->phone : "",
			 row->staff->phone2 ? row->staff->phone2 : "");
	canvas_pad(canvas, foot.row, foot.col, 1, ROLE_TEXT, "", PAD_RIGHT);
	canvas_pad(canvas, foot.row, foot.col + 1, foot.cols - 1, ROLE_TEXT, str_get(&words),
		   PAD_RIGHT);
	str_clear(&words);
	for (size_t i = 0; row && i < row->staff->timeoffs.n; i++) {
		char from[CIVIL_TEXT], to[CIVIL_TEXT];

		if (items[i].ended_at || items[i].to_at < app_now(view->app))
			continue;
		civil_format(items[i].from_at, offset, "m-d H:M", from, sizeof from);
		civil_format(items[i].to_at, offset, "m-d H:M", to, sizeof to);
		str_addf(&words, "%s..%s %s  ", from, to, items[i].why ? items[i].why : "");
	}
	canvas_pad(canvas, foot.row + 1, foot.col, 1, ROLE_TEXT, "", PAD_RIGHT);
	canvas_pad(canvas, foot.row + 1, foot.col + 1, foot.cols - 1, ROLE_HINT, str_get(&words),
		   PAD_RIGHT);
	str_release(&words);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool whole)
{
	struct people_screen *view = state;
	struct area title = area_top(&area, 1), foot = area_bottom(&area, FOOT);

	list_draw(view->list, canvas, area, whole);
	if (!whole && !view->dirty)
		return;
	draw_title(view, canvas, title);
	draw_foot(view, canvas, foot);
	view->dirty = false;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct people_screen *view = state;
	enum list_motion motion;

	(void)args;
	if (rows_motion(cmd, &motion)) {
		if (list_move(view->list, motion) & LIST_MOVED)
			rest(view);
		return UI_REDRAW | UI_FRAME;
	}
	switch (cmd->id) {
	case CMD_bars:
		view->ledger = !view->ledger;
		take_columns(view);
		(void)reread(view);
		return UI_REDRAW_ALL | UI_FRAME;
	case CMD_open:
		return ui_open(view->app->ui, &menu_view, NULL, 0);
	default:
		return UI_IGNORED;
	}
}

static unsigned reload(void *state)
{
	struct people_screen *view = state;
	struct uuid wanted = view->app->wanted;
	unsigned flags = reread(view);

	if (!uuid_is_nil(&wanted) && list_goto(view->list, &wanted, NULL) == ERR_OK) {
		view->app->wanted = (struct uuid){ { 0 } };
		rest(view);
	}
	return flags;
}

static const char *title(void *state)
{
	return ((const struct people_screen *)state)->ledger ? _("Ledger") : _("People");
}

const struct view_ops people_view = {
	.name = "people",
	.where = WHERE_PEOPLE,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.command = command,
	.reload = reload,
	.title = title,
};

static unsigned show(struct app *app, const char *args, bool ledger)
{
	struct error err = ERROR_INIT;

	if (roster_take_words(app, args ? args : "", &err) != ERR_OK) {
		app_failed(app, &err);
		return UI_FRAME;
	}
	return ui_open(app->ui, &people_view, &ledger, sizeof ledger) | UI_FRAME;
}

unsigned people_command(struct app *app, const char *args)
{
	return show(app, args, false);
}

unsigned ledger_command(struct app *app, const char *args)
{
	return show(app, args, true);
}
