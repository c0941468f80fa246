/* The page of who is on duty in an organisation, with the ladder of who is rung; and all of them. */
#ifndef ZHIBAN_VIEWS_ONCALL_PRIV_H
#define ZHIBAN_VIEWS_ONCALL_PRIV_H

#include "app_priv.h"
#include "zhiban/model/oncall.h"
#include "zhiban/ui/list.h"

struct oncall_ask { /* arg of oncall_view */
	char org[88]; /* code; "": all organisations */
	struct selection about; /* what calls are noted for; nil: nothing */
};
extern const struct view_ops oncall_view;

struct oncall_line { /* a row of the list */
	struct uuid id;
	bool heading; /* text alone */
	const char *text;
	const struct oncall_rung *rung; /* now */
	const struct on_duty *next;	/* or: who comes then */
	const struct duty_now *duty;	/* or: of all organisations, one */
};
struct oncall_screen {
	struct app *app;
	struct list *list;
	struct arena arena;
	char org[88];
	struct selection about;
	bool all, gaps_only;
	struct oncall_page page;
	struct duty_now *duties;
	size_t n_duties;
	struct oncall_line *lines;
	size_t n;
	bool dirty;
	int64_t minute;
	char cell[256];
};

/* oncall_draw.c */
struct list *oncall_list(const struct list_source *source);
void oncall_columns(struct oncall_screen *view); /* of one, or of all */
void oncall_cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell);
void oncall_draw(void *state, struct canvas *canvas, struct area area, bool all);
const char *oncall_org_words(const struct oncall_screen *view, const char *code);

/* Key o, `:oncall [ORG]`: whose duty is meant by what stands under the cursor. */
unsigned oncall_show(struct app *app, const char *args);
/* The duty words of the first line: read again when the data, or the shift, are others. */
void oncall_frame_changed(struct app *app);
/* So many of who leads (3 to 1), and when the shift ends; "": nobody is known.  ret_is_officer:
 * who sits here is on duty himself. */
const char *oncall_frame_words(struct app *app, int most, bool *ret_is_officer);
void oncall_frame_release(struct app *app);

#endif
