/* Who is kept from what it would see. */
#include <config.h>

#include "db_sql_priv.h"

static const char sql_party_del[] = "DELETE FROM party WHERE eno = :eno AND org = :org";
static const char sql_scope_del[] = "DELETE FROM scope WHERE org = :org AND class = :class"
				    " AND rank = :rank AND eno = :eno";
static const char sql_org_uncount[] = "UPDATE org SET visible = visible - 1 WHERE no = :org";
static const char sql_feed_del[] = "DELETE FROM feed WHERE org = :org AND eno = :eno"
				   " AND seq IN (SELECT seq FROM touch WHERE eno = :eno)";
static const char sql_absence_add[] = "INSERT INTO absence (eno, org, lost, since, back)"
				      " VALUES (:eno, :org, :lost, :since, 0)";
static const char sql_absence_end[] =
	"UPDATE absence SET back = :back WHERE eno = :eno AND org = :org AND back = 0";
static const char sql_absence_scan[] = "SELECT org, eno, since, lost, back FROM absence"
				       " WHERE eno = :eno ORDER BY org, lost";
static const char sql_absence_since[] = "SELECT org, eno, since, lost, back FROM absence"
					" WHERE org = :org AND lost > :after ORDER BY lost, eno";

static enum err add(struct db *db, const struct db_absence *absence, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_absence_add, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":eno", absence->eno);
	sql_bind_int(stmt, ":org", absence->org);
	sql_bind_int(stmt, ":lost", absence->lost);
	sql_bind_int(stmt, ":since", absence->since);
	return sql_run(db, stmt, err);
}

/* What of an entity is an organisation's, by a statement that knows :org and, perhaps, :eno and
 * its place. */
static enum err take(struct db *db, const char *sql, int64_t org, const struct db_entity *entity,
		     struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":org", org);
	if (sql != sql_org_uncount)
		sql_bind_int(stmt, ":eno", entity->eno);
	if (sql == sql_scope_del) {
		sql_bind_int(stmt, ":class", entity->class);
		sql_bind_int(stmt, ":rank", entity->rank);
	}
	return sql_run(db, stmt, err);
}

enum err sqlop_party_drop(struct db *db, int64_t org, const struct db_entity *entity, int64_t seq,
			  struct error *err)
{
	struct db_absence absence = { .org = org, .eno = entity->eno, .lost = seq };
	enum err code = sqlop_party_since(db, org, entity->eno, &absence.since, err);

	if (code == ERR_OK)
		code = add(db, &absence, err);
	if (code == ERR_OK)
		code = take(db, sql_party_del, org, entity, err);
	if (code == ERR_OK)
		code = take(db, sql_scope_del, org, entity, err);
	if (code == ERR_OK)
		code = take(db, sql_org_uncount, org, entity, err);
	return code != ERR_OK ? code : take(db, sql_feed_del, org, entity, err);
}

enum err sqlop_absent_add(struct db *db, int64_t org, int64_t eno, int64_t seq, struct error *err)
{
	return add(db, &(struct db_absence){ .org = org, .eno = eno, .lost = seq }, err);
}

enum err sqlop_absent_end(struct db *db, int64_t org, int64_t eno, int64_t seq, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_absence_end, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":back", seq);
	sql_bind_int(stmt, ":eno", eno);
	sql_bind_int(stmt, ":org", org);
	return sql_run(db, stmt, err);
}

struct absence_ctx {
	db_absence_fn fn;
	void *ctx;
};

static bool absence_each(struct stmt *stmt, void *ctx)
{
	const struct absence_ctx *each = ctx;
	struct db_absence row = { sql_col_int(stmt, 0), sql_col_int(stmt, 1), sql_col_int(stmt, 2),
				  sql_col_int(stmt, 3), sql_col_int(stmt, 4) };

	return each->fn(each->ctx, &row);
}

enum err sqlop_absent_scan(struct db *db, int64_t eno, db_absence_fn fn, void *ctx,
			   struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_absence_scan, err);
	struct absence_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":eno", eno);
	return sql_each(db, stmt, absence_each, &each, err);
}

enum err sqlop_absent_since(struct db *db, int64_t org, int64_t after, db_absence_fn fn, void *ctx,
			    struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_absence_since, err);
	struct absence_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":org", org);
	sql_bind_int(stmt, ":after", after);
	return sql_each(db, stmt, absence_each, &each, err);
}
