/* zhiban show ID of what rosters and the duty log consist of: a month, a person, a swap, a handover, a
 * record: its fields, what it holds line by line, its timeline. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "show.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/timeline.h"
#include "zhiban/client/value.h"
#include "zhiban/wire/jsonout.h"

static bool is_shown(const struct field *field, struct value value)
{
	return (field->flags & F_HIDDEN) == 0 && value_is_set(value);
}

static void put_fields(const void *entity, const struct rules *rules, struct str *out)
{
	const struct kind_desc *kind = kind_desc(((const struct entity *)entity)->kind);

	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		struct value value = field_get(field, entity);
		char buf[256];

		if (!is_shown(field, value))
			continue;
		show_label(out, _(field->title));
		show_clean(out, rules_show(rules, field, value, buf, sizeof buf), false);
		str_add_char(out, '\n');
	}
}

static void put_child(const void *item, const struct child_desc *desc, const struct rules *rules,
		      struct str *out)
{
	str_add(out, " ");
	for (size_t i = 0; i < desc->n_fields; i++) {
		const struct field *field = &desc->fields[i];
		struct value value = field_get(field, item);
		char buf[256];

		if (!is_shown(field, value))
			continue;
		str_add(out, " ");
		if (field->type == FIELD_BOOL) {
			show_clean(out, _(field->title), false);
			continue;
		}
		show_clean(out, rules_show(rules, field, value, buf, sizeof buf), false);
	}
	str_add_char(out, '\n');
}

static const char *title_of(enum child child)
{
	switch (child) {
	case CHILD_TURN:
		return _("Duties");
	case CHILD_FILING:
		return _("Filed weeks");
	case CHILD_TIMEOFF:
		return _("Not available");
	case CHILD_CARRIED:
		return _("Carried over");
	case CHILD_HANDED:
		return _("To be read");
	case CHILD_TALLIED:
		return _("Counts");
	case CHILD_EQUIPMENT:
		return _("Equipment");
	default:
		return _("By telephone");
	}
}

static void put_children(const void *entity, const struct rules *rules, struct str *out)
{
	const struct kind_desc *kind = kind_desc(((const struct entity *)entity)->kind);

	for (size_t s = 0; s < kind->n_slots; s++) {
		const struct child_desc *desc = kind->slots[s].desc;
		const struct children *items = entity_children_const(entity, desc);

		if (items->n == 0)
			continue;
		str_addf(out, "\n%s\n", title_of(desc->child));
		for (size_t i = 0; i < items->n; i++)
			put_child(children_at(items, desc, i), desc, rules, out);
	}
}

enum err show_duty(struct console *console, enum kind kind, const struct uuid *id,
		   const char *format, struct str *out, struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	struct client_timeline timeline;
	struct client_entries entries;
	const void *entity;
	enum err rc = client_entity(console->client, kind, id, &console->arena, &entity, err);

	if (rc == ERR_OK && strcmp(format, "json") == 0) {
		rc = client_entries(console->client, id, &console->arena, &entries, err);
		if (rc == ERR_OK)
			show_json(entity, rules, entries.items, entries.n, out);
		return rc;
	}
	if (rc == ERR_OK)
		rc = client_timeline(console->client, id, &console->arena, &timeline, err);
	if (rc != ERR_OK)
		return rc;
	put_fields(entity, rules, out);
	put_children(entity, rules, out);
	show_timeline(NULL, &timeline, rules, out);
	return ERR_OK;
}
