/* The roster's screen: a month of seats, or a week with whole names; the cursor goes over the cells. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "roster_priv.h"
#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/meeting_calendar.h"

/* ---- where one is ---- */

struct roster_screen *roster_screen(const struct app *app)
{
	return ui_top(app->ui) == &roster_view ? ui_top_state(app->ui) : NULL;
}

const struct grid_cell *roster_cell(const struct roster_screen *view)
{
	const struct grid_cell *cell;

	if (!view->grid.n_rows || !view->grid.n_days)
		return NULL;
	cell = grid_cell(&view->grid, view->row, view->day);
	return cell->seat ? cell : NULL;
}

struct uuid roster_screen_id(const struct roster_screen *view, int32_t day)
{
	char month[ROSTER_MONTH];

	month_of_day(day, month);
	return roster_id(view->place->org, view->plan->code, month);
}

void roster_marked(const struct roster_screen *view, size_t *ret_first, size_t *ret_last)
{
	size_t anchor = view->anchor ? grid_day_find(&view->grid, view->anchor) : view->day;

	if (anchor == view->grid.n_days)
		anchor = view->day;
	*ret_first = anchor < view->day ? anchor : view->day;
	*ret_last = anchor < view->day ? view->day : anchor;
}

static void remember(struct roster_screen *view)
{
	const struct grid_row *row = &view->grid.rows[view->row];

	if (view->grid.n_days)
		view->place->day = view->grid.days[view->day].day;
	if (!view->grid.n_rows)
		return;
	snprintf(view->place->shift, sizeof view->place->shift, "%s", row->shift);
	snprintf(view->place->post, sizeof view->place->post, "%s", row->post);
	view->place->seat = row->seat;
}

/* ---- reading ---- */

static void take_span(struct roster_screen *view)
{
	month_of_day(view->place->day, view->month);
	if (view->place->week) {
		view->from = week_of_day(view->place->day);
		view->to = view->from + 7;
	} else if (!month_days(view->month, &view->from, &view->to)) {
		view->from = view->to = view->place->day;
	}
}

static void find_cursor(struct roster_screen *view)
{
	view->day = grid_day_find(&view->grid, view->place->day);
	if (view->day == view->grid.n_days)
		view->day = 0;
	view->row = grid_row_find(&view->grid, view->place->shift, view->place->post,
				  view->place->seat);
	if (view->row == view->grid.n_rows)
		view->row = 0;
}

/* Who has to sit in a meeting then; without the meetings there is no such mark. */
static void mark_meetings(struct roster_screen *view)
{
	const struct rules *rules = client_rules(view->app->client);
	struct client_meeting *meetings;
	size_t n;

	/* a night reaches into the day behind */
	if (client_meetings_between(view->app->client, civil_ms_of_day(view->from, rules->offset_min),
				    civil_ms_of_day(view->to + 1, rules->offset_min), &view->arena,
				    &meetings, &n, NULL) == ERR_OK)
		roster_grid_meetings(rules, &view->grid, meetings, n, &view->arena);
}

static enum err load(struct roster_screen *view, struct error *err)
{
	struct app *app = view->app;
	const struct rules *rules = client_rules(app->client);
	const struct swap **swaps;
	struct client_roster roster;
	struct uuid id;
	enum err code;

	arena_reset(&view->arena);
	view->grid = (struct roster_grid){ .n_rows = 0 };
	view->n_swaps = 0;
	view->roster = NULL;
	view->plan = rules_plan_of(rules, view->place->org, view->place->plan);
	take_span(view);
	if (!view->plan)
		return ERR_OK;
	code = client_roster_view(app->client, view->place->org, view->plan, view->from, view->to,
				  &view->arena, &view->view, err);
	if (code == ERR_OK)
		code = client_swaps(app->client, 0, &view->arena, &view->swaps, &view->n_swaps, err);
	if (code != ERR_OK)
		return code;
	swaps = arena_array(&view->arena, view->n_swaps + 1, sizeof *swaps);
	for (size_t i = 0; i < view->n_swaps; i++)
		swaps[i] = view->swaps[i].swap;
	roster_grid_make(&view->view, view->from, view->to, swaps, view->n_swaps, app_now(app),
			 &view->arena, &view->grid);
	mark_meetings(view);
	id = roster_screen_id(view, view->place->day);
	if (client_roster_get(app->client, &id, &view->arena, &roster, NULL) == ERR_OK) {
		view->roster = roster.roster;
		view->marks = roster.marks;
	}
	find_cursor(view);
	return ERR_OK;
}

static void hint(struct roster_screen *view)
{
	struct selection selection = { .kind = KIND_ROSTER };
	struct subject subject = { .kind = KIND_ROSTER };

	if (!roster_view_selected(view, &selection)) {
		frame_hint_subject(view->app, NULL);
		return;
	}
	subject.id = selection.id;
	subject.entity = roster_cell(view)->roster;
	subject_turn(&subject, &selection.turn);
	frame_hint_subject(view->app, &subject);
}

