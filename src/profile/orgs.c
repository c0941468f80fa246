/* The table of organisations: CSV with the keys of the organisation's fields as its header. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/csv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { ORG_COLUMNS = 16 };

struct table {
	struct build *build;
	const struct bundle_file *file;
	const struct kind_desc *kind;
	const struct field *columns[ORG_COLUMNS];
	size_t n_columns;
	struct org *orgs;
	size_t n, cap;
	struct index_slot *index; /* by code, open addressing */
	size_t n_index;
};
struct index_slot {
	size_t org; /* position + 1; 0 is empty */
};

static enum err wrong(const struct table *table, const struct csv_record *record,
		      const char *column, struct error *err, const char *fmt, ...) PRINTF(5, 6);

static enum err wrong(const struct table *table, const struct csv_record *record,
		      const char *column, struct error *err, const char *fmt, ...)
{
	struct str text = STR_INIT;
	char words[600];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	str_addf(&text, "%s:%lld: %s: %s", table->file->name, (long long)record->line, column,
		 words);
	error_set(err, ERR_INPUT, "%s", str_get(&text));
	str_release(&text);
	return ERR_INPUT;
}

static size_t hash_of(const char *s)
{
	size_t h = 5381;

	while (*s)
		h = h * 33 + (unsigned char)*s++;
	return h;
}

/* The slot of a code: where it is, or the empty one where it would be. */
static struct index_slot *slot_of(const struct table *table, const char *code)
{
	size_t i = hash_of(code) % table->n_index;

	while (table->index[i].org && !str_eq(table->orgs[table->index[i].org - 1].code, code))
		i = (i + 1) % table->n_index;
	return &table->index[i];
}

static enum err read_header(struct table *table, const struct csv_record *record,
			    struct error *err)
{
	const char *names[ORG_COLUMNS];
	size_t n = 0;

	for (size_t i = 0; i < table->kind->n_fields && n < ORG_COLUMNS; i++)
		if (!(table->kind->fields[i].flags & F_RULE))
			names[n++] = table->kind->fields[i].json;
	for (size_t i = 0; i < record->n; i++) {
		const char *name = csv_cell_at(record, i);
		const struct field *field =
			field_find(table->kind->fields, table->kind->n_fields, name);

		if (!field || (field->flags & F_RULE) || i >= ORG_COLUMNS)
			return wrong(table, record, name, err,
				     _("no such column; there are %s"),
				     words_of(&table->build->profile->arena, names, n));
		table->columns[i] = field;
	}
	table->n_columns = record->n;
	return ERR_OK;
}

static enum err read_cells(struct table *table, const struct csv_record *record, struct org *org,
			   struct error *err)
{
	struct arena *arena = &table->build->profile->arena;
	int offset = table->build->profile->rules.offset_min;

	if (record->n != table->n_columns)
		return wrong(table, record, csv_cell_at(record, 0), err,
			     _("%zu cells, but the header has %zu"), record->n, table->n_columns);
	for (size_t i = 0; i < record->n; i++) {
		const char *words = csv_cell_at(record, i);
		struct error why = ERROR_INIT;
		struct value value;

		if (!*words)
			continue;
		if (field_parse(table->columns[i], words, offset, arena, &value, &why))
			return wrong(table, record, table->columns[i]->json, err, "%s", why.text);
		field_set(table->columns[i], org, value, arena);
	}
	return ERR_OK;
}

