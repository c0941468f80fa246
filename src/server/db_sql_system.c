/* Other systems that send. */
#include <config.h>

#include "db_sql_priv.h"

#include "zhiban/base/i18n.h"

#define SYSTEM_COLUMNS "name, hash, source, org, kinds, rate, made, used, active"

static const char sql_system_get[] =
	"SELECT " SYSTEM_COLUMNS " FROM system WHERE name = :name";
static const char sql_system_find[] =
	"SELECT " SYSTEM_COLUMNS " FROM system WHERE hash = :hash";
static const char sql_system_scan[] = "SELECT " SYSTEM_COLUMNS " FROM system ORDER BY name";
static const char sql_system_put[] =
	"INSERT INTO system (" SYSTEM_COLUMNS ")"
	" VALUES (:name, :hash, :source, :org, :kinds, :rate, :made, :used, :active)"
	" ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, source = excluded.source,"
	" org = excluded.org, kinds = excluded.kinds, rate = excluded.rate,"
	" made = excluded.made, used = excluded.used, active = excluded.active";

static void read_system(struct stmt *stmt, struct db_system *row)
{
	row->name = sql_col_text(stmt, 0);
	sql_col_hash(stmt, 1, row->hash);
	row->source = sql_col_text(stmt, 2);
	row->org = sql_col_text(stmt, 3);
	row->kinds = sql_col_int(stmt, 4);
	row->rate = sql_col_int(stmt, 5);
	row->made = sql_col_int(stmt, 6);
	row->used = sql_col_int(stmt, 7);
	row->active = sql_col_int(stmt, 8) != 0;
}

/* The row of a statement whose values are bound. */
static enum err read_one(struct db *db, struct stmt *stmt, struct arena *arena,
			 struct db_system *ret_system, struct error *err)
{
	enum err code = sql_one(db, stmt, _("there is no such system"), err);

	if (code != ERR_OK)
		return code;
	read_system(stmt, ret_system);
	ret_system->name = arena_strdup(arena, ret_system->name);
	ret_system->source = arena_strdup(arena, ret_system->source);
	ret_system->org = arena_strdup(arena, ret_system->org);
	sql_done(stmt);
	return ERR_OK;
}

enum err sqlop_system_get(struct db *db, const char *name, struct arena *arena,
			   struct db_system *ret_system, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_system_get, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":name", name);
	return read_one(db, stmt, arena, ret_system, err);
}

enum err sqlop_system_find(struct db *db, const uint8_t hash[SHA256_LEN], struct arena *arena,
			    struct db_system *ret_system, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_system_find, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_blob(stmt, ":hash", hash, SHA256_LEN);
	return read_one(db, stmt, arena, ret_system, err);
}

enum err sqlop_system_put(struct db *db, const struct db_system *system, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_system_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":name", system->name);
	sql_bind_blob(stmt, ":hash", system->hash, SHA256_LEN);
	sql_bind_text(stmt, ":source", system->source);
	sql_bind_text(stmt, ":org", system->org);
	sql_bind_int(stmt, ":kinds", system->kinds);
	sql_bind_int(stmt, ":rate", system->rate);
	sql_bind_int(stmt, ":made", system->made);
	sql_bind_int(stmt, ":used", system->used);
	sql_bind_int(stmt, ":active", system->active);
	return sql_run(db, stmt, err);
}

struct system_ctx {
	db_system_fn fn;
	void *ctx;
};

static bool system_each(struct stmt *stmt, void *ctx)
{
	const struct system_ctx *each = ctx;
	struct db_system row;

	read_system(stmt, &row);
	return each->fn(each->ctx, &row);
}

enum err sqlop_system_scan(struct db *db, db_system_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_system_scan, err);
	struct system_ctx each = { fn, ctx };

	return stmt == NULL ? ERR_IO : sql_each(db, stmt, system_each, &each, err);
}
