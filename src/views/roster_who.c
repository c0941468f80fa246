/* Overlays of the roster: who shall stand there, with whom it is swapped, what is wrong, whose
 * roster. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "choose_priv.h"
#include "roster_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

/* ---- who ---- */

struct fit { /* somebody for a seat */
	const struct staff *staff;
	unsigned breaches;
	int weight;
	size_t place;
};
struct stand {
	struct choose choose; /* the first: see choose_priv.h */
	struct roster_screen *below;
	enum stand_for purpose;
	struct fit *fits;
};

unsigned roster_ask_who(struct roster_screen *view, enum stand_for purpose)
{
	const struct grid_cell *cell = roster_cell(view);

	if (!cell || (purpose != STAND_SEAT && !cell->turn)) {
		app_notice(view->app, ROLE_HINT, cell ? _("nobody stands in that seat")
						      : _("no seat on this day"));
		return UI_FRAME;
	}
	return ui_open(view->app->ui, &who_view, &purpose, sizeof purpose);
}

/* Who fits, who does so against a rule, who cannot. */
static int trouble_of(const struct fit *fit)
{
	return fit->breaches & 1u << BREACH_DOUBLE ? 2 : fit->breaches != 0;
}

static int by_fitness(const void *a, const void *b)
{
	const struct fit *x = a, *y = b;
	int p = trouble_of(x), q = trouble_of(y);

	if (p != q)
		return p - q;
	if (x->weight != y->weight)
		return x->weight < y->weight ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

static int weight_of(const struct ledger_row *rows, size_t n, const struct staff *staff)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].staff && uuid_eq(&rows[i].staff->head.id, &staff->head.id))
			return rows[i].weight;
	return 0;
}

/* Whom no rule keeps away stands first, who has stood least before the others. */
static size_t take_fits(struct stand *who)
{
	struct roster_screen *view = who->below;
	const struct grid_cell *cell = roster_cell(view);
	const struct grid_row *row = &view->grid.rows[view->row];
	struct need need = { .day = view->grid.days[view->day].day, .shift = row->shift_of,
			     .post = row->post_of, .seat = row->seat, .starts = cell->starts,
			     .ends = cell->ends };
	struct ledger_row *ledger = NULL;
	size_t n = view->view.n_staff, n_ledger = 0, kept = 0;

	(void)!client_ledger(view->app->client, view->place->org, view->plan, view->month,
			     &who->choose.arena, &ledger, &n_ledger, NULL);
	who->fits = arena_array(&who->choose.arena, n + 1, sizeof *who->fits);
	for (size_t i = 0; i < n && need.shift && need.post; i++) {
		const struct staff *staff = view->view.staff[i];

		if (!staff->active || (cell->turn && cell->turn->staff &&
				       who->purpose != STAND_SEAT && cell->staff == staff))
			continue;
		/* a copy: the screen below may be read anew while one chooses */
		who->fits[kept] = (struct fit){ entity_copy(staff, &who->choose.arena),
						roster_would_break(&view->view, &need, staff, NULL),
						weight_of(ledger, n_ledger, staff), i };
		kept++;
	}
	qsort(who->fits, kept, sizeof *who->fits, by_fitness);
	return kept;
}

static const char *breach_words(unsigned breaches, struct arena *arena)
{
	const char *words = "";

	for (unsigned i = 0; i < BREACHES; i++)
		if (breaches & 1u << i)
			words = arena_printf(arena, "%s%s%s", words, *words ? _(", ") : "",
					     breach_label((enum breach)i));
	return words;
}

static const char *clean(struct arena *arena, const char *text)
{
	struct str out = STR_INIT;
	const char *copy;

	if (text)
		text_clean(&out, text, strlen(text), false);
	copy = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return copy;
}

