#include <config.h>

#include "zhiban/store/outbox.h"

#include <string.h>

#include "zhiban/base/i18n.h"

#include "db_priv.h"

struct uuid outbox_console(struct store *store)
{
	char text[UUID_TEXT];
	struct uuid id;

	if (!store_meta_text(store, "console", text, sizeof text) ||
	    uuid_parse(text, &id) != ERR_OK)
		return (struct uuid){ { 0 } };
	return id;
}

static enum err set_console(struct store *store, void *ctx, struct error *err)
{
	return store_meta_set(store, "console", ctx, err);
}

enum err outbox_set_console(struct store *store, const struct uuid *console, struct error *err)
{
	char text[UUID_TEXT];

	uuid_text(console, text);
	return store_tx(store, set_console, text, err);
}

static const char AUTHOR_PUT[] = "INSERT OR REPLACE INTO author (officer, org, role, token) "
				 "VALUES (:officer, :org, :role, :token)";

/* Tokens of those who left and have nothing unsent are forgotten. */
static const char AUTHOR_TRIM[] =
	"UPDATE author SET token = '' WHERE officer <> "
	"ifnull((SELECT value FROM meta WHERE key = 'officer'), '') AND NOT EXISTS "
	"(SELECT 1 FROM act WHERE act.officer = author.officer AND state < 2)";

static enum err trim(struct store *store, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, AUTHOR_TRIM, &stmt, err);

	return code == ERR_OK ? db_run(store, stmt, err) : code;
}

static enum err login(struct store *store, void *ctx, struct error *err)
{
	const struct outbox_who *who = ctx;
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, AUTHOR_PUT, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", who->officer);
	db_text(stmt, ":org", who->org);
	db_text(stmt, ":role", who->role);
	db_text(stmt, ":token", who->token);
	code = db_run(store, stmt, err);
	if (code == ERR_OK)
		code = store_meta_set(store, "officer", who->officer, err);
	if (code == ERR_OK)
		code = store_meta_set(store, "last", who->officer, err);
	return code == ERR_OK ? trim(store, err) : code;
}

enum err outbox_login(struct store *store, const struct outbox_who *who, struct error *err)
{
	return store_tx(store, login, (void *)who, err);
}

/* Who logs out is not one of this seat any more: his PIN opens nothing here. */
static enum err logout(struct store *store, void *ctx, struct error *err)
{
	enum err code = db_exec(store,
				"DELETE FROM pin WHERE officer = (SELECT value FROM meta WHERE "
				"key = 'officer'); DELETE FROM meta WHERE key = 'locked'",
				err);

	(void)ctx;
	if (code == ERR_OK)
		code = store_meta_set(store, "officer", NULL, err);
	return code == ERR_OK ? trim(store, err) : code;
}

enum err outbox_logout(struct store *store, struct error *err)
{
	return store_tx(store, logout, NULL, err);
}

static const char TOKEN_BAD[] = "UPDATE author SET token = '' WHERE officer = :officer";

static enum err token_bad(struct store *store, void *ctx, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, TOKEN_BAD, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", ctx);
	return db_run(store, stmt, err);
}

enum err outbox_token_bad(struct store *store, const char *officer, struct error *err)
{
	return store_tx(store, token_bad, (void *)officer, err);
}

static const char WHO[] =
	"SELECT officer, org, role, token, officer = ifnull((SELECT value FROM meta WHERE key = "
	"'officer'), '') FROM author WHERE officer = "
	"ifnull(:officer, (SELECT value FROM meta WHERE key = 'officer'))";

enum err outbox_who(struct store *store, const char *officer, struct arena *arena,
		    struct outbox_who *ret_who, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, WHO, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", officer);
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	if (!row)
		return error_set(err, ERR_AUTH, "%s", _("nobody is logged in: zhiban login"));
	*ret_who = (struct outbox_who){
		.officer = db_col_text(stmt, 0, arena),
		.org = db_col_text(stmt, 1, arena),
		.role = db_col_text(stmt, 2, arena),
		.token = db_col_text(stmt, 3, arena),
		.current = db_col_int(stmt, 4) != 0,
	};
	db_done(stmt);
	return ERR_OK;
}

/* ---- wishes ---- */

struct wish {
	const struct uuid *id;
	int64_t at;
};

static enum err want(struct store *store, void *ctx, struct error *err)
{
	const struct wish *wish = ctx;
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, "INSERT OR IGNORE INTO want (entity, at) VALUES (:id, :at)",
				&stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", wish->id);
	db_int(stmt, ":at", wish->at);
	return db_run(store, stmt, err);
}

enum err outbox_want(struct store *store, const struct uuid *id, int64_t now, struct error *err)
{
	struct wish wish = { id, now };

	return store_tx(store, want, &wish, err);
}

static enum err want_done(struct store *store, void *ctx, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, "DELETE FROM want WHERE entity = :id", &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", ctx);
	return db_run(store, stmt, err);
}

enum err outbox_want_done(struct store *store, const struct uuid *id, struct error *err)
{
	return store_tx(store, want_done, (void *)id, err);
}

enum err outbox_wants(struct store *store, struct arena *arena, struct uuid **ret_ids,
		      size_t *ret_n, struct error *err)
{
	enum { MOST = 64 };
	struct uuid *ids = arena_array(arena, MOST, sizeof *ids);
	sqlite3_stmt *stmt;
	size_t n = 0;
	bool row;
	enum err code = db_stmt(store, "SELECT entity FROM want ORDER BY at LIMIT :most", &stmt,
				err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":most", MOST);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row)
		if (db_col_uuid(stmt, 0, &ids[n]))
			n++;
	if (code != ERR_OK)
		return code;
	*ret_ids = ids;
	*ret_n = n;
	return ERR_OK;
}
