#include <config.h>

#include "zhiban/base/i18n.h"
#include "zhiban/domain/effect.h"

static void apply(const struct change *changes, size_t n, void *thing, struct arena *arena)
{
	for (size_t i = 0; i < n; i++)
		field_set(changes[i].field, thing, changes[i].value, arena);
}

enum err evolve(void *entity, const struct effect *effect, int64_t seq, struct arena *arena,
		struct error *err)
{
	struct entity *head = entity;

	if (effect->kind != head->kind || !uuid_eq(&effect->id, &head->id))
		return error_set(err, ERR_CORRUPT, _("an effect for another entity"));
	if (effect->from != head->version || effect->to != effect->from + 1)
		return error_set(err, ERR_CORRUPT,
				 _("an effect from version %lld to %lld does not fit version %lld"),
				 (long long)effect->from, (long long)effect->to,
				 (long long)head->version);
	for (size_t i = 0; i < effect->n_children; i++)
		if (entity_children(entity, effect->children[i].desc) == NULL)
			return error_set(err, ERR_CORRUPT, _("an effect on a child %s of %s"),
					 effect->children[i].desc->name,
					 kind_desc(head->kind)->name);
	apply(effect->changes, effect->n_changes, entity, arena);
	for (size_t i = 0; i < effect->n_children; i++) {
		const struct child_change *cc = &effect->children[i];
		struct children *list = entity_children(entity, cc->desc);
		void *child;

		if (cc->remove) {
			children_remove(list, cc->desc, &cc->id);
			continue;
		}
		child = children_find(list, cc->desc, &cc->id);
		if (child == NULL)
			child = children_add(list, cc->desc, &cc->id, arena);
		apply(cc->changes, cc->n_changes, child, arena);
	}
	head->version = effect->to;
	head->seq = seq;
	return ERR_OK;
}
