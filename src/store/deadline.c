/* What runs out of all that is cached (domain/deadline.h): a table beside the entities, kept with
 * every write of one, so that the screen of deadlines is a range of its index. */
#include <config.h>

#include "zhiban/store/deadline.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "cache_priv.h"

enum { TIE_BITS = 60 }; /* some are left above for rows that are nowhere yet */

/* As random as the ids are; what is made of one id is told apart by its sort. */
int64_t deadline_tie(const struct uuid *entity, const struct deadline *deadline)
{
	uint64_t a, b, c;

	memcpy(&a, entity->b + 8, sizeof a);
	memcpy(&b, deadline->id.b, sizeof b);
	memcpy(&c, deadline->id.b + 8, sizeof c);
	a = (a ^ b) * UINT64_C(0x9e3779b97f4a7c15);
	a = (a ^ a >> 29 ^ c) * UINT64_C(0xbf58476d1ce4e5b9) + (uint64_t)deadline->sort;
	a = (a ^ a >> 32) * UINT64_C(0x94d049bb133111eb);
	return (int64_t)(a >> (64 - TIE_BITS));
}

/* Whose entities have something that runs out, and which of them do; what a row says of one.  Of those
 * behind the whistles it is made of the entity itself. */
static const struct {
	enum kind kind;
	const char *running, *of;
} owners[] = {
	{ KIND_INCIDENT,
	  "SELECT id FROM incident WHERE pk IN (SELECT owner FROM incident_clock "
	  "WHERE stopped_at IS NULL AND due IS NOT NULL)",
	  "SELECT id, number, title, street, step, NULL, urgency, address FROM incident "
	  "WHERE pk = :pk" },
	{ KIND_WHISTLE,
	  "SELECT id FROM whistle WHERE pk IN (SELECT owner FROM whistle_clock "
	  "WHERE stopped_at IS NULL AND due IS NOT NULL)",
	  "SELECT id, number, title, street, step, cls, 0, address FROM whistle WHERE pk = :pk" },
	{ KIND_SWAP,
	  "SELECT id FROM swap WHERE open = 1 OR pk IN (SELECT owner FROM swap_behalf "
	  "WHERE signed_at IS NULL AND due IS NOT NULL)",
	  "SELECT id, number, NULL, org, NULL, NULL, 0, NULL FROM swap WHERE pk = :pk" },
	{ KIND_HANDOVER,
	  "SELECT id FROM handover WHERE open = 1 OR pk IN (SELECT owner FROM handover_behalf "
	  "WHERE signed_at IS NULL AND due IS NOT NULL)",
	  "SELECT id, number, NULL, org, NULL, NULL, 0, NULL FROM handover WHERE pk = :pk" },
	{ KIND_RECORD, "SELECT id FROM record WHERE open = 1 AND due IS NOT NULL",
	  "SELECT id, number, title, org, NULL, NULL, 0, NULL FROM record WHERE pk = :pk" },
	{ KIND_ROSTER,
	  "SELECT id FROM roster WHERE pk IN (SELECT owner FROM roster_turn "
	  "WHERE how = 'takeover' AND ok_at IS NULL)",
	  "SELECT id, NULL, NULL, org, NULL, NULL, 0, NULL FROM roster WHERE pk = :pk" },
	{ KIND_MEETING,
	  "SELECT id FROM meeting WHERE pk IN (SELECT owner FROM meeting_clock "
	  "WHERE stopped_at IS NULL AND due IS NOT NULL UNION SELECT owner FROM meeting_behalf "
	  "WHERE signed_at IS NULL AND due IS NOT NULL)",
	  "SELECT id, number, title, org, state, NULL, 0, NULL FROM meeting WHERE pk = :pk" },
	{ KIND_ITEM,
	  "SELECT id FROM item WHERE pk IN (SELECT owner FROM item_paper WHERE sent_at IS NULL "
	  "AND due IS NOT NULL UNION SELECT owner FROM item_behalf "
	  "WHERE signed_at IS NULL AND due IS NOT NULL)",
	  "SELECT id, number, title, org, state, NULL, 0, NULL FROM item WHERE pk = :pk" },
	{ KIND_ACTION,
	  "SELECT id FROM action WHERE pk IN (SELECT owner FROM action_clock "
	  "WHERE stopped_at IS NULL AND due IS NOT NULL UNION SELECT owner FROM action_behalf "
	  "WHERE signed_at IS NULL AND due IS NOT NULL)",
	  "SELECT id, number, title, lead, state, NULL, 0, NULL FROM action WHERE pk = :pk" },
};

static size_t owner_of(enum kind kind)
{
	size_t i = 0;

	while (i < ARRAY_LEN(owners) && owners[i].kind != kind)
		i++;
	return i;
}

