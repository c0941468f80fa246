#include <config.h>

#include "zhiban/store/outbox.h"

#include <string.h>
#include <sys/stat.h>

#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"

#include "outbox_priv.h"
#include "src/store/outbox_more_sql.h"
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
	if (version != 0 && version != OUTBOX_SCHEMA)
		return error_set(err, ERR_VERSION,
				 _("%s was written by a newer zhiban: use that one"), store->path);
	if (version == 0)
		code = db_exec(store, outbox_sql, err);
	if (code == ERR_OK && version == 0)
		code = db_exec(store, "PRAGMA user_version = 1", err);
	return code == ERR_OK ? db_exec(store, outbox_more_sql, err) : code;
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
					      "PRAGMA synchronous = FULL; PRAGMA cache_size = -500; "
					      "PRAGMA secure_delete = ON",
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
static const char SEEN_NEW[] = "INSERT INTO seen (act, entity) VALUES (:id, :entity)";
static const char AFTER[] = "SELECT id, body FROM act WHERE target = :target AND state < 3 "
			    "ORDER BY n DESC";

static bool holds(sqlite3_stmt *stmt, const struct outbox_new *act)
{
	const char *body = sqlite3_column_blob(stmt, 1);

	return act->holds == NULL || act->holds(body, (size_t)sqlite3_column_bytes(stmt, 1));
}

static enum err find_after(struct store *store, const struct outbox_new *act,
			   struct uuid *ret_after, struct error *err)
{
	struct uuid after = { { 0 } };
	sqlite3_stmt *stmt;
	bool row = false, found = false;
	enum err code = db_stmt(store, AFTER, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":target", &act->target);
	while (!found && (code = db_row(store, stmt, &row, err)) == ERR_OK && row)
		found = holds(stmt, act) && db_col_uuid(stmt, 0, &after);
	if (code != ERR_OK)
		return code;
	if (row)
		db_done(stmt);
	*ret_after = after;
	return ERR_OK;
}

static enum err insert(struct store *store, const struct outbox_new *act, int64_t n,
		       struct error *err)
{
	struct uuid after;
	sqlite3_stmt *stmt;
	const char *bytes;
	size_t len;
	enum err code = find_after(store, act, &after, err);

	if (code == ERR_OK)
		code = act->body(act->ctx, n, &after, &bytes, &len, err);
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
	if (code != ERR_OK || act->seen == NULL)
		return code;
	code = db_stmt(store, SEEN_NEW, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", &act->id);
	db_blob(stmt, ":entity", act->seen, act->seen_len);
	return db_run(store, stmt, err);
}

struct append {
	const struct outbox_new *act;
	int64_t n;
};

static enum err append(struct store *store, void *ctx, struct error *err)
{
	struct append *append = ctx;
	enum err code = ERR_OK;

	append->n = store_meta_int(store, "n") + 1;
	if (append->act->replaces != NULL)
		code = outbox_drop_one(store, append->act->replaces, err);
	if (code == ERR_OK)
		code = insert(store, append->act, append->n, err);
	return code == ERR_OK ? store_meta_set_int(store, "n", append->n, err) : code;
}

static const char FIND_N[] = "SELECT n FROM act WHERE id = :id";

/* A commit whose last sync failed has happened all the same; said to have failed, the act would be
 * done a second time. */
static bool is_there(struct store *store, const struct uuid *id, int64_t *ret_n)
{
	sqlite3_stmt *stmt;
	bool row = false;

	if (db_stmt(store, FIND_N, &stmt, NULL) != ERR_OK)
		return false;
	db_uuid(stmt, ":id", id);
	if (db_row(store, stmt, &row, NULL) != ERR_OK || !row)
		return false;
	*ret_n = db_col_int(stmt, 0);
	db_done(stmt);
	return true;
}

static enum err touch(struct store *store, void *ctx, struct error *err)
{
	(void)ctx;
	return store_meta_set_int(store, "n", store_meta_int(store, "n"), err);
}

/* What has been committed is safe when a later commit is. */
static enum err make_sure(struct store *store, struct error *err)
{
	enum err code = store_tx(store, touch, NULL, err);

	if (code != ERR_OK)
		error_prefix(err, "%s", _("it stands in the outbox, but the disk fails: look there "
					  "before you do it again"));
	return code;
}

enum err outbox_append(struct store *store, const struct outbox_new *act, int64_t *ret_n,
		       struct error *err)
{
	struct append ctx = { act, 0 };
	enum err code = store_tx(store, append, &ctx, err);

	if (code != ERR_OK && is_there(store, &act->id, &ctx.n))
		code = make_sure(store, err);
	if (code == ERR_OK)
		*ret_n = ctx.n;
	return code;
}

/* ---- reading ---- */

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
	row->seq = db_col_int(stmt, 6);
	row->version = db_col_int(stmt, 7);
	row->number = text_or_empty(stmt, 8, arena);
	row->note = text_or_empty(stmt, 9, arena);
	row->code = text_or_empty(stmt, 10, arena);
	row->sentence = text_or_empty(stmt, 11, arena);
	row->theirs = db_col_blob(stmt, 12, arena, &row->theirs_len);
	row->state = (enum act_state)db_col_int(stmt, 13);
}

enum err outbox_rows(struct store *store, sqlite3_stmt *stmt, size_t max_bytes,
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

static const char LIST[] = "SELECT " ROW_COLUMNS " FROM act UNION ALL "
			   "SELECT " KEPT_COLUMNS ", 4 FROM kept WHERE unread = 1 ORDER BY n";

enum err outbox_list(struct store *store, struct arena *arena, struct outbox_row **ret_rows,
		     size_t *ret_n, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, LIST, &stmt, err);

	return code == ERR_OK ? outbox_rows(store, stmt, 0, arena, ret_rows, ret_n, err) : code;
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
	return outbox_rows(store, stmt, max_bytes, arena, ret_rows, ret_n, err);
}

static const char COUNTS[] = "SELECT count(*) FILTER (WHERE state < 3), "
			     "count(*) FILTER (WHERE state < 2), "
			     "count(*) FILTER (WHERE state = 3), "
			     "(SELECT count(*) FROM kept WHERE unread = 1) FROM act";

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
	ret_counts->merged = (unsigned)db_col_int(stmt, 3);
	db_done(stmt);
	return ERR_OK;
}
