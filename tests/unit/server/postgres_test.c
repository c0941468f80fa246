/* What PostgreSQL does otherwise than a file: writes whose failure shows later, connections that go,
 * rows that come a page at a time, others who begin at the same moment. */
#include <config.h>

#include "server_help.h"

#include <pthread.h>

#include "zhiban/server/verify.h"

static int pg_make(void **state)
{
	if (data_url() == NULL)
		return 0;
	return world_make(state);
}

static int pg_free(void **state)
{
	return data_url() == NULL ? 0 : world_free(state);
}

#define WANT_PG()                                                                                  \
	do {                                                                                       \
		if (data_url() == NULL)                                                            \
			skip();                                                                    \
	} while (0)

static struct db *open_writer(struct world *world)
{
	struct error err = ERROR_INIT;
	struct db *db;

	service_stop(world->service);
	service_close(world->service);
	world->service = NULL;
	if (db_postgres.open(world->data, DB_WRITE | DB_UNSYNCED, &db, &err) != ERR_OK)
		fail_msg("%s", err.text);
	return db;
}

static void end_writer(struct world *world, struct db *db)
{
	db_postgres.close(db);
	world_open(world);
}

/* --- rows a page at a time ------------------------------------------------------------------------- */

enum { ENTRIES = 1300, FIRST = 1000 };

struct scanned {
	struct db *db;
	int64_t last, n, stop;
	bool nested;
};

static bool scan_each(void *ctx, const struct db_entry *row)
{
	struct scanned *scanned = ctx;
	int64_t last = 0;

	if (row->seq < FIRST)
		return true;
	assert_int_equal(row->seq, scanned->n == 0 ? FIRST : scanned->last + 1);
	assert_int_equal(row->len, row->seq % 7);
	if (scanned->nested) { /* another statement meanwhile, rows of its own too */
		OK(db_postgres.serial_get(scanned->db, row->seq % 2, &last, NULL));
		assert_int_equal(last, row->seq % 2 == 0 ? 0 : 5);
	}
	scanned->last = row->seq;
	return ++scanned->n != scanned->stop;
}

static void scan(struct db *db, int64_t stop, bool nested)
{
	struct scanned scanned = { .db = db, .stop = stop, .nested = nested };

	OK(db_postgres.journal_scan(db, 0, scan_each, &scanned, NULL));
	assert_int_equal(scanned.n, stop != 0 ? stop : ENTRIES);
}

static void test_pages(void **state)
{
	static const int64_t stops[] = { 1, 255, 256, 257, 755, 756, 757, 1299, 0 };
	struct world *world = *state;
	struct db *db;

	WANT_PG();
	db = open_writer(world);
	OK(db_postgres.begin(db, NULL));
	for (int64_t i = 0; i < ENTRIES; i++) {
		struct db_entry row = { .seq = FIRST + i, .bytes = "abcdefg", .len = (FIRST + i) % 7 };

		OK(db_postgres.journal_add(db, &row, NULL));
	}
	OK(db_postgres.serial_put(db, 1, 5, NULL));
	for (size_t i = 0; i < ARRAY_LEN(stops); i++)
		scan(db, stops[i], i % 2 == 0);
	OK(db_postgres.commit(db, NULL));
	scan(db, 0, true); /* outside of a transaction: all at once */
	OK(db_postgres.begin(db, NULL));
	scan(db, 0, false);
	OK(db_postgres.rollback(db, NULL));
	db_postgres.close(db);
	OK(db_postgres.open(world->data, 0, &db, NULL));
	OK(db_postgres.begin(db, NULL));
	scan(db, 700, true);
	scan(db, 0, false);
	OK(db_postgres.commit(db, NULL));
	end_writer(world, db);
}

/* --- failures that show later ---------------------------------------------------------------------- */

static const char *meta_of(struct world *world, struct db *db, const char *name)
{
	const char *value;

	OK(db_postgres.meta_get(db, name, &world->arena, &value, NULL));
	return value;
}

/* The same timeline row twice: the second cannot be. */
static void write_twice(struct db *db)
{
	OK(db_postgres.touch_add(db, 77, 78, NULL));
	OK(db_postgres.touch_add(db, 77, 78, NULL)); /* on its way */
}

