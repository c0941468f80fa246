/* Rooms and conference lines of the profile: what is booked there in a week. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "joint_priv.h"
#include "roster_priv.h"
#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/rules.h"
#include "zhiban/model/roster_words.h"

enum { WEEK = 7 };

struct room_row {
	const struct meeting_room *room;
	const struct booking *booking; /* NULL: the heading of the room, or that it is free */
	struct uuid room_id;
};

struct rooms_screen {
	struct app *app;
	struct list *list;
	struct arena arena, cells;
	struct list_row *rows;
	size_t n;
	int32_t week; /* its Monday */
	int64_t minute;
};

enum rooms_column { COL_WHEN, COL_TITLE, COL_ORG, COL_BY };
static const struct list_column columns[] = {
	[COL_WHEN] = { "when", N_("When"), 22, 24, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_TITLE] = { "title", N_("What for"), 20, 30, 2, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	[COL_ORG] = { "org", N_("Booked for"), 10, 14, 1, 0, LIST_LEFT, LIST_CUT_END },
	[COL_BY] = { "by", N_("Booked by"), 8, 10, 0, 76, LIST_LEFT, LIST_CUT_END },
};

/* ---- rows ---- */

/* A heading for each room, below it its bookings; one that is free all week says so. */
static enum err add_room(struct rooms_screen *view, const struct meeting_room *room, int64_t from,
			 int64_t to, struct error *err)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct room *booked = NULL;
	struct uuid id = room_id(rules->centre, room->name), heading = id;
	struct room_row *row = arena_alloc(&view->arena, sizeof *row);
	enum err code = client_room(view->app->client, rules->centre, room->name, &view->arena,
				    &booked, err);

	if (code != ERR_OK)
		return code;
	heading.b[0] ^= 1;
	*row = (struct room_row){ room, NULL, id };
	view->rows[view->n++] = (struct list_row){ heading, LIST_ROW_HEADING, row };
	for (size_t i = 0; i < booked->bookings.n; i++) {
		const struct booking *booking = room_booking(booked, i);

		if (booking->to_at <= from || booking->from_at >= to)
			continue;
		row = arena_alloc(&view->arena, sizeof *row);
		*row = (struct room_row){ room, booking, id };
		view->rows[view->n++] = (struct list_row){ booking->id, 0, row };
	}
	if (view->rows[view->n - 1].flags & LIST_ROW_HEADING) {
		row = arena_alloc(&view->arena, sizeof *row);
		*row = (struct room_row){ room, NULL, id };
		view->rows[view->n++] = (struct list_row){ id, 0, row };
	}
	return ERR_OK;
}

static size_t most_rows(struct rooms_screen *view, const struct rules *rules)
{
	size_t most = 2 * rules->meetings.n_rooms + 1;
	const struct room *booked;

	for (size_t i = 0; i < rules->meetings.n_rooms; i++)
		if (client_room(view->app->client, rules->centre, rules->meetings.rooms[i].name,
				&view->arena, &booked, NULL) == ERR_OK)
			most += booked->bookings.n;
	return most;
}

static enum err load(struct rooms_screen *view, struct error *err)
{
	const struct rules *rules = client_rules(view->app->client);
	int64_t from = civil_ms_of_day(view->week, rules->offset_min);
	enum err code = ERR_OK;

