/* To a file, as backups hold it, and from there. */
#include <config.h>

#include "db_postgres_priv.h"

#include <string.h>

enum err pg_copy(struct db *db, const char *to, struct error *err)
{
	struct db *file = NULL;
	int number = 0;
	enum err code = pg_begin(db, err);

	if (code == ERR_OK)
		code = sql_schema_number(db, "", &number, err);
	if (code == ERR_OK)
		code = sqlite_fill_open(to, number, &file, err);
	if (code == ERR_OK)
		code = sql_copy_all(db, file, number, err);
	if (file != NULL)
		code = sqlite_fill_close(file, code, err);
	(void)pg_rollback(db, NULL); /* it only read */
	return code;
}

/* Plans are made by what stands in the tables. */
static enum err analyze(struct db *db, int number, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct str sql = STR_INIT;
	const char *const *tables;
	size_t n = sql_tables(number, &arena, &tables);
	enum err code;

	for (size_t i = 0; i < n; i++)
		str_addf(&sql, "ANALYZE \"%s\";", tables[i]);
	code = sql_script(db, str_get(&sql), err);
	str_release(&sql);
	arena_release(&arena);
	return code;
}

static enum err fill(struct db *file, struct db *db, int number, struct error *err)
{
	enum err code = pg_begin_plain(db, err);

	if (code == ERR_OK)
		code = sql_copy_all(file, db, number, err);
	if (code == ERR_OK)
		code = pg_commit(db, err);
	if (code != ERR_OK)
		(void)pg_rollback(db, NULL);
	return code == ERR_OK ? analyze(db, number, err) : code;
}

enum err pg_take(const char *where, const char *from, unsigned flags, struct error *err)
{
	char name[DB_NAME];
	struct db *file, *db = NULL;
	int number = 0;
	enum err code = db_sqlite.open(from, 0, &file, err);

	if (code != ERR_OK)
		return code;
	db_name(where, name);
	code = sql_schema_number(file, from, &number, err);
	if (code == ERR_OK)
		code = pg_make(where, flags, number, &db, err);
	if (code == ERR_OK) {
		code = fill(file, db, number, err);
		if (code == ERR_OK)
			code = sql_migrate(db, name, err);
		pg_close(db);
		if (code != ERR_OK)
			pg_destroy(where);
	}
	db_sqlite.close(file);
	return code;
}

/* --- numbers that a table gives by itself ---------------------------------------------------- */

static const char sql_identity[] =
	"SELECT a.attname FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c"
	" ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
	" WHERE n.nspname = current_schema() AND c.relname = :table AND a.attidentity <> ''";

/* The next one is behind the greatest that was brought. */
enum err pg_filled(struct db *db, const char *table, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_identity, err);
	struct arena arena = ARENA_INIT;
	struct str sql = STR_INIT;
	const char *column = NULL;
	int64_t next = 0;
	bool row = false;
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":table", table);
	code = sql_row(db, stmt, &row, err);
	if (code == ERR_OK && row) {
		column = sql_keep_text(stmt, 0, &arena);
		sql_done(stmt);
		str_addf(&sql,
			 "SELECT setval(pg_get_serial_sequence(:table, :column),"
			 " (SELECT greatest(coalesce(max(\"%s\"), 0) + 1, 1) FROM \"%s\"), false)",
			 column, table);
		stmt = pg_driver.prepare(db, sql.s, err);
		code = stmt == NULL ? ERR_IO : ERR_OK;
		if (stmt != NULL) {
			sql_bind_text(stmt, ":table", table);
			sql_bind_text(stmt, ":column", column);
			code = sql_number(db, stmt, &next, err);
		}
		if (stmt != NULL)
			pg_driver.finish(stmt);
	}
	str_release(&sql);
	arena_release(&arena);
	return code;
}
