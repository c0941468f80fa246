/* What hangs together with the selected one: its lead, its children, related ones, its whistles; of a
 * whistle the cases it was blown for. */
#include <config.h>

#include <string.h>

#include "choose_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/model/subject.h"

struct links {
	struct choose choose; /* the first: see choose_priv.h */
	struct uuid *ids;
	enum kind *kinds;
};

/* Its line: "child 22-0418  title". */
static enum kind offer(struct links *links, const struct link *link, const struct uuid *id,
		       struct picker_item *item)
{
	enum kind kind = str_eq(link->role, WHISTLE_LINK) ? KIND_WHISTLE : KIND_INCIDENT;
	const struct child_desc *desc = child_desc(CHILD_LINK);
	struct client *client = links->choose.app->client;
	struct value role = { .is_text = true, .text = link->role };
	struct subject other;
	const char *name;
	struct str title = STR_INIT;
	char mark[48], buf[64];

	item->keys = arena_strdup(&links->choose.arena,
				  rules_show(client_rules(client), &desc->fields[0], role, buf,
					     sizeof buf));
	item->label = link->target;
	if (subject_get(client, kind, id, &links->choose.arena, &other, NULL) != ERR_OK) {
		item->why = _("it is not kept here");
		return kind;
	}
	item->label = arena_strdup(&links->choose.arena, subject_mark(client, &other, mark));
	name = kind == KIND_WHISTLE ? other.whistle.whistle->title : other.incident->title;
	if (name)
		text_clean(&title, name, strlen(name), false);
	item->help = arena_strdup(&links->choose.arena, str_get(&title));
	str_release(&title);
	return kind;
}

static size_t offer_all(struct links *links, const struct children *of,
			struct picker_item *items)
{
	const struct link *all = of->items;
	size_t n = 0;

	for (size_t i = 0; i < of->n; i++) {
		if (!all[i].target || uuid_parse(all[i].target, &links->ids[n]) != ERR_OK)
			continue; /* a number elsewhere */
		links->kinds[n] = offer(links, &all[i], &links->ids[n], &items[n]);
		n++;
	}
	return n;
}

static unsigned chosen(void *state, size_t at)
{
	struct links *links = state;

	return app_open_entity(links->choose.app, links->kinds[at], &links->ids[at]);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct links *links = choose_new(ui, sizeof *links, chosen);
	struct picker_item *items;
	const struct selection *selection = app_selection(links->choose.app);
	const struct children *of;
	struct subject subject;
	size_t n;
	enum err code = ERR_NOT_FOUND;

	(void)arg;
	if (selection)
		code = subject_get(links->choose.app->client, selection->kind, &selection->id,
				   &links->choose.arena, &subject, err);
	if (code == ERR_OK) {
		of = subject.kind == KIND_WHISTLE ? &subject.whistle.whistle->links
						  : &subject.incident->links;
		items = arena_array(&links->choose.arena, of->n + 1, sizeof *items);
		links->ids = arena_array(&links->choose.arena, of->n + 1, sizeof *links->ids);
		links->kinds = arena_array(&links->choose.arena, of->n + 1, sizeof *links->kinds);
		n = offer_all(links, of, items);
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
