#include <config.h>

#include "db_postgres_priv.h"

#include <ctype.h>
#include <endian.h>
#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { /* types by their number, which never changes */
	TYPE_BOOL = 16,
	TYPE_BYTEA = 17,
	TYPE_INT8 = 20,
	TYPE_INT2 = 21,
	TYPE_INT4 = 23,
	TYPE_TEXT = 25,
	TYPE_NUMERIC = 1700,
};

/* --- statements ------------------------------------------------------------------------------ */

static struct pg_stmt *own(struct stmt *stmt)
{
	return (struct pg_stmt *)stmt;
}

static int param_of(struct pg_stmt *stmt, const char *name, size_t len)
{
	int i = 0;

	while (i < stmt->n_params && !(strncmp(stmt->params[i].name, name, len) == 0 &&
				       stmt->params[i].name[len] == '\0'))
		i++;
	return i;
}

/* ":name" becomes "$1"; what stands between quotes stays. */
static bool number_params(struct pg_stmt *stmt, const char *text, struct str *out)
{
	bool quoted = false;

	for (const char *s = text; *s != '\0';) {
		size_t len = 1;
		int i;

		quoted ^= *s == '\'';
		if (quoted || *s != ':' || !isalpha((unsigned char)s[1])) {
			str_add_char(out, *s++);
			continue;
		}
		while (isalnum((unsigned char)s[len]) || s[len] == '_')
			len++;
		i = param_of(stmt, s, len);
		if (i == PG_PARAMS || len >= PG_NAME)
			return false;
		if (i == stmt->n_params)
			memcpy(stmt->params[stmt->n_params++].name, s, len);
		str_addf(out, "$%d", i + 1);
		s += len;
	}
	return true;
}

static enum pg_kind kind_of(const char *text)
{
	if (str_starts(text, "RELEASE"))
		return PG_END;
	if (str_starts(text, "ROLLBACK"))
		return PG_UNDO;
	if (str_starts(text, "SELECT") || str_starts(text, "WITH") ||
	    strstr(text, " RETURNING ") != NULL)
		return PG_ROWS;
	return PG_WRITE;
}

/* It goes to the server when it is first run: then the types of its values are known. */
static struct stmt *drive_prepare(struct db *db, const char *text, struct error *err)
{
	struct pg_stmt *stmt = mem_alloc(sizeof *stmt);
	struct str sql = STR_INIT;

	stmt->stmt.driver = db->driver;
	stmt->pg = pg_of(db);
	stmt->kind = kind_of(text);
	if (!number_params(stmt, text, &sql)) {
		error_set(err, ERR_IO, _("the server's data: %s"), text);
		str_release(&sql);
		free(stmt);
		return NULL;
	}
	stmt->sql = mem_strdup(sql.s);
	stmt->limited = strstr(text, " LIMIT ") != NULL;
	if (stmt->kind == PG_ROWS && !stmt->limited && strstr(text, " ORDER BY ") != NULL) {
		str_addf(&sql, " LIMIT %d", PG_PAGE); /* sql: constant names */
		stmt->page = mem_strdup(sql.s);
	}
	str_release(&sql);
	return &stmt->stmt;
}

static void drive_finish(struct stmt *bare)
{
	struct pg_stmt *stmt = own(bare);
	struct pg_db *pg = stmt->pg;

	for (size_t i = 0; i < pg->n_fresh;)
		if (pg->fresh[i] == &stmt->whole || pg->fresh[i] == &stmt->first)
			pg->fresh[i] = pg->fresh[--pg->n_fresh];
		else
			i++;
	PQclear(stmt->res);
	free(stmt->sql);
	free(stmt->page);
	free(stmt);
}

static void bind(struct stmt *bare, const char *name, Oid type, const char *value, size_t len)
{
	struct pg_stmt *stmt = own(bare);
	int i = param_of(stmt, name, strlen(name));

	if (i == stmt->n_params)
		return;
	stmt->params[i].type = type;
	stmt->params[i].value = value;
	stmt->params[i].len = (int)len;
}

static void drive_bind_int(struct stmt *bare, const char *name, int64_t value)
{
	struct pg_stmt *stmt = own(bare);
	int i = param_of(stmt, name, strlen(name));
	uint64_t bytes = htobe64((uint64_t)value);

	if (i == stmt->n_params)
		return;
	memcpy(stmt->params[i].number, &bytes, sizeof bytes);
	bind(bare, name, TYPE_INT8, stmt->params[i].number, sizeof bytes);
}