	arena_reset(&view->arena);
	view->n = 0;
	view->rows = arena_array(&view->arena, most_rows(view, rules), sizeof *view->rows);
	for (size_t i = 0; i < rules->meetings.n_rooms && code == ERR_OK; i++)
		code = add_room(view, &rules->meetings.rooms[i], from, from + WEEK * DAY_MS, err);
	return code;
}

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct rooms_screen *view = ctx;
	struct list_row *rows = arena_array(arena, view->n + 1, sizeof *rows);
	bool found = want->from != LIST_AT;

	for (size_t i = 0; i < view->n; i++) {
		rows[i] = view->rows[i];
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	}
	*ret_page = (struct list_page){ rows, (int)view->n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

static const char *room_words(struct rooms_screen *view, const struct meeting_room *room)
{
	struct str text = STR_INIT;
	const char *words;

	str_add(&text, room->name);
	if (room->seats)
		str_addf(&text, _("  %d seats"), room->seats);
	if (room->line)
		str_addf(&text, _("  line %s"), room->line);
	words = arena_strdup(&view->cells, str_get(&text));
	str_release(&text);
	return words;
}

static void cell(void *ctx, const struct list_row *at, int column, struct list_cell *ret)
{
	struct rooms_screen *view = ctx;
	const struct rules *rules = client_rules(view->app->client);
	const struct room_row *row = at->data;
	const struct booking *booking = row->booking;

	arena_reset(&view->cells);
	ret->text = "";
	ret->role = at->flags & LIST_ROW_HEADING ? ROLE_HEADING : ROLE_TEXT;
	if (at->flags & LIST_ROW_HEADING) {
		ret->text = column == 0 ? room_words(view, row->room) : "";
		return;
	}
	if (!booking) {
		ret->text = column == COL_WHEN ? _("free all week") : "";
		ret->role = ROLE_HINT;
		return;
	}
	switch ((enum rooms_column)column) {
	case COL_WHEN:
		ret->text = joint_when(rules, booking->from_at, booking->to_at, &view->cells);
		if (booking->to_at <= app_now(view->app))
			ret->role = ROLE_HINT;
		break;
	case COL_TITLE:
		ret->text = booking->title;
		break;
	case COL_ORG:
		ret->text = org_brief(rules, booking->org);
		break;
	case COL_BY:
		ret->text = booking->by ? booking->by : "";
		break;
	}
}

static const char *empty(void *ctx)
{
	const struct rooms_screen *view = ctx;

	return app_empty_why(view->app) ? app_empty_why(view->app)
					: _("This district's profile names no room.");
}

bool rooms_view_selected(void *state, struct selection *ret_selection)
{
	const struct rooms_screen *view = state;
	const struct list_row *row = list_current(view->list);

	ret_selection->kind = KIND_ROOM;
	if (row)
		ret_selection->id = ((const struct room_row *)row->data)->room_id;
	return row != NULL;
}

/* ---- life ---- */

static unsigned reread(struct rooms_screen *view, bool home)
{
	struct error err = ERROR_INIT;
	enum err code = load(view, &err);

	if (code == ERR_OK)
		code = home ? list_home(view->list, &err) : list_reload(view->list, &err);
	if (code != ERR_OK)
		app_failed(view->app, &err);
	list_touch(view->list);
	frame_hint_subject(view->app, NULL);
	return UI_REDRAW_ALL | UI_FRAME;
}

static void close_view(void *state)
{
	struct rooms_screen *view = state;

	list_free(view->list);
	arena_release(&view->arena);
	arena_release(&view->cells);
	free(view);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct rooms_screen *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, cell, empty };

	(void)arg;
	(void)err;
	view->app = ui_shell(ui);
	view->week = week_of_day(civil_day_of_ms(app_now(view->app),
						 client_rules(view->app->client)->offset_min));
	view->list = list_new(columns, ARRAY_LEN(columns), &source);
	(void)reread(view, true);
	*ret_state = view;
	return ERR_OK;
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct rooms_screen *view = state;
	const struct rules *rules = client_rules(view->app->client);
	struct area title = area_top(&area, 1);
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	civil_format(civil_ms_of_day(view->week, rules->offset_min), rules->offset_min, "Y-m-d", from,
		     sizeof from);
	civil_format(civil_ms_of_day(view->week + WEEK - 1, rules->offset_min), rules->offset_min,
		     "m-d", to, sizeof to);
	list_draw(view->list, canvas, area, all);
	canvas_pad(canvas, title.row, title.col, title.cols, ROLE_HEADING, "", PAD_RIGHT);
	canvas_textf(canvas, title.row, title.col, title.cols, ROLE_HEADING,
		     _(" Rooms  %s to %s  (< > other weeks)"), from, to);
}

/* ---- booking ---- */

static unsigned book(struct rooms_screen *view)
{
	struct app *app = view->app;
	const struct list_row *at = list_current(view->list);

	act_preset_begin(app, act_desc_of(KIND_ROOM, "book"), NULL);
	if (at)
		act_preset_text(app, "room_name", ((const struct room_row *)at->data)->room->name);
	if (at)
		act_preset_what(app, ((const struct room_row *)at->data)->room->name);
	return act_preset_go(app, true);
}

static unsigned unbook(struct rooms_screen *view)
{
	struct app *app = view->app;
	const struct list_row *at = list_current(view->list);
	const struct room_row *row = at ? at->data : NULL;
	struct selection target = { .kind = KIND_ROOM };
	char id[UUID_TEXT];

	if (!row || !row->booking) {
		app_notice(app, ROLE_HINT, _("nothing is booked there"));
		return UI_FRAME;
	}
	if (row->booking->meeting) {
		app_notice(app, ROLE_HINT,
			   _("a meeting has it: another time or room frees it (5, then f)"));
		return UI_FRAME;
	}
	target.id = row->room_id;
	uuid_text(&row->booking->id, id);
	act_preset_begin(app, act_desc_of(KIND_ROOM, "free"), &target);
	act_preset_text(app, "booking", id);
	act_preset_what(app, row->booking->title);
	return act_preset_go(app, true);
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct rooms_screen *view = state;
	const struct list_row *row = list_current(view->list);
	const struct booking *booking = row ? ((const struct room_row *)row->data)->booking : NULL;
	enum list_motion motion;
	struct uuid id;

	(void)args;
	if (rows_motion(cmd, &motion)) {
		list_move(view->list, motion);
		return UI_REDRAW | UI_FRAME;
	}
	switch (cmd->id) {
	case CMD_dayback:
	case CMD_dayon:
		view->week += cmd->id == CMD_dayon ? WEEK : -WEEK;
		return reread(view, true);
	case CMD_book:
		return book(view);
	case CMD_free:
		return unbook(view);
	case CMD_open:
		return booking && booking->meeting && uuid_parse(booking->meeting, &id) == ERR_OK
			       ? ui_open(view->app->ui, &meeting_view, &id, sizeof id)
			       : UI_NOTHING;
	case CMD_escape:
		return UI_CLOSE | UI_FRAME;
	default:
		return UI_IGNORED;
	}
}

static unsigned reload(void *state)
{
	return reread(state, false);
}

static unsigned tick(void *state, int64_t now)
{
	struct rooms_screen *view = state;

	(void)now;
	if (view->minute == view->app->minute)
		return UI_NOTHING;
	view->minute = view->app->minute;
	return reread(view, false);
}

static const char *title(void *state)
{
	(void)state;
	return _("Rooms");
}

const struct view_ops rooms_view = {
	.name = "rooms",
	.where = WHERE_ROOMS,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};

unsigned rooms_command(struct app *app, const char *args)
{
	(void)args;
	return ui_switch(app->ui, &rooms_view, NULL, 0) | UI_FRAME;
}
