#include <config.h>

#include "zhiban/wire/mask.h"

#include "json_priv.h"
#include "walk_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

struct personal { /* the keys of a kind's personal fields */
	const char *key[MASK_VALUES];
	size_t len[MASK_VALUES], n;
};

static void personal_add(struct personal *personal, const struct kind_desc *kind)
{
	for (size_t i = 0; i < kind->n_fields && personal->n < MASK_VALUES; i++) {
		if (kind->fields[i].sensitivity != SENS_PERSONAL)
			continue;
		personal->key[personal->n] = kind->fields[i].json;
		personal->len[personal->n++] = strlen(kind->fields[i].json);
	}
}

static void personal_of(struct personal *personal, const struct kind_desc *kind)
{
	personal->n = 0;
	personal_add(personal, kind);
}

static bool is_personal(const struct personal *personal, struct span key)
{
	for (size_t i = 0; i < personal->n; i++)
		if (span_is(key, personal->key[i], personal->len[i]))
			return true;
	return false;
}

static const struct kind_desc *kind_of(struct span value)
{
	for (int k = 0; k < KIND_COUNT; k++) {
		const struct kind_desc *kind = kind_desc((enum kind)k);
		size_t len = strlen(kind->name);

		if (value.len == len + 2 && memcmp(value.s + 1, kind->name, len) == 0)
			return kind;
	}
	return NULL;
}

static enum err unreadable(struct error *err)
{
	return error_set(err, ERR_CORRUPT, "%s", _("stored bytes are not in their form"));
}

/* --- writing ---------------------------------------------------------------------------------- */

struct masking {
	struct walk walk;
	struct str *out;
	const char *copied; /* the source up to here is in out */
	struct arena arena;
	mask_find_fn find;
	void *ctx;
	struct error *err;
};

static void copy_to(struct masking *masking, const char *to)
{
	str_add_bytes(masking->out, masking->copied, (size_t)(to - masking->copied));
	masking->copied = to;
}

/* A text is masked, null stays; nothing else is personal. */
static bool put_value(struct masking *masking, struct span value, bool clear)
{
	const char *text;
	struct str masked = STR_INIT;

	if (clear || SPAN_IS(value, "null")) {
		str_add_bytes(masking->out, value.s, value.len);
		return true;
	}
	text = span_text(value, &masking->arena);
	if (text == NULL)
		return false;
	mask_text(&masked, text);
	json_put_text(masking->out, masked.s);
	str_release(&masked);
	return true;
}

static bool replace(struct masking *masking, struct span value)
{
	copy_to(masking, value.s);
	masking->copied = value.s + value.len;
	return put_value(masking, value, false);
}

/* Appends all or nothing. */
static enum err finish(struct masking *masking, size_t before, enum err code)
{
	if (code == ERR_OK)
		copy_to(masking, masking->walk.end);
	else
		str_cut(masking->out, before);
	arena_release(&masking->arena);
	return code == ERR_CORRUPT ? unreadable(masking->err) : code;
}

/* --- entities --------------------------------------------------------------------------------- */

/* Members up to "kind" cannot be told personal or not yet: keys come sorted, and "kind" before any
 * that is personal (a test holds the tables to it). */
static bool facts_of(struct walk *walk, struct arena *arena, struct mask_facts *facts)
{
	struct personal personal = { .n = 0 };
	bool known = false;
	struct span key, value;
	enum step step;

	if (!walk_enter(walk, '{'))
		return false;
	while ((step = walk_member(walk, &key)) == STEP_ITEM) {
		if (!walk_skip(walk, &value))
			return false;
		if (is_personal(&personal, key) && facts->n < MASK_VALUES) {
			facts->values[facts->n].key = key.s;
			facts->values[facts->n].key_len = key.len;
			facts->values[facts->n].value = value.s;
			facts->values[facts->n++].len = value.len;
		} else if (SPAN_IS(key, "kind")) {
			const struct kind_desc *kind = kind_of(value);

			if (kind == NULL)
				return false;
			personal_of(&personal, kind);
			known = true;
		} else if (SPAN_IS(key, "id")) {
			facts->id = span_text(value, arena);
		} else if (SPAN_IS(key, "open")) {
			facts->open = !SPAN_IS(value, "0");
		} else if (SPAN_IS(key, "holder")) {
			facts->holder = span_text(value, arena);
		} else if (SPAN_IS(key, "origin")) {
			facts->origin = span_text(value, arena);
		}
	}
	return known && facts->id != NULL && step == STEP_END && walk->s == walk->end;
}

