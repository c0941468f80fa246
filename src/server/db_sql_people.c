/* Consoles, their tokens, enrolment codes. */
#include <config.h>

#include "db_sql_priv.h"

#include "zhiban/base/i18n.h"

/* --- consoles -------------------------------------------------------------------------------- */

static const char sql_console_get[] =
	"SELECT id, name, made, last_n, seen, closed FROM console WHERE id = :id";
static const char sql_console_scan[] =
	"SELECT id, name, made, last_n, seen, closed FROM console ORDER BY made, id";
static const char sql_console_put[] =
	"INSERT INTO console (id, name, made, last_n, seen, closed)"
	" VALUES (:id, :name, :made, :last_n, :seen, :closed) ON CONFLICT (id) DO UPDATE SET"
	" name = excluded.name, last_n = excluded.last_n, seen = excluded.seen,"
	" closed = excluded.closed";

static void read_console(struct stmt *stmt, struct db_console *console)
{
	*console = (struct db_console){ .id = sql_col_id(stmt, 0),
					.name = sql_col_text(stmt, 1),
					.made = sql_col_int(stmt, 2),
					.last_n = sql_col_int(stmt, 3),
					.seen = sql_col_int(stmt, 4),
					.closed = sql_col_int(stmt, 5) };
}

enum err sqlop_console_get(struct db *db, const struct uuid *id, struct arena *arena,
			    struct db_console *ret_console, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_console_get, err);
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_id(stmt, ":id", id);
	code = sql_one(db, stmt, _("this console is not enrolled here"), err);
	if (code != ERR_OK)
		return code;
	read_console(stmt, ret_console);
	ret_console->name = sql_keep_text(stmt, 1, arena);
	sql_done(stmt);
	return ERR_OK;
}

enum err sqlop_console_put(struct db *db, const struct db_console *console, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_console_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_id(stmt, ":id", &console->id);
	sql_bind_text(stmt, ":name", console->name);
	sql_bind_int(stmt, ":made", console->made);
	sql_bind_int(stmt, ":last_n", console->last_n);
	sql_bind_int(stmt, ":seen", console->seen);
	sql_bind_int(stmt, ":closed", console->closed);
	return sql_run(db, stmt, err);
}

struct console_ctx {
	db_console_fn fn;
	void *ctx;
};

static bool console_each(struct stmt *stmt, void *ctx)
{
	const struct console_ctx *each = ctx;
	struct db_console row;

	read_console(stmt, &row);
	return each->fn(each->ctx, &row);
}

enum err sqlop_console_scan(struct db *db, db_console_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_console_scan, err);
	struct console_ctx each = { fn, ctx };

	return stmt == NULL ? ERR_IO : sql_each(db, stmt, console_each, &each, err);
}

/* --- tokens and codes ------------------------------------------------------------------------ */

#define TOKEN_COLUMNS "hash, console, officer, expires, extended, upload, made, address"
#define CODE_COLUMNS "hash, officer, org, role, expires, made, maker"

static const char sql_token_get[] = "SELECT " TOKEN_COLUMNS " FROM token WHERE hash = :hash";
static const char sql_token_scan[] =
	"SELECT " TOKEN_COLUMNS " FROM token ORDER BY officer, made, hash";
static const char sql_token_put[] =
	"INSERT INTO token (" TOKEN_COLUMNS ")"
	" VALUES (:hash, :console, :officer, :expires, :extended, :upload, :made, :address)"
	" ON CONFLICT (hash) DO UPDATE SET expires = excluded.expires,"
	" extended = excluded.extended, upload = excluded.upload";
static const char sql_token_drop[] = "DELETE FROM token WHERE hash = :hash";
static const char sql_token_drop_of[] = "DELETE FROM token WHERE officer = :officer";
static const char sql_token_drop_on[] = "DELETE FROM token WHERE console = :console";
static const char sql_token_prune[] = "DELETE FROM token WHERE expires < :before";
static const char sql_code_get[] = "SELECT " CODE_COLUMNS " FROM code WHERE hash = :hash";
static const char sql_code_scan[] = "SELECT " CODE_COLUMNS " FROM code ORDER BY expires, hash";
static const char sql_code_put[] = "INSERT INTO code (" CODE_COLUMNS ")"
				   " VALUES (:hash, :officer, :org, :role, :expires, :made, :maker)";
static const char sql_code_drop[] = "DELETE FROM code WHERE hash = :hash";

static void read_token(struct stmt *stmt, struct db_token *token)
{
	sql_col_hash(stmt, 0, token->hash);
	token->console = sql_col_id(stmt, 1);
	token->officer = sql_col_text(stmt, 2);
	token->expires = sql_col_int(stmt, 3);
	token->extended = sql_col_int(stmt, 4);
	token->upload = sql_col_int(stmt, 5) != 0;
	token->made = sql_col_int(stmt, 6);
	token->address = sql_col_text(stmt, 7);
}

