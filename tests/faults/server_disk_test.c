/* The server's data on a failing disk: an act that was answered is in the journal with its answer,
 * one that was not is there wholly or not at all, and verify finds nothing. */
#include <config.h>

#include "../unit/server/server_help.h"

#include "sweep.h"

#include "zhiban/server/backup.h"
#include "zhiban/server/bulk.h"
#include "zhiban/server/verify.h"

struct rig {
	struct disk *disk;
	struct world world; /* its folder is the disk's */
	struct str data;    /* with two officers and no incident */
	struct desk duty, dept;
	const char *bundle; /* another profile */
	struct uuid first, second;
};

/* ---- a service on the disk ---- */

static struct service_config rig_config(struct rig *rig)
{
	struct service_config config = world_config(&rig->world);

	config.db_flags = 0; /* synced, as when it serves */
	return config;
}

static enum err rig_open(void *ctx, struct disk *disk, struct error *err)
{
	struct rig *rig = ctx;
	struct service_config config = rig_config(rig);

	(void)disk;
	if (rig->world.service != NULL)
		return ERR_OK;
	if (!file_exists(rig->world.data))
		OK(file_write(rig->world.data, rig->data.s, rig->data.len, 0600, NULL));
	return service_open(&config, &rig->world.service, err);
}

static void rig_close(void *ctx)
{
	struct rig *rig = ctx;

	if (rig->world.service == NULL)
		return;
	service_stop(rig->world.service);
	service_close(rig->world.service);
	rig->world.service = NULL;
}

static void rig_verify(struct rig *rig, const struct attempt *attempt)
{
	struct verify_report report;
	struct error err = ERROR_INIT;
	enum err code = verify_data(&db_sqlite, rig->world.data, NULL, NULL, &report, &err);

	ATTEMPT_CHECK(attempt, code == ERR_OK, "verify: %s", err.text);
}

/* Where random ids begin: the same whenever a step is tried again. */
static void moment(struct rig *rig, size_t i)
{
	rig->world.clock = (struct env_fixed){ .now = 1795000100000 + (int64_t)i * 1000,
					       .seed = 1000 + i };
}

/* Sends; *ret_body in the world's arena. */
static int send(struct rig *rig, const char *method, const char *path, const char *query,
		const char *token, const char *body, const char **ret_body)
{
	struct request request;
	struct reply reply;
	int status;

	request_make(&rig->world, &request, method, path, query, token, body);
	reply_init(&reply);
	assert_int_equal(service_handle(rig->world.service, &request, &reply), SERVICE_DONE);
	status = reply.status;
	*ret_body = arena_strdup(&rig->world.arena, str_get(&reply.body));
	reply_release(&reply);
	return status;
}

static enum err done(int status, const char *body, struct error *err)
{
	if (status == 200)
		return ERR_OK;
	if (status < 500) /* only a reason of its own may be said of a request that is right */
		fail_msg("%d %s", status, body);
	return error_set(err, ERR_IO, "%d %s", status, body);
}

/* Acts in one batch; ERR_BUSY: to be sent again. */
static enum err post(struct rig *rig, const struct desk *desk, const struct act *acts, size_t n,
		     size_t *ret_refused, struct error *err)
{
	const char *body;
	int status = send(rig, "POST", "/v1/acts", NULL, desk->token,
			  acts_body(&rig->world, desk, acts, n), &body);
	struct acts_answer answer;
	enum err code = done(status, body, err);

	if (code != ERR_OK)
		return code;
	answer = answers_from(&rig->world, body);
	assert_int_equal(answer.n, n);
	for (size_t i = 0; i < n; i++) {
		if (answer.items[i].verdict == VERDICT_RETRY)
			return error_set(err, ERR_BUSY, "act %zu again", i);
		*ret_refused += answer.items[i].verdict == VERDICT_REFUSED;
	}
	return ERR_OK;
}

static struct act act_of(struct rig *rig, const struct desk *desk, int64_t n, const char *verb,
			 const struct uuid *target, int64_t base)
{
	struct act act = act_begin(&rig->world, desk, verb, target, base);

	act.n = n;
	return act;
}

/* ---- the script: one act at a time, imports, an adoption ---- */

static enum err one_act(struct rig *rig, const struct desk *desk, int64_t n, const char *verb,
			const struct uuid *target, int64_t base, const char *arg, const char *text,
			struct error *err)
{
	struct act act = act_of(rig, desk, n, verb, target, base);
	size_t refused = 0;

	if (arg != NULL)
		act_say(&rig->world, &act, arg, text);
	return post(rig, desk, &act, 1, &refused, err);
}

