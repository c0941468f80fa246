/* The finder of slots against looking at every ten minutes of small random weeks. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/slot.h"

enum {
	UNIT = 10, /* minutes: all moments of the cases are whole units */
	UNITS = 96,
	PEOPLE = 6,
	ROOMS = 3,
	BUSY = 5,
	CASES = 4000,
	MOST = 7,
};
#define AT(unit) (BASE + (int64_t)(unit)*UNIT * MINUTE_MS)
static const int64_t BASE = INT64_C(1795996800000); /* 2026-11-30 08:00 in China */

struct side {
	bool away[UNITS], doubt[UNITS]; /* by unit */
};
struct week {
	struct arena arena;
	uint64_t random;
	struct busy busy[PEOPLE + ROOMS][BUSY], windows[3];
	struct slot_side people[PEOPLE], rooms[ROOMS];
	struct slot_problem problem;
	struct side plain[PEOPLE + ROOMS]; /* the same, the plain way */
	bool working[UNITS];
	int64_t usual[3];
	int length, step; /* units */
	uint64_t seed;    /* of the case that is looked at; 0: none */
};

static unsigned below(struct week *week, unsigned n)
{
	week->random = week->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)((week->random >> 33) % n);
}

static size_t random_busy(struct week *week, size_t who, unsigned most, bool may_doubt)
{
	size_t n = below(week, most + 1);

	for (size_t i = 0; i < n; i++) {
		unsigned from = below(week, UNITS - 1), to = from + 1 + below(week, 40);
		bool doubt = may_doubt && below(week, 3) == 0;

		week->busy[who][i] = (struct busy){.from = AT(from),
						   .to = AT(to),
						   .doubt = doubt,
						   .sort = (enum busy_sort)below(week, BUSY_SORTS),
						   .words = "x"};
		for (unsigned u = from; u < to && u < UNITS; u++)
			*(doubt ? &week->plain[who].doubt[u] : &week->plain[who].away[u]) = true;
	}
	return n;
}

static void random_week(struct week *week, uint64_t seed)
{
	struct slot_problem *problem = &week->problem;
	unsigned at = 0;

	memset(week, 0, sizeof *week);
	week->random = seed * 2654435761U + 1;
	problem->people = week->people;
	problem->rooms = week->rooms;
	problem->windows = week->windows;
	problem->n_people = below(week, PEOPLE + 1);
	problem->n_rooms = below(week, ROOMS + 1);
	for (size_t i = 0; i < problem->n_people; i++)
		week->people[i] = (struct slot_side){.label = "p",
						     .must = below(week, 2) == 0,
						     .weight = (int)below(week, 4),
						     .busy = week->busy[i],
						     .n_busy = random_busy(week, i, BUSY, true)};
	for (size_t i = 0; i < problem->n_rooms; i++)
		week->rooms[i] = (struct slot_side){
		    .label = "r",
		    .busy = week->busy[PEOPLE + i],
		    .n_busy = random_busy(week, PEOPLE + i, BUSY, below(week, 4) == 0)};
	for (size_t i = 0; i < ARRAY_LEN(week->windows); i++) {
		unsigned from = at + below(week, 12), to = from + below(week, 30);

		if (to > UNITS)
			break;
		week->windows[problem->n_windows++] = (struct busy){.from = AT(from), .to = AT(to)};
		for (unsigned u = from; u < to; u++)
			week->working[u] = true;
		at = to + 1; /* apart: two windows are never one for the plain way */
	}
	week->length = 1 + (int)below(week, 9);
	week->step = 1 + (int)below(week, 4);
	problem->length = week->length * UNIT * MINUTE_MS;
	problem->step = week->step * UNIT * MINUTE_MS;
	problem->usual = week->usual;
	problem->n_usual = below(week, 4);
	for (size_t i = 0; i < problem->n_usual; i++)
		week->usual[i] = AT(below(week, UNITS));
	problem->quorum = below(week, (unsigned)problem->n_people + 2) / 2;
}

/* ---- the plain way: unit by unit ---- */

static bool touched(const bool units[UNITS], int from, int length)
{
	for (int u = from; u < from + length; u++)
		if (units[u])
			return true;
	return false;
}

struct verdict {
	bool window, must_ok, quorum_ok, room_ok;
	size_t room;
	int missing_weight, n_missing, n_doubts;
	bool missing[PEOPLE], doubt[PEOPLE];
};

