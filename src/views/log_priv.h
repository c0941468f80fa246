/* The screen of the duty log, what is written there, and the night gone through again. */
#ifndef ZHIBAN_VIEWS_LOG_PRIV_H
#define ZHIBAN_VIEWS_LOG_PRIV_H

#include "app_priv.h"
#include "zhiban/model/log.h"
#include "zhiban/ui/list.h"

extern const struct view_ops log_view, log_sorts_view, replay_view;

enum { LOG_COLUMNS = 7 };

struct log_screen {
	struct app *app;
	struct list *list;
	struct list_column columns[LOG_COLUMNS]; /* of the list: wider where it is of several days */
	struct arena arena;
	struct client_log log;
	size_t total; /* lines without the filter */
	int64_t from, to;
	bool since;   /* since my last shift, not a day */
	bool running; /* the day that runs: it goes on with the time */
	struct str filter;
	enum log_order order;
	bool turned;
	struct prompt *prompt;
	char *before;
	int prompt_rows;
	bool dirty;
	int64_t minute;
	char cell[400];
};

/* log_draw.c */
struct list *log_list(struct log_screen *view, const struct list_source *source, bool days);
void log_cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell);
void log_draw(void *state, struct canvas *canvas, struct area area, bool all);
enum role log_role(const struct log_line *line);

/* log.c */
unsigned log_show(struct app *app, const char *args);	/* key 7, `:log FILTER` */
unsigned log_since(struct app *app, const char *args);	/* `:since` */
bool log_view_selected(void *state, struct selection *ret_selection);

/* log_write.c */
struct log_call { /* somebody was rung; NULL: not known */
	const char *org, *post, *label, *name, *phone; /* codes of organisation and post */
	struct selection about;			       /* nil: nothing */
};
unsigned log_note_call(struct app *app, const struct log_call *call);
unsigned log_write(struct app *app, enum record_sort sort);
/* The arguments that its form asks for, in their order, by the sort that was chosen; NULL: all. */
const char *const *log_form_order(const struct app *app, const struct act_desc *act, size_t *ret_n);
/* What a field of it is called in what is being written; NULL: as it is everywhere. */
const char *log_field_label(const struct app *app, const struct act_desc *act,
			    const struct field *field);

/* replay.c: arg of replay_view */
struct replay_ask {
	int64_t from, to;
	struct uuid at; /* an act's id: begins there; nil: at the first */
};
int64_t replay_view_next(const void *state); /* when it must tick, own clock */

#endif
