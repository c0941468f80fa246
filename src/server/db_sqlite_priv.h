/* What the files of the SQLite side share.  SQL texts are constants beside their one caller; a
 * statement is prepared once per connection and found again by the address of its text. */
#ifndef ZHIBAN_SERVER_DB_SQLITE_PRIV_H
#define ZHIBAN_SERVER_DB_SQLITE_PRIV_H

#include <sqlite3.h>

#include "zhiban/server/db.h"

enum { DB_STATEMENTS = 256 }; /* slots; a power of two, well above the number of SQL texts */

struct db_statement {
	const char *text;
	sqlite3_stmt *stmt;
};
struct db {
	sqlite3 *sql;
	bool writes;
	bool in_tx; /* begun; SQLite may have ended it by itself */
	struct db_statement statements[DB_STATEMENTS];
};

enum err sql_connect(const char *where, int flags, struct db **ret_db, struct error *err) MUST_CHECK;
enum err sql_script(struct db *db, const char *sql, struct error *err) MUST_CHECK;
void sqlite_close(struct db *db); /* NULL is fine */

/* The prepared statement, reset, without values; NULL and err when SQL or memory fail. */
sqlite3_stmt *sql_stmt(struct db *db, const char *text, struct error *err);
enum err sql_fail(struct db *db, struct error *err); /* the error SQLite just gave */

void sql_bind_int(sqlite3_stmt *stmt, const char *name, int64_t value);
void sql_bind_text(sqlite3_stmt *stmt, const char *name, const char *value); /* NULL: SQL NULL */
void sql_bind_blob(sqlite3_stmt *stmt, const char *name, const void *bytes, size_t len);
void sql_bind_id(sqlite3_stmt *stmt, const char *name, const struct uuid *id);

/* Runs to the end, dropping rows. */
enum err sql_run(struct db *db, sqlite3_stmt *stmt, struct error *err) MUST_CHECK;
/* One step: ERR_OK and *ret_row.  When there is no row the statement is reset already; after a row
 * the caller calls sql_done. */
enum err sql_row(struct db *db, sqlite3_stmt *stmt, bool *ret_row, struct error *err) MUST_CHECK;
void sql_done(sqlite3_stmt *stmt);

struct uuid sql_col_id(sqlite3_stmt *stmt, int col);
void sql_col_hash(sqlite3_stmt *stmt, int col, uint8_t hash[SHA256_LEN]);
const char *sql_col_text(sqlite3_stmt *stmt, int col); /* valid until the next step; or NULL */
/* Copies into the arena. */
const char *sql_keep_text(sqlite3_stmt *stmt, int col, struct arena *arena);
const void *sql_keep_blob(sqlite3_stmt *stmt, int col, struct arena *arena, size_t *ret_len);

/* Runs a statement with rows: `each` reads the row and says whether to go on. */
typedef bool (*sql_each_fn)(sqlite3_stmt *stmt, void *ctx);
enum err sql_each(struct db *db, sqlite3_stmt *stmt, sql_each_fn each, void *ctx,
		 struct error *err) MUST_CHECK;

