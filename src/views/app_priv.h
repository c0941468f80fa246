/* What the views share. */
#ifndef ZHIBAN_VIEWS_APP_PRIV_H
#define ZHIBAN_VIEWS_APP_PRIV_H

#include "zhiban/model/board.h"
#include "zhiban/model/draft.h"
#include "zhiban/model/page.h"
#include "zhiban/ui/form.h"
#include "zhiban/ui/prompt.h"
#include "zhiban/views/app.h"
#include "zhiban/views/command.h"

struct pager;

struct app {
	struct client *client;
	struct ui *ui;
	struct keymap *keymap;
	struct theme *theme;
	char theme_name[64];
	const char *const *theme_folders;
	int colours;
	bool theme_changed, thin;
	void (*ask)(void *ctx, const struct ask *ask);
	void *ask_ctx;

	struct board *board;
	struct drafts *drafts;
	struct prompt_history filters, lines;
	struct str copy;
	bool copied;

	struct client_link link;  /* the latest */
	struct client_link drawn; /* as the frame shows it: figures stand still between minutes */
	int64_t digest_told;	  /* end of the quiet hours that were told of */
	int64_t minute;		  /* the last that was drawn, minutes since 1970 */

	struct uuid selected; /* the incident acts apply to */
	bool has_selected;
	struct uuid item; /* the act of the outbox below an overlay; nil: none */
	unsigned announced; /* of the desk, so far */
	struct uuid *targets; /* of the act that was begun */
	size_t n_targets, cap_targets;
	enum cmd hints[CMD_COUNT]; /* acts possible here, for the last line */
	const char *hint_words[CMD_COUNT]; /* their names; the rules' own */
	size_t n_hints;
	struct uuid wanted; /* where the list's cursor shall go; nil: it stays */
	void *marking;	    /* the board whose marks the begun act is for; NULL: none */
	struct arena whys;     /* sentences of app_why */
	bool lending;	       /* help is open and borrows them */
	char *paper_title, *paper_text; /* of the page that opens next */
};

struct paper { /* arg of paper_view; texts copied */
	const char *title, *text;
	struct uuid explains; /* not nil: the clocks of this incident, read anew as time goes */
	bool link;	      /* about the link */
};

extern const struct view_ops board_view, page_view, outbox_view, desk_view, paper_view, form_view,
	confirm_view, menu_view, help_view, line_view, login_view;
extern const struct shell_ops app_shell;

/* ---- app.c ---- */
int64_t app_now(const struct app *app); /* the server's time, as well as known */
bool app_read_only(const struct app *app);
/* The incident acts apply to: of the top view, or of the one below an overlay. */
bool app_selected(struct app *app, struct uuid *ret_id);
void app_set_theme(struct app *app, const char *name, struct error *err);
void app_notice(struct app *app, enum role role, const char *sentence);
void app_failed(struct app *app, const struct error *err); /* as a notice */
/* UI_OPEN: a page with this text opens. */
unsigned app_show(struct app *app, const char *title, const char *text);
/* UI flags of what a change brought. */
unsigned app_take_changes(struct app *app, struct error *err);

/* ---- shell.c ---- */
/* NULL when the command can be run now; else why not, lent till the next help or menu. */
const char *app_why(void *app, const struct ui_command *command);
bool app_has_marks(struct app *app); /* rows of the list on top are marked */

/* ---- frame.c ---- */
struct area frame_body(void *app, int rows, int cols);
void frame_draw(void *app, struct canvas *canvas);
/* Which acts the last line names: of the incident at rest. */
void frame_hint_acts(struct app *app, const struct incident *incident);

/* ---- paper.c ---- */
/* Up, down, a page, to the ends: true when the command was one of these. */
bool paper_move(struct pager *pager, const struct ui_command *command, unsigned *ret_flags);

