/* Copies and checks of whole data files. */
#include <config.h>

#include "db_sqlite_priv.h"

#include <string.h>
#include <unistd.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/str.h"

/* Reads in one transaction and writes each page once; its output is no WAL file, so it is whole by
 * itself. */
static const char sql_copy[] = "VACUUM INTO :path";
static const char sql_check[] = "PRAGMA integrity_check(1)";

enum err sqlite_copy(struct db *db, const char *to, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_copy, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":path", to);
	return sql_run(db, stmt, err);
}

enum err sqlite_check(struct db *db, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_check, err);
	bool row;
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	code = sql_row(db, stmt, &row, err);
	if (code != ERR_OK || !row)
		return code;
	if (!str_eq(sql_col_text(stmt, 0), "ok"))
		code = error_set(err, ERR_CORRUPT, _("the server's data: %s"),
				 sql_col_text(stmt, 0));
	sql_done(stmt);
	return code;
}

void sqlite_destroy(const char *where)
{
	static const char *const ends[] = { "-journal", "-wal", "-shm", "" };
	struct str path = STR_INIT;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		str_clear(&path);
		str_addf(&path, "%s%s", where, ends[i]);
		(void)unlink(path.s);
	}
	str_release(&path);
}
