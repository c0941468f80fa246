/* A meeting that sits drawn: its head, the agenda beside the item or the sheet, the quorum below. */
#include <config.h>

#include "meetings_priv.h"
#include "sitting_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/joint_words.h"

enum { FOOT = 4, LIST_PERCENT = 45, LEAST_LIST = 38 };

static void put_line(struct canvas *canvas, struct area line, enum role role, const char *text)
{
	canvas_pad(canvas, line.row, line.col, line.cols, role, text, PAD_RIGHT);
}

static const char *times(const struct sitting_screen *view, struct arena *arena)
{
	const struct meeting *meeting = view->sitting.meeting;
	const struct rules *rules = client_rules(view->app->client);
	char at[CIVIL_TEXT];

	if (!meeting->opened_at)
		return arena_printf(arena, _("%s  not open yet: b opens it"),
				    joint_when(rules, meeting->starts, meeting->ends, arena));
	civil_format(meeting->opened_at, rules->offset_min, "H:M", at, sizeof at);
	return arena_printf(arena, meeting->closed_at ? _("opened %s, sat %lld min")
						       : _("opened %s, sits %lld min"),
			    at, (long long)sitting_minutes(&view->sitting));
}

static void draw_head(const struct sitting_screen *view, struct canvas *canvas, struct area *area)
{
	const struct meeting *meeting = view->sitting.meeting;
	struct arena arena = ARENA_INIT;
	char mark[48];

	put_line(canvas, area_top(area, 1), ROLE_TITLE,
		 arena_printf(&arena, " %s  %s  %s",
			      client_meeting_mark(&view->sitting.shown, mark),
			      meeting_name(client_rules(view->app->client), meeting, &arena),
			      meeting_state_label(meeting_state(meeting))));
	put_line(canvas, area_top(area, 1), ROLE_TEXT,
		 arena_printf(&arena, " %s  %s%s%s", times(view, &arena),
			      meeting->room ? meeting->room : "",
			      meeting->chair ? _("  chair ") : "",
			      meeting->chair ? meeting->chair : ""));
	arena_release(&arena);
}

static const char *key_words(const struct sitting_screen *view)
{
	enum meeting_state state = meeting_state(view->sitting.meeting);

	if (view->page == PAGE_SHEET)
		return _(" Space here  l late  D delegate  x absent  L left  t V * mark  Tab agenda  "
			 "b open");
	if (state == MEETING_CALLED || state == MEETING_DRAWN)
		return _(" b open  Tab sign-in sheet  Enter item");
	if (state == MEETING_SITTING)
		return _(" Space begin/leave  e discussion  h resolution  a task  Tab sheet  c close");
	return _(" e discussion  h resolution  a task  P minutes  Esc the meeting's page");
}

static void draw_foot(const struct sitting_screen *view, struct canvas *canvas, struct area area)
{
	struct arena arena = ARENA_INIT;
	bool enough = sitting_is_enough(&view->sitting);
	const char *missing =
		sitting_missing(client_rules(view->app->client), &view->sitting, &arena);

	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	put_line(canvas, area_top(&area, 1), enough ? ROLE_GOOD : ROLE_WARNING,
		 arena_printf(&arena, " %s",
			      sitting_quorum(&view->sitting, &arena)));
	put_line(canvas, area_top(&area, 1), enough ? ROLE_HINT : ROLE_WARNING,
		 *missing ? arena_printf(&arena, _(" must and not there: %s"), missing)
			  : _(" all who must are there"));
	put_line(canvas, area_top(&area, 1), ROLE_HINT, key_words(view));
	arena_release(&arena);
}

void sitting_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct sitting_screen *view = state;
	int cols = area.cols * LIST_PERCENT / 100;
	struct area left;

	draw_head(view, canvas, &area);
	draw_foot(view, canvas, area_bottom(&area, FOOT));
	if (view->page == PAGE_SHEET) {
		list_draw(view->lists[PAGE_SHEET], canvas, area, all);
		return;
	}
	left = area_left(&area, cols > LEAST_LIST ? cols : LEAST_LIST);
	list_draw(view->lists[PAGE_AGENDA], canvas, left, all);
	canvas_fill(canvas, area_left(&area, 1), '|', ROLE_FRAME);
	canvas_erase(canvas, area_left(&area, 1));
	pager_draw(view->item, canvas, area, all);
}
