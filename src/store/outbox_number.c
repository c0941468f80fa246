/* The numbers of acts: contiguous for a console, and anew for one whose files were copied. */
#include <config.h>

#include <string.h>

#include "zhiban/store/outbox_renew.h"

#include "outbox_priv.h"

enum err outbox_last(struct store *store, int64_t *ret_n, struct error *err)
{
	int64_t n;
	enum err code;

	store_meta_begin(store);
	n = store_meta_int(store, "n");
	code = store_meta_end(store, err);
	if (code == ERR_OK)
		*ret_n = n;
	return code;
}

/* What was refused is not counted: a server that does not know it any more cannot get it again. */
static const char PREV[] =
	"SELECT max(ifnull((SELECT max(n) FROM act WHERE n < :n AND state <> 3), 0), "
	"ifnull((SELECT max(n) FROM kept WHERE n < :n AND " KEPT_ACT "), 0), 0)";

enum err outbox_prev(struct store *store, int64_t n, int64_t *ret_prev, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, PREV, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":n", n);
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	*ret_prev = db_col_int(stmt, 0);
	db_done(stmt);
	return ERR_OK;
}

static const char ANSWERED[] =
	"SELECT max(ifnull((SELECT max(n) FROM act WHERE state = 2), 0), "
	"ifnull((SELECT max(n) FROM kept WHERE " KEPT_ACT "), 0), 0)";

enum err outbox_answered(struct store *store, int64_t *ret_n, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, ANSWERED, &stmt, err);

	return code == ERR_OK ? db_number(store, stmt, ret_n, err) : code;
}

/* ---- a console that was copied counts its acts anew ---- */

static const char LEAST[] = "SELECT min(0, ifnull((SELECT min(n) FROM act), 0), "
			    "ifnull((SELECT min(n) FROM kept), 0))";
static const char ACT_ASIDE[] = "UPDATE act SET n = :a - n WHERE n > 0";
static const char KEPT_ASIDE[] = "UPDATE kept SET n = :a - n WHERE n > 0";
static const char COUNTED[] = "UPDATE act SET n = :n, body = :body, state = :state WHERE id = :id";

/* Puts all numbers of a table below those used so far, so that none is met twice. */
static enum err aside(struct store *store, const char *sql, struct error *err)
{
	struct outbox_change change = { .sql = sql };
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, LEAST, &stmt, err);

	if (code == ERR_OK)
		code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	change.a = db_col_int(stmt, 0);
	db_done(stmt);
	return outbox_change(store, &change, err);
}

static enum err count_one(struct store *store, const struct outbox_row *row, int64_t n,
			  const char *bytes, size_t len, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, COUNTED, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":n", n);
	db_blob(stmt, ":body", bytes, len);
	db_int(stmt, ":state", row->state == ACT_REFUSED ? ACT_REFUSED : ACT_PENDING);
	db_uuid(stmt, ":id", &row->id);
	return db_run(store, stmt, err);
}

struct renumber {
	outbox_renumber_fn fn;
	void *ctx;
	int64_t n;
};

static enum err count_all(struct store *store, struct renumber *how, const struct outbox_row *rows,
			  size_t n_rows, bool refused, struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; i < n_rows && code == ERR_OK; i++) {
		const char *bytes = rows[i].body;
		size_t len = rows[i].len;

		if (refused ? rows[i].state != ACT_REFUSED : rows[i].state >= ACT_ANSWERED)
			continue;
		how->n++;
		if (!refused)
			code = how->fn(how->ctx, &rows[i], how->n, &bytes, &len, err);
		if (code == ERR_OK)
			code = count_one(store, &rows[i], how->n, bytes, len, err);
	}
	return code;
}

static enum err renumber(struct store *store, void *ctx, struct error *err)
{
	struct renumber *how = ctx;
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows;
	size_t n_rows;
	enum err code = outbox_list(store, &arena, &rows, &n_rows, err);

	how->n = 0;
	if (code == ERR_OK)
		code = aside(store, KEPT_ASIDE, err); /* the older ones */
	if (code == ERR_OK)
		code = aside(store, ACT_ASIDE, err);
	if (code == ERR_OK)
		code = count_all(store, how, rows, n_rows, false, err);
	if (code == ERR_OK)
		code = count_all(store, how, rows, n_rows, true, err);
	if (code == ERR_OK)
		code = store_meta_set_int(store, "n", how->n, err);
	arena_release(&arena);
	return code;
}

enum err outbox_renumber(struct store *store, outbox_renumber_fn fn, void *ctx, struct error *err)
{
	struct renumber how = { fn, ctx, 0 };

	return store_tx(store, renumber, &how, err);
}

/* ---- what was answered under an earlier id ---- */

/* Numbers below 0 fall as they were given. */
static const char EARLIER[] = "SELECT " KEPT_COLUMNS ", 2 FROM kept WHERE n < 0 AND " KEPT_ACT
			      " UNION ALL SELECT " ROW_COLUMNS " FROM act WHERE n < 0 AND state = 2 "
			      "ORDER BY n DESC";
static const char ACT_GONE[] = "DELETE FROM act WHERE id = :id";
static const char KEPT_GONE[] = "DELETE FROM kept WHERE id = :id";
static const char ACT_AGAIN[] = "INSERT INTO act (n, id, target, officer, at, body, state) "
				"VALUES (:n, :id, :target, :officer, :at, :body, 0)";

