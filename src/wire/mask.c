#include <config.h>

#include "zhiban/wire/mask.h"

#include <string.h>

#include "json_priv.h"
#include "walk_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct kind_desc *span_kind(struct span value)
{
	for (int k = 0; k < KIND_COUNT; k++) {
		const struct kind_desc *kind = kind_desc((enum kind)k);
		size_t len = strlen(kind->name);

		if (value.len == len + 2 && memcmp(value.s + 1, kind->name, len) == 0)
			return kind;
	}
	return NULL;
}

static const struct field *field_of(const struct field *fields, size_t n, struct span key)
{
	for (size_t i = 0; i < n; i++)
		if (span_is(key, fields[i].json))
			return &fields[i];
	return NULL;
}

static bool is_personal(const struct kind_desc *kind, struct span key)
{
	const struct field *field = field_of(kind->fields, kind->n_fields, key);

	return field != NULL && field->sensitivity == SENS_PERSONAL;
}

/* --- writing ---------------------------------------------------------------------------------- */

struct masking {
	struct str *out;
	const char *copied; /* the source up to here is in out */
	struct arena arena;
};

static void copy_to(struct masking *masking, const char *to)
{
	str_add_bytes(masking->out, masking->copied, (size_t)(to - masking->copied));
	masking->copied = to;
}

/* A text is masked, null stays; nothing else is personal. */
static bool put_masked(struct masking *masking, struct span value)
{
	const char *text = span_text(value, &masking->arena);
	struct str masked = STR_INIT;

	if (text == NULL) {
		if (!span_is(value, "null"))
			return false;
		str_add_bytes(masking->out, value.s, value.len);
		return true;
	}
	mask_text(&masked, text);
	json_put_text(masking->out, masked.s);
	str_release(&masked);
	return true;
}

static bool replace_masked(struct masking *masking, struct span value)
{
	copy_to(masking, value.s);
	masking->copied = value.s + value.len;
	return put_masked(masking, value);
}

static enum err unreadable(struct error *err)
{
	return error_set(err, ERR_CORRUPT, "%s", _("stored bytes are not in their form"));
}

/* Appends all or nothing. */
static enum err masking_end(struct masking *masking, size_t before, const char *end, enum err code,
			    struct error *err)
{
	if (code == ERR_OK)
		copy_to(masking, end);
	else
		str_cut(masking->out, before);
	arena_release(&masking->arena);
	if (code == ERR_CORRUPT && (err == NULL || err->text[0] == '\0'))
		return unreadable(err);
	return code;
}

/* --- entities --------------------------------------------------------------------------------- */

static bool mask_object(struct masking *masking, struct span entity)
{
	struct wanted kind = { "kind", { NULL, 0 } };
	const struct kind_desc *desc;
	struct span key, value;
	struct walk walk;
	bool first = true;
	enum step step;

	if (!members_find(entity, &kind, 1))
		return false;
	desc = span_kind(kind.value);
	if (desc == NULL || !walk_into(&walk, entity, '{'))
		return false;
	while ((step = member_next(&walk, &first, &key, &value)) == STEP_ITEM)
		if (is_personal(desc, key) && !replace_masked(masking, value))
			return false;
	return step == STEP_END;
}

enum err mask_entity(const char *entity, size_t len, struct str *out, struct error *err)
{
	struct masking masking = { .out = out, .copied = entity, .arena = ARENA_INIT };
	size_t before = out->len;
	bool good = mask_object(&masking, (struct span){ entity, len });

	return masking_end(&masking, before, entity + len, good ? ERR_OK : ERR_CORRUPT, err);
}

enum err mask_facts(const char *entity, size_t len, struct arena *arena,
		    struct mask_facts *ret_facts, struct error *err)
{
	struct wanted kind = { "kind", { NULL, 0 } };
	struct mask_facts facts = { .any = false };
	struct span whole = { entity, len }, key, value;
	const struct kind_desc *desc;
	struct walk walk;
	bool first = true;
	enum step step;

	if (!members_find(whole, &kind, 1) || (desc = span_kind(kind.value)) == NULL ||
	    !walk_into(&walk, whole, '{'))
		return unreadable(err);
	while ((step = member_next(&walk, &first, &key, &value)) == STEP_ITEM) {
		if (is_personal(desc, key))
			facts.any = true;
		else if (span_is(key, "open"))
			facts.open = !span_is(value, "0");
		else if (span_is(key, "holder"))
			facts.holder = span_text(value, arena);
		else if (span_is(key, "origin"))
			facts.origin = span_text(value, arena);
	}
	if (step != STEP_END)
		return unreadable(err);
	*ret_facts = facts;
	return ERR_OK;
}

