#include <config.h>

#include "db_sqlite_priv.h"

#include <string.h>
#include <sys/statvfs.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

/* --- statements ------------------------------------------------------------------------------ */

static enum err code_of(int sqlite_code)
{
	switch (sqlite_code & 0xff) {
	case SQLITE_FULL:
		return ERR_FULL;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_CORRUPT;
	case SQLITE_CONSTRAINT:
		return ERR_EXISTS;
	default:
		return ERR_IO;
	}
}

/* Shared memory beside the file, say, fails as any I/O does when there is no room for it. */
static bool no_space(struct db *db)
{
	const char *path = sqlite3_db_filename(sqlite_of(db), "main");
	struct statvfs at;

	return path != NULL && statvfs(path, &at) == 0 && at.f_bavail == 0;
}

enum err sql_fail(struct db *db, struct error *err)
{
	enum err code = code_of(sqlite3_errcode(sqlite_of(db)));

	if (code == ERR_FULL || (code == ERR_IO && no_space(db)))
		return error_set(err, ERR_FULL, "%s",
				 _("no space is left for the server's data: make room on its disk; "
				   "nothing that was answered is lost"));
	if ((sqlite3_errcode(sqlite_of(db)) & 0xff) == SQLITE_READONLY) /* no one's rights: no 403 */
		return error_set(err, ERR_IO, "%s",
				 _("the server's data cannot be written: the disk is read-only, or "
				   "the files are another's"));
	return error_set(err, code, _("the server's data: %s"), sqlite3_errmsg(sqlite_of(db)));
}

static struct sqlite_stmt *own(struct stmt *stmt)
{
	return (struct sqlite_stmt *)stmt;
}

static struct stmt *drive_prepare(struct db *db, const char *text, struct error *err)
{
	struct sqlite_stmt *stmt = mem_alloc(sizeof *stmt);

	stmt->stmt.driver = db->driver;
	if (sqlite3_prepare_v3(sqlite_of(db), text, -1, SQLITE_PREPARE_PERSISTENT, &stmt->sql, NULL) ==
	    SQLITE_OK)
		return &stmt->stmt;
	(void)sql_fail(db, err);
	free(stmt);
	return NULL;
}

static void drive_finish(struct stmt *stmt)
{
	sqlite3_finalize(own(stmt)->sql);
	free(stmt);
}

static void drive_bind_int(struct stmt *stmt, const char *name, int64_t value)
{
	sqlite3_stmt *sql = own(stmt)->sql;

	sqlite3_bind_int64(sql, sqlite3_bind_parameter_index(sql, name), value);
}

static void drive_bind_text(struct stmt *stmt, const char *name, const char *value)
{
	sqlite3_stmt *sql = own(stmt)->sql;

	sqlite3_bind_text(sql, sqlite3_bind_parameter_index(sql, name), value, -1, SQLITE_STATIC);
}

static void drive_bind_blob(struct stmt *stmt, const char *name, const void *bytes, size_t len)
{
	sqlite3_stmt *sql = own(stmt)->sql;

	sqlite3_bind_blob64(sql, sqlite3_bind_parameter_index(sql, name), bytes, len,
			    SQLITE_STATIC);
}

static void drive_done(struct stmt *stmt)
{
	sqlite3_reset(own(stmt)->sql);
	sqlite3_clear_bindings(own(stmt)->sql);
}

/* After an I/O error or on a full disk SQLite may roll back the whole transaction: what follows
 * would be committed by itself, without what came before it. */
static enum err still_in_tx(struct db *db, struct stmt *stmt, struct error *err)
{
	if (!db->in_tx || sqlite3_get_autocommit(sqlite_of(db)) == 0)
		return ERR_OK;
	drive_done(stmt);
	return error_set(err, ERR_IO, _("the server's data: %s"), _(err_sentence(ERR_IO)));
}

static enum err drive_row(struct db *db, struct stmt *stmt, bool *ret_row, struct error *err)
{
	int rc;

