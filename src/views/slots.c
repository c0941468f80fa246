/* The finder of slots: departments by half hours, the best three first. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rows_priv.h"
#include "slots_screen_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/roster.h"

enum { HALF_MIN = 30, DAY_HALVES = 48, LENGTH_MOST = 8 * 60 };

int64_t slots_at(const struct slots_screen *view, size_t day, int half)
{
	return civil_ms_of_day(view->days[day], client_rules(view->app->client)->offset_min) +
	       (int64_t)half * HALF_MIN * MINUTE_MS;
}

int64_t slots_cursor(const struct slots_screen *view)
{
	return slots_at(view, view->day, view->half);
}

/* ---- reading ---- */

/* Those that have a window. */
static void put_days(struct slots_screen *view)
{
	const struct rules *rules = client_rules(view->app->client);

	view->n_days = 0;
	for (size_t i = 0; i < view->slots.problem.n_windows; i++) {
		int32_t day =
		    civil_day_of_ms(view->slots.problem.windows[i].from, rules->offset_min);

		if (view->n_days < SLOTS_DAYS_MOST &&
		    (view->n_days == 0 || view->days[view->n_days - 1] != day))
			view->days[view->n_days++] = day;
	}
}

static void put_halves(struct slots_screen *view)
{
	const struct hours *hours = &client_rules(view->app->client)->hours;
	int from = hours->n > 0 ? hours->span[0].from : 8 * 60;
	int to = hours->n > 0 ? hours->span[hours->n - 1].to : 18 * 60;

	view->first_half = from / HALF_MIN;
	view->n_halves = (to + HALF_MIN - 1) / HALF_MIN - view->first_half;
}

static bool put_cursor(struct slots_screen *view, int64_t at)
{
	const struct rules *rules = client_rules(view->app->client);
	int32_t day = civil_day_of_ms(at, rules->offset_min);

	for (size_t i = 0; i < view->n_days; i++) {
		if (view->days[i] != day)
			continue;
		view->day = i;
		view->half =
		    (int)((at - civil_ms_of_day(day, rules->offset_min)) / MINUTE_MS / HALF_MIN);
		return true;
	}
	return false;
}

/* Where the cursor begins: at the best slot, else at the first half hour. */
static void home(struct slots_screen *view)
{
	view->day = 0;
	view->half = view->first_half;
	if (view->slots.n_best > 0)
		(void)put_cursor(view, view->slots.best[0].starts);
}

static void load(struct slots_screen *view)
{
	struct slots_ask ask = {
	    .meeting = uuid_is_nil(&view->meeting) ? NULL : &view->meeting,
	    .length_min = view->length_min,
	    .without = (const char *const *)view->without,
	    .n_without = view->n_without,
	};
	struct error err = ERROR_INIT;
	int64_t at = view->has && view->n_days > 0 ? slots_cursor(view) : 0;

	arena_reset(&view->arena);
	view->has = slots_of(view->app->client, &ask, &view->arena, &view->slots, &err) == ERR_OK;
	if (!view->has) {
		snprintf(view->why, sizeof view->why, "%s", err.text);
		return;
	}
	put_days(view);
	put_halves(view);
	if (view->row >= view->slots.n_people)
		view->row = view->slots.n_people - 1;
	if (at == 0 || !put_cursor(view, at))
		home(view);
}

static unsigned reread(struct slots_screen *view)
{
	load(view);
	return UI_REDRAW | UI_FRAME;
}

bool slots_view_selected(void *state, struct selection *ret_selection)
{
	const struct slots_screen *view = state;

	if (!view->has || view->slots.meeting == NULL)
		return false;
	*ret_selection = (struct selection){.kind = KIND_MEETING, .id = view->meeting};
	return true;
}

/* ---- moving ---- */

static unsigned step_row(struct slots_screen *view, int by)
{
	size_t row = view->row + (size_t)by;

	if (row >= view->slots.n_people)
		return UI_NOTHING;
	view->row = row;
	return UI_REDRAW;
}