static enum err bulk(struct rig *rig, int from, struct error *err)
{
	enum { ROWS = 6 };
	struct desk nobody = { .officer = "system", .org = "zhongxin", .role = "system" };
	struct act acts[ROWS];
	struct bulk_result results[ROWS];
	char number[20];

	for (int i = 0; i < ROWS; i++) {
		struct uuid id;

		snprintf(number, sizeof number, "A%d", from + i);
		id = uuid_named(number);
		acts[i] = act_of(rig, &nobody, 0, "register", &id, 0);
		act_say(&rig->world, &acts[i], "title", "history");
		act_say(&rig->world, &acts[i], "source", "12345");
		act_say(&rig->world, &acts[i], "src_no", arena_strdup(&rig->world.arena, number));
		act_give(&acts[i], act_arg_field(acts[i].desc, "historic"),
			 (struct value){ .num = 1 }, &rig->world.arena);
		act_give(&acts[i], act_arg_field(acts[i].desc, "reported_at"),
			 (struct value){ .num = 1600000000000 + i }, &rig->world.arena);
	}
	return service_bulk(rig->world.service, acts, NULL, ROWS, results, err);
}

enum { STEPS = 11 };

static enum err rig_step(void *ctx, struct disk *disk, size_t i, struct error *err)
{
	struct rig *rig = ctx;
	const char *body;
	int status;

	moment(rig, i);
	switch (i) {
	case 0:
		return rig_open(ctx, disk, err);
	case 1:
		return one_act(rig, &rig->duty, 1, "register", &rig->first, 0, "title", "a pipe", err);
	case 2:
		return one_act(rig, &rig->duty, 2, "accept", &rig->first, 1, NULL, NULL, err);
	case 3:
		return one_act(rig, &rig->duty, 3, "assign", &rig->first, 2, "holder", "chengguan", err);
	case 4: /* refused: an answer without an entry */
		return one_act(rig, &rig->dept, 1, "close", &rig->first, 3, NULL, NULL, err);
	case 5:
		return one_act(rig, &rig->dept, 2, "note", &rig->first, 3, "note", "seen", err);
	case 6:
		return bulk(rig, 1, err);
	case 7: /* half of them are there */
		return bulk(rig, 4, err);
	case 8:
		status = send(rig, "POST", "/v1/admin/adopt", "reason=x", NULL, rig->bundle, &body);
		return done(status, body, err);
	case 9:
		return one_act(rig, &rig->duty, 4, "register", &rig->second, 0, "title", "b", err);
	case 10: /* the log goes into the file */
		rig_close(rig);
		return rig_open(ctx, disk, err);
	}
	return ERR_OK;
}

static void rig_check(void *ctx, const struct attempt *attempt)
{
	rig_verify(ctx, attempt);
}

static void test_every_step(void **state)
{
	struct rig *rig = *state;
	const struct script script = { .what = "server",
				       .file = "data.db",
				       .leave_out = " blob ",
				       .n = STEPS,
				       .step = rig_step,
				       .open = rig_open,
				       .close = rig_close,
				       .check = rig_check,
				       .ctx = rig };

	rig->dept.n = rig->duty.n = 0;
	script_sweep(rig->disk, &script, 6);
}

/* ---- a batch: part of it may be judged; sent again, nothing is done twice ---- */

enum { BATCH = 5 };

static void make_batch(struct rig *rig, struct act acts[BATCH])
{
	moment(rig, 40);
	acts[0] = act_of(rig, &rig->duty, 1, "register", &rig->first, 0);
	act_say(&rig->world, &acts[0], "title", "a pipe has burst");
	acts[1] = act_of(rig, &rig->duty, 2, "accept", &rig->first, 1);
	acts[2] = act_of(rig, &rig->duty, 3, "close", &rig->first, 2); /* refused */
	acts[3] = act_of(rig, &rig->duty, 4, "register", &rig->second, 0);
	act_say(&rig->world, &acts[3], "title", "another");
	acts[4] = act_of(rig, &rig->duty, 5, "note", &rig->first, 2);
	act_say(&rig->world, &acts[4], "note", "on the way");
}

