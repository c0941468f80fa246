/* The calendar of meetings and duties. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar_priv.h"
#include "rows_priv.h"
#include "slots_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/roster.h"

enum { WEEK = 7 };

const struct calendar_slot *calendar_today(const struct calendar_screen *view)
{
	if (!view->calendar.n_days || view->day < view->calendar.days[0].day ||
	    view->day > view->calendar.days[view->calendar.n_days - 1].day)
		return NULL;
	return &view->calendar.days[view->day - view->calendar.days[0].day];
}

const struct calendar_entry *calendar_under(const struct calendar_screen *view)
{
	const struct calendar_slot *slot = calendar_today(view);

	return slot && view->entry < slot->n ? &view->calendar.entries[slot->first + view->entry]
					     : NULL;
}

/* ---- reading ---- */

static void span_of(const struct calendar_screen *view, int32_t *ret_from, int32_t *ret_to)
{
	char month[ROSTER_MONTH];
	int32_t first, end;

	*ret_from = week_of_day(view->day);
	*ret_to = *ret_from + WEEK;
	month_of_day(view->day, month);
	if (view->week || !month_days(month, &first, &end))
		return;
	*ret_from = week_of_day(first);
	*ret_to = week_of_day(end - 1) + WEEK;
}

static void load(struct calendar_screen *view)
{
	struct error err = ERROR_INIT;
	int32_t from, to;

	arena_reset(&view->arena);
	view->calendar = (struct meeting_calendar){.n_days = 0};
	span_of(view, &from, &to);
	if (meeting_calendar_of(view->app->client, view->org, view->name, from, to, &view->arena,
				&view->calendar, &err) != ERR_OK)
		app_failed(view->app, &err);
	if (!calendar_under(view))
		view->entry = 0;
}

static unsigned reread(struct calendar_screen *view)
{
	load(view);
	return UI_REDRAW | UI_FRAME;
}

bool calendar_view_selected(void *state, struct selection *ret_selection)
{
	const struct calendar_entry *entry = calendar_under(state);

	if (!entry || !entry->meeting)
		return false;
	*ret_selection = (struct selection){.kind = KIND_MEETING, .id = entry->meeting->head.id};
	return true;
}

/* ---- moving ---- */

static unsigned go(struct calendar_screen *view, int32_t day)
{
	struct civil civil;
	int32_t from, to, new_from, new_to;

	civil_of_day(day, &civil);
	if (civil.year < 1901 || civil.year > 9998)
		return UI_NOTHING;
	span_of(view, &from, &to);
	view->day = day;
	view->entry = 0;
	span_of(view, &new_from, &new_to);
	return new_from == from && new_to == to ? UI_REDRAW : reread(view);
}

static unsigned step_day(struct calendar_screen *view, int by)
{
	return go(view, view->day + by);
}

/* Over what stands in a week, day by day; in a month, over the weeks. */
static unsigned step_line(struct calendar_screen *view, int by)
{
	const struct calendar_slot *slot = calendar_today(view);
	unsigned flags;

	if (!view->week)
		return go(view, view->day + by * WEEK);
	if (slot && view->entry + (size_t)by < slot->n) {
		view->entry += (size_t)by;
		return UI_REDRAW;
	}
	flags = go(view, view->day + by);
	slot = calendar_today(view);
	if (by < 0 && slot && slot->n)
		view->entry = slot->n - 1;
	return flags;
}

static unsigned step_span(struct calendar_screen *view, int by)
{
	struct civil civil;
	int month, day;

	if (view->week)
		return go(view, view->day + by * WEEK);
	civil_of_day(view->day, &civil);
	month = civil.year * 12 + civil.month - 1 + by;
	for (day = civil.day; day > 28 && !civil_valid(month / 12, month % 12 + 1, day); day--)
		;
	return go(view, civil_day(month / 12, month % 12 + 1, day));
}

static unsigned go_today(struct calendar_screen *view, int by)
{
	(void)by;
	return go(view,
		  civil_day_of_ms(app_now(view->app), client_rules(view->app->client)->offset_min));
}

static unsigned turn_week(struct calendar_screen *view, int by)
{
	(void)by;
	view->week = !view->week;
	view->top = 0;
	load(view);
	return UI_REDRAW_ALL | UI_FRAME;
}

/* The meeting under the cursor; of a month, the only one of the day, else the week of that day. */
static unsigned open_it(struct calendar_screen *view, int by)
{
	const struct calendar_slot *slot = calendar_today(view);
	const struct calendar_entry *entry = view->week ? calendar_under(view) : NULL;

	(void)by;
	if (slot && !view->week && slot->n == 1)
		entry = &view->calendar.entries[slot->first];
	if (entry && entry->meeting)
		return app_open_entity(view->app, KIND_MEETING, &entry->meeting->head.id);
	return slot && slot->n && !view->week ? turn_week(view, 0) : UI_NOTHING;
}

