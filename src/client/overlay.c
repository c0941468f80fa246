/* Shown = cache + replay(outbox): the incidents that acts of ours have changed, in memory.
 *
 * A replay does again only what can have changed: an entity whose acts are the same as before, and
 * that the cache has not named as changed, is taken over as it is. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entry.h"

#include "client_priv.h"

/* ---- entities with acts in the outbox, by their id ---- */

static size_t hash_of(const struct uuid *id)
{
	uint64_t a, b;

	memcpy(&a, id->b, sizeof a);
	memcpy(&b, id->b + sizeof a, sizeof b);
	return (size_t)(((a ^ b) * UINT64_C(0x9e3779b97f4a7c15)) >> 32);
}

static struct overlay_slot *slot_find(const struct overlay *overlay, const struct uuid *id)
{
	size_t mask = overlay->cap_slots - 1;

	if (overlay->cap_slots == 0)
		return NULL;
	for (size_t at = hash_of(id) & mask; overlay->slots[at].used; at = (at + 1) & mask)
		if (uuid_eq(&overlay->slots[at].id, id))
			return &overlay->slots[at];
	return NULL;
}

static void slots_grow(struct overlay *overlay)
{
	size_t cap = overlay->cap_slots != 0 ? overlay->cap_slots * 2 : 32,
	       old = overlay->cap_slots;
	struct overlay_slot *slots = arena_array(&overlay->arena, cap, sizeof *slots);

	for (size_t i = 0; i < old; i++) {
		size_t at = hash_of(&overlay->slots[i].id) & (cap - 1);

		if (!overlay->slots[i].used)
			continue;
		while (slots[at].used)
			at = (at + 1) & (cap - 1);
		slots[at] = overlay->slots[i];
	}
	overlay->slots = slots;
	overlay->cap_slots = cap;
}

/* Good until the next one is put. */
static struct overlay_slot *slot_put(struct overlay *overlay, const struct uuid *id)
{
	struct overlay_slot *slot = slot_find(overlay, id);
	size_t at;

	if (slot != NULL)
		return slot;
	if (overlay->n_slots * 2 >= overlay->cap_slots)
		slots_grow(overlay);
	at = hash_of(id) & (overlay->cap_slots - 1);
	while (overlay->slots[at].used)
		at = (at + 1) & (overlay->cap_slots - 1);
	overlay->slots[at] = (struct overlay_slot){ .used = true, .id = *id };
	overlay->n_slots++;
	return &overlay->slots[at];
}

/* What the replay of an entity depends on, of one more of its acts. */
static void slot_mix(struct overlay_slot *slot, const struct outbox_row *row)
{
	uint64_t id, parts[] = { row->state, (uint64_t)row->seq, (uint64_t)row->version,
				 (uint64_t)row->n };

	memcpy(&id, row->id.b + 8, sizeof id);
	slot->print = (slot->print ^ id) * UINT64_C(0x100000001b3) + 1;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		slot->print = (slot->print ^ parts[i]) * UINT64_C(0x100000001b3) + 1;
}

struct overlay_row *overlay_find(const struct client *client, const struct uuid *id)
{
	const struct overlay_slot *slot = slot_find(&client->overlay, id);

	return slot != NULL && slot->row != 0 ? &client->overlay.rows[slot->row - 1] : NULL;
}

bool overlay_waits(const struct client *client, const struct uuid *id)
{
	return slot_find(&client->overlay, id) != NULL;
}

const struct uuid *overlay_others(const struct client *client, enum kind kind, struct arena *arena,
				  size_t *ret_n)
{
	const struct overlay *overlay = &client->overlay;
	struct uuid *ids = arena_array(arena, overlay->n_slots + 1, sizeof *ids);
	size_t n = 0;

	for (size_t i = 0; i < overlay->cap_slots; i++)
		if (overlay->slots[i].used && overlay->slots[i].other &&
		    overlay->slots[i].kind == kind)
			ids[n++] = overlay->slots[i].id;
	*ret_n = n;
	return ids;
}

