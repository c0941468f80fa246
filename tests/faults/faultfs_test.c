/* The failing disk itself: what it says, what a kill leaves, what a power cut loses. */
#include <config.h>

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"

#include "faultfs.h"

enum { ROWS = 20, SEEDS = 3, MOST_CALLS = 400 };

struct rig {
	struct faultfs *fs;
	char *folder, path[300];
};

static int rig_begin(void **state)
{
	struct rig *rig = mem_alloc(sizeof *rig);

	rig->fs = faultfs_new();
	rig->folder = faultfs_folder();
	snprintf(rig->path, sizeof rig->path, "%s/a.db", rig->folder);
	*state = rig;
	return 0;
}

static int rig_end(void **state)
{
	struct rig *rig = *state;
	enum err code = dir_remove_all(rig->folder, NULL);

	faultfs_free(rig->fs);
	free(rig->folder);
	free(rig);
	return code == ERR_OK ? 0 : -1;
}

static void clean(struct rig *rig)
{
	assert_int_equal(dir_remove_all(rig->folder, NULL), ERR_OK);
	assert_int_equal(dir_make(rig->folder, 0700, NULL), ERR_OK);
}

static sqlite3 *open_db(const struct rig *rig, const char *setup)
{
	sqlite3 *db = NULL;
	int rc = sqlite3_open_v2(rig->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);

	sqlite3_extended_result_codes(db, 1);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(db, setup, NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		return db;
	sqlite3_close(db);
	return NULL;
}

static int number(void *ctx, int n, char **values, char **names)
{
	(void)n;
	(void)names;
	*(long *)ctx = values[0] != NULL ? strtol(values[0], NULL, 10) : 0;
	return 0;
}

static long ask(sqlite3 *db, const char *sql)
{
	long answer = -1;

	if (sqlite3_exec(db, sql, number, &answer, NULL) != SQLITE_OK)
		return -1;
	return answer;
}

static const char *const setups[] = {
	"PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL",
	"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4",
};
static const char made[] = "CREATE TABLE t (k INTEGER PRIMARY KEY, v BLOB, s INTEGER)";

/* Rows in two statements of one transaction: all of it or nothing.  Returns how many are safe. */
static long fill(sqlite3 *db, long from)
{
	long sure = from;

	for (long i = from; i < ROWS; i += 2) {
		char sql[300];

		snprintf(sql, sizeof sql,
			 "BEGIN IMMEDIATE; INSERT INTO t VALUES (%ld, randomblob(3000), 1); "
			 "INSERT INTO t VALUES (%ld, randomblob(3000), 1); COMMIT",
			 i, i + 1);
		if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
			sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
			break;
		}
		sure = i + 2;
	}
	return sure;
}

/* What is right whatever happened: nothing damaged, whole pairs, no confirmed one missing. */
static bool is_right(const struct rig *rig, const char *setup, long sure)
{
	sqlite3 *db = open_db(rig, setup);
	long n, sound;

	if (db == NULL)
		return false;
	n = ask(db, "SELECT count(*) FROM t");
	sound = ask(db, "SELECT (SELECT count(*) FROM pragma_integrity_check) = 1 AND "
			"(SELECT integrity_check FROM pragma_integrity_check) = 'ok'");
	sqlite3_close(db);
	return sound == 1 && n >= sure && n % 2 == 0 && n <= sure + 2;
}

/* One run with the fault at call k; false when k was not reached. */
static bool run_at(struct rig *rig, const char *setup, enum fault_how how, long k, bool cut,
		   uint64_t seed, bool *ret_right)
{
	struct fault fault = { .how = how, .at = k };
	sqlite3 *db;
	long sure = 0;
	bool fired;

	clean(rig);
	faultfs_settle(rig->fs);
	faultfs_enter(rig->fs, "p");
	db = open_db(rig, setup);
	assert_non_null(db);
	assert_int_equal(sqlite3_exec(db, made, NULL, NULL, NULL), SQLITE_OK);
	faultfs_seed(rig->fs, seed);
	faultfs_fail(rig->fs, "p", &fault);
	sure = fill(db, 0);
	fired = faultfs_fired(rig->fs, "p");
	if (cut)
		faultfs_kill(rig->fs, "p");
	else if (!faultfs_is_dead(rig->fs, "p") && fired)
		sure = fill(db, ask(db, "SELECT count(*) FROM t")); /* it goes on */
	sqlite3_close(db);
	if (cut)
		assert_true(faultfs_power_cut(rig->fs, rig->folder, seed));
	faultfs_enter(rig->fs, "p");
	faultfs_fail(rig->fs, "p", NULL);
	*ret_right = is_right(rig, setup, sure);
	return fired;
}

