#include <config.h>

#include "zhiban/store/cache.h"

#include <assert.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/store/page.h"

#include "cache_priv.h"

/* Columns before those of the fields, in every SELECT of an entity: rank, then its head. */
#define HEAD "pk, rank_a, rank_b, id, version, seq"
enum { COL_PK, COL_A, COL_B, COL_ID, COL_VERSION, COL_SEQ, COL_FIELDS };

static void columns_fill(struct columns *columns, const struct kind_desc *kind)
{
	assert(kind->n_fields <= COLUMNS_MAX - 2);
	for (int longs = 0; longs < 2; longs++) {
		for (size_t i = 0; i < kind->n_fields; i++)
			if (((kind->fields[i].flags & F_LONG) != 0) == (longs != 0))
				columns->field[columns->n++] = &kind->fields[i];
		if (longs == 0)
			columns->n_light = columns->n;
	}
}

struct cache_state *cache_state_new(void)
{
	struct cache_state *state = mem_alloc(sizeof *state);

	for (int kind = 0; kind < KIND_COUNT; kind++)
		columns_fill(&state->columns[kind], kind_desc((enum kind)kind));
	return state;
}

static const char *sql_type(const struct field *field)
{
	return field_is_text(field) ? "TEXT" : "INTEGER";
}

static void child_table(const struct kind_desc *kind, const struct child_desc *child,
			struct str *out)
{
	str_addf(out, "CREATE TABLE \"%s_%s\" (owner INTEGER NOT NULL, ord INTEGER NOT NULL, "
		      "id BLOB NOT NULL", kind->name, child->name);
	for (size_t i = 0; i < child->n_fields; i++)
		str_addf(out, ", \"%s\" %s", child->fields[i].sql, sql_type(&child->fields[i]));
	str_add(out, ", PRIMARY KEY (owner, ord)) WITHOUT ROWID;\n");
}

/* The i-th field of incidents that lists can be sorted by. */
static const struct field *sort_field(size_t i)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	for (size_t f = 0; f < kind->n_fields; f++)
		if ((kind->fields[f].flags & F_SORT) != 0 && i-- == 0)
			return &kind->fields[f];
	return NULL;
}

/* Of kinds with few rows, and of what is asked for by its moments: who is on duty is a range of the
 * duties of all rosters (turn.c). */
static const char INDEXES[] =
	"CREATE INDEX whistle_closed ON whistle (closed_at) WHERE open IS NULL;\n"
	"CREATE INDEX whistle_open ON whistle (blown_at) WHERE open = 1;\n"
	"CREATE INDEX roster_starts ON roster (starts);\n"
	"CREATE INDEX roster_turn_starts ON roster_turn (starts, staff);\n"
	"CREATE INDEX swap_open ON swap (asked_at) WHERE open = 1;\n"
	"CREATE INDEX swap_closed ON swap (asked_at) WHERE open IS NULL;\n"
	"CREATE INDEX handover_prepared ON handover (prepared_at);\n"
	"CREATE INDEX record_happened ON record (happened_at);\n"
	"CREATE INDEX record_open ON record (happened_at) WHERE open = 1;\n"
	"CREATE INDEX incident_candidate ON incident (moved_at) WHERE candidate = 1;\n"
	"CREATE INDEX meeting_starts ON meeting (starts);\n"
	"CREATE INDEX meeting_open ON meeting (moved_at) WHERE open = 1;\n"
	"CREATE INDEX meeting_closed ON meeting (moved_at) WHERE open IS NULL;\n"
	"CREATE INDEX item_open ON item (brought_at) WHERE open = 1;\n"
	"CREATE INDEX item_closed ON item (settled_at) WHERE open IS NULL;\n"
	"CREATE INDEX item_meeting ON item (meeting) WHERE meeting IS NOT NULL;\n"
	"CREATE INDEX item_settled_in ON item (settled_in) WHERE settled_in IS NOT NULL;\n"
	"CREATE INDEX item_about ON item (about) WHERE about IS NOT NULL;\n"
	"CREATE INDEX action_open ON action (given_at) WHERE open = 1;\n"
	"CREATE INDEX action_closed ON action (closed_at) WHERE open IS NULL;\n"
	"CREATE INDEX action_meeting ON action (meeting);\n"
	"CREATE INDEX action_item ON action (item);\n"
	"CREATE INDEX action_about ON action (about) WHERE about IS NOT NULL;\n";

