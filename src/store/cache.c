#include <config.h>

#include "zhiban/store/cache.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "cache_priv.h"
#include "src/store/cache_sql.h"

/* What the file is made with; its hash is the version of the schema. */
static void schema(struct str *out)
{
	str_add(out, cache_sql);
	entity_schema(out);
}

static int32_t schema_version(const char *sql)
{
	uint8_t hash[SHA256_LEN];

	sha256(sql, strlen(sql), hash);
	return (int32_t)((hash[0] & 0x7f) << 24 | hash[1] << 16 | hash[2] << 8 | hash[3]);
}

static enum err version_of(struct store *store, int32_t *ret_version, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, "PRAGMA user_version", &stmt, err);

	if (code == ERR_OK)
		code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	*ret_version = (int32_t)db_col_int(stmt, 0);
	db_done(stmt);
	return ERR_OK;
}

enum err cache_remove(const char *dir, struct error *err)
{
	static const char *const names[] = { "cache.db", "cache.db-wal", "cache.db-shm" };
	struct arena arena = ARENA_INIT;
	enum err code = ERR_OK;

	for (size_t i = 0; i < ARRAY_LEN(names) && code == ERR_OK; i++) {
		const char *path = path_join(&arena, dir, names[i]);
		if (unlink(path) != 0 && errno != ENOENT)
			code = error_errno(err, ERR_IO, errno, "%s", path);
	}
	arena_release(&arena);
	return code;
}

static enum err make_tables(struct store *store, void *ctx, struct error *err)
{
	const char *sql = ctx;
	char version[64];
	enum err code = db_exec(store, sql, err);

	if (code != ERR_OK)
		return code;
	/* sql: a number of ours; a pragma takes no parameter */
	snprintf(version, sizeof version, "PRAGMA user_version = %d", (int)schema_version(sql));
	return db_exec(store, version, err);
}

/* When the first load is over: single changes need few pages. */
static const char settled[] = "PRAGMA cache_size = -2000; PRAGMA shrink_memory";

/* A file of this schema, or ERR_VERSION (another one), or what is wrong with it. */
static enum err open_writer(const char *path, const char *sql, struct store **ret_store,
			    struct error *err)
{
	static const char setup[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
				    "PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 2000";
	struct store *store;
	int32_t version = 0;
	mode_t old = umask(077);
	enum err code = db_open(path, DB_CREATE, &store, err);

	if (code == ERR_OK) {
		code = db_exec(store, setup, err);
		if (code == ERR_OK)
			code = version_of(store, &version, err);
		if (code == ERR_OK && version == 0)
			code = store_tx(store, make_tables, (void *)sql, err);
		else if (code == ERR_OK && version != schema_version(sql))
			code = error_set(err, ERR_VERSION, "%s",
					 _("the cache is of another version"));
		if (code != ERR_OK)
			store_close(store);
		else
			*ret_store = store;
	}
	umask(old);
	return code;
}

static enum err open_reader(const char *path, const char *sql, struct store **ret_store,
			    struct error *err)
{
	struct store *store;
	int32_t version = 0;
	enum err code = db_open(path, DB_READ_ONLY, &store, err);

	if (code != ERR_OK)
		return code;
	code = db_exec(store, "PRAGMA cache_size = -2000; PRAGMA temp_store = MEMORY", err);
	if (code == ERR_OK)
		code = version_of(store, &version, err);
	if (code == ERR_OK && version != schema_version(sql))
		code = error_set(err, ERR_NOT_FOUND, _("%s: no cache of this version yet"), path);
	if (code != ERR_OK)
		store_close(store);
	else
		*ret_store = store;
	return code;
}

enum err cache_open(const char *dir, enum cache_mode mode, struct store **ret_store,
		    struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *path = path_join(&arena, dir, "cache.db");
	struct str sql = STR_INIT;
	struct store *store = NULL;
	enum err code;

	schema(&sql);
	if (mode == CACHE_READ) {
		code = open_reader(path, str_get(&sql), &store, err);
	} else {
		code = open_writer(path, str_get(&sql), &store, err);
		if (code == ERR_VERSION || code == ERR_CORRUPT) {
			code = cache_remove(dir, err);
			if (code == ERR_OK)
				code = open_writer(path, str_get(&sql), &store, err);
		}
	}
	if (code == ERR_OK) {
		store->cache = cache_state_new();
		*ret_store = store;
	}
	str_release(&sql);
	arena_release(&arena);
	return code;
}

enum err cache_bulk(struct store *store, bool on, struct error *err)
{
	enum err code = db_exec(store,
				on ? "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16000"
				   : "PRAGMA wal_autocheckpoint = 2000",
				err);

