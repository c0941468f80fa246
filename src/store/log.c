#include <config.h>

#include "zhiban/store/log.h"

#include <string.h>

#include "zhiban/base/mem.h"

#include "cache_priv.h"

int64_t log_at(const struct entry *entry)
{
	struct value happened;

	if (entry->act.desc == NULL || entry->act.target.kind != KIND_RECORD ||
	    entry->act.desc->conflict != CONFLICT_CREATES)
		return entry->eff;
	happened = act_value(&entry->act, "happened_at", 0);
	return happened.num != 0 ? happened.num : entry->eff;
}

static const char NOTE[] = "INSERT OR IGNORE INTO logline (at, seq, entity, kind, verb, bytes) "
			   "VALUES (:at, :seq, :entity, :kind, :verb, :bytes)";

static enum err put(struct store *store, const struct entry *entry, const char *bytes, size_t len,
		    struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code;

	if (entry->act.desc == NULL) /* made by hand: nobody did it */
		return ERR_OK;
	code = db_stmt(store, NOTE, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":at", log_at(entry));
	db_int(stmt, ":seq", entry->seq);
	db_uuid(stmt, ":entity", &entry->act.target.id);
	db_int(stmt, ":kind", entry->act.target.kind);
	db_text(stmt, ":verb", act_verb(&entry->act));
	if (bytes != NULL)
		db_blob(stmt, ":bytes", bytes, len);
	return db_run(store, stmt, err);
}

enum err cache_log_note(struct store *store, const struct entry *entry, struct error *err)
{
	return put(store, entry, NULL, 0, err);
}

static const char HAS_LINE[] = "SELECT count(*) FROM line WHERE seq = :seq";

enum err cache_log_put(struct store *store, const struct entry *entry, const char *bytes, size_t len,
		       struct error *err)
{
	sqlite3_stmt *stmt;
	int64_t there = 0;
	enum err code = db_stmt(store, HAS_LINE, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":seq", entry->seq);
	code = db_number(store, stmt, &there, err);
	return code == ERR_OK ? put(store, entry, there > 0 ? NULL : bytes, len, err) : code;
}

/* ---- reading ---- */

struct found { /* a line that is wanted */
	int64_t at, seq;
	struct uuid entity;
};

static const char RANGE[] = "SELECT at, seq, entity, kind, verb FROM logline "
			    "WHERE at >= :from AND at < :to ORDER BY at, seq";
static const char BYTES[] = "SELECT coalesce(l.bytes, t.bytes) FROM logline l LEFT JOIN line t "
			    "ON t.seq = l.seq WHERE l.at = :at AND l.seq = :seq";

static enum err find(struct store *store, int64_t from, int64_t to, log_wants_fn wants, void *ctx,
		     struct found **ret_found, size_t *ret_n, struct error *err)
{
	struct found *found = NULL;
	size_t n = 0, cap = 0;
	sqlite3_stmt *stmt;
	bool row;
	enum err code = db_stmt(store, RANGE, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":from", from);
	db_int(stmt, ":to", to);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		int64_t kind = db_col_int(stmt, 3);

		if (kind < 0 || kind >= KIND_COUNT ||
		    !wants(ctx, (enum kind)kind, (const char *)sqlite3_column_text(stmt, 4)))
			continue;
		MEM_GROW(found, n, cap);
		found[n] = (struct found){ .at = db_col_int(stmt, 0), .seq = db_col_int(stmt, 1) };
		if (db_col_uuid(stmt, 2, &found[n].entity))
			n++;
	}
	*ret_found = found;
	*ret_n = n;
	return code;
}

static enum err read_one(struct store *store, const struct found *found, log_line_fn fn, void *ctx,
			 struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, BYTES, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":at", found->at);
	db_int(stmt, ":seq", found->seq);
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK || !row)
		return code;
	if (sqlite3_column_type(stmt, 0) != SQLITE_NULL) /* else its timeline is no longer kept */
		code = fn(ctx, found->at, found->seq, &found->entity, sqlite3_column_blob(stmt, 0),
			  (size_t)sqlite3_column_bytes(stmt, 0), err);
	db_done(stmt);
	return code;
}

enum err cache_log(struct store *store, int64_t from, int64_t to, log_wants_fn wants, log_line_fn fn,
		   void *ctx, struct error *err)
{
	struct found *found = NULL;
	size_t n = 0;
	enum err code = find(store, from, to, wants, ctx, &found, &n, err);

	for (size_t i = 0; i < n && code == ERR_OK; i++)
		code = read_one(store, &found[i], fn, ctx, err);
	free(found);
	return code;
}

int64_t cache_log_from(struct store *store)
{
	return store_meta_int(store, "log_from");
}

enum err cache_log_set_from(struct store *store, int64_t from, struct error *err)
{
	return store_meta_set_int(store, "log_from", from, err);
}
