/* The calendar on the screen: weeks below each other, or one week as a list; below, the day under
 * the cursor. */
#include <config.h>

#include <string.h>

#include "calendar_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/model/roster_words.h"

enum { WEEK = 7, FOOT_LEAST = 4, MARK = 1, WIDE = 110 };

struct table { /* being drawn */
	struct calendar_screen *view;
	struct canvas *canvas;
	struct arena arena;
	const struct rules *rules;
};

/* ---- an entry in words ---- */

static const char *sign_of(const struct calendar_entry *entry)
{
	/* TRANSLATORS: two columns each: a meeting, on duty, after a night, away: 会 班 夜 假 */
	switch (entry->sort) {
	case CALENDAR_MEETING:
		return _("me");
	case CALENDAR_DUTY:
		return _("du");
	case CALENDAR_REST:
		return _("ni");
	case CALENDAR_AWAY:
		break;
	}
	return _("aw");
}

static enum role role_of(const struct calendar_entry *entry)
{
	return entry->clash                      ? ROLE_GAP
	       : entry->sort == CALENDAR_MEETING ? (entry->mine ? ROLE_TITLE : ROLE_TEXT)
						 : ROLE_HINT;
}

/* In a month: "14:30联席工作例会" as far as it goes, "!" before what clashes. */
static const char *brief(struct table *table, const struct calendar_entry *entry)
{
	bool meeting = entry->sort == CALENDAR_MEETING;

	return arena_printf(&table->arena, "%s%s%s%s", entry->clash ? "!" : "",
			    meeting ? calendar_hour(table->rules, entry->from, &table->arena)
				    : sign_of(entry),
			    meeting ? "" : " ", entry->title ? entry->title : "");
}

static const char *at_length(struct table *table, const struct calendar_entry *entry)
{
	struct str words = STR_INIT;
	const char *text;

	if (entry->sort != CALENDAR_REST)
		str_addf(&words, "%s-%s ", calendar_hour(table->rules, entry->from, &table->arena),
			 calendar_hour(table->rules, entry->to, &table->arena));
	str_addf(&words, "%s %s", sign_of(entry), entry->title ? entry->title : "");
	if (entry->place)
		str_addf(&words, "  %s", entry->place);
	if (entry->meeting)
		str_addf(&words, "  %s", meeting_state_label(meeting_state(entry->meeting)));
	if (entry->clash)
		str_addf(&words, _("  ! in the way: %s"), entry->clash);
	text = arena_strdup(&table->arena, str_get(&words));
	str_release(&words);
	return text;
}

static const char *day_words(struct table *table, const struct calendar_slot *slot, bool brief_one)
{
	struct civil civil;
	const char *mark = slot->makeup     ? _("make-up working day")
			   : slot->festival ? slot->festival
					    : "";

	civil_of_day(slot->day, &civil);
	if (brief_one)
		return arena_printf(&table->arena, "%s%d%s%s%s", slot->today ? "*" : "", civil.day,
				    civil.day == 1 ? arena_printf(&table->arena, "/%d", civil.month)
						   : "",
				    *mark ? " " : "", mark);
	return arena_printf(&table->arena, "%s%02d-%02d %s%s%s", slot->today ? "*" : "",
			    civil.month, civil.day, weekday_brief(civil.weekday), *mark ? "  " : "",
			    mark);
}

static enum role day_role(const struct calendar_slot *slot, bool outside)
{
	return slot->today      ? ROLE_TITLE
	       : outside        ? ROLE_HINT
	       : slot->festival ? ROLE_WARNING
	       : slot->off      ? ROLE_HINT
				: ROLE_HEADING;
}

/* ---- the month ---- */

static void draw_day(struct table *table, const struct calendar_slot *slot, struct area box)
{
	struct calendar_screen *view = table->view;
	bool here = slot->day == view->day;
	char month[ROSTER_MONTH], other[ROSTER_MONTH];
	size_t room = (size_t)box.rows - 1, n = slot->n;

	while (n > 0 && view->calendar.entries[slot->first + n - 1].sort == CALENDAR_REST)
		n--; /* told with the day at length */
	month_of_day(view->day, month);
	month_of_day(slot->day, other);
	canvas_erase(table->canvas, box);
	canvas_pad(table->canvas, box.row, box.col, MARK, ROLE_LIST_SELECTED, here ? ">" : "",
		   PAD_RIGHT);
	canvas_text(table->canvas, box.row, box.col + MARK, box.cols - MARK - 1,
		    day_role(slot, strcmp(month, other) != 0), day_words(table, slot, true));
	if (n > room) { /* and so many more */
		const char *more =
		    room > 0 ? arena_printf(&table->arena, "+%zu", n - room)
			     : arena_printf(&table->arena, "%s%s", slot->clashes > 0 ? "!" : "",
					    sign_of(&view->calendar.entries[slot->first]));

		canvas_text(table->canvas, box.row, box.col + box.cols - 1 - text_columns(more),
			    text_columns(more), ROLE_HINT, more);
	}
	for (size_t i = 0; i < room && i < n; i++) {
		const struct calendar_entry *entry = &view->calendar.entries[slot->first + i];
		const char *text = brief(table, entry);
		int used;

		text_fit(text, box.cols - MARK - 1, &used);
		canvas_text(table->canvas, box.row + 1 + (int)i, box.col + MARK, used,
			    role_of(entry), text);
	}
}

