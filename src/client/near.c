/* What a decision looks at beside its target, as shown. */
#include <config.h>

#include <string.h>

#include "thing_priv.h"

/* What lies beside that again is taken as cached: two months with acts of ours look at each other. */
static enum err load(struct client *client, const struct near_id *near, struct arena *arena,
		     const void **ret_entity)
{
	struct thing thing;
	void *entity;
	enum err code;

	if (joint_has(near->kind) || (client->near_depth == 1 && near->kind != KIND_INCIDENT)) {
		code = thing_get(client, near->kind, &near->id, "", arena, &thing, NULL);
		if (code == ERR_OK)
			*ret_entity = thing.shown;
		return code;
	}
	if (client->cache == NULL)
		return ERR_NOT_FOUND;
	code = cache_get(client->cache, near->kind, &near->id, arena, &entity, NULL);
	if (code == ERR_OK)
		*ret_entity = entity;
	return code;
}

/* And what these lead on to. */
static const void **with_further(struct client *client, const struct act *act, struct arena *arena,
				 const void **entities, size_t *n)
{
	size_t first = *n;

	for (size_t i = 0; i < first; i++) {
		struct near_id *ids = NULL;
		const void **more;
		size_t n_ids = 0;

		decide_near_of(act, entities[i], arena, &ids, &n_ids);
		if (n_ids == 0)
			continue;
		more = arena_array(arena, *n + n_ids, sizeof *more);
		memcpy(more, entities, *n * sizeof *more);
		entities = more;
		for (size_t k = 0; k < n_ids; k++)
			if (load(client, &ids[k], arena, &entities[*n]) == ERR_OK)
				++*n;
	}
	return entities;
}

void client_near(struct client *client, const struct act *act, const void *target,
	       struct arena *arena, struct state *state)
{
	struct near_id *ids = NULL;
	const void **entities;
	size_t n = 0, found = 0;

	decide_near(client->rules, act, target, arena, &ids, &n);
	if (n == 0)
		return;
	entities = arena_array(arena, n, sizeof(void *));
	client->near_depth++;
	for (size_t i = 0; i < n; i++)
		if (load(client, &ids[i], arena, &entities[found]) == ERR_OK)
			found++;
	entities = with_further(client, act, arena, entities, &found);
	client->near_depth--;
	state->near = entities;
	state->n_near = found;
}