unsigned row_marks(const struct client *client, const struct uuid *id)
{
	const struct overlay_slot *slot = slot_find(&client->overlay, id);
	unsigned marks = 0;

	if (slot != NULL && slot->row != 0)
		marks |= client->overlay.rows[slot->row - 1].n != 0 ? ROW_PENDING | ROW_NEW
								    : ROW_PENDING;
	if (slot != NULL && slot->refused)
		marks |= ROW_REFUSED;
	return marks;
}

struct moment client_moment(const struct client *client, const struct act *act)
{
	int64_t at = act->at + client->link.offset;

	return (struct moment){ .recv = at, .eff = at };
}

/* ---- states ---- */

/* The cached incident with its place, copied nowhere else; *ret_base NULL when not cached. */
static enum err cached(struct client *client, const struct uuid *id, struct arena *arena,
		       struct incident **ret_base, int64_t *ret_tie, struct error *err)
{
	struct page_row place;
	void *entity;
	enum err code;

	*ret_base = NULL;
	*ret_tie = 0;
	if (client->cache == NULL)
		return ERR_OK;
	code = cache_get(client->cache, KIND_INCIDENT, id, arena, &entity, err);
	if (code == ERR_NOT_FOUND)
		return ERR_OK;
	if (code == ERR_OK)
		code = cache_row(client->cache, id, arena, &place, err);
	if (code != ERR_OK)
		return code;
	*ret_base = entity;
	*ret_tie = place.tie;
	return ERR_OK;
}

enum err overlay_state(struct client *client, const struct uuid *id, struct arena *arena,
		       struct incident **ret_incident, struct error *err)
{
	const struct overlay_row *row = overlay_find(client, id);
	int64_t tie;

	if (row != NULL) {
		*ret_incident = entity_copy(row->shown, arena);
		return ERR_OK;
	}
	return cached(client, id, arena, ret_incident, &tie, err);
}

int64_t overlay_base(const struct client *client, const struct incident *shown)
{
	const struct overlay_row *row = overlay_find(client, &shown->head.id);

	if (row == NULL)
		return shown->head.version;
	return row->base != NULL ? row->base->head.version : 0;
}

enum err act_effects(struct client *client, const struct act *act, const void *before, bool seen,
		     struct arena *arena, void **ret_after, struct error *err)
{
	struct state state = { .entity = before, .base_entity = seen ? before : NULL,
			       .mode = mode_code_before(client, act->n) };
	const struct entity *head = before;
	struct moment moment = client_moment(client, act);
	struct decision decision;
	void *after;
	enum err code;

	if (!client_has_rules(client))
		return error_set(err, ERR_OFFLINE, "%s",
				 _("the rules are not here yet: zhiban sync"));
	client_near(client, act, before, arena, &state);
	code = decide(client->rules, &state, act, &moment, arena, &decision, err);
	if (code != ERR_OK)
		return code;
	after = before != NULL ? entity_copy(before, arena)
			       : entity_new(act->target.kind, &act->target.id, arena);
	for (size_t i = 0; i < decision.n_effects && code == ERR_OK; i++)
		if (uuid_eq(&decision.effects[i].id, &act->target.id))
			code = evolve(after, &decision.effects[i],
				      head != NULL ? head->seq : 0, arena, err);
	if (code == ERR_OK)
		*ret_after = after;
	return code;
}

/* ---- one act ---- */

static struct overlay_row *new_row(struct overlay *overlay)
{
	if (overlay->n == overlay->cap) {
		size_t cap = overlay->cap != 0 ? overlay->cap * 2 : 16;
		struct overlay_row *rows = arena_array(&overlay->arena, cap, sizeof *rows);

		if (overlay->n > 0)
			memcpy(rows, overlay->rows, overlay->n * sizeof *rows);
		overlay->rows = rows;
		overlay->cap = cap;
	}
	return &overlay->rows[overlay->n++];
}

static enum err slot_load(struct client *client, struct overlay_slot *slot, struct error *err)
{
	enum err code;

	if (slot->loaded)
		return ERR_OK;
	code = cached(client, &slot->id, &client->overlay.arena, &slot->base, &slot->tie, err);
	slot->loaded = code == ERR_OK;
	return code;
}

