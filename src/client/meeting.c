#include <config.h>

#include "zhiban/client/meeting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "thing_priv.h"

/* ---- what is open, and the latest of the rest ---- */

struct open_and_ended {
	enum kind kind;
	const char *began, *latest; /* TIMEs with an index: of the open ones, of the others */
	size_t ended;
};

/* Open ones whole. */
static enum err read_both(struct store *cache, void *ctx, struct arena *arena, entity_fn fn,
			  void *fn_ctx, struct error *err)
{
	const struct open_and_ended *of = ctx;
	struct whole_reading whole = { cache, arena, fn, fn_ctx };
	int64_t most = of->ended < INT64_MAX ? (int64_t)of->ended : INT64_MAX;
	enum err code = cache_each_where(cache, of->kind, "open", true, of->began, INT64_MAX, arena,
					 thing_read_whole, &whole, err);

	if (code == ERR_OK && most > 0)
		code = cache_each_where(cache, of->kind, "open", false, of->latest, most, arena, fn,
					fn_ctx, err);
	return code;
}

/* 0: it has none, and stands behind all that have. */
static int by_time(int64_t a, int64_t b)
{
	if (a == b)
		return 0;
	return a != 0 && (b == 0 || a < b) ? -1 : 1;
}

/* ---- meetings ---- */

static int by_begin(const void *a, const void *b)
{
	const struct meeting *x = ((const struct client_meeting *)a)->meeting;
	const struct meeting *y = ((const struct client_meeting *)b)->meeting;
	int order;

	if (x->open != y->open)
		return x->open ? -1 : 1;
	order = x->open ? by_time(x->starts, y->starts) : by_time(y->moved_at, x->moved_at);
	return order != 0 ? order : uuid_cmp(&x->head.id, &y->head.id);
}

static struct client_meeting *meetings_of(const struct things *all, struct arena *arena)
{
	struct client_meeting *meetings = arena_array(arena, all->n + 1, sizeof *meetings);

	for (size_t i = 0; i < all->n; i++)
		meetings[i] = (struct client_meeting){ .meeting = all->items[i].shown,
						       .marks = all->items[i].marks,
						       .n = all->items[i].n };
	return meetings;
}

enum err client_meetings(struct client *client, size_t ended, struct arena *arena,
			 struct client_meeting **ret_meetings, size_t *ret_n, struct error *err)
{
	struct open_and_ended of = { KIND_MEETING, "moved_at", "moved_at", ended };
	struct client_meeting *meetings;
	struct things all;
	size_t n = 0;
	enum err code = things_all(client, KIND_MEETING, read_both, &of, arena, &all, err);

	if (code != ERR_OK)
		return code;
	meetings = meetings_of(&all, arena);
	qsort(meetings, all.n, sizeof *meetings, by_begin);
	for (size_t gone = 0; n < all.n; n++) /* acts of ours may have ended some more */
		if (!meetings[n].meeting->open && gone++ == ended)
			break;
	*ret_meetings = meetings;
	*ret_n = n;
	return ERR_OK;
}

struct between {
	int64_t from, to;
	struct whole_reading whole;
};
enum { LONGEST_MS = 3 * DAY_MS }; /* no meeting goes on longer */

static bool touches(const struct between *between, const struct meeting *meeting)
{
	int64_t ends = meeting->ends > meeting->starts ? meeting->ends : meeting->starts + 1;

	return meeting->starts != 0 && meeting->starts < between->to && ends > between->from &&
	       meeting_state(meeting) != MEETING_CANCELLED;
}

static enum err read_touching(void *ctx, const void *entity, struct error *err)
{
	struct between *between = ctx;

	return touches(between, entity) ? thing_read_whole(&between->whole, entity, err) : ERR_OK;
}

static enum err read_between(struct store *cache, void *ctx, struct arena *arena, entity_fn fn,
			     void *fn_ctx, struct error *err)
{
	struct between between = *(const struct between *)ctx;

	between.whole = (struct whole_reading){ cache, arena, fn, fn_ctx };
	return cache_each_between(cache, KIND_MEETING, "starts", between.from - LONGEST_MS, between.to,
				  arena, read_touching, &between, err);
}