static long batch_attempt(void *ctx, const struct attempt *attempt)
{
	struct rig *rig = ctx;
	struct faultfs *fs = rig->disk->fs;
	struct act acts[BATCH];
	struct service_stand before, after;
	struct error err = ERROR_INIT;
	size_t refused = 0, again = 0;
	long count;
	enum err code;

	disk_clean(rig->disk);
	faultfs_enter(fs, "p");
	OK(rig_open(rig, rig->disk, NULL));
	OK(service_stand(rig->world.service, &before, NULL));
	make_batch(rig, acts);
	attempt_arm(attempt, fs, "p");
	code = post(rig, &rig->duty, acts, BATCH, &refused, &err);
	count = faultfs_count(fs, "p");
	ATTEMPT_CHECK(attempt, code == ERR_OK || faultfs_fired(fs, "p"), "%s", err.text);
	if (faultfs_is_dead(fs, "p")) {
		rig_close(rig);
		if (attempt->mode->cut)
			assert_true(faultfs_power_cut(fs, rig->disk->folder, attempt->seed));
		faultfs_enter(fs, "p");
	}
	faultfs_fail(fs, "p", NULL);
	ATTEMPT_CHECK(attempt, rig_open(rig, rig->disk, &err) == ERR_OK, "%s", err.text);
	OK(service_stand(rig->world.service, &after, NULL));
	if (code == ERR_OK) /* what was answered is there */
		ATTEMPT_CHECK(attempt, after.seq == before.seq + BATCH - 1, "entries: %lld",
			      (long long)(after.seq - before.seq));
	rig_verify(rig, attempt);
	code = post(rig, &rig->duty, acts, BATCH, &again, &err);
	ATTEMPT_CHECK(attempt, code == ERR_OK && again == 1, "sent again: %s", err.text);
	OK(service_stand(rig->world.service, &after, NULL));
	ATTEMPT_CHECK(attempt, after.seq == before.seq + BATCH - 1, "%lld entries for %d acts",
		      (long long)(after.seq - before.seq), BATCH - 1);
	rig_verify(rig, attempt);
	rig_close(rig);
	arena_reset(&rig->world.arena);
	return count;
}

static void test_batch(void **state)
{
	struct rig *rig = *state;

	sweep("batch", batch_attempt, rig, 9);
}

/* ---- new data: whole, or made when it is tried again ---- */

static long create_attempt(void *ctx, const struct attempt *attempt)
{
	struct rig *rig = ctx;
	struct faultfs *fs = rig->disk->fs;
	struct service_config config = rig_config(rig);
	struct str bundle = STR_INIT, calendar = STR_INIT;
	struct error err = ERROR_INIT;
	long count;
	enum err code;

	disk_clean(rig->disk);
	world_profile(&bundle, &calendar);
	faultfs_enter(fs, "p");
	attempt_arm(attempt, fs, "p");
	code = service_create(&config, bundle.s, bundle.len, calendar.s, calendar.len, &err);
	count = faultfs_count(fs, "p");
	if (faultfs_is_dead(fs, "p")) {
		if (attempt->mode->cut)
			assert_true(faultfs_power_cut(fs, rig->disk->folder, attempt->seed));
		faultfs_enter(fs, "p");
	}
	faultfs_fail(fs, "p", NULL);
	if (code != ERR_OK) {
		code = service_create(&config, bundle.s, bundle.len, calendar.s, calendar.len,
				      &err);
		/* it may have been whole already */
		ATTEMPT_CHECK(attempt, code == ERR_OK || code == ERR_EXISTS, "again: %s", err.text);
	}
	ATTEMPT_CHECK(attempt, service_open(&config, &rig->world.service, &err) == ERR_OK, "%s",
		      err.text);
	rig_close(rig);
	rig_verify(rig, attempt);
	str_release(&bundle);
	str_release(&calendar);
	return count;
}

static void test_create(void **state)
{
	struct rig *rig = *state;

	sweep("create", create_attempt, rig, 4);
}

/* ---- backups: whole or not there; the way back too ---- */

static const char *in_folder(const struct rig *rig, const char *name)
{
	return arena_printf((struct arena *)&rig->world.arena, "%s/%s", rig->disk->folder, name);
}

static void with_history(struct rig *rig, struct service_stand *ret_stand)
{
	struct act acts[BATCH];
	size_t refused = 0;

	disk_clean(rig->disk);
	faultfs_enter(rig->disk->fs, "p");
	OK(rig_open(rig, rig->disk, NULL));
	make_batch(rig, acts);
	OK(post(rig, &rig->duty, acts, BATCH, &refused, NULL));
	OK(service_stand(rig->world.service, ret_stand, NULL));
}

/* A process that died is gone, and perhaps the machine; the next one finds a sound disk. */
static void come_back(struct rig *rig, const struct attempt *attempt)
{
	struct faultfs *fs = rig->disk->fs;

	if (faultfs_is_dead(fs, "p")) {
		rig_close(rig);
		if (attempt->mode->cut)
			assert_true(faultfs_power_cut(fs, rig->disk->folder, attempt->seed));
		faultfs_enter(fs, "p");
	}
	faultfs_fail(fs, "p", NULL);
}

