#include <config.h>

#include "zhiban/store/store.h"

#include <string.h>
#include <sys/statvfs.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "cache_priv.h"
#include "db_priv.h"

enum { BUSY_MS = 5000, CLOSE_MS = 100 };

static enum err code_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_FULL:
		return ERR_FULL;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_CORRUPT;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return ERR_DENIED;
	default:
		return ERR_IO;
	}
}

static bool no_space(const char *path)
{
	struct statvfs at;

	return statvfs(path, &at) == 0 && at.f_bavail == 0;
}

/* What to do about it; NULL: what SQLite says is all there is to say. */
static const char *advice(enum err code)
{
	if (code == ERR_FULL)
		return _("no space is left on the disk: make room there");
	if (code == ERR_DENIED)
		return _("it cannot be written: the disk is read-only, or the file is another's");
	return NULL;
}

enum err db_error(struct store *store, struct error *err)
{
	int rc = sqlite3_errcode(store->db);
	enum err code = code_of(rc);
	const char *words;

	if ((rc & 0xff) == SQLITE_CANTOPEN) /* the system said why */
		code = file_errno(NULL, sqlite3_system_errno(store->db), "", store->path);
	if (code == ERR_IO && no_space(store->path)) /* of the shared memory beside it, say */
		code = ERR_FULL;
	store->corrupt |= code == ERR_CORRUPT;
	words = advice(code);
	return error_set(err, code, "%s: %s", store->path,
			 words != NULL ? words : sqlite3_errmsg(store->db));
}

bool store_is_corrupt(const struct store *store)
{
	return store->corrupt;
}

static void frozen_uri(const char *path, struct str *out)
{
	str_add(out, "file:");
	for (; *path != '\0'; path++) {
		if (*path == '%' || *path == '?' || *path == '#')
			str_addf(out, "%%%02x", (unsigned char)*path);
		else
			str_add_char(out, *path);
	}
	str_add(out, "?immutable=1");
}

enum err db_open(const char *path, unsigned flags, struct store **ret_store, struct error *err)
{
	struct store *store = mem_alloc(sizeof *store);
	int mode = (flags & DB_READ_ONLY) != 0 ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	struct str name = STR_INIT;
	enum err code;
	int rc;

	if ((flags & DB_CREATE) != 0)
		mode |= SQLITE_OPEN_CREATE;
	if ((flags & DB_FROZEN) != 0) {
		mode |= SQLITE_OPEN_URI;
		frozen_uri(path, &name);
	} else {
		str_add(&name, path);
	}
	store->path = mem_strdup(path);
	rc = sqlite3_open_v2(str_get(&name), &store->db, mode | SQLITE_OPEN_NOMUTEX, NULL);
	str_release(&name);
	if (rc != SQLITE_OK) {
		code = db_error(store, err);
		store_close(store);
		return code;
	}
	sqlite3_extended_result_codes(store->db, 1);
	sqlite3_busy_timeout(store->db, BUSY_MS);
	*ret_store = store;
	return ERR_OK;
}

/* What lies in the log goes into the file: whoever opens it next would have to read all of it
 * first.  A reader in the middle of something is not waited for: then the log stays. */
static void fold_log(sqlite3 *db)
{
	sqlite3_busy_timeout(db, CLOSE_MS);
	sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

void store_close(struct store *store)
{
	if (store == NULL)
		return;
	cache_state_free(store->cache);
	for (size_t i = 0; i < store->n_slots; i++) {
		sqlite3_finalize(store->slots[i].stmt);
		free(store->slots[i].sql);
	}
	free(store->slots);
	if (store->cache != NULL && store->db != NULL && !sqlite3_db_readonly(store->db, "main"))
		fold_log(store->db);
	sqlite3_close(store->db);
	free(store->path);
	free(store);
}

/* After an I/O error or on a full disk SQLite may roll back the whole transaction.  What follows
 * would then be committed statement by statement. */
static enum err still_in_tx(struct store *store, struct error *err)
{
	if (!store->in_tx || sqlite3_get_autocommit(store->db) == 0)
		return ERR_OK;
	return error_set(err, ERR_IO, "%s: %s", store->path, _(err_sentence(ERR_IO)));
}

enum err db_exec(struct store *store, const char *sql, struct error *err)
{
	if (still_in_tx(store, err) != ERR_OK)
		return ERR_IO;
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_error(store, err);
	return ERR_OK;
}

enum err db_stmt(struct store *store, const char *sql, sqlite3_stmt **ret_stmt, struct error *err)
{
	sqlite3_stmt *stmt;

	for (size_t i = 0; i < store->n_slots; i++) {
		if (strcmp(store->slots[i].sql, sql) == 0) {
			*ret_stmt = store->slots[i].stmt;
			sqlite3_reset(*ret_stmt);
			sqlite3_clear_bindings(*ret_stmt);
			return ERR_OK;
		}
	}
	if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) !=
	    SQLITE_OK)
		return db_error(store, err);
	MEM_GROW(store->slots, store->n_slots, store->cap_slots);
	store->slots[store->n_slots++] = (struct db_slot){ mem_strdup(sql), stmt };
	*ret_stmt = stmt;
	return ERR_OK;
}