static int by_start(const void *a, const void *b)
{
	const struct meeting *x = ((const struct client_meeting *)a)->meeting;
	const struct meeting *y = ((const struct client_meeting *)b)->meeting;
	int order = by_time(x->starts, y->starts);

	return order != 0 ? order : uuid_cmp(&x->head.id, &y->head.id);
}

enum err client_meetings_between(struct client *client, int64_t from, int64_t to, struct arena *arena,
				 struct client_meeting **ret_meetings, size_t *ret_n,
				 struct error *err)
{
	struct between between = { .from = from, .to = to };
	struct client_meeting *meetings;
	struct things all;
	size_t n = 0;
	enum err code = things_all(client, KIND_MEETING, read_between, &between, arena, &all, err);

	if (code != ERR_OK)
		return code;
	meetings = meetings_of(&all, arena);
	for (size_t i = 0; i < all.n; i++) /* acts of ours may have moved some */
		if (touches(&between, meetings[i].meeting))
			meetings[n++] = meetings[i];
	qsort(meetings, n, sizeof *meetings, by_start);
	*ret_meetings = meetings;
	*ret_n = n;
	return ERR_OK;
}

enum err client_meeting_get(struct client *client, const struct uuid *id, struct arena *arena,
			    struct client_meeting *ret_meeting, struct error *err)
{
	struct thing thing;
	enum err code = thing_get(client, KIND_MEETING, id, _("that meeting is not here"), arena,
				  &thing, err);

	if (code == ERR_OK)
		*ret_meeting = (struct client_meeting){ thing.shown, thing.marks, thing.n };
	return code;
}

/* ---- items ---- */

static int place_of(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org != NULL ? (int)(org - rules->orgs) : (int)rules->n_orgs;
}

static int by_state(const void *a, const void *b, void *ctx)
{
	const struct item *x = ((const struct client_item *)a)->item;
	const struct item *y = ((const struct client_item *)b)->item;
	int order = 0;

	if (x->open != y->open)
		return x->open ? -1 : 1;
	if (!x->open) {
		order = by_time(y->settled_at, x->settled_at);
		return order != 0 ? order : uuid_cmp(&x->head.id, &y->head.id);
	}
	order = place_of(ctx, x->org) - place_of(ctx, y->org);
	if (order == 0)
		order = (int)item_state(x) - (int)item_state(y);
	if (order == 0)
		order = by_time(x->brought_at, y->brought_at);
	return order != 0 ? order : uuid_cmp(&x->head.id, &y->head.id);
}

static struct client_item *items_of(const struct things *all, struct arena *arena)
{
	struct client_item *items = arena_array(arena, all->n + 1, sizeof *items);

	for (size_t i = 0; i < all->n; i++)
		items[i] = (struct client_item){ .item = all->items[i].shown,
						 .marks = all->items[i].marks,
						 .n = all->items[i].n };
	return items;
}

enum err client_items(struct client *client, size_t ended, struct arena *arena,
		      struct client_item **ret_items, size_t *ret_n, struct error *err)
{
	struct open_and_ended of = { KIND_ITEM, "brought_at", "settled_at", ended };
	struct client_item *items;
	struct things all;
	size_t n = 0;
	enum err code = things_all(client, KIND_ITEM, read_both, &of, arena, &all, err);

	if (code != ERR_OK)
		return code;
	items = items_of(&all, arena);
	qsort_r(items, all.n, sizeof *items, by_state, (void *)client->rules);
	for (size_t gone = 0; n < all.n; n++)
		if (!items[n].item->open && gone++ == ended)
			break;
	*ret_items = items;
	*ret_n = n;
	return ERR_OK;
}

struct placed {
	struct uuid item;
	int64_t order;
	size_t at;
};

