#include <config.h>

#include "zhiban/model/meeting_order.h"

#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

/* Its place among the organisations so far; a new one is put behind them. */
static size_t org_place(const char **orgs, size_t *n, const char *code)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq(orgs[i], code))
			return i;
	orgs[*n] = code;
	return (*n)++;
}

struct needs { /* which item needs whom */
	bool *need;
	size_t n_orgs;
	int *minutes, *fixed;
};

static struct needs gather(const struct order_row *rows, size_t n, struct arena *arena)
{
	struct needs needs = { .minutes = arena_array(arena, n + 1, sizeof *needs.minutes),
			       .fixed = arena_array(arena, n + 1, sizeof *needs.fixed) };
	size_t all = 0, known = 0;
	const char **orgs;

	for (size_t i = 0; i < n; i++)
		all += rows[i].n_orgs;
	orgs = arena_array(arena, all + 1, sizeof *orgs);
	for (size_t i = 0; i < n; i++)
		for (size_t o = 0; o < rows[i].n_orgs; o++)
			(void)org_place(orgs, &known, rows[i].orgs[o]);
	needs.n_orgs = known;
	needs.need = arena_array(arena, n * known + 1, sizeof *needs.need);
	for (size_t i = 0; i < n; i++) {
		for (size_t o = 0; o < rows[i].n_orgs; o++)
			needs.need[i * known + org_place(orgs, &known, rows[i].orgs[o])] = true;
		needs.minutes[i] = rows[i].minutes;
		needs.fixed[i] = rows[i].fixed;
	}
	return needs;
}

void meeting_order(const struct order_row *rows, size_t n, size_t order[], int64_t *ret_before,
		   int64_t *ret_after)
{
	struct arena arena = ARENA_INIT;
	struct needs needs = gather(rows, n, &arena);
	int64_t before, after;

	for (size_t i = 0; i < n; i++)
		order[i] = i;
	before = after = n && n <= ORDER_MOST
				 ? agenda_sat(needs.need, n, needs.n_orgs, needs.minutes, order)
				 : 0;
	if (n > 1 && n <= ORDER_MOST)
		after = agenda_order(needs.need, n, needs.n_orgs, needs.minutes, needs.fixed, order);
	if (ret_before)
		*ret_before = before;
	if (ret_after)
		*ret_after = after;
	arena_release(&arena);
}
