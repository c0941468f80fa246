/* The duty list (职责清单): which unit is competent for a category in an area. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { DUTIES_MAX = 50000, CELL_MAX = 400 };

enum column { COL_LINE, COL_CATEGORY, COL_AREA, COL_UNIT, COL_ROLE, COL_BASIS, COL_VERSION, COL_COUNT };
static const char *const names[COL_COUNT] = {
	[COL_LINE] = "line", [COL_CATEGORY] = "category", [COL_AREA] = "area",	 [COL_UNIT] = "unit",
	[COL_ROLE] = "role", [COL_BASIS] = "basis",	  [COL_VERSION] = "version",
};

struct duties {
	enum column columns[COL_COUNT]; /* of the cells */
	struct duty *items;
	size_t n, cap;
};

static enum err read_header(struct table *table, const struct csv_record *record,
			    struct error *err)
{
	struct duties *duties = table->ctx;
	bool there[COL_COUNT] = { false };

	for (size_t i = 0; i < record->n; i++) {
		const char *name = csv_cell_at(record, i);
		size_t column = 0;

		while (column < COL_COUNT && !str_eq(names[column], name))
			column++;
		if (column == COL_COUNT)
			return table_wrong(table, record, name, err,
					   _("no such column; there are %s"),
					   words_of(&table->build->profile->arena, names, COL_COUNT));
		if (there[column])
			return table_wrong(table, record, name, err,
					   _("the column is there twice"));
		there[column] = true;
		duties->columns[i] = (enum column)column;
	}
	for (size_t i = 0; i <= COL_ROLE; i++)
		if (!there[i] && i != COL_AREA)
			return table_wrong(table, record, names[i], err, _("is missing"));
	return ERR_OK;
}

static enum err check_duty(struct table *table, const struct csv_record *record,
			   const char *const cells[COL_COUNT], struct error *err)
{
	static const enum column needed[] = { COL_LINE, COL_CATEGORY, COL_UNIT, COL_ROLE };
	const struct rules *rules = &table->build->profile->rules;

	for (size_t i = 0; i < ARRAY_LEN(needed); i++)
		if (!*cells[needed[i]])
			return table_wrong(table, record, names[needed[i]], err, _("is missing"));
	for (size_t i = 0; i < COL_COUNT; i++)
		if (strlen(cells[i]) > CELL_MAX)
			return table_wrong(table, record, names[i], err,
					   _("is too long: at most %d bytes"), CELL_MAX);
	if (!category_known(&rules->categories, cells[COL_CATEGORY]))
		return table_wrong(table, record, "category", err,
				   _("no category begins with \"%s\""), cells[COL_CATEGORY]);
	if (*cells[COL_AREA] && !rules_org(rules, cells[COL_AREA]))
		return table_wrong(table, record, "area", err,
				   _("\"%s\" is the code of no organisation"), cells[COL_AREA]);
	if (!rules_org(rules, cells[COL_UNIT]))
		return table_wrong(table, record, "unit", err,
				   _("\"%s\" is the code of no organisation"), cells[COL_UNIT]);
	if (!str_eq(cells[COL_ROLE], "lead") && !str_eq(cells[COL_ROLE], "assist"))
		return table_wrong(table, record, "role", err,
				   _("\"%s\" is none of lead, assist"), cells[COL_ROLE]);
	return ERR_OK;
}

static enum err add_duty(struct table *table, const struct csv_record *record, struct error *err)
{
	struct duties *duties = table->ctx;
	struct arena *arena = &table->build->profile->arena;
	const struct rules *rules = &table->build->profile->rules;
	const char *cells[COL_COUNT] = { "", "", "", "", "", "", "" };
	struct duty duty = { 0 };
	enum err code;

	if (duties->n >= DUTIES_MAX)
		return table_wrong(table, record, "line", err, _("at most %d lines"), DUTIES_MAX);
	for (size_t i = 0; i < record->n; i++)
		cells[duties->columns[i]] = csv_cell_at(record, i);
	code = check_duty(table, record, cells, err);
	if (code)
		return code;
	duty.line = arena_strdup(arena, cells[COL_LINE]);
	duty.category = arena_strdup(arena, cells[COL_CATEGORY]);
	duty.area = *cells[COL_AREA] ? rules_org(rules, cells[COL_AREA])->code : NULL;
	duty.unit = rules_org(rules, cells[COL_UNIT])->code;
	duty.lead = str_eq(cells[COL_ROLE], "lead");
	duty.basis = arena_strdup(arena, cells[COL_BASIS]);
	duty.version = arena_strdup(arena, cells[COL_VERSION]);
	MEM_GROW(duties->items, duties->n, duties->cap);
	duties->items[duties->n++] = duty;
	return ERR_OK;
}

enum err build_duties(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct conf_section *from = build_from(build, "duties");
	struct duties duties = { .n = 0 };
	struct table table = { .build = build, .ctx = &duties, .header = read_header,
			       .line = add_duty };
	enum err code;

	if (!*conf_str(from, "duties"))
		return ERR_OK;
	code = table_read(&table, from, "duties", err);
	if (!code && duties.n > 0) {
		rules->duties = arena_dup(&build->profile->arena, duties.items,
					  duties.n * sizeof *duties.items);
		rules->n_duties = duties.n;
	}
	free(duties.items);
	return code;
}
