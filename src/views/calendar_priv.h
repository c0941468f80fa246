/* The calendar of meetings: a month, or a week as a list. */
#ifndef ZHIBAN_VIEWS_CALENDAR_PRIV_H
#define ZHIBAN_VIEWS_CALENDAR_PRIV_H

#include "app_priv.h"
#include "zhiban/model/meeting_calendar.h"

struct calendar_screen {
	struct app *app;
	struct arena arena;
	struct meeting_calendar calendar; /* whole weeks, from a Monday */
	bool week;
	int32_t day;  /* the cursor's */
	size_t entry; /* of its day; of a week */
	char org[88], name[64]; /* whose duties; name "": nobody's */
	int top; /* first line of a week that is shown */
	int64_t minute;
};
/* The day of the cursor, and what of it is under the cursor; NULL: nothing is. */
const struct calendar_slot *calendar_today(const struct calendar_screen *view);
const struct calendar_entry *calendar_under(const struct calendar_screen *view);

/* ---- calendar_draw.c ---- */
void calendar_draw(void *state, struct canvas *canvas, struct area area, bool all);

#endif
