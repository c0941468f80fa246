#include <config.h>

#include <string.h>

#include "zhiban/store/page.h"
#include "zhiban/store/search.h"

#include "cache_priv.h"

enum { BIT_MISSING = COLUMNS_MAX - 1, BIT_RANK = COLUMNS_MAX - 2 }; /* missing_to, the two ranks */

static void bind_value(sqlite3_stmt *stmt, int place, const struct field *field, const void *thing)
{
	struct value value = field_get(field, thing);

	if (!value_is_set(value))
		sqlite3_bind_null(stmt, place);
	else if (value.is_text)
		sqlite3_bind_text(stmt, place, value.text, -1, SQLITE_STATIC);
	else
		sqlite3_bind_int64(stmt, place, value.num);
}

static enum err delete_children(struct store *store, enum kind kind,
				const struct child_desc *child, int64_t pk, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = entity_stmt(store, MADE_CHILD_DELETE, kind, child, &stmt, err);

	if (code != ERR_OK)
		return code;
	sqlite3_bind_int64(stmt, 1, pk);
	return db_run(store, stmt, err);
}

static enum err insert_children(struct store *store, enum kind kind,
				const struct child_desc *child, int64_t pk, const void *entity,
				struct error *err)
{
	const struct children *children = entity_children_const(entity, child);
	sqlite3_stmt *stmt = NULL;
	enum err code = ERR_OK;

	if (children->n > 0)
		code = entity_stmt(store, MADE_CHILD_INSERT, kind, child, &stmt, err);
	for (size_t i = 0; i < children->n && code == ERR_OK; i++) {
		const struct uuid *item = children_at(children, child, i);

		sqlite3_bind_int64(stmt, 1, pk);
		sqlite3_bind_int64(stmt, 2, (int64_t)i);
		sqlite3_bind_blob(stmt, 3, item->b, sizeof item->b, SQLITE_STATIC);
		for (size_t f = 0; f < child->n_fields; f++)
			bind_value(stmt, 4 + (int)f, &child->fields[f], item);
		code = db_run(store, stmt, err);
	}
	return code;
}

static bool children_same(const struct child_desc *child, const void *before, const void *after)
{
	const struct children *a = entity_children_const(before, child);
	const struct children *b = entity_children_const(after, child);

	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct uuid *x = children_at(a, child, i), *y = children_at(b, child, i);

		if (!uuid_eq(x, y))
			return false;
		for (size_t f = 0; f < child->n_fields; f++)
			if (!value_eq(field_get(&child->fields[f], x),
				      field_get(&child->fields[f], y)))
				return false;
	}
	return true;
}

static void ranks(const struct entity *entity, int64_t *ret_a, int64_t *ret_b)
{
	*ret_a = *ret_b = 0;
	if (entity->kind == KIND_INCIDENT)
		board_rank((const struct incident *)entity, ret_a, ret_b);
}

static enum err insert(struct store *store, const struct entity *entity, int64_t missing_to,
		       int64_t *ret_pk, struct error *err)
{
	const struct columns *columns = &store->cache->columns[entity->kind];
	sqlite3_stmt *stmt;
	int64_t a, b;
	enum err code;

	code = entity_stmt(store, MADE_INSERT, entity->kind, NULL, &stmt, err);
	if (code != ERR_OK)
		return code;
	ranks(entity, &a, &b);
	sqlite3_bind_blob(stmt, 1, entity->id.b, sizeof entity->id.b, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 2, entity->version);
	sqlite3_bind_int64(stmt, 3, entity->seq);
	if (missing_to > 0)
		sqlite3_bind_int64(stmt, 4, missing_to);
	else
		sqlite3_bind_null(stmt, 4);
	sqlite3_bind_int64(stmt, 5, a);
	sqlite3_bind_int64(stmt, 6, b);
	for (size_t i = 0; i < columns->n; i++)
		bind_value(stmt, 7 + (int)i, columns->field[i], entity);
	code = db_run(store, stmt, err);
	*ret_pk = sqlite3_last_insert_rowid(store->db);
	return code;
}

static bool has_bit(const struct column_set *set, size_t i)
{
	return (set->bits[i / 64] >> i % 64 & 1) != 0;
}

static void set_bit(struct column_set *set, size_t i)
{
	set->bits[i / 64] |= UINT64_C(1) << i % 64;
}

