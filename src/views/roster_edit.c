/* Edits of the roster: each is one act, done at once; what a rule refuses is asked a reason for. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "roster_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/undo.h"

static unsigned tell(struct app *app, const char *sentence)
{
	app_notice(app, ROLE_HINT, sentence);
	return UI_FRAME;
}

static struct uuid staff_at(const struct grid_cell *cell)
{
	return cell->turn && cell->turn->staff ? staff_uuid(cell->turn->staff)
					       : (struct uuid){ { 0 } };
}

static const char *name_of(const struct roster_screen *view, const struct uuid *id)
{
	if (uuid_is_nil(id))
		return _("nobody");
	for (size_t i = 0; i < view->view.n_staff; i++)
		if (uuid_eq(&view->view.staff[i]->head.id, id))
			return view->view.staff[i]->name;
	return "?";
}

static struct cell cell_to(const struct roster_screen *view, size_t row, size_t day,
			   const struct uuid *now)
{
	const struct grid_cell *cell = grid_cell(&view->grid, row, day);
	const struct grid_row *of = &view->grid.rows[row];

	return (struct cell){ .day = view->grid.days[day].day,
			      .shift = of->shift,
			      .post = of->post,
			      .seat = of->seat,
			      .was = staff_at(cell),
			      .now = *now,
			      .fixed = cell->turn && cell->turn->locked };
}

/* ---- one act ---- */

/* What the opposite would be: kept in memory until the next edit. */
static void keep_done(struct roster_screen *view, const struct uuid *roster, const struct cell *cells,
		      size_t n)
{
	struct done *done = &view->place->done;
	struct arena arena = ARENA_INIT;
	struct cell *kept = arena_array(&arena, n + 1, sizeof *kept);

	for (size_t i = 0; i < n; i++) {
		kept[i] = cells[i];
		kept[i].shift = arena_strdup(&arena, cells[i].shift);
		kept[i].post = arena_strdup(&arena, cells[i].post);
		kept[i].was = cells[i].now;
		kept[i].now = cells[i].was;
	}
	arena_release(&done->arena);
	*done = (struct done){ .roster = *roster, .cells = kept, .n = n, .arena = arena };
}

static unsigned set_month(struct roster_screen *view, const struct cell *cells, size_t n,
			  const char *what)
{
	struct app *app = view->app;
	const struct act_desc *act = act_desc_of(KIND_ROSTER, "roster");
	struct selection target = { .kind = KIND_ROSTER, .id = roster_screen_id(view, cells[0].day) };
	char month[ROSTER_MONTH];

	month_of_day(cells[0].day, month);
	act_preset_begin(app, act, &target);
	act_preset_text(app, "org", view->place->org);
	act_preset_text(app, "plan_code", view->plan->code);
	act_preset_text(app, "month", month);
	for (size_t i = 0; i < n; i++)
		act_preset_text(app, "cell", cell_words(&cells[i], &view->arena));
	act_preset_what(app, what);
	keep_done(view, &target.id, cells, n);
	return act_preset_go(app, false);
}

unsigned seat_set(struct roster_screen *view, const struct cell *cells, size_t n, const char *what)
{
	unsigned flags = UI_NOTHING;

	for (size_t from = 0, to; from < n && !(flags & UI_OPEN); from = to) {
		struct uuid month = roster_screen_id(view, cells[from].day), other = month;

		for (to = from; to < n && uuid_eq(&other, &month); to++)
			if (to + 1 < n)
				other = roster_screen_id(view, cells[to + 1].day);
		flags |= set_month(view, &cells[from], to - from, what);
	}
	return flags;
}

/* ---- seats ---- */

unsigned seat_put(struct roster_screen *view, const struct staff *staff)
{
	struct uuid now = staff ? staff->head.id : (struct uuid){ { 0 } };
	struct cell *cells;
	const char *what;
	size_t first, last, n = 0;

	if (!roster_cell(view))
		return tell(view->app, _("no seat on this day"));
	roster_marked(view, &first, &last);
	cells = arena_array(&view->arena, last - first + 1, sizeof *cells);
	for (size_t day = first; day <= last; day++) {
		const struct grid_cell *cell = grid_cell(&view->grid, view->row, day);
		struct uuid was = staff_at(cell);

		if (cell->seat && !uuid_eq(&was, &now))
			cells[n++] = cell_to(view, view->row, day, &now);
	}
	if (!n)
		return tell(view->app, staff ? _("he stands there already")
					     : _("nobody stands in that seat"));
	view->anchor = 0;
	what = arena_printf(&view->arena, "%s  %s  %s -> %s",
			    grid_row_label(&view->grid.rows[view->row], 40, &view->arena),
			    n == 1 ? duty_day(client_rules(view->app->client),
					      grid_cell(&view->grid, view->row, first)->starts,
					      (char[32]){ 0 })
				   : arena_printf(&view->arena, _("%zu days"), n),
			    name_of(view, &cells[0].was), name_of(view, &now));
	return seat_set(view, cells, n, what);
}

