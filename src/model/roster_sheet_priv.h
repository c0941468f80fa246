/* Inside model/: what words of a table of duties mean. */
#ifndef MODEL_ROSTER_SHEET_PRIV_H
#define MODEL_ROSTER_SHEET_PRIV_H

#include "zhiban/model/roster_sheet.h"

struct place_said { /* NULL, 0: not said */
	const struct duty_shift *shift;
	const struct duty_post *post;
	int seat;
};
/* "夜班主班2", "night/main": false when a part of it means nothing. */
bool place_said(const struct roster_plan *plan, const char *words, struct place_said *ret_place);
/* The shift and post that are meant when one was left out, or why that is not clear (NULL: it is).
 */
const char *place_complete(const struct roster_plan *plan, const struct staff *staff,
			   struct arena *arena, struct place_said *place);
/* "2026-12-01", "12-1", "12月1日", "1", "1日(二)".  False: no day. */
bool day_said(const struct roster_sheet_ctx *ctx, const char *month, const char *words,
	      int32_t *ret_day);
/* "…2026年12月…" in a title.  False: it says none. */
bool month_said(const char *words, char ret_month[ROSTER_MONTH]);
/* Names of a cell, in order. */
size_t names_said(const struct columns *columns, const char *cell, struct arena *arena,
		  const char ***ret_names);

#endif
