#include <config.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/act.h"

#include "thing_priv.h"

/* ---- one, with what waits ---- */

struct replaying {
	struct client *client;
	enum kind kind;
	struct arena *arena;
	struct thing *thing;
	struct uuid *out; /* acts that are refused, and those that hang on them */
	size_t n_out, cap_out;
};

static bool is_out(const struct replaying *replaying, const struct uuid *act)
{
	for (size_t i = 0; i < replaying->n_out; i++)
		if (uuid_eq(&replaying->out[i], act))
			return true;
	return false;
}

static void put_out(struct replaying *replaying, const struct uuid *act)
{
	MEM_GROW(replaying->out, replaying->n_out, replaying->cap_out);
	replaying->out[replaying->n_out++] = *act;
}

/* The server has said it, and the feed has not brought it yet. */
static void note_number(const struct replaying *replaying, void *shown, const char *number)
{
	const struct kind_desc *desc = kind_desc(replaying->kind);

	for (size_t i = 0; number[0] != '\0' && i < desc->n_fields; i++) {
		const struct field *field = &desc->fields[i];
		const char **to = (const char **)((char *)shown + field->offset);

		if (strcmp(field->name, "number") == 0 && *to == NULL)
			*to = arena_strdup(replaying->arena, number);
	}
}

static void replay(struct replaying *replaying, const struct outbox_row *row)
{
	struct client *client = replaying->client;
	struct thing *thing = replaying->thing;
	struct act act;
	void *after;

	if (act_decode(row->body, row->len, replaying->arena, &act, NULL) != ERR_OK ||
	    act.target.kind != replaying->kind)
		return;
	act.n = row->n;
	/* what hung on a refused act will be refused: a note gets in all the same */
	if (is_out(replaying, &act.after) &&
	    (act.desc->conflict != CONFLICT_APPEND || thing->shown == NULL)) {
		put_out(replaying, &row->id);
		return;
	}
	/* one that no longer fits is not shown: the server's answer will say why */
	if (act_is_cached(client, thing->cached, row, &act) ||
	    act_effects(client, &act, thing->shown, true, replaying->arena, &after, NULL) != ERR_OK)
		return;
	if (thing->shown == NULL) {
		thing->marks |= ROW_NEW;
		thing->n = row->n;
	}
	note_number(replaying, after, row->number);
	thing->marks |= ROW_PENDING;
	thing->shown = after;
}

/* The acts of ours on it, in their order. */
static void replay_all(struct client *client, enum kind kind, const struct uuid *id,
		       struct arena *arena, struct thing *thing)
{
	const struct waiting *waiting = &client->waiting;
	struct replaying replaying = { .client = client, .kind = kind, .arena = arena,
				       .thing = thing };

	for (size_t i = 0; i < waiting->n; i++) {
		const struct outbox_row *row = &waiting->rows[i];

		if (!uuid_eq(&row->target, id))
			continue;
		if (row->state == ACT_REFUSED) {
			thing->marks |= ROW_REFUSED;
			put_out(&replaying, &row->id);
		} else if (row->state < ACT_REFUSED) {
			replay(&replaying, row);
		}
	}
	free(replaying.out);
}

static bool has_refused(const struct client *client, const struct uuid *id)
{
	for (size_t i = 0; i < client->waiting.n; i++)
		if (client->waiting.rows[i].state == ACT_REFUSED &&
		    uuid_eq(&client->waiting.rows[i].target, id))
			return true;
	return false;
}

enum err thing_read_whole(void *ctx, const void *entity, struct error *err)
{
	const struct whole_reading *reading = ctx;
	const struct entity *head = entity;
	void *whole;
	enum err code = cache_get(reading->cache, head->kind, &head->id, reading->arena, &whole,
				  err);

	return code == ERR_OK ? reading->fn(reading->ctx, whole, err) : code;
}

enum err thing_get(struct client *client, enum kind kind, const struct uuid *id,
		   const char *sentence, struct arena *arena, struct thing *ret_thing,
		   struct error *err)
{
	struct thing thing = { .cached = NULL };
	void *entity = NULL;
	enum err code = ERR_NOT_FOUND;

