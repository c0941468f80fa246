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

/* The bits of those in the i-th word that all belong to it. */
static uint64_t rest_of(const struct ties *ties, int64_t i)
{
	int64_t first = i * BITS;

	if (ties->rest < first)
		return ~UINT64_C(0);
	return ties->rest >= first + BITS - 1 ? 0 : ~UINT64_C(0) << (ties->rest - first + 1);
}

static uint64_t word_of(const struct ties *ties, int64_t i)
{
	return (i < ties->end / BITS ? ties->bits[i] : 0) | rest_of(ties, i);
}

void ties_intersect(struct ties *into, const struct ties *other)
{
	int64_t rest = other->rest > into->rest ? other->rest : into->rest;

	grow(into, other->end);
	for (int64_t i = 0; i < into->end / BITS; i++)
		into->bits[i] = word_of(into, i) & word_of(other, i);
	into->rest = rest;
	for (int64_t i = 0; i < into->end / BITS; i++)
		into->bits[i] &= ~rest_of(into, i);
	recount(into);
}
