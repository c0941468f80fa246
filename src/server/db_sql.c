/* What all ops need of a driver, and the ops for small things by name. */
#include <config.h>

#include "db_sql_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"

/* --- statements ------------------------------------------------------------------------------ */

enum err sql_script(struct db *db, const char *sql, struct error *err)
{
	return db->driver->script(db, sql, err);
}

struct stmt *sql_stmt(struct db *db, const char *text, struct error *err)
{
	size_t at = ((uintptr_t)text >> 3) * 31 % DB_STATEMENTS;
	struct sql_slot *slot = &db->slots[at];

	while (slot->text != NULL && slot->text != text) {
		at = (at + 1) % DB_STATEMENTS;
		slot = &db->slots[at];
	}
	if (slot->text == NULL) {
		slot->stmt = db->driver->prepare(db, text, err);
		if (slot->stmt == NULL)
			return NULL;
		slot->text = text;
	}
	slot->stmt->many = slot->stmt->sorted = false;
	return slot->stmt;
}

void sql_finish_all(struct db *db)
{
	for (size_t i = 0; i < DB_STATEMENTS; i++)
		if (db->slots[i].text != NULL)
			db->driver->finish(db->slots[i].stmt);
	memset(db->slots, 0, sizeof db->slots);
	sql_orgs_free(db);
}

void sql_bind_int(struct stmt *stmt, const char *name, int64_t value)
{
	stmt->driver->bind_int(stmt, name, value);
}

void sql_bind_text(struct stmt *stmt, const char *name, const char *value)
{
	stmt->driver->bind_text(stmt, name, value);
}

void sql_bind_blob(struct stmt *stmt, const char *name, const void *bytes, size_t len)
{
	stmt->driver->bind_blob(stmt, name, bytes, len);
}

void sql_bind_id(struct stmt *stmt, const char *name, const struct uuid *id)
{
	sql_bind_blob(stmt, name, id->b, sizeof id->b);
}

enum err sql_row(struct db *db, struct stmt *stmt, bool *ret_row, struct error *err)
{
	return db->driver->row(db, stmt, ret_row, err);
}

void sql_done(struct stmt *stmt)
{
	stmt->driver->done(stmt);
}

enum err sql_run(struct db *db, struct stmt *stmt, struct error *err)
{
	bool row = true;

	while (row) {
		enum err code = sql_row(db, stmt, &row, err);

		if (code != ERR_OK)
			return code;
	}
	return ERR_OK;
}

enum err sql_number(struct db *db, struct stmt *stmt, int64_t *ret_num, struct error *err)
{
	bool row;
	enum err code = sql_row(db, stmt, &row, err);

	if (code != ERR_OK)
		return code;
	*ret_num = row ? sql_col_int(stmt, 0) : 0;
	if (row)
		sql_done(stmt);
	return ERR_OK;
}

enum err sql_one(struct db *db, struct stmt *stmt, const char *missing, struct error *err)
{
	bool row;
	enum err code = sql_row(db, stmt, &row, err);

	if (code != ERR_OK || row)
		return code;
	return error_set(err, ERR_NOT_FOUND, "%s", missing);
}

enum err sql_each(struct db *db, struct stmt *stmt, sql_each_fn each, void *ctx, struct error *err)
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

enum err sql_scan(struct db *db, struct stmt *stmt, sql_each_fn each, void *ctx, struct error *err)
{
	stmt->many = true;
	return sql_each(db, stmt, each, ctx, err);
}

enum err sql_scan_sorted(struct db *db, struct stmt *stmt, sql_each_fn each, void *ctx,
			 struct error *err)
{
	stmt->sorted = true;
	return sql_scan(db, stmt, each, ctx, err);
}

/* --- columns --------------------------------------------------------------------------------- */

int64_t sql_col_int(struct stmt *stmt, int col)
{
	return stmt->driver->col_int(stmt, col);
}

const char *sql_col_text(struct stmt *stmt, int col)
{
	return stmt->driver->col_text(stmt, col);
}

