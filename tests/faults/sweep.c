#include <config.h>

#include "sweep.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"

#include "faultfs_priv.h" /* fault_random */

static const struct failing all_modes[] = {
	{ "io", FAULT_IO, false, false },	 { "io-lasting", FAULT_IO, true, false },
	{ "full", FAULT_FULL, false, false },	 { "full-lasting", FAULT_FULL, true, false },
	{ "torn", FAULT_TORN, false, false },	 { "kill", FAULT_KILL, false, false },
	{ "kill-torn", FAULT_KILL_TORN, false, false },
	{ "power-cut", FAULT_KILL, false, true }, { "power-cut-torn", FAULT_KILL_TORN, false, true },
};
enum { CUT_SEEDS = 4, STEPS_MAX = 64 };

/* ---- a folder ---- */

int disk_begin(void **state)
{
	struct disk *disk = mem_alloc(sizeof *disk);

	disk->fs = faultfs_new();
	disk->folder = faultfs_folder();
	*state = disk;
	return 0;
}

int disk_end(void **state)
{
	struct disk *disk = *state;
	enum err code = dir_remove_all(disk->folder, NULL);

	faultfs_free(disk->fs);
	free(disk->folder);
	free(disk);
	return code == ERR_OK ? 0 : -1;
}

void disk_clean(struct disk *disk)
{
	assert_int_equal(faultfs_n_open(disk->fs, NULL), 0);
	assert_int_equal(dir_remove_all(disk->folder, NULL), ERR_OK);
	assert_int_equal(dir_make(disk->folder, 0700, NULL), ERR_OK);
	faultfs_settle(disk->fs);
}

static sqlite3_stmt *must_prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	return stmt;
}

static bool is_left_out(const char *leave_out, const char *name)
{
	char word[128];

	snprintf(word, sizeof word, " %s ", name);
	return leave_out != NULL && strstr(leave_out, word) != NULL;
}

static void dump_value(sqlite3_stmt *stmt, int col, struct str *out)
{
	const unsigned char *bytes = sqlite3_column_blob(stmt, col);
	int n = sqlite3_column_bytes(stmt, col);

	if (sqlite3_column_type(stmt, col) != SQLITE_BLOB) {
		bytes = sqlite3_column_text(stmt, col);
		str_addf(out, " %s", bytes != NULL ? (const char *)bytes : "-");
		return;
	}
	str_add_char(out, ' ');
	for (int i = 0; i < n; i++)
		str_addf(out, "%02x", bytes[i]);
}

static void dump_table(sqlite3 *db, const char *table, const char *leave_out, struct str *out)
{
	char sql[200];
	sqlite3_stmt *stmt;
	bool meta = strcmp(table, "meta") == 0;

	snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table); /* sql: constant names */
	stmt = must_prepare(db, sql);
	snprintf(sql, sizeof sql, "SELECT * FROM \"%s\" ORDER BY 1%s", table, /* sql: constant names */
		 sqlite3_column_count(stmt) > 1 ? ", 2" : "");
	sqlite3_finalize(stmt);
	stmt = must_prepare(db, sql);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		if (meta && is_left_out(leave_out, (const char *)sqlite3_column_text(stmt, 0)))
			continue;
		str_add(out, table);
		for (int i = 0; i < sqlite3_column_count(stmt); i++)
			dump_value(stmt, i, out);
		str_add_char(out, '\n');
	}
	sqlite3_finalize(stmt);
}

