/* A month reckoned on a thread of its own: looked at, stopped, run by the worker, and never left behind. */
#include <config.h>

#include <limits.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/reckon.h"
#include "zhiban/client/worker.h"

enum { PEOPLE = 7, DAYS = 31 };

static const struct duty_shift shifts[2] = { { "day", "day", 510, 1230, false, NULL },
					     { "night", "night", 1230, 510, true, NULL } };
static const struct duty_post post = { .code = "main", .label = "main", .seats = 1 };

/* Uneven, so that there is something to do; the days of the weekend are two. */
static struct reckon *month(int64_t limit_ms, size_t rounds)
{
	struct reckon_options options = { .limit_ms = limit_ms, .seed = 3, .rounds = rounds };
	struct arena arena = ARENA_INIT;
	struct build_problem problem = { .rest_min = 24 * 60, .nights = 2, .n_people = PEOPLE };
	int *may = arena_array(&arena, PEOPLE, sizeof *may);

	problem.people = arena_array(&arena, PEOPLE, sizeof *problem.people);
	problem.seats = arena_array(&arena, 2 * DAYS, sizeof *problem.seats);
	for (int p = 0; p < PEOPLE; p++) {
		may[p] = p;
		problem.people[p] = (struct build_person){ .before = 5 * p % 11, .most = INT_MAX,
							   .turn = p };
	}
	for (int32_t day = 0; day < DAYS; day++)
		for (int shift = 0; shift < 2; shift++) {
			struct build_seat *seat = &problem.seats[problem.n_seats++];

			*seat = (struct build_seat){ .fixed = -1, .was = -1, .may = may,
						     .n_may = PEOPLE,
						     .night = shifts[shift].night };
			seat->cls = day % 7 < 2 ? DAY_WEEKEND : DAY_WEEKDAY;
			seat->need = (struct need){ .day = day, .shift = &shifts[shift],
						    .post = &post, .seat = 1 };
			seat->need.starts = day * DAY_MS + shifts[shift].from * MINUTE_MS;
			seat->need.ends = seat->need.starts + 12 * HOUR_MS;
			seat->weight = duty_weight(seat->cls, seat->night, false);
		}
	return reckon_of(&arena, &problem, &options);
}

static void a_sound_answer_is_there_before_it_begins(void **unused)
{
	struct reckon *reckon = month(0, 1);
	struct arena arena = ARENA_INIT;
	struct reckon_progress progress;
	struct build_answer answer;
	size_t seat;
	enum breach breach;

	(void)unused;
	reckon_look(reckon, &progress);
	assert_int_equal(progress.state, RECKON_READY);
	assert_int_equal(progress.limit_ms, RECKON_LIMIT_MS);
	reckon_best(reckon, &arena, &answer);
	assert_true(build_sound(reckon_problem(reckon), &answer, &seat, &breach));
	assert_int_equal(answer.score.gaps, 0);
	arena_release(&arena);
	reckon_unref(reckon);
}

static void by_rounds_it_is_the_same_each_time(void **unused)
{
	struct reckon *one = month(0, 2), *two = month(0, 2);
	struct arena arena = ARENA_INIT;
	struct reckon_progress progress;
	struct build_answer a, b;

	(void)unused;
	reckon_run(one);
	reckon_run(two);
	reckon_best(one, &arena, &a);
	reckon_best(two, &arena, &b);
	assert_memory_equal(a.who, b.who, reckon_problem(one)->n_seats * sizeof *a.who);
	reckon_look(one, &progress);
	assert_true(progress.state == RECKON_BEST || progress.state == RECKON_ENDED);
	assert_true(build_compare(&progress.best, &progress.first) <= 0);
	assert_true(progress.best.unfair < progress.rotation.unfair);
	assert_true(progress.best.bound >= 0 && progress.best.bound <= progress.best.unfair);
	arena_release(&arena);
	reckon_unref(one);
	reckon_unref(two);
}

static void wakes(void *ctx)
{
	char byte = 1;

	assert_int_equal(write(*(int *)ctx, &byte, 1), 1);
}

static void stopping_keeps_the_best_so_far(void **unused)
{
	struct reckon *reckon = month(3600 * 1000, 0);
	struct reckon_progress progress;
	struct error err = ERROR_INIT;
	int ends[2];
	char byte;

	(void)unused;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(reckon_start(reckon, wakes, &ends[1], &err), ERR_OK);
	assert_int_equal(read(ends[0], &byte, 1), 1); /* the first news */
	reckon_stop(reckon);
	reckon_join(reckon);
	reckon_look(reckon, &progress);
	assert_true(progress.state == RECKON_STOPPED || progress.state == RECKON_BEST);
	assert_true(build_compare(&progress.best, &progress.first) <= 0);
	reckon_unref(reckon);
	close(ends[0]);
	close(ends[1]);
}

