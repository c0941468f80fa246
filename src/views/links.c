/* The tickets that hang together with the selected one: its lead, its children, related ones. */
#include <config.h>

#include <string.h>

#include "choose_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"

struct links {
	struct choose choose; /* the first: see choose_priv.h */
	struct uuid *ids;
};

/* Its line: "child 22-0418  title". */
static void offer(struct links *links, const struct link *link, const struct uuid *id,
		  struct picker_item *item)
{
	const struct child_desc *desc = child_desc(CHILD_LINK);
	struct client *client = links->choose.app->client;
	struct value role = { .is_text = true, .text = link->role };
	struct incident *other;
	struct str title = STR_INIT;
	char mark[48], buf[64];

	item->keys = arena_strdup(&links->choose.arena,
				  rules_show(client_rules(client), &desc->fields[0], role, buf,
					     sizeof buf));
	item->label = link->target;
	if (client_get(client, id, &links->choose.arena, &other, NULL) != ERR_OK) {
		item->why = _("it is not kept here");
		return;
	}
	item->label = arena_strdup(&links->choose.arena, client_mark(client, other, mark));
	if (other->title)
		text_clean(&title, other->title, strlen(other->title), false);
	item->help = arena_strdup(&links->choose.arena, str_get(&title));
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

static unsigned chosen(void *state, size_t at)
{
	struct links *links = state;

	return ui_open(links->choose.app->ui, &page_view, &links->ids[at], sizeof links->ids[at]);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct links *links = choose_new(ui, sizeof *links, chosen);
	struct picker_item *items;
	struct incident *incident;
	struct uuid id = { 0 };
	size_t n;
	enum err code;

	(void)arg;
	(void)app_selected(links->choose.app, &id);
	code = client_get(links->choose.app->client, &id, &links->choose.arena, &incident, err);
	if (code == ERR_OK) {
		items = arena_array(&links->choose.arena, incident->links.n + 1, sizeof *items);
		links->ids = arena_array(&links->choose.arena, incident->links.n + 1,
					 sizeof *links->ids);
		n = offer_all(links, incident, items);
		if (n == 0)
			code = error_set(err, ERR_NOT_FOUND, "%s",
					 _("no ticket is linked with this one"));
		else
			links->choose.picker =
			    picker_new(_("Linked tickets (Enter opens)"), items, n, 0);
	}
	if (code != ERR_OK) {
		choose_close(links);
		return code;
	}
	*ret_state = links;
	return ERR_OK;
}

const struct view_ops links_view = {
	.name = "links",
	.overlay = true,
	.open = open_view,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = choose_key,
};
