/* Reading the cache beside windows of rows. */
#include <config.h>

#include "zhiban/store/cache.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"

#include "cache_priv.h"

enum err cache_get(struct store *store, enum kind kind, const struct uuid *id, struct arena *arena,
		   void **ret_entity, struct error *err)
{
	void *entity = NULL;
	int64_t pk;
	enum err code = entity_load(store, kind, id, arena, &entity, &pk, err);

	if (code != ERR_OK)
		return code;
	if (entity == NULL)
		return error_set(err, ERR_NOT_FOUND, "%s", _("it is not here"));
	*ret_entity = entity;
	return ERR_OK;
}

static enum err each_row(struct store *store, sqlite3_stmt *stmt, enum kind kind,
			 struct arena *arena, entity_fn fn, void *ctx, struct error *err)
{
	enum err code = ERR_OK;
	bool row;

	while (code == ERR_OK && (code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		void *entity;

		entity_read(store, stmt, 3, kind, true, arena, &entity);
		code = fn(ctx, entity, err);
		if (code != ERR_OK)
			db_done(stmt);
	}
	return code;
}

enum err cache_each(struct store *store, enum kind kind, struct arena *arena, entity_fn fn,
		    void *ctx, struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	enum err code;

	str_add(&sql, "SELECT ");
	entity_light_columns(store, kind, &sql);
	str_addf(&sql, " FROM \"%s\" ORDER BY id", kind_desc(kind)->name);
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	return code == ERR_OK ? each_row(store, stmt, kind, arena, fn, ctx, err) : code;
}

enum err cache_each_where(struct store *store, enum kind kind, const char *flag, bool set,
			  const char *latest, int64_t most, struct arena *arena, entity_fn fn,
			  void *ctx, struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	enum err code;

	/* sql: constant names */
	str_add(&sql, "SELECT ");
	entity_light_columns(store, kind, &sql);
	str_addf(&sql, " FROM \"%s\" WHERE \"%s\"", kind_desc(kind)->name, flag);
	str_add(&sql, set ? " = 1" : " IS NULL");
	str_addf(&sql, " ORDER BY \"%s\" DESC, pk DESC LIMIT :most", latest);
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":most", most);
	return each_row(store, stmt, kind, arena, fn, ctx, err);
}

enum err cache_each_between(struct store *store, enum kind kind, const char *field, int64_t from,
			    int64_t to, struct arena *arena, entity_fn fn, void *ctx,
			    struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	enum err code;

	/* sql: constant names */
	str_add(&sql, "SELECT ");
	entity_light_columns(store, kind, &sql);
	str_addf(&sql, " FROM \"%s\" WHERE \"%s\" >= :from AND \"%s\" < :to ORDER BY \"%s\", pk",
		 kind_desc(kind)->name, field, field, field);
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":from", from);
	db_int(stmt, ":to", to);
	return each_row(store, stmt, kind, arena, fn, ctx, err);
}

enum err cache_each_of(struct store *store, enum kind kind, const char *field, const char *value,
		       struct arena *arena, entity_fn fn, void *ctx, struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	enum err code;

	/* sql: constant names */
	str_add(&sql, "SELECT ");
	entity_light_columns(store, kind, &sql);
	str_addf(&sql, " FROM \"%s\" WHERE \"%s\" = :value ORDER BY pk", kind_desc(kind)->name,
		 field);
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	db_text(stmt, ":value", value);
	return each_row(store, stmt, kind, arena, fn, ctx, err);
}

enum err cache_versions(struct store *store, version_fn fn, void *ctx, struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	bool row;
	enum err code;

	for (int k = 0; k < KIND_COUNT; k++) /* sql: constant names */
		str_addf(&sql, "SELECT id, version FROM \"%s\" UNION ALL ",
			 kind_desc((enum kind)k)->name);
	str_add(&sql, "SELECT id, version FROM outside ORDER BY id");
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);

	while (code == ERR_OK && (code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		struct uuid id;

		if (db_col_uuid(stmt, 0, &id))
			fn(ctx, &id, db_col_int(stmt, 1));
	}
	return code;
}

static const char BY_NUMBER[] = "SELECT id FROM incident WHERE number = :number LIMIT 1";

