#include <config.h>

#include "zhiban/store/outbox_draft.h"

#include <string.h>

#include "zhiban/base/i18n.h"

#include "db_priv.h"

#define DAY_MS INT64_C(86400000)

static const char PUT[] = "INSERT OR REPLACE INTO draft (officer, verb, id, at, fields) "
			  "VALUES (:officer, :verb, :id, :at, :fields)";
static const char TOO_OLD[] = "DELETE FROM draft WHERE at < :before";
static const char TOO_MANY[] =
	"DELETE FROM draft WHERE officer = :officer AND rowid NOT IN (SELECT rowid FROM draft "
	"WHERE officer = :officer ORDER BY at DESC, rowid DESC LIMIT :most)";

static enum err put_row(struct store *store, const struct outbox_draft *draft, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, PUT, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", draft->officer);
	db_text(stmt, ":verb", draft->verb);
	db_uuid(stmt, ":id", &draft->id);
	db_int(stmt, ":at", draft->at);
	db_text(stmt, ":fields", draft->fields);
	return db_run(store, stmt, err);
}

static enum err put(struct store *store, void *ctx, struct error *err)
{
	const struct outbox_draft *draft = ctx;
	sqlite3_stmt *stmt;
	enum err code = put_row(store, draft, err);

	if (code == ERR_OK)
		code = db_stmt(store, TOO_OLD, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":before", draft->at - DRAFT_DAYS * DAY_MS);
	code = db_run(store, stmt, err);
	if (code == ERR_OK)
		code = db_stmt(store, TOO_MANY, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", draft->officer);
	db_int(stmt, ":most", DRAFTS_MOST);
	return db_run(store, stmt, err);
}

enum err outbox_draft_put(struct store *store, const struct outbox_draft *draft, struct error *err)
{
	if (strlen(draft->fields) > DRAFT_BYTES_MOST)
		return error_set(err, ERR_TOO_LARGE, "%s", _("too long to be kept as a draft"));
	return store_tx(store, put, (void *)draft, err);
}

struct which {
	const char *officer, *verb;
	const struct uuid *id;
};

static enum err drop(struct store *store, void *ctx, struct error *err)
{
	const struct which *which = ctx;
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store,
				"DELETE FROM draft WHERE officer = :officer AND verb = :verb AND "
				"id = :id",
				&stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", which->officer);
	db_text(stmt, ":verb", which->verb);
	db_uuid(stmt, ":id", which->id);
	return db_run(store, stmt, err);
}

enum err outbox_draft_drop(struct store *store, const char *officer, const char *verb,
			   const struct uuid *id, struct error *err)
{
	struct which which = { officer, verb, id };

	return store_tx(store, drop, &which, err);
}

enum err outbox_drafts(struct store *store, const char *officer, struct arena *arena,
		       struct outbox_draft **ret_drafts, size_t *ret_n, struct error *err)
{
	struct outbox_draft *drafts = arena_array(arena, DRAFTS_MOST, sizeof *drafts);
	sqlite3_stmt *stmt;
	size_t n = 0;
	bool row;
	enum err code = db_stmt(store,
				"SELECT verb, id, at, fields FROM draft WHERE officer = :officer "
				"ORDER BY at DESC, rowid DESC LIMIT :most",
				&stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", officer);
	db_int(stmt, ":most", DRAFTS_MOST);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		struct outbox_draft *draft = &drafts[n];

		draft->officer = officer;
		draft->verb = db_col_text(stmt, 0, arena);
		draft->at = db_col_int(stmt, 2);
		draft->fields = db_col_text(stmt, 3, arena);
		n += db_col_uuid(stmt, 1, &draft->id);
	}
	if (code != ERR_OK)
		return code;
	*ret_drafts = drafts;
	*ret_n = n;
	return ERR_OK;
}
