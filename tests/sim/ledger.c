/* What the officers were told is done. */
#include <config.h>

#include "sim.h"

struct deed *ledger_add(struct world *world, int slot, const struct client_done *done)
{
	struct ledger *ledger = &world->ledger;
	struct deed *deed;

	MEM_GROW(ledger->items, ledger->n, ledger->cap);
	deed = &ledger->items[ledger->n++];
	*deed = (struct deed){ .id = done->act,
			       .target = done->target,
			       .slots = 1u << slot,
			       .n = done->n,
			       .made = world->now,
			       .steady = true };
	return deed;
}

struct deed *ledger_find(struct world *world, const struct uuid *act)
{
	for (size_t i = world->ledger.n; i-- > 0;)
		if (uuid_eq(&world->ledger.items[i].id, act))
			return &world->ledger.items[i];
	return NULL;
}

void ledger_release(struct world *world)
{
	free(world->ledger.items);
	world->ledger = (struct ledger){ .n = 0 };
}
