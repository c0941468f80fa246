/* The seam below the service: what it needs of a database, and nothing else.
 *
 * One connection writes (struct db of DB_WRITE, used by one thread); any number read.  Everything
 * is kept as canonical bytes plus the columns that are looked up.  Orgs are small integers
 * (org_no), entities too (eno).  Scans call fn for each row in the order said; fn returns false to
 * stop; the row's pointers are valid during the call only.  Results with an arena live there.
 * Numbers are 0 and texts NULL when not there. */
#ifndef ZHIBAN_SERVER_DB_H
#define ZHIBAN_SERVER_DB_H

#include <stdbool.h>

#include "zhiban/base/arena.h"
#include "zhiban/server/db_rows.h"

struct db;

enum db_flags {
	DB_WRITE = 1 << 0,
	DB_UNSYNCED = 1 << 1, /* a crash of the machine may lose commits: tests, generators */
};
enum db_mark { /* savepoints: an act's inside a job's, in it one for what follows from the act */
	DB_MARK_JOB,
	DB_MARK_ACT,
	DB_MARK_FOLLOW, /* nests: what follows from what follows */
};

typedef bool (*db_entry_fn)(void *ctx, const struct db_entry *row);
typedef bool (*db_entity_fn)(void *ctx, const struct db_entity *row);
typedef bool (*db_party_fn)(void *ctx, const struct db_party *row);
typedef bool (*db_feed_fn)(void *ctx, const struct db_feed *row);
typedef bool (*db_adoption_fn)(void *ctx, const struct db_adoption *row);
typedef bool (*db_account_fn)(void *ctx, const struct db_account *row);
typedef bool (*db_timer_fn)(void *ctx, int64_t eno, int64_t at);
typedef bool (*db_use_fn)(void *ctx, const char *officer, int64_t at);
typedef bool (*db_answer_fn)(void *ctx, const struct db_answer *row);

#define DB_FN(name, ...) enum err (*name)(struct db * db, __VA_ARGS__, struct error * err)
#define DB_DO(name) enum err (*name)(struct db * db, struct error * err)

struct db_ops {
	/* New data with the schema; ERR_EXISTS when there are some.  The folder is there. */
	enum err (*create)(const char *where, struct error *err);
	enum err (*open)(const char *where, unsigned flags, struct db **ret_db, struct error *err);
	void (*close)(struct db *db); /* the writer: all is in its one file afterwards */
	/* All that a reader outside a transaction sees, as data of their own in a file that is
	 * there and empty.  The writer goes on meanwhile. */
	DB_FN(copy, const char *to);
	/* The data's own structure, below what they mean.  ERR_CORRUPT. */
	DB_DO(check);
	/* Unmakes data that nobody has open. */
	void (*destroy)(const char *where);

	/* A reader's transaction is one unmoving view of the data. */
	DB_DO(begin);
	DB_DO(commit);
	DB_DO(rollback); /* also without a transaction: nothing */
	DB_FN(mark, enum db_mark mark);
	DB_FN(unmark, enum db_mark mark);
	DB_FN(undo, enum db_mark mark); /* back to the mark, and unmark */

	/* Small things by name or by hash. */
	DB_FN(meta_get, const char *name, struct arena *arena, const char **ret_value); /* or NULL */
	DB_FN(meta_put, const char *name, const char *value);
	DB_FN(blob_get, const char *hash, struct arena *arena, const char **ret_bytes,
	      size_t *ret_len); /* ERR_NOT_FOUND */
	DB_FN(blob_put, const char *hash, const char *bytes, size_t len); /* again: nothing */
	DB_FN(adoption_add, const struct db_adoption *adoption);
	DB_FN(adoption_scan, db_adoption_fn fn, void *ctx); /* by seq */

	/* Journal. */
	DB_FN(head, int64_t *ret_seq, uint8_t ret_hash[SHA256_LEN]); /* 0 and zeros when empty */
	DB_FN(journal_add, const struct db_entry *entry);
	DB_FN(journal_get, int64_t seq, struct arena *arena, struct db_entry *ret_entry);
	DB_FN(journal_scan, int64_t after, db_entry_fn fn, void *ctx);
	DB_FN(touch_add, int64_t eno, int64_t seq);
	DB_FN(timeline, int64_t eno, int64_t after, db_entry_fn fn, void *ctx); /* by seq */

