/* What is put into a meeting: approved items that wait; departments, after it was said as what. */
#include <config.h>

#include "choose_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/rules.h"

struct putting {
	struct choose choose; /* the first: see choose_priv.h */
	struct meeting_screen *page;
	const struct client_item **items; /* of the agenda */
	const struct org **orgs;	  /* of who attends */
	size_t n;
	enum attendee_role role; /* ATTEND_ROLES: it is still asked */
};

/* The marked ones, or the one under the cursor. */
static size_t taken(const struct putting *putting, size_t at, size_t *places)
{
	size_t n = 0;

	for (size_t i = 0; i < putting->n; i++)
		if (picker_is_marked(putting->choose.picker, i))
			places[n++] = i;
	if (!n)
		places[n++] = at;
	return n;
}

/* ---- items ---- */

static unsigned put_items(struct putting *putting, size_t at)
{
	struct arena *arena = &putting->choose.arena;
	size_t *places = arena_array(arena, putting->n + 1, sizeof *places);
	const struct client_item **items = arena_array(arena, putting->n + 1, sizeof *items);
	size_t n = taken(putting, at, places);

	for (size_t i = 0; i < n; i++)
		items[i] = putting->items[places[i]];
	return meeting_put_items(putting->choose.app, &putting->page->page, items, n);
}

static enum err offer_items(struct putting *putting, struct error *err)
{
	enum { NAMED = 4 };
	struct app *app = putting->choose.app;
	struct arena *arena = &putting->choose.arena;
	const struct meeting *meeting = putting->page->page.meeting;
	struct client_item *all = NULL;
	struct picker_item *items;
	size_t n = 0;
	enum err code = client_items(app->client, 0, arena, &all, &n, err);

	if (code != ERR_OK)
		return code;
	items = arena_array(arena, n + 1, sizeof *items);
	putting->items = arena_array(arena, n + 1, sizeof *putting->items);
	for (size_t i = 0; i < n; i++) {
		const struct item *item = all[i].item;
		char mark[48];

		if (item_state(item) != ITEM_APPROVED || item->meeting ||
		    !str_eq(item->org, meeting->org) || !item->open)
			continue;
		items[putting->n].keys = arena_strdup(arena, client_item_mark(&all[i], mark));
		items[putting->n].label = item->title;
		items[putting->n].help = arena_printf(
			arena, "%s  %s", item_state_words(item, arena),
			item_orgs_words(client_rules(app->client), item, NAMED, arena));
		putting->items[putting->n++] = &all[i];
	}
	if (!putting->n)
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("no approved item waits: :items says which are to be approved"));
	putting->choose.picker =
		picker_new(_("Into the agenda (Space marks several, Enter puts them in)"), items,
			   putting->n, PICKER_MANY);
	return ERR_OK;
}

/* ---- who attends ---- */

static unsigned put_orgs(struct putting *putting, size_t at)
{
	struct app *app = putting->choose.app;
	struct arena *arena = &putting->choose.arena;
	struct selection target = { .kind = KIND_MEETING, .id = putting->page->id };
	size_t *places = arena_array(arena, putting->n + 1, sizeof *places);
	size_t n = taken(putting, at, places);

	act_preset_begin(app, act_desc_of(KIND_MEETING, "attend"), &target);
	for (size_t i = 0; i < n; i++)
		act_preset_text(app, "attend",
				arena_printf(arena, "%s\t%s", putting->orgs[places[i]]->code,
					     attendee_role_code(putting->role)));
	return act_preset_go(app, false);
}

/* Communities and grids are thousands, and sit in no joint meeting. */
static bool sits(const struct rules *rules, const struct org *org)
{
	const struct choice *low = choices_find(&rules->tiers, "community");
	const struct choice *tier = choices_find(&rules->tiers, org->tier);

	return !org->layer && (!low || !tier || tier < low);
}

static void offer_orgs(struct putting *putting)
{
	const struct rules *rules = client_rules(putting->choose.app->client);
	struct arena *arena = &putting->choose.arena;
	struct picker_item *items = arena_array(arena, rules->n_orgs + 1, sizeof *items);

	putting->orgs = arena_array(arena, rules->n_orgs + 1, sizeof *putting->orgs);
	putting->n = 0;
	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];

		if (!sits(rules, org))
			continue;
		items[putting->n].label = org->brief ? org->brief : org->name;
		items[putting->n].help = org->name;
		items[putting->n].hint = org->code;
		putting->orgs[putting->n++] = org;
	}
	picker_free(putting->choose.picker);
	putting->choose.picker = picker_new(
		arena_printf(arena, _("Attends: %s (Space marks several, Enter adds them)"),
			     attendee_role_label(putting->role)),
		items, putting->n, PICKER_MANY);
}

static void offer_roles(struct putting *putting)
{
	static const enum attendee_role order[] = { ATTEND_MUST, ATTEND_MAY, ATTEND_CHAIR,
						    ATTEND_SECRETARY };
	struct picker_item items[ARRAY_LEN(order)] = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(order); i++)
		items[i].label = attendee_role_label(order[i]);
	putting->n = ARRAY_LEN(order);
	putting->choose.picker =
		picker_new(_("As what do they attend?"), items, putting->n, PICKER_NUMBERS);
}

static unsigned take_role(struct putting *putting, size_t at)
{
	static const enum attendee_role order[] = { ATTEND_MUST, ATTEND_MAY, ATTEND_CHAIR,
						    ATTEND_SECRETARY };

	putting->role = order[at];
	offer_orgs(putting);
	return UI_REDRAW_ALL | UI_FRAME;
}

/* ---- the overlay ---- */

static unsigned chosen(void *state, size_t at)
{
	struct putting *putting = state;

	return putting->items ? put_items(putting, at) : put_orgs(putting, at);
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct putting *putting = state;
	size_t at;

	if (putting->items || putting->orgs)
		return choose_key(state, pressed, pasted);
	switch (picker_key(putting->choose.picker, pressed, pasted)) {
	case PICKER_DONE:
		return picker_current(putting->choose.picker, &at) ? take_role(putting, at)
								   : UI_NOTHING;
	case PICKER_LEFT:
		return UI_CLOSE | UI_FRAME;
	case PICKER_MORE:
		return UI_REDRAW;
	case PICKER_IGNORED:
		break;
	}
	return UI_IGNORED;
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct meeting_screen *page = meeting_screen(ui_shell(ui));
	struct putting *putting;
	enum err code = ERR_OK;

	(void)arg;
	if (!page)
		return error_set(err, ERR_NOT_FOUND, "%s", _("no meeting is open"));
	putting = choose_new(ui, sizeof *putting, chosen);
	putting->page = page;
	putting->role = ATTEND_ROLES;
	if (page->tab == TAB_AGENDA)
		code = offer_items(putting, err);
	else
		offer_roles(putting);
	if (code != ERR_OK) {
		choose_close(putting);
		return code;
	}
	*ret_state = putting;
	return ERR_OK;
}

const struct view_ops putin_view = {
	.name = "putin",
	.overlay = true,
	.open = open_view,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = key,
};
