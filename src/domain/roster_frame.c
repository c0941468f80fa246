/* What of a problem no move changes: who may where, groups, and their fair shares; and what is
 * said of an answer from outside. */
#include <config.h>

#include <string.h>

#include "roster_build_priv.h"

enum { MARGIN_DAYS = 10 };

bool state_is_open(const struct build_frame *frame, int seat)
{
	const struct build_seat *at = &frame->problem->seats[seat];

	return at->fixed < 0 && !at->shut;
}

static void gives_of(const struct build_seat *seat, int gives[MEASURES])
{
	int whole = seat->standby ? WHOLE_DUTY / 2 : WHOLE_DUTY;

	memset(gives, 0, MEASURES * sizeof *gives);
	gives[MEASURE_WEIGHT] = seat->weight;
	gives[MEASURE_CLASS + (int)seat->cls] = whole;
	gives[MEASURE_NIGHTS] = seat->night ? whole : 0;
}

static int root_of(int *above, int person)
{
	while (above[person] != person)
		person = above[person] = above[above[person]];
	return person;
}

/* Who may stand in one seat belong together. */
static void make_groups(struct build_frame *frame)
{
	const struct build_problem *problem = frame->problem;
	int n = (int)problem->n_people;
	int *above = arena_array(frame->arena, problem->n_people + 1, sizeof *above);
	bool *in_any = arena_array(frame->arena, problem->n_people + 1, sizeof *in_any);

	for (int p = 0; p < n; p++)
		above[p] = p;
	for (int i = 0; i < frame->n_open; i++) {
		const struct build_seat *seat = &problem->seats[frame->open[i]];

		for (size_t k = 0; k < seat->n_may; k++) {
			in_any[seat->may[k]] = true;
			above[root_of(above, seat->may[k])] = root_of(above, seat->may[0]);
		}
	}
	frame->groups = arena_array(frame->arena, problem->n_people + 1, sizeof *frame->groups);
	for (int p = 0; p < n; p++)
		frame->group[p] = -1;
	for (int p = 0; p < n; p++) {
		int root = root_of(above, p);

		if (!in_any[p])
			continue;
		if (frame->group[root] < 0)
			frame->group[root] = frame->n_groups++;
		frame->group[p] = frame->group[root];
		frame->groups[frame->group[p]].n++;
	}
}

static int rounded(int64_t total, int n)
{
	int64_t twice = 2 * total + n;

	return (int)(twice >= 0 ? twice / (2 * n) : -((-twice + 2 * n - 1) / (2 * n)));
}

static void make_targets(struct build_frame *frame)
{
	const struct build_problem *problem = frame->problem;

	for (size_t p = 0; p < problem->n_people; p++) {
		const struct build_person *person = &problem->people[p];
		int64_t *total;

		if (frame->group[p] < 0)
			continue;
		total = frame->groups[frame->group[p]].total;
		total[MEASURE_WEIGHT] += person->before;
		for (int c = 0; c < DAY_CLASSES; c++)
			total[MEASURE_CLASS + c] += person->class_before[c];
		total[MEASURE_NIGHTS] += person->nights_before;
	}
	for (size_t s = 0; s < problem->n_seats; s++) {
		const struct build_seat *seat = &problem->seats[s];
		int person = seat->fixed >= 0 ? seat->fixed :
			     !seat->shut && seat->n_may > 0 ? seat->may[0] : -1;

		for (int m = 0; m < MEASURES && person >= 0 && frame->group[person] >= 0; m++)
			frame->groups[frame->group[person]].total[m] += frame->gives[s][m];
	}
	for (int g = 0; g < frame->n_groups; g++)
		for (int m = 0; m < MEASURES; m++)
			frame->groups[g].target[m] =
				rounded(frame->groups[g].total[m], frame->groups[g].n);
}

static void make_days(struct build_frame *frame)
{
	const struct build_problem *problem = frame->problem;
	int32_t first = 0, last = 0;
	bool any = false;

	for (size_t s = 0; s < problem->n_seats; s++) {
		int32_t day = problem->seats[s].need.day;

		first = !any || day < first ? day : first;
		last = !any || day > last ? day : last;
		any = true;
	}
	/* A run of nights goes back as far as it goes. */
	for (size_t i = 0; i < problem->n_outside && any; i++) {
		int32_t day = problem->outside[i].day;

		if (day > first - 62 && day < last + 62) {
			first = day < first ? day : first;
			last = day > last ? day : last;
		}
	}
	frame->first = first - MARGIN_DAYS;
	frame->days = (int)(last - first) + 1 + 2 * MARGIN_DAYS;
}

int build_common(int a, int b)
{
	while (b != 0) {
		int rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

struct build_frame *frame_new(const struct build_problem *problem, struct arena *arena)
{
	struct build_frame *frame = arena_alloc(arena, sizeof *frame);

	frame->problem = problem;
	frame->arena = arena;
	frame->may = arena_array(arena, problem->n_seats * problem->n_people + 1, sizeof(bool));
	frame->gives = arena_array(arena, problem->n_seats + 1, sizeof *frame->gives);
	frame->group = arena_array(arena, problem->n_people + 1, sizeof *frame->group);
	frame->open = arena_array(arena, problem->n_seats + 1, sizeof *frame->open);
	for (size_t s = 0; s < problem->n_seats; s++) {
		const struct build_seat *seat = &problem->seats[s];

		gives_of(seat, frame->gives[s]);
		if (!state_is_open(frame, (int)s))
			continue;
		frame->open[frame->n_open++] = (int)s;
		for (size_t k = 0; k < seat->n_may; k++)
			frame->may[s * problem->n_people + (size_t)seat->may[k]] = true;
	}
	make_groups(frame);
	make_targets(frame);
	make_days(frame);
	return frame;
}

/* --- an answer from outside ------------------------------------------------------------------ */

void build_score(const struct build_problem *problem, const struct build_answer *answer,
		 struct build_score *ret_score)
{
	struct arena arena = ARENA_INIT;
	struct build_state *state = state_new(frame_new(problem, &arena));

	for (size_t s = 0; s < problem->n_seats; s++)
		if (state_is_open(state->frame, (int)s) && answer->who[s] >= 0)
			state_put(state, (int)s, answer->who[s]);
	state_score(state, ret_score);
	arena_release(&arena);
}

bool build_sound(const struct build_problem *problem, const struct build_answer *answer,
		 size_t *ret_seat, enum breach *ret_breach)
{
	struct arena arena = ARENA_INIT;
	struct build_state *state = state_new(frame_new(problem, &arena));
	size_t s = 0;
	enum breach breach = BREACHES;

	for (; s < problem->n_seats && breach == BREACHES; s++) {
		const struct build_seat *seat = &problem->seats[s];
		int who = answer->who[s];

		if (!state_is_open(state->frame, (int)s)) {
			breach = who != seat->fixed ? BREACH_UNFIT : BREACHES;
		} else if (who >= 0) {
			breach = !state->frame->may[s * problem->n_people + (size_t)who] ?
					 BREACH_UNFIT : state_breach(state, (int)s, who);
			if (breach == BREACHES)
				state_put(state, (int)s, who);
		}
	}
	arena_release(&arena);
	if (breach == BREACHES)
		return true;
	*ret_seat = s - 1;
	*ret_breach = breach;
	return false;
}