static void drive_bind_text(struct stmt *stmt, const char *name, const char *value)
{
	bind(stmt, name, TYPE_TEXT, value, value != NULL ? strlen(value) : 0);
}

static void drive_bind_blob(struct stmt *stmt, const char *name, const void *bytes, size_t len)
{
	bind(stmt, name, TYPE_BYTEA, bytes != NULL || len > 0 ? bytes : "", len);
}

/* --- running --------------------------------------------------------------------------------- */

static bool is_known(const struct pg_stmt *stmt, const struct pg_text *text)
{
	if (text->generation != stmt->pg->generation)
		return false;
	for (int i = 0; i < stmt->n_params; i++)
		if (stmt->params[i].type != 0 && text->types[i] != stmt->params[i].type)
			return false;
	return true;
}

/* Under a name of its own each time: whether one that failed got known is not known. */
static enum err make_known(struct pg_stmt *stmt, struct pg_text *text, const char *sql,
			   struct error *err)
{
	struct pg_db *pg = stmt->pg;

	if (pg->n_fresh == PG_FRESH) {
		enum err code = pg_flush(pg, NULL, err);

		if (code != ERR_OK)
			return code;
	}
	snprintf(text->name, sizeof text->name, "s%u", ++pg->names);
	for (int i = 0; i < stmt->n_params; i++)
		text->types[i] = stmt->params[i].type;
	if (PQsendPrepare(pg->conn, text->name, sql, stmt->n_params, text->types) != 1)
		return pg_fail(pg, NULL, err);
	text->generation = pg->generation;
	pg->fresh[pg->n_fresh++] = text;
	pg->queued++;
	return ERR_OK;
}

struct values {
	const char *values[PG_PARAMS];
	int lens[PG_PARAMS], formats[PG_PARAMS];
};

static void gather(const struct pg_stmt *stmt, struct values *values)
{
	for (int i = 0; i < stmt->n_params; i++) {
		values->values[i] = stmt->params[i].value;
		values->lens[i] = stmt->params[i].len;
		values->formats[i] = 1;
	}
}

static enum err send_stmt(struct pg_stmt *stmt, struct pg_text *text, const char *sql,
			  struct error *err)
{
	struct pg_db *pg = stmt->pg;
	struct values values;
	enum err code = ERR_OK;

	if (pg->lost)
		return pg_lost(pg, "", err);
	if (!is_known(stmt, text))
		code = make_known(stmt, text, sql, err);
	if (code != ERR_OK)
		return code;
	gather(stmt, &values);
	if (PQsendQueryPrepared(pg->conn, text->name, stmt->n_params, values.values, values.lens,
				values.formats, 1) != 1)
		return pg_fail(pg, NULL, err);
	pg->queued++;
	return ERR_OK;
}

static void drive_done(struct stmt *bare)
{
	struct pg_stmt *stmt = own(bare);

	PQclear(stmt->res);
	stmt->res = NULL;
	stmt->row = 0;
	stmt->over = false;
	if (stmt->cursor[0] != '\0' && stmt->pg->db.in_tx && !stmt->pg->lost) {
		char text[64];

		snprintf(text, sizeof text, "CLOSE %s", stmt->cursor);
		(void)!pg_send(stmt->pg, text, NULL); /* what is broken shows at the next call */
	}
	stmt->cursor[0] = '\0';
	for (int i = 0; i < stmt->n_params; i++)
		stmt->params[i].value = NULL;
}

static enum err run_write(struct pg_db *pg, struct pg_stmt *stmt, struct error *err)
{
	enum err code = ERR_OK;

	if (stmt->kind == PG_UNDO && pg_flush(pg, NULL, err) != ERR_OK && pg->lost)
		code = ERR_OFFLINE;
	if (code == ERR_OK)
		code = send_stmt(stmt, &stmt->whole, stmt->sql, err);
	if (code == ERR_OK && (stmt->kind != PG_WRITE || !pg->db.in_tx || pg->queued >= PG_QUEUE))
		code = pg_flush(pg, NULL, err);
	drive_done(&stmt->stmt);
	return code;
}

/* The rows behind the first page, by a cursor; outside of a transaction all came at once. */
static enum err open_cursor(struct pg_db *pg, struct pg_stmt *stmt, struct error *err)
{
	struct str text = STR_INIT;
	struct values values;
	Oid types[PG_PARAMS];
	enum err code = ERR_OK;

