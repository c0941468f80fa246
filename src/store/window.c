/* The window: which closed incidents the cache keeps. */
#include <config.h>

#include "zhiban/store/cache.h"

#include "cache_priv.h"

void cache_window(struct store *store, int64_t keep_after)
{
	store->cache->keep_after = keep_after;
}

bool window_holds(const struct store *store, const void *entity)
{
	const struct incident *incident = entity;
	int64_t ended;

	if (store->cache->keep_after == 0 || incident->head.kind != KIND_INCIDENT || incident->open)
		return true;
	ended = incident->closed_at > incident->moved_at ? incident->closed_at : incident->moved_at;
	return ended >= store->cache->keep_after;
}

static const char VERSION_OF[] = "SELECT version FROM outside WHERE id = :id";

enum err window_version(struct store *store, const struct uuid *id, int64_t *ret_version,
			struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, VERSION_OF, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", id);
	return db_number(store, stmt, ret_version, err);
}

static const char PUT[] = "INSERT OR REPLACE INTO outside (id, version) VALUES (:id, :version)";

enum err window_put(struct store *store, const struct uuid *id, int64_t version, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, PUT, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", id);
	db_int(stmt, ":version", version);
	return db_run(store, stmt, err);
}

static const char FORGET[] = "DELETE FROM outside WHERE id = :id";

enum err window_forget(struct store *store, const struct uuid *id, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, FORGET, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", id);
	return db_run(store, stmt, err);
}

enum err cache_widen(struct store *store, struct error *err)
{
	return db_exec(store, "DELETE FROM outside", err);
}

/* By the index of closed_at; imports may say so later than their last move. */
static const char AGED[] = "SELECT id, version FROM incident WHERE closed_at < :before AND "
			   "moved_at < :before AND open IS NULL LIMIT :n";

enum err cache_prune(struct store *store, size_t n, bool *ret_left, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct {
		struct uuid id;
		int64_t version;
	} *aged = arena_array(&arena, n + 1, sizeof *aged);
	sqlite3_stmt *stmt;
	size_t found = 0;
	bool row;
	enum err code = db_stmt(store, AGED, &stmt, err);

	if (code == ERR_OK) {
		db_int(stmt, ":before", store->cache->keep_after);
		db_int(stmt, ":n", (int64_t)n);
	}
	while (code == ERR_OK && (code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		aged[found].version = db_col_int(stmt, 1);
		found += db_col_uuid(stmt, 0, &aged[found].id);
	}
	for (size_t i = 0; i < found && code == ERR_OK; i++) {
		code = cache_drop(store, KIND_INCIDENT, &aged[i].id, err);
		if (code == ERR_OK)
			code = window_put(store, &aged[i].id, aged[i].version, err);
	}
	if (code == ERR_OK)
		*ret_left = found == n;
	arena_release(&arena);
	return code;
}