static struct verdict look(const struct week *week, int from)
{
	const struct slot_problem *problem = &week->problem;
	struct verdict v = {.window = true, .must_ok = true, .room = problem->n_rooms};
	size_t here = 0;

	for (int u = from; u < from + week->length; u++)
		if (u >= UNITS || !week->working[u])
			v.window = false;
	if (!v.window)
		return v;
	for (size_t i = 0; i < problem->n_people; i++) {
		const struct slot_side *side = &problem->people[i];

		if (touched(week->plain[i].away, from, week->length)) {
			v.missing[i] = true;
			v.n_missing++;
			v.missing_weight += side->weight == 0 ? 1 : side->weight;
			v.must_ok = v.must_ok && !side->must;
		} else {
			here++;
			v.doubt[i] = touched(week->plain[i].doubt, from, week->length);
			v.n_doubts += v.doubt[i];
		}
	}
	v.quorum_ok = here >= problem->quorum;
	v.room_ok = problem->n_rooms == 0;
	for (size_t i = problem->n_rooms; i-- > 0;)
		if (!touched(week->plain[PEOPLE + i].away, from, week->length)) {
			v.room_ok = true;
			v.room = i;
		}
	return v;
}

static bool good(const struct verdict *v)
{
	return v->window && v->must_ok && v->quorum_ok && v->room_ok;
}

/* BASE lies on a whole day: steps of the clock are steps from it. */
static bool on_step(const struct week *week, int unit)
{
	return AT(unit) / MINUTE_MS % (week->step * UNIT) == 0;
}

static int by_worth(const void *a, const void *b)
{
	const struct verdict *left = a, *right = b;

	if (left->missing_weight != right->missing_weight)
		return left->missing_weight - right->missing_weight;
	return left->n_doubts - right->n_doubts;
}

static bool usually(const struct week *week, int unit)
{
	for (size_t i = 0; i < week->problem.n_usual; i++)
		if (week->usual[i] == AT(unit))
			return true;
	return false;
}

static int unit_of(int64_t at)
{
	return (int)((at - BASE) / MINUTE_MS / UNIT);
}

static void same_people(const struct slot_missing *got, size_t n_got, const bool want[PEOPLE],
			const struct slot_problem *problem, const struct slot *slot)
{
	size_t n = 0;

	for (size_t i = 0; i < PEOPLE; i++) {
		if (!want[i])
			continue;
		assert_true(n < n_got);
		assert_int_equal(got[n].person, i);
		assert_true(got[n].why >= problem->people[i].busy &&
			    got[n].why < problem->people[i].busy + problem->people[i].n_busy);
		assert_true(got[n].why->from < slot->ends && got[n].why->to > slot->starts);
		n++;
	}
	assert_int_equal(n, n_got);
}

static void check_slot(const struct week *week, const struct slot *slot)
{
	int from = unit_of(slot->starts);
	struct verdict v = look(week, from);

	assert_true(good(&v));
	assert_int_equal(slot->starts, AT(from));
	assert_int_equal(slot->ends, AT(from + week->length));
	assert_int_equal(slot->room, v.room);
	assert_int_equal(slot->usual, usually(week, from));
	same_people(slot->missing, slot->n_missing, v.missing, &week->problem, slot);
	same_people(slot->doubts, slot->n_doubts, v.doubt, &week->problem, slot);
}

