/* The problem of a month: out of plan, calendar, rosters, people and ledger, into plain data. */
#include <config.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "roster_build_priv.h"
#include "zhiban/base/civil.h"

struct maker {
	const struct roster_view *view;
	const struct build_ask *ask;
	struct arena *arena;
	struct build_problem *problem;
	const struct duty_shift *shifts; /* copies, in the order of the plan */
	const struct duty_post *posts;
	size_t cap_seats, cap_outside;
};

/* --- copies ---------------------------------------------------------------------------------- */

static void copy_plan(struct maker *maker)
{
	const struct roster_plan *plan = maker->view->plan;
	struct duty_shift *shifts =
		arena_array(maker->arena, plan->n_shifts + 1, sizeof *shifts);
	struct duty_post *posts = arena_array(maker->arena, plan->n_posts + 1, sizeof *posts);

	for (size_t i = 0; i < plan->n_shifts; i++) {
		shifts[i] = plan->shifts[i];
		shifts[i].code = arena_strdup(maker->arena, shifts[i].code);
		shifts[i].label = arena_strdup(maker->arena, shifts[i].label);
		shifts[i].mode = NULL;
	}
	for (size_t i = 0; i < plan->n_posts; i++) {
		posts[i] = plan->posts[i];
		posts[i].code = arena_strdup(maker->arena, posts[i].code);
		posts[i].label = arena_strdup(maker->arena, posts[i].label);
		posts[i].shifts = posts[i].pool = NULL;
		posts[i].seasons = NULL;
		posts[i].n_seasons = 0;
		posts[i].mode = NULL;
	}
	maker->shifts = shifts;
	maker->posts = posts;
}

/* --- people ---------------------------------------------------------------------------------- */

static int person_of(const struct build_problem *problem, const struct uuid *id)
{
	for (size_t p = 0; p < problem->n_people; p++)
		if (uuid_eq(&problem->people[p].staff->head.id, id))
			return (int)p;
	return -1;
}

struct line { /* of the ledger, whoever it is, with what he would have stood had he been there */
	int weight, halves[DAY_CLASSES], nights;
};

/* What one has stood on the average in a month in which he was in the list. */
static void average(const struct ledger_row *rows, size_t n, int64_t sums[DAY_CLASSES + 2],
		    int64_t *ret_months)
{
	*ret_months = 0;
	memset(sums, 0, (DAY_CLASSES + 2) * sizeof *sums);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].staff == NULL)
			continue;
		*ret_months += rows[i].months;
		sums[0] += rows[i].weight;
		for (int c = 0; c < DAY_CLASSES; c++)
			sums[1 + c] += rows[i].halves[c];
		sums[1 + DAY_CLASSES] += rows[i].nights * WHOLE_DUTY;
	}
}

/* Who is new is as far as the others are: nobody makes up for the months before he came. */
static struct line line_of(const struct ledger_row *row, int months,
			   const int64_t sums[DAY_CLASSES + 2], int64_t all_months)
{
	int64_t missing = months - row->months;
	struct line line = { .weight = row->weight, .nights = row->nights * WHOLE_DUTY };

	memcpy(line.halves, row->halves, sizeof line.halves);
	if (missing <= 0 || all_months == 0)
		return line;
	line.weight += (int)(sums[0] * missing / all_months);
	for (int c = 0; c < DAY_CLASSES; c++)
		line.halves[c] += (int)(sums[1 + c] * missing / all_months);
	line.nights += (int)(sums[1 + DAY_CLASSES] * missing / all_months);
	return line;
}

/* Whoever is ahead or behind is made even over months, not in one: at most half of what a month brings
 * on the average counts, and at least a duty. */
static int even(int value, int64_t total, int64_t n, int64_t month, int least)
{
	int middle = n > 0 ? (int)(total / n) : 0, most = (int)(month / 2);

	most = most > least ? most : least;
	if (value > middle + most)
		return middle + most;
	return value < middle - most ? middle - most : value;
}

