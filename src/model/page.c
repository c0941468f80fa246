#include <config.h>

#include "zhiban/model/page.h"

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/mark.h"

enum { COLUMNS_MAX = 3, COLUMN_MIN = 38 };

struct page_section *page_section(struct page_maker *maker, const char *key, const char *title)
{
	struct page *page = maker->page;
	struct page_section *section;

	if (page->n == page->cap) {
		struct page_section *more;

		page->cap = page->cap ? page->cap * 2 : 16;
		more = arena_array(maker->arena, page->cap, sizeof *more);
		if (page->n)
			memcpy(more, page->sections, page->n * sizeof *more);
		page->sections = more;
	}
	section = &page->sections[page->n++];
	section->key = key;
	section->title = title;
	return section;
}

void page_line(struct page_maker *maker, struct page_section *section, enum tone tone,
	       const char *label, int label_cols, const char *text)
{
	if (section->n == section->cap) {
		struct page_line *more;

		section->cap = section->cap ? section->cap * 2 : 16;
		more = arena_array(maker->arena, section->cap, sizeof *more);
		if (section->n)
			memcpy(more, section->lines, section->n * sizeof *more);
		section->lines = more;
	}
	section->lines[section->n++] = (struct page_line){ label, label_cols, tone, text };
}

int page_label_cols(const struct page_maker *maker, int widest)
{
	int most = maker->cols / 4;

	return (widest < most ? widest : most) + 2;
}

const char *page_clean(const char *text, struct arena *arena)
{
	struct str clean = STR_INIT;
	const char *kept;

	text_clean(&clean, text, strlen(text), false);
	kept = arena_strdup(arena, str_get(&clean));
	str_release(&clean);
	return kept;
}

const char *page_masked(const char *text, struct arena *arena)
{
	struct str out = STR_INIT;
	const char *kept;

	mask_text(&out, text);
	kept = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return kept;
}

/* Times far from the present carry their year. */
static const char *time_text(const struct rules *rules, int64_t at, int64_t now,
			     struct arena *arena)
{
	char text[CIVIL_TEXT];
	struct civil then, today;

	civil_of_ms(at, rules->offset_min, &then);
	civil_of_ms(now, rules->offset_min, &today);
	civil_format(at, rules->offset_min, then.year == today.year ? "m-d H:M" : "Y-m-d H:M",
		     text, sizeof text);
	return arena_strdup(arena, text);
}

static const char *limit_words(const struct rules *rules, const char *limit, struct arena *arena)
{
	struct str out = STR_INIT;
	const char *kept;

	row_words(rules, limit, &out);
	kept = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return kept;
}

const char *page_value(const struct rules *rules, const struct field *field, struct value value,
		       int64_t now, struct arena *arena)
{
	char buf[64];
	const char *text;

	if (!value_is_set(value))
		return "";
	if (field->type == FIELD_TIME)
		return time_text(rules, value.num, now, arena);
	text = rules_show(rules, field, value, buf, sizeof buf);
	text = page_clean(field_is_limit(field) ? limit_words(rules, text, arena) : text, arena);
	return field->flags & F_MASK ? page_masked(text, arena) : text;
}

/* ---- the fields ---- */

struct shown_field {
	const char *label, *value;
	int label_cols, value_cols;
};

static bool is_head(const struct field *field)
{
	return strcmp(field->name, "number") == 0 || strcmp(field->name, "title") == 0;
}

/* What the matrix of a whistle and its head say better. */
static bool is_said_above(const struct field *field)
{
	static const char *const said[] = { "step", "asked", "signed", "reported", "replied",
					    "verified", "due", "due_clock", "due_org",
					    "consulted_at", "present" };

	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		if (strcmp(said[i], field->json) == 0)
			return true;
	return false;
}

/* Where all cases are run by the centre, that is no news. */
static bool goes_without_saying(const struct page_maker *maker, const struct field *field)
{
	if (maker->whistle)
		return is_said_above(field);
	return strcmp(field->name, "seat") == 0 &&
	       str_eq(maker->page->incident->seat, maker->rules->centre);
}

/* As the organisation that runs it calls its step. */
static const char *step_name(const struct page_maker *maker)
{
	const struct incident *incident = maker->page->incident;
	const struct step *step = rules_step(maker->rules, incident->step);

	return step ? rules_step_label(maker->rules, step, incident->seat)
		    : page_clean(incident->step, maker->arena);
}

static const void *entity_of(const struct page_maker *maker, const struct kind_desc **ret_kind)
{
	*ret_kind = kind_desc(maker->whistle ? KIND_WHISTLE : KIND_INCIDENT);
	return maker->whistle ? (const void *)maker->whistle : maker->page->incident;
}