enum err mask_facts(const char *entity, size_t len, struct arena *arena,
		    struct mask_facts *ret_facts, struct error *err)
{
	struct walk walk = { .s = entity, .end = entity + len };
	struct mask_facts facts = { .n = 0 };

	if (!facts_of(&walk, arena, &facts))
		return unreadable(err);
	*ret_facts = facts;
	return ERR_OK;
}

enum err mask_entity(const char *entity, size_t len, const struct mask_facts *facts,
		     struct str *out, struct error *err)
{
	struct masking masking = { .walk = { .end = entity + len }, .out = out, .copied = entity,
				   .err = err };
	size_t before = out->len;
	bool good = true;

	for (size_t i = 0; good && i < facts->n; i++)
		good = replace(&masking, (struct span){ facts->values[i].value,
							facts->values[i].len });
	return finish(&masking, before, good ? ERR_OK : ERR_CORRUPT);
}

/* --- the act of an entry ---------------------------------------------------------------------- */

struct given_values { /* arguments that may be personal: the verb, which tells, stands behind them */
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

static bool mask_act(struct masking *masking)
{
	struct given_values given = { .n = 0 };
	struct personal personal;
	const struct act_desc *desc = NULL;
	struct span key, value;
	const char *verb;
	enum step step;

	if (!walk_enter(&masking->walk, '{'))
		return false;
	while ((step = walk_member(&masking->walk, &key)) == STEP_ITEM) {
		if (SPAN_IS(key, "args")) {
			if (!read_args(&masking->walk, &given))
				return false;
			continue;
		}
		if (!walk_skip(&masking->walk, &value))
			return false;
		if (SPAN_IS(key, "verb")) {
			verb = span_text(value, &masking->arena);
			desc = verb != NULL ? act_desc_find(verb) : NULL;
		}
	}
	if (step != STEP_END || desc == NULL)
		return false;
	personal_of(&personal, kind_desc(desc->target));
	for (size_t i = 0; i < given.n; i++)
		if (is_personal(&personal, given.key[i]) && !replace(masking, given.value[i]))
			return false;
	return true;
}

/* --- effects ---------------------------------------------------------------------------------- */

struct effect_walk {
	struct span id, set; /* set.len 0: none */
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

/* Keys come sorted: id and kind before set. */
static bool read_effect(struct walk *walk, struct effect_walk *effect)
{
	struct span key, value;
	enum step step;
	bool good = walk_enter(walk, '{');

	while (good && (step = walk_member(walk, &key)) != STEP_END) {
		if (step == STEP_BAD)
			return false;
		if (SPAN_IS(key, "set")) {
			good = read_set(walk, effect);
			continue;
		}
		good = walk_skip(walk, &value);
		if (good && SPAN_IS(key, "id"))
			effect->id = value;
		if (good && SPAN_IS(key, "kind")) {
			effect->kind = kind_of(value);
			good = effect->kind != NULL;
			if (good)
				personal_of(&effect->personal, effect->kind);
		}
	}
	return good && effect->kind != NULL;
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

static bool put_present(struct masking *masking, const struct mask_present *present, size_t i,
			bool *first)
{
	struct span value = { present->facts.values[i].value, present->facts.values[i].len };

	put_key(masking, present->facts.values[i].key, present->facts.values[i].key_len, first);
	return put_value(masking, value, present->clear);
}

/* The set merged with the present personal values, which take the place of its own.  One of its own
 * that is empty at present stays: a later entry empties it. */
static bool put_set(struct masking *masking, const struct effect_walk *effect,
		    const struct mask_present *present)
{
	struct walk walk = { .s = effect->set.s, .end = effect->set.s + effect->set.len };
	struct span key, value;
	bool first = true, good = walk_enter(&walk, '{');
	size_t now = 0;

	while (good && walk_member(&walk, &key) == STEP_ITEM) {
		bool taken = false;

		good = walk_skip(&walk, &value);
		for (; good && now < present->facts.n; now++) {
			int order = key_order(key, present->facts.values[now].key,
					      present->facts.values[now].key_len);

			if (order < 0)
				break;
			taken = taken || order == 0;
			good = put_present(masking, present, now, &first);
		}
		if (!good || taken)
			continue;
		put_key(masking, key.s, key.len, &first);
		good = put_value(masking, value,
				 present->clear || !is_personal(&effect->personal, key));
	}
	for (; good && now < present->facts.n; now++)
		good = put_present(masking, present, now, &first);
	str_add(masking->out, first ? "{}" : "}");
	return good;
}

static bool mask_set(struct masking *masking, const struct effect_walk *effect)
{
	struct walk walk = { .s = effect->set.s, .end = effect->set.s + effect->set.len };
	struct span key, value;
	bool good = walk_enter(&walk, '{');

	while (good && walk_member(&walk, &key) == STEP_ITEM) {
		good = walk_skip(&walk, &value);
		if (good && is_personal(&effect->personal, key))
			good = replace(masking, value);
	}
	return good;
}

static enum err mask_effect(struct masking *masking)
{
	struct effect_walk effect = { .kind = NULL };
	struct mask_present present;
	const char *id;
	bool good;
	enum err code;

	if (!read_effect(&masking->walk, &effect))
		return ERR_CORRUPT;
	if (!effect.sets_personal && !effect.sets_right)
		return ERR_OK;
	id = span_text(effect.id, &masking->arena);
	if (id == NULL)
		return ERR_CORRUPT;
	code = masking->find(masking->ctx, id, &present, masking->err);
	if (code != ERR_OK)
		return code;
	if (effect.sets_right) {
		copy_to(masking, effect.set.s);
		masking->copied = effect.set.s + effect.set.len;
		good = put_set(masking, &effect, &present);
	} else {
		good = present.clear || mask_set(masking, &effect);
	}
	return good ? ERR_OK : ERR_CORRUPT;
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
		bool good = true;

		if (SPAN_IS(key, "act")) {
			act = good = mask_act(masking);
		} else if (SPAN_IS(key, "effects")) {
			effects = true;
			code = mask_effects(masking);
		} else {
			good = walk_skip(walk, NULL);
		}
		if (!good)
			code = ERR_CORRUPT;
	}
	if (code == ERR_OK && (step != STEP_END || walk->s != walk->end || !act || !effects))
		code = ERR_CORRUPT;
	return code;
}

enum err mask_entry(const char *entry, size_t len, mask_find_fn find, void *ctx, struct str *out,
		    struct error *err)
{
	struct masking masking = { .walk = { .s = entry, .end = entry + len }, .out = out,
				   .copied = entry, .find = find, .ctx = ctx, .err = err };
	size_t before = out->len;