	if (client->cache != NULL)
		code = cache_get(client->cache, kind, id, arena, &entity, err);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	if (code == ERR_OK)
		thing.cached = thing.shown = entity;
	if (!joint_has(kind))
		replay_all(client, kind, id, arena, &thing);
	else if (joint_get(client, kind, id, arena, &thing) || thing.shown != NULL)
		thing.marks |= has_refused(client, id) ? ROW_REFUSED : 0;
	if (thing.shown == NULL)
		return error_set(err, ERR_NOT_FOUND, "%s", sentence);
	*ret_thing = thing;
	return ERR_OK;
}

/* ---- many ---- */

struct gathering {
	struct client *client;
	enum kind kind;
	struct arena *arena;
	const struct uuid *over; /* that acts of ours stand on */
	size_t n_over;
	struct thing *items;
	size_t n, cap;
};

static void add(struct gathering *all, const struct thing *thing)
{
	MEM_GROW(all->items, all->n, all->cap);
	all->items[all->n++] = *thing;
}

static bool is_over(const struct gathering *all, const struct uuid *id)
{
	for (size_t i = 0; i < all->n_over; i++)
		if (uuid_eq(&all->over[i], id))
			return true;
	return false;
}

static enum err add_cached(void *ctx, const void *entity, struct error *err)
{
	struct gathering *all = ctx;
	struct thing thing = { .cached = entity, .shown = entity };
	const struct uuid *id = &((const struct entity *)entity)->id;

	(void)err;
	if (is_over(all, id)) /* with its acts: below */
		return ERR_OK;
	if (has_refused(all->client, id))
		thing.marks = ROW_REFUSED;
	add(all, &thing);
	return ERR_OK;
}

static void add_overlaid(struct gathering *all)
{
	struct thing thing;

	for (size_t i = 0; i < all->n_over; i++)
		if (thing_get(all->client, all->kind, &all->over[i], "", all->arena, &thing,
			      NULL) == ERR_OK)
			add(all, &thing);
}

static void take(struct gathering *all, struct things *ret_things)
{
	*ret_things = (struct things){ .n = all->n };
	ret_things->items = arena_array(all->arena, all->n + 1, sizeof *all->items);
	if (all->n > 0)
		memcpy(ret_things->items, all->items, all->n * sizeof *all->items);
	free(all->items);
}

/* What acts of ours stand on, or what follows from them. */
static const struct uuid *acted_on(struct client *client, enum kind kind, struct arena *arena,
				   size_t *ret_n)
{
	return joint_has(kind) ? joint_acted(client, kind, arena, ret_n)
			       : overlay_others(client, kind, arena, ret_n);
}

void things_overlaid(struct client *client, enum kind kind, struct arena *arena,
		     struct things *ret_things)
{
	struct gathering all = { .client = client, .kind = kind, .arena = arena };

	all.over = acted_on(client, kind, arena, &all.n_over);
	add_overlaid(&all);
	take(&all, ret_things);
}

enum err things_all(struct client *client, enum kind kind, things_read_fn read, void *ctx,
		    struct arena *arena, struct things *ret_things, struct error *err)
{
	struct gathering all = { .client = client, .kind = kind, .arena = arena };
	enum err code = ERR_OK;

	all.over = acted_on(client, kind, arena, &all.n_over);
	if (client->cache != NULL)
		code = read(client->cache, ctx, arena, add_cached, &all, err);
	if (code != ERR_OK) {
		free(all.items);
		return code;
	}
	add_overlaid(&all);
	take(&all, ret_things);
	return ERR_OK;
}

/* ---- finding ---- */

bool words_are_hex(const char *words)
{
	size_t digits = 0;

	for (; *words != '\0'; words++) {
		if (isxdigit((unsigned char)*words))
			digits++;
		else if (*words != '-')
			return false;
	}
	return digits >= 8 && digits <= 32;
}

