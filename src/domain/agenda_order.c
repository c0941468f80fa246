/* In which order the items of a meeting are taken, so that its departments sit least.
 *
 * While an item is dealt with, an organisation sits if it is needed for that one or before, and for
 * that one or behind.  So what an item costs at its place depends on which came before, not in
 * which order: the best rest of each set of placed items is computed once (up to 2^ORDER_EXACT of
 * them).  With more items that are free, an order is made better by moving one as long as that
 * helps. */
#include <config.h>

#include "zhiban/domain/slot.h"

#include <string.h>

#include "zhiban/base/mem.h"

int64_t agenda_sat(const bool *need, size_t n_items, size_t n_orgs, const int *minutes,
		   const size_t order[])
{
	int64_t total = 0;

	for (size_t o = 0; o < n_orgs; o++) {
		int64_t sat = 0, since_last = 0;
		bool came = false;

		for (size_t k = 0; k < n_items; k++) {
			size_t item = order[k];

			if (came || need[item * n_orgs + o])
				since_last += minutes[item];
			if (need[item * n_orgs + o]) {
				came = true;
				sat += since_last;
				since_last = 0;
			}
		}
		total += sat;
	}
	return total;
}

struct ordering {
	const bool *need;
	const int *minutes;
	size_t n_items, n_orgs;
	uint64_t *needs;         /* of each organisation: its items, as bits */
	size_t held[ORDER_MOST]; /* who is fixed there; n_items: free */
	size_t free[ORDER_MOST]; /* free items as they were given */
	size_t n_free;
	int64_t
	    rest[1 << ORDER_EXACT]; /* least that is still to be sat behind a set of free ones */
};

static void hold(struct ordering *ordering, const int *fixed)
{
	size_t n = ordering->n_items;

	for (size_t k = 0; k < n; k++)
		ordering->held[k] = n;
	for (size_t i = 0; i < n; i++) {
		size_t place = fixed != NULL && fixed[i] > 0 ? (size_t)fixed[i] - 1 : n;

		if (place < n && ordering->held[place] == n)
			ordering->held[place] = i;
		else
			ordering->free[ordering->n_free++] = i;
	}
}

static void as_given(const struct ordering *ordering, size_t order[])
{
	for (size_t k = 0, f = 0; k < ordering->n_items; k++)
		order[k] =
		    ordering->held[k] < ordering->n_items ? ordering->held[k] : ordering->free[f++];
}

/* ---- exactly ---- */

/* What all sit while `item` is dealt with, behind the items `before`. */
static int64_t sat_during(const struct ordering *ordering, uint64_t before, size_t item)
{
	uint64_t at = UINT64_C(1) << item;
	int64_t sit = 0;

	for (size_t o = 0; o < ordering->n_orgs; o++) {
		uint64_t needs = ordering->needs[o];

		sit += (needs & (before | at)) != 0 && (needs & ~before) != 0;
	}
	return sit * ordering->minutes[item];
}

/* Takes fixed items from *place on until a place is free; what they cost. */
static int64_t pass_held(const struct ordering *ordering, size_t *place, uint64_t *before)
{
	int64_t cost = 0;

	for (; *place < ordering->n_items && ordering->held[*place] < ordering->n_items;
	     (*place)++) {
		size_t item = ordering->held[*place];

		cost += sat_during(ordering, *before, item);
		*before |= UINT64_C(1) << item;
	}
	return cost;
}

/* The first free place behind a set of free items (bits by their place in free[]), and all before
 * it. */
static uint64_t stand_behind(const struct ordering *ordering, unsigned set, size_t *place)
{
	uint64_t before = 0;
	size_t left = 0;

	for (size_t f = 0; f < ordering->n_free; f++)
		if (set & (1U << f)) {
			before |= UINT64_C(1) << ordering->free[f];
			left++;
		}
	for (*place = 0; *place < ordering->n_items; (*place)++) {
		if (ordering->held[*place] < ordering->n_items)
			before |= UINT64_C(1) << ordering->held[*place];
		else if (left-- == 0)
			break;
	}
	return before;
}