/* --- entries ---------------------------------------------------------------------------------- */

static bool mask_args(struct masking *masking, struct span args, const struct act_desc *desc)
{
	struct act_arg known[ACT_ARGS_MAX];
	size_t n = act_args(desc, known);
	struct span key, value;
	struct walk walk;
	bool first = true;
	enum step step;

	if (!walk_into(&walk, args, '{'))
		return false;
	while ((step = member_next(&walk, &first, &key, &value)) == STEP_ITEM)
		for (size_t i = 0; i < n; i++)
			if (known[i].field->sensitivity == SENS_PERSONAL &&
			    span_is(key, known[i].field->json) && !replace_masked(masking, value))
				return false;
	return step == STEP_END;
}

static bool mask_act(struct masking *masking, struct span act)
{
	struct wanted wanted[] = { { "args", { NULL, 0 } }, { "verb", { NULL, 0 } } };
	const struct act_desc *desc;
	const char *verb;

	if (!members_find(act, wanted, ARRAY_LEN(wanted)))
		return false;
	verb = span_text(wanted[1].value, &masking->arena);
	desc = verb != NULL ? act_desc_find(verb) : NULL;
	return desc != NULL && mask_args(masking, wanted[0].value, desc);
}

struct set_look { /* what an effect sets */
	bool personal, right;
};

static bool look_at_set(struct span set, const struct kind_desc *kind, struct set_look *look)
{
	struct span key, value;
	struct walk walk;
	bool first = true;
	enum step step;

	*look = (struct set_look){ false, false };
	if (!walk_into(&walk, set, '{'))
		return false;
	while ((step = member_next(&walk, &first, &key, &value)) == STEP_ITEM) {
		look->personal = look->personal || is_personal(kind, key);
		look->right = look->right || (kind->kind == KIND_INCIDENT &&
					      (span_is(key, "holder") || span_is(key, "open")));
	}
	return step == STEP_END;
}

static bool put_personal(struct masking *masking, struct span value, bool clear)
{
	if (!clear)
		return put_masked(masking, value);
	str_add_bytes(masking->out, value.s, value.len);
	return true;
}