static unsigned step_day(struct slots_screen *view, int by)
{
	size_t day = view->day + (size_t)by;

	if (day >= view->n_days) {
		app_notice(view->app, ROLE_HINT,
			   by > 0 ? _("no later day was looked at")
				  : _("no earlier day was looked at"));
		return UI_FRAME;
	}
	view->day = day;
	return UI_REDRAW;
}

static unsigned step_half(struct slots_screen *view, int by)
{
	int half = view->half + by;

	if (half < view->first_half || half >= view->first_half + view->n_halves) {
		if (step_day(view, by) != UI_REDRAW)
			return UI_FRAME;
		half = by > 0 ? view->first_half : view->first_half + view->n_halves - 1;
	}
	view->half = half;
	return UI_REDRAW;
}

/* To the best slot behind the one under the cursor; behind the last, to the first. */
static unsigned step_best(struct slots_screen *view, int by)
{
	const struct slots *slots = &view->slots;
	size_t next = 0;

	(void)by;
	if (slots->n_best == 0)
		return UI_NOTHING;
	for (size_t i = 0; i < slots->n_best; i++)
		if (slots->best[i].starts == slots_cursor(view))
			next = (i + 1) % slots->n_best;
	(void)put_cursor(view, slots->best[next].starts);
	return UI_REDRAW;
}

static unsigned motion_of(struct slots_screen *view, enum list_motion motion)
{
	switch (motion) {
	case LIST_UP:
		return step_row(view, -1);
	case LIST_DOWN:
		return step_row(view, 1);
	case LIST_PAGE_UP:
		return step_day(view, -1);
	case LIST_PAGE_DOWN:
		return step_day(view, 1);
	case LIST_TOP:
		view->row = 0;
		return UI_REDRAW;
	case LIST_END:
		view->row = view->slots.n_people - 1;
		return UI_REDRAW;
	}
	return UI_NOTHING;
}

/* ---- what if ---- */

static unsigned change_length(struct slots_screen *view, int by)
{
	int length = view->slots.length_min + by * HALF_MIN;

	if (length < HALF_MIN || length > LENGTH_MOST)
		return UI_NOTHING;
	view->length_min = length;
	return reread(view);
}

static unsigned what_if(struct slots_screen *view, int by)
{
	const struct slots_person *person = &view->slots.people[view->row];
	size_t at = 0;

	(void)by;
	if (person->must) {
		app_notice(view->app, ROLE_HINT,
			   _("mandatory: it can only be planned without optional ones"));
		return UI_FRAME;
	}
	while (at < view->n_without && strcmp(view->without[at], person->key) != 0)
		at++;
	if (at < view->n_without) {
		free(view->without[at]);
		view->without[at] = view->without[--view->n_without];
	} else {
		MEM_GROW(view->without, view->n_without, view->cap_without);
		view->without[view->n_without++] = mem_strdup(person->key);
	}
	return reread(view);
}

/* ---- taking one ---- */

static void preset_times(struct slots_screen *view, const struct slot *slot)
{
	const char *room = slots_room_name(&view->slots, slot);

	act_preset_num(view->app, "starts", slot->starts);
	act_preset_num(view->app, "ends", slot->ends);
	if (view->slots.problem.n_rooms > 0)
		act_preset_text(view->app, "room", room);
}

static unsigned arrange(struct slots_screen *view, const struct slot *slot, const char *what)
{
	struct selection target = {.kind = KIND_MEETING, .id = view->meeting};

	act_preset_begin(view->app, act_desc_of(KIND_MEETING, "arrange"), &target);
	preset_times(view, slot);
	if (meeting_state(view->slots.meeting) != MEETING_DRAWN)
		what = arena_printf(&view->arena, _("%s; everybody is asked again"), what);
	act_preset_what(view->app, what);
	return act_preset_go(view->app, meeting_state(view->slots.meeting) != MEETING_DRAWN);
}

static unsigned convene(struct slots_screen *view, const struct slot *slot, const char *what)
{
	const struct act_desc *act = act_desc_of(KIND_MEETING, "convene");

	act_preset_begin(view->app, act, NULL);
	preset_times(view, slot);
	act_preset_text(view->app, "series", view->slots.series->code);
	for (size_t i = 0; i < view->slots.n_items; i++) {
		char id[UUID_TEXT];

		uuid_text(&view->slots.items[i]->head.id, id);
		act_preset_text(view->app, "entry",
				arena_printf(&view->arena, "%s %zu", id, i + 1));
	}
	act_preset_what(view->app, what);
	return act_preset_go(view->app, true);
}

