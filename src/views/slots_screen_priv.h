/* The finder of slots: who could come when to a meeting. */
#ifndef ZHIBAN_VIEWS_SLOTS_SCREEN_PRIV_H
#define ZHIBAN_VIEWS_SLOTS_SCREEN_PRIV_H

#include "act_priv.h"
#include "slots_priv.h"
#include "zhiban/model/slots.h"

enum { SLOTS_DAYS_MOST = 40, SLOTS_HALVES_MOST = 48 };

struct slots_screen {
	struct app *app;
	struct uuid meeting; /* nil: of the items that wait */
	struct arena arena;  /* of slots */
	struct slots slots;
	bool has; /* slots is whole; else why says what is not there */
	char why[400];
	char **without; /* keys of those that do not count */
	size_t n_without, cap_without;
	int length_min;                /* 0: as planned */
	int32_t days[SLOTS_DAYS_MOST]; /* working days that were looked at */
	size_t n_days;
	int first_half, n_halves; /* half hours of a day that are shown, from midnight */
	size_t day;               /* of days, the cursor's */
	int half;   /* of the day, from midnight: where the slot under the cursor begins */
	size_t row; /* of people */
	int top;    /* first one that is shown */
	int64_t minute;
};

/* When the slot under the cursor begins; when a half hour of a shown day does. */
int64_t slots_cursor(const struct slots_screen *view);
int64_t slots_at(const struct slots_screen *view, size_t day, int half);

/* ---- slots_draw.c ---- */
void slots_draw(void *state, struct canvas *canvas, struct area area, bool all);

#endif
