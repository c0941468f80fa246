/* The window: which closed incidents the cache keeps, and which swaps, handovers, records of the
 * log, rosters, meetings with their items and tasks. */
#include <config.h>

#include "zhiban/store/cache.h"

#include "cache_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/handover.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/swap.h"

void cache_window(struct store *store, int64_t keep_after)
{
	store->cache->keep_after = keep_after;
}

/* Ledgers look back a year (domain/ledger.h): rosters stay 13 months longer than the rest. */
#define ROSTER_MS (INT64_C(396) * DAY_MS)
/* So do meetings and what came of them: minutes are numbered by the year, rates are told by the
 * year. */
#define MEETING_MS (INT64_C(396) * DAY_MS)

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t meeting_ended_at(const void *entity)
{
	const struct meeting *meeting = entity;
	const struct item *item = entity;
	const struct action *action = entity;

	switch (meeting->head.kind) {
	case KIND_MEETING:
		return meeting->open ? INT64_MAX
				     : later(meeting->moved_at, meeting->starts) + MEETING_MS;
	case KIND_ITEM:
		return item->open ? INT64_MAX : later(item->settled_at, item->brought_at) + MEETING_MS;
	case KIND_ACTION:
		return action->open ? INT64_MAX
				    : later(action->closed_at, action->moved_at) + MEETING_MS;
	default:
		return INT64_MAX;
	}
}

/* Until when it counts as if it were open; INT64_MAX: for ever. */
static int64_t ended_at(const void *entity)
{
	const struct entity *head = entity;
	const struct incident *incident = entity;
	const struct swap *swap = entity;
	const struct handover *handover = entity;
	const struct record *record = entity;

	if (head->kind == KIND_INCIDENT && !incident->open)
		return later(incident->closed_at, incident->moved_at);
	if (head->kind == KIND_SWAP && !swap->open)
		return swap->decided_at;
	if (head->kind == KIND_HANDOVER && !handover->open)
		return later(handover->in_at, handover->third_at);
	if (head->kind == KIND_RECORD && !record->open)
		return later(record->happened_at, record->written_at);
	if (head->kind == KIND_ROSTER)
		return ((const struct roster *)entity)->ends + ROSTER_MS;
	return meeting_ended_at(entity);
}

bool window_holds(const struct store *store, const void *entity)
{
	return store->cache->keep_after == 0 || ended_at(entity) >= store->cache->keep_after;
}

bool window_has(enum kind kind)
{
	return kind == KIND_INCIDENT || kind == KIND_SWAP || kind == KIND_HANDOVER ||
	       kind == KIND_RECORD || kind == KIND_ROSTER || kind == KIND_MEETING ||
	       kind == KIND_ITEM || kind == KIND_ACTION;
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

static const struct {
	enum kind kind;
	const char *sql;
	int64_t longer;
} aged_rows[] = {
	/* by the index of closed_at; imports may say so later than their last move */
	{ KIND_INCIDENT, "SELECT id, version FROM incident WHERE closed_at < :before AND "
			 "moved_at < :before AND open IS NULL LIMIT :n", 0 },
	{ KIND_SWAP, "SELECT id, version FROM swap WHERE open IS NULL AND asked_at < :before AND "
		     "decided_at < :before LIMIT :n", 0 },
	{ KIND_HANDOVER, "SELECT id, version FROM handover WHERE prepared_at < :before AND "
			 "in_at < :before AND open IS NULL AND "
			 "(third_at IS NULL OR third_at < :before) LIMIT :n", 0 },
	{ KIND_RECORD, "SELECT id, version FROM record WHERE happened_at < :before AND "
		       "written_at < :before AND open IS NULL LIMIT :n", 0 },
	{ KIND_ROSTER, "SELECT id, version FROM roster WHERE starts < :before AND ends < :before "
		       "LIMIT :n", ROSTER_MS },
	{ KIND_MEETING, "SELECT id, version FROM meeting WHERE open IS NULL AND moved_at < :before "
			"AND (starts IS NULL OR starts < :before) LIMIT :n", MEETING_MS },
	{ KIND_ITEM, "SELECT id, version FROM item WHERE open IS NULL AND brought_at < :before AND "
		     "(settled_at IS NULL OR settled_at < :before) LIMIT :n", MEETING_MS },
	{ KIND_ACTION, "SELECT id, version FROM action WHERE open IS NULL AND moved_at < :before AND "
		       "(closed_at IS NULL OR closed_at < :before) LIMIT :n", MEETING_MS },
};

static enum err prune_kind(struct store *store, size_t which, size_t n, bool *ret_left,
			   struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct {
		struct uuid id;
		int64_t version;
	} *aged = arena_array(&arena, n + 1, sizeof *aged);
	sqlite3_stmt *stmt;
	size_t found = 0;
	bool row;
	enum err code = db_stmt(store, aged_rows[which].sql, &stmt, err);

	if (code == ERR_OK) {
		db_int(stmt, ":before", store->cache->keep_after - aged_rows[which].longer);
		db_int(stmt, ":n", (int64_t)n);
	}
	while (code == ERR_OK && (code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		aged[found].version = db_col_int(stmt, 1);
		found += db_col_uuid(stmt, 0, &aged[found].id);
	}
	for (size_t i = 0; i < found && code == ERR_OK; i++) {
		code = cache_drop(store, aged_rows[which].kind, &aged[i].id, err);
		if (code == ERR_OK)
			code = window_put(store, &aged[i].id, aged[i].version, err);
	}
	if (code == ERR_OK)
		*ret_left = *ret_left || found == n;
	arena_release(&arena);
	return code;
}

enum err cache_prune(struct store *store, size_t n, bool *ret_left, struct error *err)
{
	bool left = false;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(aged_rows); i++)
		code = prune_kind(store, i, n, &left, err);
	if (code == ERR_OK)
		*ret_left = left;
	return code;
}
