/* Entries of the journal for one reader. */
#include <config.h>

#include "mask_priv.h"

#include "zhiban/base/mem.h"
#include "zhiban/domain/act.h"

/* --- the act ---------------------------------------------------------------------------------- */

struct given_values { /* arguments that may be personal: target and verb, which tell, come later */
	struct span key[MASK_VALUES * 4], value[MASK_VALUES * 4];
	size_t n;
};

static bool read_args(struct walk *walk, struct given_values *given)
{
	struct personal somewhere = { .n = 0 };
	struct span key, value;
	enum step step;

	for (int k = 0; k < KIND_COUNT; k++)
		personal_add(&somewhere, kind_desc((enum kind)k));
	if (!walk_enter(walk, '{'))
		return false;
	while ((step = walk_member(walk, &key)) == STEP_ITEM) {
		if (!walk_skip(walk, &value))
			return false;
		if (!is_personal(&somewhere, key))
			continue;
		if (given->n == ARRAY_LEN(given->key))
			return false;
		given->key[given->n] = key;
		given->value[given->n++] = value;
	}
	return step == STEP_END;
}

/* A member of [{"base":…,"id":ID,"kind":…}], of which there is one. */
static const char *target_text(struct span value, const char *name, struct arena *arena)
{
	struct walk walk = { .s = value.s, .end = value.s + value.len };
	struct span key, text;

	if (!walk_enter(&walk, '[') || walk_item(&walk) != STEP_ITEM || !walk_enter(&walk, '{'))
		return NULL;
	while (walk_member(&walk, &key) == STEP_ITEM && walk_skip(&walk, &text))
		if (key.len == strlen(name) && memcmp(key.s, name, key.len) == 0)
			return span_text(text, arena);
	return NULL;
}

/* Several kinds have acts of one name. */
static const struct act_desc *desc_of(const char *verb, struct span target, struct arena *arena)
{
	const char *name = target.len > 0 ? target_text(target, "kind", arena) : NULL;
	const struct kind_desc *kind = name != NULL ? kind_find(name) : NULL;
	const struct act_desc *desc =
		verb != NULL && kind != NULL ? act_desc_of(kind->kind, verb) : NULL;

	return desc != NULL || verb == NULL ? desc : act_desc_find(verb);
}

static enum err mask_act(struct masking *masking)
{
	struct given_values given = { .n = 0 };
	struct personal personal;
	const struct act_desc *desc;
	struct span key, value, target = { NULL, 0 };
	const char *verb = NULL, *id = "";
	enum step step;
	enum err code = ERR_OK;

	if (!walk_enter(&masking->walk, '{'))
		return ERR_CORRUPT;
	while ((step = walk_member(&masking->walk, &key)) == STEP_ITEM) {
		if (SPAN_IS(key, "args")) {
			if (!read_args(&masking->walk, &given))
				return ERR_CORRUPT;
			continue;
		}
		if (!walk_skip(&masking->walk, &value))
			return ERR_CORRUPT;
		if (SPAN_IS(key, "target"))
			target = value;
		if (SPAN_IS(key, "verb"))
			verb = span_text(value, &masking->arena);
	}
	desc = desc_of(verb, target, &masking->arena);
	if (step != STEP_END || desc == NULL)
		return ERR_CORRUPT;
	personal_of(&personal, kind_desc(desc->target));
	if (given.n > 0 && personal.n > 0 && target.len > 0)
		id = target_text(target, "id", &masking->arena);
	if (id == NULL)
		return ERR_CORRUPT;
	for (size_t i = 0; code == ERR_OK && i < given.n; i++)
		if (is_personal(&personal, given.key[i]))
			code = replace(masking, id, given.key[i], given.value[i], false);
	return code;
}

/* --- effects ---------------------------------------------------------------------------------- */

struct effect_walk {
	struct span id, set; /* set.len 0: none, and it would stand at set.s */
	const struct kind_desc *kind;
	struct personal personal;
	bool sets_personal, sets_right;
};

