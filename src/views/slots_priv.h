/* The finder of slots, the calendar and the rooms, as other views know them. */
#ifndef ZHIBAN_VIEWS_SLOTS_PRIV_H
#define ZHIBAN_VIEWS_SLOTS_PRIV_H

#include "app_priv.h"

extern const struct view_ops slots_view, calendar_view;

/* Of the meeting that is selected; without one of the items that wait. */
unsigned slots_command(struct app *app, const char *args);
bool slots_view_selected(void *state, struct selection *ret_selection);
/* Of a meeting by its number, or of the items that wait. */
unsigned when_command(struct app *app, const char *args);

/* "李敏 2026-12": whose duties, which month. */
unsigned calendar_command(struct app *app, const char *args);
bool calendar_view_selected(void *state, struct selection *ret_selection);

#endif
