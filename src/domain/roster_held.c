/* The duties of a person, and what of one among them breaks a rule. */
#include <config.h>

#include <stdlib.h>

#include "roster_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

static struct held held_of(const struct rules *rules, const struct roster_plan *plan,
			   const struct turn *turn, bool here)
{
	const struct duty_shift *shift = plan != NULL ? plan_shift(plan, turn->shift) : NULL;
	const struct duty_post *post = plan != NULL ? plan_post(plan, turn->post) : NULL;

	return (struct held){ .turn = turn,
			      .staff = staff_uuid(turn->staff),
			      .starts = turn->starts,
			      .ends = turn->ends,
			      .day = turn_day(rules, turn),
			      .night = shift != NULL && shift->night,
			      .phone = post != NULL && post->phone,
			      .here = here };
}

static int by_person(const void *a, const void *b)
{
	const struct held *x = a, *y = b;
	int order = uuid_cmp(&x->staff, &y->staff);

	if (order != 0)
		return order;
	if (x->starts != y->starts)
		return x->starts < y->starts ? -1 : 1;
	return x->ends != y->ends ? (x->ends < y->ends ? -1 : 1)
				  : uuid_cmp(&x->turn->id, &y->turn->id);
}

static void add_roster(struct roster_books *books, const struct roster *roster, bool here)
{
	const struct rules *rules = books->view->rules;
	const struct roster_plan *plan = here ? books->view->plan
					      : rules_plan(rules, roster->plan);

	for (size_t i = 0; i < roster->turns.n; i++) {
		struct held held = held_of(rules, plan, roster_turn(roster, i), here);

		if (!uuid_is_nil(&held.staff))
			books->held[books->n++] = held;
	}
}

struct roster_books *roster_books_new(const struct roster_view *view, struct arena *arena)
{
	struct roster_books *books = arena_alloc(arena, sizeof *books);
	size_t most = 0;

	books->view = view;
	for (size_t i = 0; i < view->n_rosters; i++)
		most += view->rosters[i]->turns.n;
	for (size_t i = 0; i < view->n_others; i++)
		most += view->others[i]->turns.n;
	books->held = arena_array(arena, most + 1, sizeof *books->held);
	for (size_t i = 0; i < view->n_rosters; i++)
		add_roster(books, view->rosters[i], true);
	for (size_t i = 0; i < view->n_others; i++)
		add_roster(books, view->others[i], false);
	qsort(books->held, books->n, sizeof *books->held, by_person);
	return books;
}

