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
#include "zhiban/base/str.h"
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
typedef bool (*db_absence_fn)(void *ctx, const struct db_absence *row);
typedef bool (*db_feed_fn)(void *ctx, const struct db_feed *row);
typedef bool (*db_adoption_fn)(void *ctx, const struct db_adoption *row);
typedef bool (*db_account_fn)(void *ctx, const struct db_account *row);
typedef bool (*db_timer_fn)(void *ctx, int64_t eno, int64_t at);
typedef bool (*db_use_fn)(void *ctx, const char *officer, int64_t at);
typedef bool (*db_system_fn)(void *ctx, const struct db_system *row);
typedef bool (*db_address_fn)(void *ctx, const struct db_address *address);
typedef bool (*db_news_fn)(void *ctx, const struct db_news *row);
typedef bool (*db_mark_fn)(void *ctx, const struct db_officer_mark *row);
typedef bool (*db_answer_fn)(void *ctx, const struct db_answer *row);
typedef bool (*db_token_fn)(void *ctx, const struct db_token *row);
typedef bool (*db_console_fn)(void *ctx, const struct db_console *row);
typedef bool (*db_code_fn)(void *ctx, const struct db_code *row);
typedef bool (*db_audit_fn)(void *ctx, const struct db_audit *row);
typedef bool (*db_personal_fn)(void *ctx, const struct db_personal *row);
typedef bool (*db_caller_fn)(void *ctx, const struct db_personal *row,
			     const struct db_entity *entity);
typedef bool (*db_address_fn)(void *ctx, const struct db_address *row);
typedef bool (*db_eno_fn)(void *ctx, int64_t eno);

#define DB_FN(name, ...) enum err (*name)(struct db * db, __VA_ARGS__, struct error * err)
#define DB_DO(name) enum err (*name)(struct db * db, struct error * err)

struct db_ops {
	bool shared; /* several programs may write: see nodes_priv.h of the server */
	/* New data with the schema; ERR_EXISTS when there are some.  The folder, or the empty data
	 * base, is there. */
	enum err (*create)(const char *where, struct error *err);
	enum err (*open)(const char *where, unsigned flags, struct db **ret_db, struct error *err);
	void (*close)(struct db *db); /* the writer of a file: all is in it afterwards */
	/* All that a reader outside a transaction sees, as data of their own in a file that is
	 * there and empty.  The writer goes on meanwhile. */
	DB_FN(copy, const char *to);
	/* New data from a file that copy made; NULL: the file itself is such data. */
	enum err (*take)(const char *where, const char *from, unsigned flags, struct error *err);
	/* The data's own structure, below what they mean.  ERR_CORRUPT. */
	DB_DO(check);
	/* The writer, outside a transaction: of rows that were deleted nothing is left in its files.
	 * ERR_BUSY: readers hold on to the state before; to be tried again. */
	DB_DO(scrub);
	/* Settings of its own by which committed data could be lost: a line each, for the log.  NULL:
	 * it has none. */
	void (*doubts)(struct db *db, struct str *out);
	/* Unmakes data that nobody has open. */
	void (*destroy)(const char *where);

	/* A reader's transaction is one unmoving view of the data.  A writer's has the counter row:
	 * until it ends no other begins, on this node or another.  A connection that was lost is
	 * made anew; ERR_OFFLINE: there is no data base to connect to, or it went in the middle.
	 * When commit says so, the transaction is whole, or it never was. */
	DB_DO(begin);
	DB_DO(commit);
	DB_DO(rollback); /* also without a transaction: nothing */
#define OP(name, ...) enum err (*name)(struct db * db, __VA_ARGS__, struct error * err);
#define OP0(name) enum err (*name)(struct db * db, struct error * err);
#include "zhiban/server/db_op.def"
#undef OP
#undef OP0
};

#undef DB_FN
#undef DB_DO

extern const struct db_ops db_sqlite, db_postgres;

/* The back end of data at `where`: a path, or a URL "postgresql://…". */
const struct db_ops *db_ops_for(const char *where);
bool db_is_url(const char *where);

enum { DB_NAME = 256 };
/* Their name for people: a URL without password and options. */
void db_name(const char *where, char name[DB_NAME]);

#endif
