#include <config.h>

#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/log.h"
#include "zhiban/store/search.h"

#include "cache_priv.h"

/* What is here of an entity: the row, or only a version outside the window. */
struct known {
	void *entity;
	int64_t pk, version;
	bool outside;
};

static enum err look_up(struct store *store, enum kind kind, const struct uuid *id,
			struct arena *arena, struct known *known, struct error *err)
{
	enum err code = entity_load(store, kind, id, arena, &known->entity, &known->pk, err);

	if (code != ERR_OK)
		return code;
	known->version = known->entity != NULL ? ((struct entity *)known->entity)->version : 0;
	if (known->entity == NULL && window_has(kind) && store->cache->keep_after != 0) {
		code = window_version(store, id, &known->version, err);
		known->outside = code == ERR_OK && known->version != 0;
	}
	return code;
}

/* A newer state: into its row, or out of the window. */
static enum err take(struct store *store, const struct known *known, const void *after,
		     int64_t missing_to, struct error *err)
{
	const struct entity *head = after;
	enum err code = ERR_OK;

	if (!window_holds(store, after)) {
		if (known->entity != NULL)
			code = cache_drop(store, head->kind, &head->id, err);
		return code == ERR_OK ? window_put(store, &head->id, head->version, err) : code;
	}
	if (known->outside)
		code = window_forget(store, &head->id, err);
	if (code == ERR_OK)
		code = entity_save(store, known->entity, known->pk, after, missing_to, err);
	if (code != ERR_OK)
		return code;
	if (head->kind == KIND_INCIDENT)
		tally_change(store, known->entity, after);
	recent_add(store, &head->id);
	return ERR_OK;
}

enum err cache_apply_entity(struct store *store, const void *entity, int64_t missing_to,
			    struct applied *ret_applied, struct error *err)
{
	const struct entity *head = entity;
	struct arena arena = ARENA_INIT;
	struct known known = { .entity = NULL };
	enum err code = look_up(store, head->kind, &head->id, &arena, &known, err);

	if (code == ERR_OK) {
		struct applied applied = { .changed = known.version < head->version };

		if (applied.changed)
			code = take(store, &known, entity, missing_to, err);
		if (code == ERR_OK)
			*ret_applied = applied;
	}
	arena_release(&arena);
	return code;
}

/* One effect of an entry on what is cached.  What is outside the window cannot be changed here: it
 * is a gap, and comes whole. */
static enum err apply_effect(struct store *store, const struct effect *effect, int64_t seq,
			     int64_t missing_to, struct arena *arena, struct applied *applied,
			     struct error *err)
{
	struct known known = { .entity = NULL };
	void *after;
	enum err code = look_up(store, effect->kind, &effect->id, arena, &known, err);

	if (code != ERR_OK || known.version >= effect->to)
		return code;
	if (known.version != effect->from || known.outside) {
		applied->gap = true;
		applied->gap_kind = effect->kind;
		applied->gap_id = effect->id;
		return ERR_OK;
	}
	after = known.entity != NULL ? entity_copy(known.entity, arena)
				     : entity_new(effect->kind, &effect->id, arena);
	code = evolve(after, effect, seq, arena, err);
	if (code == ERR_OK)
		code = take(store, &known, after, missing_to, err);
	applied->changed = true;
	return code;
}

/* Whether its timeline is kept: not of what lies outside the window. */
static enum err keeps_lines(struct store *store, const struct uuid *id, bool *ret_keeps,
			    struct error *err)
{
	int64_t version = 0;
	enum err code = ERR_OK;

	if (store->cache->keep_after != 0)
		code = window_version(store, id, &version, err);
	*ret_keeps = version == 0;
	return code;
}

static const char LINES_DROP[] = "DELETE FROM line WHERE entity = :id";
static const char LOG_DROP[] = "DELETE FROM logline WHERE entity = :id AND bytes IS NOT NULL";

static enum err drop_lines(struct store *store, const struct uuid *id, struct error *err)
{
	static const char *const drops[] = { LINES_DROP, LOG_DROP };
	enum err code = ERR_OK;

	for (size_t i = 0; i < ARRAY_LEN(drops) && code == ERR_OK; i++) {
		sqlite3_stmt *stmt;

		code = db_stmt(store, drops[i], &stmt, err);
		if (code != ERR_OK)
			return code;
		db_uuid(stmt, ":id", id);
		code = db_run(store, stmt, err);
	}
	return code;
}

enum err cache_apply_entry(struct store *store, const struct entry *entry, const char *bytes,
			   size_t len, struct applied *ret_applied, struct error *err)
{
	const struct uuid *target = &entry->act.target.id;
	struct applied applied = { .changed = false };
	struct arena arena = ARENA_INIT;
	bool keeps = false, erases = entry->act.desc != NULL &&
				     strcmp(entry->act.desc->verb, "erase") == 0;
	int64_t missing_to = erases ? entry->seq - 1 : -1;
	enum err code = ERR_OK;

	/* its lines tell parts of the values still: they come anew when somebody looks */
	if (erases)
		code = drop_lines(store, target, err);
	for (size_t i = 0; i < entry->n_effects && code == ERR_OK; i++)
		code = apply_effect(store, &entry->effects[i], entry->seq, missing_to, &arena,
				    &applied, err);
	if (code == ERR_OK && bytes != NULL)
		code = keeps_lines(store, target, &keeps, err);
	if (code == ERR_OK && keeps)
		code = cache_put_line(store, target, entry->seq, bytes, len, err);
	if (code == ERR_OK && keeps)
		code = cache_log_note(store, entry, err);
	if (code == ERR_OK && keeps && !applied.changed)
		code = cache_search_touch_id(store, target, err);
	arena_release(&arena);
	if (code == ERR_OK)
		*ret_applied = applied;
	return code;
}

enum err cache_drop(struct store *store, enum kind kind, const struct uuid *id, struct error *err)
{
	struct arena arena = ARENA_INIT;
	void *before = NULL;
	int64_t pk = 0;
	enum err code = entity_load(store, kind, id, &arena, &before, &pk, err);

	if (code == ERR_OK && before != NULL) {
		code = entity_delete(store, kind, pk, err);
		if (code == ERR_OK && kind == KIND_INCIDENT)
			code = stand_change(store, before, pk, NULL, err);
		if (code == ERR_OK && deadline_has(kind))
			code = deadline_change(store, before, pk, NULL, err);
		if (code == ERR_OK)
			code = drop_lines(store, id, err);
		if (code == ERR_OK && kind == KIND_INCIDENT)
			tally_change(store, before, NULL);
		recent_add(store, id);
	}
	if (code == ERR_OK && before == NULL)
		code = window_forget(store, id, err);
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
	code = db_run(store, stmt, err);
	return code == ERR_OK && kind == KIND_INCIDENT ? cache_search_touch_id(store, id, err) : code;
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
