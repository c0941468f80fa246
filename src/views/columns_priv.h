/* The columns of lists of incidents, as the officer chooses them. */
#ifndef ZHIBAN_VIEWS_COLUMNS_PRIV_H
#define ZHIBAN_VIEWS_COLUMNS_PRIV_H

#include "app_priv.h"

void columns_load(struct app *app); /* as the officer left them */
void columns_set(struct app *app, const struct columns *columns);
unsigned columns_command(struct app *app, const char *args);
/* Words for the ":" line: of the last one typed. */
void columns_offer(const char *text, size_t at, struct arena *arena, struct prompt_words *words);

#endif