static void carry(struct maker *maker, const struct ledger_row *rows, size_t n)
{
	struct build_problem *problem = maker->problem;
	struct line *lines = arena_array(maker->arena, problem->n_people + 1, sizeof *lines);
	int64_t sums[DAY_CLASSES + 2], months, total[DAY_CLASSES + 2] = { 0 };
	int64_t people = (int64_t)problem->n_people;

	average(rows, n, sums, &months);
	for (size_t p = 0; p < problem->n_people; p++) {
		lines[p] = line_of(&rows[p], (int)maker->ask->n_history, sums, months);
		total[0] += lines[p].weight;
		for (int c = 0; c < DAY_CLASSES; c++)
			total[1 + c] += lines[p].halves[c];
		total[1 + DAY_CLASSES] += lines[p].nights;
	}
	for (size_t p = 0; p < problem->n_people; p++) {
		struct build_person *person = &problem->people[p];
		int64_t most = months > 0 ? months : 1;

		person->before = even(lines[p].weight, total[0], people, sums[0] / most,
				      duty_weight(DAY_WEEKDAY, true, false));
		for (int c = 0; c < DAY_CLASSES; c++)
			person->class_before[c] = even(lines[p].halves[c], total[1 + c], people,
						       sums[1 + c] / most, WHOLE_DUTY);
		person->nights_before = even(lines[p].nights, total[1 + DAY_CLASSES], people,
					     sums[1 + DAY_CLASSES] / most, WHOLE_DUTY);
	}
}

static void from_the_least(struct build_problem *problem)
{
	struct build_person least = { .before = INT_MAX, .nights_before = INT_MAX };

	for (int c = 0; c < DAY_CLASSES; c++)
		least.class_before[c] = INT_MAX;
	for (size_t p = 0; p < problem->n_people; p++) {
		const struct build_person *one = &problem->people[p];

		least.before = one->before < least.before ? one->before : least.before;
		least.nights_before = one->nights_before < least.nights_before ?
					      one->nights_before : least.nights_before;
		for (int c = 0; c < DAY_CLASSES; c++)
			if (one->class_before[c] < least.class_before[c])
				least.class_before[c] = one->class_before[c];
	}
	for (size_t p = 0; p < problem->n_people; p++) {
		problem->people[p].before -= least.before;
		problem->people[p].nights_before -= least.nights_before;
		for (int c = 0; c < DAY_CLASSES; c++)
			problem->people[p].class_before[c] -= least.class_before[c];
	}
}

/* The rotation goes on behind who stood last before the month. */
static void take_turns(struct maker *maker)
{
	const struct roster_view *view = maker->view;
	struct build_problem *problem = maker->problem;
	int64_t latest = INT64_MIN;
	int last = -1;

	for (size_t m = 0; m < view->n_rosters; m++)
		for (size_t i = 0; i < view->rosters[m]->turns.n; i++) {
			const struct turn *turn = roster_turn(view->rosters[m], i);
			struct uuid id = staff_uuid(turn->staff);
			int person = person_of(problem, &id);

			if (turn->starts < problem->from && person >= 0 && turn->starts >= latest) {
				latest = turn->starts;
				last = person;
			}
		}
	for (size_t p = 0; p < problem->n_people; p++)
		problem->people[p].turn = (int)((p + problem->n_people - (size_t)(last + 1)) %
						problem->n_people);
}

static void take_people(struct maker *maker)
{
	const struct roster_view *view = maker->view;
	struct build_problem *problem = maker->problem;
	struct ledger_row *rows;
	size_t n;

	problem->people = arena_array(maker->arena, view->n_staff + 1, sizeof *problem->people);
	problem->n_people = view->n_staff;
	for (size_t p = 0; p < view->n_staff; p++)
		problem->people[p] = (struct build_person){
			.staff = view->staff[p],
			.most = view->staff[p]->most > 0 ? (int)view->staff[p]->most : INT_MAX
		};
	ledger_of(view->rules, view->plan, maker->ask->history, maker->ask->n_history, view->staff,
		  view->n_staff, maker->arena, &rows, &n);
	carry(maker, rows, n);
	from_the_least(problem);
	take_turns(maker);
}

