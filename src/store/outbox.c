#include <config.h>

#include "zhiban/store/outbox.h"

#include <string.h>
#include <sys/stat.h>

#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"

#include "db_priv.h"
#include "src/store/outbox_sql.h"

enum { OUTBOX_SCHEMA = 1 }; /* frozen */

static enum err make_tables(struct store *store, void *ctx, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	int64_t version = 0;
	enum err code = db_stmt(store, "PRAGMA user_version", &stmt, err);

	(void)ctx;
	if (code == ERR_OK)
		code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	version = db_col_int(stmt, 0);
	db_done(stmt);
	if (version == OUTBOX_SCHEMA) /* another process was faster */
		return ERR_OK;
	if (version != 0)
		return error_set(err, ERR_VERSION,
				 _("%s was written by a newer zhiban: use that one"), store->path);
	code = db_exec(store, outbox_sql, err);
	if (code == ERR_OK)
		code = db_exec(store, "PRAGMA user_version = 1", err);
	return code;
}

enum err outbox_open(const char *dir, bool read_only, struct store **ret_store, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *path = path_join(&arena, dir, "outbox.db");
	struct store *store;
	mode_t old = umask(077);
	enum err code;

	code = db_open(path, read_only ? DB_READ_ONLY : DB_CREATE, &store, err);
	if (code == ERR_OK) {
		if (!read_only) /* FULL and TRUNCATE: an act is safe when the call returns */
			code = db_exec(store, "PRAGMA journal_mode = TRUNCATE; "
					      "PRAGMA synchronous = FULL; PRAGMA cache_size = -500",
				       err);
		if (code == ERR_OK && !read_only)
			code = store_tx(store, make_tables, NULL, err);
		if (code != ERR_OK)
			store_close(store);
	}
	umask(old);
	arena_release(&arena);
	if (code == ERR_CORRUPT)
		error_prefix(err, "%s", _("the outbox is damaged; keep the file, it may hold acts "
					  "that were never sent"));
	if (code == ERR_OK)
		*ret_store = store;
	return code;
}

/* ---- appending ---- */

static const char ACT_NEW[] =
	"INSERT INTO act (n, id, target, officer, at, body, state) "
	"VALUES (:n, :id, :target, :officer, :at, :body, 0)";
static const char ACT_DEL[] = "DELETE FROM act WHERE id = :id";

struct append {
	const struct outbox_new *act;
	int64_t n;
};

static enum err append(struct store *store, void *ctx, struct error *err)
{
	struct append *append = ctx;
	const struct outbox_new *act = append->act;
	int64_t n = store_meta_int(store, "n") + 1;
	sqlite3_stmt *stmt;
	const char *bytes;
	size_t len;
	enum err code = act->body(act->ctx, n, &bytes, &len, err);

	if (code == ERR_OK)
		code = db_stmt(store, ACT_NEW, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":n", n);
	db_uuid(stmt, ":id", &act->id);
	db_uuid(stmt, ":target", &act->target);
	db_text(stmt, ":officer", act->officer);
	db_int(stmt, ":at", act->at);
	db_blob(stmt, ":body", bytes, len);
	code = db_run(store, stmt, err);
	if (code == ERR_OK)
		code = store_meta_set_int(store, "n", n, err);
	if (code == ERR_OK && act->replaces != NULL) {
		code = db_stmt(store, ACT_DEL, &stmt, err);
		if (code == ERR_OK) {
			db_uuid(stmt, ":id", act->replaces);
			code = db_run(store, stmt, err);
		}
	}
	append->n = n;
	return code;
}

enum err outbox_append(struct store *store, const struct outbox_new *act, int64_t *ret_n,
		       struct error *err)
{
	struct append ctx = { act, 0 };
	enum err code = store_tx(store, append, &ctx, err);

	if (code == ERR_OK)
		*ret_n = ctx.n;
	return code;
}

/* ---- reading ---- */

#define ROW_COLUMNS                                                                            \
	"n, id, target, officer, at, body, state, seq, version, number, note, code, sentence, "    \
	"theirs"

static const char *text_or_empty(sqlite3_stmt *stmt, int col, struct arena *arena)
{
	const char *text = db_col_text(stmt, col, arena);

	return text != NULL ? text : "";
}