static enum err check_org(struct table *table, const struct csv_record *record,
			  const struct org *org, struct error *err)
{
	struct rules *rules = &table->build->profile->rules;
	struct arena *arena = &table->build->profile->arena;
	bool root = str_eq(org->code, rules->centre);

	for (size_t i = 0; i < table->kind->n_fields; i++) {
		const struct field *field = &table->kind->fields[i];

		if ((field->flags & F_REQUIRED) && !value_is_set(field_get(field, org)))
			return wrong(table, record, field->json, err, _("is missing"));
	}
	if (slot_of(table, org->code)->org)
		return wrong(table, record, "code", err, _("\"%s\" is there already"), org->code);
	if (!choices_find(&rules->tiers, org->tier))
		return wrong(table, record, "tier", err, _("\"%s\" is no tier; there are %s"),
			     org->tier, choice_words(arena, &rules->tiers));
	if (root && org->parent)
		return wrong(table, record, "parent", err,
			     _("\"%s\" is the centre: it has no parent"), org->code);
	if (!root && !org->parent)
		return wrong(table, record, "parent", err,
			     _("\"%s\" has no parent; only the centre \"%s\" has none"), org->code,
			     rules->centre);
	if (!root && !slot_of(table, org->parent)->org)
		return wrong(table, record, "parent", err,
			     _("\"%s\" is the code of no organisation on an earlier line"),
			     org->parent);
	return ERR_OK;
}

/* Keeps the index less than half full. */
static void grow_index(struct table *table)
{
	if (table->n * 2 + 2 < table->n_index)
		return;
	free(table->index);
	table->n_index = table->n_index ? table->n_index * 4 : 256;
	table->index = mem_alloc(table->n_index * sizeof *table->index);
	for (size_t i = 0; i < table->n; i++)
		slot_of(table, table->orgs[i].code)->org = i + 1;
}

static enum err add_org(struct table *table, const struct csv_record *record, struct error *err)
{
	struct rules *rules = &table->build->profile->rules;
	struct org org = { .head = { .kind = KIND_ORG, .version = 1 }, .managed = 1 };
	char words[200];
	enum err code;

	if (table->n >= PROFILE_ORGS_MAX)
		return wrong(table, record, "code", err, _("at most %d organisations"),
			     PROFILE_ORGS_MAX);
	grow_index(table);
	code = read_cells(table, record, &org, err);
	if (!code)
		code = check_org(table, record, &org, err);
	if (code)
		return code;
	snprintf(words, sizeof words, "org %s %s", rules->name, org.code);
	org.head.id = uuid_named(words);
	org.order = (int64_t)table->n + 1;
	if (!org.brief)
		org.brief = org.name;
	slot_of(table, org.code)->org = table->n + 1;
	MEM_GROW(table->orgs, table->n, table->cap);
	table->orgs[table->n++] = org;
	return ERR_OK;
}

static enum err read_table(struct table *table, struct error *err)
{
	struct csv csv = { .sep = ',', .line = 1 };
	struct csv_record record = { 0 };
	const char *s = table->file->text;
	size_t left = table->file->len, used;
	bool header = true;
	enum err code = ERR_OK;

	if (left >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3;
		left -= 3;
	}
	for (; !code && left > 0; s += used, left -= used) {
		code = csv_next(&csv, s, left, true, &record, &used, err);
		if (code) {
			error_prefix(err, "%s", table->file->name);
			break;
		}
		if (record.n == 1 && (!*csv_cell_at(&record, 0) || *csv_cell_at(&record, 0) == '#'))
			continue;
		code = header ? read_header(table, &record, err) : add_org(table, &record, err);
		header = false;
	}
	csv_record_release(&record);
	return code;
}

enum err build_orgs(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const char *name = conf_str(build->root, "orgs");
	struct table table = { .build = build, .kind = kind_desc(KIND_ORG) };
	enum err code;

	table.file = bundle_find(build->bundle, name);
	if (!table.file)
		return conf_error(build->root, "orgs", err, _("\"%s\": the file is not there"),
				  name);
	if (!text_valid(table.file->text, table.file->len))
		return error_set(err, ERR_INPUT, _("%s: is not UTF-8"), name);
	code = read_table(&table, err);
	if (!code && (table.n == 0 || !slot_of(&table, rules->centre)->org))
		code = conf_error(build->root, "centre", err,
				  _("\"%s\" is the code of no organisation in %s"), rules->centre,
				  name);
	if (!code) {
		rules->orgs = arena_dup(&build->profile->arena, table.orgs,
					table.n * sizeof *table.orgs);
		rules->n_orgs = table.n;
	}
	free(table.orgs);
	free(table.index);
	return code;
}
