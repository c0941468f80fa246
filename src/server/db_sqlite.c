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
	const char *path = sqlite3_db_filename(db->sql, "main");
	struct statvfs at;

	return path != NULL && statvfs(path, &at) == 0 && at.f_bavail == 0;
}

enum err sql_fail(struct db *db, struct error *err)
{
	enum err code = code_of(sqlite3_errcode(db->sql));

	if (code == ERR_FULL || (code == ERR_IO && no_space(db)))
		return error_set(err, ERR_FULL, "%s",
				 _("no space is left for the server's data: make room on its disk; "
				   "nothing that was answered is lost"));
	if ((sqlite3_errcode(db->sql) & 0xff) == SQLITE_READONLY) /* no one's rights: no 403 */
		return error_set(err, ERR_IO, "%s",
				 _("the server's data cannot be written: the disk is read-only, or "
				   "the files are another's"));
	return error_set(err, code, _("the server's data: %s"), sqlite3_errmsg(db->sql));
}

sqlite3_stmt *sql_stmt(struct db *db, const char *text, struct error *err)
{
	size_t at = ((uintptr_t)text >> 3) * 31 % DB_STATEMENTS;
	struct db_statement *slot = &db->statements[at];

	while (slot->text != NULL && slot->text != text) {
		at = (at + 1) % DB_STATEMENTS;
		slot = &db->statements[at];
	}
	if (slot->text == text)
		return slot->stmt;
	if (sqlite3_prepare_v3(db->sql, text, -1, SQLITE_PREPARE_PERSISTENT, &slot->stmt, NULL) !=
	    SQLITE_OK) {
		(void)sql_fail(db, err);
		return NULL;
	}
	slot->text = text;
	return slot->stmt;
}

void sql_bind_int(sqlite3_stmt *stmt, const char *name, int64_t value)
{
	sqlite3_bind_int64(stmt, sqlite3_bind_parameter_index(stmt, name), value);
}

void sql_bind_text(sqlite3_stmt *stmt, const char *name, const char *value)
{
	sqlite3_bind_text(stmt, sqlite3_bind_parameter_index(stmt, name), value, -1,
			  SQLITE_STATIC);
}

void sql_bind_blob(sqlite3_stmt *stmt, const char *name, const void *bytes, size_t len)
{
	sqlite3_bind_blob64(stmt, sqlite3_bind_parameter_index(stmt, name), bytes, len,
			    SQLITE_STATIC);
}

void sql_bind_id(sqlite3_stmt *stmt, const char *name, const struct uuid *id)
{
	sql_bind_blob(stmt, name, id->b, sizeof id->b);
}

void sql_done(sqlite3_stmt *stmt)
{
	sqlite3_reset(stmt);
	sqlite3_clear_bindings(stmt);
}

/* After an I/O error or on a full disk SQLite may roll back the whole transaction: what follows
 * would be committed by itself, without what came before it. */
static enum err still_in_tx(struct db *db, sqlite3_stmt *stmt, struct error *err)
{
	if (!db->in_tx || sqlite3_get_autocommit(db->sql) == 0)
		return ERR_OK;
	sql_done(stmt);
	return error_set(err, ERR_IO, _("the server's data: %s"), _(err_sentence(ERR_IO)));
}

enum err sql_row(struct db *db, sqlite3_stmt *stmt, bool *ret_row, struct error *err)
{
	int rc;

	if (still_in_tx(db, stmt, err) != ERR_OK)
		return ERR_IO;
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW) {
		*ret_row = true;
		return ERR_OK;
	}
	if (rc != SQLITE_DONE) {
		enum err code = sql_fail(db, err);

		sql_done(stmt);
		return code;
	}
	sql_done(stmt);
	*ret_row = false;
	return ERR_OK;
}

enum err sql_run(struct db *db, sqlite3_stmt *stmt, struct error *err)
{
	bool row = true;

	while (row) {
		enum err code = sql_row(db, stmt, &row, err);

		if (code != ERR_OK)
			return code;
	}
	return ERR_OK;
}