static enum err restored(struct rig *rig, const char *from, const char *where, int64_t *ret_entries,
			 struct error *err)
{
	struct service_config config = rig_config(rig);
	struct verify_report report;
	enum err code;

	config.where = where;
	code = service_restore(&config, from, NULL, NULL, &report, err);
	if (code == ERR_OK)
		*ret_entries = report.counts.entries;
	return code;
}

static long backup_attempt(void *ctx, const struct attempt *attempt)
{
	struct rig *rig = ctx;
	struct faultfs *fs = rig->disk->fs;
	struct service_stand stand;
	struct error err = ERROR_INIT;
	const char *path;
	int64_t entries = 0;
	bool dead;
	long count;
	enum err code;

	with_history(rig, &stand);
	path = in_folder(rig, "backup");
	attempt_arm(attempt, fs, "p");
	code = service_backup(rig->world.service, path, NULL, 0, false, &err);
	count = faultfs_count(fs, "p");
	dead = faultfs_is_dead(fs, "p");
	ATTEMPT_CHECK(attempt, code == ERR_OK || faultfs_fired(fs, "p"), "%s", err.text);
	ATTEMPT_CHECK(attempt, file_exists(path) == (code == ERR_OK), "%s: half a backup", err.text);
	come_back(rig, attempt);
	ATTEMPT_CHECK(attempt, rig_open(rig, rig->disk, &err) == ERR_OK, "%s", err.text);
	rig_verify(rig, attempt);
	/* what it synced itself the faulty disk does not know of */
	if (code == ERR_OK && !(dead && attempt->mode->cut))
		ATTEMPT_CHECK(attempt, backup_check(path, &err) == ERR_OK, "%s", err.text);
	code = service_backup(rig->world.service, path, NULL, 0, true, &err);
	ATTEMPT_CHECK(attempt, code == ERR_OK, "again: %s", err.text);
	code = restored(rig, path, in_folder(rig, "again.db"), &entries, &err);
	ATTEMPT_CHECK(attempt, code == ERR_OK && entries == stand.seq, "%s", err.text);
	rig_close(rig);
	arena_reset(&rig->world.arena);
	return count;
}

static void test_backup(void **state)
{
	sweep("backup", backup_attempt, *state, 5);
}

static long restore_attempt(void *ctx, const struct attempt *attempt)
{
	struct rig *rig = ctx;
	struct faultfs *fs = rig->disk->fs;
	struct service_stand stand;
	struct error err = ERROR_INIT;
	const char *path, *where;
	int64_t entries = 0;
	bool dead;
	long count;
	enum err code;

	with_history(rig, &stand);
	path = in_folder(rig, "backup");
	where = in_folder(rig, "again.db");
	OK(service_backup(rig->world.service, path, NULL, 0, false, NULL));
	rig_close(rig);
	faultfs_settle(fs);
	attempt_arm(attempt, fs, "p");
	code = restored(rig, path, where, &entries, &err);
	count = faultfs_count(fs, "p");
	dead = faultfs_is_dead(fs, "p");
	ATTEMPT_CHECK(attempt, code == ERR_OK || faultfs_fired(fs, "p"), "%s", err.text);
	ATTEMPT_CHECK(attempt, dead || file_exists(where) == (code == ERR_OK), "%s: half of it",
		      err.text);
	come_back(rig, attempt);
	if (code != ERR_OK) {
		db_sqlite.destroy(where); /* of a killed one; the command works in a folder aside */
		code = restored(rig, path, where, &entries, &err);
	}
	ATTEMPT_CHECK(attempt, code == ERR_OK && entries == stand.seq, "again: %s", err.text);
	if (!(dead && attempt->mode->cut)) {
		struct verify_report report;

		code = verify_data(&db_sqlite, where, NULL, NULL, &report, &err);
		ATTEMPT_CHECK(attempt, code == ERR_OK, "%s", err.text);
	}
	arena_reset(&rig->world.arena);
	return count;
}

static void test_restore(void **state)
{
	sweep("restore", restore_attempt, *state, 5);
}

/* ---- a transaction that SQLite gave up ---- */