	return finish(&masking, before, mask_parts(&masking));
}

/* --- answers ---------------------------------------------------------------------------------- */

/* Goes to the value of a member; false: it is not there, or this is no object. */
static bool go_to(struct walk *walk, const char *word, bool *ret_good)
{
	size_t len = strlen(word);
	struct span key;
	enum step step = STEP_BAD;

	*ret_good = walk_enter(walk, '{');
	while (*ret_good && (step = walk_member(walk, &key)) == STEP_ITEM) {
		if (span_is(key, word, len))
			return true;
		*ret_good = walk_skip(walk, NULL);
	}
	*ret_good = *ret_good && step == STEP_END;
	return false;
}

/* {"answer":{"refused":{…,"state":{…}}},"id","n"} */
enum err mask_answer_state(const char *answer, size_t len, const char **ret_state, size_t *ret_len,
			   struct error *err)
{
	struct walk walk = { .s = answer, .end = answer + len }, whole = walk;
	struct span state = { answer, 0 };
	bool good;

	/* all of it is there, and nothing behind it */
	if (!walk_skip(&whole, NULL) || whole.s != whole.end)
		return unreadable(err);
	if (go_to(&walk, "answer", &good) && go_to(&walk, "refused", &good) &&
	    go_to(&walk, "state", &good))
		good = walk_skip(&walk, &state);
	if (!good)
		return unreadable(err);
	*ret_state = state.s;
	*ret_len = state.len;
	return ERR_OK;
}
