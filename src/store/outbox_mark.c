#include <config.h>

#include "zhiban/store/outbox_mark.h"

#include <string.h>

#include "db_priv.h"

static const char CHANGES[] = "marks";

int64_t outbox_marks_version(struct store *store)
{
	return store_meta_int(store, CHANGES);
}

static enum err touch(struct store *store, struct error *err)
{
	return store_meta_set_int(store, CHANGES, store_meta_int(store, CHANGES) + 1, err);
}

/* ---- putting ---- */

struct putting {
	const char *officer;
	const struct outbox_mark *marks;
	size_t n;
	bool here;
};

static const char PUT[] =
	"INSERT INTO mark (officer, id, what, value, at, sent) "
	"VALUES (:officer, :id, :what, :value, :at, :sent) "
	"ON CONFLICT (officer, id, what) DO UPDATE SET value = excluded.value, at = excluded.at, "
	"sent = excluded.sent WHERE excluded.at > mark.at";

/* What was seen longest ago goes, and what was taken away and is known to the server. */
static const char TRIM[] =
	"DELETE FROM mark WHERE officer = :officer AND sent = 1 AND (value = 0 OR what = 2) AND "
	"at <= (SELECT at FROM mark WHERE officer = :officer ORDER BY at DESC LIMIT 1 OFFSET :most)";

static enum err put(struct store *store, void *ctx, struct error *err)
{
	const struct putting *putting = ctx;
	sqlite3_stmt *stmt;
	enum err code = ERR_OK;

	for (size_t i = 0; i < putting->n && code == ERR_OK; i++) {
		const struct outbox_mark *mark = &putting->marks[i];

		code = db_stmt(store, PUT, &stmt, err);
		if (code != ERR_OK)
			break;
		db_text(stmt, ":officer", putting->officer);
		db_uuid(stmt, ":id", &mark->id);
		db_int(stmt, ":what", mark->what);
		db_int(stmt, ":value", mark->value);
		db_int(stmt, ":at", mark->at);
		db_int(stmt, ":sent", !putting->here);
		code = db_run(store, stmt, err);
	}
	if (code == ERR_OK)
		code = db_stmt(store, TRIM, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", putting->officer);
	db_int(stmt, ":most", OUTBOX_MARKS_MOST);
	code = db_run(store, stmt, err);
	return code == ERR_OK ? touch(store, err) : code;
}

enum err outbox_marks_put(struct store *store, const char *officer,
			  const struct outbox_mark *marks, size_t n, bool here, struct error *err)
{
	struct putting putting = { officer, marks, n, here };

	return n ? store_tx(store, put, &putting, err) : ERR_OK;
}

/* ---- reading ---- */

static const char ALL[] = "SELECT id, what, value, at FROM mark WHERE officer = :officer "
			  "ORDER BY at LIMIT :most";
static const char WAITING[] = "SELECT id, what, value, at FROM mark WHERE officer = :officer "
			      "AND sent = 0 ORDER BY at LIMIT :most";

enum err outbox_marks_list(struct store *store, const char *officer, bool waiting, size_t most,
			   struct arena *arena, struct outbox_mark **ret_marks, size_t *ret_n,
			   struct error *err)
{
	struct outbox_mark *marks = NULL;
	size_t n = 0, cap = 0;
	sqlite3_stmt *stmt;
	bool row;
	enum err code = db_stmt(store, waiting ? WAITING : ALL, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", officer);
	db_int(stmt, ":most", (int64_t)most);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		if (n == cap) {
			struct outbox_mark *more;

			cap = cap ? cap * 2 : 64;
			more = arena_array(arena, cap, sizeof *more);
			if (n)
				memcpy(more, marks, n * sizeof *more);
			marks = more;
		}
		marks[n].what = (int)db_col_int(stmt, 1);
		marks[n].value = db_col_int(stmt, 2);
		marks[n].at = db_col_int(stmt, 3);
		n += db_col_uuid(stmt, 0, &marks[n].id);
	}
	if (code != ERR_OK)
		return code;
	*ret_marks = marks;
	*ret_n = n;
	return ERR_OK;
}

/* ---- with the server ---- */

struct sent {
	const char *officer;
	const struct outbox_mark *marks;
	size_t n;
	const struct uuid *gone;
	size_t n_gone;
};

static const char SENT[] = "UPDATE mark SET sent = 1 WHERE officer = :officer AND id = :id AND "
			   "what = :what AND at = :at";
static const char GONE[] = "DELETE FROM mark WHERE officer = :officer AND id = :id";

static enum err sent(struct store *store, void *ctx, struct error *err)
{
	const struct sent *sent = ctx;
	sqlite3_stmt *stmt;
	enum err code = ERR_OK;

