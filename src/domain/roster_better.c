/* Making an answer better by giving a duty to another and by exchanging two, cooled down slowly
 * (Kirkpatrick 1983), and begun again from the best; deterministic by its seed. */
#include <config.h>

#include <math.h>
#include <string.h>

#include "roster_build_priv.h"

/* One step of unfair is UNIT; a seat that stands as it stood before is worth less than that. */
enum { UNIT = 16, SPARE = 4000 * UNIT, GAP = 100000 * UNIT, STEPS_ASKED = 256 };
#define HOT 24.0  /* in steps of unfair */
#define COLD 0.15

struct search {
	struct build_state *state, *best;
	struct build_score best_score;
	uint64_t random;
	double heat; /* in UNITs */
};

static int64_t cost_of(const struct build_state *state)
{
	return (int64_t)state->gaps * GAP + (int64_t)state->spare * SPARE + state->unfair * UNIT +
	       state->moved;
}

/* Metropolis. */
static bool takes(struct search *search, int64_t worse)
{
	double chance;

	if (worse <= 0)
		return true;
	if ((double)worse > search->heat * 20)
		return false;
	chance = (double)build_below(&search->random, 1U << 30) / (double)(1U << 30);
	return chance < exp(-(double)worse / search->heat);
}

static void note(struct search *search)
{
	struct build_score score = { .gaps = search->state->gaps,
				     .spare = search->state->spare,
				     .unfair = search->state->unfair,
				     .moved = search->state->moved };

	if (build_compare(&score, &search->best_score) >= 0)
		return;
	state_copy(search->best, search->state);
	search->best_score = score;
}

/* Another person in a seat, or one in an empty seat. */
static void give(struct search *search, int seat)
{
	struct build_state *state = search->state;
	const struct build_seat *at = &state->frame->problem->seats[seat];
	int64_t before = cost_of(state);
	int was = state->who[seat], now;

	if (at->n_may == 0)
		return;
	now = at->may[build_below(&search->random, (uint32_t)at->n_may)];
	if (now == was || !state_fits(state, seat, now))
		return;
	if (was >= 0)
		state_take(state, seat);
	state_put(state, seat, now);
	if (takes(search, cost_of(state) - before)) {
		note(search);
		return;
	}
	state_take(state, seat);
	if (was >= 0)
		state_put(state, seat, was);
}

static void undo(struct build_state *state, int a, int p, int b, int q)
{
	if (state->who[a] >= 0)
		state_take(state, a);
	if (state->who[b] >= 0)
		state_take(state, b);
	state_put(state, a, p);
	state_put(state, b, q);
}

/* Two people exchange a duty each. */
static void exchange(struct search *search, int a, int b)
{
	struct build_state *state = search->state;
	int64_t before = cost_of(state);
	int p = state->who[a], q = state->who[b];
	size_t people = state->frame->problem->n_people;

	if (p < 0 || q < 0 || p == q || !state->frame->may[(size_t)a * people + (size_t)q] ||
	    !state->frame->may[(size_t)b * people + (size_t)p])
		return;
	state_take(state, a);
	state_take(state, b);
	if (state_fits(state, a, q)) {
		state_put(state, a, q);
		if (state_fits(state, b, p)) {
			state_put(state, b, p);
			if (takes(search, cost_of(state) - before)) {
				note(search);
				return;
			}
		}
	}
	undo(state, a, p, b, q);
}

/* A person takes an empty seat and leaves what is in the way of it to whoever can. */
static void push_in(struct search *search, int seat)
{
	struct build_state *state = search->state;
	const struct build_seat *at = &state->frame->problem->seats[seat];
	struct stint duty = stint_of_seat(state->frame->problem, seat);
	int64_t before = cost_of(state);
	int person, given = -1;

	if (at->n_may == 0)
		return;
	person = at->may[build_below(&search->random, (uint32_t)at->n_may)];
	for (int i = 0; i < state->duties[person].n; i++) {
		const struct stint *other = &state->duties[person].items[i];

		if (other->seat >= 0 && state_is_open(state->frame, other->seat) &&
		    (given < 0 || stints_clash(state->frame->problem, other, &duty) != BREACHES))
			given = other->seat;
	}
	if (given < 0)
		return;
	state_take(state, given);
	if (state_fits(state, seat, person)) {
		state_put(state, seat, person);
		if (takes(search, cost_of(state) - before))
			return;
		state_take(state, seat);
	}
	state_put(state, given, person);
}

static void step(struct search *search)
{
	const struct build_frame *frame = search->state->frame;
	uint32_t n = (uint32_t)frame->n_open;
	int seat = frame->open[build_below(&search->random, n)];

	if (search->state->who[seat] < 0 && build_below(&search->random, 2) == 0)
		push_in(search, seat);
	else if (build_below(&search->random, 3) == 0)
		give(search, seat);
	else
		exchange(search, seat, frame->open[build_below(&search->random, n)]);
}

static bool is_over(const struct search *search, const struct build_watch *watch, int64_t bound)
{
	return build_is_over(watch) ||
	       (search->best_score.gaps == 0 && search->best_score.spare == 0 &&
		search->best_score.unfair <= bound && search->best->moved == 0);
}

/* From hot to cold once. */
static void cool(struct search *search, const struct build_watch *watch, int64_t bound, size_t steps)
{
	for (size_t i = 0; i < steps; i++) {
		if (i % STEPS_ASKED == 0) {
			double part = (double)i / (double)steps;

			if (is_over(search, watch, bound))
				return;
			search->heat = UNIT * HOT * pow(COLD / HOT, part);
		}
		step(search);
	}
}

void roster_better(const struct build_problem *problem, const struct build_watch *watch,
		   struct build_answer *answer)
{
	enum { ROUNDS = 6, STEPS_A_SEAT = 1500, STEPS_LEAST = 60000 };
	struct arena arena = ARENA_INIT;
	struct build_frame *frame = frame_new(problem, &arena);
	struct search search = { state_new(frame), state_new(frame), answer->score,
				 watch != NULL ? watch->seed + 1 : 1, 0 };
	size_t rounds = watch != NULL && watch->rounds > 0 && watch->rounds < ROUNDS ? watch->rounds
										     : ROUNDS;
	size_t steps = (size_t)frame->n_open * STEPS_A_SEAT + STEPS_LEAST;
	struct build_bound bound = { -1, -1 };

	state_load(search.state, answer->who);
	state_copy(search.best, search.state);
	state_score(search.best, &search.best_score);
	if (frame->n_open > 0)
		bound_quick(frame, 0, &bound);
	for (size_t round = 0; round < rounds && frame->n_open > 0; round++) {
		struct build_score was = search.best_score;

		if (is_over(&search, watch, bound.unfair))
			break;
		cool(&search, watch, bound.unfair, steps);
		state_copy(search.state, search.best);
		state_repair(search.state, &search.random, watch);
		note(&search);
		if (round > 1 && build_compare(&search.best_score, &was) >= 0)
			break;
	}
	if (build_compare(&search.best_score, &answer->score) < 0) {
		memcpy(answer->who, search.best->who, problem->n_seats * sizeof *answer->who);
		state_score(search.best, &answer->score);
	}
	arena_release(&arena);
}