bool deadline_has(enum kind kind)
{
	return owner_of(kind) < ARRAY_LEN(owners);
}

/* ---- writing ---- */

static const char PUT[] =
	"INSERT OR REPLACE INTO deadline (due, tie, org, kind, pk, id, sort, clock, about) "
	"VALUES (:due, :tie, :org, :kind, :pk, :id, :sort, :clock, :about)";
static const char WANT[] =
	"INSERT OR REPLACE INTO temp.deadline_want (due, tie, org, kind, pk, id, sort, clock, about) "
	"VALUES (:due, :tie, :org, :kind, :pk, :id, :sort, :clock, :about)";
static const char GONE[] = "DELETE FROM deadline WHERE due = :due AND tie = :tie";

static enum err put(struct store *store, const char *sql, const struct entity *entity, int64_t pk,
		    const struct deadline *deadline, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, sql, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":due", deadline->due);
	db_int(stmt, ":tie", deadline_tie(&entity->id, deadline));
	db_text(stmt, ":org", deadline->org != NULL ? deadline->org : "");
	db_int(stmt, ":kind", entity->kind);
	db_int(stmt, ":pk", pk);
	db_uuid(stmt, ":id", &deadline->id);
	db_int(stmt, ":sort", deadline->sort);
	db_text(stmt, ":clock", deadline->clock);
	if (!uuid_is_nil(&deadline->about))
		db_uuid(stmt, ":about", &deadline->about);
	return db_run(store, stmt, err);
}

static enum err gone(struct store *store, const struct entity *entity,
		     const struct deadline *deadline, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, GONE, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":due", deadline->due);
	db_int(stmt, ":tie", deadline_tie(&entity->id, deadline));
	return db_run(store, stmt, err);
}

static bool same(const struct deadline *a, const struct deadline *b)
{
	return a->due == b->due && a->sort == b->sort && uuid_eq(&a->id, &b->id) &&
	       str_eq(a->org, b->org) && str_eq(a->clock, b->clock) && uuid_eq(&a->about, &b->about);
}

static bool is_among(const struct deadline *deadline, const struct deadline *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (same(deadline, &list[i]))
			return true;
	return false;
}

static enum err change(struct store *store, const void *before, int64_t pk, const void *after,
		       struct error *err)
{
	struct deadline old[DEADLINES_MOST], now[DEADLINES_MOST];
	size_t n_old = before != NULL ? deadlines_of(before, old) : 0;
	size_t n_now = after != NULL ? deadlines_of(after, now) : 0;
	enum err code = ERR_OK;

	for (size_t i = 0; i < n_old && code == ERR_OK; i++)
		if (!is_among(&old[i], now, n_now))
			code = gone(store, before, &old[i], err);
	for (size_t i = 0; i < n_now && code == ERR_OK; i++)
		if (!is_among(&now[i], old, n_old))
			code = put(store, PUT, after, pk, &now[i], err);
	return code;
}

/* All that runs out of incidents and whistles has a clock; nearly all that come in have none. */
static bool may_run_out(const void *entity)
{
	const struct entity *head = entity;
	const struct children *clocks;

	if (head == NULL)
		return false;
	if (head->kind != KIND_INCIDENT && head->kind != KIND_WHISTLE)
		return true;
	clocks = entity_children_const(entity, child_desc(CHILD_CLOCK));
	return clocks == NULL || clocks->n > 0;
}

enum err deadline_change(struct store *store, const void *before, int64_t pk, const void *after,
			 struct error *err)
{
	return may_run_out(before) || may_run_out(after) ? change(store, before, pk, after, err)
							 : ERR_OK;
}

/* ---- reading ---- */

static void add_bits(const struct deadline_ask *ask, struct str *sql)
{
	if (ask->org != NULL)
		str_add(sql, " AND org = :org");
	if (ask->sorts != 0)
		str_add(sql, " AND (:sorts >> sort & 1) = 1");
	if (ask->kinds != 0)
		str_add(sql, " AND (:kinds >> kind & 1) = 1");
}

static void bind_bits(const struct deadline_ask *ask, sqlite3_stmt *stmt)
{
	if (ask->org != NULL)
		db_text(stmt, ":org", ask->org);
	if (ask->sorts != 0)
		db_int(stmt, ":sorts", ask->sorts);
	if (ask->kinds != 0)
		db_int(stmt, ":kinds", ask->kinds);
}

