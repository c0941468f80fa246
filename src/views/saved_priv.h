/* Saved views: their commands, and their names for completion. */
#ifndef ZHIBAN_VIEWS_SAVED_PRIV_H
#define ZHIBAN_VIEWS_SAVED_PRIV_H

#include "app_priv.h"

/* Shows a saved view, or the list of them; keeps what the list on top shows; and the rest. */
unsigned saved_command_view(struct app *app, const char *args);
unsigned saved_command_save(struct app *app, const char *args);
unsigned saved_command_forget(struct app *app, const char *args);
unsigned saved_command_views(struct app *app, const char *args);
/* The list is no longer as it was saved. */
void saved_other(struct app *app, enum saved_list list);
void saved_offer(struct app *app, unsigned where, const char *typed, struct arena *arena,
		 struct prompt_words *words);

#endif
