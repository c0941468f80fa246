/* A meeting's page drawn: its head, the tabs, the list of the tab, below it what the row is about
 * and what the meeting lacks; on a wide screen the item or the task beside it. */
#include <config.h>

#include "meeting_priv.h"
#include "paper_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { FOOT = 3, LIST_PERCENT = 60 };

void meeting_fill(struct pager *pager, const struct page *page)
{
	pager_begin(pager);
	for (size_t s = 0; s < page->n; s++) {
		const struct page_section *section = &page->sections[s];

		pager_section(pager, section->key, section->title);
		for (size_t i = 0; i < section->n; i++)
			pager_add(pager, section->lines[i].label, section->lines[i].label_cols,
				  tone_role(section->lines[i].tone), section->lines[i].text);
	}
	pager_end(pager);
}

/* ---- head ---- */

static const char *tab_words(const struct meeting_screen *view, enum meeting_tab tab,
			     struct arena *arena)
{
	const struct meeting_page *page = &view->page;
	const struct meeting *meeting = page->meeting;

	switch (tab) {
	case TAB_STAGES:
		return _("Stages");
	case TAB_AGENDA:
		return arena_printf(arena, _("Agenda %zu"), page->n_items);
	case TAB_ATTEND:
		return meeting->called_at
			       ? arena_printf(arena, _("Attendance %lld/%zu"),
					      (long long)(meeting->opened_at ? meeting->present
									     : meeting->accepted),
					      meeting->attendees.n)
			       : arena_printf(arena, _("Attendance %zu"), meeting->attendees.n);
	case TAB_MINUTES:
		return _("Minutes paper");
	case TAB_TASKS:
		return page->n_carried
			       ? arena_printf(arena, _("Tasks %zu+%zu"), page->n_actions,
					      page->n_carried)
			       : arena_printf(arena, _("Tasks %zu"), page->n_actions);
	case TABS:
		break;
	}
	return "";
}

static void draw_tabs(const struct meeting_screen *view, struct canvas *canvas, struct area line)
{
	struct arena arena = ARENA_INIT;
	int col = line.col;

	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_HINT, "", PAD_RIGHT);
	for (int tab = 0; tab < TABS; tab++) {
		bool here = (int)view->tab == tab;

		if (!meeting_has_tab(view, (enum meeting_tab)tab))
			continue;
		col += canvas_textf(canvas, line.row, col, line.cols - (col - line.col),
				    here ? ROLE_HEADING : ROLE_HINT, here ? "[%s]" : " %s ",
				    tab_words(view, (enum meeting_tab)tab, &arena));
		col += 1;
	}
	arena_release(&arena);
}

static void draw_head(const struct meeting_screen *view, struct canvas *canvas, struct area *area)
{
	struct arena arena = ARENA_INIT;
	struct area line = area_top(area, 1);

	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_TITLE,
		   arena_printf(&arena, " %s  %s", view->page.mark,
				meeting_title(view->page.meeting, &arena)),
		   PAD_MIDDLE);
	line = area_top(area, 1);
	canvas_pad(canvas, line.row, line.col, line.cols,
		   joint_state_role(KIND_MEETING, view->page.meeting, app_now(view->app)),
		   arena_printf(&arena, " %s", view->page.head), PAD_RIGHT);
	draw_tabs(view, canvas, area_top(area, 1));
	arena_release(&arena);
}

/* ---- foot ---- */

struct foot {
	const char *first, *second;
	enum role role; /* of the second */
};

/* What was said at the stage under the cursor, or what it asks for; what it did not pass for. */
static struct foot of_stages(const struct meeting_screen *view, struct arena *arena)
{
	const struct stage_line *line = meeting_stage_line(view);
	struct foot foot = { .first = "", .second = "", .role = ROLE_HINT };

	if (!line)
		return foot;
	foot.first = arena_printf(arena, "%s  %s", line->stage->label,
				  line->held && line->held->words ? line->held->words : line->words);
	if (*line->failed) {
		foot.second = line->failed;
		foot.role = ROLE_WARNING;
	} else if (line->next) {
		foot.second = _("it is the next one: Enter writes down how it went");
	}
	return foot;
}

static bool convenes(const struct meeting_screen *view)
{
	const struct actor *actor = client_actor(view->app->client);

	return actor && str_eq(actor->org, view->page.meeting->org);
}

/* The order can still be changed, and by this officer. */
static bool can_order(const struct meeting_screen *view)
{
	enum meeting_state state = meeting_state(view->page.meeting);

	return (state == MEETING_DRAWN || state == MEETING_CALLED) && convenes(view);
}