	/* Entities. */
	DB_FN(entity_get, const struct uuid *id, struct arena *arena, struct db_entity *ret_entity);
	DB_FN(entity_at, int64_t eno, struct arena *arena, struct db_entity *ret_entity);
	DB_FN(entity_put, struct db_entity *entity); /* gives a new one its eno */
	DB_FN(entity_scan, int64_t after_eno, db_entity_fn fn, void *ctx); /* by eno */
	DB_FN(outside_find, const char *source, const char *src_no, int64_t *ret_eno); /* or 0 */
	DB_FN(outside_add, const char *source, const char *src_no, int64_t eno); /* again: nothing */
	DB_FN(serial_get, int64_t day, int64_t *ret_last);
	DB_FN(serial_put, int64_t day, int64_t last);

	/* When an entity must be looked at: one moment each, ms UTC. */
	DB_FN(timer_put, int64_t eno, int64_t at);
	DB_FN(timer_clear, int64_t eno);
	DB_DO(timer_reset); /* none any more */
	DB_FN(timer_due, int64_t now, int64_t limit, db_timer_fn fn, void *ctx); /* by moment */
	DB_FN(timer_next, int64_t *ret_at); /* 0: none */

	/* Who sees what. */
	DB_FN(org_no, const char *code, bool make, int64_t *ret_no); /* 0 when not there */
	DB_FN(org_code, int64_t no, struct arena *arena, const char **ret_code);
	DB_FN(org_visible, int64_t no, int64_t *ret_count);
	DB_FN(party_add, int64_t org, const struct db_entity *entity, int64_t since);
	DB_FN(party_scan, int64_t eno, db_party_fn fn, void *ctx); /* by org */
	DB_FN(party_since, int64_t org, int64_t eno, int64_t *ret_since); /* 0: does not see it */
	/* The entity's class or rank was old's: moves it in its parties' snapshots. */
	DB_FN(scope_move, const struct db_entity *entity, const struct db_place *old);
	DB_FN(snapshot, int64_t org, const struct db_place *after, db_entity_fn fn, void *ctx);
	DB_FN(scope_scan, int64_t org, db_entity_fn fn, void *ctx); /* by id; without bytes */
	DB_FN(feed_add, int64_t org, const struct db_feed *row);
	DB_FN(feed_scan, int64_t org, int64_t after, db_feed_fn fn, void *ctx); /* by seq, eno */
	DB_FN(feed_count, int64_t org, int64_t after, int64_t limit, int64_t *ret_count);
	DB_FN(feed_has, int64_t org, const struct db_feed *row, bool *ret_has);
	DB_FN(counts, struct db_counts *ret_counts);

	/* Answers to acts. */
	DB_FN(answer_get, const struct uuid *id, struct arena *arena, struct db_answer *ret_answer);
	DB_FN(answer_each, db_answer_fn fn, void *ctx); /* all, by console and n */
	DB_FN(answer_put, const struct db_answer *answer);
	DB_FN(answer_scan, const struct uuid *console, int64_t after, int64_t upto, db_answer_fn fn,
	      void *ctx); /* applied and merged ones, by seq */

	/* People and their consoles. */
	DB_FN(account_get, const char *officer, struct arena *arena,
	      struct db_account *ret_account);
	DB_FN(account_put, const struct db_account *account);
	DB_FN(account_scan, db_account_fn fn, void *ctx); /* by org and name */
	DB_FN(use_put, const char *officer, int64_t at); /* an account was used */
	DB_FN(use_scan, db_use_fn fn, void *ctx); /* by name; without a row: not known */
	DB_FN(console_get, const struct uuid *id, struct arena *arena,
	      struct db_console *ret_console);
	DB_FN(console_put, const struct db_console *console);
	DB_FN(token_get, const uint8_t hash[SHA256_LEN], struct arena *arena,
	      struct db_token *ret_token);
	DB_FN(token_put, const struct db_token *token);
	DB_FN(token_drop, const uint8_t hash[SHA256_LEN]);
	DB_FN(token_drop_of, const char *officer);
	DB_FN(token_prune, int64_t before); /* expired ones */
	DB_FN(code_get, const uint8_t hash[SHA256_LEN], struct arena *arena,
	      struct db_code *ret_code);
	DB_FN(code_put, const struct db_code *code);
	DB_FN(code_drop, const uint8_t hash[SHA256_LEN]);
};

#undef DB_FN
#undef DB_DO

extern const struct db_ops db_sqlite;

#endif