void disk_dump(struct disk *disk, const char *name, const char *leave_out, struct str *out)
{
	static const char tables[] = "SELECT name FROM sqlite_schema WHERE type = 'table' "
				     "AND name NOT LIKE 'sqlite_%' ORDER BY name";
	char path[400];
	sqlite3 *db;
	sqlite3_stmt *stmt;

	str_clear(out);
	snprintf(path, sizeof path, "%s/%s", disk->folder, name);
	if (!file_exists(path))
		return;
	faultfs_enter(disk->fs, "look");
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	stmt = must_prepare(db, "PRAGMA integrity_check");
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	if (strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") != 0)
		fail_msg("%s: %s", name, sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	stmt = must_prepare(db, tables);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(stmt, 0);

		if (!is_left_out(leave_out, table))
			dump_table(db, table, leave_out, out);
	}
	sqlite3_finalize(stmt);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	faultfs_enter(disk->fs, "p");
}

/* ---- attempts ---- */

void attempt_fails(const struct attempt *attempt, const char *file, int line, const char *format,
		   ...)
{
	char words[1500];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof words, format, args);
	va_end(args);
	print_error("%s: %s\n", attempt->words, words);
	_fail(file, line);
	abort();
}

void attempt_arm(const struct attempt *attempt, struct faultfs *fs, const char *process)
{
	struct fault fault = { .how = attempt->mode->how, .at = attempt->k,
			       .forever = attempt->mode->lasting };

	faultfs_seed(fs, attempt->seed);
	faultfs_fail(fs, process, &fault);
}

static long attempt_run(const char *what, const struct failing *mode, long k, uint64_t seed,
			attempt_fn fn, void *ctx)
{
	struct attempt attempt = { mode, k, seed, "" };

	snprintf(attempt.words, sizeof attempt.words, "ZHIBAN_FAULT=%s:%s:%ld:%llu", what,
		 mode->name, k, (unsigned long long)seed);
	return fn(ctx, &attempt);
}

/* ZHIBAN_FAULT=what:mode:k:seed.  False: none was asked for, or one of this sweep's. */
static bool only_one(const char *what, const struct failing *modes, size_t n, attempt_fn fn, void *ctx)
{
	const char *words = getenv("ZHIBAN_FAULT");
	char of[64], name[64];
	long k;
	unsigned long long seed;

	if (words == NULL ||
	    sscanf(words, "%63[^:]:%63[^:]:%ld:%llu", of, name, &k, &seed) != 4)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(of, what) == 0 && strcmp(name, modes[i].name) == 0)
			attempt_run(what, &modes[i], k, seed, fn, ctx);
	return true;
}

void sweep_modes(const char *what, const struct failing *modes, size_t n, attempt_fn fn, void *ctx,
		 long sample)
{
	bool all = getenv("ZHIBAN_LONG") != NULL;
	const char *words = getenv("ZHIBAN_SEED"), *mode = getenv("ZHIBAN_MODE");
	uint64_t seed = words != NULL ? strtoull(words, NULL, 10) : 1;
	long runs = 0;

	if (only_one(what, modes, n, fn, ctx))
		return;
	for (size_t m = 0; m < n; m++) {
		long total, step, cuts = all && modes[m].cut ? CUT_SEEDS : 1;

		if (mode != NULL && strcmp(mode, modes[m].name) != 0)
			continue;
		total = attempt_run(what, &modes[m], 0, seed, fn, ctx);
		step = all || total <= sample ? 1 : total / sample;
		assert_true(total > 0);
		for (long k = 1; k <= total; k += step)
			for (long cut = 0; cut < cuts; cut++, runs++) {
				long at = k + (long)(fault_random(&seed) % (uint64_t)step);

				attempt_run(what, &modes[m], at, fault_random(&seed) >> 16, fn, ctx);
			}
	}
	print_message("# %s: %ld faults\n", what, runs);
}

void sweep(const char *what, attempt_fn fn, void *ctx, long sample)
{
	sweep_modes(what, all_modes, ARRAY_LEN(all_modes), fn, ctx, sample);
}

/* ---- scripts ---- */

struct run {
	struct disk *disk;
	const struct script *script;
	struct str after[STEPS_MAX + 1]; /* what the file holds after so many steps */
};

