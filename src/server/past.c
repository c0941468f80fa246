#include <config.h>

#include "past_priv.h"

#include <stdlib.h>
#include <string.h>

#include "admit_priv.h"
#include "service_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/entry.h"

void past_release(struct past *past)
{
	free(past->items);
	arena_release(&past->arena);
	*past = (struct past){ .loaded = false };
}

static const struct effect *effect_on(const struct entry *entry, const struct uuid *id)
{
	for (size_t i = 0; i < entry->n_effects; i++)
		if (uuid_eq(&entry->effects[i].id, id))
			return &entry->effects[i];
	return NULL;
}

/* --- the base -------------------------------------------------------------------------------- */

struct until { /* the version an entity had at a seq */
	struct uuid id;
	int64_t seq, version;
	struct arena *arena;
	enum err code;
};

static bool until_each(void *ctx, const struct db_entry *row)
{
	struct until *until = ctx;
	const struct effect *effect;
	struct entry entry;

	if (row->seq > until->seq)
		return false;
	until->code = entry_decode(row->bytes, row->len, until->arena, &entry, NULL);
	effect = until->code == ERR_OK ? effect_on(&entry, &until->id) : NULL;
	if (effect != NULL)
		until->version = effect->to;
	return until->code == ERR_OK;
}

/* Data that were restored share the history of the epoch before up to where they were saved: lines
 * "EPOCH SEQ", as service_restore writes them.  -1: they do not come from that epoch. */
static int64_t shared_with(const char *lines, const char *epoch)
{
	size_t len = strlen(epoch);

	for (const char *s = lines; s != NULL && *s != '\0'; s = strchr(s, '\n'), s += s != NULL) {
		const char *blank = s + strcspn(s, " \n");

		if (strncmp(s, epoch, len) == 0 && *blank == ' ')
			return strtoll(blank + 1, NULL, 10);
	}
	return -1;
}

/* What he saw of it in another epoch, as far as it is the same history. */
static enum err base_elsewhere(struct writer *writer, const struct act *act, int64_t eno,
			       int64_t *base, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct arena arena = ARENA_INIT;
	struct until until = { .id = act->target.id, .arena = &arena };
	const char *lines;
	enum err code = db->meta_get(writer->db, "epochs", &arena, &lines, err);

	if (code == ERR_OK)
		until.seq = shared_with(lines, act->epoch);
	if (code == ERR_OK && until.seq > 0)
		code = db->timeline(writer->db, eno, 0, until_each, &until, err);
	if (code == ERR_OK && until.code != ERR_OK)
		code = error_set(err, ERR_CORRUPT, "%s", _(err_sentence(ERR_CORRUPT)));
	if (code == ERR_OK && until.version < *base)
		*base = until.version;
	arena_release(&arena);
	return code;
}

enum err past_base(struct writer *writer, const struct act *act, int64_t eno, int64_t version,
		   int64_t *ret_base, struct error *err)
{
	size_t len = strlen(act->epoch);
	int64_t base = act->target.base > 0 ? act->target.base : 0;
	enum err code = ERR_OK;

	if (len > 0 && strncmp(writer->service->epoch, act->epoch, len) != 0)
		code = base_elsewhere(writer, act, eno, &base, err);
	if (code == ERR_OK)
		*ret_base = base <= version ? base : 0;
	return code;
}

/* --- the entries ----------------------------------------------------------------------------- */

struct reading {
	struct past *past;
	struct uuid id;
	int64_t base;
	enum err code;
};

static bool entry_each(void *ctx, const struct db_entry *row)
{
	struct reading *reading = ctx;
	struct past *past = reading->past;
	struct past_item item = { .own = false };

	reading->code = entry_decode(row->bytes, row->len, &past->arena, &item.entry, NULL);
	item.effect = reading->code == ERR_OK ? effect_on(&item.entry, &reading->id) : NULL;
	if (item.effect == NULL)
		return reading->code == ERR_OK;
	if (item.effect->to <= reading->base) {
		reading->code = evolve(past->seen, item.effect, row->seq, &past->arena, NULL);
	} else {
		MEM_GROW(past->items, past->n, past->cap);
		past->items[past->n++] = item;
	}
	return reading->code == ERR_OK;
}

/* His own: of his console, and what the act hangs on, step by step, whatever console it was
 * then. */
static void mark_own(struct past *past, const struct act *act)
{
	struct uuid leader = act->after;

	for (size_t i = past->n; i-- > 0;) {
		struct past_item *item = &past->items[i];
		const struct act *made = &item->entry.act;
		bool leads = !uuid_is_nil(&leader) && uuid_eq(&made->id, &leader);

		item->own = leads ||
			    (!uuid_is_nil(&act->console) && uuid_eq(&made->console, &act->console));
		if (leads)
			leader = made->after;
	}
}

