/* The screens of rosters: the table as month and week, building, swaps, people, what is wrong. */
#ifndef ZHIBAN_VIEWS_ROSTER_PRIV_H
#define ZHIBAN_VIEWS_ROSTER_PRIV_H

#include "act_priv.h"
#include "zhiban/client/roster.h"
#include "zhiban/model/roster_grid.h"
#include "zhiban/model/roster_words.h"

/* Where the officer was, for as long as the console runs. */
struct roster_place {
	char org[88];
	size_t plan; /* the how-manieth of that organisation */
	bool week;
	int32_t day; /* the cursor's */
	bool fresh;  /* nobody has said yet which: the shift of now */
	char shift[24], post[24];
	int seat;
	struct copied { /* a week that was remembered; nil: nobody stood there */
		int weekday, seat;
		char shift[24], post[24];
		struct uuid staff;
	} *copied;
	size_t n_copied, cap_copied;
	char copied_plan[24];
	struct done { /* seats set by the latest act of this console, for undoing it */
		struct uuid roster;
		struct cell *cells;
		size_t n;
		struct arena arena;
	} done;
};
struct roster_place *roster_place(struct app *app); /* made at its first use */
void roster_place_free(struct app *app);

struct roster_screen {
	struct app *app;
	struct roster_place *place;
	struct arena arena;
	const struct roster_plan *plan; /* NULL: the organisation has none */
	int32_t from, to;
	char month[ROSTER_MONTH]; /* of the cursor's day */
	struct roster_view view;
	struct roster_grid grid;
	struct client_swap *swaps;
	size_t n_swaps;
	const struct roster *roster; /* of the month; NULL: nobody has begun it */
	unsigned marks;		     /* of it: enum row_marks */
	size_t row, day;	     /* of the grid */
	int32_t anchor;		     /* days are being marked from here; 0: they are not */
	int top;		     /* first line of the table that is shown */
	int64_t minute;
	bool failed;
};
struct roster_screen *roster_screen(const struct app *app); /* the one below; NULL: none is open */
const struct grid_cell *roster_cell(const struct roster_screen *view); /* under the cursor; or NULL */
struct uuid roster_screen_id(const struct roster_screen *view, int32_t day);
/* Puts the cursor there, in another month too; reads anew. */
unsigned roster_goto(struct roster_screen *view, int32_t day, const char *shift, const char *post,
		     int seat);
unsigned roster_reread(struct roster_screen *view);
bool roster_view_selected(void *state, struct selection *ret_selection);
/* Days that are marked, the cursor's alone otherwise: columns of the grid. */
void roster_marked(const struct roster_screen *view, size_t *ret_first, size_t *ret_last);

/* ---- roster_draw.c ---- */
void roster_draw(void *state, struct canvas *canvas, struct area area, bool all);
struct grid_layout roster_layout(const struct roster_screen *view, int columns);

/* ---- roster_edit.c ---- */
/* Seats set by one act; cells in the arena of the screen.  What a rule refuses asks for a reason. */
unsigned seat_set(struct roster_screen *view, const struct cell *cells, size_t n,
		    const char *what);
unsigned seat_put(struct roster_screen *view, const struct staff *staff); /* NULL: nobody */
unsigned week_copy(struct roster_screen *view);
unsigned week_paste(struct roster_screen *view);
unsigned seat_fill_down(struct roster_screen *view);
unsigned seat_fix(struct roster_screen *view);
unsigned week_file(struct roster_screen *view);
unsigned week_chase(struct roster_screen *view);
/* An act on the duty under the cursor, the rest of whose words is asked for. */
unsigned seat_act(struct roster_screen *view, const struct act_desc *act, const struct staff *who);
unsigned seat_undo(struct app *app);

/* ---- roster_who.c: who shall stand there ---- */
enum stand_for { STAND_SEAT, STAND_COVER, STAND_TAKEOVER };
extern const struct view_ops who_view, partner_view, findings_view, org_view;
unsigned roster_ask_who(struct roster_screen *view, enum stand_for purpose);

/* ---- roster_build.c, swaps.c, swap.c, staff.c ---- */
extern const struct view_ops roster_view, build_view, swaps_view, swap_view, people_view;
struct tell;
int64_t build_view_next(const void *state, int64_t now); /* when it must tick, own clock */
unsigned build_view_told(struct app *app, const struct tell *tell); /* news of what is reckoned */
bool swaps_view_selected(void *state, struct selection *ret_selection);
bool swap_view_selected(void *state, struct selection *ret_selection);
bool people_view_selected(void *state, struct selection *ret_selection);

/* ---- roster.c: commands that work from anywhere ---- */
unsigned roster_command(struct app *app, const char *args);
/* "tianning 2026-12": an organisation, a month, or both, where the screens then are. */
enum err roster_take_words(struct app *app, const char *args, struct error *err) MUST_CHECK;
/* The plan of an organisation, or of the one above it that has one. */
const struct roster_plan *roster_plan_near(const struct rules *rules, const char *org, size_t at,
					   const char **ret_org);
unsigned people_command(struct app *app, const char *args);
unsigned ledger_command(struct app *app, const char *args);
unsigned swaps_command(struct app *app, const char *args);

#endif