static void offer(struct stand *who, const struct fit *fit, struct picker_item *item)
{
	struct arena *arena = &who->choose.arena;
	const struct rules *rules = client_rules(who->choose.app->client);
	const struct staff *staff = fit->staff;
	bool away = !str_eq(staff->org, who->below->place->org);
	unsigned hard = fit->breaches & 1u << BREACH_DOUBLE;

	item->label = clean(arena, staff->name);
	item->help = arena_printf(arena, "%s%s%s  %s%d%s%s%s", clean(arena, staff->phone),
				  away ? "  " : "", away ? org_brief(rules, staff->org) : "",
				  _("ledger "), fit->weight / 2, fit->weight % 2 ? ".5" : "",
				  fit->breaches ? "  ! " : "", breach_words(fit->breaches, arena));
	item->hint = clean(arena, staff->title);
	if (hard)
		item->why = breach_label(BREACH_DOUBLE);
}

static unsigned chosen(void *state, size_t at)
{
	struct stand *who = state;
	const struct staff *staff = who->fits[at].staff;

	switch (who->purpose) {
	case STAND_SEAT:
		return seat_put(who->below, staff);
	case STAND_COVER:
		return seat_act(who->below, act_desc_of(KIND_ROSTER, "cover"), staff);
	case STAND_TAKEOVER:
		return seat_act(who->below, act_desc_of(KIND_ROSTER, "takeover"), staff);
	}
	return UI_NOTHING;
}

static enum err open_who(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct stand *who = choose_new(ui, sizeof *who, chosen);
	struct picker_item *items;
	const char *titles[] = { _("Who stands there? (type a name or its pinyin)"),
				 _("Who stands in? (type a name or its pinyin)"),
				 _("An emergency: who takes over?") };
	size_t n;

	who->below = roster_screen(who->choose.app);
	who->purpose = *(const enum stand_for *)arg;
	n = who->below ? take_fits(who) : 0;
	if (!n) {
		choose_close(who);
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("nobody is in the list for this roster: :people adds people"));
	}
	items = arena_array(&who->choose.arena, n, sizeof *items);
	for (size_t i = 0; i < n; i++)
		offer(who, &who->fits[i], &items[i]);
	who->choose.picker = picker_new(titles[who->purpose], items, n, 0);
	*ret_state = who;
	return ERR_OK;
}

const struct view_ops who_view = {
	.name = "who",
	.overlay = true,
	.types = true,
	.open = open_who,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = choose_key,
};

/* ---- with whom a duty is swapped ---- */

struct partners {
	struct choose choose; /* the first */
	const char *mine;     /* whose duty, and which */
	struct uuid roster, turn;
	struct with { /* nil: nobody in particular; no duty in return */
		struct uuid staff, roster, turn;
		const char *words;
	} *items;
};

static const struct roster *roster_of(const struct roster_screen *view, const struct turn *turn)
{
	for (size_t i = 0; i < view->view.n_rosters; i++)
		if (roster_turn_find(view->view.rosters[i], &turn->id))
			return view->view.rosters[i];
	return NULL;
}

static void give_id(struct app *app, const char *arg, const struct uuid *id)
{
	char text[40];

	uuid_words(id, text);
	act_preset_text(app, arg, text);
}

static unsigned swap_with(void *state, size_t at)
{
	struct partners *partners = state;
	struct app *app = partners->choose.app;
	const struct with *with = &partners->items[at];
	bool back = !uuid_is_nil(&with->turn);

	act_preset_begin(app, act_desc_of(KIND_SWAP, "swap"), NULL);
	give_id(app, "roster_id", &partners->roster);
	give_id(app, "turn_id", &partners->turn);
	if (at)
		give_id(app, "who", &with->staff);
	else
		act_preset_without(app, "who");
	if (back) {
		give_id(app, "other_roster", &with->roster);
		give_id(app, "other_turn", &with->turn);
	}
	act_preset_what(app, arena_printf(&partners->choose.arena, "%s  %s %s", partners->mine,
					  back ? "<>" : "->", with->words));
	return act_preset_go(app, true);
}

