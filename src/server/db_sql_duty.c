/* The open swaps, joint meetings, and the secret addresses of calendars. */
#include <config.h>

#include "db_sql_priv.h"

#include "zhiban/base/i18n.h"

/* --- swaps ------------------------------------------------------------------------------------ */

/* In the words of its index. */
static const char sql_swap_scan[] = "SELECT eno, id, kind, version, seq, class, rank, state"
				    " FROM entity WHERE kind = 'swap' AND class = 1 ORDER BY eno";

struct entity_ctx {
	db_entity_fn fn;
	void *ctx;
};

static bool entity_each(struct stmt *stmt, void *ctx)
{
	const struct entity_ctx *each = ctx;
	struct db_entity row;

	db_read_entity(stmt, &row);
	return each->fn(each->ctx, &row);
}

enum err sqlop_swap_scan(struct db *db, db_entity_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_swap_scan, err);
	struct entity_ctx each = { fn, ctx };

	return stmt == NULL ? ERR_IO : sql_each(db, stmt, entity_each, &each, err);
}

/* --- meetings --------------------------------------------------------------------------------- */

/* In the words of its index; of closed ones the rank is when they moved last, negative. */
static const char sql_meeting_scan[] =
	"SELECT eno, id, kind, version, seq, class, rank, state FROM entity"
	" WHERE kind = 'meeting' AND class = 1"
	" UNION ALL SELECT eno, id, kind, version, seq, class, rank, state FROM entity"
	" WHERE kind = 'meeting' AND class = 2 AND rank <= :rank";

enum err sqlop_meeting_scan(struct db *db, int64_t since, db_entity_fn fn, void *ctx,
			    struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_meeting_scan, err);
	struct entity_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":rank", -since);
	return sql_each(db, stmt, entity_each, &each, err);
}

/* --- addresses -------------------------------------------------------------------------------- */

#define ADDRESS_COLUMNS "hash, what, about, officer, made, used"

static const char sql_address_find[] =
	"SELECT " ADDRESS_COLUMNS " FROM calendar_address WHERE hash = :hash";
static const char sql_address_scan[] =
	"SELECT " ADDRESS_COLUMNS " FROM calendar_address ORDER BY officer, what, about";
static const char sql_address_put[] =
	"INSERT INTO calendar_address (" ADDRESS_COLUMNS ")"
	" VALUES (:hash, :what, :about, :officer, :made, :used)"
	" ON CONFLICT (hash) DO UPDATE SET used = excluded.used";
static const char sql_address_drop[] = "DELETE FROM calendar_address WHERE hash = :hash";

static void read_address(struct stmt *stmt, struct db_address *row)
{
	sql_col_hash(stmt, 0, row->hash);
	row->what = sql_col_text(stmt, 1);
	row->about = sql_col_text(stmt, 2);
	row->officer = sql_col_text(stmt, 3);
	row->made = sql_col_int(stmt, 4);
	row->used = sql_col_int(stmt, 5);
}

enum err sqlop_address_find(struct db *db, const uint8_t hash[SHA256_LEN], struct arena *arena,
			     struct db_address *ret_address, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_address_find, err);
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_blob(stmt, ":hash", hash, SHA256_LEN);
	code = sql_one(db, stmt, _("there is no such calendar"), err);
	if (code != ERR_OK)
		return code;
	read_address(stmt, ret_address);
	ret_address->what = arena_strdup(arena, ret_address->what);
	ret_address->about = arena_strdup(arena, ret_address->about);
	ret_address->officer = arena_strdup(arena, ret_address->officer);
	sql_done(stmt);
	return ERR_OK;
}

enum err sqlop_address_put(struct db *db, const struct db_address *address, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_address_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_blob(stmt, ":hash", address->hash, SHA256_LEN);
	sql_bind_text(stmt, ":what", address->what);
	sql_bind_text(stmt, ":about", address->about);
	sql_bind_text(stmt, ":officer", address->officer);
	sql_bind_int(stmt, ":made", address->made);
	sql_bind_int(stmt, ":used", address->used);
	return sql_run(db, stmt, err);
}

enum err sqlop_address_drop(struct db *db, const uint8_t hash[SHA256_LEN], struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_address_drop, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_blob(stmt, ":hash", hash, SHA256_LEN);
	return sql_run(db, stmt, err);
}

struct address_ctx {
	db_address_fn fn;
	void *ctx;
};

static bool address_each(struct stmt *stmt, void *ctx)
{
	const struct address_ctx *each = ctx;
	struct db_address row;

	read_address(stmt, &row);
	return each->fn(each->ctx, &row);
}

enum err sqlop_address_scan(struct db *db, db_address_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_address_scan, err);
	struct address_ctx each = { fn, ctx };

	return stmt == NULL ? ERR_IO : sql_each(db, stmt, address_each, &each, err);
}