static bool read_set(struct walk *walk, struct effect_walk *effect)
{
	const char *from = walk->s;
	struct span key;
	enum step step;

	if (effect->kind == NULL || !walk_enter(walk, '{'))
		return false;
	while ((step = walk_member(walk, &key)) == STEP_ITEM) {
		if (!walk_skip(walk, NULL))
			return false;
		if (is_personal(&effect->personal, key))
			effect->sets_personal = true;
		else if (effect->kind->kind == KIND_INCIDENT &&
			 (SPAN_IS(key, "holder") || SPAN_IS(key, "open")))
			effect->sets_right = true;
	}
	effect->set = (struct span){ from, (size_t)(walk->s - from) };
	return step == STEP_END;
}

/* Whether shares come, go or change: {"part":…} of "add" and "del". */
static bool has_part(struct span value)
{
	struct walk walk = { .s = value.s, .end = value.s + value.len };
	struct span key;

	if (!walk_enter(&walk, '{'))
		return false;
	while (walk_member(&walk, &key) == STEP_ITEM && walk_skip(&walk, NULL))
		if (SPAN_IS(key, "part"))
			return true;
	return false;
}

/* Keys come sorted: add, del, id and kind before set, "to" behind it. */
static bool read_effect(struct walk *walk, struct effect_walk *effect, bool shares)
{
	struct span key, value;
	enum step step;
	bool good = walk_enter(walk, '{'), part = false;

	while (good && (step = walk_member(walk, &key)) != STEP_END) {
		if (step == STEP_BAD)
			return false;
		if (SPAN_IS(key, "set")) {
			good = read_set(walk, effect);
			continue;
		}
		if (SPAN_IS(key, "to") && effect->set.len == 0)
			effect->set.s = key.s - 1;
		good = walk_skip(walk, &value);
		if (good && SPAN_IS(key, "id"))
			effect->id = value;
		if (good && shares && (SPAN_IS(key, "add") || SPAN_IS(key, "del")))
			part = part || has_part(value);
		if (good && SPAN_IS(key, "kind")) {
			effect->kind = kind_of(value);
			good = effect->kind != NULL;
			if (good)
				personal_of(&effect->personal, effect->kind);
		}
	}
	if (!good || effect->kind == NULL)
		return false;
	if (part && effect->kind->kind == KIND_INCIDENT && effect->set.s != NULL)
		effect->sets_right = true;
	return true;
}

static int key_order(struct span a, const char *key, size_t len)
{
	int order = memcmp(a.s, key, a.len < len ? a.len : len);

	return order != 0 ? order : (a.len > len) - (a.len < len);
}

static void put_key(struct masking *masking, const char *key, size_t len, bool *first)
{
	str_add_bytes(masking->out, *first ? "{\"" : ",\"", 2);
	*first = false;
	str_add_bytes(masking->out, key, len);
	str_add_bytes(masking->out, "\":", 2);
}

static enum err put_present(struct masking *masking, const struct mask_present *present, size_t i,
			    bool *first)
{
	struct span key = { present->facts.values[i].key, present->facts.values[i].key_len };
	struct span value = { present->facts.values[i].value, present->facts.values[i].len };

	put_key(masking, key.s, key.len, first);
	return put_value(masking, present->facts.id, key, value, present->clear);
}

static enum err put_own(struct masking *masking, const struct effect_walk *effect,
			const struct mask_present *present, struct span key, struct span value,
			bool *first)
{
	put_key(masking, key.s, key.len, first);
	if (is_personal(&effect->personal, key))
		return put_value(masking, present->facts.id, key, value, present->clear);
	str_add_bytes(masking->out, value.s, value.len);
	return ERR_OK;
}

/* The set merged with the present personal values, which take the place of its own.  One of its own
 * that is empty at present stays: a later entry empties it. */
static enum err put_set(struct masking *masking, const struct effect_walk *effect,
			const struct mask_present *present)
{
	static const char none[] = "{}";
	struct walk walk = { .s = effect->set.s, .end = effect->set.s + effect->set.len };
	struct span key, value;
	bool first = true;
	size_t now = 0;
	enum err code = ERR_OK;

	if (effect->set.len == 0)
		walk = (struct walk){ .s = none, .end = none + sizeof none - 1 };
	if (!walk_enter(&walk, '{'))
		return ERR_CORRUPT;
	while (code == ERR_OK && walk_member(&walk, &key) == STEP_ITEM) {
		bool taken = false;

		if (!walk_skip(&walk, &value))
			return ERR_CORRUPT;
		for (; code == ERR_OK && now < present->facts.n; now++) {
			int order = key_order(key, present->facts.values[now].key,
					      present->facts.values[now].key_len);

			if (order < 0)
				break;
			taken = taken || order == 0;
			code = put_present(masking, present, now, &first);
		}
		if (code == ERR_OK && !taken)
			code = put_own(masking, effect, present, key, value, &first);
	}
	for (; code == ERR_OK && now < present->facts.n; now++)
		code = put_present(masking, present, now, &first);
	str_add(masking->out, first ? "{}" : "}");
	return code;
}