	if (still_in_tx(db, stmt, err) != ERR_OK)
		return ERR_IO;
	rc = sqlite3_step(own(stmt)->sql);
	if (rc == SQLITE_ROW) {
		*ret_row = true;
		return ERR_OK;
	}
	if (rc != SQLITE_DONE) {
		enum err code = sql_fail(db, err);

		drive_done(stmt);
		return code;
	}
	drive_done(stmt);
	*ret_row = false;
	return ERR_OK;
}

static int64_t drive_col_int(struct stmt *stmt, int col)
{
	return sqlite3_column_int64(own(stmt)->sql, col);
}

static const char *drive_col_text(struct stmt *stmt, int col)
{
	return (const char *)sqlite3_column_text(own(stmt)->sql, col);
}

static const void *drive_col_blob(struct stmt *stmt, int col, size_t *ret_len)
{
	const void *bytes = sqlite3_column_blob(own(stmt)->sql, col);

	*ret_len = (size_t)sqlite3_column_bytes(own(stmt)->sql, col);
	return bytes;
}

static int drive_cols(struct stmt *stmt)
{
	return sqlite3_column_count(own(stmt)->sql);
}

static const char *drive_col_name(struct stmt *stmt, int col)
{
	return sqlite3_column_name(own(stmt)->sql, col);
}

static enum sql_kind drive_col_kind(struct stmt *stmt, int col)
{
	switch (sqlite3_column_type(own(stmt)->sql, col)) {
	case SQLITE_NULL:
		return SQL_NULL;
	case SQLITE_INTEGER:
		return SQL_INT;
	case SQLITE_TEXT:
		return SQL_TEXT;
	default:
		return SQL_BLOB;
	}
}

static enum err drive_script(struct db *db, const char *sql, struct error *err)
{
	return sqlite3_exec(sqlite_of(db), sql, NULL, NULL, NULL) == SQLITE_OK ? ERR_OK
										: sql_fail(db, err);
}

/* Words of FTS5 that are no operators: numbers to the base of 16. */
static void search_terms(struct str *out, const int64_t *terms, size_t n)
{
	for (size_t i = 0; i < n; i++)
		str_addf(out, "%s%llx", i > 0 ? " " : "", (unsigned long long)terms[i]);
}

static const struct sql_driver driver = {
	.search_make = "CREATE VIRTUAL TABLE search USING fts5(terms, content='', columnsize=0,"
		       " detail=none, tokenize='ascii')",
	.search_add = "INSERT INTO search (rowid, terms) VALUES (:eno, :terms)",
	.search_find = "SELECT e.eno, e.id, e.kind, e.version, e.seq, e.class, e.rank, e.state"
		       " FROM search CROSS JOIN party p CROSS JOIN entity e"
		       " WHERE search MATCH :terms AND search.rowid < :before"
		       " AND p.eno = search.rowid AND p.org = :org AND e.eno = search.rowid"
		       " ORDER BY search.rowid DESC",
	.search_terms = search_terms,
	.has_meta = "SELECT count(*) FROM sqlite_schema WHERE name = 'meta'",
	.begin_script = "BEGIN IMMEDIATE",
	.prepare = drive_prepare,   .finish = drive_finish,	.script = drive_script,
	.bind_int = drive_bind_int, .bind_text = drive_bind_text, .bind_blob = drive_bind_blob,
	.row = drive_row,	    .done = drive_done,		.col_int = drive_col_int,
	.col_text = drive_col_text, .col_blob = drive_col_blob, .cols = drive_cols,
	.col_name = drive_col_name, .col_kind = drive_col_kind,
};

/* --- connections ----------------------------------------------------------------------------- */

void sqlite_close(struct db *db)
{
	if (db == NULL)
		return;
	sql_finish_all(db);
	if (db->writes)
		sqlite3_wal_checkpoint_v2(sqlite_of(db), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
					  NULL);
	sqlite3_close(sqlite_of(db));
	free(db);
}

