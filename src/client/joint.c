#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/act.h"

#include "joint_priv.h"
#include "thing_priv.h"

enum { FOLLOW_DEPTH = 3, CHANGED_MOST = 256 };

bool joint_has(enum kind kind)
{
	return kind == KIND_MEETING || kind == KIND_ITEM || kind == KIND_ACTION || kind == KIND_ROOM;
}

void joint_forget(struct client *client)
{
	struct joint *joint = &client->joint;
	struct arena arena = joint->arena;

	if (!joint->known)
		return;
	free(joint->rows);
	free(joint->out);
	arena_reset(&arena);
	*joint = (struct joint){ .arena = arena };
}

/* ---- rows ---- */

static struct joint_row *find_row(const struct joint *joint, enum kind kind, const struct uuid *id)
{
	for (size_t i = 0; i < joint->n; i++)
		if (joint->rows[i].kind == kind && uuid_eq(&joint->rows[i].id, id))
			return &joint->rows[i];
	return NULL;
}

/* With what the cache has of it; good until the next one is asked for. */
static struct joint_row *row_of(struct client *client, enum kind kind, const struct uuid *id)
{
	struct joint *joint = &client->joint;
	struct joint_row *row = find_row(joint, kind, id);
	void *cached = NULL;

	if (row != NULL)
		return row;
	if (client->cache != NULL &&
	    cache_get(client->cache, kind, id, &joint->arena, &cached, NULL) != ERR_OK)
		cached = NULL;
	MEM_GROW(joint->rows, joint->n, joint->cap);
	row = &joint->rows[joint->n++];
	*row = (struct joint_row){ .kind = kind, .id = *id, .cached = cached, .shown = cached };
	return row;
}

/* ---- one act, with what follows from it ---- */

struct changed { /* by an act and what follows from it, until all of it has gone through */
	enum kind kind;
	struct uuid id;
	const void *after;
};
struct judging {
	struct client *client;
	struct arena *arena;
	struct changed *changed; /* CHANGED_MOST */
	size_t n;
};

static const void *state_of(struct judging *judging, enum kind kind, const struct uuid *id)
{
	struct incident *incident = NULL;
	struct thing thing;

	for (size_t i = 0; i < judging->n; i++)
		if (judging->changed[i].kind == kind && uuid_eq(&judging->changed[i].id, id))
			return judging->changed[i].after;
	if (joint_has(kind))
		return row_of(judging->client, kind, id)->shown;
	if (kind == KIND_INCIDENT)
		return overlay_state(judging->client, id, judging->arena, &incident, NULL) == ERR_OK
			       ? incident
			       : NULL;
	return thing_get(judging->client, kind, id, "", judging->arena, &thing, NULL) == ERR_OK
		       ? thing.shown
		       : NULL;
}

struct nears {
	const void **items;
	size_t n, cap;
};

static void add_near(struct judging *judging, struct nears *nears, const struct near_id *ids, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const void *near = state_of(judging, ids[i].kind, &ids[i].id);

		if (near == NULL)
			continue;
		MEM_GROW(nears->items, nears->n, nears->cap);
		nears->items[nears->n++] = near;
	}
}

/* What the rules look at beside it, and what leads on from that. */
static void look_near(struct judging *judging, const struct act *act, const void *before,
		      struct state *state)
{
	struct near_id *ids = NULL;
	struct nears nears = { .n = 0 };
	size_t n = 0, direct;

	decide_near(judging->client->rules, act, before, judging->arena, &ids, &n);
	add_near(judging, &nears, ids, n);
	direct = nears.n;
	for (size_t i = 0; i < direct; i++) {
		decide_near_of(act, nears.items[i], judging->arena, &ids, &n);
		add_near(judging, &nears, ids, n);
	}
	if (nears.n > 0)
		state->near = arena_dup(judging->arena, nears.items, nears.n * sizeof *nears.items);
	state->n_near = nears.n;
	free(nears.items);
}

static void put_changed(struct judging *judging, enum kind kind, const struct uuid *id,
			const void *after)
{
	for (size_t i = 0; i < judging->n; i++) {
		if (judging->changed[i].kind == kind && uuid_eq(&judging->changed[i].id, id)) {
			judging->changed[i].after = after;
			return;
		}
	}
	if (judging->n < CHANGED_MOST)
		judging->changed[judging->n++] = (struct changed){ kind, *id, after };
}

static enum err judge(struct judging *judging, const struct act *act, const void *before, int depth,
		      struct error *err)
{
	struct client *client = judging->client;
	struct state state = { .entity = before, .base_entity = before,
			       .mode = mode_code_before(client, act->n) };
	struct moment moment = client_moment(client, act);
	struct decision decision;
	void *after;
	enum err code;

	look_near(judging, act, before, &state);
	code = decide(client->rules, &state, act, &moment, judging->arena, &decision, err);
	if (code != ERR_OK)
		return code;
	after = before != NULL ? entity_copy(before, judging->arena)
			       : entity_new(act->target.kind, &act->target.id, judging->arena);
	for (size_t i = 0; i < decision.n_effects && code == ERR_OK; i++)
		if (uuid_eq(&decision.effects[i].id, &act->target.id))
			code = evolve(after, &decision.effects[i], ((struct entity *)after)->seq,
				      judging->arena, err);
	if (code == ERR_OK)
		put_changed(judging, act->target.kind, &act->target.id, after);
	for (size_t i = 0; i < decision.n_follow && code == ERR_OK && depth < FOLLOW_DEPTH; i++) {
		const struct target *target = &decision.follow[i].target;

		if (joint_has(target->kind)) /* of cases the feed will tell */
			code = judge(judging, &decision.follow[i],
				     state_of(judging, target->kind, &target->id), depth + 1, err);
	}
	return code;
}

