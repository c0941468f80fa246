/* Figures of whistles as a table to print or to open in a spreadsheet, and the list behind one. */
#ifndef ZHIBAN_MODEL_FIGURES_SHEET_H
#define ZHIBAN_MODEL_FIGURES_SHEET_H

#include "zhiban/model/figures.h"
#include "zhiban/wire/sheet.h"

struct figures_wanted {
	struct figures_ask ask;
	enum stats_order order;
	const struct stats_formula *formula;
};

/* whole: every number has a column of its own (for a spreadsheet); else those that fit on a page.
 * ret_sheet is the caller's to release. */
void figures_sheet(const struct figures *figures, const struct figures_wanted *wanted, bool whole,
		   struct sheet *ret_sheet);
enum err figures_list_sheet(struct client *client, const struct stats_what *what,
			    struct sheet *ret_sheet, struct error *err) MUST_CHECK;

/* A column of the table on a page and on the screen. */
struct figures_column {
	const char *title, *brief; /* translated; brief: on the screen */
	enum stat stat;	   /* whose list is behind it; STATS: none */
	int cols;	   /* that its cells take at most when narrow */
	bool is_change;	   /* against another window */
	bool narrow;	   /* there is room for it on 80 columns */
};
size_t figures_columns(enum stats_side side);
void figures_column(enum stats_side side, size_t i, struct figures_column *ret_column);
/* The cell of it: "18/20 90.0%" (narrow: "18/20"), "3", "85.0%", "4:12", "+1.2", "-". */
enum { FIGURES_TEXT = 40 };
void figures_cell(const struct figures *figures, const struct stats_row *row, enum stats_side side,
		  size_t i, const struct stats_formula *formula, bool narrow,
		  char text[FIGURES_TEXT]);
/* The name of a row. */
const char *figures_name(const struct rules *rules, const struct stats_row *row);
/* "2026-02-01 - 2026-02-28"; "" without ends. */
const char *figures_window(const struct rules *rules, struct stats_window window,
			   struct arena *arena);

#endif
