/* When a meeting could be: every beginning in the windows is judged, the best are picked. */
#include <config.h>

#include "zhiban/domain/slot.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

const char *busy_sort_label(enum busy_sort sort)
{
	static const char *const labels[BUSY_SORTS] = {
	    [BUSY_DUTY] = N_("On duty"),
	    [BUSY_REST] = N_("After a night"),
	    [BUSY_MEETING] = N_("Another meeting"),
	    [BUSY_LEAVE] = N_("Time off"),
	    [BUSY_ANSWER] = N_("Said no"),
	    [BUSY_BOOKED] = N_("Booked"),
	};
	return _(labels[sort]);
}

/* What of one side stands longest in [from, to); of equal ones the first.  NULL: nothing. */
static const struct busy *in_the_way(const struct slot_side *side, int64_t from, int64_t to,
				     bool doubt)
{
	const struct busy *longest = NULL;
	int64_t most = 0;

	for (size_t i = 0; i < side->n_busy; i++) {
		const struct busy *busy = &side->busy[i];
		int64_t since = busy->from > from ? busy->from : from;
		int64_t until = busy->to < to ? busy->to : to;

		if (busy->doubt == doubt && until - since > most) {
			most = until - since;
			longest = busy;
		}
	}
	return longest;
}

static size_t free_room(const struct slot_problem *problem, int64_t starts)
{
	for (size_t i = 0; i < problem->n_rooms; i++)
		if (in_the_way(&problem->rooms[i], starts, starts + problem->length, false) == NULL)
			return i;
	return problem->n_rooms;
}

struct tally {       /* what stands in the way of one beginning */
	size_t must; /* mandatory ones that are not free */
	size_t here;
	size_t room;
	int64_t weight;
	size_t doubts;
};

static struct tally tally_of(const struct slot_problem *problem, int64_t starts)
{
	struct tally tally = {.room = free_room(problem, starts)};
	int64_t ends = starts + problem->length;

	for (size_t i = 0; i < problem->n_people; i++) {
		const struct slot_side *side = &problem->people[i];

		if (in_the_way(side, starts, ends, false) != NULL) {
			if (side->must)
				tally.must++;
			else
				tally.weight += side->weight > 0 ? side->weight : 1;
			continue;
		}
		tally.here++;
		if (in_the_way(side, starts, ends, true) != NULL)
			tally.doubts++;
	}
	return tally;
}

static bool no_room(const struct slot_problem *problem, const struct tally *tally)
{
	return problem->n_rooms > 0 && tally->room == problem->n_rooms;
}

static bool fits(const struct slot_problem *problem, const struct tally *tally)
{
	return tally->must == 0 && tally->here >= problem->quorum && !no_room(problem, tally);
}

static int64_t cost_of(const struct slot_problem *problem, const struct tally *tally)
{
	return tally->weight * (int64_t)(problem->n_people + 1) + (int64_t)tally->doubts;
}

/* ---- beginnings ---- */

static int64_t step_of(const struct slot_problem *problem)
{
	return problem->step > 0 ? problem->step : 30 * MINUTE_MS;
}

static int64_t first_step(const struct slot_problem *problem, int64_t from)
{
	int64_t step = step_of(problem), over = from % step;

	if (over < 0)
		over += step;
	return over == 0 ? from : from + step - over;
}

/* The beginnings of all windows, ascending. */
static size_t beginnings_of(const struct slot_problem *problem, struct arena *arena,
			    int64_t **ret_starts)
{
	int64_t step = step_of(problem);
	size_t n = 0, cap = 0;

	if (problem->length <= 0)
		return 0;
	for (size_t i = 0; i < problem->n_windows; i++) {
		const struct busy *window = &problem->windows[i];

		if (window->to > window->from)
			cap += (size_t)((window->to - window->from) / step + 1);
	}
	int64_t *starts = arena_array(arena, cap + 1, sizeof *starts);

	for (size_t i = 0; i < problem->n_windows; i++) {
		const struct busy *window = &problem->windows[i];

		for (int64_t at = first_step(problem, window->from);
		     at + problem->length <= window->to; at += step)
			starts[n++] = at;
	}
	*ret_starts = starts;
	return n;
}

/* ---- the best ---- */

static size_t gather(const struct slot_problem *problem, const struct slot *slot, bool doubt,
		     struct arena *arena, struct slot_missing **ret_missing)
{
	struct slot_missing *missing = arena_array(arena, problem->n_people + 1, sizeof *missing);
	size_t n = 0;

	for (size_t i = 0; i < problem->n_people; i++) {
		const struct slot_side *side = &problem->people[i];
		const struct busy *why = in_the_way(side, slot->starts, slot->ends, doubt);

		if (why != NULL &&
		    (!doubt || in_the_way(side, slot->starts, slot->ends, false) == NULL))
			missing[n++] = (struct slot_missing){.person = i, .why = why};
	}
	*ret_missing = missing;
	return n;
}

static bool is_usual(const struct slot_problem *problem, int64_t starts)
{
	for (size_t i = 0; i < problem->n_usual; i++)
		if (problem->usual[i] == starts)
			return true;
	return false;
}

static void fill(const struct slot_problem *problem, int64_t starts, const struct tally *tally,
		 struct arena *arena, struct slot *slot)
{
	*slot = (struct slot){.starts = starts,
			      .ends = starts + problem->length,
			      .room = tally->room,
			      .cost = cost_of(problem, tally),
			      .usual = is_usual(problem, starts)};
	slot->n_missing = gather(problem, slot, false, arena, &slot->missing);
	slot->n_doubts = gather(problem, slot, true, arena, &slot->doubts);
}

