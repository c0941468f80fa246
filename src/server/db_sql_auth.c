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

static const char sql_answer_refused[] =
	"SELECT id, console, n, seq, body, bytes FROM answer"
	" WHERE id >= :from AND id < :to AND seq IS NULL ORDER BY id";
static const char sql_answer_shorten[] = "UPDATE answer SET bytes = :bytes WHERE id = :id";

enum err sqlop_answer_refused(struct db *db, const struct uuid *from, const struct uuid *to,
			      db_answer_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_answer_refused, err);
	struct answer_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_id(stmt, ":from", from);
	sql_bind_id(stmt, ":to", to);
	return sql_scan(db, stmt, answer_each, &each, err);
}

enum err sqlop_answer_shorten(struct db *db, const struct uuid *id, const char *bytes, size_t len,
			      struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_answer_shorten, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_id(stmt, ":id", id);
	sql_bind_blob(stmt, ":bytes", bytes, len);
	return sql_run(db, stmt, err);
}

/* --- accounts -------------------------------------------------------------------------------- */

static const char sql_account_get[] =
	"SELECT officer, org, role, pin, person, active, totp, totp_step, pin_at FROM account"
	" WHERE officer = :officer";
static const char sql_account_scan[] =
	"SELECT officer, org, role, pin, person, active, totp, totp_step, pin_at FROM account"
	" ORDER BY org, officer";
static const char sql_account_put[] =
	"INSERT INTO account (officer, org, role, pin, person, active, totp, totp_step, pin_at)"
	" VALUES (:officer, :org, :role, :pin, :person, :active, :totp, :totp_step, :pin_at)"
	" ON CONFLICT (officer) DO UPDATE SET org = excluded.org, role = excluded.role,"
	" pin = excluded.pin, person = excluded.person, active = excluded.active,"
	" totp = excluded.totp, totp_step = excluded.totp_step, pin_at = excluded.pin_at";

static void read_account(struct stmt *stmt, struct db_account *account)
{
	account->officer = sql_col_text(stmt, 0);
	account->org = sql_col_text(stmt, 1);
	account->role = sql_col_text(stmt, 2);
	account->pin = sql_col_text(stmt, 3);
	account->person = sql_col_id(stmt, 4);
	account->active = sql_col_int(stmt, 5) != 0;
	account->totp = sql_col_blob(stmt, 6, &account->totp_len);
	account->totp_step = sql_col_int(stmt, 7);
	account->pin_at = sql_col_int(stmt, 8);
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
	if (ret_account->totp != NULL)
		ret_account->totp = sql_keep_blob(stmt, 6, arena, &ret_account->totp_len);
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
	if (account->totp != NULL)
		sql_bind_blob(stmt, ":totp", account->totp, account->totp_len);
	sql_bind_int(stmt, ":totp_step", account->totp_step);
	sql_bind_int(stmt, ":pin_at", account->pin_at);
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
