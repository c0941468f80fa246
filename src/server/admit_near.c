/* What a decision looks at beside its target: the months of a roster beside one another, the people
 * in them, the rosters of a swap, the handover before. */
#include <config.h>

#include "admit_priv.h"
#include "service_priv.h"

enum { NEAR_MOST = 4000 }; /* entities; more than any roster names */

/* *ret_entity stays NULL when it is not there, of another kind, or not for him. */
static enum err near_one(struct writer *writer, const char *seer, const struct near_id *near,
			 struct arena *arena, const void **ret_entity, struct error *err)
{
	struct target_state found;
	bool seen = true;
	enum err code = target_load(writer, &near->id, arena, &found, err);

	if (code != ERR_OK || found.entity == NULL)
		return code;
	if (seer != NULL)
		code = entity_seen(writer, seer, found.row.eno, &seen, err);
	if (code == ERR_OK && seen && ((const struct entity *)found.entity)->kind == near->kind)
		*ret_entity = found.entity;
	return code;
}

struct beside { /* what was found so far */
	const void **entities;
	size_t n, cap;
};

static enum err near_all(struct writer *writer, const char *seer, const struct near_id *ids, size_t n,
			 struct arena *arena, struct beside *beside, struct error *err)
{
	enum err code = ERR_OK;

	if (beside->n + n > beside->cap) {
		const void **more = arena_array(arena, beside->n + n, sizeof *more);

		for (size_t i = 0; i < beside->n; i++)
			more[i] = beside->entities[i];
		beside->entities = more;
		beside->cap = beside->n + n;
	}
	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		const void *entity = NULL;

		code = near_one(writer, seer, &ids[i], arena, &entity, err);
		if (entity != NULL)
			beside->entities[beside->n++] = entity;
	}
	return code;
}

/* What its author does not see is left out, as what is not there: a rule could not tell him why. */
enum err writer_near(struct writer *writer, const char *seer, const struct act *act,
		   struct arena *arena, struct state *state, struct error *err)
{
	struct beside beside = { .entities = NULL };
	struct near_id *ids = NULL;
	size_t n_ids = 0, n;
	enum err code;

	decide_near(&writer->book->profile->rules, act, state->entity, arena, &ids, &n_ids);
	if (n_ids == 0)
		return ERR_OK;
	code = near_all(writer, seer, ids, n_ids < NEAR_MOST ? n_ids : NEAR_MOST, arena, &beside, err);
	n = beside.n;
	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		decide_near_of(act, beside.entities[i], arena, &ids, &n_ids);
		if (n_ids > 0)
			code = near_all(writer, seer, ids, n_ids, arena, &beside, err);
	}
	if (code != ERR_OK)
		return code;
	state->near = beside.entities;
	state->n_near = beside.n;
	return ERR_OK;
}