#define DB_DECL(name, ...) enum err sqlite_##name(struct db *db, __VA_ARGS__, struct error *err)
/* db_sqlite_copy.c */
DB_DECL(copy, const char *to);
enum err sqlite_check(struct db *db, struct error *err);
void sqlite_destroy(const char *where);
/* db_sqlite_make.c */
enum err sqlite_create(const char *where, struct error *err);
enum err sqlite_more(struct db *db, struct error *err); /* what was added since it was made */
/* db_sqlite_journal.c */
DB_DECL(head, int64_t *ret_seq, uint8_t ret_hash[SHA256_LEN]);
DB_DECL(journal_add, const struct db_entry *entry);
DB_DECL(journal_get, int64_t seq, struct arena *arena, struct db_entry *ret_entry);
DB_DECL(journal_scan, int64_t after, db_entry_fn fn, void *ctx);
DB_DECL(touch_add, int64_t eno, int64_t seq);
DB_DECL(timeline, int64_t eno, int64_t after, db_entry_fn fn, void *ctx);
DB_DECL(entity_get, const struct uuid *id, struct arena *arena, struct db_entity *ret_entity);
DB_DECL(entity_at, int64_t eno, struct arena *arena, struct db_entity *ret_entity);
DB_DECL(entity_put, struct db_entity *entity);
DB_DECL(entity_scan, int64_t after_eno, db_entity_fn fn, void *ctx);
DB_DECL(outside_find, const char *source, const char *src_no, int64_t *ret_eno);
DB_DECL(outside_add, const char *source, const char *src_no, int64_t eno);
DB_DECL(serial_get, int64_t day, int64_t *ret_last);
DB_DECL(serial_put, int64_t day, int64_t last);
DB_DECL(counts, struct db_counts *ret_counts);
void db_read_entity(sqlite3_stmt *stmt, struct db_entity *entity); /* eno … state, borrowed */
/* db_sqlite_scope.c */
DB_DECL(org_no, const char *code, bool make, int64_t *ret_no);
DB_DECL(org_code, int64_t no, struct arena *arena, const char **ret_code);
DB_DECL(org_visible, int64_t no, int64_t *ret_count);
DB_DECL(party_add, int64_t org, const struct db_entity *entity, int64_t since);
DB_DECL(party_scan, int64_t eno, db_party_fn fn, void *ctx);
DB_DECL(party_since, int64_t org, int64_t eno, int64_t *ret_since);
DB_DECL(scope_move, const struct db_entity *entity, const struct db_place *old);
DB_DECL(snapshot, int64_t org, const struct db_place *after, db_entity_fn fn, void *ctx);
DB_DECL(scope_scan, int64_t org, db_entity_fn fn, void *ctx);
DB_DECL(feed_add, int64_t org, const struct db_feed *row);
DB_DECL(feed_scan, int64_t org, int64_t after, db_feed_fn fn, void *ctx);
DB_DECL(feed_count, int64_t org, int64_t after, int64_t limit, int64_t *ret_count);
DB_DECL(feed_has, int64_t org, const struct db_feed *row, bool *ret_has);
/* db_sqlite_more.c */
DB_DECL(timer_put, int64_t eno, int64_t at);
DB_DECL(timer_clear, int64_t eno);
enum err sqlite_timer_reset(struct db *db, struct error *err);
DB_DECL(timer_due, int64_t now, int64_t limit, db_timer_fn fn, void *ctx);
DB_DECL(timer_next, int64_t *ret_at);
DB_DECL(use_put, const char *officer, int64_t at);
DB_DECL(use_scan, db_use_fn fn, void *ctx);
/* db_sqlite_auth.c */
DB_DECL(answer_get, const struct uuid *id, struct arena *arena, struct db_answer *ret_answer);
DB_DECL(answer_each, db_answer_fn fn, void *ctx);
DB_DECL(answer_put, const struct db_answer *answer);
DB_DECL(answer_scan, const struct uuid *console, int64_t after, int64_t upto, db_answer_fn fn,
	void *ctx);
DB_DECL(account_get, const char *officer, struct arena *arena, struct db_account *ret_account);
DB_DECL(account_put, const struct db_account *account);
DB_DECL(account_scan, db_account_fn fn, void *ctx);
DB_DECL(console_get, const struct uuid *id, struct arena *arena, struct db_console *ret_console);
DB_DECL(console_put, const struct db_console *console);
DB_DECL(token_get, const uint8_t hash[SHA256_LEN], struct arena *arena,
	struct db_token *ret_token);
DB_DECL(token_put, const struct db_token *token);
DB_DECL(token_drop, const uint8_t hash[SHA256_LEN]);
DB_DECL(token_drop_of, const char *officer);
DB_DECL(token_prune, int64_t before);
DB_DECL(code_get, const uint8_t hash[SHA256_LEN], struct arena *arena, struct db_code *ret_code);
DB_DECL(code_put, const struct db_code *code);
DB_DECL(code_drop, const uint8_t hash[SHA256_LEN]);
#undef DB_DECL

#endif
