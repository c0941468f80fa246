/* New data: whole, or to be made anew. */
#include <config.h>

#include "db_sqlite_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* An entry has two to three thousand bytes: of pages of 4 KiB each would fill a half or two. */
static const char sql_begin_file[] =
	"PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

static const char sql_objects[] = "SELECT count(*) FROM sqlite_schema";
static const char sql_contents[] = "SELECT (SELECT count(*) FROM journal) + "
				   "(SELECT count(*) FROM meta WHERE name = 'epoch')";

/* What a creation that was broken off left behind: no table yet, or ours with nothing in them. */
static bool is_unfinished(const char *where)
{
	const char *const asked[] = { sql_objects, sql_contents };
	bool empty = false;
	struct db *db;

	if (sqlite_connect(where, SQLITE_OPEN_READWRITE, &db, NULL) != ERR_OK)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(asked) && !empty; i++) {
		struct stmt *stmt = sql_stmt(db, asked[i], NULL);
		bool row = false;

		empty = stmt != NULL && sql_row(db, stmt, &row, NULL) == ERR_OK && row &&
			sql_col_int(stmt, 0) == 0;
		if (row)
			sql_done(stmt);
	}
	sqlite_close(db);
	return empty;
}

enum err sqlite_create(const char *where, struct error *err)
{
	struct db *db;
	enum err code;
	int fd = open(where, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool there = fd < 0 && errno == EEXIST;

	if (there && !is_unfinished(where))
		return error_set(err, ERR_EXISTS, _("%s is there already"), where);
	if (there) {
		sqlite_destroy(where);
		fd = open(where, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	}
	if (fd < 0)
		return error_errno(err, ERR_IO, errno, _("%s cannot be made"), where);
	close(fd);
	code = sqlite_connect(where, SQLITE_OPEN_READWRITE, &db, err);
	if (code != ERR_OK)
		return code;
	db->writes = true;
	code = sql_script(db, sql_begin_file, err);
	if (code == ERR_OK)
		code = sql_migrate(db, where, err);
	sqlite_close(db);
	return code;
}

/* --- for a copy from elsewhere --------------------------------------------------------------- */

/* What breaks off is thrown away whole, and who asked for it syncs the file. */
static const char sql_begin_fill[] =
	"PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;";

enum err sqlite_fill_open(const char *path, int number, struct db **ret_db, struct error *err)
{
	struct db *db;
	enum err code = sqlite_connect(path, SQLITE_OPEN_READWRITE, &db, err);

	if (code != ERR_OK)
		return code;
	code = sql_script(db, sql_begin_fill, err);
	if (code == ERR_OK)
		code = sql_migrate_to(db, path, number, err);
	if (code == ERR_OK)
		code = sql_script(db, "BEGIN", err);
	if (code != ERR_OK)
		sqlite_close(db);
	else
		*ret_db = db;
	return code;
}

enum err sqlite_fill_close(struct db *db, enum err code, struct error *err)
{
	if (code == ERR_OK)
		code = sql_script(db, "COMMIT", err);
	sqlite_close(db);
	return code;
}
