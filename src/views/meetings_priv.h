/* The screens of joint meetings: their list with the candidates, items, tasks, rooms, a meeting's
 * page. */
#ifndef ZHIBAN_VIEWS_MEETINGS_PRIV_H
#define ZHIBAN_VIEWS_MEETINGS_PRIV_H

#include "act_priv.h"
#include "filtered_priv.h"
#include "zhiban/model/meetings.h"
#include "zhiban/model/nominees.h"
#include "zhiban/ui/list.h"

extern const struct view_ops meetings_view, meeting_view, items_view, item_view, actions_view,
	action_view, rooms_view, bring_view, answer_view, putin_view, convene_view;

enum { MEETINGS_WIDE = 130 }; /* so wide a screen has its two lists side by side */

enum meetings_pane { PANE_MEETINGS, PANE_CANDIDATES };
struct meetings_screen {
	struct app *app;
	struct list *meetings, *candidates;
	enum meetings_pane pane;
	struct arena arena; /* of the rows */
	struct meeting_list shown;
	size_t listed, waiting; /* items: to be approved; approved and in no agenda */
	struct nominees *nominees;
	bool gathering;
	struct filtered filter;
	struct arena cells;
	int64_t minute;
	bool dirty; /* titles and foot */
};

/* ---- meetings.c ---- */
unsigned meetings_command(struct app *app, const char *args);
unsigned mymeetings_command(struct app *app, const char *args);
unsigned candidates_command(struct app *app, const char *args);
bool meetings_view_selected(void *state, struct selection *ret_selection);
/* Candidates are still gathered; the work of it, UI flags. */
bool meetings_view_works(const struct app *app);
unsigned meetings_view_work(struct app *app);
/* Those that are marked, else the one under the cursor; in the order of the list, in the arena. */
const struct nominee **meetings_chosen(struct meetings_screen *view, struct arena *arena,
				       size_t *ret_n);
void meetings_unmark(struct meetings_screen *view);
/* An organisation convenes meetings: a series is its own, or it is the centre. */
bool meetings_may_convene(const struct app *app);
/* Whether a command means anything to the meeting whose page is on top; true where none is. */
bool meeting_takes(const struct app *app, int cmd);

/* ---- convene.c ---- */
unsigned convene_command(struct app *app); /* asks of which series, then for the rest */

/* ---- meetings_draw.c ---- */
struct list *meetings_list_new(struct meetings_screen *view);
struct list *candidates_list_new(struct meetings_screen *view);
void meetings_draw(void *state, struct canvas *canvas, struct area area, bool all);

/* ---- what pages and lists share: joint_words.c ---- */
enum role joint_state_role(enum kind kind, const void *entity, int64_t now);
/* "!! " before what ran out, "^" what waits to be sent, "X" what was refused; "" nothing. */
const char *joint_marks(unsigned marks, bool over, enum role *ret_role);

#endif
