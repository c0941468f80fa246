/* Figures of what meetings gave to departments as tasks, as a table to print or to open in a
 * spreadsheet, and the list behind a number (domain/action_stats.h). */
#ifndef ZHIBAN_MODEL_ACTION_FIGURES_H
#define ZHIBAN_MODEL_ACTION_FIGURES_H

#include "zhiban/client/client.h"
#include "zhiban/domain/action_stats.h"
#include "zhiban/wire/sheet.h"

struct action_figures_ask {
	const char *org; /* who gave them, code; NULL: all */
	struct stats_window window;
	enum stats_order order;
};
/* ret_stats is the caller's to release (action_stats_release). */
enum err action_figures(struct client *client, const struct action_figures_ask *ask,
			struct action_stats *ret_stats, struct error *err) MUST_CHECK;
/* whole: every number has a column of its own; else those that fit on a page.  ret_sheet is the
 * caller's to release. */
void action_figures_sheet(const struct action_stats *stats, enum stats_order order, bool whole,
			  struct sheet *ret_sheet);
enum err action_figures_list(struct client *client, const struct action_stats_what *what,
			     struct sheet *ret_sheet, struct error *err) MUST_CHECK;
/* "92.3%", or "-" when there is nothing to divide by. */
const char *action_figures_rate(const struct action_stats_row *row, enum action_stat part,
				enum action_stat whole, struct arena *arena);

#endif