static void test_every_call_may_fail(void **state)
{
	struct rig *rig = *state;

	for (size_t s = 0; s < ARRAY_LEN(setups); s++)
		for (int how = 0; how < FAULT_KINDS; how++) {
			long k = 1;
			bool right, more = true;

			for (; more; k++) {
				more = run_at(rig, setups[s], (enum fault_how)how, k, false, 7, &right);
				if (!right)
					fail_msg("setup %zu, fault %d at call %ld", s, how, k);
				assert_true(k < MOST_CALLS * 2);
			}
			assert_true(k > 20); /* there was something to fail */
		}
}

static void test_power_cut(void **state)
{
	struct rig *rig = *state;

	for (size_t s = 0; s < ARRAY_LEN(setups); s++) {
		bool right, more = true;

		for (long k = 1; more; k++)
			for (uint64_t seed = 1; seed <= SEEDS; seed++) {
				more = run_at(rig, setups[s], FAULT_KILL, k, true, seed * 1000 + (uint64_t)k,
					      &right);
				if (!right)
					fail_msg("setup %zu, call %ld, seed %d", s, k, (int)seed);
			}
	}
}

/* Whoever does not sync loses something: the cut is a real one. */
static void test_power_cut_bites(void **state)
{
	static const char *const careless[] = {
		"PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = OFF",
		"PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 4",
		"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4",
		"PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL",
	};
	struct rig *rig = *state;

	for (size_t s = 0; s < ARRAY_LEN(careless); s++) {
		int wrong = 0;
		bool right;

		for (long k = 1; k < 60; k++) {
			run_at(rig, careless[s], FAULT_KILL, k, true, (uint64_t)k, &right);
			wrong += !right;
		}
		if (wrong == 0)
			fail_msg("nothing was lost with %s", careless[s]);
	}
}

static void test_the_words(void **state)
{
	struct rig *rig = *state;
	sqlite3 *db;

	faultfs_enter(rig->fs, "p");
	db = open_db(rig, setups[0]);
	assert_int_equal(sqlite3_exec(db, made, NULL, NULL, NULL), SQLITE_OK);
	faultfs_fail(rig->fs, "p", &(struct fault){ .how = FAULT_FULL, .at = 1, .forever = true });
	assert_int_equal(fill(db, 0), 0);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (1, 1, 1)", NULL, NULL, NULL),
			 SQLITE_FULL);
	assert_int_equal(ask(db, "SELECT count(*) FROM t"), 0); /* reading goes on */
	faultfs_fail(rig->fs, "p", &(struct fault){ .how = FAULT_IO, .calls = CALLS(CALL_SYNC),
						    .at = 1 });
	assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (1, 1, 1)", NULL, NULL, NULL),
			 SQLITE_IOERR_FSYNC);
	faultfs_fail(rig->fs, "p", NULL);
	assert_int_equal(fill(db, 0), ROWS);
	assert_true(faultfs_count(rig->fs, "p") > 0);
	assert_true(faultfs_calls(rig->fs, "p", CALL_SYNC) > 0);
	sqlite3_close(db);
}

