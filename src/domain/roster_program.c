/* The bound by a program: how many duties of each kind everybody has, whatever the days, so that all
 * measures of all people are as fair together as they can be.  Whatever keeps an answer from it are the
 * rules between duties; what it costs is less than any month, or the same.
 *
 * Squares are written as steps, each with what it costs more than the one before; far from the fair
 * share one long step with the cost of its near end stands below them all. */
#include <config.h>

#include <limits.h>
#include <math.h>
#include <string.h>

#include "roster_build_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/solve.h"

enum { NEAR = 8, KINDS_MOST = 256 };
#define SURE 1e-4 /* what is taken off a bound in floating point */

struct alike { /* seats alike to fairness, of one post */
	int gives[MEASURES];
	const struct duty_post *post;
	int group, n;
};
struct program {
	const struct build_frame *frame;
	const struct build_state *state; /* the fixed seats alone */
	struct solve *solve;
	struct alike kinds[KINDS_MOST];
	int n_kinds;
	int *kind_of;	/* of each seat; -1 */
	size_t rows[KINDS_MOST];
	double constant; /* of the cost */
};

static bool find_kinds(struct program *program)
{
	const struct build_frame *frame = program->frame;

	for (int i = 0; i < frame->n_open; i++) {
		int seat = frame->open[i], k = 0;
		const struct build_seat *at = &frame->problem->seats[seat];

		program->kind_of[seat] = -1;
		if (at->n_may == 0)
			continue;
		while (k < program->n_kinds &&
		       (program->kinds[k].post != at->need.post ||
			program->kinds[k].group != frame->group[at->may[0]] ||
			memcmp(program->kinds[k].gives, frame->gives[seat],
			       sizeof program->kinds[k].gives) != 0))
			k++;
		if (k == KINDS_MOST)
			return false;
		if (k == program->n_kinds) {
			struct alike *kind = &program->kinds[program->n_kinds++];

			memcpy(kind->gives, frame->gives[seat], sizeof kind->gives);
			kind->post = at->need.post;
			kind->group = frame->group[at->may[0]];
		}
		program->kinds[k].n++;
		program->kind_of[seat] = k;
	}
	return true;
}

/* Each seat of a kind is somebody's, but for those left empty. */
static void seats_are_filled(struct program *program, int empty)
{
	size_t spare = solve_row(program->solve, -INFINITY, empty);

	for (int k = 0; k < program->n_kinds; k++) {
		int n = program->kinds[k].n;
		size_t left = solve_column(program->solve, 0, n < empty ? n : empty, 0, false);

		program->rows[k] = solve_row(program->solve, n, n);
		solve_entry(program->solve, program->rows[k], left, 1);
		solve_entry(program->solve, spare, left, 1);
	}
}

struct curve { /* the square of the distance, by steps of what comes to it */
	int64_t off; /* now */
	int step, steps;
};

static double cost_at(const struct curve *curve, int i)
{
	double off = (double)(curve->off + (int64_t)curve->step * i);

	return off * off;
}

static void add_steps(struct program *program, const struct curve *curve, size_t row)
{
	int middle = curve->off < 0 ? (int)(-curve->off / curve->step) : 0;
	int low = middle > NEAR ? middle - NEAR : 0, high = middle + NEAR;
	struct solve *solve = program->solve;

	low = low < curve->steps ? low : curve->steps;
	high = high < curve->steps ? high : curve->steps;
	program->constant += cost_at(curve, low);
	if (low > 0) {
		double slope = cost_at(curve, low) - cost_at(curve, low - 1);

		program->constant -= slope * low;
		solve_entry(solve, row, solve_column(solve, 0, low, slope, false), -1);
	}
	for (int i = low; i < high; i++)
		solve_entry(solve, row,
			    solve_column(solve, 0, 1, cost_at(curve, i + 1) - cost_at(curve, i),
					 false),
			    -1);
	if (high < curve->steps)
		solve_entry(solve, row,
			    solve_column(solve, 0, curve->steps - high,
					 cost_at(curve, high + 1) - cost_at(curve, high), false),
			    -1);
}

