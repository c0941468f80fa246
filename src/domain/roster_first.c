/* The plain rotation, the first answer, and what stands in the way of a seat that stays empty. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "roster_build_priv.h"

static void answer_of(const struct build_state *state, struct arena *arena,
		      struct build_answer *ret_answer)
{
	size_t n = state->frame->problem->n_seats;

	*ret_answer = (struct build_answer){ .who = arena_array(arena, n + 1, sizeof(int)) };
	memcpy(ret_answer->who, state->who, n * sizeof *state->who);
	state_score(state, &ret_answer->score);
}

/* --- rotation -------------------------------------------------------------------------------- */

static int *in_rotation(const struct build_problem *problem, struct arena *arena)
{
	int *line = arena_array(arena, problem->n_people + 1, sizeof *line);
	int n = (int)problem->n_people;

	for (int p = 0; p < n; p++) {
		int at = p;

		for (; at > 0 && problem->people[line[at - 1]].turn > problem->people[p].turn; at--)
			line[at] = line[at - 1];
		line[at] = p;
	}
	return line;
}

/* Who is passed over stays in front. */
void roster_rotation(const struct build_problem *problem, struct arena *arena,
		     struct build_answer *ret_answer)
{
	struct arena own = ARENA_INIT;
	struct build_state *state = state_new(frame_new(problem, &own));
	int *line = in_rotation(problem, &own), n = (int)problem->n_people;

	for (int i = 0; i < state->frame->n_open; i++) {
		int seat = state->frame->open[i], at = 0, next;

		while (at < n && !state_fits(state, seat, line[at]))
			at++;
		if (at == n)
			continue;
		next = line[at];
		state_put(state, seat, next);
		memmove(&line[at], &line[at + 1], (size_t)(n - at - 1) * sizeof *line);
		line[n - 1] = next;
	}
	answer_of(state, arena, ret_answer);
	arena_release(&own);
}

/* --- the first answer ------------------------------------------------------------------------ */

/* The one for whom it is fairest, and of those alike who comes first in the rotation. */
static int fairest(const struct build_state *state, int seat)
{
	const struct build_seat *at = &state->frame->problem->seats[seat];
	const struct build_person *people = state->frame->problem->people;
	int64_t least = 0;
	int best = -1;

	for (size_t k = 0; k < at->n_may; k++) {
		int p = at->may[k];
		int64_t delta;

		if (!state_fits(state, seat, p))
			continue;
		delta = state_delta(state, seat, p, 1);
		if (best < 0 || delta < least ||
		    (delta == least && people[p].turn < people[best].turn)) {
			best = p;
			least = delta;
		}
	}
	return best;
}

struct order {
	int32_t day;
	size_t n_may;
	int seat;
};

static int by_day(const void *a, const void *b)
{
	const struct order *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->n_may != y->n_may)
		return x->n_may < y->n_may ? -1 : 1;
	return (x->seat > y->seat) - (x->seat < y->seat);
}

/* Day by day, the seats that few may fill first. */
static void deal(struct build_state *state)
{
	const struct build_frame *frame = state->frame;
	struct order *order = arena_array(frame->arena, (size_t)frame->n_open + 1, sizeof *order);

	for (int i = 0; i < frame->n_open; i++) {
		const struct build_seat *seat = &frame->problem->seats[frame->open[i]];

		order[i] = (struct order){ seat->need.day, seat->n_may, frame->open[i] };
	}
	qsort(order, (size_t)frame->n_open, sizeof *order, by_day);
	for (int i = 0; i < frame->n_open; i++) {
		int seat = order[i].seat, who;

		if (state->who[seat] >= 0)
			continue;
		who = fairest(state, seat);
		if (who >= 0)
			state_put(state, seat, who);
	}
}

static bool has_before(const struct build_problem *problem)
{
	for (size_t s = 0; s < problem->n_seats; s++)
		if (problem->seats[s].was >= 0 && problem->seats[s].fixed < 0)
			return true;
	return false;
}

/* From nothing; and, where something stands, from that: the better of the two. */
void roster_first(const struct build_problem *problem, struct arena *arena,
		  struct build_answer *ret_answer)
{
	struct arena own = ARENA_INIT;
	struct build_state *state = state_new(frame_new(problem, &own));
	uint64_t random = 1;

	deal(state);
	state_repair(state, &random, NULL);
	answer_of(state, arena, ret_answer);
	if (has_before(problem)) {
		int *was = arena_array(&own, problem->n_seats + 1, sizeof *was);
		struct build_score score;

		for (size_t s = 0; s < problem->n_seats; s++)
			was[s] = problem->seats[s].was;
		state_load(state, was);
		deal(state);
		state_repair(state, &random, NULL);
		state_score(state, &score);
		if (build_compare(&score, &ret_answer->score) < 0)
			answer_of(state, arena, ret_answer);
	}
	build_blockers(problem, arena, ret_answer);
	arena_release(&own);
}

/* --- what stands in the way ------------------------------------------------------------------ */

/* Who is not of the pool or not fit was never meant to stand there: those rules are named only when
 * nobody else is left. */
static struct build_blocker block_of(const struct build_state *state, int seat)
{
	const struct build_problem *problem = state->frame->problem;
	const struct build_seat *at = &problem->seats[seat];
	struct build_blocker blocker = { .seat = (size_t)seat, .breach = BREACH_GAP };
	int kept[BREACHES];

	memcpy(kept, at->kept, sizeof kept);
	for (size_t k = 0; k < at->n_may; k++) {
		enum breach breach = state_breach(state, seat, at->may[k]);

		if (breach != BREACHES)
			kept[breach]++;
	}
	for (int b = 0; b < BREACHES; b++) {
		if (b == BREACH_POOL || b == BREACH_UNFIT)
			continue;
		blocker.people += kept[b];
		if (kept[b] > blocker.kept) {
			blocker.kept = kept[b];
			blocker.breach = (enum breach)b;
		}
	}
	if (blocker.kept == 0 && kept[BREACH_UNFIT] + kept[BREACH_POOL] > 0) {
		blocker.breach = kept[BREACH_UNFIT] > 0 ? BREACH_UNFIT : BREACH_POOL;
		blocker.kept = blocker.people = kept[blocker.breach];
	}
	return blocker;
}

void build_blockers(const struct build_problem *problem, struct arena *arena,
		    struct build_answer *answer)
{
	struct arena own = ARENA_INIT;
	struct build_state *state = state_new(frame_new(problem, &own));
	size_t n = 0;

	state_load(state, answer->who);
	answer->blockers = arena_array(arena, (size_t)state->gaps + 1, sizeof *answer->blockers);
	for (int i = 0; i < state->frame->n_open; i++) {
		int seat = state->frame->open[i];

		if (state->who[seat] < 0 && !problem->seats[seat].standby)
			answer->blockers[n++] = block_of(state, seat);
	}
	answer->n_blockers = n;
	arena_release(&own);
}