static bool same_data(const struct client *client, const struct act *act)
{
	return act->epoch[0] == '\0' ||
	       strncmp(act->epoch, client->link.epoch, strlen(act->epoch)) == 0;
}

struct since { /* the latest entries on an entity, as the cache has them */
	struct uuid console;
	int64_t ours, seq; /* so many at the end are this console's; up to which entry */
};

static enum err since_each(void *ctx, int64_t seq, const char *bytes, size_t len,
			   struct error *err)
{
	struct since *since = ctx;
	struct arena arena = ARENA_INIT;
	struct entry entry;
	bool ours = entry_decode(bytes, len, &arena, &entry, NULL) == ERR_OK &&
		    uuid_eq(&entry.act.console, &since->console);

	(void)err;
	since->ours = ours ? since->ours + 1 : 0;
	since->seq = seq;
	arena_release(&arena);
	return ERR_OK;
}

/* Nobody else has changed it since the act was made: what lies between is this console's own. */
static bool only_ours_since(struct client *client, const struct overlay_slot *slot,
			    const struct act *act)
{
	struct since since = { .ours = 0 };
	int64_t between = slot->base != NULL ? slot->base->head.version - act->target.base : 0;

	if (between == 0)
		return true;
	if (between < 0 || act->desc->conflict != CONFLICT_FIRST_WINS || !same_data(client, act))
		return false;
	since.console = outbox_console(client->outbox);
	if (uuid_is_nil(&since.console) ||
	    cache_lines(client->cache, &slot->id, since_each, &since, NULL) != ERR_OK)
		return false;
	return since.ours >= between && since.seq == slot->base->head.seq;
}

static enum err apply(struct client *client, struct overlay_slot *slot, const struct act *act,
		      struct error *err)
{
	struct overlay *overlay = &client->overlay;
	struct overlay_row *row;
	struct incident *before;
	void *after;
	enum err code = slot_load(client, slot, err);

	if (code != ERR_OK)
		return code;
	before = slot->row != 0 ? overlay->rows[slot->row - 1].shown : slot->base;
	code = act_effects(client, act, before, only_ours_since(client, slot, act), &overlay->arena,
			   &after, err);
	if (code != ERR_OK)
		return code;
	if (slot->row == 0) {
		row = new_row(overlay);
		slot->row = overlay->n;
		*row = (struct overlay_row){ .base = slot->base, .tie = slot->tie };
		if (slot->base == NULL) {
			row->n = act->n;
			row->tie = OVERLAY_TIE + act->n;
		}
	}
	overlay->rows[slot->row - 1].shown = after;
	return ERR_OK;
}

enum err overlay_add(struct client *client, const struct outbox_row *row, const struct act *act,
		     struct error *err)
{
	struct overlay_slot *slot;

	deadlines_forget(client);
	slot = slot_put(&client->overlay, &row->target);
	slot_mix(slot, row);
	if (act->target.kind == KIND_INCIDENT)
		return apply(client, slot, act, err);
	slot->other = true;
	slot->kind = act->target.kind;
	if (joint_has(act->target.kind))
		joint_add(client, row, act);
	if (act->target.kind == KIND_MODE)
		mode_load(client);
	return ERR_OK;
}

/* ---- all of them ---- */

/* Whether the feed has brought the act already, be it that it is not folded yet or that its answer
 * is still on the way. */
bool act_is_cached(struct client *client, const struct entity *base, const struct outbox_row *row,
		   const struct act *act)
{
	if (base == NULL)
		return false;
	if (act->desc->conflict == CONFLICT_CREATES)
		return true;
	if (same_data(client, act)) {
		if (row->state == ACT_ANSWERED)
			return base->version >= row->version;
		if (base->version <= act->target.base)
			return false;
	}
	return cache_has_act(client->cache, &row->target, &row->id);
}

static bool is_out(const struct overlay_slot *slot, const struct uuid *act)
{
	for (size_t i = 0; i < slot->n_out; i++)
		if (uuid_eq(&slot->out[i], act))
			return true;
	return false;
}