unsigned seat_fill_down(struct roster_screen *view)
{
	const struct grid_cell *cell = roster_cell(view);
	size_t row = view->row, day = view->day + 1;
	struct uuid who;
	struct cell next;
	unsigned flags;

	if (!cell || !cell->turn)
		return tell(view->app, _("nobody stands in that seat"));
	who = staff_at(cell);
	if (day >= view->grid.n_days || !grid_cell(&view->grid, row, day)->seat)
		return tell(view->app, _("no seat on the next day here"));
	next = cell_to(view, row, day, &who);
	flags = uuid_eq(&next.was, &next.now)
			? UI_NOTHING
			: seat_set(view, &next, 1,
				     arena_printf(&view->arena, "%02d-%02d  %s -> %s",
						  view->grid.days[day].month,
						  view->grid.days[day].number,
						  name_of(view, &next.was), name_of(view, &who)));
	return flags | roster_goto(view, view->grid.days[day].day, NULL, NULL, 0);
}

/* ---- a week ---- */

static bool in_week(const struct roster_screen *view, size_t day)
{
	return week_of_day(view->grid.days[day].day) == week_of_day(view->place->day);
}

unsigned week_copy(struct roster_screen *view)
{
	struct roster_place *place = view->place;
	size_t n = 0;

	place->n_copied = 0;
	snprintf(place->copied_plan, sizeof place->copied_plan, "%s", view->plan->code);
	for (size_t d = 0; d < view->grid.n_days; d++) {
		for (size_t r = 0; in_week(view, d) && r < view->grid.n_rows; r++) {
			const struct grid_cell *cell = grid_cell(&view->grid, r, d);
			struct copied *copy;

			if (!cell->seat)
				continue;
			MEM_GROW(place->copied, place->n_copied, place->cap_copied);
			copy = &place->copied[place->n_copied++];
			*copy = (struct copied){ .weekday = view->grid.days[d].weekday,
						 .seat = view->grid.rows[r].seat,
						 .staff = staff_at(cell) };
			snprintf(copy->shift, sizeof copy->shift, "%s", view->grid.rows[r].shift);
			snprintf(copy->post, sizeof copy->post, "%s", view->grid.rows[r].post);
			n += cell->turn != NULL;
		}
	}
	app_notice(view->app, ROLE_GOOD,
		   arena_printf(&view->arena,
				_("the week is remembered: %zu duties; P puts it elsewhere"), n));
	return UI_FRAME;
}

static const struct copied *copied_at(const struct roster_screen *view, size_t row, size_t day)
{
	const struct roster_place *place = view->place;
	const struct grid_row *of = &view->grid.rows[row];

	for (size_t i = 0; i < place->n_copied; i++)
		if (place->copied[i].weekday == view->grid.days[day].weekday &&
		    place->copied[i].seat == of->seat &&
		    strcmp(place->copied[i].shift, of->shift) == 0 &&
		    strcmp(place->copied[i].post, of->post) == 0)
			return &place->copied[i];
	return NULL;
}

/* Seats that are fixed stay as they are. */
unsigned week_paste(struct roster_screen *view)
{
	struct cell *cells = arena_array(&view->arena, view->grid.n_rows * 7 + 1, sizeof *cells);
	size_t n = 0;

	if (!view->place->n_copied)
		return tell(view->app, _("no week is remembered: Y on a week does that"));
	if (strcmp(view->place->copied_plan, view->plan->code) != 0)
		return tell(view->app, _("the week that is remembered is of another kind of roster"));
	for (size_t d = 0; d < view->grid.n_days; d++) {
		for (size_t r = 0; in_week(view, d) && r < view->grid.n_rows; r++) {
			const struct grid_cell *cell = grid_cell(&view->grid, r, d);
			const struct copied *copy = copied_at(view, r, d);
			struct uuid was = staff_at(cell);

			if (copy && cell->seat && !(cell->turn && cell->turn->locked) &&
			    !uuid_eq(&was, &copy->staff))
				cells[n++] = cell_to(view, r, d, &copy->staff);
		}
	}
	if (!n)
		return tell(view->app, _("this week is like the one that is remembered"));
	return seat_set(view, cells, n,
			  arena_printf(&view->arena, _("a week put here: %zu seats change"), n));
}

