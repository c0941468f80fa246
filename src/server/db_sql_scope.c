#include <config.h>

#include "db_sql_priv.h"

#include <string.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* --- organisations --------------------------------------------------------------------------- */

static const char sql_org_no[] = "SELECT no FROM org WHERE code = :code";
static const char sql_org_add[] = "INSERT INTO org (code) VALUES (:code) RETURNING no";
static const char sql_org_code[] = "SELECT code FROM org WHERE no = :no";
static const char sql_org_visible[] = "SELECT visible FROM org WHERE no = :no";
static const char sql_org_count[] = "UPDATE org SET visible = visible + 1 WHERE no = :no";

/* Each act asks for the numbers of a handful of organisations: over a network that is an exchange
 * each. */
struct sql_orgs {
	struct arena arena;
	struct sql_org {
		const char *code; /* NULL: free */
		int64_t no;
	} slots[1 << 11]; /* what does not fit is asked for */
	size_t n;
};

static struct sql_org *org_slot(struct db *db, const char *code)
{
	enum { SLOTS = ARRAY_LEN(db->orgs->slots) };
	uint32_t hash = 2166136261u;
	struct sql_org *slot;

	if (db->orgs == NULL)
		db->orgs = mem_alloc(sizeof *db->orgs);
	for (const char *s = code; *s != '\0'; s++)
		hash = (hash ^ (unsigned char)*s) * 16777619u;
	do
		slot = &db->orgs->slots[hash++ % SLOTS];
	while (slot->code != NULL && strcmp(slot->code, code) != 0);
	return slot;
}

static void keep_org(struct db *db, struct sql_org *slot, const char *code, int64_t no)
{
	if (db->orgs_made || no == 0 || db->orgs->n * 2 > ARRAY_LEN(db->orgs->slots))
		return;
	slot->code = arena_strdup(&db->orgs->arena, code);
	slot->no = no;
	db->orgs->n++;
}

void sql_orgs_free(struct db *db)
{
	if (db->orgs != NULL)
		arena_release(&db->orgs->arena);
	free(db->orgs);
	db->orgs = NULL;
}

enum err sqlop_org_no(struct db *db, const char *code, bool make, int64_t *ret_no,
		       struct error *err)
{
	struct sql_org *slot = org_slot(db, code);
	struct stmt *stmt;
	enum err rc;

	if (slot->code != NULL) {
		*ret_no = slot->no;
		return ERR_OK;
	}
	stmt = sql_stmt(db, sql_org_no, err);
	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":code", code);
	rc = sql_number(db, stmt, ret_no, err);
	if (rc == ERR_OK)
		keep_org(db, slot, code, *ret_no);
	if (rc != ERR_OK || *ret_no != 0 || !make)
		return rc;
	db->orgs_made = true;
	stmt = sql_stmt(db, sql_org_add, err);
	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":code", code);
	return sql_number(db, stmt, ret_no, err);
}

enum err sqlop_org_code(struct db *db, int64_t no, struct arena *arena, const char **ret_code,
			 struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_org_code, err);
	enum err code;
	bool row;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":no", no);
	code = sql_row(db, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	if (!row)
		return error_set(err, ERR_NOT_FOUND, _("there is no organisation %lld"),
				 (long long)no);
	*ret_code = sql_keep_text(stmt, 0, arena);
	sql_done(stmt);
	return ERR_OK;
}

enum err sqlop_org_visible(struct db *db, int64_t no, int64_t *ret_count, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_org_visible, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":no", no);
	return sql_number(db, stmt, ret_count, err);
}

/* --- parties and scope ----------------------------------------------------------------------- */

static const char sql_party_add[] = "INSERT INTO party (eno, org, since)"
				    " VALUES (:eno, :org, :since)";
static const char sql_party_scan[] =
	"SELECT org, since FROM party WHERE eno = :eno ORDER BY org";
static const char sql_party_since[] =
	"SELECT since FROM party WHERE eno = :eno AND org = :org";
