/* What stands in the cells of a roster's table, and how the table is laid out. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/roster_grid.h"

enum { LABEL_LEAST = 8, LABEL_MOST = 16, CELL_FULL = 8, PHONE_CELL = 13, WEEK = 7 };

/* ---- words ---- */

static const struct {
	unsigned mark;
	char glyph;
	const char *words;
} marks[] = { /* what matters most first */
	{ GRID_GAP, '!', N_("nobody stands here") },
	{ GRID_BREACH, '!', NULL },
	{ GRID_UNALLOWED, 'T', N_("taken over in an emergency, not approved yet") },
	{ GRID_MEETING, 'm', N_("has to sit in a meeting then") },
	{ GRID_ASKED, '?', N_("a swap is asked for") },
	{ GRID_STRAY, 'x', N_("the plan does not ask for it") },
	{ GRID_TAKEOVER, 't', N_("taken over in an emergency") },
	{ GRID_COVER, '+', N_("stands in") },
	{ GRID_SWAPPED, '~', N_("swapped") },
	{ GRID_DESPITE, '^', N_("against a rule, for a reason") },
	{ GRID_FIXED, '#', N_("fixed") },
};

char grid_mark_char(unsigned of)
{
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (of & marks[i].mark)
			return marks[i].glyph;
	return ' ';
}

void grid_marks_words(const struct grid_cell *cell, struct str *out)
{
	const char *between = "";

	for (unsigned i = 0; i < BREACHES; i++) {
		if (!(cell->breaches & 1u << i) || i == BREACH_GAP)
			continue;
		str_addf(out, "%s%s", between, breach_label((enum breach)i));
		between = _(", ");
	}
	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		if (!(cell->marks & marks[i].mark) || !marks[i].words ||
		    (marks[i].mark == GRID_TAKEOVER && cell->marks & GRID_UNALLOWED))
			continue;
		str_addf(out, "%s%s", between, _(marks[i].words));
		between = _(", ");
	}
}

const char *grid_name(const char *name, int columns, struct arena *arena)
{
	int used;
	size_t len;

	if (!name)
		return "";
	len = text_fit(name, columns, &used);
	return arena_printf(arena, "%.*s", (int)len, name);
}

/* 夜班 by its first character, "Night" by two letters. */
static const char *brief(const char *words, struct arena *arena)
{
	size_t len = text_grapheme(words, strlen(words));

	if ((unsigned char)*words < 0x80 && words[0] && words[1])
		len = 2;
	return arena_printf(arena, "%.*s", (int)len, words);
}

const char *grid_row_label(const struct grid_row *row, int columns, struct arena *arena)
{
	const char *shift = row->shift_of ? row->shift_of->label : row->shift;
	const char *post = row->post_of ? row->post_of->label : row->post;
	const char *seat = row->seats > 1 ? arena_printf(arena, "%d", row->seat) : "";
	const char *tries[] = {
		arena_printf(arena, "%s %s%s%s", shift, post, *seat ? " " : "", seat),
		arena_printf(arena, "%s %s%s", brief(shift, arena), post, seat),
		arena_printf(arena, "%s%s%s", brief(shift, arena), post, seat),
	};

	for (size_t i = 0; i < ARRAY_LEN(tries); i++)
		if (text_columns(tries[i]) <= columns)
			return tries[i];
	return arena_printf(arena, "%s%s%s", brief(shift, arena),
			    grid_name(post, columns - 2 - (int)strlen(seat), arena), seat);
}

/* ---- layout ---- */

static int label_columns(const struct roster_grid *grid)
{
	struct arena arena = ARENA_INIT;
	int widest = LABEL_LEAST;

	for (size_t i = 0; i < grid->n_rows; i++) {
		int columns = text_columns(grid_row_label(&grid->rows[i], LABEL_MOST, &arena));

		widest = columns > widest ? columns : widest;
	}
	arena_release(&arena);
	return (widest < LABEL_MOST ? widest : LABEL_MOST) + 1;
}

/* Whole weeks, so that weekends stand below each other; as many side by side as have room for three
 * characters and a mark. */
struct grid_layout grid_layout_month(const struct roster_grid *grid, int columns)
{
	struct grid_layout layout = { .label = label_columns(grid), .lines = 1 };
	int room = columns - layout.label, weeks;

	layout.lead = grid->n_days ? grid->days[0].weekday - 1 : 0;
	weeks = room / (WEEK * CELL_FULL);
	if (weeks > (layout.lead + (int)grid->n_days + WEEK - 1) / WEEK)
		weeks = (layout.lead + (int)grid->n_days + WEEK - 1) / WEEK;
	if (weeks < 1)
		weeks = 1;
	layout.days = weeks * WEEK;
	layout.cell = room / layout.days;
	if (layout.cell > PHONE_CELL)
		layout.cell = PHONE_CELL;
	layout.blocks = (layout.lead + (int)grid->n_days + layout.days - 1) / layout.days;
	return layout;
}

struct grid_layout grid_layout_week(const struct roster_grid *grid, int columns, size_t cursor_day)
{
	struct grid_layout layout = { .label = label_columns(grid), .lines = 2, .blocks = 1 };
	int room = columns - layout.label, fit = room / PHONE_CELL, n = (int)grid->n_days;

	layout.days = fit < 1 ? 1 : fit < n ? fit : n;
	layout.cell = layout.days ? room / layout.days : room;
	if (layout.cell > PHONE_CELL + 7)
		layout.cell = PHONE_CELL + 7;
	if ((int)cursor_day >= layout.days)
		layout.lead = -((int)cursor_day - layout.days + 1);
	return layout;
}
