/* The k-th thing the writer asks of its database fails, for every k: no act without its answer, no
 * answer without its act, nothing twice, and the journal stays whole. */
#include "server_help.h"

#include <pthread.h>

#include "zhiban/server/verify.h"

enum way_to_fail {
	FAILS,	/* the call alone */
	ENDS,	/* and the database ends its transaction, as SQLite does when the disk is full */
};

static struct fault { /* what the replaced calls look at */
	int left; /* calls until one fails; -1: none does */
	enum way_to_fail way;
	bool hit, full;

	pthread_mutex_t lock; /* for a writer that is held at its commit */
	pthread_cond_t moved;
	bool hold, held;
	pthread_t main; /* is not held */
	int woken;
} fault = { .left = -1, .lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER };

static bool due(struct db *db)
{
	if (fault.left < 0 || fault.left-- > 0)
		return false;
	fault.hit = true;
	if (fault.way == ENDS)
		(void)data_ops()->rollback(db, NULL);
	return true;
}

static enum err made_to_fail(struct error *err)
{
	return error_set(err, fault.full ? ERR_FULL : ERR_IO, "made to fail");
}

/* Reads of the writer, too: it is the only one that calls these in this test. */
#define FAILING(name, params, args)                                                            \
	static enum err bad_##name params                                                      \
	{                                                                                      \
		return due(db) ? made_to_fail(err) : data_ops()->name args;                              \
	}
FAILING(mark, (struct db *db, enum db_mark mark, struct error *err), (db, mark, err))
FAILING(unmark, (struct db *db, enum db_mark mark, struct error *err), (db, mark, err))
FAILING(undo, (struct db *db, enum db_mark mark, struct error *err), (db, mark, err))
FAILING(journal_add, (struct db *db, const struct db_entry *row, struct error *err), (db, row, err))
FAILING(touch_add, (struct db *db, int64_t eno, int64_t seq, struct error *err), (db, eno, seq, err))
FAILING(entity_put, (struct db *db, struct db_entity *row, struct error *err), (db, row, err))
FAILING(serial_put, (struct db *db, int64_t day, int64_t last, struct error *err), (db, day, last, err))
FAILING(party_add, (struct db *db, int64_t org, const struct db_entity *row, int64_t since, struct error *err),
	(db, org, row, since, err))
FAILING(feed_add, (struct db *db, int64_t org, const struct db_feed *row, struct error *err), (db, org, row, err))
FAILING(answer_put, (struct db *db, const struct db_answer *row, struct error *err), (db, row, err))
FAILING(answer_get, (struct db *db, const struct uuid *id, struct arena *arena, struct db_answer *ret, struct error *err),
	(db, id, arena, ret, err))
FAILING(console_put, (struct db *db, const struct db_console *row, struct error *err), (db, row, err))

static enum err bad_commit(struct db *db, struct error *err)
{
	pthread_mutex_lock(&fault.lock);
	if (fault.hold && !pthread_equal(fault.main, pthread_self())) {
		fault.held = true;
		pthread_cond_broadcast(&fault.moved);
		while (fault.hold)
			pthread_cond_wait(&fault.moved, &fault.lock);
	}
	pthread_mutex_unlock(&fault.lock);
	if (due(db)) { /* what was not committed is gone */
		(void)data_ops()->rollback(db, NULL);
		return made_to_fail(err);
	}
	return data_ops()->commit(db, err);
}

static struct db_ops failing(void)
{
	struct db_ops ops = *data_ops();

	ops.mark = bad_mark;
	ops.unmark = bad_unmark;
	ops.undo = bad_undo;
	ops.journal_add = bad_journal_add;
	ops.touch_add = bad_touch_add;
	ops.entity_put = bad_entity_put;
	ops.serial_put = bad_serial_put;
	ops.party_add = bad_party_add;
	ops.feed_add = bad_feed_add;
	ops.answer_put = bad_answer_put;
	ops.answer_get = bad_answer_get;
	ops.console_put = bad_console_put;
	ops.commit = bad_commit;
	return ops;
}

static void count_wake(void *ctx, struct request *request)
{
	(void)ctx;
	(void)request;
	pthread_mutex_lock(&fault.lock);
	fault.woken++;
	pthread_cond_broadcast(&fault.moved);
	pthread_mutex_unlock(&fault.lock);
}

static void reopen(struct world *world, const struct db_ops *ops, bool threads)
{
	struct service_config config = world_config(world);

	service_stop(world->service);
	service_close(world->service);
	config.db = ops;
	config.threads = threads;
	config.wake = count_wake;
	OK(service_open(&config, &world->service, NULL));
}

/* --- one batch, every call in turn --------------------------------------------------------------- */

