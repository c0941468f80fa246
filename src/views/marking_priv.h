/* Watch and pin, and the counters of the first screen as keys. */
#ifndef ZHIBAN_VIEWS_MARKING_PRIV_H
#define ZHIBAN_VIEWS_MARKING_PRIV_H

#include "app_priv.h"

/* Watches or pins what is marked, else what is selected; or no longer. */
unsigned marking_toggle(struct app *app, const struct ui_command *command);
/* The board with a counter's filter; UI_IGNORED: it is none. */
unsigned marking_counter(struct app *app, const struct ui_command *command);
struct counter {
	enum cmd cmd;
};
extern const struct counter counters[HOME_COUNTS]; /* the command of each */

#endif