	return code == ERR_OK && !on ? db_exec(store, settled, err) : code;
}

static const char CLEAR[] = "DELETE FROM line; DELETE FROM tally; DELETE FROM meta WHERE key IN "
			    "('epoch', 'cursor', 'snapshot', 'snapshot_seq', 'usable')";

enum err cache_clear(struct store *store, struct error *err)
{
	struct str sql = STR_INIT;
	enum err code;

	str_add(&sql, CLEAR);
	for (int k = 0; k < KIND_COUNT; k++) {
		const struct kind_desc *kind = kind_desc((enum kind)k);

		str_addf(&sql, "; DELETE FROM \"%s\"", kind->name);
		for (size_t i = 0; i < kind->n_slots; i++)
			str_addf(&sql, "; DELETE FROM \"%s_%s\"", kind->name,
				 kind->slots[i].desc->name);
	}
	code = db_exec(store, str_get(&sql), err);
	str_release(&sql);
	store->cache->n_recent = RECENT_LISTED + 1; /* everything changed */
	return code;
}

static enum err has_index(struct store *store, const char *name, bool *ret_there,
			  struct error *err)
{
	static const char there[] =
		"SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name = :name";
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, there, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":name", name);
	code = db_row(store, stmt, &row, err);
	if (row) {
		*ret_there = db_col_int(stmt, 0) > 0;
		db_done(stmt);
	}
	return code;
}

static int has_to_stop(void *ctx)
{
	const atomic_bool *stop = ctx;

	return atomic_load(stop);
}

/* Sorts a million keys in files, not in memory; ends early when *stop is set. */
static enum err make_index(struct store *store, const char *sql, atomic_bool *stop,
			   struct error *err)
{
	enum { STEPS = 10000 };
	enum err code = db_exec(store, "PRAGMA temp_store = FILE; PRAGMA cache_size = -2000", err);

	if (code != ERR_OK)
		return code;
	sqlite3_progress_handler(store->db, STEPS, stop != NULL ? has_to_stop : NULL, stop);
	code = db_exec(store, sql, err);
	sqlite3_progress_handler(store->db, 0, NULL, NULL);
	if (code != ERR_OK && stop != NULL && atomic_load(stop))
		code = ERR_OK;
	return code;
}

enum err cache_index(struct store *store, atomic_bool *stop, size_t *ret_left, struct error *err)
{
	struct str name = STR_INIT, sql = STR_INIT, make = STR_INIT;
	size_t left = 0;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && entity_index(i, &name, &sql); i++) {
		bool there = true;

		code = has_index(store, str_get(&name), &there, err);
		if (!there && left++ == 0)
			str_add(&make, str_get(&sql));
		str_clear(&name);
		str_clear(&sql);
	}
	if (code == ERR_OK && left > 0) {
		code = make_index(store, str_get(&make), stop, err);
		left--;
	}
	if (code == ERR_OK && left == 0)
		code = db_exec(store, settled, err);
	str_release(&name);
	str_release(&sql);
	str_release(&make);
	if (code == ERR_OK)
		*ret_left = left;
	return code;
}

/* ---- reading ---- */

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

enum err cache_each(struct store *store, enum kind kind, struct arena *arena, entity_fn fn,
		    void *ctx, struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	bool row;
	enum err code;

	str_add(&sql, "SELECT ");
	entity_light_columns(store, kind, &sql);
	str_addf(&sql, " FROM \"%s\" ORDER BY id", kind_desc(kind)->name);
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	while (code == ERR_OK && (code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		void *entity;

		entity_read(store, stmt, 3, kind, true, arena, &entity);
		code = fn(ctx, entity, err);
		if (code != ERR_OK)
			db_done(stmt);
	}
	return code;
}

static const char VERSIONS[] = "SELECT id, version FROM incident UNION ALL "
			       "SELECT id, version FROM person UNION ALL "
			       "SELECT id, version FROM org UNION ALL "
			       "SELECT id, version FROM profile ORDER BY id";

enum err cache_versions(struct store *store, version_fn fn, void *ctx, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row;
	enum err code = db_stmt(store, VERSIONS, &stmt, err);

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

static const char BY_PREFIX[] =
	"SELECT id FROM incident WHERE id >= :first AND id <= :last ORDER BY id LIMIT 2";

enum err cache_by_prefix(struct store *store, const char *hex, struct uuid ret_ids[2],
			 size_t *ret_n, struct error *err)
{
	static const char digits[] = "0123456789abcdef";
	struct uuid first = { { 0 } }, last;
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
	code = db_stmt(store, BY_PREFIX, &stmt, err);
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
	str_add_bytes(out, sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0));
	db_done(stmt);
	return ERR_OK;
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