/* --- seats ----------------------------------------------------------------------------------- */

static const struct turn *who_stands(const struct roster_view *view, const struct need *need)
{
	const struct turn *turn = NULL;

	for (size_t m = 0; m < view->n_rosters && turn == NULL; m++)
		turn = roster_turn_at(view->rules, view->rosters[m], need->day, need->shift->code,
				      need->post->code, need->seat);
	return turn;
}

/* One rule for each person: that of the list which says most about why. */
static void note_kept(struct build_seat *seat, unsigned breaks)
{
	static const enum breach order[] = { BREACH_POOL, BREACH_UNFIT, BREACH_SHIFT, BREACH_OFF };

	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (breaks & 1U << order[i]) {
			seat->kept[order[i]]++;
			return;
		}
}

static void who_may(struct maker *maker, const struct need *need, struct build_seat *seat)
{
	const struct roster_view *view = maker->view;
	int *may = arena_array(maker->arena, view->n_staff + 1, sizeof *may);

	for (size_t p = 0; p < view->n_staff; p++) {
		unsigned breaks = roster_person_breaks(view, need, view->staff[p]);

		if (breaks == 0)
			may[seat->n_may++] = (int)p;
		else
			note_kept(seat, breaks);
	}
	seat->may = may;
}

static bool is_among(const struct build_seat *seat, int person)
{
	for (size_t i = 0; i < seat->n_may; i++)
		if (seat->may[i] == person)
			return true;
	return false;
}

static bool is_pledged(const struct build_ask *ask, const struct turn *turn)
{
	for (size_t i = 0; i < ask->n_pledged; i++)
		if (uuid_eq(&ask->pledged[i], &turn->id))
			return true;
	return false;
}

/* Whom the list does not know keeps his seat: nobody can say what else he does. */
static void what_stays(struct maker *maker, const struct turn *turn, struct build_seat *seat)
{
	const struct build_ask *ask = maker->ask;
	struct uuid id = turn != NULL ? staff_uuid(turn->staff) : (struct uuid){ { 0 } };
	bool begun = seat->need.starts < ask->frozen;

	seat->was = seat->fixed = -1;
	seat->shut = begun;
	if (turn == NULL)
		return;
	seat->was = person_of(maker->problem, &id);
	if (seat->was < 0)
		seat->shut = true;
	else if (begun || turn->locked || is_pledged(ask, turn) ||
		 (ask->keep == BUILD_SET && is_among(seat, seat->was)))
		seat->fixed = seat->was;
	if (seat->fixed >= 0 || seat->shut) {
		seat->need.starts = turn->starts;
		seat->need.ends = turn->ends;
	}
}

static void add_seat(struct maker *maker, const struct need *need)
{
	const struct roster_plan *plan = maker->view->plan;
	struct build_problem *problem = maker->problem;
	struct build_seat *seat = &problem->seats[problem->n_seats++];

	*seat = (struct build_seat){ .need = *need };
	who_may(maker, need, seat);
	seat->need.shift = &maker->shifts[need->shift - plan->shifts];
	seat->need.post = &maker->posts[need->post - plan->posts];
	seat->cls = day_class_of(maker->view->rules, need->day);
	seat->night = need->shift->night;
	seat->phone = need->post->phone;
	seat->standby = need->may_be_empty;
	seat->weight = duty_weight(seat->cls, seat->night, seat->standby);
	what_stays(maker, who_stands(maker->view, need), seat);
}

static int by_beginning(const void *a, const void *b)
{
	const struct need *x = a, *y = b;

	if (x->starts != y->starts)
		return x->starts < y->starts ? -1 : 1;
	if (x->shift != y->shift)
		return x->shift < y->shift ? -1 : 1;
	if (x->post != y->post)
		return x->post < y->post ? -1 : 1;
	return (x->seat > y->seat) - (x->seat < y->seat);
}

