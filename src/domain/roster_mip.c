/* A neighbourhood solved as a mixed-integer program: the duties of a few people are taken away
 * and dealt out anew among them, the best way there is. */
#include <config.h>

#include <limits.h>
#include <math.h>
#include <string.h>

#include "roster_build_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/solve.h"

#define EMPTY_SPARE 4000.0
#define EMPTY_GAP 1e6

struct deal {
	struct build_state *state;
	struct solve *solve;
	struct arena arena;
	int *people, n_people;
	int *seats, n_seats, *was; /* freed, by beginning, and who had them; -1: nobody */
	size_t *columns;	   /* [seat * n_people + person]; SIZE_MAX: cannot */
	size_t *left;		   /* of each seat: it stays empty */
	double *start;		   /* of each column */
	size_t n_start, start_cap;
};

static size_t column(struct deal *deal, double upper, double cost, bool whole, double start)
{
	MEM_GROW(deal->start, deal->n_start, deal->start_cap);
	deal->start[deal->n_start++] = start;
	return solve_column(deal->solve, 0, upper, cost, whole);
}

/* --- what is freed --------------------------------------------------------------------------- */

static bool is_in(const struct deal *deal, int person)
{
	for (int i = 0; i < deal->n_people; i++)
		if (deal->people[i] == person)
			return true;
	return false;
}

static void choose_people(struct deal *deal, uint64_t *random, int most)
{
	const struct build_frame *frame = deal->state->frame;
	uint32_t n = (uint32_t)frame->problem->n_people;
	int group, tries = 0;

	do {
		deal->people[0] = (int)build_below(random, n);
		group = frame->group[deal->people[0]];
	} while (group < 0 && ++tries < 1000);
	deal->n_people = group >= 0;
	for (tries = 0; group >= 0 && deal->n_people < most && tries < 40 * most; tries++) {
		int person = (int)build_below(random, n);

		if (frame->group[person] == group && !is_in(deal, person))
			deal->people[deal->n_people++] = person;
	}
}

static bool may_any(const struct deal *deal, int seat)
{
	const struct build_frame *frame = deal->state->frame;

	for (int i = 0; i < deal->n_people; i++)
		if (frame->may[(size_t)seat * frame->problem->n_people + (size_t)deal->people[i]])
			return true;
	return false;
}

static void free_seats(struct deal *deal)
{
	const struct build_frame *frame = deal->state->frame;

	for (int i = 0; i < frame->n_open; i++) {
		int seat = frame->open[i], who = deal->state->who[seat];

		if (who >= 0 ? !is_in(deal, who) : !may_any(deal, seat))
			continue;
		deal->was[deal->n_seats] = who;
		deal->seats[deal->n_seats++] = seat;
		if (who >= 0)
			state_take(deal->state, seat);
	}
}

/* --- columns --------------------------------------------------------------------------------- */

static size_t *cell(struct deal *deal, int seat, int person)
{
	return &deal->columns[seat * deal->n_people + person];
}

static void add_seats(struct deal *deal)
{
	const struct build_problem *problem = deal->state->frame->problem;
	double moved = 1.0 / (deal->n_seats + 1);

	for (int s = 0; s < deal->n_seats; s++) {
		const struct build_seat *seat = &problem->seats[deal->seats[s]];
		size_t row = solve_row(deal->solve, 1, 1);

		deal->left[s] = column(deal, 1, seat->standby ? EMPTY_SPARE : EMPTY_GAP, false,
				       deal->was[s] < 0);
		solve_entry(deal->solve, row, deal->left[s], 1);
		for (int i = 0; i < deal->n_people; i++) {
			int person = deal->people[i];

			*cell(deal, s, i) = SIZE_MAX;
			if (!state_fits(deal->state, deal->seats[s], person))
				continue;
			*cell(deal, s, i) = column(deal, 1, person != seat->was ? moved : 0, true,
						   deal->was[s] == person);
			solve_entry(deal->solve, row, *cell(deal, s, i), 1);
		}
	}
}

/* --- rules ----------------------------------------------------------------------------------- */

/* Duties that are not on the telephone exclude each other when the time each takes, rest included,
 * has a moment in common; so those that have the beginning of one in common are at most one. */
static int64_t blocks_until(const struct build_problem *problem, const struct build_seat *seat)
{
	return seat->need.ends + (seat->night ? problem->rest_min * MINUTE_MS : 0);
}

