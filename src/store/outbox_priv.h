/* Shared by the files of the outbox. */
#ifndef ZHIBAN_STORE_OUTBOX_PRIV_H
#define ZHIBAN_STORE_OUTBOX_PRIV_H

#include "zhiban/store/outbox.h"

#include "db_priv.h"

/* As outbox_rows reads them; KEPT_COLUMNS lacks the last, the state. */
#define ROW_COLUMNS                                                                            \
	"n, id, target, officer, at, body, seq, version, number, note, code, sentence, theirs, "   \
	"state"
#define KEPT_COLUMNS                                                                           \
	"n, id, target, officer, at, body, seq, version, number, note, NULL, NULL, NULL"

/* What is kept and may be sent again: no dropped number, nothing of another server's. */
#define KEPT_ACT "length(body) > 0 AND folded_at >= 0"

/* All rows of a statement; max_bytes 0: no limit. */
enum err outbox_rows(struct store *store, sqlite3_stmt *stmt, size_t max_bytes,
		     struct arena *arena, struct outbox_row **ret_rows, size_t *ret_n,
		     struct error *err) MUST_CHECK;

struct outbox_change { /* one statement with the values it needs; run inside a transaction */
	const char *sql;
	int64_t a, b;		/* :a, :b */
	const struct uuid *id;	/* :id */
	size_t changed;
};
enum err outbox_change(struct store *store, struct outbox_change *change, struct error *err)
	MUST_CHECK;

/* Inside a transaction: takes one act off the desk.  ERR_NOT_FOUND. */
enum err outbox_drop_one(struct store *store, const struct uuid *id, struct error *err) MUST_CHECK;

#endif