static void read_code(struct stmt *stmt, struct db_code *row)
{
	sql_col_hash(stmt, 0, row->hash);
	row->officer = sql_col_text(stmt, 1);
	row->org = sql_col_text(stmt, 2);
	row->role = sql_col_text(stmt, 3);
	row->expires = sql_col_int(stmt, 4);
	row->made = sql_col_int(stmt, 5);
	row->maker = sql_col_text(stmt, 6);
}

enum err sqlop_token_get(struct db *db, const uint8_t hash[SHA256_LEN], struct arena *arena,
			  struct db_token *ret_token, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_token_get, err);
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_blob(stmt, ":hash", hash, SHA256_LEN);
	code = sql_one(db, stmt, _("this session is not known here: log in again"), err);
	if (code != ERR_OK)
		return code;
	read_token(stmt, ret_token);
	ret_token->officer = sql_keep_text(stmt, 2, arena);
	ret_token->address = sql_keep_text(stmt, 7, arena);
	sql_done(stmt);
	return ERR_OK;
}

enum err sqlop_token_put(struct db *db, const struct db_token *token, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_token_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_blob(stmt, ":hash", token->hash, SHA256_LEN);
	sql_bind_id(stmt, ":console", &token->console);
	sql_bind_text(stmt, ":officer", token->officer);
	sql_bind_int(stmt, ":expires", token->expires);
	sql_bind_int(stmt, ":extended", token->extended);
	sql_bind_int(stmt, ":upload", token->upload);
	sql_bind_int(stmt, ":made", token->made);
	sql_bind_text(stmt, ":address", token->address);
	return sql_run(db, stmt, err);
}

enum err sqlop_token_drop(struct db *db, const uint8_t hash[SHA256_LEN], struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_token_drop, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_blob(stmt, ":hash", hash, SHA256_LEN);
	return sql_run(db, stmt, err);
}

enum err sqlop_token_drop_of(struct db *db, const char *officer, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_token_drop_of, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":officer", officer);
	return sql_run(db, stmt, err);
}

enum err sqlop_token_prune(struct db *db, int64_t before, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_token_prune, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":before", before);
	return sql_run(db, stmt, err);
}

enum err sqlop_code_get(struct db *db, const uint8_t hash[SHA256_LEN], struct arena *arena,
			 struct db_code *ret_code, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_code_get, err);
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_blob(stmt, ":hash", hash, SHA256_LEN);
	code = sql_one(db, stmt, _("this code is not known here, or it was used already"), err);
	if (code != ERR_OK)
		return code;
	read_code(stmt, ret_code);
	ret_code->officer = sql_keep_text(stmt, 1, arena);
	ret_code->org = sql_keep_text(stmt, 2, arena);
	ret_code->role = sql_keep_text(stmt, 3, arena);
	ret_code->maker = sql_keep_text(stmt, 6, arena);
	sql_done(stmt);
	return ERR_OK;
}

enum err sqlop_code_put(struct db *db, const struct db_code *row, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_code_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_blob(stmt, ":hash", row->hash, SHA256_LEN);
	sql_bind_text(stmt, ":officer", row->officer);
	sql_bind_text(stmt, ":org", row->org);
	sql_bind_text(stmt, ":role", row->role);
	sql_bind_int(stmt, ":expires", row->expires);
	sql_bind_int(stmt, ":made", row->made);
	sql_bind_text(stmt, ":maker", row->maker);
	return sql_run(db, stmt, err);
}

enum err sqlop_code_drop(struct db *db, const uint8_t hash[SHA256_LEN], struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_code_drop, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_blob(stmt, ":hash", hash, SHA256_LEN);
	return sql_run(db, stmt, err);
}

enum err sqlop_token_drop_on(struct db *db, const struct uuid *console, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_token_drop_on, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_id(stmt, ":console", console);
	return sql_run(db, stmt, err);
}

struct token_ctx {
	db_token_fn fn;
	void *ctx;
};

static bool token_each(struct stmt *stmt, void *ctx)
{
	const struct token_ctx *each = ctx;
	struct db_token row;

	read_token(stmt, &row);
	return each->fn(each->ctx, &row);
}

enum err sqlop_token_scan(struct db *db, db_token_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_token_scan, err);
	struct token_ctx each = { fn, ctx };

	return stmt == NULL ? ERR_IO : sql_each(db, stmt, token_each, &each, err);
}

struct code_ctx {
	db_code_fn fn;
	void *ctx;
};

static bool code_each(struct stmt *stmt, void *ctx)
{
	const struct code_ctx *each = ctx;
	struct db_code row;

	read_code(stmt, &row);
	return each->fn(each->ctx, &row);
}

enum err sqlop_code_scan(struct db *db, db_code_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_code_scan, err);
	struct code_ctx each = { fn, ctx };

	return stmt == NULL ? ERR_IO : sql_each(db, stmt, code_each, &each, err);
}
