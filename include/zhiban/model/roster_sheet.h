/* A table of duties from outside, as seats of a roster.  Three forms are told apart by the header:
 *
 *	date, shift, post, name	a duty a row
 *	date, POST, POST, …	a day a row, a column for each post ("夜班主班", "坐席2")
 *	POST or name, 1, 2, …	a month: a row for each post with names in its cells, or a row
 *				for each person with shifts or posts in them
 *
 * Lines of a title above the header are passed over; a month that stands in them is the month.
 *Several names in a cell fill the seats in order.  An empty cell says nothing; "-" (and what
 * profiles/import-roster.conf names) empties the seat.  Pure: nothing is looked up but in what is
 *given. */
#ifndef ZHIBAN_MODEL_ROSTER_SHEET_H
#define ZHIBAN_MODEL_ROSTER_SHEET_H

#include "zhiban/domain/roster.h"
#include "zhiban/wire/columns.h"

struct roster_sheet_ctx {
	const struct rules *rules;
	const struct columns *columns; /* profiles/import-roster.conf */
	const char *org;
	const struct roster_plan *plan;
	const char *month; /* "2026-12": of days that say none; "" by the title, else by `today` */
	int32_t today;
	const struct staff *const *staff; /* who may be meant */
	size_t n_staff;
};
struct roster_seat { /* what the table says of one */
	int32_t day;
	const struct duty_shift *shift;
	const struct duty_post *post;
	int seat;
	const struct staff *staff; /* NULL: nobody */
};
struct roster_said { /* by one row */
	struct roster_seat *seats;
	size_t n;
	const char **bad; /* sentences: what in it could not be read; the rest holds */
	size_t n_bad;
};
struct roster_sheet;

struct roster_sheet *roster_sheet_new(const struct roster_sheet_ctx *ctx, struct arena *arena);
/* Whether the header was seen.  Until then rows are tried as one. */
bool roster_sheet_headed(const struct roster_sheet *sheet);
/* A row, the header too.  Texts of `bad` are in the arena. */
void roster_sheet_row(struct roster_sheet *sheet, const char *const *cells, size_t n,
		      struct arena *arena, struct roster_said *ret_said);
/* One by name, also "name (unit)" and with a telephone behind it; spaces within do not matter.
 * ERR_NOT_FOUND; ERR_INPUT when several are called so, with their units. */
enum err roster_sheet_staff(const struct roster_sheet_ctx *ctx, const char *words,
			    const struct staff **ret_staff, struct error *err) MUST_CHECK;

#endif