bool words_are_local(const char *words, long long *ret_n)
{
	const char *dash = strrchr(words, '-');

	if (dash == NULL || (dash > words && isxdigit((unsigned char)dash[-1])))
		return false;
	return str_int(dash + 1, 1, INT64_MAX, ret_n);
}

bool id_begins(const struct uuid *id, const char *words)
{
	char text[UUID_TEXT];
	const char *at = text;

	uuid_text(id, text);
	for (; *words != '\0'; words++) {
		if (*words == '-')
			continue;
		while (*at == '-')
			at++;
		if (tolower((unsigned char)*words) != *at++)
			return false;
	}
	return true;
}

const char *short_number(const char *number)
{
	if (number == NULL)
		return "";
	return strlen(number) > 9 && number[8] == '-' ? number + 6 : number;
}

struct seeking {
	const char *words;
	bool hex;
	long long local; /* 0: no local mark */
	const char *number; /* of the latest so far */
	struct uuid id;
	size_t fits;
};

/* Those that acts of ours stand on: their numbers may not be in the cache yet. */
static void seek(struct seeking *seeking, enum kind kind, const struct thing *thing)
{
	const struct entity *head = thing->shown;
	const struct kind_desc *desc = kind_desc(kind);
	const char *number = NULL;

	for (size_t i = 0; i < desc->n_fields; i++)
		if (strcmp(desc->fields[i].name, "number") == 0)
			number = field_get(&desc->fields[i], thing->shown).text;
	if (seeking->local != 0 && thing->n == seeking->local) {
		seeking->id = head->id;
		seeking->fits = 1;
		return;
	}
	if (seeking->hex && thing->cached == NULL && id_begins(&head->id, seeking->words)) {
		seeking->id = head->id;
		seeking->fits++;
		return;
	}
	if (number == NULL || (strcasecmp(number, seeking->words) != 0 &&
			       strcasecmp(short_number(number), seeking->words) != 0))
		return;
	if (seeking->number == NULL || strcmp(number, seeking->number) > 0) {
		seeking->number = number;
		seeking->id = head->id;
		seeking->fits = 1;
	}
}

static bool has_number(enum kind kind)
{
	const struct kind_desc *desc = kind_desc(kind);

	return field_find(desc->fields, desc->n_fields, "number") != NULL;
}

static enum err seek_cached(struct client *client, enum kind kind, struct arena *arena,
			    struct seeking *seeking, struct error *err)
{
	struct uuid found[2];
	size_t n = 0;
	enum err code = ERR_OK;

	if (has_number(kind))
		code = cache_find_number(client->cache, kind, seeking->words, arena,
					 &seeking->number, &seeking->id, err);
	if (code == ERR_OK)
		seeking->fits = seeking->number != NULL;
	if (code == ERR_OK && seeking->hex && seeking->fits == 0) {
		code = cache_by_prefix(client->cache, kind, seeking->words, found, &n, err);
		if (code == ERR_OK && n > 0)
			seeking->id = found[0];
		seeking->fits = n;
	}
	return code;
}

enum err thing_find(struct client *client, enum kind kind, const char *words, struct uuid *ret_id,
		    struct error *err)
{
	struct seeking seeking = { .words = words, .hex = words_are_hex(words) };
	struct arena arena = ARENA_INIT;
	struct things over;
	enum err code = ERR_OK;

	if (!words_are_local(words, &seeking.local))
		seeking.local = 0;
	if (client->cache != NULL)
		code = seek_cached(client, kind, &arena, &seeking, err);
	if (code == ERR_OK) {
		things_overlaid(client, kind, &arena, &over);
		for (size_t i = 0; i < over.n; i++)
			seek(&seeking, kind, &over.items[i]);
	}
	arena_release(&arena);
	if (code == ERR_OK && seeking.fits > 1)
		return error_set(err, ERR_INPUT, _("%s fits several: give more digits"), words);
	if (code != ERR_OK || seeking.fits == 0)
		return code != ERR_OK ? code : ERR_NOT_FOUND;
	*ret_id = seeking.id;
	return ERR_OK;
}