static void test_shows_at_read(void **state)
{
	struct world *world = *state;
	uint8_t hash[SHA256_LEN];
	struct error err = ERROR_INIT;
	struct db *db;
	int64_t seq;

	WANT_PG();
	db = open_writer(world);
	OK(db_postgres.begin(db, NULL));
	OK(db_postgres.meta_put(db, "before", "1", NULL));
	OK(db_postgres.mark(db, DB_MARK_JOB, NULL));
	write_twice(db);
	assert_int_equal(db_postgres.head(db, &seq, hash, &err), ERR_EXISTS);
	assert_non_null(strstr(err.text, "touch"));
	assert_int_not_equal(db_postgres.head(db, &seq, hash, &err), ERR_OK);
	OK(db_postgres.undo(db, DB_MARK_JOB, NULL));
	OK(db_postgres.meta_put(db, "after", "2", NULL));
	OK(db_postgres.commit(db, NULL));
	assert_string_equal(meta_of(world, db, "before"), "1");
	assert_string_equal(meta_of(world, db, "after"), "2");
	/* nothing of the savepoint stands: the row can be written */
	OK(db_postgres.begin(db, NULL));
	OK(db_postgres.touch_add(db, 77, 78, NULL));
	OK(db_postgres.rollback(db, NULL));
	end_writer(world, db);
}

static void test_shows_at_end(void **state)
{
	struct world *world = *state;
	struct error err = ERROR_INIT;
	struct db *db;

	WANT_PG();
	db = open_writer(world);
	OK(db_postgres.begin(db, NULL));
	OK(db_postgres.mark(db, DB_MARK_JOB, NULL));
	OK(db_postgres.mark(db, DB_MARK_ACT, NULL));
	write_twice(db);
	assert_int_equal(db_postgres.unmark(db, DB_MARK_ACT, &err), ERR_EXISTS);
	OK(db_postgres.undo(db, DB_MARK_ACT, NULL));
	OK(db_postgres.mark(db, DB_MARK_ACT, NULL));
	OK(db_postgres.meta_put(db, "act", "2", NULL));
	OK(db_postgres.unmark(db, DB_MARK_ACT, NULL));
	/* undone for another reason, before anybody looked */
	OK(db_postgres.mark(db, DB_MARK_ACT, NULL));
	write_twice(db);
	OK(db_postgres.undo(db, DB_MARK_ACT, NULL));
	OK(db_postgres.unmark(db, DB_MARK_JOB, NULL));
	OK(db_postgres.commit(db, NULL));
	assert_string_equal(meta_of(world, db, "act"), "2");
	/* at the commit, which then is none */
	OK(db_postgres.begin(db, NULL));
	OK(db_postgres.meta_put(db, "lost", "3", NULL));
	write_twice(db);
	assert_int_equal(db_postgres.commit(db, &err), ERR_EXISTS);
	OK(db_postgres.rollback(db, NULL));
	assert_null(meta_of(world, db, "lost"));
	/* and one after a failure that was seen is not taken for done */
	OK(db_postgres.begin(db, NULL));
	OK(db_postgres.meta_put(db, "lost", "3", NULL));
	write_twice(db);
	assert_int_equal(db_postgres.serial_get(db, 1, &(int64_t){ 0 }, NULL), ERR_EXISTS);
	assert_int_equal(db_postgres.commit(db, &err), ERR_IO);
	OK(db_postgres.rollback(db, NULL));
	assert_null(meta_of(world, db, "lost"));
	end_writer(world, db);
}

/* --- connections that go --------------------------------------------------------------------------- */

/* All of this test's, by the name that its address gives them. */
static void hang_up(struct world *world)
{
	PGconn *conn = PQconnectdb(data_url());
	const char *values[] = { world->path };
	PGresult *res = PQexecParams(conn,
				     "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
				     " WHERE application_name = $1",
				     1, NULL, values, NULL, NULL, 0);

	assert_int_equal(PQresultStatus(res), PGRES_TUPLES_OK);
	assert_true(PQntuples(res) > 0);
	PQclear(res);
	PQfinish(conn);
}

