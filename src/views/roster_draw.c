/* The roster on the screen: weeks below each other, seats down, days across; below, what is to be
 * said of the seat under the cursor. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "roster_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { FOOT_ROWS = 3, MARK = 1 };

struct grid_layout roster_layout(const struct roster_screen *view, int columns)
{
	return view->place->week ? grid_layout_week(&view->grid, columns, view->day)
				 : grid_layout_month(&view->grid, columns);
}

struct table { /* being drawn */
	struct roster_screen *view;
	struct canvas *canvas;
	struct area area;
	struct grid_layout layout;
	struct arena arena;
	size_t first, last; /* days that are marked */
};

/* The day of a column of a block; n_days: none of the span. */
static size_t day_at(const struct table *table, int block, int column)
{
	int day = block * table->layout.days + column - table->layout.lead;

	return day >= 0 && day < (int)table->view->grid.n_days ? (size_t)day
							       : table->view->grid.n_days;
}

/* ---- a day's head ---- */

static enum role day_role(const struct grid_day *day)
{
	return day->today     ? ROLE_TITLE
	       : day->festival ? ROLE_WARNING
	       : day->makeup   ? ROLE_HEADING
	       : day->off      ? ROLE_HINT
			       : ROLE_HEADING;
}

static const char *day_head(const struct grid_day *day, bool week, struct arena *arena)
{
	/* TRANSLATORS: behind a day's number: a holiday (休), a working day of a weekend (班) */
	const char *mark = day->makeup ? _("w") : day->festival ? _("h") : "";

	if (week)
		return arena_printf(arena, "%s%02d-%02d %s%s", day->today ? "*" : "", day->month,
				    day->number, weekday_brief(day->weekday), mark);
	return arena_printf(arena, "%s%d%s%s", day->today ? "*" : "", day->number,
			    weekday_brief(day->weekday), mark);
}

static void draw_heads(struct table *table, int block, struct area line)
{
	const struct roster_screen *view = table->view;

	canvas_pad(table->canvas, line.row, line.col, line.cols, ROLE_HEADING, "", PAD_RIGHT);
	if (view->place->week && table->layout.lead < 0)
		canvas_pad(table->canvas, line.row, line.col, 2, ROLE_HEADING, "<", PAD_RIGHT);
	for (int c = 0; c < table->layout.days; c++) {
		size_t day = day_at(table, block, c);
		int col = line.col + table->layout.label + c * table->layout.cell;

		if (day == view->grid.n_days)
			continue;
		canvas_text(table->canvas, line.row, col + MARK, table->layout.cell - MARK,
			    day_role(&view->grid.days[day]),
			    day_head(&view->grid.days[day], view->place->week, &table->arena));
	}
}

/* ---- a seat ---- */

static enum role cell_role(const struct grid_cell *cell)
{
	return cell->marks & GRID_GAP			     ? ROLE_GAP
	       : cell->marks & (GRID_BREACH | GRID_UNALLOWED) ? ROLE_CONFLICT
	       : cell->marks & GRID_NOW			     ? ROLE_TITLE
	       : cell->marks & GRID_PAST			     ? ROLE_HINT
							     : ROLE_TEXT;
}

/* "" is no seat, "--" an empty one that must be manned, "." one that may be empty. */
static const char *cell_text(const struct grid_cell *cell, int columns, struct arena *arena)
{
	if (!cell->seat)
		return "";
	if (cell->turn)
		return grid_name(cell->turn->name, columns, arena);
	return cell->marks & GRID_GAP ? "--" : ".";
}

static void draw_cell(struct table *table, size_t row, size_t day, int line_of_row, struct area at)
{
	struct roster_screen *view = table->view;
	const struct grid_cell *cell = grid_cell(&view->grid, row, day);
	bool here = row == view->row && day == view->day;
	bool marked = view->anchor && row == view->row && day >= table->first && day <= table->last;
	char mark[2] = { grid_mark_char(cell->marks), '\0' };
	int room = at.cols - 2 * MARK;

	canvas_pad(table->canvas, at.row, at.col, MARK, ROLE_LIST_SELECTED,
		   line_of_row ? ""
		   : here      ? ">"
		   : marked    ? "*"
			       : "",
		   PAD_RIGHT);
	if (line_of_row) {
		canvas_pad(table->canvas, at.row, at.col + MARK, at.cols - MARK, ROLE_HINT,
			   cell->staff && cell->staff->phone ? cell->staff->phone : "", PAD_RIGHT);
		return;
	}
	const char *text = cell_text(cell, room, &table->arena);

	canvas_pad(table->canvas, at.row, at.col + MARK, room + MARK, cell_role(cell), text,
		   PAD_RIGHT);
	canvas_pad(table->canvas, at.row, at.col + MARK + text_columns(text), MARK, cell_role(cell),
		   mark, PAD_RIGHT);
}