/* ---- the duty under the cursor ---- */

static void give_id(struct app *app, const char *arg, const struct uuid *id)
{
	char text[40];

	uuid_words(id, text);
	act_preset_text(app, arg, text);
}

unsigned seat_act(struct roster_screen *view, const struct act_desc *act, const struct staff *who)
{
	struct app *app = view->app;
	const struct grid_cell *cell = roster_cell(view);
	struct selection target = { .kind = KIND_ROSTER };
	const char *words;

	if (!cell || !cell->turn)
		return tell(app, _("nobody stands in that seat"));
	target.id = cell->roster->head.id;
	target.turn = cell->turn->id;
	act_preset_begin(app, act, &target);
	give_id(app, "turn_id", &cell->turn->id);
	if (who)
		give_id(app, "who", &who->head.id);
	words = turn_words(client_rules(app->client), view->plan, cell->turn, &view->arena);
	act_preset_what(app, arena_printf(&view->arena, "%s  %s%s%s", words,
					  cell->turn->name ? cell->turn->name : "",
					  who ? " -> " : "", who ? who->name : ""));
	return act_preset_go(app, true);
}

unsigned seat_fix(struct roster_screen *view)
{
	struct app *app = view->app;
	const struct grid_cell *cell = roster_cell(view);
	struct selection target = { .kind = KIND_ROSTER };

	if (!cell || !cell->turn)
		return tell(app, _("nobody stands in that seat"));
	target.id = cell->roster->head.id;
	target.turn = cell->turn->id;
	act_preset_begin(app, act_desc_of(KIND_ROSTER, "fix_seat"), &target);
	give_id(app, "turn_id", &cell->turn->id);
	if (cell->turn->locked)
		act_preset_num(app, "off", 1);
	return act_preset_go(app, false);
}

/* ---- the week with the centre ---- */

static void begin_week(struct roster_screen *view, const char *verb)
{
	struct app *app = view->app;
	const struct rules *rules = client_rules(app->client);
	struct selection target = { .kind = KIND_ROSTER };
	int32_t week = week_of_day(view->place->day);
	char month[ROSTER_MONTH], day[CIVIL_TEXT];

	month_of_day(week, month);
	target.id = roster_screen_id(view, week);
	act_preset_begin(app, act_desc_of(KIND_ROSTER, verb), &target);
	act_preset_text(app, "org", view->place->org);
	act_preset_text(app, "plan_code", view->plan->code);
	act_preset_text(app, "month", month);
	act_preset_num(app, "week", civil_ms_of_day(week, rules->offset_min));
	civil_format(civil_ms_of_day(week, rules->offset_min), rules->offset_min, "Y-m-d", day,
		     sizeof day);
	act_preset_what(app, arena_printf(&view->arena, _("%s  %s  the week from %s"),
					  org_brief(rules, view->place->org), view->plan->label, day));
}

unsigned week_file(struct roster_screen *view)
{
	if (!view->plan->file)
		return tell(view->app, _("this roster is not filed with anybody"));
	begin_week(view, "file");
	return act_preset_go(view->app, false);
}

unsigned week_chase(struct roster_screen *view)
{
	if (!view->plan->file)
		return tell(view->app, _("this roster is not filed with anybody"));
	begin_week(view, "chase");
	return act_preset_go(view->app, false);
}

/* ---- taking back ---- */

unsigned seat_undo(struct app *app)
{
	struct roster_screen *view = roster_screen(app);
	struct done *done = view ? &view->place->done : NULL;
	struct error err = ERROR_INIT;
	struct undo undo;
	struct cell *cells;
	size_t n;

	if (undo_find(app->client, &app->selected, &undo, &err) == ERR_OK || !done || !done->n ||
	    !uuid_eq(&done->roster, &app->selected))
		return acts_undo(app);
	n = done->n; /* it is on its way or admitted: the seats back as they were */
	cells = arena_array(&view->arena, n, sizeof *cells);
	for (size_t i = 0; i < n; i++) {
		cells[i] = done->cells[i];
		cells[i].shift = arena_strdup(&view->arena, done->cells[i].shift);
		cells[i].post = arena_strdup(&view->arena, done->cells[i].post);
	}
	return seat_set(view, cells, n,
			  arena_printf(&view->arena, _("%zu seats back as they were"), n));
}
