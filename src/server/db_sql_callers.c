/* What else was said from a phone, and who asked how often. */
#include <config.h>

#include "db_sql_priv.h"

#include <stdlib.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/phone.h"

/* The joins stand in the order in which they are to be done: the few rows of one number first. */
static const char sql_caller_find[] =
	"SELECT e.eno, e.id, e.kind, e.version, e.seq, e.class, e.rank, e.state,"
	" v.id, v.eno, v.field, v.salt, v.value, v.at, v.digits"
	" FROM personal v CROSS JOIN party p CROSS JOIN entity e"
	" WHERE v.digits = :digits AND p.org = :org AND p.eno = v.eno AND e.eno = v.eno"
	" ORDER BY v.eno DESC, v.id DESC";

struct callers {
	db_caller_fn fn;
	void *ctx;
};

static bool caller_each(struct stmt *stmt, void *ctx)
{
	const struct callers *callers = ctx;
	struct db_entity entity;
	struct db_personal row;

	db_read_entity(stmt, &entity);
	db_read_personal(stmt, 8, &row);
	return callers->fn(callers->ctx, &row, &entity);
}

enum err sqlop_caller_find(struct db *db, int64_t org, const char *digits, db_caller_fn fn,
			   void *ctx, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_caller_find, err);
	struct callers callers = { fn, ctx };

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":digits", digits);
	sql_bind_int(stmt, ":org", org);
	return sql_scan(db, stmt, caller_each, &callers, err);
}

/* --- who asked ------------------------------------------------------------------------------- */

static const char sql_caller_add[] =
	"INSERT INTO caller_ask (officer, at) VALUES (:officer, :at)";
static const char sql_caller_count[] = "SELECT count(*), min(at) FROM caller_ask"
				       " WHERE officer = :officer AND at > :since";
static const char sql_caller_prune[] = "DELETE FROM caller_ask WHERE at < :before";

enum err sqlop_caller_add(struct db *db, const char *officer, int64_t at, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_caller_add, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":officer", officer);
	sql_bind_int(stmt, ":at", at);
	return sql_run(db, stmt, err);
}

enum err sqlop_caller_count(struct db *db, const char *officer, int64_t since, int64_t *ret_count,
			    int64_t *ret_first, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_caller_count, err);
	bool row;
	enum err code;

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_text(stmt, ":officer", officer);
	sql_bind_int(stmt, ":since", since);
	code = sql_row(db, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	*ret_count = row ? sql_col_int(stmt, 0) : 0;
	*ret_first = row ? sql_col_int(stmt, 1) : 0;
	if (row)
		sql_done(stmt);
	return ERR_OK;
}

enum err sqlop_caller_prune(struct db *db, int64_t before, struct error *err)
{
	struct stmt *stmt = sql_stmt(db, sql_caller_prune, err);

	if (stmt == NULL)
		return ERR_IO;
	sql_bind_int(stmt, ":before", before);
	return sql_run(db, stmt, err);
}

/* --- numbers of before ----------------------------------------------------------------------- */

enum { PAGE = 2000 };

static const char sql_unnumbered[] = "SELECT id, value FROM personal"
				     " WHERE field = 'phone' AND digits IS NULL"
				     " AND id > :after"
				     " ORDER BY id LIMIT :limit";
static const char sql_digits[] = "UPDATE personal SET digits = :digits WHERE id = :id";

struct numbering {
	struct arena arena; /* of a page */
	int64_t ids[PAGE], last;
	const char *values[PAGE];
	size_t n;
};

static bool number_each(struct stmt *stmt, void *ctx)
{
	struct numbering *page = ctx;

	page->last = page->ids[page->n] = sql_col_int(stmt, 0);
	page->values[page->n++] = sql_keep_text(stmt, 1, &page->arena);
	return page->n < PAGE;
}

static enum err number_page(struct db *db, const struct numbering *page, struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; i < page->n && code == ERR_OK; i++) {
		char digits[PHONE_DIGITS];
		struct stmt *stmt;

		phone_digits(page->values[i], digits);
		if (digits[0] == '\0')
			continue;
		stmt = sql_stmt(db, sql_digits, err);
		if (stmt == NULL)
			return ERR_IO;
		sql_bind_text(stmt, ":digits", digits);
		sql_bind_int(stmt, ":id", page->ids[i]);
		code = sql_run(db, stmt, err);
	}
	return code;
}

enum err sql_personal_number(struct db *db, struct error *err)
{
	struct numbering *page = mem_alloc(sizeof *page);
	enum err code;

	do {
		struct stmt *stmt = sql_stmt(db, sql_unnumbered, err);

		page->n = 0;
		arena_reset(&page->arena);
		if (stmt == NULL) {
			code = ERR_IO;
			break;
		}
		sql_bind_int(stmt, ":after", page->last);
		sql_bind_int(stmt, ":limit", PAGE);
		code = sql_each(db, stmt, number_each, page, err);
		if (code == ERR_OK)
			code = number_page(db, page, err);
	} while (code == ERR_OK && page->n == PAGE);
	arena_release(&page->arena);
	free(page);
	return code;
}