/* What is sat from `place` on if free[f] stands there and the rest is done best. */
static int64_t with_next(const struct ordering *ordering, unsigned set, size_t f, size_t place,
			 uint64_t before)
{
	int64_t cost = sat_during(ordering, before, ordering->free[f]);

	before |= UINT64_C(1) << ordering->free[f];
	place++;
	cost += pass_held(ordering, &place, &before);
	return cost + ordering->rest[set | (1U << f)];
}

static void exactly(struct ordering *ordering, size_t order[])
{
	unsigned all = (1U << ordering->n_free) - 1;
	unsigned set = all;

	ordering->rest[all] = 0;
	while (set-- > 0) {
		size_t place;
		uint64_t before = stand_behind(ordering, set, &place);

		ordering->rest[set] = INT64_MAX;
		for (size_t f = 0; f < ordering->n_free; f++) {
			if (set & (1U << f))
				continue;
			int64_t cost = with_next(ordering, set, f, place, before);

			if (cost < ordering->rest[set])
				ordering->rest[set] = cost;
		}
	}
	as_given(ordering, order);
	for (set = 0; set != all;) {
		size_t place, f = 0;
		uint64_t before = stand_behind(ordering, set, &place);

		while ((set & (1U << f)) != 0 ||
		       with_next(ordering, set, f, place, before) != ordering->rest[set])
			f++;
		order[place] = ordering->free[f];
		set |= 1U << f;
	}
}

/* ---- better, step by step ---- */

/* The free item of the a-th free place goes to the b-th, those between move up. */
static void moved(const size_t *places, const size_t order[], size_t n_items, size_t a, size_t b,
		  size_t ret_order[])
{
	memcpy(ret_order, order, n_items * sizeof *order);
	for (size_t k = a; k < b; k++)
		ret_order[places[k]] = order[places[k + 1]];
	for (size_t k = a; k > b; k--)
		ret_order[places[k]] = order[places[k - 1]];
	ret_order[places[b]] = order[places[a]];
}

static void step_by_step(const struct ordering *ordering, size_t order[])
{
	size_t places[ORDER_MOST], tried[ORDER_MOST], best[ORDER_MOST], n = 0;
	int64_t least;
	bool better = true;

	as_given(ordering, order);
	for (size_t k = 0; k < ordering->n_items; k++)
		if (ordering->held[k] == ordering->n_items)
			places[n++] = k;
	least = agenda_sat(ordering->need, ordering->n_items, ordering->n_orgs, ordering->minutes,
			   order);
	while (better) {
		better = false;
		for (size_t a = 0; a < n; a++)
			for (size_t b = 0; b < n; b++) {
				moved(places, order, ordering->n_items, a, b, tried);
				int64_t sat =
				    agenda_sat(ordering->need, ordering->n_items, ordering->n_orgs,
					       ordering->minutes, tried);

				if (sat < least) {
					least = sat;
					better = true;
					memcpy(best, tried, ordering->n_items * sizeof *best);
				}
			}
		if (better)
			memcpy(order, best, ordering->n_items * sizeof *order);
	}
}

int64_t agenda_order(const bool *need, size_t n_items, size_t n_orgs, const int *minutes,
		     const int *fixed, size_t order[])
{
	struct ordering *ordering;

	if (n_items > ORDER_MOST) {
		for (size_t i = 0; i < n_items; i++)
			order[i] = i;
		return agenda_sat(need, n_items, n_orgs, minutes, order);
	}
	ordering = mem_alloc(sizeof *ordering);
	ordering->need = need;
	ordering->minutes = minutes;
	ordering->n_items = n_items;
	ordering->n_orgs = n_orgs;
	ordering->needs = mem_alloc((n_orgs + 1) * sizeof *ordering->needs);
	for (size_t i = 0; i < n_items; i++)
		for (size_t o = 0; o < n_orgs; o++)
			if (need[i * n_orgs + o])
				ordering->needs[o] |= UINT64_C(1) << i;
	hold(ordering, fixed);
	if (ordering->n_free <= ORDER_EXACT)
		exactly(ordering, order);
	else
		step_by_step(ordering, order);
	free(ordering->needs);
	free(ordering);
	return agenda_sat(need, n_items, n_orgs, minutes, order);
}