enum err sql_each(struct db *db, sqlite3_stmt *stmt, sql_each_fn each, void *ctx, struct error *err)
{
	for (;;) {
		bool row;
		enum err code = sql_row(db, stmt, &row, err);

		if (code != ERR_OK || !row)
			return code;
		if (!each(stmt, ctx)) {
			sql_done(stmt);
			return ERR_OK;
		}
	}
}

struct uuid sql_col_id(sqlite3_stmt *stmt, int col)
{
	struct uuid id = { { 0 } };

	if (sqlite3_column_bytes(stmt, col) == sizeof id.b)
		memcpy(id.b, sqlite3_column_blob(stmt, col), sizeof id.b);
	return id;
}

void sql_col_hash(sqlite3_stmt *stmt, int col, uint8_t hash[SHA256_LEN])
{
	memset(hash, 0, SHA256_LEN);
	if (sqlite3_column_bytes(stmt, col) == SHA256_LEN)
		memcpy(hash, sqlite3_column_blob(stmt, col), SHA256_LEN);
}

const char *sql_col_text(sqlite3_stmt *stmt, int col)
{
	return (const char *)sqlite3_column_text(stmt, col);
}

const char *sql_keep_text(sqlite3_stmt *stmt, int col, struct arena *arena)
{
	return arena_strdup(arena, sql_col_text(stmt, col));
}

const void *sql_keep_blob(sqlite3_stmt *stmt, int col, struct arena *arena, size_t *ret_len)
{
	const void *bytes = sqlite3_column_blob(stmt, col);

	*ret_len = (size_t)sqlite3_column_bytes(stmt, col);
	return arena_strndup(arena, bytes == NULL ? "" : bytes, *ret_len);
}

/* --- connections ----------------------------------------------------------------------------- */

