/* The outbox's list, the desk's page and what they do: for their files, and for who opens them. */
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
/* An overlay opens: which act of the outbox or the desk is looked at below it. */
void desk_remember(struct app *app);
/* Why a command of the outbox cannot be run on that act; NULL: it can.  Lent as by app_why. */
const char *desk_why(struct app *app, enum cmd cmd);
/* Whether it can be run on the act of the top view. */
bool desk_can(struct app *app, enum cmd cmd);
/* Opens the desk: on the selected incident's item, else on the first. */
unsigned desk_show(struct app *app);
/* Tells what has come to lie on the desk since the last call. */
unsigned desk_announce(struct app *app);
/* Asks before the console is left with something on the desk. */
unsigned desk_leave(struct app *app);
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