struct found {
	int64_t starts, cost;
	bool taken, usual;
};

/* The next one: of the cheapest one that overlaps none of the taken, if there is one, then a usual
 * one, then the earliest. */
static struct found *pick(const struct slot_problem *problem, struct found *found, size_t n)
{
	struct found *best = NULL;
	int best_worth = 0;

	for (size_t i = 0; i < n; i++) {
		bool apart = true;
		int worth;

		if (found[i].taken || (best != NULL && found[i].cost > best->cost))
			continue;
		for (size_t k = 0; k < n && apart; k++)
			apart = !found[k].taken ||
				found[k].starts >= found[i].starts + problem->length ||
				found[i].starts >= found[k].starts + problem->length;
		worth = apart * 2 + found[i].usual;
		if (best == NULL || found[i].cost < best->cost || worth > best_worth) {
			best = &found[i];
			best_worth = worth;
		}
	}
	return best;
}

size_t slot_find(const struct slot_problem *problem, size_t most, struct arena *arena,
		 struct slot **ret_slots)
{
	int64_t *starts = NULL;
	size_t n_starts = beginnings_of(problem, arena, &starts), n = 0, n_slots = 0;
	struct found *found = arena_array(arena, n_starts + 1, sizeof *found);
	struct slot *slots =
	    arena_array(arena, (most < n_starts ? most : n_starts) + 1, sizeof *slots);

	for (size_t i = 0; i < n_starts; i++) {
		struct tally tally = tally_of(problem, starts[i]);

		if (fits(problem, &tally))
			found[n++] = (struct found){.starts = starts[i],
						    .cost = cost_of(problem, &tally),
						    .usual = is_usual(problem, starts[i])};
	}
	while (n_slots < most) {
		struct found *best = pick(problem, found, n);

		if (best == NULL)
			break;
		struct tally tally = tally_of(problem, best->starts);

		best->taken = true;
		fill(problem, best->starts, &tally, arena, &slots[n_slots++]);
	}
	*ret_slots = slots;
	return n_slots;
}

static bool in_a_window(const struct slot_problem *problem, int64_t starts)
{
	for (size_t i = 0; i < problem->n_windows; i++)
		if (problem->windows[i].from <= starts &&
		    starts + problem->length <= problem->windows[i].to)
			return true;
	return false;
}

bool slot_judge(const struct slot_problem *problem, int64_t starts, struct arena *arena,
		struct slot *ret_slot)
{
	struct tally tally = tally_of(problem, starts);

	if (problem->length <= 0 || !in_a_window(problem, starts) || !fits(problem, &tally))
		return false;
	fill(problem, starts, &tally, arena, ret_slot);
	return true;
}

size_t slot_beginnings(const struct slot_problem *problem)
{
	size_t n = 0;

	for (size_t i = 0; i < problem->n_windows && problem->length > 0; i++) {
		int64_t first = first_step(problem, problem->windows[i].from);
		int64_t last = problem->windows[i].to - problem->length;

		n += last >= first ? (size_t)((last - first) / step_of(problem) + 1) : 0;
	}
	return n;
}

/* ---- who stands in the way ---- */

static int worst_first(const void *a, const void *b)
{
	const struct slot_blocker *left = a, *right = b;

	if (left->alone != right->alone)
		return left->alone > right->alone ? -1 : 1;
	if (left->beginnings != right->beginnings)
		return left->beginnings > right->beginnings ? -1 : 1;
	return left->person < right->person ? -1 : left->person > right->person;
}

/* One beginning; with him there, the quorum may be there too. */
static void count_blockers(const struct slot_problem *problem, int64_t starts,
			   struct slot_blocker *all)
{
	struct tally tally = tally_of(problem, starts);
	bool roomless = no_room(problem, &tally);
	bool few = tally.here < problem->quorum;
	bool few_with_him = tally.here + 1 < problem->quorum;

	for (size_t i = 0; tally.must > 0 && i < problem->n_people; i++) {
		const struct slot_side *side = &problem->people[i];

		if (!side->must ||
		    in_the_way(side, starts, starts + problem->length, false) == NULL)
			continue;
		all[i].beginnings++;
		all[i].alone += tally.must == 1 && !roomless && !few_with_him;
	}
	all[problem->n_people].beginnings += few;
	all[problem->n_people].alone += few && tally.must == 0 && !roomless;
	all[problem->n_people + 1].beginnings += roomless;
	all[problem->n_people + 1].alone += roomless && tally.must == 0 && !few;
}

size_t slot_blockers(const struct slot_problem *problem, struct arena *arena,
		     struct slot_blocker **ret_blockers)
{
	size_t n_all = problem->n_people + 2, n = 0;
	struct slot_blocker *all = arena_array(arena, n_all, sizeof *all);
	int64_t *starts = NULL;
	size_t n_starts = beginnings_of(problem, arena, &starts);

	for (size_t i = 0; i < n_starts; i++)
		count_blockers(problem, starts[i], all);
	for (size_t i = 0; i < n_all; i++) {
		all[i].person = i;
		if (all[i].beginnings > 0)
			all[n++] = all[i];
	}
	qsort(all, n, sizeof *all, worst_first);
	*ret_blockers = all;
	return n;
}
