/* The index of texts, and what officers have marked. */
#include <config.h>

#include "db_sql_priv.h"

enum err sqlop_search_add(struct db *db, int64_t eno, const int64_t *terms, size_t n,
			  struct error *err)
{
	struct stmt *stmt = sql_stmt(db, db->driver->search_add, err);
	struct str words = STR_INIT;
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	db->driver->search_terms(&words, terms, n);
	sql_bind_int(stmt, ":eno", eno);
	sql_bind_text(stmt, ":terms", str_get(&words));
	code = sql_run(db, stmt, err);
	str_release(&words);
	return code;
}

struct found {
	db_entity_fn fn;
	void *ctx;
};

static bool found_each(struct stmt *stmt, void *ctx)
{
	const struct found *found = ctx;
	struct db_entity row;

	db_read_entity(stmt, &row);
	return found->fn(found->ctx, &row);
}

enum err sqlop_search_find(struct db *db, const struct db_search *ask, db_entity_fn fn, void *ctx,
			   struct error *err)
{
	struct stmt *stmt = sql_stmt(db, db->driver->search_find, err);
	struct found found = { fn, ctx };
	struct str words = STR_INIT;
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	db->driver->search_terms(&words, ask->terms, ask->n);
	sql_bind_text(stmt, ":terms", str_get(&words));
	sql_bind_int(stmt, ":org", ask->org);
	sql_bind_int(stmt, ":before", ask->before);
	code = sql_scan(db, stmt, found_each, &found, err);
	str_release(&words);
	return code;
}

/* --- marks ----------------------------------------------------------------------------------- */

/* Each write gets the highest number, so that a console asks for what is new. */
static const char sql_mark_put[] =
	"INSERT INTO officer_mark (no, officer, id, what, value, at)"
	" VALUES ((SELECT coalesce(max(no), 0) + 1 FROM officer_mark), :officer, :id, :what, :value,"
	" :at) ON CONFLICT (officer, id, what) DO UPDATE SET no = excluded.no,"
	" value = excluded.value, at = excluded.at";
static const char sql_mark_scan[] = "SELECT no, id, what, value, at FROM officer_mark"
				    " WHERE officer = :officer AND no > :after ORDER BY no";

enum err sqlop_mark_put(struct db *db, const char *officer, const struct db_officer_mark *mark,
			struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_mark_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":officer", officer);
	sql_bind_id(stmt, ":id", &mark->id);
	sql_bind_text(stmt, ":what", mark->what);
	sql_bind_int(stmt, ":value", mark->value);
	sql_bind_int(stmt, ":at", mark->at);
	return sql_run(db, stmt, err);
}

struct marks_ctx {
	db_mark_fn fn;
	void *ctx;
};

static bool mark_each(struct stmt *stmt, void *ctx)
{
	const struct marks_ctx *each = ctx;
	struct db_officer_mark row = { .no = sql_col_int(stmt, 0),
				       .id = sql_col_id(stmt, 1),
				       .what = sql_col_text(stmt, 2),
				       .value = sql_col_int(stmt, 3),
				       .at = sql_col_int(stmt, 4) };

	return each->fn(each->ctx, &row);
}

enum err sqlop_mark_scan(struct db *db, const char *officer, int64_t after, db_mark_fn fn, void *ctx,
			 struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_mark_scan, err);
	struct marks_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":officer", officer);
	sql_bind_int(stmt, ":after", after);
	return sql_scan(db, stmt, mark_each, &each, err);
}