static struct world *hung_up;
static bool armed, writing; /* the next commit of an act is hung up on */
static bool after;	    /* it, rather than before it */

static enum err note_answer(struct db *db, const struct db_answer *answer, struct error *err)
{
	writing = armed;
	return db_postgres.answer_put(db, answer, err);
}

static enum err cut_commit(struct db *db, struct error *err)
{
	enum err code;

	if (!writing)
		return db_postgres.commit(db, err);
	writing = false;
	if (!after)
		hang_up(hung_up);
	code = db_postgres.commit(db, err);
	if (after) {
		hang_up(hung_up);
		code = error_set(err, ERR_OFFLINE, "the answer was lost");
	}
	return code;
}

static void reopen_named(struct world *world, const struct db_ops *ops)
{
	struct service_config config = world_config(world);
	char where[DATA_WHERE + 128];
	struct error err = ERROR_INIT;

	service_stop(world->service);
	service_close(world->service);
	snprintf(where, sizeof where, "%s&application_name=%s", world->data, world->path);
	config.db = ops;
	config.where = where;
	if (service_open(&config, &world->service, &err) != ERR_OK)
		fail_msg("%s", err.text);
}

static void check_whole(struct world *world)
{
	struct verify_report report;
	struct error err = ERROR_INIT;

	if (verify_data(&db_postgres, world->data, NULL, NULL, &report, &err) != ERR_OK)
		fail_msg("%s", err.text);
}

static void test_idle_lost(void **state)
{
	struct world *world = *state;
	struct desk desk;
	struct uuid id;

	WANT_PG();
	reopen_named(world, &db_postgres);
	desk = enroll(world, "zhongxin", "duty", "Li");
	id = new_id(world);
	register_one(world, &desk, &id, "before");
	for (int i = 0; i < 3; i++) {
		feed_of(world, &desk, 0, "");
		hang_up(world);
		if (i != 1) /* a read first, or a write */
			assert_true(feed_of(world, &desk, 0, "").n > 0);
		assert_int_equal(note_on(world, &desk, &id, "again").verdict, VERDICT_APPLIED);
	}
	check_whole(world);
}

/* The connection goes at the commit: nobody knows whether it was one; sent again, each act stands once. */
static void test_commit_lost(void **state)
{
	struct world *world = *state;
	struct db_ops ops = db_postgres;
	struct desk desk;
	struct uuid id;

	WANT_PG();
	ops.commit = cut_commit;
	hung_up = world;
	ops.answer_put = note_answer;
	reopen_named(world, &ops);
	desk = enroll(world, "zhongxin", "duty", "Li");
	for (int i = 0; i < 4; i++) {
		struct act act;
		struct act_answer answer;
		const char *body;

		id = new_id(world);
		act = act_begin(world, &desk, "register", &id, 0);
		act_say(world, &act, "title", "at the edge");
		body = acts_body(world, &desk, &act, 1);
		after = i % 2 != 0;
		armed = true;
		ask(world, 503, "POST", "/v1/acts", NULL, desk.token, body);
		armed = false;
		answer = send_act(world, &desk, &act);
		assert_int_equal(answer.verdict, VERDICT_APPLIED);
		assert_int_equal(send_act(world, &desk, &act).seq, answer.seq);
		check_whole(world);
	}
}

/* There is no data base: words, and nothing hangs; when it is back it goes on. */
static void test_nobody_there(void **state)
{
	struct world *world = *state;
	struct error err = ERROR_INIT;
	struct db *db;

	(void)world;
	WANT_PG();
	assert_int_equal(db_postgres.open("postgresql://u:geheim@/none?host=/nowhere", 0, &db, &err),
			 ERR_OFFLINE);
	assert_non_null(strstr(err.text, "does not answer"));
	assert_null(strstr(err.text, "geheim"));
	assert_int_equal(db_postgres.open("postgresql://u@/none?a=b=c", 0, &db, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "address"));
}

/* --- several at once ------------------------------------------------------------------------------- */

static void *open_there(void *where)
{
	struct error err = ERROR_INIT;
	struct db *db;

	if (db_postgres.open(where, DB_WRITE | DB_UNSYNCED, &db, &err) != ERR_OK) {
		fprintf(stderr, "# %s\n", err.text);
		return (void *)1;
	}
	db_postgres.close(db);
	return NULL;
}