/* The UPDATE of these columns, made once and kept while it is used. */
static enum err mask_stmt(struct store *store, enum kind kind, const struct column_set *mask,
			  sqlite3_stmt **ret_stmt, struct error *err)
{
	struct cache_state *state = store->cache;
	const struct columns *columns = &state->columns[kind];
	struct mask_stmt *slot = &state->masks[0];
	struct str sql = STR_INIT;
	int rc;

	for (size_t i = 0; i < MASKS; i++) {
		struct mask_stmt *at = &state->masks[i];
		if (at->stmt != NULL && at->kind == kind &&
		    memcmp(&at->mask, mask, sizeof *mask) == 0) {
			at->used = ++state->turn;
			*ret_stmt = at->stmt;
			return ERR_OK;
		}
		if (at->used < slot->used)
			slot = at;
	}
	sqlite3_finalize(slot->stmt);
	*slot = (struct mask_stmt){ .kind = kind };
	str_addf(&sql, "UPDATE \"%s\" SET version = :version, seq = :seq", kind_desc(kind)->name);
	if (has_bit(mask, BIT_MISSING))
		str_add(&sql, ", missing_to = :missing_to");
	if (has_bit(mask, BIT_RANK))
		str_add(&sql, ", rank_a = :a, rank_b = :b");
	for (size_t i = 0; i < columns->n; i++)
		if (has_bit(mask, i))
			str_addf(&sql, ", \"%s\" = :%s", columns->field[i]->sql,
				 columns->field[i]->sql);
	str_add(&sql, " WHERE pk = :pk");
	rc = sqlite3_prepare_v3(store->db, str_get(&sql), -1, SQLITE_PREPARE_PERSISTENT,
				&slot->stmt, NULL);
	str_release(&sql);
	if (rc != SQLITE_OK)
		return db_error(store, err);
	slot->mask = *mask;
	slot->used = ++state->turn;
	*ret_stmt = slot->stmt;
	return ERR_OK;
}

static enum err update(struct store *store, const struct entity *before, int64_t pk,
		       const struct entity *after, int64_t missing_to, struct error *err)
{
	const struct columns *columns = &store->cache->columns[after->kind];
	int64_t a, b, old_a, old_b;
	struct column_set mask = { { 0 } };
	sqlite3_stmt *stmt = NULL;
	int place = 3;
	enum err code;

	ranks(before, &old_a, &old_b);
	ranks(after, &a, &b);
	for (size_t i = 0; i < columns->n; i++)
		if (!value_eq(field_get(columns->field[i], before),
			      field_get(columns->field[i], after)))
			set_bit(&mask, i);
	if (missing_to >= 0)
		set_bit(&mask, BIT_MISSING);
	if (a != old_a || b != old_b)
		set_bit(&mask, BIT_RANK);
	code = mask_stmt(store, after->kind, &mask, &stmt, err);
	if (code != ERR_OK)
		return code;
	sqlite3_bind_int64(stmt, 1, after->version);
	sqlite3_bind_int64(stmt, 2, after->seq);
	if (missing_to >= 0)
		sqlite3_bind_int64(stmt, place++, missing_to);
	if (a != old_a || b != old_b) {
		sqlite3_bind_int64(stmt, place++, a);
		sqlite3_bind_int64(stmt, place++, b);
	}
	for (size_t i = 0; i < columns->n; i++)
		if (has_bit(&mask, i))
			bind_value(stmt, place++, columns->field[i], after);
	sqlite3_bind_int64(stmt, place, pk);
	return db_run(store, stmt, err);
}

enum err entity_save(struct store *store, const void *before, int64_t pk, const void *after,
		     int64_t missing_to, struct error *err)
{
	const struct entity *entity = after;
	const struct kind_desc *desc = kind_desc(entity->kind);
	enum err code;

	code = before == NULL ? insert(store, entity, missing_to, &pk, err)
			      : update(store, before, pk, entity, missing_to, err);
	for (size_t i = 0; i < desc->n_slots && code == ERR_OK; i++) {
		const struct child_desc *child = desc->slots[i].desc;

		if (before != NULL && children_same(child, before, after))
			continue;
		if (before != NULL)
			code = delete_children(store, entity->kind, child, pk, err);
		if (code == ERR_OK)
			code = insert_children(store, entity->kind, child, pk, after, err);
	}
	if (code == ERR_OK && entity->kind == KIND_INCIDENT)
		code = stand_change(store, before, pk, after, err);
	if (code == ERR_OK && deadline_has(entity->kind))
		code = deadline_change(store, before, pk, after, err);
	if (code == ERR_OK && entity->kind == KIND_INCIDENT)
		code = cache_search_touch(store, pk, err);
	return code;
}

enum err entity_delete(struct store *store, enum kind kind, int64_t pk, struct error *err)
{
	const struct kind_desc *desc = kind_desc(kind);
	sqlite3_stmt *stmt;
	enum err code = entity_stmt(store, MADE_DELETE, kind, NULL, &stmt, err);

	if (code != ERR_OK)
		return code;
	sqlite3_bind_int64(stmt, 1, pk);
	code = db_run(store, stmt, err);
	for (size_t i = 0; i < desc->n_slots && code == ERR_OK; i++)
		code = delete_children(store, kind, desc->slots[i].desc, pk, err);
	return code;
}
