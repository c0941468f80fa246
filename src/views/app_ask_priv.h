/* What any view may ask of the console's face; included by app_priv.h, which has its state. */
#ifndef ZHIBAN_VIEWS_APP_ASK_PRIV_H
#define ZHIBAN_VIEWS_APP_ASK_PRIV_H

#include "zhiban/ui/view.h"
#include "zhiban/views/command.h"

struct app;
struct role_rule;
struct selection;

extern const struct view_ops deadlines_view, home_view, board_view, page_view, outbox_view,
	desk_view, paper_view, form_view, confirm_view, menu_view, help_view, line_view,
	login_view, links_view, earlier_view, columns_view, views_view, dups_view, search_view;
extern const struct shell_ops app_shell;

/* ---- app.c, app_loop.c ---- */
int64_t app_now(const struct app *app); /* the server's time, as well as known */
/* By --read-only or by the officer's role: acts are neither offered nor done. */
bool app_read_only(const struct app *app);
/* Why no case at all is listed (not enrolled, no data yet), with the key that leads on; NULL: there
 * are data. */
const char *app_empty_why(const struct app *app);
/* Counts and groups, for the first screen: a dozen of milliseconds at the most. */
void app_look_at_all(struct app *app);
/* The screen an officer begins with. */
void app_open_first(struct app *app);
const struct role_rule *app_role(const struct app *app); /* NULL: nobody is logged in */
/* What acts apply to: of the top view, or of the one below an overlay.  NULL: nothing; else valid
 * till the next call. */
const struct selection *app_selection(struct app *app);
/* The same where only incidents are meant; false: none, or a whistle. */
bool app_selected(struct app *app, struct uuid *ret_id);
/* The act that a command does to what is selected (of its kind); NULL: none. */
const struct act_desc *app_act(struct app *app, const struct ui_command *command);
void app_set_theme(struct app *app, const char *name, struct error *err);
/* Keeps a text for Ctrl-Y and, as the policy is, for the terminal.  Never give it what is masked. */
void app_copy(struct app *app, const char *text);
void app_forget_copy(struct app *app);
void app_notice(struct app *app, enum role role, const char *sentence);
void app_failed(struct app *app, const struct error *err); /* as a notice */
/* UI_OPEN: a page with this text opens. */
unsigned app_show(struct app *app, const char *title, const char *text);
/* The officer marked something: lists and groups are others. */
unsigned app_marks_changed(struct app *app);
/* UI flags of what a change brought. */
unsigned app_take_changes(struct app *app, struct error *err);
unsigned app_take_link(struct app *app); /* the same of the link's figures */

/* ---- shell.c ---- */
/* NULL when the command can be run now; else why not, lent till the next help or menu. */
const char *app_why(void *app, const struct ui_command *command);
/* Whether help and completion name it at all: to who only reads, no acts. */
bool app_takes(void *app, const struct ui_command *command);
bool app_has_marks(struct app *app); /* rows of the list on top are marked */

/* ---- export.c ---- */
unsigned export_command(struct app *app, const char *args); /* args: a path */

/* ---- away.c ---- */
/* Looks whether the console was off or cut off, and, once it is in step again, tells in a notice what
 * ran out meanwhile; true: it told. */
bool away_look(struct app *app);
bool away_is_mine(const struct app *app, const char *org); /* of the officer's own organisation */

/* ---- deadlines.c ---- */
struct deadlines *deadlines_model(struct app *app); /* what the screen shows */
bool deadlines_view_selected(void *state, struct selection *ret_selection);
/* What is marked there, in the arena; and what of it stays marked: the rows of these. */
size_t deadlines_view_marked(void *state, struct arena *arena, struct selection **ret_items);
bool deadlines_view_on_check(void *state); /* the row is one, of no case */
bool deadlines_view_has_marks(void *state);
void deadlines_view_keep_marks(void *state, const struct selection *items, size_t n);
/* The screen with what runs out of all, by a filter. */
unsigned deadlines_show_all(struct app *app, const char *filter);
int64_t deadlines_view_next(const void *state); /* when it must tick, own clock */

/* The page of an incident or a whistle; UI_OPEN. */
unsigned app_open_entity(struct app *app, enum kind kind, const struct uuid *id);

/* ---- what each screen has selected ---- */
bool page_view_selected(void *state, struct uuid *ret_id);
bool outbox_view_selected(void *state, struct uuid *ret_id);
bool desk_view_selected(void *state, struct uuid *ret_id);

#endif
