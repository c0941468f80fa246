/* The filter of a list, as it is typed: what the screens of meetings, items and tasks share. */
#ifndef ZHIBAN_VIEWS_FILTERED_PRIV_H
#define ZHIBAN_VIEWS_FILTERED_PRIV_H

#include "app_priv.h"

struct filtered {
	struct app *app;
	struct str *text; /* what is in force: the app's, so that it outlives the screen */
	const char *hint; /* under the prompt: which words there are */
	void (*reread)(void *view, bool home);
	void *view;
	struct prompt *prompt; /* while it is typed; else NULL */
	char *before;	       /* as it was */
};

void filtered_release(struct filtered *filtered);
/* What is in force, in the arena.  NULL: all. */
struct filter *filtered_parse(const struct filtered *filtered, struct arena *arena);
/* With words: they are in force at once; without: the prompt opens. */
unsigned filtered_command(struct filtered *filtered, const char *args);
/* UI_IGNORED while nothing is typed. */
unsigned filtered_key(struct filtered *filtered, struct key key, const char *pasted);
/* Takes the filter away; false: there was none. */
bool filtered_clear(struct filtered *filtered);
/* Takes the prompt's rows from the area, and draws it. */
void filtered_draw(struct filtered *filtered, struct canvas *canvas, struct area *area);

#endif
