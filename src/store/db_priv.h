/* SQLite under the store: one connection, its prepared statements, errors in words. */
#ifndef ZHIBAN_STORE_DB_PRIV_H
#define ZHIBAN_STORE_DB_PRIV_H

#include <sqlite3.h>
#include <stddef.h>

#include "zhiban/base/str.h"
#include "zhiban/base/uuid.h"
#include "zhiban/store/store.h"

struct cache_state; /* counters and statements of the cache (cache_priv.h) */

struct db_slot {
	char *sql;
	sqlite3_stmt *stmt;
};
struct store {
	sqlite3 *db;
	char *path;
	struct db_slot *slots; /* every statement once, by its text */
	size_t n_slots, cap_slots;
	struct cache_state *cache; /* NULL: an outbox */
	bool in_tx;		   /* of store_tx; SQLite may have ended it by itself */
	enum err unread;	   /* why a small value could not be read */
	bool corrupt;		   /* SQLite found what it cannot read */
};

enum db_flags {
	DB_READ_ONLY = 1 << 0,
	DB_CREATE = 1 << 1,
	DB_FROZEN = 1 << 2, /* nobody can write to it: no locks, nothing beside it is needed */
};
enum err db_open(const char *path, unsigned flags, struct store **ret_store, struct error *err)
	MUST_CHECK;
/* What the connection says went wrong, as an error that names the file. */
enum err db_error(struct store *store, struct error *err);
/* Statements without parameters or rows. */
enum err db_exec(struct store *store, const char *sql, struct error *err) MUST_CHECK;

/* The statement of a text: prepared the first time, then reset and used again.  Borrowed. */
enum err db_stmt(struct store *store, const char *sql, sqlite3_stmt **ret_stmt,
		 struct error *err) MUST_CHECK;
void db_int(sqlite3_stmt *stmt, const char *name, int64_t value);
void db_text(sqlite3_stmt *stmt, const char *name, const char *text); /* NULL: SQL NULL */
void db_blob(sqlite3_stmt *stmt, const char *name, const void *bytes, size_t len);
void db_uuid(sqlite3_stmt *stmt, const char *name, const struct uuid *id);
/* Steps a statement that gives no row. */
enum err db_run(struct store *store, sqlite3_stmt *stmt, struct error *err) MUST_CHECK;
/* Steps to the next row: *ret_row false at the end (and the statement is reset). */
enum err db_row(struct store *store, sqlite3_stmt *stmt, bool *ret_row, struct error *err)
	MUST_CHECK;
void db_done(sqlite3_stmt *stmt); /* enough rows */
/* Steps a statement that gives one number; 0: it gives no row. */
enum err db_number(struct store *store, sqlite3_stmt *stmt, int64_t *ret_number, struct error *err)
	MUST_CHECK;

int64_t db_col_int(sqlite3_stmt *stmt, int col);
struct arena;
char *db_col_text(sqlite3_stmt *stmt, int col, struct arena *arena); /* NULL stays NULL */
void *db_col_blob(sqlite3_stmt *stmt, int col, struct arena *arena, size_t *ret_len);
bool db_col_uuid(sqlite3_stmt *stmt, int col, struct uuid *ret_id); /* false: not 16 bytes */

#endif
