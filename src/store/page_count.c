/* How many open incidents stand in one group, by the index of its order. */
#include <config.h>

#include "zhiban/store/page.h"

#include "cache_priv.h"

enum err cache_count_group(struct store *store, const struct field *field, struct value group,
			   int64_t until, int64_t most, int64_t *ret_count, struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code;

	/* sql: constant names */
	str_addf(&sql,
		 "SELECT count(*) FROM (SELECT 1 FROM incident WHERE \"%s\" IS :group "
		 "AND rank_a < :closed AND rank_a <= :until LIMIT :most)",
		 field->sql);
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	if (value_is_set(group) && group.is_text)
		db_text(stmt, ":group", group.text);
	else if (value_is_set(group))
		db_int(stmt, ":group", group.num);
	db_int(stmt, ":closed", BOARD_CLOSED);
	db_int(stmt, ":until", until);
	db_int(stmt, ":most", most);
	code = db_row(store, stmt, &row, err);
	if (code == ERR_OK && row) {
		*ret_count = db_col_int(stmt, 0);
		db_done(stmt);
	}
	return code;
}

enum err cache_newest(struct store *store, int64_t *ret_tie, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, "SELECT ifnull(max(pk), 0) FROM incident", &stmt, err);

	if (code != ERR_OK)
		return code;
	code = db_row(store, stmt, &row, err);
	if (code == ERR_OK && row) {
		*ret_tie = db_col_int(stmt, 0);
		db_done(stmt);
	}
	return code;
}
