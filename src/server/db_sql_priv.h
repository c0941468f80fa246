/* The ops of db.h, written once in SQL that SQLite and PostgreSQL both read, over a driver that
 * runs it on its data base.
 *
 * SQL texts are constants beside their one caller, with named parameters (":name"); a statement is
 * prepared once per connection and found again by the address of its text.  A scan's ORDER BY leaves
 * no two rows alike: it may be begun again behind its first page.  The common SQL: ON
 * CONFLICT … DO, RETURNING, row values and JOIN … ON are there in both; a subquery in FROM has a
 * name; LIMIT is never negative; columns of a table named in DO UPDATE … WHERE are qualified. */
#ifndef ZHIBAN_SERVER_DB_SQL_PRIV_H
#define ZHIBAN_SERVER_DB_SQL_PRIV_H

#include "zhiban/base/str.h"
#include "zhiban/server/db.h"

enum { DB_STATEMENTS = 512 }; /* slots; a power of two, well above the number of SQL texts */

struct sql_driver;
struct stmt { /* the first member of a driver's own */
	const struct sql_driver *driver;
	bool many;   /* its rows may be too many to hold at once */
	bool sorted; /* they have to be sorted first: no page is cheap */
};
struct db { /* the first member of a driver's own */
	const struct sql_driver *driver;
	bool writes;
	bool in_tx; /* begun; the data base may have ended it by itself */
	struct sql_orgs *orgs; /* numbers that were read once: they never change */
	bool orgs_made;	       /* in this transaction, which may yet be undone */
	struct sql_slot {
		const char *text;
		struct stmt *stmt;
	} slots[DB_STATEMENTS];
};

enum sql_kind { SQL_NULL, SQL_INT, SQL_TEXT, SQL_BLOB };
struct sql_driver { /* what a data base has to do; each as sql_* of its name below says */
	const char *has_meta; /* SQL: the number of tables "meta" that are there */
	const char *begin_script; /* a transaction that no other migration goes beside */
	/* The index of texts, which no SQL is common for: its table, as a script; :eno and :terms
	 * into it; entities by :terms, :org and :before, as db_read_entity reads them, newest first.
	 * search_terms writes what :terms is. */
	const char *search_make, *search_add, *search_find;
	void (*search_terms)(struct str *out, const int64_t *terms, size_t n);
	struct stmt *(*prepare)(struct db *db, const char *text, struct error *err);
	void (*finish)(struct stmt *stmt); /* frees it */
	enum err (*script)(struct db *db, const char *sql, struct error *err);
	void (*bind_int)(struct stmt *stmt, const char *name, int64_t value);
	void (*bind_text)(struct stmt *stmt, const char *name, const char *value);
	void (*bind_blob)(struct stmt *stmt, const char *name, const void *bytes, size_t len);
	enum err (*row)(struct db *db, struct stmt *stmt, bool *ret_row, struct error *err);
	void (*done)(struct stmt *stmt);
	int64_t (*col_int)(struct stmt *stmt, int col);
	const char *(*col_text)(struct stmt *stmt, int col);
	const void *(*col_blob)(struct stmt *stmt, int col, size_t *ret_len);
	/* For copies of whole tables: what a row has. */
	int (*cols)(struct stmt *stmt);
	const char *(*col_name)(struct stmt *stmt, int col);
	enum sql_kind (*col_kind)(struct stmt *stmt, int col);
	/* The table was filled with numbers of its own; or NULL. */
	enum err (*filled)(struct db *db, const char *table, struct error *err);
};

/* Several statements without parameters, as a schema has them. */
enum err sql_script(struct db *db, const char *sql, struct error *err) MUST_CHECK;
/* The prepared statement, reset, without values; NULL and err when SQL or memory fail. */
struct stmt *sql_stmt(struct db *db, const char *text, struct error *err);
void sql_finish_all(struct db *db); /* all prepared ones, before the connection closes */
void sql_orgs_free(struct db *db);  /* db_sql_scope.c; by sql_finish_all */

/* Values stay the caller's and unchanged until the statement is done. */
void sql_bind_int(struct stmt *stmt, const char *name, int64_t value);
void sql_bind_text(struct stmt *stmt, const char *name, const char *value); /* NULL: SQL NULL */
void sql_bind_blob(struct stmt *stmt, const char *name, const void *bytes, size_t len);
void sql_bind_id(struct stmt *stmt, const char *name, const struct uuid *id);