static void check_found(struct week *week)
{
	struct verdict all[UNITS];
	int at[UNITS];
	struct slot *slots = NULL, one;
	size_t n_all = 0, n = slot_find(&week->problem, MOST, &week->arena, &slots);

	for (int u = 0; u < UNITS; u++) {
		struct verdict v = look(week, u);

		assert_int_equal(slot_judge(&week->problem, AT(u), &week->arena, &one), good(&v));
		if (good(&v))
			check_slot(week, &one);
		if (good(&v) && on_step(week, u)) {
			at[n_all] = u;
			all[n_all++] = v;
		}
	}
	assert_int_equal(n, n_all < MOST ? n_all : MOST);
	for (size_t i = 0; i < n; i++) {
		struct verdict v = look(week, unit_of(slots[i].starts));

		check_slot(week, &slots[i]);
		assert_true(on_step(week, unit_of(slots[i].starts)));
		for (size_t k = 0; k < i; k++)
			assert_int_not_equal(slots[k].starts, slots[i].starts);
		/* what is as good and not yet named overlaps one that is named while this one does
		 * not, or it is not usual, or later */
		for (size_t k = 0; k < n_all; k++) {
			bool named = false, apart = true, this_apart = true;

			for (size_t j = 0; j < i; j++) {
				int other = unit_of(slots[j].starts);

				named = named || other == at[k];
				apart = apart && abs(other - at[k]) >= week->length;
				this_apart = this_apart &&
					     abs(other - unit_of(slots[i].starts)) >= week->length;
			}
			if (named || by_worth(&all[k], &v) > 0)
				continue;
			assert_int_equal(by_worth(&all[k], &v), 0);
			assert_false(apart && !this_apart);
			if (apart != this_apart)
				continue;
			assert_false(usually(week, at[k]) && !slots[i].usual);
			assert_true(at[k] >= unit_of(slots[i].starts) ||
				    (slots[i].usual && !usually(week, at[k])));
		}
	}
	/* their worth is that of the best there are */
	qsort(all, n_all, sizeof *all, by_worth);
	for (size_t i = 0; i < n; i++) {
		struct verdict v = look(week, unit_of(slots[i].starts));

		assert_int_equal(by_worth(&all[i], &v), 0);
	}
}

static bool good_if_here(struct week *week, size_t person, int unit)
{
	struct side kept = week->plain[person];

	memset(&week->plain[person], 0, sizeof kept);
	struct verdict v = look(week, unit);

	week->plain[person] = kept;
	return good(&v);
}

static void check_blockers(struct week *week)
{
	const struct slot_problem *problem = &week->problem;
	size_t beginnings[PEOPLE + 2] = {0}, alone[PEOPLE + 2] = {0}, n_want = 0;
	struct slot_blocker *got = NULL;
	size_t n = slot_blockers(problem, &week->arena, &got), few = problem->n_people, n_steps = 0;

	for (int u = 0; u < UNITS; u++) {
		struct verdict v = look(week, u);

		if (!v.window || !on_step(week, u))
			continue;
		n_steps++;
		for (size_t i = 0; i < problem->n_people; i++)
			if (problem->people[i].must && v.missing[i]) {
				beginnings[i]++;
				alone[i] += good_if_here(week, i, u);
			}
		beginnings[few] += !v.quorum_ok;
		alone[few] += !v.quorum_ok && v.must_ok && v.room_ok;
		beginnings[few + 1] += !v.room_ok;
		alone[few + 1] += !v.room_ok && v.must_ok && v.quorum_ok;
	}
	for (size_t i = 0; i < few + 2; i++)
		n_want += beginnings[i] > 0;
	assert_int_equal(slot_beginnings(problem), n_steps);
	assert_int_equal(n, n_want);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(got[i].beginnings, beginnings[got[i].person]);
		assert_int_equal(got[i].alone, alone[got[i].person]);
		if (i > 0) {
			assert_true(got[i - 1].alone >= got[i].alone);
			assert_true(got[i - 1].alone > got[i].alone ||
				    got[i - 1].beginnings >= got[i].beginnings);
		}
	}
}

/* SLOT_SEED=n in the environment: that case alone. */
static void as_good_as_looking_at_every_ten_minutes(void **state)
{
	struct week *week = *state;
	const char *only = getenv("SLOT_SEED");
	uint64_t first = only != NULL ? strtoull(only, NULL, 10) : 1;
	uint64_t last = only != NULL ? first : CASES;
	size_t found = 0, none = 0;

	for (uint64_t seed = first; seed <= last; seed++) {
		struct slot *slots = NULL;

		random_week(week, seed);
		week->seed = seed;
		check_found(week);
		check_blockers(week);
		*(slot_find(&week->problem, 1, &week->arena, &slots) > 0 ? &found : &none) += 1;
		arena_release(&week->arena);
	}
	week->seed = 0;
	print_message("with a slot: %zu, without: %zu\n", found, none);
	assert_true(only != NULL || (found > CASES / 10 && none > CASES / 10));
}

static int begin(void **state)
{
	*state = mem_alloc(sizeof(struct week));
	return 0;
}

static int end(void **state)
{
	struct week *week = *state;

	if (week->seed != 0)
		print_error("seed %llu\n", (unsigned long long)week->seed);
	arena_release(&week->arena);
	free(week);
	return 0;
}

