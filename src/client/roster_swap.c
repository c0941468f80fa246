#include <config.h>

#include "zhiban/client/roster.h"

#include <stdlib.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "roster_priv.h"

static enum err read_swaps(struct store *cache, void *ctx, struct arena *arena, entity_fn fn,
			   void *fn_ctx, struct error *err)
{
	const size_t *ended = ctx;
	int64_t most = *ended < INT64_MAX ? (int64_t)*ended : INT64_MAX;
	enum err code = cache_each_where(cache, KIND_SWAP, "open", true, "asked_at", INT64_MAX, arena,
					 fn, fn_ctx, err);

	if (code == ERR_OK && most > 0)
		code = cache_each_where(cache, KIND_SWAP, "open", false, "asked_at", most, arena, fn,
					fn_ctx, err);
	return code;
}

static int by_lapse(const void *a, const void *b)
{
	const struct swap *x = ((const struct client_swap *)a)->swap;
	const struct swap *y = ((const struct client_swap *)b)->swap;

	if (x->open != y->open)
		return x->open ? -1 : 1;
	if (x->open && x->lapses_at != y->lapses_at)
		return x->lapses_at != 0 && (y->lapses_at == 0 || x->lapses_at < y->lapses_at) ? -1
											: 1;
	if (x->asked_at != y->asked_at)
		return x->asked_at > y->asked_at ? -1 : 1;
	return uuid_cmp(&x->head.id, &y->head.id);
}

struct months { /* each is read once */
	const struct roster **items;
	size_t n, cap;
};

static enum err month_of(struct client *client, struct months *months, const struct uuid *id,
			 struct arena *arena, const struct roster **ret_roster, struct error *err)
{
	struct client_roster roster = { .roster = NULL };
	enum err code;

	*ret_roster = NULL;
	for (size_t i = 0; i < months->n; i++) {
		if (uuid_eq(&months->items[i]->head.id, id)) {
			*ret_roster = months->items[i];
			return ERR_OK;
		}
	}
	code = client_roster_get(client, id, arena, &roster, err);
	if (code == ERR_NOT_FOUND)
		return ERR_OK;
	if (code != ERR_OK)
		return code;
	MEM_GROW(months->items, months->n, months->cap);
	months->items[months->n++] = roster.roster;
	*ret_roster = roster.roster;
	return ERR_OK;
}

static enum err find_turn(struct client *client, struct months *months, const char *roster,
			  const char *turn, struct arena *arena, const struct turn **ret_turn,
			  struct error *err)
{
	struct uuid id = staff_uuid(roster), turn_id = staff_uuid(turn);
	const struct roster *month = NULL;
	enum err code = ERR_OK;

	*ret_turn = NULL;
	if (!uuid_is_nil(&id) && !uuid_is_nil(&turn_id))
		code = month_of(client, months, &id, arena, &month, err);
	if (code == ERR_OK && month != NULL)
		*ret_turn = roster_turn_find(month, &turn_id);
	return code;
}

/* Both, as they stand now. */
static enum err find_turns(struct client *client, struct months *months, struct client_swap *shown,
			   struct arena *arena, struct error *err)
{
	const struct swap *swap = shown->swap;
	enum err code = find_turn(client, months, swap->roster, swap->turn, arena, &shown->turn, err);

	return code != ERR_OK ? code
			      : find_turn(client, months, swap->other_roster, swap->other_turn,
					  arena, &shown->other, err);
}

enum err client_swap_get(struct client *client, const struct uuid *id, struct arena *arena,
			 struct client_swap *ret_swap, struct error *err)
{
	struct months months = { .n = 0 };
	struct client_swap swap;
	struct thing thing;
	enum err code = thing_get(client, KIND_SWAP, id, _("that swap is not here"), arena, &thing,
				  err);

	if (code != ERR_OK)
		return code;
	swap = (struct client_swap){ .swap = thing.shown, .marks = thing.marks, .n = thing.n };
	code = find_turns(client, &months, &swap, arena, err);
	free(months.items);
	if (code == ERR_OK)
		*ret_swap = swap;
	return code;
}

enum err client_swaps(struct client *client, size_t ended, struct arena *arena,
		      struct client_swap **ret_swaps, size_t *ret_n, struct error *err)
{
	struct months months = { .n = 0 };
	struct client_swap *swaps;
	struct things all;
	size_t n = 0;
	enum err code = things_all(client, KIND_SWAP, read_swaps, &ended, arena, &all, err);

	if (code != ERR_OK)
		return code;
	swaps = arena_array(arena, all.n + 1, sizeof *swaps);
	for (size_t i = 0; i < all.n; i++)
		swaps[i] = (struct client_swap){ .swap = all.items[i].shown,
						 .marks = all.items[i].marks,
						 .n = all.items[i].n };
	qsort(swaps, all.n, sizeof *swaps, by_lapse);
	for (size_t gone = 0; n < all.n; n++) /* acts of ours may have ended some more */
		if (!swaps[n].swap->open && gone++ == ended)
			break;
	for (size_t i = 0; i < n && code == ERR_OK; i++)
		code = find_turns(client, &months, &swaps[i], arena, err);
	free(months.items);
	if (code == ERR_OK) {
		*ret_swaps = swaps;
		*ret_n = n;
	}
	return code;
}
