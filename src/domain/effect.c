#include <config.h>

#include "zhiban/domain/effect.h"

#include <assert.h>
#include <string.h>

/* Room for one more in an array in the arena. */
static void *grown(void *items, size_t n, size_t *cap, size_t size, struct arena *arena)
{
	void *more;

	if (n < *cap)
		return items;
	*cap = *cap != 0 ? *cap * 2 : 4;
	more = arena_array(arena, *cap, size);
	if (n > 0)
		memcpy(more, items, n * size);
	return more;
}

static void put(struct change **changes, size_t *n, size_t *cap, struct arena *arena,
		const struct field *field, struct value value)
{
	assert(field != NULL); /* a name that is in no table */
	value.is_text = field_is_text(field);
	if (value.is_text)
		value.text = value_is_set(value) ? arena_strdup(arena, value.text) : NULL;
	for (size_t i = 0; i < *n; i++) {
		if ((*changes)[i].field == field) {
			(*changes)[i].value = value;
			return;
		}
	}
	*changes = grown(*changes, *n, cap, sizeof **changes, arena);
	(*changes)[(*n)++] = (struct change){ field, value };
}

void effect_set(struct effect *effect, struct arena *arena, const char *field, struct value value)
{
	const struct kind_desc *kind = kind_desc(effect->kind);

	put(&effect->changes, &effect->n_changes, &effect->cap_changes, arena,
	    field_find(kind->fields, kind->n_fields, field), value);
}

void effect_set_text(struct effect *effect, struct arena *arena, const char *field,
		     const char *text)
{
	effect_set(effect, arena, field, (struct value){ .is_text = true, .text = text });
}

void effect_set_num(struct effect *effect, struct arena *arena, const char *field, int64_t num)
{
	effect_set(effect, arena, field, (struct value){ .num = num });
}

struct child_change *effect_child(struct effect *effect, struct arena *arena, enum child child,
				  const struct uuid *id)
{
	const struct child_desc *desc = child_desc(child);
	struct child_change *cc;

	for (size_t i = 0; i < effect->n_children; i++) {
		cc = &effect->children[i];
		if (cc->desc == desc && uuid_eq(&cc->id, id))
			return cc;
	}
	effect->children = grown(effect->children, effect->n_children, &effect->cap_children,
				 sizeof *cc, arena);
	cc = &effect->children[effect->n_children++];
	*cc = (struct child_change){ .desc = desc, .id = *id };
	return cc;
}

void child_set(struct child_change *cc, struct arena *arena, const char *field, struct value value)
{
	put(&cc->changes, &cc->n_changes, &cc->cap_changes, arena,
	    field_find(cc->desc->fields, cc->desc->n_fields, field), value);
}

void child_set_text(struct child_change *cc, struct arena *arena, const char *field,
		    const char *text)
{
	child_set(cc, arena, field, (struct value){ .is_text = true, .text = text });
}

void child_set_num(struct child_change *cc, struct arena *arena, const char *field, int64_t num)
{
	child_set(cc, arena, field, (struct value){ .num = num });
}

/* What must be said about one struct to make `before` into `after`. */
static void diff_fields(const struct field *fields, size_t n, const void *before,
			const void *after, struct change **changes, size_t *n_changes,
			size_t *cap, struct arena *arena)
{
	for (size_t i = 0; i < n; i++) {
		struct value value = field_get(&fields[i], after);
		bool same = before != NULL ? value_eq(field_get(&fields[i], before), value)
					   : !value_is_set(value);
		if (!same)
			put(changes, n_changes, cap, arena, &fields[i], value);
	}
}

static void diff_children(struct effect *effect, const struct child_desc *desc, const void *before,
			  const void *after, struct arena *arena)
{
	const struct children *olds = entity_children_const(before, desc);
	const struct children *news = entity_children_const(after, desc);

	for (size_t i = 0; i < olds->n; i++) {
		const struct uuid *id = children_at(olds, desc, i);
		if (children_find(news, desc, id) == NULL)
			effect_child(effect, arena, desc->child, id)->remove = true;
	}
	for (size_t i = 0; i < news->n; i++) {
		const struct uuid *id = children_at(news, desc, i);
		const void *old = children_find(olds, desc, id);
		struct child_change cc = { .desc = desc, .id = *id };

		diff_fields(desc->fields, desc->n_fields, old, id, &cc.changes, &cc.n_changes,
			    &cc.cap_changes, arena);
		if (old == NULL || cc.n_changes > 0)
			*effect_child(effect, arena, desc->child, id) = cc;
	}
}

void effect_diff(struct effect *effect, const void *before, const void *after, struct arena *arena)
{
	const struct entity *head = before;
	const struct kind_desc *kind = kind_desc(head->kind);

	*effect = (struct effect){ .kind = head->kind,
				   .id = head->id,
				   .from = head->version,
				   .to = head->version + 1 };
	diff_fields(kind->fields, kind->n_fields, before, after, &effect->changes,
		    &effect->n_changes, &effect->cap_changes, arena);
	for (size_t i = 0; i < kind->n_slots; i++)
		diff_children(effect, kind->slots[i].desc, before, after, arena);
}
