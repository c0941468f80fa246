/* Rosters that are not filed, among the deadlines: chased, one or all that are marked; opened. */
#include <config.h>

#include "deadlines_priv.h"
#include "roster_priv.h"

#include <stdio.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/due_filing.h"

static void begin_chase(struct deadlines_view *view, const struct client_deadline *at,
			const struct due_filing *filing)
{
	struct app *app = view->app;
	const struct rules *rules = client_rules(app->client);
	const struct selection target = { .kind = KIND_ROSTER, .id = at->entity };

	act_preset_begin(app, act_desc_of(KIND_ROSTER, "chase"), &target);
	act_preset_text(app, "org", at->deadline.org);
	act_preset_text(app, "plan_code", filing->plan->code);
	act_preset_text(app, "month", filing->month);
	act_preset_num(app, "week", civil_ms_of_day(filing->week, rules->offset_min));
	act_preset_what(app, at->title);
}

/* One after the other; the first that is refused is told, and stays marked with those behind it. */
static unsigned chase_marked(struct deadlines_view *view, const struct uuid *marked, size_t n)
{
	struct app *app = view->app;
	const struct rules *rules = client_rules(app->client);
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct uuid *ids = arena_dup(&arena, marked, n * sizeof *ids);
	size_t chased = 0;
	char words[120];
	unsigned flags = UI_REDRAW | UI_FRAME;
	enum err code = ERR_OK;

	for (size_t i = 0; i < n && code == ERR_OK; i++) {
		struct due_row row;
		struct due_filing filing;
		struct deed deed = { .act = act_desc_of(KIND_ROSTER, "chase") };
		unsigned drawn = 0;

		if (deadlines_get(view->model, &ids[i], &arena, &row, NULL) != ERR_OK ||
		    !due_filing_of(rules, &row.at, &filing))
			continue;
		begin_chase(view, &row.at, &filing);
		code = acts_do(app, &deed, &drawn, &err);
		chased += code == ERR_OK;
		flags |= drawn;
	}
	act_preset_drop(app);
	arena_release(&arena);
	if (code != ERR_OK) {
		app_failed(app, &err);
		return flags;
	}
	list_mark_clear(view->list);
	if (chased)
		snprintf(words, sizeof words, _("chased: %zu rosters"), chased);
	app_notice(app, chased ? ROLE_TEXT : ROLE_WARNING,
		   chased ? words : _("none of what is marked is a roster to be filed"));
	return flags | UI_RELOAD;
}

unsigned due_chase(struct deadlines_view *view)
{
	struct due_shown *shown = due_current(view);
	struct due_filing filing;
	size_t n;
	const struct uuid *marked = list_marked(view->list, &n);

	if (app_read_only(view->app))
		return UI_NOTHING;
	if (n > 1)
		return chase_marked(view, marked, n);
	if (!shown || !due_filing_of(client_rules(view->app->client), &shown->row.at, &filing)) {
		app_notice(view->app, ROLE_WARNING,
			   _("this is no roster that is not filed: those are chased with this key"));
		return UI_FRAME;
	}
	begin_chase(view, &shown->row.at, &filing);
	return act_preset_go(view->app, false);
}

/* The roster itself, at the week that is owed or the duty that was taken over. */
unsigned due_open_roster(struct deadlines_view *view, const struct client_deadline *at)
{
	struct app *app = view->app;
	const struct rules *rules = client_rules(app->client);
	struct roster_place *place = roster_place(app);
	struct due_filing filing;
	int32_t day = civil_day_of_ms(at->deadline.due, rules->offset_min);

	snprintf(place->org, sizeof place->org, "%s", at->deadline.org);
	place->plan = 0;
	place->fresh = false;
	place->day = day;
	if (due_filing_of(rules, at, &filing)) {
		place->day = filing.week;
		while (rules_plan_of(rules, place->org, place->plan) != filing.plan &&
		       rules_plan_of(rules, place->org, place->plan + 1))
			place->plan++;
	}
	return ui_switch(app->ui, &roster_view, NULL, 0) | UI_FRAME | UI_RELOAD;
}