static int place(sqlite3_stmt *stmt, const char *name)
{
	return sqlite3_bind_parameter_index(stmt, name); /* 0: binding does nothing */
}

void db_int(sqlite3_stmt *stmt, const char *name, int64_t value)
{
	sqlite3_bind_int64(stmt, place(stmt, name), value);
}

void db_text(sqlite3_stmt *stmt, const char *name, const char *text)
{
	sqlite3_bind_text(stmt, place(stmt, name), text, -1, SQLITE_STATIC);
}

void db_blob(sqlite3_stmt *stmt, const char *name, const void *bytes, size_t len)
{
	sqlite3_bind_blob64(stmt, place(stmt, name), bytes, len, SQLITE_STATIC);
}

void db_uuid(sqlite3_stmt *stmt, const char *name, const struct uuid *id)
{
	sqlite3_bind_blob(stmt, place(stmt, name), id->b, sizeof id->b, SQLITE_STATIC);
}

enum err db_row(struct store *store, sqlite3_stmt *stmt, bool *ret_row, struct error *err)
{
	enum err code = still_in_tx(store, err);
	int rc;

	if (code != ERR_OK)
		return code;
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW) {
		*ret_row = true;
		return ERR_OK;
	}
	if (rc == SQLITE_DONE) {
		sqlite3_reset(stmt);
		*ret_row = false;
		return ERR_OK;
	}
	code = db_error(store, err);
	sqlite3_reset(stmt);
	return code;
}

enum err db_number(struct store *store, sqlite3_stmt *stmt, int64_t *ret_number, struct error *err)
{
	bool row = false;
	enum err code = db_row(store, stmt, &row, err);

	if (code != ERR_OK)
		return code;
	*ret_number = row ? db_col_int(stmt, 0) : 0;
	if (row)
		db_done(stmt);
	return ERR_OK;
}

enum err db_run(struct store *store, sqlite3_stmt *stmt, struct error *err)
{
	bool row;
	enum err code = db_row(store, stmt, &row, err);

	if (code == ERR_OK && row)
		sqlite3_reset(stmt);
	return code;
}

void db_done(sqlite3_stmt *stmt)
{
	sqlite3_reset(stmt);
}

int64_t db_col_int(sqlite3_stmt *stmt, int col)
{
	return sqlite3_column_int64(stmt, col);
}

char *db_col_text(sqlite3_stmt *stmt, int col, struct arena *arena)
{
	const char *text = (const char *)sqlite3_column_text(stmt, col);

	if (text == NULL)
		return NULL;
	return arena_strndup(arena, text, (size_t)sqlite3_column_bytes(stmt, col));
}

void *db_col_blob(sqlite3_stmt *stmt, int col, struct arena *arena, size_t *ret_len)
{
	const void *bytes = sqlite3_column_blob(stmt, col);

	*ret_len = (size_t)sqlite3_column_bytes(stmt, col);
	if (bytes == NULL)
		return NULL;
	return arena_strndup(arena, bytes, *ret_len); /* a NUL behind it does no harm */
}

bool db_col_uuid(sqlite3_stmt *stmt, int col, struct uuid *ret_id)
{
	const void *bytes = sqlite3_column_blob(stmt, col);

	if (bytes == NULL || sqlite3_column_bytes(stmt, col) != (int)sizeof ret_id->b)
		return false;
	memcpy(ret_id->b, bytes, sizeof ret_id->b);
	return true;
}

/* ---- transactions ---- */

/* What was computed from a value that could not be read must not be kept: the outbox would count
 * from 1 again. */
static enum err all_was_read(const struct store *store, struct error *err)
{
	if (store->unread == ERR_OK)
		return ERR_OK;
	return error_set(err, store->unread, "%s: %s", store->path, _(err_sentence(store->unread)));
}

