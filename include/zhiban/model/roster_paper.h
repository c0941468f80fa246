/* A month of a roster on paper: for each shift a table with a line a day, who to ring, what is open. */
#ifndef ZHIBAN_MODEL_ROSTER_PAPER_H
#define ZHIBAN_MODEL_ROSTER_PAPER_H

#include "zhiban/model/roster_grid.h"
#include "zhiban/wire/sheet.h"

/* Rest days, holidays and make-up days are marked in words; an empty seat that must be manned says so.
 * org: whose it is; month: "2026-12"; now: when it was printed, ms UTC.  The sheet is the caller's. */
void roster_paper(const struct rules *rules, const struct roster_grid *grid, const char *org,
		  const char *month, int64_t now, struct sheet *ret_sheet);

#endif
