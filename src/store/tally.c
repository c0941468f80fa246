#include <config.h>

#include <string.h>

#include "zhiban/base/mem.h"

#include "cache_priv.h"

void cache_state_free(struct cache_state *state)
{
	if (state == NULL)
		return;
	for (int what = 0; what < MADE_COUNT; what++)
		for (int kind = 0; kind < KIND_COUNT; kind++)
			for (int child = 0; child < CHILD_COUNT; child++)
				sqlite3_finalize(state->made[what][kind][child]);
	for (size_t i = 0; i < MASKS; i++)
		sqlite3_finalize(state->masks[i].stmt);
	for (size_t i = 0; i < state->cap_tally; i++) {
		free(state->tally[i].step);
		free(state->tally[i].holder);
	}
	free(state->tally);
	free(state);
}

/* ---- counters: gathered in memory, written once a transaction ---- */

static size_t hash_of(const char *step, const char *holder)
{
	size_t h = 1469598103u;

	for (; *step != '\0'; step++)
		h = (h ^ (unsigned char)*step) * 16777619u;
	for (; *holder != '\0'; holder++)
		h = (h ^ (unsigned char)*holder) * 16777619u;
	return h;
}

static struct tally_slot *slot_of(struct tally_slot *slots, size_t cap, const char *step,
				  const char *holder, bool open)
{
	size_t at = hash_of(step, holder) + open;

	for (;; at++) {
		struct tally_slot *slot = &slots[at % cap];
		if (slot->step == NULL || (slot->open == open && strcmp(slot->step, step) == 0 &&
					   strcmp(slot->holder, holder) == 0))
			return slot;
	}
}

static void grow(struct cache_state *state)
{
	size_t cap = state->cap_tally != 0 ? state->cap_tally * 2 : 256;
	struct tally_slot *slots = mem_alloc(cap * sizeof *slots);

	for (size_t i = 0; i < state->cap_tally; i++) {
		const struct tally_slot *old = &state->tally[i];
		if (old->step != NULL)
			*slot_of(slots, cap, old->step, old->holder, old->open) = *old;
	}
	free(state->tally);
	state->tally = slots;
	state->cap_tally = cap;
}

static void add(struct cache_state *state, const struct incident *incident, int64_t delta)
{
	const char *step = incident->step != NULL ? incident->step : "";
	const char *holder = incident->holder != NULL ? incident->holder : "";
	struct tally_slot *slot;

	if (state->n_tally * 2 >= state->cap_tally)
		grow(state);
	slot = slot_of(state->tally, state->cap_tally, step, holder, incident->open != 0);
	if (slot->step == NULL) {
		*slot = (struct tally_slot){ mem_strdup(step), mem_strdup(holder),
					     incident->open != 0, 0 };
		state->n_tally++;
	}
	slot->delta += delta;
}

void tally_change(struct store *store, const struct incident *before, const struct incident *after)
{
	if (before != NULL)
		add(store->cache, before, -1);
	if (after != NULL)
		add(store->cache, after, 1);
}

void recent_add(struct store *store, const struct uuid *id)
{
	struct cache_state *state = store->cache;

	if (state->n_recent < RECENT_LISTED)
		state->recent[state->n_recent] = *id;
	state->n_recent++;
}

static const char TALLY_ADD[] =
	"INSERT INTO tally (step, holder, open, n) VALUES (:step, :holder, :open, :n) "
	"ON CONFLICT (step, holder, open) DO UPDATE SET n = n + excluded.n";
static const char RECENT_ADD[] = "INSERT INTO recent (id) VALUES (:id)";
static const char RECENT_TRIM[] =
	"DELETE FROM recent WHERE n <= (SELECT max(n) FROM recent) - :kept";

static enum err flush_tally(struct store *store, struct error *err)
{
	struct cache_state *state = store->cache;
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, TALLY_ADD, &stmt, err);

	for (size_t i = 0; i < state->cap_tally && code == ERR_OK; i++) {
		struct tally_slot *slot = &state->tally[i];

		if (slot->step == NULL || slot->delta == 0)
			continue;
		db_text(stmt, ":step", slot->step);
		db_text(stmt, ":holder", slot->holder);
		db_int(stmt, ":open", slot->open);
		db_int(stmt, ":n", slot->delta);
		code = db_run(store, stmt, err);
		if (code == ERR_OK)
			slot->delta = 0;
	}
	return code;
}

static enum err flush_recent(struct store *store, struct error *err)
{
	struct cache_state *state = store->cache;
	bool listed = state->n_recent <= RECENT_LISTED;
	size_t n = listed ? state->n_recent : 1;
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, RECENT_ADD, &stmt, err);

	for (size_t i = 0; i < n && code == ERR_OK; i++) {
		if (listed)
			db_uuid(stmt, ":id", &state->recent[i]);
		code = db_run(store, stmt, err);
	}
	if (code == ERR_OK && n > 0)
		code = db_stmt(store, RECENT_TRIM, &stmt, err);
	if (code == ERR_OK && n > 0) {
		db_int(stmt, ":kept", RECENT_KEPT);
		code = db_run(store, stmt, err);
	}
	if (code == ERR_OK)
		state->n_recent = 0;
	return code;
}

enum err cache_flush(struct store *store, struct error *err)
{
	enum err code = flush_tally(store, err);

	return code == ERR_OK ? flush_recent(store, err) : code;
}

void cache_forget(struct store *store)
{
	struct cache_state *state = store->cache;

	for (size_t i = 0; i < state->cap_tally; i++)
		state->tally[i].delta = 0;
	state->n_recent = 0;
}
