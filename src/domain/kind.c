#include <config.h>

#include "zhiban/domain/kind.h"

#include <string.h>

#include "kind_priv.h"
#include "zhiban/base/mem.h"

const struct kind_desc *kind_desc(enum kind kind)
{
	return &kind_descs[kind];
}

const struct kind_desc *kind_find(const char *name)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (strcmp(kind_descs[i].name, name) == 0 || strcmp(kind_descs[i].plural, name) == 0)
			return &kind_descs[i];
	return NULL;
}

const struct child_desc *child_desc(enum child child)
{
	return &child_descs[child];
}

const struct child_desc *child_find(const char *name)
{
	for (size_t i = 0; i < CHILD_COUNT; i++)
		if (strcmp(child_descs[i].name, name) == 0)
			return &child_descs[i];
	return NULL;
}

const struct children *entity_children_const(const void *entity, const struct child_desc *desc)
{
	const struct entity *head = entity;
	const struct kind_desc *kind = kind_desc(head->kind);

	for (size_t i = 0; i < kind->n_slots; i++)
		if (kind->slots[i].desc == desc)
			return (const void *)((const char *)entity + kind->slots[i].offset);
	return NULL;
}

struct children *entity_children(void *entity, const struct child_desc *desc)
{
	const struct entity *head = entity;
	const struct kind_desc *kind = kind_desc(head->kind);

	for (size_t i = 0; i < kind->n_slots; i++)
		if (kind->slots[i].desc == desc)
			return (void *)((char *)entity + kind->slots[i].offset);
	return NULL;
}

const void *children_at(const struct children *list, const struct child_desc *desc, size_t i)
{
	return (const char *)list->items + i * desc->size;
}

void *children_find(const struct children *list, const struct child_desc *desc,
		    const struct uuid *id)
{
	for (size_t i = 0; i < list->n; i++) {
		struct uuid *own = (void *)((char *)list->items + i * desc->size);
		if (uuid_eq(own, id))
			return own;
	}
	return NULL;
}

void *children_add(struct children *list, const struct child_desc *desc, const struct uuid *id,
		   struct arena *arena)
{
	char *item;

	if (list->n == list->cap) {
		size_t cap = list->cap != 0 ? list->cap * 2 : 4;
		void *items = arena_array(arena, cap, desc->size);
		if (list->n > 0)
			memcpy(items, list->items, list->n * desc->size);
		list->items = items;
		list->cap = cap;
	}
	item = (char *)list->items + list->n++ * desc->size;
	memset(item, 0, desc->size);
	memcpy(item, id, sizeof *id);
	return item;
}

void children_remove(struct children *list, const struct child_desc *desc, const struct uuid *id)
{
	char *item = children_find(list, desc, id);
	char *end = (char *)list->items + list->n * desc->size;

	if (item == NULL)
		return;
	memmove(item, item + desc->size, (size_t)(end - item) - desc->size);
	list->n--;
}

void *entity_new(enum kind kind, const struct uuid *id, struct arena *arena)
{
	struct entity *head = arena_alloc(arena, kind_descs[kind].size);

	head->kind = kind;
	head->id = *id;
	return head;
}

static void copy_fields(const struct field *fields, size_t n, void *to, const void *from,
			struct arena *arena)
{
	for (size_t i = 0; i < n; i++)
		if (field_is_text(&fields[i]))
			field_set(&fields[i], to, field_get(&fields[i], from), arena);
}

void *entity_copy(const void *entity, struct arena *arena)
{
	const struct entity *head = entity;
	const struct kind_desc *kind = kind_desc(head->kind);
	char *copy = arena_dup(arena, entity, kind->size);

	copy_fields(kind->fields, kind->n_fields, copy, entity, arena);
	for (size_t i = 0; i < kind->n_slots; i++) {
		const struct child_desc *desc = kind->slots[i].desc;
		const struct children *from = entity_children_const(entity, desc);
		struct children *to = entity_children(copy, desc);

		*to = (struct children){ NULL, 0, 0 };
		if (from->n == 0)
			continue;
		to->items = arena_dup(arena, from->items, from->n * desc->size);
		to->n = to->cap = from->n;
		for (size_t j = 0; j < from->n; j++)
			copy_fields(desc->fields, desc->n_fields,
				    (char *)to->items + j * desc->size, children_at(from, desc, j),
				    arena);
	}
	return copy;
}

static bool same_fields(const struct field *fields, size_t n, const void *a, const void *b)
{
	for (size_t i = 0; i < n; i++)
		if (!value_eq(field_get(&fields[i], a), field_get(&fields[i], b)))
			return false;
	return true;
}

static bool same_children(const void *a, const void *b, const struct child_desc *desc)
{
	const struct children *as = entity_children_const(a, desc);
	const struct children *bs = entity_children_const(b, desc);

	if (as->n != bs->n)
		return false;
	for (size_t i = 0; i < as->n; i++) {
		const void *x = children_at(as, desc, i), *y = children_at(bs, desc, i);
		if (!uuid_eq(x, y) || !same_fields(desc->fields, desc->n_fields, x, y))
			return false;
	}
	return true;
}

bool entity_eq(const void *a, const void *b)
{
	const struct entity *x = a, *y = b;
	const struct kind_desc *kind = kind_desc(x->kind);

	if (x->kind != y->kind || !uuid_eq(&x->id, &y->id) || x->version != y->version)
		return false;
	if (!same_fields(kind->fields, kind->n_fields, a, b))
		return false;
	for (size_t i = 0; i < kind->n_slots; i++)
		if (!same_children(a, b, kind->slots[i].desc))
			return false;
	return true;
}