static void golden(struct run *run)
{
	const struct script *script = run->script;
	struct error err = ERROR_INIT;

	disk_clean(run->disk);
	faultfs_enter(run->disk->fs, "p");
	assert_true(script->n <= STEPS_MAX);
	for (size_t i = 0; i < script->n; i++) {
		if (script->step(script->ctx, run->disk, i, &err) != ERR_OK)
			fail_msg("step %zu fails without a fault: %s", i, err.text);
		disk_dump(run->disk, script->file, script->leave_out, &run->after[i + 1]);
	}
	script->close(script->ctx);
}

/* After how many steps the file looks as it does now: one of from … to; to + 1: none of them. */
static size_t where(const struct run *run, size_t from, size_t to)
{
	struct str now = STR_INIT;
	size_t at = from;

	disk_dump(run->disk, run->script->file, run->script->leave_out, &now);
	while (at <= to && strcmp(str_get(&now), str_get(&run->after[at])) != 0)
		at++;
	str_release(&now);
	return at;
}

/* Steps from i on; stops at the first that fails, which is returned. */
static size_t go_on(const struct run *run, size_t i, struct error *err)
{
	const struct script *script = run->script;

	while (i < script->n && script->step(script->ctx, run->disk, i, err) == ERR_OK)
		i++;
	return i;
}

static void recover(const struct run *run, const struct attempt *attempt, size_t failed)
{
	const struct script *script = run->script;
	struct faultfs *fs = run->disk->fs;
	bool dead = faultfs_is_dead(fs, "p");
	size_t least = script->forgets && attempt->mode->cut ? 0 : failed;
	size_t most = failed < script->n ? failed + 1 : failed, at;
	struct error err = ERROR_INIT;

	if (dead) {
		script->close(script->ctx);
		if (attempt->mode->cut)
			assert_true(faultfs_power_cut(fs, run->disk->folder, attempt->seed));
		faultfs_enter(fs, "p");
	}
	faultfs_fail(fs, "p", NULL);
	at = where(run, least, most);
	ATTEMPT_CHECK(attempt, at <= most, "step %zu failed, and the file is neither as before nor "
		      "as after it", failed);
	if (script->check != NULL && at > 0)
		script->check(script->ctx, attempt);
	if (at > 0)
		ATTEMPT_CHECK(attempt, script->open(script->ctx, run->disk, &err) == ERR_OK,
			      "it does not open again: %s", err.text);
	failed = go_on(run, at, &err);
	ATTEMPT_CHECK(attempt, failed == script->n, "step %zu fails after all is well again: %s",
		      failed, err.text);
}

static long script_attempt(void *ctx, const struct attempt *attempt)
{
	struct run *run = ctx;
	const struct script *script = run->script;
	struct faultfs *fs = run->disk->fs;
	struct error err = ERROR_INIT;
	size_t failed;
	long count;

	disk_clean(run->disk);
	faultfs_enter(fs, "p");
	attempt_arm(attempt, fs, "p");
	failed = go_on(run, 0, &err);
	count = faultfs_count(fs, "p");
	ATTEMPT_CHECK(attempt, failed == script->n || faultfs_fired(fs, "p"), "step %zu: %s", failed,
		      err.text);
	if (failed < script->n || faultfs_is_dead(fs, "p"))
		recover(run, attempt, failed);
	faultfs_fail(fs, "p", NULL);
	ATTEMPT_CHECK(attempt, where(run, script->n, script->n) == script->n,
		      "all is done, and the file is not as it should be");
	if (script->check != NULL)
		script->check(script->ctx, attempt);
	script->close(script->ctx);
	return count;
}

void script_sweep(struct disk *disk, const struct script *script, long sample)
{
	struct run *run = mem_alloc(sizeof *run);

	run->disk = disk;
	run->script = script;
	golden(run);
	sweep(script->what, script_attempt, run, sample);
	for (size_t i = 0; i <= STEPS_MAX; i++)
		str_release(&run->after[i]);
	free(run);
}
