#include <config.h>

#include "zhiban/store/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
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
	int64_t number = 0;
	enum err code = db_stmt(store, "PRAGMA user_version", &stmt, err);

	if (code == ERR_OK)
		code = db_number(store, stmt, &number, err);
	if (code == ERR_OK)
		*ret_version = (int32_t)number;
	return code;
}

enum err cache_remove(const char *dir, struct error *err)
{
	/* the file first: beside an empty one SQLite passes over what is left of the others */
	static const char *const names[] = { "cache.db", "cache.db-journal", "cache.db-wal",
					     "cache.db-shm" };
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

/* Single changes need few pages; while more comes in, cache_bulk takes many. */
#define FEW_PAGES "PRAGMA cache_size = -2000"

/* A file of this schema, or ERR_VERSION (another one), or what is wrong with it. */
static enum err open_writer(const char *path, const char *sql, struct store **ret_store,
			    struct error *err)
{
	static const char setup[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
				    FEW_PAGES "; PRAGMA wal_autocheckpoint = 2000; "
				    "PRAGMA secure_delete = FAST";
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

/* The beginning of the file says of how many pages it is, and they are not there: a copy that was
 * cut short.  SQLite finds out only when it comes to one of them.  What lies in the log beside it
 * does not count here. */
static bool is_cut_short(const char *path)
{
	enum { HEADER = 100, PAGE_SIZE = 16, CHANGES = 24, PAGES = 28, CHANGES_THEN = 92 };
	uint8_t head[HEADER];
	struct str log = STR_INIT;
	struct stat st;
	uint64_t pages, size;
	int fd;
	bool known;

	str_addf(&log, "%s-wal", path);
	known = stat(str_get(&log), &st) != 0 || st.st_size == 0;
	str_release(&log);
	fd = known ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (fd < 0)
		return false;
	known = pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head && fstat(fd, &st) == 0 &&
		memcmp(head + CHANGES, head + CHANGES_THEN, 4) == 0;
	close(fd);
	if (!known)
		return false;
	size = (uint64_t)head[PAGE_SIZE] << 8 | head[PAGE_SIZE + 1];
	pages = (uint64_t)head[PAGES] << 24 | (uint64_t)head[PAGES + 1] << 16 |
		(uint64_t)head[PAGES + 2] << 8 | head[PAGES + 3];
	return pages * (size == 1 ? 65536 : size) > (uint64_t)st.st_size;
}

/* A disk that is read-only: no writer is there, and the files beside that readers share with one
 * cannot be made. */
static bool is_frozen(const char *path)
{
	struct statvfs at;
	struct str log = STR_INIT;
	bool frozen;

	str_addf(&log, "%s-wal", path); /* what it holds would not be seen */
	frozen = statvfs(path, &at) == 0 && (at.f_flag & ST_RDONLY) != 0 &&
		 !file_exists(str_get(&log));
	str_release(&log);
	return frozen;
}

static enum err open_reader(const char *path, const char *sql, struct store **ret_store,
			    struct error *err)
{
	struct store *store;
	int32_t version = 0;
	enum err code = db_open(path, is_frozen(path) ? DB_READ_ONLY | DB_FROZEN : DB_READ_ONLY,
				&store, err);

	if (code != ERR_OK)
		return code;
	code = db_exec(store, FEW_PAGES "; PRAGMA temp_store = MEMORY", err);
	if (code == ERR_OK)
		code = version_of(store, &version, err);
	if (code == ERR_OK && version != schema_version(sql))
		code = error_set(err, ERR_NOT_FOUND, _("%s: no cache of this version yet"), path);
	if (code == ERR_DENIED) /* a writer died while he made it: the next one puts it right */
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
		code = is_cut_short(path) ? error_set(err, ERR_CORRUPT, _("%s: cut short"), path)
					  : open_writer(path, str_get(&sql), &store, err);
		if (code == ERR_VERSION || code == ERR_CORRUPT) {
			code = cache_remove(dir, err);
			if (code == ERR_OK)
				code = open_writer(path, str_get(&sql), &store, err);
		}
	}
	if (code == ERR_OK) {
		store->cache = cache_state_new();
		code = page_functions(store, err);
		if (code != ERR_OK)
			store_close(store);
		else
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

	return code == ERR_OK && !on ? cache_rest(store, err) : code;
}

enum err cache_rest(struct store *store, struct error *err)
{
	return db_exec(store, FEW_PAGES "; PRAGMA shrink_memory", err);
}

static enum err settle(struct store *store, void *ctx, struct error *err)
{
	(void)ctx;
	return store_meta_set_int(store, "settled", store_meta_int(store, "settled") + 1, err);
}

/* A commit that syncs the log syncs all that came before it. */
enum err cache_settle(struct store *store, struct error *err)
{
	enum err code = db_exec(store, "PRAGMA synchronous = FULL", err);

	if (code == ERR_OK)
		code = store_tx(store, settle, NULL, err);
	if (code == ERR_OK)
		code = db_exec(store, "PRAGMA synchronous = NORMAL", err);
	return code;
}

static const char CLEAR[] =
	"DELETE FROM line; DELETE FROM logline; DELETE FROM tally; DELETE FROM stand; "
	"DELETE FROM deadline; DELETE FROM outside; "
	"DELETE FROM gram; DELETE FROM gram_part; DELETE FROM unsearched; "
	"DELETE FROM meta WHERE key IN ('epoch', 'cursor', 'snapshot', "
	"'snapshot_seq', 'usable', 'complete', 'searched', 'log_from')";

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
	store->cache->search_known = false;
	store->cache->search_turn++;
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

bool cache_has_order(struct store *store, const struct field *field)
{
	struct str name = STR_INIT;
	bool there = true;

	str_addf(&name, "incident_%s", field->sql);
	if (has_index(store, str_get(&name), &there, NULL) != ERR_OK)
		there = true; /* whoever reads the page learns what is wrong */
	str_release(&name);
	return there;
}

struct stopping {
	stop_fn stop;
	void *ctx;
};

static int has_to_stop(void *ctx)
{
	const struct stopping *stopping = ctx;

	return stopping->stop != NULL && stopping->stop(stopping->ctx);
}

/* Sorts a million keys in files, not in memory; ends early when it has to stop. */
static enum err make_index(struct store *store, const char *sql, struct stopping *stopping,
			   struct error *err)
{
	enum { STEPS = 10000 };
	enum err code = db_exec(store, "PRAGMA temp_store = FILE; " FEW_PAGES, err);

	if (code != ERR_OK)
		return code;
	sqlite3_progress_handler(store->db, STEPS, has_to_stop, stopping);
	code = db_exec(store, sql, err);
	sqlite3_progress_handler(store->db, 0, NULL, NULL);
	if (code != ERR_OK && has_to_stop(stopping))
		code = ERR_OK;
	return code;
}

enum err cache_index(struct store *store, stop_fn stop, void *ctx, size_t *ret_left,
		     struct error *err)
{
	struct stopping stopping = { stop, ctx };
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
		code = make_index(store, str_get(&make), &stopping, err);
		left--;
	}
	if (code == ERR_OK && left == 0)
		code = cache_rest(store, err);
	str_release(&name);
	str_release(&sql);
	str_release(&make);
	if (code == ERR_OK)
		*ret_left = left;
	return code;
}