void entity_schema(struct str *out)
{
	const struct field *field;

	for (int k = 0; k < KIND_COUNT; k++) {
		const struct kind_desc *kind = kind_desc((enum kind)k);
		struct columns columns = { .n = 0 };

		columns_fill(&columns, kind);
		str_addf(out,
			 "CREATE TABLE \"%s\" (pk INTEGER PRIMARY KEY, "
			 "id BLOB NOT NULL UNIQUE, version INTEGER NOT NULL, seq INTEGER NOT NULL, "
			 "missing_to INTEGER, "
			 "rank_a INTEGER, rank_b INTEGER",
			 kind->name);
		for (size_t i = 0; i < columns.n; i++)
			str_addf(out, ", \"%s\" %s", columns.field[i]->sql,
				 sql_type(columns.field[i]));
		str_add(out, ");\n");
		for (size_t i = 0; i < kind->n_slots; i++)
			child_table(kind, kind->slots[i].desc, out);
	}
	str_add(out, INDEXES);
	str_add(out, "CREATE INDEX incident_board ON incident (rank_a, rank_b);\n");
	/* Of the open ones alone: few, so that closed ones that come in cost nothing here.  For
	 * grouped orders the rank says what is open. */
	for (size_t i = 0; (field = sort_field(i)) != NULL; i++)
		if (!order_is_grouped(field))
			str_addf(out, "CREATE INDEX \"incident_%s_open\" ON incident (\"%s\")"
				      " WHERE open = 1;\n", field->sql, field->sql);
}

bool entity_index(size_t i, struct str *name, struct str *sql)
{
	const struct field *field = sort_field(i);

	if (field == NULL)
		return false;
	str_addf(name, "incident_%s", field->sql);
	/* sql: constant names */
	str_addf(sql, "CREATE INDEX \"%s\" ON incident (\"%s\"%s)", str_get(name), field->sql,
		 order_is_grouped(field) ? ", rank_a, rank_b" : "");
	return true;
}

void entity_light_columns(struct store *store, enum kind kind, struct str *out)
{
	const struct columns *columns = &store->cache->columns[kind];

	str_add(out, HEAD);
	for (size_t i = 0; i < columns->n_light; i++)
		str_addf(out, ", \"%s\"", columns->field[i]->sql);
}

/* ---- statements made from the tables ---- */

static void sql_load(const struct columns *columns, const char *name, const char *key,
		     struct str *sql)
{
	str_add(sql, "SELECT " HEAD);
	for (size_t i = 0; i < columns->n; i++)
		str_addf(sql, ", \"%s\"", columns->field[i]->sql);
	str_addf(sql, " FROM \"%s\" WHERE ", name);
	str_add(sql, key);
}

static void sql_row(struct store *store, enum kind kind, const char *key, struct str *sql)
{
	str_add(sql, "SELECT ");
	entity_light_columns(store, kind, sql);
	str_addf(sql, " FROM \"%s\" WHERE ", kind_desc(kind)->name);
	str_add(sql, key);
}

static void sql_insert(const struct columns *columns, const char *name, struct str *sql)
{
	str_addf(sql, "INSERT INTO \"%s\" VALUES (NULL, :id, :version, :seq, :missing_to, :a, :b",
		 name);
	for (size_t i = 0; i < columns->n; i++)
		str_addf(sql, ", :%s", columns->field[i]->sql);
	str_add(sql, ")");
}

static void sql_child_load(const char *kind, const struct child_desc *child, struct str *sql)
{
	str_add(sql, "SELECT id");
	for (size_t i = 0; i < child->n_fields; i++)
		str_addf(sql, ", \"%s\"", child->fields[i].sql);
	str_addf(sql, " FROM \"%s_%s\" WHERE owner = :owner ORDER BY ord", kind, child->name);
}

static void sql_child_insert(const char *kind, const struct child_desc *child, struct str *sql)
{
	str_addf(sql, "INSERT INTO \"%s_%s\" VALUES (:owner, :ord, :id", kind, child->name);
	for (size_t i = 0; i < child->n_fields; i++)
		str_addf(sql, ", :%s", child->fields[i].sql);
	str_add(sql, ")");
}

enum err entity_stmt(struct store *store, enum made what, enum kind kind,
		     const struct child_desc *child, sqlite3_stmt **ret_stmt, struct error *err)
{
	struct cache_state *state = store->cache;
	const struct columns *columns = &state->columns[kind];
	const char *name = kind_desc(kind)->name;
	sqlite3_stmt **slot = &state->made[what][kind][child != NULL ? child->child : 0];
	struct str sql = STR_INIT;
	enum err code = ERR_OK;

	if (*slot != NULL) {
		*ret_stmt = *slot;
		return ERR_OK;
	}
	switch (what) {
	case MADE_LOAD:
		sql_load(columns, name, "id = :id", &sql);
		break;
	case MADE_INSERT:
		sql_insert(columns, name, &sql);
		break;
	case MADE_ROW:
		sql_row(store, kind, "id = :id", &sql);
		break;
	case MADE_ROW_AT:
		sql_row(store, kind, "pk = :tie", &sql);
		break;
	case MADE_WHOLE_AT:
		sql_load(columns, name, "pk = :tie", &sql);
		break;
	case MADE_DELETE:
		str_addf(&sql, "DELETE FROM \"%s\" WHERE pk = :pk", name);
		break;
	case MADE_CHILD_LOAD:
		sql_child_load(name, child, &sql);
		break;
	case MADE_CHILD_INSERT:
		sql_child_insert(name, child, &sql);
		break;
	case MADE_CHILD_DELETE:
		str_addf(&sql, "DELETE FROM \"%s_%s\" WHERE owner = :owner", name, child->name);
		break;
	case MADE_COUNT:
		break;
	}
	if (sqlite3_prepare_v3(store->db, str_get(&sql), -1, SQLITE_PREPARE_PERSISTENT, slot,
			       NULL) != SQLITE_OK)
		code = db_error(store, err);
	else
		*ret_stmt = *slot;
	str_release(&sql);
	return code;
}

