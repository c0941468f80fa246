/* The generator, from the first answer to the last: exchanges, the bound, programs over
 * neighbourhoods. */
#include <config.h>

#include <string.h>

#include "roster_build_priv.h"

enum { PEOPLE_FIRST = 3, PEOPLE_MOST = 8, IN_VAIN = 12 };

struct build {
	const struct build_problem *problem;
	const struct build_watch *watch;
	struct build_frame *frame;
	struct build_answer *answer;
	struct build_bound bound;
};

static void tell(const struct build *build, enum build_phase phase)
{
	build->answer->score.bound = build->bound.unfair;
	build->answer->score.spread_bound = build->bound.spread;
	if (build->watch != NULL && build->watch->tell != NULL)
		build->watch->tell(build->watch->ctx, phase, build->answer);
}

/* Seats that nobody may fill are left empty by every answer. */
static int never_filled(const struct build_frame *frame)
{
	int n = 0;

	for (int i = 0; i < frame->n_open; i++)
		n += frame->problem->seats[frame->open[i]].n_may == 0;
	return n;
}

static int left_empty(const struct build *build)
{
	const struct build_score *score = &build->answer->score;

	return score->gaps + score->spare - never_filled(build->frame);
}

static bool is_best(const struct build *build)
{
	return left_empty(build) == 0 && build->answer->score.unfair <= build->bound.unfair;
}

static enum err find_bound(struct build *build, struct error *err)
{
	bound_quick(build->frame, left_empty(build), &build->bound);
	tell(build, BUILD_BOUND);
	if (is_best(build) || build_is_over(build->watch))
		return ERR_OK;
	return bound_program(build->frame, left_empty(build), build->watch, &build->bound, err);
}

static void take_better(struct build *build, const struct build_state *state)
{
	struct build_score score;

	state_score(state, &score);
	if (build_compare(&score, &build->answer->score) >= 0)
		return;
	memcpy(build->answer->who, state->who,
	       build->problem->n_seats * sizeof *build->answer->who);
	build->answer->score = score;
	tell(build, BUILD_PROGRAM);
}

/* Few people first; more when that finds nothing any more. */
static enum err neighbourhoods(struct build *build, struct error *err)
{
	struct build_state *state = state_new(build->frame);
	uint64_t random = (build->watch != NULL ? build->watch->seed : 0) + 77;
	size_t rounds = build->watch != NULL ? build->watch->rounds : 0, done = 0;
	int people = PEOPLE_FIRST, in_vain = 0;
	enum err code = ERR_OK;

	state_load(state, build->answer->who);
	while (code == ERR_OK && people <= PEOPLE_MOST && !is_best(build) &&
	       !build_is_over(build->watch) && (rounds == 0 || done++ < rounds)) {
		bool better;

		code = program_round(state, &random, people, build->watch, &better, err);
		take_better(build, state);
		in_vain = better ? 0 : in_vain + 1;
		if (in_vain == IN_VAIN) {
			in_vain = 0;
			people++;
		}
	}
	return code;
}

enum err roster_build(const struct build_problem *problem, const struct build_watch *watch,
		      struct arena *arena, struct build_answer *ret_answer, struct error *err)
{
	struct arena own = ARENA_INIT;
	struct build build = { problem, watch, frame_new(problem, &own), ret_answer, { -1, -1 } };
	enum err code = ERR_OK;

	roster_first(problem, arena, ret_answer);
	tell(&build, BUILD_FIRST);
	if (build.frame->n_open > 0) {
		roster_better(problem, watch, ret_answer);
		tell(&build, BUILD_EXCHANGES);
		code = find_bound(&build, err);
		tell(&build, BUILD_PROGRAM);
		if (code == ERR_OK)
			code = neighbourhoods(&build, err);
	} else {
		build.bound = (struct build_bound){ ret_answer->score.unfair,
						    ret_answer->score.spread };
	}
	build_blockers(problem, arena, ret_answer);
	tell(&build, BUILD_OVER);
	arena_release(&own);
	return code;
}
