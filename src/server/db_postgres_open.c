/* Connections and transactions. */
#include <config.h>

#include "db_postgres_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { OLDEST_SERVER = 130000 };

/* What the address may say otherwise. */
static const char *const defaults[][2] = {
	{ "connect_timeout", "5" },
	{ "keepalives_idle", "30" },
	{ "keepalives_interval", "10" },
	{ "keepalives_count", "3" },
	{ "tcp_user_timeout", "15000" },
	{ "target_session_attrs", "read-write" }, /* of several hosts the one that can write */
	{ "fallback_application_name", "zhiband" },
};

/* Every statement finds its rows by an index, and few: no plan is worth compiling or sharing out, and
 * pages are on a disk without a head, or in memory. */
#define SHARED_SETTINGS                                                                        \
	"SET jit = off; SET max_parallel_workers_per_gather = 0; SET random_page_cost = 1.1;"  \
	"SET cursor_tuple_fraction = 1;" /* what is opened is read to its end */
/* A node that stands still with the counter row in its hand is hung up on, so that others go on. */
static const char sql_writer[] = SHARED_SETTINGS "SET lock_timeout = '10s';"
						 "SET statement_timeout = 0;"
						 "SET idle_in_transaction_session_timeout = '30s'";
static const char sql_reader[] = SHARED_SETTINGS "SET lock_timeout = '10s';"
						 "SET statement_timeout = '120s';"
						 "SET idle_in_transaction_session_timeout = '300s'";
/* An act is answered when it is on the disk of this server and of those it waits for. */
static const char sql_synced[] = "SET synchronous_commit = on";
static const char sql_unsynced[] = "SET synchronous_commit = off";

/* Nothing is printed; a server that ends says so to who waits for nothing. */
static void take_notice(void *ctx, const PGresult *res)
{
	const char *how = PQresultErrorField(res, PG_DIAG_SEVERITY_NONLOCALIZED);
	struct pg_db *pg = ctx;

	if (str_eq(how, "FATAL") || str_eq(how, "PANIC"))
		pg->lost = true;
}

static enum err check_server(struct pg_db *pg, struct error *err)
{
	const char *encoding = PQparameterStatus(pg->conn, "server_encoding");

	if (PQserverVersion(pg->conn) < OLDEST_SERVER)
		return error_set(err, ERR_VERSION, "%s", _("PostgreSQL 13 or newer is wanted"));
	if (!str_eq(encoding, "UTF8"))
		return error_set(err, ERR_INPUT,
				 _("the data base is in %s: make one with ENCODING 'UTF8'"),
				 encoding != NULL ? encoding : "-");
	return ERR_OK;
}

static enum err set_up(struct pg_db *pg, struct error *err)
{
	const char *texts[] = { pg->db.writes ? sql_writer : sql_reader, NULL };
	PGresult *res;
	enum err code = ERR_OK;

	if (pg->db.writes)
		texts[1] = (pg->flags & DB_UNSYNCED) != 0 ? sql_unsynced : NULL;
	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(texts); i++) {
		if (texts[i] == NULL)
			continue;
		res = PQexec(pg->conn, texts[i]);
		if (!pg_is_good(res))
			code = pg_fail(pg, res, err);
		PQclear(res);
	}
	return code;
}

/* "off" and "local" would lose answered acts with this server; stronger words stay. */
static enum err be_synced(struct pg_db *pg, struct error *err)
{
	PGresult *res;
	const char *word;
	bool weak;
	enum err code = ERR_OK;

	if (!pg->db.writes || (pg->flags & DB_UNSYNCED) != 0)
		return ERR_OK;
	res = PQexec(pg->conn, "SHOW synchronous_commit");
	if (!pg_is_good(res))
		code = pg_fail(pg, res, err);
	word = code == ERR_OK ? PQgetvalue(res, 0, 0) : "on";
	weak = str_eq(word, "off") || str_eq(word, "local");
	PQclear(res);
	if (code != ERR_OK || !weak)
		return code;
	res = PQexec(pg->conn, sql_synced);
	if (!pg_is_good(res))
		code = pg_fail(pg, res, err);
	PQclear(res);
	return code;
}