static void read_row(sqlite3_stmt *stmt, struct arena *arena, struct deadline_row *row)
{
	*row = (struct deadline_row){ .tie = db_col_int(stmt, 1),
				      .kind = (enum kind)db_col_int(stmt, 3),
				      .pk = db_col_int(stmt, 4) };
	row->deadline.due = db_col_int(stmt, 0);
	row->deadline.org = db_col_text(stmt, 2, arena);
	if (row->deadline.org != NULL && row->deadline.org[0] == '\0')
		row->deadline.org = NULL;
	if (!db_col_uuid(stmt, 5, &row->deadline.id))
		row->deadline.id = (struct uuid){ { 0 } };
	row->deadline.sort = (enum deadline_sort)db_col_int(stmt, 6);
	row->deadline.clock = db_col_text(stmt, 7, arena);
	if (!db_col_uuid(stmt, 8, &row->deadline.about))
		row->deadline.about = (struct uuid){ { 0 } };
}

/* A file of another program could hold anything. */
static bool is_sane(const struct deadline_row *row)
{
	return deadline_has(row->kind) && row->deadline.sort < DEADLINE_SORTS;
}

enum err cache_deadlines(struct store *store, const struct deadline_ask *ask, struct arena *arena,
			 struct deadline_row *rows, size_t *ret_n, struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	size_t n = 0;
	bool row;
	enum err code;

	str_add(&sql, "SELECT due, tie, org, kind, pk, id, sort, clock, about FROM deadline WHERE ");
	str_add(&sql, ask->back ? "(due, tie) < (:due, :tie) AND due >= :end"
				: "(due, tie) > (:due, :tie) AND due < :end");
	add_bits(ask, &sql);
	str_add(&sql, ask->back ? " ORDER BY due DESC, tie DESC LIMIT :n"
				: " ORDER BY due, tie LIMIT :n");
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":due", ask->due);
	db_int(stmt, ":tie", ask->tie);
	db_int(stmt, ":end", ask->end);
	db_int(stmt, ":n", (int64_t)ask->n);
	bind_bits(ask, stmt);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		read_row(stmt, arena, &rows[n]);
		n += is_sane(&rows[n]);
	}
	if (code == ERR_OK)
		*ret_n = n;
	return code;
}

enum err cache_deadline_count(struct store *store, const struct deadline_ask *ask, int64_t from,
			      int64_t to, int64_t most, int64_t *ret_count, struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	enum err code;

	str_add(&sql, "SELECT count(*) FROM (SELECT 1 FROM deadline WHERE due >= :from AND due < :to");
	add_bits(ask, &sql);
	str_add(&sql, " LIMIT :most)");
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":from", from);
	db_int(stmt, ":to", to);
	db_int(stmt, ":most", most);
	bind_bits(ask, stmt);
	return db_number(store, stmt, ret_count, err);
}

/* ---- of which entity ---- */

enum err cache_deadline_of(struct store *store, enum kind kind, int64_t pk, struct arena *arena,
			   struct deadline_of *ret_of, struct error *err)
{
	struct deadline_of of = { .number = NULL };
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code;

	if (!deadline_has(kind))
		return error_set(err, ERR_NOT_FOUND, "%s", _("it is not here"));
	code = db_stmt(store, owners[owner_of(kind)].of, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":pk", pk);
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	if (!row)
		return error_set(err, ERR_NOT_FOUND, "%s", _("it is not here"));
	if (!db_col_uuid(stmt, 0, &of.id))
		of.id = (struct uuid){ { 0 } };
	of.number = db_col_text(stmt, 1, arena);
	of.title = db_col_text(stmt, 2, arena);
	of.street = db_col_text(stmt, 3, arena);
	of.step = db_col_text(stmt, 4, arena);
	of.cls = db_col_text(stmt, 5, arena);
	of.urgency = db_col_int(stmt, 6);
	of.address = db_col_text(stmt, 7, arena);
	db_done(stmt);
	*ret_of = of;
	return ERR_OK;
}

enum err cache_light_at(struct store *store, enum kind kind, int64_t pk, struct arena *arena,
			void **ret_entity, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = entity_stmt(store, MADE_ROW_AT, kind, NULL, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":tie", pk);
	code = db_row(store, stmt, &row, err);
	if (code == ERR_OK && !row)
		code = error_set(err, ERR_NOT_FOUND, "%s", _("it is not here"));
	if (code != ERR_OK)
		return code;
	entity_read(store, stmt, 3, kind, true, arena, ret_entity);
	db_done(stmt);
	return ERR_OK;
}

enum err cache_get_at(struct store *store, enum kind kind, const struct uuid *id,
		      struct arena *arena, void **ret_entity, int64_t *ret_pk, struct error *err)
{
	void *entity = NULL;
	enum err code = entity_load(store, kind, id, arena, &entity, ret_pk, err);

