#include <config.h>

#include "zhiban/wire/entity.h"

#include <string.h>

#include "json_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { CHILDREN_MOST = 10000 };

static void child_put(struct str *out, const void *child, const struct child_desc *desc)
{
	struct members members;
	bool first = true, id_put = false;

	members_of(&members, desc->fields, desc->n_fields, child);
	for (size_t i = 0; i < members.n; i++) {
		const struct field *field = members.field[i];

		if (!id_put && strcmp(field->json, "id") > 0) {
			json_put_key(out, "id", &first);
			json_put_uuid(out, child);
			id_put = true;
		}
		json_put_key(out, field->json, &first);
		json_put_value(out, field_get(field, child));
	}
	if (!id_put) {
		json_put_key(out, "id", &first);
		json_put_uuid(out, child);
	}
	json_put_end(out, first);
}

void children_put(struct str *out, const struct children *children, const struct child_desc *desc)
{
	for (size_t i = 0; i < children->n; i++) {
		str_add_bytes(out, i ? "," : "[", 1);
		child_put(out, children_at(children, desc, i), desc);
	}
	str_add(out, children->n ? "]" : "[]");
}

/* What stands in an entity beside its fields, in key order. */
enum part_kind { PART_HEAD, PART_CHILDREN };
struct part_ref {
	const char *key;
	enum part_kind kind;
	const struct child_desc *desc;
};

static void part_put(struct str *out, const void *entity, const struct part_ref *part, bool *first)
{
	const struct entity *head = entity;

	json_put_key(out, part->key, first);
	if (part->kind == PART_CHILDREN)
		children_put(out, entity_children_const(entity, part->desc), part->desc);
	else if (strcmp(part->key, "id") == 0)
		json_put_uuid(out, &head->id);
	else if (strcmp(part->key, "kind") == 0)
		json_put_text(out, kind_desc(head->kind)->name);
	else
		json_put_int(out, strcmp(part->key, "seq") == 0 ? head->seq : head->version);
}

static size_t parts_of(const void *entity, const struct kind_desc *kind,
		       struct part_ref parts[4 + CHILD_COUNT])
{
	static const char *const head_keys[] = { "id", "kind", "seq", "version" };
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(head_keys); i++)
		parts[n++] = (struct part_ref){ head_keys[i], PART_HEAD, NULL };
	for (size_t i = 0; i < kind->n_slots; i++) {
		const struct child_desc *desc = kind->slots[i].desc;
		size_t at = n;

		if (entity_children_const(entity, desc)->n == 0)
			continue;
		for (; at > 0 && strcmp(parts[at - 1].key, desc->name) > 0; at--)
			parts[at] = parts[at - 1];
		parts[at] = (struct part_ref){ desc->name, PART_CHILDREN, desc };
		n++;
	}
	return n;
}

void entity_encode(const void *entity, struct str *out)
{
	const struct entity *head = entity;
	const struct kind_desc *kind = kind_desc(head->kind);
	struct part_ref parts[4 + CHILD_COUNT];
	size_t n = parts_of(entity, kind, parts), at = 0;
	struct members members;
	bool first = true;

	members_of(&members, kind->fields, kind->n_fields, entity);
	for (size_t i = 0; i < members.n; i++) {
		const struct field *field = members.field[i];

		while (at < n && strcmp(parts[at].key, field->json) < 0)
			part_put(out, entity, &parts[at++], &first);
		json_put_key(out, field->json, &first);
		json_put_value(out, field_get(field, entity));
	}
	while (at < n)
		part_put(out, entity, &parts[at++], &first);
	json_put_end(out, first);
}

static enum err fields_from(const struct json *json, const struct field *fields, size_t n,
			    void *thing, struct arena *arena, struct error *err)
{
	json_each (member, json) {
		const struct field *field = json_field(fields, n, member);
		struct value value;
		enum err code;

		if (!field)
			continue;
		code = json_field_value(member, field, arena, &value, err);
		if (code)
			return code;
		if (value.is_text) /* in the arena already: no second copy */
			memcpy((char *)thing + field->offset, &value.text, sizeof value.text);
		else
			field_set(field, thing, value, arena);
	}
	return ERR_OK;
}

static enum err children_from(const struct json *json, const struct child_desc *desc, void *entity,
			      struct arena *arena, struct error *err)
{
	struct children *list = entity_children(entity, desc);
	const struct json *array;
	enum err code;

	if (!json_member(json, desc->name))
		return ERR_OK;
	code = json_get_array(json, desc->name, CHILDREN_MOST, &array, err);
	if (code)
		return code;
	json_each (member, array) {
		struct uuid id;
		void *child;

		if (!json_is(member, TREE_OBJECT))
			return error_set(err, ERR_INPUT,
					 _("JSON: \"%s\" must be a list of objects"), desc->name);
		code = json_get_uuid(member, "id", &id, err);
		if (code)
			return code;
		child = children_add(list, desc, &id, arena);
		code = fields_from(member, desc->fields, desc->n_fields, child, arena, err);
		if (code)
			return code;
	}
	return ERR_OK;
}

enum err entity_from(const struct json *json, struct arena *arena, void **ret_entity,
		     struct error *err)
{
	const struct kind_desc *desc;
	struct entity *entity;
	struct uuid id;
	enum kind kind = KIND_INCIDENT;
	enum err code = json_get_kind(json, "kind", &kind, err);

	if (!code)
		code = json_get_uuid(json, "id", &id, err);
	if (code)
		return code;
	desc = kind_desc(kind);
	entity = entity_new(kind, &id, arena);
	code = json_get_int(json, "version", &entity->version, err);
	if (!code)
		code = json_get_int(json, "seq", &entity->seq, err);
	if (!code)
		code = fields_from(json, desc->fields, desc->n_fields, entity, arena, err);
	for (size_t i = 0; !code && i < desc->n_slots; i++)
		code = children_from(json, desc->slots[i].desc, entity, arena, err);
	if (!code)
		*ret_entity = entity;
	return code;
}

enum err entity_decode(const char *bytes, size_t len, struct arena *arena, void **ret_entity,
		       struct error *err)
{
	struct json_doc doc;
	enum err code = json_read(bytes, len, &doc, err);

	if (code)
		return code;
	code = entity_from(doc.root, arena, ret_entity, err);
	json_release(&doc);
	return code;
}
