#include <config.h>

#include "zhiban/wire/entry.h"

#include <string.h>

#include "json_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { EFFECTS_MOST = 256, CHANGES_MOST = 10000 };

/* --- writing ------------------------------------------------------------------------------ */

/* Changes as members of an object, by key; id, when not NULL, is one of them. */
static void changes_put(struct str *out, const struct change *changes, size_t n,
			const struct uuid *id)
{
	const struct change *sorted[MEMBERS_MAX];
	size_t count = 0;
	bool first = true, id_put = id == NULL;

	for (size_t i = 0; i < n && count < MEMBERS_MAX; i++) {
		size_t at = count++;

		for (; at > 0 && strcmp(sorted[at - 1]->field->json, changes[i].field->json) > 0;
		     at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = &changes[i];
	}
	for (size_t i = 0; i < count; i++) {
		if (!id_put && strcmp(sorted[i]->field->json, "id") > 0) {
			json_put_key(out, "id", &first);
			json_put_uuid(out, id);
			id_put = true;
		}
		json_put_key(out, sorted[i]->field->json, &first);
		json_put_value(out, sorted[i]->value);
	}
	if (!id_put) {
		json_put_key(out, "id", &first);
		json_put_uuid(out, id);
	}
	json_put_end(out, first);
}

/* Kinds of children in key order. */
static size_t child_order(const struct child_desc *order[CHILD_COUNT])
{
	size_t n = 0;

	for (int c = 0; c < CHILD_COUNT; c++) {
		const struct child_desc *desc = child_desc((enum child)c);
		size_t at = n++;

		for (; at > 0 && strcmp(order[at - 1]->name, desc->name) > 0; at--)
			order[at] = order[at - 1];
		order[at] = desc;
	}
	return n;
}

static bool has_children(const struct effect *effect, const struct child_desc *desc, bool remove)
{
	for (size_t i = 0; i < effect->n_children; i++)
		if (effect->children[i].remove == remove &&
		    (!desc || effect->children[i].desc == desc))
			return true;
	return false;
}

/* "add" or "del": children by kind, each kind's in their order. */
static void effect_children_put(struct str *out, const struct effect *effect, bool remove)
{
	const struct child_desc *order[CHILD_COUNT];
	size_t n = child_order(order);
	bool first = true;

	for (size_t c = 0; c < n; c++) {
		const char *sep = "[";

		if (!has_children(effect, order[c], remove))
			continue;
		json_put_key(out, order[c]->name, &first);
		for (size_t i = 0; i < effect->n_children; i++) {
			const struct child_change *cc = &effect->children[i];

			if (cc->desc != order[c] || cc->remove != remove)
				continue;
			str_add(out, sep);
			sep = ",";
			if (remove)
				json_put_uuid(out, &cc->id);
			else
				changes_put(out, cc->changes, cc->n_changes, &cc->id);
		}
		str_add(out, "]");
	}
	json_put_end(out, first);
}

static void effect_put(struct str *out, const struct effect *effect)
{
	bool first = true;

	if (has_children(effect, NULL, false)) {
		json_put_key(out, "add", &first);
		effect_children_put(out, effect, false);
	}
	if (has_children(effect, NULL, true)) {
		json_put_key(out, "del", &first);
		effect_children_put(out, effect, true);
	}
	json_put_key(out, "from", &first);
	json_put_int(out, effect->from);
	json_put_key(out, "id", &first);
	json_put_uuid(out, &effect->id);
	json_put_key(out, "kind", &first);
	json_put_text(out, kind_desc(effect->kind)->name);
	if (effect->n_changes) {
		json_put_key(out, "set", &first);
		changes_put(out, effect->changes, effect->n_changes, NULL);
	}
	json_put_key(out, "to", &first);
	json_put_int(out, effect->to);
	json_put_end(out, first);
}

void entry_canonical(const struct entry *entry, struct str *out)
{
	bool first = true;

	json_put_key(out, "act", &first);
	act_put(out, &entry->act);
	json_put_key(out, "eff", &first);
	json_put_int(out, entry->eff);
	json_put_key(out, "effects", &first);
	for (size_t i = 0; i < entry->n_effects; i++) {
		str_add(out, i ? "," : "[");
		effect_put(out, &entry->effects[i]);
	}
	str_add(out, entry->n_effects ? "]" : "[]");
	json_put_key(out, "recv", &first);
	json_put_int(out, entry->recv);
	json_put_key(out, "seq", &first);
	json_put_int(out, entry->seq);
	json_put_end(out, first);
}

void entry_hash(const uint8_t prev[SHA256_LEN], const void *bytes, size_t len,
		uint8_t ret_hash[SHA256_LEN])
{
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, prev, SHA256_LEN);
	sha256_add(&h, bytes, len);
	sha256_end(&h, ret_hash);
}

