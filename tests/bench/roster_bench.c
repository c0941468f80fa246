/* roster_bench [PEOPLE ...] [limit=SECONDS] [seed=N] [seats=N]: months of 3 posts x 2 shifts x 31 days, with
 * leaves, people that are not fit for every post, and what the months before left uneven; made by plain
 * rotation, by the first answer and by the generator.  For each number of people (20 80 200) one line:
 * seconds, score, bound, the gap between them, and the spreads. */
#include <config.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "zhiban/base/civil.h"
#include "zhiban/domain/roster_build.h"

enum { POSTS = 3, DAYS = 31, FIRST = 20788 /* 2026-12-01 */ };

static double now_s(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static uint32_t below(uint64_t *state, uint32_t n)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((*state >> 33) % n);
}

static const struct duty_shift shifts[2] = { { "day", "day", 510, 1230, false, NULL },
					     { "night", "night", 1230, 510, true, NULL } };
static const struct duty_post posts[POSTS] = { { .code = "chief", .label = "chief", .seats = 1 },
					       { .code = "main", .label = "main", .seats = 1 },
					       { .code = "vice", .label = "vice", .seats = 1 } };

struct leave {
	int32_t from, to;
};

static void make_people(struct build_problem *problem, struct leave *leaves, int n, uint64_t *random)
{
	problem->n_people = (size_t)n;
	for (int p = 0; p < n; p++) {
		struct build_person *person = &problem->people[p];

		*person = (struct build_person){ .most = INT_MAX, .turn = p };
		person->before = 2 * (int)below(random, 8);
		person->nights_before = 2 * (int)below(random, 3);
		person->class_before[DAY_WEEKEND] = 2 * (int)below(random, 3);
		leaves[p] = (struct leave){ 0, 0 };
		if (below(random, 4) == 0) {
			leaves[p].from = FIRST + (int32_t)below(random, DAYS);
			leaves[p].to = leaves[p].from + 1 + (int32_t)below(random, 10);
		}
	}
}

static void add_seat(struct build_problem *problem, const struct leave *leaves, int32_t day, int shift,
		     int post, int seat_no, struct arena *arena)
{
	struct build_seat *seat = &problem->seats[problem->n_seats++];
	int n = (int)problem->n_people, weekday = (day + 3) % 7; /* 0 Monday */
	int *may = arena_array(arena, (size_t)n, sizeof *may);

	*seat = (struct build_seat){ .fixed = -1, .was = -1, .night = shifts[shift].night };
	seat->need = (struct need){ .day = day, .shift = &shifts[shift], .post = &posts[post],
				    .seat = seat_no };
	seat->need.starts = day * DAY_MS + shifts[shift].from * MINUTE_MS;
	seat->need.ends = seat->need.starts + 12 * HOUR_MS;
	seat->cls = day == FIRST + 30 ? DAY_HOLIDAY : weekday >= 5 ? DAY_WEEKEND : DAY_WEEKDAY;
	seat->weight = duty_weight(seat->cls, seat->night, false);
	seat->may = may;
	for (int p = 0; p < n; p++)
		if ((day < leaves[p].from || day >= leaves[p].to) &&
		    (post == 0 ? p % 4 == 0 : p % 4 != 0 || p % 8 == 0))
			may[seat->n_may++] = p;
}

static void make(struct build_problem *problem, int people, int seats, uint64_t seed,
		 struct arena *arena)
{
	struct leave *leaves = arena_array(arena, (size_t)people, sizeof *leaves);
	uint64_t random = seed;

	*problem = (struct build_problem){ .rest_min = 24 * 60, .nights = 2, .week_most = 5 };
	problem->people = arena_array(arena, (size_t)people, sizeof *problem->people);
	problem->seats = arena_array(arena, (size_t)(DAYS * POSTS * 2 * seats), sizeof *problem->seats);
	make_people(problem, leaves, people, &random);
	for (int32_t day = FIRST; day < FIRST + DAYS; day++)
		for (int shift = 0; shift < 2; shift++)
			for (int post = 0; post < POSTS; post++)
				for (int seat = 1; seat <= seats; seat++)
					add_seat(problem, leaves, day, shift, post, seat, arena);
}

struct clocked {
	double from, limit;
	double at[BUILD_OVER + 1];
};

static bool is_over(void *ctx)
{
	const struct clocked *clocked = ctx;

	return now_s() - clocked->from > clocked->limit;
}

static void told(void *ctx, enum build_phase phase, const struct build_answer *answer)
{
	struct clocked *clocked = ctx;

	clocked->at[phase] = now_s() - clocked->from;
	if (getenv("ROSTER_BENCH_TRACE") != NULL)
		printf("  %7.2fs phase %d gaps %d spread %d unfair %lld bound %lld\n",
		       clocked->at[phase], phase, answer->score.gaps, answer->score.spread,
		       (long long)answer->score.unfair, (long long)answer->score.bound);
}

static int bench(int people, int seats, double limit, uint64_t seed)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct build_problem problem;
	struct build_answer rotation, first, best;
	struct clocked clocked = { now_s(), limit, { 0 } };
	struct build_watch watch = { &clocked, is_over, told, seed, 0 };
	size_t seat;
	enum breach breach;
	double first_s;
	enum err code;

	make(&problem, people, seats, seed, &arena);
	roster_rotation(&problem, &arena, &rotation);
	clocked.from = now_s();
	roster_first(&problem, &arena, &first);
	first_s = now_s() - clocked.from;
	clocked.from = now_s();
	code = roster_build(&problem, &watch, &arena, &best, &err);
	printf("%4d people %4zu seats  %6.2f s (first %.3f, exchanges %.2f, bound %.2f)  gaps %d  "
	       "unfair %lld >= %lld (%.2f %%), first %lld, rotation %lld  spread %d >= %d, rotation %d%s%s\n",
	       people, problem.n_seats, clocked.at[BUILD_OVER], first_s,
	       clocked.at[BUILD_EXCHANGES], clocked.at[BUILD_PROGRAM], best.score.gaps,
	       (long long)best.score.unfair, (long long)best.score.bound,
	       best.score.unfair > 0 ?
		       100.0 * (double)(best.score.unfair - best.score.bound) / (double)best.score.unfair :
		       0.0,
	       (long long)first.score.unfair, (long long)rotation.score.unfair, best.score.spread,
	       best.score.spread_bound, rotation.score.spread,
	       build_sound(&problem, &best, &seat, &breach) ? "" : "  NOT SOUND",
	       code != ERR_OK ? err.text : "");
	arena_release(&arena);
	return code == ERR_OK ? 0 : 1;
}

int main(int argc, char **argv)
{
	static const int usual[] = { 20, 80, 200 };
	double limit = 20;
	uint64_t seed = 1;
	int seats = 1, failed = 0, given = 0;

	for (int i = 1; i < argc; i++) {
		if (strncmp(argv[i], "limit=", 6) == 0)
			limit = strtod(argv[i] + 6, NULL);
		else if (strncmp(argv[i], "seed=", 5) == 0)
			seed = strtoull(argv[i] + 5, NULL, 10);
		else if (strncmp(argv[i], "seats=", 6) == 0)
			seats = (int)strtol(argv[i] + 6, NULL, 10);
		else
			given++;
	}
	for (int i = 1; i < argc; i++)
		if (strchr(argv[i], '=') == NULL)
			failed |= bench((int)strtol(argv[i], NULL, 10), seats, limit, seed);
	for (size_t i = 0; given == 0 && i < sizeof usual / sizeof *usual; i++)
		failed |= bench(usual[i], seats, limit, seed);
	return failed;
}