/* What nobody has sent stands behind it: it may hang on it. */
static const char UNSENT[] = "SELECT " ROW_COLUMNS " FROM act WHERE n > 0 AND state = 0 ORDER BY n";
static const char UNSENT_ASIDE[] = "UPDATE act SET n = :a - n WHERE n > 0 AND state = 0";

static enum err again_one(struct store *store, struct renumber *how, const struct outbox_row *row,
			  int64_t n, struct error *err)
{
	struct outbox_change gone[] = { { .sql = ACT_GONE, .id = &row->id },
					{ .sql = KEPT_GONE, .id = &row->id } };
	const char *bytes;
	sqlite3_stmt *stmt;
	size_t len;
	enum err code = how->fn(how->ctx, row, n, &bytes, &len, err);

	for (size_t i = 0; i < 2 && code == ERR_OK; i++)
		code = outbox_change(store, &gone[i], err);
	if (code == ERR_OK)
		code = db_stmt(store, ACT_AGAIN, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":n", n);
	db_uuid(stmt, ":id", &row->id);
	db_uuid(stmt, ":target", &row->target);
	db_text(stmt, ":officer", row->officer);
	db_int(stmt, ":at", row->at);
	db_blob(stmt, ":body", bytes, len);
	return db_run(store, stmt, err);
}

/* The numbers of those behind, and as many new ones as are wanted. */
static int64_t number_at(const struct outbox_row *behind, size_t n_behind, int64_t last, size_t i)
{
	return i < n_behind ? behind[i].n : last + 1 + (int64_t)(i - n_behind);
}

static enum err resend_earlier(struct store *store, void *ctx, struct error *err)
{
	struct renumber *how = ctx;
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows, *behind;
	sqlite3_stmt *stmt;
	size_t n = 0, n_behind = 0;
	int64_t last = store_meta_int(store, "n");
	enum err code = db_stmt(store, EARLIER, &stmt, err);

	if (code == ERR_OK)
		code = outbox_rows(store, stmt, 0, &arena, &rows, &n, err);
	if (code == ERR_OK && n > 0)
		code = db_stmt(store, UNSENT, &stmt, err);
	if (code == ERR_OK && n > 0)
		code = outbox_rows(store, stmt, 0, &arena, &behind, &n_behind, err);
	if (code == ERR_OK && n > 0)
		code = aside(store, UNSENT_ASIDE, err);
	for (size_t i = 0; n > 0 && i < n + n_behind && code == ERR_OK; i++)
		code = again_one(store, how, i < n ? &rows[i] : &behind[i - n],
				 number_at(behind, n_behind, last, i), err);
	if (code == ERR_OK && n > 0)
		code = store_meta_set_int(store, "n", last + (int64_t)n, err);
	arena_release(&arena);
	return code;
}

enum err outbox_resend_earlier(struct store *store, outbox_renumber_fn fn, void *ctx,
			       struct error *err)
{
	struct renumber how = { fn, ctx, 0 };

	return store_tx(store, resend_earlier, &how, err);
}

static enum err forget_kept(struct store *store, void *ctx, struct error *err)
{
	(void)ctx;
	return db_exec(store, "DELETE FROM kept WHERE unread = 0; UPDATE kept SET folded_at = -1",
		       err);
}

enum err outbox_forget_kept(struct store *store, struct error *err)
{
	return store_tx(store, forget_kept, NULL, err);
}

/* ---- with which data what was answered has been compared ---- */

static bool is_agreed(struct store *store, const char *epoch)
{
	char before[64];

	return epoch == NULL || (store_meta_text(store, "epoch", before, sizeof before) &&
				 strcmp(before, epoch) == 0);
}

struct agreeing {
	struct renumber renumber;
	const char *epoch;
};

static enum err agree(struct store *store, void *ctx, struct error *err)
{
	struct agreeing *agreeing = ctx;
	enum err code = ERR_OK;

	if (is_agreed(store, agreeing->epoch))
		return ERR_OK;
	code = resend_earlier(store, &agreeing->renumber, err);
	return code == ERR_OK ? store_meta_set(store, "epoch", agreeing->epoch, err) : code;
}

enum err outbox_agree(struct store *store, const char *epoch, outbox_renumber_fn fn, void *ctx,
		      struct error *err)
{
	struct agreeing agreeing = { { fn, ctx, 0 }, epoch };

	if (is_agreed(store, epoch)) /* nothing is written when it is so already */
		return ERR_OK;
	return store_tx(store, agree, &agreeing, err);
}

/* ---- another console id ---- */

struct renewal {
	struct renumber renumber;
	const struct uuid *console;
	const struct outbox_who *who;
	const char *epoch;
};

static enum err renew(struct store *store, void *ctx, struct error *err)
{
	struct renewal *renewal = ctx;
	enum err code = renumber(store, &renewal->renumber, err);

	if (code == ERR_OK)
		code = db_exec(store, "UPDATE author SET token = ''", err);
	if (code == ERR_OK)
		code = outbox_set_console(store, renewal->console, err);
	if (code == ERR_OK)
		code = outbox_login(store, renewal->who, err);
	return code == ERR_OK ? outbox_agree(store, renewal->epoch, renewal->renumber.fn,
					     renewal->renumber.ctx, err)
			      : code;
}

enum err outbox_renew(struct store *store, const struct uuid *console, const struct outbox_who *who,
		      const char *epoch, outbox_renumber_fn fn, void *ctx, struct error *err)
{
	struct renewal renewal = { { fn, ctx, 0 }, console, who, epoch };

	return store_tx(store, renew, &renewal, err);
}
