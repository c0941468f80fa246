/* Which column is which field. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "import_map_priv.h"
#include "zhiban/base/conf.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { NAME_MOST = 120 };

struct import_map {
	struct import_column *columns; /* sorted by name, then rank */
	size_t n, cap;
	const char **asked; /* column names of the command line */
	size_t n_asked;
};

static const struct conf_spec field_spec[] = {
	{ "columns", CONF_STRS, CONF_REQUIRED, NULL, 0, NAME_MOST, NULL,
	  N_("names of columns, the best first") },
	{ NULL },
};
static const struct conf_spec words_spec[] = {
	{ "field", CONF_SECTION, CONF_TITLED, NULL, 0, 0, field_spec,
	  N_("a field and the columns that are read into it") },
	{ NULL },
};

static const struct field *intake_field(const char *name)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *field = field_find(kind->fields, kind->n_fields, name);

	return field && field->flags & F_INTAKE ? field : NULL;
}

static void add_column(struct import_map *map, const char *name, const struct field *field,
		       unsigned rank, struct arena *arena)
{
	MEM_GROW(map->columns, map->n, map->cap);
	map->columns[map->n++] =
		(struct import_column){ arena_strdup(arena, name), field, rank };
}

static enum err add_words(struct import_map *map, const char *words, size_t len,
			  struct arena *arena, struct error *err)
{
	const struct conf_section *root;
	struct conf *conf;
	enum err code = conf_parse("import-columns.conf", words, len, words_spec, &conf, err);

	if (code)
		return code;
	root = conf_root(conf);
	for (size_t i = 0; !code && i < conf_count(root, "field"); i++) {
		const struct conf_section *section = conf_child(root, "field", i);
		const struct field *field = intake_field(conf_title(section));

		if (!field)
			code = conf_error(section, NULL, err,
					  _("\"%s\" is no field that an import can fill"),
					  conf_title(section));
		for (size_t k = 0; !code && k < conf_count(section, "columns"); k++)
			add_column(map, conf_item(section, "columns", k), field,
				   (unsigned)k + 2, arena);
	}
	conf_free(conf);
	return code;
}

static const char *field_words(struct arena *arena)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const char *words = "";

	for (size_t i = 0; i < kind->n_fields; i++)
		if (kind->fields[i].flags & F_INTAKE)
			words = arena_printf(arena, "%s%s%s", words, *words ? ", " : "",
					     kind->fields[i].name);
	return words;
}

/* "FIELD=COLUMN,…" */
static enum err add_asked(struct import_map *map, const char *asked, struct arena *arena,
			  struct error *err)
{
	map->asked = arena_array(arena, strlen(asked) / 2 + 1, sizeof *map->asked);
	for (const char *s = asked; *s;) {
		size_t len = strcspn(s, ",");
		char *pair = arena_strndup(arena, s, len), *equals = strchr(pair, '=');
		const struct field *field;

		s += len + (s[len] == ',');
		if (!equals || !equals[1])
			return error_set(err, ERR_USAGE, _("--map: \"%s\" is not FIELD=COLUMN"),
					 pair);
		*equals = '\0';
		field = intake_field(pair);
		if (!field)
			return error_set(err, ERR_USAGE,
					 _("--map: there is no field \"%s\"; there are %s"), pair,
					 field_words(arena));
		add_column(map, equals + 1, field, 0, arena);
		map->asked[map->n_asked++] = equals + 1;
	}
	return ERR_OK;
}

static int by_name(const void *a, const void *b)
{
	const struct import_column *x = a, *y = b;
	int order = strcasecmp(x->name, y->name);

	if (order)
		return order;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

enum err import_map_new(const char *words, size_t len, const char *asked, struct arena *arena,
			struct import_map **ret_map, struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct import_map map = { .n = 0 }, *copy;
	enum err code = ERR_OK;

	for (size_t i = 0; i < kind->n_fields; i++)
		if (kind->fields[i].flags & F_INTAKE)
			add_column(&map, kind->fields[i].json, &kind->fields[i], 1, arena);
	if (words)
		code = add_words(&map, words, len, arena, err);
	if (!code && asked)
		code = add_asked(&map, asked, arena, err);
	if (!code) {
		qsort(map.columns, map.n, sizeof *map.columns, by_name);
		copy = arena_dup(arena, &map, sizeof map);
		copy->columns = arena_dup(arena, map.columns, map.n * sizeof *map.columns);
		*ret_map = copy;
	}
	free(map.columns);
	return code;
}

enum err import_map_check(const struct import_map *map, const struct import_row *row,
			  struct error *err)
{
	for (size_t i = 0; i < map->n_asked; i++) {
		bool found = false;

		for (size_t k = 0; k < row->n && !found; k++)
			found = strcasecmp(row->names[k], map->asked[i]) == 0;
		if (!found)
			return error_set(err, ERR_USAGE, _("--map: the file has no column \"%s\""),
					 map->asked[i]);
	}
	return ERR_OK;
}

const struct import_column *import_map_find(const struct import_map *map, const char *name)
{
	size_t lo = 0, hi = map->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcasecmp(map->columns[mid].name, name) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < map->n && strcasecmp(map->columns[lo].name, name) == 0 ? &map->columns[lo]
									     : NULL;
}