	for (size_t i = 0; i < sent->n && code == ERR_OK; i++) {
		code = db_stmt(store, SENT, &stmt, err);
		if (code != ERR_OK)
			break;
		db_text(stmt, ":officer", sent->officer);
		db_uuid(stmt, ":id", &sent->marks[i].id);
		db_int(stmt, ":what", sent->marks[i].what);
		db_int(stmt, ":at", sent->marks[i].at);
		code = db_run(store, stmt, err);
	}
	for (size_t i = 0; i < sent->n_gone && code == ERR_OK; i++) {
		code = db_stmt(store, GONE, &stmt, err);
		if (code != ERR_OK)
			break;
		db_text(stmt, ":officer", sent->officer);
		db_uuid(stmt, ":id", &sent->gone[i]);
		code = db_run(store, stmt, err);
	}
	return code == ERR_OK && sent->n_gone ? touch(store, err) : code;
}

enum err outbox_marks_sent(struct store *store, const char *officer,
			   const struct outbox_mark *marks, size_t n, const struct uuid *gone,
			   size_t n_gone, struct error *err)
{
	struct sent done = { officer, marks, n, gone, n_gone };

	return store_tx(store, sent, &done, err);
}

struct reading {
	const char *officer, *epoch;
	int64_t after;
};

static const char READ_GET[] = "SELECT epoch, after FROM mark_read WHERE officer = :officer";
static const char READ_SET[] = "INSERT OR REPLACE INTO mark_read (officer, epoch, after) "
			       "VALUES (:officer, :epoch, :after)";
static const char AGAIN[] = "UPDATE mark SET sent = 0 WHERE officer = :officer";

static enum err set_read(struct store *store, void *ctx, struct error *err)
{
	const struct reading *reading = ctx;
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, READ_SET, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", reading->officer);
	db_text(stmt, ":epoch", reading->epoch);
	db_int(stmt, ":after", reading->after);
	return db_run(store, stmt, err);
}

/* A server of another epoch was restored: it may have lost marks, and counts anew. */
static enum err begin_again(struct store *store, void *ctx, struct error *err)
{
	const struct reading *reading = ctx;
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, AGAIN, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", reading->officer);
	code = db_run(store, stmt, err);
	return code == ERR_OK ? set_read(store, ctx, err) : code;
}

enum err outbox_marks_after(struct store *store, const char *officer, const char *epoch,
			    int64_t *ret_after, struct error *err)
{
	struct reading reading = { officer, epoch, 0 };
	struct arena arena = ARENA_INIT;
	sqlite3_stmt *stmt;
	bool row = false, same = false;
	enum err code = db_stmt(store, READ_GET, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", officer);
	code = db_row(store, stmt, &row, err);
	if (code == ERR_OK && row) {
		same = strcmp(db_col_text(stmt, 0, &arena), epoch) == 0;
		reading.after = same ? db_col_int(stmt, 1) : 0;
		db_done(stmt);
	}
	arena_release(&arena);
	if (code == ERR_OK && !same)
		code = store_tx(store, begin_again, &reading, err);
	if (code == ERR_OK)
		*ret_after = reading.after;
	return code;
}

enum err outbox_marks_read(struct store *store, const char *officer, const char *epoch,
			   int64_t after, struct error *err)
{
	struct reading reading = { officer, epoch, after };

	return store_tx(store, set_read, &reading, err);
}

/* ---- since when he looks ---- */

static const char LOOKED_GET[] = "SELECT seq FROM looked WHERE officer = :officer";
static const char LOOKED_SET[] = "INSERT OR REPLACE INTO looked (officer, seq) "
				 "VALUES (:officer, :seq)";

enum err outbox_looked_get(struct store *store, const char *officer, int64_t *ret_seq,
			   struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, LOOKED_GET, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", officer);
	return db_number(store, stmt, ret_seq, err);
}

static enum err set_looked(struct store *store, void *ctx, struct error *err)
{
	const struct reading *looked = ctx;
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, LOOKED_SET, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", looked->officer);
	db_int(stmt, ":seq", looked->after);
	return db_run(store, stmt, err);
}

enum err outbox_looked_set(struct store *store, const char *officer, int64_t seq,
			   struct error *err)
{
	struct reading looked = { officer, "", seq };

	return store_tx(store, set_looked, &looked, err);
}