static void read_row(sqlite3_stmt *stmt, struct arena *arena, struct outbox_row *row)
{
	*row = (struct outbox_row){ .n = db_col_int(stmt, 0) };
	db_col_uuid(stmt, 1, &row->id);
	db_col_uuid(stmt, 2, &row->target);
	row->officer = text_or_empty(stmt, 3, arena);
	row->at = db_col_int(stmt, 4);
	row->body = db_col_blob(stmt, 5, arena, &row->len);
	row->state = (enum act_state)db_col_int(stmt, 6);
	row->seq = db_col_int(stmt, 7);
	row->version = db_col_int(stmt, 8);
	row->number = text_or_empty(stmt, 9, arena);
	row->note = text_or_empty(stmt, 10, arena);
	row->code = text_or_empty(stmt, 11, arena);
	row->sentence = text_or_empty(stmt, 12, arena);
	row->theirs = db_col_blob(stmt, 13, arena, &row->theirs_len);
}

/* All rows of a statement; max_bytes 0: no limit. */
static enum err read_rows(struct store *store, sqlite3_stmt *stmt, size_t max_bytes,
			  struct arena *arena, struct outbox_row **ret_rows, size_t *ret_n,
			  struct error *err)
{
	struct outbox_row *rows = NULL;
	size_t n = 0, cap = 0, bytes = 0;
	bool row;
	enum err code;

	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		if (n == cap) {
			struct outbox_row *more;

			cap = cap != 0 ? cap * 2 : 16;
			more = arena_array(arena, cap, sizeof *more);
			if (n > 0)
				memcpy(more, rows, n * sizeof *rows);
			rows = more;
		}
		read_row(stmt, arena, &rows[n]);
		bytes += rows[n].len;
		if (max_bytes > 0 && n > 0 && bytes > max_bytes) {
			db_done(stmt);
			break;
		}
		n++;
	}
	if (code != ERR_OK)
		return code;
	*ret_rows = rows;
	*ret_n = n;
	return ERR_OK;
}

static const char LIST[] = "SELECT " ROW_COLUMNS " FROM act ORDER BY n";

enum err outbox_list(struct store *store, struct arena *arena, struct outbox_row **ret_rows,
		     size_t *ret_n, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, LIST, &stmt, err);

	return code == ERR_OK ? read_rows(store, stmt, 0, arena, ret_rows, ret_n, err) : code;
}

/* Those from the first unanswered one on, up to the next of another author. */
static const char UNSENT[] =
	"SELECT " ROW_COLUMNS " FROM act WHERE state < 2 AND n < ifnull((SELECT min(n) FROM act "
	"WHERE state < 2 AND officer <> (SELECT officer FROM act WHERE state < 2 "
	"ORDER BY n LIMIT 1)), 9223372036854775807) ORDER BY n LIMIT :max";

enum err outbox_unsent(struct store *store, size_t max, size_t max_bytes, struct arena *arena,
		       struct outbox_row **ret_rows, size_t *ret_n, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, UNSENT, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":max", (int64_t)max);
	return read_rows(store, stmt, max_bytes, arena, ret_rows, ret_n, err);
}

static const char COUNTS[] = "SELECT count(*) FILTER (WHERE state < 3), "
			     "count(*) FILTER (WHERE state < 2), "
			     "count(*) FILTER (WHERE state = 3) FROM act";

enum err outbox_counts(struct store *store, struct outbox_counts *ret_counts, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, COUNTS, &stmt, err);

	if (code == ERR_OK)
		code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	ret_counts->pending = (unsigned)db_col_int(stmt, 0);
	ret_counts->unsent = (unsigned)db_col_int(stmt, 1);
	ret_counts->refused = (unsigned)db_col_int(stmt, 2);
	db_done(stmt);
	return ERR_OK;
}

/* ---- answers ---- */

static const char ANSWER[] =
	"UPDATE act SET state = :state, seq = :seq, version = :version, "
	"number = :number, note = :note, "
	"code = :code, sentence = :sentence, theirs = :theirs WHERE id = :id AND state < 2";

struct answers {
	const struct outbox_answer *items;
	size_t n;
};

static enum err answer_all(struct store *store, void *ctx, struct error *err)
{
	const struct answers *answers = ctx;
	enum err code = ERR_OK;