/* Runs to the end, dropping rows. */
enum err sql_run(struct db *db, struct stmt *stmt, struct error *err) MUST_CHECK;
/* One step: ERR_OK and *ret_row.  When there is no row the statement is reset already; after a row
 * the caller calls sql_done. */
enum err sql_row(struct db *db, struct stmt *stmt, bool *ret_row, struct error *err) MUST_CHECK;
void sql_done(struct stmt *stmt);
/* The number in the first column of the first row, 0 when there is none. */
enum err sql_number(struct db *db, struct stmt *stmt, int64_t *ret_num,
		    struct error *err) MUST_CHECK;
/* One row, then as after sql_row; or ERR_NOT_FOUND with the words. */
enum err sql_one(struct db *db, struct stmt *stmt, const char *missing,
		 struct error *err) MUST_CHECK;

int64_t sql_col_int(struct stmt *stmt, int col); /* NULL: 0 */
const char *sql_col_text(struct stmt *stmt, int col); /* valid until the next step; or NULL */
const void *sql_col_blob(struct stmt *stmt, int col, size_t *ret_len); /* the same */
struct uuid sql_col_id(struct stmt *stmt, int col);
void sql_col_hash(struct stmt *stmt, int col, uint8_t hash[SHA256_LEN]);
/* Copies into the arena. */
const char *sql_keep_text(struct stmt *stmt, int col, struct arena *arena);
const void *sql_keep_blob(struct stmt *stmt, int col, struct arena *arena, size_t *ret_len);

/* Runs a statement with rows: `each` reads the row and says whether to go on; it may run other
 * statements.  sql_scan for what may be a million rows: they come a few at a time.
 * sql_scan_sorted: the same where no index has the order. */
typedef bool (*sql_each_fn)(struct stmt *stmt, void *ctx);
enum err sql_each(struct db *db, struct stmt *stmt, sql_each_fn each, void *ctx,
		  struct error *err) MUST_CHECK;
enum err sql_scan(struct db *db, struct stmt *stmt, sql_each_fn each, void *ctx,
		  struct error *err) MUST_CHECK;

enum err sql_scan_sorted(struct db *db, struct stmt *stmt, sql_each_fn each, void *ctx,
			 struct error *err) MUST_CHECK;

/* db_sql_schema.c: the tables, and all that was added since the data were made.  Data without a
 * table get all of them; in one transaction.  ERR_VERSION: a newer program wrote them.
 * where: their name for people. */
enum err sql_migrate(struct db *db, const char *where, struct error *err) MUST_CHECK;
/* Only looks: whether this program can read them. */
enum err sql_check_schema(struct db *db, const char *where, struct error *err) MUST_CHECK;

/* db_sql_callers.c: values of before the column get the digits by which they are found. */
enum err sql_personal_number(struct db *db, struct error *err) MUST_CHECK;
/* The number of the last script that was run; 0: there are no tables. */
enum err sql_schema_number(struct db *db, const char *where, int *ret_number,
			   struct error *err) MUST_CHECK;
/* Migrates only as far as that. */
enum err sql_migrate_to(struct db *db, const char *where, int number,
			struct error *err) MUST_CHECK;
/* The names of the tables of the scripts up to the number, in their order; in the arena. */
size_t sql_tables(int number, struct arena *arena, const char *const **ret_names);
/* db_sql_copy.c: fills the tables of `to`, in its open transaction, with the rows of `from` in its
 * own; the scripts of both were run up to the number. */
enum err sql_copy_all(struct db *from, struct db *to, int number, struct error *err) MUST_CHECK;

/* db_sqlite_make.c: for another back end's copy: tables of the scripts up to the number in a file that
 * is there and empty, in a transaction; and its end, or the end of what failed. */
enum err sqlite_fill_open(const char *path, int number, struct db **ret_db,
			  struct error *err) MUST_CHECK;
enum err sqlite_fill_close(struct db *db, enum err code, struct error *err) MUST_CHECK;

/* The ops, in db_sql*.c. */
#define OP(name, ...) enum err sqlop_##name(struct db *db, __VA_ARGS__, struct error *err);
#define OP0(name) enum err sqlop_##name(struct db *db, struct error *err);
#include "zhiban/server/db_op.def"
#undef OP
#undef OP0
void db_read_entity(struct stmt *stmt, struct db_entity *entity); /* eno … state, borrowed */
/* id … digits, from a column on; borrowed */
void db_read_personal(struct stmt *stmt, int col, struct db_personal *row);

#endif
