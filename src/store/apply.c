#include <config.h>

#include "zhiban/store/cache.h"

#include "cache_priv.h"

static enum err take(struct store *store, const void *before, int64_t pk, const void *after,
		     int64_t missing_to, struct error *err)
{
	const struct entity *head = after;
	enum err code = entity_save(store, before, pk, after, missing_to, err);

	if (code != ERR_OK)
		return code;
	if (head->kind == KIND_INCIDENT)
		tally_change(store, before, after);
	recent_add(store, &head->id);
	return ERR_OK;
}

enum err cache_apply_entity(struct store *store, const void *entity, int64_t missing_to,
			    struct applied *ret_applied, struct error *err)
{
	const struct entity *head = entity;
	struct arena arena = ARENA_INIT;
	void *before = NULL;
	int64_t pk = 0;
	enum err code = entity_load(store, head->kind, &head->id, &arena, &before, &pk, err);

	if (code == ERR_OK) {
		struct applied applied = { .changed = false };

		if (before == NULL || ((struct entity *)before)->version < head->version) {
			code = take(store, before, pk, entity, missing_to, err);
			applied.changed = true;
		}
		if (code == ERR_OK)
			*ret_applied = applied;
	}
	arena_release(&arena);
	return code;
}

/* One effect of an entry on what is cached. */
static enum err apply_effect(struct store *store, const struct effect *effect, int64_t seq,
			     struct arena *arena, struct applied *applied, struct error *err)
{
	void *before = NULL, *after;
	int64_t pk = 0, version;
	enum err code = entity_load(store, effect->kind, &effect->id, arena, &before, &pk, err);

	if (code != ERR_OK)
		return code;
	version = before != NULL ? ((struct entity *)before)->version : 0;
	if (version >= effect->to)
		return ERR_OK;
	if (version != effect->from) {
		applied->gap = true;
		applied->gap_kind = effect->kind;
		applied->gap_id = effect->id;
		return ERR_OK;
	}
	after = before != NULL ? entity_copy(before, arena)
			       : entity_new(effect->kind, &effect->id, arena);
	code = evolve(after, effect, seq, arena, err);
	if (code == ERR_OK)
		code = take(store, before, pk, after, -1, err);
	applied->changed = true;
	return code;
}

enum err cache_apply_entry(struct store *store, const struct entry *entry, const char *bytes,
			   size_t len, struct applied *ret_applied, struct error *err)
{
	struct applied applied = { .changed = false };
	struct arena arena = ARENA_INIT;
	enum err code = ERR_OK;

	for (size_t i = 0; i < entry->n_effects && code == ERR_OK; i++)
		code = apply_effect(store, &entry->effects[i], entry->seq, &arena, &applied, err);
	if (code == ERR_OK && bytes != NULL)
		code = cache_put_line(store, &entry->act.target.id, entry->seq, bytes, len, err);
	arena_release(&arena);
	if (code == ERR_OK)
		*ret_applied = applied;
	return code;
}

static const char LINES_DROP[] = "DELETE FROM line WHERE entity = :id";

enum err cache_drop(struct store *store, enum kind kind, const struct uuid *id, struct error *err)
{
	struct arena arena = ARENA_INIT;
	sqlite3_stmt *stmt;
	void *before = NULL;
	int64_t pk = 0;
	enum err code = entity_load(store, kind, id, &arena, &before, &pk, err);

	if (code == ERR_OK && before != NULL) {
		code = entity_delete(store, kind, pk, err);
		if (code == ERR_OK)
			code = db_stmt(store, LINES_DROP, &stmt, err);
		if (code == ERR_OK) {
			db_uuid(stmt, ":id", id);
			code = db_run(store, stmt, err);
		}
		if (code == ERR_OK && kind == KIND_INCIDENT)
			tally_change(store, before, NULL);
		recent_add(store, id);
	}
	arena_release(&arena);
	return code;
}

static const char LINE_PUT[] =
	"INSERT OR IGNORE INTO line (entity, seq, bytes) VALUES (:id, :seq, :bytes)";

enum err cache_put_line(struct store *store, const struct uuid *id, int64_t seq, const char *bytes,
			size_t len, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, LINE_PUT, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", id);
	db_int(stmt, ":seq", seq);
	db_blob(stmt, ":bytes", bytes, len);
	return db_run(store, stmt, err);
}

enum err cache_lines_complete(struct store *store, enum kind kind, const struct uuid *id,
			      struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	enum err code;

	str_addf(&sql, "UPDATE \"%s\" SET missing_to = NULL WHERE id = :id",
		 kind_desc(kind)->name);
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", id);
	recent_add(store, id);
	return db_run(store, stmt, err);
}

static const char DOC_PUT[] = "INSERT OR REPLACE INTO doc (hash, bytes) VALUES (:hash, :bytes)";

enum err cache_put_doc(struct store *store, const char *hash, const char *bytes, size_t len,
		       struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, DOC_PUT, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":hash", hash);
	db_blob(stmt, ":bytes", bytes, len);
	return db_run(store, stmt, err);
}
