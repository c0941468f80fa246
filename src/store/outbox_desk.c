#include <config.h>

#include "zhiban/store/outbox_desk.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "outbox_priv.h"

/* The number of a refused act that is dropped stays known: it is not missed later. */
static const char KEEP_NUMBER[] =
	"INSERT OR IGNORE INTO kept (n, id, target, officer, at, body, folded_at, unread) "
	"SELECT n, id, target, officer, at, x'', at, 0 FROM act WHERE id = :id AND state = 3";
static const char DROP_REFUSED[] = "DELETE FROM act WHERE id = :id AND state = 3";
static const char READ_MERGED[] = "UPDATE kept SET unread = 0 WHERE id = :id AND unread = 1";
static const char DROP_SEEN[] = "DELETE FROM seen WHERE act = :id";
static const char DROP_SAID[] = "DELETE FROM said WHERE act = :id";

enum err outbox_drop_one(struct store *store, const struct uuid *id, struct error *err)
{
	static const char *const steps[] = { KEEP_NUMBER, DROP_REFUSED, READ_MERGED, DROP_SEEN,
					     DROP_SAID };
	size_t dropped = 0;
	enum err code = ERR_OK;

	for (size_t i = 0; i < ARRAY_LEN(steps) && code == ERR_OK; i++) {
		struct outbox_change change = { .sql = steps[i], .id = id };

		code = outbox_change(store, &change, err);
		if (steps[i] == DROP_REFUSED || steps[i] == READ_MERGED)
			dropped += change.changed;
	}
	if (code == ERR_OK && dropped == 0)
		return error_set(err, ERR_NOT_FOUND, "%s", _("no such act lies on the desk"));
	return code;
}

struct drop {
	const struct uuid *ids;
	size_t n;
};

static enum err drop_all(struct store *store, void *ctx, struct error *err)
{
	const struct drop *drop = ctx;
	enum err code = ERR_OK;

	for (size_t i = 0; i < drop->n && code == ERR_OK; i++)
		code = outbox_drop_one(store, &drop->ids[i], err);
	return code;
}

enum err outbox_drop(struct store *store, const struct uuid *ids, size_t n, struct error *err)
{
	struct drop ctx = { ids, n };

	return store_tx(store, drop_all, &ctx, err);
}

/* n stays contiguous: only the last one can go, and its number with it. */
static enum err take_back(struct store *store, void *ctx, struct error *err)
{
	struct outbox_change change = { .sql = "DELETE FROM act WHERE id = :id AND state = 0 "
					       "AND n = :a",
					.id = ctx,
					.a = store_meta_int(store, "n") };
	struct outbox_change seen = { .sql = DROP_SEEN, .id = ctx };
	enum err code = outbox_change(store, &change, err);

	if (code == ERR_OK && change.changed == 0)
		return error_set(err, ERR_REFUSED, "%s",
				 _("it is on its way already, or a later act stands behind it"));
	if (code == ERR_OK)
		code = outbox_change(store, &seen, err);
	return code == ERR_OK ? store_meta_set_int(store, "n", change.a - 1, err) : code;
}

enum err outbox_take_back(struct store *store, const struct uuid *id, struct error *err)
{
	return store_tx(store, take_back, (void *)id, err);
}

/* ---- what is kept beside an act ---- */

static const char SEEN[] = "SELECT entity FROM seen WHERE act = :id";

enum err outbox_seen(struct store *store, const struct uuid *act, struct arena *arena,
		     const char **ret_bytes, size_t *ret_len, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, SEEN, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", act);
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	*ret_bytes = NULL;
	*ret_len = 0;
	if (row) {
		*ret_bytes = db_col_blob(stmt, 0, arena, ret_len);
		db_done(stmt);
	}
	return ERR_OK;
}

static const char SAID[] = "SELECT officer, org, verb, at, seq FROM said WHERE act = :id";

enum err outbox_said(struct store *store, const struct uuid *act, struct arena *arena,
		     struct outbox_by *ret_by, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, SAID, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", act);
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	*ret_by = (struct outbox_by){ .officer = NULL };
	if (row) {
		ret_by->officer = db_col_text(stmt, 0, arena);
		ret_by->org = db_col_text(stmt, 1, arena);
		ret_by->verb = db_col_text(stmt, 2, arena);
		ret_by->at = db_col_int(stmt, 3);
		ret_by->seq = db_col_int(stmt, 4);
		db_done(stmt);
	}
	return ERR_OK;
}

static const char UNSEE_SEEN[] =
	"DELETE FROM seen WHERE act IN (SELECT id FROM act WHERE target = :id)";
static const char UNSEE_THEIRS[] = "UPDATE act SET theirs = NULL, number = coalesce(number, :number)"
				   " WHERE target = :id";

struct unsee {
	const struct uuid *target;
	const char *number;
};

static enum err unsee(struct store *store, void *ctx, struct error *err)
{
	const struct unsee *unsee = ctx;
	struct outbox_change seen = { .sql = UNSEE_SEEN, .id = unsee->target };
	sqlite3_stmt *stmt;
	enum err code = outbox_change(store, &seen, err);

	if (code == ERR_OK)
		code = db_stmt(store, UNSEE_THEIRS, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", unsee->target);
	db_text(stmt, ":number", unsee->number);
	return db_run(store, stmt, err);
}

enum err outbox_unsee(struct store *store, const struct uuid *target, const char *number,
		      struct error *err)
{
	struct unsee ctx = { target, number };

	return store_tx(store, unsee, &ctx, err);
}

static const char KEPT_OF[] = "SELECT " KEPT_COLUMNS ", 2 FROM kept WHERE target = :id "
			      "AND " KEPT_ACT " ORDER BY n";

enum err outbox_kept(struct store *store, const struct uuid *target, struct arena *arena,
		     struct outbox_row **ret_rows, size_t *ret_n, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, KEPT_OF, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", target);
	return outbox_rows(store, stmt, 0, arena, ret_rows, ret_n, err);
}

/* ---- what was erased ---- */

static const char REWORD[] = "UPDATE kept SET body = :body WHERE id = :id";
static const char FORGET_THEIRS[] = "UPDATE act SET theirs = NULL WHERE target = :id";
static const char FORGET_DRAFTS[] = "DELETE FROM draft WHERE id = :id";

struct erasing {
	const struct uuid *target;
	const struct outbox_row *rows;
	size_t n;
};

static enum err erase(struct store *store, void *ctx, struct error *err)
{
	const struct erasing *erasing = ctx;
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, FORGET_THEIRS, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", erasing->target);
	code = db_run(store, stmt, err);
	if (code == ERR_OK)
		code = db_stmt(store, FORGET_DRAFTS, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", erasing->target);
	code = db_run(store, stmt, err);
	for (size_t i = 0; i < erasing->n && code == ERR_OK; i++) {
		code = db_stmt(store, REWORD, &stmt, err);
		if (code != ERR_OK)
			break;
		db_uuid(stmt, ":id", &erasing->rows[i].id);
		db_blob(stmt, ":body", erasing->rows[i].body, erasing->rows[i].len);
		code = db_run(store, stmt, err);
	}
	return code;
}

enum err outbox_erase(struct store *store, const struct uuid *target, const struct outbox_row *rows,
		      size_t n, struct error *err)
{
	struct erasing erasing = { target, rows, n };

	return store_tx(store, erase, &erasing, err);
}
