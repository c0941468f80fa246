/* Screen 5 drawn: meetings and candidates, side by side where there is room, else one above the
 * other. */
#include <config.h>

#include <string.h>

#include "meetings_priv.h"
#include "rows_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/left.h"
#include "zhiban/model/roster_words.h"

enum { FOOT = 3, LEAST_LIST = 4, LEFT_PERCENT = 49 };

enum meeting_column { COL_WHEN, COL_NUMBER, COL_TITLE, COL_STATE, COL_ANSWERS, COL_NEXT, COL_DUE };
static const struct list_column meeting_columns[] = {
	[COL_WHEN] = { "when", N_("Meeting time"), 15, 15, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_NUMBER] = { "number", N_("Number"), 8, 8, 0, 60, LIST_LEFT, LIST_CUT_END },
	[COL_TITLE] = { "title", N_("Meeting"), 18, 18, 2, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	[COL_STATE] = { "state", N_("State"), 6, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_ANSWERS] = { "answers", N_("Answers"), 7, 9, 0, 64, LIST_LEFT, LIST_CUT_END },
	[COL_NEXT] = { "next", N_("Next step"), 10, 16, 1, 50, LIST_LEFT, LIST_CUT_END },
	[COL_DUE] = { "due", N_("Left"), 9, 9, 0, 90, LIST_RIGHT, LIST_CUT_END },
};

enum candidate_column { COL_WHICH, COL_WHAT, COL_WHY, COL_ORGS, COL_STEP };
static const struct list_column candidate_columns[] = {
	[COL_WHICH] = { "number", N_("Number"), 7, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_WHAT] = { "what", N_("Matter"), 18, 26, 3, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	[COL_WHY] = { "why", N_("Why"), 16, 22, 2, 0, LIST_LEFT, LIST_CUT_END },
	[COL_ORGS] = { "orgs", N_("Concerned"), 10, 16, 1, 0, LIST_LEFT, LIST_CUT_END },
	[COL_STEP] = { "step", N_("Step"), 8, 8, 0, 120, LIST_LEFT, LIST_CUT_END },
};

enum role joint_state_role(enum kind kind, const void *entity, int64_t now)
{
	const struct meeting *meeting = entity;
	const struct item *item = entity;
	const struct action *action = entity;

	switch (kind) {
	case KIND_MEETING:
		return !meeting->open					? ROLE_HINT
		       : meeting_state(meeting) == MEETING_SITTING	? ROLE_GOOD
		       : meeting->due && meeting->due <= now		? ROLE_CLOCK_OVERDUE
									: ROLE_TEXT;
	case KIND_ITEM:
		return !item->open			       ? ROLE_HINT
		       : item_state(item) == ITEM_LISTED       ? ROLE_WARNING
		       : item->missing && item->papers_due <= now ? ROLE_CLOCK_OVERDUE
								  : ROLE_TEXT;
	case KIND_ACTION:
		return !action->open				  ? ROLE_HINT
		       : action->due && action->due <= now	  ? ROLE_CLOCK_OVERDUE
		       : action_state(action) == ACTION_REPLIED ? ROLE_WARNING
								  : ROLE_TEXT;
	default:
		return ROLE_TEXT;
	}
}

const char *joint_marks(unsigned marks, bool over, enum role *ret_role)
{
	*ret_role = over ? ROLE_CLOCK_OVERDUE : ROLE_PENDING;
	if (marks & ROW_REFUSED)
		return over ? "!X" : "X";
	if (marks & ROW_PENDING)
		return over ? "!^" : "^";
	return over ? "!!" : "";
}

/* ---- rows ---- */

static enum err fetch_meetings(void *ctx, const struct list_want *want, struct arena *arena,
			       struct list_page *ret_page, struct error *err)
{
	struct meetings_screen *view = ctx;
	bool found = want->from != LIST_AT;
	struct list_row *rows = arena_array(arena, view->shown.n + 1, sizeof *rows);

	for (size_t i = 0; i < view->shown.n; i++) {
		rows[i] = (struct list_row){ view->shown.rows[i].shown.meeting->head.id, 0,
					     &view->shown.rows[i] };
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	}
	*ret_page = (struct list_page){ rows, (int)view->shown.n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

static enum err fetch_candidates(void *ctx, const struct list_want *want, struct arena *arena,
				 struct list_page *ret_page, struct error *err)
{
	struct meetings_screen *view = ctx;
	size_t n = nominees_n(view->nominees);
	bool found = want->from != LIST_AT;
	struct list_row *rows = arena_array(arena, n + 1, sizeof *rows);

	for (size_t i = 0; i < n; i++) {
		const struct nominee *nominee = nominees_at(view->nominees, i);

		rows[i] = (struct list_row){ nominee->id, 0, nominee };
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	}
	*ret_page = (struct list_page){ rows, (int)n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

static const char *left_cell(struct meetings_screen *view, const struct meeting *meeting)
{
	char text[LEFT_TEXT];

	if (!meeting->open || !meeting->due)
		return "";
	left_minutes(meeting->due, app_now(view->app), text);
	return arena_strdup(&view->cells, text);
}

static void meeting_cell(void *ctx, const struct list_row *at, int column, struct list_cell *ret)
{
	struct meetings_screen *view = ctx;
	const struct meeting_row *row = at->data;
	const struct meeting *meeting = row->shown.meeting;

	arena_reset(&view->cells);
	ret->role = meeting->open ? ROLE_TEXT : ROLE_HINT;
	switch ((enum meeting_column)column) {
	case COL_WHEN:
		ret->text = row->when;
		break;
	case COL_NUMBER:
		ret->text = row->mark;
		if (row->shown.marks & ROW_PENDING)
			ret->role = ROLE_PENDING;
		break;
	case COL_TITLE:
		ret->text = row->title;
		break;
	case COL_STATE:
		ret->text = row->state;
		ret->role = joint_state_role(KIND_MEETING, meeting, app_now(view->app));
		break;
	case COL_ANSWERS:
		ret->text = row->answers;
		break;
	case COL_NEXT:
		ret->text = row->asks_me    ? _("ANSWER: s")
			    : row->signs_me ? _("SIGN: s")
					    : row->next.words;
		ret->role = row->asks_me || row->signs_me ? ROLE_WARNING
			    : row->next.late ? ROLE_CLOCK_OVERDUE
					     : ret->role;
		break;
	case COL_DUE:
		ret->text = left_cell(view, meeting);
		if (meeting->due && meeting->due <= app_now(view->app))
			ret->role = ROLE_CLOCK_OVERDUE;
		break;
	}
}

static void candidate_cell(void *ctx, const struct list_row *at, int column, struct list_cell *ret)
{
	enum { NAMED = 3 };
	struct meetings_screen *view = ctx;
	const struct nominee *nominee = at->data;

	arena_reset(&view->cells);
	ret->text = "";
	switch ((enum candidate_column)column) {
	case COL_WHICH:
		ret->text = nominee->number;
		break;
	case COL_WHAT:
		ret->text = nominee->title;
		break;
	case COL_WHY:
		ret->text = nominee->why;
		ret->role = nominee->sorts & 1u << NOMINEE_HAND ? ROLE_WARNING : ROLE_TEXT;
		break;
	case COL_ORGS:
		ret->text = orgs_words(client_rules(view->app->client), nominee->orgs,
				       nominee->n_orgs, NAMED, &view->cells);
		break;
	case COL_STEP:
		ret->text = nominee->step;
		ret->role = ROLE_HINT;
		break;
	}
}

/* ---- why there is nothing ---- */

static const char *no_meetings(void *ctx)
{
	const struct meetings_screen *view = ctx;

	if (*str_get(&view->app->meeting_filter))
		return _("Nothing fits the filter. Esc takes it away, / changes it.");
	if (app_empty_why(view->app))
		return app_empty_why(view->app);
	if (meetings_may_convene(view->app))
		return _("No meeting yet. N draws one up.");
	return _("Your organisation sits in no meeting yet. An invitation stands here at once.");
}

static const char *no_candidates(void *ctx)
{
	const struct meetings_screen *view = ctx;

	if (app_empty_why(view->app))
		return ""; /* said above */
	if (!meetings_may_convene(view->app))
		return _("Candidates stand at who convenes the meetings. m on a case puts it there.");
	if (view->gathering)
		return _("The candidates are being gathered ...");
	return _("No case is put to the meeting by the rules. m on a case (2) puts it here.");
}

struct list *meetings_list_new(struct meetings_screen *view)
{
	struct list_source source = { view, fetch_meetings, meeting_cell, no_meetings };

	return list_new(meeting_columns, ARRAY_LEN(meeting_columns), &source);
}

struct list *candidates_list_new(struct meetings_screen *view)
{
	struct list_source source = { view, fetch_candidates, candidate_cell, no_candidates };

	return list_new(candidate_columns, ARRAY_LEN(candidate_columns), &source);
}

/* ---- drawing ---- */

/* The title of the pane in which one is stands out. */
static void pane_title(struct canvas *canvas, struct area line, bool here, const char *left,
		       const char *right)
{
	int width = text_columns(right);
	enum role role = here ? ROLE_HEADING : ROLE_HINT;

	canvas_pad(canvas, line.row, line.col, line.cols - width, role, left, PAD_RIGHT);
	canvas_pad(canvas, line.row, line.col + line.cols - width, width, role, right, PAD_RIGHT);
}

static void draw_meetings_title(struct meetings_screen *view, struct canvas *canvas, struct area line)
{
	struct str left = STR_INIT, right = STR_INIT;

	str_addf(&left, "%s%s ", view->pane == PANE_MEETINGS ? ">" : " ", _("Meetings"));
	rows_add_number(&left, (int64_t)view->shown.open);
	rows_add_count(&left, _("to be answered"), (int64_t)view->shown.asking);
	if (*str_get(&view->app->meeting_filter))
		str_addf(&left, "  %s %s", _("Filter:"), str_get(&view->app->meeting_filter));
	str_add(&right, " ");
	rows_add_number(&right, (int64_t)view->shown.n);
	str_add(&right, " / ");
	rows_add_number(&right, (int64_t)view->shown.total);
	str_add(&right, " ");
	pane_title(canvas, line, view->pane == PANE_MEETINGS, str_get(&left), str_get(&right));
	str_release(&left);
	str_release(&right);
}

static void draw_candidates_title(struct meetings_screen *view, struct canvas *canvas,
				  struct area line)
{
	struct str left = STR_INIT, right = STR_INIT;
	size_t marked;

	list_marked(view->candidates, &marked);
	str_addf(&left, "%s%s ", view->pane == PANE_CANDIDATES ? ">" : " ", _("Candidates"));
	rows_add_number(&left, (int64_t)nominees_n(view->nominees));
	rows_add_count(&left, _("marked"), (int64_t)marked);
	if (view->gathering)
		str_add(&left, " ..");
	if (view->listed || view->waiting)
		str_addf(&right, _("items: %zu to be approved, %zu wait for a meeting "),
			 view->listed, view->waiting);
	pane_title(canvas, line, view->pane == PANE_CANDIDATES, str_get(&left), str_get(&right));
	str_release(&left);
	str_release(&right);
}

/* What the row under the cursor is about, in full. */
static void draw_foot(struct meetings_screen *view, struct canvas *canvas, struct area foot)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct list_row *at =
		list_current(view->pane == PANE_MEETINGS ? view->meetings : view->candidates);
	struct arena arena = ARENA_INIT;
	const char *first = "", *second = "";

	if (at && view->pane == PANE_MEETINGS) {
		const struct meeting_row *row = at->data;
		const struct meeting *meeting = row->shown.meeting;

		first = arena_printf(&arena, "%s  %s  %s  %s", row->mark, row->title,
				     joint_when(rules, meeting->starts, meeting->ends, &arena),
				     meeting->room ? meeting->room : "");
		second = arena_printf(&arena, _("%s  chair %s%s%s  items %lld  mandatory %lld"),
				      org_brief(rules, meeting->org),
				      meeting->chair ? meeting->chair : "-",
				      meeting->chair2 ? _(", ") : "",
				      meeting->chair2 ? meeting->chair2 : "",
				      (long long)meeting->items, (long long)meeting->must);
	} else if (at) {
		const struct nominee *nominee = at->data;

		first = arena_printf(&arena, "%s  %s", nominee->number, nominee->title);
		second = arena_printf(&arena, "%s  >  %s", nominee->why,
				      orgs_words(rules, nominee->orgs, nominee->n_orgs,
						 NOMINEE_ORGS, &arena));
	}
	canvas_fill(canvas, area_top(&foot, 1), '-', ROLE_FRAME);
	canvas_erase(canvas, foot);
	canvas_pad(canvas, foot.row, foot.col + 1, foot.cols - 1, ROLE_TEXT, first, PAD_MIDDLE);
	canvas_pad(canvas, foot.row + 1, foot.col + 1, foot.cols - 1, ROLE_HINT, second, PAD_RIGHT);
	arena_release(&arena);
}

struct panes {
	struct area meetings, candidates, between;
};

/* The pane in which one is gets more of a small screen. */
static struct panes split(const struct meetings_screen *view, struct area area)
{
	struct panes panes = { .between = { 0 } };
	int want = (int)view->shown.n + 2, half = area.rows / 2;
	int most = view->pane == PANE_MEETINGS ? half + 2 : half - 2;

	if (area.cols >= MEETINGS_WIDE) {
		panes.meetings = area_left(&area, area.cols * LEFT_PERCENT / 100);
		panes.between = area_left(&area, 1);
		panes.candidates = area;
		return panes;
	}
	want = want < LEAST_LIST ? LEAST_LIST : want > most ? most : want;
	panes.meetings = area_top(&area, want);
	panes.candidates = area;
	return panes;
}

void meetings_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct meetings_screen *view = state;
	struct area foot, title;
	struct panes panes;

	filtered_draw(&view->filter, canvas, &area);
	foot = area_bottom(&area, FOOT);
	panes = split(view, area);
	all |= view->dirty; /* the panes may be of another size */
	if (panes.between.cols)
		canvas_fill(canvas, panes.between, '|', ROLE_FRAME);
	title = area_top(&panes.meetings, 1);
	if (all)
		draw_meetings_title(view, canvas, title);
	list_draw(view->meetings, canvas, panes.meetings, all);
	title = area_top(&panes.candidates, 1);
	if (all)
		draw_candidates_title(view, canvas, title);
	list_draw(view->candidates, canvas, panes.candidates, all);
	if (all)
		draw_foot(view, canvas, foot);
	view->dirty = false;
}
