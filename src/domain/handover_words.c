/* Items, tallies and equipment of a handover as acts carry them. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/handover.h"

/* A field behind a tab: cut at what the field may hold (this is a copy for reading; the case has it
 * whole), without what would begin another. */
static void add(struct str *out, const struct child_desc *desc, const char *name, const char *text)
{
	const struct field *field = field_find(desc->fields, desc->n_fields, name);
	size_t max = field_max(field), n = 0, at, len = text != NULL ? strlen(text) : 0;
	uint32_t cp;

	str_add_char(out, '\t');
	for (at = 0; at < len && n < max; n++) {
		size_t used = text_next(text + at, len - at, &cp);

		if (cp < ' ')
			str_add_char(out, ' ');
		else
			str_add_bytes(out, text + at, used);
		at += used;
	}
}

const char *handed_words(const struct handed *item, struct arena *arena)
{
	const struct child_desc *desc = child_desc(CHILD_HANDED);
	struct str out = STR_INIT;
	const char *words;

	str_add(&out, item->sort != NULL ? item->sort : "");
	add(&out, desc, "kind", item->kind);
	add(&out, desc, "about", item->about);
	add(&out, desc, "number", item->number);
	str_addf(&out, "\t%lld", (long long)item->due);
	add(&out, desc, "title", item->title);
	add(&out, desc, "words", item->words);
	words = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return words;
}

const char *tallied_words(const struct tallied *tally, struct arena *arena)
{
	const struct child_desc *desc = child_desc(CHILD_TALLIED);
	struct str out = STR_INIT;
	const char *words;

	str_add(&out, tally->code != NULL ? tally->code : "");
	str_addf(&out, "\t%lld", (long long)tally->n);
	add(&out, desc, "list", tally->list);
	add(&out, desc, "label", tally->label);
	add(&out, desc, "filter", tally->filter);
	words = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return words;
}

enum { COLUMNS_MOST = 8 };

/* Exactly n columns, each in the arena; NULL where there is nothing. */
static bool split(const char *words, size_t n, struct arena *arena, const char *cells[COLUMNS_MOST])
{
	size_t i = 0;

	for (const char *at = words;; at++) {
		size_t len = strcspn(at, "\t");

		if (i == n)
			return false;
		cells[i++] = len > 0 ? arena_strndup(arena, at, len) : NULL;
		at += len;
		if (*at == '\0')
			return i == n;
	}
}

static enum err too_long(const struct child_desc *desc, const char *name, const char *text,
			 struct error *err)
{
	const struct field *field = field_find(desc->fields, desc->n_fields, name);

	if (text == NULL || !text_longer(text, field_max(field)))
		return ERR_OK;
	return error_set(err, ERR_INPUT, _("%s: at most %u characters"), _(field->title),
			 field_max(field));
}

/* Texts by the names of their fields; no name: no text. */
static enum err any_too_long(const struct child_desc *desc, const char *const names[], size_t n,
			     const char *const texts[], struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < n; i++)
		if (names[i] != NULL)
			code = too_long(desc, names[i], texts[i], err);
	return code;
}

enum err handed_parse(const char *words, struct arena *arena, struct handed *ret_item,
		      struct error *err)
{
	static const char *const names[] = { "sort", "kind",  "about", "number",
					     NULL,   "title", "words" };
	const struct child_desc *desc = child_desc(CHILD_HANDED);
	const char *cells[COLUMNS_MOST];
	long long due = 0;
	enum err code;

