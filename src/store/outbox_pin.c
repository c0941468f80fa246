#include <config.h>

#include "zhiban/store/outbox_pin.h"

#include "zhiban/base/i18n.h"

#include "db_priv.h"

#define DAY_MS INT64_C(86400000)

struct pin {
	const char *officer, *hash;
	int64_t at;
};

static enum err put(struct store *store, void *ctx, struct error *err)
{
	const struct pin *pin = ctx;
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store,
				"INSERT OR REPLACE INTO pin (officer, hash, at) "
				"VALUES (:officer, :hash, :at)",
				&stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", pin->officer);
	db_text(stmt, ":hash", pin->hash);
	db_int(stmt, ":at", pin->at);
	code = db_run(store, stmt, err);
	if (code == ERR_OK)
		code = db_stmt(store, "DELETE FROM pin WHERE at < :before", &stmt, err);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":before", pin->at - PIN_KEPT_DAYS * DAY_MS);
	return db_run(store, stmt, err);
}

enum err outbox_pin_put(struct store *store, const char *officer, const char *hash, int64_t now,
			struct error *err)
{
	struct pin pin = { officer, hash, now };

	return store_tx(store, put, &pin, err);
}

static enum err drop(struct store *store, void *ctx, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, "DELETE FROM pin WHERE officer = :officer", &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", ctx);
	return db_run(store, stmt, err);
}

enum err outbox_pin_drop(struct store *store, const char *officer, struct error *err)
{
	return store_tx(store, drop, (void *)officer, err);
}

enum err outbox_pin_get(struct store *store, const char *officer, struct arena *arena,
			const char **ret_hash, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row;
	enum err code = db_stmt(store, "SELECT hash FROM pin WHERE officer = :officer", &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":officer", officer);
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	if (!row)
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("this console does not know this officer's PIN"));
	*ret_hash = db_col_text(stmt, 0, arena);
	db_done(stmt);
	return ERR_OK;
}

static const char SEATS[] =
	"SELECT pin.officer, author.org, author.role, pin.officer = ifnull((SELECT value FROM meta "
	"WHERE key = 'officer'), '') FROM pin JOIN author ON author.officer = pin.officer "
	"ORDER BY pin.at DESC, pin.officer LIMIT :most";

enum err outbox_seats(struct store *store, struct arena *arena, struct outbox_seat **ret_seats,
		      size_t *ret_n, struct error *err)
{
	enum { MOST = 32 };
	struct outbox_seat *seats = arena_array(arena, MOST, sizeof *seats);
	sqlite3_stmt *stmt;
	size_t n = 0;
	bool row;
	enum err code = db_stmt(store, SEATS, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":most", MOST);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		seats[n++] = (struct outbox_seat){ .officer = db_col_text(stmt, 0, arena),
						   .org = db_col_text(stmt, 1, arena),
						   .role = db_col_text(stmt, 2, arena),
						   .current = db_col_int(stmt, 3) != 0 };
	}
	if (code != ERR_OK)
		return code;
	*ret_seats = seats;
	*ret_n = n;
	return ERR_OK;
}

/* ---- the lock ---- */

enum err outbox_lock_get(struct store *store, struct outbox_lock *ret_lock, struct error *err)
{
	struct outbox_lock lock;
	enum err code;

	store_meta_begin(store);
	lock.locked = store_meta_int(store, "locked") != 0;
	lock.wrong = (unsigned)store_meta_int(store, "wrong");
	lock.wrong_at = store_meta_int(store, "wrong_at");
	code = store_meta_end(store, err);
	if (code == ERR_OK)
		*ret_lock = lock;
	return code;
}

static enum err set_lock(struct store *store, void *ctx, struct error *err)
{
	const struct outbox_lock *lock = ctx;
	enum err code = lock->locked ? store_meta_set_int(store, "locked", 1, err) :
				       store_meta_set(store, "locked", NULL, err);

	if (code == ERR_OK)
		code = lock->wrong ? store_meta_set_int(store, "wrong", lock->wrong, err) :
				     store_meta_set(store, "wrong", NULL, err);
	if (code == ERR_OK)
		code = lock->wrong ? store_meta_set_int(store, "wrong_at", lock->wrong_at, err) :
				     store_meta_set(store, "wrong_at", NULL, err);
	return code;
}

enum err outbox_lock_set(struct store *store, const struct outbox_lock *lock, struct error *err)
{
	return store_tx(store, set_lock, (void *)lock, err);
}