enum err cache_by_number(struct store *store, const char *number, struct uuid *ret_id,
			 struct error *err)
{
	sqlite3_stmt *stmt;
	struct uuid id;
	bool row = false, found = false;
	enum err code = db_stmt(store, BY_NUMBER, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":number", number);
	code = db_row(store, stmt, &row, err);
	if (row) {
		found = db_col_uuid(stmt, 0, &id);
		db_done(stmt);
	}
	if (code != ERR_OK)
		return code;
	if (!found)
		return error_set(err, ERR_NOT_FOUND, _("no incident has the number %s"), number);
	*ret_id = id;
	return ERR_OK;
}

enum err cache_by_prefix(struct store *store, enum kind kind, const char *hex,
			 struct uuid ret_ids[2], size_t *ret_n, struct error *err)
{
	static const char digits[] = "0123456789abcdef";
	struct uuid first = { { 0 } }, last;
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	size_t n = 0;
	bool row;
	enum err code;

	memset(&last, 0xff, sizeof last);
	for (const char *c = hex; *c != '\0' && n < 32; c++) {
		const char *digit = strchr(digits, *c | 0x20);

		if (*c == '-')
			continue;
		if (digit == NULL)
			return error_set(err, ERR_INPUT, _("%s is no beginning of an id"), hex);
		first.b[n / 2] |= (uint8_t)((digit - digits) << (n % 2 != 0 ? 0 : 4));
		last.b[n / 2] &= (uint8_t)((digit - digits) << (n % 2 != 0 ? 0 : 4) |
					   (n % 2 != 0 ? 0xf0 : 0x0f));
		n++;
	}
	/* sql: constant names */
	str_addf(&sql, "SELECT id FROM \"%s\" WHERE id >= :first AND id <= :last ORDER BY id LIMIT 2",
		 kind_desc(kind)->name);
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":first", &first);
	db_uuid(stmt, ":last", &last);
	*ret_n = 0;
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row)
		if (db_col_uuid(stmt, 0, &ret_ids[*ret_n]))
			(*ret_n)++;
	return code;
}

enum err cache_find_number(struct store *store, enum kind kind, const char *words,
			   struct arena *arena, const char **ret_number, struct uuid *ret_id,
			   struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	struct uuid id;
	bool row = false;
	enum err code;

	/* sql: constant names */
	str_addf(&sql, "SELECT number, id FROM \"%s\" WHERE number = :words COLLATE NOCASE OR "
		       "(substr(number, 9, 1) = '-' AND substr(number, 7) = :words COLLATE NOCASE) "
		       "ORDER BY number DESC LIMIT 1", kind_desc(kind)->name);
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	db_text(stmt, ":words", words);
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	*ret_number = NULL;
	if (row && db_col_uuid(stmt, 1, &id)) {
		*ret_number = db_col_text(stmt, 0, arena);
		*ret_id = id;
	}
	if (row)
		db_done(stmt);
	return ERR_OK;
}

static enum err is_of_kind(struct store *store, enum kind kind, const struct uuid *id, bool *ret_is,
			   struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code;

	/* sql: constant names */
	str_addf(&sql, "SELECT 1 FROM \"%s\" WHERE id = :id", kind_desc(kind)->name);
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", id);
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	if (row)
		db_done(stmt);
	*ret_is = row;
	return ERR_OK;
}

enum err cache_kind_of(struct store *store, const struct uuid *id, enum kind *ret_kind,
		       struct error *err)
{
	for (int k = 0; k < KIND_COUNT; k++) {
		bool is = false;
		enum err code = is_of_kind(store, (enum kind)k, id, &is, err);

		if (code != ERR_OK)
			return code;
		if (is) {
			*ret_kind = (enum kind)k;
			return ERR_OK;
		}
	}
	return error_set(err, ERR_NOT_FOUND, "%s", _("it is not here"));
}

static const char LINES[] = "SELECT seq, bytes FROM line WHERE entity = :id ORDER BY seq";