/* Each finds no tables; one makes them, the others wait for him. */
static void test_migrate_at_once(void **state)
{
	enum { NODES = 4 };
	struct world *world = *state;
	pthread_t threads[NODES];
	char where[DATA_WHERE];
	struct db *db;

	WANT_PG();
	data_make(world->path, "fresh", where);
	for (int i = 0; i < NODES; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, open_there, where), 0);
	for (int i = 0; i < NODES; i++) {
		void *failed;

		pthread_join(threads[i], &failed);
		assert_null(failed);
	}
	OK(db_postgres.open(where, 0, &db, NULL));
	assert_int_equal(strtol(meta_of(world, db, "schema"), NULL, 10), DB_SCHEMA);
	db_postgres.close(db);
	data_drop(where);
}

/* A newer program migrated while this one was serving. */
static void test_newer_meanwhile(void **state)
{
	struct world *world = *state;
	struct error err = ERROR_INIT;
	struct db *db;

	WANT_PG();
	db = open_writer(world);
	assert_int_equal(data_sql(world->data, "UPDATE meta SET value = '99' WHERE name = 'schema'"), 1);
	assert_int_equal(db_postgres.begin(db, &err), ERR_BUSY);
	assert_non_null(strstr(err.text, "newer"));
	assert_int_equal(data_schema_back(world->data), 1);
	OK(db_postgres.begin(db, NULL));
	OK(db_postgres.rollback(db, NULL));
	end_writer(world, db);
}

/* --- settings -------------------------------------------------------------------------------------- */

static void test_settings(void **state)
{
	struct world *world = *state;
	struct error err = ERROR_INIT;
	struct str doubts = STR_INIT;
	char where[2 * DATA_WHERE], sql[200], *name;
	struct db *db;

	WANT_PG();
	snprintf(where, sizeof where, "%s%%20-csynchronous_commit%%3Dlocal", world->data);
	OK(db_postgres.open(where, DB_WRITE, &db, NULL));
	db_postgres.doubts(db, &doubts);
	assert_non_null(strstr(str_get(&doubts), "synchronous_commit"));
	assert_non_null(strstr(str_get(&doubts), "fsync")); /* of the tests' cluster */
	str_release(&doubts);
	db_postgres.close(db);

	name = strstr(world->data, "%3D") + 3;
	snprintf(sql, sizeof sql,
		 "CREATE DATABASE latin_%s ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
		 " TEMPLATE template0",
		 name);
	data_pg_do(data_url(), sql);
	snprintf(where, sizeof where, "%s&dbname=latin_%s", data_url(), name);
	assert_int_equal(db_postgres.create(where, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "LATIN1"));
	snprintf(sql, sizeof sql, "DROP DATABASE latin_%s", name);
	data_pg_do(data_url(), sql);
}

static void test_names(void **state)
{
	static const char *const cases[][2] = {
		{ "/var/lib/zhiban/data.db", "/var/lib/zhiban/data.db" },
		{ "postgresql://host/name", "postgresql://host/name" },
		{ "postgres://u:p@host:5432/name?sslmode=require&password=x",
		  "postgresql://u@host:5432/name" },
		{ "postgresql://u:p%40q@a,b:1/name", "postgresql://u@a,b:1/name" },
		{ "postgresql:///name?host=/tmp&user=u", "postgresql:///name" },
		{ "postgresql://u@/name", "postgresql://u@/name" },
		{ "postgresql://?password=x", "postgresql://" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char name[DB_NAME];

		db_name(cases[i][0], name);
		assert_string_equal(name, cases[i][1]);
		assert_ptr_equal(db_ops_for(cases[i][0]), i == 0 ? &db_sqlite : &db_postgres);
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, pg_make, pg_free)
	const struct CMUnitTest tests[] = {
		T(pages),	    T(shows_at_read), T(shows_at_end),	T(idle_lost),
		T(commit_lost),	    T(nobody_there),  T(migrate_at_once), T(newer_meanwhile),
		T(settings),	    cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests_name("server postgres", tests, NULL, NULL);
}