static enum err check_address(const char *where, struct error *err)
{
	char *why = NULL;
	PQconninfoOption *options = PQconninfoParse(where, &why);
	enum err code = ERR_OK;

	if (options == NULL)
		code = error_set(err, ERR_INPUT, _("the address of the data base: %.*s"),
				 why != NULL ? (int)strcspn(why, "\n") : 0,
				 why != NULL ? why : "");
	PQconninfoFree(options);
	PQfreemem(why);
	return code;
}

enum err pg_connect(struct pg_db *pg, struct error *err)
{
	const char *names[ARRAY_LEN(defaults) + 3], *values[ARRAY_LEN(defaults) + 3];
	size_t n = ARRAY_LEN(defaults);
	enum err code;

	for (size_t i = 0; i < n; i++) {
		names[i] = defaults[i][0];
		values[i] = defaults[i][1];
	}
	names[n] = "dbname"; /* the whole address; what it says counts before what stands above */
	values[n++] = pg->where;
	names[n] = "client_encoding";
	values[n++] = "UTF8";
	names[n] = values[n] = NULL;
	PQfinish(pg->conn);
	pg->conn = PQconnectdbParams(names, values, 1);
	pg->lost = false;
	pg->queued = pg->syncs = 0;
	pg->n_fresh = 0;
	pg->generation++;
	if (PQstatus(pg->conn) != CONNECTION_OK) {
		pg->lost = true; /* never there: in the words of one that does not answer */
		return pg_lost(pg, PQerrorMessage(pg->conn), err);
	}
	PQsetNoticeReceiver(pg->conn, take_notice, pg);
	code = check_server(pg, err);
	if (code == ERR_OK)
		code = set_up(pg, err);
	if (code == ERR_OK)
		code = be_synced(pg, err);
	if (code == ERR_OK && PQenterPipelineMode(pg->conn) != 1)
		code = pg_fail(pg, NULL, err);
	if (code != ERR_OK)
		pg->lost = true;
	return code;
}

void pg_close(struct db *db)
{
	if (db == NULL)
		return;
	sql_finish_all(db);
	PQfinish(pg_of(db)->conn);
	free(pg_of(db)->where);
	free(db);
}

enum err pg_open_bare(const char *where, unsigned flags, struct db **ret_db, struct error *err)
{
	struct pg_db *pg = mem_alloc(sizeof *pg);
	enum err code;

	pg->db.driver = &pg_driver;
	pg->db.writes = (flags & DB_WRITE) != 0;
	pg->flags = flags;
	pg->where = mem_strdup(where);
	code = check_address(where, err);
	if (code == ERR_OK)
		code = pg_connect(pg, err);
	if (code != ERR_OK) {
		pg_close(&pg->db);
		return code;
	}
	*ret_db = &pg->db;
	return ERR_OK;
}

enum err pg_open(const char *where, unsigned flags, struct db **ret_db, struct error *err)
{
	char name[DB_NAME];
	struct db *db;
	enum err code = pg_open_bare(where, flags, &db, err);

	if (code != ERR_OK)
		return code;
	db_name(where, name);
	code = sql_check_schema(db, name, err);
	if (code == ERR_OK && db->writes)
		code = sql_migrate(db, name, err);
	if (code != ERR_OK) {
		pg_close(db);
		return code;
	}
	*ret_db = db;
	return ERR_OK;
}

/* --- transactions ---------------------------------------------------------------------------- */