unsigned roster_reread(struct roster_screen *view)
{
	struct error err = ERROR_INIT;

	if (load(view, &err) != ERR_OK)
		app_failed(view->app, &err);
	hint(view);
	return UI_REDRAW | UI_FRAME;
}

bool roster_view_selected(void *state, struct selection *ret_selection)
{
	const struct roster_screen *view = state;
	const struct grid_cell *cell = view->plan ? roster_cell(view) : NULL;

	if (!cell)
		return false;
	*ret_selection = (struct selection){ .kind = KIND_ROSTER };
	ret_selection->id = roster_screen_id(view, view->grid.days[view->day].day);
	if (cell->turn) {
		ret_selection->id = cell->roster->head.id;
		ret_selection->turn = cell->turn->id;
	}
	return true;
}

/* ---- moving ---- */

static unsigned moved(struct roster_screen *view)
{
	char month[ROSTER_MONTH];

	remember(view);
	month_of_day(view->place->day, month);
	if (strcmp(month, view->month) != 0 && view->place->week)
		return roster_reread(view);
	hint(view);
	return UI_REDRAW;
}

unsigned roster_goto(struct roster_screen *view, int32_t day, const char *shift, const char *post,
		     int seat)
{
	struct civil civil;

	civil_of_day(day, &civil);
	if (civil.year < 1901 || civil.year > 9998)
		return UI_NOTHING;
	view->place->day = day;
	if (shift && post) {
		snprintf(view->place->shift, sizeof view->place->shift, "%s", shift);
		snprintf(view->place->post, sizeof view->place->post, "%s", post);
		view->place->seat = seat;
	}
	if (day >= view->from && day < view->to) {
		find_cursor(view);
		return moved(view);
	}
	view->anchor = 0;
	return roster_reread(view);
}

static unsigned step_day(struct roster_screen *view, int by)
{
	return roster_goto(view, view->place->day + by, NULL, NULL, 0);
}

/* Over the rows; below the last of a block stands the first of the next one, some days later. */
static unsigned step_row(struct roster_screen *view, int by)
{
	struct area body = { 0, 0, 0, canvas_cols(ui_canvas(view->app->ui)) };
	struct grid_layout layout = roster_layout(view, body.cols);
	size_t row = view->row + (size_t)by;
	int32_t day;

	if (row < view->grid.n_rows) {
		view->row = row;
		return moved(view);
	}
	day = view->place->day + by * layout.days;
	if (view->place->week || day < view->from || day >= view->to || !view->grid.n_rows)
		return UI_NOTHING;
	view->row = by > 0 ? 0 : view->grid.n_rows - 1;
	remember(view);
	return roster_goto(view, day, NULL, NULL, 0);
}

static unsigned step_span(struct roster_screen *view, int by)
{
	struct civil civil;
	int days, month;

	if (view->place->week)
		return step_day(view, 7 * by);
	civil_of_day(view->place->day, &civil);
	month = civil.year * 12 + civil.month - 1 + by;
	for (days = civil.day; days > 28 && !civil_valid(month / 12, month % 12 + 1, days); days--)
		;
	return roster_goto(view, civil_day(month / 12, month % 12 + 1, days), NULL, NULL, 0);
}

static unsigned motion_of(struct roster_screen *view, enum list_motion motion)
{
	switch (motion) {
	case LIST_UP:
		return step_row(view, -1);
	case LIST_DOWN:
		return step_row(view, 1);
	case LIST_PAGE_UP:
		return step_day(view, -7);
	case LIST_PAGE_DOWN:
		return step_day(view, 7);
	case LIST_TOP:
		return roster_goto(view, view->from, NULL, NULL, 0);
	case LIST_END:
		return roster_goto(view, view->to - 1, NULL, NULL, 0);
	}
	return UI_NOTHING;
}

static bool take_now(struct roster_screen *view)
{
	size_t row, day;

	if (!grid_now(&view->grid, &row, &day))
		return false;
	view->row = row;
	view->day = day;
	remember(view);
	return true;
}

/* The night's shift is that of the day before, perhaps of another week or month. */
static unsigned go_today(struct roster_screen *view)
{
	int32_t today =
	    civil_day_of_ms(app_now(view->app), client_rules(view->app->client)->offset_min);
	unsigned flags = roster_goto(view, today, NULL, NULL, 0);

	if (take_now(view))
		return flags | moved(view);
	flags |= roster_goto(view, today - 1, NULL, NULL, 0);
	if (take_now(view))
		return flags | moved(view);
	return flags | roster_goto(view, today, NULL, NULL, 0);
}

