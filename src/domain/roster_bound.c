/* What no answer can fall below, found in no time: each measure of each group by itself, given out step
 * by step to whoever has least of it.  Squares are convex, so no other way costs less. */
#include <config.h>

#include <limits.h>
#include <string.h>

#include "roster_build_priv.h"

struct pool { /* one measure of one group */
	int n;		 /* people */
	int *value, *room; /* what each has with the fixed seats, and how much can come to it at most */
	int target;
	int step;	 /* all that is given is a multiple of it; 0: nothing is */
	int64_t gives, drops; /* of the open seats, and at most of those left empty */
};

static int by_size(const struct build_frame *frame, int person, int measure, int *sizes)
{
	const struct build_problem *problem = frame->problem;
	int n = 0;

	for (int i = 0; i < frame->n_open; i++) {
		int seat = frame->open[i], at = n, size = frame->gives[seat][measure];

		if (!frame->may[(size_t)seat * problem->n_people + (size_t)person])
			continue;
		for (; at > 0 && sizes[at - 1] < size; at--)
			sizes[at] = sizes[at - 1];
		sizes[at] = size;
		n++;
	}
	return n;
}

void bound_most(const struct build_frame *frame, int person, int most[MEASURES], int *ret_duties)
{
	const struct build_problem *problem = frame->problem;
	int *sizes = arena_array(frame->arena, (size_t)frame->n_open + 1, sizeof *sizes);
	int left = problem->people[person].most, n = 0;

	for (size_t s = 0; s < problem->n_seats; s++)
		left -= problem->seats[s].fixed == person && left < INT_MAX;
	for (int m = 0; m < MEASURES; m++) {
		n = by_size(frame, person, m, sizes);
		n = n < left ? n : left > 0 ? left : 0;
		most[m] = 0;
		for (int i = 0; i < n; i++)
			most[m] += sizes[i];
	}
	*ret_duties = n;
}

static bool is_of(const struct build_frame *frame, int seat, int group)
{
	const struct build_seat *at = &frame->problem->seats[seat];

	return at->n_may > 0 && frame->group[at->may[0]] == group;
}

static void take_seats(const struct build_frame *frame, int group, int measure, int empty,
		       struct pool *pool)
{
	int largest = 0;

	for (int i = 0; i < frame->n_open; i++) {
		int seat = frame->open[i], gives = frame->gives[seat][measure];

		if (!is_of(frame, seat, group))
			continue;
		pool->gives += gives;
		pool->step = build_common(pool->step, gives);
		largest = gives > largest ? gives : largest;
	}
	pool->drops = (int64_t)largest * empty;
	if (pool->drops > pool->gives)
		pool->drops = pool->gives;
}

static int64_t marginal(const struct pool *pool, int i)
{
	int64_t off = pool->value[i] - pool->target, step = pool->step;

	return step * step + 2 * step * off;
}

/* The rest may be left out, so it is given only where that costs nothing. */
static int64_t share_out(struct pool *pool)
{
	int64_t cost = 0, given = 0;

	for (int i = 0; i < pool->n; i++) {
		int64_t off = pool->value[i] - pool->target;
		cost += off * off;
	}
	for (; pool->step > 0 && given < pool->gives; given += pool->step) {
		int best = -1;

		for (int i = 0; i < pool->n; i++)
			if (pool->room[i] >= pool->step &&
			    (best < 0 || pool->value[i] < pool->value[best]))
				best = i;
		if (best < 0 || (given >= pool->gives - pool->drops && marginal(pool, best) >= 0))
			break;
		cost += marginal(pool, best);
		pool->value[best] += pool->step;
		pool->room[best] -= pool->step;
	}
	return cost;
}

/* Up to which level all can be raised with what there is. */
static int highest_least(const struct pool *pool)
{
	int level = INT_MAX, roof = INT_MAX;

	for (int i = 0; i < pool->n; i++) {
		int top = pool->value[i] + pool->room[i];
		level = pool->value[i] < level ? pool->value[i] : level;
		roof = top < roof ? top : roof;
	}
	for (; level < roof; level++) {
		int64_t needs = 0;

		for (int i = 0; i < pool->n && pool->step > 0; i++) {
			int lacks = level + 1 - pool->value[i];
			needs += lacks > 0 ? (lacks + pool->step - 1) / pool->step * pool->step : 0;
		}
		if (pool->step == 0 || needs > pool->gives)
			break;
	}
	return level;
}

/* Below which level what must be given finds no room. */
static int lowest_most(const struct pool *pool)
{
	int level = INT_MIN, tries = 0;

	for (int i = 0; i < pool->n; i++)
		level = pool->value[i] > level ? pool->value[i] : level;
	for (; pool->step > 0 && tries < 100000; level++, tries++) {
		int64_t room = 0;

		for (int i = 0; i < pool->n; i++) {
			int free = (level - pool->value[i]) / pool->step * pool->step;
			room += free < pool->room[i] ? free : pool->room[i];
		}
		if (room >= pool->gives - pool->drops)
			return level;
	}
	return level;
}

static void take_people(const struct build_state *state, int group, int measure,
			int (*most)[MEASURES], struct pool *pool)
{
	const struct build_frame *frame = state->frame;

	pool->n = 0;
	for (size_t p = 0; p < frame->problem->n_people; p++) {
		if (frame->group[p] != group)
			continue;
		pool->value[pool->n] = state->value[p][measure];
		pool->room[pool->n] = most[p][measure];
		pool->n++;
	}
}

void bound_quick(const struct build_frame *frame, int empty, struct build_bound *ret_bound)
{
	const struct build_state *state = state_new(frame); /* the fixed seats alone */
	size_t n = frame->problem->n_people;
	int(*most)[MEASURES] = arena_array(frame->arena, n + 1, sizeof *most);
	struct build_bound bound = { 0, 0 };
	struct pool pool = { .value = arena_array(frame->arena, n + 1, sizeof(int)),
			     .room = arena_array(frame->arena, n + 1, sizeof(int)) };

	for (size_t p = 0; p < n; p++)
		if (frame->group[p] >= 0)
			bound_most(frame, (int)p, most[p], &(int){ 0 });
	for (int g = 0; g < frame->n_groups; g++)
		for (int m = 0; m < MEASURES; m++) {
			pool.step = 0;
			pool.gives = 0;
			pool.target = frame->groups[g].target[m];
			take_people(state, g, m, most, &pool);
			take_seats(frame, g, m, empty, &pool);
			if (m == MEASURE_WEIGHT) {
				int spread = lowest_most(&pool) - highest_least(&pool);
				bound.spread = spread > bound.spread ? spread : bound.spread;
			}
			bound.unfair += share_out(&pool);
		}
	*ret_bound = bound;
}