/* The duties of a person: a range of the books. */
struct run held_run(const struct roster_books *books, const struct uuid *staff)
{
	size_t lo = 0, hi = books->n, end;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (uuid_cmp(&books->held[mid].staff, staff) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (end = lo; end < books->n && uuid_eq(&books->held[end].staff, staff);)
		end++;
	return (struct run){ books->held + lo, end - lo, NULL };
}

/* --- rules between two duties ---------------------------------------------------------------- */

static bool overlap(const struct held *a, const struct held *b)
{
	return a->starts < b->ends && b->starts < a->ends && !(a->phone && b->phone);
}

static bool is_night(const struct held *held)
{
	return held->here && held->night && !held->phone;
}

/* b comes too soon behind a. */
static bool tired(const struct held *a, const struct held *b, int rest_min)
{
	return is_night(a) && b->here && !b->phone && b->starts >= a->ends &&
	       b->starts < a->ends + rest_min * MINUTE_MS;
}

static bool night_on(const struct run *run, int32_t day)
{
	if (run->one->day == day && is_night(run->one))
		return true;
	for (size_t i = 0; i < run->n; i++)
		if (run->held[i].day == day && is_night(&run->held[i]))
			return true;
	return false;
}

/* Days in a row with a night, up to that of the one, and with those behind it. */
static int nights_at(const struct run *run, bool behind)
{
	int n = 1;

	if (!is_night(run->one))
		return 0;
	for (int32_t day = run->one->day - 1; night_on(run, day); day--)
		n++;
	for (int32_t day = run->one->day + 1; behind && night_on(run, day); day++)
		n++;
	return n;
}

/* Duties that begin on days [from, to), the one among them. */
static int duties_in(const struct run *run, int32_t from, int32_t to, bool phones)
{
	const struct held *one = run->one;
	int n = one->day >= from && one->day < to;

	for (size_t i = 0; i < run->n; i++) {
		const struct held *held = &run->held[i];

		n += held != one && held->here && (phones || !held->phone) && held->day >= from &&
		     held->day < to;
	}
	return n;
}

enum { WEEK_DAYS = 7 };

static int busiest_week(const struct run *run)
{
	int most = 0;

	for (int32_t from = run->one->day - (WEEK_DAYS - 1); from <= run->one->day; from++) {
		int n = duties_in(run, from, from + WEEK_DAYS, false);
		most = n > most ? n : most;
	}
	return most;
}

static int in_month(const struct run *run, bool whole)
{
	char month[ROSTER_MONTH];
	int32_t first, end;

	month_of_day(run->one->day, month);
	if (!month_days(month, &first, &end))
		return 0;
	return duties_in(run, first, whole ? end : run->one->day + 1, true);
}

/* --- one duty among them --------------------------------------------------------------------- */

static void find(struct found *found, enum breach breach, const struct turn *with)
{
	if (found->breaks & 1U << breach)
		return;
	found->breaks |= 1U << breach;
	found->with[breach] = with;
}

void held_judge(const struct roster_view *view, const struct run *run, const struct staff *staff,
		bool whole, struct found *found)
{
	const struct roster_plan *plan = view->plan;
	const struct held *one = run->one;
	int32_t week = one->day - (WEEK_DAYS - 1);

	for (size_t i = 0; i < run->n; i++) {
		const struct held *held = &run->held[i];

		if (held == one)
			continue;
		if (overlap(held, one))
			find(found, BREACH_DOUBLE, held->turn);
		if (tired(held, one, plan->rest_min) ||
		    (whole && tired(one, held, plan->rest_min)))
			find(found, BREACH_REST, held->turn);
	}
	if (plan->nights > 0 && nights_at(run, whole) > plan->nights)
		find(found, BREACH_NIGHTS, NULL);
	if (plan->week_most > 0 && !one->phone &&
	    (whole ? busiest_week(run) : duties_in(run, week, one->day + 1, false)) >
		    plan->week_most)
		find(found, BREACH_WEEK, NULL);
	if (staff != NULL && staff->most > 0 && in_month(run, whole) > staff->most)
		find(found, BREACH_MOST, NULL);
}

static struct held could_hold(const struct need *need, const struct staff *staff)
{
	return (struct held){ .staff = staff->head.id,
			      .starts = need->starts,
			      .ends = need->ends,
			      .day = need->day,
			      .night = need->shift != NULL && need->shift->night,
			      .phone = need->post != NULL && need->post->phone,
			      .here = true };
}

/* The seat itself: who stands there is judged as if he did not yet. */
static bool is_seat(const struct held *held, const struct need *need)
{
	return held->here && held->starts == need->starts && held->turn->seat == need->seat &&
	       need->shift != NULL && str_eq(held->turn->shift, need->shift->code) &&
	       need->post != NULL && str_eq(held->turn->post, need->post->code);
}

static void could(const struct roster_books *books, const struct need *need,
		  const struct staff *staff, const struct turn *instead, struct found *found)
{
	enum { FEW = 64 };
	const struct run all = held_run(books, &staff->head.id);
	struct held few[FEW], *left = all.n <= FEW ? few : mem_alloc(all.n * sizeof *left);
	struct held one = could_hold(need, staff);
	struct run run = { left, 0, &one };

	for (size_t i = 0; i < all.n; i++)
		if ((instead == NULL || !uuid_eq(&all.held[i].turn->id, &instead->id)) &&
		    !is_seat(&all.held[i], need))
			left[run.n++] = all.held[i];
	held_judge(books->view, &run, staff, true, found);
	found->breaks |= roster_person_breaks(books->view, need, staff);
	if (left != few)
		free(left);
}

unsigned roster_books_break(const struct roster_books *books, const struct need *need,
			    const struct staff *staff, const struct turn *instead)
{
	struct found found = { 0 };

	could(books, need, staff, instead, &found);
	return found.breaks;
}

size_t roster_would_find(const struct roster_view *view, const struct need *need,
			 const struct staff *staff, const struct turn *instead,
			 struct finding findings[BREACHES])
{
	struct arena arena = ARENA_INIT;
	struct found found = { 0 };
	size_t n = 0;

	could(roster_books_new(view, &arena), need, staff, instead, &found);
	arena_release(&arena);
	for (int breach = 0; breach < BREACHES; breach++)
		if (found.breaks & 1U << breach)
			findings[n++] = (struct finding){ (enum breach)breach, *need, NULL,
							  found.with[breach], staff };
	return n;
}

unsigned roster_would_break(const struct roster_view *view, const struct need *need,
			    const struct staff *staff, const struct turn *instead)
{
	struct arena arena = ARENA_INIT;
	unsigned breaks = roster_books_break(roster_books_new(view, &arena), need, staff, instead);

	arena_release(&arena);
	return breaks;
}