void entry_with_hash(const char *canonical, size_t len, const uint8_t hash[SHA256_LEN],
		     struct str *out)
{
	char hex[SHA256_HEX];

	if (!hash) {
		str_add_bytes(out, canonical, len);
		return;
	}
	crypto_hex(hash, SHA256_LEN, hex);
	str_add_bytes(out, canonical, len - 1); /* all but its last brace */
	str_add(out, ",\"hash\":\"");
	str_add_bytes(out, hex, SHA256_HEX - 1);
	str_add(out, "\"}");
}

/* --- reading ------------------------------------------------------------------------------ */

static enum err changes_from(const struct json *json, const struct field *fields, size_t n,
			     struct arena *arena, struct change **ret_changes, size_t *ret_n,
			     struct error *err)
{
	struct change *changes = arena_array(arena, json->n + 1, sizeof *changes);
	size_t count = 0;

	json_each (member, json) {
		const struct field *field = json_field(fields, n, member);
		enum err code;

		if (!field)
			continue;
		code = json_field_value(member, field, arena, &changes[count].value, err);
		if (code)
			return code;
		changes[count++].field = field;
	}
	*ret_changes = changes;
	*ret_n = count;
	return ERR_OK;
}

static struct child_change *add_child(struct effect *effect, const struct child_desc *desc,
				      struct arena *arena)
{
	if (effect->n_children == effect->cap_children) {
		size_t cap = effect->cap_children ? effect->cap_children * 2 : 4;
		struct child_change *all = arena_array(arena, cap, sizeof *all);

		if (effect->n_children)
			memcpy(all, effect->children, effect->n_children * sizeof *all);
		effect->children = all;
		effect->cap_children = cap;
	}
	effect->children[effect->n_children] = (struct child_change){ .desc = desc };
	return &effect->children[effect->n_children++];
}

static enum err removed_from(const struct json *json, struct child_change *cc, struct error *err)
{
	cc->remove = true;
	if (json_uuid(json, &cc->id))
		return ERR_OK;
	return error_set(err, ERR_INPUT, _("JSON: \"del\" must list ids"));
}

static enum err added_from(const struct json *json, struct child_change *cc, struct arena *arena,
			   struct error *err)
{
	enum err code;

	if (json->type != TREE_OBJECT)
		return error_set(err, ERR_INPUT, _("JSON: \"add\" must list objects"));
	code = json_get_uuid(json, "id", &cc->id, err);
	if (code)
		return code;
	code = changes_from(json, cc->desc->fields, cc->desc->n_fields, arena, &cc->changes,
			    &cc->n_changes, err);
	cc->cap_changes = cc->n_changes;
	return code;
}

static const struct child_desc *child_of(const struct json *member)
{
	for (int c = 0; c < CHILD_COUNT; c++) {
		const struct child_desc *desc = child_desc((enum child)c);

		if (strlen(desc->name) == member->key_len &&
		    memcmp(desc->name, member->key, member->key_len) == 0)
			return desc;
	}
	return NULL;
}

static enum err children_from(const struct json *json, bool remove, struct effect *effect,
			      struct arena *arena, struct error *err)
{
	const char *key = remove ? "del" : "add";
	const struct json *object;
	enum err code;