enum { BATCH = 4 };

struct scene {
	struct desk desk;
	struct uuid ids[BATCH];
	struct act acts[BATCH];
};

/* Two registrations, a note on the first, and something that is refused. */
static void make_scene(struct world *world, struct scene *scene)
{
	for (int i = 0; i < BATCH; i++) {
		const char *verb = i < 2 ? "register" : i == 2 ? "note" : "archive";

		scene->ids[i] = i < 2 ? new_id(world) : scene->ids[0];
		scene->acts[i] =
			act_begin(world, &scene->desk, verb, &scene->ids[i], i < 2 ? 0 : 1);
		scene->acts[i].n = scene->desk.n + i + 1;
		if (i < 3)
			act_say(world, &scene->acts[i], i < 2 ? "title" : "note", "text");
	}
	scene->desk.n += BATCH;
}

static struct scene first_scene(struct world *world)
{
	struct scene scene = { .desk = enroll(world, "zhongxin", "duty", NULL) };

	make_scene(world, &scene);
	return scene;
}

/* One request, which may fail: its status, and the answers in a body of 200. */
static int send_scene(struct world *world, const struct scene *scene, struct acts_answer *ret_answers)
{
	struct request request;
	struct reply reply;
	int status;

	request_make(world, &request, "POST", "/v1/acts", NULL, scene->desk.token,
		     acts_body(world, &scene->desk, scene->acts, BATCH));
	reply_init(&reply);
	assert_int_equal(service_handle(world->service, &request, &reply), SERVICE_DONE);
	status = reply.status;
	if (status == 200)
		*ret_answers = answers_from(world, arena_strdup(&world->arena,
							       str_get(&reply.body)));
	reply_release(&reply);
	return status;
}

static int64_t check_whole(struct world *world)
{
	struct verify_report report;
	struct error err = ERROR_INIT;

	if (verify_data(data_ops(), world->data, NULL, NULL, &report, &err) != ERR_OK)
		fail_msg("%s", err.text);
	return report.counts.entries;
}

/* What was answered stands, and the rest is as if it had never come; sent again, all is there once. */
static void check_after(struct world *world, const struct scene *scene, int64_t entries,
			int status, const struct acts_answer *answers)
{
	struct acts_answer again;
	int64_t applied = 0;

	for (size_t i = 0; status == 200 && i < answers->n; i++)
		applied += answers->items[i].verdict == VERDICT_APPLIED;
	assert_int_equal(check_whole(world), entries + applied);
	assert_int_equal(send_scene(world, scene, &again), 200);
	assert_int_equal(again.n, BATCH);
	for (size_t i = 0; i < BATCH; i++) {
		assert_int_equal(again.items[i].verdict,
				 i < 3 ? VERDICT_APPLIED : VERDICT_REFUSED);
		if (status == 200 && i < answers->n && answers->items[i].verdict != VERDICT_RETRY)
			assert_int_equal(again.items[i].seq, answers->items[i].seq);
	}
	assert_int_equal(check_whole(world), entries + 3);
}

/* Over PostgreSQL each try is a dozen connections: a sample, unless all is wanted. */
static int stride(void)
{
	return data_url() != NULL && getenv("ZHIBAN_LONG") == NULL ? 4 : 1;
}

static void every_call(struct world *world, enum way_to_fail way, bool full)
{
	const struct db_ops ops = failing();
	struct scene scene = first_scene(world);
	bool hit = true;
	int k;

	for (k = 0; hit; k += stride()) {
		struct acts_answer answers = { .n = 0 };
		int64_t entries = check_whole(world);
		int status;

		reopen(world, &ops, false);
		fault.way = way;
		fault.full = full;
		fault.hit = false;
		fault.left = k;
		status = send_scene(world, &scene, &answers);
		fault.left = -1;
		hit = fault.hit;
		reopen(world, data_ops(), false);
		check_after(world, &scene, entries, status, &answers);
		make_scene(world, &scene);
	}
	print_message("# %d calls\n", k);
	assert_true(k > 30);
}

static void test_every_call_fails(void **state)
{
	every_call(*state, FAILS, false);
}

static void test_every_call_ends_it(void **state)
{
	every_call(*state, ENDS, true);
}

/* --- several requests in one transaction ----------------------------------------------------------- */

/* The writer is held at its commit until two more requests are there; these it takes together, and
 * the call `left` of that transaction fails. */