static enum err mask_set(struct masking *masking, const struct effect_walk *effect, const char *id,
			 bool clear)
{
	struct walk walk = { .s = effect->set.s, .end = effect->set.s + effect->set.len };
	struct span key, value;
	enum err code = walk_enter(&walk, '{') ? ERR_OK : ERR_CORRUPT;

	while (code == ERR_OK && walk_member(&walk, &key) == STEP_ITEM) {
		if (!walk_skip(&walk, &value))
			return ERR_CORRUPT;
		if (is_personal(&effect->personal, key))
			code = replace(masking, id, key, value, clear);
	}
	return code;
}

/* The set with the present values in the place of the one of the source, or where there is none. */
static enum err mask_right(struct masking *masking, const struct effect_walk *effect,
			   const struct mask_present *present)
{
	enum err code;

	if (effect->set.len == 0 && present->facts.n == 0)
		return ERR_OK;
	copy_to(masking, effect->set.s);
	masking->copied = effect->set.s + effect->set.len;
	if (effect->set.len == 0)
		str_add(masking->out, "\"set\":");
	code = put_set(masking, effect, present);
	if (effect->set.len == 0)
		str_add_char(masking->out, ',');
	return code;
}

static enum err mask_effect(struct masking *masking)
{
	const struct mask_reader *reader = masking->reader;
	struct effect_walk effect = { .kind = NULL };
	struct mask_present present;
	const char *id;
	enum err code;

	if (!read_effect(&masking->walk, &effect, reader->shares))
		return ERR_CORRUPT;
	if (!effect.sets_personal && !effect.sets_right)
		return ERR_OK;
	id = span_text(effect.id, &masking->arena);
	if (id == NULL)
		return ERR_CORRUPT;
	code = reader->find(reader->ctx, id, &present, masking->err);
	if (code != ERR_OK)
		return code;
	return effect.sets_right ? mask_right(masking, &effect, &present)
				 : mask_set(masking, &effect, id, present.clear);
}

static enum err mask_effects(struct masking *masking)
{
	enum err code = ERR_OK;
	enum step step = STEP_END;

	if (!walk_enter(&masking->walk, '['))
		return ERR_CORRUPT;
	while (code == ERR_OK && (step = walk_item(&masking->walk)) == STEP_ITEM)
		code = mask_effect(masking);
	return code == ERR_OK && step != STEP_END ? ERR_CORRUPT : code;
}

static enum err mask_parts(struct masking *masking)
{
	struct walk *walk = &masking->walk;
	bool act = false, effects = false;
	enum step step = STEP_BAD;
	struct span key;
	enum err code = walk_enter(walk, '{') ? ERR_OK : ERR_CORRUPT;

	while (code == ERR_OK && (step = walk_member(walk, &key)) == STEP_ITEM) {
		if (SPAN_IS(key, "act")) {
			act = true;
			code = mask_act(masking);
		} else if (SPAN_IS(key, "effects")) {
			effects = true;
			code = mask_effects(masking);
		} else if (!walk_skip(walk, NULL)) {
			code = ERR_CORRUPT;
		}
	}
	if (code == ERR_OK && (step != STEP_END || walk->s != walk->end || !act || !effects))
		code = ERR_CORRUPT;
	return code;
}

enum err mask_entry_for(const char *entry, size_t len, const struct mask_reader *reader,
			struct str *out, struct error *err)
{
	struct masking masking = { .walk = { .s = entry, .end = entry + len }, .out = out,
				   .copied = entry, .reader = reader, .err = err };
	size_t before = out->len;

	return finish(&masking, before, mask_parts(&masking));
}

enum err mask_entry(const char *entry, size_t len, mask_find_fn find, void *ctx, struct str *out,
		    struct error *err)
{
	const struct mask_reader reader = { .find = find, .ctx = ctx };

	return mask_entry_for(entry, len, &reader, out, err);
}