static void draw_row(struct table *table, int block, size_t row, int line_of_row, struct area line)
{
	struct roster_screen *view = table->view;
	bool here = row == view->row && line_of_row == 0;

	canvas_pad(table->canvas, line.row, line.col, line.cols, ROLE_TEXT, "", PAD_RIGHT);
	if (!line_of_row)
		canvas_pad(table->canvas, line.row, line.col, table->layout.label,
			   here ? ROLE_LIST_SELECTED : ROLE_LABEL,
			   grid_row_label(&view->grid.rows[row], table->layout.label - 1,
					  &table->arena),
			   PAD_RIGHT);
	for (int c = 0; c < table->layout.days; c++) {
		size_t day = day_at(table, block, c);

		if (day == view->grid.n_days)
			continue;
		draw_cell(table, row, day, line_of_row,
			  (struct area){ line.row, line.col + table->layout.label +
							   c * table->layout.cell,
					 1, table->layout.cell });
	}
}

/* Line n of the whole table: the heads of a block, or a seat of it; the first line in sight always has
 * the heads. */
static void draw_line(struct table *table, int n, bool first, struct area line)
{
	int tall = 1 + (int)table->view->grid.n_rows * table->layout.lines;
	int block = n / tall, at = first ? 0 : n % tall;

	if (block >= table->layout.blocks)
		canvas_erase(table->canvas, line);
	else if (at == 0)
		draw_heads(table, block, line);
	else
		draw_row(table, block, (size_t)((at - 1) / table->layout.lines),
			 (at - 1) % table->layout.lines, line);
}

/* The cursor's line stays in sight, and the heads above it where there is room. */
static void scroll(struct table *table)
{
	struct roster_screen *view = table->view;
	int tall = 1 + (int)view->grid.n_rows * table->layout.lines;
	int block = ((int)view->day + table->layout.lead) / table->layout.days;
	int from = block * tall, line = from + 1 + (int)view->row * table->layout.lines;
	int last = line + table->layout.lines - 1, all = tall * table->layout.blocks;

	if (line <= view->top || last >= view->top + table->area.rows) /* line 0 has the heads */
		view->top = last - from < table->area.rows ? from : last - table->area.rows + 1;
	else if (last - from < table->area.rows && view->top > from)
		view->top = from;
	if (tall <= table->area.rows && view->top < from + tall - table->area.rows)
		view->top = from + tall - table->area.rows; /* all of its block */
	if (view->top > all - table->area.rows)
		view->top = all > table->area.rows ? all - table->area.rows : 0;
	if (view->top < 0)
		view->top = 0;
	view->top += view->top % table->layout.lines; /* no phone without its name above it */
}

/* ---- above and below ---- */

static void filed_words(const struct roster_screen *view, struct str *out)
{
	const struct rules *rules = client_rules(view->app->client);
	int32_t week = week_of_day(view->place->day);
	const struct filing *filing =
		view->roster ? roster_filing(rules, view->roster, week) : NULL;
	int64_t due = filing_due(rules, view->plan, week);
	char text[CIVIL_TEXT];

	if (!view->plan->file)
		return;
	if (filing && filing->filed_at) {
		str_addf(out, "  %s", filing->late ? _("filed late") : _("filed"));
		if (filing->changes)
			str_addf(out, _(", %lld changes since"), (long long)filing->changes);
		return;
	}
	civil_format(due, rules->offset_min, "m-d H:M", text, sizeof text);
	str_addf(out, "  %s%s%s", due <= app_now(view->app) ? _("not filed, due ") : _("to file till "),
		 text, filing && filing->chases ? _(", chased") : "");
}

static void draw_title(struct roster_screen *view, struct canvas *canvas, struct area line)
{
	const struct rules *rules = client_rules(view->app->client);
	struct str left = STR_INIT, right = STR_INIT;
	bool wrong = view->grid.gaps || view->grid.breaches;
	int width;

	str_addf(&left, " %s  %s%s%s", view->month, org_brief(rules, view->place->org),
		 view->plan ? "  " : "", view->plan ? view->plan->label : "");
	if (view->plan) {
		filed_words(view, &left);
		str_addf(&right, _("%d of %d seats"), view->grid.stood, view->grid.seats);
		if (view->grid.gaps)
			str_addf(&right, _("  gaps %d"), view->grid.gaps);
		if (view->grid.breaches)
			str_addf(&right, _("  conflicts %d"), view->grid.breaches);
		str_add_char(&right, ' ');
	}
	width = text_columns(str_get(&right));
	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_TITLE, "", PAD_RIGHT);
	canvas_pad(canvas, line.row, line.col, line.cols - width, ROLE_TITLE, str_get(&left),
		   PAD_RIGHT);
	canvas_text(canvas, line.row, line.col + line.cols - width, width,
		    wrong ? ROLE_GAP : ROLE_GOOD, str_get(&right));
	str_release(&left);
	str_release(&right);
}

