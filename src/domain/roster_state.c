/* An answer that is being worked on: who stands what, what a person could still stand, and what it
 * scores.  Each change costs what one person's month costs to look through. */
#include <config.h>

#include <limits.h>
#include <string.h>

#include "roster_build_priv.h"
#include "zhiban/base/civil.h"

uint32_t build_below(uint64_t *random, uint32_t n)
{
	uint64_t z = (*random += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return (uint32_t)((z >> 32) * n >> 32);
}

bool build_is_over(const struct build_watch *watch)
{
	return watch != NULL && watch->stop != NULL && watch->stop(watch->ctx);
}

/* --- rules between duties -------------------------------------------------------------------- */

struct stint stint_of_seat(const struct build_problem *problem, int seat)
{
	const struct build_seat *at = &problem->seats[seat];

	return (struct stint){ at->need.starts, at->need.ends, seat, at->night, at->phone, false };
}

static bool tired(const struct build_problem *problem, const struct stint *a, const struct stint *b)
{
	return a->night && !a->phone && !b->phone && !a->elsewhere && !b->elsewhere &&
	       b->starts >= a->ends && b->starts < a->ends + problem->rest_min * MINUTE_MS;
}

enum breach stints_clash(const struct build_problem *problem, const struct stint *a,
			 const struct stint *b)
{
	if (a->starts < b->ends && b->starts < a->ends && !(a->phone && b->phone))
		return BREACH_DOUBLE;
	return tired(problem, a, b) || tired(problem, b, a) ? BREACH_REST : BREACHES;
}

static uint8_t *day_cell(const struct build_state *state, uint8_t *table, int person, int32_t day)
{
	const struct build_frame *frame = state->frame;
	int at = day - frame->first;

	return at >= 0 && at < frame->days ? &table[person * frame->days + at] : NULL;
}

static int cell_at(const struct build_state *state, uint8_t *table, int person, int32_t day)
{
	const uint8_t *cell = day_cell(state, table, person, day);

	return cell != NULL ? *cell : 0;
}

static bool too_many_nights(const struct build_state *state, int person, int32_t day)
{
	int most = state->frame->problem->nights, run = 1;

	if (most <= 0)
		return false;
	for (int32_t d = day - 1; cell_at(state, state->nights, person, d) > 0; d--)
		run++;
	for (int32_t d = day + 1; cell_at(state, state->nights, person, d) > 0; d++)
		run++;
	return run > most;
}

static bool too_busy_week(const struct build_state *state, int person, int32_t day)
{
	int most = state->frame->problem->week_most, sum = 0;

	if (most <= 0)
		return false;
	for (int32_t d = day - (WEEK_DAYS - 1); d < day + WEEK_DAYS; d++) {
		sum += cell_at(state, state->busy, person, d);
		if (d - WEEK_DAYS >= day - (WEEK_DAYS - 1))
			sum -= cell_at(state, state->busy, person, d - WEEK_DAYS);
		if (d >= day && sum + 1 > most)
			return true;
	}
	return false;
}

enum breach state_breach(const struct build_state *state, int seat, int person)
{
	const struct build_problem *problem = state->frame->problem;
	const struct build_seat *at = &problem->seats[seat];
	const struct stints *duties = &state->duties[person];
	struct stint duty = stint_of_seat(problem, seat);

	if (duties->in_month >= problem->people[person].most)
		return BREACH_MOST;
	for (int i = 0; i < duties->n; i++) {
		enum breach breach;

		if (duties->items[i].ends + 4 * DAY_MS < duty.starts && problem->rest_min < 4 * 24 * 60)
			continue;
		breach = stints_clash(problem, &duties->items[i], &duty);
		if (breach != BREACHES)
			return breach;
	}
	if (at->night && !at->phone && too_many_nights(state, person, at->need.day))
		return BREACH_NIGHTS;
	if (!at->phone && too_busy_week(state, person, at->need.day))
		return BREACH_WEEK;
	return BREACHES;
}

bool state_fits(const struct build_state *state, int seat, int person)
{
	const struct build_frame *frame = state->frame;

	return frame->may[(size_t)seat * frame->problem->n_people + (size_t)person] &&
	       state_breach(state, seat, person) == BREACHES;
}

/* --- changes --------------------------------------------------------------------------------- */

static void duties_add(struct stints *duties, const struct stint *duty)
{
	int at = duties->n;

	while (at > 0 && duties->items[at - 1].starts > duty->starts)
		at--;
	memmove(&duties->items[at + 1], &duties->items[at],
		(size_t)(duties->n - at) * sizeof *duties->items);
	duties->items[at] = *duty;
	duties->n++;
}

static void count_day(struct build_state *state, int person, int32_t day, const struct stint *duty,
		      int step)
{
	uint8_t *night = day_cell(state, state->nights, person, day);
	uint8_t *busy = day_cell(state, state->busy, person, day);

	if (duty->phone || duty->elsewhere)
		return;
	if (busy != NULL)
		*busy = (uint8_t)(*busy + step);
	if (night != NULL && duty->night)
		*night = (uint8_t)(*night + step);
}

int64_t state_delta(const struct build_state *state, int seat, int person, int sign)
{
	const struct build_frame *frame = state->frame;
	const int *gives = frame->gives[seat], *value = state->value[person];
	int64_t delta = 0;

	if (frame->group[person] < 0)
		return 0;
	for (int m = 0; m < MEASURES; m++) {
		int64_t step = gives[m];
		int64_t off = value[m] - frame->groups[frame->group[person]].target[m];

		delta += step * step + 2 * sign * step * off;
	}
	return delta;
}

static void count_seat(struct build_state *state, int seat, int person, int step)
{
	const struct build_seat *at = &state->frame->problem->seats[seat];

	for (int m = 0; m < MEASURES; m++)
		state->value[person][m] += step * state->frame->gives[seat][m];
	state->duties[person].in_month += step;
	state->moved += step * ((at->was != person) - (at->was != -1));
	if (state_is_open(state->frame, seat)) {
		state->gaps -= at->standby ? 0 : step;
		state->spare -= at->standby ? step : 0;
	}
}

void state_put(struct build_state *state, int seat, int person)
{
	const struct build_problem *problem = state->frame->problem;
	struct stint duty = stint_of_seat(problem, seat);

	state->unfair += state_delta(state, seat, person, 1);
	state->who[seat] = person;
	duties_add(&state->duties[person], &duty);
	count_day(state, person, problem->seats[seat].need.day, &duty, 1);
	count_seat(state, seat, person, 1);
}

void state_take(struct build_state *state, int seat)
{
	const struct build_problem *problem = state->frame->problem;
	int person = state->who[seat], i = 0;
	struct stints *duties = &state->duties[person];
	struct stint duty = stint_of_seat(problem, seat);

	state->unfair += state_delta(state, seat, person, -1);
	state->who[seat] = -1;
	while (duties->items[i].seat != seat)
		i++;
	duties->n--;
	memmove(&duties->items[i], &duties->items[i + 1],
		(size_t)(duties->n - i) * sizeof *duties->items);
	count_day(state, person, problem->seats[seat].need.day, &duty, -1);
	count_seat(state, seat, person, -1);
}

/* --- life ------------------------------------------------------------------------------------ */

static struct build_state *state_alloc(const struct build_frame *frame)
{
	const struct build_problem *problem = frame->problem;
	struct build_state *state = arena_alloc(frame->arena, sizeof *state);
	size_t cells = problem->n_people * (size_t)frame->days + 1;

	state->frame = frame;
	state->who = arena_array(frame->arena, problem->n_seats + 1, sizeof *state->who);
	state->duties = arena_array(frame->arena, problem->n_people + 1, sizeof *state->duties);
	state->value = arena_array(frame->arena, problem->n_people + 1, sizeof *state->value);
	state->nights = arena_array(frame->arena, cells, 1);
	state->busy = arena_array(frame->arena, cells, 1);
	for (size_t p = 0; p < problem->n_people; p++) {
		size_t most = (size_t)frame->n_open + 1;

		for (size_t i = 0; i < problem->n_outside; i++)
			most += problem->outside[i].person == (int)p;
		for (size_t s = 0; s < problem->n_seats; s++)
			most += problem->seats[s].fixed == (int)p;
		state->duties[p].items =
			arena_array(frame->arena, most, sizeof *state->duties[p].items);
	}
	return state;
}

static void start_values(struct build_state *state)
{
	const struct build_problem *problem = state->frame->problem;

	for (size_t p = 0; p < problem->n_people; p++) {
		const struct build_person *person = &problem->people[p];

		state->value[p][MEASURE_WEIGHT] = person->before;
		for (int c = 0; c < DAY_CLASSES; c++)
			state->value[p][MEASURE_CLASS + c] = person->class_before[c];
		state->value[p][MEASURE_NIGHTS] = person->nights_before;
	}
}

struct build_state *state_new(const struct build_frame *frame)
{
	const struct build_problem *problem = frame->problem;
	struct build_state *state = state_alloc(frame);

	start_values(state);
	for (size_t p = 0; p < problem->n_people; p++)
		for (int m = 0; m < MEASURES && frame->group[p] >= 0; m++) {
			int64_t off = state->value[p][m] - frame->groups[frame->group[p]].target[m];
			state->unfair += off * off;
		}
	for (size_t i = 0; i < problem->n_outside; i++) {
		const struct build_outside *out = &problem->outside[i];
		struct stint duty = { out->starts, out->ends, -1,
				     out->night,  out->phone, out->elsewhere };

		duties_add(&state->duties[out->person], &duty);
		count_day(state, out->person, out->day, &duty, 1);
	}
	for (size_t s = 0; s < problem->n_seats; s++) {
		state->who[s] = -1;
		state->moved += problem->seats[s].was != -1;
		if (state_is_open(frame, (int)s)) {
			state->gaps += !problem->seats[s].standby;
			state->spare += problem->seats[s].standby;
		}
	}
	for (size_t s = 0; s < problem->n_seats; s++)
		if (problem->seats[s].fixed >= 0)
			state_put(state, (int)s, problem->seats[s].fixed);
	return state;
}

void state_load(struct build_state *state, const int *who)
{
	for (int i = 0; i < state->frame->n_open; i++)
		if (state->who[state->frame->open[i]] >= 0)
			state_take(state, state->frame->open[i]);
	for (int i = 0; i < state->frame->n_open; i++) {
		int seat = state->frame->open[i];

		if (who[seat] >= 0 && state_fits(state, seat, who[seat]))
			state_put(state, seat, who[seat]);
	}
}

void state_copy(struct build_state *to, const struct build_state *from)
{
	const struct build_frame *frame = from->frame;
	size_t people = frame->problem->n_people, cells = people * (size_t)frame->days;

	memcpy(to->who, from->who, frame->problem->n_seats * sizeof *to->who);
	memcpy(to->value, from->value, people * sizeof *to->value);
	memcpy(to->nights, from->nights, cells);
	memcpy(to->busy, from->busy, cells);
	for (size_t p = 0; p < people; p++) {
		to->duties[p].n = from->duties[p].n;
		to->duties[p].in_month = from->duties[p].in_month;
		memcpy(to->duties[p].items, from->duties[p].items,
		       (size_t)from->duties[p].n * sizeof *to->duties[p].items);
	}
	to->gaps = from->gaps;
	to->spare = from->spare;
	to->moved = from->moved;
	to->unfair = from->unfair;
}

/* --- score ----------------------------------------------------------------------------------- */

static int spread_of(const struct build_state *state)
{
	const struct build_frame *frame = state->frame;
	int spread = 0;

	for (int g = 0; g < frame->n_groups; g++) {
		int least = INT_MAX, most = INT_MIN;

		for (size_t p = 0; p < frame->problem->n_people; p++) {
			int weight = state->value[p][MEASURE_WEIGHT];

			if (frame->group[p] != g)
				continue;
			least = weight < least ? weight : least;
			most = weight > most ? weight : most;
		}
		if (most > INT_MIN && most - least > spread)
			spread = most - least;
	}
	return spread;
}

void state_score(const struct build_state *state, struct build_score *ret_score)
{
	*ret_score = (struct build_score){ .gaps = state->gaps,
					   .spare = state->spare,
					   .spread = spread_of(state),
					   .unfair = state->unfair,
					   .moved = state->moved,
					   .bound = -1,
					   .spread_bound = -1 };
}

int build_compare(const struct build_score *a, const struct build_score *b)
{
	if (a->gaps != b->gaps)
		return a->gaps < b->gaps ? -1 : 1;
	if (a->spare != b->spare)
		return a->spare < b->spare ? -1 : 1;
	if (a->unfair != b->unfair)
		return a->unfair < b->unfair ? -1 : 1;
	return (a->moved > b->moved) - (a->moved < b->moved);
}
