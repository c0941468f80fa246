#include <config.h>

#include "db_sql_priv.h"

#include "zhiban/base/i18n.h"

/* --- answers to acts ------------------------------------------------------------------------- */

static const char sql_answer_get[] =
	"SELECT id, console, n, seq, body, bytes FROM answer WHERE id = :id";
static const char sql_answer_put[] = "INSERT INTO answer (id, console, n, seq, body, bytes)"
				     " VALUES (:id, :console, :n, :seq, :body, :bytes)";
static const char sql_answer_scan[] =
	"SELECT id, console, n, seq, body, bytes FROM answer"
	" WHERE console = :console AND seq > :after AND seq <= :upto ORDER BY seq";

static void read_answer(struct stmt *stmt, struct db_answer *answer)
{
	answer->id = sql_col_id(stmt, 0);
	answer->console = sql_col_id(stmt, 1);
	answer->n = sql_col_int(stmt, 2);
	answer->seq = sql_col_int(stmt, 3);
	sql_col_hash(stmt, 4, answer->body);
	answer->bytes = sql_col_blob(stmt, 5, &answer->len);
}

enum err sqlop_answer_get(struct db *db, const struct uuid *id, struct arena *arena,
			   struct db_answer *ret_answer, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_answer_get, err);
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_id(stmt, ":id", id);
	code = sql_one(db, stmt, _("no such act was answered"), err);
	if (code != ERR_OK)
		return code;
	read_answer(stmt, ret_answer);
	ret_answer->bytes = sql_keep_blob(stmt, 5, arena, &ret_answer->len);
	sql_done(stmt);
	return ERR_OK;
}

enum err sqlop_answer_put(struct db *db, const struct db_answer *answer, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_answer_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_id(stmt, ":id", &answer->id);
	sql_bind_id(stmt, ":console", &answer->console);
	sql_bind_int(stmt, ":n", answer->n);
	if (answer->seq != 0)
		sql_bind_int(stmt, ":seq", answer->seq);
	sql_bind_blob(stmt, ":body", answer->body, SHA256_LEN);
	sql_bind_blob(stmt, ":bytes", answer->bytes, answer->len);
	return sql_run(db, stmt, err);
}

struct answer_ctx {
	db_answer_fn fn;
	void *ctx;
};

static bool answer_each(struct stmt *stmt, void *ctx)
{
	const struct answer_ctx *each = ctx;
	struct db_answer row;

	read_answer(stmt, &row);
	return each->fn(each->ctx, &row);
}

enum err sqlop_answer_scan(struct db *db, const struct uuid *console, int64_t after, int64_t upto,
			    db_answer_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_answer_scan, err);
	struct answer_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_id(stmt, ":console", console);
	sql_bind_int(stmt, ":after", after);
	sql_bind_int(stmt, ":upto", upto);
	return sql_each(db, stmt, answer_each, &each, err);
}

static const char sql_answer_each[] =
	"SELECT id, console, n, seq, body, bytes FROM answer ORDER BY console, n";

enum err sqlop_answer_each(struct db *db, db_answer_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_answer_each, err);
	struct answer_ctx each = { fn, ctx };

	return stmt == NULL ? ERR_IO : sql_scan(db, stmt, answer_each, &each, err);
}

/* --- accounts -------------------------------------------------------------------------------- */

static const char sql_account_get[] =
	"SELECT officer, org, role, pin, person, active FROM account WHERE officer = :officer";
static const char sql_account_scan[] =
	"SELECT officer, org, role, pin, person, active FROM account ORDER BY org, officer";
static const char sql_account_put[] =
	"INSERT INTO account (officer, org, role, pin, person, active)"
	" VALUES (:officer, :org, :role, :pin, :person, :active)"
	" ON CONFLICT (officer) DO UPDATE SET org = excluded.org, role = excluded.role,"
	" pin = excluded.pin, person = excluded.person, active = excluded.active";

static void read_account(struct stmt *stmt, struct db_account *account)
{
	account->officer = sql_col_text(stmt, 0);
	account->org = sql_col_text(stmt, 1);
	account->role = sql_col_text(stmt, 2);
	account->pin = sql_col_text(stmt, 3);
	account->person = sql_col_id(stmt, 4);
	account->active = sql_col_int(stmt, 5) != 0;
}