void sqlite_close(struct db *db)
{
	if (db == NULL)
		return;
	for (size_t i = 0; i < DB_STATEMENTS; i++)
		sqlite3_finalize(db->statements[i].stmt);
	if (db->writes)
		sqlite3_wal_checkpoint_v2(db->sql, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_close(db->sql);
	free(db);
}

enum err sql_connect(const char *where, int flags, struct db **ret_db, struct error *err)
{
	struct db *db = mem_alloc(sizeof *db);

	if (sqlite3_open_v2(where, &db->sql, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
		enum err code = error_set(err, ERR_IO, _("%s cannot be opened: %s"), where,
					  sqlite3_errmsg(db->sql));

		sqlite_close(db);
		return code;
	}
	sqlite3_busy_timeout(db->sql, 5000);
	*ret_db = db;
	return ERR_OK;
}

enum err sql_script(struct db *db, const char *sql, struct error *err)
{
	return sqlite3_exec(db->sql, sql, NULL, NULL, NULL) == SQLITE_OK ? ERR_OK
									  : sql_fail(db, err);
}

/* Each checkpoint is two flushes of the disk: once in 16 MiB. */
static const char sql_begin_writer[] =
	"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000";
static const char sql_begin_unsynced[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF";

static const char sql_schema[] = "SELECT value FROM meta WHERE name = 'schema'";

/* What a newer program wrote is not to be guessed at.  New data have no number yet. */
static enum err check_schema(struct db *db, const char *where, struct error *err)
{
	sqlite3_stmt *stmt = sql_stmt(db, sql_schema, err);
	long long number = DB_SCHEMA;
	enum err code;
	bool row = false;

	if (stmt == NULL && sqlite3_errcode(db->sql) != SQLITE_ERROR &&
	    sqlite3_errcode(db->sql) != SQLITE_NOTADB)
		return sql_fail(db, err);
	if (stmt == NULL)
		return error_set(err, ERR_CORRUPT, _("%s does not hold zhiban's data: %s"), where,
				 sqlite3_errmsg(db->sql));
	code = sql_row(db, stmt, &row, err);
	if (code != ERR_OK || !row)
		return code;
	if (!str_int(sql_col_text(stmt, 0), 1, INT32_MAX, &number))
		number = INT32_MAX;
	sql_done(stmt);
	if (number <= DB_SCHEMA)
		return ERR_OK;
	return error_set(err, ERR_VERSION,
			 _("%s was written by a newer zhiband: install that version, then try "
			   "again"),
			 where);
}

static enum err sqlite_open(const char *where, unsigned flags, struct db **ret_db,
			    struct error *err)
{
	bool writes = (flags & DB_WRITE) != 0;
	struct db *db;
	enum err code = sql_connect(
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
		code = check_schema(db, where, err);
	if (code == ERR_OK && writes)
		code = sqlite_more(db, err);
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
static const char *const sql_mark[] = { "SAVEPOINT job", "SAVEPOINT act",
					 "SAVEPOINT follow" };
static const char *const sql_unmark[] = { "RELEASE job", "RELEASE act", "RELEASE follow" };
static const char *const sql_undo[] = { "ROLLBACK TO job", "ROLLBACK TO act",
					 "ROLLBACK TO follow" };

static enum err run(struct db *db, const char *text, struct error *err)
{
	sqlite3_stmt *stmt = sql_stmt(db, text, err);

	return stmt == NULL ? ERR_IO : sql_run(db, stmt, err);
}

static enum err sqlite_begin(struct db *db, struct error *err)
{
	enum err code = run(db, db->writes ? sql_begin_write : sql_begin_read, err);

	db->in_tx = code == ERR_OK;
	return code;
}

static enum err sqlite_commit(struct db *db, struct error *err)
{
	enum err code = run(db, sql_commit, err);

	db->in_tx = code != ERR_OK && sqlite3_get_autocommit(db->sql) == 0;
	return code;
}

static enum err sqlite_rollback(struct db *db, struct error *err)
{
	db->in_tx = false;
	return sqlite3_get_autocommit(db->sql) ? ERR_OK : run(db, sql_rollback, err);
}

static enum err sqlite_mark(struct db *db, enum db_mark mark, struct error *err)
{
	/* alone it would begin a transaction of its own, and its end would commit it */
	if (sqlite3_get_autocommit(db->sql))
		return error_set(err, ERR_IO, "%s", _("the transaction was ended by the database"));
	return run(db, sql_mark[mark], err);
}

static enum err sqlite_unmark(struct db *db, enum db_mark mark, struct error *err)
{
	return run(db, sql_unmark[mark], err);
}

static enum err sqlite_undo(struct db *db, enum db_mark mark, struct error *err)
{
	enum err code = run(db, sql_undo[mark], err);

	return code != ERR_OK ? code : run(db, sql_unmark[mark], err);
}

/* --- small things by name -------------------------------------------------------------------- */

static const char sql_meta_get[] = "SELECT value FROM meta WHERE name = :name";
static const char sql_meta_put[] = "INSERT INTO meta (name, value) VALUES (:name, :value)"
				   " ON CONFLICT (name) DO UPDATE SET value = excluded.value";
static const char sql_blob_get[] = "SELECT bytes FROM blob WHERE hash = :hash";
static const char sql_blob_put[] = "INSERT INTO blob (hash, bytes) VALUES (:hash, :bytes)"
				   " ON CONFLICT (hash) DO NOTHING";
static const char sql_adoption_add[] = "INSERT INTO adoption (seq, profile, calendar)"
				       " VALUES (:seq, :profile, :calendar)";
static const char sql_adoption_scan[] = "SELECT seq, profile, calendar FROM adoption ORDER BY seq";

static enum err sqlite_meta_get(struct db *db, const char *name, struct arena *arena,
				const char **ret_value, struct error *err)
{
	sqlite3_stmt *stmt = sql_stmt(db, sql_meta_get, err);
	enum err code;
	bool row;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":name", name);
	code = sql_row(db, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	*ret_value = row ? sql_keep_text(stmt, 0, arena) : NULL;
	sql_done(stmt);
	return ERR_OK;
}

static enum err sqlite_meta_put(struct db *db, const char *name, const char *value,
				struct error *err)
{
	sqlite3_stmt *stmt = sql_stmt(db, sql_meta_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":name", name);
	sql_bind_text(stmt, ":value", value);
	return sql_run(db, stmt, err);
}

static enum err sqlite_blob_get(struct db *db, const char *hash, struct arena *arena,
				const char **ret_bytes, size_t *ret_len, struct error *err)
{
	sqlite3_stmt *stmt = sql_stmt(db, sql_blob_get, err);
	enum err code;
	bool row;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":hash", hash);
	code = sql_row(db, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	if (!row)
		return error_set(err, ERR_NOT_FOUND, _("no text has the hash %s"), hash);
	*ret_bytes = sql_keep_blob(stmt, 0, arena, ret_len);
	sql_done(stmt);
	return ERR_OK;
}

static enum err sqlite_blob_put(struct db *db, const char *hash, const char *bytes, size_t len,
				struct error *err)
{
	sqlite3_stmt *stmt = sql_stmt(db, sql_blob_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":hash", hash);
	sql_bind_blob(stmt, ":bytes", bytes, len);
	return sql_run(db, stmt, err);
}

static enum err sqlite_adoption_add(struct db *db, const struct db_adoption *adoption,
				    struct error *err)
{
	sqlite3_stmt *stmt = sql_stmt(db, sql_adoption_add, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":seq", adoption->seq);
	sql_bind_text(stmt, ":profile", adoption->profile);
	sql_bind_text(stmt, ":calendar", adoption->calendar);
	return sql_run(db, stmt, err);
}

struct adoption_ctx {
	db_adoption_fn fn;
	void *ctx;
};

static bool adoption_each(sqlite3_stmt *stmt, void *ctx)
{
	const struct adoption_ctx *each = ctx;
	struct db_adoption row = { .seq = sqlite3_column_int64(stmt, 0),
				   .profile = sql_col_text(stmt, 1),
				   .calendar = sql_col_text(stmt, 2) };

	return each->fn(each->ctx, &row);
}

static enum err sqlite_adoption_scan(struct db *db, db_adoption_fn fn, void *ctx,
				     struct error *err)
{
	sqlite3_stmt *stmt = sql_stmt(db, sql_adoption_scan, err);
	struct adoption_ctx each = { fn, ctx };

	return stmt == NULL ? ERR_IO : sql_each(db, stmt, adoption_each, &each, err);
}

#define OP(name) .name = sqlite_##name
const struct db_ops db_sqlite = {
	OP(create),	  OP(open),	    OP(close),	      OP(copy),		OP(check),
	OP(destroy),	  OP(begin),	    OP(commit),
	OP(rollback),	  OP(mark),	    OP(unmark),	      OP(undo),		OP(meta_get),
	OP(meta_put),	  OP(blob_get),	    OP(blob_put),     OP(adoption_add), OP(adoption_scan),
	OP(head),	  OP(journal_add),  OP(journal_get),  OP(journal_scan), OP(touch_add),
	OP(timeline),	  OP(entity_get),   OP(entity_at),    OP(entity_put),	OP(entity_scan),
	OP(timer_put),	  OP(timer_clear),  OP(timer_reset),  OP(timer_due),	OP(timer_next),
	OP(use_put),	  OP(use_scan),
	OP(outside_find), OP(outside_add),  OP(serial_get),   OP(serial_put),	OP(org_no),
	OP(org_code),	  OP(org_visible),  OP(party_add),    OP(party_scan),	OP(party_since),
	OP(scope_move),	  OP(snapshot),	    OP(scope_scan),   OP(feed_add),	OP(feed_scan),
	OP(feed_count),	  OP(feed_has),	    OP(counts),	      OP(answer_get),	OP(answer_put),
	OP(answer_scan),  OP(answer_each),  OP(account_get),  OP(account_put),  OP(account_scan),
	OP(console_get),
	OP(console_put),  OP(token_get),    OP(token_put),    OP(token_drop),	OP(token_drop_of),
	OP(token_prune),  OP(code_get),	    OP(code_put),     OP(code_drop),
};
