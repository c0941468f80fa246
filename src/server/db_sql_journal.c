#include <config.h>

#include "db_sql_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"

/* --- journal --------------------------------------------------------------------------------- */

static const char sql_head[] = "SELECT seq, hash FROM counter";
static const char sql_head_put[] = "UPDATE counter SET seq = :seq, hash = :hash";
static const char sql_journal_add[] = "INSERT INTO journal (seq, width, hash, bytes)"
				      " VALUES (:seq, :width, :hash, :bytes)";
static const char sql_journal_get[] =
	"SELECT seq, width, hash, bytes FROM journal WHERE seq = :seq";
static const char sql_journal_scan[] =
	"SELECT seq, width, hash, bytes FROM journal WHERE seq > :after ORDER BY seq";
static const char sql_touch_add[] = "INSERT INTO touch (eno, seq) VALUES (:eno, :seq)";
static const char sql_timeline[] =
	"SELECT j.seq, j.width, j.hash, j.bytes FROM touch t JOIN journal j ON j.seq = t.seq"
	" WHERE t.eno = :eno AND t.seq > :after ORDER BY t.seq";

static void read_entry(struct stmt *stmt, struct db_entry *entry)
{
	entry->seq = sql_col_int(stmt, 0);
	entry->width = sql_col_int(stmt, 1);
	sql_col_hash(stmt, 2, entry->hash);
	entry->bytes = sql_col_blob(stmt, 3, &entry->len);
}

enum err sqlop_head(struct db *db, int64_t *ret_seq, uint8_t ret_hash[SHA256_LEN],
		     struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_head, err);
	enum err code;
	bool row;

	if (stmt == NULL)
		return ERR_IO;
	code = sql_row(db, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	*ret_seq = row ? sql_col_int(stmt, 0) : 0;
	memset(ret_hash, 0, SHA256_LEN);
	if (row) {
		sql_col_hash(stmt, 1, ret_hash);
		sql_done(stmt);
	}
	return ERR_OK;
}

enum err sqlop_head_put(struct db *db, int64_t seq, const uint8_t hash[SHA256_LEN],
		     struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_head_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":seq", seq);
	sql_bind_blob(stmt, ":hash", hash, SHA256_LEN);
	return sql_run(db, stmt, err);
}

enum err sqlop_journal_add(struct db *db, const struct db_entry *entry, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_journal_add, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":seq", entry->seq);
	sql_bind_int(stmt, ":width", entry->width);
	sql_bind_blob(stmt, ":hash", entry->hash, SHA256_LEN);
	sql_bind_blob(stmt, ":bytes", entry->bytes, entry->len);
	return sql_run(db, stmt, err);
}

enum err sqlop_journal_get(struct db *db, int64_t seq, struct arena *arena,
			    struct db_entry *ret_entry, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_journal_get, err);
	enum err code;
	bool row;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":seq", seq);
	code = sql_row(db, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	if (!row)
		return error_set(err, ERR_NOT_FOUND, _("the journal has no entry %lld"),
				 (long long)seq);
	read_entry(stmt, ret_entry);
	ret_entry->bytes = sql_keep_blob(stmt, 3, arena, &ret_entry->len);
	sql_done(stmt);
	return ERR_OK;
}

struct entry_ctx {
	db_entry_fn fn;
	void *ctx;
};

static bool entry_each(struct stmt *stmt, void *ctx)
{
	const struct entry_ctx *each = ctx;
	struct db_entry row;

	read_entry(stmt, &row);
	return each->fn(each->ctx, &row);
}

enum err sqlop_journal_scan(struct db *db, int64_t after, db_entry_fn fn, void *ctx,
			     struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_journal_scan, err);
	struct entry_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":after", after);
	return sql_scan(db, stmt, entry_each, &each, err);
}

enum err sqlop_touch_add(struct db *db, int64_t eno, int64_t seq, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_touch_add, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":eno", eno);
	sql_bind_int(stmt, ":seq", seq);
	return sql_run(db, stmt, err);
}

enum err sqlop_timeline(struct db *db, int64_t eno, int64_t after, db_entry_fn fn, void *ctx,
			 struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_timeline, err);
	struct entry_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":eno", eno);
	sql_bind_int(stmt, ":after", after);
	return sql_scan(db, stmt, entry_each, &each, err);
}

/* --- entities -------------------------------------------------------------------------------- */

static const char sql_entity_get[] = "SELECT eno, id, kind, version, seq, class, rank, state"
				     " FROM entity WHERE id = :id";
static const char sql_entity_at[] = "SELECT eno, id, kind, version, seq, class, rank, state"
				    " FROM entity WHERE eno = :eno";
static const char sql_entity_scan[] = "SELECT eno, id, kind, version, seq, class, rank, state"
				      " FROM entity WHERE eno > :after ORDER BY eno";
static const char sql_entity_add[] =
	"INSERT INTO entity (id, kind, version, seq, class, rank, state)"
	" VALUES (:id, :kind, :version, :seq, :class, :rank, :state) RETURNING eno";
static const char sql_entity_set[] = "UPDATE entity SET version = :version, seq = :seq,"
				     " class = :class, rank = :rank, state = :state"
				     " WHERE eno = :eno";
static const char sql_outside_find[] =
	"SELECT eno FROM outside WHERE source = :source AND src_no = :src_no";
