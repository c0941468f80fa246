/* What rings at this desk, how loud, and the quiet that was asked for. */
#ifndef ZHIBAN_VIEWS_RING_PRIV_H
#define ZHIBAN_VIEWS_RING_PRIV_H

#include "app_priv.h"
#include "zhiban/model/alarm.h"
#include "zhiban/model/ladder.h"

struct ring {
	struct alarms *alarms;
	struct ladder ladder;
	int64_t hushed_until; /* own clock; 0: it sounds */
	char deputy[200];     /* who is to be rung, with the number; "" nobody is known */
};

void ring_new(struct app *app);  /* what rings, for the first screen */
void ring_open(struct app *app); /* from now on it sounds */
void ring_release(struct app *app);
void ring_changed(struct app *app, const struct client_change *change, unsigned *flags);
/* minute: one went by.  Rings, makes louder, writes down that nobody answers; ends the quiet. */
void ring_tick(struct app *app, bool minute, unsigned *flags);
int64_t ring_next(const struct app *app); /* own clock; INT64_MAX: nothing by itself */
unsigned ring_work(struct app *app);	  /* a slice of idle work */

/* Has rung too long: the deputy is named, unless quiet was asked for and nothing is of the most
 * urgent class. */
bool ring_is_loud(const struct app *app);
enum role ring_role(const struct app *app); /* of its sign */
void ring_banner(const struct app *app, struct str *out);
/* "quiet till 04:41"; nothing when it sounds. */
void ring_hush_words(const struct app *app, struct str *out);
unsigned ring_hush(struct app *app, const char *args); /* the command */
bool ring_is_hushed(const struct app *app);

/* ---- came.c ---- */
void came_look(struct app *app, const struct client_change *change, unsigned *flags);

/* ---- alarm.c: the list of what rings ---- */
extern const struct view_ops alarm_view;
bool alarm_view_selected(void *state, struct uuid *ret_id);

#endif