static const char sql_begin_read[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
static const char sql_begin_write[] = "BEGIN";
/* Held to the end: numbers have no gaps and stand in the order of commits.  Entries, entities and
 * feeds all hold the number, so nothing can be written before it is known. */
static const char sql_lock[] =
	"SELECT (SELECT value FROM meta WHERE name = 'schema') FROM counter FOR UPDATE";

static enum err lock_counter(struct pg_db *pg, struct error *err)
{
	struct stmt *stmt = sql_stmt(&pg->db, sql_lock, err);
	long long schema = 0;
	bool row = false;
	enum err code = stmt == NULL ? ERR_IO : sql_row(&pg->db, stmt, &row, err);

	if (code != ERR_OK)
		return code;
	if (row && !str_int(sql_col_text(stmt, 0), 1, INT32_MAX, &schema))
		schema = INT32_MAX;
	if (row)
		sql_done(stmt);
	if (schema <= DB_SCHEMA)
		return ERR_OK;
	/* not ERR_VERSION: that would be between server and console */
	return error_set(err, ERR_BUSY, "%s",
			 _("a newer zhiband has changed the data base: install that version here "
			   "too"));
}

enum err pg_begin_plain(struct db *db, struct error *err)
{
	enum err code = pg_send(pg_of(db), sql_begin_write, err);

	db->in_tx = code == ERR_OK;
	return code;
}

/* A connection that is gone is made anew: nothing of a transaction that ended hangs on it. */
enum err pg_begin(struct db *db, struct error *err)
{
	struct pg_db *pg = pg_of(db);
	enum err code = ERR_OK;

	pg_settle(pg);
	if (pg->lost)
		code = pg_connect(pg, err);
	pg->failed = db->orgs_made = false;
	if (code == ERR_OK)
		code = pg_send(pg, db->writes ? sql_begin_write : sql_begin_read, err);
	db->in_tx = code == ERR_OK;
	if (code == ERR_OK && db->writes)
		code = lock_counter(pg, err);
	if (code != ERR_OK && db->in_tx)
		(void)pg_rollback(db, NULL);
	return code;
}

/* A transaction that failed is rolled back by COMMIT, and this is no error to the server. */
static enum err commit_write(struct pg_db *pg, struct error *err)
{
	PGresult *res = NULL;
	enum err code = pg_send(pg, "COMMIT", err);

	if (code == ERR_OK)
		code = pg_flush(pg, &res, err);
	if (code != ERR_OK)
		return code;
	pg->db.in_tx = false;
	if (!str_eq(PQcmdStatus(res), "COMMIT"))
		code = error_set(err, ERR_IO, "%s",
				 _("the transaction was ended by the database"));
	PQclear(res);
	return code;
}

enum err pg_commit(struct db *db, struct error *err)
{
	enum err code;

	if (!db->in_tx)
		return error_set(err, ERR_IO, "%s",
				 _("the transaction was ended by the database"));
	if (db->writes || pg_of(db)->failed)
		return commit_write(pg_of(db), err);
	code = pg_post(pg_of(db), "COMMIT", err); /* a reader need not wait for it */
	db->in_tx = false;
	return code;
}

enum err pg_rollback(struct db *db, struct error *err)
{
	struct pg_db *pg = pg_of(db);
	enum err code;

	if (!db->in_tx)
		return ERR_OK;
	db->in_tx = false;
	if (!pg->lost)
		(void)!pg_flush(pg, NULL, NULL); /* whatever came of it */
	if (pg->lost)
		return ERR_OK;
	code = pg_send(pg, "ROLLBACK", err);
	return code == ERR_OK ? pg_flush(pg, NULL, err) : code;
}

const struct db_ops db_postgres = {
	.shared = true,
	.create = pg_create,
	.open = pg_open,
	.close = pg_close,
	.copy = pg_copy,
	.take = pg_take,
	.check = pg_check,
	.doubts = pg_doubts,
	.destroy = pg_destroy,
	.begin = pg_begin,
	.commit = pg_commit,
	.rollback = pg_rollback,
#define OP(name, ...) .name = sqlop_##name,
#define OP0(name) .name = sqlop_##name,
#include "zhiban/server/db_op.def"
#undef OP
#undef OP0
};