static void put_out(struct overlay *overlay, struct overlay_slot *slot, const struct uuid *act)
{
	struct uuid *out = arena_array(&overlay->arena, slot->n_out + 1, sizeof *out);

	if (slot->n_out > 0)
		memcpy(out, slot->out, slot->n_out * sizeof *out);
	out[slot->n_out++] = *act;
	slot->out = out;
}

static void replay(struct client *client, struct overlay_slot *slot, const struct outbox_row *row)
{
	struct overlay *overlay = &client->overlay;
	struct incident *shown;
	struct act act;

	if (slot->other || /* mode.c, thing.c */
	    act_decode(row->body, row->len, &overlay->arena, &act, NULL) != ERR_OK)
		return;
	slot->other = act.target.kind != KIND_INCIDENT;
	slot->kind = act.target.kind;
	if (slot->other || slot_load(client, slot, NULL) != ERR_OK)
		return;
	act.n = row->n;
	/* what hung on a refused act will be refused: a note gets in all the same */
	if (is_out(slot, &act.after) && (act.desc->conflict != CONFLICT_APPEND ||
					 (slot->base == NULL && slot->row == 0))) {
		put_out(overlay, slot, &row->id);
		return;
	}
	/* one that no longer fits is not shown: the server's answer will say why */
	if (act_is_cached(client, slot->base ? &slot->base->head : NULL, row, &act) ||
	    apply(client, slot, &act, NULL) != ERR_OK)
		return;
	shown = overlay->rows[slot->row - 1].shown;
	if (row->number[0] != '\0' && shown->number == NULL)
		shown->number = arena_strdup(&overlay->arena, row->number);
}

/* Takes an entity over from the last time. */
static void take_over(struct overlay *overlay, struct overlay_slot *slot,
		      const struct overlay *old, const struct overlay_slot *was)
{
	struct overlay_row *row;

	slot->kept = true;
	slot->other = was->other;
	slot->kind = was->kind;
	if (was->row == 0)
		return;
	row = new_row(overlay);
	slot->row = overlay->n;
	*row = old->rows[was->row - 1];
	row->shown = entity_copy(row->shown, &overlay->arena);
	if (row->base != NULL)
		row->base = entity_copy(row->base, &overlay->arena);
}

/* The slots of all acts, with what their replay depends on. */
static void make_slots(struct client *client)
{
	struct overlay *overlay = &client->overlay;
	const struct waiting *waiting = &client->waiting;

	for (size_t i = 0; i < waiting->n; i++) {
		const struct outbox_row *row = &waiting->rows[i];
		struct overlay_slot *slot;

		if (row->state == ACT_MERGED)
			continue;
		slot = slot_put(overlay, &row->target);
		slot_mix(slot, row);
		if (row->state == ACT_REFUSED) {
			slot->refused = true;
			put_out(overlay, slot, &row->id);
		}
	}
}

void overlay_replay(struct client *client, const struct client_change *change)
{
	struct overlay old = client->overlay, *overlay = &client->overlay;
	const struct waiting *waiting = &client->waiting;

	*overlay = (struct overlay){ .n = 0 };
	deadlines_forget(client);
	joint_forget(client);
	make_slots(client);
	for (size_t i = 0; !change->any && i < change->n; i++) {
		struct overlay_slot *slot = slot_find(overlay, &change->ids[i]);

		if (slot != NULL)
			slot->fresh = true;
	}
	for (size_t i = 0; i < waiting->n; i++) {
		const struct outbox_row *row = &waiting->rows[i];
		struct overlay_slot *slot, *was;

		if (row->state >= ACT_REFUSED)
			continue;
		slot = slot_find(overlay, &row->target);
		was = slot_find(&old, &row->target);
		if (!change->any && !slot->fresh && !slot->kept && was != NULL &&
		    was->print == slot->print)
			take_over(overlay, slot, &old, was);
		slot->fresh = true; /* the first of its acts has decided for all */
		if (!slot->kept)
			replay(client, slot, row);
	}
	arena_release(&old.arena);
}
