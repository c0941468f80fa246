/* All groups of the board with how many stand in each: a look at the whole, and a way to one. */
#include <config.h>

#include "board_priv.h"
#include "choose_priv.h"
#include "zhiban/base/i18n.h"

struct chooser {
	struct choose choose; /* the first: see choose_priv.h */
	struct board_place *places;
	size_t n;
};

static unsigned chosen(void *state, size_t at)
{
	struct chooser *chooser = state;

	chooser->choose.app->wanted = chooser->places[at].first;
	return UI_RELOAD;
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct chooser *chooser = choose_new(ui, sizeof *chooser, chosen);
	struct app *app = chooser->choose.app;
	struct picker_item *items;
	enum err code;

	(void)arg;
	if (!board_group(app->board))
		code = error_set(err, ERR_INPUT, "%s", _("the list is not grouped: z groups it"));
	else
		code = board_groups(app->board, &chooser->choose.arena, &chooser->places,
				    &chooser->n, err);
	if (code != ERR_OK) {
		choose_close(chooser);
		return code;
	}
	items = arena_array(&chooser->choose.arena, chooser->n + 1, sizeof *items);
	for (size_t i = 0; i < chooser->n; i++) {
		const struct board_heading *heading = &chooser->places[i].heading;

		items[i] = (struct picker_item){
			.label = board_group_name(app, heading, &chooser->choose.arena),
			.help = board_group_words(app, heading, &chooser->choose.arena),
		};
	}
	chooser->choose.picker = picker_new(_("Groups (Enter goes there)"), items, chooser->n, 0);
	*ret_state = chooser;
	return ERR_OK;
}

const struct view_ops groups_view = {
	.name = "groups",
	.overlay = true,
	.open = open_view,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = choose_key,
};