static enum err run_once(struct store *store, store_fn fn, void *ctx, struct error *err)
{
	enum err before = store->unread;
	enum err code = db_exec(store, "BEGIN IMMEDIATE", err);

	if (code != ERR_OK)
		return code;
	store->unread = ERR_OK;
	store->in_tx = true;
	code = fn(store, ctx, err);
	if (code == ERR_OK)
		code = all_was_read(store, err);
	store->unread = before;
	if (code == ERR_OK && store->cache != NULL)
		code = cache_flush(store, err);
	if (code == ERR_OK)
		code = db_exec(store, "COMMIT", err);
	store->in_tx = false;
	if (code == ERR_OK)
		return ERR_OK;
	if (store->cache != NULL)
		cache_forget(store);
	if (sqlite3_get_autocommit(store->db) == 0)
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	return code;
}

enum err store_tx(struct store *store, store_fn fn, void *ctx, struct error *err)
{
	enum err code;

	if (store->in_tx)
		return fn(store, ctx, err);
	code = run_once(store, fn, ctx, err);
	if (code == ERR_BUSY) /* a lock that a reader held at the commit: once more */
		code = run_once(store, fn, ctx, err);
	return code;
}

enum err store_read_begin(struct store *store, struct error *err)
{
	return db_exec(store, "BEGIN", err);
}

void store_read_end(struct store *store)
{
	if (sqlite3_get_autocommit(store->db) == 0)
		sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
}

int64_t store_data_version(struct store *store)
{
	sqlite3_stmt *stmt;
	bool row = false;
	int64_t version = 0;

	if (db_stmt(store, "PRAGMA data_version", &stmt, NULL) != ERR_OK)
		return 0;
	if (db_row(store, stmt, &row, NULL) == ERR_OK && row)
		version = db_col_int(stmt, 0);
	db_done(stmt);
	return version;
}

enum err store_check(struct store *store, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, "PRAGMA integrity_check(20)", &stmt, err);

	if (code == ERR_OK)
		code = db_row(store, stmt, &row, err);
	if (code == ERR_OK && row) {
		const char *said = (const char *)sqlite3_column_text(stmt, 0);
		if (said == NULL || strcmp(said, "ok") != 0)
			code = error_set(err, ERR_CORRUPT, "%s: %s", store->path,
					 said != NULL ? said : "?");
	}
	if (row)
		db_done(stmt);
	return code;
}

/* ---- small values ---- */

static const char META_GET[] = "SELECT value FROM meta WHERE key = :key";
static const char META_SET[] = "INSERT OR REPLACE INTO meta (key, value) VALUES (:key, :value)";
static const char META_DEL[] = "DELETE FROM meta WHERE key = :key";

void store_meta_begin(struct store *store)
{
	store->unread = ERR_OK;
}

enum err store_meta_end(struct store *store, struct error *err)
{
	return all_was_read(store, err);
}

static sqlite3_stmt *meta_row(struct store *store, const char *key)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, META_GET, &stmt, NULL);

	if (code == ERR_OK) {
		db_text(stmt, ":key", key);
		code = db_row(store, stmt, &row, NULL);
	}
	if (code != ERR_OK)
		store->unread = code;
	return row ? stmt : NULL;
}

int64_t store_meta_int(struct store *store, const char *key)
{
	sqlite3_stmt *stmt = meta_row(store, key);
	int64_t value = 0;

	if (stmt != NULL) {
		value = db_col_int(stmt, 0);
		db_done(stmt);
	}
	return value;
}

bool store_meta_text(struct store *store, const char *key, char *buf, unsigned long size)
{
	sqlite3_stmt *stmt = meta_row(store, key);
	const char *text;
	bool found = false;

	buf[0] = '\0';
	if (stmt == NULL)
		return false;
	text = (const char *)sqlite3_column_text(stmt, 0);
	if (text != NULL)
		found = str_copy(buf, size, text);
	db_done(stmt);
	return found;
}

enum err store_meta_set_int(struct store *store, const char *key, int64_t value, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, META_SET, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":key", key);
	db_int(stmt, ":value", value);
	return db_run(store, stmt, err);
}

enum err store_meta_set(struct store *store, const char *key, const char *text, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, text != NULL ? META_SET : META_DEL, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":key", key);
	if (text != NULL)
		db_text(stmt, ":value", text);
	return db_run(store, stmt, err);
}