	if (code == ERR_OK && entity == NULL)
		code = error_set(err, ERR_NOT_FOUND, "%s", _("it is not here"));
	if (code == ERR_OK)
		*ret_entity = entity;
	return code;
}

static const char NEXT_ORG[] =
	"SELECT org FROM deadline WHERE org > :org ORDER BY org LIMIT 1";

enum err cache_deadline_orgs(struct store *store, struct arena *arena, const char ***ret_orgs,
			     size_t *ret_n, struct error *err)
{
	struct deadline_ask nobodys = { .org = "" };
	const char **orgs = NULL;
	const char *org = "";
	size_t n = 0, cap = 0;
	int64_t some = 0;
	sqlite3_stmt *stmt;
	enum err code = cache_deadline_count(store, &nobodys, INT64_MIN, INT64_MAX, 1, &some, err);

	if (code == ERR_OK && some > 0) {
		MEM_GROW(orgs, n, cap);
		orgs[n++] = org;
	}
	while (code == ERR_OK && org != NULL &&
	       (code = db_stmt(store, NEXT_ORG, &stmt, err)) == ERR_OK) {
		bool row = false;

		db_text(stmt, ":org", org);
		code = db_row(store, stmt, &row, err);
		org = NULL;
		if (code == ERR_OK && row) {
			org = db_col_text(stmt, 0, arena);
			db_done(stmt);
			MEM_GROW(orgs, n, cap);
			orgs[n++] = org;
		}
	}
	if (code == ERR_OK) {
		*ret_orgs = n > 0 ? arena_dup(arena, orgs, n * sizeof *orgs) : NULL;
		*ret_n = n;
	}
	free(orgs);
	return code;
}

/* ---- anew ---- */

static enum err want_of(struct store *store, enum kind kind, const struct uuid *id,
			struct arena *arena, struct error *err)
{
	struct deadline list[DEADLINES_MOST];
	void *entity = NULL;
	int64_t pk = 0;
	size_t n;
	enum err code = entity_load(store, kind, id, arena, &entity, &pk, err);

	if (code != ERR_OK || entity == NULL)
		return code;
	n = deadlines_of(entity, list);
	for (size_t i = 0; i < n && code == ERR_OK; i++)
		code = put(store, WANT, entity, pk, &list[i], err);
	return code;
}

static enum err want_kind(struct store *store, enum kind kind, struct error *err)
{
	struct arena arena = ARENA_INIT;
	sqlite3_stmt *stmt;
	bool row;
	enum err code = db_stmt(store, owners[owner_of(kind)].running, &stmt, err);

	while (code == ERR_OK && (code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		struct uuid id;

		if (db_col_uuid(stmt, 0, &id))
			code = want_of(store, kind, &id, &arena, err);
		if (code != ERR_OK)
			db_done(stmt);
		arena_reset(&arena);
	}
	arena_release(&arena);
	return code;
}

static const char WANT_TABLE[] =
	"CREATE TEMP TABLE IF NOT EXISTS deadline_want (due INTEGER NOT NULL, "
	"tie INTEGER NOT NULL, org TEXT NOT NULL, kind INTEGER NOT NULL, pk INTEGER NOT NULL, "
	"id BLOB NOT NULL, sort INTEGER NOT NULL, clock TEXT, about BLOB, "
	"PRIMARY KEY (due, tie)) WITHOUT ROWID; DELETE FROM temp.deadline_want";
static const char WRONG[] =
	"SELECT (SELECT count(*) FROM (SELECT * FROM main.deadline EXCEPT "
	"SELECT * FROM temp.deadline_want)) + (SELECT count(*) FROM "
	"(SELECT * FROM temp.deadline_want EXCEPT SELECT * FROM main.deadline))";
static const char MEND[] = "DELETE FROM main.deadline; INSERT INTO main.deadline "
			   "SELECT * FROM temp.deadline_want";

enum err cache_deadlines_check(struct store *store, bool mend, int64_t *ret_wrong,
			       struct error *err)
{
	sqlite3_stmt *stmt;
	int64_t wrong = 0;
	enum err code = db_exec(store, WANT_TABLE, err);

	for (size_t i = 0; i < ARRAY_LEN(owners) && code == ERR_OK; i++)
		code = want_kind(store, owners[i].kind, err);
	if (code == ERR_OK)
		code = db_stmt(store, WRONG, &stmt, err);
	if (code == ERR_OK)
		code = db_number(store, stmt, &wrong, err);
	if (code == ERR_OK && mend && wrong > 0)
		code = db_exec(store, MEND, err);
	if (code == ERR_OK)
		code = db_exec(store, "DELETE FROM temp.deadline_want", err);
	if (code == ERR_OK)
		*ret_wrong = wrong;
	return code;
}