static void neighbours(struct world *world, struct scene scenes[3], enum way_to_fail way, int left,
		       int statuses[3])
{
	const struct db_ops ops = failing();
	struct request requests[3];
	struct reply replies[3];

	reopen(world, &ops, true);
	fault.main = pthread_self();
	fault.woken = 0;
	fault.hold = true;
	fault.held = false;
	for (int i = 0; i < 3; i++) {
		request_make(world, &requests[i], "POST", "/v1/acts", NULL, scenes[i].desk.token,
			     acts_body(world, &scenes[i].desk, scenes[i].acts, BATCH));
		reply_init(&replies[i]);
		assert_int_equal(service_handle(world->service, &requests[i], &replies[i]),
				 SERVICE_PARKED);
		pthread_mutex_lock(&fault.lock);
		while (!fault.held)
			pthread_cond_wait(&fault.moved, &fault.lock);
		pthread_mutex_unlock(&fault.lock);
	}
	pthread_mutex_lock(&fault.lock);
	fault.way = way;
	fault.full = true;
	fault.left = left + 1; /* the commit it is held at is one too */
	fault.hit = false;
	fault.hold = false;
	pthread_cond_broadcast(&fault.moved);
	while (fault.woken < 3)
		pthread_cond_wait(&fault.moved, &fault.lock);
	pthread_mutex_unlock(&fault.lock);
	fault.left = -1;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(service_handle(world->service, &requests[i], &replies[i]),
				 SERVICE_DONE);
		statuses[i] = replies[i].status;
		reply_release(&replies[i]);
	}
	reopen(world, data_ops(), false);
}

enum { NEIGHBOURS_TRIED = 34 }; /* calls: beyond the first request's */

/* Whatever fails for the one, the journal is whole, and sent again all of it is there once. */
static void test_neighbours(void **state)
{
	struct world *world = *state;
	struct scene scenes[3] = { first_scene(world), first_scene(world), first_scene(world) };
	int64_t entries = check_whole(world);

	for (int k = 0; k < 2 * NEIGHBOURS_TRIED;
	     k += k < NEIGHBOURS_TRIED ? stride() : 5) {
		enum way_to_fail way = k < NEIGHBOURS_TRIED ? FAILS : ENDS;
		int statuses[3];

		neighbours(world, scenes, way, k % NEIGHBOURS_TRIED, statuses);
		assert_true(fault.hit);
		assert_int_equal(statuses[0], 200);
		if (way == ENDS) /* nothing of either stands */
			assert_true(statuses[1] == err_http(ERR_FULL) &&
				    statuses[2] == err_http(ERR_FULL));
		assert_true(check_whole(world) >= entries + 3);
		for (int i = 0; i < 3; i++) {
			struct acts_answer answers;

			assert_int_equal(send_scene(world, &scenes[i], &answers), 200);
			assert_int_equal(answers.n, BATCH);
			make_scene(world, &scenes[i]);
		}
		entries += 9;
		assert_int_equal(check_whole(world), entries);
	}
}

/* --- data that cannot be read ---------------------------------------------------------------------- */

static struct uuid damaged;

static enum err damaged_get(struct db *db, const struct uuid *id, struct arena *arena,
			    struct db_entity *ret_entity, struct error *err)
{
	enum err code = data_ops()->entity_get(db, id, arena, ret_entity, err);

	if (code == ERR_OK && uuid_eq(id, &damaged))
		ret_entity->len /= 2;
	return code;
}

/* An act on it is refused, and holds nothing else up. */
static void test_damaged_entity(void **state)
{
	struct world *world = *state;
	struct scene scene = first_scene(world);
	struct db_ops ops = *data_ops();
	struct acts_answer answers, again;
	struct act more;

	ops.entity_get = damaged_get;
	reopen(world, &ops, false);
	damaged = scene.ids[0];
	assert_int_equal(send_scene(world, &scene, &answers), 200);
	assert_int_equal(answers.n, BATCH);
	assert_int_equal(answers.items[1].verdict, VERDICT_APPLIED);
	for (size_t i = 2; i < BATCH; i++) {
		assert_int_equal(answers.items[i].verdict, VERDICT_REFUSED);
		assert_int_equal(answers.items[i].code, ERR_CORRUPT);
	}
	reopen(world, data_ops(), false);
	assert_int_equal(send_scene(world, &scene, &again), 200);
	assert_int_equal(again.items[2].code, ERR_CORRUPT); /* the same answer for ever */
	more = act_begin(world, &scene.desk, "note", &scene.ids[0], 1);
	more.n = BATCH + 1;
	act_say(world, &more, "note", "goes on");
	assert_int_equal(send_act(world, &scene.desk, &more).verdict, VERDICT_APPLIED);
	check_whole(world);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, world_make, world_free)
	const struct CMUnitTest tests[] = {
		T(every_call_fails),
		T(every_call_ends_it),
		T(neighbours),
		T(damaged_entity),
	};

	return cmocka_run_group_tests_name("server faults", tests, NULL, NULL);
}
