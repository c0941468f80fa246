/* Which other entities the decision of an act looks at. */
#include <config.h>

#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"

const void *state_near(const struct state *state, enum kind kind, const struct uuid *id)
{
	for (size_t i = 0; i < state->n_near; i++) {
		const struct entity *head = state->near[i];

		if (head != NULL && head->kind == kind && uuid_eq(&head->id, id))
			return head;
	}
	return NULL;
}

struct nears {
	struct near_id *ids;
	size_t n, cap;
	struct arena *arena;
};

static void add(struct nears *nears, enum kind kind, const struct uuid *id)
{
	for (size_t i = 0; i < nears->n; i++)
		if (nears->ids[i].kind == kind && uuid_eq(&nears->ids[i].id, id))
			return;
	if (nears->n == nears->cap) {
		size_t cap = nears->cap > 0 ? 2 * nears->cap : 8;
		struct near_id *more = arena_array(nears->arena, cap, sizeof *more);

		if (nears->n > 0)
			memcpy(more, nears->ids, nears->n * sizeof *more);
		nears->ids = more;
		nears->cap = cap;
	}
	nears->ids[nears->n++] = (struct near_id){ kind, *id };
}

/* An argument that is an id; words that are none name nothing. */
static void add_given(struct nears *nears, const struct act *act, const char *name, enum kind kind)
{
	const char *words = act_text(act, name);
	struct uuid id;

	if (words != NULL && uuid_parse(words, &id) == ERR_OK)
		add(nears, kind, &id);
}

void decide_near(const struct rules *rules, const struct act *act, const void *target,
		 struct arena *arena, struct near_id **ret_ids, size_t *ret_n)
{
	struct nears nears = { .arena = arena };

	(void)rules;
	(void)target;
	switch (act->target.kind) {
	case KIND_HANDOVER:
		add_given(&nears, act, "before", KIND_HANDOVER);
		break;
	case KIND_RECORD:
		add_given(&nears, act, "corrects", KIND_RECORD);
		break;
	default: /* rosters and swaps: see their own files */
		break;
	}
	*ret_ids = nears.ids;
	*ret_n = nears.n;
}