static const char sql_scope_add[] = "INSERT INTO scope (org, class, rank, eno)"
				    " VALUES (:org, :class, :rank, :eno)";
static const char sql_scope_move[] =
	"UPDATE scope SET class = :class, rank = :rank"
	" WHERE class = :old_class AND rank = :old_rank AND eno = :eno"
	" AND org IN (SELECT org FROM party WHERE eno = :eno)";
static const char sql_snapshot[] =
	"SELECT e.eno, e.id, e.kind, e.version, e.seq, e.class, e.rank, e.state"
	" FROM scope s JOIN entity e ON e.eno = s.eno WHERE s.org = :org"
	" AND (s.class, s.rank, s.eno) > (:class, :rank, :eno)"
	" ORDER BY s.class, s.rank, s.eno";
static const char sql_scope_scan[] =
	"SELECT e.eno, e.id, e.version, e.seq, p.since"
	" FROM scope s CROSS JOIN entity e CROSS JOIN party p"
	" WHERE s.org = :org AND e.eno = s.eno AND p.eno = s.eno AND p.org = s.org"
	" ORDER BY e.id";

static enum err bind_place_and_run(struct db *db, struct stmt *stmt, int64_t org,
				   const struct db_entity *entity, struct error *err)
{
	sql_bind_int(stmt, ":org", org);
	sql_bind_int(stmt, ":class", entity->class);
	sql_bind_int(stmt, ":rank", entity->rank);
	sql_bind_int(stmt, ":eno", entity->eno);
	return sql_run(db, stmt, err);
}

enum err sqlop_party_add(struct db *db, int64_t org, const struct db_entity *entity,
			  int64_t since, struct error *err)
{
	struct stmt *party = sql_stmt(db, sql_party_add, err);
	struct stmt *scope = sql_stmt(db, sql_scope_add, err);
	struct stmt *count = sql_stmt(db, sql_org_count, err);
	enum err code;

	if (party == NULL || scope == NULL || count == NULL)
		return ERR_IO;
	sql_bind_int(party, ":eno", entity->eno);
	sql_bind_int(party, ":org", org);
	sql_bind_int(party, ":since", since);
	code = sql_run(db, party, err);
	if (code == ERR_OK)
		code = bind_place_and_run(db, scope, org, entity, err);
	if (code != ERR_OK)
		return code;
	sql_bind_int(count, ":no", org);
	return sql_run(db, count, err);
}

struct scan_ctx {
	union {
		db_party_fn party;
		db_entity_fn entity;
		db_feed_fn feed;
	} fn;
	void *ctx;
};

static bool party_each(struct stmt *stmt, void *ctx)
{
	const struct scan_ctx *each = ctx;
	struct db_party row = { sql_col_int(stmt, 0), sql_col_int(stmt, 1) };

	return each->fn.party(each->ctx, &row);
}

enum err sqlop_party_scan(struct db *db, int64_t eno, db_party_fn fn, void *ctx,
			   struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_party_scan, err);
	struct scan_ctx each = { .fn.party = fn, .ctx = ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":eno", eno);
	return sql_each(db, stmt, party_each, &each, err);
}

enum err sqlop_party_since(struct db *db, int64_t org, int64_t eno, int64_t *ret_since,
			    struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_party_since, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":eno", eno);
	sql_bind_int(stmt, ":org", org);
	return sql_number(db, stmt, ret_since, err);
}

enum err sqlop_scope_move(struct db *db, const struct db_entity *entity,
			   const struct db_place *old, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_scope_move, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":class", entity->class);
	sql_bind_int(stmt, ":rank", entity->rank);
	sql_bind_int(stmt, ":old_class", old->class);
	sql_bind_int(stmt, ":old_rank", old->rank);
	sql_bind_int(stmt, ":eno", entity->eno);
	return sql_run(db, stmt, err);
}

static bool snapshot_each(struct stmt *stmt, void *ctx)
{
	const struct scan_ctx *each = ctx;
	struct db_entity row;

	db_read_entity(stmt, &row);
	return each->fn.entity(each->ctx, &row);
}