/* ---- reading ---- */

static void read_field(sqlite3_stmt *stmt, int col, const struct field *field, void *thing,
		       struct arena *arena)
{
	void *member = (char *)thing + field->offset;

	if (sqlite3_column_type(stmt, col) == SQLITE_NULL)
		return; /* most are: the thing was made of zeros */
	if (field_is_text(field)) {
		const char *text = (const char *)sqlite3_column_text(stmt, col);

		text = arena_strndup(arena, text, (size_t)sqlite3_column_bytes(stmt, col));
		memcpy(member, &text, sizeof text);
	} else {
		int64_t num = sqlite3_column_int64(stmt, col);
		memcpy(member, &num, sizeof num);
	}
}

void entity_read(struct store *store, sqlite3_stmt *stmt, int col, enum kind kind, bool light,
		 struct arena *arena, void **ret_entity)
{
	const struct columns *columns = &store->cache->columns[kind];
	size_t n = light ? columns->n_light : columns->n;
	struct uuid id = { { 0 } };
	struct entity *entity;

	db_col_uuid(stmt, col, &id);
	entity = entity_new(kind, &id, arena);
	entity->version = sqlite3_column_int64(stmt, col + 1);
	entity->seq = sqlite3_column_int64(stmt, col + 2);
	for (size_t i = 0; i < n; i++)
		read_field(stmt, col + 3 + (int)i, columns->field[i], entity, arena);
	*ret_entity = entity;
}

void entity_child_columns(const struct child_desc *child, const char *table, struct str *out)
{
	str_addf(out, "%s.id", table);
	for (size_t i = 0; i < child->n_fields; i++)
		str_addf(out, ", %s.\"%s\"", table, child->fields[i].sql);
}

void entity_child_read(sqlite3_stmt *stmt, int col, const struct child_desc *child, void *item,
		       struct arena *arena)
{
	db_col_uuid(stmt, col, item); /* every child begins with its id */
	for (size_t i = 0; i < child->n_fields; i++)
		read_field(stmt, col + 1 + (int)i, &child->fields[i], item, arena);
}

static enum err read_children(struct store *store, const struct kind_desc *kind,
			      const struct child_desc *child, int64_t pk, struct arena *arena,
			      void *entity, struct error *err)
{
	struct children *children = entity_children(entity, child);
	sqlite3_stmt *stmt;
	bool row;
	enum err code;

	code = entity_stmt(store, MADE_CHILD_LOAD, kind->kind, child, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":owner", pk);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		struct uuid id = { { 0 } };
		void *item;

		db_col_uuid(stmt, 0, &id);
		item = children_add(children, child, &id, arena);
		for (size_t i = 0; i < child->n_fields; i++)
			read_field(stmt, 1 + (int)i, &child->fields[i], item, arena);
	}
	return code;
}

enum err cache_children(struct store *store, int64_t tie, enum child child, struct arena *arena,
			struct incident *incident, struct error *err)
{
	return read_children(store, kind_desc(KIND_INCIDENT), child_desc(child), tie, arena,
			     incident, err);
}

enum err entity_load(struct store *store, enum kind kind, const struct uuid *id,
		     struct arena *arena, void **ret_entity, int64_t *ret_pk, struct error *err)
{
	const struct kind_desc *desc = kind_desc(kind);
	sqlite3_stmt *stmt;
	void *entity = NULL;
	bool row;
	enum err code;

	code = entity_stmt(store, MADE_LOAD, kind, NULL, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", id);
	code = db_row(store, stmt, &row, err);
	if (code == ERR_OK && row) {
		*ret_pk = db_col_int(stmt, COL_PK);
		entity_read(store, stmt, COL_ID, kind, false, arena, &entity);
		db_done(stmt);
		for (size_t i = 0; i < desc->n_slots && code == ERR_OK; i++)
			code = read_children(store, desc, desc->slots[i].desc, *ret_pk, arena,
					     entity, err);
	}
	if (code == ERR_OK)
		*ret_entity = entity;
	return code;
}
