/* What was before at the place of the selected incident, and from its caller's number. */
#include <config.h>

#include <string.h>

#include "choose_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/history.h"

enum { AT_ONCE = 200, SLICES = 40 }; /* the newest 8,000: some 50 ms */

struct earlier {
	struct choose choose; /* the first: see choose_priv.h */
	struct uuid ids[NEAR_COUNT * HISTORY_CASES];
	size_t n;
};

static const char *const groups[NEAR_COUNT] = {
	[NEAR_ADDRESS] = N_("at this address"),
	[NEAR_GRID] = N_("in this grid"),
	[NEAR_COMMUNITY] = N_("in this community"),
	[NEAR_CALLER] = N_("from this number, as far as it is kept here"),
};

static void offer(struct earlier *earlier, const struct history *history, enum history_near near,
		  const struct uuid *self, struct picker_item *items)
{
	struct arena *arena = &earlier->choose.arena;
	const struct history_case *cases;
	size_t n;

	(void)history_cases(history, near, &cases, &n);
	for (size_t i = 0; i < n; i++) {
		if (uuid_eq(&cases[i].id, self))
			continue;
		items[earlier->n] = (struct picker_item){
			.label = arena_strdup(arena, cases[i].what),
			.help = arena_strdup(arena, cases[i].state),
			.group = _(groups[near]),
		};
		earlier->ids[earlier->n++] = cases[i].id;
	}
}

static unsigned chosen(void *state, size_t at)
{
	struct earlier *earlier = state;

	return ui_open(earlier->choose.app->ui, &page_view, &earlier->ids[at],
		       sizeof earlier->ids[at]);
}

static enum err look(struct earlier *earlier, const struct incident *incident, struct error *err)
{
	struct history_ask ask = { .address = incident->address, .grid = incident->grid,
				   .community = incident->community, .phone = incident->phone };
	struct history *history = history_new(earlier->choose.app->client, &ask);
	struct picker_item items[NEAR_COUNT * HISTORY_CASES] = { 0 };

	for (int i = 0; i < SLICES && history_step(history, AT_ONCE); i++)
		;
	for (int near = 0; near < NEAR_COUNT; near++)
		offer(earlier, history, (enum history_near)near, &incident->head.id, items);
	history_free(history);
	if (earlier->n == 0)
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("nothing was here before, as far as it is kept here"));
	earlier->choose.picker = picker_new(_("Before (Enter opens)"), items, earlier->n, 0);
	return ERR_OK;
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct earlier *earlier = choose_new(ui, sizeof *earlier, chosen);
	struct incident *incident;
	struct uuid id = { 0 };
	enum err code;

	(void)arg;
	(void)app_selected(earlier->choose.app, &id);
	code = client_get(earlier->choose.app->client, &id, &earlier->choose.arena, &incident, err);
	if (code == ERR_OK)
		code = look(earlier, incident, err);
	if (code != ERR_OK) {
		choose_close(earlier);
		return code;
	}
	*ret_state = earlier;
	return ERR_OK;
}

const struct view_ops earlier_view = {
	.name = "earlier",
	.overlay = true,
	.open = open_view,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = choose_key,
};