static void at_most_one(struct deal *deal, int person, int at)
{
	const struct build_problem *problem = deal->state->frame->problem;
	const struct build_seat *begins = &problem->seats[deal->seats[at]];
	size_t row = SIZE_MAX;

	for (int s = 0; s < deal->n_seats; s++) {
		const struct build_seat *seat = &problem->seats[deal->seats[s]];
		bool clash = begins->phone != seat->phone
				     ? seat->need.starts < begins->need.ends &&
					       begins->need.starts < seat->need.ends
				     : !seat->phone && seat->need.starts <= begins->need.starts &&
					       begins->need.starts < blocks_until(problem, seat);

		if (s == at || !clash || *cell(deal, s, person) == SIZE_MAX)
			continue;
		if (row == SIZE_MAX || begins->phone != seat->phone) { /* those only in pairs */
			row = solve_row(deal->solve, -INFINITY, 1);
			solve_entry(deal->solve, row, *cell(deal, at, person), 1);
		}
		solve_entry(deal->solve, row, *cell(deal, s, person), 1);
		if (begins->phone != seat->phone)
			row = SIZE_MAX;
	}
}

struct window {
	int32_t from, to; /* days */
	bool nights;
	int most;
};

static bool counts(const struct build_seat *seat, const struct window *window)
{
	return !seat->phone && (seat->night || !window->nights) && seat->need.day >= window->from &&
	       seat->need.day < window->to;
}

static void at_most(struct deal *deal, int person, const struct window *window)
{
	const struct build_state *state = deal->state;
	const struct build_frame *frame = state->frame;
	int left = window->most, n = 0;
	size_t row;

	for (int32_t day = window->from; day < window->to; day++) {
		int at = day - frame->first;
		size_t place = (size_t)(deal->people[person] * frame->days + at);

		if (at < 0 || at >= frame->days)
			continue;
		left -= window->nights ? state->nights[place] > 0 : state->busy[place];
	}
	for (int s = 0; s < deal->n_seats; s++)
		n += *cell(deal, s, person) != SIZE_MAX &&
		     counts(&frame->problem->seats[deal->seats[s]], window);
	if (n <= left || n == 0)
		return;
	row = solve_row(deal->solve, -INFINITY, left > 0 ? left : 0);
	for (int s = 0; s < deal->n_seats; s++)
		if (*cell(deal, s, person) != SIZE_MAX &&
		    counts(&frame->problem->seats[deal->seats[s]], window))
			solve_entry(deal->solve, row, *cell(deal, s, person), 1);
}

static void add_windows(struct deal *deal, int person)
{
	const struct build_problem *problem = deal->state->frame->problem;
	int32_t first = problem->seats[deal->seats[0]].need.day;
	int32_t last = problem->seats[deal->seats[deal->n_seats - 1]].need.day;

	for (int32_t day = first - WEEK_DAYS; problem->week_most > 0 && day <= last; day++)
		at_most(deal, person,
			&(struct window){ day, day + WEEK_DAYS, false, problem->week_most });
	for (int32_t day = first - problem->nights; problem->nights > 0 && day <= last; day++)
		at_most(deal, person,
			&(struct window){ day, day + problem->nights + 1, true, problem->nights });
}

static void add_rules(struct deal *deal, int person)
{
	const struct build_problem *problem = deal->state->frame->problem;
	const struct build_person *who = &problem->people[deal->people[person]];

	for (int s = 0; s < deal->n_seats; s++)
		if (*cell(deal, s, person) != SIZE_MAX)
			at_most_one(deal, person, s);
	add_windows(deal, person);
	if (who->most < INT_MAX) {
		int left = who->most - deal->state->duties[deal->people[person]].in_month;
		size_t row = solve_row(deal->solve, -INFINITY, left > 0 ? left : 0);

		for (int s = 0; s < deal->n_seats; s++)
			if (*cell(deal, s, person) != SIZE_MAX)
				solve_entry(deal->solve, row, *cell(deal, s, person), 1);
	}
}

/* --- what it costs --------------------------------------------------------------------------- */