static int step_of(const struct program *program, int group, int measure)
{
	int step = 0;

	for (int k = 0; k < program->n_kinds; k++)
		if (program->kinds[k].group == group)
			step = build_common(step, program->kinds[k].gives[measure]);
	return step;
}

static void add_measure(struct program *program, int person, int measure, int most,
			const size_t *columns)
{
	const struct build_frame *frame = program->frame;
	int group = frame->group[person], step = step_of(program, group, measure);
	struct curve curve = { program->state->value[person][measure] -
				       frame->groups[group].target[measure],
			       step, step > 0 ? most / step : 0 };
	size_t row;

	if (step == 0) {
		program->constant += (double)(curve.off * curve.off);
		return;
	}
	row = solve_row(program->solve, 0, 0);
	for (int k = 0; k < program->n_kinds; k++)
		if (columns[k] != SIZE_MAX)
			solve_entry(program->solve, row, columns[k],
				    (double)program->kinds[k].gives[measure] / step);
	add_steps(program, &curve, row);
}

static void add_person(struct program *program, int person)
{
	const struct build_frame *frame = program->frame;
	size_t columns[KINDS_MOST], duties;
	int may[KINDS_MOST] = { 0 }, most[MEASURES], at_most;

	bound_most(frame, person, most, &at_most);
	for (int i = 0; i < frame->n_open; i++) {
		int seat = frame->open[i];

		if (program->kind_of[seat] >= 0 &&
		    frame->may[(size_t)seat * frame->problem->n_people + (size_t)person])
			may[program->kind_of[seat]]++;
	}
	duties = solve_row(program->solve, -INFINITY, at_most);
	for (int k = 0; k < program->n_kinds; k++) {
		columns[k] = SIZE_MAX;
		if (may[k] == 0)
			continue;
		columns[k] = solve_column(program->solve, 0, may[k], 0, true);
		solve_entry(program->solve, program->rows[k], columns[k], 1);
		solve_entry(program->solve, duties, columns[k], 1);
	}
	for (int m = 0; m < MEASURES; m++)
		add_measure(program, person, m, most[m], columns);
}

struct watched {
	const struct build_watch *watch;
	size_t asked, most;
};

static bool enough(void *ctx)
{
	struct watched *watched = ctx;

	return build_is_over(watched->watch) ||
	       (watched->most > 0 && ++watched->asked > watched->most);
}

static enum err solve_it(struct program *program, const struct build_watch *watch,
			 struct build_bound *bound, struct error *err)
{
	enum { ASKED = 300 }; /* nodes, more or less: what comes later is little */
	struct watched watched = { watch, 0, ASKED };
	struct solve_answer answer;
	enum err code = solve_run(program->solve, NULL, enough, &watched, &answer, err);

	if (code == ERR_OK && isfinite(answer.bound)) {
		double least = ceil(answer.bound + program->constant - SURE);

		bound->unfair = (double)bound->unfair < least ? (int64_t)least : bound->unfair;
	}
	return code;
}

enum err bound_program(const struct build_frame *frame, int empty, const struct build_watch *watch,
		       struct build_bound *bound, struct error *err)
{
	struct program *program = mem_alloc(sizeof *program);
	enum err code = ERR_OK;

	program->frame = frame;
	program->state = state_new(frame);
	program->kind_of = arena_array(frame->arena, frame->problem->n_seats + 1, sizeof(int));
	program->solve = solve_new();
	solve_cuts(program->solve);
	if (find_kinds(program)) {
		seats_are_filled(program, empty);
		for (size_t p = 0; p < frame->problem->n_people; p++)
			if (frame->group[p] >= 0)
				add_person(program, (int)p);
		code = solve_it(program, watch, bound, err);
	}
	solve_free(program->solve);
	free(program);
	return code;
}