enum err cache_lines(struct store *store, const struct uuid *id, line_row_fn fn, void *ctx,
		     struct error *err)
{
	sqlite3_stmt *stmt;
	bool row;
	enum err code = db_stmt(store, LINES, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", id);
	while (code == ERR_OK && (code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		const char *bytes = sqlite3_column_blob(stmt, 1);

		code = fn(ctx, db_col_int(stmt, 0), bytes, (size_t)sqlite3_column_bytes(stmt, 1),
			  err);
		if (code != ERR_OK)
			db_done(stmt);
	}
	return code;
}

static const char HAS_ACT[] = "SELECT 1 FROM line WHERE entity = :id AND instr(bytes, :act) > 0 "
			      "LIMIT 1";

bool cache_has_act(struct store *store, const struct uuid *id, const struct uuid *act)
{
	char text[UUID_TEXT], member[UUID_TEXT + 8];
	sqlite3_stmt *stmt;
	bool row = false;

	uuid_text(act, text); /* no text within the JSON holds it so: its quotes are escaped */
	snprintf(member, sizeof member, "\"id\":\"%s\"", text);
	if (db_stmt(store, HAS_ACT, &stmt, NULL) != ERR_OK)
		return false;
	db_uuid(stmt, ":id", id);
	db_blob(stmt, ":act", member, strlen(member));
	if (db_row(store, stmt, &row, NULL) == ERR_OK && row)
		db_done(stmt);
	return row;
}

int64_t cache_lines_missing(struct store *store, enum kind kind, const struct uuid *id)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	bool row = false;
	int64_t to = 0;
	enum err code;

	str_addf(&sql, "SELECT missing_to FROM \"%s\" WHERE id = :id", kind_desc(kind)->name);
	code = db_stmt(store, str_get(&sql), &stmt, NULL);
	str_release(&sql);
	if (code != ERR_OK)
		return 0;
	db_uuid(stmt, ":id", id);
	if (db_row(store, stmt, &row, NULL) == ERR_OK && row) {
		to = db_col_int(stmt, 0);
		db_done(stmt);
	}
	return to;
}

static const char DOC_GET[] = "SELECT bytes FROM doc WHERE hash = :hash";

/* What a failing disk made of it is not the document. */
static bool is_whole(const char *hash, const void *bytes, size_t len)
{
	uint8_t sum[SHA256_LEN];
	char text[SHA256_HEX];

	sha256(bytes, len, sum);
	crypto_hex(sum, sizeof sum, text);
	return strcmp(text, hash) == 0;
}

enum err cache_doc(struct store *store, const char *hash, struct str *out, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, DOC_GET, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":hash", hash);
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	if (!row)
		return error_set(err, ERR_NOT_FOUND, _("the document %s is not here yet"), hash);
	if (is_whole(hash, sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0)))
		str_add_bytes(out, sqlite3_column_blob(stmt, 0),
			      (size_t)sqlite3_column_bytes(stmt, 0));
	else
		code = error_set(err, ERR_NOT_FOUND, _("the document %s is not here yet"), hash);
	db_done(stmt);
	return code;
}

static const char TALLY[] = "SELECT step, holder, open, n FROM tally";

enum err cache_tally(struct store *store, tally_fn fn, void *ctx, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row;
	enum err code = db_stmt(store, TALLY, &stmt, err);

	while (code == ERR_OK && (code = db_row(store, stmt, &row, err)) == ERR_OK && row)
		fn(ctx, (const char *)sqlite3_column_text(stmt, 0),
		   (const char *)sqlite3_column_text(stmt, 1), db_col_int(stmt, 2) != 0,
		   db_col_int(stmt, 3));
	return code;
}

static const char RECENT[] = "SELECT n, id FROM recent WHERE n > :at ORDER BY n";

enum err cache_recent(struct store *store, int64_t *at, struct uuid *ret_ids, size_t max,
		      size_t *ret_n, bool *ret_any, struct error *err)
{
	sqlite3_stmt *stmt;
	int64_t last = *at;
	size_t n = 0;
	bool any = false, row;
	enum err code = db_stmt(store, RECENT, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":at", *at);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		int64_t number = db_col_int(stmt, 0);
		struct uuid id;

		any |= number != last + 1; /* trimmed behind our back */
		last = number;
		if (!db_col_uuid(stmt, 1, &id) || n == max)
			any = true;
		else
			ret_ids[n++] = id;
	}
	if (code != ERR_OK)
		return code;
	*at = last;
	*ret_n = n;
	*ret_any = any;
	return ERR_OK;
}