/* ---- all of them ---- */

static bool is_out(const struct joint *joint, const struct uuid *act)
{
	for (size_t i = 0; i < joint->n_out; i++)
		if (uuid_eq(&joint->out[i], act))
			return true;
	return false;
}

static void put_out(struct joint *joint, const struct uuid *act)
{
	MEM_GROW(joint->out, joint->n_out, joint->cap_out);
	joint->out[joint->n_out++] = *act;
}

/* The server has said it, and the feed has not brought it yet. */
static void note_number(struct joint *joint, enum kind kind, void *shown, const char *number)
{
	const struct kind_desc *desc = kind_desc(kind);
	const struct field *field = field_find(desc->fields, desc->n_fields, "number");
	const char **to;

	if (field == NULL || number == NULL || number[0] == '\0')
		return;
	to = (const char **)((char *)shown + field->offset);
	if (*to == NULL)
		*to = arena_strdup(&joint->arena, number);
}

static void take(struct client *client, const struct judging *judging, const struct outbox_row *row)
{
	struct joint *joint = &client->joint;

	for (size_t i = 0; i < judging->n; i++) {
		const struct changed *changed = &judging->changed[i];
		struct joint_row *at = row_of(client, changed->kind, &changed->id);
		void *after = entity_copy(changed->after, &joint->arena);

		if (at->shown == NULL) {
			at->marks |= ROW_NEW;
			at->n = row->n;
		}
		at->acted = true;
		at->marks |= ROW_PENDING;
		if (uuid_eq(&changed->id, &row->target))
			note_number(joint, changed->kind, after, row->number);
		at->shown = after;
	}
}

static void replay(struct client *client, const struct outbox_row *row, const struct act *act)
{
	struct joint *joint = &client->joint;
	struct arena arena = ARENA_INIT;
	struct judging judging = { .client = client, .arena = &arena };
	struct joint_row *at = row_of(client, act->target.kind, &act->target.id);
	const void *before = at->shown;

	at->acted = true;
	/* what hung on a refused act will be refused: a note gets in all the same */
	if (is_out(joint, &act->after) &&
	    (act->desc->conflict != CONFLICT_APPEND || before == NULL)) {
		put_out(joint, &row->id);
		return;
	}
	if (act_is_cached(client, at->cached, row, act))
		return;
	judging.changed = arena_array(&arena, CHANGED_MOST, sizeof *judging.changed);
	/* one that no longer fits is not shown: the server's answer will say why */
	if (judge(&judging, act, before, 0, NULL) == ERR_OK)
		take(client, &judging, row);
	arena_release(&arena);
}

static bool some_wait(const struct client *client, struct arena *arena)
{
	static const enum kind kinds[] = { KIND_MEETING, KIND_ITEM, KIND_ACTION, KIND_ROOM };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		size_t n = 0;

		overlay_others(client, kinds[i], arena, &n);
		if (n > 0)
			return true;
	}
	return false;
}

static void make(struct client *client)
{
	struct joint *joint = &client->joint;
	const struct waiting *waiting = &client->waiting;
	struct arena arena = ARENA_INIT;
	struct act act;

	if (joint->known)
		return;
	joint->known = true;
	if (!client_has_rules(client) || !some_wait(client, &joint->arena))
		return;
	for (size_t i = 0; i < waiting->n; i++) {
		const struct outbox_row *row = &waiting->rows[i];

		if (row->state == ACT_REFUSED)
			put_out(joint, &row->id);
		if (row->state >= ACT_REFUSED)
			continue;
		arena_reset(&arena);
		if (act_decode(row->body, row->len, &arena, &act, NULL) != ERR_OK ||
		    !joint_has(act.target.kind))
			continue;
		act.n = row->n;
		replay(client, row, &act);
	}
	arena_release(&arena);
}

enum err joint_try(struct client *client, const struct act *act, const void *shown,
		   struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct judging judging = { .client = client, .arena = &arena };
	enum err code;

	make(client);
	judging.changed = arena_array(&arena, CHANGED_MOST, sizeof *judging.changed);
	code = judge(&judging, act, shown, 0, err);
	arena_release(&arena);
	return code;
}

void joint_add(struct client *client, const struct outbox_row *row, const struct act *act)
{
	if (client->joint.known)
		replay(client, row, act);
}

const struct uuid *joint_acted(struct client *client, enum kind kind, struct arena *arena,
			       size_t *ret_n)
{
	const struct joint *joint = &client->joint;
	struct uuid *ids;
	size_t n = 0;

	make(client);
	ids = arena_array(arena, joint->n + 1, sizeof *ids);
	for (size_t i = 0; i < joint->n; i++)
		if (joint->rows[i].kind == kind && joint->rows[i].acted)
			ids[n++] = joint->rows[i].id;
	*ret_n = n;
	return ids;
}

bool joint_get(struct client *client, enum kind kind, const struct uuid *id, struct arena *arena,
	       struct thing *ret_thing)
{
	const struct joint_row *row;
	struct thing thing;

	make(client);
	row = find_row(&client->joint, kind, id);
	if (row == NULL || !row->acted)
		return false;
	thing = (struct thing){ .marks = row->marks, .n = row->n };
	if (row->cached != NULL)
		thing.cached = entity_copy(row->cached, arena);
	if (row->shown != NULL)
		thing.shown = row->shown == row->cached ? thing.cached
							: entity_copy(row->shown, arena);
	*ret_thing = thing;
	return true;
}