static void take_partner(const struct roster_screen *view, const struct partner *from,
			 struct with *to, struct arena *arena)
{
	const struct roster *other = from->gives ? roster_of(view, from->gives) : NULL;

	to->staff = from->staff->head.id;
	to->words = arena_strdup(arena, from->staff->name ? from->staff->name : "?");
	if (!other)
		return;
	to->roster = other->head.id;
	to->turn = from->gives->id;
	to->words = arena_printf(arena, "%s %s", to->words,
				 turn_words(client_rules(view->app->client), view->plan, from->gives,
					    arena));
}

static enum err open_partners(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	enum { MOST = 60 };
	struct partners *partners = choose_new(ui, sizeof *partners, swap_with);
	struct arena *arena = &partners->choose.arena;
	struct roster_screen *view = roster_screen(partners->choose.app);
	const struct grid_cell *cell = view ? roster_cell(view) : NULL;
	const struct rules *rules = client_rules(partners->choose.app->client);
	struct picker_item *items;
	struct partner *found;
	size_t n;

	(void)arg;
	if (!cell || !cell->turn) {
		choose_close(partners);
		return error_set(err, ERR_NOT_FOUND, "%s", _("nobody stands in that seat"));
	}
	if (cell->turn->starts <= app_now(view->app)) {
		choose_close(partners);
		return error_set(err, ERR_REFUSED, "%s",
				 cell->turn->ends <= app_now(view->app) ?
					 _("that duty is over") :
					 _("that duty has begun: T takes it over at once"));
	}
	partners->roster = cell->roster->head.id;
	partners->turn = cell->turn->id;
	partners->mine = arena_printf(arena, "%s %s", cell->turn->name ? cell->turn->name : "",
				      turn_words(rules, view->plan, cell->turn, arena));
	swap_partners(&view->view, cell->turn, app_now(view->app), arena, &found, &n);
	n = n > MOST ? MOST : n;
	partners->items = arena_array(arena, n + 1, sizeof *partners->items);
	partners->items[0].words = _("anybody");
	items = arena_array(arena, n + 1, sizeof *items);
	items[0] = (struct picker_item){ .label = _("anybody"),
					 .help = _("asked of all; who accepts first has it") };
	for (size_t i = 0; i < n; i++) {
		const struct partner *with = &found[i];

		take_partner(view, with, &partners->items[i + 1], arena);
		items[i + 1].label = clean(arena, with->staff->name);
		items[i + 1].help = arena_printf(
			arena, "%s  %s%d  %s", clean(arena, with->staff->phone), _("ledger "),
			with->weight / 2,
			with->gives ? arena_printf(arena, _("gives %s"),
						   turn_words(rules, view->plan, with->gives, arena))
				    : _("only takes"));
	}
	partners->choose.picker =
		picker_new(arena_printf(arena, _("Swap %s: the best partners first"),
					partners->mine),
			   items, n + 1, 0);
	*ret_state = partners;
	return ERR_OK;
}

const struct view_ops partner_view = {
	.name = "partner",
	.overlay = true,
	.types = true,
	.open = open_partners,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = choose_key,
};

/* ---- what is wrong ---- */

struct wrong {
	struct choose choose; /* the first */
	struct roster_screen *below;
	struct spot {
		int32_t day;
		const char *shift, *post;
		int seat;
	} *spots;
};

static unsigned go_there(void *state, size_t at)
{
	struct wrong *wrong = state;
	const struct spot *spot = &wrong->spots[at];

	return roster_goto(wrong->below, spot->day, spot->shift, spot->post, spot->seat) |
	       UI_REDRAW_ALL;
}

static struct spot spot_of(const struct rules *rules, const struct finding *finding,
			   struct arena *arena)
{
	const struct turn *turn = finding->turn;
	const struct need *need = &finding->need;

