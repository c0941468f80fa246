/* The finder of slots on the screen: the best, the table of the day (of several where there is
 * room), and below what is to be said of where the cursor is. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "slots_screen_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/model/meeting_calendar.h"
#include "zhiban/model/roster_words.h"

enum {
	FOOT_ROWS = 3,
	HEAD_ROWS = 2,
	DAY_COLS = 11,
	ROOMY = 16,
	LABEL = 15,
	ROLE_COLS = 5,
	GUTTER = 1,
	HALF_MIN = 30
};

struct table { /* being drawn */
	struct slots_screen *view;
	struct canvas *canvas;
	struct area area;
	struct arena arena;
	int cell;        /* columns of a half hour */
	size_t first, n; /* days that are shown */
	int label;
};

/* Days side by side, as many as fit, the cursor's among them. */
static void lay_out(struct table *table)
{
	const struct slots_screen *view = table->view;
	int left;

	table->label = GUTTER + LABEL + ROLE_COLS + (table->area.cols >= 120 ? 6 : 0);
	left = table->area.cols - table->label;
	/* a narrow cell when two days have room then */
	table->cell = 3 * view->n_halves <= left && left < 2 * (2 * view->n_halves + 1) ? 3 : 2;
	table->n = (size_t)(left / (table->cell * view->n_halves + 1));
	if (table->n < 1)
		table->n = 1;
	if (table->n > view->n_days)
		table->n = view->n_days;
	table->first = view->day / table->n * table->n;
	if (table->first + table->n > view->n_days)
		table->first = view->n_days - table->n;
}

static int column_of(const struct table *table, size_t day, int half)
{
	return table->area.col + table->label +
	       (int)(day - table->first) * (table->cell * table->view->n_halves + 1) +
	       (half - table->view->first_half) * table->cell;
}

static bool is_working(const struct slots *slots, int64_t at)
{
	for (size_t i = 0; i < slots->problem.n_windows; i++)
		if (slots->problem.windows[i].from < at + HALF_MIN * MINUTE_MS &&
		    slots->problem.windows[i].to > at)
			return true;
	return false;
}

/* ---- above: what is looked for, and the best ---- */

static void draw_title(struct slots_screen *view, struct canvas *canvas, struct area line,
		       struct arena *arena)
{
	const struct slots *slots = &view->slots;
	const struct rules *rules = client_rules(view->app->client);
	struct str left = STR_INIT;
	const char *right;
	int width;

	str_addf(&left, _(" When: %s  %d min  %zu attend, %zu must"), slots->title,
		 slots->length_min, slots->problem.n_people, slots->must);
	if (slots->problem.quorum > 0)
		str_addf(&left, _("  quorum %zu"), slots->problem.quorum);
	if (slots->meeting == NULL)
		str_addf(&left, _(", %zu items"), slots->n_items);
	if (slots->meeting != NULL && slots->meeting->starts > 0)
		right = arena_printf(arena, _("now %s %s "),
				     slots_day(rules, slots->meeting->starts, arena),
				     calendar_hour(rules, slots->meeting->starts, arena));
	else
		right = arena_printf(arena, "%s ", slots_since_words(rules, slots, arena));
	width = text_columns(right);
	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_TITLE, "", PAD_RIGHT);
	canvas_pad(canvas, line.row, line.col, line.cols - width, ROLE_TITLE, str_get(&left),
		   PAD_MIDDLE);
	canvas_text(canvas, line.row, line.col + line.cols - width, width, ROLE_HINT, right);
	str_release(&left);
}

static void draw_one(struct slots_screen *view, size_t i, struct canvas *canvas, struct area line,
		     struct arena *arena)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct slot *slot = &view->slots.best[i];
	bool here = slot->starts == slots_cursor(view);
	struct str words = STR_INIT;
	struct slot same;

	(void)slots_judge(&view->slots, slot->starts, arena, &same, &words);
	canvas_pad(canvas, line.row, line.col, GUTTER, ROLE_LIST_SELECTED, here ? ">" : "",
		   PAD_RIGHT);
	line.col += GUTTER;
	line.cols -= GUTTER;
	canvas_pad(
	    canvas, line.row, line.col, line.cols, slot->n_missing == 0 ? ROLE_GOOD : ROLE_TEXT,
	    arena_printf(arena, "%zu  %s %s  %s  %s", i + 1, slots_day(rules, slot->starts, arena),
			 slots_hours(rules, slot, arena), slots_room_name(&view->slots, slot),
			 str_get(&words)),
	    PAD_RIGHT);
	str_release(&words);
}

