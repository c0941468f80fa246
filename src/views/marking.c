/* What the officer marks for himself: watched, pinned; and the counters, which are filters. */
#include <config.h>

#include <stdlib.h>

#include "app_priv.h"
#include "marking_priv.h"
#include "rows_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/marks.h"

/* ---- watched, pinned ---- */

static const struct {
	enum cmd cmd;
	enum mark_what what;
	const char *on, *off; /* what the notice ends with */
} markings[] = {
	{ CMD_watch, MARK_WATCH, N_("watched"), N_("no longer watched") },
	{ CMD_pin, MARK_PIN, N_("pinned"), N_("no longer pinned") },
};

static const char *mark_of(struct app *app, const struct uuid *id, struct arena *arena)
{
	struct incident *incident;
	char buf[48];

	if (client_get(app->client, id, arena, &incident, NULL) != ERR_OK)
		return "?";
	return arena_strdup(arena, client_mark(app->client, incident, buf));
}

/* All of them are marked when one was not: so the same key twice is never a surprise. */
static unsigned set_all(struct app *app, size_t which, const struct uuid *ids, size_t n)
{
	enum mark_what what = markings[which].what;
	struct arena arena = ARENA_INIT;
	struct own_mark *marks = arena_array(&arena, n + 1, sizeof *marks);
	struct error err = ERROR_INIT;
	bool on = false;

	for (size_t i = 0; i < n && !on; i++)
		on = !client_marked(app->client, &ids[i], what);
	for (size_t i = 0; i < n; i++)
		marks[i] = (struct own_mark){ ids[i], what, on, 0 };
	if (client_marks_set(app->client, marks, n, &err) != ERR_OK)
		app_failed(app, &err);
	else if (n == 1)
		app_notice(app, ROLE_GOOD,
			   arena_printf(&arena, "%s: %s", mark_of(app, &ids[0], &arena),
					on ? _(markings[which].on) : _(markings[which].off)));
	else
		app_notice(app, ROLE_GOOD,
			   arena_printf(&arena, _("%zu cases: %s"), n,
					on ? _(markings[which].on) : _(markings[which].off)));
	arena_release(&arena);
	return app_marks_changed(app);
}

unsigned marking_toggle(struct app *app, const struct ui_command *command)
{
	size_t n = 0, which = 0;
	const struct uuid *ids = rows_marked(app, &n);
	unsigned flags;

	while (which < ARRAY_LEN(markings) && (int)markings[which].cmd != command->id)
		which++;
	if (n == 0) {
		struct uuid id = app->selected;

		if (command->id == CMD_pin && rows_top(app))
			rows_step(rows_top(app)); /* what is pinned goes up: the cursor does not */
		return set_all(app, which, &id, 1);
	}
	flags = set_all(app, which, ids, n);
	rows_unmark(rows_top(app));
	return flags;
}

/* ---- the counters ---- */

const struct counter counters[HOME_COUNTS] = {
	[HOME_ALARMS] = { CMD_alarms },	    [HOME_UNSIGNED] = { CMD_unsigned },
	[HOME_SOON] = { CMD_soon },	    [HOME_OVERDUE] = { CMD_overdue },
	[HOME_RECEIPTS] = { CMD_receipts }, [HOME_INSTRUCTIONS] = { CMD_instructions },
	[HOME_WATCHED] = { CMD_watched },   [HOME_UNREPORTED] = { CMD_unreported },
};

/* The board with that filter; what stood there before is a key away in the prompt. */
unsigned marking_counter(struct app *app, const struct ui_command *command)
{
	const char *before = board_filter(app->board);

	for (int i = 0; i < HOME_COUNTS; i++) {
		if ((int)counters[i].cmd != command->id)
			continue;
		if (command->id == CMD_unreported)
			return deadlines_show_all(app, home_count_filter(HOME_UNREPORTED));
		if (*before)
			prompt_history_add(&app->filters, before);
		ui_then(app->ui, command_at(CMD_filter), home_count_filter((enum home_count)i));
		return ui_switch(app->ui, &board_view, NULL, 0) | UI_FRAME;
	}
	return UI_IGNORED;
}