static void draw_month(struct table *table, struct area area)
{
	struct calendar_screen *view = table->view;
	const struct meeting_calendar *calendar = &view->calendar;
	struct area head = area_top(&area, 1);
	int weeks = (int)calendar->n_days / WEEK, cell = area.cols / WEEK;
	int tall = area.rows / (weeks > 0 ? weeks : 1);

	canvas_pad(table->canvas, head.row, head.col, head.cols, ROLE_HEADING, "", PAD_RIGHT);
	canvas_erase(table->canvas, area);
	for (int d = 0; d < WEEK; d++)
		canvas_text(table->canvas, head.row, head.col + d * cell + MARK, cell - MARK,
			    ROLE_HEADING, weekday_brief(d + 1));
	for (size_t i = 0; i < calendar->n_days; i++)
		draw_day(table, &calendar->days[i],
			 (struct area){area.row + (int)i / WEEK * tall,
				       area.col + (int)i % WEEK * cell, tall, cell});
}

/* ---- the week ---- */

/* Line n of the week: a day (entry NULL), or what stands in it; false: behind the last. */
static bool line_at(const struct calendar_screen *view, int n,
		    const struct calendar_slot **ret_slot, size_t *ret_entry)
{
	for (size_t d = 0; d < view->calendar.n_days; d++) {
		const struct calendar_slot *slot = &view->calendar.days[d];
		int lines = 1 + (int)slot->n;

		if (n < lines) {
			*ret_slot = slot;
			*ret_entry = (size_t)n; /* 0: the day itself */
			return true;
		}
		n -= lines;
	}
	return false;
}

static int cursor_line(const struct calendar_screen *view)
{
	int line = 0;

	for (size_t d = 0; d < view->calendar.n_days; d++) {
		const struct calendar_slot *slot = &view->calendar.days[d];

		if (slot->day == view->day)
			return line + (slot->n ? 1 + (int)view->entry : 0);
		line += 1 + (int)slot->n;
	}
	return 0;
}

static void draw_line(struct table *table, int n, struct area line)
{
	struct calendar_screen *view = table->view;
	const struct calendar_slot *slot;
	size_t entry;
	bool here = n == cursor_line(view);

	canvas_pad(table->canvas, line.row, line.col, line.cols, ROLE_TEXT, "", PAD_RIGHT);
	if (!line_at(view, n, &slot, &entry))
		return;
	canvas_pad(table->canvas, line.row, line.col, MARK, ROLE_LIST_SELECTED, here ? ">" : "",
		   PAD_RIGHT);
	if (entry == 0)
		canvas_text(table->canvas, line.row, line.col + MARK, line.cols - MARK,
			    day_role(slot, false),
			    arena_printf(&table->arena, "%s%s", day_words(table, slot, false),
					 slot->n ? "" : _("  nothing")));
	else
		canvas_pad(table->canvas, line.row, line.col + MARK + 2, line.cols - MARK - 2,
			   role_of(&view->calendar.entries[slot->first + entry - 1]),
			   at_length(table, &view->calendar.entries[slot->first + entry - 1]),
			   PAD_RIGHT);
}

static void draw_week(struct table *table, struct area area)
{
	struct calendar_screen *view = table->view;
	int line = cursor_line(view), all = (int)(view->calendar.n_days + view->calendar.n_entries);

	if (line < view->top)
		view->top = line;
	if (line >= view->top + area.rows)
		view->top = line - area.rows + 1;
	if (view->top > all - area.rows)
		view->top = all > area.rows ? all - area.rows : 0;
	for (int i = 0; i < area.rows; i++)
		draw_line(table, view->top + i,
			  (struct area){area.row + i, area.col, 1, area.cols});
}

/* ---- above and below ---- */