/* Three lines, also when there is none: who stands in the way then. */
static void draw_best(struct slots_screen *view, struct canvas *canvas, struct area area,
		      struct arena *arena)
{
	const struct slots *slots = &view->slots;

	canvas_erase(canvas, area);
	for (size_t i = 0; i < slots->n_best && (int)i < area.rows; i++)
		draw_one(view, i, canvas, (struct area){area.row + (int)i, area.col, 1, area.cols},
			 arena);
	if (slots->n_best > 0)
		return;
	canvas_pad(canvas, area.row, area.col + 1, area.cols - 1, ROLE_WARNING,
		   slots_none_words(slots, arena), PAD_RIGHT);
	for (int i = 1; i < area.rows && (size_t)i <= slots->n_blockers; i++)
		canvas_pad(canvas, area.row + i, area.col + 3, area.cols - 3, ROLE_TEXT,
			   slots_blocker_words(slots, &slots->blockers[i - 1], arena), PAD_RIGHT);
}

/* ---- the table ---- */

/* Where the best begin and how long they last, and the slot under the cursor. */
static const char *ruler_at(const struct table *table, int64_t at, enum role *ret_role)
{
	const struct slots_screen *view = table->view;
	const struct slots *slots = &view->slots;
	int64_t cursor = slots_cursor(view);
	const char *text = "";

	*ret_role = ROLE_HINT;
	for (size_t i = slots->n_best; i-- > 0;)
		if (at >= slots->best[i].starts && at < slots->best[i].ends)
			text = at == slots->best[i].starts
				   ? arena_printf((struct arena *)&table->arena, "%zu", i + 1)
				   : (*text != '\0' ? text : "---");
	if (at < cursor || at >= cursor + slots->problem.length)
		return text;
	*ret_role = ROLE_LIST_SELECTED;
	return arena_printf((struct arena *)&table->arena, "%s%s",
			    *text != '\0' && *text != '-' ? text : "=", "==");
}

static void draw_heads(struct table *table, struct area line)
{
	struct slots_screen *view = table->view;
	const struct rules *rules = client_rules(view->app->client);

	canvas_erase(table->canvas, (struct area){line.row, line.col, HEAD_ROWS, line.cols});
	for (size_t d = table->first; d < table->first + table->n; d++) {
		int64_t midnight = slots_at(view, d, 0);

		if (table->n > 1 || table->first == d)
			canvas_pad(table->canvas, line.row,
				   table->n > 1 ? column_of(table, d, view->first_half)
						: line.col + 1,
				   DAY_COLS, d == view->day ? ROLE_TITLE : ROLE_HEADING,
				   slots_day(rules, midnight, &table->arena), PAD_RIGHT);
		for (int h = view->first_half; h < view->first_half + view->n_halves; h++) {
			int col = column_of(table, d, h);
			int64_t at = slots_at(view, d, h);
			enum role role;
			const char *text = ruler_at(table, at, &role);

			if (h % 2 == 0 &&
			    (table->n == 1 || (h - view->first_half) * table->cell > DAY_COLS))
				canvas_pad(table->canvas, line.row, col, 2, ROLE_HEADING,
					   arena_printf(&table->arena, "%02d", h / 2), PAD_RIGHT);
			canvas_pad(table->canvas, line.row + 1, col, table->cell, role, text,
				   PAD_RIGHT);
		}
	}
}

