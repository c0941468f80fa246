/* What the views share: the state of the console's face, and what any of them may ask of it.
 *
 * What a single part offers stands in a header of its own: frame, seen, marking, columns, saved,
 * rows (lists of incidents), search, paper, words (completion), act (forms), ring, lock, desk. */
#ifndef ZHIBAN_VIEWS_APP_PRIV_H
#define ZHIBAN_VIEWS_APP_PRIV_H

#include "frame_priv.h"
#include "seen_priv.h"
#include "zhiban/domain/role.h"
#include "zhiban/model/board.h"
#include "zhiban/model/columns.h"
#include "zhiban/model/deadlines.h"
#include "zhiban/model/draft.h"
#include "zhiban/model/home.h"
#include "zhiban/model/page.h"
#include "zhiban/model/saved.h"
#include "zhiban/ui/form.h"
#include "zhiban/ui/prompt.h"
#include "zhiban/views/app.h"
#include "zhiban/views/command.h"

struct pager;
struct search_view;
struct lock;
struct login;
struct reveal;
struct act_form;
struct deadlines_view;
struct joint_screen;
struct seat_kept;
struct preset;
struct roster_place;
struct sign;
struct signing;

/* What acts apply to. */
struct selection {
	enum kind kind;
	struct uuid id;
	char share[88];	/* of a whistle: whose share is under the cursor; "": none */
	char clock[24];	/* and which of its clocks (summons_clock_code); "": none */
	struct uuid turn; /* of a roster: whose duty is under the cursor; nil: none */
};

struct app {
	struct client *client;
	struct ui *ui;
	struct keymap *keymap;
	struct theme *theme;
	const char *const *theme_folders;
	int colours;
	bool theme_changed, thin;
	void (*ask)(void *ctx, const struct ask *ask);
	enum err (*reload)(void *ctx, struct error *err);
	void *ask_ctx; /* of both */

	struct board *board;
	struct home *home;
	struct seen seen;
	struct due_line due; /* what is due next of all, on every screen */
	struct { /* who is on duty here, for the first line (oncall_priv.h) */
		char *words[3];	/* of one, of two, of three; NULL: not read */
		bool officer;	/* who sits here is among them */
		int64_t until;	/* the server's time: read again then; 0: now */
	} on_duty;
	struct deadlines *deadlines; /* what runs out; NULL: nobody looked yet */
	struct { /* the periodic check whose form opens next; due 0: none */
		char org[88], label[256];
		int64_t due;
	} check;
	struct columns columns; /* of lists of incidents, as the officer chose them */
	unsigned columns_turn;	/* another number when they are others */
	char *views_path; /* of the saved views; NULL: there are none */
	char view_names[SAVED_LISTS][64]; /* of each list: the saved view that is shown as it was
					   * saved; "" none */
	struct drafts *drafts;
	struct prompt_history filters, lines, searches;
	struct str whistle_filter; /* of the list of whistles, and its order */
	size_t whistle_order;
	bool whistle_turned;
	struct str meeting_filter, item_filter, action_filter; /* of their lists */
	char convene_series[24]; /* of the meeting that is drawn up next; "" none */
	struct str copy; /* the register */
	bool copied;	 /* and the terminal shall have it */
	enum copy_to copy_to;

	struct client_link link;  /* the latest */
	struct client_link drawn; /* as the frame shows it: figures stand still between minutes */
	int64_t away_since; /* own clock: the data were of now last; 0: nothing is to be told of */
	int64_t away_told;  /* when it was told; 0: never */
	struct uuid came[16]; /* clocks of whistles that were told of; the eldest gives way */
	size_t n_came;
	int64_t digest_told;	  /* end of the quiet hours that were told of */
	int64_t minute;		  /* the last that was drawn, minutes since 1970 */

	struct uuid selected; /* what acts apply to: its id */
	struct selection selection; /* the same with its kind, and the share under the cursor */
	bool has_selected;
	struct uuid item; /* the act of the outbox below an overlay; nil: none */
	unsigned announced; /* of the desk, so far */
	struct selection *targets; /* of the act that was begun: incidents and whistles mixed */
	size_t n_targets, cap_targets;
	struct preset *preset; /* what was chosen before the form of an act: act_priv.h; or NULL */
	size_t reckon_rounds; /* app.h */
	struct roster_place *roster; /* where the roster's screen was, or NULL: roster_priv.h */
	struct uuid *sources; /* the cases that a whistle is blown from */
	size_t n_sources, cap_sources;
	enum cmd hints[CMD_COUNT]; /* acts possible here, for the last line */
	const char *hint_words[CMD_COUNT]; /* their names; the rules' own */
	size_t n_hints;
	struct uuid hinted; /* of which incident or whistle they are; nil: of none */
	bool list_home;	    /* another list was asked for: it begins at its first row */
	struct uuid board_at; /* where the board's cursor was when closed; nil: its first row */
	struct uuid wanted; /* where the list's cursor shall go; nil: it stays */
	struct rows *marking; /* the list whose marks the begun act is for; NULL: none */
	struct joint_screen *marking_joint; /* of items or tasks; or NULL */
	struct deadlines_view *marking_due; /* they are those of the deadlines screen; or NULL */
	struct arena whys;     /* sentences of app_why */
	bool lending;	       /* help is open and borrows them */
	char *paper_title, *paper_text; /* of the page that opens next */

	struct lock *lock;   /* the locked screen, or a change of officer; NULL: none is shown */
	struct search_view *searching; /* the screen that finds by words; NULL: none is open */
	struct act_form *calling; /* it asked the server about a caller; NULL: none, or it is gone */
	bool caller_asked;	  /* and has no answer yet */
	struct reveal *reveal; /* a personal value is asked for or shown; NULL: none */
	struct login *login; /* the log-in that is asked for; NULL: none */
	struct sign *sign;   /* what is asked before a handover is signed; NULL: nothing */
	struct signing *signing; /* is done as soon as its officer has the seat; NULL: nothing */
	const char *lock_hint;
	int64_t lock_after, keyed_at; /* the latest key, own clock */
	int64_t lock_look;	      /* not before then */
	size_t alarms;	   /* that ring here */
	struct ring *ring; /* they, and how loud: ring_priv.h */
	unsigned bell;	   /* classes that sound */
	char *who;     /* the officer whose things these are; "" nobody */
	bool repoll;   /* something was written that is to be seen at once */
	char *missed;  /* the latest notice while it was locked; NULL: none */
	enum role missed_role;
	bool greeted;  /* the log-in that is under way has shown itself already */
	bool seat_new; /* another one is the current one */
	struct seat_kept *kept; /* of the others */
	size_t n_kept, cap_kept;
};

#include "app_ask_priv.h"

#endif
