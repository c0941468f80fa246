/* The tickets that hang together with the selected one: its lead, its children, related ones. */
#include <config.h>

#include <string.h>

#include "app_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/ui/picker.h"

struct links {
	struct app *app;
	struct picker *picker;
	struct arena arena;
	struct uuid *ids;
};

/* Its line: "child 22-0418  title". */
static void offer(struct links *links, const struct link *link, const struct uuid *id,
		  struct picker_item *item)
{
	const struct child_desc *desc = child_desc(CHILD_LINK);
	struct client *client = links->app->client;
	struct value role = { .is_text = true, .text = link->role };
	struct incident *other;
	struct str title = STR_INIT;
	char mark[48], buf[64];

	item->keys = arena_strdup(&links->arena,
				  rules_show(client_rules(client), &desc->fields[0], role, buf,
					     sizeof buf));
	item->label = link->target;
	if (client_get(client, id, &links->arena, &other, NULL) != ERR_OK) {
		item->why = _("it is not kept here");
		return;
	}
	item->label = arena_strdup(&links->arena, client_mark(client, other, mark));
	if (other->title)
		text_clean(&title, other->title, strlen(other->title), false);
	item->help = arena_strdup(&links->arena, str_get(&title));
	str_release(&title);
}

static size_t offer_all(struct links *links, const struct incident *incident,
			struct picker_item *items)
{
	const struct link *all = incident->links.items;
	size_t n = 0;

	for (size_t i = 0; i < incident->links.n; i++) {
		if (!all[i].target || uuid_parse(all[i].target, &links->ids[n]) != ERR_OK)
			continue; /* a number elsewhere */
		offer(links, &all[i], &links->ids[n], &items[n]);
		n++;
	}
	return n;
}

static void close_view(void *state)
{
	struct links *links = state;

	picker_free(links->picker);
	arena_release(&links->arena);
	free(links);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct links *links = mem_alloc(sizeof *links);
	struct picker_item *items;
	struct incident *incident;
	struct uuid id = { 0 };
	size_t n;
	enum err code;

	(void)arg;
	links->app = ui_shell(ui);
	(void)app_selected(links->app, &id);
	code = client_get(links->app->client, &id, &links->arena, &incident, err);
	if (code == ERR_OK) {
		items = arena_array(&links->arena, incident->links.n + 1, sizeof *items);
		links->ids = arena_array(&links->arena, incident->links.n + 1, sizeof *links->ids);
		n = offer_all(links, incident, items);
		if (n == 0)
			code = error_set(err, ERR_NOT_FOUND, "%s",
					 _("no ticket is linked with this one"));
		else
			links->picker = picker_new(_("Linked tickets (Enter opens)"), items, n, 0);
	}
	if (code != ERR_OK) {
		close_view(links);
		return code;
	}
	*ret_state = links;
	return ERR_OK;
}

static struct area place(void *state, struct area body)
{
	return area_bottom(&body, picker_rows(((struct links *)state)->picker));
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	(void)all;
	picker_draw(((struct links *)state)->picker, canvas, area);
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct links *links = state;
	size_t at;

	switch (picker_key(links->picker, pressed, pasted)) {
	case PICKER_DONE:
		if (!picker_current(links->picker, &at))
			return UI_NOTHING;
		return UI_CLOSE | UI_FRAME |
		       ui_open(links->app->ui, &page_view, &links->ids[at], sizeof links->ids[at]);
	case PICKER_LEFT:
		return UI_CLOSE | UI_FRAME;
	case PICKER_MORE:
		return UI_REDRAW;
	case PICKER_IGNORED:
		break;
	}
	return UI_IGNORED;
}

const struct view_ops links_view = {
	.name = "links",
	.overlay = true,
	.open = open_view,
	.close = close_view,
	.place = place,
	.draw = draw,
	.key = key,
};