static void draw_cell(struct table *table, const struct slots_person *person, bool here, size_t day,
		      int half, int row)
{
	struct slots_screen *view = table->view;
	int64_t at = slots_at(view, day, half), cursor = slots_cursor(view);
	const struct busy *busy =
	    slots_busy_at(person->busy, person->n_busy, at, at + HALF_MIN * MINUTE_MS);
	bool inside = at >= cursor && at < cursor + view->slots.problem.length;
	const char *text = !is_working(&view->slots, at) ? ""
			   : busy == NULL                ? "."
			   : !busy->doubt                ? slots_sign(busy->sort)
			   : table->cell > 2
			       ? arena_printf(&table->arena, "%s?", slots_sign(busy->sort))
			       : "?";
	enum role role = person->at == SIZE_MAX ? ROLE_HINT
			 : busy == NULL         ? (inside && here ? ROLE_GOOD : ROLE_HINT)
			 : busy->doubt          ? ROLE_TEXT
			 : person->must         ? ROLE_GAP
						: ROLE_WARNING;

	canvas_pad(table->canvas, row, column_of(table, day, half), table->cell, role, text,
		   PAD_RIGHT);
}

static const char *attends_as(const struct slots_person *person)
{
	if (person->excused)
		return _("let off");
	if (person->out)
		return _("w/o");
	/* TRANSLATORS: at most four columns each: 主持 必到 列席 记录 */
	switch (person->role) {
	case ATTEND_CHAIR:
		return _("chr");
	case ATTEND_MUST:
		return _("must");
	case ATTEND_SECRETARY:
		return _("sec");
	case ATTEND_MAY:
	case ATTEND_ROLES:
		break;
	}
	return _("opt");
}

static void draw_person(struct table *table, size_t i, int row)
{
	struct slots_screen *view = table->view;
	const struct slots_person *person = &view->slots.people[i];
	bool here = i == view->row;

	canvas_pad(table->canvas, row, table->area.col, table->area.cols, ROLE_TEXT, "", PAD_RIGHT);
	canvas_pad(table->canvas, row, table->area.col, GUTTER, ROLE_LIST_SELECTED, here ? ">" : "",
		   PAD_RIGHT);
	canvas_pad(table->canvas, row, table->area.col + GUTTER,
		   table->label - GUTTER - ROLE_COLS - 1,
		   person->at == SIZE_MAX ? ROLE_HINT
		   : here                 ? ROLE_LIST_SELECTED
					  : ROLE_TEXT,
		   person->label, PAD_MIDDLE);
	canvas_pad(table->canvas, row, table->area.col + table->label - ROLE_COLS, ROLE_COLS,
		   person->must ? ROLE_LABEL : ROLE_HINT, attends_as(person), PAD_RIGHT);
	for (size_t d = table->first; d < table->first + table->n; d++)
		for (int h = view->first_half; h < view->first_half + view->n_halves; h++)
			draw_cell(table, person, here, d, h, row);
}

/* How many rooms are free. */
static void draw_rooms(struct table *table, int row)
{
	struct slots_screen *view = table->view;
	const struct slots *slots = &view->slots;

	canvas_pad(table->canvas, row, table->area.col, table->area.cols, ROLE_TEXT, "", PAD_RIGHT);
	canvas_pad(table->canvas, row, table->area.col + GUTTER, table->label - GUTTER, ROLE_LABEL,
		   slots->problem.n_rooms > 0 ? _("rooms that are free")
					      : _("no room is asked for"),
		   PAD_RIGHT);
	for (size_t d = table->first; slots->problem.n_rooms > 0 && d < table->first + table->n;
	     d++)
		for (int h = view->first_half; h < view->first_half + view->n_halves; h++) {
			int64_t at = slots_at(view, d, h);
			size_t n = slots_rooms_free(slots, at, at + HALF_MIN * MINUTE_MS);

			if (is_working(slots, at))
				canvas_pad(table->canvas, row, column_of(table, d, h), table->cell,
					   n > 0 ? ROLE_HINT : ROLE_GAP,
					   arena_printf(&table->arena, "%zu", n), PAD_RIGHT);
		}
}

static void draw_table(struct table *table)
{
	struct slots_screen *view = table->view;
	int rows, n = (int)view->slots.n_people;
	struct area last;

	draw_heads(table, area_top(&table->area, HEAD_ROWS));
	last = area_bottom(&table->area, 1);
	rows = table->area.rows;
	if ((int)view->row < view->top)
		view->top = (int)view->row;
	if ((int)view->row >= view->top + rows)
		view->top = (int)view->row - rows + 1;
	if (view->top > n - rows)
		view->top = n > rows ? n - rows : 0;
	for (int i = 0; i < rows; i++) {
		if (view->top + i < n)
			draw_person(table, (size_t)(view->top + i), table->area.row + i);
		else
			canvas_erase(table->canvas,
				     (struct area){table->area.row + i, table->area.col, 1,
						   table->area.cols});
	}
	draw_rooms(table, last.row);
}