	for (int i = 0; i < stmt->n_params; i++)
		types[i] = stmt->params[i].type;
	gather(stmt, &values);
	snprintf(stmt->cursor, sizeof stmt->cursor, "c%u", ++pg->names);
	str_addf(&text, "DECLARE %s NO SCROLL CURSOR FOR %s", stmt->cursor, stmt->sql);
	if (PQsendQueryParams(pg->conn, text.s, stmt->n_params, types, values.values, values.lens,
			      values.formats, 1) != 1)
		code = pg_fail(pg, NULL, err);
	str_clear(&text);
	str_addf(&text, "MOVE FORWARD %d FROM %s", PG_PAGE, stmt->cursor);
	if (code == ERR_OK && stmt->paged) /* those were had */
		code = pg_send(pg, text.s, err);
	str_release(&text);
	return code;
}

static enum err fetch(struct pg_db *pg, struct pg_stmt *stmt, struct error *err)
{
	char text[64];
	enum err code = ERR_OK;

	PQclear(stmt->res);
	stmt->res = NULL;
	if (stmt->cursor[0] == '\0')
		code = open_cursor(pg, stmt, err);
	snprintf(text, sizeof text, "FETCH FORWARD %d FROM %s", PG_FETCH, stmt->cursor);
	if (code == ERR_OK)
		code = pg_send(pg, text, err);
	if (code == ERR_OK)
		code = pg_flush(pg, &stmt->res, err);
	if (code != ERR_OK)
		return code;
	stmt->row = 0;
	stmt->over = PQntuples(stmt->res) < PG_FETCH;
	return ERR_OK;
}

static enum err start(struct pg_db *pg, struct pg_stmt *stmt, struct error *err)
{
	bool many = stmt->stmt.many && !stmt->limited && pg->db.in_tx;
	bool paged = many && stmt->page != NULL && !stmt->stmt.sorted;
	enum err code;

	stmt->paged = paged;
	if (many && !paged)
		return fetch(pg, stmt, err);
	code = send_stmt(stmt, paged ? &stmt->first : &stmt->whole,
				  paged ? stmt->page : stmt->sql, err);

	if (code == ERR_OK)
		code = pg_flush(pg, &stmt->res, err);
	if (code != ERR_OK)
		return code;
	stmt->row = 0;
	stmt->over = !paged || PQntuples(stmt->res) < PG_PAGE;
	return ERR_OK;
}

static enum err drive_row(struct db *db, struct stmt *bare, bool *ret_row, struct error *err)
{
	struct pg_db *pg = pg_of(db);
	struct pg_stmt *stmt = own(bare);
	enum err code = ERR_OK;

	if (stmt->kind != PG_ROWS) {
		code = run_write(pg, stmt, err);
		if (code == ERR_OK)
			*ret_row = false;
		return code;
	}
	if (stmt->res == NULL)
		code = start(pg, stmt, err);
	else if (++stmt->row == PQntuples(stmt->res) && !stmt->over)
		code = fetch(pg, stmt, err);
	if (code != ERR_OK || stmt->row >= PQntuples(stmt->res)) {
		drive_done(bare);
		if (code == ERR_OK)
			*ret_row = false;
		return code;
	}
	*ret_row = true;
	return ERR_OK;
}

/* --- columns --------------------------------------------------------------------------------- */

/* What sum() makes of numbers: digits to the base 10000 behind four heads of 16 bits. */
static int64_t numeric_value(const unsigned char *s, size_t len)
{
	int digits = s[0] << 8 | s[1], weight = (int16_t)(s[2] << 8 | s[3]);
	bool negative = (s[4] << 8 | s[5]) == 0x4000;
	int64_t value = 0;

	for (int i = 0; i <= weight; i++)
		value = value * 10000 +
			(i < digits && 8 + 2 * (size_t)i + 1 < len ? s[8 + 2 * i] << 8 | s[9 + 2 * i]
								  : 0);
	return negative ? -value : value;
}

static int64_t drive_col_int(struct stmt *bare, int col)
{
	struct pg_stmt *stmt = own(bare);
	const unsigned char *s = (const unsigned char *)PQgetvalue(stmt->res, stmt->row, col);
	size_t len = (size_t)PQgetlength(stmt->res, stmt->row, col);
	uint64_t bits = len > 0 && (s[0] & 0x80) != 0 ? UINT64_MAX : 0;

	if (PQgetisnull(stmt->res, stmt->row, col))
		return 0;
	switch (PQftype(stmt->res, col)) {
	case TYPE_BOOL:
		return s[0];
	case TYPE_INT2:
	case TYPE_INT4:
	case TYPE_INT8:
		for (size_t i = 0; i < len; i++)
			bits = bits << 8 | s[i];
		return (int64_t)bits;
	case TYPE_NUMERIC:
		return len >= 8 ? numeric_value(s, len) : 0;
	default:
		return strtoll((const char *)s, NULL, 10);
	}
}

