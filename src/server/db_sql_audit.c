/* The audit log. */
#include <config.h>

#include "db_sql_priv.h"

#include "zhiban/base/i18n.h"

static const char sql_audit_add[] =
	"INSERT INTO audit (no, at, what, who, role, about, words, via, n, hash)"
	" VALUES (:no, :at, :what, :who, :role, :about, :words, :via, :n, :hash)";
static const char sql_audit_scan[] =
	"SELECT no, at, what, who, role, about, words, via, n, hash FROM audit"
	" WHERE no > :after ORDER BY no";
static const char sql_audit_drop[] = "DELETE FROM audit WHERE no <= :upto";

enum err sqlop_audit_add(struct db *db, const struct db_audit *row, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_audit_add, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":no", row->no);
	sql_bind_int(stmt, ":at", row->at);
	sql_bind_text(stmt, ":what", row->what);
	sql_bind_text(stmt, ":who", row->who);
	sql_bind_text(stmt, ":role", row->role);
	sql_bind_text(stmt, ":about", row->about);
	sql_bind_text(stmt, ":words", row->words);
	sql_bind_text(stmt, ":via", row->via);
	sql_bind_int(stmt, ":n", row->n);
	sql_bind_blob(stmt, ":hash", row->hash, SHA256_LEN);
	return sql_run(db, stmt, err);
}

struct audit_ctx {
	db_audit_fn fn;
	void *ctx;
};

static bool audit_each(struct stmt *stmt, void *ctx)
{
	const struct audit_ctx *each = ctx;
	struct db_audit row = { .no = sql_col_int(stmt, 0), .at = sql_col_int(stmt, 1) };

	row.what = sql_col_text(stmt, 2);
	row.who = sql_col_text(stmt, 3);
	row.role = sql_col_text(stmt, 4);
	row.about = sql_col_text(stmt, 5);
	row.words = sql_col_text(stmt, 6);
	row.via = sql_col_text(stmt, 7);
	row.n = sql_col_int(stmt, 8);
	sql_col_hash(stmt, 9, row.hash);
	return each->fn(each->ctx, &row);
}

enum err sqlop_audit_scan(struct db *db, int64_t after, db_audit_fn fn, void *ctx,
			  struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_audit_scan, err);
	struct audit_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":after", after);
	return sql_scan(db, stmt, audit_each, &each, err);
}

enum err sqlop_audit_drop(struct db *db, int64_t upto, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_audit_drop, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":upto", upto);
	return sql_run(db, stmt, err);
}
