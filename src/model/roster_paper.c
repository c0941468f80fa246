#include <config.h>

#include "zhiban/model/roster_paper.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/roster_words.h"

/* "11-22 Su off National Day". */
static const char *day_words(const struct grid_day *day, struct arena *arena)
{
	const char *mark = day->makeup	   ? _("make-up working day")
			   : day->festival ? day->festival
			   : day->off	   ? _("off")
					   : "";
	const char *date = arena_printf(arena, _("%02d-%02d %s"), day->month, day->number,
					weekday_brief(day->weekday));

	return *mark ? arena_printf(arena, "%s %s", date, mark) : date;
}

static const char *seat_text(const struct grid_cell *cell, struct arena *arena)
{
	char mark[2] = { grid_mark_char(cell->marks & ~(unsigned)(GRID_FIXED | GRID_ASKED)), '\0' };

	if (!cell->seat)
		return "";
	if (!cell->turn)
		return cell->marks & GRID_GAP ? _("(nobody)") : "";
	return arena_printf(arena, "%s%s", cell->turn->name ? cell->turn->name : "",
			    *mark == ' ' ? "" : mark);
}

static const char *post_words(const struct grid_row *row, struct arena *arena)
{
	const char *post = row->post_of ? row->post_of->label : row->post;

	return row->seats > 1 ? arena_printf(arena, "%s %d", post, row->seat) : post;
}

/* The rows of one shift, which follow each other: a line a day. */
static void put_shift(const struct roster_grid *grid, size_t from, size_t to, struct sheet *sheet)
{
	const struct duty_shift *shift = grid->rows[from].shift_of;
	size_t n = to - from + 1;
	const char **cells = arena_array(&sheet->arena, n, sizeof *cells);

	if (shift)
		sheet_section(sheet, arena_printf(&sheet->arena, "%s %02d:%02d-%02d:%02d", shift->label,
						  shift->from / 60, shift->from % 60, shift->to / 60,
						  shift->to % 60));
	else
		sheet_section(sheet, grid->rows[from].shift);
	cells[0] = _("Day");
	for (size_t r = from; r < to; r++)
		cells[r - from + 1] = post_words(&grid->rows[r], &sheet->arena);
	sheet_table(sheet, cells, n);
	for (size_t d = 0; d < grid->n_days; d++) {
		cells[0] = day_words(&grid->days[d], &sheet->arena);
		for (size_t r = from; r < to; r++)
			cells[r - from + 1] = seat_text(grid_cell(grid, r, d), &sheet->arena);
		sheet_row(sheet, cells);
	}
}

static bool is_named(const struct staff *const *named, size_t n, const struct staff *staff)
{
	for (size_t i = 0; i < n; i++)
		if (named[i] == staff)
			return true;
	return false;
}

static void put_phones(const struct rules *rules, const struct roster_grid *grid,
		       struct sheet *sheet)
{
	const char *titles[] = { _("Person"), _("Whose person"), _("Position"), _("Duty phone") };
	const struct staff **named =
		arena_array(&sheet->arena, grid->n_rows * grid->n_days + 1, sizeof *named);
	size_t n = 0;

	for (size_t i = 0; i < grid->n_rows * grid->n_days; i++)
		if (grid->cells[i].staff && !is_named(named, n, grid->cells[i].staff))
			named[n++] = grid->cells[i].staff;
	if (!n)
		return;
	sheet_section(sheet, _("Telephones"));
	sheet_table(sheet, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < n; i++) {
		const char *cells[] = { named[i]->name, org_brief(rules, named[i]->org),
					named[i]->title, named[i]->phone };

		sheet_row(sheet, cells);
	}
}

/* Covers, take-overs and swaps, each with its reason. */
static void put_changes(const struct rules *rules, const struct roster_grid *grid,
			struct sheet *sheet)
{
	bool any = false;

	for (size_t d = 0; d < grid->n_days; d++) {
		for (size_t r = 0; r < grid->n_rows; r++) {
			const struct grid_cell *cell = grid_cell(grid, r, d);
			struct str words = STR_INIT;

			if (!cell->turn || !(cell->marks & (GRID_COVER | GRID_TAKEOVER | GRID_SWAPPED |
							    GRID_DESPITE)))
				continue;
			if (!any)
				sheet_section(sheet, _("Changes"));
			any = true;
			str_addf(&words, "%s  %s: ", turn_words(rules, grid->plan, cell->turn,
								&sheet->arena),
				 cell->turn->name ? cell->turn->name : "");
			grid_marks_words(cell, &words);
			if (cell->turn->was)
				str_addf(&words, _("  instead of %s"), cell->turn->was);
			if (cell->turn->why)
				str_addf(&words, "  %s", cell->turn->why);
			sheet_text(sheet, str_get(&words));
			str_release(&words);
		}
	}
}

void roster_paper(const struct rules *rules, const struct roster_grid *grid, const char *org,
		  const char *month, int64_t now, struct sheet *ret_sheet)
{
	struct sheet *sheet = ret_sheet;
	struct arena arena = ARENA_INIT;
	char when[CIVIL_TEXT];

	sheet_init(sheet, arena_printf(&arena, "%s  %s  %s", org_brief(rules, org),
				       grid->plan->label, month));
	sheet->columns = SHEET_WIDE;
	civil_format(now, rules->offset_min, "Y-m-d H:M", when, sizeof when);
	sheet_note(sheet, arena_printf(&arena, _("Printed %s; %d of %d seats, %d gaps. "
						 "! against a rule, + stands in, T taken over, "
						 "t approved, ~ swapped"),
				       when, grid->stood, grid->seats, grid->gaps));
	for (size_t from = 0, to; from < grid->n_rows; from = to) {
		for (to = from + 1; to < grid->n_rows &&
				    str_eq(grid->rows[to].shift, grid->rows[from].shift);
		     to++)
			;
		put_shift(grid, from, to, sheet);
	}
	put_changes(rules, grid, sheet);
	put_phones(rules, grid, sheet);
	sheet_section(sheet, _("Signatures"));
	sheet_sign(sheet, _("Drawn up by"));
	sheet_sign(sheet, _("Approved by"));
	arena_release(&arena);
}