enum err sqlite_connect(const char *where, int flags, struct db **ret_db, struct error *err)
{
	struct sqlite_db *db = mem_alloc(sizeof *db);

	db->db.driver = &driver;
	if (sqlite3_open_v2(where, &db->sql, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
		enum err code = error_set(err, ERR_IO, _("%s cannot be opened: %s"), where,
					  sqlite3_errmsg(db->sql));

		sqlite_close(&db->db);
		return code;
	}
	sqlite3_busy_timeout(db->sql, 5000);
	*ret_db = &db->db;
	return ERR_OK;
}

/* Each checkpoint is two flushes of the disk: once in 16 MiB.  What is deleted is overwritten:
 * personal values. */
static const char sql_begin_writer[] =
	"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000;"
	"PRAGMA secure_delete = ON";
static const char sql_begin_unsynced[] =
	"PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON";

static enum err sqlite_open(const char *where, unsigned flags, struct db **ret_db,
			    struct error *err)
{
	bool writes = (flags & DB_WRITE) != 0;
	struct db *db;
	enum err code = sqlite_connect(
		where, writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, &db, err);

	if (code != ERR_OK)
		return code;
	db->writes = writes;
	if (writes && (flags & DB_UNSYNCED) != 0)
		code = sql_script(db, sql_begin_unsynced, err);
	else if (writes)
		code = sql_script(db, sql_begin_writer, err);
	if (code == ERR_OK)
		code =
		    sql_script(db, "PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY", err);
	if (code == ERR_OK)
		code = sql_check_schema(db, where, err);
	if (code == ERR_OK && writes)
		code = sql_migrate(db, where, err);
	if (code != ERR_OK) {
		sqlite_close(db);
		return code;
	}
	*ret_db = db;
	return ERR_OK;
}

/* --- transactions ---------------------------------------------------------------------------- */

static const char sql_begin_write[] = "BEGIN IMMEDIATE";
static const char sql_begin_read[] = "BEGIN";
static const char sql_commit[] = "COMMIT";
static const char sql_rollback[] = "ROLLBACK";

static enum err run(struct db *db, const char *text, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, text, err);

	return stmt == NULL ? ERR_IO : sql_run(db, stmt, err);
}

static enum err sqlite_begin(struct db *db, struct error *err)
{
	enum err code = run(db, db->writes ? sql_begin_write : sql_begin_read, err);

	db->in_tx = code == ERR_OK;
	db->orgs_made = false;
	return code;
}

static enum err sqlite_commit(struct db *db, struct error *err)
{
	enum err code = run(db, sql_commit, err);

	db->in_tx = code != ERR_OK && sqlite3_get_autocommit(sqlite_of(db)) == 0;
	return code;
}

static enum err sqlite_rollback(struct db *db, struct error *err)
{
	db->in_tx = false;
	return sqlite3_get_autocommit(sqlite_of(db)) ? ERR_OK : run(db, sql_rollback, err);
}

/* Deleted rows are overwritten where they stood; pages from before still lie in the log. */
static enum err sqlite_scrub(struct db *db, struct error *err)
{
	enum { SOON_MS = 100, PATIENT_MS = 5000 };
	int rc;

	sqlite3_busy_timeout(sqlite_of(db), SOON_MS);
	rc = sqlite3_wal_checkpoint_v2(sqlite_of(db), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_busy_timeout(sqlite_of(db), PATIENT_MS);
	return rc == SQLITE_OK ? ERR_OK : sql_fail(db, err);
}

const struct db_ops db_sqlite = {
	.create = sqlite_create,
	.open = sqlite_open,
	.close = sqlite_close,
	.copy = sqlite_copy,
	.scrub = sqlite_scrub,
	.check = sqlite_check,
	.destroy = sqlite_destroy,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
#define OP(name, ...) .name = sqlop_##name,
#define OP0(name) .name = sqlop_##name,
#include "zhiban/server/db_op.def"
#undef OP
#undef OP0
};