enum err sqlop_account_get(struct db *db, const char *officer, struct arena *arena,
			    struct db_account *ret_account, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_account_get, err);
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":officer", officer);
	code = sql_one(db, stmt, _("there is no such officer"), err);
	if (code != ERR_OK)
		return code;
	read_account(stmt, ret_account);
	ret_account->officer = arena_strdup(arena, ret_account->officer);
	ret_account->org = arena_strdup(arena, ret_account->org);
	ret_account->role = arena_strdup(arena, ret_account->role);
	ret_account->pin = arena_strdup(arena, ret_account->pin);
	sql_done(stmt);
	return ERR_OK;
}

enum err sqlop_account_put(struct db *db, const struct db_account *account, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_account_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":officer", account->officer);
	sql_bind_text(stmt, ":org", account->org);
	sql_bind_text(stmt, ":role", account->role);
	sql_bind_text(stmt, ":pin", account->pin);
	sql_bind_id(stmt, ":person", &account->person);
	sql_bind_int(stmt, ":active", account->active);
	return sql_run(db, stmt, err);
}

struct account_ctx {
	db_account_fn fn;
	void *ctx;
};

static bool account_each(struct stmt *stmt, void *ctx)
{
	const struct account_ctx *each = ctx;
	struct db_account row;

	read_account(stmt, &row);
	return each->fn(each->ctx, &row);
}

enum err sqlop_account_scan(struct db *db, db_account_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_account_scan, err);
	struct account_ctx each = { fn, ctx };

	return stmt == NULL ? ERR_IO : sql_each(db, stmt, account_each, &each, err);
}

/* --- consoles -------------------------------------------------------------------------------- */

static const char sql_console_get[] =
	"SELECT id, name, made, last_n, seen FROM console WHERE id = :id";
static const char sql_console_put[] =
	"INSERT INTO console (id, name, made, last_n, seen)"
	" VALUES (:id, :name, :made, :last_n, :seen) ON CONFLICT (id) DO UPDATE SET"
	" name = excluded.name, last_n = excluded.last_n, seen = excluded.seen";

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
	*ret_console = (struct db_console){ .id = sql_col_id(stmt, 0),
					    .name = sql_keep_text(stmt, 1, arena),
					    .made = sql_col_int(stmt, 2),
					    .last_n = sql_col_int(stmt, 3),
					    .seen = sql_col_int(stmt, 4) };
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
	return sql_run(db, stmt, err);
}

/* --- tokens and codes ------------------------------------------------------------------------ */

static const char sql_token_get[] = "SELECT hash, console, officer, expires, extended, upload"
				    " FROM token WHERE hash = :hash";
static const char sql_token_put[] =
	"INSERT INTO token (hash, console, officer, expires, extended, upload)"
	" VALUES (:hash, :console, :officer, :expires, :extended, :upload)"
	" ON CONFLICT (hash) DO UPDATE SET expires = excluded.expires,"
	" extended = excluded.extended, upload = excluded.upload";
static const char sql_token_drop[] = "DELETE FROM token WHERE hash = :hash";
static const char sql_token_drop_of[] = "DELETE FROM token WHERE officer = :officer";
static const char sql_token_prune[] = "DELETE FROM token WHERE expires < :before";
static const char sql_code_get[] =
	"SELECT hash, officer, org, role, expires FROM code WHERE hash = :hash";
static const char sql_code_put[] = "INSERT INTO code (hash, officer, org, role, expires)"
				   " VALUES (:hash, :officer, :org, :role, :expires)";
static const char sql_code_drop[] = "DELETE FROM code WHERE hash = :hash";

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
	sql_col_hash(stmt, 0, ret_token->hash);
	ret_token->console = sql_col_id(stmt, 1);
	ret_token->officer = sql_keep_text(stmt, 2, arena);
	ret_token->expires = sql_col_int(stmt, 3);
	ret_token->extended = sql_col_int(stmt, 4);
	ret_token->upload = sql_col_int(stmt, 5) != 0;
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
	sql_col_hash(stmt, 0, ret_code->hash);
	ret_code->officer = sql_keep_text(stmt, 1, arena);
	ret_code->org = sql_keep_text(stmt, 2, arena);
	ret_code->role = sql_keep_text(stmt, 3, arena);
	ret_code->expires = sql_col_int(stmt, 4);
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