static void seat_words(struct roster_screen *view, const struct grid_cell *cell, struct arena *arena,
		       struct str *out)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct grid_row *row = &view->grid.rows[view->row];
	const struct grid_day *day = &view->grid.days[view->day];
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	str_add_char(out, ' ');
	str_addf(out, _("%02d-%02d %s"), day->month, day->number, weekday_brief(day->weekday));
	if (day->festival || day->makeup)
		str_addf(out, " %s", day->makeup ? _("make-up working day") : day->festival);
	str_addf(out, "  %s", grid_row_label(row, 40, arena));
	if (!cell) {
		str_addf(out, "  %s", _("no seat on this day"));
		return;
	}
	civil_format(cell->starts, rules->offset_min, "H:M", from, sizeof from);
	civil_format(cell->ends, rules->offset_min, "H:M", to, sizeof to);
	str_addf(out, " %s-%s", from, to);
	if (!cell->turn)
		return;
	str_addf(out, "  %s", cell->turn->name ? cell->turn->name : "?");
	if (cell->staff && cell->staff->phone)
		str_addf(out, "  %s", cell->staff->phone);
	if (cell->turn->unit && !str_eq(cell->turn->unit, view->place->org))
		str_addf(out, "  %s", org_brief(rules, cell->turn->unit));
	if (cell->turn->set_by && cell->turn->set_at) {
		civil_format(cell->turn->set_at, rules->offset_min, "m-d H:M", from, sizeof from);
		str_addf(out, "  (%s %s)", cell->turn->set_by, from);
	}
}

static void mark_words(const struct grid_cell *cell, struct str *out)
{
	const struct turn *turn = cell ? cell->turn : NULL;

	str_add_char(out, ' ');
	if (cell)
		grid_marks_words(cell, out);
	if (turn && turn->was && (cell->marks & (GRID_COVER | GRID_TAKEOVER | GRID_SWAPPED)))
		str_addf(out, _("  instead of %s"), turn->was);
	if (turn && turn->why)
		str_addf(out, "  %s", turn->why);
	if (cell && cell->meeting)
		str_addf(out, "  %s", cell->meeting);
	if (out->len <= 1 && !cell)
		str_clear(out);
}

static void draw_foot(struct roster_screen *view, struct canvas *canvas, struct area area)
{
	const struct grid_cell *cell = roster_cell(view);
	struct arena arena = ARENA_INIT;
	struct str words = STR_INIT;

	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	seat_words(view, cell, &arena, &words);
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_TEXT, str_get(&words), PAD_RIGHT);
	str_clear(&words);
	mark_words(cell, &words);
	if (words.len <= 1) {
		str_clear(&words);
		/* TRANSLATORS: the legend of the marks behind names; the glyphs stay */
		str_add(&words, _(" ! gap, conflict  # fixed  + stands in  T taken over, t approved  "
				  "~ swapped  ? asked  m meeting  * today"));
		canvas_pad(canvas, area.row + 1, area.col, area.cols, ROLE_HINT, str_get(&words),
			   PAD_RIGHT);
	} else {
		canvas_pad(canvas, area.row + 1, area.col, area.cols,
			   cell->marks & (GRID_GAP | GRID_BREACH) ? ROLE_GAP : ROLE_HINT,
			   str_get(&words), PAD_RIGHT);
	}
	str_release(&words);
	arena_release(&arena);
}

static void draw_empty(struct roster_screen *view, struct canvas *canvas, struct area area)
{
	const char *why = app_empty_why(view->app)	? app_empty_why(view->app)
			  : client_rules(view->app->client)->n_plans == 0
				  ? _("This district's profile has no rosters. 2 leads to the "
				      "incidents.")
			  : !view->plan ? _("This organisation has no roster. O chooses another.")
					: _("No seat is asked for in these days.");
	int width = text_columns(why);

	canvas_erase(canvas, area);
	canvas_text(canvas, area.row + area.rows / 2,
		    area.col + (width < area.cols ? (area.cols - width) / 2 : 0), area.cols,
		    ROLE_HINT, why);
}

void roster_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct roster_screen *view = state;
	struct table table = { .view = view, .canvas = canvas };
	struct area foot;

	(void)all;
	draw_title(view, canvas, area_top(&area, 1));
	if (!view->plan || !view->grid.n_rows || !view->grid.n_days) {
		draw_empty(view, canvas, area);
		return;
	}
	foot = area_bottom(&area, FOOT_ROWS);
	table.area = area;
	table.layout = roster_layout(view, area.cols);
	roster_marked(view, &table.first, &table.last);
	scroll(&table);
	for (int i = 0; i < area.rows; i++)
		draw_line(&table, view->top + i, i == 0,
			  (struct area){ area.row + i, area.col, 1, area.cols });
	draw_foot(view, canvas, foot);
	arena_release(&table.arena);
}