static void draw_title(struct table *table, struct area line)
{
	struct calendar_screen *view = table->view;
	const struct meeting_calendar *calendar = &view->calendar;
	char month[ROSTER_MONTH];
	struct str left = STR_INIT, right = STR_INIT;
	int width;

	month_of_day(view->day, month);
	str_addf(&left, _(" Calendar  %s  %s"), month, view->week ? _("week") : _("month"));
	if (view->name[0])
		str_addf(&left, _("  duties of %s"), view->name);
	else
		str_addf(&left, "  %s", org_brief(table->rules, view->org));
	str_addf(&right, _("meetings %zu"), calendar->meetings);
	if (calendar->clashes)
		str_addf(&right, _("  conflicts %zu"), calendar->clashes);
	str_add_char(&right, ' ');
	width = text_columns(str_get(&right));
	canvas_pad(table->canvas, line.row, line.col, line.cols, ROLE_TITLE, "", PAD_RIGHT);
	canvas_pad(table->canvas, line.row, line.col, line.cols - width, ROLE_TITLE, str_get(&left),
		   PAD_RIGHT);
	canvas_text(table->canvas, line.row, line.col + line.cols - width, width,
		    calendar->clashes ? ROLE_GAP : ROLE_HINT, str_get(&right));
	str_release(&left);
	str_release(&right);
}

/* What stands on the day under the cursor, as much of it as there is room for. */
static void draw_foot(struct table *table, struct area area)
{
	struct calendar_screen *view = table->view;
	const struct calendar_slot *slot = calendar_today(view);

	canvas_fill(table->canvas, area_top(&area, 1), '-', ROLE_FRAME);
	canvas_erase(table->canvas, area);
	if (!slot)
		return;
	if (!slot->n)
		canvas_pad(table->canvas, area.row, area.col + 1, area.cols - 1, ROLE_HINT,
			   arena_printf(&table->arena, "%s%s", day_words(table, slot, false),
					_("  nothing")),
			   PAD_RIGHT);
	for (int i = 0; i < area.rows && (size_t)i < slot->n; i++) {
		const struct calendar_entry *entry =
		    &view->calendar.entries[slot->first + (size_t)i];
		bool more = i == area.rows - 1 && slot->n > (size_t)area.rows;

		canvas_pad(table->canvas, area.row + i, area.col + 1, area.cols - 1,
			   more ? ROLE_HINT : role_of(entry),
			   more ? arena_printf(&table->arena, _("and %zu more: Enter"),
					       slot->n - (size_t)i)
				: arena_printf(&table->arena, "%s %s",
					       i == 0 ? day_words(table, slot, false) : "  ",
					       at_length(table, entry)),
			   PAD_RIGHT);
	}
}

/* What the cursor's line could not say. */
static void draw_week_foot(struct table *table, struct area area)
{
	const struct calendar_entry *entry = calendar_under(table->view);
	const struct meeting *meeting = entry ? entry->meeting : NULL;

	canvas_fill(table->canvas, area_top(&area, 1), '-', ROLE_FRAME);
	canvas_erase(table->canvas, area);
	if (entry && entry->clash)
		canvas_pad(table->canvas, area.row, area.col + 1, area.cols - 1, ROLE_GAP,
			   arena_printf(&table->arena, _("in the way: %s"), entry->clash),
			   PAD_RIGHT);
	if (meeting && meeting_state(meeting) == MEETING_DRAWN)
		canvas_pad(table->canvas, area.row + 1, area.col + 1, area.cols - 1, ROLE_HINT,
			   arena_printf(&table->arena,
					_("%lld items, %zu to attend: nobody is invited yet"),
					(long long)meeting->items, meeting->attendees.n),
			   PAD_RIGHT);
	else if (meeting)
		canvas_pad(
		    table->canvas, area.row + 1, area.col + 1, area.cols - 1, ROLE_HINT,
		    arena_printf(
			&table->arena,
			_("%lld items, %lld invited, %lld accepted, %lld on leave, %lld silent"),
			(long long)meeting->items, (long long)meeting->invited,
			(long long)meeting->accepted, (long long)meeting->away,
			(long long)meeting->silent),
		    PAD_RIGHT);
}

void calendar_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct calendar_screen *view = state;
	struct table table = {
	    .view = view, .canvas = canvas, .rules = client_rules(view->app->client)};
	int weeks = (int)view->calendar.n_days / WEEK;

	(void)all;
	draw_title(&table, area_top(&area, 1));
	if (app_empty_why(view->app)) {
		const char *why = app_empty_why(view->app);
		int width = text_columns(why);

		canvas_erase(canvas, area);
		canvas_text(canvas, area.row + area.rows / 2,
			    area.col + (width < area.cols ? (area.cols - width) / 2 : 0), area.cols,
			    ROLE_HINT, why);
	} else if (view->week) {
		draw_week_foot(&table, area_bottom(&area, FOOT_LEAST - 1));
		draw_week(&table, area);
	} else {
		int left = weeks > 0 ? (area.rows - 1 - FOOT_LEAST) % weeks : 0;

		draw_foot(&table, area_bottom(&area, FOOT_LEAST + left));
		draw_month(&table, area);
	}
	arena_release(&table.arena);
}