static void test_given_up(void **state)
{
	struct rig *rig = *state;
	struct faultfs *fs = rig->disk->fs;
	struct db *db;
	char value[64];

	disk_clean(rig->disk);
	faultfs_enter(fs, "p");
	OK(rig_open(rig, rig->disk, NULL));
	rig_close(rig);
	OK(db_sqlite.open(rig->world.data, DB_WRITE, &db, NULL));
	OK(db_sqlite.begin(db, NULL));
	OK(db_sqlite.mark(db, DB_MARK_JOB, NULL));
	OK(db_sqlite.meta_put(db, "a", "1", NULL));
	OK(db_sqlite.unmark(db, DB_MARK_JOB, NULL));
	faultfs_fail(fs, "p", &(struct fault){ .how = FAULT_IO, .at = 1 });
	assert_int_not_equal(db_sqlite.entity_scan(db, 0, NULL, NULL, NULL), ERR_OK);
	assert_true(faultfs_fired(fs, "p"));
	/* the first job is undone: the second must not be written beside the journal's order */
	assert_int_not_equal(db_sqlite.mark(db, DB_MARK_JOB, NULL), ERR_OK);
	assert_int_not_equal(db_sqlite.meta_put(db, "b", "2", NULL), ERR_OK);
	assert_int_not_equal(db_sqlite.commit(db, NULL), ERR_OK);
	OK(db_sqlite.rollback(db, NULL));
	OK(db_sqlite.begin(db, NULL));
	for (const char *name = "a"; *name <= 'b'; name = *name == 'a' ? "b" : "c") {
		const char *said;

		OK(db_sqlite.meta_get(db, name, &rig->world.arena, &said, NULL));
		snprintf(value, sizeof value, "%s", said != NULL ? said : "none");
		assert_string_equal(value, "none");
	}
	OK(db_sqlite.commit(db, NULL));
	db_sqlite.close(db);
}

/* ---- */

static char *changed_bundle(struct rig *rig)
{
	struct str bundle = STR_INIT, calendar = STR_INIT;
	char *at, *text;

	world_profile(&bundle, &calendar);
	at = strstr(bundle.s, "brief = ");
	assert_non_null(at);
	text = mem_alloc(bundle.len + 20);
	snprintf(text, bundle.len + 20, "%.*s# a remark\n%s", (int)(at - bundle.s), bundle.s, at);
	str_release(&bundle);
	str_release(&calendar);
	(void)rig;
	return text;
}

/* A token of an officer, kept beyond the world's arena. */
static struct desk keep_desk(struct desk desk)
{
	desk.token = mem_strdup(desk.token);
	desk.officer = mem_strdup(desk.officer);
	desk.org = mem_strdup(desk.org);
	desk.role = mem_strdup(desk.role);
	return desk;
}

static void free_desk(const struct desk *desk)
{
	free((char *)desk->token);
	free((char *)desk->officer);
	free((char *)desk->org);
	free((char *)desk->role);
}

static int rig_make(void **state)
{
	struct rig *rig = mem_alloc(sizeof *rig);
	void *made, *disk;
	struct world *world;

	if (world_make(&made) != 0)
		return -1;
	world = made;
	rig->duty = keep_desk(enroll(world, "zhongxin", "duty", "Wang"));
	rig->dept = keep_desk(enroll(world, "chengguan", "dept", "Zhao"));
	rig->first = uuid_named("first");
	rig->second = uuid_named("second");
	rig->bundle = changed_bundle(rig);
	service_stop(world->service);
	service_close(world->service);
	OK(file_read(world->data, 1 << 26, &rig->data, NULL));
	world_open(world);
	if (world_free(&made) != 0 || disk_begin(&disk) != 0)
		return -1;
	rig->disk = disk;
	snprintf(rig->world.path, sizeof rig->world.path, "%s", rig->disk->folder);
	snprintf(rig->world.data, sizeof rig->world.data, "%s/data.db", rig->disk->folder);
	*state = rig;
	return 0;
}

static int rig_free(void **state)
{
	struct rig *rig = *state;
	void *disk = rig->disk;

	rig_close(rig);
	arena_release(&rig->world.arena);
	str_release(&rig->data);
	free_desk(&rig->duty);
	free_desk(&rig->dept);
	free((char *)rig->bundle);
	free(rig);
	return disk_end(&disk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_given_up, rig_make, rig_free),
		cmocka_unit_test_setup_teardown(test_batch, rig_make, rig_free),
		cmocka_unit_test_setup_teardown(test_create, rig_make, rig_free),
		cmocka_unit_test_setup_teardown(test_backup, rig_make, rig_free),
		cmocka_unit_test_setup_teardown(test_restore, rig_make, rig_free),
		cmocka_unit_test_setup_teardown(test_every_step, rig_make, rig_free),
	};

	return cmocka_run_group_tests_name("server_disk", tests, NULL, NULL);
}