/* An effect only names new values, so it may be put on another version than it was made for. */
static enum err add_own(struct past *past, int64_t base)
{
	struct entity *head = past->seen;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < past->n; i++) {
		if (!past->items[i].own)
			continue;
		head->version = past->items[i].effect->from;
		code = evolve(past->seen, past->items[i].effect, past->items[i].entry.seq,
			      &past->arena, NULL);
	}
	head->version = base;
	return code;
}

static bool made_it(const struct past *past)
{
	return past->n > 0 && past->items[0].own && past->items[0].effect->from == 0;
}

enum err past_load(struct writer *writer, const struct act *act, int64_t eno, int64_t base,
		   struct past *past, struct error *err)
{
	struct reading reading = { .past = past, .id = act->target.id, .base = base };
	struct lookup lookup = writer_lookup(writer, &past->arena);
	enum err code;

	if (past->loaded)
		return ERR_OK;
	past->loaded = true;
	past->seen = entity_new(act->target.kind, &act->target.id, &past->arena);
	code = writer->service->db->timeline(writer->db, eno, 0, entry_each, &reading, err);
	if (code != ERR_OK)
		return code;
	code = reading.code;
	if (code == ERR_OK) {
		mark_own(past, act);
		code = add_own(past, base);
	}
	if (code == ERR_OK) /* compared with what is given now */
		code = personal_show(&lookup, past->seen, NULL, err);
	/* With the base unknown, what he has done himself he has seen all the same: that he gave it
	 * to somebody, or all of what he registered. */
	if (base == 0 && act->desc->conflict != CONFLICT_FIRST_WINS && !made_it(past))
		past->seen = NULL;
	return code != ERR_OK ? error_set(err, ERR_CORRUPT, "%s", _(err_sentence(ERR_CORRUPT)))
			      : ERR_OK;
}

/* --- who was first --------------------------------------------------------------------------- */

static bool changes(const struct effect *effect, const char *name)
{
	for (size_t i = 0; i < effect->n_changes; i++)
		if (strcmp(effect->changes[i].field->name, name) == 0)
			return true;
	return false;
}

static bool changes_given(const struct effect *effect, const struct act *act)
{
	for (size_t i = 0; i < act->n_given; i++)
		if (changes(effect, act->given[i].field->name))
			return true;
	return false;
}

static bool touches(const struct effect *effect, const struct uuid *child)
{
	for (size_t i = 0; i < effect->n_children; i++)
		if (uuid_eq(&effect->children[i].id, child))
			return true;
	return false;
}

/* Such as an extension that is asked for: the share itself stays as it was. */
static bool touches_no_share(const struct effect *effect)
{
	for (size_t i = 0; i < effect->n_children; i++)
		if (effect->children[i].desc == child_desc(CHILD_SUMMONED))
			return false;
	return true;
}

/* Of a whistle: it went on, or something was done to the same share; of an act that is done to none,
 * the same act. */
static bool in_the_way_of_share(const struct past *past, const struct past_item *item,
				const struct act *act)
{
	if (changes(item->effect, "step"))
		return true;
	if (!uuid_is_nil(&past->share) && touches(item->effect, &past->share))
		return true;
	return item->entry.act.desc == act->desc &&
	       (uuid_is_nil(&past->share) ||
		(touches_no_share(item->effect) &&
		 str_eq(item->entry.act.actor.org, act->actor.org)));
}

/* Whether the entry did what the act wanted to do. */
static bool in_the_way(const struct past *past, const struct past_item *item, const struct act *act)
{
	if (act->target.kind == KIND_WHISTLE)
		return in_the_way_of_share(past, item, act);
	switch (act->desc->conflict) {
	case CONFLICT_FIRST_WINS: /* given to the same one again, too */
		return changes(item->effect, "holder") ||
		       item->entry.act.desc->conflict == CONFLICT_FIRST_WINS;
	case CONFLICT_STEP:
		return changes(item->effect, "step") || changes(item->effect, "holder");
	case CONFLICT_IDEMPOTENT:
		return changes(item->effect, "acked_at");
	case CONFLICT_MERGE_FIELDS:
		return changes_given(item->effect, act);
	case CONFLICT_CREATES:
	case CONFLICT_APPEND:
		return false;
	}
	return false;
}

struct answer_by past_by(const struct past *past, const struct act *act, bool exact,
			 struct arena *arena)
{
	const struct past_item *found = NULL;
	bool again = act->desc->conflict == CONFLICT_IDEMPOTENT; /* it may have been himself */
	const struct actor *actor;

	for (size_t i = past->n; i-- > 0;) {
		const struct past_item *item = &past->items[i];

		if (item->own && !again)
			continue;
		if (found == NULL && !exact)
			found = item;
		if (in_the_way(past, item, act)) {
			found = item;
			break;
		}
	}
	if (found == NULL || found->entry.act.actor.officer == NULL)
		return (struct answer_by){ .officer = NULL };
	actor = &found->entry.act.actor;
	return (struct answer_by){ .officer = arena_strdup(arena, actor->officer),
				   .org = arena_strdup(arena, actor->org),
				   .verb = found->entry.act.desc->verb,
				   .at = found->entry.recv,
				   .seq = found->entry.seq };
}
