#include <config.h>

#include "zhiban/store/turn.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "cache_priv.h"

static void turns_sql(bool of_org, struct str *sql)
{
	/* sql: constant names */
	str_add(sql, "SELECT r.id, r.org, r.plan, ");
	entity_child_columns(child_desc(CHILD_TURN), "t", sql);
	/* of one organisation its few months are looked through, of all the index of beginnings */
	str_add(sql, of_org ? " FROM roster r CROSS JOIN roster_turn t ON t.owner = r.pk "
			      "WHERE r.starts > :from - :month AND r.starts < :to AND r.org = :org AND "
			    : " FROM roster_turn t JOIN roster r ON r.pk = t.owner WHERE ");
	str_add(sql, "t.starts >= :from AND t.starts < :to ORDER BY t.starts, t.owner, t.ord");
}

enum err cache_turns(struct store *store, const char *org, int64_t from, int64_t to,
		     struct arena *arena, struct turn_row **ret_rows, size_t *ret_n,
		     struct error *err)
{
	struct str sql = STR_INIT;
	struct turn_row *rows = NULL;
	size_t n = 0, cap = 0;
	sqlite3_stmt *stmt;
	bool row;
	enum err code;

	turns_sql(org != NULL, &sql);
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":from", from);
	db_int(stmt, ":to", to);
	if (org != NULL) {
		db_text(stmt, ":org", org);
		db_int(stmt, ":month", 32 * DAY_MS);
	}
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		struct turn_row *to_row;

		MEM_GROW(rows, n, cap);
		to_row = &rows[n++];
		memset(to_row, 0, sizeof *to_row);
		db_col_uuid(stmt, 0, &to_row->roster);
		to_row->org = db_col_text(stmt, 1, arena);
		to_row->plan = db_col_text(stmt, 2, arena);
		entity_child_read(stmt, 3, child_desc(CHILD_TURN), &to_row->turn, arena);
	}
	if (code == ERR_OK) {
		*ret_rows = arena_array(arena, n + 1, sizeof *rows);
		if (n > 0)
			memcpy(*ret_rows, rows, n * sizeof *rows);
		*ret_n = n;
	}
	free(rows);
	return code;
}

/* Their ids are looked up once each: the index alone tells owner and person. */
static const char PAIRS[] = "SELECT r.id, p.staff FROM (SELECT DISTINCT owner, staff FROM roster_turn "
			    "WHERE starts >= :from AND starts < :to AND staff IS NOT NULL) p "
			    "JOIN roster r ON r.pk = p.owner";

enum err cache_turn_pairs(struct store *store, int64_t from, int64_t to, turn_pair_fn fn, void *ctx,
			  struct error *err)
{
	sqlite3_stmt *stmt;
	bool row;
	enum err code = db_stmt(store, PAIRS, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":from", from);
	db_int(stmt, ":to", to);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		struct uuid id;

		if (db_col_uuid(stmt, 0, &id))
			fn(ctx, &id, (const char *)sqlite3_column_text(stmt, 1));
	}
	return code;
}

static const char OWNER[] = "SELECT r.id FROM roster_turn t JOIN roster r ON r.pk = t.owner "
			    "WHERE t.id = :id LIMIT 1";

enum err cache_turn_roster(struct store *store, const struct uuid *turn, struct uuid *ret_roster,
			   struct error *err)
{
	sqlite3_stmt *stmt;
	struct uuid id;
	bool row = false, found = false;
	enum err code = db_stmt(store, OWNER, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", turn);
	code = db_row(store, stmt, &row, err);
	if (row) {
		found = db_col_uuid(stmt, 0, &id);
		db_done(stmt);
	}
	if (code != ERR_OK)
		return code;
	if (!found)
		return error_set(err, ERR_NOT_FOUND, "%s", _("it is not here"));
	*ret_roster = id;
	return ERR_OK;
}
