/* The handover on the screen: the list with its ticks, the item beside it, who signs. */
#ifndef ZHIBAN_VIEWS_HANDOVER_PRIV_H
#define ZHIBAN_VIEWS_HANDOVER_PRIV_H

#include "app_priv.h"
#include "zhiban/client/handover.h"
#include "zhiban/model/handover.h"
#include "zhiban/ui/list.h"

enum handover_row_sort { ROW_HEAD, ROW_ITEM, ROW_GEAR, ROW_TALLY };
struct handover_row {
	struct uuid id;
	enum handover_row_sort sort;
	const char *text;	/* of a heading */
	const struct handed *item; /* one of these */
	const struct equipment *gear;
	const struct tallied *tally;
};

struct handover_screen {
	struct app *app;
	struct uuid id; /* nil: none is being prepared */
	struct arena arena;
	struct handover_desk desk; /* of the officer; plan NULL: there is none */
	struct client_handover shown;
	bool has; /* shown is one */
	struct handover_row *rows;
	size_t n;
	struct list *list;
	struct must_read *must; /* while it is gathered */
	bool half;		/* what is gathered for */
	size_t unsent;
	int64_t minute;
	char cell[48];
};

/* ---- handover_rows.c ---- */
enum { HANDOVER_COLUMNS = 3 };
extern const struct list_column handover_columns[HANDOVER_COLUMNS];
void handover_rows_load(struct handover_screen *view); /* reads all again */
enum err handover_rows_fetch(void *ctx, const struct list_want *want, struct arena *arena,
			     struct list_page *ret_page, struct error *err) MUST_CHECK;
void handover_rows_cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell);
const char *handover_rows_empty(void *ctx); /* why nothing stands there */

/* ---- handover_draw.c ---- */
enum { HANDOVER_FOOT = 4 };
void handover_draw(void *state, struct canvas *canvas, struct area area, bool all);
/* Lines of text, wrapped and cut at the area's end; returns the rows used. */
int handover_draw_text(struct canvas *canvas, struct area *area, enum role role, const char *text);

/* ---- handover_sign.c: what is asked before something is signed or written ---- */
enum sign_what { SIGN_GIVE, SIGN_TAKE, SIGN_WITNESS, SIGN_PHONE, SIGN_REMARK, SIGN_GEAR };
struct sign_arg {
	enum sign_what what;
	struct uuid handover, item; /* item: of a remark */
	const char *gear;	    /* SIGN_GEAR: "LABEL=faulty" */
};
extern const struct view_ops sign_view;

/* ---- handover_do.c ---- */
extern const struct view_ops handover_view, handovers_view, leaving_view;
/* An act on a handover that was signed for with a PIN. */
struct signing {
	enum sign_what what;
	struct uuid handover;
	char officer[96]; /* who signs */
	char seat[96];	  /* who has the seat again behind a witness; "" */
	char *words, *reason, *rung; /* NULL: not said */
	int64_t unsent;
	bool offline;
};
void signing_free(struct signing *signing);
/* Does it as the officer who is logged in, and tells how it went. */
unsigned signing_do(struct app *app, const struct signing *signing);
/* It is done when he has the seat (signing_seat_changed); takes it over. */
void signing_wait(struct app *app, struct signing *signing);
/* Another officer is the current one. */
void signing_seat_changed(struct app *app);
unsigned sign_told(struct app *app, const struct tell *tell); /* how the log-in went */

unsigned handover_command(struct app *app, const char *args);
unsigned handovers_command(struct app *app, const char *args);
/* UI_NOTHING: he may leave; else the question whether to hand over first opens. */
unsigned handover_leaving(struct app *app);
bool handover_view_works(const struct app *app); /* there is idle work */
unsigned handover_view_work(struct app *app);
bool handover_view_selected(void *state, struct selection *ret_selection);

#endif