static int key_order(struct span a, struct span b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = memcmp(a.s, b.s, len);

	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* The next personal member of the entity as it is now; END: no more. */
static enum step personal_next(struct walk *walk, bool *first, const struct kind_desc *kind,
			       struct span *key, struct span *value)
{
	enum step step;

	while ((step = member_next(walk, first, key, value)) == STEP_ITEM)
		if (is_personal(kind, *key))
			break;
	return step;
}

static void put_key(struct masking *masking, struct span key, bool *first)
{
	str_add_bytes(masking->out, *first ? "{\"" : ",\"", 2);
	*first = false;
	str_add_bytes(masking->out, key.s, key.len);
	str_add_bytes(masking->out, "\":", 2);
}

/* The set merged with the present personal values, which take the place of its own. */
static bool put_set(struct masking *masking, struct span set, const struct kind_desc *kind,
		    const struct mask_present *present)
{
	struct walk at_set, at_now;
	struct span key, value, now_key, now_value;
	bool first_set = true, first_now = true, first = true;
	enum step step, now;

	if (!walk_into(&at_set, set, '{') ||
	    !walk_into(&at_now, (struct span){ present->bytes, present->len }, '{'))
		return false;
	now = personal_next(&at_now, &first_now, kind, &now_key, &now_value);
	step = member_next(&at_set, &first_set, &key, &value);
	while (step == STEP_ITEM || now == STEP_ITEM) {
		if (step == STEP_BAD || now == STEP_BAD)
			return false;
		if (step == STEP_END || (now == STEP_ITEM && key_order(now_key, key) <= 0)) {
			bool same = step == STEP_ITEM && key_order(now_key, key) == 0;

			put_key(masking, now_key, &first);
			if (!put_personal(masking, now_value, present->clear))
				return false;
			now = personal_next(&at_now, &first_now, kind, &now_key, &now_value);
			if (!same)
				continue;
		} else {
			/* one that is empty at present: a later entry empties it */
			put_key(masking, key, &first);
			if (!put_personal(masking, value,
					  present->clear || !is_personal(kind, key)))
				return false;
		}
		step = member_next(&at_set, &first_set, &key, &value);
	}
	str_add(masking->out, first ? "{}" : "}");
	return step == STEP_END && now == STEP_END;
}

static bool mask_set(struct masking *masking, struct span set, const struct kind_desc *kind)
{
	struct span key, value;
	struct walk walk;
	bool first = true;
	enum step step;

	if (!walk_into(&walk, set, '{'))
		return false;
	while ((step = member_next(&walk, &first, &key, &value)) == STEP_ITEM)
		if (is_personal(kind, key) && !replace_masked(masking, value))
			return false;
	return step == STEP_END;
}

static enum err mask_effect(struct masking *masking, struct span effect, mask_find_fn find, void *ctx,
			    struct error *err)
{
	struct wanted wanted[] = {
		{ "id", { NULL, 0 } }, { "kind", { NULL, 0 } }, { "set", { NULL, 0 } }
	};
	const struct span *set = &wanted[2].value;
	struct mask_present present = { .clear = false };
	const struct kind_desc *kind;
	struct set_look look;
	const char *id;
	bool good;
	enum err code;

	if (!members_find(effect, wanted, ARRAY_LEN(wanted)))
		return ERR_CORRUPT;
	if (set->len == 0)
		return ERR_OK;
	kind = span_kind(wanted[1].value);
	id = span_text(wanted[0].value, &masking->arena);
	if (kind == NULL || id == NULL || !look_at_set(*set, kind, &look))
		return ERR_CORRUPT;
	if (!look.personal && !look.right)
		return ERR_OK;
	code = find(ctx, id, &present, err);
	if (code != ERR_OK)
		return code;
	if (look.right) {
		copy_to(masking, set->s);
		masking->copied = set->s + set->len;
		good = put_set(masking, *set, kind, &present);
	} else {
		good = present.clear || mask_set(masking, *set, kind);
	}
	return good ? ERR_OK : ERR_CORRUPT;
}

static enum err mask_parts(struct masking *masking, struct span entry, mask_find_fn find, void *ctx,
			   struct error *err)
{
	struct wanted wanted[] = { { "act", { NULL, 0 } }, { "effects", { NULL, 0 } } };
	struct span effect;
	struct walk walk;
	bool first = true;
	enum step step;

	if (!members_find(entry, wanted, ARRAY_LEN(wanted)) ||
	    !mask_act(masking, wanted[0].value) || !walk_into(&walk, wanted[1].value, '['))
		return ERR_CORRUPT;
	while ((step = item_next(&walk, &first, &effect)) == STEP_ITEM) {
		enum err code = mask_effect(masking, effect, find, ctx, err);

		if (code != ERR_OK)
			return code;
	}
	return step == STEP_END ? ERR_OK : ERR_CORRUPT;
}

enum err mask_entry(const char *entry, size_t len, mask_find_fn find, void *ctx, struct str *out,
		    struct error *err)
{
	struct masking masking = { .out = out, .copied = entry, .arena = ARENA_INIT };
	struct error why = ERROR_INIT;
	size_t before = out->len;
	enum err code = mask_parts(&masking, (struct span){ entry, len }, find, ctx, &why);

	code = masking_end(&masking, before, entry + len, code, &why);
	return code == ERR_OK ? ERR_OK : error_set(err, code, "%s", why.text);
}

/* --- answers ---------------------------------------------------------------------------------- */

/* {"answer":{"refused":{…,"state":{…}}},"id","n"} */
static bool find_state(struct span answer, struct span *ret_state)
{
	struct wanted said = { "answer", { NULL, 0 } }, refused = { "refused", { NULL, 0 } };
	struct wanted state = { "state", { NULL, 0 } };

	if (!members_find(answer, &said, 1) || !members_find(said.value, &refused, 1))
		return false;
	if (refused.value.len > 0 && !members_find(refused.value, &state, 1))
		return false;
	*ret_state = state.value;
	return true;
}

bool mask_answer_state(const char *answer, size_t len, char ret_id[37])
{
	struct wanted id = { "id", { NULL, 0 } };
	struct arena arena = ARENA_INIT;
	struct mask_facts facts = { .any = false };
	struct span state;

	if (!find_state((struct span){ answer, len }, &state) || state.len == 0 ||
	    mask_facts(state.s, state.len, &arena, &facts, NULL) != ERR_OK ||
	    !members_find(state, &id, 1) || id.value.len != 38)
		facts.any = false;
	arena_release(&arena);
	if (facts.any) {
		memcpy(ret_id, id.value.s + 1, 36);
		ret_id[36] = '\0';
	}
	return facts.any;
}

enum err mask_answer(const char *answer, size_t len, struct str *out, struct error *err)
{
	struct masking masking = { .out = out, .copied = answer, .arena = ARENA_INIT };
	size_t before = out->len;
	struct span state;
	bool good = find_state((struct span){ answer, len }, &state) &&
		    (state.len == 0 || mask_object(&masking, state));

	return masking_end(&masking, before, answer + len, good ? ERR_OK : ERR_CORRUPT, err);
}