enum err sqlop_snapshot(struct db *db, int64_t org, const struct db_place *after,
			 db_entity_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_snapshot, err);
	struct scan_ctx each = { .fn.entity = fn, .ctx = ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":org", org);
	sql_bind_int(stmt, ":class", after->class);
	sql_bind_int(stmt, ":rank", after->rank);
	sql_bind_int(stmt, ":eno", after->eno);
	return sql_scan(db, stmt, snapshot_each, &each, err);
}

static bool scope_each(struct stmt *stmt, void *ctx)
{
	const struct scan_ctx *each = ctx;
	struct db_entity row = { .eno = sql_col_int(stmt, 0),
				 .id = sql_col_id(stmt, 1),
				 .version = sql_col_int(stmt, 2),
				 .seq = sql_col_int(stmt, 3),
				 .since = sql_col_int(stmt, 4) };

	return each->fn.entity(each->ctx, &row);
}

enum err sqlop_scope_scan(struct db *db, int64_t org, db_entity_fn fn, void *ctx,
			   struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_scope_scan, err);
	struct scan_ctx each = { .fn.entity = fn, .ctx = ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":org", org);
	return sql_scan_sorted(db, stmt, scope_each, &each, err);
}

/* --- feed ------------------------------------------------------------------------------------ */

static const char sql_feed_add[] =
	"INSERT INTO feed (org, seq, eno, whole) VALUES (:org, :seq, :eno, :whole)";
static const char sql_feed_scan[] = "SELECT seq, eno, whole FROM feed"
				    " WHERE org = :org AND seq > :after ORDER BY seq, eno";
static const char sql_feed_count[] =
	"SELECT count(*) FROM"
	" (SELECT 1 FROM feed WHERE org = :org AND seq > :after LIMIT :limit) AS behind";
static const char sql_feed_has[] = "SELECT count(*) FROM feed WHERE org = :org AND seq = :seq"
				   " AND eno = :eno AND whole = :whole";

static void bind_feed(struct stmt *stmt, int64_t org, const struct db_feed *row)
{
	sql_bind_int(stmt, ":org", org);
	sql_bind_int(stmt, ":seq", row->seq);
	sql_bind_int(stmt, ":eno", row->eno);
	sql_bind_int(stmt, ":whole", row->kind);
}

enum err sqlop_feed_add(struct db *db, int64_t org, const struct db_feed *row, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_feed_add, err);

	if (stmt == NULL)
		return ERR_IO;
	bind_feed(stmt, org, row);
	return sql_run(db, stmt, err);
}

static bool feed_each(struct stmt *stmt, void *ctx)
{
	const struct scan_ctx *each = ctx;
	struct db_feed row = { sql_col_int(stmt, 0), sql_col_int(stmt, 1),
			       (enum feed_row)sql_col_int(stmt, 2) };

	return each->fn.feed(each->ctx, &row);
}

enum err sqlop_feed_scan(struct db *db, int64_t org, int64_t after, db_feed_fn fn, void *ctx,
			  struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_feed_scan, err);
	struct scan_ctx each = { .fn.feed = fn, .ctx = ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":org", org);
	sql_bind_int(stmt, ":after", after);
	return sql_scan(db, stmt, feed_each, &each, err);
}

enum err sqlop_feed_count(struct db *db, int64_t org, int64_t after, int64_t limit,
			   int64_t *ret_count, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_feed_count, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":org", org);
	sql_bind_int(stmt, ":after", after);
	sql_bind_int(stmt, ":limit", limit);
	return sql_number(db, stmt, ret_count, err);
}

enum err sqlop_feed_has(struct db *db, int64_t org, const struct db_feed *row, bool *ret_has,
			 struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_feed_has, err);
	int64_t count = 0;
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	bind_feed(stmt, org, row);
	code = sql_number(db, stmt, &count, err);
	if (code == ERR_OK)
		*ret_has = count > 0;
	return code;
}
