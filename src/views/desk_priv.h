/* The outbox's list, the desk's page and what they do, shared by their files. */
#ifndef ZHIBAN_VIEWS_DESK_PRIV_H
#define ZHIBAN_VIEWS_DESK_PRIV_H

#include "app_priv.h"
#include "zhiban/model/desk.h"

struct asking { /* arg of ask_view: what is done on a yes */
	enum cmd cmd; /* CMD_drop, CMD_dropall, CMD_leave */
	struct uuid act;
};
extern const struct view_ops ask_view;

/* ---- outbox.c, desk.c: the act under the cursor, of the page; NULL: none ---- */
const struct desk_line *outbox_view_item(void *state);
const struct desk_line *desk_view_item(void *state);

/* ---- desk_act.c ---- */
const char *desk_line_why(struct app *app, const struct desk_line *line, enum cmd cmd);
/* Sends it again, opens its form, or asks before it is dropped. */
unsigned desk_command(struct app *app, const struct uuid *act, enum cmd cmd);
/* After the yes.  all: with those that hung on it. */
unsigned desk_drop(struct app *app, const struct uuid *act, bool all);

/* ---- desk_draw.c ---- */
struct pager;
/* The page of one item, laid out for so many columns. */
void desk_fill(const struct desk *desk, const struct desk_line *line,
	       const struct desk_item *item, int cols, struct pager *pager);

#endif