/* ---- what a secretary expects ---- */

static const struct busy night_over = {
    .from = AT(0), .to = AT(30), .sort = BUSY_REST, .doubt = true, .words = "night"};
static const struct busy shift = {.from = AT(0), .to = AT(12), .sort = BUSY_DUTY, .words = "day"};
static const struct busy long_talk = {
    .from = AT(9), .to = AT(20), .sort = BUSY_MEETING, .words = "talk"};
static const struct busy morning[] = {{.from = AT(6), .to = AT(24)}};

static void what_is_worse_comes_behind(void **state)
{
	struct busy both[] = {shift, long_talk};
	struct slot_side people[] = {
	    {.label = "centre", .must = true},
	    {.label = "water", .weight = 2, .busy = both, .n_busy = 2},
	    {.label = "street", .busy = &night_over, .n_busy = 1},
	};
	struct slot_problem problem = {.people = people,
				       .n_people = 3,
				       .windows = morning,
				       .n_windows = 1,
				       .length = 30 * MINUTE_MS,
				       .step = 30 * MINUTE_MS};
	struct arena arena = ARENA_INIT;
	struct slot *slots = NULL;

	(void)state;
	assert_int_equal(slot_find(&problem, 9, &arena, &slots), 6);
	/* everybody, the street after its night; then without the water, the earliest first */
	assert_int_equal(slots[0].starts, AT(21));
	assert_int_equal(slots[0].n_missing, 0);
	assert_int_equal(slots[0].n_doubts, 1);
	assert_int_equal(slots[0].doubts[0].person, 2);
	assert_int_equal(slots[0].doubts[0].why->sort, BUSY_REST);
	assert_int_equal(slots[1].starts, AT(6));
	assert_int_equal(slots[1].n_missing, 1);
	assert_ptr_equal(slots[1].missing[0].why, &both[0]);
	/* from 9 to 12 both stand in the way: the first; from 12 the talk */
	assert_ptr_equal(slots[2].missing[0].why, &both[0]);
	assert_int_equal(slots[3].starts, AT(12));
	assert_ptr_equal(slots[3].missing[0].why, &both[1]);
	/* the water must come: there is one slot, and without it there would be five more */
	struct slot_blocker *blockers = NULL;

	people[1].must = true;
	assert_int_equal(slot_find(&problem, 9, &arena, &slots), 1);
	assert_int_equal(slot_blockers(&problem, &arena, &blockers), 1);
	assert_int_equal(blockers[0].person, 1);
	assert_int_equal(blockers[0].alone, 5);
	arena_release(&arena);
}

static void nothing_is_found_in_nothing(void **state)
{
	struct slot_problem problem = {.windows = morning, .n_windows = 1, .length = DAY_MS};
	struct slot_blocker *blockers = NULL;
	struct arena arena = ARENA_INIT;
	struct slot *slots = NULL, one;

	(void)state;
	assert_int_equal(slot_find(&problem, 3, &arena, &slots), 0);
	assert_int_equal(slot_blockers(&problem, &arena, &blockers), 0);
	problem.length = 0;
	assert_int_equal(slot_find(&problem, 3, &arena, &slots), 0);
	assert_false(slot_judge(&problem, AT(6), &arena, &one));
	problem.length =
	    HOUR_MS; /* nobody is asked: any beginning will do, a step unsaid is half an hour */
	assert_int_equal(slot_find(&problem, 99, &arena, &slots), 5);
	assert_int_equal(slots[0].starts, AT(6));
	assert_int_equal(slots[1].starts, AT(12)); /* apart first, then between */
	assert_int_equal(slots[3].starts, AT(9));
	problem.quorum = 1;
	assert_int_equal(slot_find(&problem, 99, &arena, &slots), 0);
	assert_int_equal(slot_blockers(&problem, &arena, &blockers), 1);
	assert_int_equal(blockers[0].person, 0); /* n_people: the quorum */
	assert_int_equal(blockers[0].alone, 5);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(as_good_as_looking_at_every_ten_minutes, begin, end),
	    cmocka_unit_test(what_is_worse_comes_behind),
	    cmocka_unit_test(nothing_is_found_in_nothing),
	};

	return cmocka_run_group_tests_name("domain/slot", tests, NULL, NULL);
}