/* Steps of one, each as much dearer as the square grows. */
static void add_measure(struct deal *deal, int person, int measure)
{
	const struct build_frame *frame = deal->state->frame;
	int who = deal->people[person], had = 0, most = 0;
	int64_t off = deal->state->value[who][measure] -
		      frame->groups[frame->group[who]].target[measure];
	size_t row;

	for (int s = 0; s < deal->n_seats; s++) {
		int gives = frame->gives[deal->seats[s]][measure];

		most += *cell(deal, s, person) != SIZE_MAX ? gives : 0;
		had += deal->was[s] == who ? gives : 0;
	}
	if (most == 0)
		return;
	row = solve_row(deal->solve, 0, 0);
	for (int s = 0; s < deal->n_seats; s++)
		if (*cell(deal, s, person) != SIZE_MAX)
			solve_entry(deal->solve, row, *cell(deal, s, person),
				    frame->gives[deal->seats[s]][measure]);
	for (int i = 0; i < most; i++)
		solve_entry(deal->solve, row,
			    column(deal, 1, (double)(2 * (off + i) + 1), false, i < had), -1);
}

/* --- solving, and what came of it ------------------------------------------------------------ */

struct watched {
	const struct build_watch *watch;
	int asked, most;
};

static bool enough(void *ctx)
{
	struct watched *watched = ctx;

	return build_is_over(watched->watch) || ++watched->asked > watched->most;
}

static void put_all(struct deal *deal, const int *who)
{
	for (int s = 0; s < deal->n_seats; s++)
		if (who[s] >= 0 && state_fits(deal->state, deal->seats[s], who[s]))
			state_put(deal->state, deal->seats[s], who[s]);
}

static void take_all(struct deal *deal)
{
	for (int s = 0; s < deal->n_seats; s++)
		if (deal->state->who[deal->seats[s]] >= 0)
			state_take(deal->state, deal->seats[s]);
}

static bool put_answer(struct deal *deal, const struct solve_answer *answer,
		       const struct build_score *before)
{
	int *now = arena_array(&deal->arena, (size_t)deal->n_seats + 1, sizeof *now);
	struct build_score score;

	for (int s = 0; s < deal->n_seats; s++) {
		now[s] = -1;
		for (int i = 0; i < deal->n_people && answer->values != NULL; i++)
			if (*cell(deal, s, i) != SIZE_MAX &&
			    answer->values[*cell(deal, s, i)] > 0.5)
				now[s] = deal->people[i];
	}
	put_all(deal, now);
	state_score(deal->state, &score);
	if (build_compare(&score, before) < 0)
		return true;
	take_all(deal);
	put_all(deal, deal->was);
	return false;
}

static enum err deal_out(struct deal *deal, const struct build_watch *watch,
			 const struct build_score *before, bool *ret_better, struct error *err)
{
	enum { ASKED = 400 };
	struct watched watched = { watch, 0, ASKED };
	struct solve_answer answer = { .values = NULL };
	enum err code;

	add_seats(deal);
	for (int i = 0; i < deal->n_people; i++) {
		add_rules(deal, i);
		for (int m = 0; m < MEASURES; m++)
			add_measure(deal, i, m);
	}
	code = solve_run(deal->solve, deal->start, enough, &watched, &answer, err);
	if (code != ERR_OK)
		answer.values = NULL;
	*ret_better = put_answer(deal, &answer, before);
	return code;
}

enum err program_round(struct build_state *state, uint64_t *random, int people,
		       const struct build_watch *watch, bool *ret_better, struct error *err)
{
	const struct build_frame *frame = state->frame;
	struct deal deal = { .state = state };
	struct build_score before;
	bool better = false;
	enum err code = ERR_OK;

	state_score(state, &before);
	deal.people = arena_array(&deal.arena, (size_t)people + 1, sizeof(int));
	deal.seats = arena_array(&deal.arena, (size_t)frame->n_open + 1, sizeof(int));
	deal.was = arena_array(&deal.arena, (size_t)frame->n_open + 1, sizeof(int));
	choose_people(&deal, random, people);
	free_seats(&deal);
	deal.columns = arena_array(&deal.arena, (size_t)(deal.n_seats * deal.n_people) + 1,
				   sizeof *deal.columns);
	deal.left = arena_array(&deal.arena, (size_t)deal.n_seats + 1, sizeof *deal.left);
	deal.solve = solve_new();
	if (deal.n_seats > 0)
		code = deal_out(&deal, watch, &before, &better, err);
	solve_free(deal.solve);
	free(deal.start);
	arena_release(&deal.arena);
	*ret_better = better;
	return code;
}
