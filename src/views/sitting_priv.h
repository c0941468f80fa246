/* The screen of a meeting that sits, shared by its files. */
#ifndef ZHIBAN_VIEWS_SITTING_PRIV_H
#define ZHIBAN_VIEWS_SITTING_PRIV_H

#include "meetings_priv.h"
#include "zhiban/model/sitting.h"
#include "zhiban/ui/list.h"
#include "zhiban/ui/pager.h"

enum sitting_page { PAGE_AGENDA, PAGE_SHEET, SITTING_PAGES };

struct sitting_screen {
	struct app *app;
	struct uuid id;
	struct arena arena, cells; /* of the meeting; of a cell */
	struct sitting sitting;
	enum sitting_page page;
	struct list *lists[SITTING_PAGES];
	struct pager *item; /* the item under the cursor */
	struct uuid shown;  /* which that is */
	int64_t minute;
	bool closed; /* it was not open yet when it was last looked at */
};

extern const struct view_ops sitting_view; /* its argument: the id of a meeting */

/* ---- sitting.c ---- */
unsigned sit_command(struct app *app, const char *args);
unsigned sitting_print(struct app *app, const char *args); /* the minutes of the meeting on top */
bool sitting_view_selected(void *state, struct selection *ret_selection);
/* Under the cursor; NULL: nothing, or the other page is shown. */
const struct sitting_item *sitting_item_at(const struct sitting_screen *view);
const struct attendee *sitting_attendee_at(const struct sitting_screen *view);
unsigned sitting_reload(struct sitting_screen *view);

/* ---- sitting_rows.c ---- */
struct list *sitting_list_new(struct sitting_screen *view, enum sitting_page page);
void sitting_fill_item(struct sitting_screen *view); /* the pane beside the agenda */

/* ---- sitting_draw.c ---- */
void sitting_draw(void *state, struct canvas *canvas, struct area area, bool all);

/* ---- sitting_do.c ---- */
unsigned sitting_do(struct sitting_screen *view, const struct ui_command *cmd);

#endif
