/* What becomes of acts: sent, answered, folded, or to be sent again. */
#include <config.h>

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "outbox_priv.h"

enum err outbox_change(struct store *store, struct outbox_change *change, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, change->sql, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":a", change->a);
	db_int(stmt, ":b", change->b);
	if (change->id != NULL)
		db_uuid(stmt, ":id", change->id);
	code = db_run(store, stmt, err);
	change->changed = code == ERR_OK ? (size_t)sqlite3_changes64(store->db) : 0;
	return code;
}

/* ---- answers ---- */

static const char ANSWER[] =
	"UPDATE act SET state = :state, seq = :seq, version = :version, "
	"number = coalesce(:number, number), "
	"note = :note, code = :code, sentence = :sentence, theirs = :theirs "
	"WHERE id = :id AND state < 2";
static const char SAID[] = "INSERT OR REPLACE INTO said (act, officer, org, verb, at, seq) "
			   "VALUES (:id, :officer, :org, :verb, :at, :seq)";

static enum err say(struct store *store, const struct outbox_answer *answer, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, SAID, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", &answer->id);
	db_text(stmt, ":officer", answer->by.officer);
	db_text(stmt, ":org", answer->by.org);
	db_text(stmt, ":verb", answer->by.verb);
	db_int(stmt, ":at", answer->by.at);
	db_int(stmt, ":seq", answer->by.seq);
	return db_run(store, stmt, err);
}

static enum err answer_one(struct store *store, const struct outbox_answer *answer,
			   struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, ANSWER, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":state", answer->refused ? ACT_REFUSED : ACT_ANSWERED);
	db_int(stmt, ":seq", answer->seq);
	db_int(stmt, ":version", answer->version);
	db_text(stmt, ":number", answer->number);
	db_text(stmt, ":note", answer->note);
	db_text(stmt, ":code", answer->code);
	db_text(stmt, ":sentence", answer->sentence);
	if (answer->theirs != NULL)
		db_blob(stmt, ":theirs", answer->theirs, answer->theirs_len);
	db_uuid(stmt, ":id", &answer->id);
	code = db_run(store, stmt, err);
	if (code == ERR_OK && sqlite3_changes64(store->db) > 0 && answer->by.officer != NULL)
		code = say(store, answer, err);
	return code;
}

struct answers {
	const struct outbox_answer *items;
	size_t n;
};

static enum err answer_all(struct store *store, void *ctx, struct error *err)
{
	const struct answers *answers = ctx;
	enum err code = ERR_OK;

	for (size_t i = 0; i < answers->n && code == ERR_OK; i++)
		code = answer_one(store, &answers->items[i], err);
	return code;
}

enum err outbox_answers(struct store *store, const struct outbox_answer *answers, size_t n,
			struct error *err)
{
	struct answers ctx = { answers, n };

	return store_tx(store, answer_all, &ctx, err);
}

static const char MARK_SENT[] = "UPDATE act SET state = 1 WHERE state = 0 AND n >= :a AND n <= :b";

static enum err mark_sent(struct store *store, void *ctx, struct error *err)
{
	return outbox_change(store, ctx, err);
}

enum err outbox_mark_sent(struct store *store, int64_t from_n, int64_t to_n, struct error *err)
{
	struct outbox_change change = { .sql = MARK_SENT, .a = from_n, .b = to_n };

	return store_tx(store, mark_sent, &change, err);
}

struct leaving {
	const struct outbox_leaving *acts;
	size_t n;
};

static const char STATE[] = "SELECT state FROM act WHERE id = :id AND n = :n";

static enum err leave_one(struct store *store, const struct outbox_leaving *act, struct error *err)
{
	struct outbox_change change = { .sql = MARK_SENT, .a = act->n, .b = act->n };
	enum act_state state = ACT_REFUSED;
	sqlite3_stmt *stmt;
	bool there = false;
	enum err code = db_stmt(store, STATE, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", &act->id);
	db_int(stmt, ":n", act->n);
	code = db_row(store, stmt, &there, err);
	if (code == ERR_OK && there) {
		state = (enum act_state)db_col_int(stmt, 0);
		db_done(stmt);
	}
	if (code == ERR_OK && state > ACT_SENT)
		code = error_set(err, ERR_GONE, "%s", _("that act does not wait any more"));
	return code == ERR_OK && state == ACT_PENDING ? outbox_change(store, &change, err) : code;
}

static enum err leave_all(struct store *store, void *ctx, struct error *err)
{
	const struct leaving *leaving = ctx;
	enum err code = ERR_OK;

	for (size_t i = 0; i < leaving->n && code == ERR_OK; i++)
		code = leave_one(store, &leaving->acts[i], err);
	return code;
}

enum err outbox_leave(struct store *store, const struct outbox_leaving *acts, size_t n,
		      struct error *err)
{
	struct leaving leaving = { acts, n };

