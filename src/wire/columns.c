#include <config.h>

#include "zhiban/wire/columns.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/conf.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { NAME_MOST = 120 };

struct columns {
	struct column {
		const char *name; /* folded */
		const char *said;
		const char *key;
	} * items;
	size_t n, cap;
};

static const struct conf_spec field_spec[] = {
    {"columns", CONF_STRS, CONF_REQUIRED, NULL, 0, NAME_MOST, NULL,
     N_("names of columns, the best first")},
    {NULL},
};
static const struct conf_spec words_spec[] = {
    {"field", CONF_SECTION, CONF_TITLED, NULL, 0, 0, field_spec,
     N_("a field and the columns that are read into it")},
    {NULL},
};

static const char *folded(const char *name, struct arena *arena)
{
	struct str text = STR_INIT;
	char *copy, *to;

	text_fold(&text, name);
	copy = to = arena_strdup(arena, str_get(&text));
	for (const char *s = copy; *s != '\0'; s++)
		if (*s != ' ')
			*to++ = *s;
	*to = '\0';
	str_release(&text);
	return copy;
}

static void add(struct columns *columns, const char *said, const char *key, struct arena *arena)
{
	MEM_GROW(columns->items, columns->n, columns->cap);
	columns->items[columns->n++] =
	    (struct column){folded(said, arena), arena_strdup(arena, said), key};
}

enum err columns_new(const char *name, const char *words, size_t len, struct arena *arena,
		     struct columns **ret_columns, struct error *err)
{
	const struct conf_section *root;
	struct columns columns = {.n = 0}, *copy;
	struct conf *conf;
	enum err code = conf_parse(name, words, len, words_spec, &conf, err);

	if (code != ERR_OK)
		return code;
	root = conf_root(conf);
	for (size_t i = 0; i < conf_count(root, "field"); i++) {
		const struct conf_section *section = conf_child(root, "field", i);
		const char *key = arena_strdup(arena, conf_title(section));

		add(&columns, key, key, arena);
		for (size_t k = 0; k < conf_count(section, "columns"); k++)
			add(&columns, conf_item(section, "columns", k), key, arena);
	}
	conf_free(conf);
	copy = arena_dup(arena, &columns, sizeof columns);
	copy->items = arena_dup(arena, columns.items, columns.n * sizeof *columns.items);
	free(columns.items);
	*ret_columns = copy;
	return ERR_OK;
}

const char *columns_key(const struct columns *columns, const char *name)
{
	struct arena arena = ARENA_INIT;
	const char *words = folded(name, &arena), *key = NULL;

	for (size_t i = 0; key == NULL && i < columns->n; i++)
		if (strcmp(columns->items[i].name, words) == 0)
			key = columns->items[i].key;
	arena_release(&arena);
	return key;
}

bool columns_is(const struct columns *columns, const char *name, const char *key)
{
	const char *means = columns_key(columns, name);

	return means != NULL && strcmp(means, key) == 0;
}

const char *columns_name(const struct columns *columns, const char *key, size_t i)
{
	for (size_t k = 0; k < columns->n; k++) {
		if (strcmp(columns->items[k].key, key) != 0 || columns->items[k].said[0] == '\0' ||
		    strcmp(columns->items[k].said, key) == 0)
			continue;
		if (i-- == 0)
			return columns->items[k].said;
	}
	return NULL;
}