static struct foot of_agenda(const struct meeting_screen *view, struct arena *arena)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct meeting_page *page = &view->page;
	const struct client_item *item = meeting_item(view);
	const char *lacks = meeting_page_lacks(rules, page, arena);
	struct foot foot = { .first = "", .second = "", .role = ROLE_HINT };

	if (item)
		foot.first = arena_printf(arena, "%s  %s%s%s",
					  joint_short(item->item->about_no),
					  item->item->why ? item->item->why : "",
					  item->item->why ? "  >  " : "",
					  item_orgs_words(rules, item->item, 12, arena));
	if (*lacks) {
		foot.second = arena_printf(arena, _("lacks: %s"), lacks);
		foot.role = ROLE_WARNING;
	} else if (page->n_items && page->sat > page->least && can_order(view)) {
		foot.second = arena_printf(arena,
					   _("%lld min; all departments sit %lld min together, ordered "
					     "otherwise %lld: O"),
					   (long long)page->planned, (long long)page->sat,
					   (long long)page->least);
	} else if (page->n_items) {
		foot.second = arena_printf(arena, _("%lld min; all departments sit %lld min together"),
					   (long long)page->planned, (long long)page->sat);
	}
	return foot;
}

static struct foot of_attendance(const struct meeting_screen *view, struct arena *arena)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct attendee *attendee = meeting_attendee_at(view);
	bool sat = view->page.meeting->opened_at != 0;
	struct foot foot = { .first = "", .role = ROLE_HINT };

	if (attendee)
		foot.first = arena_printf(arena, "%s  %s%s%s  %s  %s",
					  attendee_who(rules, attendee, arena),
					  attends_brief(attendee), attendee->answered_by ? "  " : "",
					  attendee->answered_by ? attendee->answered_by : "",
					  joint_at(rules, attendee->answered_at, arena),
					  attends_more(attendee, arena));
	foot.second = sat ? meeting_page_sheet(rules, &view->page, arena)
			  : meeting_page_answers(&view->page, convenes(view), arena);
	if (view->page.ask_leave && !sat)
		foot.role = ROLE_WARNING;
	return foot;
}

static struct foot of_tasks(const struct meeting_screen *view, struct arena *arena)
{
	const struct client_action *action = meeting_action(view);
	struct foot foot = { .first = "", .second = "", .role = ROLE_HINT };

	if (action) {
		foot.first = action->action->words ? action->action->words : "";
		foot.second = action->action->reply	 ? action->action->reply
			      : action->action->progress ? action->action->progress
							 : "";
	}
	(void)arena;
	return foot;
}

static void draw_foot(const struct meeting_screen *view, struct canvas *canvas, struct area area)
{
	const struct rules *rules = client_rules(view->app->client);
	struct arena arena = ARENA_INIT;
	struct meeting_next next =
		meeting_next(rules, view->page.meeting, app_now(view->app), &arena);
	struct foot foot = { .first = next.words, .second = "", .role = ROLE_HINT };

	if (view->tab == TAB_STAGES)
		foot = of_stages(view, &arena);
	else if (view->tab == TAB_AGENDA)
		foot = of_agenda(view, &arena);
	else if (view->tab == TAB_ATTEND)
		foot = of_attendance(view, &arena);
	else if (view->tab == TAB_TASKS)
		foot = of_tasks(view, &arena);
	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	canvas_erase(canvas, area);
	canvas_pad(canvas, area.row, area.col + 1, area.cols - 1, ROLE_TEXT, foot.first, PAD_RIGHT);
	canvas_pad(canvas, area.row + 1, area.col + 1, area.cols - 1, foot.role, foot.second,
		   PAD_RIGHT);
	arena_release(&arena);
}

void meeting_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct meeting_screen *view = state;
	struct area foot, list;
	bool beside = area.cols >= SIDE_FROM && (view->tab == TAB_AGENDA || view->tab == TAB_TASKS);

	draw_head(view, canvas, &area);
	foot = area_bottom(&area, FOOT);
	draw_foot(view, canvas, foot);
	if (view->tab == TAB_MINUTES) {
		pager_draw(view->minutes, canvas, area, all);
		return;
	}
	list = beside ? area_left(&area, area.cols * LIST_PERCENT / 100) : area;
	list_draw(view->lists[view->tab], canvas, list, all);
	if (!beside)
		return;
	canvas_fill(canvas, area_left(&area, 1), '|', ROLE_FRAME);
	canvas_erase(canvas, area_left(&area, 1));
	pager_draw(view->side, canvas, area, all);
}
