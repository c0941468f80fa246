/* Shown = cache + replay(outbox): the incidents that acts of ours have changed, in memory. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/wire/act.h"

#include "client_priv.h"

struct overlay_row *overlay_find(const struct client *client, const struct uuid *id)
{
	for (size_t i = 0; i < client->overlay.n; i++)
		if (uuid_eq(&client->overlay.rows[i].shown->head.id, id))
			return &client->overlay.rows[i];
	return NULL;
}

bool overlay_is_refused(const struct client *client, const struct uuid *id)
{
	for (size_t i = 0; i < client->overlay.n_refused; i++)
		if (uuid_eq(&client->overlay.refused[i], id))
			return true;
	return false;
}

unsigned row_marks(const struct client *client, const struct uuid *id)
{
	const struct overlay_row *row = overlay_find(client, id);
	unsigned marks = 0;

	if (row != NULL)
		marks |= row->n != 0 ? ROW_PENDING | ROW_NEW : ROW_PENDING;
	if (overlay_is_refused(client, id))
		marks |= ROW_REFUSED;
	return marks;
}

struct moment client_moment(const struct client *client, const struct act *act)
{
	int64_t at = act->at + client->link.offset;

	return (struct moment){ .recv = at, .eff = at };
}

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

enum err act_effects(struct client *client, const struct act *act, const struct incident *before,
		     struct arena *arena, struct incident **ret_after, struct error *err)
{
	struct state state = { .entity = before, .serial = 0 };
	struct moment moment = client_moment(client, act);
	struct decision decision;
	void *after;
	enum err code = decide(client->rules, &state, act, &moment, arena, &decision, err);

	if (code != ERR_OK)
		return code;
	after = before != NULL ? entity_copy(before, arena)
			       : entity_new(KIND_INCIDENT, &act->target.id, arena);
	for (size_t i = 0; i < decision.n_effects && code == ERR_OK; i++)
		if (uuid_eq(&decision.effects[i].id, &act->target.id))
			code = evolve(after, &decision.effects[i],
				      before != NULL ? before->head.seq : 0, arena, err);
	if (code == ERR_OK)
		*ret_after = after;
	return code;
}

enum err overlay_apply(struct client *client, const struct act *act, struct error *err)
{
	struct overlay *overlay = &client->overlay;
	struct overlay_row *row = overlay_find(client, &act->target.id);
	struct incident *base = NULL, *after;
	int64_t tie = 0;
	enum err code = ERR_OK;

	if (!client_has_rules(client))
		return error_set(err, ERR_OFFLINE, "%s",
				 _("the rules are not here yet: zhiban sync"));
	if (row == NULL)
		code = cached(client, &act->target.id, &overlay->arena, &base, &tie, err);
	if (code == ERR_OK)
		code = act_effects(client, act, row != NULL ? row->shown : base, &overlay->arena,
				  &after, err);
	if (code != ERR_OK)
		return code;
	if (row == NULL) {
		row = new_row(overlay);
		*row = (struct overlay_row){ .base = base, .tie = tie };
		if (base == NULL) {
			row->n = act->n;
			row->tie = OVERLAY_TIE + act->n;
		}
	}
	row->shown = after;
	return ERR_OK;
}

/* Whether the feed has brought the act already (it is only not folded yet). */
static bool is_cached(struct client *client, const struct outbox_row *row)
{
	struct arena arena = ARENA_INIT;
	struct page_row place;
	bool there = false;

	if (row->state == ACT_ANSWERED && client->cache != NULL &&
	    cache_row(client->cache, &row->target, &arena, &place, NULL) == ERR_OK)
		there = place.incident->head.version >= row->version;
	arena_release(&arena);
	return there;
}

static void replay(struct client *client, const struct outbox_row *row)
{
	struct overlay *overlay = &client->overlay;
	struct overlay_row *shown;
	struct act act;

	if (row->state == ACT_MERGED)
		return;
	if (row->state == ACT_REFUSED) {
		if (overlay->n_refused < REFUSED_KEPT)
			overlay->refused[overlay->n_refused++] = row->target;
		return;
	}
	if (!is_cached(client, row) &&
	    act_decode(row->body, row->len, &overlay->arena, &act, NULL) == ERR_OK) {
		act.n = row->n;
		/* one that no longer fits is not shown: the server's answer will say why */
		if (overlay_apply(client, &act, NULL) == ERR_OK && row->number[0] != '\0') {
			shown = overlay_find(client, &row->target);
			if (shown != NULL && shown->shown->number == NULL)
				shown->shown->number = arena_strdup(&overlay->arena, row->number);
		}
	}
}

void overlay_replay(struct client *client, const struct outbox_row *rows, size_t n)
{
	struct overlay *overlay = &client->overlay;

	arena_reset(&overlay->arena);
	overlay->rows = NULL;
	overlay->n = overlay->cap = overlay->n_refused = 0;
	for (size_t i = 0; i < n; i++)
		replay(client, &rows[i]);
}

enum err overlay_rebuild(struct client *client, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows;
	size_t n;
	enum err code = outbox_list(client->outbox, &arena, &rows, &n, err);

	if (code == ERR_OK)
		overlay_replay(client, rows, n);
	arena_release(&arena);
	return code;
}