static const char sql_outside_add[] = "INSERT INTO outside (source, src_no, eno)"
				      " VALUES (:source, :src_no, :eno)"
				      " ON CONFLICT (source, src_no) DO NOTHING";
static const char sql_serial_get[] = "SELECT last FROM serial WHERE day = :day";
static const char sql_serial_put[] = "INSERT INTO serial (day, last) VALUES (:day, :last)"
				     " ON CONFLICT (day) DO UPDATE SET last = excluded.last";
static const char sql_counts[] = "SELECT (SELECT count(*) FROM journal),"
				 " (SELECT count(*) FROM entity), (SELECT count(*) FROM touch),"
				 " (SELECT count(*) FROM party), (SELECT count(*) FROM feed),"
				 " (SELECT count(*) FROM absence)";

void db_read_entity(struct stmt *stmt, struct db_entity *entity)
{
	*entity = (struct db_entity){
		.eno = sql_col_int(stmt, 0),
		.id = sql_col_id(stmt, 1),
		.kind = sql_col_text(stmt, 2),
		.version = sql_col_int(stmt, 3),
		.seq = sql_col_int(stmt, 4),
		.class = sql_col_int(stmt, 5),
		.rank = sql_col_int(stmt, 6),
	};
	entity->bytes = sql_col_blob(stmt, 7, &entity->len);
}

static enum err entity_one(struct db *db, struct stmt *stmt, struct arena *arena,
			   struct db_entity *ret_entity, struct error *err)
{
	bool row;
	enum err code = sql_row(db, stmt, &row, err);

	if (code != ERR_OK)
		return code;
	if (!row)
		return error_set(err, ERR_NOT_FOUND, "%s", _("there is nothing of that id"));
	db_read_entity(stmt, ret_entity);
	ret_entity->kind = arena_strdup(arena, ret_entity->kind);
	ret_entity->bytes = sql_keep_blob(stmt, 7, arena, &ret_entity->len);
	sql_done(stmt);
	return ERR_OK;
}

enum err sqlop_entity_get(struct db *db, const struct uuid *id, struct arena *arena,
			   struct db_entity *ret_entity, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_entity_get, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_id(stmt, ":id", id);
	return entity_one(db, stmt, arena, ret_entity, err);
}

enum err sqlop_entity_at(struct db *db, int64_t eno, struct arena *arena,
			  struct db_entity *ret_entity, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_entity_at, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":eno", eno);
	return entity_one(db, stmt, arena, ret_entity, err);
}

enum err sqlop_entity_put(struct db *db, struct db_entity *entity, struct error *err)
{
	bool fresh = entity->eno == 0, row;
	struct stmt *stmt = sql_stmt(db, fresh ? sql_entity_add : sql_entity_set, err);
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	if (fresh) {
		sql_bind_id(stmt, ":id", &entity->id);
		sql_bind_text(stmt, ":kind", entity->kind);
	} else {
		sql_bind_int(stmt, ":eno", entity->eno);
	}
	sql_bind_int(stmt, ":version", entity->version);
	sql_bind_int(stmt, ":seq", entity->seq);
	sql_bind_int(stmt, ":class", entity->class);
	sql_bind_int(stmt, ":rank", entity->rank);
	sql_bind_blob(stmt, ":state", entity->bytes, entity->len);
	if (!fresh)
		return sql_run(db, stmt, err);
	code = sql_row(db, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	entity->eno = sql_col_int(stmt, 0);
	sql_done(stmt);
	return ERR_OK;
}

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

enum err sqlop_entity_scan(struct db *db, int64_t after_eno, db_entity_fn fn, void *ctx,
			    struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_entity_scan, err);
	struct entity_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":after", after_eno);
	return sql_scan(db, stmt, entity_each, &each, err);
}

enum err sqlop_outside_find(struct db *db, const char *source, const char *src_no,
			     int64_t *ret_eno, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_outside_find, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":source", source);
	sql_bind_text(stmt, ":src_no", src_no);
	return sql_number(db, stmt, ret_eno, err);
}

enum err sqlop_outside_add(struct db *db, const char *source, const char *src_no, int64_t eno,
			    struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_outside_add, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":source", source);
	sql_bind_text(stmt, ":src_no", src_no);
	sql_bind_int(stmt, ":eno", eno);
	return sql_run(db, stmt, err);
}

enum err sqlop_serial_get(struct db *db, int64_t day, int64_t *ret_last, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_serial_get, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":day", day);
	return sql_number(db, stmt, ret_last, err);
}

enum err sqlop_serial_put(struct db *db, int64_t day, int64_t last, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_serial_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":day", day);
	sql_bind_int(stmt, ":last", last);
	return sql_run(db, stmt, err);
}

enum err sqlop_counts(struct db *db, struct db_counts *ret_counts, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_counts, err);
	enum err code;
	bool row;

	if (stmt == NULL)
		return ERR_IO;
	code = sql_row(db, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	*ret_counts = (struct db_counts){ sql_col_int(stmt, 0),
					  sql_col_int(stmt, 1),
					  sql_col_int(stmt, 2),
					  sql_col_int(stmt, 3),
					  sql_col_int(stmt, 4),
					  sql_col_int(stmt, 5) };
	sql_done(stmt);
	return ERR_OK;
}
