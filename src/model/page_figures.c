/* What the scene reported in numbers, on the page of a case. */
#include <config.h>

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const char *const figures[] = { "trapped", "moved", "injured", "dead", "missing",
				       "water_cm", "rain_mm" };

bool page_is_figure(const struct field *field)
{
	for (size_t i = 0; i < ARRAY_LEN(figures); i++)
		if (strcmp(figures[i], field->name) == 0)
			return true;
	return strcmp(field->name, "scene_at") == 0;
}

void page_figures(struct page_maker *maker)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct incident *incident = maker->page->incident;
	const struct field *at = field_find(kind->fields, kind->n_fields, "scene_at");
	struct str text = STR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(figures); i++) {
		const struct field *field = field_find(kind->fields, kind->n_fields, figures[i]);
		struct value value = field_get(field, incident);

		if (value_is_set(value))
			str_addf(&text, "%s%s %lld", text.len ? "   " : "", _(field->title),
				 (long long)value.num);
	}
	if (incident->scene_at)
		page_line(maker, page_section(maker, "figures", _("From the scene")), TONE_TEXT,
			  page_value(maker->rules, at, field_get(at, incident), maker->now,
				     maker->arena),
			  page_label_cols(maker, 16),
			  arena_strdup(maker->arena, text.len ? text.s : _("nobody hurt or missing")));
	str_release(&text);
}
