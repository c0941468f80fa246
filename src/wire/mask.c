/* Values and entities; entries: mask_entry.c. */
#include <config.h>

#include "mask_priv.h"

#include "json_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

void personal_add(struct personal *personal, const struct kind_desc *kind)
{
	for (size_t i = 0; i < kind->n_fields && personal->n < MASK_VALUES; i++) {
		if (kind->fields[i].sensitivity != SENS_PERSONAL)
			continue;
		personal->key[personal->n] = kind->fields[i].json;
		personal->len[personal->n++] = strlen(kind->fields[i].json);
	}
}

void personal_of(struct personal *personal, const struct kind_desc *kind)
{
	personal->n = 0;
	personal_add(personal, kind);
}

bool is_personal(const struct personal *personal, struct span key)
{
	for (size_t i = 0; i < personal->n; i++)
		if (span_is(key, personal->key[i], personal->len[i]))
			return true;
	return false;
}

const struct kind_desc *kind_of(struct span value)
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

void copy_to(struct masking *masking, const char *to)
{
	str_add_bytes(masking->out, masking->copied, (size_t)(to - masking->copied));
	masking->copied = to;
}

static void put_masked(struct masking *masking, const char *text)
{
	struct str masked = STR_INIT;

	mask_text(&masked, text);
	json_put_text(masking->out, masked.s);
	str_release(&masked);
}

enum err put_value(struct masking *masking, const char *id, struct span key, struct span value,
		   bool clear)
{
	const struct mask_reader *reader = masking->reader;
	bool looked = reader != NULL && reader->value != NULL;
	const char *text;
	enum err code;

	if (SPAN_IS(value, "null") || (clear && !looked)) {
		str_add_bytes(masking->out, value.s, value.len);
		return ERR_OK;
	}
	text = span_text(value, &masking->arena);
	if (text == NULL)
		return ERR_CORRUPT;
	if (looked) {
		code = reader->value(reader->ctx, id,
				     arena_strndup(&masking->arena, key.s, key.len), text, &text,
				     masking->err);
		if (code != ERR_OK)
			return code;
	}
	if (text == NULL)
		json_put_text(masking->out, MASK_ERASED);
	else if (clear)
		json_put_text(masking->out, text);
	else
		put_masked(masking, text);
	return ERR_OK;
}

enum err replace(struct masking *masking, const char *id, struct span key, struct span value,
		 bool clear)
{
	copy_to(masking, value.s);
	masking->copied = value.s + value.len;
	return put_value(masking, id, key, value, clear);
}

enum err finish(struct masking *masking, size_t before, enum err code)
{
	if (code == ERR_OK)
		copy_to(masking, masking->walk.end);
	else
		str_cut(masking->out, before);
	arena_release(&masking->arena);
	return code == ERR_CORRUPT ? unreadable(masking->err) : code;
}

/* --- entities --------------------------------------------------------------------------------- */

static void take_fact(struct mask_facts *facts, struct span key, struct span value,
		      struct arena *arena)
{
	if (SPAN_IS(key, "id"))
		facts->id = span_text(value, arena);
	else if (SPAN_IS(key, "open"))
		facts->open = !SPAN_IS(value, "0");
	else if (SPAN_IS(key, "holder"))
		facts->holder = span_text(value, arena);
	else if (SPAN_IS(key, "origin"))
		facts->origin = span_text(value, arena);
	else if (SPAN_IS(key, "part")) {
		facts->parts = value.s;
		facts->parts_len = value.len;
	}
}

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
		} else {
			take_fact(facts, key, value, arena);
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

/* One part: whose it is, and whether it is live (neither past nor returned). */
static bool read_part(struct walk *walk, struct span *ret_org, bool *ret_live)
{
	struct span key, value;
	enum step step;

	*ret_org = (struct span){ walk->s, 0 };
	*ret_live = true;
	if (!walk_enter(walk, '{'))
		return false;
	while ((step = walk_member(walk, &key)) == STEP_ITEM) {
		if (!walk_skip(walk, &value))
			return false;
		if (SPAN_IS(key, "org"))
			*ret_org = value;
		if ((SPAN_IS(key, "role") && SPAN_IS(value, "\"past\"")) ||
		    (SPAN_IS(key, "state") && SPAN_IS(value, "\"returned\"")))
			*ret_live = false;
	}
	return step == STEP_END;
}

bool mask_shares(const struct mask_facts *facts, const char *org)
{
	struct walk walk = { .s = facts->parts, .end = facts->parts + facts->parts_len };
	size_t len = strlen(org);
	struct span whose;
	bool live;

	if (facts->parts_len == 0 || !walk_enter(&walk, '['))
		return false;
	while (walk_item(&walk) == STEP_ITEM && read_part(&walk, &whose, &live))
		if (live && whose.len == len + 2 && memcmp(whose.s + 1, org, len) == 0)
			return true;
	return false;
}

enum err mask_entity_for(const char *entity, size_t len, const struct mask_facts *facts,
			 const struct mask_reader *reader, bool clear, struct str *out,
			 struct error *err)
{
	struct masking masking = { .walk = { .end = entity + len }, .out = out, .copied = entity,
				   .reader = reader, .err = err };
	size_t before = out->len;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < facts->n; i++)
		code = replace(&masking, facts->id,
			       (struct span){ facts->values[i].key, facts->values[i].key_len },
			       (struct span){ facts->values[i].value, facts->values[i].len }, clear);
	return finish(&masking, before, code);
}

enum err mask_entity(const char *entity, size_t len, const struct mask_facts *facts,
		     struct str *out, struct error *err)
{
	return mask_entity_for(entity, len, facts, NULL, false, out, err);
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

bool mask_answer_cut(const char *answer, size_t len, struct str *out)
{
	static const char before[] = ",\"state\":"; /* keys come sorted: others stand before it */
	size_t head = sizeof before - 1, state_len = 0;
	const char *state;

	if (mask_answer_state(answer, len, &state, &state_len, NULL) != ERR_OK || state_len == 0 ||
	    (size_t)(state - answer) < head || memcmp(state - head, before, head) != 0)
		return false;
	str_add_bytes(out, answer, (size_t)(state - head - answer));
	str_add_bytes(out, state + state_len, len - (size_t)(state + state_len - answer));
	return true;
}