static const char *drive_col_text(struct stmt *bare, int col)
{
	struct pg_stmt *stmt = own(bare);

	return PQgetisnull(stmt->res, stmt->row, col) ? NULL
						      : PQgetvalue(stmt->res, stmt->row, col);
}

static const void *drive_col_blob(struct stmt *bare, int col, size_t *ret_len)
{
	struct pg_stmt *stmt = own(bare);

	*ret_len = (size_t)PQgetlength(stmt->res, stmt->row, col);
	return drive_col_text(bare, col);
}

static int drive_cols(struct stmt *bare)
{
	return PQnfields(own(bare)->res);
}

static const char *drive_col_name(struct stmt *bare, int col)
{
	return PQfname(own(bare)->res, col);
}

static enum sql_kind drive_col_kind(struct stmt *bare, int col)
{
	struct pg_stmt *stmt = own(bare);

	if (PQgetisnull(stmt->res, stmt->row, col))
		return SQL_NULL;
	switch (PQftype(stmt->res, col)) {
	case TYPE_TEXT:
		return SQL_TEXT;
	case TYPE_BYTEA:
		return SQL_BLOB;
	default:
		return SQL_INT;
	}
}

/* --- scripts --------------------------------------------------------------------------------- */

static enum err drive_script(struct db *db, const char *sql, struct error *err)
{
	struct pg_db *pg = pg_of(db);
	struct str words = STR_INIT;
	PGresult *res;
	enum err code = pg_flush(pg, NULL, err);

	if (code != ERR_OK)
		return code;
	pg_words(sql, &words);
	PQexitPipelineMode(pg->conn);
	res = PQexec(pg->conn, str_get(&words));
	if (!pg_is_good(res))
		code = pg_fail(pg, res, err);
	PQclear(res);
	str_release(&words);
	if (!pg->lost && PQenterPipelineMode(pg->conn) != 1 && code == ERR_OK)
		code = pg_fail(pg, NULL, err);
	return code;
}

/* An array in its own words. */
static void search_terms(struct str *out, const int64_t *terms, size_t n)
{
	for (size_t i = 0; i < n; i++)
		str_addf(out, "%c%lld", i == 0 ? '{' : ',', (long long)terms[i]);
	str_add(out, n == 0 ? "{}" : "}");
}

const struct sql_driver pg_driver = {
	.search_make = "CREATE TABLE search (eno BIGINT PRIMARY KEY, terms BIGINT[] NOT NULL);"
		       "CREATE INDEX search_terms ON search USING gin (terms)",
	.search_add = "INSERT INTO search (eno, terms) VALUES (:eno, CAST(:terms AS BIGINT[]))"
		      " ON CONFLICT (eno) DO UPDATE SET terms = excluded.terms",
	/* all hits by the index of terms, then the newest of them one by one: with the rows' order
	 * in reach a plan would rather look through all there is */
	.search_find = "WITH hit AS MATERIALIZED (SELECT eno FROM search"
		       " WHERE terms @> CAST(:terms AS BIGINT[]) AND eno < :before)"
		       " SELECT e.eno, e.id, e.kind, e.version, e.seq, e.class, e.rank, e.state"
		       " FROM (SELECT eno FROM hit ORDER BY eno DESC OFFSET 0) AS h"
		       " JOIN party p ON p.eno = h.eno AND p.org = :org"
		       " JOIN entity e ON e.eno = h.eno ORDER BY h.eno DESC",
	.search_terms = search_terms,
	.has_meta = "SELECT count(*) FROM pg_catalog.pg_tables"
		    " WHERE tablename = 'meta' AND schemaname = current_schema()",
	/* whoever comes second waits for the first; by schema, for a data base may have several */
	.begin_script = "BEGIN; SELECT pg_advisory_xact_lock(hashtext('zhiban ' || "
			"current_schema()))",
	.prepare = drive_prepare,   .finish = drive_finish,	.script = drive_script,
	.bind_int = drive_bind_int, .bind_text = drive_bind_text, .bind_blob = drive_bind_blob,
	.row = drive_row,	    .done = drive_done,		.col_int = drive_col_int,
	.col_text = drive_col_text, .col_blob = drive_col_blob, .cols = drive_cols,
	.col_name = drive_col_name, .col_kind = drive_col_kind, .filled = pg_filled,
};
