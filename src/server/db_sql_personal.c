/* Personal values apart from the journal, and which officers had them shown. */
#include <config.h>

#include "db_sql_priv.h"

#include <string.h>

static const char sql_personal_put[] = "INSERT INTO personal (id, eno, field, salt, value, at, digits)"
				       " VALUES (:id, :eno, :field, :salt, :value, :at, :digits)";
static const char sql_personal_near[] = "SELECT id, eno, field, salt, value, at, digits FROM personal"
					" WHERE id >= :from AND id <= :to ORDER BY id";
static const char sql_personal_of[] = "SELECT id, eno, field, salt, value, at, digits FROM personal"
				      " WHERE eno = :eno ORDER BY id";
static const char sql_personal_scan[] =
	"SELECT id, eno, field, salt, value, at, digits FROM personal ORDER BY id";
static const char sql_personal_drop[] = "DELETE FROM personal WHERE eno = :eno";
static const char sql_personal_old[] =
	"SELECT DISTINCT eno FROM personal WHERE at < :before AND eno > :after"
	" ORDER BY eno LIMIT :limit";

enum err sqlop_personal_put(struct db *db, const struct db_personal *row, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_personal_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":id", row->id);
	sql_bind_int(stmt, ":eno", row->eno);
	sql_bind_text(stmt, ":field", row->field);
	sql_bind_blob(stmt, ":salt", row->salt, sizeof row->salt);
	sql_bind_text(stmt, ":value", row->value);
	sql_bind_int(stmt, ":at", row->at);
	sql_bind_text(stmt, ":digits", row->digits);
	return sql_run(db, stmt, err);
}

struct personal_ctx {
	db_personal_fn fn;
	void *ctx;
};

void db_read_personal(struct stmt *stmt, int col, struct db_personal *row)
{
	size_t len;
	const void *salt = sql_col_blob(stmt, col + 3, &len);

	*row = (struct db_personal){ .id = sql_col_int(stmt, col),
				     .eno = sql_col_int(stmt, col + 1),
				     .field = sql_col_text(stmt, col + 2),
				     .value = sql_col_text(stmt, col + 4),
				     .at = sql_col_int(stmt, col + 5),
				     .digits = sql_col_text(stmt, col + 6) };
	if (salt != NULL && len == sizeof row->salt)
		memcpy(row->salt, salt, len);
}

static bool personal_each(struct stmt *stmt, void *ctx)
{
	const struct personal_ctx *each = ctx;
	struct db_personal row;

	db_read_personal(stmt, 0, &row);
	return each->fn(each->ctx, &row);
}

enum err sqlop_personal_near(struct db *db, int64_t from, int64_t to, db_personal_fn fn, void *ctx,
			     struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_personal_near, err);
	struct personal_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":from", from);
	sql_bind_int(stmt, ":to", to);
	return sql_each(db, stmt, personal_each, &each, err);
}

enum err sqlop_personal_of(struct db *db, int64_t eno, db_personal_fn fn, void *ctx,
			   struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_personal_of, err);
	struct personal_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":eno", eno);
	return sql_each(db, stmt, personal_each, &each, err);
}

enum err sqlop_personal_scan(struct db *db, db_personal_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_personal_scan, err);
	struct personal_ctx each = { fn, ctx };

	return stmt == NULL ? ERR_IO : sql_scan(db, stmt, personal_each, &each, err);
}

enum err sqlop_personal_drop(struct db *db, int64_t eno, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_personal_drop, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":eno", eno);
	return sql_run(db, stmt, err);
}

struct eno_ctx {
	db_eno_fn fn;
	void *ctx;
};

static bool eno_each(struct stmt *stmt, void *ctx)
{
	const struct eno_ctx *each = ctx;

	return each->fn(each->ctx, sql_col_int(stmt, 0));
}

enum err sqlop_personal_old(struct db *db, int64_t before, int64_t after_eno, int64_t limit,
			    db_eno_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_personal_old, err);
	struct eno_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":before", before);
	sql_bind_int(stmt, ":after", after_eno);
	sql_bind_int(stmt, ":limit", limit);
	return sql_each(db, stmt, eno_each, &each, err);
}

/* --- shown to officers ----------------------------------------------------------------------- */

static const char sql_reveal_add[] = "INSERT INTO reveal (officer, seq, at)"
				     " VALUES (:officer, :seq, :at)"
				     " ON CONFLICT (officer, seq) DO NOTHING";
static const char sql_reveal_count[] = "SELECT count(*), min(at) FROM reveal"
				       " WHERE officer = :officer AND at > :since";
static const char sql_reveal_prune[] = "DELETE FROM reveal WHERE at < :before";

enum err sqlop_reveal_add(struct db *db, const char *officer, int64_t seq, int64_t at,
			  struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_reveal_add, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":officer", officer);
	sql_bind_int(stmt, ":seq", seq);
	sql_bind_int(stmt, ":at", at);
	return sql_run(db, stmt, err);
}

enum err sqlop_reveal_count(struct db *db, const char *officer, int64_t since, int64_t *ret_count,
			    int64_t *ret_first, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_reveal_count, err);
	bool row;
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":officer", officer);
	sql_bind_int(stmt, ":since", since);
	code = sql_row(db, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	*ret_count = row ? sql_col_int(stmt, 0) : 0;
	*ret_first = row ? sql_col_int(stmt, 1) : 0;
	if (row)
		sql_done(stmt);
	return ERR_OK;
}

enum err sqlop_reveal_prune(struct db *db, int64_t before, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_reveal_prune, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":before", before);
	return sql_run(db, stmt, err);
}