static unsigned take(struct slots_screen *view)
{
	const struct rules *rules = client_rules(view->app->client);
	struct str words = STR_INIT;
	struct slot slot;
	unsigned flags = UI_FRAME;

	if (!slots_judge(&view->slots, slots_cursor(view), &view->arena, &slot, &words)) {
		app_notice(view->app, ROLE_WARNING,
			   arena_printf(&view->arena, _("not then: %s"), str_get(&words)));
	} else if (app_read_only(view->app)) {
		app_notice(view->app, ROLE_WARNING, _("read only"));
	} else {
		const char *what = arena_printf(
		    &view->arena, "%s %s %s  %s", slots_day(rules, slot.starts, &view->arena),
		    slots_hours(rules, &slot, &view->arena), slots_room_name(&view->slots, &slot),
		    str_get(&words));

		flags = view->slots.meeting != NULL ? arrange(view, &slot, what)
						    : convene(view, &slot, what);
	}
	str_release(&words);
	return flags;
}

static const struct {
	enum cmd cmd;
	int by;
	unsigned (*run)(struct slots_screen *view, int by);
} runs[] = {
    {CMD_slotback, -1, step_half},   {CMD_sloton, 1, step_half},
    {CMD_slotdayback, -1, step_day}, {CMD_slotdayon, 1, step_day},
    {CMD_nextbest, 1, step_best},    {CMD_whatif, 0, what_if},
    {CMD_longer, 1, change_length},  {CMD_shorter, -1, change_length},
};

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct slots_screen *view = state;
	enum list_motion motion;

	(void)args;
	if (!view->has || view->n_days == 0)
		return UI_IGNORED;
	if (rows_motion(cmd, &motion))
		return motion_of(view, motion);
	if (cmd->id == CMD_open)
		return take(view);
	for (size_t i = 0; i < ARRAY_LEN(runs); i++)
		if ((int)runs[i].cmd == cmd->id)
			return runs[i].run(view, runs[i].by);
	return UI_IGNORED;
}

/* ---- life ---- */

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct slots_screen *view = mem_alloc(sizeof *view);

	(void)err;
	view->app = ui_shell(ui);
	if (arg != NULL)
		view->meeting = *(const struct uuid *)arg;
	load(view);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct slots_screen *view = state;

	for (size_t i = 0; i < view->n_without; i++)
		free(view->without[i]);
	free(view->without);
	arena_release(&view->arena);
	free(view);
}

static unsigned reload(void *state)
{
	return reread(state);
}

/* Half hours pass: every ten minutes is often enough. */
static unsigned tick(void *state, int64_t now)
{
	struct slots_screen *view = state;

	(void)now;
	if (view->minute / 10 == view->app->minute / 10)
		return UI_NOTHING;
	view->minute = view->app->minute;
	return reread(view);
}

static const char *title(void *state)
{
	(void)state;
	return _("When");
}

const struct view_ops slots_view = {
    .name = "slots",
    .where = WHERE_SLOTS,
    .open = open_view,
    .close = close_view,
    .draw = slots_draw,
    .command = command,
    .reload = reload,
    .tick = tick,
    .title = title,
};

unsigned slots_command(struct app *app, const char *args)
{
	const struct selection *selection = app_selection(app);
	bool of_meeting = selection != NULL && selection->kind == KIND_MEETING;

	(void)args;
	return ui_open(app->ui, &slots_view, of_meeting ? &selection->id : NULL,
		       of_meeting ? sizeof selection->id : 0);
}

unsigned when_command(struct app *app, const char *args)
{
	struct error err = ERROR_INIT;
	struct uuid id;

	args += strspn(args, " ");
	if (!*args)
		return slots_command(app, args);
	if (client_find_kind(app->client, KIND_MEETING, args, &id, &err) != ERR_OK) {
		app_failed(app, &err);
		return UI_FRAME;
	}
	return ui_open(app->ui, &slots_view, &id, sizeof id);
}
