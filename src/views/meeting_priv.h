/* The page of a meeting, shared by its files. */
#ifndef ZHIBAN_VIEWS_MEETING_PRIV_H
#define ZHIBAN_VIEWS_MEETING_PRIV_H

#include "meetings_priv.h"
#include "zhiban/model/meeting_page.h"
#include "zhiban/ui/pager.h"

enum meeting_tab { TAB_STAGES, TAB_AGENDA, TAB_ATTEND, TAB_MINUTES, TAB_TASKS, TABS };

struct meeting_screen {
	struct app *app;
	struct uuid id;
	struct arena arena, cells, beside; /* of the page; of a cell; of what stands beside the list */
	struct meeting_page page;
	struct stage_line *stages;
	size_t n_stages;
	enum meeting_tab tab;
	struct list *lists[TABS]; /* NULL: the minutes, which are a text */
	struct pager *minutes, *side;
	struct uuid resting; /* what the side is about */
	int cols;	     /* it was built for */
	int64_t minute;
	bool asked_see; /* the invitation was said to be seen */
};

/* ---- meeting.c ---- */
struct meeting_screen *meeting_screen(const struct app *app); /* on top, or NULL */
bool meeting_view_selected(void *state, struct selection *ret_selection);
bool meeting_has_tab(const struct meeting_screen *view, enum meeting_tab tab);
const struct client_item *meeting_item(const struct meeting_screen *view); /* under the cursor */
const struct stage_line *meeting_stage_line(const struct meeting_screen *view);
const struct attendee *meeting_attendee_at(const struct meeting_screen *view); /* or NULL */
const struct client_action *meeting_action(const struct meeting_screen *view);

/* ---- meeting_lists.c ---- */
struct list *meeting_list_of(struct meeting_screen *view, enum meeting_tab tab);
struct uuid meeting_stage_id(const struct meeting_screen *view, size_t i);

/* ---- meeting_draw.c ---- */
enum { SIDE_FROM = 132 };
void meeting_draw(void *state, struct canvas *canvas, struct area area, bool all);
void meeting_fill(struct pager *pager, const struct page *page);

/* ---- meeting_do.c: edits, each one act ---- */
unsigned meeting_move(struct meeting_screen *view, int by);
unsigned meeting_fewest(struct meeting_screen *view);
unsigned meeting_minutes(struct meeting_screen *view, const char *args);
unsigned meeting_take_out(struct meeting_screen *view);
unsigned meeting_put_in(struct meeting_screen *view);
/* Items put behind those of the agenda. */
unsigned meeting_put_items(struct app *app, const struct meeting_page *page,
			   const struct client_item *const *items, size_t n);
unsigned meeting_hold_stage(struct meeting_screen *view); /* how the next stage went */
/* An act on the meeting: of an attendee, if it is about one. */
unsigned meeting_act(struct meeting_screen *view, const struct act_desc *act);
/* The answer, for the attendee that it is asked of. */
const struct attendee *meeting_answers_for(const struct meeting_screen *view);

#endif
