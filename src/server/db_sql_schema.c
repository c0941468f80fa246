/* The tables and their changes since: numbered scripts, forward only. */
#include <config.h>

#include "db_sql_priv.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "src/server/schema_sql.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

static const char *const scripts[] = {
	server_sql,   server_2_sql, server_3_sql, server_4_sql, server_5_sql,
	server_6_sql, server_7_sql, server_8_sql, server_9_sql, server_10_sql,
	server_11_sql, server_12_sql,
};
static_assert(ARRAY_LEN(scripts) == DB_SCHEMA, "the newest number is that of the last script");

enum {
	SEARCH_SCRIPT = 7,   /* with which the data base makes its index of texts */
	CALLERS_SCRIPT = 10, /* with which numbers of before get their digits */
};

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

/* In a transaction that waits for whoever migrates at this moment; what he did is not done again. */
static enum err run_script(struct db *db, const char *where, size_t i, struct error *err)
{
	char number[24];
	long long there = 0;
	enum err code = sql_script(db, db->driver->begin_script, err);

	if (code != ERR_OK)
		return code;
	snprintf(number, sizeof number, "%zu", i + 1);
	code = read_number(db, where, &there, err);
	if (code == ERR_OK && there == (long long)i) {
		code = sql_script(db, scripts[i], err);
		if (code == ERR_OK && i + 1 == SEARCH_SCRIPT)
			code = sql_script(db, db->driver->search_make, err);
		if (code == ERR_OK && i + 1 == CALLERS_SCRIPT)
			code = sql_personal_number(db, err);
		if (code == ERR_OK)
			code = sqlop_meta_put(db, "schema", number, err);
	}
	if (code == ERR_OK)
		code = sql_script(db, "COMMIT", err);
	if (code != ERR_OK && sql_script(db, "ROLLBACK", NULL) != ERR_OK)
		return code; /* it was rolled back already */
	return code;
}

enum err sql_migrate_to(struct db *db, const char *where, int upto, struct error *err)
{
	long long number;
	enum err code = read_number(db, where, &number, err);

	for (size_t i = (size_t)number; code == ERR_OK && i < (size_t)upto; i++)
		code = run_script(db, where, i, err);
	return code;
}

enum err sql_migrate(struct db *db, const char *where, struct error *err)
{
	return sql_migrate_to(db, where, DB_SCHEMA, err);
}

enum err sql_schema_number(struct db *db, const char *where, int *ret_number, struct error *err)
{
	long long number;
	enum err code = read_number(db, where, &number, err);

	if (code == ERR_OK)
		*ret_number = (int)number;
	return code;
}

/* --- their names ----------------------------------------------------------------------------- */

static const char made[] = "CREATE TABLE ", if_not[] = "IF NOT EXISTS ";

/* The name behind the next "CREATE TABLE" at the beginning of a line; NULL: there is none. */
static const char *next_table(const char **at, struct arena *arena)
{
	while (**at != '\0') {
		const char *line = *at, *name = line + strlen(made);

		*at += strcspn(line, "\n");
		*at += **at == '\n';
		if (!str_starts(line, made))
			continue;
		name += str_starts(name, if_not) ? strlen(if_not) : 0;
		return arena_strndup(arena, name, strcspn(name, " (\n\t"));
	}
	return NULL;
}

size_t sql_tables(int number, struct arena *arena, const char *const **ret_names)
{
	enum { MOST = 128 };
	const char **names = arena_array(arena, MOST, sizeof *names);
	size_t n = 0;

	for (size_t i = 0; i < (size_t)number; i++) {
		const char *at = scripts[i], *name;

		while ((name = next_table(&at, arena)) != NULL) {
			assert(n < MOST);
			names[n++] = name;
		}
	}
	*ret_names = names;
	return n;
}