static unsigned motion_of(struct calendar_screen *view, enum list_motion motion)
{
	const struct calendar_slot *days = view->calendar.days;

	switch (motion) {
	case LIST_UP:
		return step_line(view, -1);
	case LIST_DOWN:
		return step_line(view, 1);
	case LIST_PAGE_UP:
		return step_span(view, -1);
	case LIST_PAGE_DOWN:
		return step_span(view, 1);
	case LIST_TOP:
		return view->calendar.n_days ? go(view, days[0].day) : UI_NOTHING;
	case LIST_END:
		return view->calendar.n_days ? go(view, days[view->calendar.n_days - 1].day)
					     : UI_NOTHING;
	}
	return UI_NOTHING;
}

static const struct {
	enum cmd cmd;
	int by;
	unsigned (*run)(struct calendar_screen *view, int by);
} runs[] = {
    {CMD_calprev, -1, step_day}, {CMD_calnext, 1, step_day},  {CMD_calback, -1, step_span},
    {CMD_calon, 1, step_span},   {CMD_caltoday, 0, go_today}, {CMD_calweek, 0, turn_week},
    {CMD_open, 0, open_it},
};

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct calendar_screen *view = state;
	enum list_motion motion;

	(void)args;
	if (rows_motion(cmd, &motion))
		return motion_of(view, motion);
	for (size_t i = 0; i < ARRAY_LEN(runs); i++)
		if ((int)runs[i].cmd == cmd->id)
			return runs[i].run(view, runs[i].by);
	return UI_IGNORED;
}

/* ---- whose, and when ---- */

/* A month, an organisation, or a person of the rosters' lists. */
static enum err take_word(struct calendar_screen *view, const char *word, struct error *err)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct org *org = rules_org_named(rules, word);
	const struct staff **staff;
	struct arena arena = ARENA_INIT;
	int32_t first, end;
	size_t n = 0, at = 0;
	enum err code;

	if (month_days(word, &first, &end)) {
		view->day = view->day >= first && view->day < end ? view->day : first;
		return ERR_OK;
	}
	if (org) {
		snprintf(view->org, sizeof view->org, "%s", org->code);
		view->name[0] = '\0';
		return ERR_OK;
	}
	code = client_staff(view->app->client, NULL, false, &arena, &staff, &n, err);
	while (code == ERR_OK && at < n && !str_eq(staff[at]->name, word))
		at++;
	if (code == ERR_OK && at < n) {
		snprintf(view->org, sizeof view->org, "%s", staff[at]->org);
		snprintf(view->name, sizeof view->name, "%s", staff[at]->name);
	} else if (code == ERR_OK) {
		code = error_set(
		    err, ERR_INPUT,
		    _("\"%.60s\" is no month (2026-12), organisation or person of the rosters"),
		    word);
	}
	arena_release(&arena);
	return code;
}

static void take_words(struct calendar_screen *view, const char *args)
{
	struct error err = ERROR_INIT;
	char word[120];

	for (; *(args += strspn(args, " ")); args += strcspn(args, " ")) {
		snprintf(word, sizeof word, "%.*s", (int)strcspn(args, " "), args);
		if (take_word(view, word, &err) != ERR_OK) {
			app_failed(view->app, &err);
			return;
		}
	}
}

/* ---- life ---- */

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct calendar_screen *view = mem_alloc(sizeof *view);
	const struct actor *actor;

	(void)err;
	view->app = ui_shell(ui);
	actor = client_actor(view->app->client);
	snprintf(view->org, sizeof view->org, "%s",
		 actor ? actor->org : client_rules(view->app->client)->centre);
	snprintf(view->name, sizeof view->name, "%s", actor ? actor->officer : "");
	view->day =
	    civil_day_of_ms(app_now(view->app), client_rules(view->app->client)->offset_min);
	if (arg)
		take_words(view, arg);
	load(view);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct calendar_screen *view = state;

	arena_release(&view->arena);
	free(view);
}

static unsigned reload(void *state)
{
	return reread(state);
}

static const char *title(void *state)
{
	(void)state;
	return _("Calendar");
}

const struct view_ops calendar_view = {
    .name = "calendar",
    .where = WHERE_CALENDAR,
    .open = open_view,
    .close = close_view,
    .draw = calendar_draw,
    .command = command,
    .reload = reload,
    .title = title,
};

unsigned calendar_command(struct app *app, const char *args)
{
	unsigned flags = ui_switch(app->ui, &calendar_view, args, strlen(args) + 1) | UI_FRAME;
	struct calendar_screen *view =
	    ui_top(app->ui) == &calendar_view ? ui_top_state(app->ui) : NULL;

	if (!view) /* it opens with these words */
		return flags;
	take_words(view, args);
	return flags | reread(view);
}
