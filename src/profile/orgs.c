/* The table of organisations: CSV with the keys of the organisation's fields as its header. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { ORG_COLUMNS = 24 };

struct index_slot {
	size_t org; /* position + 1; 0 is empty */
};

struct orgs {
	const struct kind_desc *kind;
	const struct field *columns[ORG_COLUMNS];
	struct org *orgs;
	int64_t *lines; /* of each, in the file */
	size_t n, cap, cap_lines;
	struct index_slot *index; /* by code, open addressing */
	size_t n_index;
};

static size_t hash_of(const char *s)
{
	size_t h = 5381;

	while (*s)
		h = h * 33 + (unsigned char)*s++;
	return h;
}

/* The slot of a code: where it is, or the empty one where it would be. */
static struct index_slot *slot_of(const struct orgs *orgs, const char *code)
{
	size_t i = hash_of(code) % orgs->n_index;

	while (orgs->index[i].org && !str_eq(orgs->orgs[orgs->index[i].org - 1].code, code))
		i = (i + 1) % orgs->n_index;
	return &orgs->index[i];
}

static enum err read_header(struct table *table, const struct csv_record *record,
			    struct error *err)
{
	struct orgs *orgs = table->ctx;
	const char *names[ORG_COLUMNS];
	size_t n = 0;

	for (size_t i = 0; i < orgs->kind->n_fields && n < ORG_COLUMNS; i++)
		if (!(orgs->kind->fields[i].flags & F_RULE))
			names[n++] = orgs->kind->fields[i].json;
	for (size_t i = 0; i < record->n; i++) {
		const char *name = csv_cell_at(record, i);
		const struct field *field =
			field_find(orgs->kind->fields, orgs->kind->n_fields, name);

		if (!field || (field->flags & F_RULE) || i >= ORG_COLUMNS)
			return table_wrong(table, record, name, err,
					   _("no such column; there are %s"),
					   words_of(&table->build->profile->arena, names, n));
		for (size_t k = 0; k < i; k++)
			if (orgs->columns[k] == field)
				return table_wrong(table, record, name, err,
						   _("the column is there twice"));
		orgs->columns[i] = field;
	}
	return ERR_OK;
}

static enum err read_cells(struct table *table, const struct csv_record *record, struct org *org,
			   struct error *err)
{
	const struct orgs *orgs = table->ctx;
	struct arena *arena = &table->build->profile->arena;
	int offset = table->build->profile->rules.offset_min;

	for (size_t i = 0; i < record->n; i++) {
		const char *words = csv_cell_at(record, i);
		struct error why = ERROR_INIT;
		struct value value;

		if (!*words)
			continue;
		if (field_parse(orgs->columns[i], words, offset, arena, &value, &why))
			return table_wrong(table, record, orgs->columns[i]->json, err, "%s",
					   why.text);
		field_set(orgs->columns[i], org, value, arena);
	}
	return ERR_OK;
}

static enum err check_parent(struct table *table, const struct csv_record *record,
			     const struct org *org, struct error *err)
{
	const struct orgs *orgs = table->ctx;
	const struct rules *rules = &table->build->profile->rules;
	bool root = str_eq(org->code, rules->centre);

	if (root && org->parent)
		return table_wrong(table, record, "parent", err,
				   _("\"%s\" is the centre: it has no parent"), org->code);
	if (!root && !org->parent)
		return table_wrong(table, record, "parent", err,
				   _("\"%s\" has no parent; only the centre \"%s\" has none"),
				   org->code, rules->centre);
	if (!root && !slot_of(orgs, org->parent)->org)
		return table_wrong(table, record, "parent", err,
				   _("\"%s\" is the code of no organisation on an earlier line"),
				   org->parent);
	return ERR_OK;
}