static void who_lets_go_first_leaves_nothing_running(void **unused)
{
	struct reckon *reckon = month(3600 * 1000, 0);

	(void)unused;
	assert_int_equal(reckon_start(reckon, NULL, NULL, NULL), ERR_OK);
	reckon_unref(reckon_ref(reckon));
	reckon_unref(reckon); /* the last: joins */
}

static void its_changes_are_what_was_not_there(void **unused)
{
	struct reckon *reckon = month(0, 1);
	struct arena arena = ARENA_INIT;
	struct build_answer answer;
	struct reckon_change *changes;
	struct reckon_share *shares;
	size_t n, n_shares;
	int duties = 0;

	(void)unused;
	reckon_best(reckon, &arena, &answer);
	reckon_changes(reckon, &answer, &arena, &changes, &n);
	assert_int_equal(n, 2 * DAYS);
	reckon_shares(reckon, &answer, &arena, &shares, &n_shares);
	assert_int_equal(n_shares, PEOPLE);
	for (size_t i = 0; i < n_shares; i++) {
		assert_true(shares[i].after >= shares[i].before);
		duties += shares[i].duties;
	}
	assert_int_equal(duties, 2 * DAYS);
	arena_release(&arena);
	reckon_unref(reckon);
}

/* ---- by the worker ---- */

struct desk {
	char dir[64];
	struct env_fixed fixed;
	struct env env;
	struct worker *worker;
};

static int setup(void **state)
{
	struct desk *desk = mem_alloc(sizeof *desk);
	struct worker_options options = { .dir = desk->dir, .url = "https://127.0.0.1:1",
					  .env = &desk->env };

	strcpy(desk->dir, "/tmp/zhiban-reckon-XXXXXX");
	assert_non_null(mkdtemp(desk->dir));
	desk->fixed = (struct env_fixed){ 1, 1 };
	desk->env = env_fixed(&desk->fixed);
	assert_int_equal(worker_new(&options, &desk->worker, NULL), ERR_OK);
	*state = desk;
	return 0;
}

static int teardown(void **state)
{
	struct desk *desk = *state;
	struct error err = ERROR_INIT;

	worker_free(desk->worker);
	assert_int_equal(dir_remove_all(desk->dir, &err), ERR_OK);
	free(desk);
	return 0;
}

static void ask(struct desk *desk, struct reckon *reckon)
{
	struct ask ask = { .kind = ASK_RECKON, .reckon = reckon_ref(reckon) };

	worker_ask(desk->worker, &ask);
}

/* The first step may take the lock and nothing else. */
static void step(struct desk *desk)
{
	for (int i = 0; i < 2; i++)
		assert_int_equal(worker_step(desk->worker, 0, NULL), ERR_OK);
}

static void the_worker_runs_it_and_tells(void **state)
{
	struct desk *desk = *state;
	struct reckon *reckon = month(3600 * 1000, 1);
	struct reckon_progress progress = { .state = RECKON_READY };
	bool told = false;

	ask(desk, reckon);
	step(desk);
	while (progress.state <= RECKON_RUNNING || !told) {
		struct pollfd wait = { worker_fd(desk->worker), POLLIN, 0 };
		struct tell tell;

		poll(&wait, 1, -1); /* the end is told, whatever else */
		while (worker_told(desk->worker, &tell)) {
			told |= tell.kind == TELL_RECKON;
			assert_int_equal(tell.kind == TELL_RECKON ? tell.code : ERR_OK, ERR_OK);
		}
		reckon_look(reckon, &progress);
	}
	reckon_unref(reckon);
}

/* The next one ends the one before; the worker's end ends what runs, and what was only asked for. */
static void the_worker_leaves_nothing_running(void **state)
{
	struct desk *desk = *state;
	struct reckon *one = month(3600 * 1000, 0), *two = month(3600 * 1000, 0);
	struct reckon *three = month(3600 * 1000, 0);
	struct reckon_progress progress;

	ask(desk, one);
	step(desk);
	ask(desk, two);
	step(desk);
	reckon_look(one, &progress);
	assert_true(progress.state > RECKON_RUNNING);
	ask(desk, three);
	worker_free(desk->worker);
	desk->worker = NULL;
	reckon_look(two, &progress);
	assert_true(progress.state > RECKON_RUNNING);
	reckon_look(three, &progress);
	assert_int_equal(progress.state, RECKON_READY);
	reckon_unref(one);
	reckon_unref(two);
	reckon_unref(three);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_answer_is_there_before_it_begins),
		cmocka_unit_test(by_rounds_it_is_the_same_each_time),
		cmocka_unit_test(stopping_keeps_the_best_so_far),
		cmocka_unit_test(who_lets_go_first_leaves_nothing_running),
		cmocka_unit_test(its_changes_are_what_was_not_there),
		cmocka_unit_test_setup_teardown(the_worker_runs_it_and_tells, setup, teardown),
		cmocka_unit_test_setup_teardown(the_worker_leaves_nothing_running, setup, teardown),
	};

	return cmocka_run_group_tests_name("client/reckon", tests, NULL, NULL);
}
