/* A roster as a table: seats down, days across, in each cell who stands there and what is to be said of
 * it.  Pure: made from what struct roster_view holds and from the calendar.
 *
 * A row is one seat of one post in one shift.  Rows are those that any day of the span asks for, in the
 * order of roster_needs, then those in which somebody stands though the plan no longer asks for it.
 * A cell of a day on which the seat is not asked for and nobody stands is no seat. */
#ifndef ZHIBAN_MODEL_ROSTER_GRID_H
#define ZHIBAN_MODEL_ROSTER_GRID_H

#include "zhiban/domain/roster_check.h"
#include "zhiban/domain/swap.h"

enum grid_mark {
	GRID_GAP = 1 << 0,	/* nobody stands where somebody must */
	GRID_BREACH = 1 << 1,	/* a rule is broken, and no reason was given for it */
	GRID_DESPITE = 1 << 2,	/* a rule is broken for a reason */
	GRID_FIXED = 1 << 3,	/* building leaves it as it is */
	GRID_COVER = 1 << 4,	/* somebody stands in for another */
	GRID_TAKEOVER = 1 << 5, /* the same in an emergency */
	GRID_UNALLOWED = 1 << 6, /* which the chief has not approved yet */
	GRID_SWAPPED = 1 << 7,	/* changed hands by a swap */
	GRID_ASKED = 1 << 8,	/* a swap of it is open */
	GRID_STRAY = 1 << 9,	/* the plan does not ask for it */
	GRID_NOW = 1 << 10,	/* the shift runs */
	GRID_PAST = 1 << 11,	/* it has ended */
	GRID_MEETING = 1 << 12, /* who stands there has to sit in a meeting then */
};

struct grid_cell {
	bool seat; /* asked for, or somebody stands there */
	bool may_be_empty;
	int64_t starts, ends;
	const struct roster *roster; /* where turn is; NULL: nobody stands there */
	const struct turn *turn;
	const struct staff *staff; /* NULL: in no list */
	unsigned marks;		   /* enum grid_mark */
	unsigned breaches;	   /* 1 << enum breach */
	const char *meeting;	   /* of GRID_MEETING: when and which; else NULL */
};
struct grid_row {
	const char *shift, *post; /* codes */
	const struct duty_shift *shift_of; /* NULL: the plan has it no more */
	const struct duty_post *post_of;
	int seat, seats; /* which of how many that the span has of this post in this shift */
};
struct grid_day {
	int32_t day;
	enum day_class cls;
	bool off, makeup, today, known;
	const char *festival; /* or NULL */
	int weekday;	      /* 1 Monday */
	int number;	      /* of the month */
	int month;
	int wrong;	      /* gaps and breaches */
};
struct roster_grid {
	const struct roster_plan *plan;
	struct grid_row *rows;
	size_t n_rows;
	struct grid_day *days;
	size_t n_days;
	struct grid_cell *cells; /* row by row */
	int gaps, breaches;	 /* cells with such a mark */
	int stood, seats;	 /* cells with somebody, of those asked for */
	const struct finding *findings;
	size_t n_findings;
};
/* Of the days [from, to); open swaps mark what they are about. */
void roster_grid_make(const struct roster_view *view, int32_t from, int32_t to,
		      const struct swap *const *swaps, size_t n_swaps, int64_t now,
		      struct arena *arena, struct roster_grid *ret_grid);
struct grid_cell *grid_cell(const struct roster_grid *grid, size_t row, size_t day);
/* The column of a day; n_days: it is not there.  The row of a seat; n_rows likewise. */
size_t grid_day_find(const struct roster_grid *grid, int32_t day);
size_t grid_row_find(const struct roster_grid *grid, const char *shift, const char *post, int seat);
/* The seat that runs now and is the first in the ladder: where the cursor begins.  False: none runs. */
bool grid_now(const struct roster_grid *grid, size_t *ret_row, size_t *ret_day);
/* The next cell behind (step 1) or before (step -1) that is wrong, day by day; false: none. */
bool grid_next_wrong(const struct roster_grid *grid, int step, size_t *row, size_t *day);

/* How a row is called: "夜班 副班 2", in at most so many columns, then shorter: "夜 副班2". */
const char *grid_row_label(const struct grid_row *row, int columns, struct arena *arena);
/* The one character that stands behind a name: what matters most of its marks, ' ' nothing. */
char grid_mark_char(unsigned marks);
/* A name in at most so many columns without half a glyph and without dots: all of it, else as many of
 * its first characters as fit. */
const char *grid_name(const char *name, int columns, struct arena *arena);
/* All that is to be said of a cell's marks, in words with ", " between; "" nothing. */
void grid_marks_words(const struct grid_cell *cell, struct str *out);

/* How a span is laid out in so many columns: blocks below each other of `days` columns each; of
 * more than a week they are whole weeks from Monday. */
struct grid_layout {
	int label;  /* columns of the row's name */
	int cell;   /* columns of a cell, its mark and a blank with it */
	int days;   /* in a block */
	int blocks;
	int lead;   /* days of the first block before the first of the span */
	int lines;  /* of a row: 1, or 2 with the telephone */
};
struct grid_layout grid_layout_month(const struct roster_grid *grid, int columns);
/* One block; where fewer days than the span has fit, `lead` is less than 0: the first of them shown, so
 * that the day of the cursor is seen. */
struct grid_layout grid_layout_week(const struct roster_grid *grid, int columns, size_t cursor_day);

#endif