static void take_seats(struct maker *maker)
{
	const struct roster_view *view = maker->view;
	int32_t from = maker->ask->from, to = maker->ask->to;
	size_t days = to > from ? (size_t)(to - from) : 0, n = 0;
	struct need *needs = arena_array(maker->arena, days * NEEDS_MOST + 1, sizeof *needs);

	for (int32_t day = from; day < to; day++)
		n += roster_needs(view->rules, view->plan, day, view->mode, needs + n);
	qsort(needs, n, sizeof *needs, by_beginning);
	maker->problem->seats = arena_array(maker->arena, n + 1, sizeof *maker->problem->seats);
	for (size_t i = 0; i < n; i++)
		add_seat(maker, &needs[i]);
}

/* --- around the month ------------------------------------------------------------------------ */

/* In the month itself: of a seat of the problem, which counts there. */
static bool is_seat(const struct build_problem *problem, const struct turn *turn, int32_t day)
{
	for (size_t s = 0; s < problem->n_seats; s++) {
		const struct need *need = &problem->seats[s].need;

		if (need->day == day && need->seat == turn->seat &&
		    str_eq(need->shift->code, turn->shift) && str_eq(need->post->code, turn->post))
			return true;
	}
	return false;
}

static void add_outside(struct maker *maker, const struct roster_plan *plan,
			const struct turn *turn, bool elsewhere)
{
	struct build_problem *problem = maker->problem;
	const struct duty_shift *shift = plan != NULL ? plan_shift(plan, turn->shift) : NULL;
	const struct duty_post *post = plan != NULL ? plan_post(plan, turn->post) : NULL;
	struct uuid id = staff_uuid(turn->staff);
	int person = person_of(problem, &id);
	int32_t day = turn_day(maker->view->rules, turn);
	bool inside = day >= maker->ask->from && day < maker->ask->to;

	if (person < 0 || (inside && !elsewhere && is_seat(problem, turn, day)))
		return;
	/* a seat that the plan asks for no more still counts in the month */
	if (inside && !elsewhere && problem->people[person].most < INT_MAX)
		problem->people[person].most--;
	problem->outside[problem->n_outside++] = (struct build_outside){
		.person = person, .day = day, .starts = turn->starts, .ends = turn->ends,
		.night = shift != NULL && shift->night, .phone = post != NULL && post->phone,
		.elsewhere = elsewhere
	};
}

static void take_outside(struct maker *maker)
{
	const struct roster_view *view = maker->view;
	size_t most = 0;

	for (size_t m = 0; m < view->n_rosters; m++)
		most += view->rosters[m]->turns.n;
	for (size_t m = 0; m < view->n_others; m++)
		most += view->others[m]->turns.n;
	maker->problem->outside =
		arena_array(maker->arena, most + 1, sizeof *maker->problem->outside);
	for (size_t m = 0; m < view->n_rosters; m++)
		for (size_t i = 0; i < view->rosters[m]->turns.n; i++)
			add_outside(maker, view->plan, roster_turn(view->rosters[m], i), false);
	for (size_t m = 0; m < view->n_others; m++)
		for (size_t i = 0; i < view->others[m]->turns.n; i++)
			add_outside(maker, rules_plan(view->rules, view->others[m]->plan),
				    roster_turn(view->others[m], i), true);
}

void roster_problem(const struct roster_view *view, const struct build_ask *ask,
		    struct arena *arena, struct build_problem *ret_problem)
{
	struct build_problem problem = {
		.rest_min = view->plan->rest_min,
		.nights = view->plan->nights,
		.week_most = view->plan->week_most,
		.from = civil_ms_of_day(ask->from, view->rules->offset_min),
		.to = civil_ms_of_day(ask->to, view->rules->offset_min),
	};
	struct maker maker = { .view = view, .ask = ask, .arena = arena, .problem = &problem };

	copy_plan(&maker);
	take_people(&maker);
	take_seats(&maker);
	take_outside(&maker);
	*ret_problem = problem;
}