/* ---- below ---- */

/* What stands against him in the slot, else from the half hour on. */
static void person_words(struct slots_screen *view, struct str *out)
{
	const struct slots_person *person = &view->slots.people[view->row];
	const struct rules *rules = client_rules(view->app->client);
	int64_t at = slots_cursor(view);
	const struct busy *busy =
	    slots_busy_at(person->busy, person->n_busy, at, at + view->slots.problem.length);
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	str_addf(out, " %s  ", person->label);
	if (person->excused || person->answer != ANSWERS)
		str_addf(out, "%s  ", attendee_answer_label(person->answer));
	if (busy == NULL) {
		str_add(out, person->name != NULL ? _("free") : _("free: no other meeting"));
		return;
	}
	civil_format(busy->from, rules->offset_min, "m-d H:M", from, sizeof from);
	civil_format(busy->to, rules->offset_min, "m-d H:M", to, sizeof to);
	str_addf(out, "%s %s - %s", busy_sort_label(busy->sort), from, to);
	if (busy->words != NULL)
		str_addf(out, "  %s", busy->words);
	if (busy->doubt)
		str_addf(out, "  (%s)", _("can come all the same"));
}

static void draw_foot(struct slots_screen *view, struct canvas *canvas, struct area area,
		      struct arena *arena)
{
	const struct rules *rules = client_rules(view->app->client);
	struct str words = STR_INIT;
	struct slot slot = {.starts = slots_cursor(view),
			    .ends = slots_cursor(view) + view->slots.problem.length};
	bool ok;

	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	ok = slots_judge(&view->slots, slot.starts, arena, &slot, &words);
	canvas_pad(canvas, area.row, area.col, area.cols, ok ? ROLE_TEXT : ROLE_GAP,
		   arena_printf(arena, " %s %s  %s%s%s%s", slots_day(rules, slot.starts, arena),
				slots_hours(rules, &slot, arena),
				ok ? slots_room_name(&view->slots, &slot) : _("not then"),
				ok && *slots_room_name(&view->slots, &slot) == '\0' ? "" : "  ",
				ok ? "" : "", str_get(&words)),
		   PAD_RIGHT);
	str_clear(&words);
	person_words(view, &words);
	canvas_pad(canvas, area.row + 1, area.col, area.cols, ROLE_HINT, str_get(&words),
		   PAD_RIGHT);
	str_release(&words);
}

static void draw_empty(struct slots_screen *view, struct canvas *canvas, struct area area)
{
	const char *why = app_empty_why(view->app) ? app_empty_why(view->app)
			  : !view->has             ? view->why
						   : _("No working day lies in that time.");
	int width = text_columns(why);

	canvas_erase(canvas, area);
	canvas_text(canvas, area.row + area.rows / 2,
		    area.col + (width < area.cols ? (area.cols - width) / 2 : 0), area.cols,
		    ROLE_HINT, why);
}

void slots_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct slots_screen *view = state;
	struct table table = {.view = view, .canvas = canvas};
	struct area foot;

	(void)all;
	if (!view->has || view->n_days == 0) {
		canvas_pad(canvas, area.row, area.col, area.cols, ROLE_TITLE, _(" When"),
			   PAD_RIGHT);
		(void)area_top(&area, 1);
		draw_empty(view, canvas, area);
		return;
	}
	draw_title(view, canvas, area_top(&area, 1), &table.arena);
	draw_best(view, canvas, area_top(&area, area.rows >= ROOMY ? SLOTS_BEST : 1), &table.arena);
	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	foot = area_bottom(&area, FOOT_ROWS);
	table.area = area;
	lay_out(&table);
	draw_table(&table);
	draw_foot(view, canvas, foot, &table.arena);
	arena_release(&table.arena);
}
