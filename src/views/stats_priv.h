/* The screen of whistles' figures, and the list behind a number of it. */
#ifndef ZHIBAN_VIEWS_STATS_PRIV_H
#define ZHIBAN_VIEWS_STATS_PRIV_H

#include "app_priv.h"
#include "zhiban/model/figures_sheet.h"
#include "zhiban/wire/official.h"

extern const struct view_ops stats_view, stats_list_view; /* the latter's arg: struct stats_what */

/* Whether the screen on top has not gathered everything yet: its tick goes on. */
bool stats_view_works(const struct app *app);

/* papers.c: a sheet as text on a page of its own, or with a path into a new file; */
unsigned paper_sheet(struct app *app, const struct sheet *sheet, const char *path);
unsigned paper_official(struct app *app, const struct official *official, const char *path);
/* the whistle's sheet, as text or into a file; supervisions in force. */
unsigned print_command(struct app *app, const char *args);
unsigned supervisions_command(struct app *app, const char *args);

#endif
