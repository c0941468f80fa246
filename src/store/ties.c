/* Sets of rows: a bit for each. */
#include <config.h>

#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/store/search.h"

enum { BITS = 64 };

void ties_release(struct ties *ties)
{
	free(ties->bits);
	*ties = (struct ties)TIES_INIT;
}

static void grow(struct ties *ties, int64_t end)
{
	size_t had = (size_t)ties->end / BITS, want = (size_t)(end + BITS - 1) / BITS;

	if (want <= had)
		return;
	ties->bits = mem_resize(ties->bits, want, sizeof *ties->bits);
	memset(ties->bits + had, 0, (want - had) * sizeof *ties->bits);
	ties->end = (int64_t)want * BITS;
}

void ties_add(struct ties *ties, int64_t tie)
{
	uint64_t bit = UINT64_C(1) << tie % BITS;

	if (tie < 0)
		return;
	if (tie >= ties->end)
		grow(ties, tie + 1 > ties->end * 2 ? tie + 1 : ties->end * 2);
	ties->n += (ties->bits[tie / BITS] & bit) == 0;
	ties->bits[tie / BITS] |= bit;
}

bool ties_has(const struct ties *ties, int64_t tie)
{
	return tie > ties->rest ||
	       (tie >= 0 && tie < ties->end && (ties->bits[tie / BITS] >> tie % BITS & 1) != 0);
}

int64_t ties_next(const struct ties *ties, int64_t tie)
{
	for (int64_t at = tie + 1; at < ties->end; at = (at / BITS + 1) * BITS) {
		uint64_t bits = ties->bits[at / BITS] >> at % BITS;

		if (bits != 0)
			return at + __builtin_ctzll(bits);
	}
	return 0;
}

static void recount(struct ties *ties)
{
	ties->n = 0;
	for (int64_t i = 0; i < ties->end / BITS; i++)
		ties->n += __builtin_popcountll(ties->bits[i]);
}

void ties_unite(struct ties *into, const struct ties *other)
{
	grow(into, other->end);
	for (int64_t i = 0; i < other->end / BITS; i++)
		into->bits[i] |= other->bits[i];
	if (other->rest < into->rest)
		into->rest = other->rest;
	recount(into);
}

void ties_intersect(struct ties *into, const struct ties *other)
{
	for (int64_t i = 0; i < into->end / BITS; i++)
		into->bits[i] &= i < other->end / BITS ? other->bits[i] : 0;
	if (other->rest > into->rest)
		into->rest = other->rest;
	recount(into);
}