	if (!json_member(json, key))
		return ERR_OK;
	code = json_get_object(json, key, &object, err);
	if (code)
		return code;
	json_each (list, object) {
		const struct child_desc *desc = child_of(list);

		if (!desc)
			continue;
		if (list->type != TREE_LIST || list->n > CHANGES_MOST)
			return error_set(err, ERR_INPUT, _("JSON: \"%s\" must be %s"), desc->name,
					 _("a list"));
		json_each (item, list) {
			struct child_change *cc = add_child(effect, desc, arena);

			code = remove ? removed_from(item, cc, err)
				      : added_from(item, cc, arena, err);
			if (code)
				return code;
		}
	}
	return ERR_OK;
}

static enum err set_from(const struct json *json, struct effect *effect, struct arena *arena,
			 struct error *err)
{
	const struct kind_desc *kind = kind_desc(effect->kind);
	const struct json *object;
	enum err code;

	if (!json_member(json, "set"))
		return ERR_OK;
	code = json_get_object(json, "set", &object, err);
	if (code)
		return code;
	code = changes_from(object, kind->fields, kind->n_fields, arena, &effect->changes,
			    &effect->n_changes, err);
	effect->cap_changes = effect->n_changes;
	return code;
}

static enum err effect_from(const struct json *json, struct arena *arena, struct effect *effect,
			    struct error *err)
{
	enum err code = json_get_kind(json, "kind", &effect->kind, err);

	if (!code)
		code = json_get_uuid(json, "id", &effect->id, err);
	if (!code)
		code = json_get_int(json, "from", &effect->from, err);
	if (!code)
		code = json_get_int(json, "to", &effect->to, err);
	if (!code)
		code = set_from(json, effect, arena, err);
	if (!code)
		code = children_from(json, false, effect, arena, err);
	if (!code)
		code = children_from(json, true, effect, arena, err);
	return code;
}

static enum err effects_from(const struct json *json, struct arena *arena, struct entry *entry,
			     struct error *err)
{
	const struct json *array;
	size_t i = 0;
	enum err code = json_get_array(json, "effects", EFFECTS_MOST, &array, err);

	if (code)
		return code;
	entry->effects = arena_array(arena, array->n + 1, sizeof *entry->effects);
	json_each (item, array) {
		if (json_is(item, TREE_OBJECT) && json_new_kind(item))
			continue;
		code = effect_from(item, arena, &entry->effects[i++], err);
		if (code)
			return code;
	}
	entry->n_effects = i;
	return ERR_OK;
}

static enum err hash_from(const struct json *json, uint8_t hash[SHA256_LEN], struct error *err)
{
	const struct json *value = json_member(json, "hash");
	char hex[SHA256_HEX];

	if (!value)
		return ERR_OK;
	if (value->type == TREE_TEXT && value->len == SHA256_HEX - 1) {
		memcpy(hex, value->text, SHA256_HEX - 1);
		hex[SHA256_HEX - 1] = '\0';
		if (!crypto_unhex(hex, hash, SHA256_LEN))
			return ERR_OK;
	}
	return error_set(err, ERR_INPUT, _("JSON: \"hash\" must be 64 hex digits"));
}

enum err entry_from(const struct json *json, struct arena *arena, struct entry *ret_entry,
		    struct error *err)
{
	struct entry entry = { .seq = 0 };
	const struct json *act;
	enum err code = json_get_object(json, "act", &act, err);

	if (!code)
		code = act_of_entry(act, arena, &entry.act, err);
	if (!code)
		code = json_get_int(json, "seq", &entry.seq, err);
	if (!code)
		code = json_get_int(json, "recv", &entry.recv, err);
	if (!code)
		code = json_get_int(json, "eff", &entry.eff, err);
	if (!code)
		code = effects_from(json, arena, &entry, err);
	if (!code)
		code = hash_from(json, entry.hash, err);
	if (!code)
		*ret_entry = entry;
	return code;
}

enum err entry_decode(const char *bytes, size_t len, struct arena *arena, struct entry *ret_entry,
		      struct error *err)
{
	struct json_doc doc;
	enum err code = json_read(bytes, len, &doc, err);

	if (code)
		return code;
	code = entry_from(doc.root, arena, ret_entry, err);
	json_release(&doc);
	return code;
}
