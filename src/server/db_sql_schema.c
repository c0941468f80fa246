/* The tables and their changes since: numbered scripts, forward only. */
#include <config.h>

#include "db_sql_priv.h"

#include <assert.h>
#include <stdio.h>

#include "src/server/schema_sql.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

static const char *const scripts[] = {
	server_sql,   server_2_sql, server_3_sql, server_4_sql, server_5_sql,
	server_6_sql, server_7_sql, server_8_sql, server_9_sql,
};
static_assert(ARRAY_LEN(scripts) == DB_SCHEMA, "the newest number is that of the last script");

enum { SEARCH_SCRIPT = 7 }; /* with which the data base makes its index of texts */

static const char sql_schema[] = "SELECT value FROM meta WHERE name = 'schema'";

/* The number of the last script that was run; 0: there are no tables. */
static enum err read_number(struct db *db, const char *where, long long *ret_number,
			    struct error *err)
{
	struct stmt *stmt = sql_stmt(db, db->driver->has_meta, err);
	int64_t there = 0;
	bool row = false;
	enum err code = stmt == NULL ? ERR_IO : sql_number(db, stmt, &there, err);

	*ret_number = 0;
	if (code != ERR_OK || there == 0)
		return code;
	stmt = sql_stmt(db, sql_schema, err);
	code = stmt == NULL ? ERR_IO : sql_row(db, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	/* data that were being made have no number yet */
	if (row && !str_int(sql_col_text(stmt, 0), 1, INT32_MAX, ret_number))
		*ret_number = INT32_MAX;
	if (row)
		sql_done(stmt);
	if (*ret_number <= DB_SCHEMA)
		return ERR_OK;
	return error_set(err, ERR_VERSION,
			 _("%s was written by a newer zhiband: install that version, then try "
			   "again"),
			 where);
}

enum err sql_check_schema(struct db *db, const char *where, struct error *err)
{
	long long number;
	enum err code = read_number(db, where, &number, err);

	if (code != ERR_OK || number > 0 || db->writes)
		return code;
	return error_set(err, ERR_CORRUPT, _("%s does not hold zhiban's data"), where);
}

static enum err run_script(struct db *db, size_t i, struct error *err)
{
	char number[16];
	enum err code = sql_script(db, "BEGIN", err);

	if (code != ERR_OK)
		return code;
	snprintf(number, sizeof number, "%zu", i + 1);
	code = sql_script(db, scripts[i], err);
	if (code == ERR_OK && i + 1 == SEARCH_SCRIPT)
		code = sql_script(db, db->driver->search_make, err);
	if (code == ERR_OK)
		code = sqlop_meta_put(db, "schema", number, err);
	if (code == ERR_OK)
		code = sql_script(db, "COMMIT", err);
	if (code != ERR_OK && sql_script(db, "ROLLBACK", NULL) != ERR_OK)
		return code; /* it was rolled back already */
	return code;
}

enum err sql_migrate(struct db *db, const char *where, struct error *err)
{
	long long number;
	enum err code = read_number(db, where, &number, err);

	for (size_t i = (size_t)number; code == ERR_OK && i < ARRAY_LEN(scripts); i++)
		code = run_script(db, i, err);
	return code;
}