	return store_tx(store, leave_all, &leaving, err);
}

/* ---- folded ---- */

static const char FOLDABLE[] = "SELECT 1 FROM act WHERE state = 2 AND seq <= :seq LIMIT 1";
static const char KEEP[] =
	"INSERT OR REPLACE INTO kept (n, id, target, officer, at, body, seq, version, number, "
	"note, folded_at, unread) SELECT n, id, target, officer, at, body, seq, version, number, "
	"note, :b, ifnull(note, '') <> '' FROM act WHERE state = 2 AND seq <= :a";
static const char FORGET_SEEN[] =
	"DELETE FROM seen WHERE act IN (SELECT id FROM act WHERE state = 2 AND seq <= :a "
	"AND ifnull(note, '') = '')";
static const char FOLD[] = "DELETE FROM act WHERE state = 2 AND seq <= :a";
/* A few at a time, from the oldest; :b the moment, :a how many stay. */
static const char FORGET_KEPT[] =
	"DELETE FROM kept WHERE n IN (SELECT n FROM kept WHERE unread = 0 ORDER BY n LIMIT 200) "
	"AND (folded_at < :b OR n <= (SELECT max(n) FROM kept) - :a)";

struct fold {
	int64_t seq, now;
	size_t folded;
};

static enum err fold(struct store *store, void *ctx, struct error *err)
{
	struct fold *fold = ctx;
	struct outbox_change steps[] = {
		{ .sql = KEEP, .a = fold->seq, .b = fold->now },
		{ .sql = FORGET_SEEN, .a = fold->seq },
		{ .sql = FORGET_KEPT, .a = KEPT_MOST, .b = fold->now - KEPT_DAYS * DAY_MS },
		{ .sql = FOLD, .a = fold->seq },
	};
	enum err code = ERR_OK;

	for (size_t i = 0; i < ARRAY_LEN(steps) && code == ERR_OK; i++)
		code = outbox_change(store, &steps[i], err);
	fold->folded = steps[ARRAY_LEN(steps) - 1].changed;
	return code;
}

enum err outbox_foldable(struct store *store, int64_t seq, bool *ret_any, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, FOLDABLE, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":seq", seq);
	code = db_row(store, stmt, &row, err);
	if (row)
		db_done(stmt);
	if (code == ERR_OK)
		*ret_any = row;
	return code;
}

enum err outbox_fold(struct store *store, int64_t seq, int64_t now, size_t *ret_n,
		     struct error *err)
{
	struct fold ctx = { seq, now, 0 };
	bool any = false;
	enum err code = outbox_foldable(store, seq, &any, err);

	if (code == ERR_OK && any) /* nothing is written when there is nothing to fold */
		code = store_tx(store, fold, &ctx, err);
	if (code == ERR_OK)
		*ret_n = ctx.folded;
	return code;
}

/* ---- again ---- */

static const char KNOWN[] = "SELECT (SELECT count(*) FROM act WHERE n >= :from) + "
			    "(SELECT count(*) FROM kept WHERE n >= :from)";
static const char UNANSWER[] = "UPDATE act SET state = 0, seq = NULL, version = NULL, "
			       "number = NULL, note = NULL WHERE state IN (1, 2) AND n >= :a";
static const char UNFOLD[] =
	"INSERT INTO act (n, id, target, officer, at, body, state) "
	"SELECT n, id, target, officer, at, body, 0 FROM kept WHERE n >= :a AND " KEPT_ACT;
static const char UNKEEP[] = "DELETE FROM kept WHERE n >= :a AND " KEPT_ACT;

struct resend {
	int64_t from, missing;
};

static enum err resend(struct store *store, void *ctx, struct error *err)
{
	struct resend *again = ctx;
	struct outbox_change steps[] = {
		{ .sql = UNANSWER, .a = again->from },
		{ .sql = UNFOLD, .a = again->from },
		{ .sql = UNKEEP, .a = again->from },
	};
	int64_t given = store_meta_int(store, "n") - again->from + 1;
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, KNOWN, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":from", again->from);
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	again->missing = given - db_col_int(stmt, 0);
	db_done(stmt);
	for (size_t i = 0; i < ARRAY_LEN(steps) && code == ERR_OK; i++)
		code = outbox_change(store, &steps[i], err);
	return code;
}

enum err outbox_resend(struct store *store, int64_t from_n, int64_t *ret_missing,
		       struct error *err)
{
	struct resend ctx = { from_n > 0 ? from_n : 1, 0 };
	enum err code = store_tx(store, resend, &ctx, err);

	if (code == ERR_OK)
		*ret_missing = ctx.missing > 0 ? ctx.missing : 0;
	return code;
}