/* What can be seen on its own line. */
static enum err check_org(struct table *table, const struct csv_record *record,
			  const struct org *org, struct error *err)
{
	const struct orgs *orgs = table->ctx;
	const struct rules *rules = &table->build->profile->rules;

	for (size_t i = 0; i < orgs->kind->n_fields; i++) {
		const struct field *field = &orgs->kind->fields[i];

		if ((field->flags & F_REQUIRED) && !value_is_set(field_get(field, org)))
			return table_wrong(table, record, field->json, err, _("is missing"));
	}
	if (slot_of(orgs, org->code)->org)
		return table_wrong(table, record, "code", err, _("\"%s\" is there already"),
				   org->code);
	if (strpbrk(org->code, " \t"))
		return table_wrong(table, record, "code", err, _("\"%s\": a code has no spaces"),
				   org->code);
	if (!choices_find(&rules->tiers, org->tier))
		return table_wrong(table, record, "tier", err, _("\"%s\" is no tier; there are %s"),
				   org->tier,
				   choice_words(&table->build->profile->arena, &rules->tiers));
	if (org->begins && org->ends && org->ends <= org->begins)
		return table_wrong(table, record, "ends", err, _("it ends before it begins"));
	if (org->successor && !org->ends)
		return table_wrong(table, record, "successor", err,
				   _("\"%s\" has a successor but does not end"), org->code);
	if (org->over && !org->layer)
		return table_wrong(table, record, "over", err,
				   _("\"%s\" lies over others but names no layer"), org->code);
	return check_parent(table, record, org, err);
}

/* Keeps the index less than half full. */
static void grow_index(struct orgs *orgs)
{
	if (orgs->n * 2 + 2 < orgs->n_index)
		return;
	free(orgs->index);
	orgs->n_index = orgs->n_index ? orgs->n_index * 4 : 256;
	orgs->index = mem_alloc(orgs->n_index * sizeof *orgs->index);
	for (size_t i = 0; i < orgs->n; i++)
		slot_of(orgs, orgs->orgs[i].code)->org = i + 1;
}

static enum err add_org(struct table *table, const struct csv_record *record, struct error *err)
{
	struct orgs *orgs = table->ctx;
	struct org org = { .head = { .kind = KIND_ORG, .version = 1 }, .managed = 1 };
	char words[200];
	enum err code;

	if (orgs->n >= PROFILE_ORGS_MAX)
		return table_wrong(table, record, "code", err, _("at most %d organisations"),
				   PROFILE_ORGS_MAX);
	grow_index(orgs);
	code = read_cells(table, record, &org, err);
	if (!code)
		code = check_org(table, record, &org, err);
	if (code)
		return code;
	snprintf(words, sizeof words, "org %s %s", table->build->profile->rules.name, org.code);
	org.head.id = uuid_named(words);
	org.order = (int64_t)orgs->n + 1;
	if (!org.brief)
		org.brief = org.name;
	slot_of(orgs, org.code)->org = orgs->n + 1;
	MEM_GROW(orgs->lines, orgs->n, orgs->cap_lines);
	orgs->lines[orgs->n] = record->line;
	MEM_GROW(orgs->orgs, orgs->n, orgs->cap);
	orgs->orgs[orgs->n++] = org;
	return ERR_OK;
}

enum err build_orgs(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	struct orgs orgs = { .kind = kind_desc(KIND_ORG) };
	struct table table = { .build = build, .ctx = &orgs, .header = read_header,
			       .line = add_org };
	enum err code = table_read(&table, build->root, "orgs", err);

	if (!code && (orgs.n == 0 || !slot_of(&orgs, rules->centre)->org))
		code = conf_error(build->root, "centre", err,
				  _("\"%s\" is the code of no organisation in %s"), rules->centre,
				  table.file->name);
	if (!code) {
		rules->orgs = arena_dup(&build->profile->arena, orgs.orgs,
					orgs.n * sizeof *orgs.orgs);
		rules->n_orgs = orgs.n;
		rules_index(rules, &build->profile->arena);
		code = check_orgs(&table, orgs.lines, err);
	}
	free(orgs.orgs);
	free(orgs.lines);
	free(orgs.index);
	return code;
}