static int by_entry(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

enum err client_meeting_items(struct client *client, const struct meeting *meeting,
			      struct arena *arena, struct client_item **ret_items, size_t *ret_n,
			      struct error *err)
{
	struct placed *entries = arena_array(arena, meeting->agenda.n + 1, sizeof *entries);
	struct client_item *items = arena_array(arena, meeting->agenda.n + 1, sizeof *items);
	size_t n_entries = 0, n = 0;
	enum err code = ERR_OK;

	for (size_t i = 0; i < meeting->agenda.n; i++) {
		const struct agenda *entry = meeting_entry(meeting, i);

		if (entry->item != NULL &&
		    uuid_parse(entry->item, &entries[n_entries].item) == ERR_OK) {
			entries[n_entries].at = i;
			entries[n_entries++].order = entry->order;
		}
	}
	qsort(entries, n_entries, sizeof *entries, by_entry);
	for (size_t i = 0; i < n_entries && code == ERR_OK; i++) {
		code = client_item_get(client, &entries[i].item, arena, &items[n], err);
		if (code == ERR_OK)
			n++;
		else if (code == ERR_NOT_FOUND) /* who sees a meeting may not see all its items */
			code = ERR_OK;
	}
	if (code != ERR_OK)
		return code;
	*ret_items = items;
	*ret_n = n;
	return ERR_OK;
}

enum err client_item_get(struct client *client, const struct uuid *id, struct arena *arena,
			 struct client_item *ret_item, struct error *err)
{
	struct thing thing;
	enum err code = thing_get(client, KIND_ITEM, id, _("that item is not here"), arena, &thing,
				  err);

	if (code == ERR_OK)
		*ret_item = (struct client_item){ thing.shown, thing.marks, thing.n };
	return code;
}

/* ---- actions ---- */

static int by_due(const void *a, const void *b)
{
	const struct action *x = ((const struct client_action *)a)->action;
	const struct action *y = ((const struct client_action *)b)->action;
	int order;

	if (x->open != y->open)
		return x->open ? -1 : 1;
	order = x->open ? by_time(x->due, y->due) : by_time(y->closed_at, x->closed_at);
	return order != 0 ? order : uuid_cmp(&x->head.id, &y->head.id);
}

static struct client_action *actions_of(const struct things *all, struct arena *arena)
{
	struct client_action *actions = arena_array(arena, all->n + 1, sizeof *actions);

	for (size_t i = 0; i < all->n; i++)
		actions[i] = (struct client_action){ .action = all->items[i].shown,
						     .marks = all->items[i].marks,
						     .n = all->items[i].n };
	return actions;
}

enum err client_actions(struct client *client, size_t ended, struct arena *arena,
			struct client_action **ret_actions, size_t *ret_n, struct error *err)
{
	struct open_and_ended of = { KIND_ACTION, "given_at", "closed_at", ended };
	struct client_action *actions;
	struct things all;
	size_t n = 0;
	enum err code = things_all(client, KIND_ACTION, read_both, &of, arena, &all, err);

	if (code != ERR_OK)
		return code;
	actions = actions_of(&all, arena);
	qsort(actions, all.n, sizeof *actions, by_due);
	for (size_t gone = 0; n < all.n; n++)
		if (!actions[n].action->open && gone++ == ended)
			break;
	*ret_actions = actions;
	*ret_n = n;
	return ERR_OK;
}

struct hanging { /* what names another's id in a field */
	const char *field, *value;
};

static enum err read_hanging(struct store *cache, void *ctx, struct arena *arena, entity_fn fn,
			     void *fn_ctx, struct error *err)
{
	const struct hanging *hanging = ctx;
	struct whole_reading whole = { cache, arena, fn, fn_ctx };

	return cache_each_of(cache, KIND_ACTION, hanging->field, hanging->value, arena,
			     thing_read_whole, &whole, err);
}

static const char *value_of(const struct action *action, enum kind kind)
{
	return kind == KIND_MEETING ? action->meeting
	       : kind == KIND_ITEM  ? action->item
				    : action->about;
}

static int by_given(const void *a, const void *b)
{
	const struct action *x = ((const struct client_action *)a)->action;
	const struct action *y = ((const struct client_action *)b)->action;
	int order = by_time(x->given_at, y->given_at);

	return order != 0 ? order : uuid_cmp(&x->head.id, &y->head.id);
}

enum err client_actions_of(struct client *client, enum kind kind, const struct uuid *id,
			   struct arena *arena, struct client_action **ret_actions, size_t *ret_n,
			   struct error *err)
{
	char text[UUID_TEXT];
	struct hanging hanging = { kind == KIND_MEETING ? "meeting"
				   : kind == KIND_ITEM	? "item"
							: "about", text };
	struct client_action *actions;
	struct things all;
	size_t n = 0;
	enum err code;

	uuid_text(id, text);
	code = things_all(client, KIND_ACTION, read_hanging, &hanging, arena, &all, err);
	if (code != ERR_OK)
		return code;
	actions = actions_of(&all, arena);
	for (size_t i = 0; i < all.n; i++) /* those that acts of ours stand on are there anyhow */
		if (str_eq(value_of(actions[i].action, kind), text))
			actions[n++] = actions[i];
	qsort(actions, n, sizeof *actions, by_given);
	*ret_actions = actions;
	*ret_n = n;
	return ERR_OK;
}

enum err client_action_get(struct client *client, const struct uuid *id, struct arena *arena,
			   struct client_action *ret_action, struct error *err)
{
	struct thing thing;
	enum err code = thing_get(client, KIND_ACTION, id, _("that task is not here"), arena, &thing,
				  err);

	if (code == ERR_OK)
		*ret_action = (struct client_action){ thing.shown, thing.marks, thing.n };
	return code;
}

/* ---- rooms ---- */

enum err client_room(struct client *client, const char *org, const char *name, struct arena *arena,
		     const struct room **ret_room, struct error *err)
{
	struct uuid id = room_id(org, name);
	struct room *room;
	struct thing thing;
	enum err code = thing_get(client, KIND_ROOM, &id, "", arena, &thing, err);

	if (code == ERR_OK)
		*ret_room = thing.shown;
	if (code != ERR_NOT_FOUND)
		return code;
	room = entity_new(KIND_ROOM, &id, arena);
	room->org = arena_strdup(arena, org);
	room->name = arena_strdup(arena, name);
	*ret_room = room;
	return ERR_OK;
}

/* ---- names ---- */

static const char *mark_of(const struct entity *head, const char *number, int64_t n, char buf[48])
{
	const char *brief = short_number(number);
	char hex[UUID_TEXT];

	if (brief[0] != '\0') {
		snprintf(buf, 48, "%s", brief);
	} else if (n != 0) {
		snprintf(buf, 48, _("no number yet-%lld"), (long long)n);
	} else {
		uuid_text(&head->id, hex);
		snprintf(buf, 48, "%.8s", hex);
	}
	return buf;
}

const char *client_meeting_mark(const struct client_meeting *meeting, char buf[48])
{
	return mark_of(&meeting->meeting->head, meeting->meeting->number, meeting->n, buf);
}

const char *client_item_mark(const struct client_item *item, char buf[48])
{
	return mark_of(&item->item->head, item->item->number, item->n, buf);
}

const char *client_action_mark(const struct client_action *action, char buf[48])
{
	return mark_of(&action->action->head, action->action->number, action->n, buf);
}

const char *joint_mark(enum kind kind, const struct thing *thing, char buf[48])
{
	const struct room *room = thing->shown;
	const struct kind_desc *desc = kind_desc(kind);
	const struct field *number = field_find(desc->fields, desc->n_fields, "number");

	if (number != NULL)
		return mark_of(thing->shown, field_get(number, thing->shown).text, thing->n, buf);
	snprintf(buf, 48, "%.46s", room->name != NULL ? room->name : "");
	return buf;
}