	if (turn)
		return (struct spot){ turn_day(rules, turn), arena_strdup(arena, turn->shift),
				      arena_strdup(arena, turn->post), (int)turn->seat };
	return (struct spot){ need->day, need->shift->code, need->post->code, need->seat };
}

static enum err open_findings(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct wrong *wrong = choose_new(ui, sizeof *wrong, go_there);
	struct arena *arena = &wrong->choose.arena;
	struct roster_screen *view = roster_screen(wrong->choose.app);
	size_t n = view ? view->grid.n_findings : 0;
	struct picker_item *items;

	(void)arg;
	if (!n) {
		choose_close(wrong);
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("nothing is wrong here: no gap, no rule broken"));
	}
	wrong->below = view;
	items = arena_array(arena, n, sizeof *items);
	wrong->spots = arena_array(arena, n, sizeof *wrong->spots);
	for (size_t i = 0; i < n; i++) {
		const struct finding *finding = &view->grid.findings[i];
		struct str words = STR_INIT;

		finding_words(client_rules(view->app->client), finding, &words);
		wrong->spots[i] = spot_of(client_rules(view->app->client), finding, arena);
		items[i].label = breach_label(finding->breach);
		items[i].help = arena_strdup(arena, str_get(&words));
		if (finding->turn && finding->turn->despite && *finding->turn->despite)
			items[i].help = arena_printf(arena, "%s  (%s)", items[i].help,
						     finding->turn->why ? finding->turn->why : "");
		str_release(&words);
	}
	wrong->choose.picker = picker_new(
		arena_printf(arena, _("What is wrong: %zu (Enter goes there)"), n), items, n, 0);
	*ret_state = wrong;
	return ERR_OK;
}

const struct view_ops findings_view = {
	.name = "findings",
	.overlay = true,
	.types = true,
	.open = open_findings,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = choose_key,
};

/* ---- whose roster ---- */

struct whose {
	struct choose choose; /* the first */
	struct roster_screen *below; /* or NULL */
	struct one {
		const char *org;
		size_t plan;
	} *ones;
};

static unsigned show_other(void *state, size_t at)
{
	struct whose *whose = state;
	struct roster_place *place = roster_place(whose->choose.app);
	struct roster_screen *view = whose->below;

	snprintf(place->org, sizeof place->org, "%s", whose->ones[at].org);
	place->plan = whose->ones[at].plan;
	return view ? roster_reread(view) | UI_REDRAW_ALL : UI_NOTHING;
}

static enum err open_whose(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct whose *whose = choose_new(ui, sizeof *whose, show_other);
	const struct rules *rules = client_rules(whose->choose.app->client);
	struct arena *arena = &whose->choose.arena;
	struct picker_item *items = arena_array(arena, rules->n_orgs * (rules->n_plans + 1) + 1,
						sizeof *items);
	size_t n = 0;

	(void)arg;
	whose->below = roster_screen(whose->choose.app);
	whose->ones = arena_array(arena, rules->n_orgs * (rules->n_plans + 1) + 1,
				  sizeof *whose->ones);
	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct roster_plan *plan;

		for (size_t p = 0; (plan = rules_plan_of(rules, rules->orgs[i].code, p)) != NULL; p++) {
			items[n].label = org_brief(rules, rules->orgs[i].code);
			items[n].help = plan->label;
			items[n].hint = rules->orgs[i].name;
			whose->ones[n++] = (struct one){ rules->orgs[i].code, p };
		}
	}
	if (!n) {
		choose_close(whose);
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("this district's profile has no rosters"));
	}
	whose->choose.picker =
		picker_new(_("Whose roster? (type a name or its pinyin)"), items, n, 0);
	*ret_state = whose;
	return ERR_OK;
}

const struct view_ops org_view = {
	.name = "whose",
	.overlay = true,
	.types = true,
	.open = open_whose,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = choose_key,
};