const void *sql_col_blob(struct stmt *stmt, int col, size_t *ret_len)
{
	return stmt->driver->col_blob(stmt, col, ret_len);
}

struct uuid sql_col_id(struct stmt *stmt, int col)
{
	struct uuid id = { { 0 } };
	size_t len;
	const void *bytes = sql_col_blob(stmt, col, &len);

	if (len == sizeof id.b)
		memcpy(id.b, bytes, sizeof id.b);
	return id;
}

void sql_col_hash(struct stmt *stmt, int col, uint8_t hash[SHA256_LEN])
{
	size_t len;
	const void *bytes = sql_col_blob(stmt, col, &len);

	memset(hash, 0, SHA256_LEN);
	if (len == SHA256_LEN)
		memcpy(hash, bytes, SHA256_LEN);
}

const char *sql_keep_text(struct stmt *stmt, int col, struct arena *arena)
{
	return arena_strdup(arena, sql_col_text(stmt, col));
}

const void *sql_keep_blob(struct stmt *stmt, int col, struct arena *arena, size_t *ret_len)
{
	const void *bytes = sql_col_blob(stmt, col, ret_len);

	return arena_strndup(arena, bytes == NULL ? "" : bytes, *ret_len);
}

/* --- marks ----------------------------------------------------------------------------------- */

static const char *const sql_mark[] = { "SAVEPOINT job", "SAVEPOINT act", "SAVEPOINT follow" };
static const char *const sql_unmark[] = { "RELEASE SAVEPOINT job", "RELEASE SAVEPOINT act",
					  "RELEASE SAVEPOINT follow" };
static const char *const sql_undo[] = { "ROLLBACK TO SAVEPOINT job", "ROLLBACK TO SAVEPOINT act",
					"ROLLBACK TO SAVEPOINT follow" };

static enum err run(struct db *db, const char *text, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, text, err);

	return stmt == NULL ? ERR_IO : sql_run(db, stmt, err);
}

enum err sqlop_mark(struct db *db, enum db_mark mark, struct error *err)
{
	/* alone it would begin a transaction of its own, and its end would commit it */
	if (!db->in_tx)
		return error_set(err, ERR_IO, "%s", _("the transaction was ended by the database"));
	return run(db, sql_mark[mark], err);
}

enum err sqlop_unmark(struct db *db, enum db_mark mark, struct error *err)
{
	return run(db, sql_unmark[mark], err);
}

enum err sqlop_undo(struct db *db, enum db_mark mark, struct error *err)
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

enum err sqlop_meta_get(struct db *db, const char *name, struct arena *arena,
				const char **ret_value, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_meta_get, err);
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

enum err sqlop_meta_put(struct db *db, const char *name, const char *value,
				struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_meta_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":name", name);
	sql_bind_text(stmt, ":value", value);
	return sql_run(db, stmt, err);
}

enum err sqlop_blob_get(struct db *db, const char *hash, struct arena *arena,
				const char **ret_bytes, size_t *ret_len, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_blob_get, err);
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

enum err sqlop_blob_put(struct db *db, const char *hash, const char *bytes, size_t len,
				struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_blob_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":hash", hash);
	sql_bind_blob(stmt, ":bytes", bytes, len);
	return sql_run(db, stmt, err);
}

enum err sqlop_adoption_add(struct db *db, const struct db_adoption *adoption,
				    struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_adoption_add, err);

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

static bool adoption_each(struct stmt *stmt, void *ctx)
{
	const struct adoption_ctx *each = ctx;
	struct db_adoption row = { .seq = sql_col_int(stmt, 0),
				   .profile = sql_col_text(stmt, 1),
				   .calendar = sql_col_text(stmt, 2) };

	return each->fn(each->ctx, &row);
}

enum err sqlop_adoption_scan(struct db *db, db_adoption_fn fn, void *ctx,
				     struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_adoption_scan, err);
	struct adoption_ctx each = { fn, ctx };

	return stmt == NULL ? ERR_IO : sql_each(db, stmt, adoption_each, &each, err);
}