static size_t shown_fields(struct page_maker *maker, struct shown_field *out, size_t max)
{
	const struct kind_desc *kind;
	const void *entity = entity_of(maker, &kind);
	size_t n = 0;

	for (size_t i = 0; i < kind->n_fields && n < max; i++) {
		const struct field *field = &kind->fields[i];
		struct value value = field_get(field, entity);

		if (field->flags & (F_LONG | F_HIDDEN) || is_head(field) || !value_is_set(value) ||
		    page_is_figure(field) || goes_without_saying(maker, field))
			continue;
		out[n].label = _(field->title);
		out[n].value = strcmp(field->name, "step") == 0
				       ? step_name(maker)
				       : page_value(maker->rules, field, value, maker->now,
						    maker->arena);
		out[n].label_cols = text_columns(out[n].label);
		out[n].value_cols = text_columns(out[n].value);
		n++;
	}
	return n;
}

/* One line of up to `across` fields; those behind the first stand in the text, padded. */
static size_t field_line(struct page_maker *maker, struct page_section *section,
			 const struct shown_field *fields, size_t n, int across, int label_cols)
{
	int width = maker->cols / across, room = width - label_cols - 2;
	struct str text = STR_INIT;
	size_t used = 1;

	str_add(&text, fields[0].value);
	for (int column = 1; column < across && used < n; column++, used++) {
		const struct shown_field *field = &fields[used];
		int from = column * width - label_cols;

		if (fields[used - 1].value_cols > room || field->value_cols > room)
			break;
		str_add_repeat(&text, ' ', (size_t)(from - text_columns(text.s)));
		text_pad(&text, field->label, label_cols);
		str_add(&text, field->value);
	}
	page_line(maker, section, TONE_TEXT, fields[0].label, label_cols,
		  arena_strdup(maker->arena, str_get(&text)));
	str_release(&text);
	return used;
}

void page_fields(struct page_maker *maker)
{
	enum { MOST = 64 };
	struct shown_field *fields = arena_array(maker->arena, MOST, sizeof *fields);
	size_t n = shown_fields(maker, fields, MOST), i = 0;
	struct page_section *section = page_section(maker, "fields", NULL);
	int widest = 0, across = maker->cols / COLUMN_MIN, label_cols;

	across = across < 1 ? 1 : across > COLUMNS_MAX ? COLUMNS_MAX : across;
	for (size_t f = 0; f < n; f++)
		if (fields[f].label_cols > widest)
			widest = fields[f].label_cols;
	label_cols = page_label_cols(maker, widest);
	while (i < n)
		i += field_line(maker, section, fields + i, n - i, across, label_cols);
}

static void page_head(struct page_maker *maker)
{
	const struct incident *incident = maker->page->incident;
	struct page_section *section = page_section(maker, "head", NULL);
	char mark[48];

	page_line(maker, section, TONE_TITLE, NULL, 0,
		  arena_printf(maker->arena, "%s  %s",
			       incident->number ? incident->number
						: client_mark(maker->client, incident, mark),
			       incident->title ? incident->title : ""));
}

/* Each long field is a section of its own, so that Tab leads from one to the next. */
void page_texts(struct page_maker *maker)
{
	const struct kind_desc *kind;
	const void *entity = entity_of(maker, &kind);

	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		struct value value = field_get(field, entity);

		if (!(field->flags & F_LONG) || !value_is_set(value) ||
		    (maker->whistle && strcmp(field->name, "plan") == 0)) /* stands with who agreed */
			continue;
		page_line(maker, page_section(maker, field->name, _(field->title)), TONE_TEXT,
			  NULL, 0, value.text);
	}
}

static enum err build(struct client *client, const struct uuid *id, int cols, bool still,
		      struct arena *arena, struct page *ret_page, struct error *err)
{
	struct page page = { 0 };
	struct page_maker maker = {
		.client = client,
		.rules = client_rules(client),
		.arena = arena,
		.page = &page,
		.now = client_now(client),
		.cols = cols,
		.still = still,
	};
	enum err code = client_get(client, id, arena, &page.incident, err);

	if (code != ERR_OK)
		return code;
	page_head(&maker);
	page_fields(&maker);
	page_levels(&maker);
	page_figures(&maker);
	page_clocks(&maker);
	page_texts(&maker);
	page_shares(&maker);
	page_notes(&maker);
	page_children(&maker);
	code = page_timeline(&maker, err);
	if (code == ERR_OK)
		*ret_page = page;
	return code;
}

enum err page_build(struct client *client, const struct uuid *id, int cols, struct arena *arena,
		    struct page *ret_page, struct error *err)
{
	return build(client, id, cols, false, arena, ret_page, err);
}

enum err page_print(struct client *client, const struct uuid *id, int cols, struct arena *arena,
		    struct page *ret_page, struct error *err)
{
	return build(client, id, cols, true, arena, ret_page, err);
}
