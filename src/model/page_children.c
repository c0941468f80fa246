#include <config.h>

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

/* "lead Water Bureau, assigned 01:15, signed 01:20 Li Min": what is set, by the descriptors. */
static void child_line(struct page_maker *maker, struct page_section *section,
		       const struct child_desc *desc, const void *thing)
{
	struct str text = STR_INIT;

	for (size_t f = 1; f < desc->n_fields; f++) {
		const struct field *field = &desc->fields[f];
		struct value value = field_get(field, thing);

		if (!value_is_set(value))
			continue;
		if (text.len)
			str_add(&text, "  ");
		if (field->type == FIELD_TIME || field->type == FIELD_PERSON)
			str_addf(&text, "%s ", _(field->title));
		str_add(&text, page_value(maker->rules, field, value, maker->now, maker->arena));
	}
	page_line(maker, section, TONE_TEXT,
		  page_value(maker->rules, &desc->fields[0], field_get(&desc->fields[0], thing),
			     maker->now, maker->arena),
		  page_label_cols(maker, 14), arena_strdup(maker->arena, str_get(&text)));
	str_release(&text);
}

void page_children(struct page_maker *maker)
{
	static const struct {
		enum child child;
		const char *key, *title;
	} shown[] = {
		{ CHILD_ATTR, "attr", N_("Kept from the source") },
	};

	for (size_t i = 0; i < ARRAY_LEN(shown); i++) {
		const struct child_desc *desc = child_desc(shown[i].child);
		const struct children *children =
			entity_children_const(maker->page->incident, desc);
		struct page_section *section;

		if (!children || !children->n)
			continue;
		section = page_section(maker, shown[i].key, _(shown[i].title));
		for (size_t c = 0; c < children->n; c++)
			child_line(maker, section, desc, children_at(children, desc, c));
	}
}