static unsigned go_wrong(struct roster_screen *view, int step)
{
	size_t row = view->row, day = view->day;

	if (!grid_next_wrong(&view->grid, step, &row, &day)) {
		app_notice(view->app, ROLE_HINT, step > 0 ? _("nothing is wrong behind here")
							  : _("nothing is wrong before here"));
		return UI_FRAME;
	}
	view->row = row;
	view->day = day;
	return moved(view);
}

/* ---- commands ---- */

static unsigned escape(struct roster_screen *view)
{
	if (!view->anchor)
		return UI_NOTHING;
	view->anchor = 0;
	return UI_REDRAW;
}

static unsigned mark_days(struct roster_screen *view)
{
	view->anchor = view->anchor ? 0 : view->place->day;
	return UI_REDRAW;
}

static unsigned turn_week(struct roster_screen *view)
{
	view->place->week = !view->place->week;
	view->anchor = 0;
	view->top = 0;
	(void)roster_reread(view);
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned swap_it(struct roster_screen *view)
{
	const struct grid_cell *cell = roster_cell(view);

	if (!cell || !cell->turn) {
		app_notice(view->app, ROLE_HINT, _("nobody stands in that seat"));
		return UI_FRAME;
	}
	return ui_open(view->app->ui, &partner_view, NULL, 0);
}

static const struct {
	enum cmd cmd;
	int by;
	unsigned (*run)(struct roster_screen *view, int by);
} steps[] = {
	{ CMD_daybefore, -1, step_day }, { CMD_dayafter, 1, step_day },
	{ CMD_monthback, -1, step_span }, { CMD_monthon, 1, step_span },
	{ CMD_nextgap, 1, go_wrong },	  { CMD_prevgap, -1, go_wrong },
};
static const struct {
	enum cmd cmd;
	unsigned (*run)(struct roster_screen *view);
} runs[] = {
	{ CMD_today, go_today },	    { CMD_week, turn_week },	{ CMD_days, mark_days },
	{ CMD_escape, escape },		    { CMD_filldown, seat_fill_down },
	{ CMD_copyweek, week_copy }, { CMD_pasteweek, week_paste },
	{ CMD_fix_seat, seat_fix },  { CMD_file, week_file },
	{ CMD_chase, week_chase },	    { CMD_swap, swap_it },
};

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct roster_screen *view = state;
	struct app *app = view->app;
	enum list_motion motion;

	if (!view->plan && cmd->id != CMD_whose)
		return UI_IGNORED;
	if (rows_motion(cmd, &motion))
		return motion_of(view, motion);
	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		if ((int)steps[i].cmd == cmd->id)
			return steps[i].run(view, steps[i].by);
	for (size_t i = 0; i < ARRAY_LEN(runs); i++)
		if ((int)runs[i].cmd == cmd->id)
			return runs[i].run(view);
	switch (cmd->id) {
	case CMD_open:
	case CMD_seat:
		return roster_ask_who(view, STAND_SEAT);
	case CMD_vacate:
		return seat_put(view, NULL);
	case CMD_cover:
		return roster_ask_who(view, STAND_COVER);
	case CMD_takeover:
		return roster_ask_who(view, STAND_TAKEOVER);
	case CMD_allow:
	case CMD_move:
		return seat_act(view, command_act(cmd), NULL);
	case CMD_build:
		return ui_open(app->ui, &build_view, NULL, 0);
	case CMD_findings:
		return ui_open(app->ui, &findings_view, NULL, 0);
	case CMD_undo:
		return seat_undo(app);
	case CMD_whose:
		if (args && *args)
			return roster_command(app, args);
		return ui_open(app->ui, &org_view, NULL, 0);
	default:
		return UI_IGNORED;
	}
}

/* ---- life ---- */

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct roster_screen *view = mem_alloc(sizeof *view);

	(void)arg;
	view->app = ui_shell(ui);
	view->place = roster_place(view->app);
	if (load(view, err) != ERR_OK)
		app_failed(view->app, err);
	if (view->place->fresh && view->plan)
		(void)go_today(view);
	view->place->fresh = false;
	hint(view);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct roster_screen *view = state;

	arena_release(&view->arena);
	free(view);
}

static unsigned reload(void *state)
{
	return roster_reread(state);
}

static unsigned tick(void *state, int64_t now)
{
	struct roster_screen *view = state;

	(void)now;
	if (view->minute == view->app->minute)
		return UI_NOTHING;
	view->minute = view->app->minute;
	return roster_reread(view);
}

static const char *title(void *state)
{
	(void)state;
	return _("Roster");
}

const struct view_ops roster_view = {
	.name = "roster",
	.where = WHERE_ROSTER,
	.open = open_view,
	.close = close_view,
	.draw = roster_draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
