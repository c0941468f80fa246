/* The card of a place, ready to read: one fact a line. */
#ifndef ZHIBAN_MODEL_PLACE_H
#define ZHIBAN_MODEL_PLACE_H

#include "zhiban/client/place.h"

/* Appends the card, a line "label TAB text" each; outside texts come out clean.  What happened there
 * counts back from the client's now. */
enum { PLACE_LABEL_COLS = 15 };
void place_card_text(struct client *client, const struct place_card *card, struct str *out);
/* The same for where nothing wraps: labels padded to their columns, in place of the tab behind them. */
void place_card_padded(struct client *client, const struct place_card *card, struct str *out);
/* "飞龙东路 1-99 odd" and "青龙 青竹苑社区 第3网格": a proposal and whose it is, in the arena. */
const char *place_label(const struct place *place, struct arena *arena);
const char *place_whose(const struct rules *rules, const struct place *place, struct arena *arena);

#endif
