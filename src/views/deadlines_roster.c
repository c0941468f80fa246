/* Rosters that are not filed, among the deadlines: chased, one or all that are marked; opened. */
#include <config.h>

#include "deadlines_priv.h"
#include "roster_priv.h"

#include <stdio.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/due_filing.h"

static void begin_chase(struct app *app, const struct due_filing *filing, const char *what)
{
	const struct rules *rules = client_rules(app->client);
	const struct selection target = { .kind = KIND_ROSTER,
					  .id = roster_id(filing->org, filing->plan->code,
							  filing->month) };

	act_preset_begin(app, act_desc_of(KIND_ROSTER, "chase"), &target);
	act_preset_text(app, "org", filing->org);
	act_preset_text(app, "plan_code", filing->plan->code);
	act_preset_text(app, "month", filing->month);
	act_preset_num(app, "week", civil_ms_of_day(filing->week, rules->offset_min));
	act_preset_what(app, what);
}

/* All organisations of a row; *n counts on.  The first that is refused ends it. */
static enum err chase_row(struct app *app, const struct client_deadline *at, struct arena *arena,
			  unsigned *flags, size_t *n, struct error *err)
{
	struct due_filing *filings;
	size_t n_filings = due_filings_of(app->client, at, arena, &filings);
	enum err code = ERR_OK;

	for (size_t i = 0; i < n_filings && code == ERR_OK; i++) {
		struct deed deed = { .act = act_desc_of(KIND_ROSTER, "chase") };
		unsigned drawn = 0;

		begin_chase(app, &filings[i], at->title);
		code = acts_do(app, &deed, &drawn, err);
		*n += code == ERR_OK;
		*flags |= drawn;
	}
	return code;
}

/* One after the other; the first that is refused is told, and stays marked with those behind it. */
static unsigned chase_rows(struct deadlines_view *view, const struct uuid *marked, size_t n)
{
	struct app *app = view->app;
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct uuid *ids = arena_dup(&arena, marked, n * sizeof *ids);
	size_t chased = 0;
	char words[120];
	unsigned flags = UI_REDRAW | UI_FRAME;
	enum err code = ERR_OK;

	for (size_t i = 0; i < n && code == ERR_OK; i++) {
		struct due_row row;

		if (deadlines_get(view->model, &ids[i], &arena, &row, NULL) == ERR_OK)
			code = chase_row(app, &row.at, &arena, &flags, &chased, &err);
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
		return chase_rows(view, marked, n);
	if (!shown || !due_is_filing(&shown->row.at)) {
		app_notice(view->app, ROLE_WARNING,
			   _("this is no roster that is not filed: those are chased with this key"));
		return UI_FRAME;
	}
	if (!due_filing_of(client_rules(view->app->client), &shown->row.at, &filing))
		return chase_rows(view, &shown->row.id, 1);
	begin_chase(view->app, &filing, shown->row.at.title);
	return act_preset_go(view->app, false);
}

/* The roster itself, at the week that is owed (of several the first) or the duty that was taken
 * over. */
unsigned due_open_roster(struct deadlines_view *view, const struct client_deadline *at)
{
	struct app *app = view->app;
	const struct rules *rules = client_rules(app->client);
	struct roster_place *place = roster_place(app);
	struct arena arena = ARENA_INIT;
	struct due_filing *filings;
	const char *org = at->deadline.org;
	size_t n = due_filings_of(app->client, at, &arena, &filings);

	if (n > 0)
		org = filings[0].org;
	snprintf(place->org, sizeof place->org, "%s", org);
	place->plan = 0;
	place->fresh = false;
	place->day = civil_day_of_ms(at->deadline.due, rules->offset_min);
	if (n > 0) {
		place->day = filings[0].week;
		while (rules_plan_of(rules, place->org, place->plan) != filings[0].plan &&
		       rules_plan_of(rules, place->org, place->plan + 1))
			place->plan++;
	}
	arena_release(&arena);
	return ui_switch(app->ui, &roster_view, NULL, 0) | UI_FRAME | UI_RELOAD;
}