	for (size_t i = 0; i < answers->n && code == ERR_OK; i++) {
		const struct outbox_answer *answer = &answers->items[i];
		sqlite3_stmt *stmt;

		code = db_stmt(store, ANSWER, &stmt, err);
		if (code != ERR_OK)
			return code;
		db_int(stmt, ":state", answer->refused ? ACT_REFUSED : ACT_ANSWERED);
		db_int(stmt, ":seq", answer->seq);
		db_int(stmt, ":version", answer->version);
		db_text(stmt, ":number", answer->number);
		db_text(stmt, ":note", answer->note);
		db_text(stmt, ":code", answer->code);
		db_text(stmt, ":sentence", answer->sentence);
		if (answer->theirs != NULL)
			db_blob(stmt, ":theirs", answer->theirs, answer->theirs_len);
		db_uuid(stmt, ":id", &answer->id);
		code = db_run(store, stmt, err);
	}
	return code;
}

enum err outbox_answers(struct store *store, const struct outbox_answer *answers, size_t n,
			struct error *err)
{
	struct answers ctx = { answers, n };

	return store_tx(store, answer_all, &ctx, err);
}

struct change { /* one statement with the numbers it needs */
	const char *sql;
	int64_t a, b;
	const struct uuid *id;
	const char *text;
	size_t changed;
};

static enum err change_one(struct store *store, void *ctx, struct error *err)
{
	struct change *change = ctx;
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, change->sql, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":a", change->a);
	db_int(stmt, ":b", change->b);
	if (change->id != NULL)
		db_uuid(stmt, ":id", change->id);
	if (change->text != NULL)
		db_text(stmt, ":text", change->text);
	code = db_run(store, stmt, err);
	change->changed = (size_t)sqlite3_changes64(store->db);
	return code;
}

enum err outbox_mark_sent(struct store *store, int64_t from_n, int64_t to_n, struct error *err)
{
	struct change change = { .sql = "UPDATE act SET state = 1 WHERE state = 0 AND n >= :a "
					"AND n <= :b",
				 .a = from_n,
				 .b = to_n };

	return store_tx(store, change_one, &change, err);
}

enum err outbox_resend(struct store *store, int64_t from_n, struct error *err)
{
	struct change change = { .sql = "UPDATE act SET state = 0 WHERE state < 3 AND n >= :a",
				 .a = from_n };

	return store_tx(store, change_one, &change, err);
}

enum err outbox_fold(struct store *store, int64_t seq, size_t *ret_n, struct error *err)
{
	static const char any[] = "SELECT 1 FROM act WHERE state = 2 AND seq <= :seq LIMIT 1";
	struct change change = { .sql = "DELETE FROM act WHERE state = 2 AND seq <= :a", .a = seq };
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, any, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":seq", seq);
	code = db_row(store, stmt, &row, err);
	if (row)
		db_done(stmt);
	if (code == ERR_OK && row) /* nothing is written when there is nothing to fold */
		code = store_tx(store, change_one, &change, err);
	if (code == ERR_OK)
		*ret_n = change.changed;
	return code;
}

enum err outbox_remove(struct store *store, const struct uuid *id, struct error *err)
{
	struct change change = { .sql = "DELETE FROM act WHERE id = :id AND state = 3",
				 .id = id };
	enum err code = store_tx(store, change_one, &change, err);

	if (code == ERR_OK && change.changed == 0)
		return error_set(err, ERR_NOT_FOUND, "%s", _("no such act lies on the desk"));
	return code;
}

/* n stays contiguous: only the last one can go, and its number with it. */
static enum err take_back(struct store *store, void *ctx, struct error *err)
{
	struct change change = { .sql = "DELETE FROM act WHERE id = :id AND state = 0 AND n = :a",
				 .id = ctx,
				 .a = store_meta_int(store, "n") };
	enum err code = change_one(store, &change, err);

	if (code == ERR_OK && change.changed == 0)
		return error_set(err, ERR_REFUSED, "%s",
				 _("it is on its way already, or a later act stands behind it"));
	return code == ERR_OK ? store_meta_set_int(store, "n", change.a - 1, err) : code;
}

enum err outbox_take_back(struct store *store, const struct uuid *id, struct error *err)
{
	return store_tx(store, take_back, (void *)id, err);
}