/* ---- the views ---- */
bool board_view_selected(void *state, struct uuid *ret_id);
const struct uuid *board_view_marked(void *state, size_t *ret_n);
void board_view_unmark(void *state);
void board_view_recounted(void *state); /* its counts are others */
int64_t board_view_next(const void *state); /* when it must tick */
bool page_view_selected(void *state, struct uuid *ret_id);
bool outbox_view_selected(void *state, struct uuid *ret_id);
bool desk_view_selected(void *state, struct uuid *ret_id);

/* ---- acts.c ---- */
/* Begins an act on what is selected or marked: asks, or opens its form. */
unsigned acts_begin(struct app *app, const struct act_desc *act);
/* The one target of an act that is done again; none of one that creates. */
void acts_target(struct app *app, const struct act_desc *act, const struct uuid *id);
/* Does it to the targets.  ERR_OK: all or some are done, ret_flags says what to draw, and a notice
 * or a page tells how each went; else none was, with the sentence. */
struct deed { /* an act with what was typed for it */
	const struct act_desc *act;
	const struct given *given;
	size_t n_given;
	struct by_phone phone;
};
enum err acts_do(struct app *app, const struct deed *deed, unsigned *ret_flags, struct error *err)
	MUST_CHECK;
/* As a new act that takes the place of one on the desk. */
enum err acts_again(struct app *app, const struct uuid *replaces, const struct deed *deed,
		    unsigned *ret_flags, struct error *err) MUST_CHECK;
/* Something was put in the outbox or taken from it: takes the change in, wakes the worker. */
unsigned acts_done(struct app *app, const struct uuid *target);
unsigned acts_undo(struct app *app);

/* ---- act_fields.c, act_given.c: forms from the descriptors ---- */
struct act_fields {
	const struct act_desc *act;
	bool again; /* an act of the desk is done otherwise */
	struct form_field *fields;
	const struct field **args; /* what each of them is */
	size_t n, n_act;	   /* all; those of the act: behind them what was said by telephone */
};
/* incident: the target, when it is one; NULL: new, or many.  phone: with the part about the call. */
void act_fields_build(struct app *app, const struct act_desc *act, const struct incident *incident,
		      bool phone, struct arena *arena, struct act_fields *ret_fields);
/* What stands in an incident's field, as the form of a correction begins with it; personal fields
 * begin empty. */
const char *act_fields_present(struct app *app, const struct field *field,
			       const struct incident *incident, struct arena *arena);
/* What an act carries in that field, as its form takes it; NULL: nothing. */
const char *act_fields_carried(struct app *app, const struct field *field, const struct act *act,
			       struct arena *arena);
/* What was typed as arguments; only what differs from the incident (NULL: all that is not empty).
 * ERR_INPUT: ret_field names the field it is about. */
enum err act_fields_given(struct app *app, const struct act_fields *fields, const struct form *form,
			  const struct incident *incident, struct arena *arena,
			  struct given **ret_given, size_t *ret_n, const char **ret_field,
			  struct error *err) MUST_CHECK;
/* What was said by telephone; as the form takes what is there already. */
enum err act_fields_phone(struct app *app, const struct act_fields *fields, const struct form *form,
			  struct arena *arena, struct by_phone *phone, const char **ret_field,
			  struct error *err) MUST_CHECK;
const char *act_fields_phone_present(struct app *app, const struct field *field,
				     const struct by_phone *phone, struct arena *arena);

/* ---- act_place.c ---- */
/* Proposals under the address while it is typed; taking one fills in whose grid it is. */
void act_place_propose(struct app *app, const struct act_fields *fields, struct form *form);
void act_place_take(struct app *app, const struct act_fields *fields, struct form *form);
/* The card of an address, or with no words of the selected incident's place. */
unsigned act_place_card(struct app *app, const char *words);

struct question { /* arg of form_view and confirm_view; the targets are the app's */
	const struct act_desc *act;
	struct uuid replaces; /* of form_view: an act of the desk that is done otherwise; nil: none */
	bool phone; /* of form_view: it begins with the part about the call */
};

#endif
