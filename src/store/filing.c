/* Which weeks of rosters were filed, or chased: of all cached rosters at once. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/store/turn.h"

#include "cache_priv.h"

enum err cache_filings(struct store *store, int64_t from, int64_t to, struct arena *arena,
		       struct filing_row **ret_rows, size_t *ret_n, struct error *err)
{
	struct str sql = STR_INIT;
	struct filing_row *rows = NULL;
	size_t n = 0, cap = 0;
	sqlite3_stmt *stmt;
	bool row;
	enum err code;

	str_add(&sql, "SELECT r.id, ");
	entity_child_columns(child_desc(CHILD_FILING), "f", &sql);
	str_add(&sql, " FROM roster_filing f JOIN roster r ON r.pk = f.owner "
		      "WHERE f.week >= :from AND f.week < :to");
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":from", from);
	db_int(stmt, ":to", to);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		struct filing_row *one;

		MEM_GROW(rows, n, cap);
		one = &rows[n++];
		memset(one, 0, sizeof *one);
		db_col_uuid(stmt, 0, &one->roster);
		entity_child_read(stmt, 1, child_desc(CHILD_FILING), &one->filing, arena);
	}
	if (code == ERR_OK) {
		*ret_rows = n > 0 ? arena_dup(arena, rows, n * sizeof *rows) : NULL;
		*ret_n = n;
	}
	free(rows);
	return code;
}
