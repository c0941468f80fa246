/* What meetings write back to the cases and whistles that their items are about: that they stand on a
 * list, what was resolved, which tasks came of it.  Links tell all of it apart, the timeline has the
 * words. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "whistle_priv.h"
#include "zhiban/domain/meeting.h"

struct writing { /* one of both, being written to */
	const struct act *act;
	struct arena *arena;
	struct children *links;
	int64_t *candidate;
};

static struct link *link_to(const struct writing *w, const char *target)
{
	struct link *links = w->links->items;

	for (size_t i = 0; i < w->links->n; i++)
		if (str_eq(links[i].target, target) &&
		    (str_eq(links[i].role, ITEM_LINK) || str_eq(links[i].role, SETTLED_LINK) ||
		     str_eq(links[i].role, ACTION_LINK)))
			return &links[i];
	return NULL;
}

/* One link to each of them, of the role that holds now. */
static void link_as(const struct writing *w, const char *target, const char *role)
{
	struct uuid id = uuid_child(&w->act->id, "link", 0);
	struct link *link = link_to(w, target);

	if (link == NULL) {
		link = children_add(w->links, child_desc(CHILD_LINK), &id, w->arena);
		link->target = target;
	}
	link->role = role;
}

static void table(const struct writing *w)
{
	const char *item = act_text(w->act, "item_id");
	const struct link *link = link_to(w, item);
	struct uuid id;

	if (act_value(w->act, "off", 0).num == 0) {
		*w->candidate = 1;
		link_as(w, item, ITEM_LINK);
		return;
	}
	*w->candidate = 0;
	if (link != NULL && str_eq(link->role, ITEM_LINK)) { /* what was settled stays */
		id = link->id;
		children_remove(w->links, child_desc(CHILD_LINK), &id);
	}
}

static void resolved(const struct writing *w)
{
	link_as(w, act_text(w->act, "item_id"), SETTLED_LINK);
}

static void tasked(const struct writing *w)
{
	link_as(w, act_text(w->act, "action_id"), ACTION_LINK);
}

/* --- both kinds ------------------------------------------------------------------------------ */

static struct writing of_draft(struct draft *draft)
{
	return (struct writing){ draft->act, draft->arena, &draft->after->links,
				 &draft->after->candidate };
}

enum err apply_table(struct draft *draft, struct error *err)
{
	const struct writing w = of_draft(draft);

	(void)err;
	table(&w);
	return ERR_OK;
}

enum err apply_resolved(struct draft *draft, struct error *err)
{
	const struct writing w = of_draft(draft);

	(void)err;
	resolved(&w);
	return ERR_OK;
}

enum err apply_tasked(struct draft *draft, struct error *err)
{
	const struct writing w = of_draft(draft);

	(void)err;
	tasked(&w);
	return ERR_OK;
}

static struct writing of_whistle(struct whistling *w)
{
	return (struct writing){ w->act, w->arena, &w->after->links, &w->after->candidate };
}

enum err whistle_table(struct whistling *w, struct error *err)
{
	const struct writing to = of_whistle(w);

	(void)err;
	table(&to);
	return ERR_OK;
}

enum err whistle_resolved(struct whistling *w, struct error *err)
{
	const struct writing to = of_whistle(w);

	(void)err;
	resolved(&to);
	return ERR_OK;
}

enum err whistle_tasked(struct whistling *w, struct error *err)
{
	const struct writing to = of_whistle(w);

	(void)err;
	tasked(&to);
	return ERR_OK;
}
