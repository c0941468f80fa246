/* All rows of one data base into another, whichever each of them is.  The index of texts is each
 * one's own: the server makes it anew. */
#include <config.h>

#include "db_sql_priv.h"

#include "zhiban/base/arena.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/str.h"

struct copying {
	struct db *from, *to;
	struct stmt *put;
	struct arena arena;
	const char **params; /* ":c0", by column; NULL before the first row */
	const char *table;
	enum err code;
	struct error err;
};

static enum err do_sql(struct db *db, const char *text, struct error *err)
{
	struct stmt *stmt = db->driver->prepare(db, text, err);
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	code = sql_run(db, stmt, err);
	db->driver->finish(stmt);
	return code;
}

/* "INSERT INTO t (a, b) VALUES (:c0, :c1)" */
static enum err prepare_put(struct copying *copying, struct stmt *row)
{
	int n = row->driver->cols(row);
	struct str sql = STR_INIT;

	copying->params = arena_array(&copying->arena, (size_t)n, sizeof *copying->params);
	str_addf(&sql, "INSERT INTO \"%s\" (", copying->table);
	for (int i = 0; i < n; i++)
		str_addf(&sql, "%s\"%s\"", i > 0 ? ", " : "", row->driver->col_name(row, i));
	str_add(&sql, ") VALUES (");
	for (int i = 0; i < n; i++) {
		copying->params[i] = arena_printf(&copying->arena, ":c%d", i);
		str_addf(&sql, "%s%s", i > 0 ? ", " : "", copying->params[i]);
	}
	str_add(&sql, ")");
	copying->put = copying->to->driver->prepare(copying->to, sql.s, &copying->err);
	str_release(&sql);
	return copying->put != NULL ? ERR_OK : ERR_IO;
}

static void bind_column(struct copying *copying, struct stmt *row, int col)
{
	const char *param = copying->params[col];
	const void *bytes;
	size_t len;

	switch (row->driver->col_kind(row, col)) {
	case SQL_NULL:
		break;
	case SQL_INT:
		sql_bind_int(copying->put, param, sql_col_int(row, col));
		break;
	case SQL_TEXT:
		sql_bind_text(copying->put, param, sql_col_text(row, col));
		break;
	case SQL_BLOB:
		bytes = sql_col_blob(row, col, &len);
		sql_bind_blob(copying->put, param, bytes != NULL ? bytes : "", len);
		break;
	}
}

static bool copy_each(struct stmt *row, void *ctx)
{
	struct copying *copying = ctx;

	if (copying->params == NULL)
		copying->code = prepare_put(copying, row);
	if (copying->code != ERR_OK)
		return false;
	for (int i = 0; i < row->driver->cols(row); i++)
		bind_column(copying, row, i);
	copying->code = sql_run(copying->to, copying->put, &copying->err);
	return copying->code == ERR_OK;
}

static enum err copy_table(struct copying *copying, struct error *err)
{
	const struct sql_driver *from = copying->from->driver;
	struct str sql = STR_INIT;
	struct stmt *get;
	enum err code;

	str_addf(&sql, "DELETE FROM \"%s\"", copying->table); /* what its script put there */
	code = do_sql(copying->to, sql.s, err);
	str_clear(&sql);
	str_addf(&sql, "SELECT * FROM \"%s\"", copying->table);
	copying->params = NULL;
	copying->put = NULL;
	get = code == ERR_OK ? from->prepare(copying->from, sql.s, err) : NULL;
	if (code == ERR_OK)
		code = get == NULL ? ERR_IO : sql_scan(copying->from, get, copy_each, copying, err);
	if (code == ERR_OK && copying->code != ERR_OK)
		code = error_set(err, copying->code, "%s", copying->err.text);
	if (copying->put != NULL)
		copying->to->driver->finish(copying->put);
	if (get != NULL)
		from->finish(get);
	str_release(&sql);
	if (code == ERR_OK && copying->to->driver->filled != NULL)
		code = copying->to->driver->filled(copying->to, copying->table, err);
	return code;
}

static const char sql_unsearched[] = "DELETE FROM meta WHERE name = 'searched'";

enum err sql_copy_all(struct db *from, struct db *to, int number, struct error *err)
{
	struct copying copying = { .from = from, .to = to, .arena = ARENA_INIT };
	const char *const *tables;
	size_t n = sql_tables(number, &copying.arena, &tables);
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		copying.table = tables[i];
		code = copy_table(&copying, err);
	}
	if (code == ERR_OK)
		code = do_sql(to, sql_unsearched, err);
	arena_release(&copying.arena);
	return code;
}
