/* What the files of the SQLite back end share. */
#ifndef ZHIBAN_SERVER_DB_SQLITE_PRIV_H
#define ZHIBAN_SERVER_DB_SQLITE_PRIV_H

#include <sqlite3.h>

#include "db_sql_priv.h"

struct sqlite_db {
	struct db db;
	sqlite3 *sql;
};
struct sqlite_stmt {
	struct stmt stmt;
	sqlite3_stmt *sql;
};
static inline sqlite3 *sqlite_of(struct db *db)
{
	return ((struct sqlite_db *)db)->sql;
}

enum err sqlite_connect(const char *where, int flags, struct db **ret_db,
			struct error *err) MUST_CHECK;
void sqlite_close(struct db *db); /* NULL is fine */
enum err sql_fail(struct db *db, struct error *err); /* the error SQLite just gave */

/* db_sqlite_make.c, db_sqlite_copy.c */
enum err sqlite_create(const char *where, struct error *err);
enum err sqlite_copy(struct db *db, const char *to, struct error *err);
enum err sqlite_check(struct db *db, struct error *err);
void sqlite_destroy(const char *where);

#endif
