/* All groups of the board with how many stand in each: a look at the whole, and a way to one. */
#include <config.h>

#include "board_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/ui/picker.h"

struct chooser {
	struct app *app;
	struct picker *picker;
	struct arena arena;
	struct board_place *places;
	size_t n;
};

static void close_view(void *state)
{
	struct chooser *chooser = state;

	picker_free(chooser->picker);
	arena_release(&chooser->arena);
	free(chooser);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct chooser *chooser = mem_alloc(sizeof *chooser);
	struct app *app = chooser->app = ui_shell(ui);
	struct picker_item *items;
	enum err code;

	(void)arg;
	if (!board_group(app->board))
		code = error_set(err, ERR_INPUT, "%s", _("the list is not grouped: z groups it"));
	else
		code = board_groups(app->board, &chooser->arena, &chooser->places, &chooser->n,
				    err);
	if (code != ERR_OK) {
		close_view(chooser);
		return code;
	}
	items = arena_array(&chooser->arena, chooser->n + 1, sizeof *items);
	for (size_t i = 0; i < chooser->n; i++) {
		const struct board_heading *heading = &chooser->places[i].heading;

		items[i] = (struct picker_item){
			.label = board_group_name(app, heading, &chooser->arena),
			.help = board_group_words(app, heading, &chooser->arena),
		};
	}
	chooser->picker = picker_new(_("Groups (Enter goes there)"), items, chooser->n, 0);
	*ret_state = chooser;
	return ERR_OK;
}

static struct area place(void *state, struct area body)
{
	return area_bottom(&body, picker_rows(((struct chooser *)state)->picker));
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	(void)all;
	picker_draw(((struct chooser *)state)->picker, canvas, area);
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct chooser *chooser = state;
	size_t at;

	switch (picker_key(chooser->picker, pressed, pasted)) {
	case PICKER_DONE:
		if (picker_current(chooser->picker, &at))
			chooser->app->wanted = chooser->places[at].first;
		return UI_CLOSE | UI_RELOAD | UI_FRAME;
	case PICKER_LEFT:
		return UI_CLOSE | UI_FRAME;
	case PICKER_MORE:
		return UI_REDRAW;
	case PICKER_IGNORED:
		break;
	}
	return UI_IGNORED;
}

const struct view_ops groups_view = {
	.name = "groups",
	.overlay = true,
	.open = open_view,
	.close = close_view,
	.place = place,
	.draw = draw,
	.key = key,
};
