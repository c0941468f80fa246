/* What the files of the PostgreSQL back end share.
 *
 * A connection is always in pipeline mode.  Statements without rows are sent and not waited for;
 * their results are read with the next one that has rows, and before a savepoint or the transaction
 * ends: what failed among them fails that call, inside the same savepoint, for after the first
 * failure the server skips the rest.  So an act costs one exchange for each thing it reads and one
 * for its end. */
#ifndef ZHIBAN_SERVER_DB_POSTGRES_PRIV_H
#define ZHIBAN_SERVER_DB_POSTGRES_PRIV_H

#include <libpq-fe.h>

#include "db_sql_priv.h"
#include "zhiban/base/str.h"

enum {
	PG_PARAMS = 24,
	PG_NAME = 24,	  /* of a parameter, or of a statement at the server; with NUL */
	PG_PAGE = 256,	  /* rows of a scan that are asked for first */
	PG_FETCH = 500,	  /* and then at once, through a cursor */
	PG_QUEUE = 256,	  /* statements on their way unread */
	PG_FRESH = 32,
};

struct pg_stmt;
struct pg_db {
	struct db db;
	PGconn *conn; /* NULL: not connected */
	char *where;
	unsigned flags;
	bool lost;	     /* the connection is gone; what was in hand with it */
	bool failed;	     /* a statement of this transaction did */
	unsigned generation; /* of the connection: what was prepared before is gone */
	unsigned names;	     /* given so far to statements and cursors */
	unsigned queued, syncs; /* statements and ends of pipelines whose results are not read */
	struct pg_text {	/* one statement as the server knows it */
		unsigned generation; /* of the connection that knows it */
		char name[PG_NAME];
		Oid types[PG_PARAMS];
	} *fresh[PG_FRESH]; /* being prepared */
	size_t n_fresh;
};

enum pg_kind {
	PG_ROWS,
	PG_WRITE, /* queued */
	PG_END,	  /* of a savepoint: waits for all before it */
	PG_UNDO,  /* whatever happened to what came before it */
};
struct pg_stmt {
	struct stmt stmt;
	struct pg_db *pg;
	enum pg_kind kind;
	char *sql, *page; /* with $1 …; page: of its first rows, NULL when they have no order */
	bool limited;	  /* its rows are few by themselves */
	struct pg_text whole, first;
	int n_params;
	struct pg_param {
		char name[PG_NAME];
		Oid type; /* 0: never bound yet */
		const char *value;
		int len;
		char number[8];
	} params[PG_PARAMS];
	PGresult *res; /* NULL: not running */
	int row;
	bool paged, over;     /* res began with the first page; no more come behind res */
	char cursor[PG_NAME]; /* "": none is open */
};

static inline struct pg_db *pg_of(struct db *db)
{
	return (struct pg_db *)db;
}

extern const struct sql_driver pg_driver;

/* db_postgres_send.c: one statement without parameters and rows, queued. */
enum err pg_send(struct pg_db *pg, const char *text, struct error *err) MUST_CHECK;
/* Reads the results of all that was sent.  The last one goes to *ret_res (PQclear) unless NULL. */
enum err pg_flush(struct pg_db *pg, PGresult **ret_res, struct error *err) MUST_CHECK;
/* The results of a commit that was not waited for; never a failure but a lost connection. */
void pg_settle(struct pg_db *pg);
/* Says that COMMIT and so on without waiting. */
enum err pg_post(struct pg_db *pg, const char *text, struct error *err) MUST_CHECK;
/* What the server said, as an error; res NULL: the connection said it. */
enum err pg_fail(struct pg_db *pg, const PGresult *res, struct error *err);

enum err pg_lost(struct pg_db *pg, const char *words, struct error *err); /* the connection */
bool pg_is_good(const PGresult *res);

/* db_postgres_open.c */
enum err pg_connect(struct pg_db *pg, struct error *err) MUST_CHECK;
enum err pg_open(const char *where, unsigned flags, struct db **ret_db,
		 struct error *err) MUST_CHECK;
/* Connected, with the tables or without. */
enum err pg_open_bare(const char *where, unsigned flags, struct db **ret_db,
		      struct error *err) MUST_CHECK;
void pg_close(struct db *db);
enum err pg_begin(struct db *db, struct error *err);
enum err pg_begin_plain(struct db *db, struct error *err) MUST_CHECK; /* without the counter row */
enum err pg_commit(struct db *db, struct error *err);
enum err pg_rollback(struct db *db, struct error *err);

/* db_postgres_make.c, db_postgres_copy.c */
enum err pg_create(const char *where, struct error *err);
/* Empty tables of the scripts up to the number, open to write. */
enum err pg_make(const char *where, unsigned flags, int upto, struct db **ret_db,
		 struct error *err) MUST_CHECK;
enum err pg_copy(struct db *db, const char *to, struct error *err);
enum err pg_check(struct db *db, struct error *err);
void pg_doubts(struct db *db, struct str *out);
void pg_destroy(const char *where);
enum err pg_take(const char *where, const char *from, unsigned flags, struct error *err);
enum err pg_filled(struct db *db, const char *table, struct error *err);
/* A script in PostgreSQL's words. */
void pg_words(const char *sql, struct str *out);

#endif
