/* When incidents must be looked at, and when accounts were used. */
#include <config.h>

#include "db_sql_priv.h"

static const char sql_timer_put[] = "INSERT INTO timer (eno, at) VALUES (:eno, :at)"
				    " ON CONFLICT (eno) DO UPDATE SET at = excluded.at"
				    " WHERE timer.at <> excluded.at";
static const char sql_timer_clear[] = "DELETE FROM timer WHERE eno = :eno";
static const char sql_timer_reset[] = "DELETE FROM timer";
static const char sql_timer_due[] =
	"SELECT eno, at FROM timer WHERE at <= :now ORDER BY at, eno LIMIT :limit";
static const char sql_timer_next[] = "SELECT at FROM timer ORDER BY at LIMIT 1";

enum err sqlop_timer_put(struct db *db, int64_t eno, int64_t at, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_timer_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":eno", eno);
	sql_bind_int(stmt, ":at", at);
	return sql_run(db, stmt, err);
}

enum err sqlop_timer_clear(struct db *db, int64_t eno, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_timer_clear, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":eno", eno);
	return sql_run(db, stmt, err);
}

enum err sqlop_timer_reset(struct db *db, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_timer_reset, err);

	return stmt == NULL ? ERR_IO : sql_run(db, stmt, err);
}

struct timer_ctx {
	db_timer_fn fn;
	void *ctx;
};

static bool timer_each(struct stmt *stmt, void *ctx)
{
	const struct timer_ctx *each = ctx;

	return each->fn(each->ctx, sql_col_int(stmt, 0), sql_col_int(stmt, 1));
}

enum err sqlop_timer_due(struct db *db, int64_t now, int64_t limit, db_timer_fn fn, void *ctx,
			  struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_timer_due, err);
	struct timer_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":now", now);
	sql_bind_int(stmt, ":limit", limit);
	return sql_each(db, stmt, timer_each, &each, err);
}

enum err sqlop_timer_next(struct db *db, int64_t *ret_at, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_timer_next, err);
	enum err code;
	bool row;

	if (stmt == NULL)
		return ERR_IO;
	code = sql_row(db, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	*ret_at = row ? sql_col_int(stmt, 0) : 0;
	if (row)
		sql_done(stmt);
	return ERR_OK;
}

/* --- when accounts were used ----------------------------------------------------------------- */

static const char sql_use_put[] = "INSERT INTO account_use (officer, at) VALUES (:officer, :at)"
				  " ON CONFLICT (officer) DO UPDATE SET at = excluded.at";
static const char sql_use_scan[] = "SELECT officer, at FROM account_use ORDER BY officer";

enum err sqlop_use_put(struct db *db, const char *officer, int64_t at, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_use_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":officer", officer);
	sql_bind_int(stmt, ":at", at);
	return sql_run(db, stmt, err);
}

struct use_ctx {
	db_use_fn fn;
	void *ctx;
};

static bool use_each(struct stmt *stmt, void *ctx)
{
	const struct use_ctx *each = ctx;

	return each->fn(each->ctx, sql_col_text(stmt, 0), sql_col_int(stmt, 1));
}

enum err sqlop_use_scan(struct db *db, db_use_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_use_scan, err);
	struct use_ctx each = { fn, ctx };

	return stmt == NULL ? ERR_IO : sql_each(db, stmt, use_each, &each, err);
}