static void test_processes_die_alone(void **state)
{
	struct rig *rig = *state;
	sqlite3 *a, *b;

	faultfs_enter(rig->fs, "a");
	a = open_db(rig, setups[0]);
	assert_int_equal(sqlite3_exec(a, made, NULL, NULL, NULL), SQLITE_OK);
	faultfs_enter(rig->fs, "b");
	b = open_db(rig, "PRAGMA synchronous = FULL");
	assert_int_equal(sqlite3_exec(a, "BEGIN IMMEDIATE; INSERT INTO t VALUES (1, 1, 1)", NULL, NULL,
				      NULL), SQLITE_OK);
	faultfs_kill(rig->fs, "a");
	assert_int_not_equal(sqlite3_exec(a, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
	faultfs_enter(rig->fs, "a");
	sqlite3_close(a);
	assert_int_equal(faultfs_n_open(rig->fs, "a"), 0);
	faultfs_enter(rig->fs, "b");
	assert_false(faultfs_power_cut(rig->fs, rig->folder, 1)); /* b is there */
	assert_int_equal(fill(b, 0), ROWS);
	sqlite3_close(b);
	assert_true(faultfs_power_cut(rig->fs, rig->folder, 1));
	assert_true(is_right(rig, setups[0], ROWS));
}

/* A transaction that a kill left is rolled back by whoever opens next, as another process's journal
 * lies there already; what is committed after it stays, whatever the power does. */
static bool cut_after_rollback(struct rig *rig, uint64_t seed)
{
	static const char row[] = "INSERT INTO t VALUES (%d, randomblob(3000), 1)";
	char sql[120];
	sqlite3 *a, *b;
	bool right;

	clean(rig);
	faultfs_settle(rig->fs);
	faultfs_enter(rig->fs, "b");
	b = open_db(rig, setups[0]);
	assert_int_equal(sqlite3_exec(b, made, NULL, NULL, NULL), SQLITE_OK);
	snprintf(sql, sizeof sql, row, 1);
	faultfs_enter(rig->fs, "a");
	a = open_db(rig, "PRAGMA cache_size = 2; PRAGMA cache_spill = 1");
	sqlite3_exec(a, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	assert_int_equal(sqlite3_exec(a, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_exec(a, "COMMIT", NULL, NULL, NULL);
	sqlite3_exec(a, "BEGIN IMMEDIATE; INSERT INTO t VALUES (7, randomblob(90000), 1)", NULL,
		     NULL, NULL);
	faultfs_kill(rig->fs, "a");
	sqlite3_close(a);
	faultfs_enter(rig->fs, "a");
	a = open_db(rig, "SELECT count(*) FROM t"); /* rolls back, and deletes the journal */
	sqlite3_exec(a, "BEGIN IMMEDIATE; INSERT INTO t VALUES (8, 1, 1)", NULL, NULL, NULL);
	faultfs_kill(rig->fs, "a"); /* its journal is made, and not synced */
	sqlite3_close(a);
	faultfs_enter(rig->fs, "b");
	snprintf(sql, sizeof sql, row, 2);
	assert_int_equal(sqlite3_exec(b, sql, NULL, NULL, NULL), SQLITE_OK);
	faultfs_kill(rig->fs, "b");
	sqlite3_close(b);
	assert_true(faultfs_power_cut(rig->fs, rig->folder, seed));
	faultfs_enter(rig->fs, "b");
	b = open_db(rig, setups[0]);
	right = b != NULL && ask(b, "SELECT count(*) FROM t") == 2 &&
		ask(b, "SELECT count(*) FROM t WHERE k = 2") == 1;
	sqlite3_close(b);
	return right;
}

static void test_cut_after_rollback(void **state)
{
	for (uint64_t seed = 1; seed <= 60; seed++)
		if (!cut_after_rollback(*state, seed))
			fail_msg("seed %d", (int)seed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_the_words, rig_begin, rig_end),
		cmocka_unit_test_setup_teardown(test_processes_die_alone, rig_begin, rig_end),
		cmocka_unit_test_setup_teardown(test_every_call_may_fail, rig_begin, rig_end),
		cmocka_unit_test_setup_teardown(test_power_cut, rig_begin, rig_end),
		cmocka_unit_test_setup_teardown(test_power_cut_bites, rig_begin, rig_end),
		cmocka_unit_test_setup_teardown(test_cut_after_rollback, rig_begin, rig_end),
	};

	return cmocka_run_group_tests_name("faultfs", tests, NULL, NULL);
}
