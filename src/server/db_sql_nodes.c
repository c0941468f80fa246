/* What several nodes tell each other. */
#include <config.h>

#include "db_sql_priv.h"

static const char sql_news_add[] =
	"INSERT INTO news (seq, at, orgs) VALUES (:seq, :at, :orgs)";
static const char sql_news_scan[] = "SELECT seq, at, orgs FROM news WHERE seq > :after ORDER BY seq";
static const char sql_news_prune[] = "DELETE FROM news WHERE at < :before";
static const char sql_contact_get[] =
	"SELECT seen, away, back FROM contact WHERE console = :console";
static const char sql_contact_put[] =
	"INSERT INTO contact (console, seen, away, back) VALUES (:console, :seen, :away, :back)"
	" ON CONFLICT (console) DO UPDATE SET seen = excluded.seen, away = excluded.away,"
	" back = excluded.back WHERE contact.seen < excluded.seen OR contact.back < excluded.back";

enum err sqlop_news_add(struct db *db, const struct db_news *news, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_news_add, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":seq", news->seq);
	sql_bind_int(stmt, ":at", news->at);
	sql_bind_text(stmt, ":orgs", news->orgs);
	return sql_run(db, stmt, err);
}

struct news_ctx {
	db_news_fn fn;
	void *ctx;
};

static bool news_each(struct stmt *stmt, void *ctx)
{
	const struct news_ctx *each = ctx;
	struct db_news row = { sql_col_int(stmt, 0), sql_col_int(stmt, 1), sql_col_text(stmt, 2) };

	return each->fn(each->ctx, &row);
}

enum err sqlop_news_scan(struct db *db, int64_t after, db_news_fn fn, void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_news_scan, err);
	struct news_ctx each = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":after", after);
	return sql_each(db, stmt, news_each, &each, err);
}

enum err sqlop_news_prune(struct db *db, int64_t before, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_news_prune, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":before", before);
	return sql_run(db, stmt, err);
}

enum err sqlop_contact_get(struct db *db, const struct uuid *console, struct db_contact *ret_contact,
			   struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_contact_get, err);
	enum err code;
	bool row;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_id(stmt, ":console", console);
	code = sql_row(db, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	*ret_contact = (struct db_contact){ .seen = 0 };
	if (!row)
		return ERR_OK;
	*ret_contact = (struct db_contact){ sql_col_int(stmt, 0), sql_col_int(stmt, 1),
					    sql_col_int(stmt, 2) };
	sql_done(stmt);
	return ERR_OK;
}

enum err sqlop_contact_put(struct db *db, const struct uuid *console,
			   const struct db_contact *contact, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_contact_put, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_id(stmt, ":console", console);
	sql_bind_int(stmt, ":seen", contact->seen);
	sql_bind_int(stmt, ":away", contact->away);
	sql_bind_int(stmt, ":back", contact->back);
	return sql_run(db, stmt, err);
}
