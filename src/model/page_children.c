#include <config.h>

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/desk.h"

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

/* ---- the timeline ---- */

static const char *moment_text(struct page_maker *maker, int64_t at)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *time = field_find(kind->fields, kind->n_fields, "moved_at");

	return page_value(maker->rules, time, (struct value){ .num = at }, maker->now,
			  maker->arena);
}

const char *page_org(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return !org ? code ? code : "" : org->brief ? org->brief : org->name;
}

static void timeline_line(struct page_maker *maker, struct page_section *section,
			  const struct client_line *line)
{
	struct str text = STR_INIT;
	int64_t moment = line->eff ? line->eff : line->at;

	str_addf(&text, "%s  %s", line->label, line->officer ? line->officer : "");
	if (line->org && *line->org)
		str_addf(&text, " (%s)", page_org(maker->rules, line->org));
	if (page_on_behalf(maker->page->incident, line))
		str_addf(&text, "  %s", _("[by phone]"));
	if (line->marks & LINE_PENDING)
		str_addf(&text, "  %s", _("[waits to be sent]"));
	if (line->marks & LINE_LATE)
		str_addf(&text, "  %s", _("[claimed while offline]"));
	if (line->marks & LINE_IMPORTED)
		str_addf(&text, "  %s", _("[imported]"));
	if (line->at && !(line->marks & LINE_IMPORTED) &&
	    (line->at - moment > MINUTE_MS || moment - line->at > MINUTE_MS))
		str_addf(&text, _("  [author's clock: %s]"), moment_text(maker, line->at));
	if (*line->phone)
		str_addf(&text, "\n%s", line->phone);
	if (line->text && *line->text)
		str_addf(&text, "\n%s", line->text);
	page_line(maker, section, line->marks & LINE_PENDING ? TONE_PENDING : TONE_TEXT,
		  moment_text(maker, moment), page_label_cols(maker, 16),
		  arena_strdup(maker->arena, str_get(&text)));
	str_release(&text);
}

/* What lies on the desk stands at the end, with the server's words. */
static enum err desk_lines(struct page_maker *maker, struct page_section *section,
			      struct error *err)
{
	struct client_waiting *rows;
	size_t n;
	enum err code = client_outbox(maker->client, true, maker->arena, &rows, &n, err);

	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		bool refused = rows[i].state == OUTBOX_REFUSED;

		if (!uuid_eq(&rows[i].act.target.id, &maker->page->incident->head.id))
			continue;
		page_line(maker, section, refused ? TONE_REFUSED : TONE_PENDING,
			  moment_text(maker, rows[i].act.at), page_label_cols(maker, 16),
			  arena_printf(maker->arena, refused ? _("%s  [not accepted] %s") :
							       _("%s  [to be read] %s"),
				       rows[i].label,
				       refused ? rows[i].sentence : rows[i].note));
	}
	return code;
}

enum err page_timeline(struct page_maker *maker, struct error *err)
{
	struct client_timeline timeline;
	struct page_section *section;
	enum err code = client_timeline(maker->client, &maker->page->incident->head.id,
					maker->arena, &timeline, err);

	if (code != ERR_OK)
		return code;
	page_path(maker, &timeline);
	section = page_section(maker, "timeline", _("Timeline"));
	maker->page->complete = timeline.complete;
	if (!timeline.complete)
		page_line(maker, section, TONE_HINT, NULL, 0, _("older lines are being fetched"));
	for (size_t i = 0; i < timeline.n; i++)
		timeline_line(maker, section, &timeline.lines[i]);
	return desk_lines(maker, section, err);
}