	if (!split(words, ARRAY_LEN(names), arena, cells) || cells[2] == NULL ||
	    handed_sort_find(cells[0]) == HANDED_SORTS || kind_find(cells[1]) == NULL ||
	    (cells[4] != NULL && !str_int(cells[4], 0, INT64_MAX, &due)))
		return error_set(err, ERR_INPUT,
				 _("\"%.80s\" is no item of a handover: sort, kind, id, number, "
				   "due, title and words with tabs between them"),
				 words);
	code = any_too_long(desc, names, ARRAY_LEN(names), cells, err);
	if (code != ERR_OK)
		return code;
	*ret_item = (struct handed){ .sort = cells[0],	 .kind = cells[1],  .about = cells[2],
				     .number = cells[3], .due = due,	    .title = cells[5],
				     .words = cells[6] };
	return ERR_OK;
}

enum err tallied_parse(const char *words, struct arena *arena, struct tallied *ret_tally,
		       struct error *err)
{
	static const char *const names[] = { "code", NULL, "list", "label", "filter" };
	const struct child_desc *desc = child_desc(CHILD_TALLIED);
	const char *cells[COLUMNS_MOST];
	long long n = 0;
	enum err code;

	if (!split(words, ARRAY_LEN(names), arena, cells) || cells[0] == NULL ||
	    cells[1] == NULL || !str_int(cells[1], 0, INT64_MAX, &n))
		return error_set(err, ERR_INPUT,
				 _("\"%.80s\" is no count of a handover: code, number, list, label "
				   "and filter with tabs between them"),
				 words);
	code = any_too_long(desc, names, ARRAY_LEN(names), cells, err);
	if (code != ERR_OK)
		return code;
	*ret_tally = (struct tallied){ .code = cells[0], .n = n, .list = cells[2],
				       .label = cells[3], .filter = cells[4] };
	return ERR_OK;
}

/* ---- equipment ---- */

static const struct {
	const char *code, *label;
} found[] = {
	{ "good", N_("good") },
	{ "faulty", N_("faulty") },
	{ "missing", N_("missing") },
};

const char *equipment_label(const char *code)
{
	for (size_t i = 0; i < ARRAY_LEN(found); i++)
		if (str_eq(found[i].code, code))
			return _(found[i].label);
	return code != NULL ? code : _("not looked at");
}

/* Codes alone: decide reads this, and must find the same in every language. */
static const char *found_code(const char *words, size_t len)
{
	for (size_t i = 0; i < ARRAY_LEN(found); i++)
		if (strlen(found[i].code) == len && strncmp(found[i].code, words, len) == 0)
			return found[i].code;
	return NULL;
}

enum err equipment_parse(const char *words, struct arena *arena, struct equipment *ret_equipment,
			 struct error *err)
{
	const struct child_desc *desc = child_desc(CHILD_EQUIPMENT);
	struct equipment equipment = { .label = words };
	const char *equal = strchr(words, '='), *remark;
	enum err code;

	if (equal != NULL) {
		size_t len = strcspn(equal + 1, ":");

		equipment.label = arena_strndup(arena, words, (size_t)(equal - words));
		equipment.found = found_code(equal + 1, len);
		remark = equal[1 + len] == ':' ? equal + 2 + len : NULL;
		while (remark != NULL && *remark == ' ')
			remark++;
		equipment.remark = remark != NULL && *remark != '\0' ? remark : NULL;
		if (equipment.found == NULL)
			return error_set(err, ERR_INPUT,
					 _("\"%.80s\": say good, faulty or missing, and a remark "
					   "behind a colon"),
					 words);
	}
	if (*equipment.label == '\0')
		return error_set(err, ERR_INPUT, _("equipment has a name"));
	code = too_long(desc, "label", equipment.label, err);
	if (code == ERR_OK)
		code = too_long(desc, "remark", equipment.remark, err);
	if (code == ERR_OK)
		*ret_equipment = equipment;
	return code;
}

const char *equipment_words(const struct equipment *equipment, struct arena *arena)
{
	if (equipment->found == NULL)
		return equipment->label;
	return arena_printf(arena, "%s=%s%s%s", equipment->label, equipment->found,
			    equipment->remark != NULL ? ": " : "",
			    equipment->remark != NULL ? equipment->remark : "");
}
